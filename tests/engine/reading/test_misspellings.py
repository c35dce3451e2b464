"""Misspellings made from a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.engine.reading import misspellings


@pytest.mark.parametrize("slip", ["tiwan", "taiwann", "taiawn", "teiwan", "tai wan", "tai.wan"])
def test_one_slip(slip: str) -> None:
    assert slip in misspellings.slips("taiwan")


@pytest.mark.parametrize("other", ["taiwan", "aiwan", "taawn", "tai", "t aiwan", "saiwan"])
def test_no_slip(other: str) -> None:
    assert other not in misspellings.slips("taiwan")


@pytest.mark.parametrize("name", ["iran", "oman", "hong kong", "m'sia"])
def test_short_names_and_several_words_have_none(name: str) -> None:
    assert misspellings.slips(name) == frozenset()


@given(st.text(alphabet="abeiknotw", min_size=6, max_size=10))
def test_a_slip_keeps_the_first_letter_and_nearly_the_length(name: str) -> None:
    for slip in misspellings.slips(name):
        assert slip[0] == name[0]
        assert slip != name
        assert abs(len(slip) - len(name)) <= 1
