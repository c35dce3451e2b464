"""Word lists that meet within some characters, in any order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.engine.reading import folding, nearness, phrases
from patrol.engine.reading.nearness import Near

RULES = (Near("two", 2, 10), Near("three", 3, 10))


def test_two_lists_meet_in_either_order() -> None:
    assert nearness.joined(RULES, {(0, 0): [(0, 5)], (0, 1): [(8, 12)]}) == [("two", 0, 12)]
    assert nearness.joined(RULES, {(0, 0): [(8, 12)], (0, 1): [(0, 5)]}) == [("two", 0, 12)]


def test_a_rule_is_met_where_a_word_of_each_list_stands_anywhere() -> None:
    assert nearness.met(RULES, {(1, 0): [(0, 5)], (0, 0): [(0, 5)], (0, 1): [(90, 95)]})
    assert not nearness.met(RULES, {(0, 0): [(0, 5)], (1, 0): [(0, 5)], (1, 1): [(8, 12)]})
    assert not nearness.met(RULES, {})


def test_too_far_apart_they_do_not_meet() -> None:
    assert nearness.joined(RULES, {(0, 0): [(0, 5)], (0, 1): [(15, 20)]}) == [("two", 0, 20)]
    assert nearness.joined(RULES, {(0, 0): [(0, 5)], (0, 1): [(16, 20)]}) == []


def test_over_the_end_of_a_sentence_only_a_story_meets() -> None:
    assert nearness.joined(RULES, {(0, 0): [(0, 5)], (0, 1): [(8, 12)]}, [6]) == []
    assert nearness.joined(RULES, {(0, 0): [(0, 5)], (0, 1): [(8, 12)]}, [12, 20]) == [("two", 0, 12)]
    story = (Near("story", 2, 150),)
    assert nearness.joined(story, {(0, 0): [(0, 5)], (0, 1): [(8, 12)]}, [6]) == [("story", 0, 12)]


def test_the_words_of_an_ordered_rule_stand_behind_the_first() -> None:
    ordered = (Near("two", 2, 10, ordered=True),)
    assert nearness.joined(ordered, {(0, 0): [(0, 5)], (0, 1): [(8, 12)]}) == [("two", 0, 12)]
    assert nearness.joined(ordered, {(0, 0): [(8, 12)], (0, 1): [(0, 5)]}) == []


def test_a_word_between_parts_a_rule_that_names_it() -> None:
    parted = (Near("two", 2, 10, parted=True),)
    assert nearness.joined(parted, {(0, 0): [(0, 4)], (0, 1): [(10, 14)], (0, 2): [(5, 9)]}) == []
    assert nearness.joined(parted, {(0, 0): [(0, 4)], (0, 1): [(10, 14)], (0, 2): [(15, 19)]}) == [("two", 0, 14)]
    assert nearness.joined(parted, {(0, 0): [(0, 4)], (0, 1): [(10, 14)]}) == [("two", 0, 14)]


def test_every_list_must_be_there() -> None:
    assert nearness.joined(RULES, {(1, 0): [(0, 2)], (1, 1): [(3, 5)]}) == []
    assert nearness.joined(RULES, {(1, 0): [(0, 2)], (1, 1): [(3, 5)], (1, 2): [(6, 8)]}) == [("three", 0, 8)]
    assert nearness.joined(RULES, {(0, 1): [(0, 2)]}) == []


def test_a_word_does_not_meet_itself() -> None:
    assert nearness.joined(RULES, {(0, 0): [(0, 5)], (0, 1): [(0, 5)]}) == []


places = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 8)), max_size=12).map(
    lambda some: sorted((start, start + length) for start, length in some)
)


@given(places, places)
def test_what_is_joined_lies_near(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> None:
    parts = {(0, slot): some for slot, some in enumerate((first, second)) if some}
    for value, start, end in nearness.joined(RULES, parts):
        assert value == "two"
        assert 0 <= start < end
        assert end - start <= 8 + 10 + 8


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("paket dari suami ibu tertahan, segera bayar denda", True),
        ("tertahan di bandara, pak, paketnya; bayar dulu", True),
        ("paket lebaran sudah dikirim, bayar di tempat", False),
    ],
)
def test_of_a_text(text: str, hit: bool) -> None:
    folded = folding.fold(text)
    assert ("parcel" in {claim.value for claim in phrases.claims(folded, phrases.search(folded))}) is hit
