from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from patrol.domain import Problem, Sentence
from patrol.domain.keepable import keepable

ANY = st.text(st.characters(codec=None) | st.sampled_from("\0\ud800\udfff"))


@given(ANY)
def test_what_is_kept_is_as_long_and_differs_only_where_it_must(text: Any) -> None:
    kept = keepable(text)
    assert len(kept) == len(text)
    kept.encode()
    assert [new for old, new in zip(text, kept, strict=True) if old != new] == ["\ufffd"] * sum(
        char == "\0" or "\ud800" <= char <= "\udfff" for char in text
    )


def test_a_text_that_can_be_kept_stays_the_same_object() -> None:
    text = "Lowongan ✈️ Taiwan"
    assert keepable(text) is text


@given(ANY, ANY, ANY)
def test_the_words_of_a_problem_can_always_be_kept(id_: Any, en: Any, where: Any) -> None:
    problem = Problem("x", Sentence(id_, en), where=where)
    assert (problem.sentence, problem.where) == (Sentence(keepable(id_), keepable(en)), keepable(where))
