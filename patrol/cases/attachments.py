"""Files in a case: sent by a person, preserved like captures, withdrawn with a reason. What a look at one costs: a row of the log.

Withdrawing removes nothing: the file and its record stay for the log, and nobody opens it on the page any more. It no longer keeps a file
that an erased post showed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit, looks
from patrol.cases import homes, moving
from patrol.evidence import custody, custody_log, erasing, kinds, pictures, raw
from patrol.infra.refusals import BROKEN, RefusedError
from patrol.models import CaseEventKind
from patrol.triage import care

MOST_BYTES: Final = pictures.MOST_BYTES
MOST_FILES: Final = 40  # in one case, without the withdrawn ones
BOTH, OWN = "both", "own"  # who sees it: both sides of the case, or the one that added it
KIND: Final = "attachment"  # of its record
PURPOSE: Final = "case"


@dataclass(frozen=True, slots=True)
class Opened:
    """What is sent to the browser. `capture`: the record the bytes belong to."""

    capture: models.Capture
    content: bytes
    minutes: models.Minutes | None = None  # of what is taken away


def attach_file(*, case_id: int, content: bytes, title: str, seen_by: str, by: models.Person, now: datetime) -> models.CaseAttachment:
    """Keeps the bytes and puts them into a case that is not closed, or works on (homes.works). `seen_by`: BOTH or OWN.

    Raises RefusedError, StaleError, PermissionDenied, Case.DoesNotExist, OSError.
    """
    case = moving.find(case_id, Action.CASE_NOTE, by)
    title = title.strip()
    if not title:
        raise RefusedError("attachment.title", _("Nothing was attached: give the file a title."), "title")
    if seen_by not in {BOTH, OWN}:
        raise RefusedError("attachment.seen_by", _("Nothing was attached: choose who sees the file."), "seen_by")
    media_type, drawn = _looked_at(content)
    for one in (content, *drawn):  # on the disk before the transaction that names them
        raw.put(one)
    with transaction.atomic():
        homes.hold(case.pk)
        if not homes.works(models.Case.objects.select_related("merged_into").get(pk=case.pk)):
            raise moving.stale(case)
        _require_room(case, hashlib.sha256(content).hexdigest(), by)
        capture = _kept(content, media_type, None, by=by, now=now)
        shown = [_kept(one, "image/jpeg", capture, by=by, now=now) for one in drawn]
        made = models.CaseAttachment.objects.create(
            case=case,
            capture=capture,
            shown=shown[0] if shown else None,
            title=title[: models.CaseAttachment.LONGEST_TITLE],
            office_id=by.office_id,
            internal=seen_by == OWN,
            by=by,
            at=now,
        )
        moving.event(case, CaseEventKind.ATTACHED, by=by, now=now, attachment=made)
        after = {"attachment": made.pk, "commitment": capture.commitment, "kind": media_type, "internal": made.internal}
        audit.write("case.attached", by=by, now=now, target=case, after=after)
    return made


def _looked_at(content: bytes) -> tuple[str, Sequence[bytes]]:
    """What kind it is, and of a picture its redrawn form. Raises RefusedError."""
    if not content:
        raise RefusedError("attachment.empty", _("Nothing was attached: choose a file that is not empty."), "file")
    if len(content) > MOST_BYTES:
        raise RefusedError("attachment.too_large", _("Nothing was attached: the file is larger than 15 MB."), "file")
    media_type = kinds.media_type(content)
    if not media_type:
        text = _("Nothing was attached: only PDF, JPEG, PNG, WebP, text (UTF-8), and Word or Excel files without macros are taken.")
        raise RefusedError("attachment.kind", text, "file")
    if media_type not in kinds.PICTURES:
        return media_type, ()
    try:
        return media_type, (pictures.shrunk(content).thumbnail,)
    except pictures.UnreadableError as error:
        raise RefusedError("attachment.picture", error.problem.sentence, "file") from None


def _require_room(case: models.Case, sha256: str, by: models.Person) -> None:
    """Of a case that is held. A file sent twice, by a double click too, is there once; what the other side has is not told."""
    there = standing(models.CaseAttachment.objects.filter(case=case))
    same = there.filter(capture__sha256=sha256, office=by.office_id).first()
    if same is not None:
        raise RefusedError("attachment.twice", _("This very file is attached already: %(title)s."), "file", title=same.title)
    if there.count() >= MOST_FILES:
        raise RefusedError("attachment.many", _("A case holds at most %(most)s files: withdraw one first."), "file", most=MOST_FILES)


def _kept(content: bytes, media_type: str, of: models.Capture | None, *, by: models.Person, now: datetime) -> models.Capture:
    return custody.capture_file(
        content,
        media_type,
        platform="",
        kind=KIND,
        now=now,
        person=by,
        office=by.office,
        purpose=PURPOSE,
        relation="rendition" if of else "original",
        of=of,
    )


def withdraw_file(*, attachment_id: int, note: str, by: models.Person, now: datetime) -> models.CaseAttachment:
    """Nobody opens it any more, and it counts as nothing; by the side that added it, with a reason.

    In a closed case too: what should not have been attached has not to wait for the case to be opened again.
    Raises RefusedError, PermissionDenied, CaseAttachment.DoesNotExist.
    """
    attachment = _visible(attachment_id, by)
    access.require(by, Action.CASE_NOTE, office_id=attachment.case.office_id)
    if by.office_id != attachment.office_id:
        raise PermissionDenied("the side that added it withdraws it")
    note = moving.noted(note)
    with transaction.atomic():
        models.Case.objects.select_for_update(no_key=True).get(pk=attachment.case_id)
        if not standing(models.CaseAttachment.objects.filter(pk=attachment.pk)).exists():
            raise withdrawn_already()
        moving.event(attachment.case, CaseEventKind.ATTACHMENT_WITHDRAWN, by=by, now=now, note=note, attachment=attachment)
        files = [one.sha256 for one in (attachment.capture, attachment.shown) if one is not None]
        erasing.no_longer_attached(files)
        audit.write("case.attachment_withdrawn", by=by, now=now, target=attachment.case, after={"attachment": attachment.pk})
    return attachment


def withdrawn_already() -> RefusedError:
    return RefusedError("attachment.withdrawn", _("The file was withdrawn: it is opened to nobody here."))


def look(*, attachment_id: int, redrawn: bool, by: models.Person, now: datetime) -> Opened:
    """The bytes, for the work on the case: a look that is logged and counted like that at any preserved copy.

    `redrawn`: of a picture the form made of its pixels, to be shown; else what was sent, to be taken away.
    Raises RefusedError, PermissionDenied, CaseAttachment.DoesNotExist.
    """
    attachment = _visible(attachment_id, by)
    access.require(by, Action.EVIDENCE_OPEN, office_id=attachment.case.office_id)
    if not standing(models.CaseAttachment.objects.filter(pk=attachment.pk)).exists():
        raise withdrawn_already()
    capture = attachment.shown if redrawn else attachment.capture
    if capture is None:
        raise RefusedError("attachment.no_picture", _("Only pictures are shown here: download the file."))
    try:
        content = custody_log.opened(capture, by=by, now=now)
    except raw.EvidenceMissingError:
        raise RefusedError("attachment.broken", BROKEN) from None
    after = {"case": attachment.case.number, "purpose": PURPOSE}
    made = None
    with transaction.atomic():
        if redrawn:
            looks.log("capture.viewed", by=by, now=now, target=attachment.capture, after=after)
        else:
            reason = f"Penanganan perkara {attachment.case.number}"
            made = custody_log.took(capture, by=by, now=now, purpose=PURPOSE, reason=reason, after=after)
    if redrawn:
        care.saw_picture(by=by, now=now)
    return Opened(capture, content, made)


def _visible(attachment_id: int, by: models.Person) -> models.CaseAttachment:
    """Raises CaseAttachment.DoesNotExist for what this person does not see."""
    return seen(by, models.CaseAttachment.objects.all()).select_related("case__office", "capture", "shown").get(pk=attachment_id)


def seen(person: models.Person, rows: QuerySet[models.CaseAttachment]) -> QuerySet[models.CaseAttachment]:
    """Those of the cases this person sees, without the other side's own."""
    rows = access.scope(person, Action.CASE_VIEW, rows)
    own = access.scope(person, Action.CASE_NOTE_VIEW, rows, office_path="office_id")
    return rows.filter(Q(internal=False) | Q(pk__in=own.values("pk")))


def standing(rows: QuerySet[models.CaseAttachment]) -> QuerySet[models.CaseAttachment]:
    """Without those that were withdrawn."""
    withdrawn = models.CaseEvent.objects.filter(attachment=OuterRef("pk"), kind=CaseEventKind.ATTACHMENT_WITHDRAWN)
    return rows.filter(~Exists(withdrawn))


def listed(case: models.Case, person: models.Person, *, also: Sequence[models.Case] = ()) -> list[Any]:
    """Files of a case, and of those merged into it (`also`), that this person sees, those that stand first; each with `withdrawal`, the
    id of that event or None. One query."""
    withdrawn = models.CaseEvent.objects.filter(attachment=OuterRef("pk"), kind=CaseEventKind.ATTACHMENT_WITHDRAWN)
    rows = seen(person, models.CaseAttachment.objects.filter(case__in=[case, *also])).annotate(
        withdrawal=Subquery(withdrawn.values("pk")[:1])
    )
    return list(rows.select_related("capture", "by").order_by(F("withdrawal").asc(nulls_first=True), "id"))
