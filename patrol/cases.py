"""Cases: opened by an office from confirmed flags, escalated to the directorate, taken, handed back, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from patrol import access, audit, models, series, states
from patrol.access import Action
from patrol.models import CaseEventKind
from patrol.states import CaseState, FlagState


class StaleError(Exception):
    """Somebody was faster: `who` did it at `at`, and the case is `state` now."""

    def __init__(self, who: models.Person | None, at: datetime | None, state: str) -> None:
        super().__init__(f"already {state}")
        self.who = who
        self.at = at
        self.state = state


class RefusedError(Exception):
    """What was asked cannot be done; `code` says why: no_flags, several_offices, not_confirmed, in_case,
    title, note."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def _event(
    case: models.Case, kind: str, *, by: models.Person, now: datetime, note: str = "", flag: models.Flag | None = None
) -> None:
    models.CaseEvent.objects.create(case=case, kind=kind, at=now, by=by, note=note, flag=flag)


def _find(case_id: int, action: Action, by: models.Person) -> models.Case:
    case = models.Case.objects.select_related("office", "responsible").get(pk=case_id)
    access.require(by, action, office_id=case.office_id)
    return case


def _required(text: str, code: str) -> str:
    if not text.strip():
        raise RefusedError(code)
    return text.strip()


def open_case(*, flag_ids: Sequence[int], title: str, by: models.Person, now: datetime) -> models.Case:
    """Opens a case from confirmed flags of one office that stand in no case yet.

    Raises RefusedError, PermissionDenied.
    """
    title = _required(title, "title")[:150]
    with transaction.atomic():
        flags = _free_flags(flag_ids, by)
        office_ids = {flag.office_id for flag in flags}
        if len(office_ids) != 1:
            raise RefusedError("several_offices")
        access.require(by, Action.CASE_OPEN, office_id=flags[0].office_id)
        case = models.Case.objects.create(
            number=series.take("PKR", 1, now=now)[0],
            title=title,
            office_id=flags[0].office_id,
            opened_by=by,
            opened_at=now,
            responsible=by,
        )
        _event(case, CaseEventKind.OPENED, by=by, now=now)
        _attach(case, flags, by=by, now=now)
        numbers = [flag.number for flag in flags]
        audit.write("case.opened", by=by, now=now, target=case, after={"number": case.number, "flags": numbers})
    return case


def _free_flags(flag_ids: Sequence[int], by: models.Person) -> list[models.Flag]:
    flags = list(
        access.scope(
            by, Action.CASE_OPEN, models.Flag.objects.select_for_update(of=("self",)).filter(pk__in=flag_ids)
        ).order_by("id")
    )
    if not flags or len(flags) != len(set(flag_ids)):
        raise RefusedError("no_flags")
    for flag in flags:
        if flag.state != FlagState.CONFIRMED:
            raise RefusedError("not_confirmed", flag.number)
        taken = models.CaseFlag.objects.select_related("case").filter(flag=flag).first()
        if taken:
            raise RefusedError("in_case", taken.case.number)
    return flags


def _attach(case: models.Case, flags: Sequence[models.Flag], *, by: models.Person, now: datetime) -> None:
    models.CaseFlag.objects.bulk_create(
        models.CaseFlag(case=case, flag=flag, added_by=by, added_at=now) for flag in flags
    )
    models.CaseEvent.objects.bulk_create(
        models.CaseEvent(case=case, kind=CaseEventKind.FLAG_ADDED, at=now, by=by, flag=flag) for flag in flags
    )


def add_flags(*, case_id: int, flag_ids: Sequence[int], by: models.Person, now: datetime) -> models.Case:
    """Puts more confirmed flags into a case that is not closed. Raises RefusedError, StaleError, PermissionDenied."""
    case = _find(case_id, Action.CASE_NOTE, by)
    with transaction.atomic():
        if models.Case.objects.select_for_update().get(pk=case.pk).state == CaseState.CLOSED:
            raise _stale(case)
        flags = _free_flags(flag_ids, by)
        _attach(case, flags, by=by, now=now)
        audit.write("case.flags_added", by=by, now=now, target=case, after={"flags": [flag.number for flag in flags]})
    return case


def _stale(case: models.Case) -> StaleError:
    case = models.Case.objects.get(pk=case.pk)
    last = case.events.select_related("by").order_by("-id").first()
    return StaleError(last.by if last else None, last.at if last else None, case.state)


def _move(
    case: models.Case,
    after: CaseState | None,
    kind: CaseEventKind,
    *,
    seen_version: int,
    note: str,
    by: models.Person,
    now: datetime,
    **changes: Any,
) -> models.Case:
    """Compare-and-set of one case with its event and its audit row."""
    before = case.state
    if after is not None and case.version == seen_version:
        states.require(states.CASE_MOVES, before, after)
    with transaction.atomic():
        moved = models.Case.objects.filter(pk=case.pk, version=seen_version, state=before).update(
            version=seen_version + 1, **({"state": after} if after else {}), **changes
        )
        if moved == 0:
            raise _stale(case)
        _event(case, kind, by=by, now=now, note=note)
        audit.write(
            f"case.{kind}", by=by, now=now, target=case, before={"state": before}, after={"state": after or before}
        )
    case.refresh_from_db()
    return case


def escalate(*, case_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Case:
    """Hands the case to the directorate, with a reason. Nobody is responsible until an analyst takes it."""
    case = _find(case_id, Action.CASE_ESCALATE, by)
    return _move(
        case, CaseState.ESCALATED, CaseEventKind.ESCALATED, seen_version=seen_version, note=_required(note, "note"), by=by, now=now,
        escalated_by=by, escalated_at=now, responsible=None,
    )  # fmt: skip


def take(*, case_id: int, seen_version: int, by: models.Person, now: datetime) -> models.Case:
    """An analyst becomes responsible for an escalated case that nobody has."""
    case = _find(case_id, Action.CASE_TAKE, by)
    if case.state != CaseState.ESCALATED or case.responsible_id is not None:
        raise _stale(case)
    return _move(case, None, CaseEventKind.TAKEN, seen_version=seen_version, note="", by=by, now=now, responsible=by)


def give_back(*, case_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Case:
    """The directorate hands an escalated case back to its office, with a reason; whoever opened it is responsible again."""
    case = _find(case_id, Action.CASE_RETURN, by)
    return _move(
        case, CaseState.OPENED, CaseEventKind.RETURNED, seen_version=seen_version, note=_required(note, "note"), by=by, now=now,
        responsible_id=case.opened_by_id,
    )  # fmt: skip


def close(*, case_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Case:
    """Ends the case with what came of it."""
    case = _find(case_id, Action.CASE_CLOSE, by)
    return _move(
        case, CaseState.CLOSED, CaseEventKind.CLOSED, seen_version=seen_version, note=_required(note, "note"), by=by, now=now,
        closed_by=by, closed_at=now,
    )  # fmt: skip


def reopen(*, case_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Case:
    """Opens a closed case again, with a reason."""
    case = _find(case_id, Action.CASE_CLOSE, by)
    return _move(
        case, CaseState.OPENED, CaseEventKind.REOPENED, seen_version=seen_version, note=_required(note, "note"), by=by, now=now,
        closed_by=None, closed_at=None,
    )  # fmt: skip


def note(*, case_id: int, text: str, to_office: bool, by: models.Person, now: datetime) -> models.Case:
    """Adds an internal note (yellow) or a message to the office (blue) to the timeline."""
    case = _find(case_id, Action.CASE_NOTE, by)
    kind = CaseEventKind.MESSAGE if to_office else CaseEventKind.NOTE
    with transaction.atomic():
        _event(case, kind, by=by, now=now, note=_required(text, "note"))
        audit.write(f"case.{kind}", by=by, now=now, target=case)
    return case
