"""A line of the list of periods: of what was frozen as it was frozen, else of days and ends as they are kept.

That a line is what its summary would say: tests/reports/test_histories.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patrol import domain
from reports import ends, period_list, signing, summary
from reports.models import WeeklySummary
from reports.period import KINDS, IsoWeek, Month, Period
from reports.period_list import State
from tests.reports.conftest import Patrol

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 12, tzinfo=domain.LAW_ZONE)
WEEK = IsoWeek.of(NOW)


def at(day: int, hour: int = 9, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=domain.LAW_ZONE)


@pytest.fixture
def world(patrol: Patrol) -> Any:
    """A flag on the third of November that still waits, one of this week that was decided."""
    patrol.java = patrol.office("jateng")  # type: ignore[attr-defined]
    patrol.directorate()
    patrol.post(patrol.offices["jateng"], at(3), level="high")
    flag = patrol.post(patrol.offices["jateng"], at(24))
    assert flag is not None
    patrol.decide(flag, "dismissed", at(25), patrol.person("officer", patrol.offices["jateng"]))
    ends.keep(now=NOW)
    return patrol


def told(office: int | None, listed: list[Period]) -> list[tuple[Any, ...]]:
    lines = period_list.lines(office, listed, NOW)
    return [(line.state, line.flagged, line.decided, line.waiting, line.oldest, line.late) for line in lines]


def test_the_list_begins_with_the_first_week_with_anything_in_it(world: Any) -> None:
    java = world.java.pk
    assert period_list.periods(java, "week", NOW) == list(WEEK.last(4)[::-1])
    assert period_list.periods(None, "month", NOW) == [Month.of(NOW), Month.of(NOW).previous()]
    assert period_list.periods(world.office("aceh").pk, "week", NOW) == [WEEK, WEEK.previous()]  # nothing yet
    supervisor = world.person("supervisor", world.java)
    summary.freeze(office_id=java, period=WEEK.shifted(-8), by=supervisor, now=NOW)
    assert period_list.periods(java, "week", NOW) == list(WEEK.last(9)[::-1])
    assert len(period_list.periods(None, "week", NOW)) == 4


def test_a_line_says_what_came_and_what_waited(world: Any) -> None:
    assert told(world.java.pk, period_list.periods(world.java.pk, "week", NOW)) == [
        (State.RUNNING, 1, 1, 1, 531, 1),
        (State.DRAFT, 0, 0, 1, 471, 1),
        (State.DRAFT, 0, 0, 1, 303, 1),
        (State.DRAFT, 1, 0, 1, 135, 1),
    ]
    assert told(None, [Month.of(NOW)]) == [(State.RUNNING, 2, 1, 1, 531, 1)]
    assert told(world.office("aceh").pk, [WEEK]) == [(State.RUNNING, 0, 0, 0, None, 0)]
    assert told(None, [WEEK.shifted(-60)]) == [(State.DRAFT, 0, 0, None, None, None)]  # before anything was counted
    assert told(None, []) == []


def test_what_is_frozen_is_not_counted_again(world: Any) -> None:
    java, supervisor, second = world.java, world.person("supervisor", world.java), world.person("supervisor", world.java)
    week = WEEK.shifted(-3)
    edition = summary.freeze(office_id=java.pk, period=week, by=supervisor, now=NOW)
    summary.freeze(office_id=java.pk, period=WEEK, by=supervisor, now=NOW)
    WeeklySummary.objects.create(
        **{name: getattr(edition, name) for name in ("office", "kind", "register_date", "frozen_at", "frozen_by", "sha256", "year")},
        week=week.ordinal + 1,
        edition=1,
        figures={**edition.figures, "flow": {**edition.figures["flow"], "flagged": 7, "end": 9}, "limits": [], "oldest_hours": None},
    )
    listed = period_list.periods(java.pk, "week", NOW)
    assert told(java.pk, listed) == [
        (State.PRELIMINARY, 1, 1, 1, 531, 1),
        (State.DRAFT, 0, 0, 1, 471, 1),
        (State.FROZEN, 7, 0, 9, None, None),
        (State.FROZEN, 1, 0, 1, 135, 1),
    ]
    for place, by in (("author", supervisor), ("second", second)):
        signing.sign(summary_id=edition.pk, place=place, seen=edition.sha256, by=by, now=NOW)
        assert told(java.pk, [week])[0][0] == (State.FROZEN if place == "author" else State.SIGNED)


def test_a_month_leaves_out_what_was_taken_back_within_it(world: Any) -> None:
    officer = world.person("officer", world.java)
    flag = world.post(world.java, at(10))
    world.take_back(world.decide(flag, "confirmed", at(11), officer), at(24), officer)
    weeks = told(world.java.pk, list(WEEK.last(3)[::-1]))
    assert [line[2] for line in weeks] == [1, 0, 1]
    assert told(None, [Month.of(NOW)])[0][2] == told(world.java.pk, [Month.of(NOW)])[0][2] == 1
    assert told(world.office("aceh").pk, [Month.of(NOW)])[0][2] == 0


def test_a_month_counts_what_was_taken_back_after_it_though_in_the_same_week(world: Any) -> None:
    officer, december = world.person("officer", world.java), at(2, month=12)
    for hour in (10, 12):
        flag = world.post(world.java, at(28))
        decision = world.decide(flag, "confirmed", at(30, hour), officer)
        if hour == 10:
            world.take_back(decision, at(1, month=12), officer)
    november, quarter = (KINDS[kind].of(at(30)) for kind in ("month", "quarter"))

    def line(period: Period) -> int:
        (listed,) = period_list.lines(world.java.pk, [period], december)
        counted = summary.collect(office=world.java, period=period, now=december)
        assert listed.decided == sum(row.now for row in counted.decisions)
        return listed.decided

    assert [line(period) for period in (november, quarter, IsoWeek.of(at(30)))] == [3, 2, 1]


@pytest.mark.parametrize(("kind", "queries"), [("week", 4), ("month", 5)])
def test_two_years_cost_what_a_week_costs(world: Any, kind: str, queries: int) -> None:
    listed = list(KINDS[kind].of(NOW).last(104 if kind == "week" else 24)[::-1])
    for part in (listed[:1], listed):
        with CaptureQueriesContext(connection) as asked:
            assert len(period_list.lines(world.java.pk, part, NOW)) == len(part)
        assert len(asked) == queries
