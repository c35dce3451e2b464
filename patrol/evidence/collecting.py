"""What collected: the program, its libraries, machine and clock as a process began. One row for each process, named by its captures."""

from __future__ import annotations

import ctypes
import functools
import hashlib
import os
import platform as machine
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection

KERNEL: Final = "kernel"
_UNSYNCHRONISED: Final = 0x0040  # STA_UNSYNC: no time service steers this clock
_MICROSECOND: Final = 1_000_000


class _Timex(ctypes.Structure):
    """`struct timex` of Linux as far as it is read; what follows is room for the kernel."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("_room", ctypes.c_byte * 256),
    )


class _Kept:
    """The row of this process, and of which process and database it is."""

    of: tuple[int, str] | None = None
    id = uuid.UUID(int=0)


_WRITE: Final = """
INSERT INTO patrol_collector
    (id, program, commit, lock_sha256, system, host, clock_source, clock_within, clock_to_database)
VALUES (%(id)s, %(program)s, %(commit)s, %(lock_sha256)s, %(system)s, %(host)s, %(clock_source)s, %(clock_within)s, %(clock_to_database)s)
"""


def current() -> uuid.UUID:
    """The id of this process's row. It is written at its first capture, on a connection of its own, and stays when the transaction of that
    capture is rolled back. Raises django.db.Error."""
    of = (os.getpid(), str(connection.settings_dict["NAME"]))
    if _Kept.of != of:
        beside = connection.copy()
        try:
            with beside.cursor() as cursor:
                key = uuid.uuid4()
                cursor.execute(_WRITE, {"id": str(key), **program(), **clock(), "clock_to_database": _to_database(cursor)})
        finally:
            beside.close()
        _Kept.id, _Kept.of = key, of
    return _Kept.id


def forget() -> None:
    """The next capture writes a row anew: for whoever emptied the database."""
    _Kept.of = None


def commit_of(git: Path) -> str:
    """What HEAD of this folder names; "" where nothing does. Read, not asked of `git`: the image has these files and not that program.
    In a worktree it is a file that names the folder, and the branches are in the folder of all worktrees."""
    try:
        if git.is_file():
            git = git.parent / git.read_text().removeprefix("gitdir: ").strip()
        common = git / (git / "commondir").read_text().strip() if (git / "commondir").exists() else git
        head = (git / "HEAD").read_text().strip()
        if not head.startswith("ref: "):
            return head[:40]
        ref = head.removeprefix("ref: ")
        if (common / ref).exists():
            return (common / ref).read_text().strip()[:40]
        packed = (common / "packed-refs").read_text().splitlines()
    except OSError:
        return ""
    return next((line[:40] for line in packed if line[40:] == f" {ref}"), "")


@functools.cache
def program() -> dict[str, str]:
    """Program, libraries and machine: asked once a process."""
    lock = settings.BASE_DIR / "requirements.txt"
    return {
        "program": settings.USER_AGENT,
        "commit": commit_of(settings.BASE_DIR / ".git"),
        "lock_sha256": hashlib.sha256(lock.read_bytes()).hexdigest(),
        "system": f"{machine.system()} {machine.release()}, Python {machine.python_version()}"[:120],
        "host": hashlib.sha256(machine.node().encode()).hexdigest(),
    }


def clock() -> dict[str, Any]:
    """What the kernel says of its clock: whether a time service steers it, and then within how many microseconds it is right. Asks nothing
    of the network; a machine that does not tell is one of which nothing is known."""
    told = _Timex()
    try:
        answered = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.byref(told))
    except (AttributeError, OSError):
        answered = -1
    if answered < 0 or told.status & _UNSYNCHRONISED:
        return {"clock_source": "", "clock_within": None}
    return {"clock_source": KERNEL, "clock_within": told.maxerror}


def _to_database(cursor: Any) -> int:
    """The database's clock less ours, in microseconds, halfway through one question."""
    before, began = datetime.now(UTC), time.monotonic()
    cursor.execute("SELECT clock_timestamp()")
    there: datetime = cursor.fetchone()[0]
    return round(((there - before).total_seconds() - (time.monotonic() - began) / 2) * _MICROSECOND)
