"""The ISO week: year ends, long years, Jakarta's midnight."""

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain
from reports.period import FIRST_YEAR, KINDS, LAST_YEAR, IsoWeek, Month, NoSuchPeriodError, Period, Quarter, period_of, weeks_of, written

days = st.dates(date(2001, 1, 1), date(2998, 12, 31))
weeks = days.map(IsoWeek.of_day)
moments = st.datetimes(datetime(2001, 1, 1), datetime(2998, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 -- hypothesis wants naive bounds


@given(weeks)
def test_text_and_back(week: Any) -> None:
    assert IsoWeek.from_text(str(week)) == week


@given(weeks)
def test_next_undoes_previous_and_the_weeks_touch(week: Any) -> None:
    assert week.previous().next() == week
    assert week.bounds()[1] == week.next().bounds()[0]
    assert week.previous() < week < week.next()


@given(moments)
def test_a_moment_lies_in_its_week(moment: Any) -> None:
    start, end = IsoWeek.of(moment).bounds()
    assert start <= moment < end


@given(weeks)
def test_a_week_is_seven_days_from_monday(week: Any) -> None:
    start, end = week.bounds()
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(days=7)
    assert [day.isoweekday() for day in week.days()] == [1, 2, 3, 4, 5, 6, 7]
    assert {IsoWeek.of_day(day) for day in week.days()} == {week}


@given(st.integers(FIRST_YEAR, LAST_YEAR))
def test_a_year_has_all_its_weeks_and_not_one_more(year: Any) -> None:
    last = IsoWeek(year, weeks_of(year))
    if year < LAST_YEAR:
        assert last.next() == IsoWeek(year + 1, 1)
    with pytest.raises(NoSuchPeriodError):
        IsoWeek(year, weeks_of(year) + 1)


@given(weeks, st.integers(1, 60))
def test_last_weeks_end_here_without_a_gap(week: Any, count: Any) -> None:
    series = week.last(count)
    assert len(series) == count
    assert series[-1] == week
    assert all(one.next() == other for one, other in itertools.pairwise(series))


def test_a_long_year() -> None:
    assert weeks_of(2026) == 53
    assert IsoWeek.of_day(date(2027, 1, 3)) == IsoWeek(2026, 53)
    assert IsoWeek(2026, 53).label == domain.Sentence(
        id="Minggu 53, 28 Desember 2026 – 3 Januari 2027", en="Week 53, 28 December 2026 – 3 January 2027"
    )
    assert IsoWeek(2026, 53).next() == IsoWeek(2027, 1)


def test_the_week_turns_at_midnight_in_jakarta() -> None:
    """Sunday 23.59 WIB is 16.59 UTC; the same moment in Jayapura is Monday already, and counts as Sunday."""
    late = datetime(2026, 11, 22, 16, 59, tzinfo=UTC)
    assert IsoWeek.of(late) == IsoWeek(2026, 47)
    assert IsoWeek.of(late + timedelta(minutes=1)) == IsoWeek(2026, 48)
    assert IsoWeek.of(late.astimezone(ZoneInfo("Asia/Jayapura"))) == IsoWeek(2026, 47)


def test_labels() -> None:
    assert IsoWeek(2026, 47).label == domain.Sentence(id="Minggu 47, 16–22 November 2026", en="Week 47, 16–22 November 2026")
    assert IsoWeek(2026, 49).span == domain.Sentence(id="30 November – 6 Desember 2026", en="30 November – 6 December 2026")
    assert IsoWeek(2026, 47).short == domain.Sentence(id="M47", en="W47")
    assert written(date(2026, 8, 1)) == domain.Sentence(id="1 Agustus 2026", en="1 August 2026")


def test_begun_and_over() -> None:
    week = IsoWeek(2026, 47)
    start, end = week.bounds()
    second = timedelta(seconds=1)
    assert [week.has_begun(moment) for moment in (start - second, start, end)] == [False, True, True]
    assert [week.is_over(moment) for moment in (start, end - second, end)] == [False, False, True]


@pytest.mark.parametrize("text", ["", "2026", "2026-47", "2026-W00", "2026-W54", "2025-W53", "1999-W01", "٢٠٢٦-W47", "2026-W47 x"])
def test_what_is_no_week(text: str) -> None:
    with pytest.raises(NoSuchPeriodError):
        IsoWeek.from_text(text)


def test_forgiving_forms() -> None:
    assert IsoWeek.from_text(" 2026-w7 ") == IsoWeek(2026, 7)


def test_a_naive_moment_belongs_to_no_week() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        IsoWeek.of(datetime(2026, 11, 23))  # noqa: DTZ001 -- the fault under test


# --- months and quarters ------------------------------------------------------------------------------------


periods = st.one_of([days.map(kind.of_day) for kind in KINDS.values()])


@given(periods)
def test_every_kind_touches_its_neighbours_and_is_read_back(period: Any) -> None:
    assert Period.from_text(str(period)) == period == type(period).from_text(str(period))
    assert period_of(period.kind, period.year, period.ordinal) == period
    assert period.bounds()[1] == period.next().bounds()[0]
    assert period.previous().next() == period
    assert {type(period).of_day(day) for day in period.days()} == {period}
    assert period.last(3)[0].shifted(2) == period


@given(periods)
def test_the_parts_are_its_days_without_a_gap(period: Any) -> None:
    assert tuple(day for part in period.parts() for day in part.days()) == period.days()
    if period.parts_compare:
        assert len(period.parts()) == len(period.previous().parts())


def test_the_parts_of_each_kind() -> None:
    assert [(part.first.day, part.last.day) for part in Month(2026, 11).parts()] == [(1, 1), (2, 8), (9, 15), (16, 22), (23, 29), (30, 30)]
    assert [(part.first.month, part.last.day) for part in Quarter(2024, 1).parts()] == [(1, 31), (2, 29), (3, 31)]
    assert len(IsoWeek(2026, 47).parts()) == 7


def test_months_and_quarters_in_words() -> None:
    assert Month(2026, 8).label == domain.Sentence(id="Agustus 2026", en="August 2026")
    assert Month(2026, 8).short == domain.Sentence(id="Agu 2026", en="Aug 2026")
    assert Quarter(2026, 4).label == domain.Sentence(id="Triwulan IV, Oktober–Desember 2026", en="Quarter 4, October–December 2026")
    assert Quarter(2026, 4).short == domain.Sentence(id="TW IV 2026", en="Q4 2026")
    assert [str(one) for one in (Month(2026, 3), Quarter(2026, 2))] == ["2026-03", "2026-Q2"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [(Month, "2026-13"), (Month, "2026-W47"), (Month, "2026-00"), (Quarter, "2026-Q5"), (Quarter, "2026-04"), (Period, "2026")],
)
def test_what_is_no_month_and_no_quarter(kind: Any, text: str) -> None:
    with pytest.raises(NoSuchPeriodError):
        kind.from_text(text)
