"""NDJSON of Zeeschuimer, the browser extension that keeps what a platform sends to the open page.

One line, one item: {nav_index, item_id, timestamp_collected, source_platform, source_platform_url, source_url, user_agent, data}, where
`data` is the platform's own answer (shapes: Zeeschuimer's modules and 4CAT's map_item). `source_platform` names the module.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping
from dataclasses import replace
from typing import Any

from patrol import domain
from patrol.intake.formats import files, joining, shape, times, zeeschuimer_items

NAME = "zeeschuimer"
TITLE = domain.Sentence(id="Zeeschuimer (NDJSON)", en="Zeeschuimer (NDJSON)")
ASKS: tuple[str, ...] = ()

_ENVELOPE = {"source_platform", "source_platform_url", "data"}
_READERS: Mapping[str, Callable[[dict[str, Any]], domain.RawPost | None]] = {
    "tiktok.com": zeeschuimer_items.tiktok,
    "tiktok-comments": zeeschuimer_items.tiktok_comment,
    "instagram.com": zeeschuimer_items.instagram,
    "facebook.com": zeeschuimer_items.facebook,
    "twitter.com": zeeschuimer_items.x,
    "x.com": zeeschuimer_items.x,
    "threads.net": zeeschuimer_items.threads,
    "threads.com": zeeschuimer_items.threads,
}
# Modules whose platforms this office does not patrol, or whose items hold no post: left out by name, counted.
_OTHERS = {
    "linkedin.com",
    "9gag.com",
    "imgur.com",
    "douyin.com",
    "gab.com",
    "truthsocial.com",
    "pinterest.com",
    "xiaohongshu.com",
    "rednote.com",
    "bilibili.com",
    "parler.com",
}
_LEFT_ADS = domain.Sentence(id="iklan di sela unggahan, tanpa isi yang terbaca", en="advertisements between posts without readable content")


def recognises(peek: shape.Peek) -> bool:
    if peek.is_archive:
        return False
    first = next((line for line in peek.text.splitlines() if line.strip()), "")
    if not first.startswith("{"):
        return False
    head = first[:4000]
    return ('"source_platform"' in head and '"nav_index"' in head) or ('"source_platform_url"' in first and '"data"' in first)


def read(file: shape.File, _options: shape.Options) -> Generator[shape.Item]:
    """One item a line; a line that is no item is a Problem and the next one is read."""
    with files.text(file) as wrapper:
        for number, line in files.lines(wrapper):
            if line == files.TOO_LONG:
                yield files.too_long(number)
            elif line.strip():
                yield _item(line, shape.line(number))


def _item(line: str, where: str) -> shape.Item:
    try:
        kept = json.loads(line.replace("\0", ""))
    except (ValueError, RecursionError):
        kept = None
    if not isinstance(kept, dict) or not set(kept) >= _ENVELOPE or not isinstance(kept["data"], dict):
        return shape.problem(
            "no_item", "Baris ini bukan rekaman Zeeschuimer yang utuh.", "This line is no whole item of Zeeschuimer.", where
        )
    module = str(kept["source_platform"]).lower().removeprefix("www.")
    if module in _OTHERS:
        name = module.partition(".")[0]
        return shape.Left(
            domain.Sentence(id=f"unggahan {name} (platform ini tidak dipatroli)", en=f"posts of {name} (a platform that is not patrolled)"),
            where,
        )
    reader = _READERS.get(module)
    if reader is None:
        return shape.problem(
            "module_unknown", f"Modul Zeeschuimer tidak dikenal: {module[:40]}.", f"Unknown module of Zeeschuimer: {module[:40]}.", where
        )
    try:
        post = reader(kept["data"])
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, OSError, RecursionError) as error:
        # What the platform's item lacks is told by name: a changed shape shows here first.
        lacks = str(error.args[0])[:60] if isinstance(error, KeyError) and error.args else type(error).__name__
        return shape.problem(
            "bad_item",
            f"Unggahan tidak terbaca: bagian “{lacks}” tidak ada atau berbeda bentuk.",
            f"The post cannot be read: its part “{lacks}” is missing or has another shape.",
            where,
        )
    if post is None:
        return shape.Left(_LEFT_ADS, where)
    return joining.settled(replace(post, locator=where, collected_at=times.unix(kept.get("timestamp_collected"))))
