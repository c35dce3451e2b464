"""What a form of several pages carries along in a hidden field: sealed, good for a quarter of an hour, in no cookie and no table.

Encrypted and signed with a key of SECRET_KEY: who looks at the page's source reads nothing, and a changed field is no field.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

SECONDS: Final = 15 * 60
LATE: Final = 24 * 60 * 60  # so long what was written and not sent can be taken over into a new form
AWAY: Final = 60 * 60  # so long a page with a form that was begun stays open by itself
LONGEST: Final = 100_000  # letters of the field


def _keys(what: str) -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    made = (salted_hmac(f"patrol.public.carried {what}", "", secret=key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in made])


def seal(what: str, told: Mapping[str, Any]) -> str:
    """`what`: the form it belongs to; the field of one opens in no other."""
    return _keys(what).encrypt(json.dumps(told, ensure_ascii=False).encode()).decode()


def opened(what: str, field: str, *, seconds: int | None = None) -> dict[str, Any] | None:
    """What was sealed; None for what is older than `seconds` (SECONDS unless told), changed, or nothing."""
    if not field or len(field) > LONGEST:
        return None
    try:
        told: dict[str, Any] = json.loads(_keys(what).decrypt(field.encode(), ttl=SECONDS if seconds is None else seconds))
    except (InvalidToken, UnicodeEncodeError):
        return None
    return told
