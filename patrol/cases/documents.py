"""The documents of a referral: made by a job of what was submitted, kept like captures, and sent as the very bytes that were approved.

Submitting asks for them (`ask`); a message that is lost is a delay, for the job stands in the database. Each set is a row of its own with
its files. Another set of the same version is made where the letter would say something else by now; the newest is the one that is approved.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit, looks
from patrol.cases import channels, letter_files, letters, packets
from patrol.domain.states import JobState, ReferralState
from patrol.evidence import custody, custody_log, pictures, raw
from patrol.infra import jobs, printing
from patrol.infra.refusals import BROKEN, RefusedError
from patrol.models import DocumentKind, OfficeKind

log = logging.getLogger(__name__)

KIND: Final = "letter"  # of its job
PURPOSE: Final = "referral"
_AT_ONCE: Final = 2  # pictures redrawn side by side, each in a process of its own
MEDIA_TYPES: Final[Mapping[str, str]] = {
    DocumentKind.LETTER_DOCX: letter_files.DOCX,
    DocumentKind.LETTER_PDF: "application/pdf",
    DocumentKind.ANNEX_PDF: "application/pdf",
    DocumentKind.HASHES: "text/plain",
    DocumentKind.PACKET: "application/zip",
}
_NAMES: Final[Mapping[str, str]] = {
    DocumentKind.LETTER_DOCX: "surat.docx",
    DocumentKind.LETTER_PDF: "surat.pdf",
    DocumentKind.ANNEX_PDF: "lampiran.pdf",
    DocumentKind.HASHES: "hash.txt",
}


class Document(NamedTuple):
    """One file as it was approved. Raised on reading: evidence.raw.EvidenceMissingError, where it is gone or changed."""

    name: str
    media_type: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the job has come: `percent` of the work, `problem` of a try that failed, `over` where it is not tried again."""

    percent: int
    problem: Mapping[str, Any] | None
    over: bool


# --- which there are --------------------------------------------------------------------------------


def newest(referral: models.Referral) -> models.ReferralLetter | None:
    """The newest set, of whichever version. One query."""
    return models.ReferralLetter.objects.filter(referral=referral).order_by("-id").first()


def current(referral: models.Referral) -> models.ReferralLetter | None:
    """The set of what waits for approval, or of what was approved."""
    found = newest(referral)
    if found is None or (referral.state == ReferralState.SUBMITTED and found.version != referral.version):
        return None
    return found if referral.state == ReferralState.SUBMITTED or referral.approved_at is not None else None


def approved(referral: models.Referral) -> list[Document]:
    """The files that the second person approved, byte for byte; none where the channel goes out without a letter.

    Raises RefusedError before the approval and after a withdrawal, EvidenceMissingError.
    """
    if referral.approved_at is None or referral.state == ReferralState.WITHDRAWN:
        raise RefusedError("referral.documents_not_approved", _("The documents are there once a second person has approved them."))
    if not referral.has_letter:
        return []
    made = newest(referral)
    rows = made.documents.select_related("capture").order_by("id") if made else []
    return [Document(row.name, row.capture.media_type, raw.whole(row.capture.sha256), row.capture.sha256) for row in rows]


def listed(referral: models.Referral, lines: Sequence[packets.Line]) -> list[dict[str, Any]]:
    """Name, hash and length of what goes along: the packet, and the letter beside it where there is one. No file is read for that."""
    if not referral.has_letter:
        return told([packet(referral, lines)])
    letter = newest(referral)
    rows = {row.kind: row for row in letter.documents.select_related("capture")} if letter else {}
    first = DocumentKind.LETTER_PDF if DocumentKind.LETTER_PDF in rows else DocumentKind.LETTER_DOCX
    chosen = [rows[kind] for kind in (first, DocumentKind.PACKET) if kind in rows]
    return [{"name": row.name, "sha256": row.capture.sha256, "length": row.capture.length} for row in chosen]


def packet(referral: models.Referral, lines: Sequence[packets.Line]) -> Document:
    """Of a channel without a letter: put together anew each time, to the same bytes while what it says is the same."""
    content = packets.packed(referral, lines, confirmed=packets.confirmation(channels.way(referral)))
    return Document(f"{referral.number}.zip", "application/zip", content, hashlib.sha256(content).hexdigest())


def told(files: Sequence[Document]) -> list[dict[str, Any]]:
    return [{"name": file.name, "sha256": file.sha256, "length": len(file.content)} for file in files]


def progress(referral: models.Referral) -> Progress | None:
    """Of the job of this version; None where none is under way or failed. One query."""
    job = models.Job.objects.filter(kind=KIND, key=_key(referral)).first()
    if job is None or job.state == JobState.DONE:
        return None
    return Progress(job.percent or 0, job.problem, job.state != JobState.WAITING)


def _key(referral: models.Referral) -> str:
    return f"{referral.pk}:{referral.version}"


# --- asked for --------------------------------------------------------------------------------------


def ask(referral: models.Referral, *, by: models.Person, now: datetime) -> None:
    """In the transaction that submits, or asks anew."""
    jobs.add(KIND, _key(referral), {"referral": referral.pk, "version": referral.version}, now=now, by=by.pk)


# --- made -------------------------------------------------------------------------------------------


def keep(job: jobs.Leased, *, now: datetime) -> None:
    """The handler of jobs "letter": target {"referral": id, "version": its version as it was submitted}.

    Raises JobLostError, OSError. What was changed meanwhile is made by the job of its own version.
    """
    referral = models.Referral.objects.select_related("case__office", "letter_office", "edition").get(pk=job.target["referral"])
    if not _waits(referral, job):
        with transaction.atomic():
            jobs.finish(job, now=now)
        return
    lines = packets.lines(referral)
    assert referral.letter_office
    letter = letters.compose(referral, lines, office=referral.letter_office, now=now)
    printed = printing.available()
    files = _files(job, referral, lines, letter, printed=printed, now=now)
    with transaction.atomic():
        held = models.Referral.objects.select_for_update(no_key=True).get(pk=referral.pk)
        jobs.hold(job)
        if _waits(held, job):
            _kept(job, held, letter, files, printed=printed, now=now)
        jobs.finish(job, now=now)


def _waits(referral: models.Referral, job: jobs.Leased) -> bool:
    return referral.state == ReferralState.SUBMITTED and referral.version == job.target["version"]


def _files(
    job: jobs.Leased, referral: models.Referral, lines: Sequence[packets.Line], letter: letters.Letter, *, printed: bool, now: datetime
) -> dict[str, bytes]:
    from patrol.cases import letter_word  # noqa: PLC0415 -- see there

    made: dict[str, bytes] = {DocumentKind.LETTER_DOCX: letter_word.written(letter, now=now)}
    if printed:
        made[DocumentKind.LETTER_PDF] = letter_files.letter_pdf(letter)
        made[DocumentKind.ANNEX_PDF] = letter_files.annex_pdf(letter, _drawn(job, letter))
    made[DocumentKind.HASHES] = letter_files.hashes(letter)
    analyses = [one.analysis for one in letter.entries]
    rows = packets.files(referral, lines, confirmed=packets.confirmation(channels.way(referral)), analyses=analyses)
    made[DocumentKind.PACKET] = packets.zipped(referral.number, [*((_NAMES[kind], content) for kind, content in made.items()), *rows])
    return made


def _drawn(job: jobs.Leased, letter: letters.Letter) -> dict[str, pictures.Printed]:
    """The screenshots, drawn anew, by the hash of what was kept. One that cannot be read is left out, and the annex says so."""
    wanted = list(dict.fromkeys(one.picture for one in letter.entries if one.picture))
    found: dict[str, pictures.Printed] = {}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for done, (sha256, picture) in enumerate(zip(wanted, pool.map(_picture, wanted), strict=True), 1):
            if picture:
                found[sha256] = picture
            if done % 10 == 0:
                jobs.tell(job, done, len(wanted) + len(wanted) // 2)  # the pages take about half as long as the pictures
    return found


def _picture(sha256: str) -> pictures.Printed | None:
    """None for one that cannot be printed. What took too long is tried once more: a busy machine says nothing about a picture."""
    for again in (True, False):
        try:
            return pictures.printed(raw.whole(sha256))
        except pictures.UnreadableError as error:
            if again and error.problem.code == "too_costly":
                continue
            log.warning("picture %s is left out of an annex: %s", sha256, error.problem.code)
        except raw.EvidenceMissingError:
            log.warning("picture %s is left out of an annex: its bytes are gone or changed", sha256)
        break
    return None


def _kept(
    job: jobs.Leased, held: models.Referral, letter: letters.Letter, files: Mapping[str, bytes], *, printed: bool, now: datetime
) -> None:
    assert letter.template
    assert letter.letterhead
    made = models.ReferralLetter.objects.create(
        referral=held,
        version=held.version,
        template=letter.template,
        letterhead=letter.letterhead,
        digest=letter.digest,
        blanks=list(letter.blanks),
        cited=list(letter.cited),
        marked=bool(letter.mark),
        printed=printed,
        at=now,
    )
    for kind, content in files.items():
        name = f"{held.number}-{_NAMES[kind]}" if kind in _NAMES else f"{held.number}.zip"
        capture = custody.capture_file(
            content,
            MEDIA_TYPES[kind],
            platform="",
            kind="document",
            now=now,
            job=models.Job(pk=job.id),
            office=held.letter_office,
            purpose=PURPOSE,
            options={"referral": held.pk, "document": kind},
        )
        models.ReferralDocument.objects.create(
            letter=made, referral=held, version=held.version, kind=kind, name=name, capture=capture, at=now
        )
    told = {"number": held.number, "version": held.version, "documents": len(files), "marked": made.marked}
    audit.write("referral.documents_made", by=None, now=now, target=held, after=told)


# --- before the approval ----------------------------------------------------------------------------


def missing(referral: models.Referral, lines: Sequence[packets.Line], letter: letters.Letter | None) -> list[packets.Missing]:
    """What keeps it from being submitted: of the packet, then of its letter. A field that is empty is named once, though its slot of the
    letter is empty too."""
    of_letter = letters.lacks(referral, lines, letter) if letter else []
    return packets.missing(referral, lines) + [one for one in of_letter if not letters.told_already(referral, lines, one)]


def composed(referral: models.Referral, lines: Sequence[packets.Line], *, by: models.Person, now: datetime) -> letters.Letter | None:
    """The letter as it would go out now, of this person's office where nobody submitted it yet; None for a channel without one."""
    if not referral.has_letter:
        return None
    own = by.at_directorate or not referral.from_directorate
    office = by.office if own else models.Office.objects.get(kind=OfficeKind.DIRECTORATE)
    return letters.compose(referral, lines, office=office, now=now)


def unready(referral: models.Referral, lines: Sequence[packets.Line], letter: letters.Letter) -> RefusedError | None:
    """Why what was submitted cannot be approved yet; None: it can. `letter`: what it would say now. The database asks it too.

    It stands on the page as well, where nobody did anything yet: its sentence says only why.
    """
    made = current(referral)
    lacks = letters.lacks(referral, lines, letter)
    if lacks:
        text = _("The letter lacks something: %(what)s.")
        named = dict.fromkeys(one.words for one in lacks)
        return RefusedError("referral.letter_lacks", text, what=format_lazy("; ".join("{}" for _each in named), *named))
    if letter.mark:
        return RefusedError("referral.unconfirmed", _("The letter cites an article that the legal unit has not confirmed."))
    if made is None:
        return RefusedError("referral.no_documents", _("The documents are still being made."))
    if made.digest != letter.digest or made.blanks or made.marked:
        text = _("The letter would say something else by now. Have its documents made again.")
        return RefusedError("referral.letter_changed", text)
    return None


# --- looked at --------------------------------------------------------------------------------------


def look(*, referral_id: int, kind: str, by: models.Person, now: datetime) -> Document:
    """One document as it was kept, for whoever approves, writes or sends it: values in full, a look at contacts that is logged.

    Raises RefusedError, PermissionDenied, Referral.DoesNotExist.
    """
    referral = models.Referral.objects.select_related("case").get(pk=referral_id)
    _require_one(referral, by, (Action.REFERRAL_APPROVE, Action.REFERRAL_SEND, Action.REFERRAL_WRITE))
    made = current(referral)
    row = made.documents.select_related("capture").filter(kind=kind).first() if made else None
    if row is None:
        raise RefusedError("referral.no_document", _("This document is not there yet."))
    if kind == DocumentKind.PACKET:
        require_protecting(referral, by)
    try:
        content = custody_log.opened(row.capture, by=by, now=now)
    except raw.EvidenceMissingError:
        raise RefusedError("referral.document_broken", BROKEN) from None
    with transaction.atomic():
        after = {"purpose": "referral", "number": referral.number, "document": kind}
        looks.log("contact.shown", by=by, now=now, target=referral, after=after)
    return Document(row.name, row.capture.media_type, content, row.capture.sha256)


def _require_one(referral: models.Referral, by: models.Person, actions: Sequence[Action]) -> None:
    """Writing and sending of what goes out from the directorate are its own; approving is by the table alone."""
    for action in actions:
        own = by.at_directorate or not referral.from_directorate or action == Action.REFERRAL_APPROVE
        if own and access.may(by, action, office_id=referral.case.office_id):
            return
    raise PermissionDenied("who writes, sends or approves it")


def require_protecting(referral: models.Referral, by: models.Person) -> None:
    """Of a packet with somebody harmed: whether this person may see all of them. Raises PermissionDenied."""
    harmed = set(referral.items.exclude(protection=None).values_list("protection", flat=True))
    if access.scope(by, Action.PROTECTION_VIEW, models.Protection.objects.filter(pk__in=harmed)).count() != len(harmed):
        raise PermissionDenied("somebody harmed whom another office protects")
