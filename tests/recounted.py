"""Figures counted another way: the daily tallies week by week by the summary's own code, from the events; the reports of the public of a
summary from what their rows and events say, each figure by a statement of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any

from django.db import connection

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


_TIPS = {
    "received": """SELECT count(*) FROM patrol_tip t JOIN patrol_tipevent e ON e.tip_id = t.id AND e.kind = 'received'
        WHERE t.at >= %(start)s AND t.at < %(until)s AND e.office_id = ANY(%(offices)s)""",
    "urgent": """SELECT count(*) FROM patrol_tip t JOIN patrol_tipevent e ON e.tip_id = t.id AND e.kind = 'received'
        WHERE (t.danger OR t.since = 'left') AND t.at >= %(start)s AND t.at < %(until)s AND e.office_id = ANY(%(offices)s)""",
    "joined": """SELECT count(*) FROM (
            SELECT DISTINCT ON (tip_id) at, office_id FROM patrol_tipevent WHERE kind IN ('joined', 'taken_in') ORDER BY tip_id, id) e
        WHERE at >= %(start)s AND at < %(until)s AND office_id = ANY(%(offices)s)""",
    "closed": """SELECT count(*) FROM (
            SELECT tip_id, kind, at, office_id, lead(at) OVER (PARTITION BY tip_id ORDER BY id) AS undone
            FROM patrol_tipevent WHERE kind IN ('closed', 'reopened')) e
        WHERE kind = 'closed' AND at >= %(start)s AND at < %(until)s AND coalesce(undone >= %(until)s, true)
          AND office_id = ANY(%(offices)s)
          AND NOT coalesce((SELECT min(at) FROM patrol_tipevent WHERE tip_id = e.tip_id AND kind IN ('joined', 'taken_in')) <= e.at, false)
        """,
    "bad_faith": """SELECT count(*) FROM (
            SELECT kind, at, office_id, lead(at) OVER (PARTITION BY tip_id ORDER BY id) AS undone
            FROM patrol_tipevent WHERE kind IN ('bad_faith', 'good_faith')) e
        WHERE kind = 'bad_faith' AND at >= %(start)s AND at < %(until)s AND coalesce(undone >= %(until)s, true)
          AND office_id = ANY(%(offices)s)""",
    "waiting": """SELECT count(*) FROM patrol_tip t
        WHERE EXISTS (SELECT FROM patrol_tipevent e WHERE e.tip_id = t.id AND e.kind IN ('received', 'replied', 'reopened')
            AND e.at < %(until)s AND NOT EXISTS (SELECT FROM patrol_tipevent x WHERE x.tip_id = t.id AND x.id > e.id AND x.at < %(until)s
                AND x.kind IN ('asked', 'answered', 'passed_on', 'closed', 'withdrawn', 'ran_out')))
          AND (SELECT office_id FROM patrol_tipevent WHERE tip_id = t.id AND at < %(until)s ORDER BY id DESC LIMIT 1) = ANY(%(offices)s)""",
}


def tips(offices: list[int], start: datetime, until: datetime) -> dict[str, int]:
    """The figures of a summary of these offices of the time from start to until, by the keys of tally.TIPS."""
    given: dict[str, Any] = {"offices": offices, "start": start, "until": until}
    found = {}
    with connection.cursor() as cursor:
        for key, statement in _TIPS.items():
            cursor.execute(statement, given)
            found[key] = int(cursor.fetchone()[0])
    return found
