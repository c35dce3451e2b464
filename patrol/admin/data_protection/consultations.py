"""The reading log: who was shown which personal data, newest first. Looking at it is a row of it too, and so is each list taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access, models
from patrol.access import Action
from patrol.admin.data_protection import consultation_words as said
from patrol.admin.data_protection.consultation_filters import Filters, at_most
from patrol.admin.shared import base, exporting, post_rows
from patrol.admin.supervisor import audit_words
from patrol.domain import days

_LIST = "patrol_consultation_changelist"
_CELLS = ("at", "who", "office", "way", "thing", "of_office", "purpose", "shown", "rows", "digest")


@admin.register(models.Consultation)
class ConsultationAdmin(base.ReadOnlyAdmin):
    view_action = Action.CONSULTATION_VIEW

    def get_urls(self) -> list[Any]:
        return [self.address("", self.changelist_view, "changelist"), exporting.address(self, _listing, _LIST)]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        person, filters = base.who(request), _asked(request)
        unread = days.unread(filters.since, filters.until)
        names = said.Names.load()
        place = request.GET.get("after", "")
        rows: list[models.Consultation] = []
        further = ""
        if not unread:
            found, begins = _found(filters, person), at_most(place)
            rows, further = post_rows.page_of(found.filter(at__lte=begins) if begins else found, "at", place)
        context = {
            "rows": said.lines(rows, names, sees_harmed=_sees_harmed(person)),
            "sees_harmed": _sees_harmed(person),
            "asked": filters,
            "people": [(str(key), name) for key, name in names.people.items()],
            "offices": [(str(key), name) for key, name in names.offices.items()],
            "ways": [(str(key), title) for key, title in said.WAYS.items()],
            "things": sorted(((key, str(title)) for key, title in audit_words.THINGS.items()), key=lambda one: one[1]),
            "purposes": sorted(((key, str(title)) for key, title in said.purposes().items()), key=lambda one: one[1]),
            "showns": list(said.SHOWN.items()),
            "all": base.here(_LIST),
            "filtered": bool(Filters.of(request.GET).query),
            "unread": unread,
            "export": None if unread else exporting.panel("patrol_consultation_export", filters.query, person),
            "next": base.here(_LIST, **filters.query, after=further) if further else "",
            "first": base.here(_LIST, **filters.query) if place else "",
            "subtitle": _("newest first, cannot be changed"),
        }
        return self.page(request, "workbench/consultations.html", context, title=_("Reading log"))


def _asked(request: HttpRequest) -> Filters:
    return Filters.of(request.GET).bounded(timezone.localdate())


def _found(filters: Filters, person: models.Person) -> QuerySet[models.Consultation]:
    rows = access.scope(person, Action.CONSULTATION_VIEW, models.Consultation.objects.order_by("-at", "-pk"))
    return filters.narrow(rows, ZoneInfo(person.office.zone), sees_harmed=_sees_harmed(person))


def _sees_harmed(person: models.Person) -> bool:
    return access.may(person, Action.PROTECTION_VIEW)


def _listing(request: HttpRequest) -> exporting.Listing:
    person, filters = base.who(request), _asked(request)
    names = said.Names.load()

    def cells(rows: Sequence[models.Consultation], _shown: frozenset[int]) -> Iterator[Sequence[exporting.Cell]]:
        for row in said.lines(rows, names, sees_harmed=_sees_harmed(person)):
            yield tuple(row[key] for key in _CELLS)

    return exporting.Listing(
        key="reading-log",
        title=_("Reading log"),
        columns=[
            _("When"),
            _("Who"),
            _("Office"),
            _("Way"),
            _("Thing"),
            _("Of the office"),
            _("Purpose"),
            _("Contacts"),
            _("Shown"),
            _("Fingerprint of what was searched"),
        ],
        found=_found(filters, person),
        said=cells,
        query=filters.query,
        asked=filters.told(names),
    )
