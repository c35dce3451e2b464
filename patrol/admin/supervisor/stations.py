"""P4MI: the stations of the offices, with how many people and watches each has. Its supervisor or an administrator changes one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access, models
from patrol.access import Action, stations
from patrol.admin.shared import base, forms
from patrol.engine import masks
from patrol.infra.refusals import RefusedError

_LIST = "patrol_station_changelist"


def _many(rows: QuerySet[Any]) -> Coalesce:
    """How many of these stand at the station of the row."""
    counted = rows.filter(station=OuterRef("pk")).order_by().values("station").annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(counted), 0)


@admin.register(models.Station)
class StationAdmin(base.ReadOnlyAdmin):
    view_action = Action.OFFICE_VIEW  # as the offices they belong to: seen by all staff

    def get_urls(self) -> list[Any]:
        return [*super().get_urls(), self.address("baru/", self.add, "add")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Those of the own office first; closed ones last within their office. People and watches are counted for whoever may list them,
        paused watches too, as their list has them."""
        self.seen_by(request)
        by = base.who(request)
        found = access.scope(by, Action.OFFICE_VIEW, models.Station.objects.select_related("office")).annotate(
            people_many=_many(models.Person.objects.filter(is_active=True)), watches_many=_many(models.Watch.objects.all())
        )
        rows = sorted(found.order_by("office__name", "office_id", "-active", "name"), key=lambda row: row.office_id != by.office_id)
        context = {
            "rows": [
                {
                    "station": row,
                    "link": base.here("patrol_station_change", row.pk)
                    if access.may(by, Action.STATION_CHANGE, office_id=row.office_id)
                    else "",
                    "people": row.people_many if access.may(by, Action.PERSON_VIEW, office_id=row.office_id) else None,
                    "watches": row.watches_many if access.may(by, Action.WATCH_VIEW, office_id=row.office_id) else None,
                    "watches_link": base.here("patrol_watch_changelist", station=row.pk),
                }
                for row in rows
            ],
            "add_link": base.here("patrol_station_add") if self._adds(by) else "",
        }
        return self.page(request, "workbench/stations.html", context, title=_("P4MI"))

    def _adds(self, by: models.Person) -> bool:
        """The directorate has offices below it, not P4MI: its supervisors change none."""
        return access.may(by, Action.STATION_CHANGE) and (not by.at_directorate or access.may(by, Action.OFFICE_CHANGE))

    def add(self, request: HttpRequest) -> HttpResponse:
        by = base.who(request)
        if not self._adds(by):
            raise Http404
        own = None if by.at_directorate else by.office_id
        form = forms.StationForm(request.POST or None, office_id=own)

        def save(told: dict[str, Any]) -> str:
            asked = told if own is None else {**told, "office_id": own}
            station = stations.add(**asked, by=by, now=timezone.now())
            return _("%(station)s was added.") % {"station": masks.text(station.name)}

        return self._form(request, form, save, title=_("New P4MI"))

    def _row(self, request: HttpRequest, object_id: int) -> HttpResponse:
        station = base.visible(base.who(request), Action.STATION_CHANGE, models.Station.objects.select_related("office"), pk=object_id)
        now_is = {key: getattr(station, key) for key in ("name", "town", "active")}
        form = forms.StationForm(request.POST or None, initial=now_is, is_new=False)

        def save(told: dict[str, Any]) -> str:
            changed = stations.change(station_id=station.pk, **told, by=base.who(request), now=timezone.now())
            return _("%(station)s was changed.") % {"station": masks.text(changed.name)}

        return self._form(request, form, save, title=masks.text(station.name), subtitle=station.office.name)

    def _form(
        self, request: HttpRequest, form: forms.StationForm, save: Callable[[dict[str, Any]], str], *, title: str, subtitle: str = ""
    ) -> HttpResponse:
        if request.method == "POST" and form.is_valid():
            try:
                base.say(request, save(form.told()))
                return HttpResponseRedirect(base.here(_LIST))
            except RefusedError as error:
                form.refused(error)
        context = {"form": form, "save": _("Save"), "cancel": base.here(_LIST), "subtitle": subtitle or None}
        return self.page(request, "workbench/form.html", context, title=title)
