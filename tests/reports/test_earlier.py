"""The series of a summary from what is kept of days and ends: the figures that counting all events gives."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from patrol import domain
from patrol.models import Office
from reports import earlier, ends, summary
from reports.models import QueueEnd
from reports.period import IsoWeek, Month, Period, Quarter

SEED = 20261130
BEGAN = datetime(2026, 1, 5, 9, tzinfo=domain.LAW_ZONE)
NOW = datetime(2026, 11, 23, 10, 47, tzinfo=domain.LAW_ZONE)
PERIODS: tuple[Period, ...] = (IsoWeek(2026, 11), IsoWeek(2026, 47), Month(2026, 6), Month(2026, 11), Quarter(2026, 4))
HARD = ("2026-03-31", "2026-04-01", "2026-06-30", "2026-07-01")  # a week with days of two months, and of two quarters


@pytest.fixture
def long(patrol: Any) -> Any:
    """Eleven months: decided at once, late and not at all; taken back within the week, the month, the quarter and later; handed over."""
    chance = random.Random(SEED)
    java, lampung = patrol.office("jateng"), patrol.office("lampung")
    officer = patrol.person("officer", java)
    for number in range(90):
        made = BEGAN + timedelta(days=3.4 * number, hours=chance.randrange(12))
        if number % 4 == 0:
            made = datetime.fromisoformat(f"{chance.choice(HARD)}T08:00:00+07:00")
        flag = patrol.post(java if number % 3 else lampung, made, level=chance.choice(["high", "medium", "low"]))
        if flag.state != "waiting":
            continue
        if chance.random() < 0.2:
            patrol.hand_over(flag, lampung if flag.office_id == java.pk else java, made + timedelta(hours=2))
        for _decided in range(chance.choice([0, 1, 1, 2])):
            made += timedelta(hours=chance.choice([3, 20, 70]))
            decision = patrol.decide(flag, chance.choice(["confirmed", "dismissed", "needs_information"]), made, officer)
            if chance.random() < 0.4:
                break
            made += timedelta(hours=chance.choice([1, 16, 60, 24 * 20, 24 * 80]))
            patrol.take_back(decision, made, officer)
    patrol.offices_asked = (None, java, lampung)
    return patrol


def test_a_series_is_what_counting_all_events_gives(long: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> dict[tuple[Office | None, Period], Any]:
        return {
            (office, period): summary.collect(office=office, period=period, now=NOW) for office in long.offices_asked for period in PERIODS
        }

    monkeypatch.setattr(ends, "SECONDS", 600.0)
    assert ends.keep(now=NOW) > 40
    asked: list[Any] = []

    def noted(*given: Any) -> Any:
        asked.append(kept(*given))
        return asked[-1]

    kept = earlier.told
    monkeypatch.setattr(earlier, "told", noted)
    from_kept = told()
    assert all(asked)
    monkeypatch.setattr(earlier, "told", lambda *given: None)
    for key, figures in told().items():
        assert figures.measures == from_kept[key].measures, key
        assert figures == from_kept[key], key
    assert sum(one or 0 for one in from_kept[None, Quarter(2026, 4)].measure("decided").series) > 20
    apart = [count for months in earlier.corrected(None, Month(2026, 11).last(11)).values() for count in months.values()]
    assert min(apart) < 0 < max(apart)  # months say fewer than their days, and more


def test_where_an_end_is_not_kept_yet_all_is_counted(long: Any) -> None:
    series = IsoWeek(2026, 47).last(10)
    assert earlier.told(None, series, {}) is None
    ends.keep(now=NOW)
    while ends.keep(now=NOW):
        pass
    assert earlier.told(None, series, {}) is not None
    QueueEnd.objects.filter(day=series[0].last_day).delete()
    assert earlier.told(None, series, {}) is None
    before = IsoWeek(2025, 20).last(10)  # nobody was there
    assert [one.waiting for one in earlier.told(None, before, {}) or ()] == [0] * 10
