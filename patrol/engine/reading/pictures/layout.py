"""Words with their boxes -> the text that is read, and back: which box a span of it stands in.

Boxes are (left, top, width, height) in pixels of the picture as it is shown.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from patrol.domain import Box, Place


@dataclass(frozen=True, slots=True)
class Word:
    """One word as a reader saw it; `confidence` 0..1."""

    text: str
    box: Box
    confidence: float


type Line = tuple[Word, ...]


def written(lines: Iterable[Line], source: str) -> tuple[str, tuple[Place, ...]]:
    """The text of the lines, words parted by a blank and lines by a break, with the place of each word in it."""
    parts: list[str] = []
    places: list[Place] = []
    at = 0
    for line in lines:
        for number, word in enumerate(line):
            parts += (word.text, " " if number + 1 < len(line) else "\n")
            places.append(Place(source, (at, at + len(word.text)), word.box, word.confidence))
            at += len(word.text) + 1
    return "".join(parts)[:-1], tuple(places)


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of them. Raises ValueError where there is none."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    return left, top, right - left, bottom - top


def split(text: str, box: Box, confidence: float) -> Line:
    """A line read as a whole, as words: each gets the share of the box its letters take."""
    left, top, width, height = box
    step = width / max(len(text), 1)
    words: list[Word] = []
    at = 0
    for word in text.split():
        at = text.index(word, at)
        end = at + len(word)
        share = (left + round(at * step), top, max(1, round((end - at) * step)), height)
        words.append(Word(word, share, confidence))
        at = end
    return tuple(words)


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Lines from the top down; pieces that stand side by side, nearer than one and a half letters' height, are one line.

    A number its maker set in two boxes comes back together; the columns of a table stay apart.
    """
    pieces = sorted(((around([word.box for word in line]), line) for line in lines if line), key=lambda one: one[0][1])
    rows: list[list[tuple[Box, Line]]] = []
    for piece in pieces:
        row = next((row for row in reversed(rows[-4:]) if _side_by_side(row[-1][0], piece[0])), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    ordered: list[Line] = []
    for row in rows:
        row.sort(key=lambda one: one[0][0])
        height = statistics.median(box[3] for box, _ in row)
        end: float | None = None
        for (left, _, width, _), line in row:
            if end is not None and left - end < 1.5 * height:
                ordered[-1] += line
            else:
                ordered.append(line)
            end = left + width
    return ordered


def _side_by_side(one: Box, other: Box) -> bool:
    shared = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return shared > 0.6 * min(one[3], other[3])
