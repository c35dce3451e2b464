"""What commands that hand out a file of personal data share: who runs them, and a file that only its owner reads."""

from __future__ import annotations

import contextlib
import getpass
import os
from pathlib import Path


def account() -> str:
    """Of the server, as the system knows it; who came to it by sudo."""
    try:
        own = getpass.getuser()
    except (KeyError, OSError):  # of an account that has no name, as in a container
        own = str(os.getuid())
    return os.environ.get("SUDO_USER") or own


def write(file: Path, content: bytes) -> None:
    """A new file, whole or not at all. Raises OSError, also where it is there already."""
    opened = os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    try:
        with opened:
            opened.write(content)
    except OSError:
        with contextlib.suppress(OSError):
            file.unlink()
        raise
