"""Learn: the list of guides, and one guide in the language of the page (patrol.guides)."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from patrol import models
from patrol.guides import bodies, editions
from patrol.models import GuideSection
from patrol.public import pages

HEADINGS: Final = {
    GuideSection.RECOGNISE: pgettext_lazy("guide", "Tell an offer apart"),
    GuideSection.HAPPENED: pgettext_lazy("guide", "When it has happened"),
    GuideSection.LEAVING: pgettext_lazy("guide", "Leave protected"),
}
MORE: Final = 3  # other guides that a guide leads to


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every guide under its heading. One query."""
    rows = [_row(request, one) for one in editions.published()]
    groups = [{"heading": heading, "rows": [row for row in rows if row["section"] == section]} for section, heading in HEADINGS.items()]
    return pages.render(request, "learn.html", {"groups": [group for group in groups if group["rows"]]})


@require_safe
def guide(request: HttpRequest, key: str) -> HttpResponse:
    """One guide, and others to read on: those under its heading first. One query."""
    every = editions.published()
    one = next((each for each in every if each.guide.key == key), None)
    if one is None:
        raise Http404
    others = sorted((each for each in every if each is not one), key=lambda each: each.guide.section != one.guide.section)
    said = {part: _said(one, part) for part in ("title", "gist")} | {"parts": bodies.parts(_said(one, "body"))}
    told = {**said, "minutes": bodies.minutes(_said(one, "gist"), _said(one, "body")), "checked_on": one.checked_on}
    context = {"page": told, "others": [_row(request, each) for each in others[:MORE]], "desk_address": settings.PUBLIC_URL}
    return pages.render(request, "guide.html", context)


def _said(one: models.GuideEdition, part: str) -> str:
    return str(getattr(one, f"{part}_{'en' if translation.get_language() == 'en' else 'id'}"))


def _row(request: HttpRequest, one: models.GuideEdition) -> dict[str, Any]:
    match = request.resolver_match
    assert match is not None  # a view of an address
    link = reverse("public:guide", args=[one.guide.key], current_app=match.namespace, urlconf="patrol.public.urls")
    return {"section": one.guide.section, "title": _said(one, "title"), "under": _said(one, "under"), "link": link}
