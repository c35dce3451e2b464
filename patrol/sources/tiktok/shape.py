"""What answers of TikTok's Research API look like, and how a video and a comment become RawPosts.

Fields: https://developers.tiktok.com/doc/research-api-specs-query-videos and …-query-video-comments.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from patrol import domain
from patrol.sources.shared import api
from patrol.sources.shared import spoken as spoken_words
from patrol.sources.tiktok import problems as tiktok_problems

NUMBER = re.compile(r"[1-9][0-9]{0,19}")
HANDLE = re.compile(r"[a-z0-9_.]{1,40}")

VIDEO_FIELDS = "id,username,create_time,region_code,video_description,voice_to_text,hashtag_names,video_mention_list"
COMMENT_FIELDS = "id,video_id,text,parent_comment_id,create_time,reply_count"
USER_FIELDS = "display_name,bio_description,bio_url,is_verified"

# Read, or ignored by name: counts, music and effects, TikTok's own labels, and what repeats the description.
DATA = frozenset(("videos", "comments", "cursor", "has_more", "search_id"))
ANSWER = frozenset(("data", "error"))
_VIDEO = frozenset(
    (
        "id",
        "video_id",
        "username",
        "create_time",
        "video_description",
        "voice_to_text",
        "hashtag_names",
        "region_code",
        "video_mention_list",
        "hashtag_info_list",
        "effect_ids",
        "effect_info_list",
        "music_id",
        "sticker_info_list",
        "playlist_id",
        "view_count",
        "like_count",
        "comment_count",
        "share_count",
        "favorites_count",
        "video_duration",
        "video_length",
        "is_stem_verified",
        "video_label",
        "video_tag",
    )
)
_COMMENT = frozenset(("id", "video_id", "text", "parent_comment_id", "create_time", "reply_count", "like_count"))

# Between what was written and what was said: the machine's hearing of speech is no quotation.
SPOKEN = spoken_words.label("ditulis oleh mesin TikTok")

type Read = tuple[tuple[domain.RawPost, ...], tuple[domain.Problem, ...]]


def listed(answer: domain.RawAnswer, body: Any, key: str) -> tuple[dict[str, Any], list[Any]]:
    """The data of an answer, and what it lists. Raises SourceError(shape_changed)."""
    data = body.get("data") if isinstance(body, dict) else None
    found = data.get(key, []) if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(found, list):
        raise api.shape_changed(tiktok_problems.NAME, answer)
    return data, found


def videos(body: Mapping[str, Any], found: Iterable[Any]) -> Read:
    return _read(body, ((f"/data/videos/{place}", video(one, f"/data/videos/{place}")) for place, one in enumerate(found)))


def video(item: Any, locator: str) -> domain.RawPost | None:
    """A video: its description and, told apart, what is said in it. None without a number.

    Hashtags stand in the description; one that does not is added. The id is a 64-bit number the documents also show as a string.
    """
    item = api.of_kind(item, dict, {})
    number = api.text(item.get("id")) or api.text(item.get("video_id"))
    if not NUMBER.fullmatch(number):
        return None
    written, spoken = api.text(item.get("video_description")), api.text(item.get("voice_to_text")).strip()
    tags = [api.text(tag) for tag in api.of_kind(item.get("hashtag_names"), list, [])]
    apart = " ".join(f"#{tag}" for tag in tags if tag and f"#{tag}".casefold() not in written.casefold())
    name = api.text(item.get("username")).lower()
    return domain.RawPost(
        platform=domain.Platform.TIKTOK,
        external_id=number,
        url=address(name, number),
        text="\n\n".join(filter(None, (written, apart, f"{SPOKEN}\n{spoken}" if spoken else ""))),
        author=name,
        posted_at=api.moment(item.get("create_time")),
        posted_at_source=api.text(item.get("create_time")),
        origin=name,
        locator=locator,
        unknown=api.unknown(item, _VIDEO),
    )


def address(name: str, number: str) -> str:
    return f"https://www.tiktok.com/@{name if HANDLE.fullmatch(name) else '_'}/video/{number}"


def comments(body: Mapping[str, Any], found: Iterable[Any], number: str, name: str) -> tuple[Read, tuple[str, ...]]:
    """The comments of an answer, and the numbers of those with replies. Their replies are asked for by the comment and left out here:
    served twice, they would look like a page that repeats."""
    told = list(found)
    answered = {
        api.text(one.get("id")): True
        for one in told
        if isinstance(one, dict) and api.of_kind(one.get("reply_count"), int, 0) > 0 and NUMBER.fullmatch(api.text(one.get("id")))
    }
    read = _read(
        body,
        (
            (f"/data/comments/{place}", comment(one, number, name, f"/data/comments/{place}"))
            for place, one in enumerate(told)
            if not (isinstance(one, dict) and api.text(one.get("parent_comment_id")) in answered)
        ),
    )
    return read, tuple(answered)


def replies(body: Mapping[str, Any], found: Iterable[Any], number: str, name: str) -> Read:
    """The replies of an answer that was asked for by the comment."""
    places = ((f"/data/comments/{place}", one) for place, one in enumerate(found))
    return _read(body, ((locator, comment(one, number, name, locator)) for locator, one in places))


def comment(item: Any, number: str, name: str, locator: str) -> domain.RawPost | None:
    """A comment under the video `number` of `name`. TikTok names no author, and has no address for a comment: the part behind # is ours
    and is ignored by the site."""
    item = api.of_kind(item, dict, {})
    own, parent = api.text(item.get("id")), api.text(item.get("parent_comment_id"))
    if not NUMBER.fullmatch(own):
        return None
    return domain.RawPost(
        platform=domain.Platform.TIKTOK,
        external_id=f"{number}/{own}",
        url=f"{address(name, number)}#comment-{own}",
        text=api.text(item.get("text")),
        posted_at=api.moment(item.get("create_time")),
        posted_at_source=api.text(item.get("create_time")),
        reply_to=f"{number}/{parent}" if NUMBER.fullmatch(parent) and parent != number else "",
        thread=number,
        origin=name,
        locator=locator,
        unknown=api.unknown(item, _COMMENT),
    )


def _read(body: Mapping[str, Any], found: Iterable[tuple[str, domain.RawPost | None]]) -> Read:
    posts: dict[str, domain.RawPost] = {}
    problems = []
    for locator, post in found:
        if post is None:
            problems.append(api.unreadable(locator))
        else:
            posts.setdefault(post.external_id, post)
    unknown = {name for post in posts.values() for name in post.unknown}
    unknown |= set(api.unknown(body, ANSWER)) | set(api.unknown(api.of_kind(body.get("data"), dict, {}), DATA, within="data."))
    if unknown:
        problems.append(api.unknown_fields(unknown))
    return tuple(posts.values()), tuple(problems)
