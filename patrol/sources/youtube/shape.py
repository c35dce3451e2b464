"""What answers of the YouTube Data API v3 look like, and how a video and a comment become RawPosts.

Shapes: https://developers.google.com/youtube/v3/docs (videos, comments, commentThreads).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from patrol import domain
from patrol.sources.shared import api
from patrol.sources.youtube import problems as youtube_problems

VIDEO = re.compile(r"[A-Za-z0-9_-]{11}")
COMMENT = re.compile(r"[A-Za-z0-9_-]{10,60}(\.[A-Za-z0-9_-]{10,60})?")

# Read, or ignored by name: what only repeats, counts, licences of the video, what the key's owner may do, and the picture of the author.
ANSWER = frozenset(("kind", "etag", "items", "nextPageToken", "prevPageToken", "pageInfo", "regionCode", "tokenPagination", "eventId"))
VIDEO_ITEM = frozenset(("kind", "etag", "id", "snippet", "player", "statistics", "contentDetails", "status", "rating", "videoId"))
VIDEO_SNIPPET = frozenset(
    (
        "publishedAt",
        "channelId",
        "title",
        "description",
        "thumbnails",
        "channelTitle",
        "tags",
        "categoryId",
        "liveBroadcastContent",
        "localized",
        "defaultLanguage",
        "defaultAudioLanguage",
        "publishTime",
    )
)
THREAD_ITEM = frozenset(("kind", "etag", "id", "snippet", "replies"))
THREAD_SNIPPET = frozenset(("channelId", "videoId", "topLevelComment", "canReply", "totalReplyCount", "isPublic"))
COMMENT_ITEM = frozenset(("kind", "etag", "id", "snippet"))
COMMENT_SNIPPET = frozenset(
    (
        "authorDisplayName",
        "authorChannelId",
        "channelId",
        "videoId",
        "textDisplay",
        "textOriginal",
        "parentId",
        "publishedAt",
        "updatedAt",
        "authorProfileImageUrl",
        "authorChannelUrl",
        "canRate",
        "viewerRating",
        "likeCount",
        "moderationStatus",
    )
)

_SIZES = ("maxres", "standard", "high", "medium", "default")

type Read = tuple[tuple[domain.RawPost, ...], tuple[domain.Problem, ...]]


def items(answer: domain.RawAnswer, body: Any) -> list[Any]:
    """What an answer lists. Raises SourceError(shape_changed) where it is no list answer."""
    listed = body.get("items", []) if isinstance(body, dict) else None
    if not isinstance(listed, list) or ("items" not in body and "kind" not in body and "pageInfo" not in body):
        raise api.shape_changed(youtube_problems.NAME, answer)
    return listed


def videos(body: Mapping[str, Any], listed: Iterable[Any]) -> Read:
    """The posts of a videos answer and what could not be read of it."""
    return _read(body, ((f"/items/{place}", video(one, f"/items/{place}")) for place, one in enumerate(listed)))


def video(item: Any, locator: str) -> domain.RawPost | None:
    """A video: title, blank line, description. None without an id. The author is the channel's id, in its own letters: names change, and
    this answer holds no @name. Tags are ignored by name: they are hidden from whom the offer is aimed at, and only steer the search."""
    item = api.of_kind(item, dict, {})
    number = api.text(item.get("id"))
    snippet = item.get("snippet")
    if not VIDEO.fullmatch(number) or not isinstance(snippet, dict):
        return None
    words = [api.text(snippet.get("title")), api.text(snippet.get("description"))]
    return domain.RawPost(
        platform=domain.Platform.YOUTUBE,
        external_id=number,
        url=f"https://www.youtube.com/watch?v={number}",
        text="\n\n".join(filter(None, words)),
        author=api.text(snippet.get("channelId")),
        author_name=api.text(snippet.get("channelTitle")),
        posted_at=api.moment(snippet.get("publishedAt")),
        posted_at_source=api.text(snippet.get("publishedAt")),
        origin=api.text(snippet.get("channelId")),
        media=_pictures(snippet.get("thumbnails"), number),
        locator=locator,
        unknown={**api.unknown(item, VIDEO_ITEM), **api.unknown(snippet, VIDEO_SNIPPET, within="snippet.")},
    )


def _pictures(thumbnails: Any, number: str) -> tuple[domain.MediaReference, ...]:
    """The largest picture that stands for the video: advertisements write the offer on it. A larger one may come later, and another
    picture comes under the same address: neither shows in it."""
    thumbnails = api.of_kind(thumbnails, dict, {})
    sizes = [api.of_kind(thumbnails.get(size), dict, {}) for size in _SIZES]
    found = next((api.text(one.get("url")) for one in sizes if api.text(one.get("url"))), "")
    return (domain.MediaReference("photo", found, file=f"youtube:{number}"),) if found else ()


def threads(body: Mapping[str, Any], listed: Iterable[Any], number: str) -> tuple[Read, tuple[str, ...]]:
    """The comments of a commentThreads answer with the replies it shows. Threads with more replies than it shows are named apart, and all
    their replies left to `comments.list`: served twice, they would look like a page that repeats."""
    found: list[tuple[str, domain.RawPost | None]] = []
    longer: list[str] = []
    unknown: dict[str, Any] = {}
    for place, one in enumerate(listed):
        item = api.of_kind(one, dict, {})
        snippet = api.of_kind(item.get("snippet"), dict, {})
        unknown |= api.unknown(item, THREAD_ITEM, within="thread.") | api.unknown(snippet, THREAD_SNIPPET, within="thread.snippet.")
        top = comment(snippet.get("topLevelComment"), number, f"/items/{place}/snippet/topLevelComment")
        found.append((f"/items/{place}", top))
        held = api.of_kind(item.get("replies"), dict, {})
        unknown |= api.unknown(held, ("comments",), within="thread.replies.")
        replies = api.of_kind(held.get("comments"), list, [])
        if top is not None and api.of_kind(snippet.get("totalReplyCount"), int, 0) > len(replies):
            longer.append(top.external_id.partition("/")[2])
            continue
        where = f"/items/{place}/replies/comments"
        found += [(f"{where}/{at}", comment(reply, number, f"{where}/{at}")) for at, reply in enumerate(replies)]
    return _read(body, found, unknown), tuple(longer)


def comments(body: Mapping[str, Any], listed: Iterable[Any], number: str) -> Read:
    """The replies of a comments answer."""
    return _read(body, ((f"/items/{place}", comment(one, number, f"/items/{place}")) for place, one in enumerate(listed)))


def comment(item: Any, number: str, locator: str) -> domain.RawPost | None:
    """A comment under the video `number`; None without an id. `VIDEO/COMMENT` is its identity; a reply's id holds that of its parent."""
    item = api.of_kind(item, dict, {})
    own = api.text(item.get("id"))
    snippet = item.get("snippet")
    if not COMMENT.fullmatch(own) or not isinstance(snippet, dict):
        return None
    parent = api.text(snippet.get("parentId")) or own.rpartition(".")[0]
    times = [api.moment(snippet.get(key)) for key in ("publishedAt", "updatedAt")]
    return domain.RawPost(
        platform=domain.Platform.YOUTUBE,
        external_id=f"{number}/{own}",
        url=f"https://www.youtube.com/watch?v={number}&lc={own}",
        text=api.text(snippet.get("textOriginal")) or api.text(snippet.get("textDisplay")),
        author=api.text(api.of_kind(snippet.get("authorChannelId"), dict, {}).get("value")),
        author_name=api.text(snippet.get("authorDisplayName")),
        posted_at=times[0],
        posted_at_source=api.text(snippet.get("publishedAt")),
        edited=times[0] is not None and times[1] is not None and times[1] > times[0],
        reply_to=f"{number}/{parent}" if parent else "",
        thread=number,
        origin=api.text(snippet.get("channelId")),
        locator=locator,
        unknown={**api.unknown(item, COMMENT_ITEM), **api.unknown(snippet, COMMENT_SNIPPET, within="snippet.")},
    )


def _read(body: Mapping[str, Any], found: Iterable[tuple[str, domain.RawPost | None]], unknown: Mapping[str, Any] = domain.NOTHING) -> Read:
    posts: dict[str, domain.RawPost] = {}
    problems = []
    for locator, post in found:
        if post is None:
            problems.append(api.unreadable(locator))
        else:
            posts.setdefault(post.external_id, post)
    names = {name for post in posts.values() for name in post.unknown} | set(unknown) | set(api.unknown(body, ANSWER))
    if names:
        problems.append(api.unknown_fields(names))
    return tuple(posts.values()), tuple(problems)
