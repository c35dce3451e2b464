"""A page of our own as a picture, by the browser that archives pages: the same bounds, and nothing is fetched."""

from __future__ import annotations

import time
from collections.abc import Mapping
from io import BytesIO
from typing import Final

from PIL import Image

from patrol import domain
from patrol.evidence.archive import browser as browsers

ADDRESS: Final = "https://drawing.invalid/"  # of the page; what it refers to stands below
_SECONDS: Final = 30.0
_QUIET: Final = 0.1  # seconds: a page of ours waits for nothing
_NO_BROWSER: Final = domain.Sentence(
    "Mesin ini tidak punya Chromium; gambar tidak dapat dibuat.", "This machine has no Chromium: no picture."
)
_BROKEN: Final = domain.Sentence("Peramban berhenti saat menggambar.", "The browser stopped while it drew.")
_TOO_HIGH: Final = domain.Sentence(
    "Isinya lebih panjang daripada tempatnya; pakai kata yang lebih sedikit.", "It holds more than there is room for; use fewer words."
)


def png(html: str, *, width: int, height: int, given: Mapping[str, tuple[str, bytes]], browser: str) -> bytes:
    """The page as PNG of exactly this size. `given`: name below ADDRESS -> media type and bytes. Raises SourceError: "no_browser" and
    "too_high", both permanent, or "broken"."""
    if not browser:
        raise domain.SourceError("no_browser", _NO_BROWSER, permanent=True)
    order = {
        "url": ADDRESS,
        "browser": browser,
        "agent": "drawing",
        "width": width,
        "height": height + 1,
        "seconds": _SECONDS,
        "quiet": _QUIET,
    }
    answers = {ADDRESS: ("text/html; charset=utf-8", html.encode()), **{f"{ADDRESS}{name}": one for name, one in given.items()}}
    try:
        with browsers.opened(_SECONDS * 2) as opened:
            opened.say(order)
            while True:
                heard = opened.hear(time.monotonic() + _SECONDS)
                if heard is None:
                    continue
                said, body = heard
                if "ask" in said:
                    media_type, content = answers.get(str(said.get("url")), ("", b""))
                    if media_type:
                        opened.say({"answer": said["ask"], "status": 200, "headers": [["Content-Type", media_type]]}, content)
                    else:
                        opened.say({"answer": said["ask"], "abort": True})
                elif "shown" in said:
                    return _exactly(body, width, height)
    except (browsers.GoneError, LookupError, TypeError, ValueError):
        raise domain.SourceError("broken", _BROKEN) from None


def _exactly(picture: bytes, width: int, height: int) -> bytes:
    """Of our own browser's picture of our own page: no stranger had a hand in it."""
    try:
        with Image.open(BytesIO(picture), formats=["PNG"]) as image:
            size = image.size
    except OSError:
        raise domain.SourceError("broken", _BROKEN) from None
    if size != (width, height):
        raise domain.SourceError("too_high", _TOO_HIGH, permanent=True)
    return picture
