"""Pixels -> lines of words: Tesseract first, RapidOCR for what Tesseract is unsure of.

Tesseract reads a clean flyer well for a seventh of RapidOCR's time, and badly what stands on a photograph, in a slant or in
loud colours. Three answers to what it read:

- sure: enough words, read with confidence, a number a person could dial among them, and nothing that looks like writing
  left over. Only the lines with numbers and addresses are read a second time.
- unsure of a line: a word of it was read with doubt. RapidOCR reads that line again, and no more.
- unsure of the picture: few words, much doubt, no number to dial, or writing left over. RapidOCR looks for lines itself
  and reads those that Tesseract did not read surely.

A wrong digit is worse than a slow picture, and Tesseract misreads digits with a confidence of 0.95: what can be dialled or opened
is always read twice, at a thirtieth of a second a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from patrol.domain import Box, Sentence
from patrol.engine.reading.pictures import layout, rapid, tesseract
from patrol.engine.reading.pictures.decode import Pixels
from patrol.engine.reading.pictures.layout import Line

SURE_LETTERS = 0.85  # at 0.60 it costs a twentieth less and gets one word in 300 more wrong (QATAR as OATAR)
NOISE = 0.60  # below it a word is more often wrong than right
SURE_DIGITS = 0.90  # of RapidOCR; below it the line is looked for anew
FEW_WORDS = 5
MUCH_DOUBT = 0.15  # share of doubtful words from which the picture is doubtful
_NUMBER = re.compile(r"\d(?:[ .()/\-]{0,3}\d){8,17}")  # a run a person could dial; which it is, the reader of numbers says
_ADDRESS = re.compile(r"[a-z]\.[a-z]{2,24}/|https?:", re.IGNORECASE)
_DIGITS = re.compile(r"\d\D{0,3}\d\D{0,3}\d\D{0,3}\d")  # part of one, or of a price: misread letters may have broken it


@dataclass(frozen=True, slots=True)
class Read:
    """What the readers made of a picture; `second`: what RapidOCR was asked for (nothing, lines, picture)."""

    lines: tuple[Line, ...]
    second: str = "nothing"
    note: Sentence | None = None


NO_READER = Sentence(
    "Gambar tidak dibaca: Tesseract dan RapidOCR tidak terpasang.", "Pictures were not read: neither Tesseract nor RapidOCR is installed."
)
ONLY_RAPID = Sentence("Gambar dibaca tanpa Tesseract (tidak terpasang).", "Pictures were read without Tesseract, which is not installed.")
ONLY_TESSERACT = Sentence(
    "Gambar yang sulit dibaca tanpa pembaca kedua (RapidOCR tidak terpasang).",
    "Difficult pictures were read without a second reader: RapidOCR is not installed.",
)
TOO_SLOW = Sentence(
    "Tesseract tidak selesai pada waktunya untuk sebuah gambar; gambar itu mungkin hanya terbaca sebagian.",
    "Tesseract did not finish a picture in time; that picture may be read in part only.",
)


def read(colour: Pixels, grey: Pixels) -> Read:
    """Never raises for what stands on a picture; boxes in pixels of `colour`."""
    note: Sentence | None = None
    first: list[Line] = []
    if not tesseract.available():
        if not rapid.available():
            return Read((), note=NO_READER)
        note = ONLY_RAPID
    else:
        try:
            first = tesseract.lines(grey)
        except tesseract.OverTimeError:
            note = TOO_SLOW
    whole = _unsure_of_all(first, grey)
    doubtful = [line for line in first if not _sure(line)]
    if not rapid.available():
        return Read(tuple(first), note=note or (ONLY_TESSERACT if whole or doubtful else None))
    if not whole:
        if not doubtful:
            return Read(tuple(first), note=note)
        better = _lines_again(colour, doubtful)
        if better is not None:
            return Read(tuple(better.get(line, line) for line in first), "lines", note)
    return Read(tuple(_whole_again(colour, first)), "picture", note)


def _sure(line: Line) -> bool:
    text = _text(line)
    return all(word.confidence >= SURE_LETTERS for word in line) and _NUMBER.search(text) is None and _ADDRESS.search(text) is None


def _has_digits(line: Line) -> bool:
    return _DIGITS.search(_text(line)) is not None


def _only_digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _text(line: Line) -> str:
    return " ".join(word.text for word in line)


def _unsure_of_all(lines: Sequence[Line], grey: Pixels) -> bool:
    words = [word for line in lines for word in line]
    doubtful = sum(word.confidence < NOISE for word in words)
    return (
        len(words) - doubtful < FEW_WORDS
        or doubtful > MUCH_DOUBT * len(words)
        or not any(_NUMBER.search(_text(line)) for line in lines)
        or _left_over(grey, [word.box for word in words if word.confidence >= NOISE])
    )


def _left_over(grey: Pixels, boxes: Sequence[Box]) -> bool:
    """Whether something with the grain of a line of writing stands outside `boxes`. A hundredth of a second."""
    share = tesseract.LONGEST_SIDE / max(grey.shape)
    size = max(1, round(grey.shape[1] * share)), max(1, round(grey.shape[0] * share))
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA if share < 1 else cv2.INTER_LINEAR)
    edges = cv2.morphologyEx(small, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    _, strong = cv2.threshold(edges, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    joined = cv2.morphologyEx(strong, cv2.MORPH_CLOSE, np.ones((1, 17), np.uint8))  # letters of a line grow together
    covered = np.zeros(small.shape, np.uint8)
    for left, top, width, height in boxes:
        from_x, from_y = int(left * share), int(top * share)
        covered[from_y : from_y + int(height * share) + 1, from_x : from_x + int(width * share) + 1] = 1
    for left, top, width, height, filled in cv2.connectedComponentsWithStats(joined)[2][1:].tolist():
        like_writing = 10 <= height <= 120 and width >= 2 * height and filled >= 0.45 * width * height
        if like_writing and covered[top : top + height, left : left + width].mean() < 0.3:
            return True
    return False


def _lines_again(colour: Pixels, lines: Sequence[Line]) -> dict[Line, Line] | None:
    """The lines RapidOCR reads with more confidence; None where digits stay in doubt: the place itself may be wrong then."""
    # An address Tesseract broke off goes on outside its box, and so do the digits of a slanting line.
    if any(_ADDRESS.search(_text(line)) or (_slants(line) and _has_digits(line)) for line in lines):
        return None
    corners = [_corners(line) for line in lines]
    better: dict[Line, Line] = {}
    for line, at, (text, confidence) in zip(lines, corners, rapid.read(colour, corners), strict=True):
        before, after = _only_digits(_text(line)), _only_digits(text)
        if _has_digits(line) and (confidence < SURE_DIGITS or len(after) < len(before)):
            return None
        if before != after or confidence > min(word.confidence for word in line):
            better[line] = layout.split(text, rapid.box(at), confidence)
    return better


def _slants(line: Line) -> bool:
    """Whether the line's ends stand at different heights: an upright box cut from the picture would cut off its digits."""
    first, last = line[0].box, line[-1].box
    return abs((first[1] + first[3] / 2) - (last[1] + last[3] / 2)) > 0.25 * max(first[3], last[3])


def _corners(line: Line) -> rapid.Corners:
    """The four corners of a level line, with a little air around."""
    left, top, width, height = layout.around([word.box for word in line])
    air = max(2, round(0.15 * height))
    right, bottom = left + width + air, top + height + air
    return np.array([(left - air, top - air), (right, top - air), (right, bottom), (left - air, bottom)], np.float32)


def _whole_again(colour: Pixels, first: Sequence[Line]) -> list[Line]:
    """Lines RapidOCR finds: Tesseract's words where it was sure of them, RapidOCR's elsewhere.

    What Tesseract read surely where RapidOCR finds no line stays, the rest of it is noise.
    """
    surely = {line: layout.around([word.box for word in line]) for line in first if _sure(line)}
    found = rapid.found(colour)
    asked = [at for at in found if not any(_same(rapid.box(at), box) for box in surely.values())]
    lines = list(surely)
    for at, (text, confidence) in zip(asked, rapid.read(colour, asked), strict=True):
        if text:
            # A piece of a line Tesseract was sure of, and more beside it: the longer reading stands for both.
            box = rapid.box(at)
            lines = [line for line in lines if _inside(surely.get(line), box) < 0.5]
            lines.append(layout.split(text, box, confidence))
    return layout.in_order(lines)


def _same(found: Box, read_surely: Box) -> bool:
    return _inside(found, read_surely) > 0.7


def _inside(box: Box | None, other: Box) -> float:
    """The share of `box` that lies in `other`."""
    if box is None:
        return 0.0
    width = min(box[0] + box[2], other[0] + other[2]) - max(box[0], other[0])
    height = min(box[1] + box[3], other[1] + other[3]) - max(box[1], other[1])
    return max(0, width) * max(0, height) / max(1, box[2] * box[3])
