"""The door of the workbench: the login form, and the pages on which a password is set."""

from __future__ import annotations

import math
from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import ngettext

from patrol import models
from patrol.access import people, sign_in


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
            known = sign_in.is_known(self.request, {"username": username})
            raise ValidationError(_too_often(seconds, known=known), code="too_often")
        try:
            return super().clean()
        except ValidationError:
            sign_in.failed(self.request, username, now=timezone.now())
            raise


class _OnlyThePassword:
    """Django saves the whole row: what an administrator changed meanwhile would come back."""

    cleaned_data: dict[str, Any]

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
            raise ValidationError(_too_often(seconds, known=True), code="too_often")
        try:
            return super().clean_old_password()
        except ValidationError:
            sign_in.wrong_old_password(self.request, self.user, now=timezone.now())
            raise


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


def _too_often(seconds: float, *, known: bool) -> str:
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
