"""Verbs on referrals: a request to an outside body is written, found complete, approved by a second person, marked as sent, and what came
back is entered line by line.

Nothing here sends anything. Each round is a row of its own; changing it after somebody submitted or approved it makes it a draft again.
The database holds the same: only what was found complete is submitted, only another person than all who wrote, changed or submitted the
round approves it, and no case is closed while one of these hangs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit, looks, pairs
from patrol.cases import channels, documents, handing_over, homes, letters, moving, packets, proposing, rechecks
from patrol.cases.channels import CHANNELS, digest
from patrol.domain import LAW_ZONE, states
from patrol.domain.referrals import Channel, ItemKind, Proof, Sender
from patrol.domain.states import CaseState, ReferralState
from patrol.evidence import custody, kinds
from patrol.infra import series
from patrol.infra.refusals import RefusedError
from patrol.models import ItemOutcome, ReferralEventKind, SentHow

OVERDUE, OPEN, MAIL_UNKNOWN, WAITS = "overdue", "open", "mail_unknown", "mine"  # beside the states: what a list is narrowed to
FILE_MOST: Final = 10_000_000  # bytes of a receipt or an answer
_PERSONS: Final = (ReferralEventKind.DRAFTED, ReferralEventKind.CHANGED, ReferralEventKind.SUBMITTED)  # none of them approves
SENDABLE: Final = (ReferralState.APPROVED, ReferralState.CONTACT_FAILED)
_AWAITED: Final = (ReferralState.SENT, ReferralState.RECEIVED)


@dataclass(frozen=True, slots=True)
class File:
    """What a person brought along: a receipt, an answer."""

    content: bytes


# --- which there are --------------------------------------------------------------------------------


def listed(key: str, channel: str, person: models.Person, *, now: datetime) -> QuerySet[models.Referral]:
    """`key`: OPEN, OVERDUE, MAIL_UNKNOWN, WAITS for `waits_for`, or a state, `channel` one of CHANNELS; anything else narrows nothing."""
    found = waits_for(person) if key == WAITS else access.scope(person, Action.REFERRAL_VIEW, models.Referral.objects.all())
    if key in set(ReferralState):
        found = found.filter(state=key)
    narrowed = {OPEN: Q(state__in=states.HANGING), OVERDUE: overdue(now), MAIL_UNKNOWN: Q(sendings__state=states.SendingState.UNKNOWN)}
    found = found.filter(narrowed.get(key, Q()))
    return found.filter(channel=channel) if channel in CHANNELS else found


def overdue(now: datetime) -> Q:
    return Q(state__in=_AWAITED, answered_at=None, due_at__lt=now)


def waits_for(person: models.Person) -> QuerySet[models.Referral]:
    """Those this person may approve, but for who wrote, changed or submitted them."""
    halves = models.ReferralEvent.objects.filter(by=person, kind__in=_PERSONS).values("referral")
    waiting = models.Referral.objects.filter(state=ReferralState.SUBMITTED)
    return access.scope(person, Action.REFERRAL_APPROVE, waiting.exclude(pk__in=halves))


def channels_for(person: models.Person) -> list[Channel]:
    """Those whose packets this person may write and send."""
    return [channel for channel in CHANNELS.values() if channel.sender == Sender.OFFICE or person.at_directorate]


def halves(referral: models.Referral) -> list[int]:
    """Everybody who wrote, changed or submitted this round."""
    found = referral.events.filter(kind__in=_PERSONS).values_list("by", flat=True)
    return sorted({*found, *_writers(referral), referral.changed_by_id})


def _writers(referral: models.Referral) -> list[int]:
    """Who is told what the second person said."""
    return list(dict.fromkeys(key for key in (referral.wrote_by_id, referral.submitted_by_id) if key is not None))


def approvers(referral: models.Referral) -> list[models.Person]:
    """Who is told of one that waits: the supervisors of the office but for those who had a hand in it, else those of the directorate."""
    return pairs.asked(Action.REFERRAL_APPROVE, office_id=referral.case.office_id, but=halves(referral))


# --- how each verb begins and ends ------------------------------------------------------------------


def _held(referral_id: int, action: Action, by: models.Person, seen_version: int | None, *, on_its_way: bool = False) -> models.Referral:
    """The case and where it went first, then the referral, all locked. One that is `on_its_way` by mail is for the verbs that say what
    becomes of it.

    Raises StaleError, RefusedError, PermissionDenied, Referral.DoesNotExist."""
    found = models.Referral.objects.select_related("case").get(pk=referral_id)
    access.require(by, action, office_id=found.case.office_id)
    if action != Action.REFERRAL_APPROVE:
        require_sender(found.from_directorate, by)
    _open_home(found.case_id)
    held = (
        models.Referral.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case__office", "case__responsible", "edition")
        .get(pk=referral_id)
    )
    if seen_version not in {None, held.version}:
        raise stale(held)
    if not on_its_way and held.state in SENDABLE and held.sendings.filter(state__in=states.ON_ITS_WAY).exists():
        text = _("Nothing was changed: it is on its way by mail. Wait until it is known what became of that, or take it back.")
        raise RefusedError("referral.on_its_way", text)
    return held


def require_sender(from_directorate: bool, by: models.Person) -> None:
    if from_directorate and not by.at_directorate:
        raise PermissionDenied("this channel is the directorate's")


def _open_home(case_id: int) -> models.Case:
    """What stands in a merged case goes on while the case it went into is open."""
    home = homes.hold(case_id)
    if home.state == CaseState.CLOSED:
        raise RefusedError("referral.case_closed", _("Nothing was changed: the case is closed. Open it again first."))
    return home


def stale(referral: models.Referral) -> moving.StaleError:
    now = models.Referral.objects.get(pk=referral.pk)
    last = now.events.select_related("by").order_by("-id").first()
    return moving.StaleError(last.by if last else None, last.at if last else None, now.state)


def _step(
    referral: models.Referral,
    kind: ReferralEventKind,
    after: ReferralState | None,
    *,
    by: models.Person,
    now: datetime,
    note: str = "",
    detail: str = "",
    told: Mapping[str, Any] | None = None,
    **changes: Any,
) -> models.Referral:
    """One step of a locked referral with its event and its row of the log. `after` None: the state stays."""
    before = referral.state
    if after is not None and after != before:
        states.require(states.REFERRAL_MOVES, before, after)
        changes["state"] = after
    models.Referral.objects.filter(pk=referral.pk).update(version=referral.version + 1, **changes)
    models.ReferralEvent.objects.create(referral=referral, kind=kind, at=now, by=by, note=note, detail=detail)
    audit.write(
        f"referral.{kind}",
        by=by,
        now=now,
        target=referral,
        before={"state": before},
        after={"state": after or before, "number": referral.number, **(told or {})},
    )
    if kind != ReferralEventKind.DRAFTED:  # whoever it waited for is not sent to it any more
        models.Notice.objects.filter(referral=referral, kind="referral_submitted", read_at=None).delete()
    referral.refresh_from_db()
    return referral


def _marks(items: Collection[models.ReferralItem]) -> list[str]:
    """Lines as the log names them: by that word the masks know that no figures in it are a contact's."""
    return [f"mark:{item.mark}" for item in items]


def _tell(kind: str, referral: models.Referral, people: Collection[int], *, by: models.Person, now: datetime, note: str = "") -> None:
    models.Notice.objects.bulk_create(
        models.Notice(kind=kind, person_id=person, referral=referral, by=by, at=now, note=note) for person in people if person != by.pk
    )


def _said(note: str) -> str:
    if not note.strip():
        raise RefusedError("referral.note", _("Nothing was changed: write a note first."), "note")
    return note.strip()


# --- written ----------------------------------------------------------------------------------------


def draft(
    *, case_id: int, channel: str, marks: Sequence[str], target: str, urgent: bool, by: models.Person, now: datetime
) -> models.Referral:
    """Begins a referral with the chosen lines (`proposing.Line.mark`). Nothing leaves the house.

    Raises RefusedError, PermissionDenied, Case.DoesNotExist.
    """
    found = models.Case.objects.get(pk=case_id)
    access.require(by, Action.REFERRAL_WRITE, office_id=found.office_id)
    way = CHANNELS.get(channel)
    if way is None:
        raise RefusedError("referral.channel", _("Nothing was written: choose to whom it goes."), "channel")
    require_sender(way.sender == Sender.DIRECTORATE, by)
    with transaction.atomic():
        case = _open_home(case_id)
        if case.pk != found.pk:
            text = _("Nothing was written: the case is merged into %(number)s. What is asked anew is written there.")
            raise RefusedError("referral.case_merged", text, number=case.number)
        lines = _chosen(case, way, marks, by)
        return _begin(case, way, lines, target=_target(target), urgent=urgent, together=proposing.together(case, channel), by=by, now=now)


def _target(target: str) -> str:
    return " ".join(target.split())[:200]


def _chosen(
    case: models.Case, channel: Channel, marks: Sequence[str], by: models.Person, *, of: models.Referral | None = None
) -> list[models.ReferralItem]:
    """The lines by these marks, in the order they are proposed; those it holds already, though nobody proposes them any more, too."""
    wanted = set(marks)
    corrects = of is not None and of.corrects_id is not None  # nothing is added to a correction
    proposed = [] if corrects else proposing.lines(case, channel, by, without=of.pk if of else None)
    lines = [line for line in proposed if line.mark in wanted]
    kept = [item for item in of.items.all() if item.mark in wanted] if of else []
    given = {item.mark for item in kept}
    items = kept + [
        models.ReferralItem(
            kind=line.kind,
            value=line.value,
            mark=line.mark,
            flag_id=line.flag_id,
            indicator_id=line.indicator_id,
            protection_id=line.protection_id,
        )
        for line in lines
        if line.mark not in given
    ]
    if not items:
        raise RefusedError("referral.no_lines", _("Nothing was written: choose at least one line."))
    if len(items) > packets.MOST:
        raise _many()
    return items


def _many() -> RefusedError:
    text = _("Nothing was written: one packet holds %(most)s lines at most. Make a second one for the rest.")
    return RefusedError("referral.many_lines", text, most=packets.MOST)


def _begin(
    case: models.Case,
    channel: Channel,
    items: Sequence[models.ReferralItem],
    *,
    target: str,
    urgent: bool,
    together: str,
    by: models.Person,
    now: datetime,
    before: models.Referral | None = None,
    facts: Mapping[str, str] | None = None,
    note: str = "",
    number: str = "",
    corrects: models.Referral | None = None,
    objection: models.Objection | None = None,
) -> models.Referral:
    """`number`: taken before, where the caller has to."""
    made = models.Referral.objects.create(
        number=number or series.take("RJK", 1, now=now)[0],
        case=case,
        channel=channel.key,
        from_directorate=channel.sender == Sender.DIRECTORATE,
        needs_copies=Proof.COPY in channel.proofs and corrects is None,
        corrects=corrects,
        objection=objection,
        has_letter=channel.letter,
        target=target,
        round=before.round + 1 if before else 1,
        before=before,
        urgent=urgent,
        together=together,
        facts=dict(facts or {}),
        wrote_by=by,
        wrote_at=now,
        changed_by=by,
        changed_at=now,
    )
    for item in items:
        item.pk, item.referral = None, made
    models.ReferralItem.objects.bulk_create(items)
    models.ReferralEvent.objects.create(referral=made, kind=ReferralEventKind.DRAFTED, at=now, by=by, note=note)
    told: dict[str, Any] = {"number": made.number, "case": case.number, "channel": channel.key, "round": made.round}
    told |= {"lines": _marks(items), "urgent": urgent}
    told |= {"before": before.number} if before else {}
    told |= {"corrects": corrects.number} if corrects else {}
    told |= {"objection": objection.number} if objection else {}
    audit.write("referral.drafted", by=by, now=now, target=made, after=told)
    return made


def begin_correction(
    of: models.Referral, items: Sequence[models.ReferralItem], *, number: str, objection: models.Objection, by: models.Person, now: datetime
) -> models.Referral:
    """What was sent about these lines was wrong: a draft that says so, to the same body and in the same case, in the transaction that
    decides the objection (`correcting`), with that case and where it went locked. Whoever sent it is told, and whoever has the case it
    went into, if they may see the referral. Who wrote, changed or submitted a round approves none: here who decided.
    """
    made = _begin(
        of.case,
        CHANNELS[of.channel],
        items,
        target=of.target,
        urgent=of.urgent,
        together="",
        by=by,
        now=now,
        facts=packets.correction_facts(of, items, objection),
        note=objection.number,
        number=number,
        corrects=of,
        objection=objection,
    )
    models.ReferralEvent.objects.create(referral=of, kind=ReferralEventKind.CORRECTED, at=now, by=by, note=objection.number, detail=number)
    people = {one.pk: one for one in (of.sent_by, homes.of(of.case).responsible) if one is not None}
    told = [key for key, one in people.items() if access.may(one, Action.REFERRAL_VIEW, office_id=of.case.office_id)]
    _tell("referral_correction", made, told, by=by, now=now)
    return made


def change(
    *,
    referral_id: int,
    target: str,
    urgent: bool,
    together: str,
    facts: Mapping[str, str],
    seen_version: int,
    by: models.Person,
    now: datetime,
) -> models.Referral:
    """Writes what the packet says. One that was submitted or approved is a draft again. Raises RefusedError, StaleError,
    MoveRefusedError, PermissionDenied, as every verb does."""
    with transaction.atomic():
        held = _held(referral_id, Action.REFERRAL_WRITE, by, seen_version)
        known = {fact.key: fact.most for fact in packets.facts(held)}
        kept = {key: str(facts.get(key, "")).strip()[:most] for key, most in known.items()}
        told: dict[str, Any] = {"changed": [key for key in kept if kept[key] != held.facts.get(key, "")], "urgent": urgent}
        kept |= {key: held.facts[key] for key in held.facts if key not in known}  # what was asked for once (channels.shared.FORMER)
        said: dict[str, Any] = {"target": _target(target), "together": together.strip()[:4000], "urgent": urgent}
        told["changed"] += [key for key in said if said[key] != getattr(held, key)]
        return _redraft(held, by=by, now=now, told=told, facts=kept, **said)


def choose(*, referral_id: int, marks: Sequence[str], seen_version: int, by: models.Person, now: datetime) -> models.Referral:
    """Sets which lines the packet has."""
    with transaction.atomic():
        held = _held(referral_id, Action.REFERRAL_WRITE, by, seen_version)
        items = _chosen(held.case, CHANNELS[held.channel], marks, by, of=held)
        gone = list(held.items.exclude(mark__in=[item.mark for item in items]))
        new = [item for item in items if item.pk is None]
        held = _redraft(held, by=by, now=now, told={"lines": _marks(new), "taken_out": _marks(gone)})
        models.ReferralItem.objects.filter(pk__in=[item.pk for item in gone]).delete()
        for item in new:
            item.referral = held
        models.ReferralItem.objects.bulk_create(new)
        return held


def _redraft(held: models.Referral, *, by: models.Person, now: datetime, told: Mapping[str, Any], **changes: Any) -> models.Referral:
    if held.state not in states.UNSENT:
        raise states.MoveRefusedError(held.state, ReferralState.DRAFT)
    nobody: dict[str, Any] = dict.fromkeys(("submitted_by", "submitted_at", "approved_by", "approved_at", "edition"))
    was_approved = held.state == ReferralState.APPROVED
    approver = held.approved_by_id
    held = _step(
        held, ReferralEventKind.CHANGED, ReferralState.DRAFT, by=by, now=now, told=told, changed_by=by, changed_at=now, **nobody, **changes
    )
    if was_approved and approver is not None:
        _tell("referral_changed", held, [approver], by=by, now=now)
    return held


def submit(*, referral_id: int, seen_version: int, by: models.Person, now: datetime) -> models.Referral:
    """Puts a complete packet before a second person, who is told. The edition of its channel is from now on the one that holds today: one
    entered later changes nothing of what is approved. Raises RefusedError where it lacks something."""
    with transaction.atomic():
        held = _held(referral_id, Action.REFERRAL_WRITE, by, seen_version)
        states.require(states.REFERRAL_MOVES, held.state, ReferralState.SUBMITTED)
        lines = packets.lines(held)
        letter = documents.composed(held, lines, by=by, now=now)
        lacks = documents.missing(held, lines, letter)
        if lacks:
            text = _("It was not submitted: %(count)s things are missing. They stand on the page.")
            raise RefusedError("referral.incomplete", text, count=len(lacks))
        edition = channels.newest(held.channel)
        number = letters.take_number(held, by=by, now=now)
        models.ReferralCompleteness.objects.create(
            referral=held, version=held.version, items=len(lines), digest=packets.digest(held, lines, edition), by=by, at=now
        )
        held = _step(
            held,
            ReferralEventKind.SUBMITTED,
            ReferralState.SUBMITTED,
            by=by,
            now=now,
            told=({"edition": edition.number} if edition else {}) | ({"letter": number["letter_number"]} if number else {}),
            submitted_by=by,
            submitted_at=now,
            edition=edition,
            **number,
        )
        if held.has_letter:
            documents.ask(held, by=by, now=now)
        _tell("referral_submitted", held, [one.pk for one in approvers(held)], by=by, now=now)
        return held


def send_back(*, referral_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Referral:
    """The second person does not agree, and says why: it is a draft again, and who submitted it is told."""
    note = _said(note)
    with transaction.atomic():
        held = _held(referral_id, Action.REFERRAL_APPROVE, by, seen_version)
        if held.state != ReferralState.SUBMITTED:
            raise states.MoveRefusedError(held.state, ReferralState.DRAFT)
        told = _writers(held)
        held = _step(
            held,
            ReferralEventKind.SENT_BACK,
            ReferralState.DRAFT,
            by=by,
            now=now,
            note=note,
            submitted_by=None,
            submitted_at=None,
            edition=None,
        )
        _tell("referral_sent_back", held, told, by=by, now=now, note=note)
        return held


def approve(*, referral_id: int, seen_version: int, by: models.Person, now: datetime) -> models.Referral:
    """The second person agrees to just what was submitted. Nothing is sent by that."""
    with transaction.atomic():
        held = _held(referral_id, Action.REFERRAL_APPROVE, by, seen_version)
        states.require(states.REFERRAL_MOVES, held.state, ReferralState.APPROVED)
        for half in halves(held):
            pairs.require(half, by.pk, now=now)
        _require_same(held)
        _require_documents(held, by, now)
        told = _writers(held)
        held = _step(
            held,
            ReferralEventKind.APPROVED,
            ReferralState.APPROVED,
            by=by,
            now=now,
            detail="" if held.has_letter else packets.sha256(held, packets.lines(held)),  # documents of a letter are kept
            approved_by=by,
            approved_at=now,
        )
        _tell("referral_approved", held, told, by=by, now=now)
        return held


def _require_same(held: models.Referral) -> None:
    """What is approved or goes out is what was found complete: its posts may have changed since. Raises RefusedError."""
    lines = packets.lines(held)
    looked = held.completeness.order_by("-id").first()
    if looked is None or looked.digest != packets.digest(held, lines, held.edition) or packets.missing(held, lines):
        raise RefusedError(
            "referral.not_the_same", _("Nothing was changed: the packet lacks something by now. It has to be changed and submitted anew.")
        )


def documents_again(*, referral_id: int, seen_version: int, by: models.Person, now: datetime) -> models.Referral:
    """Has the documents of what waits for approval made anew: an article was confirmed, a tick was added, a template was mended."""
    with transaction.atomic():
        held = _held(referral_id, Action.REFERRAL_WRITE, by, seen_version)
        if not held.has_letter or held.state != ReferralState.SUBMITTED:
            raise RefusedError("referral.no_documents_now", _("Nothing was changed: documents are made of what waits for approval."))
        documents.ask(held, by=by, now=now)
        audit.write("referral.documents_asked", by=by, now=now, target=held, after={"number": held.number})
        return held


def _require_documents(held: models.Referral, by: models.Person, now: datetime) -> None:
    """Of a channel with a letter. Raises RefusedError."""
    lines = packets.lines(held)
    letter = documents.composed(held, lines, by=by, now=now)
    refused = documents.unready(held, lines, letter) if letter else None
    if refused:
        raise RefusedError("referral.unready", _("Nothing was approved. %(why)s"), why=lazy(lambda: refused.sentence, str)())


def withdraw(*, referral_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Referral:
    """Ends one that did not go out, or did not arrive."""
    note = _said(note)
    with transaction.atomic():
        held = _held(referral_id, Action.REFERRAL_WRITE, by, seen_version)
        return _step(held, ReferralEventKind.WITHDRAWN, ReferralState.WITHDRAWN, by=by, now=now, note=note)


# --- out of the house -------------------------------------------------------------------------------


def packet(*, referral_id: int, by: models.Person, now: datetime) -> tuple[models.Referral, bytes]:
    """The file of an approved packet, with every value in full: a look at contacts, for whoever sends it. With a letter it is the one that
    was approved, as it was kept. Raises RefusedError, PermissionDenied, EvidenceMissingError."""
    found = models.Referral.objects.select_related("case", "edition", "approved_by").get(pk=referral_id)
    access.require(by, Action.REFERRAL_SEND, office_id=found.case.office_id)
    require_sender(found.from_directorate, by)
    if found.approved_at is None or found.state == ReferralState.WITHDRAWN:
        raise RefusedError("referral.not_approved", _("The file is there once a second person has approved the packet."))
    documents.require_protecting(found, by)
    kept = {one.media_type: one.content for one in documents.approved(found)}
    content = kept.get("application/zip", b"")
    if not found.has_letter:
        content = packets.packed(found, packets.lines(found), confirmed=packets.confirmation(channels.way(found)))
    leaving = handing_over.in_packet(found, content, at=now)  # reads its pieces before anything is locked
    with transaction.atomic():
        models.ReferralEvent.objects.create(
            referral=found,
            kind=ReferralEventKind.PACKET_TAKEN,
            at=now,
            by=by,
            detail="" if found.has_letter else hashlib.sha256(content).hexdigest(),  # documents of a letter are kept
        )
        after = {"purpose": "referral", "number": found.number, "lines": found.items.count()}
        after |= handing_over.take(found, leaving, by=by, now=now)
        looks.log("contact.shown", by=by, now=now, target=found, after=after)
        return found, content


def mark_sent(
    *,
    referral_id: int,
    how: str,
    when: datetime | None,
    receipt: str,
    file: File | None,
    seen_version: int,
    by: models.Person,
    now: datetime,
) -> models.Referral:
    """Somebody sent the approved packet by hand, at `when` (None: now), and says how; their clock runs from then.

    The first one that leaves moves the case to "referred". Links it asks about are looked at again from then on (rechecks).
    """
    receipt = " ".join(receipt.split())[:300]
    if how not in set(SentHow):
        raise RefusedError("referral.how", _("Nothing was changed: say how it was sent."), "how")
    if not receipt and file is None:
        text = _("Nothing was changed: give the number of the receipt, what was said, or its file.")
        raise RefusedError("referral.receipt", text, "receipt")
    when = when or now
    leaving = _leaving(referral_id, seen_version, when, by=by)
    with transaction.atomic():
        held = _held(referral_id, Action.REFERRAL_SEND, by, seen_version)
        states.require(states.REFERRAL_MOVES, held.state, ReferralState.SENT)
        if held.state == ReferralState.CLARIFICATION_ASKED:
            raise states.MoveRefusedError(held.state, ReferralState.SENT)
        _require_same(held)  # what did not arrive and goes another way too
        if when > now or held.approved_at is None or when < held.approved_at.replace(second=0, microsecond=0):
            raise RefusedError(
                "referral.when", _("Nothing was changed: it was sent after it was approved, and not later than now."), "when"
            )
        return _sent(held, how, receipt, _kept(file, by, now), leaving, when=when, by=by, now=now)


def _leaving(referral_id: int, seen_version: int, when: datetime, *, by: models.Person) -> handing_over.Leaving:
    """What goes out, with the files of its pieces read, before anything is locked: none but what was seen is handed over under it."""
    found = models.Referral.objects.select_related("case", "edition").get(pk=referral_id)
    access.require(by, Action.REFERRAL_SEND, office_id=found.case.office_id)
    if found.version != seen_version or found.approved_at is None:  # `_held` says so
        return handing_over.NOTHING
    return handing_over.by_hand(found, when=when)


def _sent(
    held: models.Referral,
    how: str,
    receipt: str,
    file: models.Capture | None,
    leaving: handing_over.Leaving,
    *,
    when: datetime,
    by: models.Person,
    now: datetime,
) -> models.Referral:
    """It left at `when`: their clock runs, its links are looked at again, the case is referred. `leaving`: read before the locks."""
    links = held.items.filter(kind=ItemKind.LINK).values_list("flag__post", flat=True)
    due = when + _hours(held)
    if held.corrects_id is None:  # a correction asks nobody to take anything down
        rechecks.begin(sorted(links), now=when, by=by, case=held.case)
    entered = handing_over.hand_over(held, leaving, when=when, by=by, now=now)
    held = _step(
        held,
        ReferralEventKind.SENT,
        ReferralState.SENT,
        by=by,
        now=now,
        note=receipt,
        detail=how,
        told={"how": how, "when": when.isoformat(), "due": due.isoformat(), **_file(file), **entered},
        sent_by=by,
        sent_at=when,
        sent_how=how,
        receipt=receipt,
        receipt_file=file or held.receipt_file,
        due_at=due,
    )
    moving.refer(homes.hold(held.case_id), held.number, of=held.case, by=by, now=now)
    return held


def _hours(held: models.Referral) -> timedelta:
    usual, urgent = channels.way(held).hours
    return timedelta(hours=urgent if held.urgent else usual)


def _kept(file: File | None, by: models.Person, now: datetime) -> models.Capture | None:
    """A file somebody brought, in the evidence store with its record."""
    if file is None:
        return None
    if not file.content or len(file.content) > FILE_MOST:
        text = _("Nothing was changed: the file is empty or larger than %(most)s MB.")
        raise RefusedError("referral.file", text, "file", most=FILE_MOST // 1_000_000)
    media_type = kinds.media_type(file.content) or "application/octet-stream"  # what a browser calls it proves nothing
    return custody.capture_file(
        file.content, media_type, platform="", kind="upload", now=now, person=by, office=by.office, purpose="referral"
    )


def _file(kept: models.Capture | None) -> dict[str, str]:
    """What the log says of it."""
    return {"commitment": kept.commitment} if kept else {}


def received(*, referral_id: int, their_number: str, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Referral:
    """They have it, under a number of theirs. Their clock runs on."""
    their_number = " ".join(their_number.split())[:120]
    if not their_number and not note.strip():
        text = _("Nothing was changed: give their number, or what they said.")
        raise RefusedError("referral.their_number", text, "their_number")
    with transaction.atomic():
        held = _held(referral_id, Action.REFERRAL_SEND, by, seen_version)
        return _step(
            held,
            ReferralEventKind.RECEIVED,
            ReferralState.RECEIVED,
            by=by,
            now=now,
            note=note.strip(),
            detail=their_number,
            their_number=their_number,
            received_at=now,
        )


def contact_failed(*, referral_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Referral:
    """It did not reach them. It is sent another way, or withdrawn."""
    note = _said(note)
    with transaction.atomic():
        held = _held(referral_id, Action.REFERRAL_SEND, by, seen_version)
        return _step(held, ReferralEventKind.CONTACT_FAILED, ReferralState.CONTACT_FAILED, by=by, now=now, note=note)


def no_response(*, referral_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Referral:
    """Their time is over and no more came. Where they answered some lines, those make the state. A late answer may still be entered."""
    with transaction.atomic():
        held = _held(referral_id, Action.REFERRAL_SEND, by, seen_version)
        states.require(states.REFERRAL_MOVES, held.state, ReferralState.NO_RESPONSE)
        if held.due_at is None or held.due_at > now:
            raise RefusedError("referral.in_time", _("Nothing was changed: their time is not over yet."))
        after = state_of(ReferralState.NO_RESPONSE, list(newest(held).values())) or ReferralState.NO_RESPONSE
        return _step(held, ReferralEventKind.NO_RESPONSE, after, by=by, now=now, note=note.strip())


# A mail is one more way out of the house, with verbs of its own (cases.sending).
locked, step, sent, require_same = _held, _step, _sent, _require_same


# --- what came back ---------------------------------------------------------------------------------


def answer(
    *,
    referral_id: int,
    item_ids: Sequence[int],
    outcome: str,
    ground: str,
    text: str,
    day: date | None,
    automated: bool | None,
    file: File | None,
    seen_version: int,
    by: models.Person,
    now: datetime,
) -> models.Referral:
    """Enters what they said of these lines, on `day` (None: today). The newest answer of each line makes the state of the whole."""
    today = now.astimezone(LAW_ZONE).date()
    day = day or today
    if outcome not in set(ItemOutcome):
        raise RefusedError("referral.outcome", _("Nothing was changed: say what they answered."), "outcome")
    with transaction.atomic():
        held = _held(referral_id, Action.REFERRAL_SEND, by, seen_version)
        if held.sent_at is None or held.state not in {*_AWAITED, ReferralState.NO_RESPONSE, *states.ANSWERED}:
            raise states.MoveRefusedError(held.state, outcome)
        if day > today or day < held.sent_at.astimezone(LAW_ZONE).date():
            raise RefusedError(
                "referral.day", _("Nothing was changed: an answer comes after it was sent, and not later than today."), "day"
            )
        items = list(held.items.filter(pk__in=item_ids))
        if not items or len(items) != len(set(item_ids)):
            raise RefusedError("referral.answered_lines", _("Nothing was changed: choose the lines they answered."), "item")
        kept = _kept(file, by, now)
        models.ItemAnswer.objects.bulk_create(
            models.ItemAnswer(
                item=item,
                outcome=outcome,
                ground=ground.strip()[:300],
                text=text.strip(),
                day=day,
                automated=automated,
                file=kept,
                by=by,
                at=now,
            )
            for item in items
        )
        after = state_of(held.state, list(newest(held).values()))
        waits = (after or held.state) in _AWAITED  # for the other lines: their clock runs on
        return _step(
            held,
            ReferralEventKind.ANSWERED,
            after,
            by=by,
            now=now,
            note=text.strip(),
            detail=f"{outcome}:{len(items)}",
            told={"outcome": outcome, "lines": _marks(items), "day": day.isoformat(), "automated": automated, **_file(kept)},
            answered_at=None if waits else held.answered_at or now,
        )


def newest(referral: models.Referral) -> dict[int, str]:
    """The last outcome of each line, by its id; "" of one nobody answered, or whose question was replied to since. Three queries."""
    found = dict.fromkeys(referral.items.values_list("pk", flat=True), "")
    replied = referral.events.filter(kind=ReferralEventKind.REPLIED).order_by("-id").values_list("at", flat=True).first()
    for item, outcome, at in models.ItemAnswer.objects.filter(item__referral=referral).order_by("id").values_list("item", "outcome", "at"):
        over = outcome == ItemOutcome.CLARIFICATION_ASKED and replied is not None and at <= replied
        found[item] = "" if over else outcome
    return found


def state_of(before: str, outcomes: Sequence[str]) -> ReferralState | None:
    """What the newest answers make of the whole, where "" is a line nobody answered; None: nothing yet.

    A question of theirs goes before all else: it waits for us. An answer to some lines, whatever it says, leaves the others to be waited
    for, until somebody says that their time is over (`no_response`): then it is made of the lines they answered.
    """
    said = set(outcomes)
    if ItemOutcome.CLARIFICATION_ASKED in said:
        return ReferralState.CLARIFICATION_ASKED
    if "" in said and before in {*_AWAITED, ReferralState.CLARIFICATION_ASKED}:
        return ReferralState.SENT if before == ReferralState.CLARIFICATION_ASKED else None  # they answered their own question
    if said == {ItemOutcome.ACTED_UPON}:
        return ReferralState.ACTED_UPON
    if said == {ItemOutcome.REFUSED}:
        return ReferralState.REFUSED
    if said & {ItemOutcome.ACTED_UPON, ItemOutcome.PARTLY_DONE} or (before in states.ANSWERED and ItemOutcome.ACCEPTED not in said):
        return ReferralState.PARTLY_DONE
    return ReferralState.ACCEPTED if ItemOutcome.ACCEPTED in said else None


def reply(*, referral_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Referral:
    """What they asked about was told them, outside of this system; their clock begins anew."""
    note = _said(note)
    with transaction.atomic():
        held = _held(referral_id, Action.REFERRAL_SEND, by, seen_version)
        if held.state != ReferralState.CLARIFICATION_ASKED:
            raise states.MoveRefusedError(held.state, ReferralState.SENT)
        due = now + _hours(held)
        told = {"due": due.isoformat()}
        return _step(
            held, ReferralEventKind.REPLIED, ReferralState.SENT, by=by, now=now, note=note, told=told, due_at=due, answered_at=None
        )


def new_round(
    *, referral_id: int, item_ids: Sequence[int] = (), note: str, seen_version: int, by: models.Person, now: datetime
) -> models.Referral:
    """What was asked about is there again: a new draft with these lines (none named: all) and all that was written before.

    A closed case is opened again, at whoever referred it. Raises RefusedError where a next round is there already.
    """
    note = _said(note)
    found = models.Referral.objects.select_related("case", "sent_by__office").get(pk=referral_id)
    access.require(by, Action.REFERRAL_WRITE, office_id=found.case.office_id)
    require_sender(found.from_directorate, by)
    with transaction.atomic():
        homes.hold(found.case_id)
        number = next_number(found, now=now, into_draft=False)
        open_again(found, f"{found.number}: {note}", by=by, now=now)
        held = _held(referral_id, Action.REFERRAL_WRITE, by, seen_version)
        _require_went_out(held)
        later = held.later.exclude(state=ReferralState.WITHDRAWN).first()
        if later is not None:
            raise RefusedError("referral.next_round", _("The next round is %(number)s already."), number=later.number)
        items = list(held.items.filter(pk__in=item_ids) if item_ids else held.items.all())
        if not items:
            raise RefusedError("referral.no_lines_back", _("Nothing was changed: choose the lines that are there again."), "item")
        return _follow(held, items, together=held.together, note=note, number=number, by=by, now=now)


def _require_went_out(held: models.Referral) -> None:
    if held.sent_at is None or held.state == ReferralState.WITHDRAWN or held.corrects_id is not None:
        raise RefusedError("referral.not_sent", _("Nothing was changed: only what was sent can come back."))


def open_again(found: models.Referral, note: str, *, by: models.Person, now: datetime) -> models.Case:
    """Locks the case and where it went, and returns that; a closed one is opened again, at whoever referred it. `found` comes with its
    sender's office."""
    home = homes.hold(found.case_id)
    if home.state == CaseState.CLOSED:
        moving.came_back(home, note, sender=found.sent_by, of=found.case, by=by, now=now)
    return home


def _follow(
    held: models.Referral,
    items: Sequence[models.ReferralItem],
    *,
    together: str,
    note: str,
    number: str,
    by: models.Person,
    now: datetime,
    told: Mapping[str, Any] | None = None,
) -> models.Referral:
    _step(held, ReferralEventKind.CAME_BACK, None, by=by, now=now, note=note, told={"lines": _marks(items), **(told or {})})
    return _begin(
        held.case,
        CHANNELS[held.channel],
        items,
        target=held.target,
        urgent=held.urgent,
        together=together,
        by=by,
        now=now,
        before=held,
        facts=held.facts,
        note=note,
        number=number,
    )


def _last(found: models.Referral) -> models.Referral:
    while (later := found.later.exclude(state=ReferralState.WITHDRAWN).first()) is not None:
        found = later
    return found


def next_number(found: models.Referral, *, now: datetime, into_draft: bool) -> str:
    """For a round that follows, with the case held and before anything is written to the log: the series of numbers is locked before the
    log. "" where it goes `into_draft`, the round that is there and has not left."""
    return "" if into_draft and _last(found).state in states.UNSENT else series.take("RJK", 1, now=now)[0]


def follow(
    found: models.Referral, items: Sequence[models.ReferralItem], why: str, *, number: str, by: models.Person, now: datetime
) -> models.Referral:
    """These lines into the round that follows the last one: into its draft where it is there already and has not left, else into a new one.

    `why` goes before what was written of why the lines belong together; `number`: of `next_number`. Inside the caller's transaction, after
    `open_again`. Raises RefusedError, PermissionDenied.
    """
    seen = models.Flag.objects.filter(pk__in=[item.flag_id for item in items]).order_by("pk").values_list("number", flat=True)
    told = {"back": found.number, "flags": list(seen)}  # what was found again and of which round: it may be an earlier one
    held = _held(_last(found).pk, Action.REFERRAL_WRITE, by, None)
    together = f"{why}\n{held.together}".strip()[:4000]
    if held.state not in states.UNSENT:
        _require_went_out(held)
        return _follow(held, items, together=together, note=why, number=number, by=by, now=now, told=told)
    there = set(held.items.values_list("mark", flat=True))
    new = [item for item in items if item.mark not in there]
    if len(there) + len(new) > packets.MOST:
        raise _many()
    held = _redraft(held, by=by, now=now, told={"lines": _marks(new), **told}, together=together)
    for item in new:
        item.referral = held
    models.ReferralItem.objects.bulk_create(new)
    return held


def deny(found: models.Referral, reason: str, *, by: models.Person, now: datetime) -> None:
    """A person says why something seen again is something else. Inside the caller's transaction, with the case locked."""
    held = models.Referral.objects.select_for_update(of=("self",), no_key=True).get(pk=found.pk)
    _step(held, ReferralEventKind.NOT_AGAIN, None, by=by, now=now, note=reason)


# --- the columns of a channel -----------------------------------------------------------------------


def confirm(*, channel: str, letter: str, day: date | None, seen: int, by: models.Person, now: datetime) -> models.ChannelConfirmation:
    """The body confirmed the columns of its file, in this letter. Holds for the columns of the newest edition, `seen` being its number."""
    access.require(by, Action.CHANNEL_CONFIRM)
    letter = " ".join(letter.split())[:200]
    if channel not in CHANNELS or not letter:
        raise RefusedError("channel.letter", _("Nothing was changed: name the letter."), "letter")
    if day is None or day > now.astimezone(LAW_ZONE).date():
        raise RefusedError("channel.day", _("Nothing was changed: give the day of the letter, not later than today."), "day")
    edition = channels.newest(channel)
    if edition is None or edition.number != seen:
        raise RefusedError("channel.confirm_newer", _("Nothing was changed: there is a newer edition than you saw. Look at it first."))
    with transaction.atomic():
        columns = digest(channels.with_edition(channel, edition))
        made = models.ChannelConfirmation.objects.create(channel=channel, digest=columns, letter=letter, day=day, by=by, at=now)
        told = {"channel": channel, "letter": letter, "digest": made.digest}
        audit.write("channel.confirmed", by=by, now=now, target=made, after=told)
    return made
