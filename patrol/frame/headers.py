"""What every answer says to the browser, whichever door it comes by. Outermost: also of files, refusals and pages that do not exist.

The Content-Security-Policy has its own middleware, and an answer that says one of these itself is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from django.http import HttpRequest, HttpResponse

# What no page of ours asks a browser for. Copying a number to the clipboard (clipboard-write) stays as browsers have it, and so do keys
# to sign in with.
_OFF: Final = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)

ALWAYS: Final = MappingProxyType(
    {
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _OFF),
        "Cross-Origin-Resource-Policy": "same-origin",
        "Reporting-Endpoints": 'csp="/csp/"',
    }
)


class HeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        for name, value in ALWAYS.items():
            answer.headers.setdefault(name, value)
        answer.headers.setdefault("Cache-Control", "no-store")  # whatever may be kept says so itself
        return answer
