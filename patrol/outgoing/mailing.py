"""Mails: composed one way, handed over one way, and to members of staff through the job table, each once. Other ways to members of staff
(settings.WAYS) are carried out here too: a way is a module with `kept_from`, `hand_over` and `after`, as this one has for mail.

    asked    `ask`, in the transaction of what the mail follows from, once for ever by (kind, key)
    | a job  the writer of the kind (settings.LETTERS) says what it is to hold now, or that nothing is to be sent any more
    trying   committed before the first byte leaves
    | server its answer: sent, refused, or unknown (ADR 51). Refused for now is asked again by the job: nobody has it
    sent …   kept; whoever finds "trying" was called after a worker that died, and says "unknown"

What did not leave, or may not have arrived, is sent again by nobody but whoever it is for (`again`).

A referral has rows, checks and people of its own (patrol.cases.sending) and shares the composing and the handing over.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from importlib import import_module
from typing import Any, Final, Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from patrol import models
from patrol.access import audit, consulting
from patrol.access.consulting import Shown
from patrol.domain import Problem, Sentence, states
from patrol.domain.keepable import keepable
from patrol.domain.states import DispatchState
from patrol.engine import masks
from patrol.infra import jobs
from patrol.infra.refusals import RefusedError
from patrol.models import Way
from patrol.sources.transport import smtp
from patrol.sources.transport.smtp import Answer, Came

log = logging.getLogger(__name__)

_ADDRESS: Final = re.compile(r"[^\s<>()\"',;:]*@[^\s<>()\"',;:]*")
_NAME: Final = re.compile(r"[^A-Za-z0-9._-]+")
# What stands where a server's words would, where none was asked or heard.
NO_SERVER, DIED, NO_ADDRESS, INACTIVE, NOT_WANTED, NOT_WRITTEN = "no_server", "died", "no_address", "inactive", "not_wanted", "not_written"

_LATER: Final = Problem(
    "dispatch_later", Sentence(id="Belum ada yang menerima pesan ini; dicoba lagi.", en="Nobody has this message yet; it is tried again.")
)
PAUSE: Final = 60.0  # seconds until the second try, doubled with each: the fifth is some 15 minutes after the first
LONG_PAUSE: Final = 1800.0  # seconds between later ones, of what is tried for LASTS
LASTS: Final = timedelta(days=1)
GATHERED: Final = "notices"  # the kind of which each message holds what was found for a person by then (patrol.telling.bundling)
ANEW: Final = ("address", "address_leaves", "paired", "password_link")  # a code or a link that did not come is asked for anew


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
    """What a mail to a member of staff holds. `to`: where it goes to another address than the confirmed one. `shows`: what its files show
    of people, for the reading log, written once it is about to leave."""

    subject: str  # neutral: it stands on locked screens
    text: str
    files: tuple[File, ...] = ()
    to: str = ""
    shows: Shown | None = None


class Writer(Protocol):
    """Writes the mail of one kind as things are now, in the language and by the clock of whoever it is for (`as_read_by`), in the
    transaction that notes that it is tried. None: nothing is to be sent any more,
    because the person may not see it by now, or there is nothing to tell. Whether the account is active is looked at before."""

    def __call__(self, dispatch: models.Dispatch, *, now: datetime) -> Letter | None: ...


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of it. `later`: nobody has it, and another try makes sense, not before `retry_after` seconds."""

    answer: Answer
    later: bool = False
    retry_after: float = 0.0
    told: Any = None  # what the way itself wants to know afterwards
    untried: bool = False  # our own pace held it back: that is no try


class Carrier(Protocol):
    """A way to a member of staff: a module of settings.WAYS."""

    def kept_from(self, held: models.Dispatch, letter: Letter) -> str:
        """Why it cannot leave this way, "" where it can."""

    def hand_over(self, held: models.Dispatch, letter: Letter, *, now: datetime) -> Handed:
        """Outside of any transaction. Nothing here tries again."""

    def after(self, held: models.Dispatch, handed: Handed, *, now: datetime) -> None:
        """What else follows, in the transaction that notes what became of it."""


def configured() -> bool:
    return settings.MAIL is not None


def link(path: str) -> str:
    """The whole address of a page of the workbench, "" where nobody said where that is."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else ""


@contextmanager
def as_read_by(person: models.Person) -> Iterator[None]:
    """In their language and the zone of their office."""
    kept = models.OwnCare.objects.filter(person=person).first()
    with override((kept.language if kept else "") or "id"), timezone.override(person.office.zone):
        yield


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


def deliver(message: EmailMessage, *, to: str) -> Answer:
    """To our own server. Nothing here tries again."""
    given: dict[str, Any] = settings.MAIL  # type: ignore[assignment]  # who calls has looked at `configured`
    server = smtp.Server(**given, authorities=settings.OUTGOING_CA, seconds=settings.MAIL_SECONDS)
    return smtp.deliver(server, message.as_bytes(), sender=settings.MAIL_FROM, to=to)


# --- to a member of staff, by mail -------------------------------------------------------------------


def kept_from(held: models.Dispatch, letter: Letter) -> str:
    if not configured():
        return NO_SERVER
    return "" if letter.to or held.person.mail else NO_ADDRESS


def hand_over(held: models.Dispatch, letter: Letter, *, now: datetime) -> Handed:
    """Who refuses for good says so with a 5; everything else that nobody has is tried again."""
    to = letter.to or held.person.mail
    message = composed(letter.subject, letter.text, to=to, message_id=held.message_id, files=letter.files, now=now)
    message["Auto-Submitted"] = "auto-generated"
    answer = deliver(message, to=to)
    later = answer.came == Came.REFUSED and not answer.words.startswith("5")
    return Handed(Answer(answer.came, without_addresses(answer.words, to)), later=later)


def without_addresses(words: str, to: str) -> str:
    """What a server said, to be kept: it likes to say to whom."""
    name = re.escape(to.partition("@")[0])
    return re.sub(rf"(?<!\w){name}(?!\w)", masks.MIDDLE, _ADDRESS.sub(masks.MIDDLE, words), flags=re.IGNORECASE)


def after(held: models.Dispatch, handed: Handed, *, now: datetime) -> None:
    """Nothing."""


# --- to a member of staff, once ----------------------------------------------------------------------


def ask(kind: str, key: str, *, person_id: int, target: Mapping[str, Any], now: datetime, way: Way = Way.MAIL) -> models.Dispatch | None:
    """Has a message sent, in the caller's transaction. None where it was asked for before: it is not sent a second time.

    `kind`: a key of settings.LETTERS; `target`: ids only. Raises ValueError for another kind.
    """
    if kind not in settings.LETTERS:
        raise ValueError(f"no kind of letter: {kind}")
    given = {"person_id": person_id, "target": dict(target), "asked_at": now, "way": way}
    made, new = models.Dispatch.objects.get_or_create(kind=kind, key=key, defaults=given)
    if not new:
        return None
    jobs.add("dispatch", str(made.pk), {"dispatch": made.pk}, now=now)
    return made


def failed(person: models.Person) -> QuerySet[models.Dispatch]:
    """Those of this person that may be sent again. What was gathered, and is gathered anew already, is not among them."""
    found = models.Dispatch.objects.filter(person=person, state__in=[DispatchState.UNKNOWN, DispatchState.REFUSED]).exclude(kind__in=ANEW)
    return found.filter(~Q(kind=GATHERED) | Exists(models.Told.objects.filter(dispatch=OuterRef("pk"))))


def again(*, dispatch_id: int, seen: str, by: models.Person, now: datetime) -> models.Dispatch:
    """Has a message of one's own sent again: written anew, under the same Message-ID, so that a mail program may know it for the same one.

    `seen`: when it was asked for as the page showed it, so that one press sends once. Raises RefusedError, Dispatch.DoesNotExist.
    """
    with transaction.atomic():
        held = models.Dispatch.objects.select_for_update(no_key=True).get(pk=dispatch_id, person=by)
        if held.asked_at.isoformat() != seen or not failed(by).filter(pk=held.pk).exists():
            raise RefusedError("dispatch.again", _("Nothing is sent again: see what has become of this message since."))
        before = held.state
        _move(held, DispatchState.ASKED, asked_at=now, ended_at=None, said="")
        jobs.add("dispatch", str(held.pk), {"dispatch": held.pk}, now=now, by=by.pk)
        audit.write("dispatch.again", by=by, now=now, target=held, before={"state": before}, after={"state": held.state, "kind": held.kind})
    return held


def hurry(person_ids: Iterable[int], way: Way) -> int:
    """What was put off for these people by this way is tried in the next sweep, each once: the way is another one now. In the caller's
    transaction. Returns how many."""
    held = models.Dispatch.objects.filter(person__in=list(person_ids), way=way, state=DispatchState.ASKED)
    return jobs.hurry("dispatch", map(str, held.values_list("pk", flat=True)))


def carry_out(job: jobs.Leased, *, now: datetime) -> None:
    """The handler of jobs "dispatch". Raises JobLostError."""
    begun = _begin(job, now)
    if begun is None:
        return
    held, letter = begun
    carrier = _carrier(held)
    handed = carrier.hand_over(held, letter, now=now)
    with transaction.atomic():
        held = _locked(job)
        _end(job, held, handed, now)
        carrier.after(held, handed, now=now)


def _carrier(held: models.Dispatch) -> Carrier:
    carrier: Carrier = import_module(settings.WAYS[held.way])
    return carrier


def _locked(job: jobs.Leased) -> models.Dispatch:
    found = models.Dispatch.objects.select_for_update(of=("self",), no_key=True).select_related("person__office")
    return found.get(pk=job.target["dispatch"])


def _begin(job: jobs.Leased, now: datetime) -> tuple[models.Dispatch, Letter] | None:
    """What is to leave, with the word that it is tried committed; None where nothing is."""
    with transaction.atomic():
        held = _locked(job)
        if held.state == DispatchState.TRYING:
            _move(held, DispatchState.UNKNOWN, said=DIED)
        if held.state != DispatchState.ASKED:
            jobs.finish(job, now=now)
            return None
        why, letter = _letter(job, held, now)
        why = why or (_carrier(held).kept_from(held, letter) if letter else NOT_WANTED)
        if why or letter is None:
            to_nobody = why in {INACTIVE, NOT_WANTED, NO_ADDRESS}
            _move(held, DispatchState.DROPPED if to_nobody else DispatchState.REFUSED, said=why, ended_at=now)
            jobs.finish(job, now=now)
            return None
        _move(held, DispatchState.TRYING, tried_at=now, message_id=message_id(f"{held.kind}.{held.pk}"))
        if letter.shows is not None:
            consulting.write(held.person, [letter.shows])
        jobs.hold(job)
        return held, letter


def _letter(job: jobs.Leased, held: models.Dispatch, now: datetime) -> tuple[str, Letter | None]:
    """Why nothing leaves, "" where it may; and what leaves."""
    if not held.person.is_active:
        return INACTIVE, None
    writer: Writer = import_string(settings.LETTERS[held.kind])
    try:
        with transaction.atomic(), as_read_by(held.person):
            return "", writer(held, now=now)
    except Exception:
        if job.attempts < jobs.TRIES:
            raise  # tried again by the job, and nothing is marked
        log.exception("a letter could not be written", extra={"dispatch": held.pk})
        return NOT_WRITTEN, None


def _end(job: jobs.Leased, held: models.Dispatch, handed: Handed, now: datetime) -> None:
    """What became of it. What nobody has is tried again where that makes sense: for a day, what was gathered a few times."""
    said, came = keepable(handed.answer.words), handed.answer.came
    if handed.later and _again(job, held, handed, now):
        _move(held, DispatchState.ASKED, said=said)
        return
    if not handed.later:
        jobs.finish(job, now=now)
    _move(held, DispatchState(came), said=said, ended_at=None if came == Came.UNKNOWN else now)


def _again(job: jobs.Leased, held: models.Dispatch, handed: Handed, now: datetime) -> bool:
    """Puts the job off, or ends it: what it was to tell is then gathered anew with what comes later, for as long."""
    if handed.untried:
        jobs.put_off(job, max(1.0, handed.retry_after))
        return True
    gathered = held.told.exists()
    if job.attempts >= jobs.TRIES - 1 and not gathered and now < held.asked_at + LASTS:
        jobs.put_off(job, max(handed.retry_after, LONG_PAUSE))
        return True
    if not jobs.fail(job, _LATER, now=now, retry_after=max(handed.retry_after, PAUSE * 2 ** (job.attempts - 1))):
        return True
    if gathered:
        held.told.filter(at__gt=now - LASTS).update(dispatch=None)
    return False


def _move(held: models.Dispatch, after: DispatchState, **changes: Any) -> None:
    states.require(states.DISPATCH_MOVES, held.state, after)
    models.Dispatch.objects.filter(pk=held.pk).update(state=after, **changes)
    held.refresh_from_db(fields=["state", *changes])
