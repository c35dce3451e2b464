"""The clock of a case in words: how many working hours are left, how many it is over, or that it is paused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from patrol import models
from patrol.admin.shared import words
from patrol.cases import clock, joint_leave
from patrol.domain.states import CaseState
from patrol.engine import working_hours
from patrol.models import CaseStep, OfficeKind

_SOON: Final = timedelta(hours=2)  # of working time left: amber
_PAUSES: Final = (CaseStep.OPENED, CaseStep.IN_ANALYSIS)  # may go on later; that an escalated case is taken does not


def running(cases: Sequence[models.Case], now: datetime) -> dict[int, dict[str, Any]]:
    """For each case that is not closed the clock of whose turn it is; none where no deadline is known. Two queries."""
    turns: dict[int, list[models.CaseTurn]] = {}
    asked = models.CaseTurn.objects.filter(case__in=[case.pk for case in cases], counts=True).select_related("office")
    for turn in asked.order_by("began_at", "id"):
        turns.setdefault(turn.case_id, []).append(turn)
    leave = joint_leave.days_off()
    found = {case.pk: _clock(case, turns.get(case.pk, []), leave, now) for case in cases}
    return {key: one for key, one in found.items() if one}


def of_page(case: models.Case, now: datetime) -> list[dict[str, Any]]:
    """The clock that runs, and those of the other side that wait; none of a closed case."""
    if case.state == CaseState.CLOSED:
        return []
    turns = list(case.turns.filter(counts=True).select_related("office").order_by("began_at", "id"))
    here = _clock(case, turns, joint_leave.days_off(), now)
    at = next((turn.step for turn in turns if turn.ended_at is None), "")
    waiting = {turn.step: turn for turn in turns if turn.step in _PAUSES and turn.step != at}
    paused = [
        {"step": f"{_step(turn)} ({turn.office.short_name})", "badge": words.CLOCK_PAUSED} for turn in waiting.values() if turn.office
    ]
    return [*([here] if here and at != CaseStep.OUTSIDE else []), *paused]


def _step(turn: models.CaseTurn) -> words.Title:
    """A case of the directorate's own is escalated to nobody: it is referred or closed from the start."""
    own = turn.step == CaseStep.OPENED and turn.office is not None and turn.office.kind == OfficeKind.DIRECTORATE
    return words.CASE_STEPS[CaseStep.IN_ANALYSIS if own else turn.step]


def _clock(case: models.Case, turns: Sequence[models.CaseTurn], leave: Any, now: datetime) -> dict[str, Any] | None:
    turn = next((one for one in turns if one.ended_at is None), None)
    if turn is None or case.state == CaseState.CLOSED:
        return None
    step = _step(turn)
    if turn.office is None:
        return {"step": step, "badge": words.CLOCK_PAUSED}
    if case.due_at is None:
        return None
    left = working_hours.left(clock.calendar(turn.office, leave), clock.of_step(turns, turn.step), case.due_at, now)
    amount = words.working(left)
    if now >= case.due_at:
        badge = words.Badge(_("overdue %(time)s") % {"time": amount}, "high", "schedule")
        says = _("counted in working hours, since %(moment)s")
    else:
        badge = words.Badge(_("%(time)s left") % {"time": amount}, "med" if left < _SOON else "plain", "schedule")
        says = _("counted in working hours, until %(moment)s")
    return {"step": step, "badge": badge, "counts": says % {"moment": words.moment(case.due_at)}}
