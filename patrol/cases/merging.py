"""Two cases that are one: merged, and the merger taken back.

The case that is merged is closed by reference and keeps its notes, messages, files and timeline; the other one shows them beside its own.
Its flags go over, for a flag stands in one case and holds its post from being erased while that case is open; so do its open tasks, which
somebody still has to do. What moved stands in the closing event, so that taking it back moves just that, as far as it is still where it was
put; what came later stays.

Both rows are locked in the order of their ids: two people who merge crosswise come one after the other, and the second is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit
from patrol.cases import clock, moving
from patrol.domain import states
from patrol.domain.states import CaseState, TaskState
from patrol.infra.refusals import RefusedError
from patrol.models import CaseEventKind, CaseOutcome

OFFERED: Final = 50  # cases a page proposes to merge into
# Back to what it was along the table of moves, a step at a time: no move leads out of closed but to opened.
_WAY: Final = {
    CaseState.OPENED: (CaseState.OPENED,),
    CaseState.ESCALATED: (CaseState.OPENED, CaseState.ESCALATED),
    CaseState.IN_ANALYSIS: (CaseState.OPENED, CaseState.ESCALATED, CaseState.IN_ANALYSIS),
}


def merge(*, case_id: int, into: str, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Case:
    """Closes the case by reference to the one with the number `into`, which gets its flags and open tasks. Both lie with one office, or
    both of that office's with the directorate. Returns the other case.

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
        moving.nothing_hangs(case)
        flags = sorted(case.entries.values_list("flag_id", flat=True))
        models.CaseFlag.objects.filter(case=case).update(case=other)
        tasks = sorted(case.tasks.filter(state=TaskState.OPEN).values_list("pk", flat=True))
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
        if into.state == CaseState.CLOSED:
            text = _("Nothing was taken back: %(number)s is closed. Open it again first, or take back its own merger.")
            raise RefusedError("case.unmerge_closed", text, number=into.number)
        _require(into, by)
        _require(case, by, state=was)
        flags = sorted(models.CaseFlag.objects.filter(case=into, flag__in=closing.told["flags"]).values_list("flag_id", flat=True))
        models.CaseFlag.objects.filter(case=into, flag__in=flags).update(case=case)
        tasks = sorted(models.CaseTask.objects.filter(case=into, pk__in=closing.told["tasks"]).values_list("pk", flat=True))
        models.CaseTask.objects.filter(pk__in=tasks).update(case=case, version=F("version") + 1)
        for state in _WAY[was]:
            models.Case.objects.filter(pk=case.pk).update(
                state=state, outcome="", merged_into=None, closed_by=None, closed_at=None, version=case.version + 1
            )
        clock.follow(case.pk, now=now)
        _changed(into)
        moving.event(case, CaseEventKind.REOPENED, by=by, now=now, note=note, other=into, told={"flags": flags})
        moving.event(into, CaseEventKind.UNMERGED, by=by, now=now, note=note, other=case)
        _tell("case_unmerged", into, case, by=by, now=now)
        after = {"from": into.number, "flags": _numbers(flags), "tasks": tasks, "state": was}
        audit.write("case.unmerged", by=by, now=now, target=case, before={"state": CaseState.CLOSED}, after=after)
    case.refresh_from_db()
    return case


def _held(*keys: int) -> dict[int, models.Case]:
    rows = models.Case.objects.select_related("office", "responsible").select_for_update(of=("self",), no_key=True)
    return {row.pk: row for row in rows.filter(pk__in=keys).order_by("pk")}


def _side(state: str) -> str:
    """Where a case lies; "" where it lies with neither side alone."""
    return "office" if state == CaseState.OPENED else "directorate" if state in states.AT_DIRECTORATE else ""


def right(state: str) -> Action:
    """Merging closes a case: who may do that is a matter of the side it lies with."""
    return Action.CASE_CLOSE_ESCALATED if state in states.AT_DIRECTORATE else Action.CASE_CLOSE


def _require(case: models.Case, by: models.Person, *, state: str = "") -> None:
    access.require(by, right(state or case.state), office_id=case.office_id)


def _require_together(case: models.Case, other: models.Case) -> None:
    if other.state == CaseState.CLOSED:
        text = _("Nothing was merged: %(number)s is closed.")
        raise RefusedError("case.merge_closed", text, "into", number=other.number)
    if case.office_id != other.office_id:
        text = _("Nothing was merged: %(number)s belongs to another office.")
        raise RefusedError("case.merge_other_office", text, "into", number=other.number)
    if not _side(case.state) or _side(case.state) != _side(other.state):
        text = _("Nothing was merged: both cases have to lie with the office, or both with the directorate.")
        raise RefusedError("case.merge_other_side", text, "into")


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
    """To whoever has one of the two, but who did it: the notice leads to the case the other went into."""
    people = {one.pk: one for one in (into.responsible, case.responsible) if one is not None and one.is_active and one.pk != by.pk}
    moving.notify(kind, into, [{"person": one} for one in people.values()], by=by, now=now, note=case.number)


# --- what a page shows ----------------------------------------------------------------------------


def taken_in(case: models.Case) -> list[models.Case]:
    """The cases that are merged into this one, also by way of another. A query for each step, one where there are none."""
    found: list[models.Case] = []
    edge = [case]
    while edge:
        edge = list(models.Case.objects.filter(merged_into__in=edge).order_by("id"))
        found += edge
    return found


def offered(case: models.Case) -> list[models.Case]:
    """What the case could be merged into, the newest first. One query."""
    near = states.AT_DIRECTORATE if case.state in states.AT_DIRECTORATE else {case.state}
    rows = models.Case.objects.filter(office=case.office_id, state__in=near).exclude(pk=case.pk)
    return list(rows.order_by("-id")[:OFFERED])


def may_merge(case: models.Case, person: Any) -> bool:
    return bool(_side(case.state)) and access.may(person, right(case.state), office_id=case.office_id)


def may_take_back(case: models.Case, person: Any) -> bool:
    """Two queries for a merged case, none for others."""
    if case.merged_into is None:
        return False
    both = (right(case.merged_into.state), right(_closing(case).told["was"]))
    is_open = case.merged_into.state != CaseState.CLOSED
    return is_open and all(access.may(person, action, office_id=case.office_id) for action in both)
