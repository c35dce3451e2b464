"""Ctrl-K: one box on every page. What is typed comes by POST, so that no number stands in an address, a history or an access log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.db.models.functions import Upper
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import access, models, search
from patrol.access import Action, consulting
from patrol.admin.registrar import agencies, register
from patrol.admin.shared import base, words
from patrol.admin.shared.forms import VerbForm
from patrol.campaigns import trusted
from patrol.engine import assess, masks
from patrol.infra.refusals import RefusedError
from patrol.register import editions

WHAT: Final[dict[str, tuple[str, Any, str]]] = {  # icon, title, name of its page
    "flag": ("flag", gettext_lazy("Flag"), "patrol_flag_change"),
    "case": ("folder", gettext_lazy("Case"), "patrol_case_change"),
    "campaign": ("hub", gettext_lazy("Campaign"), "patrol_campaign_change"),
    "bulk": ("checklist", gettext_lazy("Many flags at once"), "patrol_bulk_change"),
    "referral": ("forward_to_inbox", gettext_lazy("Referral"), "patrol_referral_change"),
    "objection": ("feedback", gettext_lazy("Objection"), "patrol_objection_change"),
    "peer_export": ("ios_share", gettext_lazy("Export for another body"), "patrol_peerexport_change"),
    "erasure": ("delete_forever", gettext_lazy("Request to erase"), "patrol_erasurerequest_change"),
    "subject_request": ("person_search", gettext_lazy("Request of a subject"), "patrol_subjectrequest_change"),
    "post": ("article", gettext_lazy("Post"), "patrol_post_change"),
    "agency": ("apartment", gettext_lazy("Agency (P3MI)"), "patrol_agency_change"),
    "licence": ("badge", gettext_lazy("Licence (SIP)"), "patrol_agency_change"),
    "indicator": ("tag", gettext_lazy("Indicator"), "patrol_indicator_change"),
}


class FindForm(VerbForm):
    what = forms.CharField(required=False, max_length=search.LONGEST_QUERY)


def find(request: HttpRequest) -> HttpResponse:
    """A single hit is opened; several are listed; none says so and offers to write it down."""
    person = base.who(request)
    if not access.may(person, Action.INDICATOR_VIEW):
        raise Http404
    try:
        return find_text(request, **FindForm(request.POST).told())
    except RefusedError as error:
        base.refuse(request, error)
        return shown(request, "", search.Found((), (), ""))


def find_text(request: HttpRequest, what: str) -> HttpResponse:
    """Also for a page whose own search was given a number."""
    asked = " ".join(what.split())
    if not asked:
        return shown(request, "", search.Found((), (), ""))
    found = search.find(text=asked, by=base.who(request), now=timezone.now())
    consulting.note(request, way=consulting.Way.SEARCH, target=("search", ""), rows=len(found.hits), query_digest=search.digest(asked))
    if len(found.hits) == 1 and found.hits[0].open:
        return HttpResponseRedirect(_link(found.hits[0]))
    return shown(request, asked, found)


def shown(request: HttpRequest, asked: str, found: search.Found) -> HttpResponse:
    from django.contrib import admin  # noqa: PLC0415 -- the site is made while this module is imported

    now = timezone.now()
    good = trusted.of((hit.key for hit in found.hits if hit.what == "indicator"), now)
    edition = editions.current()
    standing = _standing(found.hits, edition, now) if edition else {}
    listed = base.here("patrol_post_changelist", q=asked)
    accounts = any(hit.what == "indicator" and hit.kind in masks.CONTACTS for hit in found.hits)
    context = {
        **admin.site.each_context(request),
        "title": _("Search"),
        "subtitle": None,
        "asked": asked,
        "mask": asked if found.posts else found.mask,  # what stands in the words of posts is no contact
        "kinds": ", ".join(str(words.INDICATORS[kind].title) for kind in found.kinds if kind in words.INDICATORS),
        "hits": [_hit(hit, good, standing.get(hit, [])) for hit in found.hits],
        "as_of": register.as_of(edition) if edition and standing else "",
        "posts": found.posts,
        "more": found.posts is not None and found.posts > search.MOST_COUNTED,
        "most": search.MOST_COUNTED,
        "posts_link": listed if found.posts else "",
        "refused": words.refusal(found.refused) if found.refused else "",
        "covered": masks.MIDDLE in asked,
        "may_note": access.may(request.user, Action.CAPTURE_SEND),
        "words_link": listed
        if found.hits and not accounts and not search.leads_to_a_person(asked) and any(map(str.isalpha, asked))
        else "",
    }
    answer = TemplateResponse(request, "workbench/found.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _link(hit: search.Hit) -> str:
    return base.here(WHAT[hit.what][2], hit.key)


def _standing(hits: Iterable[search.Hit], edition: models.RegisterEdition, now: datetime) -> dict[search.Hit, list[words.Badge]]:
    """How what stands in the register in force stands today: an agency, and whether a licence can be used, with its
    agency where that is not simply active."""
    companies = [hit for hit in hits if hit.what == "agency" or (hit.what, hit.kind) == ("indicator", "agency")]
    numbers = [hit for hit in hits if hit.what == "licence" or (hit.what, hit.kind) == ("indicator", "licence_number")]
    if not companies and not numbers:
        return {}
    licences: dict[str, list[models.Licence]] = {}
    held = models.Licence.objects.filter(edition=edition, number__in=[hit.title for hit in numbers])
    for row in held.select_related("agency"):
        licences.setdefault(row.number, []).append(row)
    owners = [row.agency_id for rows in licences.values() for row in rows]
    known = models.Agency.objects.filter(edition=edition).annotate(company=Upper("name"))
    named = known.filter(Q(company__in=[assess.company(hit.title) for hit in companies]) | Q(pk__in=owners))
    stand = agencies.standing_today(named, now)
    by_name = dict(named.values_list("company", "pk"))
    keys = {hit: hit.key if hit.what == "agency" else by_name.get(assess.company(hit.title)) for hit in companies}
    found = {hit: [agencies.STANDINGS[agencies.key_of(stand[key])]] for hit, key in keys.items() if key in stand}
    for hit in numbers:
        rows = [row for row in licences.get(hit.title, []) if hit.what != "licence" or row.agency_id == hit.key]
        if badges := [badge for row in rows for badge in agencies.licence_today(row, stand[row.agency_id], now)]:
            found[hit] = list(dict.fromkeys(badges))
    return found


def _hit(hit: search.Hit, good: dict[int, Any], standing: list[words.Badge]) -> dict[str, Any]:
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
        "standing": standing,
    }
