"""Credentials of platforms: that there is one, its state, its last day, who changed it. Its values are typed and never shown."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters

from patrol import access, models, sources
from patrol.access import Action
from patrol.admin.analyst import watch_forms, watch_words
from patrol.admin.shared import base, words
from patrol.engine import masks
from patrol.infra.refusals import RefusedError
from patrol.watches import credentials


@admin.register(models.Credential)
class CredentialAdmin(base.ReadOnlyAdmin):
    view_action = Action.CREDENTIAL_VIEW

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            self.address("baru/<slug:platform>/", self.add, "add"),
            self.address("<int:credential_id>/ganti/", self.renew, "renew"),
            self.address("<int:credential_id>/nama/", self.rename, "rename"),
            self.address("<int:credential_id>/akhiri/", self.retire, "retire"),
        ]

    def _changes(self, request: HttpRequest) -> None:
        """Raises Http404 for whoever may not change credentials."""
        if not access.may(base.who(request), Action.CREDENTIAL_CHANGE):
            raise Http404

    def _one(self, request: HttpRequest, credential_id: int) -> models.Credential:
        rows = models.Credential.objects.select_related("changed_by")
        return base.visible(base.who(request), Action.CREDENTIAL_VIEW, rows, pk=credential_id)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        now = timezone.now()
        found = models.Credential.objects.select_related("changed_by").annotate(used=Count("watches"))
        may = access.may(base.who(request), Action.CREDENTIAL_CHANGE)
        context = {
            "rows": [{**_row(one, now), "used": one.used} for one in found.order_by("retired_at", "platform", "name")],
            "platforms": [
                {"title": words.platform(key), "link": base.here("patrol_credential_add", key)}
                for key, source in sources.SOURCES.items()
                if may and source.CREDENTIAL
            ],
            "sealable": credentials.can_seal(),
            "subtitle": _("values are never shown again"),
        }
        return self.page(request, "workbench/credentials.html", context, title=_("Credentials"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        credential, now = self._one(request, int(object_id)), timezone.now()
        context = {
            "row": _row(credential, now),
            "watches": [
                {"name": watch.name, "link": base.here("patrol_watch_change", watch.pk)}
                for watch in access.scope(base.who(request), Action.WATCH_VIEW, credential.watches.order_by("name"))
            ],
            "may_change": access.may(base.who(request), Action.CREDENTIAL_CHANGE),
            "subtitle": words.platform(credential.platform),
        }
        return self.page(request, "workbench/credential.html", context, title=masks.text(credential.name))

    @method_decorator(sensitive_post_parameters())
    def add(self, request: HttpRequest, platform: str) -> HttpResponse:
        self._changes(request)
        if not credentials.fields(platform):
            raise Http404
        form = watch_forms.CredentialForm(request.POST or None, platform=platform)
        if request.method == "POST" and form.is_valid():
            cleaned = form.cleaned_data
            try:
                made = credentials.add(
                    platform=platform,
                    name=cleaned["name"],
                    values=form.values(),
                    last_day=cleaned["last_day"],
                    by=base.who(request),
                    now=timezone.now(),
                )
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(request, _("The credential is sealed. Choose it in the watches that need it."))
                return HttpResponseRedirect(base.here("patrol_credential_change", made.pk))
        title = _("New credential")
        return self._form(request, form, title, words.platform(platform), base.here("patrol_credential_changelist"))

    @method_decorator(sensitive_post_parameters())
    def renew(self, request: HttpRequest, credential_id: int) -> HttpResponse:
        self._changes(request)
        credential = self._one(request, credential_id)
        form = watch_forms.CredentialForm(request.POST or None, platform=credential.platform, named=False)
        this = base.here("patrol_credential_change", credential.pk)
        if request.method == "POST" and form.is_valid():
            try:
                resumed = credentials.renew(
                    credential_id=credential.pk,
                    values=form.values(),
                    last_day=form.cleaned_data["last_day"],
                    by=base.who(request),
                    now=timezone.now(),
                )
            except RefusedError as error:
                form.refused(error)
            else:
                text = ngettext(
                    "The new values are sealed; %(count)s watch goes on.",
                    "The new values are sealed; %(count)s watches go on.",
                    len(resumed),
                )
                base.say(request, text % {"count": len(resumed)})
                return HttpResponseRedirect(this)
        return self._form(request, form, _("New values"), masks.text(credential.name), this)

    def rename(self, request: HttpRequest, credential_id: int) -> HttpResponse:
        self._changes(request)
        credential = self._one(request, credential_id)
        form = watch_forms.NameForm(request.POST or None, initial={"name": credential.name})
        this = base.here("patrol_credential_change", credential.pk)
        if request.method == "POST" and form.is_valid():
            name, by, now = form.cleaned_data["name"], base.who(request), timezone.now()
            try:
                credentials.rename(credential_id=credential.pk, name=name, by=by, now=now)
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(request, _("The credential has a new name."))
                return HttpResponseRedirect(this)
        return self._form(request, form, _("Rename credential"), masks.text(credential.name), this)

    def _form(self, request: HttpRequest, form: Any, title: str, subtitle: str, cancel: str) -> HttpResponse:
        context = {"form": form, "save": _("Save"), "cancel": cancel, "subtitle": subtitle}
        return self.page(request, "workbench/form.html", context, title=title)

    def retire(self, request: HttpRequest, credential_id: int) -> HttpResponse:
        base.posted(request)
        self._changes(request)
        credential = self._one(request, credential_id)
        try:
            credentials.retire(credential_id=credential.pk, by=base.who(request), now=timezone.now())
        except RefusedError as error:
            base.refuse(request, error)
        else:
            base.say(request, _("The credential is no longer used; its values were removed."))
        return HttpResponseRedirect(base.here("patrol_credential_change", credential.pk))


def _row(credential: models.Credential, now: Any) -> dict[str, Any]:
    last_day = credentials.last_day(credential)
    return {
        "credential": credential,
        "link": base.here("patrol_credential_change", credential.pk),
        "platform": words.platform(credential.platform),
        "badge": watch_words.credential_badge(credential, now),
        "refusal": words.said(credential.refusal) if credential.refusal else "",
        # The last day itself, not the midnight behind it.
        "last_day": words.day(last_day) if last_day else "",
        "mark": credentials.fingerprint(credential.sealed),
        "changed": words.moment(credential.changed_at),
        "changed_by": credential.changed_by.name if credential.changed_by else "",
        "retired": credential.retired_at is not None,
    }
