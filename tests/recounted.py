"""The daily tallies counted another way: week by week by the summary's own code, from the events."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from reports import queries, tally
from reports.period import IsoWeek


def by_day(office_id: int | None, first: date, last: date) -> dict[date, dict[str, int]]:
    """As tallies.by_day of whole weeks says it, but without zeros, and of all offices together without what was handed over."""
    weeks = [IsoWeek.of_day(first)]
    while weeks[-1] < IsoWeek.of_day(last):
        weeks.append(weeks[-1].next())
    start, until = weeks[0].bounds()[0], weeks[-1].bounds()[1]
    found: dict[date, Counter[str]] = defaultdict(Counter)
    for week in tally.periods(queries.moves(office_id, start, until), weeks, office_id):
        kinds = {
            "flagged": week.flagged,
            "returned": week.returned,
            "lowered": week.lowered,
            "handed_in": week.handed_in,
            "handed_out": week.handed_out,
            "left": week.out_of_queue,
            **{what: [move for move in week.decided if move.what == what] for what in ("confirmed", "dismissed", "needs_information")},
        }
        for what, moves in kinds.items():
            for day, many in tally.by_day(moves).items():
                found[day][what] += many
    for row in queries.read(office_id, start, until):
        found[row.day]["read"] += row.posts
    return {day: dict(count) for day, count in found.items()}


def without(kept: dict[date, Counter[str]], *, handed: bool) -> dict[date, dict[str, int]]:
    """What is kept, in the shape of `by_day`. Handed over by one office and to another, where `handed` is False, cancel out."""
    for count in kept.values():
        if not handed:
            assert count.pop("handed_in", 0) == count.pop("handed_out", 0)
    return {day: dict(+count) for day, count in kept.items() if +count}
