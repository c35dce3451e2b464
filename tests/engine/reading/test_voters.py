"""The voters beside the fitted weights: what they look at, and that one line fits short and long texts."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from bench import learn_kinds
from patrol.engine import reading
from patrol.engine.reading import learned, voters


def odds(text: str) -> float:
    return voters.log_odds(learned.words_of(reading.signs_of(text)))


def test_words_pairs_and_edges() -> None:
    assert voters.runs(["butuh", "orang"]) == {"butuh", "orang", "^ butuh", "butuh orang", "orang $"}
    assert voters.runs([]) == {"^ $"}


def test_pieces_of_a_word_with_its_edges() -> None:
    assert set(voters.grams("di")) == {"~_d", "~di", "~i_", "~_di", "~di_", "~_di_"}
    assert len(set(voters.grams("x" * 4_000))) < 20, "no more of a word is read than a word has"


def test_they_speak_for_offers_and_against_trade() -> None:
    assert odds("Polandia, gudang, 1.100 euro bersih, kontrak 2 tahun, wa aja") > 0
    assert odds("Nasi uduk dan gorengan, pesan sebelum Sabtu, antar mess Taoyuan") < 0


def test_a_text_said_twice_is_hardly_surer() -> None:
    once, twice = odds("butuh tukang las ke Rumania"), odds("butuh tukang las ke Rumania " * 8)
    assert abs(twice) < abs(once) * 2 + 0.5


def test_the_weights_name_the_posts_they_were_fitted_on() -> None:
    written = learn_kinds.VOTES.read_text(encoding="utf-8").splitlines()
    assert written[1].split()[-1] == learn_kinds.fingerprint(learn_kinds.labelled()), "run `python -m bench.learn_kinds`"


def test_the_file_is_sorted_and_small() -> None:
    names = [line.split("\t")[0] for line in learn_kinds.VOTES.read_text(encoding="utf-8").splitlines()[2:]]
    assert names == sorted(set(names))
    assert learn_kinds.VOTES.stat().st_size < 1_200_000


def test_a_row_that_begins_like_a_comment_is_read() -> None:
    written = learn_kinds.VOTES.read_text(encoding="utf-8").splitlines()[2:]
    assert len(voters._weights()) == len(written)
    assert any(row.startswith("#") for row in written)


@given(st.lists(st.text(max_size=30), max_size=40))
def test_any_words_are_weighed(words: list[str]) -> None:
    assert math.isfinite(voters.log_odds(words))
