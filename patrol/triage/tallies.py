"""The counts of each day, as models.DailyTally keeps them: reading, folding and comparing them with the events.

What counts when is said in reports/tally.py. The triggers that count say it again in SQL; tests/reports/test_histories.py compares the two.
A decision that is taken back in the week it was made in is not counted, so a day may fall until its week is over; a week that is over
stays. Reading is cheap: some rows for each day and office, however many flags there are.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection, transaction
from django.db.models import Min

from patrol import domain, models
from patrol.infra import reached
from patrol.models import Role
from patrol.models.tallies import DECIDED, GROWS, SHRINKS, Tallied

log = logging.getLogger(__name__)

NIGHT = (1, 5)  # hours in Jakarta, without the last one, in which all is counted anew
FOLDED_FROM: Final = 500  # rows that are not folded yet, before the sweep folds any
FOLDED_AT_ONCE: Final = 20_000
LOGGED: Final = 20  # differences of one night; `manage.py tally` names all
_REACHED, _TOLD = "tallies", "tallies_differ"


def _rows(sql: str, **given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


def by_day(office_id: int | None, first: date, last: date) -> dict[date, Counter[str]]:
    """What was counted on each of these days, of one office or of all of them: day -> Tallied -> how many. One query."""
    sql = """
SELECT day, what, sum(count) FROM patrol_dailytally
 WHERE day BETWEEN %(first)s AND %(last)s AND (%(office)s::bigint IS NULL OR office_id = %(office)s)
 GROUP BY 1, 2"""
    found: dict[date, Counter[str]] = defaultdict(Counter)
    for day, what, count in _rows(sql, office=office_id, first=first, last=last):
        found[day][what] = int(count)
    return found


def by_office(first: date, last: date) -> dict[int, Counter[str]]:
    """What was counted on these days together: office -> Tallied -> how many. One query."""
    sql = """
SELECT office_id, what, sum(count) FROM patrol_dailytally
 WHERE day BETWEEN %(first)s AND %(last)s AND office_id IS NOT NULL GROUP BY 1, 2"""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for office, what, count in _rows(sql, first=first, last=last):
        found[office][what] = int(count)
    return found


def first_day(office_id: int | None) -> date | None:
    """Of which anything is counted."""
    found = models.DailyTally.objects.all() if office_id is None else models.DailyTally.objects.filter(office=office_id)
    first: date | None = found.aggregate(first=Min("day"))["first"]
    return first


def decided(count: Counter[str]) -> int:
    return sum(count[what] for what in DECIDED)


def net(count: Counter[str]) -> int:
    """How much longer the queue became."""
    return sum(count[what] for what in GROWS) - sum(count[what] for what in SHRINKS)


def last_days(days: int, now: datetime) -> list[date]:
    """Up to today, today last."""
    today = now.astimezone(domain.LAW_ZONE).date()
    return [today - timedelta(days=back) for back in range(days)][::-1]


def flow(*, office_id: int | None, days: int, now: datetime) -> list[tuple[date, int, int]]:
    """(day, flagged, decided) of the last days, today last: as the summaries of their weeks say. One query."""
    asked = last_days(days, now)
    found = by_day(office_id, asked[0], asked[-1])
    return [(day, found[day][Tallied.FLAGGED], decided(found[day])) for day in asked]


def waiting(*, office_id: int | None, days: int, now: datetime) -> list[tuple[date, int]]:
    """(day, flags that waited at its end) of the last days, today last with what waits now. Two queries."""
    asked = last_days(days, now)
    found = by_day(office_id, asked[0], asked[-1])
    whose = {} if office_id is None else {"office": office_id}
    ends = [models.Flag.objects.filter(state="waiting", **whose).count()]
    for day in asked[:0:-1]:
        ends.append(ends[-1] - net(found[day]))
    return list(zip(asked, ends[::-1], strict=True))


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
    SELECT day, office_id, what, level, count FROM patrol_tally_of_flags(ARRAY(SELECT id FROM patrol_flag), NULL, NULL)
    UNION ALL
    SELECT day, office_id, 'read', '', count FROM patrol_tally_of_posts(ARRAY(SELECT id FROM patrol_post), NULL)
), differs AS (
    SELECT day, office_id, what, level, sum(count) AS more FROM (
        SELECT day, office_id, what, level, count FROM counted
        UNION ALL
        SELECT day, office_id, what, level, -count FROM patrol_dailytally) both_ways
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


class Difference(NamedTuple):
    """What is missing in a count; negative: what is too much."""

    day: date
    office_id: int | None
    what: str
    level: str
    more: int


def differences() -> list[Difference]:
    """Where what is kept is not what the events say, earliest first; nothing is mended. A look through all that ever happened."""
    return [Difference(*row) for row in _rows(f"{_DIFFERENCES} ORDER BY 1, 2, 3, 4")]


def mend() -> int:
    """Makes the tally what the events say, without holding anybody up. Returns how many counts were wrong."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO patrol_dailytally (day, office_id, what, level, count) {_DIFFERENCES}")
        return int(cursor.rowcount)


def due(*, now: datetime) -> bool:
    """Whether it is night and nothing was compared in it. By day no query."""
    here = now.astimezone(domain.LAW_ZONE)
    return NIGHT[0] <= here.hour < NIGHT[1] and reached.day(_REACHED) < here.date()


def compare(*, now: datetime) -> int:
    """Once a night: tells the administrators where a count is not what the events say. Mends nothing: why it came to be has to be found."""
    found = differences()
    for one in found[:LOGGED]:
        log.error("a daily tally differs", extra={"day": str(one.day), "office": one.office_id, "what": one.what, "more": one.more})
    told = models.Notice.objects.filter(kind=_TOLD, read_at=None).values("person")
    whom = models.Person.objects.filter(is_active=True, role=Role.ADMINISTRATOR).exclude(pk__in=told).order_by("id") if found else ()
    with transaction.atomic():
        models.Notice.objects.bulk_create(models.Notice(kind=_TOLD, person=one, at=now) for one in whom)
        reached.take_days(_REACHED, last=now.astimezone(domain.LAW_ZONE).date(), most=1)
    return len(found)
