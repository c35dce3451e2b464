"""Text of flyers: Tesseract with the Indonesian model on the grey picture.

Only what people post is opened (JPEG, PNG, WebP, GIF: first frame), at most `MOST_PIXELS`; a picture that is larger,
broken or a bomb is refused with a sentence, never raised. 0.3 s a picture: the text is kept by the bytes' SHA-256.
"""

from __future__ import annotations

import functools
import hashlib
import io
import shutil
import subprocess
import warnings

import pytesseract
from PIL import Image, ImageFile, UnidentifiedImageError

from patrol.vocabulary import Picture, ReadCache, Sentence

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS = 24_000_000  # a phone's camera; more is refused
MOST_BYTES = 15_000_000
LONGEST_SIDE = 2_400  # read at this size: letters of a flyer stay 20 pixels high, the time stays below a second
SHORTEST_SIDE = 900  # smaller pictures are enlarged: Tesseract wants letters of 20 pixels
SECONDS = 20
LANGUAGE = "ind"
_VERSION = "1"  # of what is done to the picture; part of the cache's key


@functools.cache
def available() -> bool:
    """Whether Tesseract with the Indonesian model answers on this machine. Asked once a process."""
    if shutil.which("tesseract") is None:
        return False
    try:
        return LANGUAGE in pytesseract.get_languages(config="")
    except (pytesseract.TesseractError, OSError, subprocess.SubprocessError):
        return False


def text_of(picture: Picture, cache: ReadCache | None) -> tuple[str, Sentence | None]:
    """The text of a picture, and a note where it could not be read."""
    key = f"ocr:{_VERSION}:{hashlib.sha256(picture.content).hexdigest()}"
    kept = cache.get(key) if cache is not None else None
    if kept is not None:
        return kept, None
    if not available():
        return "", Sentence(
            "Gambar tidak dibaca: Tesseract tidak terpasang.", "Pictures were not read: Tesseract is not installed."
        )
    try:
        text = _read(picture.content)
    except (
        ValueError,
        OSError,
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        SyntaxError,
    ) as error:
        return "", _refused(picture.name, str(error))
    except (RuntimeError, pytesseract.TesseractError):  # its time is over, or it broke on this picture
        return "", _refused(picture.name, "")
    if cache is not None:
        cache.put(key, text)
    return text, None


def _refused(name: str, why: str) -> Sentence:
    reason = " ".join(why.split())[:80]
    return Sentence(
        f"Gambar {name} tidak dapat dibaca" + (f" ({reason})." if reason else "."),
        f"Picture {name} could not be read" + (f" ({reason})." if reason else "."),
    )


def _read(content: bytes) -> str:
    """Raises ValueError for pictures too large, Pillow's errors for broken ones, RuntimeError past `SECONDS`."""
    if len(content) > MOST_BYTES:
        raise ValueError("file too large")
    # WeasyPrint, in the same process, tells Pillow to take half a picture for a whole one. Here half of it is none.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            width, height = opened.size
            if width * height > MOST_PIXELS:
                raise ValueError(f"{width}x{height} pixels")
            if opened.format == "JPEG":
                opened.draft("L", (LONGEST_SIDE, LONGEST_SIDE))
            grey = opened.convert("L")
    longest, shortest = max(grey.size), min(grey.size)
    scale = LONGEST_SIDE / longest if longest > LONGEST_SIDE else 1.0
    if shortest < SHORTEST_SIDE and longest < LONGEST_SIDE:
        scale = min(SHORTEST_SIDE / max(shortest, 1), LONGEST_SIDE / longest, 3.0)
    if scale != 1.0:
        grey = grey.resize((max(1, round(grey.width * scale)), max(1, round(grey.height * scale))))
    return str(pytesseract.image_to_string(grey, lang=LANGUAGE, config="--psm 3", timeout=SECONDS)).strip()
