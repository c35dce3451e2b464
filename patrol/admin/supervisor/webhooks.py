"""Other systems that are sent what changed in the own office: addresses, what was delivered, what waits. Whoever may end those of every
office, and no more, sees that there are some and where to: no path of an address, and nothing of what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.debug import sensitive_variables

from patrol import access, models
from patrol.access import Action
from patrol.admin.shared import base, words
from patrol.admin.shared.day_fields import MomentField
from patrol.admin.shared.forms import VerbForm, lacking
from patrol.admin.shared.words import Badge
from patrol.changes import stream, webhooks
from patrol.domain.states import WebhookState
from patrol.watches import credentials

SHOWN: Final = 30  # tries
WAITING: Final = 100  # changes that are counted one by one

STATES: Final[Mapping[str, Badge]] = {
    WebhookState.UNTRIED: Badge(pgettext_lazy("webhook", "not tried yet"), "med", "help"),
    WebhookState.ACTIVE: Badge(pgettext_lazy("webhook", "sends"), "ok", "check"),
    WebhookState.PAUSED: Badge(pgettext_lazy("webhook", "paused"), "plain", "pause"),
    WebhookState.FAILING: Badge(pgettext_lazy("webhook", "does not arrive"), "high", "warning"),
    WebhookState.ENDED: Badge(pgettext_lazy("webhook", "ended"), "plain", "block"),
}
TELLS: Final[Mapping[str, Any]] = {
    WebhookState.UNTRIED: gettext_lazy("Nothing is sent there before a try arrived. What happens meanwhile waits."),
    WebhookState.PAUSED: gettext_lazy("Nothing is sent there until it is resumed. What happens meanwhile waits."),
    WebhookState.FAILING: gettext_lazy(
        "All tries of one change failed, and nothing is sent there any more. Nothing is lost: once the other side is mended, try it or"
        " resume it, and what waits follows in its order."
    ),
}
ARRIVED: Final = Badge(pgettext_lazy("webhook", "arrived"), "ok", "check")
FAILED: Final = Badge(pgettext_lazy("webhook", "did not arrive"), "med", "warning")
# By the code of what kept it from arriving; the others say no more than that.
_PROBLEMS: Final[Mapping[str, Any]] = {
    "private_address": gettext_lazy("the name points to an address that is not of the internet"),
    "dns": gettext_lazy("the name was not found"),
    "tls": gettext_lazy("the certificate is not good"),
    "unreachable": gettext_lazy("nobody answers there"),
    "timeout": gettext_lazy("no answer within 15 seconds"),
    "bad_redirect": gettext_lazy("they point to another address, which is not followed"),
    "paced": gettext_lazy("too many requests of ours to that host; try again later"),
}
# What happened, as it is said of the thing: a timeline says what its author did.
_GROUPS: Final[Mapping[str, tuple[Any, Mapping[str, Any]]]] = {
    "flag": (
        gettext_lazy("Flags"),
        {
            "raised": pgettext_lazy("change", "raised"),
            "judged_anew": pgettext_lazy("change", "judged anew"),
            "decided": pgettext_lazy("change", "decided"),
            "reversed": pgettext_lazy("change", "decision taken back"),
            "returned": pgettext_lazy("change", "returned to the queue"),
            "handed_over": pgettext_lazy("change", "handed over to another office"),
            "gone": pgettext_lazy("change", "post gone from its platform"),
            "objected": pgettext_lazy("change", "objected to"),
            "corrected": pgettext_lazy("change", "corrected after an objection"),
        },
    ),
    "case": (
        gettext_lazy("Cases"),
        {
            "opened": pgettext_lazy("change", "opened"),
            "kind_set": pgettext_lazy("change", "kind set"),
            "flag_added": pgettext_lazy("change", "flag added"),
            "flag_removed": pgettext_lazy("change", "flag taken out"),
            "escalated": pgettext_lazy("change", "escalated"),
            "taken": pgettext_lazy("change", "taken"),
            "returned": pgettext_lazy("change", "handed back to the office"),
            "message": pgettext_lazy("change", "message written"),
            "referred": pgettext_lazy("change", "referral sent"),
            "link_down": pgettext_lazy("change", "link down"),
            "link_back": pgettext_lazy("change", "link there again"),
            "seen_again": pgettext_lazy("change", "seen under another name"),
            "came_back": pgettext_lazy("change", "there again"),
            "merged": pgettext_lazy("change", "another case merged into it"),
            "unmerged": pgettext_lazy("change", "merger taken back"),
            "closed": pgettext_lazy("change", "closed"),
            "reopened": pgettext_lazy("change", "reopened"),
            "corrected": pgettext_lazy("change", "corrected after an objection"),
        },
    ),
    "referral": (
        gettext_lazy("Referrals"),
        {
            "submitted": pgettext_lazy("change", "submitted for approval"),
            "sent_back": pgettext_lazy("change", "sent back to be changed"),
            "approved": pgettext_lazy("change", "approved"),
            "sent": pgettext_lazy("change", "sent"),
            "received": pgettext_lazy("change", "received"),
            "contact_failed": pgettext_lazy("change", "did not arrive"),
            "no_response": pgettext_lazy("change", "no response"),
            "answered": pgettext_lazy("change", "answered"),
            "replied": pgettext_lazy("change", "clarification given"),
            "came_back": pgettext_lazy("change", "there again"),
            "corrected": pgettext_lazy("change", "corrected after an objection"),
            "withdrawn": pgettext_lazy("change", "withdrawn"),
        },
    ),
}


def type_title(kind: str) -> Any:
    """What a kind of change is called, with the thing it happens to."""
    thing, _dot, event = kind.partition(".")
    if thing not in _GROUPS:
        return _("Try")
    title, events = _GROUPS[thing]
    return f"{title}: {events[event]}"


def groups(chosen: Any = stream.TYPES) -> list[dict[str, Any]]:
    """Kinds of changes as the form offers them."""
    return [
        {
            "title": title,
            "rows": [
                {"value": one, "title": capfirst(events[one.partition(".")[2]]), "on": one in chosen}
                for one in stream.TYPES
                if one.startswith(f"{name}.")
            ],
        }
        for name, (title, events) in _GROUPS.items()
    ]


_NO_KIND = gettext_lazy("Nothing was changed: choose at least one kind of change.")
_NO_MOMENT = gettext_lazy("Nothing was changed: name a moment that is over.")


class TypesForm(VerbForm):
    types = forms.MultipleChoiceField(choices=[(one, one) for one in stream.TYPES], error_messages=lacking(_NO_KIND))


class NewForm(TypesForm):
    address = forms.CharField(max_length=webhooks.LONGEST, required=False)


class SinceForm(VerbForm):
    since = MomentField(error_messages=lacking(_NO_MOMENT))


@admin.register(models.Webhook)
class WebhookAdmin(base.ReadOnlyAdmin):
    view_action = Action.WEBHOOK_END

    def get_urls(self) -> list[Any]:
        return [
            self.address("", self.changelist_view, "changelist"),
            self.address("baru/", self.make, "make"),
            self.address("<int:webhook_id>/coba/", self.attempt, "try"),
            self.address("<int:webhook_id>/jenis/", self.choose, "choose"),
            self.address("<int:webhook_id>/jeda/", self.pause, "pause"),
            self.address("<int:webhook_id>/lanjut/", self.resume, "resume"),
            self.address("<int:webhook_id>/ulang/", self.read_anew, "again"),
            self.address("<int:webhook_id>/rahasia/", self.rotate, "rotate"),
            self.address("<int:webhook_id>/akhiri/", self.end, "end"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        return self._listed(request)

    def _listed(
        self, request: HttpRequest, *, secret: str = "", of: models.Webhook | None = None, typed: QueryDict | None = None
    ) -> HttpResponse:
        """`typed`: what was refused, which stays in the form."""
        person, now = base.who(request), timezone.now()
        found = webhooks.seen_by(person)
        if not access.may(person, Action.WEBHOOK):
            rows = [_of_an_office(one, person) for one in found]
            return self.page(request, "workbench/webhooks_of_offices.html", {"rows": rows}, title=_("Webhooks"))
        tries = models.Delivery.objects.filter(webhook__in=[one.pk for one in found]).select_related("webhook").order_by("-id")[:SHOWN]
        context = {
            "rows": [_row(one, person, now) for one in found],
            "tries": [_try(one) for one in tries] if found else [],
            "several": len(found) > 1,
            "groups": groups() if typed is None else groups(typed.getlist("types")),
            "typed": typed,
            "most": webhooks.MOST,
            "full": len(found) >= webhooks.MOST,
            "longest": webhooks.LONGEST,
            "sealable": credentials.can_seal(),
            "secret": secret,
            "secret_of": of.address if of else "",
            "subtitle": person.office.name,
        }
        return self.page(request, "workbench/webhooks.html", context, title=_("Webhooks"))

    def _shown_once(self, request: HttpRequest, secret: str, of: models.Webhook | None) -> HttpResponse:
        """The secret in the answer to the POST itself: it stands in no session, no message and no later page."""
        answer = self._listed(request, secret=secret, of=of)
        answer["Cache-Control"] = "no-store"
        return answer

    def _webhook(self, request: HttpRequest, webhook_id: int, action: Action = Action.WEBHOOK) -> models.Webhook:
        base.posted(request)
        return base.visible(base.who(request), action, models.Webhook.objects.all(), pk=webhook_id)

    def _back(self) -> HttpResponse:
        return HttpResponseRedirect(base.here("patrol_webhook_changelist"))

    @method_decorator(sensitive_variables())
    def make(self, request: HttpRequest) -> HttpResponse:
        base.posted(request)
        if not access.may(base.who(request), Action.WEBHOOK):
            raise Http404
        made = base.done(request, webhooks.make, NewForm(request.POST), office_id=base.who(request).office_id)
        return self._shown_once(request, made[1], made[0]) if made else self._listed(request, typed=request.POST)

    @method_decorator(sensitive_variables())
    def rotate(self, request: HttpRequest, webhook_id: int) -> HttpResponse:
        webhook = self._webhook(request, webhook_id)
        secret = base.done(request, webhooks.rotate, webhook_id=webhook.pk)
        return self._shown_once(request, secret, webhook) if secret else self._back()

    def attempt(self, request: HttpRequest, webhook_id: int) -> HttpResponse:
        webhook = self._webhook(request, webhook_id)
        came = base.done(request, webhooks.attempt, webhook_id=webhook.pk)
        if came and came.arrived:
            base.say(request, _("It arrived: they answered %(status)s.") % {"status": came.status})
        elif came:
            base.say(request, _("It did not arrive: %(why)s.") % {"why": _why(came)}, problem=True)
        return self._back()

    def choose(self, request: HttpRequest, webhook_id: int) -> HttpResponse:
        if base.done(request, webhooks.choose, TypesForm(request.POST), webhook_id=self._webhook(request, webhook_id).pk):
            base.say(request, _("From now on it is sent the kinds you chose."))
        return self._back()

    def pause(self, request: HttpRequest, webhook_id: int) -> HttpResponse:
        if base.done(request, webhooks.pause, webhook_id=self._webhook(request, webhook_id).pk):
            base.say(request, _("Paused. What happens meanwhile waits."))
        return self._back()

    def resume(self, request: HttpRequest, webhook_id: int) -> HttpResponse:
        if base.done(request, webhooks.resume, webhook_id=self._webhook(request, webhook_id).pk):
            base.say(request, _("It goes on behind what arrived last."))
        return self._back()

    def read_anew(self, request: HttpRequest, webhook_id: int) -> HttpResponse:
        webhook = self._webhook(request, webhook_id)
        if base.done(request, webhooks.read_anew, SinceForm(request.POST), webhook_id=webhook.pk):
            base.say(request, _("What happened from that moment on is sent again, with the same ids."))
        return self._back()

    def end(self, request: HttpRequest, webhook_id: int) -> HttpResponse:
        if base.done(request, webhooks.end, webhook_id=self._webhook(request, webhook_id, Action.WEBHOOK_END).pk):
            base.say(request, _("Ended. Nothing is sent there any more, and its secret is gone."))
        return self._back()


def _row(webhook: models.Webhook, person: models.Person, now: datetime) -> dict[str, Any]:
    waiting = webhooks.waits(webhook, now=now, most=WAITING)
    waits, more = waiting or ("-", False)
    return {
        "id": webhook.pk,
        "address": webhook.address,
        "badge": STATES[webhook.state],
        "tells": TELLS.get(webhook.state, ""),
        "groups": groups(webhook.types),
        "kinds": len(webhook.types),
        "made": words.moment(webhook.made_at),
        "made_by": words.person(webhook.made_by, person),
        "waits": f"{waits}+" if more else waits,
        "both_until": words.moment(webhook.before_until) if webhook.before_until and now < webhook.before_until else "",
        "may_pause": webhook.state == WebhookState.ACTIVE,
        "may_resume": webhook.state in {WebhookState.PAUSED, WebhookState.FAILING},
    }


def _of_an_office(webhook: models.Webhook, person: models.Person) -> dict[str, Any]:
    return {
        "id": webhook.pk,
        "office": webhook.office.name,
        "host": urlsplit(webhook.address).hostname,
        "badge": STATES[webhook.state],
        "made": words.moment(webhook.made_at),
        "made_by": words.person(webhook.made_by, person),
    }


def _try(delivery: models.Delivery) -> dict[str, Any]:
    return {
        "when": words.moment(delivery.at),
        "type": type_title(delivery.type),
        "number": delivery.number,
        "address": delivery.webhook.address,
        "badge": ARRIVED if delivery.arrived else FAILED,
        "why": _why(delivery),
        "said": delivery.said,
    }


def _why(delivery: models.Delivery) -> Any:
    if delivery.problem in _PROBLEMS:
        return _PROBLEMS[delivery.problem]
    return _("they answered %(status)s") % {"status": delivery.status} if delivery.status else _("no whole answer came")
