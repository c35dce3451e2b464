"""What is to be done in a case: the card on its page with its verbs, and what the timeline says of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.core import validators
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import access, cases, models
from patrol.access import Action
from patrol.admin.shared import base, waiting, words
from patrol.admin.shared.cards import Card
from patrol.admin.shared.day_fields import DayField, HourField
from patrol.admin.shared.forms import NumberField, SeenForm, VerbForm, lacking
from patrol.cases import homes, tasking, tasks
from patrol.domain.states import CaseState, TaskState
from patrol.models import CaseKind

_ON_CARD = 8
_WHEN = gettext_lazy("Nothing was changed: name a day, with an hour or without.")


class DueForm(VerbForm):
    """By when: a day, with an hour or without, in the zone of whoever types it."""

    day = DayField(
        required=False,
        validators=[
            validators.MinValueValidator(date(1995, 1, 1), message=_WHEN),
            validators.MaxValueValidator(date(2199, 12, 31), message=_WHEN),
        ],
    )
    hour = HourField(required=False)

    def clean(self) -> None:
        if not self.errors and self.cleaned_data["hour"] and not self.cleaned_data["day"]:
            self.add_error("day", _WHEN)

    def told(self, row: Any = None) -> dict[str, Any]:
        told = super().told(row)
        day, hour = told.pop("day"), told.pop("hour")
        return told | {"due_at": timezone.make_aware(datetime.combine(day, hour or tasking.DAY_ENDS)) if day else None}


class AddForm(DueForm):
    verb_names = {"person": "person_id"}
    title = forms.CharField(max_length=tasks.LONGEST, error_messages=lacking(gettext_lazy("Nothing was added: write what is to be done.")))
    person = NumberField()


class OneForm(SeenForm):
    """Of one task. `task`: which."""

    verb_names = {"task": "task_id", "person": "person_id"}
    task = NumberField(otherwise=0)

    def told(self, row: Any = None) -> dict[str, Any]:
        told = VerbForm.told(self, row)
        return told | {"seen_version": told["seen_version"] or 0}


class AssignForm(OneForm):
    person = NumberField()


class SetDueForm(DueForm, OneForm):
    pass


class DropForm(OneForm):
    note = forms.CharField(required=False)


WORDS = {
    "task_add": "tugas-baru",
    "task_lay": "tugas-templat",
    "task_assign": "tugas-untuk",
    "task_due": "tugas-tenggat",
    "task_do": "tugas-selesai",
    "task_reopen": "tugas-buka",
    "task_drop": "tugas-gugur",
}
FORMS: dict[str, type[VerbForm]] = {
    "task_add": AddForm,
    "task_lay": SeenForm,
    "task_assign": AssignForm,
    "task_due": SetDueForm,
    "task_do": OneForm,
    "task_reopen": OneForm,
    "task_drop": DropForm,
}
VERBS: dict[str, Callable[..., Any]] = {
    "task_add": tasks.add,
    "task_lay": tasks.from_template,
    "task_assign": tasks.assign,
    "task_due": tasks.set_due,
    "task_do": tasks.do,
    "task_reopen": tasks.reopen,
    "task_drop": tasks.drop,
}
DONE: dict[str, Callable[[], str]] = {
    "task_add": lambda: _("The task was added."),
    "task_lay": lambda: _("The tasks of the template were added."),
    "task_assign": lambda: _("It is noted who has the task."),
    "task_due": lambda: _("The time of the task was set."),
    "task_do": lambda: _("The task is done."),
    "task_reopen": lambda: _("The task is open again."),
    "task_drop": lambda: _("The task was dropped."),
}


def gather(case: models.Case, person: models.Person) -> dict[str, Any]:
    """The card: tasks in the order they were added, dropped ones last. Three queries, one where nothing may be changed."""
    now = timezone.now()
    found = list(case.tasks.select_related("person__office", "done_by__office"))
    rows = [shown(task, now, person) for task in sorted(found, key=lambda task: task.state == TaskState.DROPPED)]
    kept = [task for task in found if task.state != TaskState.DROPPED]
    may = homes.works(case) and access.may(person, Action.CASE_TASK, office_id=case.office_id)
    return {
        "rows": rows,
        "of": len(kept),
        "done": sum(task.state == TaskState.DONE for task in kept),
        "open": sum(task.state == TaskState.OPEN for task in kept),
        "may": may,
        "missing": len(tasking.missing(case)) if may and case.state != CaseState.CLOSED else 0,
        "kind": words.CASE_KINDS[case.kind] if case.kind != CaseKind.OTHER else "",
        "version": case.version,
        "people": [(one.pk, f"{one.name}, {one.office.short_name}") for one in tasking.people(case)] if may else [],
        "to": {verb: base.here(f"patrol_case_{verb}", case.pk) for verb in WORDS},
    }


def shown(task: models.CaseTask, now: datetime, person: models.Person) -> dict[str, Any]:
    due, who = timezone.localtime(task.due_at) if task.due_at else None, task.done_by or task.person
    return {
        "task": task,
        "title": words.task(task),
        "open": task.state == TaskState.OPEN,
        "done": task.state == TaskState.DONE,
        "who": words.person(who, person) if who else "",
        "when": words.day(task.done_at) if task.done_at else by_when(due, now),
        "overdue": task.state == TaskState.OPEN and due is not None and due < now,
        "day": due.strftime("%Y-%m-%d") if due else "",
        "hour": due.strftime("%H:%M") if due and not _whole(due) else "",
    }


def by_when(due: datetime | None, now: datetime | None) -> str:
    """ "today 13.00", "24 Nov 2026": the hour only where one was named, "today" only where it is said of `now`."""
    if due is None:
        return ""
    local = timezone.localtime(due)
    day = _("today") if now and local.date() == timezone.localtime(now).date() else words.day(local)
    return day if _whole(local) else f"{day} {words.hour(local)}"


def _whole(local: datetime) -> bool:
    return (local.hour, local.minute) == (tasking.DAY_ENDS.hour, tasking.DAY_ENDS.minute)


def card(request: HttpRequest) -> Card | None:
    """On the start page: what this person still has to do in cases, what is due first before the rest. Not there where nothing is."""
    person, now = base.who(request), timezone.now()
    if not access.may(person, Action.CASE_TASK) or not waiting.of(request, person).tasks:
        return None
    found = list(tasks.mine(person).select_related("case", "person__office", "done_by__office")[:_ON_CARD])
    return Card(
        title=_("My tasks"),
        note=_("what is due first"),
        template="workbench/cards/my_tasks.html",
        context={
            "rows": [{**shown(task, now, person), "link": base.here("patrol_case_change", task.case_id) + "#tasks"} for task in found]
        },
        order=15,
        column="main",
        link=base.here("patrol_case_changelist", state=cases.TASKS),
        link_title=_("All"),
    )


def told(event: models.CaseEvent) -> dict[str, str]:
    """Which task an event of the timeline is about, as somebody typed it, and what was set of it."""
    assert event.task is not None
    parts = []
    if event.kind in {"task_added", "task_assigned"} and (event.to or event.kind == "task_assigned"):
        parts.append(event.to.name if event.to else _("nobody"))
    if event.kind in {"task_added", "task_due"} and (event.due_at or event.kind == "task_due"):
        parts.append(_("by %(when)s") % {"when": by_when(event.due_at, None)} if event.due_at else _("no time set"))
    return {"title": words.task(event.task), "set": " · ".join(parts)}
