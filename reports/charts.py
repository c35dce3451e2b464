"""Charts as coordinates for inline SVG; the templates draw them with presentation attributes only. Pure.

WeasyPrint ignores a page's CSS inside SVG, hence the attributes. Coordinates are texts: a template would write 3.5 as
3,5 in Indonesian.
Length, position or a printed number carries the value, the tone only repeats it: a copier may take the tone away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_TOP, _FLOOR = 16, 76  # of the panel: room for the number above the bar and the weekday below
_GAP, _WIDEST = 6.0, 44.0  # between bars; a bar at most, where there are few
PANEL_WIDTH, PANEL_HEIGHT = 222, 92
ON_SCREEN = 1.2  # as large as on paper: letters of 10 have 12 pixels there
_LETTER = 8  # height of a digit of the number above a bar
LINE_FROM = 3  # points with data before a line is drawn


def _text(value: float) -> str:
    return f"{value:.1f}"


@dataclass(frozen=True, slots=True)
class DayBar:
    x: str
    y: str
    width: str
    height: str
    middle: str  # x of number and weekday
    above: str  # y of the number
    tick_from: str  # the same part of the period before: a thin line
    tick_to: str
    tick_y: str
    hatch: tuple[tuple[str, str, str, str], ...]  # x1, y1, x2, y2; of a part with a blind watch
    value: int
    label: str
    has_begun: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One bar a part of the period; the scale starts at 0 and is the panel's own."""

    bars: tuple[DayBar, ...]
    width: int = PANEL_WIDTH
    height: int = PANEL_HEIGHT
    floor: int = _FLOOR
    screen_width: int = round(PANEL_WIDTH * ON_SCREEN)
    screen_height: int = round(PANEL_HEIGHT * ON_SCREEN)


def panel(now: Sequence[int], before: Sequence[int], blind: Sequence[bool], begun: Sequence[bool], labels: Sequence[str]) -> Panel:
    """`blind` days are hatched: never drawn as an ordinary low. A part that has not begun has neither bar nor number."""
    top = max([*now, *before, 1])
    step = PANEL_WIDTH / max(len(now), 1)
    bar = min(step - _GAP, _WIDEST)
    bars = []
    days = zip(now, before, blind, begun, labels, strict=True)
    for place, (value, earlier, dark, has_begun, label) in enumerate(days):
        x = place * step + (step - bar) / 2
        height = (_FLOOR - _TOP) * value / top
        y = _FLOOR - height
        tick_y = _FLOOR - (_FLOOR - _TOP) * earlier / top
        bars.append(
            DayBar(
                x=_text(x),
                y=_text(y),
                width=_text(bar),
                height=_text(height),
                middle=_text(x + bar / 2),
                above=_text(_above(y, tick_y)),
                tick_from=_text(x - 2),
                tick_to=_text(x + bar + 2),
                tick_y=_text(tick_y),
                hatch=_hatch(x, y, bar, height) if dark else (),
                value=value,
                label=label,
                has_begun=has_begun,
            )
        )
    return Panel(tuple(bars))


def _above(y: float, tick_y: float) -> float:
    """Where the number of a bar stands: over the bar, or over the line of the period before where that would run through it."""
    above = min(y, _FLOOR - 1) - 4
    return tick_y - 3 if above - _LETTER - 1 < tick_y < above + 2 else above


def _hatch(x: float, y: float, width: float, height: float) -> tuple[tuple[str, str, str, str], ...]:
    """Slanted lines through the bar, all inside it."""
    lines = []
    low = y + 6
    while low <= y + height:
        lines.append((_text(x + 1), _text(low), _text(x + width - 1), _text(low - 5)))
        low += 4.5
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Spark:
    """Periods as a line, the usual range as a grey band, this one as a dot."""

    points: str
    dot_x: str
    dot_y: str
    band_y: str  # "" without a usual range
    band_height: str
    width: int
    height: int


def spark(series: Sequence[int | None], usual: tuple[int, int] | None, *, width: int = 132, height: int = 16) -> Spark | None:
    """None where fewer than LINE_FROM of them have data: two points are no course."""
    known = [(place, value) for place, value in enumerate(series) if value is not None]
    if len(known) < LINE_FROM or series[-1] is None:
        return None
    values = [value for _place, value in known]
    low, high = min([*values, *(usual or ())]), max([*values, *(usual or ())])
    step = (width - 6) / (len(series) - 1)

    def y(value: float) -> float:
        return height / 2 if low == high else height - 3 - (height - 6) * (value - low) / (high - low)

    return Spark(
        points=" ".join(f"{_text(3 + place * step)},{_text(y(value))}" for place, value in known),
        dot_x=_text(3 + known[-1][0] * step),
        dot_y=_text(y(known[-1][1])),
        band_y=_text(y(usual[1])) if usual else "",
        band_height=_text(max(y(usual[0]) - y(usual[1]), 1)) if usual else "",
        width=width,
        height=height,
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a breakdown with the period before as a tick; the number stands beside it."""

    length: str
    tick: str  # "" where there is no period before
    width: int


def bars(rows: Sequence[tuple[int, int]], *, width: int = 84, with_before: bool = True) -> list[Bar]:
    """One scale for all rows of a table, from 0."""
    top = max([1, *(now for now, _before in rows), *(before for _now, before in rows if with_before)])
    room = width - 2
    return [Bar(_text(room * now / top), _text(room * before / top) if with_before else "", width) for now, before in rows]
