"""Items of platforms as their own pages get them, one function a platform: dict in, RawPost out.

Raises KeyError, TypeError, ValueError for an item of another shape; None for one that is no post. What a reader neither takes nor
ignores by name is kept under `unknown`: platforms change their answers without telling.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from patrol import domain
from patrol.domain import MediaReference, RawPost
from patrol.intake.formats import times, zeeschuimer_shape


@cache
def _named(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _unknown(item: Mapping[str, Any], known: str) -> dict[str, str]:
    named = _named(known)
    return {
        key: str(value)[:200] for key, value in item.items() if key not in named and not key.startswith(("__", "_zs", "can_viewer_", "if_"))
    }


def _dig(value: Any, *path: str | int) -> Any:
    """The value at the end of the path, None where it breaks off."""
    for step in path:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _handle(value: Any) -> str:
    return _text(value).removeprefix("@").lower()


def _photo(url: Any) -> list[MediaReference]:
    return [MediaReference("photo", url)] if isinstance(url, str) and url.startswith("http") else []


# --- TikTok ---------------------------------------------------------------------------------------


def tiktok(item: dict[str, Any]) -> RawPost:
    """A video or a series of pictures. Words burnt into the picture as stickers belong to the text."""
    number = _text(item["id"])
    author = item["author"]
    nested = isinstance(author, dict)
    handle = _handle(author["uniqueId"] if nested else author)
    stickers = [" ".join(map(_text, sticker.get("stickerText") or [])) for sticker in item.get("stickersOnItem") or []]
    pictures = [_dig(image, "imageURL", "urlList", 0) for image in _dig(item, "imagePost", "images") or []]
    media = [reference for url in pictures for reference in _photo(url)]
    if not media:
        media = [
            *(MediaReference("link_preview", reference.url) for reference in _photo(_dig(item, "video", "cover"))),
            MediaReference("video", _text(_dig(item, "video", "downloadAddr")), file=f"tiktok:{number}"),
        ]
    return RawPost(
        platform=domain.Platform.TIKTOK,
        external_id=number,
        url=f"https://www.tiktok.com/@{handle}/video/{number}",
        text="\n".join(filter(None, (_text(_dig(item, "imagePost", "title")), _text(item.get("desc")), *stickers))),
        author=handle,
        author_name=_text(author.get("nickname") if nested else item.get("nickname")),
        posted_at=times.unix(item["createTime"]),
        posted_at_source=_text(item["createTime"]),
        origin="",
        media=tuple(media),
        unknown=_unknown(item, zeeschuimer_shape.TIKTOK),
    )


def tiktok_comment(item: dict[str, Any]) -> RawPost:
    video, number = _text(item["aweme_id"]), _text(item["cid"])
    handle = _handle(_dig(item, "user", "unique_id"))
    reply = _text(item.get("reply_id"))
    images = [_dig(image, "origin_url", "url_list", 0) for image in item.get("image_list") or []]
    return RawPost(
        platform=domain.Platform.TIKTOK,
        external_id=f"{video}/{number}",
        url="",
        text=_text(item["text"]),
        author=handle,
        author_name=_text(_dig(item, "user", "nickname")),
        posted_at=times.unix(item["create_time"]),
        posted_at_source=_text(item["create_time"]),
        thread=video,
        reply_to=f"{video}/{reply}" if reply not in {"", "0"} else video,
        media=tuple(reference for url in images for reference in _photo(url)),
        unknown=_unknown(item, zeeschuimer_shape.COMMENT),
    )


# --- Instagram ------------------------------------------------------------------------------------


def instagram(item: dict[str, Any]) -> RawPost | None:
    """Both shapes: the API's item list (code, taken_at) and the older graph (shortcode, taken_at_timestamp). None for an advertisement."""
    if item.get("product_type") == "ad" or _text(item.get("link")).startswith("https://www.facebook.com/ads/ig_redirect"):
        return None
    code = item.get("code") or item["shortcode"]
    if "code" in item:
        caption, taken = _dig(item, "caption", "text"), item.get("taken_at")
        nodes = item.get("carousel_media") or [item]
        media = [reference for node in nodes for reference in _instagram_media(node)]
    else:
        caption, taken = _dig(item, "edge_media_to_caption", "edges", 0, "node", "text"), item["taken_at_timestamp"]
        edges = _dig(item, "edge_sidecar_to_children", "edges") or [{"node": item}]
        media = [reference for edge in edges for reference in _photo(_dig(edge, "node", "display_url"))]
    person = item.get("user") or item.get("owner") or {}
    return RawPost(
        platform=domain.Platform.INSTAGRAM,
        external_id="",
        url=f"https://www.instagram.com/p/{code}/",
        text=_text(caption),
        author=_handle(person.get("username")),
        author_name=_text(person.get("full_name")),
        posted_at=times.unix(taken) if taken else None,
        posted_at_source=_text(taken),
        edited=bool(item.get("caption_is_edited")),
        origin=_text(_dig(item, "location", "name")),
        media=tuple(media),
        unknown=_unknown(item, zeeschuimer_shape.INSTAGRAM),
    )


def _instagram_media(node: Mapping[str, Any]) -> list[MediaReference]:
    """Photo, or a video's still: the words of a flyer stand on either."""
    still = _photo(_dig(node, "image_versions2", "candidates", 0, "url"))
    words = _text(node.get("accessibility_caption"))
    still = [MediaReference("photo", reference.url, words) for reference in still]
    video = _dig(node, "video_versions", 0, "url")
    if not video:
        return still
    return [*(MediaReference("link_preview", r.url, r.words) for r in still), MediaReference("video", _text(video))]


# --- Threads --------------------------------------------------------------------------------------


def threads(item: dict[str, Any]) -> RawPost:
    handle, info = _handle(item["user"]["username"]), item.get("text_post_app_info") or {}
    nodes = item.get("carousel_media") or [item]
    preview = _text(_dig(info, "link_preview_attachment", "url"))
    behind = parse_qs(urlsplit(preview).query).get("u") if "l.threads" in preview else None
    quoted = _dig(info, "share_info", "quoted_post") or _dig(info, "share_info", "reposted_post")
    return RawPost(
        platform=domain.Platform.THREADS,
        external_id="",
        url=_threads_address(item),
        text=_text(_dig(item, "caption", "text")),
        author=handle,
        author_name=_text(_dig(item, "user", "full_name")),
        posted_at=times.unix(item["taken_at"]),
        posted_at_source=_text(item["taken_at"]),
        edited=bool(item.get("caption_is_edited")),
        links=tuple(filter(None, (behind[0] if behind else preview,))),
        forward_of=_threads_address(quoted) if _dig(quoted, "code") else "",
        forward_name=_text(_dig(quoted, "user", "username")),
        media=tuple(reference for node in nodes for reference in _instagram_media(node)),
        unknown=_unknown(item, zeeschuimer_shape.THREADS),
    )


def _threads_address(item: Mapping[str, Any]) -> str:
    return f"https://www.threads.com/@{_handle(_dig(item, 'user', 'username'))}/post/{_text(item['code'])}"


# --- X --------------------------------------------------------------------------------------------


def x(item: dict[str, Any]) -> RawPost | None:
    """A tweet of the web's GraphQL. A pure repost is the original's text with `forward_of`; None for a tombstone."""
    if "tweet" in item and "legacy" not in item:
        item = item["tweet"]
    if "tombstone" in item:
        return None
    legacy = item["legacy"]
    number = _text(item.get("rest_id") or legacy["id_str"])
    handle, name = _x_author(item)
    original = _dig(legacy, "retweeted_status_result", "result")
    original = _dig(original, "tweet") or original
    quoted = _dig(item, "quoted_status_result", "result")
    quoted = _dig(quoted, "tweet") or quoted
    source = original if isinstance(original, dict) and "legacy" in original else item
    words = source["legacy"]
    text = _text(_dig(source, "note_tweet", "note_tweet_results", "result", "text") or words["full_text"])
    urls = [
        *(_dig(words, "entities", "urls") or []),
        *(_dig(source, "note_tweet", "note_tweet_results", "result", "entity_set", "urls") or []),
    ]
    media = [_x_media(entry) for entry in _dig(words, "extended_entities", "media") or _dig(words, "entities", "media") or []]
    forward = original or quoted
    answered, thread = _text(legacy.get("in_reply_to_status_id_str")), _text(legacy.get("conversation_id_str"))
    versions = _dig(item, "edit_control", "edit_tweet_ids") or _dig(item, "edit_control", "initial_tweet_id") or []
    first = versions[0] if isinstance(versions, list) and versions else versions or number
    return RawPost(
        platform=domain.Platform.X,
        external_id=_text(first),
        url=f"https://x.com/{handle}/status/{first}",
        text=text,
        author=handle,
        author_name=name,
        author_id=_text(_dig(item, "core", "user_results", "result", "rest_id")),
        posted_at=_x_time(legacy["created_at"]),
        posted_at_source=_text(legacy["created_at"]),
        edited=_text(first) != number,
        reply_to=answered,
        thread=thread if thread != _text(first) else "",
        forward_of=_text(_dig(forward, "rest_id")),
        forward_name=_x_author(forward)[0] if isinstance(forward, dict) else "",
        links=tuple(dict.fromkeys(_text(url.get("expanded_url")) for url in urls if url.get("expanded_url"))),
        media=tuple(media),
        unknown=_unknown(item, zeeschuimer_shape.X),
    )


def _x_author(item: Mapping[str, Any]) -> tuple[str, str]:
    person = _dig(item, "core", "user_results", "result") or {}
    kept = {**(item.get("user") or {}), **(person.get("legacy") or {}), **(person.get("core") or {})}
    return _handle(kept.get("screen_name")), _text(kept.get("name"))


def _x_media(entry: Mapping[str, Any]) -> MediaReference:
    kind = "photo" if entry.get("type") == "photo" else "link_preview"  # of a video the still is what can be read
    return MediaReference(kind, _text(entry.get("media_url_https")), _text(entry.get("ext_alt_text")))


def _x_time(written: str) -> Any:
    """ "Thu Nov 12 07:05:33 +0000 2026"."""
    match = re.fullmatch(r"\w{3} (\w{3}) (\d\d) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})", written)
    if match is None:
        return None
    month = "JanFebMarAprMayJunJulAugSepOctNovDec".find(match[1]) // 3 + 1
    return times.parse(f"{match[5]}-{month:02d}-{match[2]}T{match[3]}{match[4]}", domain.LAW_ZONE, "dmy")


# --- Facebook -------------------------------------------------------------------------------------


def facebook(item: dict[str, Any]) -> RawPost | None:
    """A Story of the web's GraphQL. Its own parts stand under `comet_sections`, each with a copy of what it needs. None without a story."""
    story = _dig(item, "comet_sections", "content", "story")
    if not isinstance(story, dict):
        return None
    stamp = _facebook_stamp(item)
    number = _text(story.get("post_id") or item.get("post_id") or _facebook_number(_text(item.get("id"))))
    url = _text(story.get("wwwURL") or _dig(stamp, "url") or item.get("permalink_url"))
    actor = _dig(story, "actors", 0) or _dig(item, "actors", 0) or {}
    group = re.search(r"/groups/([^/?]+)", url)
    words = _dig(story, "message", "text") or _dig(story, "comet_sections", "message", "story", "message", "text")
    ranges = _dig(story, "message", "ranges") or _dig(story, "comet_sections", "message", "story", "message", "ranges") or []
    links = [_text(_dig(part, "entity", "external_url") or _dig(part, "entity", "url")) for part in ranges]
    attached = story.get("attached_story") or item.get("attached_story") or {}
    created = _dig(stamp, "creation_time") or story.get("creation_time")
    if not number and not url:
        raise KeyError("post_id")
    return RawPost(
        platform=domain.Platform.FACEBOOK,
        external_id=number,
        url=url or f"https://www.facebook.com/{number}",
        text=_text(words),
        author=_facebook_handle(actor),
        author_name=_text(actor.get("name")),
        posted_at=times.unix(created) if created else None,
        posted_at_source=_text(created),
        forward_of=_text(attached.get("post_id") or attached.get("id")),
        origin=_text(_dig(item, "target_group", "name") or _dig(story, "to", "name") or (group[1] if group else "")),
        links=tuple(dict.fromkeys(link for link in links if link.startswith("http"))),
        media=tuple(reference for one in story.get("attachments") or [] for reference in _facebook_media(one)),
        unknown=_unknown(item, zeeschuimer_shape.FACEBOOK),
    )


def _facebook_stamp(item: Mapping[str, Any]) -> Mapping[str, Any]:
    sections = _dig(item, "comet_sections", "context_layout", "story", "comet_sections", "metadata") or []
    stories = [part.get("story") for part in sections if isinstance(part, Mapping)]
    stamp = _dig(item, "comet_sections", "timestamp", "story")
    return next((one for one in (*stories, stamp) if isinstance(one, Mapping) and one.get("creation_time")), {})


def _facebook_number(story_id: str) -> str:
    """ "S:_I100:12345:12345" (which Zeeschuimer may have decoded from base64) -> "12345"; "" for a pfbid."""
    if ":" not in story_id:
        try:
            story_id = base64.b64decode(story_id, validate=True).decode("ascii")
        except (binascii.Error, ValueError):
            return ""
    last = story_id.rpartition(":")[2]
    return last if last.isdecimal() else ""


def _facebook_handle(actor: Mapping[str, Any]) -> str:
    parts = urlsplit(_text(actor.get("url")))
    name = parts.path.strip("/").rpartition("/")[2].lower()
    if name in {"", "profile.php"}:
        name = (parse_qs(parts.query).get("id") or [_text(actor.get("id"))])[0]
    return name


def _facebook_media(one: Mapping[str, Any]) -> list[MediaReference]:
    media = _dig(one, "styles", "attachment", "media") or one.get("media") or one.get("target") or {}
    several = _dig(one, "styles", "attachment", "all_subattachments", "nodes") or []
    found = []
    for node in [part.get("media") or {} for part in several] or [media]:
        picture = next(
            (
                uri
                for key in ("viewer_image", "photo_image", "large_share_image", "image", "flexible_height_share_image", "thumbnailImage")
                if (uri := _dig(node, key, "uri"))
            ),
            None,
        )
        is_video = node.get("__typename") == "Video" or "playable_url" in node or "videoDeliveryLegacyFields" in node
        words = _text(node.get("accessibility_caption"))
        found += [MediaReference("link_preview" if is_video else "photo", reference.url, words) for reference in _photo(picture)]
        if is_video:
            found.append(MediaReference("video", ""))
    return found
