"""The gate before any reading: the same picture is read once.

Two keys, cheap one first: the SHA-256 of the bytes as they came, and the SHA-256 of the pixels they decode to (another container,
other metadata, a lossless copy). A picture known by its pixels only is remembered by its new bytes too.

A re-compressed copy is read anew, though a perceptual hash would know it: what rings change on a flyer is the number, a few
digits in a box, and a hash that forgives a JPEG's noise forgives those too. An old reading handed on would give the old number as
the new flyer's; half a second saved is not worth that. That two flyers look alike is for the search of near-duplicates to say.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from patrol.domain import Place

if TYPE_CHECKING:
    from patrol.engine.reading.pictures.decode import Opened

VERSION = 2  # of what is done to a picture; readings kept by an older one are not taken


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read of one picture. `places` have the sources image and qr, without the picture's number."""

    text: str = ""
    code_text: str = ""
    places: tuple[Place, ...] = ()


class Memory:
    """A ReadCache for one run: the readings last used, at most `most`."""

    def __init__(self, most: int = 5_000) -> None:
        self._kept: OrderedDict[str, str] = OrderedDict()
        self._most = most

    def get(self, key: str) -> str | None:
        """The kept reading, None where there is none (any more)."""
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        return kept

    def put(self, key: str, text: str) -> None:
        """Keeps a reading; the one not asked for the longest makes room."""
        self._kept[key] = text
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)


def by_bytes(content: bytes) -> str:
    """The key of a picture as it came."""
    return f"picture:{VERSION}:bytes:{hashlib.sha256(content).hexdigest()}"


def by_pixels(opened: Opened) -> str:
    """The key of what a picture shows. The scale is part of it: boxes are in pixels of the picture as given."""
    shape = f"{opened.colour.shape} {opened.scale!r} ".encode()
    return f"picture:{VERSION}:pixels:{hashlib.sha256(shape + opened.colour.tobytes()).hexdigest()}"


def to_text(seen: Seen) -> str:
    """A reading as a ReadCache keeps it."""
    return json.dumps([seen.text, seen.code_text, [[p.source, p.span, p.box, p.confidence] for p in seen.places]], ensure_ascii=False)


def from_text(kept: str | None) -> Seen | None:
    """The reading; None where nothing was kept or what was kept is none of ours."""
    if kept is None:
        return None
    try:
        text, code_text, places = json.loads(kept)
        return Seen(
            str(text),
            str(code_text),
            tuple(
                Place(str(source), (int(span[0]), int(span[1])), (int(a), int(b), int(c), int(d)), float(confidence))
                for source, span, (a, b, c, d), confidence in places
            ),
        )
    except (ValueError, TypeError, LookupError):
        return None
