"""Signing on the pages of the summaries: the card of an edition with its button, and the list of what waits for one's signature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol.admin.shared import base, words
from patrol.admin.shared.forms import VerbForm, WordField, lacking
from patrol.models import Person
from reports import sheets, signing
from reports.models import Signs, WeeklySummary

_EDITION = "reports_weeklysummary_edition"


class SignForm(VerbForm):
    """`seen`: the fingerprint the page showed. `read`: signing cannot be undone, so it is asked once."""

    place = WordField()
    seen = WordField()
    read = forms.BooleanField(error_messages=lacking(gettext_lazy("Nothing was signed: say that you have read the figures.")))

    def told(self, row: Any = None) -> dict[str, Any]:
        told = super().told(row)
        told.pop("read")
        return told


def addresses(page: base.ReadOnlyAdmin) -> list[Any]:
    """What the table of summaries has for signing."""

    def sign(request: HttpRequest, pk: int) -> HttpResponse:
        base.posted(request)
        page.seen_by(request)
        edition = page.get_queryset(request).filter(pk=pk).first()
        if edition is None:
            raise Http404
        if base.done(request, signing.sign, SignForm(request.POST), summary_id=pk):
            base.say(request, _("You signed %(number)s.") % {"number": edition.number})
        return HttpResponseRedirect(base.here(_EDITION, pk))

    def waiting(request: HttpRequest) -> HttpResponse:
        page.seen_by(request)
        rows = [
            {
                "edition": one,
                "link": base.here(_EDITION, one.pk),
                "place": one.office.name if one.office else _("National, all offices"),
                "period": sheets.said(one.period.label),
                "by": one.signatures.all()[0].by.name,
                "when": words.moment(one.signatures.all()[0].at),
            }
            for one in signing.waiting_for(base.who(request))
        ]
        return page.page(request, "reports/waiting.html", {"rows": rows}, title=_("Waiting for your signature"))

    return [page.address("edisi/<int:pk>/tanda-tangan/", sign, "sign"), page.address("tanda-tangan/", waiting, "waiting")]


def around(edition: WeeklySummary, person: Person, *, newest: bool) -> dict[str, Any]:
    """The card of an edition: who signs next, and the button of whoever that is. Who signed is said on the sheet too (sheets.signed)."""
    signed = list(edition.signatures.all())
    opened = newest and not edition.preliminary
    people: list[Person] = []
    if opened and [one.place for one in signed] == [Signs.AUTHOR]:
        people = signing.seconds(edition, signed[0].by_id, signing.supervisors())
    may = signing.place_for(edition, person, signed, people) if opened else None
    return {
        "sign_link": base.here("reports_weeklysummary_sign", edition.pk) if may else "",
        "sign_place": may,
        "sign_next": ", ".join(one.name for one in people),
        "sign_older": not newest,
    }
