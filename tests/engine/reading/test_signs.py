"""What a text shows of itself, looked for only where it can stand."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from patrol.engine.reading import signs

PIECES = (*signs._PRESS, "jakarta", "a" * 39, " ", ", ", "-", "--", "\u2013", ".com ", ")", "(", "/", "\n", "9", "\u2014 ", "!!!")


@given(st.lists(st.sampled_from(PIECES), max_size=7).map("".join))
@settings(max_examples=600)
def test_a_dateline_names_the_press_early(plain: str) -> None:
    assert signs._is_dated(plain) == (signs._DATELINE.match(plain) is not None)
