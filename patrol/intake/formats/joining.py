"""Which post is it? One way from an address, a platform's own number, or neither, to (platform, external_id). See ADR 24."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from patrol import domain, sources
from patrol.sources.shared import canonical


def hashed(*parts: str) -> str:
    """160 bits of SHA-256 over the parts, kept apart by their lengths."""
    digest = hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:40]


def minute(at: datetime | None) -> str:
    """A moment to the minute in UTC: some phones write seconds, others do not. One that UTC's calendar lacks stays in its zone."""
    if at is None:
        return ""
    try:
        return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")
    except OverflowError:
        return at.strftime("%Y-%m-%dT%H:%M%z")


def loose(text: str) -> str:
    """The text as identity sees it: without the difference in spaces and line ends that tools introduce."""
    return " ".join(text.split())


def message(chat: str, at: datetime, author: str, text: str) -> str:
    """The external_id of a message that has no address (ADR 24): the same in its chat's export and in a capture of it."""
    return hashed(loose(chat).casefold(), minute(at), loose(author).casefold(), loose(text))


def page(url: str) -> str:
    """The identity of an address of the open web; "" for a platform's, which may be that of a group or profile, and for a front page:
    both show another post tomorrow."""
    if not url or sources.platform_of(url) != domain.Platform.WEB:
        return ""
    whole = url if "//" in url else f"https://{url}"
    parts = urlsplit(canonical.canonical(whole))
    return canonical.identity(whole) if parts.path.strip("/") or parts.query else ""


def settled(post: domain.RawPost, shared: Collection[str] = (), *, words: str = "") -> domain.RawPost:
    """The post under the identity a fetch or a capture of it would get.

    By the address where a source knows it; else the platform's own number where the reader gave one (`external_id`); else the
    address of the page, unless it is one of `shared`, under which several posts stand; else a hash over what it says and where:
    `words`, where given, instead of its text.
    """
    if post.url and sources.platform_of(post.url):
        found = sources.identity(post.url)
        if found:
            platform, external_id = found
            also = (post.external_id,) if post.external_id and post.external_id != external_id else ()
            return replace(post, platform=platform, external_id=external_id, also=(*post.also, *also))
    if post.external_id:
        return post
    address = page(post.url)
    if address and address not in shared:
        return replace(post, external_id=address)
    said = (post.platform, post.origin, post.author or post.author_name, minute(post.posted_at), loose(words or post.text))
    # The same words under two short links of a platform are two posts.
    key = hashed(*said, canonical.canonical(post.url)) if post.url else hashed(*said)
    return replace(post, external_id=f"text:{key}")
