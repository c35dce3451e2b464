"""Numbers that leave the house: TND-26-004417 for a flag, PKR-26-0187 for a case. One series a year, without holes on purpose or not."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from patrol.domain import LAW_ZONE

_WIDTH = {"JRG": 4, "TND": 6, "PKR": 4, "MSL": 4, "HPS": 4}


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
    return [f"{name}-{year % 100:02d}-{number:0{_WIDTH[name]}d}" for number in range(last - count + 1, last + 1)]
