"""Ctrl-K: one box on every page. What is typed comes by POST, so that no number stands in an address, a history or an access log."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import access, searching, trusted
from patrol.access import Action
from patrol.admin import base, words

WHAT: Final[dict[str, tuple[str, Any, str]]] = {  # icon, title, name of its page
    "flag": ("flag", gettext_lazy("Flag"), "patrol_flag_change"),
    "case": ("folder", gettext_lazy("Case"), "patrol_case_change"),
    "campaign": ("hub", gettext_lazy("Campaign"), "patrol_campaign_change"),
    "bulk": ("checklist", gettext_lazy("Many flags at once"), "patrol_bulk_change"),
    "post": ("article", gettext_lazy("Post"), "patrol_post_change"),
    "agency": ("apartment", gettext_lazy("Agency (P3MI)"), "patrol_agency_change"),
    "licence": ("badge", gettext_lazy("Licence (SIP)"), "patrol_agency_change"),
    "indicator": ("tag", gettext_lazy("Indicator"), "patrol_indicator_change"),
}


def find(request: HttpRequest) -> HttpResponse:
    """A single hit is opened; several are listed; none says so and offers to write it down."""
    person = base.who(request)
    if not access.may(person, Action.INDICATOR_VIEW):
        raise Http404
    return find_text(request, request.POST.get("what", ""))


def find_text(request: HttpRequest, text: str) -> HttpResponse:
    """Also for a page whose own search was given a number."""
    asked = " ".join(text.split())[: searching.LONGEST_QUERY]
    if not asked:
        return shown(request, "", searching.Found((), (), ""))
    found = searching.find(text=asked, by=base.who(request), now=timezone.now())
    if len(found.hits) == 1 and found.hits[0].open:
        return HttpResponseRedirect(_link(found.hits[0]))
    return shown(request, asked, found)


def shown(request: HttpRequest, asked: str, found: searching.Found) -> HttpResponse:
    from django.contrib import admin  # noqa: PLC0415 -- the site is made while this module is imported

    good = trusted.of((hit.key for hit in found.hits if hit.what == "indicator"), timezone.now())
    context = {
        **admin.site.each_context(request),
        "title": _("Search"),
        "subtitle": None,
        "asked": asked,
        "mask": found.mask,
        "kinds": ", ".join(str(words.INDICATORS[kind].title) for kind in found.kinds if kind in words.INDICATORS),
        "hits": [_hit(hit, good) for hit in found.hits],
        "may_note": access.may(request.user, Action.CAPTURE_SEND),
        "words_link": base.here("patrol_post_changelist", q=asked)
        if asked and not searching.leads_to_a_person(asked) and any(map(str.isalpha, asked))
        else "",
    }
    answer = TemplateResponse(request, "workbench/found.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _link(hit: searching.Hit) -> str:
    return base.here(WHAT[hit.what][2], hit.key)


def _hit(hit: searching.Hit, good: dict[int, Any]) -> dict[str, Any]:
    icon, title, _name = WHAT[hit.what]
    if hit.what == "indicator" and hit.kind in words.INDICATORS:
        badge = words.INDICATORS[hit.kind]
        icon, title = badge.icon, badge.title
    known = good.get(hit.key) if hit.what == "indicator" else None
    return {
        "icon": icon,
        "what": title,
        "title": hit.title,
        "detail": words.platform(hit.kind) if hit.what == "post" else hit.detail,
        "link": _link(hit) if hit.open else "",
        "trusted": words.TRUSTED_AS[known.known_as] if known else "",
    }
