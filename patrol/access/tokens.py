"""Tokens in the place of a login: of browsers, and of other systems of an office, which ask /api/v1/ with theirs (ADR 77).

A token of an office acts as the person who made it: what it may ask is what its scopes name, and of that what the one table of rights
gives that person. It ends on its day, by hand, and with the maker's password, role, office, account or the duty they made it in; while
they act in another duty it opens nothing. The database holds its hash: it is shown once, in the answer that made it.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from patrol import access, models
from patrol.access import Action, audit
from patrol.infra import pace
from patrol.infra.refusals import RefusedError
from patrol.models import Scope

BROWSER_LIVES: Final = timedelta(days=90)  # of a paired browser, however much it is used
DAYS: Final = (30, 90, 180, 365)  # how long a token of an office may last
MOST: Final = 20  # of one office at a time
RATE, BURST = 5.0, 120.0  # questions a second and at once, of one token
WRONG_RATE, WRONG_BURST = 0.2, 20.0  # tokens that open nothing, a second and at once, of one address
WRONG_BUCKETS: Final = 1024
USED_EVERY: Final = timedelta(minutes=1)  # how exactly the last use is kept: not each question writes

# What of the table of rights a scope stands for.
RIGHTS: Final[Mapping[Scope, Action]] = {
    Scope.CHECK: Action.REGISTER_VIEW,
    Scope.FLAGS: Action.FLAG_VIEW,
    Scope.CASES: Action.CASE_VIEW,
    Scope.FIGURES: Action.SUMMARY_VIEW,
    Scope.CHANGES: Action.CASE_VIEW,
    Scope.REPORT: Action.TIP_VIEW,
    Scope.CAPTURE: Action.CAPTURE_SEND,
}

_BEARER: Final = re.compile(r"(?i:bearer) +([A-Za-z0-9_-]{20,100})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Made:
    """The only moment the token is known outside of the system that asks with it."""

    device: models.Device
    token: str


def bearer(header: str) -> str:
    """The token in an Authorization header; "" where it holds none."""
    found = _BEARER.fullmatch(header)
    return found[1] if found else ""


def hashed(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def make(*, name: str, scopes: Collection[str], days: int, by: models.Person, now: datetime) -> Made:
    """A token of the maker's office. `scopes`: of Scope; `days`: one of DAYS. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.TOKEN_MAKE, office_id=by.office_id)
    called = " ".join(name.split())[:100]
    if not called:
        raise RefusedError("token.name", _("Say which system asks with it."), "name")
    wanted = [str(one) for one in Scope if one in scopes]
    if not wanted or len(wanted) < len(set(scopes)):
        raise RefusedError("token.scopes", _("Choose what it may ask."), "scopes")
    if days not in DAYS:
        raise RefusedError("token.days", _("Choose how long it lasts."), "days")
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        # Who ends all logins of somebody holds the person and revokes what is there: a token made meanwhile would stay.
        held = models.Person.objects.select_for_update(no_key=True).get(pk=by.pk)
        if (held.sessions, held.is_active, held.role, held.office_id) != (by.sessions, True, by.role, by.office_id):
            raise RefusedError("token.changed", _("Your account was changed meanwhile: no token was made. Log in again."))
        models.Office.objects.select_for_update(no_key=True).get(pk=by.office_id)  # two made at once are counted one after the other
        if living(models.Device.objects.filter(office=by.office_id), now=now).count() >= MOST:
            raise RefusedError("token.too_many", _("There are %(most)s tokens already. Revoke one that is not used any more."), most=MOST)
        device = models.Device.objects.create(
            person=by,
            name=called,
            token_sha256=hashed(token),
            paired_at=now,
            office_id=by.office_id,
            scopes=wanted,
            ends_at=now + timedelta(days=days),
        )
        audit.write("token.made", by=by, now=now, target=("token", device.pk), after={"scopes": wanted, "days": days})
    return Made(device, token)


def revoke(*, device_id: int, by: models.Person, now: datetime) -> models.Device:
    """It opens nothing from now on; doing it twice changes nothing. Raises Device.DoesNotExist, PermissionDenied."""
    device = models.Device.objects.exclude(office=None).get(pk=device_id)
    access.require(by, Action.TOKEN_REVOKE, office_id=device.office_id)
    with transaction.atomic():
        if models.Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=now):
            audit.write("token.revoked", by=by, now=now, target=("token", device.pk), after={"office": device.office_id})
    device.refresh_from_db(fields=["revoked_at"])
    return device


def of_offices(person: models.Person) -> QuerySet[models.Device]:
    """The tokens of offices that this person may see and revoke."""
    found = models.Device.objects.exclude(office=None)
    return access.scope(person, Action.TOKEN_REVOKE, found, office_path="office_id")


def living(devices: QuerySet[models.Device], *, now: datetime) -> QuerySet[models.Device]:
    """Of these the ones that were not revoked and have not run out."""
    lives = Q(ends_at__gt=now) | Q(ends_at=None, paired_at__gt=now - BROWSER_LIVES)
    return devices.filter(lives, revoked_at=None)


def known(token: str, *, now: datetime) -> models.Device | None:
    """What shows this token, with its person and their office; None for every other word. One query, none without a word.

    A browser is its person's, who has to be one that may send captures. A token of an office needs its maker to be as they were.
    A duty whose time is over opens nothing.
    """
    asked = models.Device.objects.select_related("person__office", "person__duty").filter(token_sha256=hashed(token))
    found = living(asked, now=now).first() if token else None
    if found is None:
        return None
    if found.person.duty is not None and found.person.duty.until is not None and found.person.duty.until <= now:
        return None  # its time is over, whether or not a sweep came by
    of_browser = found.office_id is None
    action = Action.CAPTURE_SEND if of_browser else Action.TOKEN_MAKE
    office_id = access.ANY_OFFICE if of_browser else found.office_id
    return found if access.may(found.person, action, office_id=office_id) else None


def rests(token: str, *, now: datetime) -> bool:
    """Whether a token that opens nothing is a right one whose person has a further duty taken up. One query."""
    asked = models.Device.objects.filter(token_sha256=hashed(token), person__is_active=True).exclude(person__duty=None)
    return bool(token) and living(asked, now=now).exists()


def resting() -> RefusedError:
    return RefusedError("token.rests", _("This token rests: its person acts in another duty. It works again once they are back."))


def unknown() -> RefusedError:
    return RefusedError(
        "token.unknown", _("This token opens nothing: it is wrong, was revoked, or has run out. Make another one in SIPatrol.")
    )


def require(device: models.Device, scope: Scope) -> None:
    """Raises RefusedError where the token was not made for this, PermissionDenied where its maker may not do it."""
    if scope not in (device.scopes if device.office_id is not None else (Scope.CAPTURE,)):
        raise RefusedError("token.scope", _("This token was not made for this: it lacks the scope “%(scope)s”."), scope=str(scope))
    access.require(device.person, RIGHTS[scope])


def too_often(seconds: float, **more: Any) -> RefusedError:
    """`seconds`: until the next question is answered; the door says them in its head, too."""
    text = ngettext_lazy("Too often. Try again in %(seconds)s second.", "Too often. Try again in %(seconds)s seconds.", "seconds")
    return RefusedError("token.too_often", text, seconds=max(1, round(seconds)), **more)


def admit(device: models.Device) -> None:
    """Raises RefusedError where a system asks more than an office's would."""
    if wait := pace.admits(f"token:{device.pk}", rate=RATE, burst=BURST):
        raise too_often(wait)


def bucket(caller: str) -> int:
    """Buckets that callers share whose word is wrong: an address of IPv6 that changes with each word would fill the table."""
    return int(hashed(caller)[:8], 16) % WRONG_BUCKETS


def guessed(caller: str) -> None:
    """Counts a word that is no token. `caller`: a keyed hash of the address. Raises RefusedError where it comes too often."""
    if wait := pace.admits(f"wrong token:{bucket(caller)}", rate=WRONG_RATE, burst=WRONG_BURST):
        raise too_often(wait)


def used(device: models.Device, *, now: datetime) -> None:
    if device.last_used_at is None or device.last_used_at < now - USED_EVERY:
        models.Device.objects.filter(pk=device.pk).update(last_used_at=now)
