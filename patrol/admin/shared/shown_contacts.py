"""Whose contacts this browser shows in full now. A lease permits it; a key or a button asks for it, and that is logged.

Kept in the session, so that a page that is loaded again shows what was shown, and forgotten with the lease or after five minutes.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from patrol import models, triage
from patrol.access import looks

_KEY = "shown"


def show(request: HttpRequest, flag: models.Flag, *, purpose: str = "", by: models.Person, now: datetime) -> None:
    """Logged by the verb, once a lease; for whoever holds none, each time. Raises PermissionDenied, ValueError."""
    holder = triage.holds(flag, by)
    if holder and shows(request, flag, by, now):
        return
    triage.show_contact(flag.pk, purpose=looks.WORK if holder else purpose, by=by, now=now)
    lease = flag.lease_since.isoformat() if holder and flag.lease_since else ""
    request.session[_KEY] = {"flag": flag.pk, "lease": lease, "until": now.timestamp() + settings.LEASE_SECONDS}


def shows(request: HttpRequest, flag: models.Flag, person: models.Person, now: datetime) -> bool:
    """Whether this page may print the flag's contacts. `flag` comes with its lease as it is now."""
    kept = request.session.get(_KEY)
    if kept is None or kept["flag"] != flag.pk or not looks.may_flag(flag, person):
        return False
    if kept["lease"]:
        lease = flag.lease_since.isoformat() if flag.lease_since else ""
        return bool(kept["lease"] == lease) and triage.holds(flag, person)
    return now.timestamp() < float(kept["until"])


def hide(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)
