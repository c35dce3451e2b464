"""Notices out of the house, of an office: its Telegram bot, and what its people are told where they chose nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from patrol import access, models
from patrol.access import Action
from patrol.admin.shared import base, telling_forms, words
from patrol.admin.shared.forms import VerbForm, lacking
from patrol.admin.shared.words import Badge
from patrol.telling import bots, choices
from patrol.telling.choices import Kind
from patrol.watches import credentials

OFF = Badge(pgettext_lazy("bot", "off"), "plain", "block")
UNTRIED = Badge(pgettext_lazy("bot", "not tried yet"), "med", "help")
REFUSED = Badge(pgettext_lazy("bot", "refused by Telegram"), "high", "warning")
ON = Badge(pgettext_lazy("bot", "on"), "ok", "check")


class TokenForm(VerbForm):
    token = forms.CharField(
        max_length=bots.LONGEST, error_messages=lacking(gettext_lazy("Nothing was changed: this is no token as BotFather gives it."))
    )


def _badge(bot: models.Bot | None) -> Badge:
    if bot is None or not bot.sealed:
        return OFF
    if bot.refused_at is not None:
        return REFUSED
    return ON if bot.name else UNTRIED


@admin.register(models.Bot)
class BotAdmin(base.ReadOnlyAdmin):
    view_action = Action.TELLING_OFFICE

    def get_urls(self) -> list[Any]:
        return [
            self.address("", self.changelist_view, "changelist"),
            self.address("<int:office_id>/", self.office, "office"),
            self.address("<int:office_id>/token/", self.set_token, "token"),
            self.address("<int:office_id>/coba/", self.attempt, "try"),
            self.address("<int:office_id>/hapus/", self.remove, "remove"),
            self.address("<int:office_id>/bawaan/", self.choose, "choose"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        found = access.scope(base.who(request), Action.TELLING_OFFICE, models.Office.objects.filter(active=True))
        rows = [
            {"office": one, "link": base.here("patrol_bot_office", one.pk), "badge": _badge(getattr(one, "bot", None))}
            for one in found.select_related("bot").order_by("-kind", "name")
        ]
        return self.page(request, "workbench/telling/offices.html", {"rows": rows}, title=_("Notices out of offices"))

    def _office(self, request: HttpRequest, office_id: int) -> models.Office:
        return base.visible(base.who(request), Action.TELLING_OFFICE, models.Office.objects.filter(active=True), pk=office_id)

    def office(self, request: HttpRequest, office_id: int) -> HttpResponse:
        office = self._office(request, office_id)
        bot = bots.of_office(office.pk)
        there = bot is not None and bool(bot.sealed)
        context = {
            "office": office,
            "there": there,
            "bot": bot,
            "badge": _badge(bot),
            "set": words.moment(bot.set_at) if bot and there else "",
            "set_by": words.person(bot.set_by, base.who(request)) if bot and there else "",
            "paired": models.Pairing.objects.filter(bot=bot, ended_at=None).exclude(paired_at=None).count() if there else 0,
            "sealable": credentials.can_seal(),
            "form": telling_forms.ChoiceForm(kinds=list(Kind), choice=choices.read(choices.of_office(office.pk))),
            "subtitle": office.name,
        }
        return self.page(request, "workbench/telling/office.html", context, title=_("Notices out of offices"))

    def _done(self, office: models.Office) -> HttpResponse:
        return HttpResponseRedirect(base.here("patrol_bot_office", office.pk))

    @method_decorator(sensitive_post_parameters())
    def set_token(self, request: HttpRequest, office_id: int) -> HttpResponse:
        base.posted(request)
        office = self._office(request, office_id)
        if base.done(request, bots.set_token, TokenForm(request.POST), office_id=office.pk):
            base.say(request, _("The token is sealed. People can be paired once Telegram has told the name of the bot."))
            self._try(request, office)  # until its name is known nothing is sent by it
        return self._done(office)

    def attempt(self, request: HttpRequest, office_id: int) -> HttpResponse:
        base.posted(request)
        office = self._office(request, office_id)
        self._try(request, office)
        return self._done(office)

    def _try(self, request: HttpRequest, office: models.Office) -> None:
        bot = base.done(request, bots.attempt, office_id=office.pk)
        if bot:
            base.say(request, _("Telegram knows the bot as @%(name)s.") % {"name": bot.name})

    def remove(self, request: HttpRequest, office_id: int) -> HttpResponse:
        base.posted(request)
        office = self._office(request, office_id)
        if base.done(request, _removed, office_id=office.pk):
            base.say(request, _("The bot is off, its token was removed, and nobody is paired with it."))
        return self._done(office)

    def choose(self, request: HttpRequest, office_id: int) -> HttpResponse:
        base.posted(request)
        office = self._office(request, office_id)
        form = telling_forms.ChoiceForm(request.POST, kinds=list(Kind), choice=choices.NOTHING)
        if base.done(request, choices.set_office, form, office_id=office.pk):
            base.say(request, _("What people of this office are told, where they chose nothing, is kept."))
        return self._done(office)


def _removed(**asked: Any) -> bool:
    bots.remove(**asked)
    return True
