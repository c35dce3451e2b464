"""Agreement beyond chance, against tables worked out by others and raters whose agreement is known."""

from __future__ import annotations

import random
from typing import Any

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.engine.evaluation.agreement import agreement, nominal
from patrol.engine.evaluation.measures import Share

WORDS = ["confirmed", "dismissed", "needs_information", "victim"]
PAIRS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)), min_size=2, max_size=60)


def raters(alpha: Any, count: Any, *, weights: Any = (6, 3, 1), seed: int = 7) -> Any:
    """Two who both know the answer in `alpha` of the cases and otherwise guess, each alone, by the same weights."""
    chance = random.Random(seed)

    def guess() -> Any:
        return chance.choices(WORDS[: len(weights)], weights)[0]

    pairs = []
    for _ in range(count):
        if chance.random() < alpha:
            known = guess()
            pairs.append((known, known))
        else:
            pairs.append((guess(), guess()))
    return pairs


@pytest.mark.parametrize("alpha", [0.0, 0.3, 0.667, 0.8, 0.95])
@pytest.mark.parametrize("weights", [(1, 1), (6, 3, 1), (19, 1)])
def test_a_known_agreement_is_found_again(alpha: float, weights: Any) -> None:
    assert agreement(raters(alpha, 60_000, weights=weights)).alpha == pytest.approx(alpha, abs=0.02)


def test_the_interval_holds_what_is_true_about_as_often_as_it_says() -> None:
    """Of 200 samples of 150 pairs, the 95 % interval holds the true 0.7 in 180 to 200."""
    held = 0
    for seed in range(200):
        interval = agreement(raters(0.7, 150, seed=seed)).interval
        assert interval is not None
        low, high = interval
        held += low <= 0.7 <= high
    assert held >= 180


def test_a_table_worked_out_by_hand() -> None:
    # Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), part A: ten things, two coders, binary.
    first, second = "0100000000", "1110010010"
    found = agreement(list(zip(first, second, strict=True)))
    assert found.alpha == pytest.approx(0.095, abs=0.0005)
    assert found.same == Share(6, 10)


def test_where_all_say_the_same_nothing_could_have_differed() -> None:
    found = agreement([("confirmed", "confirmed")] * 30)
    assert (found.same, found.alpha, found.interval) == (Share(30, 30), None, None)
    assert agreement([]).alpha is None


def test_full_agreement_on_two_words_is_one_and_full_contradiction_is_below_chance() -> None:
    assert agreement([("confirmed", "confirmed"), ("dismissed", "dismissed")] * 20).alpha == pytest.approx(1)
    alpha = agreement([("confirmed", "dismissed")] * 20).alpha
    assert alpha is not None
    assert alpha < 0


@given(pairs=PAIRS)
def test_laws(pairs: Any) -> None:
    found = agreement(pairs)
    swapped = agreement([(second, first) for first, second in pairs])
    assert found.same == swapped.same
    if found.alpha is None:
        return
    assert found.alpha <= 1
    assert swapped.alpha == pytest.approx(found.alpha)
    assert agreement(pairs).interval == found.interval
    if found.interval:
        assert found.interval[0] <= found.interval[1] <= 1


@given(pairs=PAIRS)
def test_many_tables_at_once_give_what_the_library_gives_for_one(pairs: Any) -> None:
    words = sorted({word for pair in pairs for word in pair})
    if len(words) < 2:
        return
    said = np.array([[(word == a) + (word == b) for word in words] for a, b in pairs])
    ours = nominal(said, np.ones((1, len(pairs)), dtype=int))[0]
    assert ours == pytest.approx(krippendorff.alpha(value_counts=said, level_of_measurement="nominal"))
