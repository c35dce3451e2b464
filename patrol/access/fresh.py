"""Step-up: what shows or ends more than a day's work asks once more who sits there.

A page or an act calls `require`. Where the last proof is older than FOR, the person is asked for a second factor, or for the password where
the account has none, and goes on with what they sent (patrol.admin.shared.confirming).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest
from django.utils import timezone

FOR: Final = timedelta(minutes=5)


class StaleProofError(Exception):
    """Whoever asks was not proven lately."""


def is_fresh(request: HttpRequest, *, now: datetime) -> bool:
    proven = request.session.get("fresh")
    return proven is not None and now.timestamp() - proven < FOR.total_seconds()


def require(request: HttpRequest) -> None:
    """Raises StaleProofError."""
    if not is_fresh(request, now=timezone.now()):
        raise StaleProofError


def proven(request: HttpRequest, *, now: datetime) -> None:
    request.session["fresh"] = now.timestamp()
