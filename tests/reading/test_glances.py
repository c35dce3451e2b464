"""The first look says no only where the pattern would find nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.reading import glances

WORDS = ("ig", "tele", "rm", "nt$", "$")
PERHAPS = glances.glance(WORDS)
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
