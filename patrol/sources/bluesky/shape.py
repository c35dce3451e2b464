"""What a post of Bluesky (lexicons app.bsky.feed.*, app.bsky.embed.*, app.bsky.richtext.facet) holds, by which addresses it is known, and
how it becomes RawPost.

Fields are read, or ignored by name: counts, our own relation to the post, languages, and labels (the platform's own moderation, which is
not ours to repeat). What a post quotes is named in `forward_of` and not mixed into its text: a warning that cites an offer is no offer.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from patrol import domain
from patrol.sources.shared import api, markup

_POST_VIEW = frozenset(
    (
        "uri",
        "author",
        "record",
        "embed",
        "indexedAt",  # read
        "$type",
        "cid",
        "replyCount",
        "repostCount",
        "likeCount",
        "quoteCount",
        "bookmarkCount",
        "viewer",
        "labels",
        "threadgate",
        "debug",
    )
)
_RECORD = frozenset(
    (
        "text",
        "createdAt",
        "facets",
        "embed",
        "reply",
        "tags",
        "bridgyOriginalText",
        "bridgyOriginalUrl",  # read
        "$type",
        "langs",
        "labels",
        "entities",
        "via",
    )
)
_AUTHOR = frozenset(
    (
        "did",
        "handle",
        "displayName",  # read
        "$type",
        "avatar",
        "associated",
        "viewer",
        "labels",
        "createdAt",
        "verification",
        "status",
        "pronouns",
        "debug",
    )
)
_FEED_ITEM = frozenset(("post", "reason", "$type", "reply", "feedContext", "reqId"))
_FACETS = frozenset(("app.bsky.richtext.facet#link", "app.bsky.richtext.facet#mention", "app.bsky.richtext.facet#tag"))
_EMBEDS = frozenset(("images", "external", "video", "record", "recordWithMedia"))
_REPOST = "app.bsky.feed.defs#reasonRepost"
_REASONS = frozenset((_REPOST, "app.bsky.feed.defs#reasonPin"))

_DID = r"did:[a-z]+:[A-Za-z0-9.:%_-]+"
_HANDLE = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
ACTOR = re.compile(rf"{_DID}|{_HANDLE}")
_AT = re.compile(rf"at://({_DID}|{_HANDLE})/app\.bsky\.feed\.post/([A-Za-z0-9._~:-]{{1,512}})")
_WEB = re.compile(rf"/profile/({_DID}|{_HANDLE})/post/([A-Za-z0-9._~:-]{{1,512}})/?")
_HOSTS = frozenset(("bsky.app", "main.bsky.app", "staging.bsky.app"))


# --- identity -------------------------------------------------------------------------------------


def identity(url: str) -> str:
    """The post's at:// address; where the address names the account by its handle, with the handle as the authority. "" for others."""
    text = url.strip()
    found = _AT.fullmatch(text)
    if found is None:
        try:
            parts = urlsplit(text)
            host = (parts.hostname or "").rstrip(".")
        except ValueError:
            return ""
        found = _WEB.fullmatch(parts.path) if parts.scheme in {"http", "https"} and host in _HOSTS else None
    return at_address(found.group(1), found.group(2)) if found else ""


def at_address(actor: str, key: str) -> str:
    return f"at://{actor if actor.startswith('did:') else actor.lower()}/app.bsky.feed.post/{key}"


def actor_of(query: str) -> str:
    """The account a query names (handle, @handle, did, or the address of its profile), "" where it names none."""
    text = query.strip()
    profile = re.fullmatch(rf"https?://(?:{'|'.join(map(re.escape, _HOSTS))})/profile/([^/?#]+)/?", text)
    actor = profile.group(1) if profile else text.removeprefix("@")
    if not ACTOR.fullmatch(actor):
        return ""
    return actor if actor.startswith("did:") else actor.lower()


def author_of(account: Mapping[str, Any]) -> str:
    """The handle, lower case; the did where the handle is not (or no longer) the account's."""
    handle = api.text(account.get("handle")).lower()
    return handle if handle not in {"", "handle.invalid"} else api.text(account.get("did"))


def _did(value: Any) -> str:
    text = api.text(value)
    return text if re.fullmatch(_DID, text) else ""


# --- becoming posts -------------------------------------------------------------------------------


def adapted(items: Sequence[Any], answer: domain.RawAnswer, origin: str) -> tuple[tuple[domain.RawPost, ...], tuple[domain.Problem, ...]]:
    """The posts of a page in its order, and what could not be read of it. An item is a post, or a post in a feed with its reason."""
    problems = list(api.doubts(answer))
    posts = []
    for place, item in enumerate(map(api.mapping, items)):
        in_feed = item if isinstance(item.get("post"), dict) else {}
        post = adapt(api.mapping(in_feed.get("post")) or item, in_feed, origin, f"[{place}]")
        if post is None:
            problems.append(api.unreadable(f"[{place}]"))
            continue
        if post.posted_at is None:
            problems.append(api.no_time(post.locator))
        posts.append(post)
    unknown = {name for post in posts for name in post.unknown}
    if unknown:
        problems.append(api.unknown_fields(unknown))
    return tuple(posts), tuple(problems)


def adapt(view: Mapping[str, Any], in_feed: Mapping[str, Any], origin: str = "", locator: str = "") -> domain.RawPost | None:
    """One post; None where it has no identity. A repost shows what it reposts, under the name of who did.

    The time is what the author wrote, but never later than when the platform first saw the post: so does the platform sort.
    """
    uri = api.text(view.get("uri"))
    known = _AT.fullmatch(uri)
    if known is None:
        return None
    record, author = api.mapping(view.get("record")), api.mapping(view.get("author"))
    by, reason = author_of(author) or known.group(1), api.mapping(in_feed.get("reason"))
    written = api.text(record.get("createdAt"))
    times = [moment for moment in (api.moment(written), api.moment(view.get("indexedAt"))) if moment is not None]
    reply = api.mapping(record.get("reply"))
    embeds = _embeds(view, record)
    quoted = next((part for kind, part in embeds if kind == "record"), {})
    url = f"https://bsky.app/profile/{by}/post/{known.group(2)}"
    post = domain.RawPost(
        platform=domain.Platform.BLUESKY,
        external_id=uri,
        url=url,
        text=_text(record),
        author=by,
        author_name=api.text(author.get("displayName")),
        author_id=_did(author.get("did")) or _did(known.group(1)),
        posted_at=min(times, default=None),
        posted_at_source=written or api.text(view.get("indexedAt")),
        reply_to=api.text(api.mapping(reply.get("parent")).get("uri")),
        thread=api.text(api.mapping(reply.get("root")).get("uri")),
        forward_of=identity(api.text(quoted.get("uri"))),  # lists and feeds can be quoted too; they are no posts
        forward_name=api.text(api.mapping(quoted.get("author")).get("displayName")),
        origin=origin,
        links=tuple(dict.fromkeys(filter(None, _links(record, embeds)))),
        media=tuple(_media(embeds)),
        also=tuple(name for name in (identity(url),) if name != uri),
        locator=locator,
        unknown=_unknown(view, in_feed),
    )
    return _reposted(post, reason) if reason.get("$type") == _REPOST else post


def _reposted(post: domain.RawPost, reason: Mapping[str, Any]) -> domain.RawPost:
    """The repost as a post of its own. It has no page: its address is the profile it stands on."""
    by = api.mapping(reason.get("by"))
    author = author_of(by)
    return domain.RawPost(
        platform=post.platform,
        external_id=api.text(reason.get("uri")) or f"{post.external_id}#repost:{api.text(by.get('did')) or author}",
        url=f"https://bsky.app/profile/{author}",
        text=post.text,
        author=author,
        author_name=api.text(by.get("displayName")),
        author_id=_did(by.get("did")),
        posted_at=api.moment(reason.get("indexedAt")),
        posted_at_source=api.text(reason.get("indexedAt")),
        forward_of=post.external_id,
        forward_name=post.author_name or post.author,
        origin=post.origin,
        links=post.links,
        media=post.media,
        locator=post.locator,
        unknown=post.unknown,
    )


def _text(record: Mapping[str, Any]) -> str:
    """The words of a post, hashtags kept beside them, and for a bridged post its whole text: the platform's own is cut at 300."""
    text = api.text(record.get("text"))
    original = markup.text_of(markup.parse(api.text(record.get("bridgyOriginalText"))))
    if len(original) > len(text):
        text = original
    tags = record.get("tags")
    outside = [f"#{tag}" for tag in map(api.text, tags if isinstance(tags, list) else ()) if tag and f"#{tag}" not in text]
    return "\n\n".join(filter(None, (text, " ".join(outside))))


def _links(record: Mapping[str, Any], embeds: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
    """Addresses behind the words (a facet may hide one behind any of them), of cards and of the bridged original."""
    for facet in api.mappings(record.get("facets")):
        for feature in api.mappings(facet.get("features")):
            yield api.text(feature.get("uri"))
            did = api.text(feature.get("did"))
            yield f"https://bsky.app/profile/{did}" if did else ""
    for kind, part in embeds:
        if kind == "external":
            yield api.text(api.mapping(part.get("external")).get("uri"))
    yield api.text(record.get("bridgyOriginalUrl"))


def _embeds(view: Mapping[str, Any], record: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """What a post carries, by kind: as the platform shows it (with addresses), else as the author wrote it. The quoted record is the
    record itself, not what wraps it."""
    found = []
    queue = [api.mapping(view.get("embed")) or api.mapping(record.get("embed"))]
    while queue:
        part = queue.pop(0)
        kind = _embed_kind(part)
        if kind == "recordWithMedia":
            queue += [api.mapping(part.get("record")), api.mapping(part.get("media"))]
        elif kind == "record":
            found.append((kind, api.mapping(part.get("record"))))
        elif kind:
            found.append((kind, part))
    return found


def _embed_kind(part: Mapping[str, Any]) -> str:
    return api.text(part.get("$type")).removeprefix("app.bsky.embed.").removesuffix("#view")


def _media(embeds: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[domain.MediaReference]:
    for kind, part in embeds:
        if kind == "images":
            for image in api.mappings(part.get("images")):
                address = api.text(image.get("fullsize")) or api.text(image.get("thumb"))
                yield domain.MediaReference("photo", address, api.text(image.get("alt")))
        elif kind == "video":
            yield domain.MediaReference("video", api.text(part.get("playlist")), api.text(part.get("alt")))
        elif kind == "external":
            card = api.mapping(part.get("external"))
            words = "\n".join(filter(None, (api.text(card.get("title")), api.text(card.get("description")))))
            yield domain.MediaReference("link_preview", api.text(card.get("thumb")), words)


def _unknown(view: Mapping[str, Any], in_feed: Mapping[str, Any]) -> dict[str, Any]:
    record = api.mapping(view.get("record"))
    found = api.unknown(view, _POST_VIEW)
    found |= api.unknown(record, _RECORD, within="record.")
    found |= api.unknown(api.mapping(view.get("author")), _AUTHOR, within="author.")
    found |= api.unknown(in_feed, _FEED_ITEM, within="feed.")
    reason = api.text(api.mapping(in_feed.get("reason")).get("$type"))
    if reason and reason not in _REASONS:
        found[f"reason {reason}"] = in_feed.get("reason")
    for facet in api.mappings(record.get("facets")):
        for feature in api.mappings(facet.get("features")):
            if api.text(feature.get("$type")) not in _FACETS:
                found[f"facet {api.text(feature.get('$type'))}"] = feature
    for kind, part in _embeds(view, record):
        if kind not in _EMBEDS:
            found[f"embed {kind}"] = part
    return found
