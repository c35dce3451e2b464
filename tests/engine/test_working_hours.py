"""Working hours: laws, and a slow recount minute by minute, in every zone of an office."""

from __future__ import annotations

import itertools
from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol.engine import working_hours
from patrol.engine.working_hours import Calendar

WIB, WITA, WIT = (ZoneInfo(f"Asia/{name}") for name in ("Jakarta", "Makassar", "Jayapura"))
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
HOLIDAY = date(2026, 11, 25)  # a Wednesday, invented
OFFICE = Calendar(WIB, time(8), time(16), {HOLIDAY})


def wib(day: int, hour: int, minute: int = 0, zone: ZoneInfo = WIB) -> datetime:
    """November 2026; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (wib(23, 9), 1, wib(23, 10)),
        (wib(23, 15), 1, wib(23, 16)),  # the end of a day, not the beginning of the next
        (wib(23, 15), 2, wib(24, 9)),
        (wib(24, 15), 2, wib(26, 9)),  # over the holiday
        (wib(25, 10), 1, wib(26, 9)),
        (wib(27, 15), 2, wib(30, 9)),  # over the weekend
        (wib(23, 3), 1, wib(23, 9)),
        (wib(23, 20), 0, wib(23, 20)),
    ],
)
def test_working_time_passes_only_while_the_office_works(start: datetime, hours: int, end: datetime) -> None:
    assert working_hours.after(OFFICE, start, hours * HOUR) == end
    assert working_hours.worked(OFFICE, start, end) == hours * HOUR


def test_the_same_moment_is_another_wall_clock_in_each_zone() -> None:
    eastern = Calendar(WIT, time(8), time(16), ())
    assert working_hours.worked(eastern, wib(23, 5), wib(23, 7)) == HOUR  # 07.00 to 09.00 WIT
    assert working_hours.worked(OFFICE, wib(23, 5), wib(23, 7)) == timedelta()
    # Sunday evening at UTC is Monday morning in Papua, and the holiday begins there by its own midnight.
    assert working_hours.worked(eastern, datetime(2026, 11, 22, 23, tzinfo=UTC), datetime(2026, 11, 23, 0, tzinfo=UTC)) == HOUR


def test_what_lies_between_turns_is_a_pause() -> None:
    turns = [(wib(23, 9), wib(23, 11)), (wib(24, 10), None)]
    assert working_hours.spent(OFFICE, turns, wib(24, 11)) == 3 * HOUR
    assert working_hours.due(OFFICE, turns, 2 * HOUR) == wib(23, 11)
    assert working_hours.due(OFFICE, turns, 3 * HOUR) == wib(24, 11)
    assert working_hours.due(OFFICE, turns[:1], 3 * HOUR) is None
    assert working_hours.due(OFFICE, turns[:1], 2 * HOUR) == wib(23, 11)
    assert working_hours.left(OFFICE, turns, wib(24, 11), wib(24, 10, 30)) == 30 * MINUTE
    assert working_hours.left(OFFICE, turns, wib(23, 10), wib(24, 11)) == -2 * HOUR  # one in each turn; the night and the pause are none


def test_a_calendar_without_working_days_is_not_searched_for_ever() -> None:
    class Always(Container[date]):
        def __contains__(self, day: object) -> bool:
            return True

    with pytest.raises(ValueError, match="ten years"):
        working_hours.after(Calendar(WIB, time(8), time(16), Always()), wib(23, 9), HOUR)


# --- laws -----------------------------------------------------------------------------------------

moments = st.integers(0, 9 * 24 * 60).map(lambda minutes: datetime(2026, 11, 20, tzinfo=UTC) + minutes * MINUTE)
days_off = st.frozensets(st.integers(0, 12).map(lambda n: date(2026, 11, 20) + timedelta(days=n)), max_size=3)
calendars = st.builds(
    lambda zone, opens, length, off: Calendar(
        zone, time(opens // 60, opens % 60), time((opens + length) // 60, (opens + length) % 60), off
    ),
    st.sampled_from([WIB, WITA, WIT]),
    st.integers(0, 12 * 60),
    st.integers(30, 11 * 60),
    days_off,
)
amounts = st.integers(0, 3000).map(lambda minutes: minutes * MINUTE)


def recounted(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """One minute after the other, each asked of the wall clock."""
    many, at = 0, start
    while at < end:
        local = at.astimezone(calendar.zone)
        open_now = calendar.opens <= local.time() < calendar.closes
        many += open_now and local.weekday() < 5 and local.date() not in calendar.off
        at += MINUTE
    return many * MINUTE


@settings(max_examples=40)
@given(calendars, moments, st.integers(0, 4 * 24 * 60))
def test_it_agrees_with_a_recount_minute_by_minute(calendar: Any, start: Any, length: int) -> None:
    end = start + length * MINUTE
    assert working_hours.worked(calendar, start, end) == recounted(calendar, start, end)


@given(calendars, moments, moments, moments)
def test_it_adds_up_and_never_runs_backwards(calendar: Any, one: Any, two: Any, three: Any) -> None:
    a, b, c = sorted([one, two, three])
    assert working_hours.worked(calendar, a, c) == working_hours.worked(calendar, a, b) + working_hours.worked(calendar, b, c)
    assert working_hours.worked(calendar, a, b) <= working_hours.worked(calendar, a, c)
    assert working_hours.worked(calendar, c, a) == timedelta()
    assert timedelta() <= working_hours.worked(calendar, a, b) <= b - a


@given(calendars, moments, amounts, amounts)
def test_what_was_added_is_found_again(calendar: Any, start: Any, amount: Any, more: Any) -> None:
    end = working_hours.after(calendar, start, amount)
    assert working_hours.worked(calendar, start, end) == amount
    assert end >= start
    assert working_hours.after(calendar, end, more) == working_hours.after(calendar, start, amount + more)
    # the first such moment: a minute earlier there was less
    assert amount == timedelta() or working_hours.worked(calendar, start, end - MINUTE) < amount


@given(calendars, moments, moments, days_off)
def test_a_day_off_counts_for_nothing(calendar: Any, one: Any, two: Any, more: Any) -> None:
    start, end = sorted([one, two])
    for day in calendar.off:
        midnight = datetime.combine(day, time(), calendar.zone)
        assert working_hours.worked(calendar, midnight, midnight + timedelta(days=1)) == timedelta()
    fewer = Calendar(calendar.zone, calendar.opens, calendar.closes, calendar.off | more)
    assert working_hours.worked(fewer, start, end) <= working_hours.worked(calendar, start, end)


@given(calendars, st.lists(moments, min_size=2, max_size=6, unique=True), amounts)
def test_turns_count_like_one_turn_without_its_pauses(calendar: Any, borders: Any, allowed: Any) -> None:
    borders = sorted(borders)[: len(borders) // 2 * 2]
    turns: list[Any] = list(zip(borders[::2], borders[1::2], strict=True))
    end = turns[-1][1]
    pauses = sum((working_hours.worked(calendar, a[1], b[0]) for a, b in itertools.pairwise(turns)), timedelta())
    spent = working_hours.spent(calendar, turns, end)
    assert spent == working_hours.worked(calendar, turns[0][0], end) - pauses
    due = working_hours.due(calendar, turns, allowed)
    assert (due is None) == (spent < allowed)
    if due is not None:
        assert working_hours.spent(calendar, turns, due) == allowed
        assert working_hours.left(calendar, turns, due, end) == allowed - spent
