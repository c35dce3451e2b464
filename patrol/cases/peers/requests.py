"""Verbs on exports for peers: one person asks, another approves, and only then the file may be taken, each time a row of the log.

What was asked for is named by indicator; what goes is what of it may still go when the file is taken. So an indicator that is found to be
somebody's who was harmed, or whose decision was taken back, is in no later file, and what came since the request is in none either.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit, looks, pairs
from patrol.cases.packages import going
from patrol.cases.peers import choosing, handed, misp, revoking, stix
from patrol.cases.peers.choosing import Chosen
from patrol.domain.peers import Format, PeerKind, Purpose, Sharing
from patrol.engine import masks
from patrol.evidence import custody_log
from patrol.infra import series, wall
from patrol.infra.refusals import RefusedError

LASTS: Final = timedelta(days=30)  # a request, with the file that is approved: what is wanted later is asked for again
WAITS: Final = "peer_export_waits"
WRONG: Final = "peer_export_wrong"
FORMATS: Final[dict[Format, ModuleType]] = {Format.STIX: stix, Format.MISP: misp}

# When each of these indicators, the case or campaign, and anything at all was approved for a file first.
_FIRST: Final = """
SELECT (SELECT coalesce(jsonb_object_agg(id, at), '{}') FROM (
        SELECT i.id, min(e.approved_at) AS at FROM patrol_peerexport e CROSS JOIN LATERAL unnest(e.indicators) AS i (id)
        WHERE e.kind = 'indicators' AND e.approved_at IS NOT NULL AND i.id = ANY(%(these)s) GROUP BY i.id) f),
    (SELECT min(approved_at) FROM patrol_peerexport
        WHERE case_id IS NOT DISTINCT FROM %(case)s AND campaign_id IS NOT DISTINCT FROM %(ring)s),
    (SELECT min(approved_at) FROM patrol_peerexport)
"""


@dataclass(frozen=True, slots=True)
class Taken:
    export: models.PeerExport
    content: bytes
    media_type: str
    name: str  # of the file
    marks: int  # objects of the file
    minutes: models.Minutes


def waiting(now: datetime) -> QuerySet[models.PeerExport]:
    """Those nobody answered."""
    return models.PeerExport.objects.filter(approved_at=None, ended_at=None, until__gt=now)


def waits_for(person: models.Person, now: datetime) -> QuerySet[models.PeerExport]:
    """Those this person may approve or refuse."""
    return access.scope(person, Action.PEER_APPROVE, waiting(now).exclude(by=person.pk))


def may_ask(person: models.Person, subject: models.Case | models.Campaign) -> bool:
    return access.may(person, Action.PEER_ASK, office_id=_office_of(subject))


def ready(export: models.PeerExport, now: datetime) -> bool:
    """Whether its file may be taken."""
    return export.approved_at is not None and export.ended_at is None and now < export.until


def not_ready() -> RefusedError:
    return RefusedError(
        "package.not_approved", _("The package is there once a second person has approved it, until the request's last day.")
    )


def require_ready(export_id: int, now: datetime) -> None:
    """That a package's request is approved and was not taken back meanwhile. Inside the transaction that writes the package, to whose end
    nobody takes it back. Raises RefusedError."""
    if not ready(_held(export_id), now):
        raise not_ready()


def takings(export: models.PeerExport) -> list[datetime]:
    """When its file was taken, the first first: what is out is not called back. One query."""
    rows = models.AuditEntry.objects.filter(target_type="peerexport", target_id=str(export.pk), verb="contact.shown")
    rows = rows.exclude(after__has_key="revoked")  # a file that takes back (revoking)
    return list(rows.order_by("seq").values_list("at", flat=True))


def approved_for(subject: models.Case | models.Campaign, person: models.Person, now: datetime) -> list[models.PeerExport]:
    """Those whose file this person may take, the newest first."""
    found = models.PeerExport.objects.filter(kind=PeerKind.INDICATORS, approved_at__isnull=False, ended_at=None, until__gt=now)
    found = found.filter(case=subject) if isinstance(subject, models.Case) else found.filter(campaign=subject)
    return list(access.scope(person, Action.PEER_ASK, found).order_by("-id"))


def of(export: models.PeerExport, *, now: datetime) -> Chosen:
    """What of it may go now. What came since the request is left out, and not counted as withheld either."""
    return replace(choosing.choose(export.subject, now=now, only=export.indicators), withheld=Counter())


def digest_of(export: models.PeerExport, *, now: datetime) -> str:
    """Of what would go now, as the second person is shown it. Raises RefusedError where nothing may any more."""
    if export.kind == PeerKind.PACKAGE:
        assert export.case is not None
        return going.unchanged(export.case, export.digest)
    choosing.require_whole(export.subject)
    return of(export, now=now).digest


def ask(
    *, subject: models.Case | models.Campaign, peer: str, purpose: str, sharing: str, seen: str, by: models.Person, now: datetime
) -> models.PeerExport:
    """Puts forward what may go; whoever may approve it is told. No file is written yet.

    `peer`: the body and its unit, `seen`: Chosen.digest of what the person was shown. Raises RefusedError, PermissionDenied.
    """
    peer = named(peer)
    require_purpose(purpose)
    if sharing not in set(Sharing):
        raise RefusedError("peer.sharing", _("Nothing was asked for: choose with whom it may be shared further."), "sharing")
    office_id = _office_of(subject)
    access.require(by, Action.PEER_ASK, office_id=office_id)
    with transaction.atomic():
        # Two clicks at once come one after the other.
        held = type(subject).objects.select_for_update(of=("self",), no_key=True).select_related("merged_into").get(pk=subject.pk)
        choosing.require_whole(held)
        of_it = {"case": held if isinstance(held, models.Case) else None, "campaign": held if isinstance(held, models.Campaign) else None}
        before = waiting(now).filter(**of_it, kind=PeerKind.INDICATORS, peer=peer, purpose=purpose, sharing=sharing).first()
        if before is not None:
            raise asked_already(before)
        found = choosing.choose(held, now=now)
        if not found.marks:
            raise RefusedError("peer.nothing", _("Nothing was asked for: there is no indicator here that may be handed over."))
        if seen != found.digest:
            raise RefusedError("peer.counted", _("Nothing was asked for: what may go has changed. Look at it again."))
        return put_forward(
            of_it,
            kind=PeerKind.INDICATORS,
            office_id=office_id or by.office_id,
            peer=peer,
            purpose=purpose,
            sharing=sharing,
            indicators=found.ids,
            by=by,
            now=now,
        )


def named(peer: str) -> str:
    """The body and its unit. Raises RefusedError."""
    peer = " ".join(peer.split())
    if not peer or len(peer) > models.PeerExport.LONGEST_PEER or masks.text(peer) != peer:
        text = _("Nothing was asked for: name the body and its unit, without a number, an account or an address.")
        raise RefusedError("peer.peer", text, "peer")
    return peer


def require_purpose(purpose: str) -> None:
    """Raises RefusedError."""
    if purpose not in set(Purpose):
        raise RefusedError("peer.purpose", _("Nothing was asked for: choose the purpose."), "purpose")


def asked_already(before: models.PeerExport) -> RefusedError:
    return RefusedError("peer.waits", _("%(number)s waits for an answer already."), number=before.number)


def put_forward(
    of_it: Mapping[str, Any],
    *,
    kind: PeerKind,
    office_id: int,
    peer: str,
    purpose: str,
    sharing: str,
    indicators: list[int],
    by: models.Person,
    now: datetime,
    digest: str = "",
) -> models.PeerExport:
    """The request, and a word to whoever may approve it. Inside the caller's transaction, which holds the case or campaign."""
    made = models.PeerExport.objects.create(
        number=series.take("MTR", 1, now=now)[0],
        kind=kind,
        **of_it,
        office_id=office_id,
        peer=peer,
        purpose=purpose,
        sharing=sharing,
        indicators=indicators,
        digest=digest,
        by=by,
        at=now,
        until=now + LASTS,
    )
    models.Notice.objects.bulk_create(
        models.Notice(kind=WAITS, person=person, by=by, at=now, note=made.number, **of_it)
        for person in pairs.asked(Action.PEER_APPROVE, office_id=made.office_id, but=[by.pk])
    )
    audit.write("peer.asked", by=by, now=now, target=made, after=_told(made) | {"indicators": len(made.indicators)})
    return made


def approve(*, export_id: int, seen: str, by: models.Person, now: datetime) -> models.PeerExport:
    """The second person agrees: the file may be taken until the last moment of the request. `seen`: Chosen.digest of what this person was
    shown. Raises RefusedError, PermissionDenied, PeerExport.DoesNotExist."""

    def second(held: models.PeerExport) -> None:
        access.require(by, Action.PEER_APPROVE, office_id=held.office_id)
        _require_open(held, now)
        pairs.require(held.by_id, by.pk, now=now)
        if digest_of(held, now=now) != seen:
            raise RefusedError("peer.counted_second", _("Nothing was approved: what may go has changed. Look at it again."))

    return _answer(export_id, "approved", second, by=by, now=now, approved_by=by, approved_at=now)


def refuse(*, export_id: int, note: str, by: models.Person, now: datetime) -> models.PeerExport:
    """The second person does not agree, and says why; or takes an approval back, whoever gave it. Raises RefusedError, PermissionDenied,
    PeerExport.DoesNotExist."""
    note = masks.text(" ".join(note.split()))[:300]
    if not note:
        raise RefusedError("peer.note", _("Nothing was changed: write a note first."), "note")

    def second(held: models.PeerExport) -> None:
        access.require(by, Action.PEER_APPROVE, office_id=held.office_id)
        if held.by_id == by.pk:
            raise PermissionDenied("who asked withdraws")
        if not ready(held, now):
            _require_open(held, now)

    return _answer(export_id, "refused", second, by=by, now=now, ended_by=by, ended_at=now, note=note)


def withdraw(*, export_id: int, by: models.Person, now: datetime) -> models.PeerExport:
    """Whoever asked takes it back, also when it was approved: no file is taken by it any more. Raises RefusedError, PermissionDenied,
    PeerExport.DoesNotExist."""

    def own(held: models.PeerExport) -> None:
        if held.by_id != by.pk:
            raise PermissionDenied("who asked withdraws")
        if not ready(held, now):
            _require_open(held, now)

    return _answer(export_id, "withdrawn", own, by=by, now=now, ended_by=by, ended_at=now)


def take(*, export_id: int, written_as: str, by: models.Person, now: datetime, ran_by: str = "") -> Taken:
    """The file of an approved request, values in full: a look at contacts, each time it is taken. `ran_by`: the account of the server, of a
    command. Raises RefusedError, PermissionDenied, PeerExport.DoesNotExist.
    """
    writer = _writer(written_as)
    with transaction.atomic():
        export = _held(export_id)
        access.require(by, Action.PEER_ASK, office_id=export.office_id)
        if export.kind != PeerKind.INDICATORS or not ready(export, now):
            raise RefusedError("peer.not_approved", _("The file is there once a second person has approved it, until its last day."))
        choosing.require_whole(export.subject)
        found = of(export, now=now)
        if not found.marks:
            raise RefusedError("peer.none_left", _("No file was written: nothing of what was approved may be handed over any more."))
        what = replace(_handed(export, found, now), turns=revoking.turns(found.marks))
        content: bytes = writer.written(what)
        after = _told(export) | {"format": written_as, "indicators": len(found.marks), "sha256": hashlib.sha256(content).hexdigest()}
        after |= {"went": found.ids, "left_out": sorted(set(export.indicators) - set(found.ids))}
        after |= {"ran_by": ran_by} if ran_by else {}
        name = f"sipatrol-{export.number}.{written_as}.json"
        made, told = _taken(export, name, content, what="Penyerahan indikator", by=by, now=now)
        after |= told
        looks.log("contact.shown", by=by, now=now, target=export, after=after)
    return Taken(export, content, writer.MEDIA_TYPE, name, len(what.marks), made)


def take_back(*, export_id: int, written_as: str, by: models.Person, now: datetime) -> Taken:
    """The file that revokes what went in files of this request and was judged wrong since (`revoking`): for the same body, so that nobody
    approves it anew, and without a last day. Values in full: a look at contacts. What was taken back in this format is in no later one.
    Raises RefusedError, PermissionDenied, PeerExport.DoesNotExist.
    """
    writer = _writer(written_as)
    with transaction.atomic():
        export = _held(export_id)
        access.require(by, Action.PEER_ASK, office_id=export.office_id)
        back = revoking.of(export, now=now)
        gone = back.due(Format(written_as))
        if not gone:
            raise RefusedError("peer.none_wrong", _("No file was written: nothing that went in this format is left to be taken back."))
        found = Chosen(tuple(mark for one in gone for mark in one.marks), Counter())
        what = _handed(export, found, now)
        what = replace(what, turns={one.mark.id: one.turns[Format(written_as)] for one in gone})
        content: bytes = writer.written_back(what)
        name = f"sipatrol-{export.number}.revoked.{written_as}.json"
        made, told = _taken(export, name, content, what="Pencabutan indikator yang pernah diserahkan", by=by, now=now)
        after = _told(export) | {"format": written_as, "indicators": len(found.marks), "sha256": hashlib.sha256(content).hexdigest()}
        after |= {"went": found.ids, revoking.KEY: [revoking.object_id(mark, what.turns[mark.id]) for mark in what.marks], **told}
        looks.log("contact.shown", by=by, now=now, target=export, after=after)
        if not any(set(one.turns) - {Format(written_as)} for one in back.gone):  # none of another format is left either
            models.Notice.objects.filter(kind=WRONG, note=export.number, read_at=None).delete()
    return Taken(export, content, writer.MEDIA_TYPE, name, len(what.marks), made)


def _writer(written_as: str) -> ModuleType:
    """Raises RefusedError."""
    if written_as not in set(Format):
        raise RefusedError("peer.format", _("Choose STIX or MISP."))
    if not settings.SITE_URL:
        text = _("No file can be written: the address of this installation (SITE_URL) is not set. Ask whoever runs the server.")
        raise RefusedError("peer.site", text)
    return FORMATS[Format(written_as)]


def _taken(
    export: models.PeerExport, name: str, content: bytes, *, what: str, by: models.Person, now: datetime
) -> tuple[models.Minutes, dict[str, Any]]:
    """The minutes of a file that is taken, which shows no piece of evidence. `what`: in Indonesian."""
    assert export.approved_by is not None
    assert export.approved_at is not None
    with translation.override("id"):
        day = date_format(timezone.localtime(export.approved_at), "j F Y")
    return custody_log.taken(
        (),
        purpose=export.purpose,
        reason=f"{what} kepada {export.peer}, untuk {handed.PURPOSES[export.purpose][1]}",
        files=[{"name": name, "sha256": hashlib.sha256(content).hexdigest(), "length": len(content)}],
        rests_on=[
            f"Permintaan {export.number} tentang {export.subject.number}, TLP:{export.sharing.upper()}",
            f"Persetujuan orang kedua: {export.approved_by.name}, tanggal {day}",
        ],
        by=by,
        now=now,
    )


def _office_of(subject: models.Case | models.Campaign) -> int:
    return subject.office_id if isinstance(subject, models.Case) else access.NO_OFFICE


def _told(export: models.PeerExport) -> dict[str, Any]:
    of_it = {"campaign" if export.case is None else "case": export.subject.number}
    kind = {"kind": export.kind} if export.kind == PeerKind.PACKAGE else {}
    return {"number": export.number, **kind, **of_it, "purpose": export.purpose, "sharing": export.sharing}


def _held(export_id: int) -> models.PeerExport:
    known = models.PeerExport.objects.select_for_update(of=("self",), no_key=True)
    return known.select_related("case__merged_into", "campaign__merged_into", "by", "approved_by").get(pk=export_id)


def _require_open(held: models.PeerExport, now: datetime) -> None:
    if held.approved_at is not None or held.ended_at is not None or now >= held.until:
        raise RefusedError("peer.answered", _("Nothing was changed: %(number)s was answered already, or ran out."), number=held.number)


def _answer(
    export_id: int, how: str, required: Callable[[models.PeerExport], None], *, by: models.Person, now: datetime, **changes: Any
) -> models.PeerExport:
    with transaction.atomic():
        held = _held(export_id)
        required(held)
        for name, value in changes.items():
            setattr(held, name, value)
        held.save(update_fields=list(changes))
        models.Notice.objects.filter(kind=WAITS, note=held.number, read_at=None).delete()
        if how != "withdrawn":
            models.Notice.objects.create(
                kind=f"peer_export_{how}", person_id=held.by_id, case=held.case, campaign=held.campaign, by=by, at=now, note=held.number
            )
        audit.write(f"peer.{how}", by=by, now=now, target=held, after=_told(held))
    return held


def _handed(export: models.PeerExport, found: Chosen, now: datetime) -> handed.Handed:
    """Two queries."""
    given = {"these": found.ids, "case": export.case_id, "ring": export.campaign_id}
    # Of all offices: the same indicator is one object at the peer, whoever handed it over first.
    with wall.everything("when it was approved first"), connection.cursor() as cursor:
        cursor.execute(_FIRST, given)
        first, began, since = cursor.fetchone()
    since_of = {int(key): datetime.fromisoformat(at) for key, at in json.loads(first).items()}
    groups = handed.grouped(found.marks)
    return handed.Handed(
        number=export.number,
        subject=export.subject.number,
        campaign=export.campaign_id is not None,
        marks=tuple(mark for mark, _ids in groups),
        first={mark.id: min(since_of[key] for key in ids) for mark, ids in groups},
        began=began,
        since=since,
        at=now,
        sharing=Sharing(export.sharing),
        purpose=Purpose(export.purpose),
        organisation=models.Office.objects.values_list("name", flat=True).get(kind=models.OfficeKind.DIRECTORATE),
        site=settings.SITE_URL,
    )
