"""What stands between a login and a page: the second factor that is still to be set up, and the step-up of access.fresh.

A step-up answers in place of what was asked for: the form it shows goes to the same address and carries along what was sent, so that after
the factor the act goes on as if it had been asked only then. Files are not carried: the scan of a letter is chosen again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from patrol import models
from patrol.access import factors, fresh, sign_in
from patrol.admin.shared import base
from patrol.admin.shared.sign_in import asked, empty, nothing_shown, shown, too_often

_FIELDS: Final = frozenset({"confirming", "leave", "code", "credential", "confirm_password"})  # of our form
# What opens while a second factor is still to be set up: setting it up, and leaving.
_OPEN: Final = frozenset(
    {
        "admin:own_access",
        "admin:add_app",
        "admin:add_passkey",
        "admin:logout",
        "admin:login",
        "admin:patrol_owncare_take_up",  # back to the own duty, which may ask for none
        "set_language",
        "health",
    }
)


# Acts that ask once more who sits there, whoever does them and to whatever: the second half of an act of two people, what lets erasing go
# on, what moves accounts and the ways to reach one, and what is answered in full. What depends on the thing asks for itself
# (fresh.require): contacts of somebody harmed, a list in full. What does not ask has its reason in tests/admin/test_confirming.py.
ASKED: Final = frozenset(
    f"admin:{name}"
    for name in (
        "patrol_article_confirm",
        "patrol_bulk_approve",
        "patrol_card_release",
        "patrol_draw_settle",
        "patrol_erasurerequest_approve",
        "patrol_indicator_approve",
        "patrol_manualchange_release",
        "patrol_objection_decide",
        "patrol_peerexport_approve",
        "patrol_peerexport_take",
        "patrol_person_agree",
        "patrol_referral_approve",
        "patrol_retentionedition_approve",
        "patrol_watchproposal_accept",
        "reports_weeklysummary_sign",
        "patrol_case_lift_hold",
        "patrol_person_add",
        "patrol_person_add_duty",
        "patrol_person_change",
        "patrol_person_clear_mail",
        "patrol_person_end_duty",
        "patrol_person_end_logins",
        "patrol_person_leave",
        "patrol_person_reset_factors",
        "patrol_person_reset_link",
        "patrol_person_unlink_provider",
        "patrol_device_code",
        "patrol_device_make_token",
        "patrol_dispatch_ask",
        "patrol_dispatch_confirm",
        "patrol_dispatch_pair",
        "patrol_webhook_make",
        "patrol_webhook_rotate",
        "patrol_owncare_take_up",
        "end_login",
        "end_other_logins",
        "recovery_codes",
        "remove_factor",
        "unlink_provider",
        "patrol_auditentry_export",
        "patrol_case_download_file",
        "patrol_case_package",
        "patrol_case_view_file",
        "patrol_consultation_export",
        "patrol_manualchange_scan",
        "patrol_objection_file",
        "patrol_objection_letter",
        "patrol_objection_show",
        "patrol_protection_show",
        "patrol_referral_document",
        "patrol_referral_file",
        "patrol_referral_packet",
        "patrol_tip_reach",
    )
)


class EnrolMiddleware:
    """Whoever must have a second factor and has none sees the page that sets one up, whatever they asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, arguments: Any, named: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or not request.session.get("enrol"):
            return None
        match = request.resolver_match
        if match is None or match.view_name in _OPEN or match.namespace == "recording":
            return None
        return HttpResponseRedirect(reverse("admin:own_access"))


class ConfirmMiddleware:
    """Asks for the proof that a page or an act has required, and lets it go on once it was given."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, arguments: Any, named: Any) -> HttpResponse | None:
        match = request.resolver_match
        # The doors beside the workbench read a body themselves: none of them asks.
        if request.method != "POST" or match is None or match.namespace != "admin" or not request.user.is_authenticated:
            return None
        proven = fresh.is_fresh(request, now=timezone.now())
        if "confirming" not in request.POST:
            return _page(request, "") if match.view_name in ASKED and not proven else None
        if not proven:  # pressed twice, the second goes on: the first used the code up
            if said := _refused(request):
                return _page(request, said)
            fresh.proven(request, now=timezone.now())
        if request.POST["confirming"] == "GET":
            return HttpResponseRedirect(request.get_full_path())
        kept = request.POST.copy()
        for name in _FIELDS:
            kept.pop(name, None)
        for name in [one for one in kept if one.startswith("kept-")]:  # of the same name as one of ours
            kept.setlist(name.removeprefix("kept-"), kept.pop(name))
        kept._mutable = False  # noqa: SLF001 -- as Django does with its own
        request.POST = kept  # type: ignore[assignment]  # immutable like the one it stands for
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return _page(request, "") if isinstance(error, fresh.StaleProofError) else None


def _refused(request: HttpRequest) -> str:
    """Why what was shown does not do, "" where it does."""
    person, now = base.who(request), timezone.now()
    if empty(request) and "confirm_password" not in request.POST:
        return nothing_shown()
    if seconds := sign_in.wait_within(request):
        sign_in.refused(request, person.username, seconds, now=now)
        return too_often(seconds, known=True)
    if factors.ways(person):
        if way := shown(request, person):
            sign_in.confirmed(request, person, way=way, now=now)
            return ""
        sign_in.wrong_factor(request, person, by=person, now=now)
        return _("That was not right. A code works once and for a short time.")
    if person.check_password(request.POST.get("confirm_password", "")):
        sign_in.confirmed(request, person, way=factors.PASSWORD, now=now)
        return ""
    sign_in.wrong_old_password(request, person, now=now)
    return _("This password is wrong.")


def _leave(request: HttpRequest) -> str:
    """Where whoever does not want to go on came from."""
    came = request.POST["leave"] if "confirming" in request.POST and "leave" in request.POST else request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure())
    return came if came and safe else reverse("admin:index")


def _page(request: HttpRequest, said: str) -> HttpResponse:
    """The form in place of the answer. Nothing was done yet; what was typed is in it."""
    person: models.Person = base.who(request)
    again = request.POST.get("confirming", request.method or "GET")
    mine = _FIELDS if "confirming" in request.POST else frozenset()
    carried = [
        (f"kept-{name}" if not mine and name in _FIELDS else name, value)
        for name, values in request.POST.lists()
        if name not in mine and name != "csrfmiddlewaretoken"
        for value in values
    ]
    context = {
        "said": said,
        "carried": carried if again == "POST" else [],
        "again": "POST" if again == "POST" else "GET",
        "leave": _leave(request),
        "minutes": int(fresh.lasts().total_seconds()) // 60,
        "site_title": "SIPatrol",
        **asked(request, person),
    }
    answer = render(request, "workbench/confirm.html", context, status=403 if said else 200)
    add_never_cache_headers(answer)
    return answer
