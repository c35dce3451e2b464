"""Our clock of a case: whose turn it is, when that turn has taken too long by working hours, and who is told.

Each step has a clock of its own, which runs only in its turns: it pauses while the other side or an outside body has the case, and goes on
where it stood. A closed case has none, and one that is opened again begins anew; one that was merged goes on where it stood once that is
taken back. When a turn runs out is stored (`Case.due_at`), so that
what is due is found by a query; it is counted by the verb that moves a case, and by the sweep where days off or deadlines have changed.
What outside bodies are asked has a clock of its own, round the clock (referrals).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from patrol import models
from patrol.cases import clock_edition, joint_leave
from patrol.domain.states import CaseState
from patrol.engine import national_holidays, working_hours
from patrol.engine.working_hours import Calendar, Turn
from patrol.models import CaseStep, OfficeKind, Role

# A state that does not stand here is an outside body's turn: none of our clocks runs.
STEPS: Final[dict[str, CaseStep]] = {
    CaseState.OPENED: CaseStep.OPENED,
    CaseState.ESCALATED: CaseStep.ESCALATED,
    CaseState.IN_ANALYSIS: CaseStep.IN_ANALYSIS,
}
NOBODY, PERSON, SUPERVISOR = 0, 1, 2  # Case.told: who was told in this turn that it ran out
AT_ONCE: Final = 100  # cases a sweep counts anew, and cases it tells of


@dataclass(frozen=True, slots=True)
class DaysOff:
    """National holidays, and joint leave as the directorate has it."""

    leave: frozenset[date]

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and (day in self.leave or national_holidays.is_one(day))


def calendar(office: models.Office, leave: frozenset[date]) -> Calendar:
    opens, closes = settings.WORKDAY
    return Calendar(ZoneInfo(office.zone), opens, closes, DaysOff(leave))


def of_step(turns: Sequence[models.CaseTurn], step: str) -> list[Turn]:
    return [(turn.began_at, turn.ended_at) for turn in turns if turn.step == step]


def follow(case_id: int, *, now: datetime) -> None:
    """Ends the turn a case has left, begins that of where it is, and counts when it runs out. Within the verb that moved the case, whose
    row it holds; a case that has not moved keeps its turn and is counted again."""
    case = models.Case.objects.select_related("office").get(pk=case_id)
    step = None if case.state == CaseState.CLOSED else STEPS.get(case.state, CaseStep.OUTSIDE)
    turn = case.turns.filter(ended_at=None).first()
    began = turn is None or turn.step != step
    if turn is not None and began:
        case.turns.filter(pk=turn.pk).update(ended_at=max(now, turn.began_at))  # a clock that was set back ends no turn before it began
    if step is None:
        if case.merged_into_id is None:  # a merger may be taken back, and the case is then what it was
            case.turns.filter(counts=True).update(counts=False)
        models.Case.objects.filter(pk=case.pk).update(due_at=None, late_at=None, tell_at=None, told=NOBODY)
        return
    if began:
        case.turns.create(step=step, office=_whose(case, step), began_at=max(now, turn.began_at) if turn else now)
    _count(case, began=began, now=now)


def _whose(case: models.Case, step: CaseStep) -> models.Office | None:
    if step == CaseStep.OUTSIDE:
        return None
    if step == CaseStep.OPENED or case.at_directorate:
        return case.office
    return models.Office.objects.get(active=True, kind=OfficeKind.DIRECTORATE)


def _count(case: models.Case, *, began: bool, now: datetime) -> None:
    """`began`: with this turn, so that nobody has been told of it yet."""
    edition = clock_edition.number()  # before what it stands for is read: a change in between is found by the sweep
    turns = list(case.turns.filter(counts=True).select_related("office").order_by("began_at", "id"))
    turn = next((one for one in turns if one.ended_at is None), None)
    deadline = models.CaseDeadline.objects.filter(step=turn.step, kind=case.kind).first() if turn else None
    due: datetime | None = None
    late: datetime | None = None
    if turn is not None and turn.office is not None and deadline is not None:
        hours, own = calendar(turn.office, joint_leave.days_off()), of_step(turns, turn.step)
        due = working_hours.due(hours, own, timedelta(hours=deadline.hours))
        late = working_hours.due(hours, own, timedelta(hours=deadline.hours + deadline.grace))
    # What runs out later than was thought has not run out: it is told when it does.
    told = NOBODY if began or due is None or due > now else case.told
    tell = {NOBODY: due, PERSON: late}.get(told)
    models.Case.objects.filter(pk=case.pk).update(due_at=due, late_at=late, tell_at=tell, told=told, clock_edition=edition)


def running() -> QuerySet[models.Case]:
    return models.Case.objects.filter(~Q(state=CaseState.CLOSED))


def keep(*, now: datetime) -> int:
    """Counts anew what was counted by older days off, hours or deadlines, then tells of what has run out. Returns how many cases."""
    edition = clock_edition.current()
    done = 0
    old = running().filter(clock_edition__lt=edition).order_by("id")
    for pk in list(old.values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            case = old.select_for_update(no_key=True).order_by("id").filter(pk=pk).first()
            if case is not None:
                _count(case, began=False, now=now)
                done += 1
    due = running().filter(tell_at__lte=now).order_by("tell_at", "id")
    for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            case = due.select_for_update(of=("self",), no_key=True).select_related("office", "responsible").filter(pk=pk).first()
            if case is not None:
                _tell(case, now=now)
                done += 1
    return done


def _tell(case: models.Case, *, now: datetime) -> None:
    """The person who has it, later the supervisor of that side: notice and mark are one transaction, so each is told once in a turn."""
    turn = case.turns.filter(ended_at=None).select_related("office").first()
    office = turn.office if turn is not None else None
    told: list[dict[str, Any]]
    if office is not None:
        if case.told == NOBODY:
            own = case.responsible
            known = own is not None and own.is_active and own.office_id == office.pk
            kind, told = "case_due", [{"person": own} if known else {"office": office}]
        else:
            kind, told = "case_late", [{"person": one} for one in _supervisors(office)] or [{"office": office}]
        models.Notice.objects.bulk_create(models.Notice(kind=kind, case=case, at=now, **one) for one in told)
    first = case.told == NOBODY and office is not None
    models.Case.objects.filter(pk=case.pk).update(told=PERSON if first else SUPERVISOR, tell_at=case.late_at if first else None)


def _supervisors(office: models.Office) -> list[models.Person]:
    """Of that office; where it has none, of the directorate."""
    found = models.Person.objects.filter(is_active=True, role=Role.SUPERVISOR).order_by("id")
    return list(found.filter(office=office)) or list(found.filter(office__kind=OfficeKind.DIRECTORATE))
