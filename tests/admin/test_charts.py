"""Numbers become places in a picture, and never leave it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.admin.shared import charts


@pytest.mark.parametrize(("highest", "top"), [(0, 4), (4, 4), (5, 8), (9, 20), (20, 20), (21, 40), (80, 80), (81, 200), (2001, 4000)])
def test_scale_top(highest: int, top: int) -> None:
    assert charts.scale_top(highest) == top


def test_spark() -> None:
    found = charts.spark([0, 10], 2, 5, trouble=True)
    assert (found.points, found.band_y, found.band_height, found.last_x, found.last_y, found.trouble) == (
        "4.0,22.0 92.0,2.0",
        12.0,
        6.0,
        92.0,
        2.0,
        True,
    )


@given(values=st.lists(st.integers(0, 10_000), max_size=14), low=st.integers(0, 500), more=st.integers(0, 500))
def test_a_spark_stays_in_its_picture(values: list[int], low: int, more: int) -> None:
    found = charts.spark(values, low, low + more)
    assert all(0 <= float(y) <= found.height for _x, y in (point.split(",") for point in found.points.split()))
    assert 0 <= found.band_y <= found.band_y + found.band_height <= found.height


def test_pairs() -> None:
    found = charts.pairs([(date(2026, 11, 22), 0, 4), (date(2026, 11, 23), 2, 0)])
    assert [(group.label, group.came.height, group.went.height) for group in found.groups] == [("22", 0.0, 108.0), ("23", 54.0, 0.0)]
    assert [figure for _y, figure in found.lines] == [0, 2, 4]
    assert [(group.came_x, group.went_x) for group in found.groups] == [(41.5, 54.5), (267.5, 280.5)]  # over the middle of its bar


@given(st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), min_size=14, max_size=14))
def test_no_number_of_a_pair_lies_over_another_bar_or_number(figures: list[tuple[int, int]]) -> None:
    """As the start page draws two weeks."""
    found = charts.pairs([(date(2026, 11, 1 + n), *both) for n, both in enumerate(figures)])
    bars = [(one.x, one.x + found.bar) for group in found.groups for one in (group.came, group.went)]
    said = [part for group in found.groups for part in ((group.came_x, group.came_said), (group.went_x, group.went_said))]
    assert [number for _x, number in said] == [str(figure) if 0 < figure < 100 else "" for both in figures for figure in both]
    spans = [(x - charts.DIGIT * len(number) / 2, x + charts.DIGIT * len(number) / 2) for x, number in said]
    slack = 0.2  # of rounding
    for n, (left, right) in enumerate(spans):
        if not said[n][1]:
            continue
        assert 24 < left < right < found.width
        assert all(right <= start + slack or left >= end - slack for place, (start, end) in enumerate(bars) if place != n)
        others = [span for place, span in enumerate(spans) if place != n and said[place][1]]
        assert all(right + 1.2 <= start + slack or left >= end + 1.2 - slack for start, end in others)
