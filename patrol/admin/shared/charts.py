"""Small charts as numbers for inline SVG: a template draws them, at the size they are shown in. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Spark:
    """14 days as a line over the healthy band. Pixels; y grows downwards."""

    width: int
    height: int
    points: str  # of a polyline
    band_y: float
    band_height: float
    last_x: float
    last_y: float
    trouble: bool  # the last point is drawn as one


def spark(values: Sequence[int], healthy_low: int, healthy_high: int, *, trouble: bool = False, width: int = 96, height: int = 24) -> Spark:
    """The scale holds both the highest day and the whole band, so that the band never leaves the picture."""
    top = max([*values, healthy_high, 1])
    inner, step = height - 4, (width - 8) / max(len(values) - 1, 1)

    def y(value: float) -> float:
        return round(2 + inner * (1 - value / top), 1)

    places = [(round(4 + step * n, 1), y(value)) for n, value in enumerate(values)] or [(4.0, y(0))]
    return Spark(
        width=width,
        height=height,
        points=" ".join(f"{x},{place}" for x, place in places),
        band_y=y(healthy_high),
        band_height=round(max(y(healthy_low) - y(healthy_high), 1), 1),
        last_x=places[-1][0],
        last_y=places[-1][1],
        trouble=trouble,
    )


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Group:
    """One day: what came and what was decided, and where its label stands."""

    came: Bar
    went: Bar
    label: str
    x: float
    came_x: float  # the middle of the number of its bar
    went_x: float
    came_said: str  # the number at the bar; "" where there is no room for it, or nothing
    went_said: str


@dataclass(frozen=True, slots=True)
class Pairs:
    width: int
    height: int
    bar: int  # width of a bar
    groups: tuple[Group, ...]
    lines: tuple[tuple[float, int], ...]  # (y, figure) of the scale
    floor: float


_ROOM_FOR = 100  # two digits stand over a bar; longer numbers would run into each other: the scale and the table say them
DIGIT = 7.2  # pixels of a digit of these numbers, at most: 12 px Inter, set close (.pairs text in workbench.css)
_APART = 2  # pixels between the bars of a day


def pairs(days: Sequence[tuple[date, int, int]], *, width: int = 488, height: int = 140) -> Pairs:
    """Two bars a day. The scale ends at a round figure: 4, 8, 20, 40, 80, 200 ...

    A number that is wider than its bar stands out to the outer side of the pair: the bar beside may be higher and would lie behind it.
    """
    top = scale_top(max([figure for _day, *both in days for figure in both], default=0))
    left, floor, bar = 32, height - 20, 11
    inner = floor - 12
    step = (width - left - 4) / max(len(days), 1)

    def rise(value: int) -> float:
        return round(inner * value / top, 1)

    def said(value: int) -> str:
        return str(value) if 0 < value < _ROOM_FOR else ""

    def half(value: int) -> float:
        return max(bar, DIGIT * len(said(value))) / 2

    groups = tuple(
        Group(
            came=Bar(round(left + step * n + 4, 1), round(floor - rise(came), 1), rise(came)),
            went=Bar(round(left + step * n + 4 + bar + _APART, 1), round(floor - rise(went), 1), rise(went)),
            label=str(day.day),
            x=round(left + step * n + 4 + bar + _APART / 2, 1),
            came_x=round(left + step * n + 4 + bar - half(came), 1),
            went_x=round(left + step * n + 4 + bar + _APART + half(went), 1),
            came_said=said(came),
            went_said=said(went),
        )
        for n, (day, came, went) in enumerate(days)
    )
    return Pairs(width, height, bar, groups, tuple((round(floor - inner * n / 4, 1), top * n // 4) for n in (0, 2, 4)), floor)


def scale_top(highest: int) -> int:
    """The smallest of 4, 8, 20, 40, 80, 200, … that holds the figure: always divisible by four."""
    top = 4
    while True:
        for factor in (1, 2, 5):
            if highest <= top * factor:
                return top * factor
        top *= 10


BAR_WIDE = 140  # pixels of the longest bar


def bars(counts: Sequence[int], *, wide: int = BAR_WIDE) -> tuple[int, ...]:
    """Pixels of each bar beside its number; they begin at 0, and what is there at all is seen."""
    top = max(counts, default=0)
    return tuple(max(round(wide * count / top), 2) if count else 0 for count in counts)
