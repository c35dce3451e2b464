"""The second reader: RapidOCR, whose models come with its wheel. Finds the lines, then reads those it is asked for.

Finding costs by the picture's size, reading by the line. Lines are found on the picture made small (a fifth of the cost
of RapidOCR's own size, with the same lines found on flyers) and read from the full one. Both models work on one thread:
a worker has one core. They are loaded at the first picture that needs them, hence after a worker's fork.
"""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Iterable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from patrol.domain import Box
from patrol.engine.reading.pictures.decode import Pixels

SIDE = 640  # of the small picture
SMALL_PRINT = 11  # pixels of a line's height there; below it lines flow together, and the larger size is worth its time
SIDE_SMALL_PRINT = 1_280
LARGE = 1_500  # a picture whose longest side is more may hold print too small to be seen at all on the small picture
MOST_LINES = 150
WIDEST = 40.0  # a line's width in heights; what is wider is a rule or a frame
MOST_WIDTH = 1_200.0  # of all lines together, in heights: some 8 seconds. What lies beyond is left unread
WORST = 0.5  # below this a reading is noise

type Corners = NDArray[np.float32]  # 4 x 2, clockwise from the top left


@functools.cache
def available() -> bool:
    """Whether RapidOCR can be loaded on this machine."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def found(colour: Pixels) -> list[Corners]:
    """Where lines of writing stand, in pixels of `colour`, the largest lines first where there are too many."""
    corners = _found(colour, SIDE)
    longest = max(colour.shape[:2])
    heights = [_height(one) * SIDE / longest for one in corners]
    if longest > (SIDE if corners else LARGE) and (not corners or np.median(heights) < SMALL_PRINT):
        corners = _found(colour, SIDE_SMALL_PRINT)
    if len(corners) > MOST_LINES:
        kept = set(np.argsort([-_height(one) for one in corners], kind="stable")[:MOST_LINES].tolist())
        corners = [one for number, one in enumerate(corners) if number in kept]
    return corners


def read(colour: Pixels, corners: Iterable[Corners]) -> list[tuple[str, float]]:
    """Text and confidence of each line, in order; ("", 0.0) where it is no writing or the bound is reached."""
    left = MOST_WIDTH
    made: list[tuple[str, float]] = []
    for one in corners:
        strip = _strip(colour, one)
        width = strip.shape[1] / strip.shape[0]
        if width > WIDEST or width > left:
            made.append(("", 0.0))
            continue
        left -= width
        text, confidence = _read(strip)
        if confidence < 0.8:  # upside down, or a line that stands: what reads better is right
            turned = _read(np.ascontiguousarray(strip[::-1, ::-1]))
            left -= width
            if turned[1] > confidence + 0.1:
                text, confidence = turned
        made.append((text, confidence) if confidence >= WORST else ("", 0.0))
    return made


def box(corners: Corners) -> Box:
    """The upright box around the four corners."""
    left, top = np.floor(corners.min(axis=0)).astype(int).tolist()
    right, bottom = np.ceil(corners.max(axis=0)).astype(int).tolist()
    return left, top, right - left, bottom - top


def _height(corners: Corners) -> float:
    return float(min(np.linalg.norm(corners[0] - corners[3]), np.linalg.norm(corners[0] - corners[1])))


def _found(colour: Pixels, side: int) -> list[Corners]:
    share = min(1.0, side / max(colour.shape[:2]))
    size = max(1, round(colour.shape[1] * share)), max(1, round(colour.shape[0] * share))
    small = colour if share == 1.0 else cv2.resize(colour, size, interpolation=cv2.INTER_AREA)
    boxes = _engine("det")(small).boxes
    return [] if boxes is None else [np.asarray(one, dtype=np.float32) / share for one in boxes]


def _strip(colour: Pixels, corners: Corners) -> Pixels:
    """The line made upright and level; a standing one is laid down."""
    width = max(1, round(float(max(np.linalg.norm(corners[0] - corners[1]), np.linalg.norm(corners[3] - corners[2])))))
    height = max(1, round(float(max(np.linalg.norm(corners[0] - corners[3]), np.linalg.norm(corners[1] - corners[2])))))
    level = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    strip = cv2.warpPerspective(
        colour, cv2.getPerspectiveTransform(corners, level), (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(np.rot90(strip) if height >= 1.5 * width else strip, dtype=np.uint8)


def _read(strip: Pixels) -> tuple[str, float]:
    answer = _engine("rec")(np.ascontiguousarray(strip))
    if not answer.txts:
        return "", 0.0
    return answer.txts[0].strip(), float(answer.scores[0])


@functools.cache
def _engine(part: str) -> Any:
    """RapidOCR doing one thing only: `det` finds lines, `rec` reads one. Each loads its own model and no other."""
    from rapidocr import RapidOCR  # noqa: PLC0415  half a second and 100 MB, for those who need it

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_det": part == "det",
            "Global.use_cls": False,
            "Global.use_rec": part == "rec",
            "Det.limit_type": "max",
            "Det.limit_side_len": SIDE_SMALL_PRINT,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
