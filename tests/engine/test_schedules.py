"""When a watch may run: windows, quiet hours, quota, in every zone of an office."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.engine import schedules
from patrol.engine.schedules import Held, Hours, Shut, Window

WIB = ZoneInfo("Asia/Jakarta")
ZONES = [WIB, ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")]
WEEKDAYS = frozenset(range(5))


def wib(day: int, hour: int, minute: int = 0) -> datetime:
    """November 2026; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=WIB)


OFFICE = Hours(WIB, (Window(WEEKDAYS, time(8), time(16)),))
NIGHT = Hours(WIB, (Window(frozenset({4}), time(22), time(2)),))
CALM = Hours(WIB, quiet=(time(22), time(5)))


@pytest.mark.parametrize(
    ("hours", "at", "shut"),
    [
        (Hours(WIB), wib(23, 3), None),
        (OFFICE, wib(23, 8), None),
        (OFFICE, wib(23, 7, 59), Shut.WINDOW),
        (OFFICE, wib(23, 15, 59), None),
        (OFFICE, wib(23, 16), Shut.WINDOW),
        (OFFICE, wib(28, 10), Shut.WINDOW),  # Saturday
        (NIGHT, wib(27, 22), None),  # Friday evening
        (NIGHT, wib(28, 1, 59), None),  # and the night behind it
        (NIGHT, wib(28, 2), Shut.WINDOW),
        (NIGHT, wib(27, 1), Shut.WINDOW),  # the night before belongs to Thursday
        (CALM, wib(23, 21, 59), None),
        (CALM, wib(23, 22), Shut.QUIET),
        (CALM, wib(24, 4, 59), Shut.QUIET),
        (CALM, wib(24, 5), None),
    ],
)
def test_a_watch_is_open_from_the_first_minute_to_the_one_before_the_last(hours: Any, at: Any, shut: Any) -> None:
    assert hours.shut(at) == shut


SPLIT = Hours(WIB, (Window(WEEKDAYS, time(8), time(12)), Window(frozenset({5}), time(13), time(15))))


@pytest.mark.parametrize(
    ("at", "shut"),
    [
        (wib(23, 11, 59), None),  # Monday morning: only the first window
        (wib(23, 12), Shut.WINDOW),
        (wib(23, 13), Shut.WINDOW),  # the second is Saturday's
        (wib(28, 13), None),
        (wib(28, 11), Shut.WINDOW),
    ],
)
def test_of_two_windows_either_is_enough(at: Any, shut: Any) -> None:
    assert SPLIT.shut(at) == shut


def test_two_windows_that_never_meet_open_each_in_its_turn() -> None:
    assert SPLIT.ever
    assert SPLIT.opens(wib(23, 12)) == wib(24, 8)
    assert SPLIT.opens(wib(27, 12)) == wib(28, 13)


@pytest.mark.parametrize(
    ("hours", "at", "opens"),
    [
        (OFFICE, wib(23, 9), wib(23, 9)),
        (OFFICE, wib(23, 6), wib(23, 8)),
        (OFFICE, wib(27, 16), wib(30, 8)),  # Friday evening: Monday morning
        (NIGHT, wib(28, 2), wib(28, 2) + timedelta(days=6, hours=20)),
        (CALM, wib(23, 23), wib(24, 5)),
        (Hours(WIB, (Window(WEEKDAYS, time(8), time(16)),), (time(6), time(9))), wib(23, 6), wib(23, 9)),
        (Hours(WIB, (Window(WEEKDAYS, time(8), time(16)),), (time(7), time(17))), wib(23, 6), None),
    ],
)
def test_it_opens_at_the_first_moment_it_may(hours: Any, at: Any, opens: Any) -> None:
    assert hours.opens(at) == opens


def test_the_clock_is_the_office_s() -> None:
    at = wib(23, 7)  # 09.00 in Jayapura
    window = (Window(WEEKDAYS, time(8), time(16)),)
    assert [Hours(zone, window).shut(at) for zone in ZONES] == [Shut.WINDOW, None, None]


def test_hours_that_never_come_are_known_as_such() -> None:
    assert Hours(WIB).ever
    assert OFFICE.ever
    assert not Hours(WIB, (Window(WEEKDAYS, time(8), time(16)),), (time(8), time(16))).ever


def test_the_quota_holds_until_the_law_day_is_over_and_the_hours_let_it() -> None:
    at = wib(23, 10)
    assert schedules.held(Hours(WIB), at, used=99, quota=100) is None
    assert schedules.held(Hours(WIB), at, used=100, quota=100) == Held(Shut.QUOTA, wib(24, 0))
    assert schedules.held(OFFICE, at, used=100, quota=100) == Held(Shut.QUOTA, wib(24, 8))
    assert schedules.held(OFFICE, at, used=100, quota=None) is None
    assert schedules.held(OFFICE, wib(23, 17), used=0, quota=100) == Held(Shut.WINDOW, wib(24, 8))


def test_the_law_day_is_jakarta_s_also_for_an_office_in_papua() -> None:
    jayapura = Hours(ZONES[2])
    assert schedules.held(jayapura, wib(23, 23), used=1, quota=1) == Held(Shut.QUOTA, wib(24, 0))  # 02.00 WIT


@pytest.mark.parametrize(
    ("at", "pause", "used", "due"),
    [
        (wib(23, 9), 600, 0, wib(23, 9, 10)),
        (wib(23, 15, 55), 600, 0, wib(24, 8)),
        (wib(23, 9), 600, 5, wib(24, 8)),
        (wib(23, 9), 24 * 3600, 5, wib(24, 9)),  # tomorrow's quota is a new one
    ],
)
def test_the_next_due_time_lies_in_the_hours_and_under_the_quota(at: Any, pause: int, used: int, due: Any) -> None:
    assert schedules.due(OFFICE, at, pause, used=used, quota=5) == due


def test_what_is_kept_is_read_again_and_anything_else_is_refused() -> None:
    kept = {"days": [0, 4], "from": "08:00", "to": "16:30"}
    window = Window.read(kept)
    assert window == Window(frozenset({0, 4}), time(8), time(16, 30))
    assert window.kept() == kept
    for wrong in (
        {},
        {"days": [], "from": "08:00", "to": "16:00"},
        {"days": [7], "from": "08:00", "to": "16:00"},
        {"days": [1], "from": "8", "to": "x"},
        {"days": [1], "from": "08:00+07:00", "to": "16:00"},
        {"days": 3, "from": None, "to": ""},
    ):
        with pytest.raises(ValueError, match=r"^a window has"):
            Window.read(wrong)


@pytest.mark.parametrize(
    ("begin", "end", "quiet"),
    [
        (time(22), time(5), (time(22), time(5))),
        (time(0), time(5), (time(0), time(5))),
        (None, None, None),
        (time(22), None, None),
        (None, time(5), None),
    ],
)
def test_quiet_hours_are_read_where_they_have_a_beginning_and_an_end(begin: Any, end: Any, quiet: Any) -> None:
    kept = {"days": [0, 4], "from": "08:00", "to": "16:30"}
    hours = Hours.read("Asia/Jayapura", [kept], begin, end)
    assert hours == Hours(ZONES[2], (Window.read(kept),), quiet)
    assert Hours.read("Asia/Jayapura", [], begin, end).shut(wib(23, 23)) is (Shut.QUIET if quiet else None)


def test_where_nothing_was_seen_yet_a_quota_of_one_is_no_hindrance() -> None:
    assert schedules.held(Hours(WIB), wib(23, 10), quota=1) is None
    assert schedules.due(Hours(WIB), wib(23, 10), 0, quota=1) == wib(23, 10)


# --- laws -----------------------------------------------------------------------------------------

clocks = st.times(timezones=st.none()).map(lambda clock: clock.replace(second=0, microsecond=0))
windows = st.builds(Window, st.frozensets(st.integers(0, 6), min_size=1), clocks, clocks)
quiets = st.none() | st.tuples(clocks, clocks).filter(lambda pair: pair[0] != pair[1])
some_hours = st.builds(Hours, st.sampled_from(ZONES), st.lists(windows, max_size=3).map(tuple), quiets)
moments = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001
    max_value=datetime(2027, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(some_hours, moments)
def test_it_opens_when_it_is_open_and_not_a_minute_too_late(hours: Any, at: Any) -> None:
    opens = hours.opens(at)
    if opens is None:
        # Every quarter of an hour of a week: never open.
        assert all(hours.shut(at + timedelta(minutes=15 * n)) for n in range(4 * 24 * 8))
        return
    assert opens >= at
    assert hours.shut(opens) is None
    if opens > at:
        assert hours.shut(at) is not None
        assert hours.shut(opens - timedelta(seconds=1)) is not None
        assert all(hours.shut(at + (opens - at) * n / 50) for n in range(50))


@given(some_hours, moments, st.floats(0, 1e6), st.integers(0, 20), st.none() | st.integers(1, 10))
def test_what_is_due_may_run(hours: Any, at: Any, pause: Any, used: Any, quota: Any) -> None:
    due = schedules.due(hours, at, pause, used=used, quota=quota)
    if due is None:
        assert not hours.ever
        return
    assert due >= at + timedelta(seconds=pause)
    assert hours.shut(due) is None
    if quota is not None and used >= quota:
        assert schedules.law_day(due) > schedules.law_day(at)


@given(windows)
def test_a_window_is_kept_and_read_as_it_was(window: Any) -> None:
    assert Window.read(window.kept()) == window
