"""What nobody could see: days on which a watch brought nothing that can be read. Pure.

A day of a watch is blind when no fetch of it ended well on that day; a good answer without a single post is not well.
A day counts when the watch existed through all of it and the day is over; of a day that is cut off (the watch is new,
the period still runs) only where it was tried and never ended well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from patrol import domain
from patrol.engine import masks
from reports import queries
from reports.figures import BlindWatch, NewWatch
from reports.period import Period

USUAL_DAYS = 28  # before the period, to say how much a watch brings on a day it works

NOT_FETCHED = domain.Sentence(id="tidak diambil", en="not fetched")
EMPTY = domain.Sentence(id="jawaban kosong, tanpa satu pun unggahan", en="empty answer, not a single post")
NO_GOOD_END = domain.Sentence(id="pengambilan tidak selesai", en="fetch did not finish")


def looked_from(period: Period) -> datetime:
    """From when fetches are needed to judge this period."""
    return period.bounds()[0] - timedelta(days=USUAL_DAYS)


def blind(rows: Sequence[queries.Watched], period: Period, until: datetime) -> tuple[int, tuple[BlindWatch, ...]]:
    """How many watches there were, and those with blind days: longest blind first."""
    by_watch: dict[int, list[queries.Watched]] = defaultdict(list)
    for row in rows:
        by_watch[row.watch].append(row)
    found = [made for watch in by_watch.values() if (made := _judge(watch, period, until)) is not None]
    return len(by_watch), tuple(sorted(found, key=lambda one: (-len(one.days), one.name)))


def newer(rows: Sequence[queries.Watched], period: Period) -> tuple[NewWatch, ...]:
    """The watches that were made after the period began, earliest first."""
    start = period.bounds()[0]
    found = {row.watch: row for row in rows if row.created_at > start}
    made = sorted((row.created_at, row.name) for row in found.values())
    return tuple(NewWatch(masks.text(name), at.astimezone(domain.LAW_ZONE).date().isoformat()) for at, name in made)


def _judge(rows: Sequence[queries.Watched], period: Period, until: datetime) -> BlindWatch | None:
    by_day = {row.day: row for row in rows if row.day is not None}
    dark = [day for day in period.days() if _is_blind(day, by_day.get(day), rows[0].created_at, until)]
    if not dark:
        return None
    earlier = [row.posts_new or 0 for row in by_day.values() if row.day and row.day < period.first_day and row.good]
    return BlindWatch(
        name=masks.text(rows[0].name),
        platform=rows[0].platform,
        days=tuple(day.isoformat() for day in dark),
        cause=_cause(next((by_day[day] for day in reversed(dark) if day in by_day), None)),
        posts_a_day=round(sum(earlier) / len(earlier)) if earlier else None,
    )


def _is_blind(day: date, row: queries.Watched | None, created_at: datetime, until: datetime) -> bool:
    if row is not None and row.good:
        return False
    start = datetime.combine(day, time(), domain.LAW_ZONE)
    whole = created_at <= start and start + timedelta(days=1) <= until
    return whole or bool(row is not None and row.tries)


def _cause(row: queries.Watched | None) -> domain.Sentence:
    if row is None or not row.tries:
        return NOT_FETCHED
    if row.problem_id and row.problem_en:
        return domain.Sentence(id=masks.text(row.problem_id), en=masks.text(row.problem_en))  # frozen as it is here
    return EMPTY if row.empty else NO_GOOD_END
