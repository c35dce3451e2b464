"""Verbs on the tasks of a case: added, given, set a time, done, opened again, dropped. A closed case has none that move, but for one that
went into an open case of another office (homes.works).

Each holds the case first, then the task: closing a case and whatever is done to its tasks come one after the other. What is typed
stands in the task and the timeline, not in the log.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit
from patrol.cases import homes, moving, tasking
from patrol.domain import states
from patrol.domain.states import CaseState, TaskState
from patrol.infra.refusals import RefusedError
from patrol.models import CaseEventKind

LONGEST: Final = 200  # letters of a title


def add(*, case_id: int, title: str, person_id: int | None, due_at: datetime | None, by: models.Person, now: datetime) -> models.CaseTask:
    """A new task, for a person or for whoever comes to it (None). Raises RefusedError, StaleError, PermissionDenied."""
    case = moving.find(case_id, Action.CASE_TASK, by)
    title = title.strip()
    if not title:
        raise RefusedError("task.title", _("Nothing was added: write what is to be done."), "title")
    if len(title) > LONGEST:
        raise RefusedError("task.title_long", _("Nothing was added: %(most)s letters at most."), "title", most=LONGEST)
    person = _whom(case, person_id)
    with transaction.atomic():
        _held(case)
        (task,) = tasking.make(case, [tasking.Wanted(title, person, due_at)], by=by, now=now)
        audit.write("case.task_added", by=by, now=now, target=case, after={"task": task.pk, "person": person_id, "due": _said(due_at)})
    return task


def from_template(*, case_id: int, seen_version: int, by: models.Person, now: datetime) -> list[models.CaseTask]:
    """The tasks of its kind's template that the case does not have yet, each line once. Raises RefusedError, StaleError,
    PermissionDenied."""
    case = moving.find(case_id, Action.CASE_TASK, by)
    if case.version != seen_version:  # it may be of another kind by now
        raise moving.stale(case)
    with transaction.atomic():
        if _held(case).state == CaseState.CLOSED:  # the template of one that was merged is laid where it went
            raise moving.stale(case)
        made = tasking.lay(case, tasking.missing(case), by=by, now=now)
        if not made:
            raise RefusedError("task.none_missing", _("Nothing was added: the case has the tasks of its template."))
        tasking.laid(case, made, by=by, now=now)
    return made


def assign(*, case_id: int, task_id: int, person_id: int | None, seen_version: int, by: models.Person, now: datetime) -> models.CaseTask:
    """Gives an open task to a person, who is told, or to nobody (None). Raises RefusedError, StaleError, PermissionDenied."""
    case = moving.find(case_id, Action.CASE_TASK, by)
    person = _whom(case, person_id)
    with transaction.atomic():
        task = _task(case, task_id, seen_version, TaskState.OPEN)
        if task.person_id == person_id:
            return task
        before = {"task": task.pk, "person": task.person_id}
        task = _put(task, CaseEventKind.TASK_ASSIGNED, by=by, now=now, to=person, person=person)
        tasking.ring(case, [task], by=by, now=now)
        audit.write("case.task_assigned", by=by, now=now, target=case, before=before, after=before | {"person": person_id})
    return task


def set_due(*, case_id: int, task_id: int, due_at: datetime | None, seen_version: int, by: models.Person, now: datetime) -> models.CaseTask:
    """By when an open task is to be done; None: no time is set. Raises RefusedError, StaleError, PermissionDenied."""
    case = moving.find(case_id, Action.CASE_TASK, by)
    with transaction.atomic():
        task = _task(case, task_id, seen_version, TaskState.OPEN)
        if task.due_at == due_at:
            return task
        before = {"task": task.pk, "due": _said(task.due_at)}
        task = _put(task, CaseEventKind.TASK_DUE, by=by, now=now, told_due=due_at, due_at=due_at)
        audit.write("case.task_due", by=by, now=now, target=case, before=before, after=before | {"due": _said(due_at)})
    return task


def do(*, case_id: int, task_id: int, seen_version: int, by: models.Person, now: datetime) -> models.CaseTask:
    """It is done, by whoever says so. Raises RefusedError, StaleError, PermissionDenied."""
    return _move(case_id, task_id, TaskState.DONE, CaseEventKind.TASK_DONE, seen_version, by=by, now=now, done_by=by, done_at=now)


def reopen(*, case_id: int, task_id: int, seen_version: int, by: models.Person, now: datetime) -> models.CaseTask:
    """It is to be done after all. Raises RefusedError, StaleError, PermissionDenied."""
    return _move(case_id, task_id, TaskState.OPEN, CaseEventKind.TASK_REOPENED, seen_version, by=by, now=now, done_by=None, done_at=None)


def drop(*, case_id: int, task_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.CaseTask:
    """It need not be done, with a reason. Raises RefusedError, StaleError, PermissionDenied."""
    if not note.strip():
        raise RefusedError("task.why", _("Nothing was changed: say why the task is not needed."), "note")
    return _move(case_id, task_id, TaskState.DROPPED, CaseEventKind.TASK_DROPPED, seen_version, note=note.strip(), by=by, now=now)


def mine(person: models.Person) -> QuerySet[models.CaseTask]:
    """What this person still has to do, what is due first before the rest. Of cases that they may see and that are not closed."""
    return access.scope(person, Action.CASE_TASK, given(person)).order_by(F("due_at").asc(nulls_last=True), "id")


def given(person: models.Person) -> QuerySet[models.CaseTask]:
    """The same, whatever the person may see."""
    found = models.CaseTask.objects.filter(person=person, state=TaskState.OPEN)
    same = Q(case__merged_into=None) | Q(case__merged_into__office=F("case__office"))  # the others work on
    return found.exclude(same, case__state=CaseState.CLOSED)


def hand_on(task: models.CaseTask, to: models.Person | None, *, by: models.Person, now: datetime) -> None:
    """Gives one that is held with its case to another, None: to whoever comes to it; by whoever may have it done."""
    before = {"task": task.pk, "person": task.person_id}
    task = _put(task, CaseEventKind.TASK_ASSIGNED, by=by, now=now, to=to, person=to)
    tasking.ring(task.case, [task], by=by, now=now)
    audit.write("case.task_assigned", by=by, now=now, target=task.case, before=before, after=before | {"person": to.pk if to else None})


# --- the same for several ---------------------------------------------------------------------------


def _said(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _whom(case: models.Case, person_id: int | None) -> models.Person | None:
    if person_id is None:
        return None
    found = next((one for one in tasking.people(case) if one.pk == person_id), None)
    if found is None:
        raise RefusedError("task.nobody", _("Nothing was changed: choose a person of the case's office or of the directorate."), "person")
    return found


def _held(case: models.Case) -> models.Case:
    homes.hold(case.pk)
    held = models.Case.objects.select_related("merged_into").get(pk=case.pk)
    if not homes.works(held):
        raise moving.stale(case)
    return held


def _task(case: models.Case, task_id: int, seen_version: int, *only: TaskState) -> models.CaseTask:
    """The task as the person saw it, held together with its case. `only`: the states it may be in."""
    _held(case)
    task = models.CaseTask.objects.select_for_update(no_key=True).filter(case=case, pk=task_id).first()
    if task is None:
        raise RefusedError("task.gone", _("Nothing was changed: this task is not of this case."))
    if task.version != seen_version or (only and task.state not in only):
        last = task.events.select_related("by").last()
        raise moving.StaleError(last.by if last else None, last.at if last else None, task.state)
    return task


def _put(
    task: models.CaseTask,
    kind: CaseEventKind,
    *,
    by: models.Person,
    now: datetime,
    note: str = "",
    to: models.Person | None = None,
    told_due: datetime | None = None,
    **changes: Any,
) -> models.CaseTask:
    models.CaseTask.objects.filter(pk=task.pk).update(version=task.version + 1, **changes)
    moving.event(task.case, kind, by=by, now=now, note=note, to=to, task=task, due_at=told_due)
    task.refresh_from_db()
    return task


def _move(
    case_id: int,
    task_id: int,
    after: TaskState,
    kind: CaseEventKind,
    seen_version: int,
    *,
    by: models.Person,
    now: datetime,
    note: str = "",
    **changes: Any,
) -> models.CaseTask:
    case = moving.find(case_id, Action.CASE_TASK, by)
    with transaction.atomic():
        task = _task(case, task_id, seen_version)
        states.require(states.TASK_MOVES, task.state, after)
        before = {"task": task.pk, "state": task.state}
        task = _put(task, kind, by=by, now=now, note=note, state=after, **changes)
        audit.write(f"case.{kind}", by=by, now=now, target=case, before=before, after=before | {"state": after})
    return task
