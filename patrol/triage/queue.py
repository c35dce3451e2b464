"""The queue: what waits for a person, one row for the same ad, highest level first, oldest first within.

What is shown without its level (chance) stands among the highest and is found with them: neither its place nor a filter tells it.
"""

from __future__ import annotations

import functools
import hashlib
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import BooleanField, Case, DateTimeField, Exists, Func, OuterRef, Q, QuerySet, Value, When

from patrol import access, models
from patrol.access import Action
from patrol.domain import Level, states
from patrol.infra import prepared
from patrol.models import OfficeKind, Role


@dataclass(frozen=True, slots=True)
class QueueRow:
    flag: models.Flag  # the first of its row: highest level, then oldest
    copies: int  # what a decision on it covers, whatever of it a filter shows: parked and put off ones too
    is_held: bool = False  # somebody has it open now, by the database's clock


@dataclass(frozen=True, slots=True)
class QueuePage:
    rows: tuple[QueueRow, ...]
    next: str  # goes into `after`; "" at the end
    after: str = ""  # where it begins: as asked for, or before `showing`


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of the queue, not flags: the same ad forty times is one piece of work."""

    all: int
    by_level: Mapping[str, int]
    oldest: datetime | None
    oldest_of: Mapping[str, datetime] = field(default_factory=dict)  # by level


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the queue somebody wants to see; empty: all of it. A row is shown where a flag of it fits."""

    office_id: int | None = None
    levels: tuple[str, ...] = ()  # where they stand in the queue: with the highest those without a level to see
    platform: str = ""
    kind: str = ""  # domain.Kind
    country: str = ""  # ISO 3166 alpha-2, of the reading
    watch_id: int | None = None
    before: datetime | None = None  # raised before
    since: datetime | None = None  # no flag of the row was raised before
    late: datetime | None = None  # the moment at which they wait longer than their level may (late_from), put off or not
    state: str = ""  # "waiting", "needs_information"; "snoozed": what was put off, which is else only in the list of what is late
    holding: str = ""  # "mine": what this person has open; "free": what nobody else has open


EVERYTHING = Wanted()
_OFFICE, _PERSON = -2, -3  # stand for an office and a person whose ids are not known yet: no row has them
SNOOZED = "snoozed"


def open_flags(person: models.Person, wanted: Wanted, *, put_off: bool = False) -> QuerySet[models.Flag]:
    """Levels are not looked at here: a row has the level of its first flag. `put_off`: those too.

    To put a flag off stops no clock: what is late is late, or putting off would take it out of sight of whoever supervises.
    """
    asleep = Q(snoozed_until__gt=_DatabaseNow())
    in_sight = Q() if put_off or wanted.late else _awake()
    awake = asleep if wanted.state == SNOOZED else in_sight
    flags = access.scope(person, Action.FLAG_DECIDE, models.Flag.objects.filter(awake, state__in=list(states.OPEN)))
    if wanted.state in states.OPEN:
        flags = flags.filter(state=wanted.state)
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
    if wanted.since:
        elder = models.Flag.objects.filter(
            awake, office=OuterRef("office"), row_key=OuterRef("row_key"), state__in=list(states.OPEN), raised_at__lt=wanted.since
        )
        flags = flags.filter(~Exists(elder))
    if wanted.late:
        over = (Q(urgency=place, raised_at__lt=moment, entered__lt=moment) for place, moment in late_from(wanted.late).items())
        entered = Func("id", template=ENTERED.format(flag="%(expressions)s", until="true"), output_field=DateTimeField())
        flags = flags.alias(entered=entered).filter(reduce(or_, over), state=states.FlagState.WAITING)
    if wanted.holding:
        flags = flags.filter(_held(person, wanted.holding))
    return flags


def _awake() -> Q:
    return Q(snoozed_until=None) | Q(snoozed_until__lte=_DatabaseNow())


# When a flag last came into the queue by the machine; raised_at is when it first did. Undoing a decision does not make it younger.
# {until}: a condition on event q, for whoever asks it of a moment.
ENTERED: Final = """(SELECT max(q.at) FROM patrol_flagevent q
 WHERE q.flag_id = {flag} AND q.after->>'state' = 'waiting' AND {until}
   AND (q.kind = 'raised' OR COALESCE(q.before->>'state', '') <> 'waiting'))"""


def late_from(now: datetime) -> dict[int, datetime]:
    """Urgency -> the moment before which a waiting flag that stands there came into the queue too long ago, by settings.DECIDE_HOURS: the
    rule of the summaries (reports.queries.waiting_now), for which what was put off waits as well. What is decided without its level being
    seen stands among the highest here, or the filter would tell its level."""
    hours = settings.DECIDE_HOURS
    return {models.urgency(level.rank): now - timedelta(hours=hours[level]) for level in Level if level in hours}


def _held(person: models.Person, holding: str) -> Q:
    running = Q(lease_until__gt=_DatabaseNow())
    if holding == "mine":
        return running & Q(lease_person=person)
    return ~running | Q(lease_person=person) | Q(lease_person=None)


def held_by(person: models.Person) -> QuerySet[models.Flag]:
    """What this person's leases run on, of whichever office."""
    return models.Flag.objects.filter(lease_person=person, lease_until__gt=_DatabaseNow())


class _DatabaseNow(Func):
    """The clock of leases and due times, as it was when the statement came; Django's Now() stands still within a transaction.

    Not clock_timestamp(): that is another time for each row, so that no part of a query with it can be looked up by an index or left
    out, and a page of thirty rows would cost the whole queue.
    """

    template = "statement_timestamp()"
    output_field = DateTimeField()


# A long queue is counted by reading all of it: that is not done for every page. Nobody sees whether 12,000 rows are 12,003, and the
# figures are counted anew sooner than the page itself asks again. A short queue, where each row is seen to go, is never kept.
LONG: Final = 1_000  # rows
KEPT_SECONDS: Final = 20
FILTERS_KEPT_SECONDS: Final = 60
LONGEST_KEPT: Final = 600  # for a page whose own script asks for the figures as they are now


def kept_as(what: str, person: models.Person, wanted: Wanted) -> str:
    """The name of a figure: alike for all who see the same rows. Of moments the hour, or no two questions were ever the same."""
    whose = (person.role, person.office_id, person.pk if wanted.holding else 0)
    hours = {
        name: moment.replace(minute=0, second=0, microsecond=0)
        for name in ("before", "since", "late")
        if (moment := getattr(wanted, name)) is not None
    }
    digest = hashlib.sha256(repr((connection.settings_dict["NAME"], whose, replace(wanted, **hours))).encode())
    return f"queue.{what}.{digest.hexdigest()}"


def counts(person: models.Person, wanted: Wanted = EVERYTHING) -> Counts:
    """What waits for this person, row for row as `queue` shows it under the same filters, by level.

    One query; none while a long queue's figures are kept.
    """
    name = kept_as("counts", person, wanted)
    kept: Counts | None = cache.get(name)
    if kept is not None:
        return kept
    if wanted == whole(person):
        query, stand_ins = _counting_all(Role(person.role), person.at_directorate, person.is_active)
        parameters = tuple(person.office_id if one == _OFFICE else one for one in stand_ins)
    else:
        query, parameters = _counting(open_flags(person, wanted), wanted)
    if not query:  # a role that decides nothing
        return Counts(0, {}, None)
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        found = cursor.fetchall()
    counted = Counts(
        all=sum(rows for _urgency, rows, _oldest in found),
        by_level={_LEVEL_AT[urgency]: rows for urgency, rows, _oldest in found},
        oldest=min((oldest for _urgency, _rows, oldest in found), default=None),
        oldest_of={_LEVEL_AT[urgency]: oldest for urgency, _rows, oldest in found},
    )
    if counted.all >= LONG:
        cache.set(name, counted, KEPT_SECONDS)
    return counted


def _counting(flags: QuerySet[models.Flag], wanted: Wanted) -> tuple[str, tuple[Any, ...]]:
    if flags.query.is_empty():
        return "", ()
    sql, parameters = mine(flags)
    return _COUNTS.replace("{visible}", sql), (*parameters, _places(wanted), _places(wanted))


@functools.cache
def _counting_all(role: Role, at_directorate: bool, is_active: bool) -> tuple[str, tuple[Any, ...]]:
    """Of the whole queue of a person of this kind, with a stand-in for their office. Each page of the workbench asks it: to put it
    together takes longer than to answer it.
    """
    kind = OfficeKind.DIRECTORATE if at_directorate else OfficeKind.BP3MI
    person = models.Person(role=role, is_active=is_active, office=models.Office(pk=_OFFICE, kind=kind))
    wanted = whole(person)
    return _counting(open_flags(person, wanted), wanted)


def count_each(person: models.Person, wishes: Sequence[Wanted], *, kept_for: float = FILTERS_KEPT_SECONDS) -> list[int]:
    """How many rows wait for this person under each of several filters, in one query; none for those of a long queue that are kept.

    How long a filter takes depends on the queue it looks through, not on what it finds: so all are kept where the queue is long.
    `kept_for`: seconds since they were counted, LONGEST_KEPT at most.
    """
    names = [kept_as("count", person, wanted) for wanted in wishes]
    now = time.time()  # not the monotonic clock: a cache may be shared by processes of several machines
    kept: dict[str, tuple[int, float]] = cache.get_many(names)
    counted = {name: rows for name, (rows, at) in kept.items() if now - at <= kept_for}
    parts, parameters = [], []
    for place, (name, wanted) in enumerate(zip(names, wishes, strict=True)):
        if name in counted:
            continue
        flags = open_flags(person, wanted)
        if flags.query.is_empty():
            continue
        sql, given = mine(flags)
        parts.append(_COUNT_ONE.replace("{visible}", sql))
        parameters += [place, *given, _places(wanted), _places(wanted)]
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            found = {names[place]: rows for place, rows in cursor.fetchall()}
        counted |= found
        if any(rows >= LONG for rows in found.values()) or cache.get(kept_as("counts", person, whole(person))):
            cache.set_many({name: (rows, now) for name, rows in found.items()}, LONGEST_KEPT)
    return [counted.get(name, 0) for name in names]


def whole(person: models.Person) -> Wanted:
    """The queue as it opens for this person: what side bar and start page count."""
    return Wanted(None if person.at_directorate else person.office_id)


def mine(flags: QuerySet[models.Flag]) -> tuple[str, tuple[Any, ...]]:
    return flags.order_by().values("id", "office_id", "row_key", "urgency", "raised_at", "state", "snoozed_until").query.sql_with_params()


_LEVEL_AT: Final = {models.urgency(level.rank): level for level in Level}


def _places(wanted: Wanted) -> list[int] | None:
    return [models.urgency(Level(level).rank) for level in wanted.levels] or None


# A row has the place of its first flag, so that its count and its place agree: the least urgency of its flags.
_COUNTS = """
SELECT urgency, count(*), min(oldest)
FROM (SELECT min(urgency) AS urgency, min(raised_at) AS oldest FROM ({visible}) mine GROUP BY office_id, row_key) AS firsts
WHERE %s::int[] IS NULL OR urgency = ANY(%s::int[])
GROUP BY urgency
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
SELECT m.id, (
    SELECT count(*) FROM patrol_flag c WHERE c.office_id = m.office_id AND c.row_key = m.row_key AND c.state = ANY({undecided})),
    m.row_key, m.office_id, m.urgency, m.raised_at
FROM mine m
WHERE m.urgency BETWEEN {most} AND {least}{places}{behind}
  AND NOT EXISTS (
    SELECT 1 FROM mine b WHERE b.office_id = m.office_id AND b.row_key = m.row_key
      AND (b.urgency, b.raised_at, b.id) < (m.urgency, m.raised_at, m.id))
ORDER BY m.urgency, m.raised_at, m.id LIMIT {limit}
"""
_BEHIND = " AND (m.urgency, m.raised_at, m.id) > (%(urgency)s::int, %(raised_at)s::timestamptz, %(key)s::bigint)"


def queue(
    person: models.Person, *, wanted: Wanted = EVERYTHING, after: str = "", limit: int = 30, showing: models.Flag | None = None
) -> QueuePage:
    """One page of the queue: highest level first, oldest first within, one row for the same ad. Two queries whatever the size.

    `after` is the `next` of the page before; anything else there means the first page. Where the row of the open flag `showing`
    does not stand on the page, the page begins at it: one query more.
    """
    found = _page(person, wanted, after, limit)
    if showing is not None and showing.state in states.OPEN and all(row[2] != showing.row_key for row in found[:limit]):
        after = place_of(showing, before=True)
        found = _page(person, wanted, after, limit)
    loaded: dict[int, Any] = {flag.pk: flag for flag in _ROWS(ids=[row[0] for row in found])} if found else {}
    rows = tuple(QueueRow(loaded[row[0]], row[1], loaded[row[0]].is_held) for row in found[:limit] if row[0] in loaded)
    return QueuePage(rows, place_of(rows[-1].flag) if len(found) > limit else "", after)


# What a row says, and what deciding it must know. The rest of four tables would cost a page more than all else of it.
_SHOWN: Final = (
    "id",
    "number",
    "post_id",
    "office_id",
    "state",
    "level",
    "level_rank",
    "urgency",
    "kinds",
    "gist_id",
    "gist_en",
    "row_key",
    "raised_at",
    "decided_at",
    "snoozed_until",
    "lease_person_id",
    "lease_since",
    "lease_until",
    "version",
    "current_check_id",
    "post__platform",
    "office__code",
    "office__name",
    "office__short_name",
    "office__kind",
    "office__zone",
    "lease_person__name",
)


_KEY: Final = -1  # stands for ids: no row has it


def _rows() -> QuerySet[models.Flag]:
    held = Case(When(lease_until__gt=_DatabaseNow(), then=Value(True)), default=Value(False), output_field=BooleanField())
    among = Func("id", Value(_KEY), template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField())
    rows = models.Flag.objects.select_related("post", "office", "lease_person").annotate(is_held=held)
    return rows.only(*_SHOWN).filter(among).order_by()


_ROWS: Final = prepared.Rows(_rows, {_KEY: "ids"})


def _page(
    person: models.Person, wanted: Wanted, after: str, limit: int, *, free: bool = False, state: str = ""
) -> list[tuple[int, int, str, int, int, datetime]]:
    """(flag, copies, row key, office, urgency, raised at) of the rows behind `after`, one more than the limit where there is one.
    `free`, `state`: see there. Nothing for a role that decides nothing."""
    urgency, raised_at, key = _place(after)
    wished = _places(wanted) or [0, models.urgency(0)]
    whose: dict[str, Any] = {"office": person.office_id, "by": person.pk}
    place = {} if urgency is None else {"urgency": urgency, "raised_at": raised_at, "key": key}
    usual = replace(wanted, state="", holding="") == whole(person)
    with connection.cursor() as cursor:
        if usual:
            visible = _usual(Role(person.role), person.at_directorate, person.is_active, wanted.state, wanted.holding, free, state)
        else:
            visible = _visible(cursor, person, wanted, {}, free=free, state=state)
        if not visible:
            return []
        sql = _QUEUE.format(
            visible=visible,
            undecided=cursor.mogrify("%s", [sorted(map(str, states.UNDECIDED))]).decode(),
            most=min(wished),
            least=max(wished),
            places=cursor.mogrify(" AND m.urgency = ANY(%s)", [wished]).decode() if wanted.levels else "",
            behind=_BEHIND if place else "",
            limit=limit + 1,
        )
        if usual:
            prepared.execute(cursor, sql, whose | place, one_plan=True)
        else:
            cursor.execute(sql, place)
        return list(cursor.fetchall())


def _visible(cursor: Any, person: models.Person, wanted: Wanted, names: Mapping[int, str], *, free: bool, state: str) -> str:
    """The flags as a part of a statement, "" where a role decides nothing. `names`: stand-ins in `person` -> what they are given by."""
    flags = open_flags(person, wanted)
    if flags.query.is_empty():
        return ""
    if free and not wanted.holding:
        flags = flags.filter(_held(person, "free"))
    if free and wanted.late and wanted.state != SNOOZED:  # it is in the list, but nobody is led to what was put off
        flags = flags.filter(_awake())
    if state:
        flags = flags.filter(state=state)
    return prepared.named(cursor, *mine(flags), names)


@functools.cache
def _usual(role: Role, at_directorate: bool, is_active: bool, wished: str, holding: str, free: bool, state: str) -> str:
    """The same for the queue as it opens for a person of this kind: to put it together takes longer than to answer it."""
    kind = OfficeKind.DIRECTORATE if at_directorate else OfficeKind.BP3MI
    person = models.Person(pk=_PERSON, role=role, is_active=is_active, office=models.Office(pk=_OFFICE, kind=kind))
    with connection.cursor() as cursor:
        wanted = replace(whole(person), state=wished, holding=holding)
        return _visible(cursor, person, wanted, {_OFFICE: "office", _PERSON: "by"}, free=free, state=state)


def free(person: models.Person, *, wanted: Wanted, after: str, limit: int, state: str = "") -> list[models.Flag]:
    """The next rows nobody else has open, by their first flags; for whoever looks for work, not for a page. One query.
    `state`: of the flags, "" for any that is open.

    The flags are loaded as far as their place in the queue; all else is loaded when it is asked for.
    """
    fields = ("id", "office_id", "urgency", "row_key", "raised_at")  # in the model's order, as from_db takes them
    return [
        models.Flag.from_db(connection.alias, fields, (key, office_id, urgency, row_key, raised_at))
        for key, _copies, row_key, office_id, urgency, raised_at in _page(person, wanted, after, limit, free=True, state=state)[:limit]
    ]


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
