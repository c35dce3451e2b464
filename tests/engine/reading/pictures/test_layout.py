"""Words and boxes -> text and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from patrol.engine.reading.pictures import layout
from patrol.engine.reading.pictures.layout import Word

WORDS = st.builds(
    Word,
    st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8),
    st.tuples(*[st.integers(0, 500)] * 2, *[st.integers(1, 80)] * 2),
    st.floats(0, 1),
)
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=5).map(tuple), max_size=6)


@given(LINES)
def test_every_place_is_its_words_place_in_the_text(lines: list[layout.Line]) -> None:
    text, places = layout.written(lines, "image")
    words = [word for line in lines for word in line]
    assert [(text[slice(*p.span)], p.box) for p in places] == [(w.text, w.box) for w in words]
    assert text.split() == [word.text for word in words]


@given(LINES)
def test_order_loses_no_word(lines: list[layout.Line]) -> None:
    before = sorted(word.text for line in lines for word in line)
    assert sorted(word.text for line in layout.in_order(lines) for word in line) == before


def test_a_number_in_two_boxes_side_by_side_is_one_line_again() -> None:
    left, right = Word("0840-1234", (100, 50, 200, 30), 1.0), Word("-5678", (310, 52, 90, 30), 1.0)
    assert layout.in_order([(right,), (left,)]) == [(left, right)]


def test_columns_stay_apart() -> None:
    left, right = Word("GAJI", (100, 50, 90, 30), 1.0), Word("LIBUR", (500, 50, 90, 30), 1.0)
    assert layout.in_order([(right,), (left,)]) == [(left,), (right,)]


def test_lines_go_from_the_top_down() -> None:
    upper, lower = Word("atas", (100, 50, 90, 30), 1.0), Word("bawah", (90, 90, 90, 30), 1.0)
    assert layout.in_order([(lower,), (upper,)]) == [(upper,), (lower,)]


def test_a_line_read_as_a_whole_gives_each_word_its_share() -> None:
    assert layout.split("WA 0840", (0, 0, 70, 20), 0.9) == (Word("WA", (0, 0, 20, 20), 0.9), Word("0840", (30, 0, 40, 20), 0.9))
