"""The same picture again: compressed, resized, cut a little, shown on a telephone, with another number pasted over the old one.

A hash of the whole picture fails where its frame moves: a screenshot puts bars around it, a crop takes an edge away, and the
hash is another one. A sketch holds corners instead (ORB: a place and 256 bits each). Corners find the pictures that may be the
same by votes, and say how one lies in the other; laid upon each other, both are compared tile by tile. Two jobs on one template
have corners in common, their tiles differ all over.

What was pasted over is confined to one box. `Change` says where, so that who knows the words there can judge them; who does not
takes `Change.low` for an answer: numbers stand at the foot of a flyer, the job above.
"""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray
from PIL import Image

from patrol.domain import Box
from patrol.engine.reading.pictures import MOST_BYTES, decode

SIDE = 320  # pixels of the longer side of what is compared: usual print is still letters, small print a texture
_CORNERS = 200
_FEWEST = 24  # corners: a picture with fewer shows nothing to know it by
_NEAR = 64  # bits of 256 in which two views of one corner may differ
_AGREE = 6  # corners that agree on how one picture lies in the other; tiles refuse those that agree by accident
_MARGIN = 0.045  # of each side: a crop's lost edge, the clock and the bars of a telephone
_TILE = 16  # pixels: a line of usual print is about one tile high
_STEP = _TILE // 2
_INSIDE = 0.5  # of a tile: on the edge it is judged by what both pictures cover
_ALIKE = 0.65  # correlation of two tiles: a re-posted one has 0.9, other letters of one size 0.2
_FLAT = 6.0  # grey levels of standard deviation: a tile with fewer shows nothing
_FEWEST_TILES = 40
_SPECK = 3  # tiles: fewer beside each other differ by a JPEG's noise, not by a letter
_CHANGED_TILES = 0.4  # of those that show something
_CHANGED_BOX = 0.2  # of the picture: a box for three numbers, not a list of jobs
_ABOVE, _BELOW = 0.5, 0.3  # of what a flyer shows: at least so much stands above its numbers, at most so much below
_COVERED = 0.4  # of the larger picture: a screenshot is half bars, a collage shows other flyers beside it
_KEY_BYTES = tuple((3 * n, 3 * n + 1, 3 * n + 2) for n in range(8))
_CROWD = 40  # corners under one key: letters every flyer has point to no picture
_VOTES = 2
_LOOKS = 12  # pictures compared closely for one asked about, those with the most votes

BANDS = 256  # stored bands are compared with later ones: changing it means computing them anew

type Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """What is kept of a picture, about 80 kB. `scale`: pixels of the picture as it is shown, for one pixel of `grey`."""

    grey: Grey  # rows x columns, the longer side SIDE
    places: NDArray[np.float32]  # of the corners: n x 2, x first
    bits: NDArray[np.uint8]  # of the corners: n x 32
    scale: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two pictures show the same, but for what stands in these boxes (in pixels of each as it is shown)."""

    changed: tuple[Box, Box] | None = None
    low: bool = True  # the change stands at the foot of what is shown


def sketch(content: bytes) -> Sketch | None:
    """None for what is no picture, must not be opened, or shows too little to be known again. Never raises."""
    grey, scale = _opened(content)
    if grey is None:
        return None
    corners, bits = cv2.ORB.create(nfeatures=_CORNERS, nlevels=4, fastThreshold=20).detectAndCompute(grey, None)
    if len(corners) < _FEWEST:
        return None
    places = np.array([corner.pt for corner in corners], dtype=np.float32)
    return Sketch(grey, places, np.asarray(bits, dtype=np.uint8), scale)


def _opened(content: bytes) -> tuple[Grey | None, float]:
    """The picture in grey and its scale, decoded no larger than needed: a third of the time of decoding it in full."""
    try:
        with Image.open(io.BytesIO(content), formats=decode.FORMATS) as picture:
            (width, height), kind = picture.size, picture.format
            frame = np.asarray(picture.convert("L")) if kind == "GIF" and _may_be_opened(width, height) else None
        if len(content) > MOST_BYTES or not _may_be_opened(width, height):
            return None, 1.0
        grey = cv2.imdecode(np.frombuffer(content, np.uint8), _reduced(max(width, height))) if frame is None else frame
    except Exception:  # noqa: BLE001  decoders raise whatever their formats can break
        return None, 1.0
    if grey is None:
        return None, 1.0
    share = SIDE / max(grey.shape)
    size = max(1, round(grey.shape[1] * share)), max(1, round(grey.shape[0] * share))
    sized = cv2.resize(grey, size, interpolation=cv2.INTER_AREA if share < 1 else cv2.INTER_LINEAR)
    return np.asarray(sized, np.uint8), max(width, height) / SIDE


def _may_be_opened(width: int, height: int) -> bool:
    narrow, wide = sorted((width, height))
    return width * height <= decode.MOST_PIXELS and narrow >= decode.SMALLEST_SIDE and wide <= decode.NARROWEST * narrow


def _reduced(longest: int) -> int:
    """The coarsest way to decode that leaves SIDE pixels; only a JPEG is decoded faster by it."""
    if longest >= 8 * SIDE:
        return cv2.IMREAD_REDUCED_GRAYSCALE_8
    if longest >= 4 * SIDE:
        return cv2.IMREAD_REDUCED_GRAYSCALE_4
    return cv2.IMREAD_REDUCED_GRAYSCALE_2 if longest >= 2 * SIDE else cv2.IMREAD_GRAYSCALE


# --- two pictures ---------------------------------------------------------------------------------


def compare(one: Sketch, other: Sketch) -> Likeness | None:
    """How far two pictures show the same; None where they do not. 10 ms where their corners agree, 1 ms where not."""
    frame = _frame(one, other)
    if frame is None:
        return None
    height, width = one.grey.shape
    laid = cv2.warpAffine(other.grey, frame, (width, height), flags=cv2.INTER_LINEAR)
    covered = cv2.warpAffine(_middle(other.grey), frame, (width, height))
    both = np.asarray((covered > 250) & (_middle(one.grey) > 0))
    # Without their margins the two cover a little less of each other than in truth.
    larger = max(float(one.grey.size), other.grey.size * abs(float(np.linalg.det(frame[:, :2]))))
    if both.sum() < _COVERED * (1 - 2 * _MARGIN) ** 2 * larger:
        return None
    shown, differ = _tiles(one.grey, np.asarray(laid, np.uint8), both)
    if shown.sum() < _FEWEST_TILES or differ.sum() > _CHANGED_TILES * shown.sum():
        return None
    if not differ.any():
        return Likeness()
    rows, columns = np.nonzero(differ.any(axis=1))[0], np.nonzero(differ.any(axis=0))[0]
    # A tile is seen to differ once a good part of it does: the outer quarter of the outer ones is as before.
    top, left = (int(first) * _STEP + _TILE // 4 for first in (rows[0], columns[0]))
    bottom, right = (int(last) * _STEP + _TILE * 3 // 4 for last in (rows[-1], columns[-1]))
    if (bottom - top) * (right - left) > _CHANGED_BOX * both.size:
        return None
    corners = np.array([[(left, top), (right, bottom)]], np.float32)
    back = cv2.transform(corners, cv2.invertAffineTransform(frame))[0]
    return Likeness(
        (_box(corners[0], one.scale), _box(back, other.scale)),
        low=bool(shown[: rows[0]].sum() >= _ABOVE * shown.sum() and shown[rows[-1] + 1 :].sum() <= _BELOW * shown.sum()),
    )


def _box(corners: MatLike, scale: float) -> Box:
    (left, top), (right, bottom) = (np.asarray(corners) * scale).round().astype(int).tolist()
    return left, top, right - left, bottom - top


def _frame(one: Sketch, other: Sketch) -> MatLike | None:
    """How `other` lies in `one` (2 x 3, moved, scaled, hardly turned), by the corners that agree on it."""
    matches = cv2.BFMatcher.create(cv2.NORM_HAMMING, crossCheck=True).match(other.bits, one.bits)
    near = [match for match in matches if match.distance < _NEAR]
    if len(near) < _AGREE:
        return None
    source = other.places[[match.queryIdx for match in near]]
    target = one.places[[match.trainIdx for match in near]]
    cv2.setRNGSeed(7)  # the search draws at random: the same pictures must get the same answer
    frame, agree = cv2.estimateAffinePartial2D(source, target, method=cv2.RANSAC, ransacReprojThreshold=4.0)
    if frame is None or int(agree.sum()) < _AGREE:
        return None
    scale = float(np.hypot(frame[0, 0], frame[1, 0]))
    if not 0.4 < scale < 2.5 or abs(float(frame[1, 0])) > 0.2 * scale:
        return None
    return _settled(one.grey, other.grey, frame, target[agree.ravel() > 0])


def _settled(one: Grey, other: Grey, frame: MatLike, agreed: NDArray[np.float32]) -> MatLike | None:
    """The frame to a fraction of a pixel, by what lies among the corners that agreed; what was pasted elsewhere cannot pull."""
    among = np.zeros_like(one)
    cv2.fillConvexPoly(among, cv2.convexHull(agreed.astype(np.int32)), (255,))
    among = np.asarray(cv2.dilate(among, np.ones((25, 25), np.uint8)), np.uint8) & _middle(one)
    ends = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 15, 1e-3)
    try:
        _, settled = cv2.findTransformECC(other, one, frame.astype(np.float32), cv2.MOTION_AFFINE, ends, inputMask=among, gaussFiltSize=5)
    except cv2.error:  # it found nothing to hold on to
        return None
    return settled


def _middle(grey: Grey) -> Grey:
    """255 where a picture is not margin."""
    made = np.zeros_like(grey)
    down, across = round(grey.shape[0] * _MARGIN), round(grey.shape[1] * _MARGIN)
    made[down : grey.shape[0] - down, across : grey.shape[1] - across] = 255
    return made


def _tiles(one: Grey, other: Grey, where: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which tiles show something, and which show something else; rows x columns, overlapping by half."""

    inside = where.astype(np.float32)
    full = cv2.blur(inside, (_TILE, _TILE), anchor=(0, 0))[::_STEP, ::_STEP]

    def over_tiles(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Means over what of each tile lies inside."""
        sums = cv2.blur(pixels * inside, (_TILE, _TILE), anchor=(0, 0))[::_STEP, ::_STEP]
        return np.asarray(sums / np.maximum(full, 1e-3), np.float32)

    # A little blur: a copy that was once smaller has softer letters.
    a, b = (cv2.GaussianBlur(grey, (0, 0), 1.0).astype(np.float32) for grey in (one, other))
    mean_a, mean_b = over_tiles(a), over_tiles(b)
    spread_a = np.sqrt(np.maximum(over_tiles(a * a) - mean_a**2, 0))
    spread_b = np.sqrt(np.maximum(over_tiles(b * b) - mean_b**2, 0))
    alike = (over_tiles(a * b) - mean_a * mean_b) / np.maximum(spread_a * spread_b, 1e-3)
    shown = (full >= _INSIDE) & (np.maximum(spread_a, spread_b) > _FLAT)
    _, patches, measured, _ = cv2.connectedComponentsWithStats((shown & (alike < _ALIKE)).astype(np.uint8))
    large = np.asarray(measured)[:, cv2.CC_STAT_AREA] >= _SPECK
    large[0] = False  # the tiles that are alike
    return shown, large[patches]


# --- one among many -------------------------------------------------------------------------------


def bands(sketch: Sketch) -> list[int]:
    """BANDS numbers of 31 bits to find a picture by among stored ones: of its keys those that come first in an order all pictures share.

    Pictures that have a tenth of their keys in common have about a tenth of these in common; two letters of one fount give one or two.
    """
    mixed = np.array(_keys(sketch), np.uint64) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(33)
    found: list[int] = np.unique(mixed)[:BANDS].tolist()
    return found


class Index:
    """Sketches by their corners. Asking costs the same whether it holds a thousand or a million, memory aside."""

    def __init__(self) -> None:
        self._sketches: list[Sketch] = []
        self._under: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return len(self._sketches)

    def __getitem__(self, number: int) -> Sketch:
        return self._sketches[number]

    def add(self, sketch: Sketch) -> int:
        """Its number."""
        number = len(self._sketches)
        self._sketches.append(sketch)
        for key in _keys(sketch):
            there = self._under.setdefault(key, [])
            if len(there) <= _CROWD:
                there.append(number)
        return number

    def candidates(self, sketch: Sketch) -> list[int]:
        """Numbers of those that may be the same, most likely first."""
        votes: Counter[int] = Counter()
        for key in _keys(sketch):
            there = self._under.get(key)
            if there is not None and len(there) <= _CROWD:
                votes.update(there)
        return [number for number, count in votes.most_common(_LOOKS) if count >= _VOTES]


def _keys(sketch: Sketch) -> list[int]:
    """Each key of each corner once."""
    bits = sketch.bits.astype(np.int64)
    made = [(table << 24) | (bits[:, a] << 16) | (bits[:, b] << 8) | bits[:, c] for table, (a, b, c) in enumerate(_KEY_BYTES)]
    keys: list[int] = np.unique(np.concatenate(made)).tolist()
    return keys
