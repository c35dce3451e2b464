"""What a figure of a weekly summary counted, row by row: the same events, asked up to the same moment.

The figures rest on rows that are only ever added, so the list behind a frozen figure can be made again at any time and is the list of
that day. Two things can be gone since: what a text named, where it was erased, and a mark as harmed that was taken back; then the page
says that the list is shorter or longer than the figure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from patrol import domain
from patrol.cases.channels import CHANNELS
from patrol.models import Office, Outcome, Tallied
from patrol.triage import tallies
from reports import agreement, campaigns, queries, referral_counts, referrals, sanctions, stations, tally
from reports.figures import SERIES, Figures, Row, Shared
from reports.period import Period
from reports.walking import Item, Stretch, Walk, through, whole

NOW, BEFORE = "now", "before"
FEW: Final = 10_000  # posts an office read in a time, up to which they are found by who brought them
WAITED: Final = timedelta(days=7)  # hardly any post waits longer for its first reading


class NoSuchFigureError(Exception):
    """The address names no figure of this summary."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A figure: `what` the table, `key` its row, `when` its column, NOW or BEFORE; of the table of periods how many of them ago."""

    what: str
    key: str = ""
    when: str = NOW

    @property
    def back(self) -> int:
        """Periods before the summary's own. Raises NoSuchFigureError."""
        if self.when in {NOW, BEFORE}:
            return int(self.when == BEFORE)
        if self.when.isdigit() and int(self.when) < SERIES:
            return int(self.when)
        raise NoSuchFigureError(self.when)


class _Asked:
    """One list that is asked for: whose, of which time, told up to which moment."""

    def __init__(self, office: int | None, period: Period, until: datetime, seen: Sequence[queries.Seen] = ()) -> None:
        self.office = office
        self.seen = seen
        self.period = period
        self.start, end = period.bounds()
        self.until = min(until, end)
        self.moment = until

    def flagged(self) -> list[queries.Move]:
        """All of them: for the few lists that are found by what most of a period has in common."""
        return self.counted(queries.moves(self.office, self.start, self.until, column="flagged", lean=True)).flagged

    def counted(self, moves: Sequence[queries.Move]) -> tally.PeriodCount:
        return tally.periods([_then(move, self.moment) for move in moves], [self.period], self.office)[0]

    def moves(
        self,
        column: str,
        by: str = "",
        value: Any = None,
        *,
        keep: Callable[[list[queries.Move]], list[queries.Move]] = list,
        office: int | None = None,
        between: tuple[datetime, datetime] | None = None,
    ) -> Walk:
        """What one column of the period's count holds. `by` and `value` narrow the question (queries.NARROWED), `keep` what it finds:
        of some of them, in their order. `office`: of it alone, where the summary is of all."""
        start, until = between or (self.start, self.until)

        def candidates(stretch: Stretch) -> list[queries.Move]:
            return queries.moves(office or self.office, start, until, stretch=stretch, column=column, by=by, value=value)

        def rows(found: Sequence[queries.Move]) -> list[Item]:
            return [_moved(move) for move in keep(getattr(self.counted(found), column))]

        return through(candidates, lambda move: move.place, rows)

    def queue(
        self,
        moment: datetime,
        *,
        state: str = tally.WAITING,
        level: str = "",
        keep: Callable[[Sequence[queries.Queued]], Sequence[queries.Queued]] = list,
        office: int | None = None,
    ) -> Walk:
        """Who waited at a moment, longest first."""

        def candidates(stretch: Stretch) -> list[queries.Queued]:
            return queries.queued(office or self.office, [moment], stretch=stretch, states=[state], level=level)

        return through(
            candidates,
            lambda flag: flag.place,
            lambda found: [Item("flag", flag.flag, flag.since, place=flag.place) for flag in keep(found)],
        )

    def read(self, between: tuple[datetime, datetime] | None = None) -> Walk:
        """Posts, by their first reading. Of an office with few of them not by looking through what all offices read."""
        start, until = between or (self.start, self.until)
        if self.office is not None:
            days = tallies.by_day(self.office, start.astimezone(domain.LAW_ZONE).date(), until.astimezone(domain.LAW_ZONE).date())
            counted = {day: count[Tallied.READ] for day, count in days.items()}
            if sum(counted.values()) <= FEW:
                found = queries.read_by_few(self.office, start, until, start - WAITED)
                # Of the last day only a part may be asked for. Where any is missing, it came long before it was read.
                if len(found) >= sum(count for day, count in counted.items() if _end_of(day) <= until):
                    return whole([Item("post", one.post, one.read_at, place=one.place) for one in found if one.post is not None])
        return through(
            lambda stretch: queries.read_posts(self.office, start, until, stretch),
            lambda found: found.place,
            lambda found: [Item("post", one.post, one.read_at, place=one.place) for one in found if one.post is not None],
        )


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), domain.LAW_ZONE)


def _then(move: queries.Move, moment: datetime) -> queries.Move:
    """A decision as it stood at the moment: what was taken back later was not yet."""
    return move._replace(undone_at=None) if move.undone_at is not None and move.undone_at >= moment else move


def _moved(move: queries.Move) -> Item:
    return Item("flag", move.flag, move.at, move.level or "", move.what, move.place)


def figure(figures: Figures, wanted: Wanted) -> int:
    """What the summary says. Raises NoSuchFigureError, also where it says nothing."""
    if wanted.back > 1 and wanted.what != "measures":  # the table of periods alone goes further back
        raise NoSuchFigureError(wanted.when)
    try:
        found = _SAID[wanted.what](figures, wanted)
    except (StopIteration, KeyError, IndexError, ValueError):
        raise NoSuchFigureError(wanted.what) from None
    if found is None:
        raise NoSuchFigureError(wanted.what)
    return found


def walk(figures: Figures, office: Office | None, wanted: Wanted, *, seen: Sequence[queries.Seen] = ()) -> Walk:
    """The list of the rows the figure counted, in the order they happened. Of `figures` its head is looked at, and the table `needed`.
    `seen`: what its table of contacts was made of, where that is known.

    Raises NoSuchFigureError for what no summary says.
    """
    if wanted.back > 1 and wanted.what != "measures":
        raise NoSuchFigureError(wanted.when)
    asked = _Asked(office.pk if office else None, figures.period.shifted(-wanted.back), datetime.fromisoformat(figures.until), seen)
    try:
        return _LISTS[wanted.what](asked, figures, wanted)
    except (StopIteration, KeyError, IndexError, ValueError):
        raise NoSuchFigureError(wanted.what) from None


def items(figures: Figures, office: Office | None, wanted: Wanted) -> list[Item]:
    """All of them. Raises NoSuchFigureError."""
    return walk(figures, office, wanted)(None, False, None)


def by_level(wanted: Wanted) -> bool:
    """Whether all flags of the list had one level then: to stand in it tells that level."""
    if wanted.what in {"levels", "delays", "limits"}:
        return wanted.key not in {"", "all"}
    return wanted.key.rpartition(":")[2] == "high"  # a column of periods and of offices


def needed(wanted: Wanted) -> str:
    """The table of a summary without which the rows of this figure are not to be found; "" of most."""
    what = wanted.what.removesuffix(ALL)
    if what in tally.BESIDE_A_MAP:
        return what if wanted.key == tally.REST else ""
    return what if what in {"indicators", "sanctions", "stations"} else ""


# --- by table -------------------------------------------------------------------------------------


def _outside(found: Sequence[tuple[referrals.Referral, datetime]]) -> Walk:
    return whole([Item("referral", one.id, at) for one, at in found])


def _measures(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    if wanted.key in referral_counts.MEASURES:
        return _outside(referral_counts.measured(referrals.sent(asked.office, asked.until), wanted.key, asked.start, asked.until))
    if wanted.key == "read":
        return asked.read()
    if wanted.key == "waiting":
        return asked.queue(asked.until)
    if wanted.key == "cases":
        return _case_moves(asked, "opened")
    return _of_period(asked, wanted.key)


# The columns of a period's count that key figures and offices are told by.
_COLUMNS: Final[dict[str, tuple[str, str, str]]] = {
    "flagged": ("flagged", "", ""),
    "high": ("flagged", "level", domain.Level.HIGH),
    "decided": ("decided", "", ""),
    "confirmed": ("decided", "what", Outcome.CONFIRMED),
}


def _of_period(asked: _Asked, key: str, *, between: tuple[datetime, datetime] | None = None, office: int | None = None) -> Walk:
    column, by, value = _COLUMNS[key]
    return asked.moves(
        column,
        by,
        value,
        between=between,
        office=office,
        keep=lambda moves: [
            move for move in moves if (not by or getattr(move, by) == value) and (office is None or move.office_after == office)
        ],
    )


def _days(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    """`key`: 2026-11-23:flagged, by the first day of the part."""
    first, _colon, key = wanted.key.partition(":")
    part = next(part for part in asked.period.parts() if part.first.isoformat() == first)
    if wanted.back or key not in {"read", "flagged", "decided"}:
        raise KeyError(key)
    start, end = (datetime.combine(day, time(), domain.LAW_ZONE) for day in (part.first, part.last + timedelta(days=1)))
    between = (start, min(end, asked.until))
    return asked.read(between) if key == "read" else _of_period(asked, key, between=between)


def _levels(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    return _by_value(asked, "flagged", "level", wanted.key, {"", *tally.LEVELS})


def _decisions(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    return _by_value(asked, "decided", "what", wanted.key, {"", *tally.DECISIONS})


def _by_value(asked: _Asked, column: str, by: str, value: str, known: Collection[str]) -> Walk:
    """All of a column, or those with this value."""
    if value not in known:
        raise KeyError(value)
    return asked.moves(column, by if value else "", value, keep=lambda moves: [one for one in moves if value in {"", getattr(one, by)}])


def _ages(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    if wanted.key not in {"", *tally.AGES}:
        raise KeyError(wanted.key)
    return asked.queue(asked.until, keep=lambda found: [one for one in found if wanted.key in {"", tally.age(one, asked.until)}])


def _asked(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    return asked.queue(asked.until, state="needs_information")


def _flow(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    if wanted.back:
        raise KeyError(wanted.when)
    if wanted.key in {"start", "end"}:
        return asked.queue(asked.start if wanted.key == "start" else asked.until)
    if wanted.key not in {"flagged", "returned", "handed_in", "decided", "lowered", "handed_out"}:
        raise KeyError(wanted.key)
    return asked.moves("out_of_queue" if wanted.key == "decided" else wanted.key)


def _delays(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    level = {"all": "", "high": "high", "medium": "medium"}[wanted.key]
    if wanted.back:
        raise KeyError(wanted.when)
    return asked.moves("decided", "level" if level else "", level, keep=lambda moves: tally.timed(moves, level))


def _by_check(many: Callable[[queries.Checked], Sequence[str]], table: str) -> Callable[[_Asked, Figures, Wanted], Walk]:
    """A breakdown of the flagged by what their check says. The row REST holds what has no row of its own."""

    def listed(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
        every = wanted.what == table + ALL
        named: set[str] = set()
        if wanted.key == tally.REST:
            named = {row.key for row in _shown(figures, table, wanted)} - {tally.REST}

        def keep(moves: Sequence[queries.Move]) -> list[queries.Move]:
            flagged = [(move, move.check_id) for move in moves if move.check_id is not None]
            if every:
                return [move for move, _check in flagged]
            checks = queries.checked([check for _move, check in flagged], places=table == "places")
            found: list[queries.Move] = []
            for move, check in flagged:
                values = list(many(checks[check])) or [tally.NOT_NAMED]
                found += [move] * (sum(value not in named for value in values) if wanted.key == tally.REST else values.count(wanted.key))
            return found

        if wanted.key == tally.REST and table == "countries":
            return asked.moves("flagged", "other_countries", sorted(named), keep=keep)
        value = str(domain.Verdict.LICENSED) if wanted.key == tally.CONTACT_NOT_OWN else wanted.key
        narrow = "" if every or wanted.key in {tally.REST, tally.NOT_NAMED} else table
        return asked.moves("flagged", narrow, value, keep=keep)

    return listed


def _indicators(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    """`key`: the place of its row. The summary keeps masked values, so the row is found again by its place, kind and masked value."""
    shown = figures.indicators[_number(wanted.key)]
    seen = asked.seen or _seen_most(asked.office, figures.period, asked.moment)
    masked = tally.masked(seen, type(figures.period))
    alike = [one for one, told in zip(seen, masked, strict=True) if _row_of(told) == _row_of(shown)]
    place = sum(_row_of(one) == _row_of(shown) for one in figures.indicators[: int(wanted.key)])
    if place >= len(alike):
        return whole([])
    indicator = alike[place].indicator

    def keep(moves: Sequence[queries.Move]) -> list[queries.Move]:
        """A flag is flagged once, so that a post stands in it once."""
        carried = set(queries.carriers(indicator, _checks(moves), asked.moment))
        return [move for move in moves if move.check_id in carried]

    return asked.moves("flagged", "contact", indicator, keep=keep)


def _seen_most(office: int | None, period: Period, moment: datetime) -> list[queries.Seen]:
    """The contacts of the summary's table, in its order. Two queries."""
    before = period.previous()
    moves = queries.moves(office, before.bounds()[0], min(moment, period.bounds()[1]), column="flagged", lean=True)
    this, last = (_checks(count.flagged) for count in tally.periods(moves, [period, before], office))
    return queries.shared(this, last, moment)


def _number(key: str) -> int:
    """Raises ValueError: a place from behind is none."""
    if not key.isdecimal():
        raise ValueError(key)
    return int(key)


def _row_of(shown: Shared) -> tuple[str, str]:
    """What two rows of one contact have in common, also where an older edition has no key behind the mask."""
    return shown.kind, shown.value.partition(" #")[0]


def _checks(moves: Sequence[queries.Move]) -> list[int]:
    return [move.check_id for move in moves if move.check_id is not None]


def _case_moves(asked: _Asked, kind: str) -> Walk:
    moves = tally.standing(queries.case_moves(asked.office, asked.start, asked.until), asked.moment, type(asked.period))
    return whole([Item("case", move.case, move.at, what=move.kind) for move in moves if move.kind == kind])


def _cases(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    if wanted.key in {"start", "end"} and not wanted.back:
        moment = asked.start if wanted.key == "start" else asked.until
        return whole([Item("case", case, at) for case, at in queries.open_case_ids(asked.office, moment)])
    if wanted.key not in {"opened", "closed", "escalated", *(() if wanted.back else ("reopened",))}:
        raise KeyError(wanted.key)
    return _case_moves(asked, wanted.key)


def _corrections(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    if wanted.key not in tally.CORRECTIONS:
        raise KeyError(wanted.key)
    found = queries.corrections(asked.office, asked.start, asked.until)
    return whole([Item(one.kind, one.id, one.at) for one in found if one.what == wanted.key])


def _tips(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    if wanted.key not in tally.TIPS:
        raise KeyError(wanted.key)
    if wanted.key == "waiting":  # of the time before: as it stood when this one began
        return whole([Item("tip", tip, since) for _moment, tip, since in queries.tips_waiting(asked.office, [asked.until])])
    found = tally.tips_of(queries.tip_moves(asked.office, asked.start, asked.until), asked.start, asked.until)
    return whole([Item("tip", one.tip, one.at) for one in found if one.what == wanted.key])


def _limits(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    limit = next(limit for limit in figures.limits if limit.key == wanted.key)
    return asked.queue(asked.until, level=limit.key, keep=lambda found: tally.late(found, asked.until, limit.key, limit.hours))


def _case_outcomes(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    if wanted.key not in {"", *tally.CASE_OUTCOMES}:
        raise KeyError(wanted.key)
    moves = tally.standing(queries.case_moves(asked.office, asked.start, asked.until), asked.moment, type(asked.period))
    closed = [move for move in moves if move.kind == "closed" and wanted.key in {"", tally.case_outcome(move)}]
    return whole([Item("case", move.case, move.at, what=move.kind) for move in closed])


def _referrals(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    """`key`: komdigi:sent, and :sent of all channels."""
    channel, _colon, column = wanted.key.rpartition(":")
    if wanted.back or column not in referral_counts.COLUMNS or channel not in {"", *CHANNELS}:
        raise KeyError(wanted.key)
    found = referral_counts.counted(referrals.sent(asked.office, asked.until), column, asked.start, asked.until)
    return _outside([(one, at) for one, at in found if channel in {"", one.channel}])


def _closed(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    """Of calendar months, whatever the period: one referral for each thing that was closed."""
    start, until = referral_counts.months(asked.moment)[wanted.back]
    return _outside(referral_counts.closed(referrals.sent(asked.office, until), start, until)[wanted.key])


def _sanctions(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    """`key`: the place of its row and the side of the decree, 0:after."""
    place, _colon, side = wanted.key.partition(":")
    if wanted.back or side not in {sanctions.BEFORE, sanctions.AFTER}:
        raise KeyError(wanted.key)
    shown = figures.sanctions[: _number(place) + 1]
    if len(shown) <= _number(place):
        raise IndexError(place)
    found = sanctions.troubled(asked.office, asked.start, asked.until)
    return whole([Item("post", one.post, one.read_at) for one in sanctions.offers(found, shown, int(place), side)])


def _rings(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    """`key`: JRG-26-0012:posts."""
    number, _colon, column = wanted.key.partition(":")
    if wanted.back or column not in campaigns.COLUMNS:
        raise KeyError(wanted.key)
    found = campaigns.then([move.flag for move in asked.flagged()], asked.start, asked.until)
    one = next(ring for ring in found if ring.number == number)
    if column == "now":
        return asked.moves("flagged", "flags", one.flags)
    if column == "posts":
        return whole([Item("post", post, at) for post, at in zip(one.posts, one.seen, strict=True)])
    return whole([Item("indicator", key, asked.until) for key in (one.accounts if column == "accounts" else one.phones)])


def _agreement(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    """All of them alone: the flag's page says who decided, and a list of one side what the other said."""
    if wanted.key != "looks":
        raise KeyError(wanted.key)
    return whole([Item("flag", look.flag, look.at) for look in agreement.looks(asked.office, asked.start, asked.until)])


def _stations(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    if asked.office is None:  # the national summary has no such row
        raise KeyError(wanted.what)
    office = asked.office
    if wanted.what == "stations" and all(row.key != wanted.key for row in figures.stations):
        raise KeyError(wanted.key)

    def keep(moves: Sequence[queries.Move]) -> list[queries.Move]:
        flagged = [(move, move.check_id) for move in moves if move.check_id is not None]
        if wanted.what == "stations" + ALL:
            return [move for move, _check in flagged]
        found = stations.origins(office, [check for _move, check in flagged])
        return [move for move, check in flagged if stations.of(found.get(check), figures.stations) == wanted.key]

    return asked.moves("flagged", keep=keep)


def _offices(asked: _Asked, figures: Figures, wanted: Wanted) -> Walk:
    """`key`: bp3mi-jabar:flagged."""
    code, _colon, key = wanted.key.rpartition(":")
    office = Office.objects.filter(code=code).first()
    if asked.office is not None or office is None or key not in ({"flagged"} if wanted.back else {"flagged", "high", "decided", "waiting"}):
        raise KeyError(wanted.key)
    return asked.queue(asked.until, office=office.pk) if key == "waiting" else _of_period(asked, key, office=office.pk)


ALL: Final = "_all"  # the total of a breakdown
SUMMED: Final = frozenset({"levels", "decisions", "ages", "case_outcomes"})  # whose total is the row without a key
_CHECKED: Final[dict[str, Callable[[queries.Checked], Sequence[str]]]] = {
    "verdicts": lambda check: [tally.verdict_key(check)],
    "kinds": lambda check: check.kinds,
    "countries": lambda check: check.countries,
    "platforms": lambda check: [check.platform],
    "places": lambda check: check.places,
}
_LISTS: Final[dict[str, Callable[[_Asked, Figures, Wanted], Walk]]] = {
    "measures": _measures,
    "days": _days,
    "levels": _levels,
    "decisions": _decisions,
    "ages": _ages,
    "asked": _asked,
    "flow": _flow,
    "delays": _delays,
    "indicators": _indicators,
    "cases": _cases,
    "offices": _offices,
    "stations": _stations,
    "stations" + ALL: _stations,
    "corrections": _corrections,
    "tips": _tips,
    "limits": _limits,
    "case_outcomes": _case_outcomes,
    "referrals": _referrals,
    "closed": _closed,
    "sanctions": _sanctions,
    "agreement": _agreement,
    "rings": _rings,
    **{table: _by_check(many, table) for table, many in _CHECKED.items()},
    **{table + ALL: _by_check(_CHECKED[table], table) for table in ("verdicts", "platforms")},
}


# --- what the summary says of them ----------------------------------------------------------------


def _column(row: Any, wanted: Wanted) -> int:
    return int(row.before if wanted.back else row.now)


def _row(rows: Sequence[Any], wanted: Wanted) -> int:
    """One row of a breakdown, or its total."""
    if not wanted.key and wanted.what in SUMMED:
        return sum(_column(row, wanted) for row in rows)
    return _column(next(row for row in rows if row.key == wanted.key), wanted)


def _shown(figures: Figures, table: str, wanted: Wanted) -> Sequence[Row]:
    """All rows, as a map shows them, but for the one of the table that sums up the last."""
    rows: Sequence[Row] = getattr(figures, table)
    return tally.shortened(rows, tally.BESIDE_A_MAP[table]) if wanted.key == tally.REST and table in tally.BESIDE_A_MAP else rows


def _total(table: str) -> Callable[[Figures, Wanted], int]:
    return lambda figures, wanted: sum(_column(row, wanted) for row in getattr(figures, table))


def _of_days(figures: Figures, wanted: Wanted) -> int:
    date, _colon, key = wanted.key.partition(":")
    if key not in {"read", "flagged", "decided"} or wanted.back:
        raise KeyError(key)
    for day in figures.days:
        if day.date == date:
            return int(getattr(day, key))
    raise KeyError(date)


def _of_offices(figures: Figures, wanted: Wanted) -> int:
    code, _colon, key = wanted.key.rpartition(":")
    row = next(row for row in figures.offices if row.code == code)
    if wanted.back:
        return {"flagged": row.flagged_before}[key]
    return {"flagged": row.flagged, "high": row.high, "decided": row.decided, "waiting": row.waiting}[key]


def _of_measures(figures: Figures, wanted: Wanted) -> int | None:
    measure = figures.measure(wanted.key)
    if wanted.key == "hours":
        raise KeyError(wanted.key)  # a middle, which counts nothing
    return measure.series[-1 - wanted.back]


def _of_cases(figures: Figures, wanted: Wanted) -> int:
    if wanted.back:
        return {"opened": figures.cases.opened_before, "closed": figures.cases.closed_before, "escalated": figures.cases.escalated_before}[
            wanted.key
        ]
    if wanted.key not in {"start", "opened", "reopened", "closed", "end", "escalated"}:
        raise KeyError(wanted.key)
    return int(getattr(figures.cases, wanted.key))


def _of_flow(figures: Figures, wanted: Wanted) -> int:
    if wanted.key not in {"start", "flagged", "returned", "handed_in", "decided", "lowered", "handed_out", "end"} or wanted.back:
        raise KeyError(wanted.key)
    return int(getattr(figures.flow, wanted.key))


def _of_delays(figures: Figures, wanted: Wanted) -> int:
    if wanted.back:
        raise KeyError(wanted.when)
    return next(row.decided for row in figures.delays if row.key == wanted.key)


def _of_referrals(figures: Figures, wanted: Wanted) -> int:
    channel, _colon, column = wanted.key.rpartition(":")
    if column not in referral_counts.COLUMNS or wanted.back or not figures.referrals:  # earlier versions counted none
        raise KeyError(column)
    if not channel:
        return referral_counts.total(figures.referrals, column)
    return int(getattr(next(row for row in figures.referrals if row.key == channel), column))


def _of_sanctions(figures: Figures, wanted: Wanted) -> int:
    place, _colon, side = wanted.key.partition(":")
    if wanted.back or not place.isdigit():
        raise KeyError(wanted.key)
    row = figures.sanctions[int(place)]
    return {sanctions.BEFORE: row.before, sanctions.AFTER: row.after}[side]


def _of_rings(figures: Figures, wanted: Wanted) -> int:
    number, _colon, column = wanted.key.partition(":")
    if wanted.back or column not in campaigns.COLUMNS:
        raise KeyError(wanted.key)
    return int(getattr(next(ring for ring in figures.rings if ring.number == number), column))


def _of_agreement(figures: Figures, wanted: Wanted) -> int | None:
    told = figures.agreement
    if told is None:
        return None
    return {"looks": told.looks_before if wanted.back else told.looks}[wanted.key]


_SAID: Final[dict[str, Callable[[Figures, Wanted], int | None]]] = {
    "measures": _of_measures,
    "days": _of_days,
    "levels": lambda figures, wanted: _row(figures.levels, wanted),
    "decisions": lambda figures, wanted: _row(figures.decisions, wanted),
    "ages": lambda figures, wanted: _row(figures.ages, wanted),
    "asked": lambda figures, wanted: _column(figures.asked, wanted),
    "flow": _of_flow,
    "delays": _of_delays,
    "indicators": lambda figures, wanted: _column(figures.indicators[int(wanted.key)], wanted),
    "cases": _of_cases,
    "offices": _of_offices,
    "corrections": lambda figures, wanted: _row(figures.corrections, wanted),
    "tips": lambda figures, wanted: _row(figures.tips, wanted),
    "limits": lambda figures, wanted: _row(figures.limits, wanted),
    "case_outcomes": lambda figures, wanted: _row(figures.case_outcomes, wanted),
    "referrals": _of_referrals,
    "closed": lambda figures, wanted: _row(figures.closed, wanted),
    "sanctions": _of_sanctions,
    "agreement": _of_agreement,
    "rings": _of_rings,
    "verdicts": lambda figures, wanted: _row(figures.verdicts, wanted),
    "kinds": lambda figures, wanted: _row(figures.kinds, wanted),
    "countries": lambda figures, wanted: _row(_shown(figures, "countries", wanted), wanted),
    "platforms": lambda figures, wanted: _row(figures.platforms, wanted),
    "places": lambda figures, wanted: _row(_shown(figures, "places", wanted), wanted),
    "stations": lambda figures, wanted: _row(figures.stations, wanted),
    "stations" + ALL: _total("stations"),
    "verdicts" + ALL: _total("verdicts"),
    "platforms" + ALL: _total("platforms"),
}
