"""What a figure of a weekly summary counted, row by row: the same events, asked up to the same moment.

The figures rest on rows that are only ever added, so the list behind a frozen figure can be made again at any time and is the list of
that day. Two things can be gone since: what a text named, where it was erased, and a mark as harmed that was taken back; then the page
says that the list is shorter or longer than the figure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from patrol import domain
from patrol.models import Office, Outcome
from reports import agreement, campaigns, queries, referrals, sanctions, stations, tally
from reports.figures import SERIES, Figures, Row, Shared
from reports.period import Period

NOW, BEFORE = "now", "before"


class NoSuchFigureError(Exception):
    """The address names no figure of this summary."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row a figure counted. `level` and `what` as they were then; `what` the outcome of a decision, or the kind of an event."""

    kind: str  # flag, case, post, objection, referral, indicator
    id: int
    at: datetime
    level: str = ""
    what: str = ""


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
    """The questions of one period, each asked when it is needed."""

    def __init__(self, office: int | None, period: Period, until: datetime) -> None:
        self.office = office
        self.period = period
        self.start, end = period.bounds()
        self.until = min(until, end)
        self.moment = until

    def count(self) -> tally.PeriodCount:
        moves = queries.moves(self.office, self.start, self.until)
        return tally.periods([_then(move, self.moment) for move in moves], [self.period], self.office)[0]

    def queue(self, moment: datetime) -> list[queries.Queued]:
        return queries.queued(self.office, [moment])

    def waits(self, moment: datetime) -> list[queries.Queued]:
        return [flag for flag in self.queue(moment) if flag.state == tally.WAITING]


def _then(move: queries.Move, moment: datetime) -> queries.Move:
    """A decision as it stood at the moment: what was taken back later was not yet."""
    return move._replace(undone_at=None) if move.undone_at is not None and move.undone_at >= moment else move


def _moves(moves: Sequence[queries.Move]) -> list[Item]:
    return [Item("flag", move.flag, move.at, move.level or "", move.what) for move in moves]


def _queued(flags: Sequence[queries.Queued]) -> list[Item]:
    return [Item("flag", flag.flag, flag.entered_at or flag.at) for flag in flags]


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


def items(figures: Figures, office: Office | None, wanted: Wanted) -> list[Item]:
    """The rows the figure counted, in the order they happened. Raises NoSuchFigureError."""
    figure(figures, wanted)
    own = figures.period
    until = datetime.fromisoformat(figures.until)
    asked = _Asked(office.pk if office else None, own.shifted(-wanted.back), until)
    found = _LISTS[wanted.what](asked, figures, wanted)
    return sorted(found, key=lambda item: (item.at, item.id))


# --- by table -------------------------------------------------------------------------------------


def _asked_outside(found: Sequence[tuple[referrals.Referral, datetime]]) -> list[Item]:
    return [Item("referral", one.id, at) for one, at in found]


def _measures(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    if wanted.key in referrals.MEASURES:
        return _asked_outside(referrals.measured(referrals.sent(asked.office, asked.until), wanted.key, asked.start, asked.until))
    if wanted.key == "read":
        return _read(asked)
    if wanted.key == "waiting":
        return _queued(asked.waits(asked.until))
    if wanted.key == "cases":
        return _case_moves(asked, "opened")
    return _moves(_of_period(asked.count(), wanted.key))


def _of_period(count: tally.PeriodCount, key: str) -> list[queries.Move]:
    if key in {"high", "flagged"}:
        return [move for move in count.flagged if key == "flagged" or move.level == domain.Level.HIGH]
    return [move for move in count.decided if key == "decided" or move.what == Outcome.CONFIRMED]


def _read(asked: _Asked) -> list[Item]:
    return [Item("post", post, at) for post, at in queries.read_posts(asked.office, asked.start, asked.until)]


def _days(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    """`key`: 2026-11-23:flagged, by the first day of the part."""
    first, _colon, key = wanted.key.partition(":")
    last = next(day.last or day.date for day in figures.days if day.date == first)
    found = _read(asked) if key == "read" else _moves(_of_period(asked.count(), key))
    return [item for item in found if first <= item.at.astimezone(domain.LAW_ZONE).date().isoformat() <= last]


def _levels(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    return _moves([move for move in asked.count().flagged if wanted.key in {"", move.level}])


def _decisions(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    return _moves([move for move in asked.count().decided if wanted.key in {"", move.what}])


def _ages(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    waits = asked.waits(asked.until)
    return _queued([flag for flag in waits if wanted.key in {"", tally.age(flag, asked.until)}])


def _asked(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    return _queued([flag for flag in asked.queue(asked.until) if flag.state != tally.WAITING])


def _flow(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    if wanted.key in {"start", "end"}:
        return _queued(asked.waits(asked.start if wanted.key == "start" else asked.until))
    count = asked.count()
    return _moves(count.out_of_queue if wanted.key == "decided" else getattr(count, wanted.key))


def _delays(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    return _moves(tally.timed(asked.count().decided, "" if wanted.key == "all" else wanted.key))


def _by_check(many: Callable[[queries.Checked], Sequence[str]], table: str) -> Callable[[_Asked, Figures, Wanted], list[Item]]:
    """A breakdown of the flagged by what their check says. The row REST holds what has no row of its own."""

    def listed(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
        flagged = [move for move in asked.count().flagged if move.check_id is not None]
        checks = queries.checked([move.check_id for move in flagged if move.check_id is not None])
        shown = _places(figures, wanted) if table == "places" else getattr(figures, table)
        named = {row.key for row in shown} - {tally.REST}
        found = []
        for move in flagged:
            assert move.check_id is not None
            values = many(checks[move.check_id]) or [tally.NOT_NAMED]
            if wanted.what == table + ALL:
                found.append(move)
            elif wanted.key == tally.REST:
                found += [move] * sum(value not in named for value in values)
            else:
                found += [move] * list(values).count(wanted.key)
        return _moves(found)

    return listed


def _indicators(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    """`key`: the place of its row. The summary keeps masked values, so the row is found again by its place, kind and masked value."""
    own = figures.period
    both = [_Asked(asked.office, one, asked.moment) for one in (own, own.previous())]
    this, last = ([move for move in one.count().flagged if move.check_id is not None] for one in both)
    seen = queries.shared(_checks(this), _checks(last), asked.moment)
    shown = figures.indicators[int(wanted.key)]
    alike = [one for one, masked in zip(seen, tally.masked(seen, type(own)), strict=True) if _row_of(masked) == _row_of(shown)]
    place = sum(_row_of(one) == _row_of(shown) for one in figures.indicators[: int(wanted.key)])
    if place >= len(alike):
        return []
    moves = last if wanted.back else this
    carried = set(queries.carriers(alike[place].indicator, _checks(moves), asked.moment))
    return _moves([move for move in moves if move.check_id in carried])


def _row_of(shown: Shared) -> tuple[str, str]:
    """What two rows of one contact have in common, also where an older edition has no key behind the mask."""
    return shown.kind, shown.value.partition(" #")[0]


def _checks(moves: Sequence[queries.Move]) -> list[int]:
    return [move.check_id for move in moves if move.check_id is not None]


def _case_moves(asked: _Asked, kind: str) -> list[Item]:
    moves = tally.standing(queries.case_moves(asked.office, asked.start, asked.until), asked.moment, type(asked.period))
    return [Item("case", move.case, move.at, what=move.kind) for move in moves if move.kind == kind]


def _cases(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    if wanted.key in {"start", "end"}:
        moment = asked.start if wanted.key == "start" else asked.until
        return [Item("case", case, at) for case, at in queries.open_case_ids(asked.office, moment)]
    return _case_moves(asked, wanted.key)


def _corrections(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    found = queries.corrections(asked.office, asked.start, asked.until)
    return [Item(one.kind, one.id, one.at) for one in found if one.what == wanted.key]


def _limits(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    limit = next(limit for limit in figures.limits if limit.key == wanted.key)
    return _queued(tally.late(asked.waits(asked.until), asked.until, limit.key, limit.hours))


def _case_outcomes(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    moves = tally.standing(queries.case_moves(asked.office, asked.start, asked.until), asked.moment, type(asked.period))
    closed = [move for move in moves if move.kind == "closed" and wanted.key in {"", tally.case_outcome(move)}]
    return [Item("case", move.case, move.at, what=move.kind) for move in closed]


def _referrals(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    """`key`: komdigi:sent, and :sent of all channels."""
    channel, _colon, column = wanted.key.rpartition(":")
    found = referrals.counted(referrals.sent(asked.office, asked.until), column, asked.start, asked.until)
    return _asked_outside([(one, at) for one, at in found if channel in {"", one.channel}])


def _closed(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    """Of calendar months, whatever the period: one referral for each thing that was closed."""
    start, until = referrals.months(asked.moment)[wanted.back]
    return _asked_outside(referrals.closed(referrals.sent(asked.office, until), start, until)[wanted.key])


def _sanctions(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    """`key`: the place of its row and the side of the decree, 0:after."""
    place, _colon, side = wanted.key.partition(":")
    found = sanctions.troubled(asked.office, asked.start, asked.until)
    return [Item("post", one.post, one.read_at) for one in sanctions.offers(found, figures.sanctions, int(place), side)]


def _rings(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    """`key`: JRG-26-0012:posts."""
    number, _colon, column = wanted.key.partition(":")
    flagged = asked.count().flagged
    found = campaigns.then([move.flag for move in flagged], asked.start, asked.until)
    one = next((ring for ring in found if ring.number == number), None)
    if one is None:
        return []
    if column == "now":
        return _moves([move for move in flagged if move.flag in one.flags])
    if column == "posts":
        return [Item("post", post, at) for post, at in zip(one.posts, one.seen, strict=True)]
    return [Item("indicator", key, asked.until) for key in (one.accounts if column == "accounts" else one.phones)]


def _agreement(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    """All of them alone: the flag's page says who decided, and a list of one side what the other said."""
    return [Item("flag", look.flag, look.at) for look in agreement.looks(asked.office, asked.start, asked.until)]


def _stations(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    assert asked.office is not None  # the national summary has no such row
    flagged = [move for move in asked.count().flagged if move.check_id is not None]
    found = stations.origins(asked.office, _checks(flagged))
    listed = [
        move
        for move in flagged
        if wanted.what == "stations" + ALL or stations.of(found.get(move.check_id or 0), figures.stations) == wanted.key
    ]
    return _moves(listed)


def _offices(asked: _Asked, figures: Figures, wanted: Wanted) -> list[Item]:
    """`key`: bp3mi-jabar:flagged."""
    code, _colon, key = wanted.key.rpartition(":")
    office = Office.objects.get(code=code).pk
    if key == "waiting":
        return _queued([flag for flag in asked.waits(asked.until) if flag.office == office])
    moves = _of_period(asked.count(), key)
    return _moves([move for move in moves if move.office_after == office])


ALL: Final = "_all"  # the total of a breakdown
_CHECKED: Final[dict[str, Callable[[queries.Checked], Sequence[str]]]] = {
    "verdicts": lambda check: [tally.verdict_key(check)],
    "kinds": lambda check: check.kinds,
    "countries": lambda check: check.countries,
    "platforms": lambda check: [check.platform],
    "places": lambda check: check.places,
}
_LISTS: Final[dict[str, Callable[[_Asked, Figures, Wanted], list[Item]]]] = {
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
    "limits": _limits,
    "case_outcomes": _case_outcomes,
    "referrals": _referrals,
    "closed": _closed,
    "sanctions": _sanctions,
    "agreement": _agreement,
    "rings": _rings,
    **{table: _by_check(many, table) for table, many in _CHECKED.items()},
    **{table + ALL: _by_check(many, table) for table, many in _CHECKED.items()},
}


# --- what the summary says of them ----------------------------------------------------------------


def _column(row: Any, wanted: Wanted) -> int:
    return int(row.before if wanted.back else row.now)


def _row(rows: Sequence[Any], wanted: Wanted) -> int:
    """One row of a breakdown, or its total."""
    if not wanted.key and wanted.what in {"levels", "decisions", "ages", "case_outcomes"}:
        return sum(_column(row, wanted) for row in rows)
    return _column(next(row for row in rows if row.key == wanted.key), wanted)


def _places(figures: Figures, wanted: Wanted) -> Sequence[Row]:
    """All of them, as the map shows, but for the row of the table that sums up the last."""
    return tally.shortened(figures.places, tally.PLACES) if wanted.key == tally.REST else figures.places


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
    if column not in referrals.COLUMNS or wanted.back or not figures.referrals:  # earlier versions counted none
        raise KeyError(column)
    if not channel:
        return referrals.total(figures.referrals, column)
    return int(getattr(next(row for row in figures.referrals if row.key == channel), column))


def _of_sanctions(figures: Figures, wanted: Wanted) -> int:
    place, _colon, side = wanted.key.partition(":")
    if wanted.back or not place.isdigit():
        raise KeyError(wanted.key)
    row = figures.sanctions[int(place)]
    return {sanctions.BEFORE: row.before, sanctions.AFTER: row.after}[side]


def _of_rings(figures: Figures, wanted: Wanted) -> int:
    number, _colon, column = wanted.key.partition(":")
    if wanted.back or column not in {"now", "posts", "accounts", "phones"}:
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
    "limits": lambda figures, wanted: _row(figures.limits, wanted),
    "case_outcomes": lambda figures, wanted: _row(figures.case_outcomes, wanted),
    "referrals": _of_referrals,
    "closed": lambda figures, wanted: _row(figures.closed, wanted),
    "sanctions": _of_sanctions,
    "agreement": _of_agreement,
    "rings": _of_rings,
    "verdicts": lambda figures, wanted: _row(figures.verdicts, wanted),
    "kinds": lambda figures, wanted: _row(figures.kinds, wanted),
    "countries": lambda figures, wanted: _row(figures.countries, wanted),
    "platforms": lambda figures, wanted: _row(figures.platforms, wanted),
    "places": lambda figures, wanted: _row(_places(figures, wanted), wanted),
    "stations": lambda figures, wanted: _row(figures.stations, wanted),
    "stations" + ALL: _total("stations"),
    "verdicts" + ALL: _total("verdicts"),
    "platforms" + ALL: _total("platforms"),
}
