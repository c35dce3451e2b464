"""Decisions on flags: the queue, taking, confirming, dismissing, asking, undoing.

A decision is committed at once and takes effect ten seconds later; undo is a reversing row. It covers the whole row of the queue (the
same ad many times) that belongs to the same office. Everything is compare-and-set: the loser of a race is told who won, and when.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, audit, models, states
from patrol.access import Action
from patrol.models import Outcome
from patrol.states import FlagState

# Why, by outcome. Keys are kept for ever; the words may change.
REASONS: dict[str, dict[str, Any]] = {
    Outcome.CONFIRMED: {
        "licence": _("The licence check does not cover this offer"),
        "fraud": _("Money, papers or data are asked for by deceit"),
        "impersonation": _("An agency or office is impersonated"),
        "route": _("Route or visa is not meant for work"),
        "several": _("Several of these together"),
    },
    Outcome.DISMISSED: {
        "not_overseas": _("Not an offer of work abroad"),
        "lawful": _("The offer is covered by a licence"),
        "exempt": _("A lawful route that needs no SIP"),
        "warning": _("A warning, a news item or a question"),
        "duplicate": _("Already handled elsewhere"),
        "other": _("Something else (say what)"),
    },
    Outcome.NEEDS_INFORMATION: {
        "agency": _("Ask the agency whether the offer is its own"),
        "register": _("Ask the directorate about the register"),
        "author": _("Look at the author's other posts first"),
        "other": _("Something else (say what)"),
    },
}
STATE_OF = {
    Outcome.CONFIRMED: FlagState.CONFIRMED,
    Outcome.DISMISSED: FlagState.DISMISSED,
    Outcome.NEEDS_INFORMATION: FlagState.NEEDS_INFORMATION,
}


class ReasonMissingError(Exception):
    """No reason of this outcome was chosen, or "something else" without saying what."""


class StaleError(Exception):
    """Somebody was faster: `who` did it at `at`, and the flag is `state` now. `who` is None where the machine moved it."""

    def __init__(self, who: models.Person | None, at: datetime | None, state: str) -> None:
        super().__init__(f"already {state}")
        self.who = who
        self.at = at
        self.state = state


class HeldByOtherError(Exception):
    """A colleague holds the flag's lease."""

    def __init__(self, person: models.Person, since: datetime) -> None:
        super().__init__("held by a colleague")
        self.person = person
        self.since = since


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
class Decided:
    flag: models.Flag
    decisions: tuple[models.Decision, ...]
    copies: int


# --- the queue ------------------------------------------------------------------------------------


def _open_flags(person: models.Person, office_id: int | None) -> QuerySet[models.Flag]:
    visible = access.scope(person, Action.FLAG_DECIDE, models.Flag.objects.filter(state__in=list(states.OPEN)))
    return visible.filter(office_id=office_id) if office_id else visible


def counts(person: models.Person, office_id: int | None = None) -> Counts:
    """What waits for this person, row for row as `queue` shows it. One query."""
    flags = _open_flags(person, office_id)
    if flags.query.is_empty():  # a role that decides nothing
        return Counts(0, {}, None)
    sql, parameters = _mine(flags)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS.replace("{visible}", sql), parameters)
        found = cursor.fetchall()
    return Counts(
        all=sum(rows for _level, rows, _oldest in found),
        by_level={level: rows for level, rows, _oldest in found},
        oldest=min((oldest for _level, _rows, oldest in found), default=None),
    )


def _mine(flags: QuerySet[models.Flag]) -> tuple[str, tuple[Any, ...]]:
    return (
        flags.order_by()
        .values("id", "office_id", "row_key", "level", "level_rank", "raised_at")
        .query.sql_with_params()
    )


# A row has the level of its first flag, so that its count and its place agree.
_FIRSTS = """
WITH mine AS ({visible}),
firsts AS (
    SELECT DISTINCT ON (office_id, row_key) id, level, level_rank, raised_at,
        count(*) OVER (PARTITION BY office_id, row_key) AS copies,
        min(raised_at) OVER (PARTITION BY office_id, row_key) AS oldest
    FROM mine ORDER BY office_id, row_key, level_rank DESC, raised_at, id
)
"""
_COUNTS = """{firsts}
SELECT level, count(*), min(oldest) FROM firsts GROUP BY level
""".replace("{firsts}", _FIRSTS)
_QUEUE = """{firsts}
SELECT id, copies FROM firsts
WHERE (%s::int IS NULL OR (-level_rank, raised_at, id) > (-%s::int, %s::timestamptz, %s::bigint))
  AND (%s::text[] IS NULL OR level = ANY(%s::text[]))
ORDER BY level_rank DESC, raised_at, id LIMIT %s
""".replace("{firsts}", _FIRSTS)


def queue(
    person: models.Person,
    *,
    office_id: int | None = None,
    levels: Sequence[str] = (),
    platform: str = "",
    after: str = "",
    limit: int = 30,
) -> QueuePage:
    """One page of the queue: highest level first, oldest first within, one row for the same ad. Two queries whatever the size.

    `after` is the `next` of the page before; anything else there means the first page.
    """
    wanted = _open_flags(person, office_id)
    if wanted.query.is_empty():  # a role that decides nothing
        return QueuePage((), "")
    if platform:
        wanted = wanted.filter(post__platform=platform)
    sql, parameters = _mine(wanted)
    rank, raised_at, key = _place(after)
    only = list(levels) or None
    with connection.cursor() as cursor:
        statement = _QUEUE.replace("{visible}", sql)
        cursor.execute(statement, [*parameters, rank, rank, raised_at, key, only, only, limit + 1])
        found = cursor.fetchall()
    flags = models.Flag.objects.select_related("post", "office", "lease_person").in_bulk([row[0] for row in found])
    rows = tuple(QueueRow(flags[key], copies) for key, copies in found[:limit])
    last = rows[-1].flag if len(found) > limit else None
    return QueuePage(rows, f"{last.level_rank}_{last.raised_at.isoformat()}_{last.pk}" if last else "")


_PLACE = re.compile(r"([0-3])_([0-9T:.+-]{10,40})_([0-9]{1,18})")


def _place(after: str) -> tuple[int | None, datetime | None, int | None]:
    """It stands in an address, where anybody may write anything: only numbers the database can compare come through."""
    try:
        if found := _PLACE.fullmatch(after):
            return int(found[1]), datetime.fromisoformat(found[2]), int(found[3])
    except ValueError:
        pass
    return None, None, None


def next_after(person: models.Person, flag: models.Flag) -> models.Flag | None:
    """The flag that follows in the queue of the same office, else its first one; None where nothing waits."""
    after = f"{flag.level_rank}_{flag.raised_at.isoformat()}_{flag.pk}"
    for place in (after, ""):
        page = queue(person, office_id=flag.office_id, after=place, limit=1)
        if page.rows and page.rows[0].flag.pk != flag.pk:
            return page.rows[0].flag
    return None


# --- taking -----------------------------------------------------------------------------------------


def _visible(flag_id: int, action: Action, by: models.Person) -> models.Flag:
    flag = models.Flag.objects.select_related("lease_person", "office").get(pk=flag_id)
    access.require(by, action, office_id=flag.office_id)
    return flag


def take(flag_id: int, *, by: models.Person, now: datetime) -> models.Flag:
    """Takes or renews the lease. Its holder sees the contacts of the post: that is the purpose, and it is logged once a lease.

    Raises HeldByOtherError, PermissionDenied, Flag.DoesNotExist.
    """
    _visible(flag_id, Action.CONTACT_SHOW, by)
    with transaction.atomic(), connection.cursor() as cursor:
        flag = models.Flag.objects.select_for_update().get(
            pk=flag_id
        )  # no join: it would show the holder before the wait
        cursor.execute("SELECT %s > clock_timestamp()", [flag.lease_until])
        if running := bool(cursor.fetchone()[0]):
            assert flag.lease_person is not None
            assert flag.lease_since is not None
            if flag.lease_person_id != by.pk:
                raise HeldByOtherError(flag.lease_person, flag.lease_since)
        cursor.execute(
            "UPDATE patrol_flag SET lease_person_id = %(by)s, lease_until = clock_timestamp() + %(seconds)s * interval '1 second',"
            " lease_since = CASE WHEN %(running)s THEN lease_since ELSE clock_timestamp() END WHERE id = %(id)s",
            {"by": by.pk, "id": flag.pk, "seconds": settings.LEASE_SECONDS, "running": running},
        )
        if not running:
            audit.write("contact.shown", by=by, now=now, target=flag, after={"purpose": "triage"})
    return models.Flag.objects.select_related("lease_person", "post", "office").get(pk=flag_id)


def release(flag_id: int, *, by: models.Person, now: datetime) -> None:
    """Gives the lease back; nothing where somebody else holds it."""
    models.Flag.objects.filter(pk=flag_id, lease_person=by).update(
        lease_person=None, lease_since=None, lease_until=None
    )


def holds(flag: models.Flag, person: models.Person) -> bool:
    """Whether this person's lease runs, by the database's clock."""
    if flag.lease_person_id != person.pk:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s > clock_timestamp()", [flag.lease_until])
        return bool(cursor.fetchone()[0])


# --- deciding ---------------------------------------------------------------------------------------


def _stale(flag: models.Flag) -> StaleError:
    """Who moved it last: a decision, or an event (handed over by a person, followed a newer version by the machine)."""
    decision = flag.decisions.select_related("by").order_by("-id").first()
    event = flag.events.exclude(kind="raised").select_related("by").order_by("-id").first()
    if decision and (event is None or decision.at >= event.at):
        return StaleError(decision.by, decision.at, flag.state)
    return StaleError(event.by if event else None, event.at if event else None, flag.state)


def _again(decision_key: uuid.UUID, flag_id: int, *, reverses: int | None = None) -> Decided | None:
    """What this key decided already: a doubled request has no second effect."""
    known = models.Decision.objects.select_related("flag").filter(decision_key=decision_key).first()
    if known is None or known.flag_id != flag_id or known.reverses_id != reverses:
        return None
    decisions = tuple(models.Decision.objects.filter(batch=known.batch).order_by("id")) if known.batch else (known,)
    return Decided(known.flag, decisions, len(decisions))


def decide(
    *,
    flag_id: int,
    outcome: str,
    reason: str,
    note: str,
    decision_key: uuid.UUID,
    seen_version: int,
    by: models.Person,
    now: datetime,
) -> Decided:
    """Decides a flag and the open copies in its row that belong to the same office.

    Raises StaleError where the flag moved since `seen_version`, ReasonMissingError, PermissionDenied, Flag.DoesNotExist.
    """
    state = STATE_OF[Outcome(outcome)]
    if reason not in REASONS[outcome] or (reason == "other" and not note.strip()):
        raise ReasonMissingError(reason)
    flag = _visible(flag_id, Action.FLAG_DECIDE, by)
    if done := _again(decision_key, flag_id):
        return done
    with transaction.atomic():
        return _decide(flag, state, outcome, reason, note.strip(), decision_key, seen_version, by, now)


def _decide(
    flag: models.Flag, state: FlagState, outcome: str, reason: str, note: str, decision_key: uuid.UUID, seen_version: int,
    by: models.Person, now: datetime,
) -> Decided:  # fmt: skip
    row = list(
        models.Flag.objects.select_for_update(of=("self",))
        .filter(office_id=flag.office_id, row_key=flag.row_key)
        .order_by("id")
    )
    if done := _again(decision_key, flag.pk):
        return done  # a double click: the other request decided while this one waited for the row
    found = next((one for one in row if one.pk == flag.pk), None)
    if found is None:  # handed over to another office meanwhile
        raise _stale(models.Flag.objects.get(pk=flag.pk))
    flag = found
    if flag.version != seen_version or flag.state == state:
        raise _stale(flag)
    states.require(states.FLAG_MOVES, flag.state, state)
    copies = [one for one in row if one.pk == flag.pk or one.state in states.UNDECIDED]
    copies = [one for one in copies if one.pk == flag.pk or (one.state, state) in states.FLAG_MOVES]
    batch = uuid.uuid4() if len(copies) > 1 else None
    decisions = models.Decision.objects.bulk_create(
        models.Decision(
            flag=one,
            decision_key=decision_key if one.pk == flag.pk else uuid.uuid5(decision_key, str(one.pk)),
            outcome=outcome,
            reason=reason,
            note=note,
            by=by,
            at=now,
            effective_at=now + timedelta(seconds=settings.UNDO_SECONDS),
            batch=batch,
            state_before=one.state,
            state_after=state,
            level_then=one.level,
            check_then_id=one.current_check_id,
        )
        for one in copies
    )
    for one in copies:
        _move(one, state, now=now)
    flag.refresh_from_db()
    after = {"state": state, "reason": reason, "flags": [one.number for one in copies]}
    audit.write(f"flag.{outcome}", by=by, now=now, target=flag, before={"version": seen_version}, after=after)
    return Decided(flag, tuple(decisions), len(copies))


def _move(flag: models.Flag, state: str, *, now: datetime) -> None:
    decided = state not in states.UNDECIDED
    moved = models.Flag.objects.filter(pk=flag.pk, version=flag.version).update(
        state=state,
        decided_at=now if decided else None,
        version=flag.version + 1,
        lease_person=None,
        lease_since=None,
        lease_until=None,
    )
    if moved == 0:
        raise _stale(models.Flag.objects.get(pk=flag.pk))


def undo(*, decision_id: int, decision_key: uuid.UUID, by: models.Person, now: datetime) -> Decided:
    """Takes back one's own decision before it takes effect, copies included. Raises StaleError once that time is over."""
    decision = models.Decision.objects.select_related("flag").get(pk=decision_id)
    if decision.by_id != by.pk or now >= decision.effective_at:
        raise _stale(decision.flag)
    return _reverse(decision, "undone", "", decision_key, by, now)


def reverse(
    *, decision_id: int, reason_note: str, decision_key: uuid.UUID, by: models.Person, now: datetime
) -> Decided:
    """Takes back a decision later, with a reason, copies included. Raises ReasonMissingError, StaleError."""
    if not reason_note.strip():
        raise ReasonMissingError("note")
    decision = models.Decision.objects.select_related("flag").get(pk=decision_id)
    return _reverse(decision, "reversed", reason_note.strip(), decision_key, by, now)


def _reverse(
    decision: models.Decision, reason: str, note: str, decision_key: uuid.UUID, by: models.Person, now: datetime
) -> Decided:
    access.require(by, Action.FLAG_DECIDE, office_id=decision.flag.office_id)
    if decision.reverses_id is not None:
        raise _stale(decision.flag)  # what was taken back is decided anew, not by taking back the taking back
    with transaction.atomic():
        taken_back = (
            models.Decision.objects.filter(batch=decision.batch)
            if decision.batch
            else models.Decision.objects.filter(pk=decision.pk)
        ).select_related("flag")
        locked = models.Flag.objects.select_for_update().filter(pk__in=taken_back.values("flag_id")).order_by("id")
        by_id = {flag.pk: flag for flag in locked}
        if done := _again(decision_key, decision.flag_id, reverses=decision.pk):
            return done  # a double click
        batch = uuid.uuid4() if decision.batch else None
        rows = []
        flags = []
        for one in taken_back.order_by("flag_id"):
            flag = by_id[one.flag_id]
            newest = flag.decisions.order_by("-id").first()
            if newest is None or newest.pk != one.pk or flag.state != one.state_after:
                if one.pk == decision.pk:
                    raise _stale(flag)
                continue  # a copy that somebody decided again since: theirs stands
            if flag.office_id != decision.flag.office_id:
                continue  # a copy that was handed over since: it is another office's
            states.require(states.FLAG_MOVES, flag.state, one.state_before)
            rows.append(
                models.Decision(
                    flag=flag,
                    decision_key=decision_key if one.pk == decision.pk else uuid.uuid5(decision_key, str(flag.pk)),
                    outcome=Outcome.REVERSED,
                    reason=reason,
                    note=note,
                    by=by,
                    at=now,
                    effective_at=now,
                    reverses=one,
                    batch=batch,
                    state_before=flag.state,
                    state_after=one.state_before,
                    level_then=flag.level,
                    check_then_id=flag.current_check_id,
                )
            )
            flags.append((flag, one.state_before))
        made = models.Decision.objects.bulk_create(rows)
        for flag, state in flags:
            _move(flag, state, now=now)
        target = models.Flag.objects.get(pk=decision.flag_id)
        after = {"state": target.state, "reason": reason, "flags": [flag.number for flag, _state in flags]}
        audit.write("flag.reversed", by=by, now=now, target=target, before={"decision": decision.pk}, after=after)
        return Decided(target, tuple(made), len(made))


def hand_over(*, flag_id: int, office_id: int, note: str, by: models.Person, now: datetime) -> models.Flag:
    """Gives an undecided flag to another office. Raises ReasonMissingError, StaleError, PermissionDenied."""
    if not note.strip():
        raise ReasonMissingError("note")
    flag = _visible(flag_id, Action.FLAG_HAND_OVER, by)
    office = models.Office.objects.get(pk=office_id, active=True)
    with transaction.atomic():
        moved = models.Flag.objects.filter(
            pk=flag.pk, version=flag.version, office_id=flag.office_id, state__in=list(states.UNDECIDED)
        ).update(office=office, version=flag.version + 1, lease_person=None, lease_since=None, lease_until=None)
        if moved == 0:
            raise _stale(models.Flag.objects.get(pk=flag.pk))
        before, after = {"office": flag.office_id}, {"office": office.pk}
        models.FlagEvent.objects.create(
            flag=flag, kind="handed_over", at=now, by=by, before=before, after={**after, "note": note.strip()}
        )
        audit.write("flag.handed_over", by=by, now=now, target=flag, before=before, after=after)
    flag.refresh_from_db()
    return flag
