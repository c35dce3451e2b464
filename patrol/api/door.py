"""Answers what is asked below /api/, before the middleware of the workbench: no session, no cookie and no message plays a part.

Who asks shows a token in each request, so there is no login that a foreign page could ride on: CSRF has nothing to protect, and no answer
says that pages of other sites may read it. Whatever goes wrong is told as `problems` shapes it, also where no call was found.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from typing import Final, cast

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from patrol.api import captures, problems
from patrol.infra import doors

LARGEST: Final = 1_000_000  # bytes of a body
LARGER: Final = {"send_capture": captures.MAX_BODY}  # of calls that take files

log = logging.getLogger(__name__)


class DoorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._workbench = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(doors.API):
            return self._workbench(request)
        request.META.pop("HTTP_COOKIE", None)
        language = translation.get_language_from_request(request)
        request.LANGUAGE_CODE = language
        with translation.override(language), timezone.override(None):
            told = _answer(request)
            if told.status_code >= 400 and not told.headers.get("Content-Type", "").startswith("application/json"):
                allow = told.headers.get("Allow")
                told = problems.answer(problems.of_status(told.status_code))
                if allow:
                    told.headers["Allow"] = allow
        told.headers["Content-Language"] = language
        told.headers["Vary"] = "Accept-Language, Authorization"
        told.headers["X-Frame-Options"] = "DENY"
        told.headers.setdefault("Cache-Control", "no-store")
        return told


def _answer(request: HttpRequest) -> HttpResponse:
    try:
        request.get_host()  # raises where the name is none of ours
        match = resolve(request.path_info)
        request.resolver_match = match
        _small(request, LARGER.get(match.url_name or "", LARGEST))
        return cast("HttpResponse", match.func(request, *match.args, **match.kwargs))
    except Resolver404:
        return problems.answer(problems.NOTHING)
    except Exception as error:  # noqa: BLE001 -- each is told in one shape
        return told(request, error)


def told(request: HttpRequest, error: Exception) -> HttpResponse:
    """An exception as an answer. A fault of ours is written down by its places, not by its words: they may quote what somebody sent."""
    refused = problems.refusal(error)
    if refused is None or problems.status_of(refused) >= 500:
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
        log.error("a call failed", extra={"path": request.path_info[:100], "error": type(error).__name__, "places": places[-12:]})
    return problems.answer(refused or problems.FAILED, within="query" if request.method == "GET" else "body")


def _small(request: HttpRequest, most: int) -> None:
    """Before a byte is read. Raises RefusedError."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > most:
        raise problems.TOO_LARGE
