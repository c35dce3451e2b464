"""What a status of Mastodon (docs.joinmastodon.org/entities) and its kin holds, by which addresses it is known, and how it becomes RawPost.

Fields are read, or ignored by name: counts, our own relation to the post, and what only repeats what was read.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from patrol import domain
from patrol.sources.shared import api, markup

STATUS_READ = frozenset(
    (
        "id",
        "uri",
        "url",
        "account",
        "created_at",
        "edited_at",
        "content",
        "spoiler_text",
        "visibility",
        "media_attachments",
        "mentions",
        "in_reply_to_id",
        "in_reply_to_account_id",
        "reblog",
        "quote",
        "poll",
        "card",
    )
)
STATUS_IGNORED = frozenset(
    (
        "language",
        "sensitive",
        "replies_count",
        "reblogs_count",
        "favourites_count",
        "quotes_count",
        "favourited",
        "reblogged",
        "muted",
        "bookmarked",
        "pinned",
        "filtered",
        "application",
        "tags",
        "emojis",
        "quote_approval",
        "tagged_collections",
        "text",
        "local_only",
        "reactions",
        "emoji_reactions",
        "pleroma",
        "akkoma",
        "bookmark_category",
    )
)
ACCOUNT = frozenset(
    (
        "id",
        "username",
        "acct",
        "display_name",
        "url",
        "uri",
        "note",
        "fields",  # read
        "locked",
        "bot",
        "discoverable",
        "group",
        "created_at",
        "avatar",
        "avatar_static",
        "avatar_description",
        "header",
        "header_static",
        "header_description",
        "followers_count",
        "following_count",
        "statuses_count",
        "last_status_at",
        "emojis",
        "noindex",
        "moved",
        "indexable",
        "hide_collections",
        "show_media",
        "show_media_replies",
        "show_featured",
        "source",
        "roles",
        "role",
        "feature_approval",
        "suspended",
        "limited",
        "memorial",
        "pleroma",
        "akkoma",
        "attribution_domains",
        "mute_expires_at",
        "fqn",
    )
)
MEDIA = frozenset(
    (
        "type",
        "url",
        "remote_url",
        "description",  # read
        "id",
        "preview_url",
        "preview_remote_url",
        "text_url",
        "meta",
        "blurhash",
        "pleroma",
    )
)
POLL = frozenset(
    (
        "options",  # read
        "id",
        "expires_at",
        "expired",
        "multiple",
        "votes_count",
        "voters_count",
        "voted",
        "own_votes",
        "emojis",
    )
)
CARD = frozenset(
    (
        "url",
        "title",
        "description",
        "image",
        "image_description",
        "embed_url",  # read
        "type",
        "author_name",
        "author_url",
        "authors",
        "provider_name",
        "provider_url",
        "html",
        "width",
        "height",
        "blurhash",
        "language",
        "published_at",
        "history",
        "missing_attribution",
        "pleroma",
    )
)

# What the platform shows to nobody or to few. A token of the office could see its own; they are no business of a patrol.
NOT_PUBLIC = frozenset(("private", "direct", "limited"))

MEDIA_KINDS = {"image": "photo", "gifv": "video", "video": "video", "audio": "voice", "unknown": "document"}

_ENDING = re.compile(r"\.(?:(?P<photo>jpe?g|png|webp|gif|avif|heic)|(?P<video>mp4|webm|mov|m4v)|(?P<voice>mp3|ogg|oga|opus|m4a|flac|wav))$")

HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
WEB = re.compile(r"/(?:deck/|web/)?@[\w.-]+(?:@[\w.-]+)?/([0-9]{6,25})|/web/statuses/([\w-]{6,80})")
OBJECT = re.compile(r"/(?:ap/)?users/[\w.-]+/statuses/([0-9]+)(?:/activity)?|/objects/[0-9a-f-]{36}|/[\w.-]+/p/[0-9]{10}\.[0-9]+")


# --- identity -------------------------------------------------------------------------------------


def identity(url: str) -> str:
    """The post's `uri` where the address is one, `https://server/web/statuses/NUMBER` for a page in a browser, else ""."""
    parts = split(url)
    if parts is None:
        return ""
    host, path = parts
    if OBJECT.fullmatch(path):
        return f"https://{host}{path}"
    web = WEB.fullmatch(path)
    return _local(host, web.group(1) or web.group(2)) if web else ""


def _local(host: str, number: str) -> str:
    return f"https://{host}/web/statuses/{number}"


def names_of(url: str) -> tuple[str, ...]:
    """Every external_id the post at an address may have: beside its identity the `uri` Mastodon gave most accounts of its own."""
    parts = split(url)
    own = re.fullmatch(r"/(?:deck/|web/)?@([\w.-]+)/([0-9]{6,25})", parts[1]) if parts else None
    uri = f"https://{parts[0]}/users/{own.group(1)}/statuses/{own.group(2)}" if parts and own else ""
    return tuple(name for name in (identity(url), uri) if name)


def split(url: str) -> tuple[str, str] | None:
    """Host and path of an address, None where it is none."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    return (host, parts.path.rstrip("/")) if parts.scheme in {"http", "https"} and HOST.fullmatch(host) else None


# --- becoming posts -------------------------------------------------------------------------------


def adapted(
    statuses: Sequence[Any], answer: domain.RawAnswer, host: str, origin: str, root: Mapping[str, Any] = domain.NOTHING
) -> tuple[tuple[domain.RawPost, ...], tuple[domain.Problem, ...]]:
    """The posts of a page in its order, and what could not be read of it. `root` is the post they are comments of."""
    problems = list(api.doubts(answer))
    readable = [item for item in (*statuses, root) if isinstance(item, dict)]
    uris = {api.text(item.get("id")): api.text(item.get("uri")) for item in readable if api.text(item.get("uri"))}
    posts = []
    for place, status in enumerate(statuses):
        if isinstance(status, dict) and api.text(status.get("visibility")) in NOT_PUBLIC:
            continue
        post = adapt(status, answer, host, uris, f"[{place}]") if isinstance(status, dict) else None
        if post is None:
            problems.append(api.unreadable(f"[{place}]"))
            continue
        if post.posted_at is None:
            problems.append(api.no_time(post.locator))
        posts.append(_placed(post, origin, api.text(root.get("uri"))))
    unknown = {name for post in posts for name in post.unknown}
    if unknown:
        problems.append(api.unknown_fields(unknown))
    return tuple(posts), tuple(problems)


def answered(below: Sequence[Any], root: Mapping[str, Any], host: str) -> tuple[str, ...]:
    """The posts of a thread whose direct replies are all there: as many as their own server counts. Others know a part of them."""
    statuses = api.mappings([*below, root])
    counted = Counter(api.text(status.get("in_reply_to_id")) for status in statuses)
    return tuple(
        api.text(status.get("uri"))
        for status in statuses
        if urlsplit(api.text(status.get("uri"))).hostname == host
        and api.of_kind(status.get("replies_count"), int, -1) in range(counted[api.text(status.get("id"))] + 1)
    )


def _placed(post: domain.RawPost, origin: str, thread: str) -> domain.RawPost:
    return replace(post, origin=origin, thread=thread or post.reply_to)


def adapt(
    status: Mapping[str, Any], answer: domain.RawAnswer, host: str, uris: Mapping[str, str] = domain.NOTHING, locator: str = ""
) -> domain.RawPost | None:
    """One status; None where it has no identity. `uris`: of the posts of the same page by the server's number. A boost shows what it
    boosts, under the name of who boosted it."""
    uri, number = api.text(status.get("uri")), api.text(status.get("id"))
    account, boosted = api.mapping(status.get("account")), api.mapping(status.get("reblog"))
    cited = api.mapping(status.get("quote"))
    shown, original = boosted or status, boosted or api.mapping(cited.get("quoted_status")) or cited
    if not uri.startswith(("https://", "http://")):
        return None
    content, links = html(shown.get("content"), answer)
    poll, card = api.mapping(shown.get("poll")), api.mapping(shown.get("card"))
    options = "\n".join(f"• {api.text(option.get('title'))}" for option in api.mappings(poll.get("options")))
    url = api.text(status.get("url")) or uri
    answered = api.text(status.get("in_reply_to_id"))
    written = api.text(status.get("created_at"))
    # Some servers give a boost the address of what it boosts: by that name the original is known, not the boost. And only the server a
    # post is of may name it: whoever writes another server's address into his post would take that one's place.
    known, at_home = identity(url), urlsplit(url).netloc == urlsplit(uri).netloc
    names = (known if at_home and not boosted else "", _local(host, number) if re.fullmatch(r"[\w-]+", number) else "")
    return domain.RawPost(
        platform=domain.Platform.MASTODON,
        external_id=uri,
        url=url,
        text="\n\n".join(filter(None, (api.text(shown.get("spoiler_text")), content, options))),
        author=author(account, host),
        author_name=api.text(account.get("display_name")),
        author_id=author_id(account) if urlsplit(author_id(account)).netloc == urlsplit(uri).netloc else "",
        posted_at=api.moment(written),
        posted_at_source=written,
        edited=bool(shown.get("edited_at")),
        reply_to=(uris.get(answered) or _local(host, answered)) if answered else "",
        forward_of=api.text(original.get("uri")),
        forward_name=api.text(api.mapping(original.get("account")).get("display_name")),
        links=tuple(dict.fromkeys(filter(None, (*links, api.text(card.get("url")), api.text(cited.get("url")))))),
        media=tuple(_media(shown, card)),
        also=tuple(name for name in dict.fromkeys(names) if name and name != uri),
        locator=locator,
        unknown={**_unknown(status), **_unknown(boosted)},
    )


def html(value: Any, answer: domain.RawAnswer) -> tuple[str, tuple[str, ...]]:
    """Text and hidden links of a status or note. Hashtags lead to the server's own lists and are words already."""
    soup = markup.parse(api.text(value))
    text = markup.text_of(soup)
    for anchor in soup.find_all("a", class_="hashtag"):
        anchor.decompose()
    return text, markup.links_of(soup, answer.final_url)


def author(account: Mapping[str, Any], host: str) -> str:
    """`name@server`, lower case: servers leave their own name out."""
    name = (api.text(account.get("acct")) or api.text(account.get("username"))).lower()
    return name if "@" in name or not name else f"{name}@{host}"


def author_id(account: Mapping[str, Any]) -> str:
    """The actor's own address, by which every server knows it; "" where the answer does not show it. The number a server gives an
    account is that server's alone."""
    uri = api.text(account.get("uri"))
    return uri if uri.startswith(("https://", "http://")) else ""


def _media(status: Mapping[str, Any], card: Mapping[str, Any]) -> Iterator[domain.MediaReference]:
    for media in api.mappings(status.get("media_attachments")):
        # A server asked about another's post shows its own copy, or none, and then says neither what it is: the original names it.
        original = api.text(media.get("remote_url"))
        address = api.text(media.get("url")) or original
        kind = MEDIA_KINDS.get(api.text(media.get("type")), "document")
        if kind == "document" and (ending := _ENDING.search(original or address)):
            kind = ending.lastgroup or kind
        yield domain.MediaReference(kind, address, api.text(media.get("description")), file=original)
    if card:
        words = (card.get("title"), card.get("description"), card.get("image_description"))
        yield domain.MediaReference(
            "link_preview",
            api.text(card.get("image")),
            "\n".join(filter(None, map(api.text, words))),
            file=api.text(card.get("url")),  # each server keeps the card's picture under a name of its own
        )


def _unknown(status: Mapping[str, Any]) -> dict[str, Any]:
    found = api.unknown(status, STATUS_READ | STATUS_IGNORED)
    parts: list[tuple[str, Any, Callable[[Any], list[Mapping[str, Any]]], frozenset[str]]] = [
        ("account", status.get("account"), lambda one: [api.mapping(one)], ACCOUNT),
        ("media_attachments", status.get("media_attachments"), api.mappings, MEDIA),
        ("poll", status.get("poll"), lambda one: [api.mapping(one)], POLL),
        ("card", status.get("card"), lambda one: [api.mapping(one)], CARD),
    ]
    for name, value, each, known in parts:
        for part in each(value):
            found |= api.unknown(part, known, within=f"{name}.")
        if value and not isinstance(value, dict | list):
            found[name] = value
    return found
