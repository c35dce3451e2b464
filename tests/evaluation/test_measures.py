"""Counts, intervals and curves against figures worked out by hand."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.engine.evaluation import measures
from patrol.engine.evaluation.measures import Bin, Counts, Share

approx = pytest.approx
scored = st.lists(st.tuples(st.integers(0, 100).map(float), st.booleans()), max_size=30)


def test_shares_of_counts() -> None:
    counts = Counts(both=6, extra=2, missed=4, neither=8)
    assert (counts.precision, counts.recall, counts.specificity) == (Share(6, 8), Share(6, 10), Share(8, 10))
    assert counts.f1 == approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


def test_what_nobody_asked_is_neither_right_nor_wrong() -> None:
    nothing = Counts()
    assert (nothing.precision.value, nothing.recall.value, nothing.f1) == (None, None, None)
    assert Share(0, 0).interval == (0.0, 1.0)


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [
        (Share(8, 10), 0.4902, 0.9433),  # Newcombe 1998, method 3, and every table since
        (Share(0, 10), 0.0, 0.2775),
        (Share(10, 10), 0.7225, 1.0),
        (Share(81, 263), 0.2553, 0.3662),
    ],
)
def test_wilsons_interval(share: Share, low: float, high: float) -> None:
    assert share.interval == approx((low, high), abs=1e-4)


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_interval_holds_the_share(hits: int, more: int) -> None:
    share = Share(hits, hits + more)
    low, high = share.interval
    assert 0 <= low <= high <= 1
    assert share.value is None or low <= share.value <= high


def test_sets_and_answers() -> None:
    assert measures.of_sets(frozenset("ab"), frozenset("bc")) == Counts(1, 1, 1)
    assert measures.of_answer(said=True, expected=True) == Counts(1, 0, 0, 0)
    assert measures.of_answer(said=True, expected=False) == Counts(0, 1, 0, 0)
    assert measures.of_answer(said=False, expected=True) == Counts(0, 0, 1, 0)
    assert measures.of_answer(said=False, expected=False) == Counts(0, 0, 0, 1)


def test_a_curve_has_one_point_for_each_score() -> None:
    points = measures.curve([(10, False), (90, True), (50, False), (50, True)])
    assert [(point.threshold, point.counts) for point in points] == [
        (90, Counts(1, 0, 1, 2)),
        (50, Counts(2, 1, 0, 1)),
        (10, Counts(2, 2, 0, 0)),
    ]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(9, True), (8, False), (7, True)], 0.5 * 1 + 0.5 * 2 / 3),
        ([(9, False), (8, True)], 0.5),
        ([(5, True), (5, False)], 0.5),  # equal scores stand or fall together
        ([(9, True), (5, True), (5, False), (5, False), (1, True)], 1 / 3 + 1 / 3 * 2 / 4 + 1 / 3 * 3 / 5),
        ([(9, False)], None),
        ([], None),
    ],
)
def test_average_precision(pairs: list[tuple[float, bool]], expected: float | None) -> None:
    assert measures.average_precision(pairs) == (None if expected is None else approx(expected))


def test_average_precision_of_a_perfect_order_is_one() -> None:
    for many in range(1, 60):
        assert measures.average_precision([(float(score), True) for score in range(many)]) == 1


@given(scored, st.randoms(use_true_random=False))
def test_average_precision_is_a_share_and_blind_to_order(pairs: Any, random: Any) -> None:
    shuffled = pairs.copy()
    random.shuffle(shuffled)
    average = measures.average_precision(pairs)
    assert average == measures.average_precision(shuffled)
    assert (average is None) == (not any(truth for _, truth in pairs))
    assert average is None or 0 < average <= 1


@given(st.lists(st.integers(51, 100), min_size=1), st.lists(st.integers(0, 50)))
def test_a_perfect_ranking_has_average_precision_one(high: list[int], low: list[int]) -> None:
    pairs = [(float(score), True) for score in high] + [(float(score), False) for score in low]
    assert measures.average_precision(pairs) == approx(1)


def test_calibration_by_hand() -> None:
    chances = [(0.0, False), (0.04, True), (0.55, True), (1.0, True)]
    filled = measures.bins(chances)
    assert filled == [
        Bin(0.0, 0.1, 2, cast("float", approx(0.02)), 0.5),
        Bin(0.5, 0.6, 1, cast("float", approx(0.55)), 1.0),
        Bin(0.9, 1.0, 1, 1.0, 1.0),  # 100 of 100 has no bin of its own
    ]
    assert measures.calibration_error(filled) == approx((2 * 0.48 + 0.45 + 0) / 4)
    assert measures.brier(chances) == approx((0 + 0.96**2 + 0.45**2 + 0) / 4)


def test_brier_of_always_half_is_a_quarter() -> None:
    assert measures.brier([(0.5, True), (0.5, False)]) == 0.25
    assert measures.brier([]) is None
    assert measures.calibration_error([]) is None


@given(scored)
def test_bins_hold_every_answer_once(pairs: list[tuple[float, bool]]) -> None:
    chances = [(score / 100, truth) for score, truth in pairs]
    filled = measures.bins(chances)
    assert sum(one.size for one in filled) == len(chances)
    assert all(one.low - 1e-9 <= one.stated <= one.high + 1e-9 for one in filled)
