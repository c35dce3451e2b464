"""When a watch may run: windows, quiet hours and the law day, as arithmetic over wall clocks.

Pure: the moment is handed in, and whoever asks decides whose clock it is (for claims the database's). An office's hours are its own
wall clock; the quota counts the law day (Asia/Jakarta) everywhere, as the weekly figures do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from patrol.domain import LAW_ZONE

DAY = timedelta(days=1)
# Windows repeat by the week and quiet hours by the day: what does not open within eight days never opens.
_LOOKED_AHEAD = 8


class Shut(StrEnum):
    """Why a watch that is due does not run now."""

    WINDOW = "window"
    QUIET = "quiet"
    QUOTA = "quota"


@dataclass(frozen=True, slots=True)
class Held:
    """`until`: when it may run again (aware); None: never, its quiet hours cover all its windows."""

    why: Shut
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Window:
    """Open from `start` on each of these days until the next `end`: one that is not later than `start` lies on the day after."""

    days: frozenset[int]  # Monday 0
    start: time
    end: time

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Window:
        """From {"days": [0..6], "from": "HH:MM", "to": "HH:MM"}. Raises ValueError where it is anything else."""
        try:
            days = frozenset(kept["days"])
            start, end = (time.fromisoformat(kept[key]) for key in ("from", "to"))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError("a window has days, from and to") from error
        if not days or not days <= frozenset(range(7)) or start.tzinfo or end.tzinfo:
            raise ValueError("a window has days from 0 to 6 and times without a zone")
        return cls(days, start, end)

    def kept(self) -> dict[str, Any]:
        return {"days": sorted(self.days), "from": f"{self.start:%H:%M}", "to": f"{self.end:%H:%M}"}

    def holds(self, local: datetime) -> bool:
        """Whether this wall clock (naive) lies in it; the end itself does not."""
        if self.start < self.end:
            return local.weekday() in self.days and self.start <= local.time() < self.end
        if local.time() >= self.start:
            return local.weekday() in self.days
        return local.time() < self.end and (local - DAY).weekday() in self.days


@dataclass(frozen=True, slots=True)
class Hours:
    """When a watch may run, on the wall clock of its office. Without windows: always but in the quiet hours."""

    zone: ZoneInfo
    windows: tuple[Window, ...] = ()
    quiet: tuple[time, time] | None = None  # from, to; to may lie on the day after

    @classmethod
    def read(cls, zone: str, windows: Sequence[Mapping[str, Any]], quiet_from: time | None, quiet_to: time | None) -> Hours:
        """From the columns of a watch and of its office. Raises ValueError for windows of another shape."""
        quiet = (quiet_from, quiet_to) if quiet_from is not None and quiet_to is not None else None
        return cls(ZoneInfo(zone), tuple(Window.read(window) for window in windows), quiet)

    def shut(self, at: datetime) -> Shut | None:
        """What keeps it from running at this moment; None where nothing does."""
        local = at.astimezone(self.zone).replace(tzinfo=None)
        if self.quiet is not None and _within(local.time(), *self.quiet):
            return Shut.QUIET
        if self.windows and not any(window.holds(local) for window in self.windows):
            return Shut.WINDOW
        return None

    def opens(self, at: datetime) -> datetime | None:
        """The first moment from `at` on at which it may run; None where there is none.

        It can only open where a window begins or quiet hours end, so only those moments are looked at.
        """
        if self.shut(at) is None:
            return at
        first = at.astimezone(self.zone).date() - DAY
        moments = sorted(moment for n in range(_LOOKED_AHEAD + 2) for moment in self._turns(first + n * DAY) if moment > at)
        return next((moment for moment in moments if self.shut(moment) is None), None)

    def _turns(self, day: date) -> Iterator[datetime]:
        starts = [window.start for window in self.windows if day.weekday() in window.days]
        for clock in (*starts, *((self.quiet[1],) if self.quiet else ())):
            yield datetime.combine(day, clock, self.zone).astimezone(UTC)

    @property
    def ever(self) -> bool:
        """Whether there is a moment of the week at which it may run."""
        return self.opens(datetime(2026, 1, 5, tzinfo=UTC)) is not None


def _within(clock: time, start: time, end: time) -> bool:
    return start <= clock < end if start < end else clock >= start or clock < end


def law_day(at: datetime) -> datetime:
    """When the law day of this moment began."""
    return at.astimezone(LAW_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)


def held(hours: Hours, at: datetime, *, used: int = 0, quota: int | None = None) -> Held | None:
    """Why it may not run at `at`, and until when; None where it may. `used`: posts seen on the law day so far."""
    if quota is not None and used >= quota:
        return Held(Shut.QUOTA, hours.opens(law_day(at) + DAY))
    why = hours.shut(at)
    return Held(why, hours.opens(at)) if why else None


def due(hours: Hours, at: datetime, pause: float, *, used: int = 0, quota: int | None = None) -> datetime | None:
    """When it is due next: `pause` seconds after `at`, moved on to where its hours and its quota let it run. None: never."""
    wanted = at + timedelta(seconds=pause)
    # What was seen today is nothing any more tomorrow.
    counted = used if law_day(wanted) == law_day(at) else 0
    kept_from = held(hours, wanted, used=counted, quota=quota)
    return kept_from.until if kept_from else wanted
