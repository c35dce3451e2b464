"""From the triage page straight into a case: decided and filed in one act, undone in one act.

Locks are taken in one order everywhere, so that no two acts wait for each other: case, flags, number series, audit chain.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from patrol import models, triage
from patrol.access import Action, audit
from patrol.cases import clock, law, moving, tasking
from patrol.domain import states
from patrol.domain.states import CaseState, FlagState
from patrol.infra import series, wall
from patrol.models import CaseEventKind, CaseKind, CaseOutcome, Outcome
from patrol.triage import leases


@dataclass(frozen=True, slots=True)
class Filed:
    """A flag that went into a case. `decided` is None where it had been confirmed before."""

    case: models.Case
    decided: triage.Decided | None


def escalate_flag(
    *, flag_id: int, article: str, note: str, decision_key: uuid.UUID, seen_version: int, by: models.Person, now: datetime, title: str = ""
) -> Filed:
    """Confirms a flag with its copies, opens a case from them and hands it to the directorate: one act, all of it or nothing.

    `article` is the key of one of law.offered(), or law.OTHER; `note` says why the directorate should take it; without a title the case
    gets the flag's line, which names nobody. Sent twice with one key it happens once. Raises RefusedError, triage.StaleError,
    triage.HeldByOtherError, MoveRefusedError, PermissionDenied, Flag.DoesNotExist.
    """
    reason = law.reason_of(article, now)
    note = moving.noted(note)
    flag = leases.visible(flag_id, Action.CASE_ESCALATE, by)
    with transaction.atomic():
        filed = _file(flag, None, title, reason, note, decision_key, seen_version, by=by, now=now)
        if filed.case.state in states.AT_DIRECTORATE:
            return filed  # a double click
        effective = filed.decided.decisions[0].effective_at if filed.decided else now
        case = moving.escalate_now(filed.case, article, note, seen_version=filed.case.version, by=by, now=now, told_at=effective)
    return Filed(case, filed.decided)


def file_flag(
    *,
    flag_id: int,
    case_id: int | None,
    reason: str,
    decision_key: uuid.UUID,
    seen_version: int,
    by: models.Person,
    now: datetime,
    note: str = "",
    title: str = "",
    kind: str = CaseKind.OTHER,
) -> Filed:
    """Confirms a flag with its copies and puts them into a case of the same office; `case_id` None opens a new one.

    `reason` is one of triage.REASONS for confirming. Sent twice with one key it happens once. Raises RefusedError, StaleError,
    triage.StaleError, triage.HeldByOtherError, triage.ReasonMissingError, MoveRefusedError, PermissionDenied, DoesNotExist.
    """
    moving.known(kind)
    flag = leases.visible(flag_id, Action.CASE_OPEN, by)
    case = moving.find(case_id, Action.CASE_NOTE, by) if case_id is not None else None
    with transaction.atomic():
        return _file(flag, case, title, reason, note, decision_key, seen_version, by=by, now=now, kind=kind)


def attach(
    *, flag_id: int, case_id: int, reason: str, decision_key: uuid.UUID, seen_version: int, by: models.Person, now: datetime, note: str = ""
) -> Filed:
    """`file_flag` into a case that is there."""
    return file_flag(
        flag_id=flag_id, case_id=case_id, reason=reason, decision_key=decision_key, seen_version=seen_version, by=by, now=now, note=note
    )


def _file(
    flag: models.Flag,
    case: models.Case | None,
    title: str,
    reason: str,
    note: str,
    decision_key: uuid.UUID,
    seen_version: int,
    *,
    by: models.Person,
    now: datetime,
    kind: str = CaseKind.OTHER,
) -> Filed:
    if case is not None and models.Case.objects.select_for_update(no_key=True).get(pk=case.pk).state == CaseState.CLOSED:
        raise moving.stale(case)
    row = leases.row_of(flag)
    current = next((one for one in row if one.pk == flag.pk), flag)
    known = models.Decision.objects.filter(decision_key=decision_key, flag=flag).exists()
    with wall.everything("a flag stands in one case, whichever office's"):
        entry = models.CaseFlag.objects.select_related("case").filter(flag=flag).first()
    if entry is not None and not known:
        raise moving.in_case(entry.case.number)
    # The number before the audit row: the chain is locked last.
    number = series.take("PKR", 1, now=now)[0] if case is None and entry is None else ""
    decided = None
    if known or current.state != FlagState.CONFIRMED or current.version != seen_version:
        decided = triage.decide(
            flag_id=flag.pk,
            outcome=Outcome.CONFIRMED,
            reason=reason,
            note=note,
            decision_key=decision_key,
            seen_version=seen_version,
            by=by,
            now=now,
        )
    if entry is not None:
        return Filed(entry.case, decided)
    flags = moving.free_flags([one.flag_id for one in decided.decisions] if decided else [flag.pk], by)
    if case is None:
        return Filed(moving.open_from(number, flags, (title.strip() or flag.gist_id)[:150], by=by, now=now, kind=kind), decided)
    if {one.office_id for one in flags} != {case.office_id}:
        raise moving.several_offices()
    moving.put_in(case, flags, by=by, now=now)
    audit.write("case.flags_added", by=by, now=now, target=case, after={"flags": [one.number for one in flags]})
    return Filed(case, decided)


@wall.everything("one's own act is taken back, whose case it went into by now")
def withdraw(*, decision_id: int, decision_key: uuid.UUID, by: models.Person, now: datetime) -> triage.Decided:
    """Undoes `escalate_flag` and `file_flag` before the decision takes effect: out of the case, a case opened by it closed, undecided.

    A decision that went into no case is undone as by triage.undo. Raises triage.StaleError once that time is over, StaleError where
    somebody has worked on the case since.
    """
    decision = models.Decision.objects.get(pk=decision_id)
    of_act = models.Decision.objects.filter(batch=decision.batch) if decision.batch else [decision]
    with transaction.atomic():
        entries = list(
            models.CaseFlag.objects.select_related("case", "flag")
            .filter(flag__in=[one.flag_id for one in of_act], added_by=decision.by_id, added_at=decision.at)
            .order_by("flag")
        )
        left = []
        for case_id in sorted({entry.case_id for entry in entries} if by.pk == decision.by_id else set()):
            mine = [entry for entry in entries if entry.case_id == case_id]
            case = models.Case.objects.select_for_update(no_key=True).get(pk=case_id)
            left.append((case, _withdraw(case, mine, decision, by=by, now=now), [one.flag.number for one in mine]))
        undone = triage.undo(decision_id=decision_id, decision_key=decision_key, by=by, now=now)
        for case, closed, numbers in left:  # after the flags: the chain is locked last
            if closed:
                before, after = {"state": case.state}, {"state": CaseState.CLOSED, "flags": numbers}
                audit.write("case.withdrawn", by=by, now=now, target=case, before=before, after=after)
            else:
                audit.write("case.flag_removed", by=by, now=now, target=case, after={"flags": numbers})
        return undone


def _withdraw(
    case: models.Case, entries: Sequence[models.CaseFlag], decision: models.Decision, *, by: models.Person, now: datetime
) -> bool:
    """Whether the case is closed by it."""
    opened = case.opened_by_id == by.pk and case.opened_at == decision.at
    if case.state == CaseState.CLOSED or (opened and (case.events.exclude(by=by, at=decision.at).exists() or case.referrals.exists())):
        raise moving.stale(case)
    moving.remove(case, entries, "", by=by, now=now)
    if not opened or case.entries.exists():
        return False
    tasking.drop_open(case, "", by=by, now=now)
    models.Notice.objects.filter(case=case, kind__in=("case_escalated", "case_fits"), read_at=None).delete()
    models.Case.objects.filter(pk=case.pk).update(
        state=CaseState.CLOSED, outcome=CaseOutcome.WITHDRAWN, version=case.version + 1, closed_by=by, closed_at=now
    )
    clock.follow(case.pk, now=now)
    moving.event(case, CaseEventKind.CLOSED, by=by, now=now)  # without a note, as nobody else can close: reports go by it
    return True


def withdrawn() -> QuerySet[models.Case]:
    """Cases whose opening was undone and that nobody opened again since: nothing is left of them but their numbers."""
    return models.Case.objects.filter(outcome=CaseOutcome.WITHDRAWN)
