"""What of a picture is served before its colours: too little to recognise anything by, or its shapes in grey.

The blurred one is not the picture behind a filter: it has so few pixels that no program brings back what was there.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PIL import Image

BLURRED_SIDE: Final = 12  # pixels of the longer side
QUALITY: Final = 80


class UnreadableError(Exception):
    """These bytes are none of our JPEGs, or a broken one."""


@contextmanager
def _opened(jpeg: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as picture:
            yield picture
    except (OSError, Image.DecompressionBombError) as error:
        raise UnreadableError(str(error)) from error


def blurred(jpeg: bytes) -> bytes:
    """The fields of colour of one of our own JPEGs, in its proportions; the browser draws them large. Raises UnreadableError."""
    with _opened(jpeg) as picture:
        picture.draft("RGB", (64, 64))  # decodes an eighth of each side: quick, and enough
        small = picture.convert("RGB")
    small.thumbnail((BLURRED_SIDE, BLURRED_SIDE), Image.Resampling.BOX)
    return _jpeg(small)


def grey(jpeg: bytes) -> bytes:
    """Its shapes, in its size. Raises UnreadableError."""
    with _opened(jpeg) as picture:
        return _jpeg(picture.convert("L"))


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
