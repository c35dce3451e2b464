"""The key figures of the periods before the last, from what is kept of days and of ends: a look through no flag of years.

What is kept is what the events say (ADR 58), so the figures are those that counting the events gives; where an end is not kept yet they
are counted that way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from patrol.domain import Level
from patrol.models import Outcome, Tallied
from patrol.triage import tallies
from reports import queries
from reports.models import QueueEnd
from reports.period import IsoWeek, Period


@dataclass(frozen=True, slots=True)
class Told:
    """What a period says in a series. `hours`: the median from flag to decision, None where nothing was decided."""

    flagged: int
    high: int
    decided: int
    confirmed: int
    waiting: int
    hours: int | None


def told(office_id: int | None, periods: Sequence[Period], days: Mapping[date, Counter[str]]) -> list[Told] | None:
    """`periods`: of one kind, one after the other; `days` of all of them, as tallies.by_day gives them. None where an end is not kept.

    Four queries, of months and quarters five."""
    first, last = periods[0].first_day, periods[-1].last_day
    ends = QueueEnd.objects.filter(day__in=[one.last_day for one in periods])
    mine = ends if office_id is None else ends.filter(office=office_id)
    waiting = dict(mine.values_list("day").annotate(Sum("waiting")))
    begun = tallies.first_day(None)  # nobody waited before
    if any(one.last_day not in waiting for one in periods if begun is not None and one.last_day >= begun):
        return None
    high = tallies.by_day(office_id, first, last, level=Level.HIGH)
    more = corrected(office_id, periods)
    middles = queries.middles(office_id, [one.bounds() for one in periods])
    found = []
    for one, middle in zip(periods, middles, strict=True):
        happened: Counter[str] = Counter()
        raised = 0
        for day in one.days():
            happened.update(days.get(day, {}))
            raised += high.get(day, Counter())[Tallied.FLAGGED]
        happened.update(more[one])
        found.append(
            Told(
                flagged=happened[Tallied.FLAGGED],
                high=raised,
                decided=tallies.decided(happened),
                confirmed=happened[Tallied.CONFIRMED],
                waiting=waiting.get(one.last_day, 0),
                hours=middle,
            )
        )
    return found


def corrected(office_id: int | None, periods: Sequence[Period]) -> dict[Period, Counter[str]]:
    """By period and outcome how many more decisions a month or quarter counts than its days do. A day leaves out what was taken back within
    its week; a month what was taken back within the month. `periods`: as for `told`."""
    kind = type(periods[0])
    found: dict[Period, Counter[str]] = {one: Counter() for one in periods}
    if kind is IsoWeek:
        return found
    for made, back, outcome in queries.taken_back(office_id, periods[0].bounds()[0], periods[-1].bounds()[1]):
        in_days, in_period = IsoWeek.of(made) != IsoWeek.of(back), kind.of(made) != kind.of(back)
        found[kind.of(made)][Outcome.DISMISSED if outcome == Outcome.VICTIM else outcome] += in_period - in_days
    return found
