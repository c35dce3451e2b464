"""Small parts of the frame: language, office zone, what every template may ask, the assets of the workbench."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from patrol import sign_in


class LanguageMiddleware(LocaleMiddleware):
    """Indonesian first: only a person's own choice (cookie) changes the language, never the browser's list."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = {code for code, _name in settings.LANGUAGES}
        translation.activate(chosen if chosen in known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()


class SessionLimitMiddleware:
    """Ends a login that was idle, lasted too long, or is of an account as it no longer is. Before anything asks who it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not sign_in.lives(request, request.user, now=timezone.now()):
            logout(request)
        return self.get_response(request)


class OfficeZoneMiddleware:
    """Screens show times in the zone of the person's office (WIB, WITA, WIT)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            timezone.activate(ZoneInfo(request.user.office.zone))
        else:
            timezone.deactivate()
        return self.get_response(request)


ZONE_LETTERS = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def context(request: HttpRequest) -> dict[str, Any]:
    return {
        "example_run": settings.EXAMPLE,
        "zone_letters": ZONE_LETTERS.get(timezone.get_current_timezone_name(), ""),
    }


def environment(request: HttpRequest) -> list[Any] | None:
    """The badge beside the title: everything of an example run is marked as such."""
    return [_("Example data"), "warning"] if settings.EXAMPLE else None


def stylesheet(request: HttpRequest) -> str:
    return static("workbench.css")


def script(request: HttpRequest) -> str:
    return static("workbench.js")


def finding_stylesheet(request: HttpRequest) -> str:
    return static("finding.css")


def finding_script(request: HttpRequest) -> str:
    return static("finding.js")
