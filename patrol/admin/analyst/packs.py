"""Keyword packs: words that many watches share."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import models
from patrol.access import Action
from patrol.admin.analyst import watch_forms, watch_words
from patrol.admin.shared import base, words
from patrol.engine import masks
from patrol.infra.refusals import RefusedError
from patrol.watches import packs


@admin.register(models.KeywordPack)
class KeywordPackAdmin(base.ReadOnlyAdmin):
    """For those who may change watches: a changed word changes all watches that have the pack."""

    view_action = Action.WATCH_CHANGE

    def get_urls(self) -> list[Any]:
        return [*super().get_urls(), self.address("baru/", self.add, "add")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        found = models.KeywordPack.objects.select_related("changed_by").annotate(used=Count("watches"))
        context = {
            "rows": [
                {
                    "pack": pack,
                    "link": base.here("patrol_keywordpack_change", pack.pk),
                    "about": watch_words.PACKS.get(pack.about, pack.about),
                    "count": len(pack.words),
                    "first": ", ".join(pack.words[:4]) + (", …" if len(pack.words) > 4 else ""),
                    "used": pack.used,
                    "changed": words.day(pack.changed_at),
                    "changed_by": pack.changed_by.name if pack.changed_by else _("the system"),
                }
                for pack in found.order_by("about", "name")
            ],
            "subtitle": _("shared by many watches"),
        }
        return self.page(request, "workbench/packs.html", context, title=_("Keyword packs"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        pack = base.visible(base.who(request), Action.WATCH_CHANGE, models.KeywordPack.objects.all(), pk=int(object_id))
        now_is = {"name": pack.name, "about": pack.about, "words": "\n".join(pack.words)}
        form = watch_forms.PackForm(request.POST or None, initial=now_is)
        if request.method == "POST" and form.is_valid():
            try:
                packs.change(pack_id=pack.pk, **form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(request, _("The pack was changed, for all its watches from their next run on."))
                return HttpResponseRedirect(base.here("patrol_keywordpack_changelist"))
        return self._form(request, form, _("Change keyword pack"), masks.text(pack.name))

    def add(self, request: HttpRequest) -> HttpResponse:
        self.seen_by(request)
        form = watch_forms.PackForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                packs.add(**form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(request, _("The pack can be chosen in watches now."))
                return HttpResponseRedirect(base.here("patrol_keywordpack_changelist"))
        return self._form(request, form, _("New keyword pack"), None)

    def _form(self, request: HttpRequest, form: watch_forms.PackForm, title: str, subtitle: str | None) -> HttpResponse:
        cancel = base.here("patrol_keywordpack_changelist")
        context = {"form": form, "save": _("Save"), "cancel": cancel, "subtitle": subtitle}
        return self.page(request, "workbench/form.html", context, title=title)
