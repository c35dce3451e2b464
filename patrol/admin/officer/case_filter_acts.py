"""Filters of the list of cases that a person keeps: what the list and the side bar show of them, and the verbs as addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from patrol import models
from patrol import search as searching
from patrol.admin.shared import base
from patrol.admin.shared.forms import NumberField, VerbForm
from patrol.engine import masks
from patrol.search import case_filters, kept_filters

if TYPE_CHECKING:
    from patrol.admin.officer.cases import CaseAdmin

_LIST = "patrol_case_changelist"


class NameForm(VerbForm):
    name = forms.CharField(required=False, max_length=40)


class TellForm(VerbForm):
    """`on`: 1 for a notice of each case that newly fits."""

    on = NumberField(otherwise=0)

    def clean_on(self) -> bool:
        return bool(self.cleaned_data["on"])


def addresses(admin: CaseAdmin) -> list[Any]:
    verbs: dict[str, tuple[str, Callable[[HttpRequest, int], HttpResponse]]] = {
        "rename_filter": ("nama", lambda request, filter_id: _act(admin, request, filter_id, kept_filters.rename, NameForm)),
        "drop_filter": ("hapus", lambda request, filter_id: _act(admin, request, filter_id, kept_filters.drop, VerbForm)),
        "tell_filter": ("pemberitahuan", lambda request, filter_id: _act(admin, request, filter_id, kept_filters.set_telling, TellForm)),
    }
    return [
        admin.address("saringan/", lambda request: _keep(admin, request), "keep_filter"),
        *(admin.address(f"saringan/<int:filter_id>/{word}/", view, name) for name, (word, view) in verbs.items()),
    ]


def _keep(admin: CaseAdmin, request: HttpRequest) -> HttpResponse:
    admin.seen_by(request)
    base.posted(request)
    wanted = case_filters.asked(request.POST)
    if base.done(request, kept_filters.keep, NameForm(request.POST), query=wanted) is not None:
        base.say(request, _("The filter is kept. It stands in the side bar beside the cases."))
    if searching.leads_to_a_person(wanted.get("q", "")):
        del wanted["q"]
    return HttpResponseRedirect(base.here(_LIST, **wanted))


def _act(admin: CaseAdmin, request: HttpRequest, filter_id: int, verb: Callable[..., Any], form: type[VerbForm]) -> HttpResponse:
    """Back to the list of that filter, or to the whole list where it is gone."""
    admin.seen_by(request)
    base.posted(request)
    kept = models.CaseFilter.objects.filter(pk=filter_id, person=base.who(request)).first()
    if kept is None:
        raise Http404
    done = base.done(request, verb, form(request.POST), filter_id=filter_id)
    if done is not None:
        base.say(request, _DONE[verb.__name__](done))
    gone = done is not None and verb is kept_filters.drop
    return HttpResponseRedirect(base.here(_LIST, **({} if gone else kept.query)))


_DONE: dict[str, Callable[[models.CaseFilter], str]] = {
    "rename": lambda _kept: _("The filter has its new name."),
    "drop": lambda _kept: _("The filter is removed."),
    "set_telling": lambda kept: (
        _("You get a notice of each case that newly fits.") if kept.tells else _("You get no more notices of this filter.")
    ),
}


def of(request: HttpRequest) -> list[dict[str, Any]]:
    """Those of whoever asks, with how many cases fit now. The side bar and the list both show them: asked for once, in two queries."""
    found: list[dict[str, Any]] | None = getattr(request, _KEPT, None)
    if found is None:
        person = base.who(request)
        kept = kept_filters.of(person)
        here = case_filters.asked(request.GET) if request.path == base.here(_LIST) else {}
        found = [
            {
                "key": "",  # no script counts them anew
                "name": masks.text(one.name),
                "typed": one.name,
                "tells": one.tells,
                "link": base.here(_LIST, **case_filters.asked(one.query)),
                "count": f"{kept_filters.MOST_COUNTED}+" if count > kept_filters.MOST_COUNTED else count,
                "on": bool(here) and case_filters.asked(one.query) == here,
                **{verb: base.here(f"patrol_case_{verb}_filter", one.pk) for verb in ("rename", "drop", "tell")},
            }
            for one, count in zip(kept, kept_filters.counts(kept, person), strict=True)
        ]
        setattr(request, _KEPT, found)
    return found


_KEPT = "case_filters_kept"
