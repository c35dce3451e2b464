"""What an extension's test shows to a browser, and what the product then holds: the same for Chromium and Firefox."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from PIL import Image

from tests import stack
from tests.extension import pages

FIELDS = (
    "platform", "external_id", "thread", "origin", "url", "posted_at", "text", "author", "author_name", "links", "media",
)  # fmt: skip


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 400), (180, 60, 60)).save(out, "PNG")
    return out.getvalue()


def answers() -> dict[str, tuple[str, bytes]]:
    """Address -> type and body of everything the pages are made of."""
    shown = {url: ("text/html; charset=utf-8", page().encode()) for url, page in pages.PAGES.items()}
    return shown | {pages.PICTURE: ("image/png", picture())}


def stored(going: stack.Stack, key: str) -> list[dict[str, Any]]:
    """What the database holds of a capture: the post first."""
    rows = going.query(
        """SELECT p.platform, p.external_id, p.thread, p.origin, p.url, p.posted_at, t.text, t.author, t.author_name, t.links, t.media
        FROM patrol_intake i JOIN patrol_seen s ON s.intake_id = i.id JOIN patrol_post p ON p.id = s.post_id
        JOIN patrol_postversion v ON v.post_id = p.id JOIN patrol_posttext t ON t.version_id = v.id
        WHERE i.key = %s ORDER BY p.thread <> '', p.id""",
        [key],
    )
    return [dict(zip(FIELDS, row, strict=True)) for row in rows]


def files(going: stack.Stack, key: str) -> dict[str, bytes]:
    """kind -> the bytes in the evidence store, found by the hash of the row."""
    rows = going.query(
        "SELECT c.kind, c.sha256 FROM patrol_capture c JOIN patrol_intake i ON i.id = c.intake_id WHERE i.key = %s",
        [key],
    )
    folder = Path(going.environment["EVIDENCE_DIR"])
    return {kind: (folder / name[:2] / name[2:4] / name).read_bytes() for kind, name in rows}
