"""From rows to figures: counting, without a query. What counts when is decided here.

* Flagged: the machine brought a post before a person, raised or risen from the parked, for the first time. Returned: it
  came back, after a decision or after its level had fallen. So a flag is flagged once, whatever registers come and go.
* Decided: every decision of the period, unless it was taken back before the period was over. One taken back later was a
  decision then, and is a return in the period of the taking back. So a period that is over never changes; and a month
  is not the sum of its weeks: what was undone in the next week but the same month leaves no trace in the month.
* Handed over: what waited. A flag somebody had asked about counts as waiting where the asking was taken back within the
  period: it left the queue of neither office by it.
* Waiting: in the state `waiting`. What waits for information is not in the queue; it is counted beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from patrol import domain
from patrol.engine import masks
from patrol.models import CaseOutcome, ObjectionOutcome, Outcome
from reports import queries
from reports.figures import CaseFlow, Day, Delay, Flow, Limit, Row, Shared
from reports.period import Part, Period

WAITING = "waiting"
CONTACT_NOT_OWN = "licensed:contact"  # key of the verdict row "licence found, contact not the agency's own"
NOT_NAMED = ""  # key of the row for posts that name no country, no place
# So many in the table beside a map, which shows them all.
BESIDE_A_MAP: Final = {"places": 14, "countries": 10}
REST = "*"


@dataclass
class PeriodCount:
    """What happened in one period, for one office or all."""

    period: Period
    flagged: list[queries.Move] = field(default_factory=list)
    decided: list[queries.Move] = field(default_factory=list)
    returned: list[queries.Move] = field(default_factory=list)
    handed_in: list[queries.Move] = field(default_factory=list)
    handed_out: list[queries.Move] = field(default_factory=list)
    lowered: list[queries.Move] = field(default_factory=list)
    bounds: tuple[datetime, datetime] = field(init=False)  # the period's, made once

    def __post_init__(self) -> None:
        self.bounds = self.period.bounds()

    @property
    def out_of_queue(self) -> list[queries.Move]:
        return [move for move in self.decided if move.state_before == WAITING]

    @property
    def net(self) -> int:
        """How much longer the queue became."""
        came = len(self.flagged) + len(self.returned) + len(self.handed_in)
        return came - len(self.out_of_queue) - len(self.lowered) - len(self.handed_out)


def periods(moves: Iterable[queries.Move], series: Sequence[Period], office: int | None) -> list[PeriodCount]:
    """One count for each of the series, which are of one kind. `moves` in the order they happened."""
    counts = {period: PeriodCount(period) for period in series}
    kind = type(series[-1])
    for move in moves:
        count = counts.get(kind.of(move.at))
        if count is not None:
            _count(count, move, office)
    return list(counts.values())


def _count(count: PeriodCount, move: queries.Move, office: int | None) -> None:
    start, end = count.bounds
    if move.what == "handed_over":
        asked_in_vain = move.state_before == WAITING and move.since >= start and move.undone_at is not None and move.undone_at < end
        waited = move.state_after == WAITING or asked_in_vain
        if waited and office is not None and move.office_before != move.office_after:
            if move.office_after == office:
                count.handed_in.append(move)
            if move.office_before == office:
                count.handed_out.append(move)
        return
    enters = move.state_after == WAITING
    leaves = move.state_before == WAITING
    if not move.by_people:
        if enters and move.state_before in {None, "parked"} and not move.again:
            count.flagged.append(move)
        elif enters:
            count.returned.append(move)
        elif leaves:
            count.lowered.append(move)
    elif move.undoes_at is not None:
        # A taking back within the same period leaves no trace: neither the decision nor the return is counted.
        # But where the level rose under it, what had been parked waits by it.
        if enters and (move.undoes_at < start or move.undoes_from != WAITING):
            count.returned.append(move)
    elif move.undone_at is None or move.undone_at >= end:
        count.decided.append(move)


def flow(count: PeriodCount, start: int, end: int) -> Flow:
    return Flow(
        start=start,
        flagged=len(count.flagged),
        returned=len(count.returned),
        handed_in=len(count.handed_in),
        decided=len(count.out_of_queue),
        lowered=len(count.lowered),
        handed_out=len(count.handed_out),
        end=end,
    )


def backwards(end: int, nets: Sequence[int]) -> list[int]:
    """The length of the queue at the end of each period, from its length at the end of the last one."""
    ends = [end]
    for net in reversed(nets[1:]):
        ends.append(ends[-1] - net)
    return ends[::-1]


def hours(moves: Iterable[queries.Move], level: str = "") -> list[int]:
    """Whole hours from flag to a decision that ends the matter, shortest first."""
    return sorted(int((move.at - move.entered_at) / timedelta(hours=1)) for move in timed(moves, level) if move.entered_at is not None)


def timed(moves: Iterable[queries.Move], level: str = "") -> list[queries.Move]:
    """The decisions whose hours are counted."""
    return [move for move in moves if move.what in {"confirmed", "dismissed"} and move.entered_at is not None and level in {"", move.level}]


def percentile(ordered: Sequence[int], percent: int) -> int | None:
    """The smallest value that at least `percent` of them do not exceed; None of nothing."""
    return ordered[-(-len(ordered) * percent // 100) - 1] if ordered else None


def delays(now: PeriodCount, before: PeriodCount) -> tuple[Delay, ...]:
    made = []
    for key, level in (("all", ""), ("high", "high"), ("medium", "medium")):
        took, took_before = hours(now.decided, level), hours(before.decided, level)
        made.append(
            Delay(key, len(took), percentile(took, 50), percentile(took, 90), percentile(took_before, 50), percentile(took_before, 90))
        )
    return tuple(made)


def breakdown(now: Iterable[str], before: Iterable[str], *, order: Sequence[str] = ()) -> tuple[Row, ...]:
    """Rows with a count in either period, most first, NOT_NAMED last; with `order` exactly these keys in this order."""
    counted, counted_before = Counter(now), Counter(before)
    if order:
        return tuple(Row(key, counted[key], counted_before[key]) for key in order)
    keys = sorted(counted | counted_before, key=lambda key: (key == NOT_NAMED, -counted[key], -counted_before[key], key))
    return tuple(Row(key, counted[key], counted_before[key]) for key in keys)


def shortened(rows: Sequence[Row], most: int) -> tuple[Row, ...]:
    """Of a long breakdown the first rows, and what would make it longer as one row with key REST. Of a short one, itself."""
    named = [row for row in rows if row.key != NOT_NAMED]
    if len(named) <= most + 1:
        return tuple(rows)
    rest = Row(REST, sum(row.now for row in named[most:]), sum(row.before for row in named[most:]))
    return (*named[:most], rest, *rows[len(named) :])


def verdict_key(check: queries.Checked) -> str:
    """Licensed alone says little: a foreign contact makes a row of its own."""
    own = check.verdict != domain.Verdict.LICENSED or check.contact_own is not False
    return check.verdict if own else CONTACT_NOT_OWN


def each(checks: Sequence[queries.Checked], many: Callable[[queries.Checked], Sequence[str]]) -> list[str]:
    """One entry for each value of each check, NOT_NAMED for a check without any."""
    return [value for check in checks for value in (many(check) or [NOT_NAMED])]


def ages(queue: Sequence[queries.Queued], moment: datetime) -> list[str]:
    """under_1, 1_to_3, 3_to_7, from_7 (days)."""
    return [age(flag, moment) for flag in queue]


def age(flag: queries.Queued, moment: datetime) -> str:
    days = (moment - (flag.entered_at or moment)) / timedelta(days=1)
    return "under_1" if days < 1 else "1_to_3" if days < 3 else "3_to_7" if days < 7 else "from_7"


def late(queue: Iterable[queries.Queued], moment: datetime, level: str, hours: int) -> list[queries.Queued]:
    """Those of this level that waited longer than so many hours."""
    return [flag for flag in queue if flag.level == level and moment - (flag.entered_at or moment) > timedelta(hours=hours)]


def limits(
    hours: Mapping[str, int], now: Sequence[queries.Queued], until: datetime, before: Sequence[queries.Queued], start: datetime
) -> tuple[Limit, ...]:
    return tuple(
        Limit(level, most, len(late(now, until, level, most)), len(late(before, start, level, most))) for level, most in hours.items()
    )


LEVELS: Final = (domain.Level.HIGH, domain.Level.MEDIUM)
DECISIONS: Final = (Outcome.CONFIRMED, Outcome.DISMISSED, Outcome.NEEDS_INFORMATION)
AGES = ("under_1", "1_to_3", "3_to_7", "from_7")


def by_day(moves: Iterable[queries.Move]) -> Counter[date]:
    """How many on each day, Asia/Jakarta: what "flow by day" means on every page."""
    return Counter(move.at.astimezone(domain.LAW_ZONE).date() for move in moves)


def days(now: PeriodCount, before: PeriodCount, *, until: datetime, read: Sequence[queries.Read], blind: frozenset[str]) -> tuple[Day, ...]:
    """The parts of `now.period`, each beside the same part of the one before where those compare; `blind` holds ISO dates."""
    posts: Counter[date] = Counter()
    for row in read:
        posts[row.day] += row.posts
    flagged, decided = by_day(now.flagged), by_day(now.decided)
    flagged_before, decided_before = by_day(before.flagged), by_day(before.decided)
    today = until.astimezone(domain.LAW_ZONE).date()
    parts = now.period.parts()
    earlier: Sequence[Part | None] = before.period.parts() if now.period.parts_compare else [None] * len(parts)
    return tuple(
        Day(
            date=part.first.isoformat(),
            last=part.last.isoformat() if part.last != part.first else "",
            read=_within(posts, part),
            flagged=_within(flagged, part),
            decided=_within(decided, part),
            read_before=_within(posts, same),
            flagged_before=_within(flagged_before, same),
            decided_before=_within(decided_before, same),
            blind=any(day.isoformat() in blind for day in part.days()),
            begun=part.first <= today,
        )
        for part, same in zip(parts, earlier, strict=True)
    )


def _within(counted: Counter[date], part: Part | None) -> int:
    return sum(counted[day] for day in part.days()) if part else 0


def masked(seen: Sequence[queries.Seen], kind: type[Period]) -> tuple[Shared, ...]:
    """Values are cut here, before anything keeps or shows them. `kind`: of the period that since when is said in."""
    values = masks.values((one.kind, one.value, one.indicator) for one in seen)
    return tuple(Shared(one.kind, value, one.now, one.before, str(kind.of(one.since))) for one, value in zip(seen, values, strict=True))


# What is counted of reports of the public, each for itself whether it says the same as another. In the order of the table.
TIPS: Final = ("received", "urgent", "joined", "closed", "bad_faith", "waiting")


def tips(found: Sequence[queries.TipMove], waits: Mapping[datetime, int], start: datetime, until: datetime) -> tuple[Row, ...]:
    """Of the time from start to until, and of all that was found before it. `waits`: how many waited, by these two moments."""
    these = Counter(one.what for one in tips_of(found, start, until))
    those = Counter(one.what for one in tips_of(found, datetime.min.replace(tzinfo=domain.LAW_ZONE), start))
    return tuple(Row(key, waits[until], waits[start]) if key == "waiting" else Row(key, these[key], those[key]) for key in TIPS)


def tips_of(found: Sequence[queries.TipMove], start: datetime, until: datetime) -> list[queries.TipMove]:
    """What counts of a time. A closing or a mark that was taken back within it leaves no trace, as a decision does."""
    return [one for one in found if start <= one.at < until and (one.undone_at is None or one.undone_at >= until)]


# What is counted of objections: those entered, decided by outcome, and flags that were corrected after one.
CORRECTIONS: Final = ("entered", *map(str, ObjectionOutcome), "corrected")


def corrections(found: Sequence[queries.Correction], now: Period, before: Period) -> tuple[Row, ...]:
    def of(period: Period) -> list[str]:
        return [one.what for one in found if period.of(one.at) == period]

    return breakdown(of(now), of(before), order=CORRECTIONS)


def standing(moves: Iterable[queries.CaseMove], until: datetime, kind: type[Period]) -> list[queries.CaseMove]:
    """Without the cases that were opened and undone within one period of the kind: as for decisions, that leaves no trace."""
    return [
        move
        for move in moves
        if move.withdrawn_at is None or move.withdrawn_at >= until or kind.of(move.withdrawn_at) != kind.of(move.opened_at)
    ]


def cases(moves: Sequence[queries.CaseMove], series: Sequence[Period], start: int, end: int) -> tuple[CaseFlow, list[int]]:
    """The period's flow of cases and, for the series, how many were opened in each."""
    now, before = series[-1], series[-2]
    counted = Counter((now.of(move.at), move.kind) for move in moves)
    made = CaseFlow(
        start=start,
        opened=counted[now, "opened"],
        reopened=counted[now, "reopened"],
        closed=counted[now, "closed"],
        end=end,
        escalated=counted[now, "escalated"],
        opened_before=counted[before, "opened"],
        closed_before=counted[before, "closed"],
        escalated_before=counted[before, "escalated"],
    )
    return made, [counted[period, "opened"] for period in series]


# That somebody who was harmed is protected is told of nobody: it is one of the others, as what says nothing of the matter.
CASE_OUTCOMES: Final = (
    CaseOutcome.ACTED_UPON,
    CaseOutcome.REFUSED,
    CaseOutcome.UNFOUNDED,
    CaseOutcome.HANDED_OVER,
    CaseOutcome.MERGED,
    REST,
)


def case_outcome(move: queries.CaseMove) -> str:
    return move.outcome if move.outcome in CASE_OUTCOMES else REST


def case_outcomes(moves: Iterable[queries.CaseMove], now: Period, before: Period) -> tuple[Row, ...]:
    closed = [(now.of(move.at), case_outcome(move)) for move in moves if move.kind == "closed"]
    told = {period: [outcome for of, outcome in closed if of == period] for period in (now, before)}
    return breakdown(told[now], told[before], order=CASE_OUTCOMES)
