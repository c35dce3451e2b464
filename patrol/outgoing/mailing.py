"""Mails: composed one way, handed over one way, and to members of staff through the job table, each once.

    asked    `ask`, in the transaction of what the mail follows from, once for ever by (kind, key)
    | a job  the writer of the kind (settings.LETTERS) says what it is to hold now, or that nothing is to be sent any more
    trying   committed before the first byte leaves
    | server its answer: sent, refused, or unknown (ADR 51). Refused for now is asked again by the job, a few times: nobody has it
    sent …   kept; whoever finds "trying" was called after a worker that died, and says "unknown"

A referral has rows, checks and people of its own (patrol.cases.sending) and shares the composing and the handing over.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, Final, Protocol

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from patrol import models
from patrol.domain import Problem, Sentence, states
from patrol.domain.keepable import keepable
from patrol.domain.states import DispatchState
from patrol.infra import jobs
from patrol.sources.transport import smtp
from patrol.sources.transport.smtp import Answer, Came

log = logging.getLogger(__name__)

_NAME: Final = re.compile(r"[^A-Za-z0-9._-]+")
# What stands where a server's words would, where none was asked or heard.
NO_SERVER, DIED, NO_ADDRESS, INACTIVE, NOT_WANTED, NOT_WRITTEN = "no_server", "died", "no_address", "inactive", "not_wanted", "not_written"

_LATER: Final = Problem(
    "mail_later",
    Sentence(
        id="Peladen surel belum mengambil surel ini; dicoba lagi.", en="The mail server has not taken this mail yet; it is tried again."
    ),
)


class File(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def content(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Attached:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail to a member of staff holds. `to`: where it goes to another address than the confirmed one."""

    subject: str  # neutral: it stands on locked screens
    text: str
    files: tuple[File, ...] = ()
    to: str = ""


class Writer(Protocol):
    """Writes the mail of one kind as things are now, in the transaction that notes that it is tried. None: nothing is to be sent any more,
    because the person may not see it by now, or there is nothing to tell. Whether the account is active is looked at before."""

    def __call__(self, dispatch: models.Dispatch, *, now: datetime) -> Letter | None: ...


def configured() -> bool:
    return settings.MAIL is not None


def link(path: str) -> str:
    """The whole address of a page of the workbench, "" where nobody said where that is."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else ""


# --- a mail, and one mail handed over -------------------------------------------------------------


def line(text: str) -> str:
    """Without what could begin another line or header."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in keepable(text)).split())


def message_id(name: str) -> str:
    return f"<{name}@{settings.MAIL_FROM.rpartition('@')[2]}>"


def composed(subject: str, text: str, *, to: str, message_id: str, files: Iterable[File] = (), now: datetime) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.MAIL_FROM
    message["To"] = to
    message["Subject"] = line(subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    message.set_content(text)
    for file in files:
        main, _slash, sub = file.media_type.partition("/")
        message.add_attachment(file.content, maintype=main, subtype=sub or "octet-stream", filename=_NAME.sub("_", file.name))
    return message


def hand_over(message: EmailMessage, *, to: str) -> Answer:
    """To our own server. Nothing here tries again."""
    given: dict[str, Any] = settings.MAIL  # type: ignore[assignment]  # who calls has looked at `configured`
    server = smtp.Server(**given, authorities=settings.OUTGOING_CA, seconds=settings.MAIL_SECONDS)
    return smtp.deliver(server, message.as_bytes(), sender=settings.MAIL_FROM, to=to)


# --- to a member of staff, once --------------------------------------------------------------------


def ask(kind: str, key: str, *, person_id: int, target: Mapping[str, Any], now: datetime) -> bool:
    """Has a mail sent, in the caller's transaction. False where it was asked for before: it is not sent a second time.

    `kind`: a key of settings.LETTERS; `target`: ids only. Raises ValueError for another kind.
    """
    if kind not in settings.LETTERS:
        raise ValueError(f"no kind of letter: {kind}")
    given = {"person_id": person_id, "target": dict(target), "asked_at": now}
    made, new = models.Dispatch.objects.get_or_create(kind=kind, key=key, defaults=given)
    if new:
        jobs.add("dispatch", str(made.pk), {"dispatch": made.pk}, now=now)
    return new


def carry_out(job: jobs.Leased, *, now: datetime) -> None:
    """The handler of jobs "dispatch". Raises JobLostError."""
    begun = _begin(job, now)
    if begun is None:
        return
    message, to = begun
    answer = hand_over(message, to=to)
    with transaction.atomic():
        _end(job, _locked(job), answer, now)


def _locked(job: jobs.Leased) -> models.Dispatch:
    found = models.Dispatch.objects.select_for_update(of=("self",), no_key=True).select_related("person__office")
    return found.get(pk=job.target["dispatch"])


def _begin(job: jobs.Leased, now: datetime) -> tuple[EmailMessage, str] | None:
    """The mail and where it goes, with the word that it is tried committed; None where nothing is to leave."""
    with transaction.atomic():
        held = _locked(job)
        if held.state == DispatchState.TRYING:
            _move(held, DispatchState.UNKNOWN, said=DIED)
        if held.state != DispatchState.ASKED:
            jobs.finish(job, now=now)
            return None
        why, letter = _letter(job, held, now)
        to = letter.to or held.person.mail if letter else ""
        if letter and not to:
            why = NO_ADDRESS
        if why or letter is None:
            after = DispatchState.REFUSED if why in {NO_SERVER, NOT_WRITTEN} else DispatchState.DROPPED
            _move(held, after, said=why, ended_at=now)
            jobs.finish(job, now=now)
            return None
        _move(held, DispatchState.TRYING, tried_at=now, message_id=message_id(f"{held.kind}.{held.pk}"))
        jobs.hold(job)
        message = composed(letter.subject, letter.text, to=to, message_id=held.message_id, files=letter.files, now=now)
        message["Auto-Submitted"] = "auto-generated"
        return message, to


def _letter(job: jobs.Leased, held: models.Dispatch, now: datetime) -> tuple[str, Letter | None]:
    """Why nothing leaves, "" where it may; and what leaves."""
    if not configured():
        return NO_SERVER, None
    if not held.person.is_active:
        return INACTIVE, None
    writer: Writer = import_string(settings.LETTERS[held.kind])
    try:
        with transaction.atomic():
            letter = writer(held, now=now)
    except Exception:
        if job.attempts < jobs.TRIES:
            raise  # tried again by the job, and nothing is marked
        log.exception("a letter could not be written", extra={"dispatch": held.pk})
        return NOT_WRITTEN, None
    return ("", letter) if letter else (NOT_WANTED, None)


def _end(job: jobs.Leased, held: models.Dispatch, answer: Answer, now: datetime) -> None:
    """What became of it. Who refuses for good says so with a 5; everything else that nobody has is tried again, a few times."""
    said = keepable(answer.words)
    if answer.came == Came.REFUSED and not said.startswith("5") and not jobs.fail(job, _LATER, now=now):
        _move(held, DispatchState.ASKED, said=said)
        return
    _move(held, DispatchState(answer.came), said=said, ended_at=None if answer.came == Came.UNKNOWN else now)
    if answer.came != Came.REFUSED or said.startswith("5"):
        jobs.finish(job, now=now)


def _move(held: models.Dispatch, after: DispatchState, **changes: Any) -> None:
    states.require(states.DISPATCH_MOVES, held.state, after)
    models.Dispatch.objects.filter(pk=held.pk).update(state=after, **changes)
    held.refresh_from_db(fields=["state", *changes])
