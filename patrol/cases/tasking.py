"""Tasks of a case as rows: who can have one, made and rung for, dropped with their case. The verbs of people are in tasks.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import F, Q

from patrol import access, models
from patrol.access import Action, audit
from patrol.cases import homes
from patrol.domain.states import TaskState
from patrol.models import CaseEventKind, OfficeKind, TaskFor

DAY_ENDS: Final = time(23, 59)  # a task is due then where only its day was named


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task that is not there yet."""

    title: str
    person: models.Person | None = None
    due_at: datetime | None = None
    title_en: str = ""
    line: models.TaskLine | None = None


def people(case: models.Case) -> list[models.Person]:
    """Who can be given a task of it: its office's people and the directorate's, no third office's."""
    found = models.Person.objects.select_related("office").filter(is_active=True, office__active=True)
    found = found.filter(Q(office=case.office_id) | Q(office__kind=OfficeKind.DIRECTORATE), role__in=list(access.TABLE[Action.CASE_TASK]))
    return [one for one in found.order_by("name", "id") if able(case, one)]


def able(case: models.Case, person: models.Person) -> bool:
    """Whether somebody active of an active office can be given a task of it."""
    near = person.at_directorate or person.office_id == case.office_id
    return near and access.may(person, Action.CASE_TASK, office_id=case.office_id)


def make(case: models.Case, wanted: Sequence[Wanted], *, by: models.Person, now: datetime) -> list[models.CaseTask]:
    """With an event each; whoever gets some is told once. Must run inside a transaction that holds the case, before its row of the log."""
    made = models.CaseTask.objects.bulk_create(
        models.CaseTask(case=case, line=one.line, title=one.title, title_en=one.title_en, person=one.person, due_at=one.due_at)
        for one in wanted
    )
    models.CaseEvent.objects.bulk_create(
        models.CaseEvent(case=case, kind=CaseEventKind.TASK_ADDED, at=now, by=by, task=task, to=task.person, due_at=task.due_at)
        for task in made
    )
    ring(case, made, by=by, now=now)
    return made


def missing(case: models.Case) -> list[models.TaskLine]:
    """The lines of its kind's template that it has no task of, dropped ones neither: a line is laid once."""
    laid = models.CaseTask.objects.filter(case=case).exclude(line=None).values("line")
    return list(models.TaskLine.objects.filter(kind=case.kind, removed_at=None).exclude(pk__in=laid).order_by("place", "id"))


def lay(case: models.Case, lines: Sequence[models.TaskLine], *, by: models.Person, now: datetime) -> list[models.CaseTask]:
    """A task of each line, due at the end of its day in the office of the case. As `make`."""
    able = {one.pk: one for one in people(case)} if lines else {}
    zone = ZoneInfo(case.office.zone)
    today = now.astimezone(zone).date()
    whose = {TaskFor.OPENER: case.opened_by_id, TaskFor.RESPONSIBLE: case.responsible_id}
    wanted = [
        Wanted(
            line.title,
            able.get(whose.get(TaskFor(line.goes_to)) or 0),
            datetime.combine(today + timedelta(days=line.days), DAY_ENDS, tzinfo=zone) if line.days is not None else None,
            line.title_en,
            line,
        )
        for line in lines
    ]
    return make(case, wanted, by=by, now=now) if wanted else []


def laid(case: models.Case, made: Sequence[models.CaseTask], *, by: models.Person, now: datetime) -> None:
    """The row of the log of what `lay` made."""
    if made:
        after = {
            "case_kind": case.kind,
            "tasks": [task.pk for task in made],
            "people": [task.person_id for task in made],
            "due": [task.due_at.isoformat() if task.due_at else None for task in made],
        }
        audit.write("case.tasks_laid", by=by, now=now, target=case, after=after)


def ring(case: models.Case, given: Sequence[models.CaseTask], *, by: models.Person, now: datetime) -> None:
    """A notice to whoever has them by now, not for oneself."""
    titles: dict[models.Person, list[str]] = {}
    for task in given:
        if task.person is not None and task.person_id != by.pk:
            titles.setdefault(task.person, []).append(task.title)
    models.Notice.objects.bulk_create(
        models.Notice(kind="case_task", case=case, person=person, by=by, at=now, note="; ".join(named)) for person, named in titles.items()
    )


def drop_open(case: models.Case, note: str, *, by: models.Person, now: datetime) -> list[models.CaseTask]:
    """What is still to be done when a case is closed is dropped with it, in those merged into it too; whoever closes it writes that into
    the log (`dropped`).

    Must run inside a transaction that holds the case, as every act on its tasks does first.
    """
    left = list(models.CaseTask.objects.filter(case__in=homes.tree(case.pk), state=TaskState.OPEN).order_by("pk"))
    models.CaseTask.objects.filter(pk__in=[task.pk for task in left]).update(state=TaskState.DROPPED, version=F("version") + 1)
    models.CaseEvent.objects.bulk_create(
        models.CaseEvent(case_id=task.case_id, kind=CaseEventKind.TASK_DROPPED, at=now, by=by, note=note, task=task) for task in left
    )
    return left


def dropped(case: models.Case, left: Sequence[models.CaseTask], *, by: models.Person, now: datetime) -> None:
    if left:
        audit.write("case.tasks_dropped", by=by, now=now, target=case, after={"tasks": [task.pk for task in left]})
