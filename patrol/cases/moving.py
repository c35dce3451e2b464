"""The life of a case: opened, filled, escalated, taken, passed on, handed back, closed, opened again; and what its two sides write."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit
from patrol.cases import clock, holds, homes, law, tasking
from patrol.domain import states
from patrol.domain.states import CaseState, FlagState
from patrol.infra import series, wall
from patrol.infra.refusals import RefusedError
from patrol.models import CaseEventKind, CaseKind, CaseOutcome

# What a person may say came of a case at its closing; the others of CaseOutcome say that of themselves.
OUTCOMES: Final = tuple(one for one in CaseOutcome if one not in {CaseOutcome.MERGED, CaseOutcome.WITHDRAWN, CaseOutcome.NOT_TOLD})


class StaleError(Exception):
    """Somebody was faster: `who` did it at `at`, and the case is `state` now."""

    def __init__(self, who: models.Person | None, at: datetime | None, state: str) -> None:
        super().__init__(f"already {state}")
        self.who = who
        self.at = at
        self.state = state


def event(case: models.Case, kind: str, *, by: models.Person, now: datetime, note: str = "", **more: Any) -> None:
    models.CaseEvent.objects.create(case=case, kind=kind, at=now, by=by, note=note, **more)


def tell(kind: str, case: models.Case, *, by: models.Person, now: datetime, note: str = "") -> None:
    """A notice to the directorate where a case comes to it, of a message to the side that did not write it or, within the directorate,
    to who else opened or has the case; else to whoever opened or escalated it."""
    if kind == "case_escalated":
        told: list[dict[str, Any]] = [{"office": directorate()}]
    elif kind == "case_message" and case.at_directorate:
        # A notice to the office would be read by whoever wrote.
        people = {one.pk: one for one in (case.opened_by, case.responsible) if one is not None and one.pk != by.pk}
        told = [{"person": one} for one in people.values() if one.is_active and one.office_id == case.office_id]
    elif kind == "case_message":
        # Who opened it or has it is told by name: the office's notice is read by whoever comes first.
        office, own = (case.office, case.opened_by) if by.at_directorate else (directorate(), homes.of(case).responsible)
        told = [{"office": office}]
        if own is not None and own.is_active and own.office_id == office.pk:
            told.append({"person": own})
    else:
        told = [{"person_id": key} for key in {case.opened_by_id, case.escalated_by_id} - {None, by.pk}]
    notify(kind, case, told, by=by, now=now, note=note)


def directorate() -> models.Office:
    return models.Office.objects.get(active=True, kind=models.OfficeKind.DIRECTORATE)


def notify(kind: str, case: models.Case, told: Sequence[dict[str, Any]], *, by: models.Person, now: datetime, note: str) -> None:
    models.Notice.objects.bulk_create(models.Notice(kind=kind, case=case, by=by, at=now, note=note, **one) for one in told)


def find(case_id: int, action: Action, by: models.Person) -> models.Case:
    case = models.Case.objects.select_related("office", "responsible__office", "opened_by").get(pk=case_id)
    access.require(by, action, office_id=case.office_id)
    return case


def titled(title: str) -> str:
    if not title.strip():
        raise RefusedError("case.title", _("Give the case a title that names no person and no number."), "title")
    return title.strip()[:150]


def noted(note: str) -> str:
    if not note.strip():
        raise RefusedError("case.note", _("Nothing was changed: write a note first."), "note")
    return note.strip()


def in_case(number: str) -> RefusedError:
    return RefusedError("case.in_case", _("The flag is in %(number)s already."), number=number)


def several_offices() -> RefusedError:
    return RefusedError("case.several_offices", _("The flags belong to several offices: a case belongs to one."))


def open_case(*, flag_ids: Sequence[int], title: str, by: models.Person, now: datetime, kind: str = CaseKind.OTHER) -> models.Case:
    """Opens a case from confirmed flags of one office that stand in no case yet.

    Raises RefusedError, PermissionDenied.
    """
    title = titled(title)
    known(kind)
    with transaction.atomic():
        flags = free_flags(flag_ids, by)
        return open_from(series.take("PKR", 1, now=now)[0], flags, title, by=by, now=now, kind=kind)


def known(kind: str) -> None:
    if kind not in set(CaseKind):
        raise RefusedError("case.kind", _("Nothing was changed: choose what the case is about."), "kind")


def open_from(
    number: str,
    flags: Sequence[models.Flag],
    title: str,
    *,
    by: models.Person,
    now: datetime,
    campaign: str = "",
    kind: str = CaseKind.OTHER,
    office_id: int | None = None,
) -> models.Case:
    """`campaign`: the number of the one it is opened from, for the log. Where its kind is known it has the tasks of that from the
    start. `office_id`: whose case it is, where that is not the office of its flags: the directorate's holds flags of others too, and
    those are told."""
    offices, office_id = {flag.office_id for flag in flags}, office_id or flags[0].office_id
    over_several = offices != {office_id}
    if over_several and not (by.at_directorate and office_id == by.office_id):
        raise several_offices()
    access.require(by, Action.CASE_OPEN, office_id=office_id)
    case = models.Case.objects.create(
        number=number, title=title, kind=kind, office_id=office_id, opened_by=by, opened_at=now, responsible=by
    )
    clock.follow(case.pk, now=now)
    about = {"case_kind": str(kind)} if kind != CaseKind.OTHER else {}
    event(case, CaseEventKind.OPENED, by=by, now=now, **about)
    put_in(case, flags, by=by, now=now)
    made = tasking.lay(case, tasking.missing(case), by=by, now=now) if about else []
    numbers = [flag.number for flag in flags]
    told = {"number": case.number, "flags": numbers} | ({"campaign": campaign} if campaign else {}) | about
    audit.write("case.opened", by=by, now=now, target=case, after=told)
    tasking.laid(case, made, by=by, now=now)
    if over_several:
        _tell_offices("case_gathered", case, by=by, now=now)
    return case


def _tell_offices(kind: str, case: models.Case, *, by: models.Person, now: datetime, but: Collection[int] = ()) -> None:
    """Those whose flags stand in a case of the directorate that they cannot open: its number, and how many of theirs it holds. `but`:
    offices that are told otherwise."""
    if case.at_directorate:
        theirs = case.entries.exclude(flag__office__in=[case.office_id, *but]).values("flag__office")
        theirs = theirs.annotate(many=Count("pk")).order_by("flag__office")
        for one in theirs.values_list("flag__office", "many"):
            notify(kind, case, [{"office_id": one[0]}], by=by, now=now, note=str(one[1]))


def free_flags(flag_ids: Sequence[int], by: models.Person) -> list[models.Flag]:
    flags = list(
        access.scope(
            by, Action.CASE_OPEN, models.Flag.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=flag_ids)
        ).order_by("id")
    )
    if not flags or len(flags) != len(set(flag_ids)):
        raise RefusedError("case.no_flags", _("There is no flag here that you may put into a case."))
    for flag in flags:
        if flag.state != FlagState.CONFIRMED:
            text = _("%(number)s is not confirmed: only confirmed flags go into a case.")
            raise RefusedError("case.not_confirmed", text, number=flag.number)
    with wall.everything("a flag stands in one case, whichever office's"):
        taken = models.CaseFlag.objects.select_related("case").filter(flag__in=flags).order_by("flag").first()
    if taken:
        raise in_case(taken.case.number)
    return flags


def put_in(case: models.Case, flags: Sequence[models.Flag], *, by: models.Person, now: datetime) -> None:
    models.CaseFlag.objects.bulk_create(models.CaseFlag(case=case, flag=flag, added_by=by, added_at=now) for flag in flags)
    models.CaseEvent.objects.bulk_create(
        models.CaseEvent(case=case, kind=CaseEventKind.FLAG_ADDED, at=now, by=by, flag=flag) for flag in flags
    )


def add_flags(*, case_id: int, flag_ids: Sequence[int], by: models.Person, now: datetime) -> models.Case:
    """Puts more confirmed flags into a case that is not closed. Raises RefusedError, StaleError, PermissionDenied."""
    case = find(case_id, Action.CASE_NOTE, by)
    with transaction.atomic():
        if models.Case.objects.select_for_update(no_key=True).get(pk=case.pk).state == CaseState.CLOSED:
            raise stale(case)
        flags = free_flags(flag_ids, by)
        put_in(case, flags, by=by, now=now)
        audit.write("case.flags_added", by=by, now=now, target=case, after={"flags": [flag.number for flag in flags]})
    return case


def take_out(*, case_id: int, flag_id: int, note: str, by: models.Person, now: datetime) -> models.Case:
    """Takes a flag out of a case that is not closed, with a reason; its decision can be taken back afterwards.

    Raises RefusedError, StaleError, PermissionDenied.
    """
    case = find(case_id, Action.CASE_NOTE, by)
    note = noted(note)
    with transaction.atomic():
        held = (
            models.Case.objects.select_for_update(of=("self",), no_key=True).select_related("office", "responsible__office").get(pk=case.pk)
        )
        if held.state == CaseState.CLOSED:
            raise stale(case)
        if held.with_directorate:
            access.require(by, Action.CASE_CLOSE_ESCALATED, office_id=case.office_id)
        entry = models.CaseFlag.objects.select_related("flag").filter(case=case, flag=flag_id).first()
        if entry is None:
            raise RefusedError("case.not_in_case", _("The flag is no longer in this case."))
        remove(case, [entry], note, by=by, now=now)
        audit.write("case.flag_removed", by=by, now=now, target=case, after={"flags": [entry.flag.number]})
    return case


def remove(case: models.Case, entries: Sequence[models.CaseFlag], note: str, *, by: models.Person, now: datetime) -> None:
    """In a transaction that holds the case. Raises RefusedError."""
    holds.require_none(case)
    models.CaseFlag.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    models.CaseEvent.objects.bulk_create(
        models.CaseEvent(case=case, kind=CaseEventKind.FLAG_REMOVED, at=now, by=by, note=note, flag=entry.flag) for entry in entries
    )


def stale(case: models.Case) -> StaleError:
    case = models.Case.objects.get(pk=case.pk)
    last = case.events.select_related("by").order_by("-id").first()
    return StaleError(last.by if last else None, last.at if last else None, case.state)


def _move(
    case: models.Case,
    after: CaseState | None,
    kind: CaseEventKind,
    /,  # `kind` is a column of the case too
    *,
    seen_version: int,
    note: str,
    by: models.Person,
    now: datetime,
    only_from: Collection[CaseState] = tuple(CaseState),
    told: Mapping[str, Any] | None = None,
    other: models.Case | None = None,
    **changes: Any,
) -> models.Case:
    """Compare-and-set of one case with its event and its audit row.

    `only_from`: the table of moves knows no verbs, and two of them lead to the same state. `told`: what the event and the log say of
    the move besides its note (`article`, `to`, `outcome`, `case_kind`). `other`: the case its words are of (`homes.asked_in`).
    """
    said = dict(told or {})
    if case.version != seen_version:
        raise stale(case)
    before = case.state
    if after is not None:
        if before not in only_from:
            raise states.MoveRefusedError(before, after)
        states.require(states.CASE_MOVES, before, after)
    with transaction.atomic():
        moved = models.Case.objects.filter(pk=case.pk, version=seen_version).update(
            version=seen_version + 1, **({"state": after} if after else {}), **changes
        )
        if moved == 0:
            raise stale(case)
        clock.follow(case.pk, now=now)
        event(case, kind, by=by, now=now, note=note, other=other, **said)
        changed = {"state": after or before} | {key: getattr(one, "pk", one) for key, one in said.items()}
        for key in {"responsible", "responsible_id"} & set(changes):  # whose it is now; None: nobody's
            changed["responsible"] = getattr(changes[key], "pk", changes[key])
        audit.write(f"case.{kind}", by=by, now=now, target=case, before={"state": before}, after=changed)
    case.refresh_from_db()
    return case


def escalate(*, case_id: int, article: str, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Case:
    """Hands the case to the directorate, which is told, with an article and a reason. Nobody is responsible until it is taken.

    `article`: the key of one that law.offered() names, or law.OTHER. Raises RefusedError, StaleError, PermissionDenied.
    """
    case = find(case_id, Action.CASE_ESCALATE, by)
    law.reason_of(article, now)
    note = noted(note)
    with transaction.atomic():
        return escalate_now(case, article, note, seen_version=seen_version, by=by, now=now, told_at=now)


def escalate_now(
    case: models.Case, article: str, note: str, *, seen_version: int, by: models.Person, now: datetime, told_at: datetime
) -> models.Case:
    if case.state == CaseState.REFERRED and case.with_directorate:
        raise states.MoveRefusedError(case.state, CaseState.ESCALATED)
    case = _move(
        case,
        CaseState.ESCALATED,
        CaseEventKind.ESCALATED,
        seen_version=seen_version,
        note=note,
        told={"article": article},
        by=by,
        now=now,
        escalated_by=by,
        escalated_at=now,
        responsible=None,
    )
    tell("case_escalated", case, by=by, now=told_at, note=note)
    return case


def take(*, case_id: int, seen_version: int, by: models.Person, now: datetime) -> models.Case:
    """An analyst becomes responsible for an escalated case that nobody has."""
    case = find(case_id, Action.CASE_TAKE, by)
    if case.state != CaseState.ESCALATED:
        raise stale(case)
    return _move(case, CaseState.IN_ANALYSIS, CaseEventKind.TAKEN, seen_version=seen_version, note="", by=by, now=now, responsible=by)


def pass_on(*, case_id: int, to_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Case:
    """A case becomes a colleague's, with a reason: by the one who has it, or for one who is away. In the office where it lies there, at
    the directorate once an analyst took it. Whoever gets it is told, and whoever had it where another person passed it on.

    Raises RefusedError, StaleError, PermissionDenied.
    """
    case = find(case_id, Action.CASE_VIEW, by)
    if case.version != seen_version:
        raise stale(case)  # a colleague escalated it meanwhile: that says more than "not for you"
    access.require(by, handing_on(case), office_id=case.office_id)
    note = noted(note)
    if case.state in {CaseState.ESCALATED, CaseState.CLOSED}:  # the one waits for whoever takes it, the other for nobody
        raise stale(case)
    to = next((one for one in takers(case) if one.pk == to_id), None)
    if to is None:
        raise RefusedError("case.nobody", _("Nothing was changed: choose who takes the case."), "to")
    had = case.responsible
    with transaction.atomic():
        case = pass_to(case, to, note, by=by, now=now)
        if had is not None and had.pk != by.pk:
            notify("case_passed_away", case, [{"person": had}], by=by, now=now, note=note)
    return case


def pass_to(case: models.Case, to: models.Person, note: str, *, by: models.Person, now: datetime) -> models.Case:
    """The step itself, by whoever may have it done; `to` is told. Raises StaleError."""
    told = {"to": to}
    case = _move(case, None, CaseEventKind.PASSED_ON, seen_version=case.version, note=note, told=told, by=by, now=now, responsible=to)
    if to.pk != by.pk:
        notify("case_passed_on", case, [{"person": to}], by=by, now=now, note=note)
    return case


def handing_on(case: models.Case) -> Action:
    """Who may pass it on: a matter of the side it lies with."""
    return Action.CASE_HAND_ON_OPENED if _at_office(case) else Action.CASE_HAND_ON


def _at_office(case: models.Case) -> bool:
    return case.state in {CaseState.OPENED, CaseState.REFERRED} and not case.with_directorate


def takes(case: models.Case, person: models.Person) -> bool:
    """Whether somebody active of an active office may be responsible for a case where it lies."""
    action = Action.CASE_HAND_ON_OPENED if _at_office(case) else Action.CASE_TAKE
    return access.may(person, action, office_id=case.office_id)


def takers(case: models.Case) -> list[models.Person]:
    """Whoever may be responsible for a case where it lies, besides who is."""
    action = Action.CASE_HAND_ON_OPENED if _at_office(case) else Action.CASE_TAKE
    people = models.Person.objects.select_related("office").filter(is_active=True)
    people = people.filter(role__in=list(access.TABLE[action]), office__active=True).order_by("name", "id")
    return [one for one in people if takes(case, one) and one.pk != case.responsible_id]


def give_back(*, case_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Case:
    """The directorate hands an escalated case back to its office, with a reason; whoever opened it is responsible again and told. Not one
    of two offices: neither is to act for the other."""
    case = find(case_id, Action.CASE_RETURN, by)
    note = noted(note)
    if not case.with_directorate:
        if case.version != seen_version:
            raise stale(case)
        raise states.MoveRefusedError(case.state, CaseState.OPENED)
    with transaction.atomic():
        models.Case.objects.select_for_update(no_key=True).get(pk=case.pk)  # whoever merges another into it holds it too
        if case.version == seen_version and homes.apart(case):
            raise _two_offices()
        case = _move(
            case,
            CaseState.OPENED,
            CaseEventKind.RETURNED,
            seen_version=seen_version,
            note=note,
            by=by,
            now=now,
            responsible_id=case.opened_by_id,
            only_from={*states.AT_DIRECTORATE, CaseState.REFERRED},
        )
        tell("case_returned", case, by=by, now=now, note=note)
    return case


def close(*, case_id: int, outcome: str, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Case:
    """Ends the case with what came of it: one of OUTCOMES, and a note, with which tasks still open are dropped. One that is at the
    directorate is the directorate's to close, until it is handed back. None is closed while a referral of it hangs."""
    case = find(case_id, Action.CASE_CLOSE, by)
    escalated = case.with_directorate
    if escalated and not access.may(by, Action.CASE_CLOSE_ESCALATED, office_id=case.office_id):
        if case.version != seen_version:
            raise stale(case)  # a colleague escalated it meanwhile: that says more than "not for you"
        access.require(by, Action.CASE_CLOSE_ESCALATED, office_id=case.office_id)
    if outcome not in OUTCOMES:
        raise RefusedError("case.outcome", _("Nothing was changed: choose what came of the case."), "outcome")
    note = noted(note)
    with transaction.atomic():
        models.Case.objects.select_for_update(no_key=True).get(pk=case.pk)  # whoever begins a referral holds it too
        if case.version == seen_version:
            nothing_hangs(case)
        left = tasking.drop_open(case, note, by=by, now=now)
        case = _move(
            case,
            CaseState.CLOSED,
            CaseEventKind.CLOSED,
            seen_version=seen_version,
            note=note,
            told={"outcome": outcome},
            by=by,
            now=now,
            outcome=outcome,
            closed_by=by,
            closed_at=now,
        )
        tasking.dropped(case, left, by=by, now=now)
        if escalated:
            tell("case_closed", case, by=by, now=now, note=note)
        apart = homes.apart(case)
        for one in apart:  # of the other case they know the number alone, not what is said of it
            if not one.at_directorate:
                notify("case_home_closed", one, its_people(one), by=by, now=now, note=case.number)
        _tell_offices("case_gathered_closed", case, by=by, now=now, but=[one.office_id for one in apart])
    return case


def its_people(case: models.Case) -> list[dict[str, Any]]:
    """Who of its office is told of it: whoever opened, escalated or has it; all of it where none of them is there any more."""
    people = {one.pk: one for one in (case.opened_by, case.escalated_by, case.responsible) if one is not None and one.is_active}
    return [{"person": one} for one in people.values() if one.office_id == case.office_id] or [{"office": case.office}]


def reopen(*, case_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Case:
    """Opens a closed case again, with a reason: at the directorate where it had it and opens it, else at its office. It is again of whoever
    had it or opened it there, else of whoever opens it again. One of two offices is the directorate's to open."""
    case = find(case_id, Action.CASE_CLOSE, by)
    if case.merged_into_id is not None:
        raise RefusedError("case.merged", _("Nothing was changed: the case is merged into another. Take the merger back instead."))
    stays = not case.at_directorate and bool(homes.apart(case))
    if stays and not by.at_directorate:
        raise _two_offices()
    had = case.responsible if case.responsible is not None and case.responsible.at_directorate and not case.at_directorate else None
    goes_on = stays or (had is not None and by.at_directorate)
    first = [had] if goes_on else [None if had else case.responsible, case.opened_by]
    whose = next((one for one in first if one is not None and one.is_active), by if goes_on or not by.at_directorate else case.opened_by)
    after, more = _again(case, goes_on, by=by, now=now)
    return _move(
        case,
        after,
        CaseEventKind.REOPENED,
        seen_version=seen_version,
        note=noted(note),
        by=by,
        now=now,
        outcome="",
        responsible=whose,
        closed_by=None,
        closed_at=None,
        only_from={CaseState.CLOSED},
        **more,
    )


def _two_offices() -> RefusedError:
    text = _("Nothing was changed: a case of another office is merged into it. It stays with the directorate until that is taken back.")
    return RefusedError("case.two_offices", text)


def nothing_hangs(case: models.Case) -> None:
    """Before a case is closed: of it and of those merged into it. Raises RefusedError."""
    of_all = models.Referral.objects.filter(case__in=homes.tree(case.pk))
    hanging = of_all.filter(state__in=states.HANGING).order_by("id").values_list("number", flat=True)
    if hanging:
        text = _("Nothing was changed: %(numbers)s is not finished. Withdraw it, or enter what came of it.")
        raise RefusedError("case.referral_hangs", text, numbers=", ".join(hanging))


@wall.everything("what is asked in a merged case moves where it went")
def refer(case: models.Case, number: str, *, of: models.Case, by: models.Person, now: datetime) -> None:
    """Inside the transaction that marks a referral as sent, with the case locked: the first one moves it, each stands in its timeline, and
    in that of the case it was written in (`of`)."""
    moves = case.state in {CaseState.OPENED, CaseState.IN_ANALYSIS}
    changes: dict[str, Any] = {} if case.responsible_id is not None or not moves else {"responsible": by}
    _move(
        case,
        CaseState.REFERRED if moves else None,
        CaseEventKind.REFERRED,
        seen_version=case.version,
        note=number,
        by=by,
        now=now,
        other=homes.asked_in(case, of),
        **changes,
    )
    if of.pk != case.pk:
        event(of, CaseEventKind.REFERRED, by=by, now=now, note=number)


@wall.everything("what came back of a merged case opens where it went")
def came_back(case: models.Case, note: str, *, sender: models.Person | None, of: models.Case, by: models.Person, now: datetime) -> None:
    """A closed case whose content is there again is open again, at whoever referred it. The caller holds it; `of`: the case it was
    asked in, the same or one that was merged into it."""
    at_directorate, whose = at_whom(case, by if sender is not None and sender.at_directorate else None)
    other = homes.asked_in(case, of)
    open_again(case, CaseEventKind.CAME_BACK, note, at_directorate=at_directorate, whose=whose, by=by, now=now, other=other)


def at_whom(case: models.Case, first: models.Person | None) -> tuple[bool, models.Person]:
    """Where a closed case is opened again, and whose it is: `first` at the directorate, None where its office referred. One that a case of
    another office was merged into comes back to the directorate, which merged them."""
    if first is not None:
        return True, first
    had = next((one for one in (case.responsible, case.closed_by) if one is not None and one.at_directorate), None)
    if had is not None and not case.at_directorate and homes.apart(case):
        return True, had
    return False, case.opened_by


def _again(case: models.Case, at_directorate: bool, *, by: models.Person, now: datetime) -> tuple[CaseState, dict[str, Any]]:
    """The state of a closed case that is opened again, and what goes with it: what the directorate has was escalated to it."""
    if not at_directorate or case.at_directorate:
        return CaseState.OPENED, {}
    return CaseState.IN_ANALYSIS, {} if case.escalated_at else {"escalated_by": by, "escalated_at": now}


def open_again(
    case: models.Case,
    kind: CaseEventKind,
    note: str,
    *,
    at_directorate: bool,
    whose: models.Person,
    by: models.Person,
    now: datetime,
    other: models.Case | None = None,
) -> None:
    """A closed case that the caller holds has something to be done in it again. `whose`: who is responsible; `other`: as of its event."""
    after, more = _again(case, at_directorate, by=by, now=now)
    _move(
        case,
        after,
        kind,
        seen_version=case.version,
        note=note,
        by=by,
        now=now,
        outcome="",
        closed_by=None,
        closed_at=None,
        responsible=whose,
        other=other,
        **more,
    )


def set_kind(*, case_id: int, kind: str, seen_version: int, by: models.Person, now: datetime) -> models.Case:
    """Says what a case that is not closed is about. Raises RefusedError, StaleError, PermissionDenied."""
    case = find(case_id, Action.CASE_NOTE, by)
    known(kind)
    if case.state == CaseState.CLOSED:
        raise stale(case)
    told = {"case_kind": kind}
    return _move(case, None, CaseEventKind.KIND_SET, seen_version=seen_version, note="", told=told, by=by, now=now, kind=kind)


def note(*, case_id: int, text: str, sent: bool, by: models.Person, now: datetime) -> models.Case:
    """Adds an internal note (yellow), which only the writer's side reads, or a message (blue) that is `sent` to the other side,
    which is told."""
    case = find(case_id, Action.CASE_NOTE, by)
    kind = CaseEventKind.MESSAGE if sent else CaseEventKind.NOTE
    text = noted(text)
    with transaction.atomic():
        event(case, kind, by=by, now=now, note=text, office_id=by.office_id)
        if sent:
            tell("case_message", case, by=by, now=now, note=text)
        audit.write(f"case.{kind}", by=by, now=now, target=case)
    return case


def written(case: models.Case, person: models.Person, *, also: Sequence[models.Case] = ()) -> list[models.CaseEvent]:
    """Notes and messages of a case, and of those merged into it (`also`), as this person may read them, newest first: messages of both
    sides, notes of one's own."""
    rows = (
        models.CaseEvent.objects.filter(case__in=[case, *also])
        .select_related("by__office")
        .annotate(side=Coalesce("office_id", "by__office_id"))
    )
    notes = access.scope(person, Action.CASE_NOTE_VIEW, rows.filter(kind=CaseEventKind.NOTE), office_path="side")
    return list((notes | rows.filter(kind=CaseEventKind.MESSAGE)).order_by("-id"))
