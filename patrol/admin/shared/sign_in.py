"""The door of the workbench: the login form, the second factor behind it, a passkey instead of both, and the pages on which a password is
set.

Who has a second factor is not in before it was shown: until then the session names them as `waiting`, for ten minutes and three tries.
"""

from __future__ import annotations

import json
import math
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth import login
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import SetPasswordForm, SetPasswordMixin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patrol import models
from patrol.access import factors, linked_logins, people, sign_in
from patrol.admin.shared import base
from patrol.outgoing import resets
from patrol.triage import care

_WAITS: Final = "waiting"  # of the session
_WAITS_FOR: Final = timedelta(minutes=10)
_TRIES: Final = 3  # then the password again
_BACKEND: Final = "patrol.access.backend.PersonBackend"


class LoginForm(AdminAuthenticationForm):
    """Whoever tries too often is told how long to wait, and the password is not looked at."""

    request: HttpRequest

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username", "")
        if not (username and self.cleaned_data.get("password")):
            return super().clean()
        seconds = sign_in.wait(self.request, username)
        if seconds:
            sign_in.refused(self.request, username, seconds, now=timezone.now())
            known = sign_in.is_known(self.request, username)
            raise ValidationError(too_often(seconds, known=known), code="too_often")
        try:
            return super().clean()
        except ValidationError:
            sign_in.failed(self.request, username, now=timezone.now())
            raise


class DoorView(auth_views.LoginView):
    """User name and password. Whoever has a second factor is asked for it next."""

    next_page = "admin:index"

    def form_valid(self, form: Any) -> HttpResponse:
        return passed(self.request, form.get_user(), factors.PASSWORD, to=self.get_success_url())


def passed(request: HttpRequest, person: models.Person, way: str, *, to: str, twice: bool = False) -> HttpResponse:
    """Lets in whoever has passed the first step, or asks for a second factor of theirs. `twice`: what they passed was two steps."""
    if twice or not factors.ways(person):
        sign_in.was_right(request, person, steps=int(way == factors.PASSWORD))
        return enter(request, person, way, to=to)
    request.session[_WAITS] = {
        "person": person.pk,
        "logins": person.sessions,
        "at": timezone.now().timestamp(),
        "tries": 0,
        "to": to,
        "password": way == factors.PASSWORD,
    }
    return HttpResponseRedirect(reverse("admin:second_factor"))


def enter(request: HttpRequest, person: models.Person, way: str, *, to: str) -> HttpResponse:
    """Logs this person in, who has shown all that is asked for; `way`: what they showed last."""
    request.session.pop(_WAITS, None)
    login(request, person, backend=_BACKEND)
    sign_in.logged_in(request, person, way=way, now=timezone.now())
    answer = HttpResponseRedirect(to)
    sign_in.know(answer, person.username)
    kept = care.own(person).language  # chosen in another browser
    if kept:
        base.keep_language(answer, kept)
    return answer


def _waiting(request: HttpRequest) -> tuple[dict[str, Any], models.Person] | None:
    """Who has passed the first step here, and is still the same account."""
    kept = request.session.get(_WAITS)
    if kept is None or timezone.now().timestamp() - kept["at"] >= _WAITS_FOR.total_seconds():
        return None
    found = models.Person.objects.select_related("office").filter(pk=kept["person"], sessions=kept["logins"], is_active=True)
    person = found.first()
    return (kept, person) if person else None


def second_factor(request: HttpRequest) -> HttpResponse:
    """A code of the app, a recovery code or a passkey, after the password or the login of the provider."""
    waiting = _waiting(request)
    if waiting is None:
        return HttpResponseRedirect(reverse("admin:login"))
    kept, person = waiting
    password = kept.get("password", True)
    said = ""
    if request.method == "POST":
        if empty(request):
            said = nothing_shown()
        elif seconds := sign_in.wait(request, person.username):
            sign_in.refused(request, person.username, seconds, now=timezone.now())
            said = too_often(seconds, known=sign_in.is_known(request, person.username))
        elif way := shown(request, person, password=password):
            sign_in.was_right(request, person, steps=1 + password)
            return enter(request, person, way, to=kept["to"])
        else:
            sign_in.wrong_factor(request, person, by=None, now=timezone.now(), password=password)
            said = _("That was not right. A code works once and for a short time.")
            kept = request.session[_WAITS] = {**kept, "tries": kept["tries"] + 1}
            if kept["tries"] >= _TRIES:
                del request.session[_WAITS]
                return not_in(request, _("That was not right three times. Log in once more from the beginning."), to=kept["to"])
    context = {"said": said, "password": password, **asked(request, person), "site_title": "SIPatrol", "language_to": request.path}
    return render(request, "workbench/second_factor.html", context)


def empty(request: HttpRequest) -> bool:
    """Sent by Enter before anything was shown: that is no try."""
    return _credential(request) is None and not request.POST.get("code", "").strip()


def nothing_shown() -> str:
    return _("Nothing was sent: type in the code, or use the passkey.")


def shown(request: HttpRequest, person: models.Person, *, password: bool = True) -> str:
    """The way by which the form that was sent shows that it is them, "" where it does not. `password`: whether that was shown before it."""
    if credential := _credential(request):
        return factors.PASSKEY if factors.right_passkey(credential, person, password=password, now=timezone.now()) else ""
    code = request.POST.get("code", "").strip()
    return factors.right_code(person, code, now=timezone.now()) if code else ""


def asked(request: HttpRequest, person: models.Person) -> dict[str, Any]:
    """What a form that asks for a second factor is drawn from (workbench/factors/fields.html)."""
    ways = factors.ways(person)
    options = json.dumps(factors.passkey_asked(person)) if factors.PASSKEY in ways else ""
    return {"ways": ways, "both": {factors.CODE, factors.PASSKEY} <= ways, "passkey_options": options}


def _credential(request: HttpRequest) -> Any:
    """What the browser's authenticator answered; None where nothing of the kind was sent."""
    try:
        return json.loads(request.POST.get("credential") or "null")
    except (ValueError, RecursionError):
        return None


def passkey(request: HttpRequest) -> HttpResponse:
    """Signing in by a passkey alone. GET: what the browser is to sign."""
    if request.method not in {"GET", "POST"}:
        raise Http404
    cookie = "__Host-challenge" if settings.SECURE else "challenge"
    if request.method == "GET":
        options, sealed = factors.door_asked()
        drawn = JsonResponse(options)
        drawn.set_cookie(cookie, sealed, max_age=factors.DOOR_FOR, secure=settings.SECURE, httponly=True, samesite="Strict")
        return drawn
    try:
        person = factors.door_answered(_credential(request), request.COOKIES.get(cookie, ""), now=timezone.now())
    except factors.BehindError as error:
        if seconds := sign_in.wait_passkey(request):
            return not_in(request, too_often(seconds, known=True), to=wished(request))
        sign_in.failed(request, error.person.username, now=timezone.now())
        text = _(
            "The password of this account is new. Log in with it once and use this passkey as the second factor: then it opens on its own"
            " again."
        )
        return not_in(request, text, to=wished(request))
    if person is None or not person.is_active:
        if seconds := sign_in.wait_passkey(request):
            return not_in(request, too_often(seconds, known=True), to=wished(request))
        sign_in.wrong_passkey(request)
        said = _("This passkey belongs to no account here. Log in with user name and password.")
        return not_in(request, said, to=wished(request))
    answer = enter(request, person, factors.PASSKEY, to=wished(request))
    answer.delete_cookie(cookie, samesite="Strict")
    return answer


def not_in(request: HttpRequest, said: str, *, to: str) -> HttpResponse:
    """The door once more, for whoever came another way than by a password. `to`: where they want to."""
    door = base.here("login", next=to)  # in the other language too: the address of this answer was good once
    return render(request, "workbench/login.html", {"said": said, "next": to, "language_to": door, "site_title": "SIPatrol", **ways_in()})


def ways_in() -> dict[str, Any]:
    """What the door offers beside the password."""
    return {"forgotten": resets.offered(), "provider": linked_logins.offered()}


def forgotten(request: HttpRequest) -> HttpResponse:
    """Asks for a link by mail. The answer is the same for each name."""
    said, sent = "", request.method == "POST" and resets.offered()
    if sent and (seconds := sign_in.wait_forgotten(request)):
        said, sent = too_often(seconds, known=True), False
    elif sent:
        resets.ask(request.POST.get("username", ""), now=timezone.now())
    context = {"refused": said, "sent": sent, "offered": resets.offered(), "language_to": request.path, "site_title": "SIPatrol"}
    return render(request, "workbench/forgotten.html", context)


def wished(request: HttpRequest) -> str:
    """Where somebody wants to who logs in by a form of ours: here, or to the start page."""
    to = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return to if to and safe else reverse("admin:index")


class _OnlyThePassword(SetPasswordMixin[models.Person]):
    """Django saves the whole row: what an administrator changed meanwhile would come back. It also tells a weak password beside the field
    that repeats it, not beside the one it was typed in."""

    cleaned_data: dict[str, Any]

    def validate_password_for_user(self, user: models.Person, password_field_name: str = "new_password1") -> None:  # noqa: S107 -- the name of a field
        super().validate_password_for_user(user, "new_password1")

    def set_password_and_save(
        self,
        user: models.Person,
        password_field_name: str = "new_password1",  # noqa: S107 -- the name of a field
        commit: bool = True,
    ) -> models.Person:
        user.set_password(self.cleaned_data[password_field_name])
        user.save(update_fields=["password"])
        return user


class NewPasswordForm(_OnlyThePassword, SetPasswordForm[models.Person]):
    pass


class OwnPasswordForm(_OnlyThePassword, AdminPasswordChangeForm):
    """Whoever sits at somebody's open page does not guess faster than at the door."""

    request: HttpRequest

    def clean_old_password(self) -> str:
        seconds = sign_in.wait_within(self.request)
        if seconds:
            sign_in.refused(self.request, self.user.get_username(), seconds, now=timezone.now())
            raise ValidationError(too_often(seconds, known=True), code="too_often")
        try:
            return super().clean_old_password()
        except ValidationError:
            sign_in.wrong_old_password(self.request, self.user, now=timezone.now())
            raise

    def clean_new_password1(self) -> str:
        """Not the old one: whoever changes it because somebody else knows it would be told that it is changed."""
        new = str(self.cleaned_data["new_password1"])
        if new == self.cleaned_data.get("old_password"):
            raise ValidationError(_("This is the password you have. Choose another one."), code="password_same")
        return new


class OwnPasswordView(auth_views.PasswordChangeView):
    """Where somebody who is logged in sets a password of their own."""

    form_class = OwnPasswordForm

    def get_form(self, form_class: Any = None) -> Any:
        form: Any = super().get_form(form_class)
        form.request = self.request
        return form


class NewPasswordView(auth_views.PasswordResetConfirmView):
    """The page a one-time link leads to."""

    form_class = NewPasswordForm
    token_generator = people.links
    user: models.Person

    def form_valid(self, form: SetPasswordForm[models.Person]) -> HttpResponse:
        maker_id = people.links.maker_id(self.request.session[auth_views.INTERNAL_RESET_SESSION_TOKEN])
        with transaction.atomic():
            answer = super().form_valid(form)
            people.password_set(person=self.user, by=None, link_by_id=maker_id, now=timezone.now())
        sign_in.know(answer, self.user.username)
        return answer


def too_often(seconds: float, *, known: bool) -> str:
    """`known`: to this browser, which has tries of its own: another one that is known would be no better place."""
    minutes = math.ceil(seconds / 60)
    if known:
        text = ngettext("Too many tries. Try again in %(count)s minute.", "Too many tries. Try again in %(count)s minutes.", minutes)
    else:
        text = ngettext(
            "Too many tries with this account. Try again in %(count)s minute, or in a browser you have logged in with before.",
            "Too many tries with this account. Try again in %(count)s minutes, or in a browser you have logged in with before.",
            minutes,
        )
    return text % {"count": minutes}
