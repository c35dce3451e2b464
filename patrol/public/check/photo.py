"""The writing on a photograph or screenshot, two at a time on this installation; whoever comes third is told how long it waits.

A picture is drawn anew in the limited process that pictures of posts go through, then read in another one that ends with it. Both get it
through a pipe or memory: nothing of it lies in a file.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from django.conf import settings

from patrol.evidence import pictures
from patrol.infra import locks

AT_ONCE: Final = 2
WAIT_SECONDS: Final = 15  # told to the third: a usual flyer is read in three
LONGEST_SIDE: Final = 2_400  # pixels; the smallest print of a flyer is still read
_NICE = 10  # both children give way to whoever asks for a page
_MEMORY = 3_000_000_000  # of address space: the second reader maps its models
_CPU_SECONDS = 25
_SECONDS = 40.0
_MOST_ANSWER = 200_000  # bytes


class UnreadableError(Exception):
    """Nothing could be read: no picture, a broken one, or none with writing."""


@contextmanager
def place() -> Iterator[bool]:
    """One of the two places, held by the connection: False where both are taken."""
    with locks.only_one("public photograph 1") as first:
        if first:
            yield True
            return
        with locks.only_one("public photograph 2") as second:
            yield second


def writing(content: bytes) -> str:
    """What stands on it, and what its codes hold. Raises UnreadableError."""
    try:
        drawn = pictures.redrawn(content, longest=LONGEST_SIDE, nice=_NICE)
    except pictures.UnreadableError as error:
        raise UnreadableError from error
    try:
        text, codes = json.loads(_asked(drawn))
    except (ValueError, TypeError) as error:
        raise UnreadableError from error
    both = "\n".join(part for part in (str(text).strip(), str(codes).strip()) if part)
    if sum(letter.isalnum() for letter in both) < 4:
        raise UnreadableError
    return both


def _asked(drawn: bytes) -> bytes:
    child = subprocess.Popen(  # noqa: S603 -- our own program; nothing of the picture stands in its arguments
        [sys.executable, "-m", "patrol.engine.reading.pictures.child", str(_MEMORY), str(_CPU_SECONDS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={name: os.environ[name] for name in ("PATH", "LANG", "XDG_CACHE_HOME", "TESSDATA_PREFIX") if name in os.environ},
        cwd=settings.BASE_DIR,
    )
    with suppress(ProcessLookupError):
        os.setpriority(os.PRIO_PROCESS, child.pid, _NICE)
    try:
        answer, _nothing = child.communicate(drawn, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        answer = b""
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    return answer[:_MOST_ANSWER]
