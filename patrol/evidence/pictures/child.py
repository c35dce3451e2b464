"""The program that opens a stranger's picture: bytes on standard input, a thumbnail on standard output, nothing else.

    python -I child.py JPEG|PNG MOST_PIXELS LONGEST_SIDE SMALLEST_SIDE NARROWEST MEMORY_BYTES CPU_SECONDS < picture > answer

A decoder that a picture takes over finds a process without network, files, further processes and time. It stands alone: `-I` keeps
the project off its path. The answer is one line of JSON and, where that says no `code`, the thumbnail in the form asked for.
"""

import contextlib
import ctypes
import io
import json
import os
import resource
import sys
import warnings
from typing import TextIO

from PIL import Image, ImageFile, ImageOps

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_ORIENTATION = 0x0112
_LYING = range(5, 9)  # EXIF orientations that swap width and height
_NO_NEW_PRIVILEGES = 38  # prctl(2)
_QUALITY = 86


class _UnreadableError(Exception):
    """Carries the code of the refusal; its sentences stand in the parent."""


def _shut_in(memory: int, seconds: int) -> bool:
    """Takes away what opening a picture does not need. True where the network went too: some kernels do not let us."""
    ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    alone = False
    with contextlib.suppress(OSError):
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET | os.CLONE_NEWIPC)
        alone = True
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),  # what is open stays open, no file and no socket comes to it
    ):
        resource.setrlimit(limit, (most, most))
    return alone


def _most(status: TextIO) -> int:
    """Bytes this program took at most. getrusage would also count its parent, whose copy it was until it began."""
    return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 -- broken EXIF raises whatever it breaks; the picture itself may be whole
        return 1


def _shown(picture: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # noqa: BLE001 -- as above: then it is shown as it lies
        picture.load()
        return picture


def _shrunk(content: bytes, form: str, most_pixels: int, longest: int, smallest: int, narrowest: int) -> tuple[bytes, int, int]:
    """The thumbnail, and width and height of the picture as it is shown."""
    with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
        width, height = picture.size
        if width * height > most_pixels:
            raise _UnreadableError("too_many_pixels")
        if min(width, height) < smallest:
            raise _UnreadableError("too_small")
        if max(width, height) > narrowest * min(width, height):
            raise _UnreadableError("too_narrow")
        if _orientation(picture) in _LYING:
            width, height = height, width
        if picture.format == "JPEG":
            picture.draft("RGB", (longest, longest))  # decodes at a half or a quarter: less memory, less time
        whole = _shown(picture)
        whole.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        # Pasted into a new picture: comments, profiles, places and names stay behind with the old one.
        clean = Image.new("RGB", whole.size, "white")
        if whole.has_transparency_data:
            clear = whole.convert("RGBA")
            clean.paste(clear, (0, 0), clear)
        else:
            clean.paste(whole.convert("RGB"))
    out = io.BytesIO()
    clean.save(out, form, **({"quality": _QUALITY} if form == "JPEG" else {}))
    return out.getvalue(), width, height


def _warm() -> None:
    """Walks the whole way once with pictures of our own: Pillow loads its parts when they are first needed, which takes files."""
    for name in _FORMATS:
        own = Image.new("RGBA" if name in {"PNG", "WEBP"} else "RGB", (16, 16))
        exif = Image.Exif()
        exif[_ORIENTATION] = 6
        kept = io.BytesIO()
        own.save(kept, name, **({} if name == "GIF" else {"exif": exif}))
        for form in ("JPEG", "PNG"):
            _shrunk(kept.getvalue(), form, 1_000, 8, 1, 4)


def main(arguments: list[str]) -> None:
    form = arguments[0]
    most_pixels, longest, smallest, narrowest, memory, seconds = map(int, arguments[1:])
    content = sys.stdin.buffer.read()
    _warm()
    status = open("/proc/self/status")  # noqa: PTH123, SIM115 -- before no file can be opened any more
    alone = _shut_in(memory, seconds)
    Image.MAX_IMAGE_PIXELS = most_pixels
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    warnings.simplefilter("ignore")  # broken EXIF is no reason to refuse a photograph
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    said: dict[str, object]
    thumbnail = b""
    try:
        thumbnail, width, height = _shrunk(content, form, most_pixels, longest, smallest, narrowest)
        said = {"width": width, "height": height}
    except _UnreadableError as refused:
        said = {"code": str(refused)}
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        said = {"code": "too_many_pixels"}
    except MemoryError:
        said = {"code": "too_costly"}
    except Exception as error:  # noqa: BLE001 -- decoders raise whatever their formats can break
        said = {"code": "broken", "error": type(error).__name__}
    said["alone"] = alone
    said["memory"] = _most(status)
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + thumbnail)
    sys.stdout.buffer.flush()
    os._exit(0)  # nothing is left to tidy, and tidying wants files


if __name__ == "__main__":
    main(sys.argv[1:])
