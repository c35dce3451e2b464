"""Door 5: what the browser extension speaks to, under /rekam/.

No cookie is looked at: a device shows its token in `Authorization: Bearer …`, so there is no session for a foreign page to ride on and
CSRF has nothing to protect. Every answer is JSON; a refusal holds one sentence in both languages: {"code", "id", "en", "field"}.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from patrol import access, models
from patrol.access import sign_in
from patrol.domain.keepable import keepable
from patrol.frame import bodies
from patrol.infra import wall
from patrol.infra.refusals import RefusedError
from patrol.intake import captures, devices, extension, sent

MAX_BODY: Final = sent.MAX_JSON + captures.MAX_SCREENSHOT + 100_000  # the parts and what multipart puts around them

type View = Callable[[HttpRequest], HttpResponse]


# What HTTP calls a refusal, where it has a word for it; 400 for the others.
_STATUS: Final = {
    "device.unknown": 401,
    "device.code": 403,
    "device.too_many": 409,
    "capture.key": 409,
    "capture.too_large": 413,
    "capture.text_too_large": 413,
    "capture.screenshot_too_large": 413,
    "capture.screenshot_damaged": 422,
    "device.too_often": 429,
    "capture.storage": 503,
}


def _refusal(error: RefusedError) -> JsonResponse:
    said = {"code": error.code, "id": error.said("id"), "en": error.said("en"), "field": error.place}
    answer = JsonResponse(said, status=_STATUS.get(error.code, 400))
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
                return _refusal(_unreadable())
            except OSError:
                # The disk refused, or the other side left in the middle: the extension keeps the capture and tries again.
                text = _("The server cannot store now. The capture waits and is sent again.")
                return _refusal(RefusedError("capture.storage", text))

        return asked

    return around


def _unreadable() -> RefusedError:
    return RefusedError("capture.incomplete", _("What was sent is not complete."))


def _small(request: HttpRequest) -> None:
    """Before a byte is read. Raises RefusedError."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > MAX_BODY:
        raise RefusedError("capture.too_large", _("What was sent is too large."))


def _device(request: HttpRequest) -> models.Device:
    """Raises RefusedError."""
    found = devices.known(bodies.bearer(request.headers.get("Authorization", "")), now=timezone.now())
    wall.stand(access.behind_wall(found.person))  # no login came by
    return found


def _newest() -> dict[str, str]:
    """The version this installation gives out, and where: the extension says so where it is older."""
    return {"version": extension.version(), "page": reverse("admin:patrol_device_changelist")}


def _owner(device: models.Device) -> dict[str, Any]:
    person = device.person
    return {"person": person.name, "office": person.office.short_name, "device": device.name, "newest": _newest()}


@door("POST")
def pair(request: HttpRequest) -> HttpResponse:
    """{"code", "name"} -> {"token", "person", "office", "device"}: the only time the token is said."""
    try:
        asked = json.loads(request.body[:10_000])
        code, name = asked["code"], asked["name"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise _unreadable() from None
    if not (isinstance(code, str) and isinstance(name, str)):
        raise _unreadable()
    paired = devices.pair(code=keepable(code[:40]), name=keepable(name), caller=sign_in.caller(request), now=timezone.now())
    return JsonResponse({"token": paired.token, **_owner(paired.device)}, status=201)


@door("GET")
def device(request: HttpRequest) -> HttpResponse:
    """Whose browser this is, with the newest extension; it asks when its own page is opened."""
    return JsonResponse(_owner(_device(request)))


@door("POST")
def leave(request: HttpRequest) -> HttpResponse:
    """The browser gives its token back."""
    mine = _device(request)
    devices.revoke(device_id=mine.pk, by=mine.person, now=timezone.now())
    return JsonResponse({})


@door("POST")
def capture(request: HttpRequest) -> HttpResponse:
    """multipart/form-data: file "capture" (JSON, see intake.sent), file "screenshot" (PNG) where one was taken."""
    mine = _device(request)
    devices.admit(mine)
    parts = {name: request.FILES.getlist(name) for name in request.FILES}
    if "capture" not in parts or set(parts) - {"capture", "screenshot"} or any(len(files) > 1 for files in parts.values()):
        raise _unreadable()
    sent_parts = {name: files[0].read() for name, files in parts.items()}
    taken = captures.take(device=mine, body=sent_parts["capture"], screenshot=sent_parts.get("screenshot"), now=timezone.now())
    return JsonResponse(
        {
            "key": str(taken.key),
            "newest": _newest(),
            "taken_at": taken.at.isoformat(),
            "posts": {"new": taken.posts_new, "changed": taken.posts_changed, "repeated": taken.posts_repeated},
            "problems": [{"id": one["id"], "en": one["en"]} for one in taken.problems],
        },
        status=201,
    )


urlpatterns = [
    path("pasang/", pair, name="pair"),
    path("perangkat/", device, name="device"),
    path("lepas/", leave, name="leave"),
    path("unggahan/", capture, name="capture"),
]
