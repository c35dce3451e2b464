"""Step-up: what a stolen login must not do asks once more who sits there.

Which acts ask stands in one table (patrol.admin.shared.confirming.ASKED); a page for which it depends on the thing calls `require`. Where
the last proof is older than `lasts`, the person is asked for a second factor, or for the password where the account has none, and goes on
with what they sent.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone


def lasts() -> timedelta:
    return timedelta(seconds=settings.STEP_UP_SECONDS)


class StaleProofError(Exception):
    """Whoever asks was not proven lately."""


def is_fresh(request: HttpRequest, *, now: datetime) -> bool:
    proven = request.session.get("fresh")
    return proven is not None and now.timestamp() - proven < settings.STEP_UP_SECONDS


def require(request: HttpRequest) -> None:
    """Raises StaleProofError."""
    if not is_fresh(request, now=timezone.now()):
        raise StaleProofError


def proven(request: HttpRequest, *, now: datetime) -> None:
    request.session["fresh"] = now.timestamp()
