"""When something found is told: at once, gathered by the hour or the day, and not in quiet hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from patrol.telling import bundling
from patrol.telling.choices import Choice, When

DAY = datetime(2026, 11, 23, tzinfo=UTC)


def at(hour: float, day: int = 0) -> datetime:
    return DAY + timedelta(days=day, hours=hour)


@pytest.mark.parametrize(
    ("when", "found", "now", "quiet", "told"),
    [
        (When.NOW, 10, 10, None, True),
        (When.HOURLY, 9.9, 10, None, True),
        (When.HOURLY, 10, 10.9, None, False),
        (When.DAILY, 6.9, 7, None, True),
        (When.DAILY, 6.9, 6.95, None, False),
        (When.DAILY, 7, 23.9, None, False),
        (When.DAILY, 7, 31, None, True),  # the next morning
        (When.NOW, 23, 23, (22, 6), False),
        (When.NOW, 23, 29.9, (22, 6), False),
        (When.NOW, 23, 30, (22, 6), True),
        (When.NOW, 12, 12, (12, 13), False),
        (When.NOW, 12, 13, (12, 13), True),
        (When.HOURLY, 20, 22, (22, 6), False),
        (When.HOURLY, 20, 21.9, (22, 6), True),
        (When.DAILY, 1, 7, (0, 9), True),  # its hour was chosen by name
    ],
)
def test_when_it_is_told(when: When, found: float, now: float, quiet: tuple[int, int] | None, told: bool) -> None:
    until = bundling.until(when, at(now), Choice(hour=7, quiet=quiet))
    assert (until is not None and at(found) < until) is told
