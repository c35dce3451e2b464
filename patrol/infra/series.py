"""The next numbers of a series (domain.SERIES), counted by year in Asia/Jakarta, without holes: what is rolled back is taken again."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from patrol.domain import LAW_ZONE, SERIES


def take(name: str, count: int, *, now: datetime) -> list[str]:
    """The next numbers of a series. Runs inside the caller's transaction and holds the series until its end."""
    if count == 0:
        return []
    year = now.astimezone(LAW_ZONE).year
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO patrol_series AS s (name, year, last) VALUES (%(name)s, %(year)s, %(count)s)"
            " ON CONFLICT (name, year) DO UPDATE SET last = s.last + %(count)s RETURNING last",
            {"name": name, "year": year, "count": count},
        )
        last = cursor.fetchone()[0]
    return [f"{name}-{year % 100:02d}-{number:0{SERIES[name]}d}" for number in range(last - count + 1, last + 1)]
