"""What a weekly summary says, as values. Pure: no Django, no query.

Every leaf is a whole number, a text, a truth value or None, so that figures go to JSON and back without a loss and
have one fingerprint. Days are ISO dates, moments ISO 8601 with offset, hours whole hours. `now` is the period itself,
`before` the one before it.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from patrol import domain
from reports.period import Period, period_of

# Of the rules of counting; rises with them. 2: a flag is flagged once, what is undone within a week leaves no trace anywhere.
# 3: referrals, campaigns, agencies under a sanction and second looks are counted too. 4: reports of the public too.
VERSION = 4
SERIES = 12  # of a series: the period and the eleven before it
USUAL_FROM = 4  # periods with data before a usual range is claimed; quartiles of fewer say nothing


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a breakdown."""

    key: str
    now: int
    before: int

    @property
    def change(self) -> int:
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Measure:
    """A key figure over SERIES periods, oldest first; None before the first reading and where nothing was measured."""

    key: str
    series: tuple[int | None, ...]

    @property
    def now(self) -> int | None:
        return self.series[-1]

    @property
    def before(self) -> int | None:
        return self.series[-2]

    @property
    def change(self) -> int | None:
        return None if self.now is None or self.before is None else self.now - self.before

    @property
    def usual(self) -> tuple[int, int] | None:
        """First and third quartile of the periods before; None where there are fewer than USUAL_FROM of them."""
        earlier = sorted(value for value in self.series[:-1] if value is not None)
        if len(earlier) < USUAL_FROM:
            return None
        return _quartile(earlier, 1), _quartile(earlier, 3)

    @property
    def outside(self) -> int:
        """How far the figure is outside its usual range: positive above, negative below, 0 inside or unknown."""
        if self.usual is None or self.now is None:
            return 0
        low, high = self.usual
        return max(self.now - high, 0) + min(self.now - low, 0)


def _quartile(ordered: list[int], which: int) -> int:
    """Of an ordered list, by linear interpolation, rounded half up to a whole number."""
    place = (len(ordered) - 1) * which
    below, rest = divmod(place, 4)
    above = min(below + 1, len(ordered) - 1)
    return (ordered[below] * (4 - rest) + ordered[above] * rest + 2) // 4


@dataclass(frozen=True, slots=True)
class Day:
    """One part of a period (period.Part) and the same part of the one before: of a week its days, of a month its weeks, of a quarter its
    months. Nothing of the one before where its parts do not compare. `blind`: at least one watch had a day without data."""

    date: str
    read: int
    flagged: int
    decided: int
    read_before: int
    flagged_before: int
    decided_before: int
    blind: bool
    begun: bool  # False for a part that has not begun when the figures were taken
    last: str = ""  # its last day where it has more than one


@dataclass(frozen=True, slots=True)
class Flow:
    """The queue of one period: what waited, what came, what went. `balance` must be 0."""

    start: int
    flagged: int
    returned: int  # a flag came back: dismissed or lowered before, or decided in an earlier period and that taken back
    handed_in: int
    decided: int  # out of the queue: decisions about flags that waited
    lowered: int  # the level fell: parked
    handed_out: int
    end: int  # counted by itself, not by the lines above

    @property
    def balance(self) -> int:
        came = self.flagged + self.returned + self.handed_in
        return self.start + came - self.decided - self.lowered - self.handed_out - self.end


@dataclass(frozen=True, slots=True)
class Delay:
    """Hours from flag to decision (confirmed or dismissed), by the level decided on; key `all`, `high`, `medium`."""

    key: str
    decided: int
    median: int | None
    slow: int | None  # 90 % were decided within
    median_before: int | None
    slow_before: int | None


@dataclass(frozen=True, slots=True)
class Shared:
    """An indicator seen most. `value` is masked before it gets here."""

    kind: str
    value: str
    now: int  # flagged posts that carry it as contact
    before: int
    since: str  # period of its first sighting, 2026-W47


@dataclass(frozen=True, slots=True)
class CaseFlow:
    """The cases of one period. `balance` must be 0."""

    start: int
    opened: int
    reopened: int
    closed: int
    end: int  # counted by itself
    escalated: int
    opened_before: int
    closed_before: int
    escalated_before: int

    @property
    def balance(self) -> int:
        return self.start + self.opened + self.reopened - self.closed - self.end


@dataclass(frozen=True, slots=True)
class Limit:
    """Flags that waited longer than their level may."""

    key: str  # high, medium
    hours: int  # the limit of that day
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """The referrals by one channel. `balance` must be 0."""

    key: str  # of patrol.cases.channels.CHANNELS
    start: int
    sent: int
    reopened: int  # something else was said of what had been ended
    down: int  # or acted upon: nothing of it is waited for, and not all was refused
    refused: int
    withdrawn: int
    asked: int  # they asked for a clarification
    end: int
    back: int  # there again, under the same address, or under another name as a person said
    days: int | None  # of `down`: median of whole days since they were sent; None where nothing goes down by it
    unanswered: int = 0  # their time was over
    failed: int = 0  # it did not reach them
    corrected: int = 0  # an objection was upheld

    @property
    def balance(self) -> int:
        came = self.start + self.sent + self.reopened
        return came - self.down - self.refused - self.unanswered - self.failed - self.withdrawn - self.corrected - self.end


@dataclass(frozen=True, slots=True)
class Ring:
    """A campaign as it stood at the end. Posts, accounts and numbers are the whole campaign's, `now` and `series` this summary's flags."""

    number: str
    new: bool  # it came to be in this time
    name: domain.Sentence  # masked; empty where nothing says what it is about
    now: int
    posts: int
    accounts: int  # that posted them
    phones: int
    series: tuple[int, ...]  # of the last campaigns.PERIODS periods, oldest first
    ties: tuple[str, ...]  # domain.TieKind, what ties most first


@dataclass(frozen=True, slots=True)
class Sanction:
    """An agency under a sanction, by the edition of that day, and the posts first read in this time that offer in its name."""

    agency: str
    status: str  # domain.StandingStatus
    decree: str
    since: str  # ISO dates, both included
    until: str | None
    before: int  # by the day of the post
    after: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Second looks that were made, and those that said what the first had; None where so few were made that it would tell who said it."""

    looks: int
    agreed: int | None
    looks_before: int
    agreed_before: int | None


@dataclass(frozen=True, slots=True)
class BlindWatch:
    """A watch with days of the period on which it brought nothing that could be read."""

    name: str
    platform: str
    days: tuple[str, ...]
    cause: domain.Sentence
    posts_a_day: int | None  # new posts on a day with data, in the four weeks before the period


@dataclass(frozen=True, slots=True)
class NewWatch:
    """A watch that came to be within the period. `since`: ISO date; what lies before it was not seen by it."""

    name: str
    since: str


@dataclass(frozen=True, slots=True)
class OfficeRow:
    code: str
    name: str
    flagged: int
    flagged_before: int
    high: int
    decided: int
    waiting: int
    median: int | None


@dataclass(frozen=True, slots=True)
class StationRow:
    """Flags by the P4MI their posts came from. `key`: its id, tally.REST of those with few, "" of none."""

    key: str
    name: str
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything a page of a summary shows."""

    office: str  # code; "" for national
    office_name: str
    year: int
    week: int  # number of the period within its year: of a week, a month, a quarter
    until: str  # moment up to which events count: the period's end, or earlier in a running one
    preliminary: bool
    register_date: str | None
    register_edition: int | None
    measures: tuple[Measure, ...]
    days: tuple[Day, ...]
    levels: tuple[Row, ...]
    decisions: tuple[Row, ...]
    flow: Flow
    asked: Row  # flags that wait for information, at the end
    ages: tuple[Row, ...]  # of what waits at the end: under_1, 1_to_3, 3_to_7, from_7 days
    oldest_hours: int | None
    delays: tuple[Delay, ...]
    verdicts: tuple[Row, ...]
    kinds: tuple[Row, ...]
    countries: tuple[Row, ...]
    platforms: tuple[Row, ...]
    places: tuple[Row, ...]  # provinces; the last of them in one row in editions that did not keep them all
    indicators: tuple[Shared, ...]
    cases: CaseFlow
    watches: int
    blind: tuple[BlindWatch, ...]
    offices: tuple[OfficeRow, ...] = ()
    sentences: tuple[domain.Sentence, ...] = ()
    version: int = VERSION
    newer: tuple[NewWatch, ...] = ()  # earliest first
    paused: tuple[BlindWatch, ...] = ()  # days without data that a person chose; told as blind before this was kept
    corrections: tuple[Row, ...] = ()  # keys of tally.CORRECTIONS; empty in editions that did not count them
    # Empty in editions before version 3, as all below.
    limits: tuple[Limit, ...] = ()
    case_outcomes: tuple[Row, ...] = ()  # of the closed ones; keys of tally.CASE_OUTCOMES
    referrals: tuple[ChannelRow, ...] = ()
    closed: tuple[Row, ...] = ()  # keys of referrals.CLOSED; this calendar month as far as it is counted, and the month before
    rings: tuple[Ring, ...] = ()  # new ones first, then by flags
    sanctions: tuple[Sanction, ...] = ()
    sanctioned: int = 0  # with those the table does not show
    agreement: Agreement | None = None
    kind: str = "week"  # of the period: a key of period.KINDS
    provinces: tuple[str, ...] = ()  # the office's own
    stations: tuple[StationRow, ...] = ()  # of an office that has any
    tips: tuple[Row, ...] = ()  # reports of the public, keys of tally.TIPS; empty in editions before version 4

    @property
    def period(self) -> Period:
        return period_of(self.kind, self.year, self.week)

    @property
    def unwatched(self) -> frozenset[str]:
        """Parts, by their first day, that were over before there was any watch; without a watch none is named."""
        if not self.newer or len(self.newer) < self.watches:
            return frozenset()
        return frozenset(day.date for day in self.days if (day.last or day.date) < self.newer[0].since)

    def measure(self, key: str) -> Measure:
        return next(measure for measure in self.measures if measure.key == key)

    @property
    def flagged(self) -> int:
        return self.flow.flagged

    @property
    def decided(self) -> int:
        return sum(row.now for row in self.decisions)

    @property
    def decided_before(self) -> int:
        return sum(row.before for row in self.decisions)

    @property
    def waiting(self) -> int:
        return self.flow.end

    @property
    def waiting_before(self) -> int:
        return self.flow.start

    @property
    def balanced(self) -> bool:
        """Whether every total adds up."""
        return (
            self.flow.balance == 0
            and self.cases.balance == 0
            and sum(row.now for row in self.levels) == self.flagged == sum(row.now for row in self.verdicts)
            and sum(row.now for row in self.ages) == self.waiting
            and sum(day.flagged for day in self.days) == self.flagged
            and sum(day.decided for day in self.days) == self.decided
            and (self.version < 3 or sum(row.now for row in self.case_outcomes) == self.cases.closed)
            and all(row.balance == 0 for row in self.referrals)
        )

    def to_json(self) -> dict[str, Any]:
        return json.loads(canonical(dataclasses.asdict(self)))  # type: ignore[no-any-return]

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Figures:
        """Of this or an earlier version: what a version did not know yet keeps its default."""
        built = _build(cls, stored)
        assert isinstance(built, Figures)
        return built


def fingerprint(stored: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(stored).encode()).hexdigest()


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@functools.cache
def _kinds(kind: type) -> dict[str, Any]:
    """The fields of a class of figures. Kept: their names are compiled anew each time they are asked for, and a week holds hundreds."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _build(kind: Any, value: Any) -> Any:
    if dataclasses.is_dataclass(kind):
        kinds = _kinds(kind)  # type: ignore[arg-type]  # of a dataclass, not one of its values
        return kind(**{name: _build(kinds[name], part) for name, part in value.items() if name in kinds})  # type: ignore[operator]
    if get_origin(kind) is tuple:
        return tuple(_build(get_args(kind)[0], part) for part in value)
    if get_origin(kind) is UnionType:
        if value is None:
            return None
        return _build(next(part for part in get_args(kind) if part is not NoneType), value)
    return value
