"""Deadlines: how many working hours a step of a case may take, by kind of case."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access, models
from patrol.access import Action
from patrol.admin.shared import base, words
from patrol.admin.supervisor import clock_forms
from patrol.cases import deadlines
from patrol.infra.refusals import RefusedError
from patrol.models.deadlines import TIMED


@admin.register(models.CaseDeadline)
class CaseDeadlineAdmin(base.ReadOnlyAdmin):
    """Whoever has cases sees them, supervisors of the directorate change them."""

    view_action = Action.CLOCK_VIEW

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        changes = access.may(request.user, Action.CLOCK_CHANGE)
        kinds = list(words.CASE_KINDS)
        found = models.CaseDeadline.objects.select_related("changed_by")
        context = {
            "rows": [
                {
                    "deadline": one,
                    "step": words.CASE_STEPS[one.step],
                    "kind": words.CASE_KINDS[one.kind],
                    "link": base.here("patrol_casedeadline_change", one.pk) if changes else "",
                    "changed": words.day(one.changed_at) if one.changed_at else "",
                    "changed_by": one.changed_by.name if one.changed_by else "",
                }
                for one in sorted(found, key=lambda one: (TIMED.index(one.step), kinds.index(one.kind)))
            ],
            "subtitle": _("in working hours"),
        }
        return self.page(request, "workbench/deadlines.html", context, title=_("Deadlines"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        deadline = base.visible(base.who(request), Action.CLOCK_CHANGE, models.CaseDeadline.objects.all(), pk=int(object_id))
        form = clock_forms.DeadlineForm(request.POST or None, initial={"hours": deadline.hours, "grace": deadline.grace})
        there = base.here("patrol_casedeadline_changelist")
        if request.method == "POST" and form.is_valid():
            try:
                deadlines.change(deadline_id=deadline.pk, **form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(
                    request, _("The deadline was changed, also for cases that are at this step now: they are counted anew within a minute.")
                )
                return HttpResponseRedirect(there)
        subtitle = f"{words.CASE_STEPS[deadline.step]}, {words.CASE_KINDS[deadline.kind]}"
        context = {"form": form, "save": _("Save"), "cancel": there, "subtitle": subtitle}
        return self.page(request, "workbench/form.html", context, title=_("Change deadline"))
