"""Where to look whether a post still stands: the one address that tells most without an account.

A platform whose pages need scripts or an account is asked by the interface it offers for embedding. Anything else is looked at where a
person would.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from patrol import domain
from patrol.domain.availability import Known

# What watches of the platform open too without asking robots.txt (their ROBOTS): its preview, or an interface made for programs.
UNASKED: Final = frozenset({domain.Platform.TELEGRAM.value, domain.Platform.MASTODON.value, domain.Platform.BLUESKY.value})

BEHIND = 10  # Telegram messages behind the one looked for: it stands amid a page of about twenty


def of(known: Known) -> str:
    """The address to ask, "" where the post has none."""
    place = _PLACES.get(known.platform)
    return (place(known) if place else "") or (known.url if known.url.startswith(("http://", "https://")) else "")


def telegram_number(url: str) -> tuple[str, int] | None:
    """(channel, number of the message) of https://t.me/NAME/NUMBER; None for any other address."""
    found = re.fullmatch(r"https?://t\.me/(?:s/)?([A-Za-z][A-Za-z0-9_]{3,31})/([1-9][0-9]{0,14})/?(?:\?single)?", url)
    return (found[1].lower(), int(found[2])) if found else None


def _telegram(known: Known) -> str:
    named = telegram_number(known.url)
    return f"https://t.me/s/{named[0]}?before={named[1] + BEHIND}" if named else ""


def _mastodon(known: Known) -> str:
    parts = urlsplit(known.url)
    found = re.search(r"/([0-9]{6,25})/?$", parts.path)
    return f"https://{parts.netloc}/api/v1/statuses/{found[1]}" if found and parts.netloc else ""


def _bluesky(known: Known) -> str:
    if not known.external_id.startswith("at://"):
        return ""
    return f"https://public.api.bsky.app/xrpc/app.bsky.feed.getPosts?uris={quote(known.external_id, safe='')}"


def _embedding(base: str, **more: str) -> Callable[[Known], str]:
    return lambda known: f"{base}?{urlencode({**more, 'url': known.url})}"


_PLACES: Final[Mapping[str, Callable[[Known], str]]] = {
    domain.Platform.TELEGRAM: _telegram,
    domain.Platform.MASTODON: _mastodon,
    domain.Platform.BLUESKY: _bluesky,
    # A comment's address names its video: that the video is there says nothing of the comment.
    domain.Platform.YOUTUBE: lambda known: (
        "" if "/" in known.external_id else _embedding("https://www.youtube.com/oembed", format="json")(known)
    ),
    domain.Platform.X: _embedding("https://publish.x.com/oembed", omit_script="1"),
    domain.Platform.TIKTOK: lambda known: "" if "/" in known.external_id else _embedding("https://www.tiktok.com/oembed")(known),
}
