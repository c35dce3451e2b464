"""The next numbers of a series, counted by year in Asia/Jakarta, without holes: what is rolled back is taken again."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from patrol.domain import LAW_ZONE, SERIES


def take(name: str, count: int, *, now: datetime) -> list[str]:
    """The next numbers of a series of domain.SERIES. Runs inside the caller's transaction and holds the series until its end."""
    if count == 0:
        return []
    year, last = _counted(name, count, now)
    return [f"{name}-{year % 100:02d}-{number:0{SERIES[name]}d}" for number in range(last - count + 1, last + 1)]


def next_letter(unit: str, *, now: datetime) -> tuple[int, int]:
    """The next number of an office's letters, and its year. `unit` is the office's code. As `take`."""
    year, number = _counted(f"letter:{unit}", 1, now)
    return number, year


def next_card(unit: str, *, now: datetime) -> tuple[int, int]:
    """The next number of an office's warning cards, and its year. As `next_letter`."""
    year, number = _counted(f"card:{unit}", 1, now)
    return number, year


def next_minutes(unit: str, *, now: datetime) -> tuple[int, int]:
    """The next number of an office's minutes of evidence, and its year. As `next_letter`."""
    year, number = _counted(f"minutes:{unit}", 1, now)
    return number, year


def _counted(name: str, count: int, now: datetime) -> tuple[int, int]:
    year = now.astimezone(LAW_ZONE).year
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO patrol_series AS s (name, year, last) VALUES (%(name)s, %(year)s, %(count)s)"
            " ON CONFLICT (name, year) DO UPDATE SET last = s.last + %(count)s RETURNING last",
            {"name": name, "year": year, "count": count},
        )
        return year, cursor.fetchone()[0]
