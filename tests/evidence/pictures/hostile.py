"""Bodies that are called pictures: what people post, what breaks decoders, what only pretends."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageDraw

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def picture(size: tuple[int, int] = (320, 240), form: str = "PNG", *, mode: str = "RGB", **given: Any) -> bytes:
    """A picture with a dark bar on it, so that one can see whether it was turned."""
    image = Image.new(mode, size, "white" if mode != "RGBA" else (255, 255, 255, 0))
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 4, size[1]), fill="black")
    kept = io.BytesIO()
    image.save(kept, form, **given)
    return kept.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A PNG of a few kilobytes that says it is 2.5 thousand million pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1_000_000), 9)) + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A PNG whose compressed comment unpacks to hundreds of megabytes.

    One piece of zeros is compressed and stands there 300 times: all of them took each process that collects the tests two seconds.
    """
    packing, pieces, size = zlib.compressobj(9, wbits=-15), 300, 1_000_000
    piece = packing.compress(bytes(size)) + packing.flush(zlib.Z_FULL_FLUSH)
    checksum = struct.pack(">HH", pieces * size % 65521, 1)  # Adler-32 of zeros
    comment = b"c\0\0" + b"\x78\xda" + piece * pieces + b"\3\0" + checksum
    small = picture((64, 64))
    return small[:33] + chunk(b"zTXt", comment) + small[33:]


def many_frames() -> bytes:
    """A GIF of 500 frames."""
    frames = [Image.new("P", (200, 200), n % 256) for n in range(500)]
    kept = io.BytesIO()
    frames[0].save(kept, "GIF", save_all=True, append_images=frames[1:])
    return kept.getvalue()


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><body>Login</body></html>"
TIFF = b"II*\0" + bytes(200)

REFUSED = {
    "empty": (b"", "empty"),
    "svg": (SVG, "no_picture"),
    "html": (HTML, "no_picture"),
    "html first, a picture behind": (HTML + picture(), "no_picture"),
    "another format": (TIFF, "no_picture"),
    "bomb": (bomb(), "too_many_pixels"),
    "bomb within the sides": (bomb(7_000, 7_000), "too_many_pixels"),
    "cut off": (picture((400, 400), "JPEG")[:900], "broken"),
    "head only": (picture()[:24], "broken"),
    "one pixel": (picture((1, 1), "GIF"), "too_small"),
    "thin line": (picture((2_000, 12)), "too_narrow"),
    "magic and noise": (b"\xff\xd8\xff" + random.Random(1).randbytes(5_000), "broken"),
    "comment that unpacks": (text_bomb(), "broken"),
    "WebP that is none": (b"RIFF\x10\0\0\0WEBPVP8 " + bytes(40), "broken"),
}


def bodies(count: int, seed: int = 1) -> Iterator[bytes]:
    """Broken pictures without end: each a good one with bytes changed, cut, doubled or moved."""
    chance = random.Random(seed)
    good = [picture((97 + 40 * n, 61 + 30 * n), form) for n in range(3) for form in FORMATS]
    for _ in range(count):
        body = bytearray(chance.choice(good))
        for _change in range(chance.randint(1, 6)):
            place = chance.randrange(len(body))
            match chance.randrange(5):
                case 0:
                    body[place] = chance.randrange(256)
                case 1:
                    del body[place:]
                    body += chance.randbytes(chance.randrange(1, 40))
                case 2:
                    body[place:place] = chance.randbytes(chance.randrange(1, 64))
                case 3:
                    end = min(len(body), place + 200)
                    body[place:place] = body[place:end] * chance.randrange(1, 30)
                case _:
                    body[place : place + 4] = struct.pack(">I", chance.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF)))[: len(body) - place]
        yield bytes(body)
