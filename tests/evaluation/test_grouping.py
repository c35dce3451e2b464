"""How right a grouping is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.engine.evaluation.grouping import b_cubed, mixed

NAMES = st.lists(st.tuples(st.sampled_from(["", "a", "b"]), st.sampled_from(["", "x", "y"])), max_size=12)


def test_the_textbook() -> None:
    """Two rings of three put into one group of six: half of every group belongs there, and nothing is missing."""
    found = b_cubed(["a"] * 6, ["x"] * 3 + ["y"] * 3)
    assert (found.precision, found.recall, found.tied) == (0.5, 1.0, 6)
    found = b_cubed(["a", "a", None, None], ["x", "x", "x", ""])
    assert found.precision == found.tied_precision == 1.0
    assert found.tied_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert found.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)


def test_lone_posts_cannot_buy_the_figure_of_the_tied() -> None:
    few = b_cubed(["a", "a"], ["x", ""])
    many = b_cubed(["a", "a", *[None] * 98], ["x", "", *[""] * 98])
    assert few.tied_precision == many.tied_precision == 0.5
    assert many.precision == pytest.approx(0.99)
    assert b_cubed([None], [""]).tied_precision is None
    assert b_cubed([], []).precision is None


@given(NAMES)
def test_what_is_right_is_one_and_the_other_way_round_it_is_exchanged(pairs: list[tuple[str, str]]) -> None:
    said, expected = [one for one, _ in pairs], [other for _, other in pairs]
    there, back = b_cubed(said, expected), b_cubed(expected, said)
    assert (there.precision, there.recall, there.tied) == (back.recall, back.precision, back.tied)
    itself = b_cubed(expected, expected)
    assert itself.precision in (None, 1.0)
    assert itself.recall in (None, 1.0)
    assert mixed(expected, expected) == []


def test_what_is_wrong_is_named() -> None:
    assert mixed(["a", "a", None], ["x", "", "x"]) == [(0, 1, True), (0, 2, False)]
