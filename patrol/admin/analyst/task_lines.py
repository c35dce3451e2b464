"""Templates of tasks: the lines a kind of case begins with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from patrol import models
from patrol.access import Action
from patrol.admin.shared import base, words
from patrol.admin.shared.forms import NumberField, VerbForm
from patrol.cases import task_lines
from patrol.infra.refusals import RefusedError
from patrol.models import CaseKind, TaskFor

WHOSE = {
    TaskFor.OPENER: gettext_lazy("Whoever opened the case"),
    TaskFor.RESPONSIBLE: gettext_lazy("Whoever is responsible"),
    TaskFor.NOBODY: gettext_lazy("nobody yet"),
}
_LIST = "patrol_taskline_changelist"


class LineForm(VerbForm):
    title = forms.CharField(label=gettext_lazy("What is to be done"), max_length=task_lines.LONGEST)
    title_en = forms.CharField(
        label=gettext_lazy("The same in English"),
        max_length=task_lines.LONGEST,
        required=False,
        help_text=gettext_lazy("Empty: shown as above."),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days until it is due"),
        min_value=0,
        max_value=task_lines.MOST_DAYS,
        required=False,
        help_text=gettext_lazy("Of the calendar, from the day the task is added. Empty: no time is set."),
    )
    goes_to = forms.ChoiceField(label=gettext_lazy("Whose task it is"), choices=list(WHOSE.items()))


class ChangeForm(LineForm):
    seen_version = NumberField(otherwise=0)


class StepForm(VerbForm):
    seen_version = NumberField(otherwise=0)


@admin.register(models.TaskLine)
class TaskLineAdmin(base.ReadOnlyAdmin):
    """For those at the directorate who say what cases of a kind begin with; cases that are there stay as they are."""

    view_action = Action.TASK_TEMPLATE

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            self.address("baru/", self.add, "add"),
            self.address("<int:line_id>/naik/", self.up, "up"),
            self.address("<int:line_id>/turun/", self.down, "down"),
            self.address("<int:line_id>/hapus/", self.remove, "remove"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The template of one kind, the first where none is named."""
        self.seen_by(request)
        kind = _kind(request)
        rows = list(task_lines.of(kind))
        context = {
            "choices": [{"title": title, "link": base.here(_LIST, kind=key), "on": key == kind} for key, title in words.CASE_KINDS.items()],
            "rows": [
                {
                    "line": line,
                    "title": line.title,
                    "title_en": line.title_en,
                    "days": ngettext("%(days)s day", "%(days)s days", line.days) % {"days": line.days} if line.days is not None else "",
                    "whose": WHOSE[TaskFor(line.goes_to)],
                    "link": base.here("patrol_taskline_change", line.pk),
                    "up": base.here("patrol_taskline_up", line.pk) if line != rows[0] else "",
                    "down": base.here("patrol_taskline_down", line.pk) if line != rows[-1] else "",
                    "remove": base.here("patrol_taskline_remove", line.pk),
                }
                for line in rows
            ],
            "add": base.here("patrol_taskline_add", kind=kind),
            "subtitle": words.CASE_KINDS[kind],
        }
        return self.page(request, "workbench/task_lines.html", context, title=_("Task templates"))

    def add(self, request: HttpRequest) -> HttpResponse:
        self.seen_by(request)
        kind = _kind(request)
        form = LineForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                task_lines.add(kind=kind, **form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(request, _("The line was added, for the cases to come and those that ask for their template."))
                return HttpResponseRedirect(base.here(_LIST, kind=kind))
        return self._form(request, form, _("New line of the template"), kind)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        line = self._line(request, int(object_id))
        now_is = {field: getattr(line, field) for field in ("title", "title_en", "days", "goes_to")}
        form = ChangeForm(request.POST or None, initial=now_is | {"seen_version": line.version})
        if request.method == "POST" and form.is_valid():
            try:
                task_lines.change(line_id=line.pk, **form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            except task_lines.StaleError:
                return self._late(request, line)
            else:
                base.say(request, _("The line was changed. Tasks that were made from it stay as they are."))
                return HttpResponseRedirect(base.here(_LIST, kind=line.kind))
        return self._form(request, form, _("Change a line of the template"), line.kind)

    def up(self, request: HttpRequest, line_id: int) -> HttpResponse:
        return self._step(request, line_id, task_lines.move, "", up=True)

    def down(self, request: HttpRequest, line_id: int) -> HttpResponse:
        return self._step(request, line_id, task_lines.move, "", up=False)

    def remove(self, request: HttpRequest, line_id: int) -> HttpResponse:
        return self._step(request, line_id, task_lines.remove, _("The line was removed. Tasks that were made from it stay."))

    def _step(self, request: HttpRequest, line_id: int, verb: Callable[..., Any], said: str, **asked: Any) -> HttpResponse:
        base.posted(request)
        line = self._line(request, line_id)
        try:
            verb(line_id=line.pk, **StepForm(request.POST).told(), **asked, by=base.who(request), now=timezone.now())
        except task_lines.StaleError:
            return self._late(request, line)
        if said:
            base.say(request, said)
        return HttpResponseRedirect(base.here(_LIST, kind=line.kind))

    def _line(self, request: HttpRequest, line_id: int) -> models.TaskLine:
        return base.visible(base.who(request), Action.TASK_TEMPLATE, models.TaskLine.objects.filter(removed_at=None), pk=line_id)

    def _late(self, request: HttpRequest, line: models.TaskLine) -> HttpResponse:
        base.say(request, _("Nothing was changed: a colleague changed this line meanwhile. Look at it again."), problem=True)
        return HttpResponseRedirect(base.here(_LIST, kind=line.kind))

    def _form(self, request: HttpRequest, form: LineForm, title: str, kind: str) -> HttpResponse:
        context = {"form": form, "save": _("Save"), "cancel": base.here(_LIST, kind=kind), "subtitle": words.CASE_KINDS[kind]}
        return self.page(request, "workbench/form.html", context, title=title)


def _kind(request: HttpRequest) -> str:
    """The kind of case an address names. Raises Http404 for one there is not."""
    kind = request.GET.get("kind") or next(iter(CaseKind))
    if kind not in set(CaseKind):
        raise Http404
    return kind
