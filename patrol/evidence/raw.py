"""Raw bytes, kept under their own hash: put(bytes) -> sha256, open(sha256).

One folder shared by web and worker. A file is written whole or not at all (`durable`) before any row names it: a row whose file is missing
cannot come to be; a file without a row can, and costs only space.

What was erased is removed, by nobody but patrol.evidence.erasing. Between `put` and the row that names the file lies a moment in which no
row tells that it is needed: `put` marks a file it finds as just used, and `remove` leaves alone what was used within GRACE.
"""

from __future__ import annotations

import hashlib
import os
import time
from io import BufferedReader
from pathlib import Path

from django.conf import settings

from patrol.evidence import durable

GRACE = 15 * 60.0  # seconds; longer than a task or a request may live


class EvidenceMissingError(Exception):
    """A row names bytes that are not in the store, are there changed, or cannot be read."""


def path_of(sha256: str) -> Path:
    """Where the bytes lie, if they are kept."""
    return Path(settings.EVIDENCE_DIR) / sha256[:2] / sha256[2:4] / sha256


def put(content: bytes) -> str:
    """Keeps the bytes and returns their SHA-256 in hex. Doing it twice changes nothing. Raises OSError where the disk refuses."""
    sha256 = hashlib.sha256(content).hexdigest()
    place = path_of(sha256)
    try:
        os.utime(place, (time.time(),) * 2)  # by the clock that `remove` asks: a share of files may have another
    except (FileNotFoundError, PermissionError):
        pass  # also where a restored file is somebody else's and cannot be marked: it is written anew, as ours
    else:
        return sha256
    durable.write(place, content, mode=0o440)
    return sha256


def remove(sha256: str, *, now: float | None = None) -> bool:
    """Removes the file for good. False where it was used within GRACE and stays: try again later. Doing it twice changes nothing.

    It is taken out of its place first and looked at then: a `put` that comes between finds no file and writes it anew.
    """
    place = path_of(sha256)
    aside = place.with_name(f".gone-{sha256}")
    if not aside.exists():
        try:
            if (now or time.time()) - place.stat().st_mtime < GRACE:
                return False
            place.rename(aside)
        except FileNotFoundError:
            return True
        if (now or time.time()) - aside.stat().st_mtime < GRACE:
            aside.rename(place)
            return False
    aside.unlink()  # also what a process that died here left behind
    durable.sync(place.parent)
    return True


def open_bytes(sha256: str) -> BufferedReader:
    """Raises EvidenceMissingError."""
    try:
        return path_of(sha256).open("rb")
    except FileNotFoundError:
        raise EvidenceMissingError(sha256) from None


def whole(sha256: str) -> bytes:
    """The bytes as they were kept. Raises EvidenceMissingError where they are gone, unreadable, or not those of their hash."""
    try:
        with open_bytes(sha256) as file:
            content = file.read()
    except OSError as error:
        raise EvidenceMissingError(sha256) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise EvidenceMissingError(sha256)
    return content


def intact(sha256: str) -> bool:
    """Whether the bytes are there and still hash to their name."""
    try:
        with open_bytes(sha256) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except EvidenceMissingError:
        return False
