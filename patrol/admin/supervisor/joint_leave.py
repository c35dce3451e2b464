"""Working days: national holidays as the library has them, and joint leave as the directorate keeps it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from patrol import access, models
from patrol.access import Action
from patrol.admin.shared import base, words
from patrol.admin.supervisor import clock_forms
from patrol.cases import joint_leave
from patrol.engine import masks, national_holidays
from patrol.infra.refusals import RefusedError


@admin.register(models.JointLeave)
class JointLeaveAdmin(base.ReadOnlyAdmin):
    """One year: whoever has cases sees it, supervisors of the directorate change it."""

    view_action = Action.CLOCK_VIEW

    def get_urls(self) -> list[Any]:
        return [*super().get_urls(), self.address("baru/", self.add, "add")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        this_year = timezone.localdate().year
        year = base.number(request.GET.get("year"))
        year = year if year is not None and joint_leave.FIRST_YEAR <= year <= joint_leave.LAST_YEAR else this_year
        changes = access.may(request.user, Action.CLOCK_CHANGE)
        rows: list[dict[str, Any]] = [
            {
                "day": day,
                "name": name,
                "badge": words.HOLIDAY,
                "source": _("Shipped calendar (%(edition)s)") % {"edition": national_holidays.EDITION},
            }
            for day, name in national_holidays.of_year(year).items()
        ]
        rows += [
            {
                "day": leave.day,
                "name": leave.name,
                "badge": words.JOINT_LEAVE if leave.off else words.JOINT_LEAVE_STRUCK,
                "source": leave.decree,
                "shipped": leave.changed_by is None,
                "changed_by": leave.changed_by.name if leave.changed_by else "",
                "changed": words.day(leave.changed_at) if leave.changed_at else "",
                "link": base.here("patrol_jointleave_change", leave.pk) if changes else "",
            }
            for leave in models.JointLeave.objects.filter(day__year=year).select_related("changed_by")
        ]
        opens, closes = (f"{clock:%H.%M}" for clock in settings.WORKDAY)
        context = {
            "rows": [
                {**row, "shown": formats.date_format(row["day"], "D, j M Y")}
                for row in sorted(rows, key=lambda row: (row["day"], row["name"]))
            ],
            "choices": [
                {"title": str(one), "link": base.here("patrol_jointleave_changelist", year=one), "on": one == year}
                for one in sorted({this_year - 1, this_year, this_year + 1, year})
            ],
            "changes": changes,
            "opens": opens,
            "closes": closes,
            "subtitle": str(year),
        }
        return self.page(request, "workbench/joint_leave.html", context, title=_("Working days"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        leave = base.visible(base.who(request), Action.CLOCK_CHANGE, models.JointLeave.objects.all(), pk=int(object_id))
        now_is = {"name": leave.name, "decree": leave.decree, "off": leave.off}
        form = clock_forms.LeaveForm(request.POST or None, initial=now_is, leave_is_new=False)
        if request.method == "POST" and form.is_valid():
            try:
                joint_leave.change(leave_id=leave.pk, **form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                return self._done(request, leave)
        return self._form(request, form, _("Change joint leave"), f"{words.day(leave.day)} {masks.text(leave.name)}", leave.day.year)

    def add(self, request: HttpRequest) -> HttpResponse:
        if not access.may(request.user, Action.CLOCK_CHANGE):
            raise Http404
        form = clock_forms.LeaveForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                made = joint_leave.add(**form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                return self._done(request, made)
        return self._form(request, form, _("New joint leave"), None, None)

    def _done(self, request: HttpRequest, leave: models.JointLeave) -> HttpResponse:
        base.say(request, _("The list was changed."))
        return HttpResponseRedirect(base.here("patrol_jointleave_changelist", year=leave.day.year))

    def _form(self, request: HttpRequest, form: clock_forms.LeaveForm, title: str, subtitle: str | None, year: int | None) -> HttpResponse:
        cancel = base.here("patrol_jointleave_changelist", year=year)
        context = {"form": form, "save": _("Save"), "cancel": cancel, "subtitle": subtitle}
        return self.page(request, "workbench/form.html", context, title=title)
