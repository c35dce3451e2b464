"""A map of tiles, one a province of Indonesia or one a country: numbers for an inline SVG.

Each tile prints its short name, as officers say it, and its number; the tone only repeats the number, so that a black-and-white
copy says the same. Places without a number stay white. What is counted, and that these are places named in posts, is said
beside the map. Where the tiles stand is in tile_layouts.py.

To draw one, on any page, on paper too (presentation attributes say all; where `.map` stands around it the theme of the page does)::

    context["map"] = tile_map.tile_map(
        {"32": 9, "33": 47}, names=words.PROVINCES, own=office.provinces, links={"33": "/…"}, title=_("Flags by province")
    )
    context["map"] = tile_map.destinations({"MY": 9, "TW": 47}, links={"MY": "/…"}, title=_("Flags by destination named"))
    {% include "workbench/tile_map.svg" with map=map %}

Put it in a `<div class="scroll" tabindex="0">`: it is wider than a telephone. On a screen no letter is smaller than 12 pixels; `paper`
draws it narrower, with the small letters that paper bears.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from django.utils import formats
from django.utils.translation import gettext

from patrol.admin.shared import words
from patrol.admin.shared.tile_layouts import DESTINATIONS, PROVINCES, Layout
from patrol.engine.reading import titles

_STEP_Y, _HIGH, _GAP = 30, 27, 3
_LETTERS: Final = 10  # units, of a name that fits
_ON_SCREEN: Final = 1.2  # pixels for a unit: those letters have 12

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
    tone: int  # 0: no number
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
    tone: int
    fill: str
    ink: str
    range: str


@dataclass(frozen=True, slots=True)
class Region:
    """What the places of a row are, in one line or two."""

    y: int
    lines: tuple[tuple[int, str], ...]  # its own y, and the words


@dataclass(frozen=True, slots=True)
class TileMap:
    """In units of the drawing but for `shown_width` and `shown_height`, its pixels. `linked`: at least one tile leads somewhere."""

    tiles: tuple[Tile, ...]
    steps: tuple[Step, ...]
    title: str
    linked: bool
    step_width: int
    width: int
    height: int
    tile_width: int
    shown_width: int
    shown_height: int
    region_size: int
    regions: tuple[Region, ...] = ()
    tile_height: int = _HIGH

    @property
    def steps_y(self) -> int:
        return self.height - 18


def tile_map(
    counts: Mapping[str, int],
    *,
    names: Mapping[str, Any],
    title: str,
    own: Collection[str] = (),
    links: Mapping[str, str] | None = None,
    layout: Layout = PROVINCES,
    paper: bool = False,
) -> TileMap:
    """`counts` by place; what the layout does not have has no tile. `names` in full, for who hears it; `own`: places framed, the office's.

    `links`: addresses by place, of the tiles with a number.
    """
    ladder = _ladder(max((counts.get(code, 0) for code in layout.spots), default=0))
    left, tile_width = (layout.left, layout.tile_width) if paper else (layout.screen_left, layout.screen_tile_width)
    tiles = tuple(
        _tile(layout, left, tile_width, code, counts.get(code, 0), ladder, str(names[code]), code in own, (links or {}).get(code, ""))
        for code in layout.spots
    )
    # Framed tiles last: a neighbour's edge must not cut the frame.
    ordered = tuple(sorted(tiles, key=lambda tile: tile.own))
    width, height = left + layout.columns * (tile_width + _GAP), layout.rows * _STEP_Y
    scale = 1 if paper else _ON_SCREEN
    steps, step_width = _steps(ladder, width)
    regions = tuple(_region(row, str(name)) for row, name in layout.regions)
    linked = any(tile.link for tile in tiles)
    return TileMap(
        tiles=ordered,
        steps=steps,
        title=title,
        linked=linked,
        step_width=step_width,
        width=width,
        height=height,
        tile_width=tile_width,
        shown_width=round(width * scale),
        shown_height=round(height * scale),
        region_size=9 if paper else _LETTERS,
        regions=regions,
    )


def destinations(counts: Mapping[str, int], *, title: str, links: Mapping[str, str] | None = None, paper: bool = False) -> TileMap | None:
    """The countries that offers lead to; None where none of them has a tile."""
    if not any(counts.get(code) for code in DESTINATIONS.spots):
        return None
    names = {code: words.sentence(titles.country(code)) for code in DESTINATIONS.spots}
    return tile_map(counts, names=names, title=title, links=links, layout=DESTINATIONS, paper=paper)


@dataclass(frozen=True, slots=True)
class Untiled:
    """A country beside the map."""

    name: str
    shown: str
    link: str


def untiled(counts: Mapping[str, int], links: Mapping[str, str] | None = None) -> list[Untiled]:
    """The countries that are counted and have no tile, most first: with them the sum holds."""
    rest = [(code, count) for code, count in counts.items() if count and code not in DESTINATIONS.spots]
    rest.sort(key=lambda one: (-one[1], one[0]))
    return [Untiled(words.sentence(titles.country(code)), _written(count), (links or {}).get(code, "")) for code, count in rest]


def _region(row: int, name: str) -> Region:
    y = row * _STEP_Y + 1
    first, _space, second = name.partition(", ")
    lines = [first + ",", second] if second else name.split(" ", 1) if " " in name else [name]
    places = (y + 11, y + 22) if len(lines) > 1 else (y + 17,)
    return Region(y, tuple(zip(places, lines, strict=True)))


def _ladder(top: int) -> tuple[int, ...]:
    """The widest whose last step is reached: the tones of few flags and of many tell them apart alike."""
    return next((ladder for ladder in reversed(LADDERS) if ladder[-1] <= top), LADDERS[0])


def _tile(layout: Layout, left: int, wide: int, code: str, count: int, ladder: tuple[int, ...], full: str, own: bool, link: str) -> Tile:
    column, row, said = layout.spots[code]
    name = words.sentence(said)
    tone = sum(count >= step for step in ladder) if count else 0
    fill, ink = _TONES[tone - 1] if tone else _NONE
    x, y = left + column * (wide + _GAP) + 1, row * _STEP_Y + 1
    return Tile(
        code=code,
        name=name,
        count=count,
        shown=_written(count),
        link=link if count else "",
        own=own,
        x=x,
        y=y,
        middle=x + wide // 2,
        tone=tone,
        fill=fill,
        ink=ink,
        name_size=_name_size(len(name), wide),
        count_size=12 if count < 1_000 else 9 if wide == layout.tile_width else _LETTERS,
        said=f"{full}: {_written(count)}" + (f" ({gettext('this office')})" if own else ""),
    )


def _written(number: int) -> str:
    return str(formats.number_format(number, use_l10n=True, force_grouping=True))


def _name_size(letters: int, width: int) -> int:
    """So that they fit in a wide face too, where Inter is not installed."""
    return min(_LETTERS, (width - 1) * 10 // (6 * letters))


def _steps(ladder: tuple[int, ...], width: int) -> tuple[tuple[Step, ...], int]:
    """With the width of one of them."""
    ranges = [f"{_written(low)}–{_written(high - 1)}" for low, high in pairwise(ladder)] + [f"{_written(ladder[-1])}+"]
    wide = 18 + 6 * max(map(len, ranges))
    first = width - 4 * wide - 4
    made = tuple(
        Step(first + place * wide, first + place * wide + wide // 2, place + 1, fill, ink, said)
        for place, ((fill, ink), said) in enumerate(zip(_TONES, ranges, strict=True))
    )
    return made, wide - 2
