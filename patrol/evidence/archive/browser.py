"""The parent's side of a browser: found by name, started in bounds, asked and answered in frames, ended with all it started."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MEMORY_BYTES = 1_500 * 1024 * 1024  # of all its processes together
CPU_SECONDS = 90  # of each of them
_MOST_FRAME = 64 * 1024 * 1024
_SANDBOX = Path(__file__).with_name("sandbox.py")


class GoneError(Exception):
    """The browser ended, broke the protocol or ran out of time: nothing more comes of it."""


def found(path: str = "") -> str:
    """The browser of this machine; "" where there is none. `path` (BROWSER_PATH) is taken alone where it is set."""
    if path:
        return path if os.access(path, os.X_OK) else ""
    return next((place for name in NAMES if (place := shutil.which(name))), "")


class Browser:
    """One browser for one page. `ends`: when it is over, on the monotonic clock."""

    def __init__(self, process: subprocess.Popen[bytes], ends: float) -> None:
        self._process = process
        self.ends = ends

    def say(self, said: Mapping[str, Any], body: bytes = b"") -> None:
        """Raises GoneError. A browser that does not listen is over when its time is."""
        head = json.dumps(said).encode()
        left = memoryview(struct.pack(">II", len(head), len(body)) + head + body)
        assert self._process.stdin is not None
        handle = self._process.stdin.fileno()
        while left:
            _read, ready, _error = select.select([], [handle], [], self._left())
            if not ready:
                raise GoneError
            try:
                left = left[os.write(handle, left[:65_536]) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise GoneError from error

    def hear(self, until: float) -> tuple[Mapping[str, Any], bytes] | None:
        """The next frame; None where none begins before `until`. Raises GoneError."""
        assert self._process.stdout is not None
        if not select.select([self._process.stdout], [], [], max(0.0, min(until - time.monotonic(), self._left())))[0]:
            self._left()
            return None
        head, body = struct.unpack(">II", self._exactly(8))
        if head + body > _MOST_FRAME:
            raise GoneError
        try:
            said = json.loads(self._exactly(head))
        except ValueError as error:
            raise GoneError from error
        if not isinstance(said, dict):
            raise GoneError
        return said, self._exactly(body)

    def _exactly(self, length: int) -> bytes:
        assert self._process.stdout is not None
        parts = bytearray()
        handle = self._process.stdout.fileno()
        while len(parts) < length:
            if not select.select([handle], [], [], self._left())[0]:
                raise GoneError
            piece = os.read(handle, min(length - len(parts), 1 << 20))
            if not piece:
                raise GoneError
            parts += piece
        return bytes(parts)

    def _left(self) -> float:
        """Seconds. Raises GoneError past the end."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise GoneError
        return left


@contextmanager
def opened(seconds: float) -> Iterator[Browser]:
    """A sandbox with its browser in a fresh folder, both gone at the end whatever happens."""
    with tempfile.TemporaryDirectory(prefix="page-", ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(  # noqa: S603 -- our own program; nothing of a page stands in its arguments
            [sys.executable, "-I", str(_SANDBOX), str(MEMORY_BYTES), str(CPU_SECONDS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={"PATH": os.environ.get("PATH", os.defpath), "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"},
            cwd=folder,
            bufsize=0,
        )
        assert process.stdin is not None
        os.set_blocking(process.stdin.fileno(), False)
        try:
            yield Browser(process, time.monotonic() + seconds)
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """The sandbox sweeps up and ends; one that does not is ended with its group, which is all that can be done then."""
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            if pipe is not None:
                pipe.close()
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
