"""Facebook: what is asked for, what is ignored by name, and the many addresses of one post."""

import base64
import binascii
import re
from urllib.parse import parse_qs, urlsplit

ATTACHMENT = "title,description,media_type,type,url,unshimmed_url,media,target"
COMMENT = "id,message,created_time,from{id,name},permalink_url,parent{id},attachment{title,description,media_type,type,url,media}"
POST = (
    "id,message,story,created_time,updated_time,from{id,name},permalink_url,parent_id,status_type,full_picture,"
    f"attachments{{{ATTACHMENT},subattachments{{{ATTACHMENT}}}}},comments.limit(25).order(reverse_chronological){{{COMMENT}}}"
)
ABOUT = "id,name,username,about,description,bio,website,link,phone,emails,single_line_address,category"

READ = frozenset(
    (
        "id",
        "message",
        "story",
        "created_time",
        "updated_time",
        "from",
        "permalink_url",
        "parent_id",
        "parent",
        "status_type",
        "full_picture",
        "attachments",
        "attachment",
        "comments",
    )
)
# Ignored by name: counts and reactions, which change by the minute, who may do what, and what repeats what was read.
IGNORED = frozenset(
    (
        "type",
        "likes",
        "like_count",
        "comment_count",
        "shares",
        "reactions",
        "like",
        "love",
        "wow",
        "haha",
        "sad",
        "angry",
        "thankful",
        "care",
        "can_like",
        "can_comment",
        "can_hide",
        "can_remove",
        "can_reply_privately",
        "user_likes",
        "privacy",
        "actions",
        "icon",
        "picture",
        "is_published",
        "is_hidden",
        "is_expired",
        "is_spherical",
        "is_popular",
        "is_private",
        "promotable_id",
        "promotion_status",
        "timeline_visibility",
        "subscribed",
        "message_tags",
        "story_tags",
        "to",
        "with_tags",
        "place",
        "link",
        "name",
        "caption",
        "description",
        "object_id",
        "source",
        "application",
        "is_eligible_for_promotion",
        "is_instagram_eligible",
        "instagram_eligibility",
        "multi_share_end_card",
        "multi_share_optimized",
        "properties",
        "height",
        "width",
        "album",
        "images",
        "name_tags",
        "target",
        "event",
        "from_tags",
        "backdated_time",
        "backdated_time_granularity",
        "can_tag",
        "webp_images",
    )
)
ATTACHMENT_READ = frozenset(("title", "description", "type", "media_type", "url", "unshimmed_url", "media", "target", "subattachments"))
ATTACHMENT_IGNORED = frozenset(("description_tags", "title_tags"))  # who is named in the text; the text is read

_HOST = re.compile(r"([a-z0-9-]+\.)*(facebook|fb)\.com")
_NO_PAGES = ("l.", "lm.", "graph.", "developers.", "business.")  # go elsewhere, or are no place of posts
_NUMBER = re.compile(r"[1-9][0-9]{3,24}")
_OPAQUE = re.compile(r"pfbid[0-9A-Za-z]{20,150}")  # Facebook's word for a post's number that only it can read


def identity(url: str) -> str:
    """The number of the post, `<number>_<comment>` of a comment, the opaque word where the address has no number; "" for others.

    Post numbers are unique on all of Facebook, so neither page nor group belongs into it: addresses name them by changing names.
    """
    return split(url)[1]


def owners(url: str) -> tuple[str, ...]:
    """Whose post or picture an address says it is, by number or by name; nothing where it does not say."""
    place, post = split(url)
    if place or not post:
        return (place,) if place else ()
    path = [piece for piece in urlsplit(url if "//" in url else f"https://{url}").path.split("/") if piece]
    return (path[0].lower(),) if len(path) >= 3 and path[1] in {"posts", "videos", "photos"} else ()


def split(url: str) -> tuple[str, str]:
    """Number of the page, person or group where the address says it, and the identity."""
    try:
        parts = urlsplit(url if "//" in url else f"https://{url}")
        host = (parts.hostname or "").rstrip(".")
        asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
    except ValueError:
        return "", ""
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host) or host.startswith(_NO_PAGES):
        return "", ""
    path = [piece for piece in parts.path.split("/") if piece]
    place, post = _of_query(path, asked) or _of_path(path, asked)
    if not post:
        return "", ""
    return (place if _NUMBER.fullmatch(place) else ""), _with_comment(post, asked)


def _of_query(path: list[str], asked: dict[str, str]) -> tuple[str, str] | None:
    """permalink.php?story_fbid=, story.php?story_fbid=, watch/?v=, video.php?v=, photo?fbid=, groups/G/?multi_permalinks="""
    page = path[0].lower() if path else ""
    name = {
        "permalink.php": "story_fbid",
        "story.php": "story_fbid",
        "watch": "v",
        "video.php": "v",
        "photo": "fbid",
        "photo.php": "fbid",
        "groups": "multi_permalinks",
    }.get(page, "")
    post = _post(asked.get(name, "").partition(",")[0])
    place = path[1] if page == "groups" and len(path) > 1 else asked.get("id", "")
    return (place, post) if post else None


def _of_path(path: list[str], _asked: dict[str, str]) -> tuple[str, str]:
    """X/posts/ID, X/posts/words/ID, groups/G/posts/ID, groups/G/permalink/ID, X/videos/ID, X/photos/album/ID, reel/ID, PLACE_POST"""
    if len(path) >= 4 and path[0] == "groups" and path[2] in {"posts", "permalink"}:
        return path[1], _post(path[3])
    if len(path) >= 2 and path[0] == "reel":
        return "", _post(path[1])
    if len(path) >= 3 and path[1] in {"posts", "videos", "photos"}:
        return path[0], _post(path[-1])
    if len(path) == 1 and path[0].count("_") == 1:
        place, _, post = path[0].partition("_")
        return (place, _post(post)) if _NUMBER.fullmatch(place) else ("", "")
    return "", ""


def _post(written: str) -> str:
    return written if _NUMBER.fullmatch(written) or _OPAQUE.fullmatch(written) else ""


def _with_comment(post: str, asked: dict[str, str]) -> str:
    comment = _comment(asked.get("reply_comment_id", "")) or _comment(asked.get("comment_id", ""))
    return f"{post}_{comment}" if comment else post


def parent_of(url: str) -> str:
    """The number of the comment that the one at this address answers; "" where it answers the post itself."""
    try:
        asked = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
    except ValueError:
        return ""
    return _comment(asked.get("comment_id", "")) if _comment(asked.get("reply_comment_id", "")) else ""


def _comment(written: str) -> str:
    """The number of a comment, also where it is wrapped as base64 of `comment:POST_COMMENT`."""
    if _NUMBER.fullmatch(written):
        return written
    try:
        unwrapped = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode()
    except (binascii.Error, ValueError):
        return ""
    number = unwrapped.rpartition("_")[2]
    return number if unwrapped.startswith("comment:") and _NUMBER.fullmatch(number) else ""
