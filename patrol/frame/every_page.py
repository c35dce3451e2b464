"""Small parts of the frame: language, office zone, what every template may ask."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from patrol import access
from patrol.access import duties, sign_in
from patrol.domain import ZONE_LETTERS
from patrol.domain.keepable import keepable
from patrol.infra import wall
from patrol.infra.refusals import NUL


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
        now = timezone.now()
        request.user = get_user(request)  # itself, for a page asks it hundreds of things, each through Django's object that waits for it
        if request.user.is_authenticated and (duties.is_over(request.user, now=now) or not sign_in.lives(request, request.user, now=now)):
            logout(request)
        return self.get_response(request)


class NobodyMiddleware:
    """A request begins and ends as nobody's, whatever ran in this thread before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with wall.behind(wall.NOBODY):
            return self.get_response(request)


class WallMiddleware:
    """From here on statements run for whoever is logged in, to the end of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wall.stand(access.behind_wall(request.user))
        return self.get_response(request)


class NulMiddleware:
    """A character that no database keeps, wherever it comes in: one sentence on the page, and nothing is changed.

    A field of a form says it beside itself (`django.forms.CharField`). What views ask the request for themselves is said here, before
    the view begins: of a search as a message above its result, of a form without fields of its own on the page it was sent from, beside
    the field.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if "\0" in value]:
            del request.COOKIES[name]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], arguments: tuple[Any, ...], named: dict[str, Any]
    ) -> HttpResponse | None:
        if "\0" in request.path:
            raise Http404
        if not self._holds(request.GET):
            return None
        self._say(request)
        request.GET = _kept(request.GET)  # type: ignore[assignment]  # immutable like the one it stands for
        request.META["QUERY_STRING"] = request.GET.urlencode()
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The driver and the database refuse it, where no form has."""
        if request.method != "POST" or not self._holds(request.POST) or not isinstance(error, ValueError | DataError):
            return None
        name = next((name for name, values in request.POST.lists() for value in values if "\0" in value), "")
        self._say(request, name)
        wished = request.headers.get("Referer", "")
        safe = url_has_allowed_host_and_scheme(wished, {request.get_host()}, require_https=request.is_secure())
        return HttpResponseRedirect(wished if safe else reverse("admin:index"))

    @staticmethod
    def _holds(given: QueryDict) -> bool:
        return any("\0" in word for name, values in given.lists() for word in (name, *values))

    @staticmethod
    def _say(request: HttpRequest, field: str = "") -> None:
        """`field` of a sent form: the page's script puts the sentence beside it; without script it stands above the page."""
        messages.error(request, NUL, extra_tags=f"{request.path} {field}" if field else "", fail_silently=True)


def _kept(given: QueryDict) -> QueryDict:
    cleaned = QueryDict(mutable=True, encoding=given.encoding)
    for name, values in given.lists():
        cleaned.setlist(keepable(name), [keepable(value) for value in values])
    cleaned._mutable = False  # noqa: SLF001 -- as Django does with its own
    return cleaned


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


# What static/fields.js says of a field, where the browser would say it in a language of its own. In braces: what it fills in.
FIELD_WORDS: Final = {
    "empty": _("Fill this in first."),
    "choose": _("Choose one of these first."),
    "tick": _("Tick this first."),
    "no_file": _("Choose a file first."),
    "email": _("This is no e-mail address."),
    "link": _("This is no link: it begins with https://"),
    "number": _("Write a number here."),
    "least": _("At least {limit}."),
    "most": _("At most {limit}."),
    "short": _("Write at least {limit} characters."),
    "other": _("This cannot be taken as it stands."),
    "file": _("Choose file"),
    "files": _("Choose files"),
    "none": _("no file chosen"),
    "several": _("{count} files"),
    "paste": _("or paste (Ctrl+V) or drop it here"),
    "wrong_kind": _("{name}: files of this kind are not taken here."),
    "only_one": _("Of several files only one fits here."),
    "which": _("This page has several fields for files: drop it on the one it belongs to."),
    "pasted": _("pasted"),
}


def _field_words() -> str:
    """In the language of the page; asked for by whole pages, not by every template."""
    return _field_words_in(translation.get_language())


@functools.cache
def _field_words_in(_language: str) -> str:
    return json.dumps({key: str(said) for key, said in FIELD_WORDS.items()})


def context(request: HttpRequest) -> dict[str, Any]:
    zone = ZONE_LETTERS.get(timezone.get_current_timezone_name(), "")
    start = "/" if settings.PUBLIC_DESK == "0" else "/kerja/"  # beside the public desk the root is not the workbench's
    return {
        "start_page": start,
        "example_run": settings.EXAMPLE,
        "factor_offered": settings.SECOND_FACTOR == "offered",
        "zone_letters": zone,
        "field_words": _field_words,
    }
