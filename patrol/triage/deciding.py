"""Decisions on flags: confirm, dismiss, ask, undo, take back, hand over."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet

from patrol import access, models
from patrol.access import Action, audit
from patrol.domain import states
from patrol.domain.states import FlagState
from patrol.infra import prepared, wall
from patrol.models import Outcome
from patrol.triage import leases, protecting, together
from patrol.triage.reasons import REASONS, STATE_OF, InCaseError, ReasonMissingError, SnoozeError, StaleError

LONGEST_SNOOZE = timedelta(days=14)


_KEY, _TEXT, _UUID = -1, "a row", uuid.UUID(int=0)  # stand for an id, the key of a row, that of a decision
_PLACE = prepared.Rows(lambda: models.Flag.objects.only("office_id", "row_key").filter(pk=_KEY).order_by(), {_KEY: "id"})
_OF_KEY = prepared.Rows(lambda: models.Decision.objects.filter(decision_key=_UUID).order_by(), {_UUID: "key"})


def _locked() -> QuerySet[models.Flag]:
    row = models.Flag.objects.select_for_update(of=("self",), no_key=True).filter(office_id=_KEY, row_key=_TEXT)
    return row.defer("text_bands").order_by("id")


_ROW = prepared.Rows(_locked, {_KEY: "office", _TEXT: "row"})


@dataclass(frozen=True, slots=True)
class Decided:
    flag: models.Flag
    decisions: tuple[models.Decision, ...]
    copies: int


def _stale(flag: models.Flag) -> StaleError:
    """Who moved it last: a decision, or an event (handed over by a person, followed a newer version by the machine)."""
    decision = flag.decisions.select_related("by").order_by("-id").first()
    event = flag.events.exclude(kind="raised").select_related("by").order_by("-id").first()
    if decision and (event is None or decision.at >= event.at):
        return StaleError(decision.by, decision.at, flag.state)
    return StaleError(event.by if event else None, event.at if event else None, flag.state)


def _again(decision_key: uuid.UUID, flag_id: int, *, reverses: int | None = None) -> Decided | None:
    """What this key decided already: a doubled request has no second effect."""
    known = next(iter(_OF_KEY(key=decision_key)), None)
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
    second: models.Person | None = None,
    seen: models.Flag | None = None,
) -> Decided:
    """Decides a flag and the open copies in its row that belong to the same office.

    `seen`: the flag, where the caller read it a moment ago; whether it moved since is told once its row is held.
    `second`: who agreed, where it is so many posts (together.ALONE) that one person does not decide them for good.

    Raises SecondPersonError where nobody agreed to so many, StaleError where the flag moved since `seen_version`, HeldByOtherError where
    a colleague works on its row, ReasonMissingError, PermissionDenied, Flag.DoesNotExist.
    """
    state = STATE_OF[Outcome(outcome)]
    if reason not in REASONS[outcome] or (reason == "other" and not note.strip()):
        raise ReasonMissingError(reason)
    flag = seen if seen is not None and seen.pk == flag_id else next(iter(_PLACE(id=flag_id)), None)
    if flag is None:
        raise models.Flag.DoesNotExist
    access.require(by, Action.FLAG_DECIDE, office_id=flag.office_id)
    with transaction.atomic():
        return _decide(flag, state, outcome, reason, note.strip(), decision_key, seen_version, by, now, second)


def _decide(
    flag: models.Flag,
    state: FlagState,
    outcome: str,
    reason: str,
    note: str,
    decision_key: uuid.UUID,
    seen_version: int,
    by: models.Person,
    now: datetime,
    second: models.Person | None,
) -> Decided:
    row = _ROW(office=flag.office_id, row=flag.row_key)
    if done := _again(decision_key, flag.pk):
        return done  # a double click: the other request decided while this one waited for the row
    found = next((one for one in row if one.pk == flag.pk), None)
    if found is None:  # handed over to another office meanwhile
        raise _stale(models.Flag.objects.get(pk=flag.pk))
    flag = found
    if flag.version != seen_version or flag.state == state:
        raise _stale(flag)
    if flag.state not in states.UNDECIDED:  # the table knows the way back from there, but that is the way of undoing
        raise states.MoveRefusedError(flag.state, state)
    states.require(states.FLAG_MOVES, flag.state, state)
    leases.unless_held(row, by)
    copies = [one for one in row if one.state in states.UNDECIDED and (one.state, state) in states.FLAG_MOVES]
    alone = second is None or second.pk == by.pk
    if alone and outcome in together.FOR_GOOD and together.weigh(copies) > together.ALONE:
        raise together.SecondPersonError(len(copies))
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
    _move([(one, state) for one in copies], now=now)
    if outcome == Outcome.VICTIM:
        protecting.mark(copies, note, by=by, now=now)
    after = {"state": state, "reason": reason, "flags": [one.number for one in copies]}
    audit.write(f"flag.{outcome}", by=by, now=now, target=flag, before={"version": seen_version}, after=after)
    return Decided(flag, tuple(decisions), len(copies))


# One statement for a row of copies.
_MOVE = """
UPDATE patrol_flag f SET state = m.state, version = f.version + 1, decided_at = CASE WHEN m.undecided THEN NULL ELSE %(now)s END,
    snoozed_until = NULL, lease_person_id = NULL, lease_since = NULL, lease_until = NULL
FROM unnest(%(ids)s::bigint[], %(states)s::text[], %(undecided)s::boolean[]) AS m (id, state, undecided)
WHERE f.id = m.id
"""


def _move(flags: Sequence[tuple[models.Flag, str]], *, now: datetime) -> None:
    """Moves the rows and the flags in hand alike, each into its state. They are locked: none moved since it was read."""
    if not flags:
        return
    wanted: dict[str, Any] = {
        "ids": [flag.pk for flag, _state in flags],
        "states": [str(state) for _flag, state in flags],
        "undecided": [state in states.UNDECIDED for _flag, state in flags],
        "now": now,
    }
    with connection.cursor() as cursor:
        prepared.execute(cursor, _MOVE, wanted)
    for flag, state in flags:
        flag.state, flag.version = state, flag.version + 1
        flag.decided_at = None if state in states.UNDECIDED else now
        flag.snoozed_until = flag.lease_person = flag.lease_since = flag.lease_until = None


def undo(*, decision_id: int, decision_key: uuid.UUID, by: models.Person, now: datetime) -> Decided:
    """Takes back one's own decision before it takes effect, copies included. Raises StaleError once that time is over."""
    decision = models.Decision.objects.select_related("flag").get(pk=decision_id)
    if decision.by_id != by.pk or now >= decision.effective_at:
        raise _stale(decision.flag)
    return _reverse(decision, "undone", "", decision_key, by, now)


def reverse(
    *, decision_id: int, reason_note: str, decision_key: uuid.UUID, by: models.Person, now: datetime, tells: bool = True
) -> Decided:
    """Takes back a decision later, with a reason, copies included. Whoever made it is told, unless `tells` is False.

    Raises ReasonMissingError, InCaseError, StaleError.
    """
    if not reason_note.strip():
        raise ReasonMissingError("note")
    decision = models.Decision.objects.select_related("flag").get(pk=decision_id)
    return _reverse(decision, "reversed", reason_note.strip(), decision_key, by, now, tells=tells)


def _state_again(before: str, level: str) -> str:
    """Where a flag stands that is decided no more: what was parked waits where its level rose meanwhile."""
    return str(models.state_for(level)) if before == FlagState.PARKED else before


def _reverse(
    decision: models.Decision, reason: str, note: str, decision_key: uuid.UUID, by: models.Person, now: datetime, *, tells: bool = False
) -> Decided:
    access.require(by, Action.FLAG_DECIDE, office_id=decision.flag.office_id)
    if decision.reverses_id is not None:
        raise _stale(decision.flag)  # what was taken back is decided anew, not by taking back the taking back
    with transaction.atomic():
        taken_back = (
            models.Decision.objects.filter(batch=decision.batch) if decision.batch else models.Decision.objects.filter(pk=decision.pk)
        ).select_related("flag")
        locked = models.Flag.objects.select_for_update(no_key=True).filter(pk__in=taken_back.values("flag_id")).order_by("id")
        with wall.everything("what another office has by now is left as it is, and what its case stands on stays"):
            by_id = {flag.pk: flag for flag in locked}
            entry = models.CaseFlag.objects.select_related("case").filter(flag_id=decision.flag_id).first()
        if entry is not None and decision.flag.state == decision.state_after:
            raise InCaseError(entry.case.number)  # the case stands on this decision: first it leaves the case
        if done := _again(decision_key, decision.flag_id, reverses=decision.pk):
            return done  # a double click
        in_cases = set(models.CaseFlag.objects.filter(flag__in=by_id).values_list("flag_id", flat=True))
        batch = uuid.uuid4() if decision.batch else None
        last = models.Decision.objects.filter(flag__in=by_id).order_by("flag_id", "-id").distinct("flag_id")
        newest = dict(last.values_list("flag_id", "pk"))
        rows = []
        flags = []
        for one in taken_back.order_by("flag_id"):
            flag = by_id[one.flag_id]
            if newest[flag.pk] != one.pk or flag.state != one.state_after:
                if one.pk == decision.pk:
                    raise _stale(flag)
                continue  # a copy that somebody decided again since: theirs stands
            if flag.office_id != decision.flag.office_id:
                continue  # a copy that was handed over since: it is another office's
            if flag.pk != decision.flag_id and flag.pk in in_cases:
                continue  # a case stands on this copy's decision
            state = _state_again(one.state_before, flag.level)
            states.require(states.FLAG_MOVES, flag.state, state)
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
                    state_after=state,
                    level_then=flag.level,
                    check_then_id=flag.current_check_id,
                )
            )
            flags.append((flag, state))
        made = models.Decision.objects.bulk_create(rows)
        _move(flags, now=now)
        if decision.outcome == Outcome.VICTIM:
            protecting.unmark([flag for flag, _state in flags], note, by=by, now=now)
        if tells and by.pk != decision.by_id:
            models.Notice.objects.create(kind="reversed", person_id=decision.by_id, flag_id=decision.flag_id, by=by, at=now, note=note)
        target = models.Flag.objects.get(pk=decision.flag_id)
        after = {"state": target.state, "reason": reason, "flags": [flag.number for flag, _state in flags]}
        audit.write("flag.reversed", by=by, now=now, target=target, before={"decision": decision.pk}, after=after)
        return Decided(target, tuple(made), len(made))


# Of each flag that is moved to another place: its version rises, and who held it holds it no longer.
_LET_GO: dict[str, Any] = {"version": F("version") + 1, "lease_person": None, "lease_since": None, "lease_until": None}


def _all(row: Sequence[models.Flag]) -> QuerySet[models.Flag]:
    """For one statement about a whole row of copies. They are locked, so that their versions are those that were read."""
    return models.Flag.objects.filter(pk__in=[one.pk for one in row])


def hand_over(*, flag_id: int, office_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Flag:
    """Gives an undecided flag and the open copies in its row to another office, which is told and has it in its queue at once.

    Raises ReasonMissingError, StaleError, HeldByOtherError, PermissionDenied.
    """
    note = note.strip()
    if not note:
        raise ReasonMissingError("note")
    flag = leases.visible(flag_id, Action.FLAG_HAND_OVER, by)
    office = models.Office.objects.get(pk=office_id, active=True)
    with transaction.atomic():
        row = leases.row_of(flag)
        own = next((one for one in row if one.pk == flag.pk), None)
        if own is None or own.version != seen_version or own.state not in states.UNDECIDED:
            raise _stale(models.Flag.objects.get(pk=flag.pk))
        leases.unless_held(row, by)
        with wall.everything("one's own goes to another office"):
            _all(row).update(office=office, snoozed_until=None, **_LET_GO)
        before, after = {"office": flag.office_id}, {"office": office.pk}
        models.FlagEvent.objects.bulk_create(
            models.FlagEvent(flag=one, kind="handed_over", at=now, by=by, before=before, after={**after, "note": note}) for one in row
        )
        models.Notice.objects.create(kind="handed_over", office=office, flag=flag, at=now, by=by, note=note)
        numbers = [one.number for one in row]
        audit.write("flag.handed_over", by=by, now=now, target=flag, before=before, after={**after, "flags": numbers})
    flag.refresh_from_db()
    return flag


def snooze(*, flag_id: int, until: datetime, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Flag:
    """Hides an open flag and its copies from the queue until a time; then they stand there again by themselves.

    Raises ReasonMissingError without a note, SnoozeError for a time that is past or too far, StaleError, HeldByOtherError,
    PermissionDenied.
    """
    note = note.strip()
    if not note:
        raise ReasonMissingError("note")
    if not now < until <= now + LONGEST_SNOOZE:
        raise SnoozeError(until)
    flag = leases.visible(flag_id, Action.FLAG_DECIDE, by)
    with transaction.atomic():
        row = leases.row_of(flag)
        own = next((one for one in row if one.pk == flag.pk), None)
        if own is None or own.version != seen_version or own.state not in states.OPEN:
            raise _stale(models.Flag.objects.get(pk=flag.pk))
        leases.unless_held(row, by)
        _all(row).update(snoozed_until=until, **_LET_GO)
        after = {"until": until.isoformat(), "note": note}
        models.FlagEvent.objects.bulk_create(models.FlagEvent(flag=one, kind="snoozed", at=now, by=by, after=after) for one in row)
        audit.write("flag.snoozed", by=by, now=now, target=flag, after={"until": until.isoformat()})
    flag.refresh_from_db()
    return flag


def wake(*, flag_id: int, by: models.Person, now: datetime) -> models.Flag:
    """What was put off, with its copies, stands in the queue again. Nothing where it does already.

    Raises HeldByOtherError, PermissionDenied.
    """
    flag = leases.visible(flag_id, Action.FLAG_DECIDE, by)
    with transaction.atomic():
        row = leases.row_of(flag)
        leases.unless_held(row, by)
        asleep = [one for one in row if one.state in states.OPEN and one.snoozed_until is not None]
        _all(asleep).update(snoozed_until=None, version=F("version") + 1)
        models.FlagEvent.objects.bulk_create(models.FlagEvent(flag=one, kind="woken", at=now, by=by) for one in asleep)
        if asleep:
            audit.write("flag.woken", by=by, now=now, target=flag, after={"flags": [one.number for one in asleep]})
    flag.refresh_from_db()
    return flag
