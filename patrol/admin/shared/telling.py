"""What reaches oneself outside of the workbench: the own mail address, and what was sent there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from patrol import models
from patrol.access import Action
from patrol.admin.shared import base, words
from patrol.admin.shared.forms import VerbForm, lacking
from patrol.admin.shared.words import Badge
from patrol.domain.states import DispatchState
from patrol.outgoing import addresses, mailing

SHOWN = 30  # messages, newest first

STATES: dict[str, Badge] = {
    DispatchState.ASKED: Badge(pgettext_lazy("mail", "waits to be sent"), "blue", "schedule"),
    DispatchState.TRYING: Badge(pgettext_lazy("mail", "being sent"), "blue", "outgoing_mail"),
    DispatchState.SENT: Badge(pgettext_lazy("message", "handed over"), "ok", "check"),
    DispatchState.REFUSED: Badge(pgettext_lazy("message", "not sent"), "high", "unsubscribe"),
    DispatchState.UNKNOWN: Badge(pgettext_lazy("mail", "not known whether it arrived"), "med", "help"),
    DispatchState.DROPPED: Badge(pgettext_lazy("message", "no longer needed"), "plain", "block"),
}
KINDS: dict[str, Any] = {
    "address": gettext_lazy("Code for a mail address"),
    "summary_draft": gettext_lazy("Draft of the weekly summary"),
    "summary_edition": gettext_lazy("Summary signed by two"),
}
WHY: dict[str, Any] = {
    mailing.NO_SERVER: gettext_lazy("This installation has no mail server."),
    mailing.DIED: gettext_lazy("The worker that sent it stopped half-way. It is not sent a second time."),
    mailing.NO_ADDRESS: gettext_lazy("There was no confirmed address."),
    mailing.INACTIVE: gettext_lazy("The account was not active."),
    mailing.NOT_WANTED: gettext_lazy("When it was to be sent there was nothing more to tell."),
    mailing.NOT_WRITTEN: gettext_lazy("A program error kept it from being written."),
}


class AddressForm(VerbForm):
    address = forms.CharField(
        max_length=addresses.LONGEST, error_messages=lacking(gettext_lazy("Write one mail address, such as nama@kantor.example."))
    )


class CodeForm(VerbForm):
    code = forms.CharField(max_length=20, error_messages=lacking(gettext_lazy("Type in the code of 8 digits.")))


@admin.register(models.Dispatch)
class DispatchAdmin(base.ReadOnlyAdmin):
    view_action = Action.HOME

    def get_urls(self) -> list[Any]:
        return [
            self.address("", self.changelist_view, "changelist"),
            self.address("alamat/", self.ask, "ask"),
            self.address("alamat/kode/", self.confirm, "confirm"),
            self.address("alamat/hapus/", self.clear, "clear"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        person, now = base.who(request), timezone.now()
        code = addresses.waiting(person, now=now)
        sent = models.Dispatch.objects.filter(person=person).order_by("-id")[:SHOWN]
        context = {
            "mail": person.mail,
            "configured": mailing.configured(),
            "waits": {"address": code.address, "until": words.hour(code.expires_at)} if code else None,
            "rows": [
                {
                    "kind": KINDS.get(row.kind, row.kind),
                    "badge": STATES[row.state],
                    "why": WHY.get(row.said, row.said) if row.state != DispatchState.SENT else "",
                    "when": words.moment(row.tried_at or row.asked_at),
                }
                for row in sent
            ],
        }
        return self.page(request, "workbench/telling.html", context, title=_("Notices outside SIPatrol"))

    def _done(self) -> HttpResponse:
        return HttpResponseRedirect(base.here("patrol_dispatch_changelist"))

    def ask(self, request: HttpRequest) -> HttpResponse:
        base.posted(request)
        if base.done(request, addresses.ask, AddressForm(request.POST)):
            base.say(request, _("A code is on its way to that address. Type it in here."))
        return self._done()

    def confirm(self, request: HttpRequest) -> HttpResponse:
        base.posted(request)
        if base.done(request, addresses.confirm, CodeForm(request.POST)):
            base.say(request, _("The address is confirmed."))
        return self._done()

    def clear(self, request: HttpRequest) -> HttpResponse:
        base.posted(request)
        addresses.clear(person_id=base.who(request).pk, by=base.who(request), now=timezone.now())
        base.say(request, _("Your mail address was removed; nothing is mailed to you any more."))
        return self._done()
