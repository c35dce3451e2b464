"""What the browser extension sends: bytes of JSON -> `Sent`, or one clear sentence for the first fault.

The shape (format "sipatrol-capture/1") is written twice, here and in extension/draft.js, and docs/offices/extension.md tells it to
people. Unknown members are refused: a newer extension names a newer format, and nothing it sends may be dropped in silence.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from patrol.domain import Platform
from patrol.infra.refusals import RefusedError

FORMAT: Final = "sipatrol-capture/1"
MAX_JSON: Final = 2_000_000  # bytes
MAX_TEXT: Final = 100_000  # characters of a post
MAX_COMMENTS: Final = 500
MAX_LINKS: Final = 300
MAX_PICTURES: Final = 60
FAST_CLOCK: Final = timedelta(minutes=15)  # a capture from further in the future is a wrong clock, and its times prove nothing


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture the page shows in the post."""

    url: str
    words: str


@dataclass(frozen=True, slots=True)
class SentPost:
    """The post or one comment, as read from the page and corrected by the officer. `url` is its own address, "" where it has none."""

    url: str
    author: str
    author_name: str
    text: str
    posted_at: datetime | None
    posted_at_source: str
    links: tuple[str, ...]
    pictures: tuple[Picture, ...]
    origin: str = ""  # group, channel or page it stood in


@dataclass(frozen=True, slots=True)
class Screenshot:
    """What the extension says of the picture it sends beside the JSON."""

    sha256: str
    width: int
    height: int
    complete: bool  # False: the page is longer than what was taken


@dataclass(frozen=True, slots=True)
class Sent:
    """One capture as it was sent."""

    key: uuid.UUID
    captured_at: datetime
    platform: str
    page_url: str
    page_title: str
    post: SentPost
    comments: tuple[SentPost, ...]
    note: str
    corrected: tuple[str, ...]  # fields of the post the officer changed; what was read stays in the JSON
    screenshot: Screenshot | None
    extension: str  # its version
    browser: str


def _fault(field: str, words: Any, **values: Any) -> RefusedError:
    """One code for all of them: an extension of ours sends nothing of this kind, and the field says the rest."""
    return RefusedError("capture.shape", words, field, field=field, **values)


@dataclass(frozen=True, slots=True)
class _Object:
    """A JSON object that is asked for its members one by one and complains of what nobody asked for."""

    members: Mapping[str, Any]
    at: str
    asked: set[str]

    @classmethod
    def of(cls, value: Any, at: str) -> _Object:
        if not isinstance(value, dict):
            raise _fault(at, _("%(field)s: must be an object."))
        return cls(value, at, set())

    def path(self, key: str) -> str:
        return f"{self.at}.{key}" if self.at else key

    def raw(self, key: str) -> Any:
        self.asked.add(key)
        if key not in self.members:
            raise _fault(self.path(key), _("%(field)s: is missing."))
        return self.members[key]

    def text(self, key: str, longest: int, *, needed: bool = False) -> str:
        value = self.raw(key)
        if not isinstance(value, str):
            raise _fault(self.path(key), _("%(field)s: must be text."))
        if len(value) > longest:
            raise _fault(self.path(key), _("%(field)s: is longer than %(most)s characters."), most=longest)
        if needed and not value.strip():
            raise _fault(self.path(key), _("%(field)s: is empty."))
        return value

    def items[T](self, key: str, most: int, read: Callable[[Any, str], T]) -> tuple[T, ...]:
        value = self.raw(key)
        if not isinstance(value, list):
            raise _fault(self.path(key), _("%(field)s: must be a list."))
        if len(value) > most:
            raise _fault(self.path(key), _("%(field)s: holds more than %(most)s entries."), most=most)
        return tuple(read(item, f"{self.path(key)}[{place}]") for place, item in enumerate(value))

    def address(self, key: str, *, needed: bool = False) -> str:
        value = self.text(key, 4000, needed=needed)
        if value:
            _checked_address(value, self.path(key))
        return value

    def moment(self, key: str, *, needed: bool) -> datetime | None:
        value = self.text(key, 40, needed=needed)
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise _fault(self.path(key), _("%(field)s: is no time with its zone (ISO 8601).")) from None
        return moment

    def done(self) -> None:
        for key in self.members:
            if key not in self.asked:
                raise _fault(self.path(str(key)[:60]), _("%(field)s: is not known here."))


def _checked_address(value: str, at: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in {"http", "https"} or not parts.netloc:
        raise _fault(at, _("%(field)s: is no web address."))
    return value


def _link(value: Any, at: str) -> str:
    """A link of a text may be anything a page can hold (tel:, whatsapp:): kept as it stands."""
    if not isinstance(value, str) or len(value) > 4000:
        raise _fault(at, _("%(field)s: is no address."))
    return value


def _word(value: Any, at: str) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z_]{1,40}", value):
        raise _fault(at, _("%(field)s: is no name of a field."))
    return value


def _picture(value: Any, at: str) -> Picture:
    picture = _Object.of(value, at)
    read = Picture(picture.address("url", needed=True), picture.text("words", 4000))
    picture.done()
    return read


def _post(value: Any, at: str) -> SentPost:
    post = _Object.of(value, at)
    read = SentPost(
        url=post.address("url"),
        author=post.text("author", 200),
        author_name=post.text("author_name", 300),
        text=post.text("text", MAX_TEXT),
        posted_at=post.moment("posted_at", needed=False),
        posted_at_source=post.text("posted_at_source", 200),
        links=post.items("links", MAX_LINKS, _link),
        pictures=post.items("pictures", MAX_PICTURES, _picture),
        origin=post.text("origin", 300),
    )
    post.done()
    if not (read.text.strip() or read.pictures or read.links):
        raise _fault(f"{at}.text", _("%(field)s: is empty, and there is no picture or link."))
    return read


def _screenshot(value: Any, at: str) -> Screenshot | None:
    if value is None:
        return None
    shot = _Object.of(value, at)
    sha256 = shot.text("sha256", 64, needed=True)
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise _fault(shot.path("sha256"), _("%(field)s: is no SHA-256 hash."))
    sides = [shot.raw("width"), shot.raw("height")]
    if not all(type(side) is int and 0 < side <= 100_000 for side in sides):
        raise _fault(at, _("%(field)s: width and height must be whole numbers."))
    complete = shot.raw("complete")
    if not isinstance(complete, bool):
        raise _fault(shot.path("complete"), _("%(field)s: must be true or false."))
    shot.done()
    return Screenshot(sha256, sides[0], sides[1], complete)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def read(sent: bytes, *, now: datetime) -> Sent:
    """Raises RefusedError with the first fault."""
    if len(sent) > MAX_JSON:
        raise RefusedError("capture.text_too_large", _("The capture's text is larger than 2 MB."))
    try:
        value = json.loads(sent, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise RefusedError("capture.json", _("This capture is not complete JSON.")) from None
    whole = _Object.of(value, "rekaman")
    whole = _Object(whole.members, "", set())
    if whole.text("format", 60) != FORMAT:
        raise RefusedError(
            "capture.format", _("This extension does not match the server's version of SIPatrol. Update the extension."), "format"
        )
    try:
        key = uuid.UUID(whole.text("key", 40, needed=True))
    except ValueError:
        raise _fault("key", _("%(field)s: is no UUID.")) from None
    platform = whole.text("platform", 20, needed=True)
    if platform not in set(Platform):
        raise _fault("platform", _("%(field)s: is not known."))
    captured_at = whole.moment("captured_at", needed=True)
    assert captured_at is not None
    if captured_at > now + FAST_CLOCK:
        raise RefusedError("capture.clock", _("This computer's clock is fast. Set it right, then capture again."), "captured_at")
    page = _Object.of(whole.raw("page"), "page")
    page_url, page_title = page.address("url", needed=True), page.text("title", 1000)
    page.done()
    # What was read before the officer corrected it. Kept in the JSON, which is the evidence; nothing of it is asked for here.
    before = whole.raw("read")
    if not isinstance(before, dict):
        raise _fault("read", _("%(field)s: must be an object."))
    result = Sent(
        key=key,
        captured_at=captured_at,
        platform=platform,
        page_url=page_url,
        page_title=page_title,
        post=_post(whole.raw("post"), "post"),
        comments=whole.items("comments", MAX_COMMENTS, _post),
        note=whole.text("note", 5000),
        corrected=whole.items("corrected", 20, _word),
        screenshot=_screenshot(whole.raw("screenshot"), "screenshot"),
        extension=whole.text("extension", 20),
        browser=whole.text("browser", 300),
    )
    whole.done()
    return result
