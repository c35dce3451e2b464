"""The posts a text is most like: which vote, how much each counts, and what the file holds of them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import learn_kinds
from patrol.engine import reading
from patrol.engine.reading import learned, neighbours

POSTS = neighbours.Posts(
    offers=(True, True, False, False),
    sizes=(20, 20, 20, 20),
    places={"kuli": (0, 1), "sawit": (0,), "arisan": (2, 3), "warung": (1, 2)},
    share=0.5,
)


def odds(text: str) -> float:
    return neighbours.log_odds(learned.words_of(reading.signs_of(text)))


def test_the_nearest_say_what_they_are() -> None:
    assert neighbours.vote(POSTS, ["kuli", "sawit"]) == pytest.approx(math.log(2.02 / 0.02))
    assert neighbours.vote(POSTS, ["arisan"]) == pytest.approx(-math.log(2.02 / 0.02))
    assert neighbours.vote(POSTS, ["warung"]) == pytest.approx(0)


def test_without_a_shared_word_nobody_votes() -> None:
    assert neighbours.vote(POSTS, ["tidak", "dikenal"]) == 0.0
    assert neighbours.vote(POSTS, []) == 0.0


def test_the_nearer_counts_more() -> None:
    """`sawit kuli warung`: two offers and one other share something, the first offer most of all."""
    assert 0 < neighbours.vote(POSTS, ["warung", "kuli"]) < neighbours.vote(POSTS, ["warung", "kuli", "sawit"])


def test_a_long_post_is_less_near_with_the_same_words() -> None:
    longer = POSTS._replace(sizes=(20, 40, 20, 20))
    assert neighbours.vote(longer, ["warung"]) < neighbours.vote(POSTS, ["warung"])


def test_a_rarer_word_counts_more() -> None:
    assert neighbours.counted(1_000, 2) > neighbours.counted(1_000, 3) > 0


def test_the_order_of_words_that_stand_apart_changes_nothing() -> None:
    assert neighbours.vote(POSTS, ["kuli", "warung", "arisan"]) == neighbours.vote(POSTS, ["arisan", "warung", "kuli"])


def test_a_fit_keeps_what_several_posts_and_not_all_hold() -> None:
    words = [("kuli", "sawit"), ("kuli", "batu"), ("beras",), *((f"lain{n}", "kuli2") for n in range(80))]
    posts = [
        learn_kinds.Post(f"{n}", "x", "", n % 2, False, None, None, frozenset(), spoken)  # type: ignore[arg-type]
        for n, spoken in enumerate(words)
    ]
    near = learn_kinds.near(posts)
    assert dict(near.places) == {"^ kuli": [0, 1], "kuli": [0, 1]}
    counts = neighbours.counted(len(posts), 2)
    assert near.sizes[:3] == [round(math.sqrt(2 * counts))] * 2 + [0]
    assert near.share == sum(near.offers) / len(posts)


def test_they_speak_for_offers_and_against_trade() -> None:
    assert odds("ART Taipei jaga nenek, gaji 25 ribu NT, potongan 6 bulan, inbox") > 0
    assert odds("Nasi uduk dan gorengan, pesan sebelum Sabtu, antar mess Taoyuan") < 0


def test_the_file_names_the_posts_it_was_made_of() -> None:
    written = learn_kinds.NEIGHBOURS.read_text(encoding="utf-8").splitlines()
    posts = learn_kinds.labelled()
    assert written[1].split()[-1] == learn_kinds.fingerprint(posts), "run `python -m bench.learn_kinds`"
    offers = "".join("+" if post.kind == learn_kinds.KINDS[learn_kinds.OFFER] else "-" for post in posts)
    assert written[2] == f":posts\t{offers}"


def test_the_file_is_sorted_and_small() -> None:
    rows = [line.split("\t") for line in learn_kinds.NEIGHBOURS.read_text(encoding="utf-8").splitlines()[4:]]
    names = [name for name, _ in rows]
    assert names == sorted(set(names))
    for name, places in rows:
        held = list(map(int, places.split()))
        assert held == sorted(set(held)), name
        assert len(held) in learn_kinds.SHARED, name
    assert learn_kinds.NEIGHBOURS.stat().st_size < 4_500_000


def test_a_row_that_begins_like_a_comment_is_read() -> None:
    written = learn_kinds.NEIGHBOURS.read_text(encoding="utf-8").splitlines()[4:]
    assert len(neighbours._posts().places) == len(written)
    assert any(name.startswith("#") for name in neighbours._posts().places)


@given(st.lists(st.text(max_size=30), max_size=40))
def test_any_words_are_looked_up(words: list[str]) -> None:
    assert abs(neighbours.log_odds(words)) < 5.5
