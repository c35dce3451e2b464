"""What is new, in rows that are there: events of flags, notices, what was drawn for a second look, referrals whose time is over, watches
that fail.

Each thing is noted once for each person who is to be told and each of their ways; the table sees to that, so that what had not settled
when it was looked at (infra.reached) may be looked at again. What nobody wanted to be told when it came is told to nobody later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from patrol import access, models
from patrol.access import Action, pairs
from patrol.cases import referrals
from patrol.domain import LAW_ZONE
from patrol.infra import reached
from patrol.models import OfficeKind, ReviewStep
from patrol.telling.choices import Kind, Listener
from patrol.triage import notices
from patrol.watches import wellbeing

WINDOW: Final = 5_000  # rows of each kind a sweep looks at
# Told.what
FLAG, NOTICE, DRAW, DIFFERENCE, REFERRAL, WATCH = "flag", "notice", "draw", "difference", "referral", "watch"
URGENT: Final = "tip_urgent"  # the notice of a report of the public: somebody is in danger or abroad

# Kinds of notices that are told, and what somebody must be allowed to do to hear of them; None: to see the case it is about.
NOTICES: Final[Mapping[str, tuple[Kind, Action]]] = {
    URGENT: (Kind.FLAGS, Action.TIP_VIEW),
    "case_due": (Kind.CLOCKS, Action.CASE_VIEW),
    "case_late": (Kind.CLOCKS, Action.CASE_VIEW),
    "case_message": (Kind.MESSAGES, Action.CASE_VIEW),
    **dict.fromkeys(notices.WEBHOOKS, (Kind.SYSTEMS, Action.WEBHOOK)),
    **{kind: (Kind.APPROVALS, action) for kind, action in notices.ASKS.items()},
}

# What may have brought a flag into a queue as a high one: it was raised so, came to be so, came back or came over. In the words of the
# index flag_event_comes: what an import of the register writes of flags that stay as they were (one event each, for hours) is not walked
# through, and a flag behind it is told as soon as any.
_COMES: Final = """(
    SELECT id, flag_id, at FROM patrol_flagevent
    WHERE kind IN ('handed_over', 'returned') OR after @> '{"level": "high"}' AND NOT before @> '{"level": "high"}') AS comes"""
_FLAGS: Final = f"""
SELECT e.id, f.id, f.office_id
FROM (SELECT id, flag_id FROM {_COMES} WHERE id > %(since)s ORDER BY id LIMIT %(window)s) e
JOIN patrol_flag f ON f.id = e.flag_id
WHERE f.level = 'high' AND f.state = 'waiting'
"""  # noqa: S608 -- our own text
_NOTICES: Final = """
SELECT id, kind, person_id, office_id
FROM (SELECT id, kind, person_id, office_id FROM patrol_notice WHERE id > %(since)s ORDER BY id LIMIT %(window)s) n
WHERE kind = ANY(%(kinds)s)
"""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to be told: to one person, or to those of an office who may hear of it."""

    kind: Kind
    what: str
    ref: int
    mark: str = ""
    person_id: int | None = None
    office_id: int | None = None
    needs: Action = Action.HOME


def find(listeners: Mapping[int, Listener], *, now: datetime) -> int:
    """Notes what is new for whoever is to be told. Returns how much that was."""
    things = [thing for what in _NEW for thing in _new(what, listeners, now)]
    if any(listener.by(Kind.CLOCKS) for listener in listeners.values()):
        things += _referrals(now)
    if any(listener.by(Kind.WATCHES) for listener in listeners.values()):
        things += _watches()
    rows = list(_rows(things, listeners, now))
    if not rows:
        return 0
    # All columns that make a row one, in the order of their index: not all that was ever told somebody is gone through.
    each = {f"{name}__in": {getattr(row, name) for row in rows} for name in ("person_id", "way", "what", "ref", "mark")}
    known = models.Told.objects.filter(**each)
    there = set(known.values_list("person_id", "way", "what", "ref", "mark"))
    fresh = [row for row in rows if (row.person_id, str(row.way), row.what, row.ref, row.mark) not in there]
    models.Told.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _rows(things: Iterable[Thing], listeners: Mapping[int, Listener], now: datetime) -> Iterator[models.Told]:
    of_office: dict[int, list[Listener]] = defaultdict(list)
    for listener in listeners.values():
        of_office[listener.person.office_id].append(listener)
    for thing in things:
        if thing.person_id is None:
            known = of_office[thing.office_id or 0]
            hears = [one for one in known if access.may(one.person, thing.needs, office_id=thing.office_id)]
        else:
            hears = [listeners[thing.person_id]] if thing.person_id in listeners else []
        for listener in hears:
            for way in listener.by(thing.kind):
                told = {"kind": thing.kind, "what": thing.what, "ref": thing.ref, "mark": thing.mark}
                yield models.Told(person=listener.person, way=way, at=now, **told)


def _new(what: str, listeners: Mapping[int, Listener], now: datetime) -> list[Thing]:
    """From the next rows of a table that grows, in the order of their ids. How far that has come moves on, whoever listens."""
    name, (table, find) = f"told {what}s", _NEW[what]
    since = reached.since(name, table=table)
    if since is None:
        return []
    found = find(since) if listeners else []
    reached.settle(name, table=table, at="at", since=since, window=WINDOW, now=now)
    return found


def _flags(since: int) -> list[Thing]:
    with connection.cursor() as cursor:
        cursor.execute(_FLAGS, {"since": since, "window": WINDOW})
        rows = cursor.fetchall()
    return [Thing(Kind.FLAGS, FLAG, flag, str(event), office_id=office, needs=Action.FLAG_DECIDE) for event, flag, office in rows]


def _notices(since: int) -> list[Thing]:
    with connection.cursor() as cursor:
        cursor.execute(_NOTICES, {"since": since, "window": WINDOW, "kinds": list(NOTICES)})
        rows = cursor.fetchall()
    return [Thing(NOTICES[kind][0], NOTICE, pk, "", person, office, NOTICES[kind][1]) for pk, kind, person, office in rows]


def _draws(since: int) -> list[Thing]:
    """Decisions drawn for a second look, for whoever may give it."""
    rows = models.Draw.objects.filter(pk__gt=since).order_by("pk")[:WINDOW].values_list("pk", "office_id", "decision__by_id")
    return _of_others(DRAW, Action.REVIEW, [(pk, office, (by,)) for pk, office, by in rows if by is not None])


def _differences(since: int) -> list[Thing]:
    """Where a second look differs, for whoever may settle it."""
    columns = ("draw_id", "draw__office_id", "draw__decision__by_id", "by_id", "step", "outcome", "draw__decision__outcome")
    rows = models.Review.objects.filter(pk__gt=since).order_by("pk")[:WINDOW].values_list(*columns)
    differ = [(draw, office, both) for draw, office, *both, step, second, first in rows if step == ReviewStep.SECOND and second != first]
    return _of_others(DIFFERENCE, Action.REVIEW_SETTLE, differ)


def _of_others(what: str, needs: Action, rows: Sequence[tuple[int, int, Collection[int]]]) -> list[Thing]:
    """`rows`: (draw, its office, those who had a hand in it). One query, none where there is none."""
    people = pairs.able(office for _draw, office, _by in rows) if rows else []
    return [
        Thing(Kind.LOOKS, what, draw, person_id=one.pk)
        for draw, office, by in rows
        for one in pairs.asked(needs, office_id=office, but=by, of=people)
    ]


# What -> the table it is found in, and how.
_NEW: Final[Mapping[str, tuple[str, Callable[[int], list[Thing]]]]] = {
    FLAG: (_COMES, _flags),
    NOTICE: ("patrol_notice", _notices),
    DRAW: ("patrol_draw", _draws),
    DIFFERENCE: ("patrol_review", _differences),
}


def _referrals(now: datetime) -> list[Thing]:
    """Those whose answer is overdue, for the side that asked."""
    directorate = models.Office.objects.filter(kind=OfficeKind.DIRECTORATE).values_list("pk", flat=True).first()
    rows = models.Referral.objects.filter(referrals.overdue(now)).values_list("pk", "due_at", "from_directorate", "case__office_id")
    return [
        Thing(Kind.CLOCKS, REFERRAL, pk, f"{due:%Y%m%d%H%M}", office_id=directorate if ours else office, needs=Action.REFERRAL_SEND)
        for pk, due, ours, office in rows
    ]


def _watches() -> list[Thing]:
    """Each once until it has run well again, and at most once a day: some fail every other run. That it stopped is told besides."""
    rows = wellbeing.broken(models.Watch.objects.all()).values_list("pk", "last_good_at", "state", "office_id")
    return [
        Thing(
            Kind.WATCHES,
            WATCH,
            pk,
            f"{state} {good.astimezone(LAW_ZONE):%Y%m%d}" if good else state,
            office_id=office,
            needs=Action.WATCH_VIEW,
        )
        for pk, good, state, office in rows
    ]
