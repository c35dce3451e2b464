"""National holidays of Indonesia, from the library `holidays`: the one place that knows it.

Only its category of public holidays is asked. Joint leave (cuti bersama) is decreed, moved and cancelled within a year: that list is the
directorate's own (cases.joint_leave). A day the library has only estimated, by the moon, carries its word for that in its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.metadata import version
from types import MappingProxyType
from typing import Final

EDITION: Final = f"holidays {version('holidays')}"


@cache
def of_year(year: int) -> Mapping[date, str]:
    """Day -> its name in Indonesian; several names on one day are joined by "; "."""
    import holidays  # noqa: PLC0415 -- a tenth of a second to load, which each process would pay

    found = holidays.country_holidays("ID", years=year, categories=(holidays.PUBLIC,), language="id")
    return MappingProxyType(dict(sorted(found.items())))


def is_one(day: date) -> bool:
    return day in of_year(day.year)
