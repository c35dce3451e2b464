"""The process that holds the private key: opens one sealed record for one request, and writes that into the log in the same transaction.

It runs as a system user and a database role of its own (models.guards.KEYHOLDER): web, worker and beat read neither the key nor what is
sealed, and this process reads no report. It asks the rights for itself, once more: a request in its table is a wish, not a permission.
How often it opens is limited, so that whoever took over the web server does not empty the table in an afternoon.
"""

from __future__ import annotations

import logging
import os
import select
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.db import connection, transaction
from django.utils import timezone

from patrol import access, models
from patrol.access import Action, audit
from patrol.intake.tips import identity

log = logging.getLogger(__name__)

_TURN_SECONDS: Final = 2.0  # of waiting for a ring; a lost one costs no more
_NAME: Final = "keyholder"  # of its sign of life

# By the database's clock; those it answered are passed over by the unique answer.
_WAITING = """
SELECT r.id FROM patrol_identityrequest r
WHERE r.asked_at > clock_timestamp() - interval '1 day' AND NOT EXISTS (SELECT FROM patrol_identityanswer a WHERE a.request_id = r.id)
ORDER BY r.id LIMIT 50
"""
_LATE = "SELECT asked_at < clock_timestamp() - %s * interval '1 second' FROM patrol_identityrequest WHERE id = %s"


class _TooLateError(Exception):
    """While it was opened the request became too old."""


class KeyFileError(Exception):
    """A key that cannot be used; a sentence for who started the process."""


def new_key(file: Path) -> str:
    """Writes a private key, mode 0600, and returns its public half for IDENTITY_KEY. Raises KeyFileError where the file exists."""
    made = X25519PrivateKey.generate()
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise KeyFileError(f"{file} cannot be written: {error.strerror}.") from error
    with os.fdopen(handle, "w") as written:
        written.write(made.private_bytes_raw().hex() + "\n")
    return identity.public(made.public_key()).hex()


def load(file: Path) -> X25519PrivateKey:
    """The private key of a file that nobody else may read. Raises KeyFileError."""
    try:
        mode, text = file.stat().st_mode, file.read_text().strip()
    except OSError as error:
        raise KeyFileError(f"{file} cannot be read: {error.strerror}.") from error
    if mode & 0o077:
        raise KeyFileError(f"{file} may be read by others: chmod 0600.")
    try:
        return X25519PrivateKey.from_private_bytes(bytes.fromhex(text))
    except ValueError:
        raise KeyFileError(f"{file} holds no key that `keyholder --new-key` wrote.") from None


def answer_waiting(key: X25519PrivateKey, *, now: datetime) -> int:
    """Answers each request that waits, each in a transaction of its own. Returns how many records were opened."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        waiting = cursor.fetchall()
    return sum(_answer(key, request_id, now=now) for (request_id,) in waiting)


def _answer(key: X25519PrivateKey, request_id: int, *, now: datetime) -> bool:
    """Whether it was opened. Asked twice how old it is: others may hold the log for long, and those before it take their time."""
    try:
        return _kept(key, request_id, late=_is_late(request_id), now=now)
    except _TooLateError:
        return _kept(key, request_id, late=True, now=now)


def _is_late(request_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_LATE, [identity.LATE_SECONDS, request_id])
        return bool(cursor.fetchone()[0])


def _kept(key: X25519PrivateKey, request_id: int, *, late: bool, now: datetime) -> bool:
    """The answer and its row of the log, or neither of them."""
    with transaction.atomic():
        request = models.IdentityRequest.objects.get(pk=request_id)
        tip = models.Tip.objects.only("id", "key", "office_id", "post_id", "emptied_at").get(pk=request.tip_id)
        sealed, refused = _answered(key, request, tip, late=late)
        models.IdentityAnswer.objects.create(request=request, sealed=sealed, refused=refused, at=now)
        verb = "tip.identity_refused" if refused else "tip.identity_opened"
        after = {"request": request.pk, "purpose": request.purpose} | ({"why": refused} if refused else {})
        audit.write(verb, by=_person(request.by_id), now=now, target=tip, after=after)
        if not refused and _is_late(request_id):
            raise _TooLateError
    return sealed is not None


def _answered(key: X25519PrivateKey, request: models.IdentityRequest, tip: models.Tip, *, late: bool) -> tuple[bytes | None, str]:
    """As `_opened`; whatever is wrong with one request is its refusal, so that the next is answered."""
    try:
        return _opened(key, request, tip, late=late)
    except Exception:  # whoever writes requests as the web server would must not end this process
        log.exception("a contact could not be opened", extra={"request": request.pk})
        return None, "failed"


def _opened(key: X25519PrivateKey, request: models.IdentityRequest, tip: models.Tip, *, late: bool) -> tuple[bytes | None, str]:
    """What is answered: the record, sealed to the key of the request, or why not."""
    if late:
        return None, "late"
    person = _person(request.by_id)
    if person is None or not access.may(person, Action.TIP_IDENTITY, office_id=tip.office_id, author_id=identity.has_case(tip)):
        return None, "right"
    if identity.lately(by=person) > identity.MOST_OF_ONE or identity.lately() > identity.MOST_OF_ALL:
        return None, "too_many"
    kept = models.TipIdentity.objects.filter(tip=tip).first()
    if kept is None or tip.emptied_at is not None:
        return None, "gone"
    try:
        contact = identity.SUITE.decrypt(bytes(kept.sealed), key, identity.about(tip))
        reply_to = X25519PublicKey.from_public_bytes(bytes(request.reply_to))
        return identity.SUITE.encrypt(contact, reply_to, identity.answer_about(request)), ""  # also refuses a key that is none
    except (InvalidTag, ValueError):
        return None, "key"


def _person(person_id: int) -> models.Person | None:
    """With what the rights go by, and nothing else: this role reads no name and no password."""
    fields = ("id", "role", "office_id", "is_active", "approves")
    told = models.Person.objects.filter(pk=person_id).order_by().values(*fields, "office__kind").first()
    if told is None:
        return None
    office = models.Office(pk=told["office_id"], kind=told.pop("office__kind"))
    person = models.Person(**told)
    person.office = office
    return person


def serve(key: X25519PrivateKey, *, ends: Callable[[], bool] = lambda: False) -> None:
    """Answers until `ends` says so, or for ever."""
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {identity.CHANNEL}")
    while not ends():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO patrol_heartbeat (name, at) VALUES (%s, clock_timestamp())"
                " ON CONFLICT (name) DO UPDATE SET at = clock_timestamp()",
                [_NAME],
            )
        answer_waiting(key, now=timezone.now())
        _wait_for_a_ring()


def _wait_for_a_ring() -> None:
    line = connection.connection
    select.select([line], [], [], _TURN_SECONDS)
    line.poll()
    line.notifies.clear()
