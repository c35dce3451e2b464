"""A file that stands whole or not at all, also after the power went: written beside its place, synced, renamed, and its folder synced."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

BESIDE: Final = ".new-"  # how the name of one begins that is being written; left where its process was killed


def write(place: Path, content: bytes, *, mode: int) -> None:
    """Writes the file with its folders, over what stood there. Raises OSError, and then nothing half-written stays."""
    make(place.parent)
    handle, beside = tempfile.mkstemp(dir=place.parent, prefix=BESIDE)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(mode)
        Path(beside).replace(place)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    sync(place.parent)


def make(folder: Path) -> None:
    """The folder and those above it; a name that is new in a folder is lost with the power unless that folder is synced too."""
    if folder.is_dir():
        return
    make(folder.parent)
    folder.mkdir(exist_ok=True)
    sync(folder.parent)


def sync(folder: Path) -> None:
    """Its names reach the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
