"""A copy of the product, for tests that do to it what a developer would."""

from __future__ import annotations

import shutil
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FOLDERS = ("patrol", "reports", "templates", "locale", "static")
FILES = ("manage.py", "requirements.txt")  # the hash of the latter is part of what is kept of an answer


def product(to: Path) -> Path:
    """Its code and what it needs at run time, written to `to`, a folder that is not there yet."""
    for name in FOLDERS:
        shutil.copytree(PROJECT / name, to / name)
    for name in FILES:
        shutil.copy(PROJECT / name, to)
    return to
