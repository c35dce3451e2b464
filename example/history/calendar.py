"""The days of the history: from a Monday to the moment the example world counts back from. Days and hours are those of Jakarta."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from example.world import LAW_ZONE

WEEKS = 12


@dataclass(frozen=True, slots=True)
class Span:
    """`moment`: where the history ends; `weeks`: whole ISO weeks before the running one."""

    moment: datetime
    weeks: int = WEEKS

    @property
    def first(self) -> date:
        """The Monday it begins with."""
        today = self.moment.astimezone(LAW_ZONE).date()
        return today - timedelta(days=today.weekday(), weeks=self.weeks)

    @property
    def days(self) -> int:
        """How many days it has, the running one included."""
        return (self.moment.astimezone(LAW_ZONE).date() - self.first).days + 1

    def day(self, number: int) -> date:
        return self.first + timedelta(days=number)

    def at(self, number: int, hour: int, minute: int = 0) -> datetime:
        """The moment on the day of this number, 0 the first."""
        return datetime.combine(self.day(number), time(hour, minute), LAW_ZONE)

    def passed(self, at: datetime) -> bool:
        return at <= self.moment
