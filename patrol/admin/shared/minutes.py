"""Minutes of evidence (berita acara): those of one's office, and each as a PDF to be signed. They are written where a copy leaves."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import models
from patrol.access import Action
from patrol.admin.shared import base, post_rows, words
from patrol.evidence import minutes
from patrol.infra import printing
from patrol.models import MinutesKind

_KINDS: Final[dict[str, words.Badge]] = {
    MinutesKind.TAKEN: words.Badge(gettext_lazy("Copy taken away"), "med", "download"),
    MinutesKind.EXPORTED: words.Badge(gettext_lazy("Package of a case made"), "blue", "archive"),
    MinutesKind.HANDED_OVER: words.Badge(gettext_lazy("Handed over to another body"), "blue", "outbox"),
}


@admin.register(models.Minutes)
class MinutesAdmin(base.ReadOnlyAdmin):
    view_action = Action.EVIDENCE_OPEN

    def get_urls(self) -> list[Any]:
        return [self.address("", self.changelist_view, "changelist"), self.address("<int:minutes_id>/pdf/", self.pdf, "pdf")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        person, link = base.who(request), "patrol_minutes_changelist"
        found = (
            self.get_queryset(request).select_related("by__office", "office").annotate(pieces=Count("entries"), happened=Min("entries__at"))
        )
        rows, place = post_rows.page_of(found, "at", request.GET.get("after"))
        context = {
            "rows": [
                {
                    "number": row.number,
                    "badge": _KINDS[row.kind],
                    "recipient": row.recipient,
                    "pieces": row.pieces,
                    "who": words.person(row.by, person),
                    "office": row.office.short_name,
                    # Of the act: a referral may be said to have been sent days after it was.
                    "when": words.moment(row.happened or row.at),
                    "written": words.moment(row.at),
                    "pdf": base.here("patrol_minutes_pdf", row.pk),
                }
                for row in rows
            ],
            "next": base.here(link, after=place) if place else "",
            "first": base.here(link) if request.GET.get("after") else "",
            "subtitle": _("all offices") if person.at_directorate else person.office.name,
        }
        return self.page(request, "workbench/minutes.html", context, title=_("Minutes of evidence"))

    def pdf(self, request: HttpRequest, minutes_id: int) -> HttpResponse:
        """As it was written; where this machine makes no PDF, as a page to be printed. Raises Http404."""
        base.posted(request)
        row = base.visible(base.who(request), Action.EVIDENCE_OPEN, models.Minutes.objects.all(), pk=minutes_id)
        if not printing.available():
            return HttpResponse(minutes.html(row.content), headers={"Cache-Control": "private, no-store"})
        return base.download(minutes.pdf(row.content), name=f"berita-acara-{row.office_id}-{row.year}-{row.count:04d}.pdf")
