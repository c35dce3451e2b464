"""The ISO week in Asia/Jakarta: Monday 00.00 WIB to the next Monday 00.00 WIB, whatever zone a screen shows.

Weeks are numbered by ISO 8601: week 1 holds the year's first Thursday, so that a week's year may differ from the year
of its Monday.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from patrol import domain
from patrol.domain.words import MONTHS_ID, long_day

_SHAPE = re.compile(r"(\d{4})-W(\d{1,2})", re.ASCII | re.IGNORECASE)

MONTHS_EN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")

FIRST_YEAR, LAST_YEAR = 2000, 2999  # a typing slip such as 0206-W47 is no week anybody means


class NoSuchWeekError(ValueError):
    """The text names no ISO week."""


@dataclass(frozen=True, slots=True, order=True)
class IsoWeek:
    """One week. Raises NoSuchWeekError for a week the year does not have."""

    year: int
    week: int

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise NoSuchWeekError(f"{self.year} is not a year from {FIRST_YEAR} to {LAST_YEAR}")
        if not 1 <= self.week <= weeks_of(self.year):
            raise NoSuchWeekError(f"{self.year} has no week {self.week}")

    @classmethod
    def from_text(cls, text: str) -> IsoWeek:
        """From `2026-W47`. Raises NoSuchWeekError."""
        shape = _SHAPE.fullmatch(text.strip())
        if shape is None:
            raise NoSuchWeekError(f"a week is written like 2026-W47, not {text!r}")
        return cls(int(shape[1]), int(shape[2]))

    @classmethod
    def of(cls, moment: datetime, zone: tzinfo = domain.LAW_ZONE) -> IsoWeek:
        """The week an aware moment falls in. Raises ValueError for a naive one."""
        if moment.tzinfo is None:
            raise ValueError("a moment without a zone belongs to no week")
        return cls.of_day(moment.astimezone(zone).date())

    @classmethod
    def of_day(cls, day: date) -> IsoWeek:
        year, week, _weekday = day.isocalendar()
        return cls(year, week)

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.week, 1)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    def days(self) -> tuple[date, ...]:
        """Monday to Sunday."""
        return tuple(self.monday + timedelta(days=count) for count in range(7))

    def bounds(self) -> tuple[datetime, datetime]:
        """First moment of the week and first moment after it, aware, Asia/Jakarta."""
        start = datetime.combine(self.monday, time(), domain.LAW_ZONE)
        return start, datetime.combine(self.monday + timedelta(days=7), time(), domain.LAW_ZONE)

    def is_over(self, now: datetime) -> bool:
        return self.bounds()[1] <= now.astimezone(UTC)

    def has_begun(self, now: datetime) -> bool:
        return self.bounds()[0] <= now.astimezone(UTC)

    def shifted(self, count: int) -> IsoWeek:
        return IsoWeek.of_day(self.monday + timedelta(weeks=count))

    def previous(self) -> IsoWeek:
        return self.shifted(-1)

    def next(self) -> IsoWeek:
        return self.shifted(1)

    def last(self, count: int) -> tuple[IsoWeek, ...]:
        """`count` weeks that end with this one, oldest first."""
        return tuple(self.shifted(back - count + 1) for back in range(count))

    def __str__(self) -> str:
        return f"{self.year}-W{self.week:02}"

    @property
    def short(self) -> domain.Sentence:
        """M47 and W47: heads of columns."""
        return domain.Sentence(id=f"M{self.week}", en=f"W{self.week}")

    @property
    def label(self) -> domain.Sentence:
        """`Minggu 47, 16–22 November 2026`; both months and years only where they differ."""
        return domain.Sentence(
            id=f"Minggu {self.week}, {_span(self.monday, self.sunday, MONTHS_ID)}",
            en=f"Week {self.week}, {_span(self.monday, self.sunday, MONTHS_EN)}",
        )

    @property
    def span(self) -> domain.Sentence:
        """`16–22 November 2026`."""
        return domain.Sentence(id=_span(self.monday, self.sunday, MONTHS_ID), en=_span(self.monday, self.sunday, MONTHS_EN))


def weeks_of(year: int) -> int:
    """52, or 53 for a long year. 28 December always lies in the year's last week."""
    return date(year, 12, 28).isocalendar().week


def written(day: date) -> domain.Sentence:
    """`20 November 2026`, the same order in both languages."""
    return domain.Sentence(id=long_day(day), en=f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}")


def _span(first: date, last: date, months: tuple[str, ...]) -> str:
    def month(day: date) -> str:
        return months[day.month - 1]

    if first.year != last.year:
        return f"{first.day} {month(first)} {first.year} – {last.day} {month(last)} {last.year}"
    if first.month != last.month:
        return f"{first.day} {month(first)} – {last.day} {month(last)} {last.year}"
    return f"{first.day}–{last.day} {month(last)} {last.year}"
