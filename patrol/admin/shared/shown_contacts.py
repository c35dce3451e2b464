"""Whose contacts are shown in full now: those of the post whose lease a person holds, and for a while those they asked for with a purpose.

What a lease shows stands with the lease (triage.leases); what was asked for stands in the session of this browser, for five minutes.
"""

from __future__ import annotations

import math
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from patrol import models, triage
from patrol.access import looks

_KEY = "shown"


def show(request: HttpRequest, flag: models.Flag, *, purpose: str, by: models.Person, now: datetime) -> None:
    """For whoever holds no lease, or one of a post of somebody harmed. Logged each time. Raises PermissionDenied, ValueError."""
    triage.show_contact(flag.pk, purpose=purpose, by=by, now=now)
    request.session[_KEY] = {"flag": flag.pk, "until": now.timestamp() + settings.LEASE_SECONDS, "purpose": purpose}


def left(request: HttpRequest, flag: models.Flag, person: models.Person, now: datetime) -> int:
    """For how many seconds yet this browser may see what it asked for; 0 where it did not, or may no longer."""
    kept = request.session.get(_KEY)
    seconds = math.ceil(float(kept["until"]) - now.timestamp()) if kept and kept["flag"] == flag.pk else 0
    return seconds if seconds > 0 and looks.may_flag(flag, person) else 0


def shows(request: HttpRequest, flag: models.Flag, person: models.Person, now: datetime) -> bool:
    """Whether the flag's contacts may be sent to this browser."""
    return triage.shown_to(flag, person) or left(request, flag, person, now) > 0


def purpose(request: HttpRequest, flag: models.Flag, now: datetime) -> str:
    """What for contacts of the flag are shown: what was chosen, else the work on it."""
    kept = request.session.get(_KEY, {})
    asked = kept.get("flag") == flag.pk and float(kept["until"]) > now.timestamp()
    return str(kept.get("purpose", "")) if asked else looks.WORK


def hide(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)
