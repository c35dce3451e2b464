"""Charts: bars from 0 inside their panel, blind days hatched, no line over too few points, no comma for a point."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reports import charts

counts = st.lists(st.integers(0, 10**6), min_size=7, max_size=7)
LABELS = ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"]
NUMBER = re.compile(r"-?\d+\.\d")


def _panel(now: Any, before: Any = (0,) * 7, blind: Any = (False,) * 7, begun: Any = (True,) * 7) -> Any:
    return charts.panel(now, before, blind, begun, LABELS)


@given(counts, counts)
def test_bars_stand_on_the_floor_inside_the_panel(now: Any, before: Any) -> None:
    for bar in _panel(now, before).bars:
        assert abs(float(bar.y) + float(bar.height) - 76) < 0.11
        assert 16 <= float(bar.y) <= 76
        assert 16 <= float(bar.tick_y) <= 76


@given(counts, counts)
def test_the_line_of_the_week_before_runs_through_no_number(now: Any, before: Any) -> None:
    for bar in _panel(now, before).bars:
        above, tick = float(bar.above), float(bar.tick_y)
        assert not above - 8 < tick < above + 1
        assert 4 < above < float(bar.y)


def test_a_number_stands_right_over_its_bar_unless_the_line_is_there() -> None:
    """The scale is one unit a pixel: the bars end 30 above the floor."""
    now, before = [30, 30, 30, 30, 30, 0, 60], [0, 32, 33, 42, 43, 4, 0]
    assert [(bar.tick_y, bar.above) for bar in _panel(now, before).bars] == [
        ("76.0", "42.0"),
        ("44.0", "42.0"),
        ("43.0", "40.0"),
        ("34.0", "31.0"),
        ("33.0", "42.0"),
        ("72.0", "69.0"),
        ("76.0", "12.0"),
    ]


@given(counts)
def test_length_follows_the_value(now: Any) -> None:
    heights = [float(bar.height) for bar in _panel(now).bars]
    assert all(heights[a] <= heights[b] for a in range(7) for b in range(7) if now[a] <= now[b])


def test_a_blind_day_is_hatched_and_the_lines_stay_in_its_bar() -> None:
    bars = _panel([5, 9, 1, 0, 0, 0, 0], blind=(False, True, True, True, False, False, False)).bars
    assert [bool(bar.hatch) for bar in bars] == [False, True, True, False, False, False, False]
    for bar in bars:
        for x1, y1, x2, y2 in bar.hatch:
            assert float(bar.x) <= float(x1) < float(x2) <= float(bar.x) + float(bar.width)
            assert float(bar.y) <= float(y2) < float(y1) <= 76.1


def test_a_day_that_has_not_begun_says_so() -> None:
    assert [bar.has_begun for bar in _panel([1] * 7, begun=(True,) * 3 + (False,) * 4).bars] == [True] * 3 + [False] * 4


def test_two_weeks_are_no_course() -> None:
    assert charts.spark((*(None,) * 10, 3, 5), None) is None
    assert charts.spark((*(None,) * 9, 3, 5, None), None) is None
    made = charts.spark((*(None,) * 9, 1, 3, 5), None)
    assert made is not None
    assert (len(made.points.split()), made.band_y) == (3, "")


@given(st.lists(st.integers(0, 10**6), min_size=12, max_size=12), st.booleans())
def test_a_line_stays_in_its_picture(values: Any, banded: Any) -> None:
    usual = (min(values), max(values)) if banded else None
    made = charts.spark(tuple(values), usual)
    assert made is not None
    for point in made.points.split():
        x, y = point.split(",")
        assert NUMBER.fullmatch(x)
        assert 0 <= float(x) <= made.width
        assert 0 <= float(y) <= made.height
    if banded:
        assert float(made.band_y) + float(made.band_height) <= made.height


def test_bars_of_a_table_share_one_scale_with_the_week_before() -> None:
    assert charts.bars([(41, 31), (0, 62)], width=64) == [charts.Bar("41.0", "31.0", 64), charts.Bar("0.0", "62.0", 64)]
    assert charts.bars([(41, 99)], width=43, with_before=False) == [charts.Bar("41.0", "", 43)]
    assert charts.bars([]) == []
