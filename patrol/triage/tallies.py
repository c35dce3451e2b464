"""The counts of each day, as models.DailyTally keeps them: reading, folding and comparing them with the events.

What counts when is said in reports/tally.py. The triggers that count say it again in SQL; tests/reports/test_histories.py compares the two.
A decision that is taken back in the week it was made in is not counted, so a day may fall until its week is over; a week that is over
stays. Reading is cheap: some rows for each day and office, however many flags there are.
"""

from __future__ import annotations

import logging
import random
import time as clock
from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection, transaction
from django.db.models import Min

from patrol import domain, models
from patrol.infra import reached
from patrol.models import Role
from patrol.models.tallies import DECIDED, Tallied

log = logging.getLogger(__name__)

NIGHT = (1, 5)  # hours in Jakarta, without the last one, in which all is counted anew
FOLDED_FROM: Final = 500  # rows that are not folded yet, before the sweep folds any
FOLDED_AT_ONCE: Final = 20_000
LOGGED: Final = 20  # differences of one night; `manage.py tally` names all
DAYS_AT_ONCE: Final = 2
FRESH: Final = 7  # stretches that are compared first
SECONDS: Final = 90.0  # of a night; what is compared last may take longer than the rest of a task's time only if two days do
_REACHED, _BEGUN = "tallies", "tallies_begun"


def _rows(sql: str, **given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


def by_day(office_id: int | None, first: date, last: date, *, level: str | None = None) -> dict[date, Counter[str]]:
    """What was counted on each of these days, of one office or of all of them: day -> Tallied -> how many. One query.

    `level`: only what was flagged or decided at it.
    """
    sql = """
SELECT day, what, sum(count) FROM patrol_dailytally
 WHERE day BETWEEN %(first)s AND %(last)s AND (%(office)s::bigint IS NULL OR office_id = %(office)s)
   AND (%(level)s::text IS NULL OR level = %(level)s)
 GROUP BY 1, 2"""
    found: dict[date, Counter[str]] = defaultdict(Counter)
    for day, what, count in _rows(sql, office=office_id, first=first, last=last, level=level):
        found[day][what] = int(count)
    return found


def first_day(office_id: int | None) -> date | None:
    """Of which anything is counted."""
    found = models.DailyTally.objects.all() if office_id is None else models.DailyTally.objects.filter(office=office_id)
    first: date | None = found.aggregate(first=Min("day"))["first"]
    return first


def decided(count: Counter[str]) -> int:
    return sum(count[what] for what in DECIDED)


def last_days(days: int, now: datetime) -> list[date]:
    """Up to today, today last."""
    today = now.astimezone(domain.LAW_ZONE).date()
    return [today - timedelta(days=back) for back in range(days)][::-1]


def flow(*, office_id: int | None, days: int, now: datetime) -> list[tuple[date, int, int]]:
    """(day, flagged, decided) of the last days, today last: as the summaries of their weeks say. One query."""
    asked = last_days(days, now)
    found = by_day(office_id, asked[0], asked[-1])
    return [(day, found[day][Tallied.FLAGGED], decided(found[day])) for day in asked]


_FOLD = """
WITH gone AS (
    DELETE FROM patrol_dailytally WHERE id IN (SELECT id FROM patrol_dailytally WHERE NOT folded ORDER BY id LIMIT %(limit)s)
    RETURNING day, office_id, what, level, count
), summed AS (
    INSERT INTO patrol_dailytally AS kept (day, office_id, what, level, count, folded)
    SELECT day, office_id, what, level, sum(count), true FROM gone GROUP BY 1, 2, 3, 4 HAVING sum(count) <> 0 ORDER BY 1, 2, 3, 4
    ON CONFLICT (day, office_id, what, level) WHERE folded DO UPDATE SET count = kept.count + EXCLUDED.count
)
SELECT count(*) FROM gone
"""


def fold(*, least: int = FOLDED_FROM) -> int:
    """Sums up the rows of single events, where there are at least so many. No count changes. Returns how many rows went."""
    sql = "SELECT count(*) FROM (SELECT FROM patrol_dailytally WHERE NOT folded LIMIT %(least)s) waits"
    if _rows(sql, least=least)[0][0] < least:
        return 0
    return int(_rows(_FOLD, limit=FOLDED_AT_ONCE)[0][0])


# Counted anew beside what is kept, in one look at the database: what is being written meanwhile is in neither. What was read is compared
# over all offices: a watch that was given to another office brought its posts for the one it had, which the tally alone still knows. Where
# that sum is wrong, only what it lacks (or has too much) is told, of the offices that lack most: of a day on which a watch given away since
# brought posts too, it may be another office's.
_DIFFERENCES = """
WITH counted AS MATERIALIZED (
    SELECT day, office_id, what, level, count FROM patrol_tally_of_flags(ARRAY({flags}), NULL, NULL)
    UNION ALL
    SELECT day, office_id, 'read', '', count FROM patrol_tally_of_posts(ARRAY({posts}), NULL)
), differs AS (
    SELECT day, office_id, what, level, sum(count) AS more FROM (
        SELECT day, office_id, what, level, count FROM counted
        UNION ALL
        SELECT day, office_id, what, level, -count FROM patrol_dailytally) both_ways
     WHERE {days}
     GROUP BY 1, 2, 3, 4
), read AS (
    SELECT d.*, abs(lacks) - coalesce(sum(abs(more)) OVER (
               PARTITION BY day ORDER BY abs(more) DESC, office_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS rest
      FROM (SELECT *, sum(more) OVER (PARTITION BY day) AS lacks FROM differs WHERE what = 'read') d
     WHERE sign(more) = sign(lacks)
)
SELECT day, office_id, what, level, more FROM differs WHERE what <> 'read' AND more <> 0
UNION ALL
SELECT day, office_id, what, level, sign(more) * least(abs(more), rest) FROM read WHERE more <> 0 AND rest > 0
"""
_WHOLE: Final = _DIFFERENCES.format(flags="SELECT id FROM patrol_flag", posts="SELECT id FROM patrol_post", days="true")
# A count of a day comes from what happened on it: of no other flags and posts.
_STRETCH: Final = _DIFFERENCES.format(
    flags="""SELECT flag_id FROM patrol_flagevent WHERE at >= %(start)s AND at < %(end)s
        UNION SELECT flag_id FROM patrol_decision WHERE at >= %(start)s AND at < %(end)s""",
    posts="""SELECT DISTINCT v.post_id FROM patrol_reading r JOIN patrol_postversion v ON v.id = r.version_id
        WHERE r.read_at >= %(start)s AND r.read_at < %(end)s""",
    days="day BETWEEN %(first)s AND %(last)s",
)


class Difference(NamedTuple):
    """What is missing in a count; negative: what is too much."""

    day: date
    office_id: int | None
    what: str
    level: str
    more: int


def differences() -> list[Difference]:
    """Where what is kept is not what the events say, earliest first; nothing is mended. A look through all that ever happened."""
    return [Difference(*row) for row in _rows(f"{_WHOLE} ORDER BY 1, 2, 3, 4")]


def differences_of(first: date, last: date) -> list[Difference]:
    """The same of these days alone."""
    start, end = (datetime.combine(day, time(), domain.LAW_ZONE) for day in (first, last + timedelta(days=1)))
    return [Difference(*row) for row in _rows(f"{_STRETCH} ORDER BY 1, 2, 3, 4", first=first, last=last, start=start, end=end)]


def mend() -> int:
    """Makes the tally what the events say, without holding anybody up. Returns how many counts were wrong."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO patrol_dailytally (day, office_id, what, level, count) {_WHOLE}")
        return int(cursor.rowcount)


def due(*, now: datetime) -> bool:
    """Whether it is night and nobody began to compare in it. By day no query."""
    here = now.astimezone(domain.LAW_ZONE)
    return NIGHT[0] <= here.hour < NIGHT[1] and reached.day(_BEGUN) < here.date()


def compare(*, now: datetime, seconds: float = SECONDS) -> int:
    """Once a night, for about so long: tells the administrators where a count is not what the events say, and of a night before that
    began and came to no end. Mends nothing: why it came to be has to be found."""
    today = now.astimezone(domain.LAW_ZONE).date()
    with transaction.atomic():
        if reached.day(_BEGUN) > reached.day(_REACHED):
            _tell("tallies_unended", now)
        reached.take_days(_BEGUN, last=today, most=1)
    until = clock.monotonic() + seconds
    found: list[Difference] = []
    for first, last in _stretches(today):
        found += differences_of(first, last)
        if clock.monotonic() > until:
            break
    for one in found[:LOGGED]:
        log.error("a daily tally differs", extra={"day": str(one.day), "office": one.office_id, "what": one.what, "more": one.more})
    with transaction.atomic():
        if found:
            _tell("tallies_differ", now)
        reached.take_days(_REACHED, last=today, most=1)
    return len(found)


def _stretches(today: date) -> list[tuple[date, date]]:
    """What is compared in a night: the last days, the newest first, then older ones by chance, so that each has its turn in some night."""
    begun = [first_day(None), *(first and first.astimezone(domain.LAW_ZONE).date() for first in _first_moments())]
    first = min((day for day in begun if day), default=today)
    found: list[tuple[date, date]] = []
    while not found or found[-1][0] > first:
        last = found[-1][0] - timedelta(days=1) if found else today
        found.append((last - timedelta(days=DAYS_AT_ONCE - 1), last))
    older = found[FRESH:]
    random.shuffle(older)
    return found[:FRESH] + older


def _first_moments() -> list[datetime | None]:
    """When the first flag was raised and the first post read."""
    event = models.FlagEvent.objects.order_by("id").values_list("at", flat=True).first()
    return [event, models.Reading.objects.order_by("id").values_list("read_at", flat=True).first()]


def _tell(kind: str, now: datetime) -> None:
    """The administrators that have not read it yet hear it once."""
    told = models.Notice.objects.filter(kind=kind, read_at=None).values("person")
    whom = models.Person.objects.filter(is_active=True, role=Role.ADMINISTRATOR).exclude(pk__in=told).order_by("id")
    models.Notice.objects.bulk_create(models.Notice(kind=kind, person=one, at=now) for one in whom)
