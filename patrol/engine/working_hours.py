"""Working hours as arithmetic: how much working time lies between two moments, and when a given amount of it is over.

Pure: zone, hours and days off are handed in. Work is done from Monday to Friday between two wall clocks of the office's zone. Turns are
(from, to) pairs of aware moments, in order and apart from each other; what lies between two of them is a pause and counts for nothing. The
last one may be open (`to` None).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

type Turn = tuple[datetime, datetime | None]

NONE: Final = timedelta()
_DAY: Final = timedelta(days=1)
_LOOKED_AHEAD: Final = 3660  # days; a calendar without any working day must not be searched for ever


@dataclass(frozen=True, slots=True)
class Calendar:
    """When an office works. `closes` is later than `opens`: nobody's working day runs over midnight."""

    zone: ZoneInfo
    opens: time
    closes: time
    off: Container[date]  # days of its own wall clock on which nobody works, besides Saturdays and Sundays

    def works(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.off

    def spans(self, start: datetime, end: datetime | None = None) -> Iterator[tuple[datetime, datetime]]:
        """The pieces of working time from `start` to `end`, in UTC, each within one day. Without an end: of the next ten years."""
        day, start = start.astimezone(self.zone).date(), start.astimezone(UTC)
        last = end.astimezone(self.zone).date() if end else day + _LOOKED_AHEAD * _DAY
        while day <= last:
            if self.works(day):
                opens, closes = (datetime.combine(day, clock, self.zone).astimezone(UTC) for clock in (self.opens, self.closes))
                first, until = max(opens, start), min(closes, end.astimezone(UTC)) if end else closes
                if first < until:
                    yield first, until
            day += _DAY


def worked(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """The working time between two moments; none where the end is not later."""
    return sum((until - first for first, until in calendar.spans(start, end)), NONE)


def spent(calendar: Calendar, turns: Sequence[Turn], now: datetime) -> timedelta:
    """The working time of all turns up to `now`."""
    return sum((worked(calendar, start, min(end, now) if end else now) for start, end in turns), NONE)


def due(calendar: Calendar, turns: Sequence[Turn], allowed: timedelta) -> datetime | None:
    """The first moment at which `allowed` working time of these turns is over (UTC); None where the turns end before that.

    Raises ValueError where ten years hold too little working time.
    """
    for start, end in turns:
        if allowed <= NONE:
            return start.astimezone(UTC)
        for first, until in calendar.spans(start, end):
            if allowed <= until - first:
                return first + allowed
            allowed -= until - first
        if end is None:
            raise ValueError("no such amount of working time within ten years")
    return None


def after(calendar: Calendar, start: datetime, amount: timedelta) -> datetime:
    """The first moment at which `amount` of working time has passed since `start` (UTC)."""
    found = due(calendar, [(start, None)], amount)
    assert found is not None
    return found


def left(calendar: Calendar, turns: Sequence[Turn], until: datetime, now: datetime) -> timedelta:
    """Working time left until a moment that `due` found for these turns; negative: as much of it lies behind that moment, in turns."""
    if now < until:
        return worked(calendar, now, until)
    return -spent(calendar, [(max(start, until), end) for start, end in turns], now)
