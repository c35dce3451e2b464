"""The public desk as the directorate sets it: whether a number may be told as named in a report that an officer has confirmed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import models
from patrol.access import Action, public_desk
from patrol.admin.shared import base, words


@admin.register(models.PublicDeskChange)
class PublicDeskAdmin(base.ReadOnlyAdmin):
    view_action = Action.PUBLIC_DESK

    def get_urls(self) -> list[Any]:
        return [self.address("", self.changelist_view, "changelist"), self.address("ubah/", self.switch, "switch")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        context = {
            "tells_reviewed": public_desk.tells_reviewed(),
            "desk": settings.PUBLIC_DESK,
            "address": settings.PUBLIC_URL,
            "rows": [
                {"on": row.tells_reviewed, "at": words.day(row.at), "by": row.by.name}
                for row in models.PublicDeskChange.objects.select_related("by")[:20]
            ],
        }
        return self.page(request, "workbench/public_desk.html", context, title=_("Public desk"))

    def switch(self, request: HttpRequest) -> HttpResponse:
        """The other way round than the page showed it: two people who press at once make one change."""
        self.seen_by(request)
        if request.method != "POST":
            raise Http404
        told = request.POST.get("tells_reviewed") == "1"
        if public_desk.change(tells_reviewed=told, by=base.who(request), now=timezone.now()):
            base.say(request, _("The public desk was changed."))
        return HttpResponseRedirect(base.here("patrol_publicdeskchange_changelist"))
