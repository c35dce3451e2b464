"""CSV of 4CAT, the capture and analysis toolkit many universities run: one row a post, columns after 4CAT's `map_item`.

Common to all its sources: id, thread_id, author, body, timestamp (UTC) or unix_timestamp. Which platform a row is of tells its address.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from datetime import UTC

from patrol import domain, sources
from patrol.intake.formats import files, joining, rows, shape, times

NAME = "4cat"
TITLE = domain.Sentence(id="4CAT (CSV)", en="4CAT (CSV)")
ASKS: tuple[str, ...] = ("platform",)

_URL = ("url", "link", "post_url", "tiktok_url", "permalink")
_AUTHOR = ("author", "author_name_short", "username")
_AUTHOR_NAME = ("author_fullname", "author_full", "author_name", "author_full_name")
_PICTURES = ("image_url", "image_urls", "images", "thumbnail_url", "display_url")
_VIDEOS = ("video_url", "videos", "media_urls")
_LINKS = ("urls", "link_url", "urls_linked")
_GROUP = ("group_name", "chat", "channel", "subreddit", "location_name")
_READ = {
    *_URL,
    *_AUTHOR,
    *_AUTHOR_NAME,
    *_PICTURES,
    *_VIDEOS,
    *_LINKS,
    *_GROUP,
    "id",
    "thread_id",
    "parent_id",
    "body",
    "subject",
    "timestamp",
    "unix_timestamp",
    "stickers",
    "item_id",
}
_IGNORED = {  # counts, and what can be had from the text again
    "author_id",
    "author_followers",
    "author_avatar",
    "author_avatar_url",
    "author_banner_url",
    "author_is_verified",
    "verified",
    "author_is_premium",
    "likes",
    "num_likes",
    "num_comments",
    "num_media",
    "comments",
    "shares",
    "plays",
    "reposts",
    "replies",
    "quotes",
    "retweet_count",
    "reply_count",
    "like_count",
    "quote_count",
    "impression_count",
    "hashtags",
    "mentions",
    "mentioned",
    "usertags",
    "is_duet",
    "music_name",
    "music_id",
    "music_url",
    "music_author",
    "warning",
    "source",
    "language_guess",
    "possibly_sensitive",
    "is_retweet",
    "retweeted_user",
    "is_quote_tweet",
    "quoted_user",
    "is_quote_withheld",
    "is_reply",
    "replied_user",
    "is_withheld",
    "long_lat",
    "place_name",
    "type",
    "media_type",
    "location_id",
    "location_latlong",
    "location_city",
    "missing_media",
    "likes_hidden",
    "play_count",
    "collected_from_url",
    "collected_from_view",
    "partial_item",
    "coauthors",
    "coauthor_fullnames",
    "coauthor_ids",
    "is_in_group",
    "audio_url",
    "link_thumbnail_url",
    "is_paid_partnership",
    "views",
    "effects",
    "challenges",
    "location_created",
    "diversification_labels",
    "is_ad",
    "is_paid",
    "is_sensitive",
    "is_photosensitive",
    "author_url",
    "author_username",
}


def recognises(peek: shape.Peek) -> bool:
    if peek.is_archive:
        return False
    head = peek.text.partition("\n")[0]
    names = {name.strip().lower() for name in rows.split(head, rows.delimiter(head))}
    return {"id", "body", "timestamp", "author"} <= names and bool(names & {"thread_id", "unix_timestamp"})


def read(file: shape.File, options: shape.Options) -> Generator[shape.Item]:
    """Raises FileRefusedError. Dates are UTC, as 4CAT writes them."""
    with files.text(file) as wrapper:
        for number, cells in rows.delimited(wrapper):
            if isinstance(cells, domain.Problem):
                yield cells
                continue
            yield _item({name.lower(): cell for name, cell in cells.items()}, options, shape.line(number))


def _first(row: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((row[name].strip() for name in names if row.get(name, "").strip()), "")


def _several(written: str) -> list[str]:
    """A cell of several addresses: separated by commas, or a JSON list."""
    if written.startswith("["):
        try:
            found = json.loads(written)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list):
            return [str(one) for one in found]
    # A comma may belong to an address: only one before the next http parts two.
    return [part.strip().rstrip(",") for part in written.replace(",http", "\nhttp").split("\n") if part.strip()]


def _item(row: dict[str, str], options: shape.Options, where: str) -> shape.Item:
    number, url = row.get("id", "").strip(), _first(row, _URL)
    platform = sources.platform_of(url) or options.platform
    if platform in {"", "web"} and options.platform:
        platform = options.platform
    if not number and not url:
        return shape.problem("no_id", "Baris tanpa id dan tanpa alamat.", "A row without id and without address.", where)
    if not platform:
        return shape.problem(
            "no_platform",
            "Platform tidak diketahui: tidak ada alamat. Pilih platformnya lalu impor lagi.",
            "The platform is not known: there is no address. Choose the platform and import again.",
            where,
        )
    written = row.get("unix_timestamp", "").strip() or row.get("timestamp", "").strip()
    text = "\n".join(filter(None, (row.get("subject", "").strip(), row.get("body", "").strip("\r\n"), row.get("stickers", "").strip())))
    media = [
        *(domain.MediaReference("photo", one) for one in _several(_first(row, _PICTURES)) if one.startswith("http")),
        *(domain.MediaReference("video", one) for one in _several(_first(row, _VIDEOS)) if one.startswith("http")),
    ]
    thread = row.get("thread_id", "").strip()
    addressed = sources.platform_of(url) == domain.Platform.WEB or sources.identity(url) is not None
    post = domain.RawPost(
        platform=platform,
        external_id="" if addressed else number,
        url=url,
        text=text,
        author=_first(row, _AUTHOR).removeprefix("@").lower(),
        author_name=_first(row, _AUTHOR_NAME),
        posted_at=times.parse(written, UTC, "dmy"),
        posted_at_source=written,
        thread=thread if thread != number else "",
        origin=_first(row, _GROUP),
        links=tuple(one for one in _several(_first(row, _LINKS)) if one.startswith("http")),
        media=tuple(media),
        locator=where,
        unknown={key: cell[:200] for key, cell in row.items() if cell and key not in _READ and key not in _IGNORED},
    )
    return joining.settled(post)
