"""Two cases that are one: merged, and the merger taken back.

The case that is merged is closed by reference and keeps its notes, messages, files and timeline; the other one shows them beside its own,
to whoever sees both. Its flags go over, for a flag stands in one case and holds its post from being erased while that case is open; so do
its open tasks, which somebody still has to do. What moved stands in the closing event, so that taking it back moves just that, as far as it
is still where it was put; what came later stays.

Its referrals stay in it and go on (`homes`): each keeps its office, its clock and its log. They hang on in the other case, which is not
closed before they are finished.

Cases of two offices are merged by the directorate, where both lie with it. Each office goes on seeing its own alone: there its people
write, attach, do the tasks that are theirs and follow their referrals, and of the other one they know number and office.

Both rows are locked in the order of their ids: two people who merge crosswise come one after the other, and the second is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit
from patrol.cases import clock, holds, homes, moving, tasking
from patrol.domain import states
from patrol.domain.states import CaseState, TaskState
from patrol.infra import wall
from patrol.infra.refusals import RefusedError
from patrol.models import CaseEventKind, CaseOutcome

OFFERED: Final = 50  # cases a page proposes to merge into
# Back to what it was along the table of moves, a step at a time: no move leads out of closed but to opened.
_WAY: Final = {
    CaseState.OPENED: (CaseState.OPENED,),
    CaseState.ESCALATED: (CaseState.OPENED, CaseState.ESCALATED),
    CaseState.IN_ANALYSIS: (CaseState.OPENED, CaseState.ESCALATED, CaseState.IN_ANALYSIS),
    CaseState.REFERRED: (CaseState.OPENED, CaseState.REFERRED),
}
_OFFICE, _DIRECTORATE = "office", "directorate"  # where a case lies


def merge(*, case_id: int, into: str, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Case:
    """Closes the case by reference to the one with the number `into`, which gets its flags and open tasks. Both lie with one office, or
    both with the directorate. Returns the other case.

    Raises RefusedError, StaleError, PermissionDenied, Case.DoesNotExist.
    """
    case = moving.find(case_id, Action.CASE_VIEW, by)
    other = access.scope(by, Action.CASE_VIEW, models.Case.objects.filter(number=into.strip().upper())).first()
    if other is None:
        raise RefusedError("case.merge_unknown", _("Nothing was merged: there is no such case. Write its number."), "into")
    if other.pk == case.pk:
        raise RefusedError("case.merge_itself", _("A case cannot be merged with itself."), "into")
    note = moving.noted(note)
    with transaction.atomic():
        held = _held(case.pk, other.pk)
        case, other = held[case.pk], held[other.pk]
        if case.version != seen_version or case.state == CaseState.CLOSED:
            raise moving.stale(case)
        _require(case, by)
        _require_together(case, other)
        _require(other, by)
        if holds.standing().filter(case=case).exists():
            text = _("Nothing was merged: a legal hold stands on %(number)s. Merge the other case into it, or lift the hold first.")
            raise RefusedError("case.merge_held", text, "into", number=case.number)
        flags = sorted(case.entries.values_list("flag_id", flat=True))
        models.CaseFlag.objects.filter(case=case).update(case=other)
        tasks = sorted(_going(case, other).values_list("pk", flat=True))
        models.CaseTask.objects.filter(pk__in=tasks).update(case=other, version=F("version") + 1)
        models.Case.objects.filter(pk=case.pk).update(
            state=CaseState.CLOSED, outcome=CaseOutcome.MERGED, merged_into=other, closed_by=by, closed_at=now, version=case.version + 1
        )
        clock.follow(case.pk, now=now)
        _changed(other)
        told = {"flags": flags, "tasks": tasks, "was": case.state}
        moving.event(case, CaseEventKind.CLOSED, by=by, now=now, note=note, outcome=CaseOutcome.MERGED, other=other, told=told)
        moving.event(other, CaseEventKind.MERGED, by=by, now=now, note=note, other=case)
        _tell("case_merged", other, case, by=by, now=now)
        before, after = {"state": case.state}, {"into": other.number, "flags": _numbers(flags), "tasks": tasks}
        audit.write("case.merged", by=by, now=now, target=case, before=before, after=after)
    return other


def unmerge(*, case_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Case:
    """Takes the merger back: the case is what it was, with the flags and tasks it brought, as far as they are still where they were put.

    Raises RefusedError, StaleError, PermissionDenied, Case.DoesNotExist.
    """
    case = moving.find(case_id, Action.CASE_VIEW, by)
    if case.merged_into_id is None:
        raise moving.stale(case) if case.version != seen_version else _not_merged()
    note = moving.noted(note)
    with transaction.atomic():
        held = _held(case.pk, case.merged_into_id)
        into = held[case.merged_into_id]
        case = held[case.pk]
        if case.version != seen_version or case.merged_into_id != into.pk:
            raise moving.stale(case)
        closing = _closing(case)
        was = CaseState(closing.told["was"])
        after = _after(case, closing)
        if into.state == CaseState.CLOSED:
            text = _("Nothing was taken back: %(number)s is closed. Open it again first, or take back its own merger.")
            raise RefusedError("case.unmerge_closed", text, number=into.number)
        _require(into, by)
        _require(case, by, state=was)
        holds.require_none(into)
        flags = sorted(models.CaseFlag.objects.filter(case=into, flag__in=closing.told["flags"]).values_list("flag_id", flat=True))
        models.CaseFlag.objects.filter(case=into, flag__in=flags).update(case=case)
        tasks = sorted(_not_twice(into.tasks.filter(pk__in=closing.told["tasks"]), case).values_list("pk", flat=True))
        models.CaseTask.objects.filter(pk__in=tasks).update(case=case, version=F("version") + 1)
        freed = _freed(case, tasks, by=by, now=now) if case.office_id != into.office_id else []
        for state in _WAY[after]:
            models.Case.objects.filter(pk=case.pk).update(
                state=state, outcome="", merged_into=None, closed_by=None, closed_at=None, version=case.version + 1
            )
        clock.follow(case.pk, now=now)
        _changed(into)
        left = _left(into, now=now)
        moving.event(case, CaseEventKind.REOPENED, by=by, now=now, note=note, other=into, told={"flags": flags})
        moving.event(into, CaseEventKind.UNMERGED, by=by, now=now, note=note, other=case)
        _tell("case_unmerged", into, case, by=by, now=now)
        told = {"from": into.number, "flags": _numbers(flags), "tasks": tasks, "freed": freed, "state": after, "left": left}
        audit.write("case.unmerged", by=by, now=now, target=case, before={"state": CaseState.CLOSED}, after=told)
    case.refresh_from_db()
    return case


def _held(*keys: int) -> dict[int, models.Case]:
    rows = models.Case.objects.select_related("office", "opened_by", "escalated_by", "responsible__office")
    with wall.everything("a case that was merged is held with the one it went into; who may is asked of each"):
        return {row.pk: row for row in rows.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")}


def _side(case: models.Case) -> str:
    """Where it lies: what the directorate opened lies there too."""
    return _DIRECTORATE if case.with_directorate or case.at_directorate else _OFFICE


def right(case: models.Case, state: str = "") -> Action:
    """Merging closes a case: who may do that is a matter of the side it lies with, or lay with in that `state`."""
    return Action.CASE_CLOSE_ESCALATED if case.lies_with_directorate(state or case.state) else Action.CASE_CLOSE


def _may(case: models.Case, person: Any, state: str = "") -> bool:
    return access.may(person, right(case, state), office_id=case.office_id)


def _require(case: models.Case, by: models.Person, *, state: str = "") -> None:
    access.require(by, right(case, state), office_id=case.office_id)


def _require_together(case: models.Case, other: models.Case) -> None:
    if other.state == CaseState.CLOSED:
        text = _("Nothing was merged: %(number)s is closed.")
        raise RefusedError("case.merge_closed", text, "into", number=other.number)
    if case.office_id != other.office_id and {_side(case), _side(other)} != {_DIRECTORATE}:
        text = _("Nothing was merged: %(number)s belongs to another office. Such cases are merged once both lie with the directorate.")
        raise RefusedError("case.merge_other_office", text, "into", number=other.number)
    if _side(case) != _side(other):
        text = _("Nothing was merged: both cases have to lie with the office, or both with the directorate.")
        raise RefusedError("case.merge_other_side", text, "into")


def _going(case: models.Case, other: models.Case) -> QuerySet[models.CaseTask]:
    """The open tasks that go over. Those of its own office's people stay where they see them, as does what they typed, and those of a
    line of the template that the other case has as well stay behind."""
    found = case.tasks.filter(state=TaskState.OPEN)
    if case.office_id != other.office_id:
        high = models.CaseEvent.objects.filter(kind=CaseEventKind.TASK_ADDED, by__office__kind=models.OfficeKind.DIRECTORATE)
        found = found.exclude(person__office=case.office_id).filter(~Q(line=None) | Q(pk__in=high.filter(task__case=case).values("task")))
    return _not_twice(found, other)


def _not_twice(found: QuerySet[models.CaseTask], case: models.Case) -> QuerySet[models.CaseTask]:
    return found.exclude(line__in=case.tasks.exclude(line=None).values("line"))


def _freed(case: models.Case, tasks: Sequence[int], *, by: models.Person, now: datetime) -> list[int]:
    """Of the tasks that came back those that somebody of the other office took meanwhile: nobody's, if still to be done."""
    able = [one.pk for one in tasking.people(case)]
    held = models.CaseTask.objects.filter(pk__in=tasks, state=TaskState.OPEN).exclude(person=None)
    freed = sorted(held.exclude(person__in=able).values_list("pk", flat=True))
    models.CaseTask.objects.filter(pk__in=freed).update(person=None)
    for task in freed:
        moving.event(case, CaseEventKind.TASK_ASSIGNED, by=by, now=now, task_id=task)
    return freed


def _after(case: models.Case, closing: models.CaseEvent) -> CaseState:
    """What it is once the merger is taken back: what it was, or referred where something of it was sent meanwhile."""
    was = CaseState(closing.told["was"])
    if was not in {CaseState.OPENED, CaseState.IN_ANALYSIS} or case.responsible_id is None:
        return was
    own = models.Referral.objects.filter(case__in=homes.tree(case.pk)).values("number")
    sent = models.CaseEvent.objects.filter(kind=CaseEventKind.REFERRED, pk__gt=closing.pk, note__in=own)
    return CaseState.REFERRED if sent.exists() else was


def _left(into: models.Case, *, now: datetime) -> str:
    """The state of the case that gave the other back: it is not referred any more where only what the other one sent had made it so."""
    if into.state != CaseState.REFERRED:
        return into.state
    if models.Referral.objects.filter(case__in=homes.tree(into.pk), sent_at__isnull=False).exists():
        return into.state
    back = CaseState.IN_ANALYSIS if into.with_directorate and into.escalated_at else CaseState.OPENED
    for state in _WAY[back]:
        models.Case.objects.filter(pk=into.pk).update(state=state)
    clock.follow(into.pk, now=now)
    return back


def _not_merged() -> RefusedError:
    return RefusedError("case.not_merged", _("Nothing was changed: this case is not merged into another."))


def _closing(case: models.Case) -> models.CaseEvent:
    """The event that tells what the merger moved."""
    last = case.events.filter(kind=CaseEventKind.CLOSED, outcome=CaseOutcome.MERGED).order_by("-id").first()
    if last is None:
        raise _not_merged()
    return last


def _changed(case: models.Case) -> None:
    """Whoever has its page open has to look at it again before moving it."""
    models.Case.objects.filter(pk=case.pk).update(version=case.version + 1)


def _numbers(flag_ids: Sequence[int]) -> list[str]:
    return list(models.Flag.objects.filter(pk__in=flag_ids).order_by("pk").values_list("number", flat=True))


def _tell(kind: str, into: models.Case, case: models.Case, *, by: models.Person, now: datetime) -> None:
    """To whoever has one of the two, but who did it: the notice leads to the case the other went into. Of two offices each is told, too,
    who opened or escalated its own, of that one: the other they do not see."""
    people = {one.pk: one for one in (into.responsible, case.responsible) if one is not None and one.is_active and one.pk != by.pk}
    if into.office_id == case.office_id:
        moving.notify(kind, into, [{"person": one} for one in people.values()], by=by, now=now, note=case.number)
        return
    at_directorate = [{"person": one} for one in people.values() if one.at_directorate]
    moving.notify(kind, into, at_directorate, by=by, now=now, note=case.number)
    away = "case_merged_away" if kind == "case_merged" else kind
    for own, other, what in ((into, case, kind), (case, into, away)):
        if own.at_directorate:
            continue
        moving.notify(what, own, moving.its_people(own), by=by, now=now, note=other.number)


# --- what a page shows ----------------------------------------------------------------------------


def taken_in(case: models.Case) -> list[models.Case]:
    """The cases that are merged into this one, also by way of another. A query for each step, one where there are none."""
    found: list[models.Case] = []
    edge = [case]
    while edge:
        edge = list(models.Case.objects.filter(merged_into__in=edge).select_related("office").order_by("id"))
        found += edge
    return found


def offered(case: models.Case) -> Sequence[models.Case]:
    """What the case could be merged into, those of its office first, then the newest. One query."""
    open_ones = models.Case.objects.exclude(state=CaseState.CLOSED).exclude(pk=case.pk).select_related("office", "responsible__office")
    near = Q(office=case.office_id)
    if _side(case) == _DIRECTORATE:
        near |= Q(state__in=[*states.AT_DIRECTORATE, CaseState.REFERRED]) | Q(office__kind=models.OfficeKind.DIRECTORATE)
    rows = open_ones.filter(near).annotate(own=Q(office=case.office_id)).order_by("-own", "-id")[: 2 * OFFERED]
    return [one for one in rows if _side(one) == _side(case)][:OFFERED]


def may_merge(case: models.Case, person: Any) -> bool:
    return case.state != CaseState.CLOSED and _may(case, person)


def may_take_back(case: models.Case, person: Any) -> bool:
    """Two queries for a merged case, none for others."""
    if case.merged_into is None:
        return False
    into = case.merged_into
    return into.state != CaseState.CLOSED and _may(into, person) and _may(case, person, _closing(case).told["was"])
