"""Reading that stood out: what of whom, and what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import models
from patrol.access import Action
from patrol.admin.data_protection import consultation_words as said
from patrol.admin.shared import base, post_rows, words
from patrol.admin.shared.forms import VerbForm, WordField
from patrol.domain.unusual_reading import Why
from patrol.engine import masks
from patrol.infra.refusals import RefusedError
from patrol.models import UnusualReading
from patrol.privacy import unusual

_LIST = "patrol_unusualreading_changelist"


class CloseForm(VerbForm):
    reason = WordField()
    note = forms.CharField(required=False, max_length=UnusualReading.LONGEST)


@admin.register(UnusualReading)
class UnusualReadingAdmin(base.ReadOnlyAdmin):
    view_action = Action.CONSULTATION_VIEW

    def get_urls(self) -> list[Any]:
        return [self.address("", self.changelist_view, "changelist"), self.address("<int:unusual_id>/tutup/", self.close, "close")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """What nobody closed first of all; `state` asks for all."""
        self.seen_by(request)
        person = base.who(request)
        wanted = "all" if request.GET.get("state") == "all" else unusual.OPEN
        found = unusual.listed(wanted, person).select_related("person__office", "closed_by")
        rows, place = post_rows.page_of(found, "found_at", request.GET.get("after"))
        titles = {unusual.OPEN: _("Waiting"), "all": _("All")}
        context = {
            "rows": [_line(row, person) for row in rows],
            "reasons": [(key, badge.title) for key, badge in said.REASONS.items()],
            "choices": [{"title": title, "link": base.here(_LIST, state=key), "on": wanted == key} for key, title in titles.items()],
            "waiting": wanted == unusual.OPEN,
            "next": base.here(_LIST, state=wanted, after=place) if place else "",
            "first": base.here(_LIST, state=wanted) if request.GET.get("after") else "",
            "subtitle": _("looked at each Monday"),
        }
        return self.page(request, "workbench/unusual_readings.html", context, title=_("Unusual reading"))

    def close(self, request: HttpRequest, unusual_id: int) -> HttpResponse:
        base.posted(request)
        self.seen_by(request)
        try:
            unusual.close(unusual_id=unusual_id, **CloseForm(request.POST).told(), by=base.who(request), now=timezone.now())
        except UnusualReading.DoesNotExist:
            raise Http404 from None
        except RefusedError as error:
            base.refuse(request, error, place="")
        except unusual.StaleError:
            base.say(request, _("Nothing was changed: it was closed since you opened the page."), problem=True)
        else:
            base.say(request, _("Closed."))
        return HttpResponseRedirect(base.here(_LIST))


def _line(row: UnusualReading, person: models.Person) -> dict[str, Any]:
    until = row.day if row.why == Why.OTHERS else row.day + timedelta(days=6)
    return {
        "person": row.person.name,
        "office": row.person.office.short_name,
        "badge": said.WHYS[row.why],
        "told": said.unusual(row),
        "span": words.day(row.day) if row.why == Why.OTHERS else f"{words.day(row.day)} – {words.day(until)}",
        "log": base.here("patrol_consultation_changelist", who=row.person_id, since=row.day.isoformat(), until=until.isoformat()),
        "closed": said.REASONS[row.reason] if row.reason else None,
        "note": masks.text(row.note),
        "by": row.closed_by.name if row.closed_by else "",
        "close": "" if row.closed_at or row.person_id == person.pk else base.here("patrol_unusualreading_close", row.pk),
        "own": row.person_id == person.pk and row.closed_at is None,
    }
