"""Hours from flag to decision as coordinates for inline SVG: dot the median, end of the line 90 %. Pure; rules as in reports/charts.py.

The period before is thin and hollow below. A dashed upright is the limit of that level. One scale for all rows, from 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports import charts
from reports.figures import Delay

WIDTH, _LEFT, _RIGHT, _ROW, _APART = 316, 62, 28, 38, 22  # pixels; _APART: so far two numbers must be to stand beside each other


@dataclass(frozen=True, slots=True)
class Span:
    """From the median to the hours within which 90 % were decided."""

    median: str
    slow: str


@dataclass(frozen=True, slots=True)
class DelayRow:
    key: str
    top: int
    now: Span | None
    median: int | None
    slow: int | None
    slow_beside: bool  # its number stands behind the line: above it would meet the median's
    before: Span | None
    limit: str  # "" without one
    limit_hours: int | None
    limit_anchor: str


@dataclass(frozen=True, slots=True)
class DelayChart:
    rows: tuple[DelayRow, ...]
    height: int
    width: int = WIDTH
    screen_width: int = round(WIDTH * charts.ON_SCREEN)

    @property
    def screen_height(self) -> int:
        return round(self.height * charts.ON_SCREEN)


def chart(delays: Sequence[Delay], limits: Mapping[str, int], *, before: bool) -> DelayChart | None:
    """`limits`: hours by level; `before`: whether there is a period before. None where nothing was decided in either."""
    hours = [hour for one in delays for hour in (one.median, one.slow, one.median_before, one.slow_before) if hour is not None]
    if not hours:
        return None
    # A limit far beyond all that was measured would press the rest into a corner: it is named in the table alone.
    top = max(1, *hours)
    top = max([top, *(limit for limit in limits.values() if limit <= 3 * top)])

    def x(hour: int) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * hour / top

    def span(median: int | None, slow: int | None) -> Span | None:
        return None if median is None or slow is None else Span(f"{x(median):.1f}", f"{x(slow):.1f}")

    rows = []
    for place, one in enumerate(delays):
        limit = limits.get(one.key)
        shown = limit is not None and limit <= top
        rows.append(
            DelayRow(
                key=one.key,
                top=place * _ROW,
                now=span(one.median, one.slow),
                median=one.median,
                slow=one.slow,
                slow_beside=one.median is not None and one.slow is not None and x(one.slow) - x(one.median) < _APART,
                before=span(one.median_before, one.slow_before) if before else None,
                limit=f"{x(limit):.1f}" if shown and limit is not None else "",
                limit_hours=limit,
                limit_anchor="end" if limit is not None and x(limit) > WIDTH - 70 else "start",
            )
        )
    return DelayChart(tuple(rows), len(rows) * _ROW)
