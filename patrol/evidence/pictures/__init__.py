"""Pictures made fit to be shown: re-encoded in a limited child process, contacts washed out. No Django, no network.

What comes from a platform is kept as it came and never shown; what is shown was drawn anew from its pixels. The child (`child.py`)
is one process a picture: a fifth of a second more than opening it here, and whatever the picture breaks is not the worker.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageFilter

from patrol import domain
from patrol.domain import Box, Sentence

MOST_BYTES = 15_000_000  # as far as the reader of pictures goes (reading.pictures.decode)
MOST_PIXELS = 24_000_000
LONGEST_SIDE = 1_280  # of the thumbnail: the smallest print of a flyer is still read by a person
LONGEST_SCREEN = 12_000  # of a screenshot
SMALLEST_SIDE = 12  # smaller ones count visits, they show nothing
NARROWEST = 40
MEMORY_BYTES = 640 * 1024 * 1024  # of address space; 24 million pixels with their clear parts take 300
CPU_SECONDS = 10
SECONDS = 20.0  # on the wall: a child that waits costs no processor time
MOST_THUMBNAIL = 4_000_000

_CHILD = Path(__file__).with_name("child.py")
_MAGIC: Final = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"GIF87a", "image/gif"), (b"GIF89a", "image/gif"))

REFUSALS: Final[dict[str, Sentence]] = {
    "empty": Sentence("Berkas gambar kosong.", "The picture file is empty."),
    "no_picture": Sentence(
        "Berkas bukan gambar JPEG, PNG, WebP, atau GIF, walaupun disebut gambar.",
        "The file is no JPEG, PNG, WebP or GIF, though it is called a picture.",
    ),
    "too_large": Sentence("Berkas gambar terlalu besar.", "The picture file is too large."),
    "too_many_pixels": Sentence(
        "Gambar terlalu besar setelah dibuka (bom gambar).", "The picture is too large once opened (an image bomb)."
    ),
    "too_small": Sentence(
        "Gambar terlalu kecil untuk memuat tulisan (biasanya penghitung kunjungan).",
        "The picture is too small to hold writing (usually a visit counter).",
    ),
    "too_narrow": Sentence("Gambar hanya berupa garis tipis.", "The picture is only a thin line."),
    "broken": Sentence("Berkas gambar rusak atau terpotong.", "The picture file is broken or cut off."),
    "too_costly": Sentence(
        "Membuka gambar ini menghabiskan waktu atau memori melebihi batas.", "Opening the picture took more time or memory than allowed."
    ),
}


class UnreadableError(Exception):
    """A picture that is not taken; `problem` says why, for good."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.problem = domain.Problem(code, REFUSALS[code], permanent=True)


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A picture fit to be shown. `width` and `height` are those of the picture as it came, turned as its EXIF says."""

    thumbnail: bytes  # JPEG, at most LONGEST_SIDE long
    media_type: str  # of what came, by its first bytes
    width: int
    height: int
    memory: int  # bytes the child took at most
    alone: bool  # the kernel took the network from the child


def media_type(content: bytes) -> str:
    """The kind of picture by its first bytes, "" for anything else; what a server calls it proves nothing."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for magic, kind in _MAGIC if content.startswith(magic)), "")


def shrunk(content: bytes, *, longest: int = LONGEST_SIDE, seconds: float = SECONDS) -> Shrunk:
    """The thumbnail of a stranger's picture. Raises UnreadableError for whatever cannot or must not be opened."""
    return _drawn(content, "JPEG", longest, MOST_THUMBNAIL, seconds)


def redrawn(content: bytes, *, longest: int = LONGEST_SCREEN, seconds: float = SECONDS, nice: int = 0) -> bytes:
    """The same picture as a new PNG, without a loss: screenshots are evidence. `nice`: how far its process gives way to others.
    Raises UnreadableError."""
    return _drawn(content, "PNG", longest, MOST_BYTES, seconds, nice).thumbnail


PRINTED = 1_000  # pixels across, of a picture on paper: 150 to the inch of the page's width
_TALLEST = 1.4  # of its width, what one page holds beside words


@dataclass(frozen=True, slots=True)
class Printed:
    """A picture on paper, as JPEG. `part`: how many per cent of its height that is, rounded down; 100 is all of it."""

    content: bytes
    part: int


def printed(content: bytes) -> Printed:
    """For a page of paper: of a long page its upper part, still to be read. Raises UnreadableError."""
    whole = _drawn(content, "JPEG", LONGEST_SCREEN, MOST_BYTES, SECONDS).thumbnail
    with Image.open(io.BytesIO(whole), formats=("JPEG",)) as opened:
        height = min(opened.height, int(opened.width * _TALLEST))
        picture, part = opened.crop((0, 0, opened.width, height)), height * 100 // opened.height
    picture.thumbnail((PRINTED, int(PRINTED * _TALLEST)))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return Printed(out.getvalue(), part)


def _drawn(content: bytes, form: str, longest: int, most: int, seconds: float, nice: int = 0) -> Shrunk:
    if not content:
        raise UnreadableError("empty")
    if len(content) > MOST_BYTES:
        raise UnreadableError("too_large")
    kind = media_type(content)
    if not kind:
        raise UnreadableError("no_picture")
    head, _, thumbnail = _asked(content, form, longest, most, seconds, nice).partition(b"\n")
    try:
        said = json.loads(head)
        if "code" in said:
            raise UnreadableError(said["code"])
        made = Shrunk(thumbnail, kind, int(said["width"]), int(said["height"]), int(said["memory"]), bool(said["alone"]))
    except (ValueError, LookupError, TypeError) as error:  # killed at a limit, or no longer our program that answers
        raise UnreadableError("too_costly") from error
    if len(thumbnail) > most or media_type(thumbnail) != f"image/{form.lower()}":
        raise UnreadableError("broken")
    return made


def _asked(content: bytes, form: str, longest: int, most: int, seconds: float, nice: int = 0) -> bytes:
    """What the child answers, at most that many bytes of it; nothing of a child that was killed half-way is believed."""
    limits = (form, MOST_PIXELS, longest, SMALLEST_SIDE, NARROWEST, MEMORY_BYTES, CPU_SECONDS)
    with os.fdopen(os.memfd_create("picture"), "w+b") as given:  # memory, no file: it leaves no trace on a disk
        given.write(content)
        given.seek(0)
        child = subprocess.Popen(  # noqa: S603 -- our own program; nothing of the picture stands in its arguments
            [sys.executable, "-I", str(_CHILD), *map(str, limits)],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={},
            cwd="/",
        )
        if nice:
            with contextlib.suppress(ProcessLookupError):
                os.setpriority(os.PRIO_PROCESS, child.pid, nice)
        timer = threading.Timer(seconds, _kill, [child.pid])
        timer.start()
        try:
            assert child.stdout is not None
            with child.stdout as answer:
                return answer.read(most + 1_000)
        finally:
            timer.cancel()
            _kill(child.pid)
            child.wait()


def _kill(pid: int) -> None:
    """The child with all it may have started: it leads a session of its own."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def washed(thumbnail: bytes, boxes: Sequence[Box]) -> bytes:
    """The thumbnail with these boxes (in its own pixels) made unreadable. Only for what `shrunk` made.

    What is under a box is shrunk to three pixels before it is drawn large again: a mosaic of letters can be read back, three
    colours cannot.
    """
    with Image.open(io.BytesIO(thumbnail), formats=("JPEG",)) as opened:
        picture = opened.convert("RGB")
    for left, top, width, height in boxes:
        # Readers draw their boxes tight, the foot of a 7 is a 7, and where a word ends within its line they only reckon.
        beside, above = 3 + height // 2, 3 + height // 6
        area = (
            max(0, left - beside),
            max(0, top - above),
            min(picture.width, left + width + beside),
            min(picture.height, top + height + above),
        )
        if area[0] >= area[2] or area[1] >= area[3]:
            continue
        size = area[2] - area[0], area[3] - area[1]
        calm = picture.crop(area).resize((3, 1), Image.Resampling.BOX).resize(size, Image.Resampling.BILINEAR)
        picture.paste(calm.filter(ImageFilter.GaussianBlur(2)), area[:2])
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=86)
    return out.getvalue()


def scaled(box: Box, given: tuple[int, int], size: tuple[int, int]) -> Box:
    """A box in pixels of the picture as it came (width, height) in those of its thumbnail, never smaller than it was."""
    across, down = size[0] / max(1, given[0]), size[1] / max(1, given[1])
    left, top, width, height = box
    return int(left * across), int(top * down), int(width * across) + 2, int(height * down) + 2


def size_of(thumbnail: bytes) -> tuple[int, int]:
    """Width and height of what `shrunk` made."""
    with Image.open(io.BytesIO(thumbnail), formats=("JPEG",)) as opened:
        return opened.size
