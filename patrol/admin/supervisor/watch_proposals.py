"""Watches that offices propose, and how many of their own they may have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import access, models
from patrol.access import Action
from patrol.admin.analyst import watch_words
from patrol.admin.shared import base, words
from patrol.admin.shared.forms import VerbForm, lacking
from patrol.domain.states import ProposalState
from patrol.engine import masks
from patrol.models import OfficeKind
from patrol.watches import proposing, quotas

SHOWN = 100  # decided ones, the newest
_LIST = "patrol_watchproposal_changelist"


class AcceptForm(VerbForm):
    verb_names = {"credential": "credential_id"}
    credential = forms.ModelChoiceField(models.Credential.objects.none(), label=gettext_lazy("Credential"), required=False)

    def __init__(self, *args: Any, proposal: models.WatchProposal, directorate: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["credential"]
        field.queryset = models.Credential.objects.filter(retired_at=None, platform=proposal.platform)  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.name  # type: ignore[attr-defined]
        if not directorate or not proposing.needs_credential(proposal):
            del self.fields["credential"]

    def clean_credential(self) -> int | None:
        chosen = self.cleaned_data["credential"]
        return int(chosen.pk) if chosen else None


class RefuseForm(VerbForm):
    why = forms.CharField(
        label=gettext_lazy("Why it is refused"),
        max_length=proposing.LONGEST_WHY,
        error_messages=lacking(gettext_lazy("Write why it is refused: whoever proposed it reads this.")),
    )


class QuotaForm(VerbForm):
    most = forms.IntegerField(error_messages=lacking(gettext_lazy("Write a number, such as 10.")))


@admin.register(models.WatchProposal)
class WatchProposalAdmin(base.ReadOnlyAdmin):
    view_action = Action.WATCH_VIEW

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            self.address("<int:proposal_id>/terima/", self.accept, "accept"),
            self.address("<int:proposal_id>/tolak/", self.refuse, "refuse"),
            self.address("<int:proposal_id>/tarik/", self.withdraw, "withdraw"),
            self.address("kuota/<int:office_id>/", self.quota, "quota"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Those that wait, the oldest first, or what was decided; below them the quotas of the offices."""
        self.seen_by(request)
        by, decided, mine = base.who(request), request.GET.get("show") == "decided", request.GET.get("show") == "mine"
        found = access.scope(by, Action.WATCH_VIEW, models.WatchProposal.objects.select_related("office", "proposed_by", "decided_by"))
        waits = found.filter(state=ProposalState.PROPOSED).order_by("id")
        if mine:
            waits = waits.filter(pk__in=proposing.waits_for(by).order_by().values("pk"))
        rows = list(found.exclude(state=ProposalState.PROPOSED).order_by("-id")[:SHOWN] if decided else waits)
        offices = models.Office.objects.filter(active=True).exclude(kind=OfficeKind.DIRECTORATE).order_by("name")
        shown = list(access.scope(by, Action.WATCH_VIEW, offices))
        by_office = quotas.of({office.pk: office for office in (*shown, *(row.office for row in rows))}.values())
        context = {
            "rows": [_row(row, by, by_office[row.office_id]) for row in rows],
            "choices": [
                {"title": _("Waiting"), "link": base.here(_LIST), "on": not (decided or mine)},
                *(
                    [{"title": words.WAITS_FOR_ME, "link": base.here(_LIST, show="mine"), "on": mine}]
                    if access.may(by, Action.WATCH_KEEP)
                    else []
                ),
                {"title": _("Decided"), "link": base.here(_LIST, show="decided"), "on": decided},
            ],
            "quotas": [{"office": office, "quota": by_office[office.pk], **_said(by_office[office.pk])} for office in shown],
            "sets": access.may(by, Action.WATCH_CHANGE),
            "highest": quotas.HIGHEST,
            "may_add": any(access.may(by, right) for right in (Action.WATCH_CHANGE, Action.WATCH_PROPOSE)),
        }
        return self.page(request, "workbench/watch_proposals.html", context, title=_("Proposed watches"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        by, row = base.who(request), self._proposal(request, int(object_id))
        quota = quotas.of([row.office])[row.office_id]
        # Apart: what a full quota sends on to the directorate, the office's supervisor may refuse still.
        accepts, refuses = proposing.may_decide(by, row, quota), proposing.may_refuse(by, row)
        wanted = proposing.wanted_of(row)
        station_id = row.wanted.get("station_id")
        packs = models.KeywordPack.objects.filter(pk__in=row.pack_ids)
        context = {
            "row": _row(row, by, quota),
            "parts": watch_words.parts_of(row.platform, row.kind, row.query),
            "packs": [pack.name for pack in packs],
            "hours": watch_words.hours_of(row.office, row.wanted["windows"], wanted.quiet),
            "daily_quota": wanted.daily_quota,
            "station": models.Station.objects.get(pk=station_id) if station_id else None,
            "accepts": AcceptForm(proposal=row, directorate=access.may(by, Action.WATCH_CHANGE)) if accepts else None,
            "refuses": RefuseForm() if refuses else None,
            "withdraws": row.state == ProposalState.PROPOSED and row.proposed_by_id == by.pk,
        }
        return self.page(request, "workbench/watch_proposal.html", context, title=_("Proposed watch"))

    def _proposal(self, request: HttpRequest, proposal_id: int) -> models.WatchProposal:
        related = ("office", "proposed_by", "decided_by", "watch")
        found = models.WatchProposal.objects.select_related(*related)
        return base.visible(base.who(request), Action.WATCH_VIEW, found, pk=proposal_id)

    def accept(self, request: HttpRequest, proposal_id: int) -> HttpResponse:
        row = self._to_decide(request, proposal_id)
        form = AcceptForm(request.POST, proposal=row, directorate=access.may(base.who(request), Action.WATCH_CHANGE))
        watch = base.done(request, proposing.accept, form, row, proposal_id=row.pk)
        if watch is None:
            return self._back(row)
        base.say(request, _("%(watch)s is watched from now on.") % {"watch": masks.text(watch.name)})
        return HttpResponseRedirect(base.here("patrol_watch_change", watch.pk))

    def refuse(self, request: HttpRequest, proposal_id: int) -> HttpResponse:
        row = self._to_decide(request, proposal_id)
        return self._done(request, proposing.refuse, row, RefuseForm(request.POST), _("Refused: whoever proposed it reads why."))

    def withdraw(self, request: HttpRequest, proposal_id: int) -> HttpResponse:
        base.posted(request)
        row, by = self._proposal(request, proposal_id), base.who(request)
        if row.proposed_by_id != by.pk or not access.may(by, Action.WATCH_PROPOSE, office_id=row.office_id):
            raise Http404
        return self._done(request, proposing.withdraw, row, None, _("The proposal was withdrawn."))

    def _to_decide(self, request: HttpRequest, proposal_id: int) -> models.WatchProposal:
        """Raises Http404 for whoever decides nothing for that office."""
        base.posted(request)
        row = self._proposal(request, proposal_id)
        if not proposing.decides(base.who(request), row):
            raise Http404
        return row

    def _done(
        self, request: HttpRequest, act: Callable[..., Any], row: models.WatchProposal, form: VerbForm | None, said: str
    ) -> HttpResponse:
        if base.done(request, act, form, row, proposal_id=row.pk) is not None:
            base.say(request, said)
        return self._back(row)

    def _back(self, row: models.WatchProposal) -> HttpResponse:
        return HttpResponseRedirect(base.here("patrol_watchproposal_change", row.pk))

    def quota(self, request: HttpRequest, office_id: int) -> HttpResponse:
        base.posted(request)
        if not access.may(base.who(request), Action.WATCH_CHANGE):
            raise Http404
        offices = models.Office.objects.exclude(kind=OfficeKind.DIRECTORATE)
        office = base.visible(base.who(request), Action.WATCH_VIEW, offices, pk=office_id)
        if base.done(request, quotas.set_most, QuotaForm(request.POST), office, office_id=office.pk) is not None:
            base.say(request, _("%(office)s: the quota was set.") % {"office": office.short_name})
        return HttpResponseRedirect(base.here(_LIST))


def _said(quota: quotas.Quota) -> dict[str, str]:
    said = quota.newest
    return {"by": said.by.name if said else "", "when": words.moment(said.at) if said else ""}


def _row(row: models.WatchProposal, by: models.Person, quota: quotas.Quota) -> dict[str, Any]:
    open_ = row.state == ProposalState.PROPOSED
    waits_for = _("the directorate") if proposing.for_directorate(row, quota) else _("the supervisor of the office")
    return {
        "proposal": row,
        "link": base.here("patrol_watchproposal_change", row.pk),
        "asks": watch_words.asks(row.platform, row.kind),
        "badge": words.PROPOSAL_STATES[row.state],
        "mine": proposing.may_decide(by, row, quota),
        "waits_for": waits_for if open_ else "",
        "when": words.moment(row.proposed_at),
        "decided": words.moment(row.decided_at) if row.decided_at else "",
        "every": f"{row.wanted['every_seconds'] / 60:.2f}".rstrip("0").rstrip("."),
        "credential": proposing.needs_credential(row),
        "watch": base.here("patrol_watch_change", row.watch_id) if row.watch_id else "",
    }
