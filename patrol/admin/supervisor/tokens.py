"""Tokens of the office for other systems: which there are, one more, and revoking one. A page of the devices (admin.officer.captures)."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from patrol import access, models
from patrol.access import Action, tokens
from patrol.admin.shared import base, words
from patrol.admin.shared.forms import VerbForm
from patrol.engine import masks
from patrol.infra.refusals import RefusedError
from patrol.models import Scope

_LIST: Final = "patrol_device_tokens"

SCOPES: Final = {
    Scope.CHECK: gettext_lazy("Check an offer against the register"),
    Scope.FLAGS: gettext_lazy("Read the flags of the office, contacts masked"),
    Scope.CASES: gettext_lazy("Read the cases of the office, contacts masked"),
    Scope.FIGURES: gettext_lazy("Read the frozen summaries"),
    Scope.CHANGES: gettext_lazy("Follow what changes"),
    Scope.REPORT: gettext_lazy("Send a report"),
    Scope.CAPTURE: gettext_lazy("Send a capture of a post"),
}


class TokenForm(VerbForm):
    name = forms.CharField(
        label=gettext_lazy("Which system asks with it"),
        max_length=100,
        help_text=gettext_lazy("As your office knows it: complaints desk, statistics."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may ask"),
        choices=[(str(scope), title) for scope, title in SCOPES.items()],
        required=False,  # said by the verb
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Lasts"),
        coerce=int,
        choices=[(days, ngettext_lazy("%(count)s day", "%(count)s days", days) % {"count": days}) for days in tokens.DAYS],
        initial=90,
    )


def addresses(page: base.ReadOnlyAdmin) -> list[Any]:
    """Of the page of devices."""

    def show(request: HttpRequest) -> HttpResponse:
        return _shown(page, request, TokenForm())

    def make(request: HttpRequest) -> HttpResponse:
        """Shows the token in the answer to the POST itself: it stands in no session, no message and no later page."""
        base.posted(request)
        by = base.who(request)
        if not access.may(by, Action.TOKEN_MAKE):
            raise Http404
        form = TokenForm(request.POST)
        if form.is_valid():
            try:
                made = tokens.make(**form.told(), by=by, now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                answer = _shown(page, request, TokenForm(), made=made)
                answer["Cache-Control"] = "no-store"
                return answer
        return _shown(page, request, form)

    def revoke(request: HttpRequest, device_id: int) -> HttpResponse:
        base.posted(request)
        by = base.who(request)
        device = tokens.of_offices(by).filter(pk=device_id).first()
        if device is None:
            raise Http404
        tokens.revoke(device_id=device.pk, by=by, now=timezone.now())
        base.say(request, _("%(name)s was revoked: its token opens nothing any more.") % {"name": masks.text(device.name)})
        return HttpResponseRedirect(base.here(_LIST))

    return [
        page.address("kunci/", show, "tokens"),
        page.address("kunci/baru/", make, "make_token"),
        page.address("kunci/<int:device_id>/cabut/", revoke, "revoke_token"),
    ]


def _shown(page: base.ReadOnlyAdmin, request: HttpRequest, form: TokenForm, *, made: tokens.Made | None = None) -> HttpResponse:
    by, now = base.who(request), timezone.now()
    if not access.may(by, Action.TOKEN_REVOKE):
        raise Http404
    found = tokens.of_offices(by).select_related("person", "office")
    context = {
        "rows": [_row(device, now) for device in found.order_by(F("revoked_at").desc(nulls_first=True), "-pk")[:200]],
        "form": form if access.may(by, Action.TOKEN_MAKE) else None,
        "made": made,
        "until": words.moment(made.device.ends_at) if made and made.device.ends_at else "",
        "all": by.role == models.Role.ADMINISTRATOR,
        "server": f"{request.scheme}://{request.get_host()}/api/v1/",
        "subtitle": None if by.role == models.Role.ADMINISTRATOR else by.office.name,
    }
    return page.page(request, "workbench/tokens.html", context, title=_("Tokens for other systems"))


def _row(device: models.Device, now: Any) -> dict[str, Any]:
    return {
        "device": device,
        "asks": [SCOPES[Scope(scope)] for scope in device.scopes],
        "made": words.moment(device.paired_at),
        "used": words.moment(device.last_used_at) if device.last_used_at else "",
        "ends": words.moment(device.ends_at) if device.ends_at else "",
        "revoked": words.moment(device.revoked_at) if device.revoked_at else "",
        "over": device.ends_at is not None and device.ends_at <= now,
    }
