"""What waits in the queue by office, level and age, and what of it waits longer than it may: the start page's view of the queue.

One pass over the open flags, in the index that counting walks. Each figure is that of a list: the rows `queue` shows under the filter that
stands beside it. Of a long queue it is kept for a minute; `at` says of when it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.cache import cache
from django.db import connection

from patrol import models
from patrol.domain import Level
from patrol.triage.queue import ENTERED, LONG, kept_as, late_from, mine, open_flags, whole

AGES: Final = (4, 24, 72)  # hours: a row's age is that of its oldest flag
KEPT_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """Rows of one office that stand alike. `level`: "" where all of the row was put off. `late`: the highest level at which a flag of the
    row waits too long, put off or not, "" for none; `since`: from when on such a flag waits; `put_off`: the highest level of such a flag
    that was put off; `age`: how many of AGES its oldest flag has passed."""

    office_id: int
    level: str
    late: str
    put_off: str
    age: int
    rows: int
    oldest: datetime | None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Backlog:
    at: datetime
    cells: tuple[Cell, ...]

    def of(self, *, office_id: int | None = None, level: str = "", late: str = "", put_off: str = "", age: int | None = None) -> Rows:
        """`late`: a level, or "*" for whatever is late; the oldest is then the one that waits longest. `put_off`: a level, of what is late
        and was put off. Else only of what was not."""
        found = [
            cell
            for cell in self.cells
            if office_id in {None, cell.office_id}
            and (level in {"", cell.level} if level or late or put_off else cell.level)
            and (not late or (cell.late if late == "*" else cell.late == late))
            and put_off in {"", cell.put_off}
            and age in {None, cell.age}
        ]
        moments = (cell.since if late or put_off else cell.oldest for cell in found)
        return Rows(sum(cell.rows for cell in found), min((moment for moment in moments if moment), default=None))


@dataclass(frozen=True, slots=True)
class Rows:
    count: int
    oldest: datetime | None


_COUNT: Final = """
SELECT office_id, urgency, late, put_off, {age}, count(*), min(oldest), min(since) FROM (
    SELECT office_id, min(urgency) FILTER (WHERE NOT asleep) AS urgency, min(raised_at) FILTER (WHERE NOT asleep) AS oldest,
           min(urgency) FILTER (WHERE entered < allowed) AS late, min(entered) FILTER (WHERE entered < allowed) AS since,
           min(urgency) FILTER (WHERE entered < allowed AND asleep) AS put_off
      FROM (SELECT m.*, CASE WHEN m.state = 'waiting' AND m.raised_at < m.allowed THEN {entered} END AS entered
              FROM (SELECT v.*, CASE v.urgency {limits} END AS allowed, COALESCE(v.snoozed_until > statement_timestamp(), false) AS asleep
                      FROM ({visible}) v) m OFFSET 0) aged
     GROUP BY office_id, row_key) firsts
 WHERE urgency IS NOT NULL OR late IS NOT NULL
 GROUP BY 1, 2, 3, 4, 5
"""
_LEVELS: Final = {models.urgency(level.rank): str(level) for level in Level}


def backlog(person: models.Person, now: datetime) -> Backlog:
    """Of the queue as it opens for this person. One query, none while that of a long queue is kept."""
    wanted = whole(person)
    name = kept_as("backlog_and_put_off", person, wanted)
    kept: Backlog | None = cache.get(name)
    if kept is not None:
        return kept
    flags = open_flags(person, wanted, put_off=True)
    if flags.query.is_empty():
        return Backlog(now, ())
    visible, given = mine(flags)
    late = late_from(now)
    filled = {
        "{entered}": ENTERED.format(flag="m.id", until="true"),
        "{visible}": visible,
        "{limits}": "WHEN %s THEN %s::timestamptz " * len(late),
        "{age}": " + ".join(["(oldest IS NOT NULL AND oldest < %s::timestamptz)::int"] * len(AGES)),
    }
    sql = _COUNT
    for place, part in filled.items():
        sql = sql.replace(place, part)
    passed = [now - timedelta(hours=hours) for hours in AGES]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*passed, *(part for pair in late.items() for part in pair), *given])
        cells = tuple(
            Cell(office, _LEVELS.get(urgency, ""), _LEVELS.get(over, ""), _LEVELS.get(put_off, ""), age, rows, oldest, since)
            for office, urgency, over, put_off, age, rows, oldest, since in cursor.fetchall()
        )
    found = Backlog(now, cells)
    if found.of().count >= LONG:
        cache.set(name, found, KEPT_SECONDS)
    return found
