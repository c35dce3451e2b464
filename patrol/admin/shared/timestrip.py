"""Posts of one indicator by week, as bars: decided as an offence, open, the rest. Numbers for the eye and a table for the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import add
from typing import Any, Final

from django.db import connection

from patrol.admin.shared import words
from patrol.domain import LAW_ZONE, states

WEEKS: Final = 26
STRIKES: Final = 10  # shown one by one; all are counted
WIDTH, HEIGHT, BASE = 26, 56, 60  # of a week, of the highest bar, of the ground line

# All posts, not only the newest: the sums at the head of the page come from here. Sightings, flags and posts are each walked once, in the
# order of their ids; asked one by one, ten thousand posts take three times as long. Nothing joins two of the three: of what an array
# finds the planner believes ten rows, and would compare each with each.
_COUNTED = """
WITH seen AS MATERIALIZED (
    SELECT DISTINCT post_id, role FROM patrol_sighting WHERE indicator_id = %(indicator)s
), ids AS MATERIALIZED (
    SELECT array_agg(DISTINCT post_id) AS posts FROM seen
), judged AS MATERIALIZED (
    SELECT id, post_id, number, state, decided_at FROM patrol_flag WHERE post_id = ANY((SELECT posts FROM ids)::bigint[])
), strikes AS (
    SELECT f.id, f.number, f.decided_at, count(*) OVER () AS many FROM judged f
    WHERE f.state = 'confirmed' AND f.decided_at > %(since)s AND EXISTS (
        SELECT FROM patrol_sighting s
        WHERE s.indicator_id = %(indicator)s AND s.post_id = f.post_id AND s.role IN ('author', 'contact'))
    ORDER BY f.decided_at DESC, f.id DESC LIMIT %(strikes)s
)
(SELECT 'week' AS kind,
    greatest(date_trunc('week', LEAST(p.posted_at, p.first_seen) AT TIME ZONE 'Asia/Jakarta')::date, %(from)s)::text AS key,
    NULL::timestamptz AS at, count(*), 0, 0
 FROM patrol_post p WHERE id = ANY((SELECT posts FROM ids)::bigint[]) GROUP BY 2)
UNION ALL
(SELECT 'week',
    greatest(date_trunc('week', LEAST(p.posted_at, p.first_seen) AT TIME ZONE 'Asia/Jakarta')::date, %(from)s)::text, NULL, 0,
    count(*) FILTER (WHERE f.state = 'confirmed'), count(*) FILTER (WHERE f.state = ANY(%(open)s))
 FROM judged f JOIN patrol_post p ON p.id = f.post_id GROUP BY 2)
UNION ALL
(SELECT 'role', role, NULL, count(*), 0, 0 FROM seen GROUP BY role ORDER BY role)
UNION ALL
(SELECT 'strike', number, decided_at, id, many, 0 FROM strikes)
"""


@dataclass(frozen=True, slots=True)
class Sightings:
    """All posts of an indicator, counted."""

    strip: dict[str, Any]  # sums, and one bar for each of the last WEEKS weeks; what is older stands in `earlier`
    roles: list[tuple[str, int]]  # in what part it was seen, in how many posts; by the role's name
    strikes: int  # confirmed flags since the given moment in which it is author or contact
    newest_strikes: list[tuple[int, str, datetime]]  # flag, its number, when decided; newest first, at most STRIKES


def of(indicator_id: int, now: datetime, *, strikes_since: datetime) -> Sightings:
    """One query; a few dozen rows."""
    today = now.astimezone(LAW_ZONE).date()
    this_week = today - timedelta(days=today.weekday())
    first = this_week - timedelta(weeks=WEEKS - 1)
    wanted: dict[str, Any] = {
        "indicator": indicator_id,
        "from": first - timedelta(weeks=1),
        "open": sorted(map(str, states.OPEN)),
        "since": strikes_since,
        "strikes": STRIKES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, wanted)
        rows = cursor.fetchall()
    weekly: dict[date, list[int]] = {}
    for kind, key, _at, *counted in rows:
        if kind == "week":
            sums = weekly.setdefault(date.fromisoformat(key), [0, 0, 0])
            sums[:] = map(add, sums, counted)
    struck = [(number, key, at, many) for kind, key, at, number, many, _rest in rows if kind == "strike"]
    return Sightings(
        strip=_strip(weekly, first),
        roles=[(key, posts) for kind, key, _at, posts, *_rest in rows if kind == "role"],
        strikes=struck[0][3] if struck else 0,
        newest_strikes=[row[:3] for row in struck],
    )


def _strip(weekly: Mapping[date, Sequence[int]], first: date) -> dict[str, Any]:
    posts, sure, waiting = (sum(row[place] for row in weekly.values()) for place in range(3))
    weeks = [first + timedelta(weeks=n) for n in range(WEEKS)]
    highest = max([1, *(weekly[week][0] for week in weeks if week in weekly)])
    return {
        "posts": posts,
        "confirmed": sure,
        "waiting": waiting,
        "earlier": sum(row[0] for week, row in weekly.items() if week < first),
        "highest": highest,
        "width": WEEKS * WIDTH,
        "height": BASE + 20,
        "base": BASE,
        "bars": [_bar(n, week, weekly.get(week, (0, 0, 0)), highest) for n, week in enumerate(weeks)],
    }


def _bar(number: int, week: date, counted: Sequence[int], highest: int) -> dict[str, Any]:
    posts, sure, waiting = counted
    heights = [round(HEIGHT * part / highest, 1) for part in (sure, waiting, posts - sure - waiting)]
    tops, top = [], float(BASE)
    for height in heights:
        top = round(top - height, 1)
        tops.append(top)
    return {
        "x": number * WIDTH + 4,
        "parts": [
            {"tone": tone, "y": y, "height": height}
            for tone, y, height in zip(("sure", "open", "rest"), tops, heights, strict=True)
            if height
        ],
        "week": words.day(week),
        "label": words.day(week) if number % 5 == 0 and number < WEEKS - 5 else "",
        "posts": posts,
        "confirmed": sure,
        "waiting": waiting,
    }
