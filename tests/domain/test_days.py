"""Days and hours as people write them."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from patrol.domain import days

DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "4/3/2026",
        "04/03/2026",
        "4-3-2026",
        "4.3.2026",
        "2026-03-04",
        "2026-3-4",
        " 4  Maret 2026 ",
        "4 mar 2026",
        "4 March 2026",
        "4-Mar-2026",
        "Rab, 4 Mar 2026",
        "rabu,4 maret 2026",
    ],
)
def test_a_day_is_read_in_the_ways_people_write_it(text: str) -> None:
    assert days.read(text) == DAY


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("5 Ags 2026", 8),
        ("5 Agt 2026", 8),
        ("5 Agu 2026", 8),
        ("5 Mei 2026", 5),
        ("5 May 2026", 5),
        ("5 Okt. 2026", 10),
        ("5 Nop 2026", 11),
        ("5 Des 2026", 12),
    ],
)
def test_months_go_by_their_names(text: str, month: int) -> None:
    assert days.read(text) == date(2026, month, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "besok",
        "4/3/26",
        "3/24/2026",
        "29/2/2027",
        "4/3-2026",
        "4 ma 2026",
        "4 maretan 2026",
        "4 Xyz 2026",
        "4/3/2026 10.00",
        "0/1/2026",
        "4/3/2026\0",
        "٤/٣/٢٠٢٦",
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert days.read(text) is None


@pytest.mark.parametrize(
    ("text", "hour"), [("14.30", time(14, 30)), (" 7:05 ", time(7, 5)), ("24.00", None), ("14", None), ("14.60", None), ("2.30 PM", None)]
)
def test_hours(text: str, hour: time | None) -> None:
    assert days.hour(text) == hour


@pytest.mark.parametrize(
    "text",
    ["4/3/2026 14.30", "4 Mar 2026, 14:30", "4 Maret 2026 pukul 14.30", "4 Mar 2026 pk. 14.30", "2026-03-04T14:30", "2026-03-04 14.30"],
)
def test_a_moment_is_a_day_and_an_hour(text: str) -> None:
    assert days.moment(text) == datetime(2026, 3, 4, 14, 30)  # noqa: DTZ001 -- as typed, without a zone


@pytest.mark.parametrize("text", ["4/3/2026", "14.30", "4/3/2026 25.00", "4/3/2026 14.30 besok", "x" * 50])
def test_a_day_without_an_hour_is_no_moment(text: str) -> None:
    assert days.moment(text) is None
