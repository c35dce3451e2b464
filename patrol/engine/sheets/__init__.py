"""The first sheet of a workbook, read in a limited child process (`child.py`). No Django, no network.

A few bytes of XLSX can ask for millions of cells. Rows, columns, cells, letters, processor time, memory and waiting each have a limit;
whatever the parser breaks is the child. It is one process a reading: half a second more than reading here.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, BinaryIO, Final

type Cell = str | int | float | bool | date | datetime | None
type Row = tuple[int, list[Cell]]  # counted from 1, as the spreadsheet does

_CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True, slots=True)
class Limits:
    rows: int = 1_048_576  # as many as a sheet can have; empty ones cost nothing
    columns: int = 300  # what stands to the right is not read
    cells: int = 5_000_000  # with the empty ones between full ones
    letters: int = 400_000_000  # of all cells that are handed over
    cell: int = 200_000  # letters of one
    memory: int = 1024 * 1024 * 1024  # bytes of address space
    # Seconds of processor time: some, and more for a larger file. An honest megabyte holds a quarter of a million cells and takes six.
    seconds: int = 10
    seconds_a_megabyte: int = 15
    most_seconds: int = 120


LIMITS: Final = Limits()


class UnreadableError(Exception):
    """`code`: "broken" for what is no workbook, "too_costly" for what would pass a limit."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Sheet:
    titles: tuple[str, ...]  # of all sheets; the first one is read
    rows: Iterator[Row]  # raises UnreadableError


@contextlib.contextmanager
def first(content: BinaryIO, limits: Limits = LIMITS) -> Iterator[Sheet]:
    """The first sheet of a workbook, its rows as they are asked for; rows without a value are left out. Raises UnreadableError."""
    with _opened(content) as given:
        megabytes = given.seek(0, io.SEEK_END) / 1_000_000
        given.seek(0)
        seconds = int(min(limits.most_seconds, limits.seconds + limits.seconds_a_megabyte * megabytes))
        numbers = (limits.rows, limits.columns, limits.cells, limits.letters, limits.cell, limits.memory, seconds)
        child = subprocess.Popen(  # noqa: S603 -- our own program; nothing of the file stands in its arguments
            [sys.executable, "-I", str(_CHILD), *map(str, numbers)],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={"OPENBLAS_NUM_THREADS": "1"},  # numpy comes along with openpyxl and would ask for memory a processor
            cwd="/",
        )
        assert child.stdout is not None
        try:
            said = _lines(child.stdout, 4.0 * seconds + 30.0)
            titles = next(said, None)
            if not isinstance(titles, list):
                raise UnreadableError(_code(titles))
            yield Sheet(tuple(map(str, titles)), _rows(said))
        finally:
            child.stdout.close()
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _opened(content: BinaryIO) -> BinaryIO:
    """The file once more, with a place of its own to read at."""
    try:
        return Path(f"/proc/self/fd/{content.fileno()}").open("rb")
    except (OSError, AttributeError):
        given = os.fdopen(os.memfd_create("sheet"), "w+b")  # memory, no file: it leaves no trace on a disk
        content.seek(0)
        shutil.copyfileobj(content, given)
        given.flush()
        return given


def _lines(pipe: IO[bytes], seconds: float) -> Iterator[object]:
    """What the child says, line by line. Only the time that is waited for it counts: who reads may take as long as he likes."""
    waiting = b""
    while True:
        began = time.monotonic()
        ready, _writing, _failing = select.select([pipe], [], [], max(seconds, 0))
        seconds -= time.monotonic() - began
        piece = os.read(pipe.fileno(), 1 << 20) if ready else b""
        if not piece:
            raise UnreadableError("too_costly")  # killed at a limit, or by it
        *whole, waiting = (waiting + piece).split(b"\n")
        for line in whole:
            try:
                yield json.loads(line)
            except ValueError:
                raise UnreadableError("broken") from None


def _rows(said: Iterator[object]) -> Iterator[Row]:
    for one in said:
        if not isinstance(one, list):  # {"code": "" } is the end
            if code := _code(one):
                raise UnreadableError(code)
            return
        number, *cells = one
        yield number, [_cell(cell) for cell in cells]


def _code(said: object) -> str:
    return str(said.get("code", "broken")) if isinstance(said, dict) else "broken"


def _cell(said: object) -> Cell:
    if isinstance(said, list):  # JSON knows no days
        return datetime.fromisoformat(said[1]) if said[0] == "moment" else date.fromisoformat(said[1])
    return said  # type: ignore[return-value]
