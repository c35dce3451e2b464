"""One decision for many rows of the queue: counted and shown first, done by a job row by row, cancelled or taken back as a whole.

Each row is a compare-and-set of its own, in a transaction of its own: what somebody holds, or has moved since the count was shown, is
listed and left. Not a transaction per chunk, because a chunk would hold the audit chain while it waits for the next row's lock, and
whoever decides that row waits for the chain. Deciding many for good is proposed by one person and approved by another.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from patrol import access, models, triage
from patrol.access import Action, audit, pairs
from patrol.domain import states
from patrol.domain.states import BulkState
from patrol.infra import jobs, series
from patrol.infra.refusals import RefusedError
from patrol.models import EntryState, Outcome
from patrol.triage import together

MOST: Final = 500  # rows in one bulk; more are another one, with a count of its own
EXAMPLES: Final = 5
PROPOSED: Final = "bulk_proposed"  # Notice.kind: it waits for a second person
OUTCOMES: Final = (Outcome.DISMISSED, Outcome.CONFIRMED, Outcome.NEEDS_INFORMATION)
_PAGE = 100
_CHUNK = 20  # rows between two signs of life of the job
_AT_ONCE = 30.0  # seconds, then the job is given back and other work of this worker gets its turn
_KEYS = uuid.UUID("8d2f0a52-5c1e-4c57-9a43-8d7f3a0f6b11")  # namespace of the keys: a row done twice is decided once


class StaleError(Exception):
    """The bulk is `state` by now."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True, slots=True)
class Counted:
    """What a bulk would touch. `more`: the filter holds more rows than one bulk may."""

    rows: tuple[triage.QueueRow, ...]
    flags: int  # copies counted
    more: bool

    @property
    def examples(self) -> tuple[triage.QueueRow, ...]:
        """Spread over the whole, not the first ones: those are the highest and the oldest."""
        step = max(1, len(self.rows) // EXAMPLES)
        return self.rows[::step][:EXAMPLES]


@dataclass(frozen=True, slots=True)
class Progress:
    waiting: int
    done: int
    left: int
    returned: int

    @property
    def all(self) -> int:
        return self.waiting + self.done + self.left + self.returned


def count(person: models.Person, wanted: triage.Wanted) -> Counted:
    """The rows of the queue under a filter, in its order."""
    rows: list[triage.QueueRow] = []
    after = ""
    while True:
        page = triage.queue(person, wanted=wanted, after=after, limit=_PAGE)
        rows += page.rows
        after = page.next
        if not after or len(rows) >= MOST:
            break
    kept = tuple(rows[:MOST])
    return Counted(kept, sum(row.copies for row in kept), bool(after) or len(rows) > MOST)


def waits_for(person: models.Person) -> QuerySet[models.Bulk]:
    """Those this person may approve or refuse."""
    return access.scope(person, Action.BULK_APPROVE, models.Bulk.objects.filter(state=BulkState.PROPOSED)).exclude(by=person.pk)


def begin(*, rows: Sequence[tuple[int, int]], outcome: str, reason: str, note: str, by: models.Person, now: datetime) -> models.Bulk:
    """Begins, or proposes where a second person must agree. `rows`: (flag, version) of each row as they were shown.

    Raises RefusedError, triage.ReasonMissingError, PermissionDenied.
    """
    if outcome not in OUTCOMES:
        raise RefusedError("bulk.outcome", _("Nothing was decided: choose what these rows are."), "said")
    if reason not in triage.REASONS[outcome] or (reason == "other" and not note.strip()):
        raise triage.ReasonMissingError(reason)
    seen = dict(rows)
    if len(seen) > MOST:
        raise RefusedError("bulk.too_many", _("Nothing was decided: these are more rows than one bulk may hold."))
    flags = list(access.scope(by, Action.BULK, models.Flag.objects.filter(pk__in=seen), office_path="office_id"))
    if not flags or len(flags) != len(seen):
        raise RefusedError("bulk.nothing", _("Nothing was decided: there is no row here that you may decide."))
    office_ids = {flag.office_id for flag in flags}
    if len(office_ids) != 1:
        raise RefusedError("bulk.several_offices", _("Nothing was decided: a bulk belongs to one office."))
    office_id = office_ids.pop()
    copies = _copies(flags, office_id)
    alone = outcome not in together.FOR_GOOD or together.weigh(_rows_of(flags, office_id)) <= together.ALONE
    with transaction.atomic():
        bulk = models.Bulk.objects.create(
            number=series.take("MSL", 1, now=now)[0],
            office_id=office_id,
            outcome=outcome,
            reason=reason,
            note=note.strip(),
            state=BulkState.RUNNING if alone else BulkState.PROPOSED,
            by=by,
            at=now,
        )
        models.BulkEntry.objects.bulk_create(
            models.BulkEntry(bulk=bulk, flag=flag, seen_version=seen[flag.pk], copies=copies[flag.row_key])
            for flag in sorted(flags, key=lambda one: list(seen).index(one.pk))
        )
        if alone:
            _ask(bulk, now=now, by=by)
        else:
            people = pairs.asked(Action.BULK_APPROVE, office_id=office_id, but=[by.pk])
            models.Notice.objects.bulk_create(models.Notice(kind=PROPOSED, person=one, bulk=bulk, by=by, at=now) for one in people)
        after = {"number": bulk.number, "outcome": outcome, "reason": reason, "rows": len(flags)}
        audit.write("bulk.begun" if alone else "bulk.proposed", by=by, now=now, target=bulk, after=after)
    return bulk


def _rows_of(flags: Sequence[models.Flag], office_id: int) -> list[models.Flag]:
    """All that would be decided with these: their open copies and what was joined to them."""
    rows = models.Flag.objects.filter(office=office_id, row_key__in={flag.row_key for flag in flags}, state__in=list(states.UNDECIDED))
    return list(rows.only("id", "office_id", "row_key"))


def _copies(flags: Sequence[models.Flag], office_id: int) -> dict[str, int]:
    rows = models.Flag.objects.filter(office=office_id, row_key__in={flag.row_key for flag in flags}, state__in=list(states.UNDECIDED))
    return {flag.row_key: 1 for flag in flags} | dict(rows.values_list("row_key").annotate(Count("id")).order_by())


def _ask(bulk: models.Bulk, *, now: datetime, by: models.Person, back: bool = False) -> None:
    jobs.add("bulk", f"{bulk.pk}{'-back' if back else ''}", {"bulk": bulk.pk, "back": back}, now=now, by=by.pk)


def _moved(bulk: models.Bulk, after: BulkState, verb: str, *, by: models.Person, now: datetime, **changes: Any) -> models.Bulk:
    """Compare-and-set with its audit row, inside the caller's transaction. Raises StaleError."""
    before = bulk.state
    if (before, after) not in states.BULK_MOVES:
        raise StaleError(before)
    if not models.Bulk.objects.filter(pk=bulk.pk, state=before).update(state=after, **changes):
        raise StaleError(models.Bulk.objects.get(pk=bulk.pk).state)
    if before == BulkState.PROPOSED:  # nobody is sent to it any more
        models.Notice.objects.filter(bulk=bulk, kind=PROPOSED, read_at=None).delete()
    audit.write(verb, by=by, now=now, target=bulk, before={"state": before}, after={"state": after})
    bulk.refresh_from_db()
    return bulk


def approve(*, bulk_id: int, by: models.Person, now: datetime) -> models.Bulk:
    """A second person agrees; the work begins. Raises StaleError, PermissionDenied, also for who proposed it."""
    bulk = _for_second(bulk_id, by)
    pairs.require(bulk.by_id, by.pk, now=now)
    with transaction.atomic():
        bulk = _moved(bulk, BulkState.RUNNING, "bulk.approved", by=by, now=now, approved_by=by, approved_at=now)
        _ask(bulk, now=now, by=by)
    return bulk


def _noted(note: str) -> str:
    if not note.strip():
        raise RefusedError("bulk.note", _("Nothing was changed: write a note first."), "note")
    return note.strip()


def refuse(*, bulk_id: int, note: str, by: models.Person, now: datetime) -> models.Bulk:
    """A second person does not agree, and says why. Raises RefusedError, StaleError, PermissionDenied."""
    bulk = _for_second(bulk_id, by)
    note = _noted(note)
    with transaction.atomic():
        _take_turn(bulk)
        _leave_waiting(bulk)
        return _moved(bulk, BulkState.REFUSED, "bulk.refused", by=by, now=now, ended_by=by, ended_at=now, ended_note=note)


def _for_second(bulk_id: int, by: models.Person) -> models.Bulk:
    bulk = models.Bulk.objects.get(pk=bulk_id)
    access.require(by, Action.BULK_APPROVE, office_id=bulk.office_id)
    if bulk.by_id == by.pk:
        raise PermissionDenied("another person approves")
    return bulk


def may_end(bulk: models.Bulk, person: models.Person) -> bool:
    """Whether this person may cancel it or take it back: whoever began it, and who supervises the office."""
    if bulk.by_id == person.pk:
        return access.may(person, Action.BULK, office_id=bulk.office_id)
    return access.may(person, Action.BULK_APPROVE, office_id=bulk.office_id)


def _ended_by(bulk_id: int, by: models.Person) -> models.Bulk:
    bulk = models.Bulk.objects.get(pk=bulk_id)
    if not may_end(bulk, by):
        raise PermissionDenied("not this person's bulk")
    return bulk


def cancel(*, bulk_id: int, by: models.Person, now: datetime) -> models.Bulk:
    """Nothing more is decided; what has been stands until it is taken back. Raises StaleError, PermissionDenied."""
    bulk = _ended_by(bulk_id, by)
    with transaction.atomic():
        _take_turn(bulk)
        _leave_waiting(bulk)
        return _moved(bulk, BulkState.CANCELLED, "bulk.cancelled", by=by, now=now, ended_by=by, ended_at=now)


def _take_turn(bulk: models.Bulk) -> None:
    """To the end of the transaction. In the order of asking, which locks of rows do not keep: a job that takes row after row would
    pass whoever cancels again and again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('patrol_bulk'), %s)", [bulk.pk])


def _leave_waiting(bulk: models.Bulk) -> None:
    """Before the audit chain is locked: the job locks a row first and the chain last."""
    models.BulkEntry.objects.filter(bulk=bulk, state=EntryState.WAITING).update(state=EntryState.LEFT, why="cancelled")


def reverse(*, bulk_id: int, note: str, by: models.Person, now: datetime) -> models.Bulk:
    """Takes the whole back, with a reason, by a job. What stands in a case or was decided anew since is left, and listed.

    Raises RefusedError, StaleError, PermissionDenied.
    """
    bulk = _ended_by(bulk_id, by)
    note = _noted(note)
    with transaction.atomic():
        bulk = _moved(bulk, BulkState.REVERSED, "bulk.reversed", by=by, now=now, ended_by=by, ended_at=now, ended_note=note)
        if bulk.by_id != by.pk:
            first = bulk.entries.filter(state=EntryState.DONE).order_by("id").first()
            models.Notice.objects.create(
                kind="reversed", person_id=bulk.by_id, flag_id=first.flag_id if first else None, by=by, at=now, note=note
            )
        _ask(bulk, now=now, by=by, back=True)
    return bulk


def progress(bulk: models.Bulk) -> Progress:
    """Rows by what became of them. One query."""
    found = bulk.entries.aggregate(**{str(state): Count("id", filter=Q(state=state)) for state in EntryState})
    return Progress(found["waiting"], found["done"], found["left"], found["returned"])


def flags_of(bulk: models.Bulk) -> int:
    """Flags it was shown to touch, copies counted. No bulk is without rows."""
    flags: int = bulk.entries.aggregate(flags=Sum("copies"))["flags"]
    return flags


# --- the job ----------------------------------------------------------------------------------------


def run_job(job: jobs.Leased, *, now: datetime) -> None:
    """jobs.Handler: the next rows, until all are through, the bulk is cancelled, or others should have their turn."""
    bulk = models.Bulk.objects.select_related("by", "approved_by", "ended_by").get(pk=job.target["bulk"])
    back = bool(job.target["back"])
    until = time.monotonic() + _AT_ONCE
    step = _return_one if back else _decide_one
    while time.monotonic() < until:
        for _row in range(_CHUNK):
            if not step(bulk, now):
                _end(job, bulk, now=now)
                return
        jobs.hold(job)
    jobs.put_off(job, 0)


def _next(bulk: models.Bulk, state: EntryState) -> models.BulkEntry | None:
    """Locked to the end of the transaction. What could not be taken back keeps its `why` and is not asked again."""
    return models.BulkEntry.objects.select_for_update(no_key=True).filter(bulk=bulk, state=state, why="").order_by("id").first()


def _decide_one(bulk: models.Bulk, now: datetime) -> bool:
    """One row in one transaction. False where none is left to do."""
    with transaction.atomic():
        _take_turn(bulk)
        running = models.Bulk.objects.filter(pk=bulk.pk, state=BulkState.RUNNING).exists()
        entry = _next(bulk, EntryState.WAITING) if running else None
        if entry is None:
            return False
        key = uuid.uuid5(_KEYS, f"{bulk.pk} {entry.flag_id}")
        state, why, decision = EntryState.LEFT, "", None
        try:
            with transaction.atomic():
                _unless_joined_since(bulk, entry)
                decided = triage.decide(
                    flag_id=entry.flag_id,
                    outcome=bulk.outcome,
                    reason=bulk.reason,
                    note=bulk.note,
                    decision_key=key,
                    seen_version=entry.seen_version,
                    by=bulk.by,
                    now=now,
                    second=bulk.approved_by,
                )
                state = EntryState.DONE
                decision = next(one for one in decided.decisions if one.flag_id == entry.flag_id)
        except triage.HeldByOtherError:
            why = "held"
        except (triage.StaleError, triage.SecondPersonError, states.MoveRefusedError):  # grown: it had fewer posts when it was begun
            why = "moved"
        except PermissionDenied:  # handed over to another office, or the person has no right any more
            why = "refused"
        models.BulkEntry.objects.filter(pk=entry.pk).update(state=state, why=why, decision=decision)
    return True


def _unless_joined_since(bulk: models.Bulk, entry: models.BulkEntry) -> None:
    """Raises StaleError where somebody joined posts to this row after the bulk was begun: to those nobody else has agreed."""
    if bulk.approved_by_id is None:  # one person's: counted anew by the decision
        return
    flag = models.Flag.objects.only("office_id", "row_key", "state").get(pk=entry.flag_id)
    row = models.Flag.objects.filter(office_id=flag.office_id, row_key=flag.row_key)
    if models.FlagEvent.objects.filter(flag__in=row, kind="joined", at__gt=bulk.at).exists():
        raise triage.StaleError(None, None, flag.state)


def _return_one(bulk: models.Bulk, now: datetime) -> bool:
    assert bulk.ended_by is not None
    with transaction.atomic():
        entry = _next(bulk, EntryState.DONE)
        if entry is None or entry.decision_id is None:
            return False
        key = uuid.uuid5(_KEYS, f"{bulk.pk} {entry.flag_id} back")
        changed: dict[str, Any] = {"state": EntryState.RETURNED}
        try:
            with transaction.atomic():
                triage.reverse(
                    decision_id=entry.decision_id, reason_note=bulk.ended_note, decision_key=key, by=bulk.ended_by, now=now, tells=False
                )
        except triage.InCaseError:
            changed = {"why": "in_case"}
        except (triage.StaleError, states.MoveRefusedError):
            changed = {"why": "moved"}
        except PermissionDenied:
            changed = {"why": "refused"}
        models.BulkEntry.objects.filter(pk=entry.pk).update(**changed)
    return True


def _end(job: jobs.Leased, bulk: models.Bulk, *, now: datetime) -> None:
    with transaction.atomic():
        models.Bulk.objects.filter(pk=bulk.pk, state=BulkState.RUNNING).update(state=BulkState.DONE, ended_at=now)
        jobs.finish(job, now=now)
