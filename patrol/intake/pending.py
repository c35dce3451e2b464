"""Where an uploaded file waits between looking and importing: beside the evidence, not in it, and not for long.

Web and worker share only that folder. A file is named by its hash; who may open it is said by a signed word in the page. What nobody
imports is somebody's chat: it is removed after a working day.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from patrol.infra.refusals import RefusedError
from patrol.intake.formats import files

KEPT_SECONDS = 12 * 60 * 60


@dataclass(frozen=True, slots=True)
class Pending:
    sha256: str
    length: int


def folder() -> Path:
    place = Path(settings.EVIDENCE_DIR) / "pending"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def keep(chunks: Iterable[bytes]) -> Pending:
    """Writes the file while it comes. Raises RefusedError past files.MAX_BYTES, OSError where the disk refuses."""
    place, digest, length = folder(), hashlib.sha256(), 0
    _tidy(place)
    handle, name = tempfile.mkstemp(dir=place, prefix=".coming-")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                length += len(chunk)
                _within(length)
                digest.update(chunk)
                file.write(chunk)
        _holds_something(length)
        beside.replace(place / digest.hexdigest())
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return Pending(digest.hexdigest(), length)


def too_large() -> RefusedError:
    megabytes = files.MAX_BYTES // 2**20
    text = _("The file is larger than %(megabytes)s MB. Split it into several files.")
    return RefusedError("import.file_too_large", text, "file", megabytes=megabytes)


def _within(length: int) -> None:
    if length > files.MAX_BYTES:
        raise too_large()


def _holds_something(length: int) -> None:
    if length == 0:
        raise RefusedError("import.file_empty", _("The file is empty."), "file")


def open_file(sha256: str) -> BufferedReader:
    """Raises RefusedError for what is gone."""
    try:
        assert re.fullmatch(r"[0-9a-f]{64}", sha256)
        return (folder() / sha256).open("rb")
    except (FileNotFoundError, AssertionError):
        raise RefusedError("import.file_gone", _("The uploaded file is no longer kept. Choose it again."), "file") from None


def drop(sha256: str) -> None:
    (folder() / sha256).unlink(missing_ok=True)


def _tidy(place: Path) -> None:
    """Removes what nobody came back for. The file system's clock: files, not rows, are compared."""
    oldest = time.time() - KEPT_SECONDS
    for file in place.iterdir():
        try:
            if file.stat().st_mtime < oldest:
                file.unlink(missing_ok=True)
        except FileNotFoundError:
            continue
