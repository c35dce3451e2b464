"""The addresses of older browser extensions, below /rekam/: what patrol.api.captures answers, in the shape they know.

Every answer is JSON; a refusal holds one sentence in both languages: {"code", "id", "en", "field"}. No cookie is looked at, so there is no
login to ride on. To go once no browser is paired any more that was given an extension before 1.1.0 (ADR 77).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from patrol.access import sign_in
from patrol.api import captures, problems
from patrol.domain.keepable import keepable
from patrol.infra.refusals import RefusedError
from patrol.intake import devices

type View = Callable[[HttpRequest], HttpResponse]


def _refusal(error: RefusedError) -> JsonResponse:
    said = {"code": error.code, "id": error.said("id"), "en": error.said("en"), "field": error.place}
    # A screenshot that came damaged is 422 here, too; whatever has no word of its own is 400. An extension that asks here forgets its token
    # at 401, gives a capture up at 403, and comes back at 503.
    own = {"capture.screenshot_damaged": 422, "token.rests": 503}
    answer = JsonResponse(said, status=own.get(error.code) or problems.STATUS.get(error.code, 400))
    if "seconds" in error.values:
        answer["Retry-After"] = str(error.values["seconds"])
    return answer


def door(method: str) -> Callable[[View], View]:
    """What each address of this door has in common: one method, no cookie, no cache, a sentence for whatever is refused."""

    def around(view: View) -> View:
        @csrf_exempt
        @never_cache
        @wraps(view)
        def asked(request: HttpRequest) -> HttpResponse:
            if request.method != method:
                return HttpResponse(status=405, headers={"Allow": method})
            try:
                _small(request)
                return view(request)
            except RefusedError as error:
                return _refusal(error)
            except (MultiPartParserError, RequestDataTooBig, TooManyFilesSent):
                return _refusal(captures.unreadable())
            except OSError:
                # The disk refused, or the other side left in the middle: the extension keeps the capture and tries again.
                text = _("The server cannot store now. The capture waits and is sent again.")
                return _refusal(RefusedError("capture.storage", text))

        return asked

    return around


def _small(request: HttpRequest) -> None:
    """Before a byte is read. Raises RefusedError."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > captures.MAX_BODY:
        raise RefusedError("capture.too_large", _("What was sent is too large."))


@door("POST")
def pair(request: HttpRequest) -> HttpResponse:
    """{"code", "name"} -> {"token", "person", "office", "device"}: the only time the token is said."""
    try:
        asked = json.loads(request.body[:10_000])
        code, name = asked["code"], asked["name"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise captures.unreadable() from None
    if not (isinstance(code, str) and isinstance(name, str)):
        raise captures.unreadable()
    return JsonResponse(captures.paired(keepable(code), keepable(name), sign_in.caller(request)), status=201)


@door("GET")
def device(request: HttpRequest) -> HttpResponse:
    return JsonResponse(captures.owner(captures.browser(request)))


@door("POST")
def leave(request: HttpRequest) -> HttpResponse:
    mine = captures.browser(request)
    devices.revoke(device_id=mine.pk, by=mine.person, now=timezone.now())
    return JsonResponse({})


@door("POST")
def capture(request: HttpRequest) -> HttpResponse:
    mine = captures.browser(request)
    devices.admit(mine)
    return JsonResponse(captures.taken(request, mine), status=201)


urlpatterns = [
    path("pasang/", pair, name="pair"),
    path("perangkat/", device, name="device"),
    path("lepas/", leave, name="leave"),
    path("unggahan/", capture, name="capture"),
]
