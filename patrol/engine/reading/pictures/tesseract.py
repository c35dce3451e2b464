"""The first reader: Tesseract with the Indonesian model, on grey, in a process of its own with a limit to its time.

A third of a second of one core for a flyer. It is run without a wrapper: the picture goes in by a pipe and the words
come out with boxes, no temporary files, and its threads, which only fight for the same cores, are switched off.
"""

from __future__ import annotations

import os
import shutil
import subprocess

import cv2
import numpy as np

from patrol.engine.reading.pictures.decode import Pixels
from patrol.engine.reading.pictures.layout import Line, Word

LANGUAGE = "ind"
SECONDS = 8  # of the processor: twenty times what a flyer takes; pages of noise would take half a minute
# Of the clock, on a machine that has much else to do: by the clock alone, flyers were read in part there.
LONGEST = 40.0
# Tried on re-posted flyers: at this size it found more numbers than at 1,600 or as posted, in less time. Pages of small
# print read worse; the second reader has them.
LONGEST_SIDE = 1_000


class OverTimeError(RuntimeError):
    """Tesseract did not answer within its time, or broke on the picture."""


class _Known:
    """Whether it answered this process once. That it did not is no knowledge: a busy machine may take longer than it is given."""

    there = False


def _command(*arguments: str) -> list[str]:
    """Under its limit of the processor. prlimit is of util-linux, which every Debian has; without it Tesseract is not available."""
    return ["prlimit", f"--cpu={SECONDS}", "tesseract", *arguments]


def available() -> bool:
    """Whether Tesseract with the Indonesian model answers on this machine. Asked until it does, then never again in this process."""
    if not _Known.there:
        _Known.there = _answers()
    return _Known.there


def _answers() -> bool:
    if shutil.which("tesseract") is None:
        return False
    try:
        answer = subprocess.run(_command("--list-langs"), capture_output=True, timeout=LONGEST, check=True)  # noqa: S603 -- our own words
    except (OSError, subprocess.SubprocessError):
        return False
    return LANGUAGE in answer.stdout.decode("ascii", "replace").split()


def lines(grey: Pixels) -> list[Line]:
    """The lines it reads, in its own order, boxes in pixels of `grey`. Raises OverTimeError."""
    share = LONGEST_SIDE / max(grey.shape)
    size = max(1, round(grey.shape[1] * share)), max(1, round(grey.shape[0] * share))
    sized = cv2.resize(grey, size, interpolation=cv2.INTER_AREA if share < 1 else cv2.INTER_CUBIC)
    return _parsed(_run(np.asarray(sized, dtype=np.uint8)), 1 / share)


def _run(grey: Pixels) -> str:
    height, width = grey.shape
    try:
        answer = subprocess.run(  # noqa: S603  no word of the picture is in the command
            _command("stdin", "stdout", "-l", LANGUAGE, "--psm", "3", "tsv"),
            input=b"P5 %d %d 255\n" % (width, height) + grey.tobytes(),
            capture_output=True,
            timeout=LONGEST,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise OverTimeError(type(error).__name__) from error
    return answer.stdout.decode("utf-8", "replace")


def _parsed(table: str, scale: float) -> list[Line]:
    """Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    found: dict[tuple[str, ...], list[Word]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = (round(int(cell) * scale) for cell in cells[6:10])
        word = Word(cells[11].strip(), (left, top, width, height), max(0.0, float(cells[10])) / 100)
        found.setdefault(tuple(cells[2:5]), []).append(word)
    return [tuple(words) for words in found.values()]
