"""What reaches oneself outside of the workbench: what one wants to be told, the ways it comes by, and what was sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from patrol import models
from patrol.access import Action
from patrol.admin.shared import base, telling_forms, words
from patrol.admin.shared.forms import VerbForm, WordField, lacking
from patrol.admin.shared.words import Badge
from patrol.domain.states import DispatchState
from patrol.models import Way
from patrol.outgoing import addresses, mailing
from patrol.telling import bots, choices, pairing

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
    "address_leaves": gettext_lazy("That another mail address was asked for"),
    "summary_draft": gettext_lazy("Draft of the weekly summary"),
    "summary_edition": gettext_lazy("Summary signed by two"),
    "notices": gettext_lazy("Notices"),
    "password_link": gettext_lazy("Link for a password"),
    "paired": gettext_lazy("Telegram paired"),
}
WHY: dict[str, Any] = {
    mailing.NO_SERVER: gettext_lazy("This installation has no mail server."),
    mailing.DIED: gettext_lazy("The worker that sent it stopped half-way. It is not sent a second time by itself."),
    mailing.NO_ADDRESS: gettext_lazy("There was no confirmed address."),
    mailing.INACTIVE: gettext_lazy("The account was not active."),
    mailing.NOT_WANTED: gettext_lazy("When it was to be sent there was nothing more to tell."),
    mailing.NOT_WRITTEN: gettext_lazy("A program error kept it from being written."),
    bots.NO_BOT: gettext_lazy("The bot of the office does not work."),
    bots.NOT_PAIRED: gettext_lazy("No chat was paired."),
}


class AddressForm(VerbForm):
    address = forms.CharField(
        max_length=addresses.LONGEST, error_messages=lacking(gettext_lazy("Write one whole mail address, with its @."))
    )


class CodeForm(VerbForm):
    code = forms.CharField(max_length=20, error_messages=lacking(gettext_lazy("Type in the code of 8 digits.")))


class AgainForm(VerbForm):
    """`seen`: when it was asked for, as the page showed it."""

    seen = WordField()


@admin.register(models.Dispatch)
class DispatchAdmin(base.ReadOnlyAdmin):
    view_action = Action.HOME

    def get_urls(self) -> list[Any]:
        return [
            self.address("", self.changelist_view, "changelist"),
            self.address("pilihan/", self.choose, "choose"),
            self.address("pilihan/kantor/", self.as_office, "as_office"),
            self.address("telegram/kode/", self.pair, "pair"),
            self.address("telegram/lepas/", self.part, "part"),
            self.address("<int:dispatch_id>/kirim-ulang/", self.again, "again"),
            self.address("alamat/", self.ask, "ask"),
            self.address("alamat/kode/", self.confirm, "confirm"),
            self.address("alamat/hapus/", self.clear, "clear"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        return self._shown(request)

    def _shown(self, request: HttpRequest, *, code: str = "") -> HttpResponse:
        """`code`: of a pairing, in the answer to whoever asked for it and nowhere else."""
        person, now = base.who(request), timezone.now()
        mailed = addresses.waiting(person, now=now)
        bot, paired = bots.of_office(person.office_id), pairing.of(person)
        own, its = choices.own(person), choices.of_office(person.office_id)
        failed = Exists(mailing.failed(person).filter(pk=OuterRef("pk")))
        sent = models.Dispatch.objects.filter(person=person).annotate(failed=failed).order_by("-id")[:SHOWN]
        context = {
            "form": telling_forms.ChoiceForm(kinds=choices.offered(person), choice=choices.read(own or its), person=person),
            "own": own is not None,
            "reached": bool(person.mail) or paired is not None,
            "mail": person.mail,
            "configured": mailing.configured(),
            "waits": {"address": mailed.address, "until": words.hour(mailed.expires_at)} if mailed else None,
            "telegram": {
                "bot": bot.name if bot and bots.usable(bot) else "",
                "paired": words.moment(paired.paired_at) if paired and paired.paired_at else "",
                "waits": pairing.waiting(person, now=now) is not None,
                "code": code,
                "minutes": pairing.LIVES.seconds // 60,
            },
            "rows": [
                {
                    "kind": KINDS.get(row.kind, row.kind),
                    "way": telling_forms.WAYS[Way(row.way)],
                    "badge": STATES[row.state],
                    "why": WHY.get(row.said, row.said) if row.state != DispatchState.SENT else "",
                    "when": words.moment(max(filter(None, (row.tried_at, row.asked_at)))),
                    "again": base.here("patrol_dispatch_again", row.pk) if row.failed else "",
                    "seen": row.asked_at.isoformat(),
                    "twice": row.state == DispatchState.UNKNOWN,
                }
                for row in sent
            ],
        }
        return self.page(request, "workbench/telling.html", context, title=_("Notices outside SIPatrol"))

    def choose(self, request: HttpRequest) -> HttpResponse:
        base.posted(request)
        form = telling_forms.ChoiceForm(request.POST, kinds=choices.offered(base.who(request)), choice=choices.NOTHING)
        if base.done(request, choices.choose, form):
            base.say(request, _("What you are told is kept."))
        return self._done()

    def as_office(self, request: HttpRequest) -> HttpResponse:
        base.posted(request)
        choices.as_office(by=base.who(request), now=timezone.now())
        base.say(request, _("You are told what your office chose."))
        return self._done()

    def pair(self, request: HttpRequest) -> HttpResponse:
        """Shows the code in the answer to the POST itself: it stands in no session, no message and no later page."""
        base.posted(request)
        code = base.done(request, pairing.ask)
        if not code:
            return self._done()
        answer = self._shown(request, code=f"{code[:4]} {code[4:]}")
        answer["Cache-Control"] = "no-store"
        return answer

    def part(self, request: HttpRequest) -> HttpResponse:
        base.posted(request)
        pairing.part(by=base.who(request), now=timezone.now())
        base.say(request, _("Nothing is sent to that chat any more."))
        return self._done()

    def again(self, request: HttpRequest, dispatch_id: int) -> HttpResponse:
        base.posted(request)
        try:
            if base.done(request, mailing.again, AgainForm(request.POST), dispatch_id=dispatch_id):
                base.say(request, _("The message is sent again shortly."))
        except models.Dispatch.DoesNotExist:
            raise Http404 from None
        return self._done()

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
