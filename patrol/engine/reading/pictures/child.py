"""The program that reads one picture of a stranger and ends: bytes on standard input, its writing as JSON on standard output.

    python -m patrol.engine.reading.pictures.child MEMORY_BYTES CPU_SECONDS < picture > answer

For processes that must neither load the readers nor learn what a picture breaks: the web server. It writes no file and, where the kernel
lets it, reaches no network. The answer is [text, text of its codes]; whatever goes wrong is an empty answer.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import sys

from patrol.domain import Picture
from patrol.engine.reading.pictures import reader

_NO_NEW_PRIVILEGES = 38  # prctl(2)


def _shut_in(memory: int, seconds: int) -> None:
    """Takes away what reading does not need. Files may be read, models among them, and Tesseract is a process of its own."""
    ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    with contextlib.suppress(OSError):
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET | os.CLONE_NEWIPC)
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def main(arguments: list[str]) -> None:
    memory, seconds = map(int, arguments)
    content = sys.stdin.buffer.read()
    _shut_in(memory, seconds)
    seen, _note = reader.read(Picture("", content), None)
    sys.stdout.write(json.dumps([seen.text, seen.code_text]))


if __name__ == "__main__":
    main(sys.argv[1:])
