"""Indonesia as a map of tiles, one a province, 14 wide and 7 high: numbers for an inline SVG.

Each tile prints its short name, as officers say it, and its number; the tone only repeats the number, so that a black-and-white
copy says the same. Provinces without a number stay white. What is counted, and that these are places named in posts, is said
beside the map.

To draw one, on any page, on paper too (presentation attributes only)::

    context["map"] = tile_map.tile_map(
        {"32": 9, "33": 47}, names=words.PROVINCES, own=office.provinces, links={"33": "/…"}, title=_("Flags by province")
    )
    {% include "workbench/tile_map.svg" with map=map %}

Put it in a `<div class="scroll" tabindex="0">`: it is wider than a telephone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from django.utils import formats
from django.utils.translation import gettext

COLUMNS, ROWS = 14, 7
_STEP_X, _STEP_Y, _WIDE, _HIGH = 38, 30, 35, 27
WIDTH, HEIGHT = COLUMNS * _STEP_X, ROWS * _STEP_Y

# Province (the Interior Ministry's code): column, row, short name.
TILES: Final[dict[str, tuple[int, int, str]]] = {
    "11": (0, 0, "Aceh"),
    "12": (0, 1, "Sumut"),
    "13": (0, 2, "Sumbar"),
    "14": (1, 1, "Riau"),
    "15": (1, 2, "Jambi"),
    "16": (1, 3, "Sumsel"),
    "17": (0, 3, "Bengk"),
    "18": (1, 4, "Lampung"),
    "19": (2, 2, "Babel"),
    "21": (2, 1, "Kepri"),
    "31": (3, 4, "DKI"),
    "32": (3, 5, "Jabar"),
    "33": (4, 5, "Jateng"),
    "34": (4, 6, "DIY"),
    "35": (5, 5, "Jatim"),
    "36": (2, 5, "Banten"),
    "51": (6, 5, "Bali"),
    "52": (7, 5, "NTB"),
    "53": (8, 5, "NTT"),
    "61": (4, 1, "Kalbar"),
    "62": (5, 1, "Kalteng"),
    "63": (5, 2, "Kalsel"),
    "64": (6, 1, "Kaltim"),
    "65": (6, 0, "Kaltara"),
    "71": (9, 1, "Sulut"),
    "72": (8, 2, "Sulteng"),
    "73": (7, 3, "Sulsel"),
    "74": (8, 3, "Sultra"),
    "75": (8, 1, "Gtlo"),
    "76": (7, 2, "Sulbar"),
    "81": (10, 3, "Maluku"),
    "82": (10, 1, "Malut"),
    "91": (13, 2, "Papua"),
    "92": (12, 2, "Pabar"),
    "93": (13, 4, "Pasel"),
    "94": (12, 3, "Pateng"),
    "95": (13, 3, "Papeg"),
    "96": (11, 2, "PBD"),
}
LADDERS: Final = (
    (1, 3, 6, 11),
    (1, 10, 25, 50),
    (1, 50, 100, 250),
    (1, 250, 500, 1_000),
    (1, 1_000, 2_500, 5_000),
    (1, 5_000, 10_000, 25_000),
)
_TONES: Final = (("#e7eaee", "#1b212a"), ("#b9c1cb", "#1b212a"), ("#6b7686", "#ffffff"), ("#2b3440", "#ffffff"))
_NONE: Final = ("#ffffff", "#4b5563")


@dataclass(frozen=True, slots=True)
class Tile:
    code: str
    name: str
    count: int
    shown: str  # the number as the language writes it
    link: str
    own: bool
    x: int
    y: int
    middle: int
    fill: str
    ink: str
    name_size: int
    count_size: int
    said: str  # for who hears the map


@dataclass(frozen=True, slots=True)
class Step:
    """One tone and what it stands for: `3–5`."""

    x: int
    middle: int
    fill: str
    ink: str
    range: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """`linked`: at least one tile leads somewhere."""

    tiles: tuple[Tile, ...]
    steps: tuple[Step, ...]
    title: str
    linked: bool
    step_width: int
    width: int = WIDTH
    height: int = HEIGHT
    tile_width: int = _WIDE
    tile_height: int = _HIGH


def tile_map(
    counts: Mapping[str, int], *, names: Mapping[str, Any], title: str, own: Collection[str] = (), links: Mapping[str, str] | None = None
) -> TileMap:
    """`counts` by province; what is no province has no tile. `names` in full, for who hears it; `own`: provinces framed, the office's.

    `links`: addresses by province, of the tiles with a number.
    """
    ladder = _ladder(max((counts.get(code, 0) for code in TILES), default=0))
    tiles = tuple(_tile(code, counts.get(code, 0), ladder, str(names[code]), code in own, (links or {}).get(code, "")) for code in TILES)
    # Framed tiles last: a neighbour's edge must not cut the frame.
    ordered = tuple(sorted(tiles, key=lambda tile: tile.own))
    steps, step_width = _steps(ladder)
    return TileMap(ordered, steps, title, any(tile.link for tile in tiles), step_width)


def _ladder(top: int) -> tuple[int, ...]:
    """The widest whose last step is reached: the tones of few flags and of many tell them apart alike."""
    return next((ladder for ladder in reversed(LADDERS) if ladder[-1] <= top), LADDERS[0])


def _tile(code: str, count: int, ladder: tuple[int, ...], full: str, own: bool, link: str) -> Tile:
    column, row, name = TILES[code]
    fill, ink = _TONES[sum(count >= step for step in ladder) - 1] if count else _NONE
    x, y = column * _STEP_X + 1, row * _STEP_Y + 1
    return Tile(
        code=code,
        name=name,
        count=count,
        shown=_written(count),
        link=link if count else "",
        own=own,
        x=x,
        y=y,
        middle=x + _WIDE // 2,
        fill=fill,
        ink=ink,
        # So that they fit in a wide face too, where Inter is not installed.
        name_size={6: 9, 7: 8}.get(len(name), 10),
        count_size=12 if count < 1_000 else 9,
        said=f"{full}: {_written(count)}" + (f" ({gettext('this office')})" if own else ""),
    )


def _written(number: int) -> str:
    return str(formats.number_format(number, use_l10n=True, force_grouping=True))


def _steps(ladder: tuple[int, ...]) -> tuple[tuple[Step, ...], int]:
    """With the width of one of them."""
    ranges = [f"{_written(low)}–{_written(high - 1)}" for low, high in pairwise(ladder)] + [f"{_written(ladder[-1])}+"]
    wide = 18 + 6 * max(map(len, ranges))
    first = WIDTH - 4 * wide - 4
    made = tuple(
        Step(first + place * wide, first + place * wide + wide // 2, fill, ink, said)
        for place, ((fill, ink), said) in enumerate(zip(_TONES, ranges, strict=True))
    )
    return made, wide - 2
