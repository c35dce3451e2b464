"""How somebody logs in: the own second factors, recovery codes, and the logins that are open. Nobody else sees any of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from allauth.mfa.models import Authenticator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import models
from patrol.access import factors, fresh, linked_logins, logins
from patrol.admin.shared import base, provider, words
from patrol.infra import qr_codes
from patrol.infra.refusals import RefusedError

if TYPE_CHECKING:
    from patrol.admin.site import Workbench

_BEGUN: Final = "app_begun"  # of the session: the secret, sealed, that an app is being set up with, and since when
_BEGUN_FOR: Final = timedelta(minutes=10)  # who looks away to the app and back finds the same letters
WAYS: Final[dict[str, Any]] = {
    factors.PASSWORD: gettext_lazy("password"),
    factors.CODE: gettext_lazy("code of an app"),
    factors.PASSKEY: gettext_lazy("passkey"),
    factors.RECOVERY: gettext_lazy("recovery code"),
    factors.PROVIDER: gettext_lazy("login of the provider"),
}

type Page = Callable[..., HttpResponse]


def addresses(site: Workbench) -> list[Any]:
    def at(route: str, page: Page, name: str) -> Any:
        return path(f"akses/{route}", site.admin_view(partial(page, site)), name=name)

    return [
        at("", overview, "own_access"),
        at("aplikasi/", add_app, "add_app"),
        at("kunci-sandi/", add_passkey, "add_passkey"),
        at("faktor/<int:factor_id>/nama/", rename, "rename_passkey"),
        at("faktor/<int:factor_id>/hapus/", remove, "remove_factor"),
        at("kode/", new_codes, "recovery_codes"),
        at("penyedia/", provider.link, "link_provider"),
        at("penyedia/hapus/", provider.unlink, "unlink_provider"),
        at("masuk/lain/akhiri/", end_others, "end_other_logins"),
        at("masuk/<str:mark>/akhiri/", end, "end_login"),
    ]


def overview(site: Workbench, request: HttpRequest) -> HttpResponse:
    person, now = base.who(request), timezone.now()
    rows = factors.of(person)
    kinds = {row.type for row in rows}
    codes = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    context = {
        "provider": linked_logins.offered(),
        "linked": linked(person),
        "must": bool(request.session.get("enrol")),
        "app": next((_row(row) for row in rows if row.type == Authenticator.Type.TOTP), None),
        "passkeys": [_row(row) for row in rows if row.type == Authenticator.Type.WEBAUTHN],
        "more_passkeys": sum(row.type == Authenticator.Type.WEBAUTHN for row in rows) < factors.MOST_PASSKEYS,
        "codes_left": factors.codes_left(codes) if codes else None,
        "any": bool(kinds),
        "logins": [
            {
                "mark": one.mark,
                "browser": one.browser or _("a browser that says nothing of itself"),
                "began": words.moment(one.began),
                "seen": words.moment(one.seen),
                "here": one.here,
            }
            for one in logins.of(person, request.session.session_key, now=now)
        ],
    }
    return _page(site, request, "workbench/own_access.html", context, title=_("Logging in"))


def rows(person: models.Person) -> list[dict[str, Any]]:
    """The passkeys and the app of a person, each with a name, as a page lists them. One query."""
    found = [one for one in factors.of(person) if one.type != Authenticator.Type.RECOVERY_CODES]
    return [{**_row(one), "name": factors.name_of(one) or _("App with codes")} for one in found]


def linked(person: models.Person) -> dict[str, str] | None:
    """The login of the provider that opens this account. No query where the installation has no provider."""
    found = linked_logins.of(person)
    if found is None:
        return None
    used = words.moment(found.used_at) if found.used_at else ""
    return {"name": linked_logins.offered(), "at": words.moment(found.linked_at), "used": used}


def _row(one: Authenticator) -> dict[str, Any]:
    used = words.moment(one.last_used_at) if one.last_used_at else ""
    made, behind = words.moment(one.created_at), factors.is_behind(one)
    return {"pk": one.pk, "name": factors.name_of(one), "made": made, "used": used, "behind": behind}


def _page(site: Workbench, request: HttpRequest, template: str, context: dict[str, Any], *, title: str) -> HttpResponse:
    request.current_app = site.name
    frame = site.each_context(request)
    answer = TemplateResponse(request, template, {**frame, "title": title, "subtitle": None, "longest": factors.LONGEST_NAME, **context})
    answer["Cache-Control"] = "no-store"
    return answer


def add_app(site: Workbench, request: HttpRequest) -> HttpResponse:
    """Shows a secret, the same for ten minutes, and takes the first code that an app made of it."""
    fresh.require(request)
    person, said = base.who(request), ""
    if factors.CODE in factors.ways(person):
        base.refuse(request, factors.app_there())
        return HttpResponseRedirect(base.here("own_access"))
    secret = _begun(request)
    if request.method == "POST" and secret:
        try:
            codes = factors.add_app(secret=secret, code=request.POST.get("code", ""), by=person, now=timezone.now())
        except RefusedError as error:
            said = words.refusal(error)
        else:
            del request.session[_BEGUN]
            return _added(site, request, codes, _("The app is set up. Its code is asked for with each login from now on."))
    if not secret:
        if request.method == "POST":
            said = _("The picture of before is gone. Let the app read this one.")
        secret, sealed = factors.draw_secret()
        request.session[_BEGUN] = {"secret": sealed, "at": timezone.now().timestamp()}
    address = factors.address_of(secret, person)
    context = {
        "said": said,
        "address": address,
        "qr": qr_codes.of(address),
        "quiet": qr_codes.QUIET,
        "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
    }
    return _page(site, request, "workbench/add_app.html", context, title=_("Set up an app"))


def _begun(request: HttpRequest) -> str:
    """The secret that an app is being set up with here, "" where there is none, or not any more."""
    kept = request.session.get(_BEGUN)
    if kept is None or timezone.now().timestamp() - kept["at"] >= _BEGUN_FOR.total_seconds():
        return ""
    return factors.kept_secret(kept["secret"])


def add_passkey(site: Workbench, request: HttpRequest) -> HttpResponse:
    fresh.require(request)
    person, said = base.who(request), ""
    if request.method == "POST":
        try:
            credential = json.loads(request.POST.get("credential") or "null")
            codes = factors.add_passkey(name=request.POST.get("name", ""), credential=credential, by=person, now=timezone.now())
        except RefusedError as error:
            said = words.refusal(error)
        except ValueError:
            said = _("The passkey was not made. Try once more.")
        else:
            return _added(site, request, codes, _("The passkey is set up."))
    context = {"said": said, "name": request.POST.get("name", ""), "options": json.dumps(factors.passkey_offered(person))}
    return _page(site, request, "workbench/add_passkey.html", context, title=_("Set up a passkey"))


def _added(site: Workbench, request: HttpRequest, codes: list[str], said: str) -> HttpResponse:
    """Recovery codes stand in this one answer; where there are some already, the page of them all follows."""
    request.session.update({"enrol": False, "logins": base.who(request).sessions})  # the first one ends every other login
    if codes:
        return _page(site, request, "workbench/recovery_codes.html", {"codes": codes, "said": said}, title=_("Recovery codes"))
    base.say(request, said)
    return HttpResponseRedirect(base.here("own_access"))


def new_codes(site: Workbench, request: HttpRequest) -> HttpResponse:
    base.posted(request)
    try:
        codes = factors.new_codes(by=base.who(request), now=timezone.now())
    except RefusedError as error:
        base.refuse(request, error)
        return HttpResponseRedirect(base.here("own_access"))
    said = _("These are new. Those of before open nothing any more.")
    return _page(site, request, "workbench/recovery_codes.html", {"codes": codes, "said": said}, title=_("Recovery codes"))


def rename(site: Workbench, request: HttpRequest, factor_id: int) -> HttpResponse:
    base.posted(request)
    try:
        factors.rename_passkey(factor_id=factor_id, name=request.POST.get("name", ""), by=base.who(request))
    except Authenticator.DoesNotExist:
        raise Http404 from None
    base.say(request, _("The name is kept."))
    return HttpResponseRedirect(base.here("own_access"))


def remove(site: Workbench, request: HttpRequest, factor_id: int) -> HttpResponse:
    base.posted(request)
    if not any(one.pk == factor_id for one in factors.of(base.who(request))):
        raise Http404
    try:
        way = factors.remove(factor_id=factor_id, by=base.who(request), now=timezone.now())
    except RefusedError as error:
        base.refuse(request, error)
    except Authenticator.DoesNotExist:
        raise Http404 from None
    else:
        base.say(request, _("Removed: %(what)s.") % {"what": WAYS[way]})
    return HttpResponseRedirect(base.here("own_access"))


def end(site: Workbench, request: HttpRequest, mark: str) -> HttpResponse:
    base.posted(request)
    if not logins.end(mark, by=base.who(request), now=timezone.now()):
        raise Http404
    base.say(request, _("This login was ended."))
    return HttpResponseRedirect(base.here("own_access"))


def end_others(site: Workbench, request: HttpRequest) -> HttpResponse:
    base.posted(request)
    many = logins.end_others(request.session.session_key, by=base.who(request), now=timezone.now())
    base.say(request, _("Ended: %(count)s other logins.") % {"count": many})
    return HttpResponseRedirect(base.here("own_access"))
