"""What ties two posts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class TieKind(StrEnum):
    """By what two posts are tied."""

    BANK_ACCOUNT = "bank_account"
    PHONE = "phone"
    ACCOUNT = "account"
    LINK = "link"
    PICTURE = "picture"
    TEXT = "text"
    AUTHOR = "author"
    HANDLE = "handle"  # the same name on another platform
    EMAIL = "email"

    @property
    def weight(self) -> float:
        """How sure a careful officer would be before looking: 0 to 1."""
        return _TIE_WEIGHTS[self]


_TIE_WEIGHTS: Mapping[TieKind, float] = {
    TieKind.BANK_ACCOUNT: 0.98,
    TieKind.PHONE: 0.95,
    TieKind.ACCOUNT: 0.95,
    TieKind.LINK: 0.9,
    TieKind.PICTURE: 0.85,
    TieKind.TEXT: 0.7,
    TieKind.AUTHOR: 0.6,
    TieKind.HANDLE: 0.6,
    TieKind.EMAIL: 0.95,
}
