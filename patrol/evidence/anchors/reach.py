"""What is known of who reaches the folder, the key and the authority: whoever owns the database has to reach none of them.

Told is what this process sees: owners and rights of files, disks, addresses. That nothing is told does not say that nobody reaches them:
another machine of the same person looks as foreign from here as that of a court.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from patrol.evidence.anchors import authorities

FOLDER_OWNER: Final = "folder_owner"  # belongs to the user that runs the database on this machine
FOLDER_DISK: Final = "folder_disk"  # on the disk of the preserved files
FOLDER_OPEN: Final = "folder_open"  # any user of the machine may write there
KEY_OWNER: Final = "key_owner"  # the private key belongs to the user that runs the database
KEY_OPEN: Final = "key_open"  # users beside its owner may read the private key
AUTHORITY_HERE: Final = "authority_here"  # the time-stamp authority answers on this machine
DATABASE_AWAY: Final = "database_away"  # reached by no socket that is named: who runs it, and what they reach, is not seen from here
KNOWN: Final = (FOLDER_OWNER, FOLDER_DISK, FOLDER_OPEN, KEY_OWNER, KEY_OPEN, AUTHORITY_HERE)  # in reach, as far as is seen


def known(folder: Path) -> list[str]:
    """Words of above, in their order; what cannot be looked at is not told."""
    return list(_known(folder))


def _known(folder: Path) -> Iterator[str]:
    owner = _database_user()
    there, key = _stat(folder), _stat(Path(settings.ANCHOR_KEY))
    evidence = _stat(Path(settings.EVIDENCE_DIR))
    if there and there[0] == owner:
        yield FOLDER_OWNER
    if there and evidence and there[1] == evidence[1]:
        yield FOLDER_DISK
    if there and there[2] & stat.S_IWOTH:
        yield FOLDER_OPEN
    if key and key[0] == owner:
        yield KEY_OWNER
    if key and key[2] & (stat.S_IRGRP | stat.S_IROTH):
        yield KEY_OPEN
    if any(_origin(url) in settings.STAND_INS for url in authorities.urls()):
        yield AUTHORITY_HERE
    if owner is None:
        yield DATABASE_AWAY


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _stat(place: Path) -> tuple[int, int, int] | None:
    """Owner, disk, mode."""
    try:
        found = place.stat()
    except OSError:
        return None
    return found.st_uid, found.st_dev, found.st_mode


def _database_user() -> int | None:
    """The user of this machine that runs the database, by the owner of its socket; None where it is reached another way."""
    given = settings.DATABASES["default"]
    if not str(given["HOST"]).startswith("/"):
        return None
    found = _stat(Path(str(given["HOST"])) / f".s.PGSQL.{given['PORT'] or 5432}")
    return found[0] if found else None
