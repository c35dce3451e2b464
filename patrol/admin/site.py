"""The workbench: Django's admin with our frame around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any, Never, cast

from django.conf import settings
from django.contrib.auth import views as auth_views
from django.db import transaction
from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from unfold.sites import UnfoldAdminSite

from patrol import access, models
from patrol.access import people, sign_in
from patrol.admin.shared import base, words
from patrol.admin.shared.sign_in import LoginForm, NewPasswordView, OwnPasswordView
from patrol.triage import care, notices

MANY = 99  # more than that is shown as "99+"

type View = Callable[..., HttpResponseBase]

_staff_policy: Callable[[View], View] = csp_override(cast("dict[str, list[str]]", settings.STAFF_CSP))


class Workbench(UnfoldAdminSite):  # type: ignore[misc]
    """What differs from the admin: its policy for scripts, the start page, no index of tables, no search over them."""

    index_title = _("Start")
    index_template = "workbench/home.html"
    login_template = "workbench/login.html"
    login_form = LoginForm
    enable_nav_sidebar = True

    def admin_view(self, view: Callable[..., HttpResponseBase], cacheable: bool = False) -> Callable[..., HttpResponseBase]:
        guarded: View = _staff_policy(super().admin_view(view, cacheable))
        return guarded

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
        answer: HttpResponseBase = _staff_policy(super().login)(request, extra_context)
        if isinstance(answer, HttpResponseRedirect) and request.method == "POST" and isinstance(request.user, models.Person):
            sign_in.logged_in(request, request.user, now=timezone.now())
            sign_in.know(answer, request.user.username)
            kept = care.own(request.user).language  # chosen in another browser
            if kept:
                base.keep_language(answer, kept)
        return answer

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
        person = request.user
        answer: HttpResponseBase = super().logout(request, extra_context)
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
        return [
            path("sandi/<uidb64>/<token>/", _staff_policy(never_cache(new_password)), name="password_reset_confirm"),
            path("sandi/selesai/", _staff_policy(never_cache(done)), name="password_reset_complete"),
            *super().get_urls(),
        ]

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
        own_password = OwnPasswordView.as_view(  # Unfold's page has a form of its own and saves the whole row
            success_url=reverse(f"{self.name}:password_change_done"), extra_context={**self.each_context(request), **(extra_context or {})}
        )
        with transaction.atomic():
            answer: HttpResponseBase = own_password(request)
            if request.method == "POST" and answer.status_code == 302:
                person = base.who(request)
                people.password_set(person=person, by=person, link_by_id=None, now=timezone.now())
                request.session["logins"] = person.sessions  # every other login ends, this one goes on
        return answer

    def search(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Never:
        """Unfold's command palette would search past patrol.access."""
        raise Http404

    def app_index(self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None) -> Never:
        """The side bar is the only index."""
        raise Http404

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        return []

    def get_sidebar_list(self, request: HttpRequest) -> list[dict[str, Any]]:
        """As side.html reads it: Unfold would copy all of it and look for badges and rights that our entries do not have."""
        groups: list[dict[str, Any]] = import_module("patrol.admin.shared.navigation").entries(request)
        return groups

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context: dict[str, Any] = super().each_context(request)
        if self.has_permission(request):
            context |= top_bar(base.who(request))
            context["may_find"] = access.may(request.user, access.Action.INDICATOR_VIEW)
            context["may_note_by_hand"] = access.may(request.user, access.Action.CAPTURE_SEND)
        context["language_switch"] = reverse("set_language")
        return context


def top_bar(person: models.Person) -> dict[str, Any]:
    """What stands above every page: the register's date, and how many notices wait. One query for both."""
    newest = models.RegisterEdition.objects.order_by("-id").values("register_date")[:1]
    register_date, unread = (
        models.Person.objects.filter(pk=person.pk)
        .values_list(Subquery(newest), Coalesce(Subquery(notices.unread_counted(person)), 0))
        .get()
    )
    return {"register_line": _register_line(register_date), "bell": {"unread": unread, "many": unread > MANY}}


def _register_line(newest: date | None) -> dict[str, Any]:
    """Its date, and whether it is too old to lean on."""
    if newest is None:
        return {"title": gettext("No register loaded"), "stale": True, "loaded": False}
    return {
        "title": gettext("Register as of %(date)s") % {"date": words.day(newest)},
        "stale": words.register_stale(newest, timezone.now()),
        "loaded": True,
    }
