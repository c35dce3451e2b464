"""The door through a ministry's provider of logins (OpenID Connect): there, back, and linking an own account to it (ADR 70).

What a login was begun with goes along in a cookie of the browser that began it, signed and for ten minutes: strangers who press the
button fill no table, and a return that this browser did not ask for leads nowhere.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from patrol.access import factors, fresh, linked_logins, sign_in
from patrol.admin.shared import base, words
from patrol.admin.shared.sign_in import not_in, passed, too_often, wished
from patrol.infra import pace
from patrol.infra.refusals import RefusedError
from patrol.pipeline import fetching
from patrol.sources.transport import oidc
from patrol.sources.transport.http import Client, Inside, Limits

if TYPE_CHECKING:
    from patrol.admin.site import Workbench

LIMITS: Final = Limits(seconds=5.0, connect_seconds=3.0, redirects=0, wire_bytes=256 * 1024, decoded_bytes=256 * 1024)
_FOR: Final = timedelta(minutes=10)
_SALT: Final = "patrol.admin.provider"


class _Unpaced:
    """The provider is no platform that is visited: who asks it is slowed down at our door (sign_in.wait_provider). No question of a login
    begins later than LIMITS.seconds after the first: a slow provider holds a process for twice that at most."""

    def __init__(self) -> None:
        self._until = time.monotonic() + LIMITS.seconds

    def wait(self, host: str) -> None:
        if time.monotonic() > self._until:
            raise pace.Paced(host, 0.0)


class _NotInError(Exception):
    """Nobody is let in. `said`: the sentence for the page."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


def leave(request: HttpRequest) -> HttpResponse:
    """To the provider, to log in here by it."""
    base.posted(request)
    _provider()
    to = wished(request)
    try:
        return _sent(request, to=to, login=None)
    except _NotInError as error:
        return not_in(request, error.said, to=to)


def come_back(request: HttpRequest) -> HttpResponse:
    """Where the provider sends whoever logged in there, or would not."""
    if request.method != "GET":
        raise Http404
    _provider()
    kept = _kept(request)
    to, login = (kept["to"], kept["login"]) if kept else (reverse("admin:index"), None)
    try:
        came = _came(request, kept)
        answer = _linked(request, came, login, to=to) if login else _entered(request, came, to=to)
    except _NotInError as error:
        if request.user.is_authenticated:
            base.say(request, error.said, problem=True)
            answer = HttpResponseRedirect(to)
        else:
            answer = not_in(request, error.said, to=to)
    if kept:  # else it is that of another window, which goes on
        answer.delete_cookie(_cookie(), samesite="Lax")
    return answer


def end(request: HttpRequest) -> HttpResponse:
    """To the provider once more, to end the login there too: after a login through it, on a shared computer."""
    base.posted(request)
    provider = _provider()
    try:
        _begin(request)
        with _asking(request):
            there = oidc.ended_at(_client(provider), provider)
    except _NotInError:
        said = _("No login was ended there. Open %(provider)s yourself and log out.") % {"provider": linked_logins.offered()}
        told = {"said": said, "language_to": base.here("login"), "site_title": "SIPatrol"}
        return render(request, "registration/logged_out.html", told)
    return _leads(request, there)


def link(site: Workbench, request: HttpRequest) -> HttpResponse:
    """What linking does, and the way to the provider."""
    _provider()
    if request.method == "POST" and not fresh.is_fresh(request, now=timezone.now()):
        return HttpResponseRedirect(base.here("link_provider"))  # the form of a step-up may not lead away from here
    fresh.require(request)
    if linked_logins.of(base.who(request)) is not None:
        base.say(request, str(linked_logins.HAS_ONE), problem=True)
        return HttpResponseRedirect(base.here("own_access"))
    said = ""
    if request.method == "POST":
        try:
            return _sent(request, to=reverse("admin:own_access"), login=_login(request))
        except _NotInError as error:
            said = error.said
    request.current_app = site.name
    title = _("Link a login of %(provider)s") % {"provider": linked_logins.offered()}
    context = {**site.each_context(request), "title": title, "subtitle": None, "said": said, "provider": linked_logins.offered()}
    return TemplateResponse(request, "workbench/link_provider.html", context)


def unlink(site: Workbench, request: HttpRequest) -> HttpResponse:
    del site
    base.posted(request)
    _provider()
    person = base.who(request)
    try:
        linked_logins.unlink(by=person, now=timezone.now())
    except RefusedError as error:
        base.refuse(request, error)
    else:
        request.session["logins"] = person.sessions  # every other login ends, this one goes on
        base.say(request, _("The login of %(provider)s opens your account no more.") % {"provider": linked_logins.offered()})
    return HttpResponseRedirect(base.here("own_access"))


# --- there ------------------------------------------------------------------------------------------


def _provider() -> oidc.Provider:
    """Raises Http404 where this installation has none."""
    if not linked_logins.offered():
        raise Http404
    return oidc.Provider(settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET, tuple(settings.OIDC_SECOND_FACTOR))


def _client(provider: oidc.Provider) -> Client:
    inside = Inside.read(provider.issuer, settings.OIDC_ADDRESS) if settings.OIDC_ADDRESS else None
    return replace(fetching.client((provider.secret,)), limits=LIMITS, pace=_Unpaced(), inside=inside)


def _login(request: HttpRequest) -> list[Any]:
    """What tells the login that links an account from any other, also of the same person, as JSON keeps it."""
    person = base.who(request)
    return [person.pk, person.sessions, request.session["began"]]


def _sent(request: HttpRequest, *, to: str, login: list[Any] | None) -> HttpResponse:
    """`login`: that which links its account; None: whoever logs in. Raises _NotInError."""
    provider = _provider()
    _begin(request)
    asked = oidc.Asked(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        at=int(timezone.now().timestamp()),
        back=request.build_absolute_uri(reverse("admin:provider_return")),
    )
    with _asking(request):
        there = oidc.sent_to(_client(provider), provider, asked)
    answer = _leads(request, there)
    kept = {"asked": asdict(asked), "to": to, "login": login}
    sealed = signing.dumps(kept, salt=_SALT)
    answer.set_cookie(_cookie(), sealed, max_age=_FOR, secure=settings.SECURE, httponly=True, samesite="Lax")
    return answer


def _begin(request: HttpRequest) -> None:
    """Raises _NotInError."""
    if seconds := sign_in.wait_provider(request):
        raise _NotInError(too_often(seconds, known=True))


def _leads(request: HttpRequest, there: str) -> HttpResponse:
    """A page that goes on by itself. Browsers hold a redirect after a form to `form-action`, and each one behind it: a provider that sends
    people on to another host would not be reached."""
    told = {"there": there, "provider": linked_logins.offered(), "language_to": base.here("login"), "site_title": "SIPatrol"}
    return render(request, "workbench/to_provider.html", told)


@contextmanager
def _asking(request: HttpRequest) -> Iterator[None]:
    """One step in which the provider is asked. Raises _NotInError."""
    if seconds := sign_in.wait_asked():
        raise _NotInError(too_often(seconds, known=True))
    try:
        yield
    except oidc.OidcError as error:
        sign_in.not_by_provider(request, str(error))
        if error.why != oidc.Why.SILENT:
            sign_in.provider_answered()
        raise _NotInError(_said(error.why)) from error
    sign_in.provider_answered()


def _said(why: oidc.Why) -> str:
    down = _("%(provider)s does not answer. Log in with user name and password, or try again later.")
    said = {
        oidc.Why.SILENT: down,
        oidc.Why.DOWN: down,
        oidc.Why.REFUSED: _("%(provider)s did not confirm this login. Begin again."),
        oidc.Why.WRONG: _(
            "The login through %(provider)s is not set up rightly. Log in with user name and password, and tell the administrator."
        ),
        oidc.Why.UNTRUE: _(
            "What %(provider)s answered could not be verified, and nobody was logged in. Tell the administrator if it happens again."
        ),
    }
    return said[why] % {"provider": linked_logins.offered()}


def _cookie() -> str:
    return "__Host-provider" if settings.SECURE else "provider"


# --- and back ----------------------------------------------------------------------------------------


def _kept(request: HttpRequest) -> dict[str, Any] | None:
    """What the login was begun with that this browser comes back from."""
    try:
        kept: dict[str, Any] = signing.loads(request.COOKIES.get(_cookie(), ""), salt=_SALT, max_age=_FOR)
    except signing.BadSignature:
        return None
    return kept if constant_time_compare(request.GET.get("state", ""), kept["asked"]["state"]) else None


def _came(request: HttpRequest, kept: dict[str, Any] | None) -> oidc.Came:
    """Raises _NotInError."""
    if kept is None or not sign_in.is_first_return(kept["asked"]["state"]):
        sign_in.not_by_provider(request, "a return that this browser did not ask for")
        raise _NotInError(_("This login was begun too long ago or in another window. Begin again."))
    provider, code = _provider(), request.GET.get("code", "")
    if "error" in request.GET or not code or request.GET.get("iss", provider.issuer) != provider.issuer:
        sign_in.not_by_provider(request, "the provider sent nobody back")
        raise _NotInError(_said(oidc.Why.REFUSED))
    with _asking(request):
        return oidc.redeemed(_client(provider), provider, oidc.Asked(**kept["asked"]), code)


def _entered(request: HttpRequest, came: oidc.Came, *, to: str) -> HttpResponse:
    """Raises _NotInError."""
    person = linked_logins.opened(came.subject, now=timezone.now())
    if person is None:
        sign_in.not_linked(request, now=timezone.now())
        said = _("This login of %(provider)s opens no account here. Log in otherwise, and link it under Second factor and logins.")
        raise _NotInError(said % {"provider": linked_logins.offered()})
    sign_in.by_provider(request)
    answer = passed(request, person, factors.PROVIDER, to=to, twice=came.acr in settings.OIDC_SECOND_FACTOR)
    request.session["provider"] = True  # there they are logged in too
    return answer


def _linked(request: HttpRequest, came: oidc.Came, login: list[Any], *, to: str) -> HttpResponse:
    """Raises _NotInError."""
    if not request.user.is_authenticated or _login(request) != login:
        raise _NotInError(str(linked_logins.ENDED))
    try:
        linked_logins.link(subject=came.subject, by=base.who(request), now=timezone.now())
    except RefusedError as error:
        raise _NotInError(words.refusal(error)) from error
    base.say(request, _("Linked. From now on a login of %(provider)s opens your account.") % {"provider": linked_logins.offered()})
    return HttpResponseRedirect(to)
