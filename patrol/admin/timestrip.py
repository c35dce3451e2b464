"""Posts of one indicator by week, as bars: decided as an offence, open, the rest. Numbers for the eye and a table for the reader."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection

from patrol import states
from patrol.admin import words
from patrol.vocabulary import LAW_ZONE

WEEKS: Final = 26
WIDTH, HEIGHT, BASE = 26, 56, 60  # of a week, of the highest bar, of the ground line

# All posts, not only the newest: the sums at the head of the page come from here.
_WEEKLY = """
SELECT greatest(date_trunc('week', COALESCE(p.posted_at, p.first_seen) AT TIME ZONE 'Asia/Jakarta')::date, %(from)s) AS week,
    count(*), count(*) FILTER (WHERE f.state = 'confirmed'), count(*) FILTER (WHERE f.state = ANY(%(open)s))
FROM (SELECT DISTINCT post_id FROM patrol_sighting WHERE indicator_id = %(indicator)s) s
JOIN patrol_post p ON p.id = s.post_id LEFT JOIN patrol_flag f ON f.post_id = p.id
GROUP BY 1 ORDER BY 1
"""


def of(indicator_id: int, now: datetime) -> dict[str, Any]:
    """Sums over all posts, and one bar for each of the last WEEKS weeks; what is older stands in `earlier`."""
    today = now.astimezone(LAW_ZONE).date()
    this_week = today - timedelta(days=today.weekday())
    first = this_week - timedelta(weeks=WEEKS - 1)
    with connection.cursor() as cursor:
        cursor.execute(
            _WEEKLY,
            {"indicator": indicator_id, "from": first - timedelta(weeks=1), "open": sorted(map(str, states.OPEN))},
        )
        found = {week: (posts, sure, waiting) for week, posts, sure, waiting in cursor.fetchall()}
    posts, sure, waiting = (sum(row[place] for row in found.values()) for place in range(3))
    weeks = [first + timedelta(weeks=n) for n in range(WEEKS)]
    highest = max([1, *(found[week][0] for week in weeks if week in found)])
    return {
        "posts": posts,
        "confirmed": sure,
        "waiting": waiting,
        "earlier": sum(row[0] for week, row in found.items() if week < first),
        "highest": highest,
        "width": WEEKS * WIDTH,
        "height": BASE + 20,
        "base": BASE,
        "bars": [_bar(n, week, found.get(week, (0, 0, 0)), highest) for n, week in enumerate(weeks)],
    }


def _bar(number: int, week: date, counted: tuple[int, int, int], highest: int) -> dict[str, Any]:
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
