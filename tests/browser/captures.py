"""What an extension's test shows to a browser, and what the product then holds: the same for Chromium and Firefox."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from PIL import Image

from tests import stack
from tests.extension import pages

FIELDS = ("platform", "external_id", "thread", "origin", "url", "posted_at", "text", "author", "author_name", "links", "media")


PICTURES = [pages.PICTURE]
ANSWERS = [("peminat.contoh", "peminat.contoh", pages.ANSWER), ("warga_contoh", "warga_contoh", "Hati-hati penipuan")]

# Address -> what a reader finds there: platform, address, account, name, text, time, links, pictures, group, and comments as account,
# name, text.
FOUND: dict[str, tuple[Any, ...]] = {
    pages.INSTAGRAM: (
        "instagram",
        pages.INSTAGRAM,
        "agen.contoh",
        "agen.contoh",
        f"{pages.READ_LINES} #tkikamboja",
        pages.AT,
        [],
        PICTURES,
        "",
        ANSWERS,
    ),
    pages.INSTAGRAM_PAGE: (
        "instagram",
        pages.INSTAGRAM_PAGE,
        "agen.contoh",
        "agen.contoh",
        pages.READ_LINES,
        pages.AT,
        [],
        PICTURES,
        "",
        ANSWERS,
    ),
    pages.INSTAGRAM_FEED: (
        "instagram",
        pages.INSTAGRAM,
        "agen.contoh",
        "agen.contoh",
        f"{pages.TEXT} #tkikamboja",
        pages.AT,
        [],
        PICTURES,
        "",
        [],
    ),
    pages.INSTAGRAM_SILENT: ("instagram", pages.INSTAGRAM_SILENT, "agen.contoh", "agen.contoh", "", pages.AT, [], PICTURES, "", []),
    pages.THREADS: (
        "threads",
        pages.THREADS,
        "agen.contoh",
        "agen.contoh",
        pages.READ_LINES,
        pages.AT,
        [pages.HIDDEN],
        [],
        "",
        [ANSWERS[0], ("warga.contoh", "warga.contoh", "Hati-hati penipuan")],
    ),
    pages.THREADS_FEED: ("threads", pages.THREADS, "agen.contoh", "agen.contoh", pages.TEXT, pages.AT, [], [], "", []),
    pages.X: (
        "x",
        pages.X,
        "agen_contoh",
        "Agen Contoh",
        f"{pages.TEXT} ✈️ #tkikamboja https://wa.me/6284055…",
        pages.AT,
        ["https://t.co/contoh1", "https://t.co/contoh2"],
        PICTURES,
        "",
        [("peminat_contoh", "Peminat", pages.ANSWER), ("warga_contoh", "Warga", "Hati-hati penipuan")],
    ),
    pages.X_FEED: (
        "x",
        "https://x.com/agen_contoh/status/1900000000000000045",
        "agen_contoh",
        "Agen Contoh",
        "",
        pages.AT,
        [],
        PICTURES,
        "",
        [],
    ),
    pages.YOUTUBE: (
        "youtube",
        pages.YOUTUBE,
        "agencontoh",
        "Agen Contoh",
        f"Loker Kamboja 15 juta\n\n{pages.READ_LINES} wa.me/62840…",
        pages.AT,
        [pages.HIDDEN],
        [],
        "",
        [("peminatcontoh", "@peminatcontoh", pages.ANSWER), ("wargacontoh", "@wargacontoh", "Hati-hati penipuan")],
    ),
    pages.YOUTUBE_LATER: (
        "youtube",
        pages.YOUTUBE_LATER,
        "agencontoh",
        "Agen Contoh",
        f"Loker Kamboja 15 juta\n\n{pages.READ_LINES} wa.me/62840…",
        "",
        [pages.HIDDEN],
        [],
        "",
        [("peminatcontoh", "@peminatcontoh", pages.ANSWER), ("wargacontoh", "@wargacontoh", "Hati-hati penipuan")],
    ),
    pages.YOUTUBE_SHORT: ("youtube", pages.YOUTUBE_SHORT, "agencontoh", "@agencontoh", pages.TEXT, "", [], [], "", []),
    pages.YOUTUBE_POSTS: (
        "youtube",
        "https://www.youtube.com/post/UgkxContoh02",
        "agencontoh",
        "Agen Contoh",
        pages.TEXT,
        "",
        [],
        [],
        "",
        [],
    ),
    pages.TELEGRAM: (
        "telegram",
        "https://t.me/loker_contoh/42",
        "",
        "Agen Contoh",
        f"{pages.TEXT} ✈️ di sini",
        pages.AT,
        [pages.HIDDEN],
        [],
        "Loker Contoh",
        [],
    ),
    pages.TELEGRAM_A: ("telegram", "", "", "Agen Contoh", f"{pages.TEXT} di sini", "", [pages.HIDDEN], [], "Grup Contoh", []),
    pages.TELEGRAM_PREVIEW: (
        "telegram",
        "https://t.me/loker_contoh/42",
        "",
        "Loker Contoh",
        f"{pages.READ_LINES} di sini",
        pages.AT,
        [pages.HIDDEN],
        [],
        "Loker Contoh",
        [],
    ),
}


def told(read: dict[str, Any]) -> tuple[Any, ...]:
    """Of what the readers answer, what FOUND says."""
    post = read["post"]
    return (
        read["platform"],
        *(post[name] for name in ("url", "author", "author_name", "text", "posted_at", "links")),
        [one["url"] for one in post["pictures"]],
        post["origin"],
        [(one["author"], one["author_name"], one["text"]) for one in read["comments"]],
    )


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 400), (180, 60, 60)).save(out, "PNG")
    return out.getvalue()


def answers() -> dict[str, tuple[str, bytes]]:
    """Address -> type and body of everything the pages are made of."""
    shown = {url.partition("#")[0]: ("text/html; charset=utf-8", page().encode()) for url, page in pages.PAGES.items()}
    return shown | {pages.PICTURE: ("image/png", picture())}


def stored(going: stack.Stack, key: str) -> list[dict[str, Any]]:
    """What the database holds of what a capture brought, as it was last seen: the post first."""
    rows = going.query(
        """SELECT p.platform, p.external_id, p.thread, p.origin, p.url, p.posted_at, t.text, t.author, t.author_name, t.links, t.media
        FROM patrol_intake i JOIN patrol_seen s ON s.intake_id = i.id JOIN patrol_post p ON p.id = s.post_id
        JOIN patrol_postversion v ON v.post_id = p.id JOIN patrol_posttext t ON t.version_id = v.id
        WHERE i.key = %s AND v.number = (SELECT max(number) FROM patrol_postversion WHERE post_id = p.id)
        ORDER BY p.thread <> '', p.id""",
        [key],
    )
    return [dict(zip(FIELDS, row, strict=True)) for row in rows]


def files(going: stack.Stack, key: str) -> dict[str, bytes]:
    """kind -> the bytes in the evidence store, found by the hash of the row."""
    rows = going.query("SELECT c.kind, c.sha256 FROM patrol_capture c JOIN patrol_intake i ON i.id = c.intake_id WHERE i.key = %s", [key])
    folder = Path(going.environment["EVIDENCE_DIR"])
    return {kind: (folder / name[:2] / name[2:4] / name).read_bytes() for kind, name in rows}
