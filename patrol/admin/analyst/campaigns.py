"""Campaigns: the list, the page of one, its verbs as buttons, and one decision for all its open flags."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patrol import cases, models, triage
from patrol.access import Action
from patrol.admin.analyst import campaign_forms, campaign_page, campaign_titles
from patrol.admin.officer import proposing, queue
from patrol.admin.shared import base, exporting, forms, page_keys, post_rows, words
from patrol.campaigns import deciding, judging
from patrol.campaigns import proposing as proposing_mergers
from patrol.domain import states
from patrol.domain.states import CampaignState
from patrol.engine import masks
from patrol.infra import prepared
from patrol.infra.refusals import RefusedError
from patrol.models import Outcome


@admin.register(models.Campaign)
class CampaignAdmin(base.ReadOnlyAdmin):
    view_action = Action.CAMPAIGN_VIEW

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            exporting.address(self, _listing, "patrol_campaign_changelist"),
            *(self.address(f"<int:campaign_id>/{word}/", self._verb(verb), verb) for verb, word in _WORDS.items()),
            self.address("<int:campaign_id>/putuskan/", self.decide, "decide"),
            self.address("<int:campaign_id>/perkara/", self.open_case, "open_case"),
            self.address("<int:campaign_id>/kaitan/<int:tie_id>/konfirmasi/", self._verb("confirm_tie"), "confirm_tie"),
            self.address("<int:campaign_id>/kaitan/<int:tie_id>/lepas/", self._verb("cut"), "cut"),
            self.address("<int:campaign_id>/usulan-gabung/<int:proposal_id>/tolak/", self._verb("refuse_merger"), "refuse_merger"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        wanted, found = _narrowed(request)
        rows, place = post_rows.page_of(found, "grown_at", request.GET.get("after"))
        flags = campaign_page.open_count(row.pk for row in rows)
        titles = campaign_titles.of(rows)
        since = timezone.now() - timedelta(days=7)
        grown = dict(
            models.LinkedPost.objects.filter(campaign__in=rows, joined_at__gte=since).values_list("campaign").annotate(n=Count("post"))
        )
        context = {
            "rows": [
                {
                    "title": titles[row.pk],
                    "campaign": row,
                    "link": base.here("patrol_campaign_change", row.pk),
                    "badge": campaign_page.STATES[CampaignState(row.state)],
                    "level": flags[row.pk]["level"],
                    "level_title": words.LEVELS[flags[row.pk]["level"]].title,
                    "open": flags[row.pk]["open"],
                    "offices": len(flags[row.pk]["offices"]),
                    "grown": grown.get(row.pk, 0),
                    "last": words.moment(row.grown_at),
                }
                for row in rows
            ],
            "choices": [
                {"title": _("All"), "link": base.here("patrol_campaign_changelist"), "on": not wanted},
                *(
                    {"title": title, "link": base.here("patrol_campaign_changelist", state=key), "on": wanted == key}
                    for key, title in _titles().items()
                ),
            ],
            "next": base.here("patrol_campaign_changelist", state=wanted, after=place) if place else "",
            "first": base.here("patrol_campaign_changelist", state=wanted) if request.GET.get("after") else "",
            "export": exporting.panel("patrol_campaign_export", {"state": wanted}, base.who(request), full=True),
            "none": _none(wanted),
            "subtitle": _("posts that belong together, the last to grow first"),
        }
        return self.page(request, "workbench/campaigns.html", context, title=_("Campaigns"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        campaign = self._campaign(request, int(object_id))
        person = base.who(request)
        context = campaign_page.gather(campaign, person)
        own = {
            "confirm": ("j", _("Confirm the open flags")),
            "dismiss": ("n", _("Dismiss the open flags")),
            "case": ("p", _("Open a case from this campaign")),
            "tie": ("y", _("Confirm the chosen ties, or merge both")),
            "cut": ("x", _("Cut the chosen ties")),
        }
        there = {
            "confirm": context["plan"].flags,
            "dismiss": context["plan"].flags,
            "case": context["may_open_case"],
            "tie": context["may_judge"] and context["waiting"],
            "cut": context["may_judge"] and context["waiting"],
        }
        own = {act: wished for act, wished in own.items() if there[act]}
        context |= page_keys.of(person, own, shared=tuple(act for act in ("confirm", "dismiss") if act in own))
        context["subtitle"] = _("Campaign %(number)s") % {"number": campaign.number}
        titles = campaign_titles.of([campaign, *(one["other"] for one in context["mergers"])])
        for one in context["mergers"]:
            one["title"] = titles[one["other"].pk]
        return self.page(request, "workbench/campaign.html", context, title=titles[campaign.pk])

    def _campaign(self, request: HttpRequest, campaign_id: int) -> models.Campaign:
        loaded = models.Campaign.objects.select_related("merged_into")
        return base.visible(base.who(request), Action.CAMPAIGN_VIEW, loaded, pk=campaign_id)

    # --- verbs ------------------------------------------------------------------------------------

    def _verb(self, verb: str) -> Callable[..., HttpResponse]:
        form, act, done = _VERBS[verb]

        def view(request: HttpRequest, campaign_id: int, tie_id: int | None = None, **more: int) -> HttpResponse:
            base.posted(request)
            campaign = self._campaign(request, campaign_id)
            row: dict[str, int] = {"campaign_id": campaign_id, **more}
            if tie_id is not None:
                row = {"tie_id": tie_id}
                ends = Q(later__linked__campaign=campaign) | Q(earlier__linked__campaign=campaign)
                if not models.Tie.objects.filter(ends, pk=tie_id).exists():
                    raise Http404
            return self._done(request, campaign, form(request.POST), lambda told: done(act(**row, **told)))

        return view

    def _done(
        self,
        request: HttpRequest,
        campaign: models.Campaign,
        form: forms.VerbForm,
        act: Callable[[dict[str, Any]], str],
        again: HttpResponse | None = None,
    ) -> HttpResponse:
        """`again`: where the fields stand, if not on the campaign's own page."""
        this = HttpResponseRedirect(base.here("patrol_campaign_change", campaign.pk))
        try:
            said = act({**form.told(campaign), "by": base.who(request), "now": timezone.now()})
        except judging.StaleError as error:
            who = error.who or _("the system")
            base.say(request, _("Nothing was changed: %(who)s was faster. Look again.") % {"who": who}, problem=True)
            return this
        except RefusedError as error:
            base.refuse(request, error)
            return again if again and error.place else this
        if said:
            base.say(request, said)
        return this

    # --- one decision for all ---------------------------------------------------------------------

    def decide(self, request: HttpRequest, campaign_id: int) -> HttpResponse:
        """GET shows the count and five examples first; POST decides exactly that many, or says that they have become more."""
        campaign = self._campaign(request, campaign_id)
        person = base.who(request)
        if request.method == "POST":
            return self._decided(request, campaign, person)
        outcome = request.GET.get("outcome", "")
        outcome = outcome if outcome in set(map(str, campaign_forms.OUTCOMES)) else str(Outcome.CONFIRMED)
        plan = deciding.plan(campaign, person)
        own = {"confirm": ("j", _("Confirm, then a reason")), "dismiss": ("n", _("Dismiss, then a reason")), "note": ("c", _("Note"))}
        keys = page_keys.of(person, own, shared=("confirm", "dismiss"))
        outcomes = {
            str(one): (title, keys["keys"][page_keys.OF_OUTCOME[one]])
            for one, title in ((Outcome.CONFIRMED, _("Confirm")), (Outcome.DISMISSED, _("Dismiss")))
        }
        chosen, chosen_key = outcomes[outcome]
        context = {
            "campaign": campaign,
            "plan": plan,
            "count": len(plan.flags),
            "examples": [_example(flag) for flag in plan.examples],
            "outcome": outcome,
            "outcomes": [(one, title, key) for one, (title, key) in outcomes.items()],
            "chosen": chosen,
            "chosen_key": chosen_key,
            **keys,
            "reasons": list(triage.REASONS[outcome].items()),
            "key": uuid.uuid4(),
            "back": base.here("patrol_campaign_change", campaign.pk),
            "subtitle": campaign_titles.of([campaign])[campaign.pk],
        }
        return self.page(request, "workbench/campaign_decide.html", context, title=_("Decide for all"))

    def _decided(self, request: HttpRequest, campaign: models.Campaign, person: models.Person) -> HttpResponse:
        form = campaign_forms.DecideForm(request.POST)
        again = HttpResponseRedirect(base.here("patrol_campaign_decide", campaign.pk, outcome=form["outcome"].value()))

        def act(told: dict[str, Any]) -> str:
            try:
                return _sentence(deciding.decide(campaign_id=campaign.pk, **told))
            except triage.SecondPersonError as error:
                said = {key: told[key] for key in ("outcome", "reason", "note")}
                proposing.propose(request, deciding.plan(campaign, person).flags, **said, count=error.count)
                return ""

        try:
            return self._done(request, campaign, form, act, again)
        except triage.ReasonMissingError:
            base.say(request, campaign_forms.CHOOSE, problem=True, beside="reason")
            return again

    # --- a case -----------------------------------------------------------------------------------

    def open_case(self, request: HttpRequest, campaign_id: int) -> HttpResponse:
        """GET counts what a case would hold and shows five of them; POST opens it with exactly that many, or says they changed."""
        campaign = self._campaign(request, campaign_id)
        person = base.who(request)
        if request.method == "POST":
            return self._case_opened(request, campaign)
        plan = cases.plan(campaign, person, office_id=base.number(request.GET.get("office")))
        this = base.here("patrol_campaign_open_case", campaign.pk)
        called = campaign_titles.of([campaign])[campaign.pk]
        own = {"title": ("j", _("Title of the case"))} | ({"note": ("c", _("Note"))} if plan.open else {})  # asked of what is confirmed
        context = {
            "campaign": campaign,
            "plan": plan,
            "sure": len(plan.sure),
            "open": len(plan.open),
            "count": len(plan.sure) + len(plan.open),
            "most_open": deciding.MOST,
            "examples": [_example(flag) for flag in plan.examples],
            "choices": [
                {"title": _whose(office), "count": count, "link": f"{this}?office={office.pk}", "on": office.pk == plan.office_id}
                for office, count in plan.offices
            ],
            "title_proposed": called,
            "kinds": list(words.CASE_KINDS.items()),
            "reasons": list(triage.REASONS[Outcome.CONFIRMED].items()),
            "leave": cases.LEAVE,
            "key": uuid.uuid4(),
            "back": base.here("patrol_campaign_change", campaign.pk),
            "subtitle": called,
            **page_keys.of(person, own, shared=(*(("confirm",) if plan.open else ()), "case")),
        }
        return self.page(request, "workbench/campaign_case.html", context, title=_("Open a case"))

    def _case_opened(self, request: HttpRequest, campaign: models.Campaign) -> HttpResponse:
        form = campaign_forms.CaseForm(request.POST)
        again = HttpResponseRedirect(base.here("patrol_campaign_open_case", campaign.pk, office=form["office"].value()))
        try:
            done = cases.open_from_campaign(campaign_id=campaign.pk, **form.told(campaign), by=base.who(request), now=timezone.now())
        except judging.StaleError:
            base.say(request, _("No case was opened: the campaign or its flags have changed. Look at the count again."), problem=True)
            return again
        except triage.ReasonMissingError:
            base.say(request, campaign_forms.CHOOSE, problem=True, beside="reason")
            return again
        except triage.SecondPersonError as error:
            text = _("No case was opened: confirming %(count)s posts at once takes a second person. Decide for all first, or leave them.")
            base.say(request, text % {"count": error.count}, problem=True)
            return again
        except RefusedError as error:
            base.refuse(request, error)
            return again
        said = _("%(number)s was opened.") % {"number": done.case.number}
        base.say(request, " ".join(filter(None, (said, _left(done.left)))))
        return HttpResponseRedirect(base.here("patrol_case_change", done.case.pk))


def _none(wanted: str) -> str:
    """Why the list is empty: of what it was narrowed to, where it was."""
    if wanted == campaign_page.MERGER:
        return _("No merger of two campaigns waits for your answer.")
    if wanted:
        return _("There is no campaign in this state.")
    return _("No campaign yet. The system proposes one when two posts share a number, an account, a picture or nearly the same text.")


def _whose(office: models.Office) -> str:
    every = _("%(office)s, with all offices") % {"office": office.short_name}
    return every if office.kind == models.OfficeKind.DIRECTORATE else office.short_name


def _titles() -> dict[str, Any]:
    """What the list may be narrowed to."""
    return {**campaign_page.NARROWED, **{str(state): badge.title for state, badge in campaign_page.STATES.items()}}


def _narrowed(request: HttpRequest) -> tuple[str, QuerySet[models.Campaign]]:
    """The state the address asks for, and the campaigns of it; without one all but those that were dissolved."""
    wanted = request.GET.get("state", "")
    if wanted == campaign_page.MERGER:
        return wanted, models.Campaign.objects.filter(pk__in=proposing_mergers.waits_for(base.who(request)).values("one"))
    if wanted in set(CampaignState):
        return wanted, models.Campaign.objects.filter(state=wanted)
    return "", models.Campaign.objects.exclude(state=CampaignState.DISSOLVED)


def _listing(request: HttpRequest) -> exporting.Listing:
    (wanted, found), person = _narrowed(request), base.who(request)
    titles_of = lru_cache(maxsize=1)(campaign_titles.Titles)  # of a batch: once, for what may be shown and for what is written

    def said(rows: Sequence[models.Campaign], shown: frozenset[int]) -> Iterator[Sequence[exporting.Cell]]:
        flags, titles = campaign_page.open_count(row.pk for row in rows), titles_of(tuple(rows)).told(shown)
        for row in rows:
            told = flags[row.pk]
            yield (
                row.number,
                titles[row.pk],
                str(campaign_page.STATES[CampaignState(row.state)].title),
                row.posts_count,
                str(words.LEVELS[told["level"]].title),
                told["open"],
                len(told["offices"]),
                row.grown_at,
            )

    return exporting.Listing(
        key="campaigns",
        title=_("Campaigns"),
        columns=[_("Number"), _("Campaign"), _("State"), _("Posts"), _("Level"), _("Open flags"), _("Offices"), _("Last grown")],
        found=found.order_by("-grown_at", "-pk"),
        said=said,
        query={"state": wanted} if wanted else {},
        asked=[(_("State"), _titles()[wanted])] if wanted else [],
        open_to=lambda rows: titles_of(tuple(rows)).open_to(person),
    )


def _example(flag: models.Flag) -> dict[str, Any]:
    return {
        "number": flag.number,
        "gist": words.said(flag, "gist"),
        "link": base.here("patrol_flag_change", flag.pk),
        **dict(zip(("level", "level_title"), queue.level_shown(flag), strict=True)),
        "state": words.FLAG_STATES[flag.state],
        "office": flag.office.short_name,
    }


def _sentence(done: deciding.Outcome) -> str:
    said = ngettext("%(count)s flag was decided.", "%(count)s flags were decided.", done.decided) % {"count": done.decided}
    return " ".join(filter(None, (said, _left(done.left))))


def _left(left: Sequence[deciding.Left]) -> str:
    if left:
        why = {"held": _("held by %(who)s"), "moved": _("changed meanwhile"), "refused": _("not possible"), "in_case": _("in a case")}
        parts = ", ".join(f"{one.flag.number} ({why[one.why] % {'who': one.who}})" for one in left[:10])
        return _("Left as they were: %(flags)s.") % {"flags": parts}
    return ""


def _confirmed(ties: int) -> str:
    if not ties:
        return _("The campaign was confirmed.")
    return ngettext("Confirmed, with %(count)s strong tie.", "Confirmed, with %(count)s strong ties.", ties) % {"count": ties}


def _reversed(done: deciding.Outcome) -> str:
    said = ngettext("The decision was taken back for %(count)s flag.", "The decision was taken back for %(count)s flags.", done.decided)
    return " ".join(filter(None, (said % {"count": done.decided}, _left(done.left))))


def _cut(left: Sequence[int], what: str = "") -> str:
    said = ngettext("%(count)s post left the campaign.", "%(count)s posts left the campaign.", len(left)) % {"count": len(left)}
    return " ".join((what or _("The tie was cut and will not be proposed again."), said if left else ""))


def _uncut(ties: int, posts: int) -> str:
    waits = ngettext("%(count)s tie waits again.", "%(count)s ties wait again.", ties) % {"count": ties}
    back = ngettext("%(count)s post came back.", "%(count)s posts came back.", posts) % {"count": posts}
    return f"{waits} {back}" if posts else waits


_WORDS = {
    "confirm": "konfirmasi",
    "split": "pisah",
    "merge": "gabung",
    "unmerge": "batal-gabung",
    "dissolve": "bubarkan",
    "name": "nama",
    "confirm_kind": "kaitan/konfirmasi",
    "cut_kind": "kaitan/lepas",
    "uncut_kind": "kaitan/kembalikan",
    "reverse": "tarik",
}
# Verb -> what it is told, what it does, what is said of it.
_VERBS: dict[str, tuple[type[forms.VerbForm], Callable[..., Any], Callable[[Any], str]]] = {
    "confirm": (forms.SeenForm, judging.confirm, _confirmed),
    "split": (campaign_forms.SplitForm, judging.split, lambda made: _("The chosen posts are now %(number)s.") % {"number": made.number}),
    "merge": (
        campaign_forms.MergeForm,
        judging.merge,
        lambda other: _("%(number)s was merged into this campaign. It can be taken back on its page.") % {"number": other.number},
    ),
    "unmerge": (forms.SeenForm, judging.unmerge, lambda _one: _("The merger was taken back.")),
    "dissolve": (campaign_forms.NotedForm, judging.dissolve, lambda _none: _("The campaign was dissolved; its posts stand alone.")),
    "name": (campaign_forms.NameForm, judging.name, lambda _none: _("The name was saved.")),
    "reverse": (campaign_forms.ReverseForm, deciding.reverse, _reversed),
    "refuse_merger": (
        campaign_forms.CutForm,
        proposing_mergers.refuse,
        lambda other: _("%(number)s stays by itself. What both share proposes no merger any more.") % {"number": other.number},
    ),
    "confirm_kind": (
        campaign_forms.KindForm,
        judging.confirm_kind,
        lambda ties: ngettext("%(count)s tie was confirmed.", "%(count)s ties were confirmed.", ties) % {"count": ties},
    ),
    "cut_kind": (campaign_forms.CutKindForm, judging.cut_kind, lambda left: _cut(left, _("They were cut and will not be proposed again."))),
    "uncut_kind": (campaign_forms.UncutForm, judging.uncut_kind, lambda done: _uncut(*done)),
    "confirm_tie": (forms.VerbForm, judging.confirm_tie, lambda _tie: _("The tie was confirmed.")),
    "cut": (campaign_forms.CutForm, judging.cut, _cut),
}


_KEY = -1  # stands for an id: no row has it


def _of_post() -> QuerySet[models.Campaign]:
    sure = models.Flag.objects.filter(post__linked__campaign=OuterRef("pk"), state=states.FlagState.CONFIRMED).order_by()
    counted = sure.values("post__linked__campaign").annotate(n=Count("pk")).values("n")
    return models.Campaign.objects.filter(members__post=_KEY).annotate(sure=Subquery(counted)).order_by()


_OF_POST = prepared.Rows(_of_post, {_KEY: "post"})


def card(flag: models.Flag) -> dict[str, Any] | None:
    """What the page of a flag says of the campaign its post belongs to; None for a lone post. One query."""
    campaign: Any = next(iter(_OF_POST(post=flag.post_id)), None)
    if campaign is None:
        return None
    return {
        "title": masks.text(campaign.name) or campaign.number,
        "number": campaign.number if campaign.name else "",
        "link": base.here("patrol_campaign_change", campaign.pk),
        "badge": campaign_page.STATES[CampaignState(campaign.state)],
        "posts": campaign.posts_count,
        "confirmed": campaign.sure or 0,
    }
