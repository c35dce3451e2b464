"""The workbench: Django's admin with our frame around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any, Never, cast

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth import views as auth_views
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

from patrol import access, models
from patrol.access import linked_logins, people, sign_in
from patrol.admin.shared import base, provider, waiting, words
from patrol.admin.shared.sign_in import DoorView, LoginForm, NewPasswordView, OwnPasswordView, forgotten, passkey, second_factor, ways_in
from patrol.models import Role
from patrol.models.people import ROLE_TITLES

MANY = 99  # more than that is shown as "99+"

type View = Callable[..., HttpResponseBase]

_staff_policy: Callable[[View], View] = csp_override(settings.STAFF_CSP)


class Workbench(admin.AdminSite):
    """What differs from the admin: its policy for scripts, the start page, the frame, no index of tables."""

    index_title = _("Start")
    index_template = "workbench/home.html"
    login_template = "workbench/login.html"
    login_form = LoginForm
    enable_nav_sidebar = True

    def admin_view[V: Callable[..., HttpResponseBase]](self, view: V, cacheable: bool = False) -> V:
        return cast("V", _staff_policy(super().admin_view(view, cacheable)))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """As the admin's own, with our view: whoever has a second factor is not in with the password."""
        to = DoorView().get_redirect_url(request) or reverse("admin:index")
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(to)
        context = {**self.each_context(request), "title": gettext("Log in"), "subtitle": None, REDIRECT_FIELD_NAME: to}
        context |= ways_in() | {"language_to": base.here("login", next=to)} | (extra_context or {})
        request.current_app = self.name
        door = DoorView.as_view(extra_context=context, authentication_form=self.login_form, template_name=self.login_template)
        return cast("HttpResponse", _staff_policy(door)(request))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        person, through = request.user, request.session.get("provider", False)
        answer = super().logout(request, {"provider": linked_logins.offered() if through else "", **(extra_context or {})})
        answer.headers["Clear-Site-Data"] = '"cache"'  # not "storage": light or dark, chosen in this browser, would go with it
        if isinstance(person, models.Person) and not request.user.is_authenticated:
            sign_in.logged_out(request, person, now=timezone.now())
        return answer

    def check(self, app_configs: Any) -> list[Any]:
        import_module("patrol.admin.pages")
        return list(super().check(app_configs))

    def get_urls(self) -> list[Any]:
        import_module("patrol.admin.pages")
        new_password = NewPasswordView.as_view(
            success_url=reverse_lazy(f"{self.name}:password_reset_complete"), extra_context={"site_title": "SIPatrol"}
        )
        done = auth_views.PasswordResetCompleteView.as_view()
        pages = import_module("patrol.admin.shared.own_access").addresses(self)
        return [
            path("login/faktor/", _staff_policy(never_cache(second_factor)), name="second_factor"),
            path("login/kunci-sandi/", _staff_policy(never_cache(passkey)), name="passkey"),
            path("login/penyedia/", _staff_policy(never_cache(provider.leave)), name="provider"),
            path("login/penyedia/kembali/", _staff_policy(never_cache(provider.come_back)), name="provider_return"),
            path("login/penyedia/keluar/", _staff_policy(never_cache(provider.end)), name="provider_end"),
            path("login/lupa/", _staff_policy(never_cache(forgotten)), name="forgotten"),
            *pages,
            path("sandi/<uidb64>/<token>/", _staff_policy(never_cache(new_password)), name="password_reset_confirm"),
            path("sandi/selesai/", _staff_policy(never_cache(done)), name="password_reset_complete"),
            *super().get_urls(),
        ]

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        own_password = OwnPasswordView.as_view(  # the admin's own saves the whole row
            success_url=reverse(f"{self.name}:password_change_done"), extra_context={**self.each_context(request), **(extra_context or {})}
        )
        with transaction.atomic():
            answer = cast("TemplateResponse", own_password(request))  # or a redirect, which the admin calls by this name too
            if request.method == "POST" and answer.status_code == 302:
                person = base.who(request)
                people.password_set(person=person, by=person, link_by_id=None, now=timezone.now())
                request.session["logins"] = person.sessions  # every other login ends, this one goes on
        return answer

    def password_change_done(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Whoever knew the old password may have set up a second factor: what there is stands here, to be removed."""
        pages, person = import_module("patrol.admin.shared.own_access"), base.who(request)
        told = {"title": _("Password change"), "mine": pages.rows(person), "linked": pages.linked(person)}
        return super().password_change_done(request, {**told, **(extra_context or {})})

    def app_index(self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None) -> Never:
        """The side bar is the only index."""
        raise Http404

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        return []

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        cards = import_module("patrol.admin.shared.home").dashboard(request)
        return super().index(request, {**cards, **(extra_context or {})})

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context: dict[str, Any] = super().each_context(request)
        if self.has_permission(request):
            context["sidebar_navigation"] = import_module("patrol.admin.shared.navigation").entries(request)
            context |= top_bar(request)
            context["may_find"] = access.may(request.user, access.Action.INDICATOR_VIEW)
            context["may_note_by_hand"] = access.may(request.user, access.Action.CAPTURE_SEND)
        return context


def top_bar(request: HttpRequest) -> dict[str, Any]:
    """What stands above every page: the register's date, how many notices wait, and the duties of whoever holds several."""
    person = base.who(request)
    found = waiting.of(request, person)
    bell = {"unread": found.unread, "many": found.unread > MANY}
    return {"register_line": _register_line(found.register_date), "bell": bell, "duties": _duties(person, found)}


def _duties(person: models.Person, found: waiting.Waits) -> list[dict[str, Any]]:
    """Those of a person, their own first, `on` what is taken up; none where there is one only."""
    if not found.duties and person.duty_id is None:
        return []
    own_role, _office, _station = person.own
    held = [("", own_role, found.home or person.office.short_name), *found.duties]
    return [{"id": key, "title": f"{ROLE_TITLES[Role(role)]}, {office}", "on": key == (person.duty_id or "")} for key, role, office in held]


def _register_line(newest: date | None) -> dict[str, Any]:
    """Its date, and whether it is too old to lean on."""
    if newest is None:
        return {"title": gettext("No register loaded"), "stale": True, "loaded": False}
    return {
        "title": gettext("Register as of %(date)s") % {"date": words.day(newest)},
        "stale": words.register_stale(newest, timezone.now()),
        "loaded": True,
    }
