"""No text makes the reader work more than its length deserves, whatever it holds.

Counted, not timed: calls are the same on every machine. What patterns do inside one call is not seen here; their repeats
are bounded one by one, and `bench.reading` shows what is left.
"""

from __future__ import annotations

import sys
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.hostile_texts import PIECES, filled
from patrol.domain import Content
from patrol.engine import reading
from patrol.engine.reading import folding

MOST_CALLS = 40  # a code point; ordinary posts take about eight


def calls(text: str) -> int:
    """Functions called to read a text, C's own included. What is made once and kept is no work of it: its beginning is read before."""
    reading.read(Content(text=text[:100], platform="instagram"))
    count = 0

    def called(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        reading.read(Content(text=text, platform="instagram"))
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_text_is_at_most_twice_the_work(piece: str) -> None:
    half, whole = calls(filled(piece, 10_000)), calls(filled(piece, 20_000))
    assert whole <= 2.3 * half + 2_000
    assert whole <= MOST_CALLS * 20_000


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_mixtures_cost_no_more(pieces: list[str]) -> None:
    assert calls(filled("".join(pieces), 20_000)) <= MOST_CALLS * 20_000


@given(st.text(st.characters(codec="utf-8"), max_size=300))
@settings(max_examples=60, deadline=None)
def test_no_sign_grows_out_of_bounds(text: str) -> None:
    assert len(folding.fold(text).plain) <= folding.LONGEST_FOLD * len(text)


def test_a_phrase_in_one_sign_is_a_gap() -> None:
    assert folding.fold("kerja\ufdfataiwan").words == "kerja taiwan"
