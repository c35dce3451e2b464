"""The queue: what waits for a person, one row for the same ad, highest level first, oldest first within.

What is shown without its level (chance) stands among the highest and is found with them: neither its place nor a filter tells it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Exists, Func, OuterRef, Q, QuerySet

from patrol import access, models, states
from patrol.access import Action
from patrol.vocabulary import Level


@dataclass(frozen=True, slots=True)
class QueueRow:
    flag: models.Flag  # the first of its row: highest level, then oldest
    copies: int


@dataclass(frozen=True, slots=True)
class QueuePage:
    rows: tuple[QueueRow, ...]
    next: str  # goes into `after`; "" at the end


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of the queue, not flags: the same ad forty times is one piece of work."""

    all: int
    by_level: Mapping[str, int]
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the queue somebody wants to see; empty: all of it. A row is shown where a flag of it fits."""

    office_id: int | None = None
    levels: tuple[str, ...] = ()  # where they stand in the queue: with the highest those without a level to see
    platform: str = ""
    kind: str = ""  # vocabulary.Kind
    country: str = ""  # ISO 3166 alpha-2, of the reading
    watch_id: int | None = None
    before: datetime | None = None  # raised before
    holding: str = ""  # "mine": what this person has open; "free": what nobody else has open


EVERYTHING = Wanted()


def _open_flags(person: models.Person, wanted: Wanted) -> QuerySet[models.Flag]:
    """Levels are not looked at here: a row has the level of its first flag."""
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=_DatabaseNow())
    flags = access.scope(person, Action.FLAG_DECIDE, models.Flag.objects.filter(awake, state__in=list(states.OPEN)))
    for value, found in (
        (wanted.office_id, Q(office_id=wanted.office_id)),
        (wanted.platform, Q(post__platform=wanted.platform)),
        (wanted.kind, Q(kinds__contains=[wanted.kind])),
        (wanted.country, Q(current_check__reading__countries__contains=[wanted.country])),
        (wanted.watch_id, Q(Exists(models.Seen.objects.filter(post=OuterRef("post"), watch=wanted.watch_id)))),
        (wanted.before, Q(raised_at__lt=wanted.before)),
    ):
        if value:
            flags = flags.filter(found)
    if wanted.holding:
        flags = flags.filter(_held(person, wanted.holding))
    return flags


def _held(person: models.Person, holding: str) -> Q:
    running = Q(lease_until__gt=_DatabaseNow())
    if holding == "mine":
        return running & Q(lease_person=person)
    return ~running | Q(lease_person=person) | Q(lease_person=None)


class _DatabaseNow(Func):
    """The clock of leases and due times; Django's Now() stands still within a transaction."""

    template = "clock_timestamp()"
    output_field = DateTimeField()


def counts(person: models.Person, wanted: Wanted = EVERYTHING) -> Counts:
    """What waits for this person, row for row as `queue` shows it, by level. One query."""
    flags = _open_flags(person, wanted)
    if flags.query.is_empty():  # a role that decides nothing
        return Counts(0, {}, None)
    sql, parameters = _mine(flags)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS.replace("{visible}", sql), parameters)
        found = cursor.fetchall()
    return Counts(
        all=sum(rows for _level, rows, _oldest in found),
        by_level={_LEVEL_AT[urgency]: rows for urgency, rows, _oldest in found},
        oldest=min((oldest for _level, _rows, oldest in found), default=None),
    )


def count_each(person: models.Person, wishes: Sequence[Wanted]) -> list[int]:
    """How many rows wait for this person under each of several filters, in one query."""
    parts, parameters = [], []
    for place, wanted in enumerate(wishes):
        flags = _open_flags(person, wanted)
        if flags.query.is_empty():
            continue
        sql, given = _mine(flags)
        parts.append(_COUNT_ONE.replace("{visible}", sql))
        parameters += [place, *given, _places(wanted), _places(wanted)]
    if not parts:
        return [0] * len(wishes)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        found = dict(cursor.fetchall())
    return [found.get(place, 0) for place in range(len(wishes))]


def _mine(flags: QuerySet[models.Flag]) -> tuple[str, tuple[Any, ...]]:
    return flags.order_by().values("id", "office_id", "row_key", "urgency", "raised_at").query.sql_with_params()


_LEVEL_AT = {models.urgency(level.rank): level for level in Level}


def _places(wanted: Wanted) -> list[int] | None:
    return [models.urgency(Level(level).rank) for level in wanted.levels] or None


# A row has the place of its first flag, so that its count and its place agree.
_COUNTS = """
WITH mine AS ({visible}),
firsts AS (
    SELECT DISTINCT ON (office_id, row_key) urgency, min(raised_at) OVER (PARTITION BY office_id, row_key) AS oldest
    FROM mine ORDER BY office_id, row_key, urgency, raised_at, id
)
SELECT urgency, count(*), min(oldest) FROM firsts GROUP BY urgency
"""
_COUNT_ONE = """
SELECT %s::int, count(*) FROM (
    SELECT DISTINCT ON (office_id, row_key) urgency FROM ({visible}) mine ORDER BY office_id, row_key, urgency, raised_at, id
) firsts WHERE %s::int[] IS NULL OR urgency = ANY(%s::int[])
"""
# Walks down the index of open flags and stops at the page's end: whether a flag is the first of its row is asked flag by flag, of a
# handful of copies. Grouping all rows first would cost the whole queue for every page.
_QUEUE = """
WITH mine AS NOT MATERIALIZED ({visible})
SELECT m.id, (SELECT count(*) FROM mine c WHERE c.office_id = m.office_id AND c.row_key = m.row_key)
FROM mine m
WHERE (%(urgency)s::int IS NULL OR (m.urgency, m.raised_at, m.id) > (%(urgency)s::int, %(raised_at)s::timestamptz, %(key)s::bigint))
  AND (%(places)s::int[] IS NULL OR m.urgency = ANY(%(places)s::int[]))
  AND m.urgency BETWEEN %(most)s AND %(least)s
  AND NOT EXISTS (
    SELECT 1 FROM mine b WHERE b.office_id = m.office_id AND b.row_key = m.row_key
      AND (b.urgency, b.raised_at, b.id) < (m.urgency, m.raised_at, m.id))
ORDER BY m.urgency, m.raised_at, m.id LIMIT %(limit)s
"""


def queue(
    person: models.Person,
    *,
    wanted: Wanted = EVERYTHING,
    after: str = "",
    limit: int = 30,
) -> QueuePage:
    """One page of the queue: highest level first, oldest first within, one row for the same ad. Two queries whatever the size.

    `after` is the `next` of the page before; anything else there means the first page.
    """
    flags = _open_flags(person, wanted)
    if flags.query.is_empty():  # a role that decides nothing
        return QueuePage((), "")
    sql, parameters = _mine(flags)
    urgency, raised_at, key = _place(after)
    wished = _places(wanted) or [0, models.urgency(0)]
    with connection.cursor() as cursor:
        # The condition comes from the ORM with its parameters by place, the rest by name: one of them is filled in first.
        visible = cursor.mogrify(sql, parameters).decode()
        cursor.execute(
            _QUEUE.replace("{visible}", visible.replace("%", "%%")),
            {"urgency": urgency, "raised_at": raised_at, "key": key, "places": _places(wanted), "most": min(wished),
             "least": max(wished), "limit": limit + 1},
        )  # fmt: skip
        found = cursor.fetchall()
    loaded = models.Flag.objects.select_related("post", "office", "lease_person").in_bulk([row[0] for row in found])
    rows = tuple(QueueRow(loaded[key], copies) for key, copies in found[:limit])
    return QueuePage(rows, place_of(rows[-1].flag) if len(found) > limit else "")


def place_of(flag: models.Flag, *, before: bool = False) -> str:
    """What goes into `after`: the rows behind this flag; with `before` the rows from this flag on."""
    return f"{flag.urgency}_{flag.raised_at.isoformat()}_{flag.pk - before}"


_PLACE = re.compile(r"([0-3])_([0-9T:.+-]{10,40})_([0-9]{1,18})")


def _place(after: str) -> tuple[int | None, datetime | None, int | None]:
    """It stands in an address, where anybody may write anything: only numbers the database can compare come through."""
    try:
        if found := _PLACE.fullmatch(after):
            return int(found[1]), datetime.fromisoformat(found[2]), int(found[3])
    except ValueError:
        pass
    return None, None, None
