"""Answers what the public desk answers, before the middleware of the workbench (ADR 61).

No session, no account, no cookie and no message can play a part in what never passes them. A form is protected by what the browser
says of where it came from: there is no login that a foreign page could use, and what could be sent from one is refused.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.handlers.exception import convert_exception_to_response
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.urls import Resolver404, get_resolver, set_urlconf
from django.utils import timezone, translation
from django.views.decorators.csp import csp_override

from patrol.infra import doors
from patrol.public import pages

log = logging.getLogger(__name__)

_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_REFUSALS = (Http404, PermissionDenied, BadRequest, SuspiciousOperation, MultiPartParserError)  # Django answers each with its page


class DoorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._workbench = get_response
        self._public = csp_override(settings.DESK_CSP)(convert_exception_to_response(_answer))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not doors.is_public(request.path_info, request.META.get("HTTP_HOST", "")):
            return self._workbench(request)
        request.META.pop("HTTP_COOKIE", None)  # whoever is logged in at the workbench is a stranger here
        language = doors.language(request.path_info)
        request.urlconf = doors.PUBLIC_URLS  # as Django's own handler reads it
        request.LANGUAGE_CODE = language
        set_urlconf(doors.PUBLIC_URLS)
        try:
            with translation.override(language), timezone.override(None):
                return _finished(request, cast("HttpResponse", self._public(request)))
        finally:
            set_urlconf(None)


def _answer(request: HttpRequest) -> HttpResponse:
    request.get_host()  # raises where the name is none of ours, as the workbench's middleware does
    resolver = get_resolver(doors.PUBLIC_URLS)
    try:
        match = resolver.resolve(request.path_info)
    except Resolver404:
        if request.method in _SAFE and not request.path_info.endswith("/") and _is_page(f"{request.path_info}/"):
            return HttpResponseRedirect(f"{request.path_info}/")
        raise
    request.resolver_match = match
    if request.method not in _SAFE and not _from_our_page(request):
        raise PermissionDenied
    try:
        answer = cast("HttpResponse", match.func(request, *match.args, **match.kwargs))
        return pages.no_method(request, answer) if answer.status_code == 405 else answer
    except _REFUSALS:
        raise
    except Exception as error:  # noqa: BLE001 -- what an exception quotes may be what somebody typed: its places are kept, not its words
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
        log.error("a public page failed", extra={"page": match.view_name, "error": type(error).__name__, "places": places[-12:]})  # noqa: TRY400
        return pages.went_wrong(request)


def _is_page(path: str) -> bool:
    try:
        get_resolver(doors.PUBLIC_URLS).resolve(path)
    except Resolver404:
        return False
    return True


def _from_our_page(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of ours. Browsers too old to say it are let in: they hold no cookie that could be used."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin", "")
    try:
        return not origin or urlsplit(origin).netloc == request.get_host()
    except ValueError:  # of what is no address
        return False


def _finished(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer to what somebody sent is kept nowhere; a page that says itself how long it holds may."""
    kept = request.method in _SAFE and response.status_code < 400
    if not kept or "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-cache" if kept else "no-store"
    response.headers["X-Frame-Options"] = "DENY"
    if not response.streaming:
        response.headers["Content-Length"] = str(len(response.content))
    return response
