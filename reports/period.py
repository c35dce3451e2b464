"""The periods a summary tells: the ISO week, the month, the quarter, in Asia/Jakarta from 00.00 WIB, whatever zone a screen shows.

One interface for the three, so that figures, rows and pages are made by the same code. Weeks are numbered by ISO 8601: week 1 holds the
year's first Thursday, so that a week's year may differ from the year of its Monday.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import ClassVar, NamedTuple, Self

from patrol import domain
from patrol.domain.words import MONTHS_ID, long_day

_SHAPE = re.compile(r"(\d{4})-([WQ]?)(\d{1,2})", re.ASCII | re.IGNORECASE)

MONTHS_EN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
ROMAN = ("I", "II", "III", "IV")  # how quarters are numbered in Indonesian

FIRST_YEAR, LAST_YEAR = 2000, 2999  # a typing slip such as 0206-W47 is no week anybody means


class NoSuchPeriodError(ValueError):
    """The text or the numbers name no period."""


class Part(NamedTuple):
    """One bar of a period: a day of a week, a week's days within a month, a month of a quarter."""

    first: date
    last: date

    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=count) for count in range((self.last - self.first).days + 1))

    @property
    def span(self) -> domain.Sentence:
        """`16–22 November 2026`; both months and years only where they differ."""
        return domain.Sentence(id=_span(self.first, self.last, MONTHS_ID), en=_span(self.first, self.last, MONTHS_EN))


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """`ordinal`: its number within its year, from 1. Raises NoSuchPeriodError for one the year does not have."""

    year: int
    ordinal: int

    kind: ClassVar[str]  # as stored
    sign: ClassVar[str]  # before the ordinal, in addresses
    width: ClassVar[int]  # digits of the ordinal, in addresses and numbers
    letters: ClassVar[str]  # of the number of a frozen summary
    word: ClassVar[domain.Sentence]
    # Whether its parts can stand beside those of the period before, one by one.
    parts_compare: ClassVar[bool]

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise NoSuchPeriodError(f"{self.year} is not a year from {FIRST_YEAR} to {LAST_YEAR}")
        if not 1 <= self.ordinal <= self.most(self.year):
            raise NoSuchPeriodError(f"{self.year} has no {self.word.en} {self.ordinal}")

    # --- which one ---------------------------------------------------------------------------------

    @classmethod
    def from_text(cls, text: str) -> Self:
        """From `2026-W47`, `2026-11`, `2026-Q4`; of a kind only what is of it. Raises NoSuchPeriodError."""
        shape = _SHAPE.fullmatch(text.strip())
        kind = next((kind for kind in KINDS.values() if shape and kind.sign == shape[2].upper()), None)
        if shape is None or kind is None or not issubclass(kind, cls):
            written = ", ".join(f"a {kind.word.en} like {kind.sample()}" for kind in KINDS.values() if issubclass(kind, cls))
            raise NoSuchPeriodError(f"{written} is what is asked for, not {text!r}")
        return kind(int(shape[1]), int(shape[3]))

    @classmethod
    def of(cls, moment: datetime, zone: tzinfo = domain.LAW_ZONE) -> Self:
        """The one an aware moment falls in. Raises ValueError for a naive one."""
        if moment.tzinfo is None:
            raise ValueError(f"a moment without a zone belongs to no {cls.word.en}")
        return cls.of_day(moment.astimezone(zone).date())

    @classmethod
    def of_day(cls, day: date) -> Self:
        raise NotImplementedError

    @staticmethod
    def most(year: int) -> int:
        """How many a year has."""
        raise NotImplementedError

    @classmethod
    def sample(cls) -> str:
        return f"2026-{cls.sign}{cls.most(2026):0{cls.width}}"

    # --- when it is --------------------------------------------------------------------------------

    @property
    def first_day(self) -> date:
        raise NotImplementedError

    @property
    def last_day(self) -> date:
        raise NotImplementedError

    def days(self) -> tuple[date, ...]:
        return Part(self.first_day, self.last_day).days()

    def parts(self) -> tuple[Part, ...]:
        """What its bars stand for, without a gap from the first day to the last."""
        raise NotImplementedError

    def bounds(self) -> tuple[datetime, datetime]:
        """First moment of it and first moment after it, aware, Asia/Jakarta."""
        start = datetime.combine(self.first_day, time(), domain.LAW_ZONE)
        return start, datetime.combine(self.last_day + timedelta(days=1), time(), domain.LAW_ZONE)

    def is_over(self, now: datetime) -> bool:
        return self.bounds()[1] <= now.astimezone(UTC)

    def has_begun(self, now: datetime) -> bool:
        return self.bounds()[0] <= now.astimezone(UTC)

    # --- its neighbours ----------------------------------------------------------------------------

    def shifted(self, count: int) -> Self:
        raise NotImplementedError

    def previous(self) -> Self:
        return self.shifted(-1)

    def next(self) -> Self:
        return self.shifted(1)

    def last(self, count: int) -> tuple[Self, ...]:
        """`count` of them that end with this one, oldest first."""
        return tuple(self.shifted(back - count + 1) for back in range(count))

    # --- in words ----------------------------------------------------------------------------------

    def __str__(self) -> str:
        """As in addresses: 2026-W47, 2026-11, 2026-Q4."""
        return f"{self.year}-{self.sign}{self.ordinal:0{self.width}}"

    @property
    def short(self) -> domain.Sentence:
        """Heads of columns."""
        raise NotImplementedError

    @property
    def label(self) -> domain.Sentence:
        raise NotImplementedError

    @property
    def span(self) -> domain.Sentence:
        return Part(self.first_day, self.last_day).span


class IsoWeek(Period):
    """From Monday to Sunday."""

    __slots__ = ()
    kind, sign, width, letters, parts_compare = "week", "W", 2, "RM", True
    word = domain.Sentence(id="minggu", en="week")

    @property
    def week(self) -> int:
        return self.ordinal

    @staticmethod
    def most(year: int) -> int:
        return weeks_of(year)

    @classmethod
    def of_day(cls, day: date) -> Self:
        year, week, _weekday = day.isocalendar()
        return cls(year, week)

    @property
    def first_day(self) -> date:
        return date.fromisocalendar(self.year, self.ordinal, 1)

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=6)

    def parts(self) -> tuple[Part, ...]:
        return tuple(Part(day, day) for day in self.days())

    def shifted(self, count: int) -> Self:
        return self.of_day(self.first_day + timedelta(weeks=count))

    @property
    def short(self) -> domain.Sentence:
        """M47 and W47."""
        return domain.Sentence(id=f"M{self.ordinal}", en=f"W{self.ordinal}")

    @property
    def label(self) -> domain.Sentence:
        """`Minggu 47, 16–22 November 2026`."""
        return domain.Sentence(id=f"Minggu {self.ordinal}, {self.span.id}", en=f"Week {self.ordinal}, {self.span.en}")


class _Months(Period):
    """So many whole months."""

    __slots__ = ()
    length: ClassVar[int]

    @classmethod
    def most(cls, year: int) -> int:
        return 12 // cls.length

    @classmethod
    def of_day(cls, day: date) -> Self:
        return cls(day.year, (day.month - 1) // cls.length + 1)

    @property
    def first_day(self) -> date:
        return date(self.year, (self.ordinal - 1) * self.length + 1, 1)

    @property
    def last_day(self) -> date:
        month = self.ordinal * self.length
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    def shifted(self, count: int) -> Self:
        most = self.most(self.year)
        year, place = divmod(self.year * most + self.ordinal - 1 + count, most)
        return type(self)(year, place + 1)


class Month(_Months):
    __slots__ = ()
    kind, sign, width, letters, parts_compare = "month", "", 2, "RB", False
    word = domain.Sentence(id="bulan", en="month")
    length = 1

    def parts(self) -> tuple[Part, ...]:
        """Its ISO weeks, the first and the last cut off where the month is: weeks of unlike length, beside no other month's."""
        firsts = [day for day in self.days() if day == self.first_day or day.isoweekday() == 1]
        lasts = [*(day - timedelta(days=1) for day in firsts[1:]), self.last_day]
        return tuple(Part(first, last) for first, last in zip(firsts, lasts, strict=True))

    @property
    def short(self) -> domain.Sentence:
        """`Nov 2026`."""
        return domain.Sentence(id=f"{MONTHS_ID[self.ordinal - 1][:3]} {self.year}", en=f"{MONTHS_EN[self.ordinal - 1][:3]} {self.year}")

    @property
    def label(self) -> domain.Sentence:
        """`November 2026`."""
        return domain.Sentence(id=f"{MONTHS_ID[self.ordinal - 1]} {self.year}", en=f"{MONTHS_EN[self.ordinal - 1]} {self.year}")


class Quarter(_Months):
    __slots__ = ()
    kind, sign, width, letters, parts_compare = "quarter", "Q", 1, "RT", True
    word = domain.Sentence(id="triwulan", en="quarter")
    length = 3

    def parts(self) -> tuple[Part, ...]:
        first = Month(self.year, self.first_day.month)
        months = [first, first.next(), first.shifted(2)]
        return tuple(Part(month.first_day, month.last_day) for month in months)

    @property
    def short(self) -> domain.Sentence:
        """`TW IV 2026` and `Q4 2026`."""
        return domain.Sentence(id=f"TW {ROMAN[self.ordinal - 1]} {self.year}", en=f"Q{self.ordinal} {self.year}")

    @property
    def label(self) -> domain.Sentence:
        """`Triwulan IV, Oktober–Desember 2026`."""
        first, last = self.first_day.month - 1, self.last_day.month - 1
        return domain.Sentence(
            id=f"Triwulan {ROMAN[self.ordinal - 1]}, {MONTHS_ID[first]}–{MONTHS_ID[last]} {self.year}",
            en=f"Quarter {self.ordinal}, {MONTHS_EN[first]}–{MONTHS_EN[last]} {self.year}",
        )


KINDS: dict[str, type[IsoWeek | Month | Quarter]] = {kind.kind: kind for kind in (IsoWeek, Month, Quarter)}


def period_of(kind: str, year: int, ordinal: int) -> Period:
    """Of what is stored. Raises KeyError, NoSuchPeriodError."""
    return KINDS[kind](year, ordinal)


def weeks_of(year: int) -> int:
    """52, or 53 for a long year. 28 December always lies in the year's last week."""
    return date(year, 12, 28).isocalendar().week


def written(day: date) -> domain.Sentence:
    """`20 November 2026`, the same order in both languages."""
    return domain.Sentence(id=long_day(day), en=f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}")


def _span(first: date, last: date, months: tuple[str, ...]) -> str:
    def month(day: date) -> str:
        return months[day.month - 1]

    if first == last:
        return f"{first.day} {month(first)} {first.year}"
    if first.year != last.year:
        return f"{first.day} {month(first)} {first.year} – {last.day} {month(last)} {last.year}"
    if first.month != last.month:
        return f"{first.day} {month(first)} – {last.day} {month(last)} {last.year}"
    return f"{first.day}–{last.day} {month(last)} {last.year}"
