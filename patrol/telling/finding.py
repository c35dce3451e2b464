"""What is new, in rows that are there: events of flags, notices, referrals whose time is over, watches that fail.

Each thing is noted once for each person who is to be told and each of their ways; the table sees to that, so that what had not settled
when it was looked at (infra.reached) may be looked at again. What nobody wanted to be told when it came is told to nobody later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import Q

from patrol import access, models
from patrol.access import Action
from patrol.cases import referrals
from patrol.domain.states import WatchState
from patrol.infra import reached
from patrol.models import OfficeKind
from patrol.telling.choices import Kind, Listener
from patrol.watches import wellbeing

WINDOW: Final = 5_000  # events a sweep looks at
FLAG, NOTICE, REFERRAL, WATCH = "flag", "notice", "referral", "watch"  # Told.what

# Kinds of notices that are told, and what somebody must be allowed to do to hear of them; None: to see the case it is about.
NOTICES: Final[Mapping[str, tuple[Kind, Action]]] = {
    "case_due": (Kind.CLOCKS, Action.CASE_VIEW),
    "case_late": (Kind.CLOCKS, Action.CASE_VIEW),
    "case_message": (Kind.MESSAGES, Action.CASE_VIEW),
    "referral_submitted": (Kind.APPROVALS, Action.REFERRAL_APPROVE),
    "erasure_asked": (Kind.APPROVALS, Action.ERASE_APPROVE),
    "objection_entered": (Kind.APPROVALS, Action.OBJECTION_SETTLE),
    "watch_proposed": (Kind.APPROVALS, Action.WATCH_KEEP),
    "watch_passed_on": (Kind.APPROVALS, Action.WATCH_KEEP),
    "register_waits": (Kind.APPROVALS, Action.REGISTER_APPROVE),
    "law_waits": (Kind.APPROVALS, Action.LAW_APPROVE),
    "account_waits": (Kind.APPROVALS, Action.PERSON_AGREE),
}

# What brought a flag into a queue as a high one: it was raised so, came to be so, came back or came over.
_FLAGS: Final = """
SELECT e.id, f.id, f.office_id
FROM (SELECT id, flag_id, kind, before, after FROM patrol_flagevent WHERE id > %(since)s ORDER BY id LIMIT %(window)s) e
JOIN patrol_flag f ON f.id = e.flag_id
WHERE f.level = 'high' AND f.state = 'waiting' AND (
    e.kind IN ('returned', 'handed_over') OR e.after->>'level' = 'high' AND COALESCE(e.before->>'level', '') <> 'high')
"""
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
    things = [*_new(FLAG, "patrol_flagevent", listeners, now), *_new(NOTICE, "patrol_notice", listeners, now)]
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


def _new(what: str, table: str, listeners: Mapping[int, Listener], now: datetime) -> list[Thing]:
    """From the next rows of a table that grows, in the order of their ids. How far that has come moves on, whoever listens."""
    name = f"told {what}s"
    since = reached.since(name, table=table)
    if since is None:
        return []
    found = (_flags(since) if what == FLAG else _notices(since)) if listeners else []
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


def _referrals(now: datetime) -> list[Thing]:
    """Those whose answer is overdue, for the side that asked."""
    directorate = models.Office.objects.filter(kind=OfficeKind.DIRECTORATE).values_list("pk", flat=True).first()
    rows = models.Referral.objects.filter(referrals.overdue(now)).values_list("pk", "due_at", "from_directorate", "case__office_id")
    return [
        Thing(Kind.CLOCKS, REFERRAL, pk, f"{due:%Y%m%d%H%M}", office_id=directorate if ours else office, needs=Action.REFERRAL_SEND)
        for pk, due, ours, office in rows
    ]


def failing() -> Q:
    """Stopped, or failed several times in a row: one failed run is no news."""
    return Q(state=WatchState.STOPPED) | Q(state=WatchState.ACTIVE, attempts__gte=wellbeing.BROKEN_OFF)


def _watches() -> list[Thing]:
    """Each once until it has run well again."""
    rows = models.Watch.objects.filter(failing()).values_list("pk", "last_good_at", "office_id")
    return [
        Thing(Kind.WATCHES, WATCH, pk, f"{good:%Y%m%d%H%M%S}" if good else "", office_id=office, needs=Action.WATCH_VIEW)
        for pk, good, office in rows
    ]
