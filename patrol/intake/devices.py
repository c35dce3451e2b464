"""Browsers that may send in somebody's name: paired by a one-time code, known by a token, let go by their owner.

The code is read off the workbench and typed into the extension; the token goes to the extension alone. The database holds hashes of
both, so a copy of it sends nothing.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from patrol import access, models
from patrol.access import Action, audit, tokens
from patrol.infra import pace
from patrol.infra.refusals import RefusedError

# Without what is misread for something else: 0 O, 1 I L, 2 Z, 5 S, 8 B.
ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"
CODE_LENGTH = 8
CODE_LIVES = timedelta(minutes=10)
LIVES = tokens.BROWSER_LIVES
DEVICES_MOST = 10  # of one person at a time
PAIRING_RATE, PAIRING_BURST = 0.2, 8.0  # tries a second and at once, of one address
CAPTURE_RATE, CAPTURE_BURST = 1.0, 60.0  # of one device: a full day's waiting captures go out in minutes


@dataclass(frozen=True, slots=True)
class Paired:
    """The only moment the token is known outside of the extension."""

    device: models.Device
    token: str


def plain(code: str) -> str:
    """A code as it was typed -> as it was made: lower case, spaces and dashes do not matter."""
    return re.sub(r"[\s-]", "", code).upper()


def make_code(*, by: models.Person, now: datetime) -> str:
    """A code of 8 characters that pairs one browser within ten minutes; an earlier one ends. Raises PermissionDenied."""
    access.require(by, Action.CAPTURE_SEND)
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    with transaction.atomic():
        models.PairingCode.objects.filter(person=by, used_at=None, expires_at__gt=now).update(expires_at=now)
        made = models.PairingCode.objects.create(person=by, code_sha256=tokens.hashed(code), expires_at=now + CODE_LIVES)
        audit.write("device.code_made", by=by, now=now, target=made, after={"until": made.expires_at.isoformat()})
    return code


def _too_often(seconds: float) -> RefusedError:
    """`seconds`: until the next one is admitted; the door says them to the extension, too."""
    whole = max(1, round(seconds))
    text = ngettext_lazy("Too often. Try again in %(seconds)s second.", "Too often. Try again in %(seconds)s seconds.", "seconds")
    return RefusedError("device.too_often", text, seconds=whole)


def pair(*, code: str, name: str, caller: str, now: datetime) -> Paired:
    """Uses up a code and knows one more device. `caller` names who tries (a keyed hash of the network address), to count wrong codes.

    Wrong codes alone are counted: an office has one address, and whoever guesses from it keeps no right code out. The codes stand without
    that limit too: of 25^8, a million guesses within the ten minutes a code lives find it once in 150,000 times.
    Raises RefusedError.
    """
    text = _("This code is wrong, used already, or older than 10 minutes. Make a new one in SIPatrol.")
    refused = RefusedError("device.code", text, "code")
    with transaction.atomic():
        waiting = models.PairingCode.objects.filter(code_sha256=tokens.hashed(plain(code)), used_at=None, expires_at__gt=now)
        found = waiting.select_for_update(of=("self",), no_key=True).select_related("person__office").first()
        right = found if found is not None and access.may(found.person, Action.CAPTURE_SEND) else None
        paired = _pair(right, name, now) if right is not None else None
    if paired is None:  # counted after the transaction, which an error would undo
        wait = pace.admits(f"pairing:{tokens.bucket(caller)}", rate=PAIRING_RATE, burst=PAIRING_BURST)
        raise _too_often(wait) if wait else refused
    return paired


def _pair(found: models.PairingCode, name: str, now: datetime) -> Paired:
    token = secrets.token_urlsafe(32)
    models.PairingCode.objects.filter(pk=found.pk).update(used_at=now)
    person = found.person
    if tokens.living(models.Device.objects.filter(person=person, office=None), now=now).count() >= DEVICES_MOST:
        text = _("There are %(most)s paired browsers already. Let go of unused ones in SIPatrol.")
        raise RefusedError("device.too_many", text, most=DEVICES_MOST)
    device = models.Device.objects.create(person=person, name=name.strip()[:100] or "-", token_sha256=tokens.hashed(token), paired_at=now)
    audit.write("device.paired", by=person, now=now, target=device, after={"code": found.pk})
    return Paired(device, token)


def known(token: str, *, now: datetime) -> models.Device:
    """The browser behind a token, with its person and office. Raises RefusedError: "token.rests" where its person acts in a duty that sends
    no captures, "device.unknown" for every other word."""
    device = tokens.known(token, now=now)
    if device is None and tokens.rests(token, now=now):
        raise tokens.resting()
    if device is None or device.office_id is not None:
        raise unpaired()
    return device


def unpaired() -> RefusedError:
    text = _("This browser is not (or no longer) paired with a SIPatrol account. Pair it again; waiting captures are not lost.")
    return RefusedError("device.unknown", text)


def admit(device: models.Device) -> None:
    """Raises RefusedError where a device sends more than any person could capture."""
    wait = pace.admits(f"device:{device.pk}", rate=CAPTURE_RATE, burst=CAPTURE_BURST)
    if wait:
        raise _too_often(wait)


def revoke(*, device_id: int, by: models.Person, now: datetime) -> models.Device:
    """Its token opens nothing from now on; doing it twice changes nothing. Raises Device.DoesNotExist, PermissionDenied."""
    device = models.Device.objects.select_related("person").get(pk=device_id, office=None)
    access.require(by, Action.DEVICE_REVOKE, office_id=device.person.office_id, author_id=device.person_id)
    with transaction.atomic():
        if models.Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=now):
            audit.write("device.revoked", by=by, now=now, target=device, after={"person": device.person_id})
    device.refresh_from_db(fields=["revoked_at"])
    return device
