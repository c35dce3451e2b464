"""Campaigns: the list, the page of one, its verbs as buttons, and one decision for all its open flags."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patrol import cases, models, triage
from patrol.access import Action
from patrol.admin.analyst import campaign_page, campaign_titles
from patrol.admin.officer import proposing, queue
from patrol.admin.shared import base, page_keys, post_rows, words
from patrol.campaigns import deciding, judging
from patrol.domain import states
from patrol.domain.states import CampaignState
from patrol.engine import masks
from patrol.infra.refusals import RefusedError
from patrol.models import Outcome

_OUTCOMES = (Outcome.CONFIRMED, Outcome.DISMISSED)


@admin.register(models.Campaign)
class CampaignAdmin(base.ReadOnlyAdmin):
    view_action = Action.CAMPAIGN_VIEW

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            *(self.address(f"<int:campaign_id>/{word}/", self._verb(verb), verb) for verb, word in _WORDS.items()),
            self.address("<int:campaign_id>/putuskan/", self.decide, "decide"),
            self.address("<int:campaign_id>/perkara/", self.open_case, "open_case"),
            self.address("<int:campaign_id>/ikatan/<int:tie_id>/konfirmasi/", self._tie_verb("confirm"), "confirm_tie"),
            self.address("<int:campaign_id>/ikatan/<int:tie_id>/putus/", self._tie_verb("cut"), "cut"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        wanted = request.GET.get("state", "")
        found = models.Campaign.objects.all()
        if wanted in set(CampaignState):
            found = found.filter(state=wanted)
        else:
            wanted, found = "", found.exclude(state=CampaignState.DISSOLVED)
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
                    {"title": badge.title, "link": base.here("patrol_campaign_changelist", state=key), "on": wanted == key}
                    for key, badge in campaign_page.STATES.items()
                ),
            ],
            "next": base.here("patrol_campaign_changelist", state=wanted, after=place) if place else "",
            "first": base.here("patrol_campaign_changelist", state=wanted) if request.GET.get("after") else "",
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
            "tie": ("y", _("Confirm the chosen tie, or merge both")),
            "cut": ("x", _("Cut the chosen tie")),
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
        title = campaign_titles.of([campaign])[campaign.pk]
        return self.page(request, "workbench/campaign.html", context, title=title)

    def _campaign(self, request: HttpRequest, campaign_id: int) -> models.Campaign:
        loaded = models.Campaign.objects.select_related("merged_into")
        return base.visible(base.who(request), Action.CAMPAIGN_VIEW, loaded, pk=campaign_id)

    # --- verbs ------------------------------------------------------------------------------------

    def _verb(self, verb: str) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, campaign_id: int) -> HttpResponse:
            base.posted(request)
            campaign = self._campaign(request, campaign_id)
            return self._done(request, campaign, lambda asked: _VERBS[verb](request, campaign, asked))

        return view

    def _tie_verb(self, verb: str) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, campaign_id: int, tie_id: int) -> HttpResponse:
            base.posted(request)
            campaign = self._campaign(request, campaign_id)
            ends = Q(later__linked__campaign=campaign) | Q(earlier__linked__campaign=campaign)
            tie = models.Tie.objects.filter(ends, pk=tie_id).values_list("pk", flat=True).first()
            if tie is None:
                raise Http404

            def act(asked: dict[str, Any]) -> str:
                if verb == "confirm":
                    judging.confirm_tie(tie_id=tie, **asked)
                    return _("The tie was confirmed.")
                left = judging.cut(tie_id=tie, note=request.POST.get("note", "").strip(), **asked)
                said = ngettext("%(count)s post left the campaign.", "%(count)s posts left the campaign.", len(left))
                return " ".join((_("The tie was cut and will not be proposed again."), said % {"count": len(left)} if left else ""))

            return self._done(request, campaign, act)

        return view

    def _done(self, request: HttpRequest, campaign: models.Campaign, act: Callable[[dict[str, Any]], str]) -> HttpResponse:
        this = HttpResponseRedirect(base.here("patrol_campaign_change", campaign.pk))
        try:
            said = act({"by": base.who(request), "now": timezone.now()})
        except judging.StaleError as error:
            who = error.who or _("the system")
            base.say(request, _("Nothing was changed: %(who)s was faster. Look again.") % {"who": who}, problem=True)
            return this
        except RefusedError as error:
            base.refuse(request, error)
            return this
        base.say(request, said)
        return this

    # --- one decision for all ---------------------------------------------------------------------

    def decide(self, request: HttpRequest, campaign_id: int) -> HttpResponse:
        """GET shows the count and five examples first; POST decides exactly that many, or says that they have become more."""
        campaign = self._campaign(request, campaign_id)
        person = base.who(request)
        outcome = request.POST.get("outcome", request.GET.get("outcome", ""))
        outcome = outcome if outcome in set(map(str, _OUTCOMES)) else str(Outcome.CONFIRMED)
        if request.method == "POST":
            return self._decided(request, campaign, person, outcome)
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

    def _decided(self, request: HttpRequest, campaign: models.Campaign, person: models.Person, outcome: str) -> HttpResponse:
        again = HttpResponseRedirect(base.here("patrol_campaign_decide", campaign.pk, outcome=outcome))
        try:
            key = uuid.UUID(request.POST.get("key", ""))
        except ValueError:
            return again

        def act(asked: dict[str, Any]) -> str:
            done = deciding.decide(
                campaign_id=campaign.pk,
                outcome=outcome,
                reason=request.POST.get("reason", ""),
                note=request.POST.get("note", ""),
                key=key,
                counted=base.number(request.POST.get("counted")) or 0,
                seen_version=_seen(request, campaign),
                **asked,
            )
            return _sentence(done)

        try:
            return self._done(request, campaign, act)
        except triage.ReasonMissingError:
            base.say(request, _("Choose a reason first."), problem=True)
            return again
        except triage.SecondPersonError as error:
            try:
                proposing.propose(
                    request,
                    deciding.plan(campaign, person).flags,
                    outcome=outcome,
                    reason=request.POST.get("reason", ""),
                    note=request.POST.get("note", ""),
                    count=error.count,
                )
            except triage.ReasonMissingError:
                base.say(request, _("Choose a reason first."), problem=True)
                return again
            return HttpResponseRedirect(base.here("patrol_campaign_change", campaign.pk))

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
        context = {
            "campaign": campaign,
            "plan": plan,
            "sure": len(plan.sure),
            "open": len(plan.open),
            "count": len(plan.sure) + len(plan.open),
            "most_open": deciding.MOST,
            "examples": [_example(flag) for flag in plan.examples],
            "choices": [
                {"title": office.short_name, "count": count, "link": f"{this}?office={office.pk}", "on": office.pk == plan.office_id}
                for office, count in plan.offices
            ],
            "title_proposed": called,
            "reasons": list(triage.REASONS[Outcome.CONFIRMED].items()),
            "key": uuid.uuid4(),
            "back": base.here("patrol_campaign_change", campaign.pk),
            "subtitle": called,
            **page_keys.of(person, {"title": ("j", _("Title of the case")), "note": ("c", _("Note"))}, shared=("confirm", "case")),
        }
        return self.page(request, "workbench/campaign_case.html", context, title=_("Open a case"))

    def _case_opened(self, request: HttpRequest, campaign: models.Campaign) -> HttpResponse:
        sent = request.POST
        office_id = base.number(sent.get("office")) or 0
        again = HttpResponseRedirect(base.here("patrol_campaign_open_case", campaign.pk, office=office_id))
        try:
            key = uuid.UUID(sent.get("key", ""))
        except ValueError:
            return again
        reason = sent.get("reason", "")
        counted = (base.number(sent.get("sure")) or 0, base.number(sent.get("open")) or 0)
        try:
            done = cases.open_from_campaign(
                campaign_id=campaign.pk,
                office_id=office_id,
                title=sent.get("title", ""),
                reason="" if reason == LEAVE else reason,
                note=sent.get("note", ""),
                key=key,
                counted=counted,
                seen_version=_seen(request, campaign),
                by=base.who(request),
                now=timezone.now(),
            )
        except judging.StaleError:
            base.say(request, _("No case was opened: the campaign or its flags have changed. Look at the count again."), problem=True)
            return again
        except triage.ReasonMissingError:
            base.say(request, _("Choose a reason first."), problem=True)
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


LEAVE = "leave"  # the open flags stay open, and out of the case


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


def _seen(request: HttpRequest, campaign: models.Campaign) -> int:
    seen = base.number(request.POST.get("seen_version"))
    return campaign.version if seen is None else seen


def _confirm(request: HttpRequest, campaign: models.Campaign, asked: dict[str, Any]) -> str:
    ties = judging.confirm(campaign_id=campaign.pk, seen_version=_seen(request, campaign), **asked)
    said = ngettext("Confirmed, with %(count)s strong tie.", "Confirmed, with %(count)s strong ties.", ties)
    return said % {"count": ties}


def _split(request: HttpRequest, campaign: models.Campaign, asked: dict[str, Any]) -> str:
    chosen = [key for value in request.POST.getlist("post") if (key := base.number(value)) is not None]
    note = request.POST.get("note", "").strip()
    made = judging.split(campaign_id=campaign.pk, post_ids=chosen, note=note, seen_version=_seen(request, campaign), **asked)
    return _("The chosen posts are now %(number)s.") % {"number": made.number}


def _merge(request: HttpRequest, campaign: models.Campaign, asked: dict[str, Any]) -> str:
    number = request.POST.get("other", "").strip().upper()
    other = models.Campaign.objects.exclude(state=CampaignState.DISSOLVED).filter(number=number).first()
    if other is None:
        raise judging.nothing()
    note = request.POST.get("note", "").strip()
    judging.merge(campaign_id=campaign.pk, other_id=other.pk, note=note, seen_version=_seen(request, campaign), **asked)
    return _("%(number)s was merged into this campaign. It can be taken back on its page.") % {"number": other.number}


def _unmerge(request: HttpRequest, campaign: models.Campaign, asked: dict[str, Any]) -> str:
    judging.unmerge(campaign_id=campaign.pk, note="", seen_version=_seen(request, campaign), **asked)
    return _("The merger was taken back.")


def _dissolve(request: HttpRequest, campaign: models.Campaign, asked: dict[str, Any]) -> str:
    note = request.POST.get("note", "").strip()
    judging.dissolve(campaign_id=campaign.pk, note=note, seen_version=_seen(request, campaign), **asked)
    return _("The campaign was dissolved; its posts stand alone.")


def _name(request: HttpRequest, campaign: models.Campaign, asked: dict[str, Any]) -> str:
    judging.name(campaign_id=campaign.pk, name=request.POST.get("name", ""), seen_version=_seen(request, campaign), **asked)
    return _("The name was saved.")


def _reverse(request: HttpRequest, campaign: models.Campaign, asked: dict[str, Any]) -> str:
    event = campaign.events.filter(pk=base.number(request.POST.get("event")) or 0, kind="decided").first()
    note = request.POST.get("note", "").strip()
    if event is None or not note:
        raise judging.nothing()
    done = deciding.reverse(event_id=event.pk, note=note, **asked)
    return _sentence(done) if done.left else _("The decision was taken back for %(count)s flags.") % {"count": done.decided}


_WORDS = {
    "confirm": "konfirmasi",
    "split": "pisah",
    "merge": "gabung",
    "unmerge": "batal-gabung",
    "dissolve": "bubarkan",
    "name": "nama",
    "reverse": "tarik",
}
_VERBS: dict[str, Callable[[HttpRequest, models.Campaign, dict[str, Any]], str]] = {
    "confirm": _confirm,
    "split": _split,
    "merge": _merge,
    "unmerge": _unmerge,
    "dissolve": _dissolve,
    "name": _name,
    "reverse": _reverse,
}


def card(flag: models.Flag) -> dict[str, Any] | None:
    """What the page of a flag says of the campaign its post belongs to; None for a lone post. One query."""
    sure = models.Flag.objects.filter(post__linked__campaign=OuterRef("pk"), state=states.FlagState.CONFIRMED).order_by()
    counted = sure.values("post__linked__campaign").annotate(n=Count("pk")).values("n")
    campaign = models.Campaign.objects.filter(members__post=flag.post_id).annotate(sure=Subquery(counted)).first()
    if campaign is None:
        return None
    return {
        "title": masks.text(campaign.name) or _("Campaign %(number)s") % {"number": campaign.number},
        "number": campaign.number if campaign.name else "",
        "link": base.here("patrol_campaign_change", campaign.pk),
        "badge": campaign_page.STATES[CampaignState(campaign.state)],
        "posts": campaign.posts_count,
        "confirmed": campaign.sure or 0,
    }
