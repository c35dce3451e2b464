"""What the library says of Indonesia, against what was decreed."""

from __future__ import annotations

from datetime import date

import pytest

from patrol.engine import national_holidays


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 3, 31), "Hari Raya Idul Fitri"),
        (date(2025, 4, 1), "Hari kedua dari Hari Raya Idul Fitri"),
        (date(2025, 6, 6), "Hari Raya Idul Adha"),
        (date(2026, 3, 21), "Hari Raya Idul Fitri"),
        (date(2026, 3, 22), "Hari kedua dari Hari Raya Idul Fitri"),
        (date(2026, 5, 27), "Hari Raya Idul Adha"),
        (date(2027, 3, 10), "Hari Raya Idul Fitri (perkiraan)"),
        (date(2027, 3, 11), "Hari kedua dari Hari Raya Idul Fitri (perkiraan)"),
        (date(2027, 5, 17), "Hari Raya Idul Adha (perkiraan)"),
        (date(2026, 8, 17), "Hari Kemerdekaan Republik Indonesia"),
        (date(2026, 12, 25), "Hari Raya Natal"),
    ],
)
def test_holidays_by_the_moon_and_by_the_sun(day: date, name: str) -> None:
    assert national_holidays.of_year(day.year)[day] == name
    assert national_holidays.is_one(day)


@pytest.mark.parametrize("day", [date(2026, 3, 20), date(2026, 12, 24), date(2026, 11, 23)])
def test_joint_leave_and_working_days_are_none(day: date) -> None:
    assert not national_holidays.is_one(day)


@pytest.mark.parametrize(("year", "many"), [(2025, 17), (2026, 17), (2027, 18)])
def test_a_year_has_as_many_as_were_decreed(year: int, many: int) -> None:
    """17 national holidays a year by decree. 2027 holds Isra Mikraj twice."""
    assert len(national_holidays.of_year(year)) == many
