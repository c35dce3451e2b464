"""Bytes of a picture -> pixels within bounds, or a refusal with a reason. Nothing hostile gets further than this.

Only what people post is opened (JPEG, PNG, WebP, GIF: first frame). Vector pictures are programs and are refused with
everything else. The size is checked before the pixels are made.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, ImageOps

from patrol.engine.reading.pictures import MOST_BYTES

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS = 24_000_000  # a phone's camera; more is refused
LONGEST_SIDE = 2_400  # larger ones are shrunk to this: letters of a page of A4 stay 20 pixels high, the time stays bounded
SMALLEST_SIDE = 12  # no letter fits into less
NARROWEST = 40  # sides further apart than this ratio hold no flyer, and scaling them makes monsters

type Pixels = NDArray[np.uint8]


class UnreadableError(ValueError):
    """A picture that is not opened; the message says why, in a few words."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A picture the readers can work on.

    `colour`: rows x columns x 3, blue first (OpenCV's order), turned as its EXIF says, clear parts on white.
    `scale`: pixels of the picture as it is shown, for one pixel here.
    """

    colour: Pixels
    scale: float

    @property
    def grey(self) -> Pixels:
        return np.asarray(cv2.cvtColor(self.colour, cv2.COLOR_BGR2GRAY), dtype=np.uint8)


def opened(content: bytes) -> Opened:
    """Raises UnreadableError for whatever cannot or must not be opened."""
    if not content:
        raise UnreadableError("empty")
    if len(content) > MOST_BYTES:
        raise UnreadableError("file too large")
    # WeasyPrint, in the same process, tells Pillow to take half a picture for a whole one. Here half of it is none.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            # Pillow warns about bombs and about broken EXIF blocks: the first is checked below, the second is no reason.
            warnings.simplefilter("ignore")
            return _opened(content)
    except UnreadableError:
        raise
    except Exception as error:  # Pillow's decoders raise whatever their formats can break
        raise UnreadableError(" ".join(str(error).split())[:80] or type(error).__name__) from error


def _opened(content: bytes) -> Opened:
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise UnreadableError(f"{width}x{height} pixels")
        if min(width, height) < SMALLEST_SIDE or max(width, height) > NARROWEST * min(width, height):
            raise UnreadableError(f"{width}x{height} pixels hold no writing")
        if picture.format == "JPEG":
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # decodes at a half or a quarter: cheaper than shrinking
        turned = ImageOps.exif_transpose(picture)
        if turned.has_transparency_data:
            clear = turned.convert("RGBA")
            turned = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
        colour = cv2.cvtColor(np.asarray(turned.convert("RGB")), cv2.COLOR_RGB2BGR)
    longest = max(colour.shape[:2])
    if longest > LONGEST_SIDE:
        share = LONGEST_SIDE / longest
        size = max(1, round(colour.shape[1] * share)), max(1, round(colour.shape[0] * share))
        colour = cv2.resize(colour, size, interpolation=cv2.INTER_AREA)
    return Opened(np.asarray(colour, dtype=np.uint8), max(width, height) / max(colour.shape[:2]))
