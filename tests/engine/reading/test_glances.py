"""The first look says no only where the pattern would find nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol.engine.reading import countries, links, money, phrases, prefilter, signs

WORDS = ("ig", "tele", "rm", "nt$", "$")
PERHAPS = prefilter.glance(WORDS)
PATTERN = re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, WORDS))})(?![a-z])")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("ig agen_contoh", True),
        ("gaji 5rm", True),
        ("ada di tele", True),
        ("telepon saja", True),  # the pattern decides
        ("tinggi besar", False),
        ("form gaji", False),
        ("", False),
    ],
)
def test_a_word_counts_where_no_letter_stands_before_it(text: str, answer: bool) -> None:
    assert PERHAPS(text) is answer


@given(st.text(st.sampled_from("igtelrmn$5 .é"), max_size=40))
def test_no_means_that_the_pattern_finds_nothing(text: str) -> None:
    assert PERHAPS(text) or PATTERN.search(text) is None


@given(st.text("abz AZ_19.-'\n\u00e9\u0131\U0001f525?", max_size=60) | st.text(max_size=60))
def test_rows_of_small_latin_letters(text: str) -> None:
    assert prefilter.letters(text) == re.findall("[a-z]+", text)


CHOICES = (*countries._BEFORE_A_NAME, *(pattern for _, pattern, _ in money._KINDS_BY_WORD), signs._WORKS_THERE, signs._FIRST_PERSON)
GLUE = (" ", " ", " ", "  ", "", "-", ".", "2 ", "x", "?", "_", "\u00e9", "(")


@pytest.mark.parametrize("pattern", CHOICES, ids=lambda one: one.pattern[:30])
@given(st.data())
@settings(max_examples=60, deadline=None)
def test_what_a_pattern_finds_holds_one_of_its_first_words(pattern: re.Pattern[str], data: st.DataObject) -> None:
    known = sorted(set(re.findall("[a-z]+", pattern.pattern)) | {"x", "tahun", "saya", "bhsx", "12"})
    made = data.draw(st.lists(st.tuples(st.sampled_from(known), st.sampled_from(GLUE)), max_size=6))
    text = "".join(word + glue for word, glue in made) + data.draw(st.sampled_from(("", " ")))
    if pattern.search(text):
        assert not prefilter.first_words(pattern).isdisjoint(prefilter.letters(text))


def test_the_first_words_of_a_pattern() -> None:
    assert prefilter.first_words(re.compile(r"\b(?:pulang dari|ex|potongan(?:nya)?|bhs.|i'm)(?: \w+)? $")) == {
        "pulang",
        "ex",
        "potongan",
        "potongannya",
        "bhs",
        "i",
        *(f"bhs{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
    }
    for other in (r"(?:a|b) $", r"\b(?:ab?c) $", r"\b(?:a|b)c", r"\b(?:[ab]) $"):
        with pytest.raises(ValueError, match=r"no border|no word|more letters"):
            prefilter.first_words(re.compile(other))


STANDS = prefilter.sight(WORDS)
STANDING = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, WORDS))})(?![a-z0-9])")


@given(st.text(st.sampled_from("igtelrmn$5 .é"), max_size=40))
def test_a_sight_says_what_the_pattern_says(text: str) -> None:
    assert STANDS(text) is (STANDING.search(text) is not None)


@given(st.lists(st.sampled_from(["tidak", "ada", "bayar", "ta'", "gak", "aja", "nganggo", "(", ".", "x", "étidak", "visa"]), max_size=9))
def test_where_no_word_that_denies_stands_no_denial_is_found(words: list[str]) -> None:
    text = " ".join(words) + " "
    assert not phrases._DENIAL.search(text) or not phrases._NO_WORDS.isdisjoint(prefilter.letters(text))


@given(st.lists(st.sampled_from(["wa", "w a", ".", "dot", " ", "m e", "me", "/", "garing", "0840", "12345678", "+62", "x"]), max_size=9))
def test_where_the_end_of_a_spoken_address_is_missing_there_is_none(words: list[str]) -> None:
    text = "".join(words)
    assert not links._WA_SPOKEN.search(text) or links._WA_SPOKEN_END.search(text)
