"""Who a captured or uploaded post is: its address where it has one, else what it says. Captures, uploads, imports and fetches meet here."""

from __future__ import annotations

import hashlib
from datetime import datetime

from patrol import sources
from patrol.domain import Platform
from patrol.intake.formats import joining
from patrol.sources.shared import canonical

type Identity = tuple[str, str]  # platform, external_id


def by_address(url: str, platform: str) -> Identity | None:
    """The identity behind an address; None where the address is that of a feed or group, which shows another post tomorrow.

    Only a page of the open web is taken by its address as it is: of a platform some source must know it as the address of one post.
    """
    if not url:
        return None
    known = sources.identity(url)
    if known is not None:
        return known
    form = canonical.identity(url)
    return (Platform.WEB.value, form) if form and platform == Platform.WEB else None


def by_words(platform: str, *, origin: str, author: str, text: str, posted_at: datetime | None, pictures: tuple[str, ...] = ()) -> Identity:
    """The identity of what has no address: the same words of the same author in the same place are the same post.

    A WhatsApp message whose minute is known gets the name its chat's export would give it (ADR 24). `pictures` are hashes; they count
    where there are no words.
    """
    said = joining.loose(text)
    if platform == Platform.WHATSAPP and posted_at is not None and said:
        return platform, joining.message(origin, posted_at, author, text)
    parts = [joining.loose(origin).casefold(), joining.loose(author).casefold(), said, *(() if said else pictures)]
    return platform, "said:" + hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:40]


def of_comment(url: str, main: Identity, *, author: str, text: str) -> str:
    """The external_id of a comment under `main`: its own address where that names more than the post's, else what it says."""
    known = sources.identity(url) if url else None
    if known is not None and known[0] == main[0] and known[1] != main[1]:
        return known[1]
    _platform, said = by_words(main[0], origin="", author=author, text=text, posted_at=None)
    return f"{main[1][:440]}#{said.removeprefix('said:')}"
