"""Pictures of a post -> their text, their QR codes, and the place of every word. Pure: bytes come in.

The way of a picture (`reader`): the gate (`gate`: was it read before?), decoding within bounds (`decode`), QR codes (`codes`), text by
two readers (`cascade` of `tesseract` and `rapid`), text and places (`layout`). No step raises for what a picture holds:
what could not be read is a note.

Bounds: file and pixels before decoding, Tesseract by its seconds, RapidOCR by the lines it may read. The worst pictures found
(a page of the smallest print, pure noise) take 12 seconds of one core, a usual flyer less than one.
"""

from __future__ import annotations

from typing import Final

from patrol.domain import Picture, ReadCache, Sentence
from patrol.engine.reading.pictures.gate import Memory, Seen

__all__ = ["MOST_BYTES", "Memory", "Seen", "available", "read"]

MOST_BYTES: Final = 15_000_000  # of one picture

# `reader` is imported where a picture is read: OpenCV and numpy take a sixth of a second, and most processes and most runs of
# `manage.py assess` see none.


def available() -> bool:
    """Whether writing on pictures can be read here at all; QR codes always can."""
    from patrol.engine.reading.pictures import reader  # noqa: PLC0415

    return reader.available()


def read(picture: Picture, cache: ReadCache | None) -> tuple[Seen, Sentence | None]:
    """What stands on a picture, and a note where it was read in part or not at all. What was read in full is kept."""
    from patrol.engine.reading.pictures import reader  # noqa: PLC0415

    return reader.read(picture, cache)
