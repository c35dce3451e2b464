"""Indicators: the list, the page of one, showing its value, and the list of contacts that are known to be good."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access, domain, models
from patrol.access import Action, consulting, fresh, looks
from patrol.admin.shared import (
    base,
    exporting,
    indicator_forms,
    indicator_list,
    indicator_page,
    post_rows,
    preserved,
    search,
    unread,
    words,
)
from patrol.admin.shared.forms import VerbForm
from patrol.campaigns import trusted
from patrol.engine import masks
from patrol.search import indicators


@admin.register(models.Indicator)
class IndicatorAdmin(base.ReadOnlyAdmin):
    """Numbers, accounts, companies. Masked for everybody; in full a value is shown with a purpose, and the log says so."""

    view_action = Action.INDICATOR_VIEW

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            exporting.address(self, indicator_list.listing, "patrol_indicator_changelist"),
            self.address("cari/", search.find, "find"),
            self.address("tepercaya/", self.trusted_list, "trusted"),
            self.address("tepercaya/<int:trusted_id>/setujui/", self.approve, "approve"),
            self.address("tepercaya/<int:trusted_id>/akhiri/", self.end, "end"),
            self.address("<int:indicator_id>/tampilkan/", self.show, "show"),
            self.address("<int:indicator_id>/usulkan/", self.propose, "propose"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        return indicator_list.answer(request, self.page)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return self._one(request, self._indicator(request, int(object_id)))

    def _indicator(self, request: HttpRequest, key: int) -> models.Indicator:
        return base.visible(base.who(request), Action.INDICATOR_VIEW, models.Indicator.objects.all(), pk=key)

    def _one(self, request: HttpRequest, indicator: models.Indicator, **more: Any) -> HttpResponse:
        after = base.number(request.GET.get("after"))
        context = indicator_page.gather(indicator, base.who(request), timezone.now(), after=after)
        following, waits = context["next_post"], unread.of(context["posts"])
        context |= {
            "rows": [post_rows.post_row(post, waits) for post in context["posts"]],
            "next": base.here("patrol_indicator_change", indicator.pk, after=following) if following else "",
            "first": base.here("patrol_indicator_change", indicator.pk) if after else "",
            "profile": preserved.profile(*_account(indicator), shown=False),
            "subtitle": context["badge"].title,
            **more,
        }
        return self.page(request, "workbench/indicator.html", context, title=_("Indicator"))

    def show(self, request: HttpRequest, indicator_id: int) -> HttpResponse:
        """The value stands in the answer to the POST itself: in no address, no session and no later page."""
        base.posted(request)
        indicator = self._indicator(request, indicator_id)
        if looks.of_harmed([indicator.pk]):
            fresh.require(request)
        form = indicator_forms.ShowForm(request.POST)
        value = base.done(request, indicators.show, form, indicator_id=indicator.pk)
        if value is None:
            return HttpResponseRedirect(base.here("patrol_indicator_change", indicator.pk))
        consulting.note(request, purpose=form.told()["purpose"])
        answer = self._one(request, indicator, shown=value, shown_seconds=indicators.SHOWN_MINUTES * 60)
        answer["Cache-Control"] = "no-store"
        return answer

    def propose(self, request: HttpRequest, indicator_id: int) -> HttpResponse:
        base.posted(request)
        indicator = self._indicator(request, indicator_id)
        if base.done(request, indicators.propose, indicator_forms.ProposeForm(request.POST), indicator_id=indicator.pk) is not None:
            base.say(request, _("Proposed. It counts once somebody else has approved it."))
        return HttpResponseRedirect(base.here("patrol_indicator_change", indicator.pk))

    def approve(self, request: HttpRequest, trusted_id: int) -> HttpResponse:
        return self._move(request, trusted_id, indicators.approve, None, _("Trusted from now on. %(posts)s are judged anew."))

    def end(self, request: HttpRequest, trusted_id: int) -> HttpResponse:
        form = indicator_forms.EndForm(request.POST)
        return self._move(request, trusted_id, indicators.end, form, _("Ended. %(posts)s are judged anew."))

    def _move(self, request: HttpRequest, trusted_id: int, act: Callable[..., int], form: VerbForm | None, said: str) -> HttpResponse:
        base.posted(request)
        self.seen_by(request)
        row = models.Trusted.objects.filter(pk=trusted_id).first()
        if row is None:
            raise Http404
        again = base.done(request, act, form, trusted_id=row.pk)
        if again is not None:
            base.say(request, said % {"posts": indicator_page.posts_said(again)})
        return base.back(request, base.here("patrol_indicator_change", row.indicator_id))

    def trusted_list(self, request: HttpRequest) -> HttpResponse:
        """What holds and what waits for a second person; what ended stays on the page of its indicator."""
        self.seen_by(request)
        now = timezone.now()
        rows = models.Trusted.objects.filter(ended_at=None).select_related("indicator", "proposed_by", "approved_by")
        person = base.who(request)
        mine = request.GET.get("show") == "mine"
        if mine:
            rows = rows.filter(pk__in=indicators.waits_for(person, now).values("pk"))
        shown, place = post_rows.page_of(rows, "proposed_at", request.GET.get("after"))
        good = trusted.of((row.indicator_id for row in shown), now)
        masked = masks.values((row.indicator.kind, row.indicator.value, row.indicator_id) for row in shown)
        link, kept = "patrol_indicator_trusted", {"show": "mine"} if mine else {}
        context = {
            "choices": [
                {"title": _("All"), "link": base.here(link), "on": not mine},
                {"title": words.WAITS_FOR_ME, "link": base.here(link, show="mine"), "on": mine},
            ]
            if access.may(person, Action.TRUST_APPROVE)
            else [],
            "rows": [
                {
                    "badge": words.INDICATORS.get(row.indicator.kind, words.Badge(row.indicator.kind)),
                    "value": value,
                    "link": base.here("patrol_indicator_change", row.indicator_id),
                    **indicator_page.trust(row, good.get(row.indicator_id), person, now),
                }
                for row, value in zip(shown, masked, strict=True)
            ],
            "next": base.here(link, **kept, after=place) if place else "",
            "first": base.here(link, **kept) if request.GET.get("after") else "",
            "subtitle": _("they make no flag by themselves"),
        }
        return self.page(request, "workbench/trusted.html", context, title=_("Trusted contacts"))


def _account(indicator: models.Indicator) -> tuple[str, str, str]:
    """Platform, name and own id of an account; empty for any other kind."""
    platform, _colon, account = indicator.value.partition(":")
    own = indicator.own_id.partition(":")[2]
    return (platform, account, own) if indicator.kind == domain.ClaimKind.ACCOUNT else ("", "", "")
