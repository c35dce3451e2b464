"""What nobody could see: days on which a watch brought nothing that can be read. Pure.

A day of a watch is blind when no fetch of it ended well on that day; a good answer without a single post is not well.
A day counts when the watch existed through all of it and the day is over; of a day that is cut off (the watch is new, was
paused for a part of it, the period still runs) only where it was tried and never ended well. What a person paused is told apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import zip_longest

from patrol import domain
from patrol.engine import masks
from reports import queries
from reports.figures import BlindWatch, NewWatch
from reports.period import Period

USUAL_DAYS = 28  # before the period, to say how much a watch brings on a day it works

NOT_FETCHED = domain.Sentence(id="tidak diambil", en="not fetched")
EMPTY = domain.Sentence(id="jawaban kosong, tanpa satu pun unggahan", en="empty answer, not a single post")
PAUSED = domain.Sentence(id="dijeda oleh orang", en="paused by a person")
NO_GOOD_END = domain.Sentence(id="pengambilan tidak selesai", en="fetch did not finish")


def looked_from(period: Period) -> datetime:
    """From when fetches are needed to judge this period."""
    return period.bounds()[0] - timedelta(days=USUAL_DAYS)


def blind(rows: Sequence[queries.Watched], period: Period, until: datetime) -> tuple[int, tuple[BlindWatch, ...]]:
    """How many watches there were, and those with blind days: longest blind first."""
    by_watch = _by_watch(rows)
    return len(by_watch), _longest(_judge(watch, period, until) for watch in by_watch)


def paused(rows: Sequence[queries.Watched], period: Period, until: datetime) -> tuple[BlindWatch, ...]:
    """The watches with days without data that a person had paused for some of their time: longest first."""
    return _longest(_rested(watch, period, until) for watch in _by_watch(rows))


def _by_watch(rows: Sequence[queries.Watched]) -> list[list[queries.Watched]]:
    found: dict[int, list[queries.Watched]] = defaultdict(list)
    for row in rows:
        found[row.watch].append(row)
    return list(found.values())


def _longest(found: Iterable[BlindWatch | None]) -> tuple[BlindWatch, ...]:
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (-len(one.days), one.name)))


def newer(rows: Sequence[queries.Watched], period: Period) -> tuple[NewWatch, ...]:
    """The watches that were made after the period began, earliest first."""
    start = period.bounds()[0]
    found = {row.watch: row for row in rows if row.created_at > start}
    made = sorted((row.created_at, row.name) for row in found.values())
    return tuple(NewWatch(masks.text(name), at.astimezone(domain.LAW_ZONE).date().isoformat()) for at, name in made)


def _judge(rows: Sequence[queries.Watched], period: Period, until: datetime) -> BlindWatch | None:
    by_day = {row.day: row for row in rows if row.day is not None}
    dark = [day for day in period.days() if _is_blind(day, by_day.get(day), rows[0], until)]
    return _told(rows, dark, _cause(next((by_day[day] for day in reversed(dark) if day in by_day), None)), period)


def _rested(rows: Sequence[queries.Watched], period: Period, until: datetime) -> BlindWatch | None:
    by_day = {row.day: row for row in rows if row.day is not None}
    days = [
        day
        for day in period.days()
        if _is_paused(day, rows[0].pauses, until) and not ((row := by_day.get(day)) and row.good)
        if not _is_blind(day, by_day.get(day), rows[0], until)
    ]
    return _told(rows, days, PAUSED, period)


def _told(rows: Sequence[queries.Watched], days: Sequence[date], cause: domain.Sentence, period: Period) -> BlindWatch | None:
    if not days:
        return None
    earlier = [row.posts_new or 0 for row in rows if row.day and row.day < period.first_day and row.good]
    return BlindWatch(
        name=masks.text(rows[0].name),
        platform=rows[0].platform,
        days=tuple(day.isoformat() for day in days),
        cause=cause,
        posts_a_day=round(sum(earlier) / len(earlier)) if earlier else None,
    )


def _is_blind(day: date, row: queries.Watched | None, watch: queries.Watched, until: datetime) -> bool:
    if row is not None and row.good:
        return False
    start = datetime.combine(day, time(), domain.LAW_ZONE)
    whole = watch.created_at <= start and start + timedelta(days=1) <= until and not _is_paused(day, watch.pauses, until)
    return whole or bool(row is not None and row.tries)


def _is_paused(day: date, pauses: Sequence[datetime], until: datetime) -> bool:
    """For some of the day, as far as it is over."""
    start = datetime.combine(day, time(), domain.LAW_ZONE)
    end = min(start + timedelta(days=1), until)
    return any(begins < end and ends > start for begins, ends in zip_longest(pauses[::2], pauses[1::2], fillvalue=until))


def _cause(row: queries.Watched | None) -> domain.Sentence:
    if row is None or not row.tries:
        return NOT_FETCHED
    if row.problem_id and row.problem_en:
        return domain.Sentence(id=masks.text(row.problem_id), en=masks.text(row.problem_en))  # frozen as it is here
    return EMPTY if row.empty else NO_GOOD_END
