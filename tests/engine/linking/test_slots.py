"""A template with its slots."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.engine.linking.slots import template

TELLINGS = [
    "Kerja ke Taiwan bagian pabrik roti, gaji 21 jt ya kak",
    "Kerja ke Taiwan bagian gudang, gaji 21 jt ya kak",
    "Kerja ke Turki bagian pabrik roti, gaji 18 jt ya kak",
]


def test_what_changes_is_a_slot_with_what_was_filled_in() -> None:
    pieces = template(TELLINGS)
    assert [(piece.text, bool(piece.fills)) for piece in pieces] == [
        ("Kerja ke", False),
        ("Taiwan", True),
        ("bagian", False),
        ("pabrik roti,", True),
        ("gaji", False),
        ("21", True),
        ("jt ya kak", False),
    ]
    assert pieces[1].fills == (("Taiwan", 2), ("Turki", 1))
    assert pieces[3].fills == (("pabrik roti", 2), ("gudang", 1))
    assert pieces[5].fills == (("21", 2), ("18", 1))


def test_another_text_is_laid_beside_nothing() -> None:
    assert template([TELLINGS[0], "Selamat pagi semuanya di sini ada jualan sepatu"]) == []
    assert template([*TELLINGS, "Selamat pagi semuanya di sini ada jualan sepatu"]) == template(TELLINGS)


def test_one_text_has_no_slots() -> None:
    assert template([]) == template(["satu saja"]) == template(["", " ", "satu saja"]) == []
    assert [piece.fills for piece in template(["sama persis", "sama persis"])] == [()]


@pytest.mark.parametrize(("sign", "fills"), [("🇹🇼", ()), ("Segera", (("Segera", 1), ("", 1)))])
def test_a_sign_without_words_that_some_have_is_no_slot(sign: str, fills: object) -> None:
    rest = "pabrik Taiwan gaji 18 juta kontrak tiga tahun"
    pieces = template([f"Lowongan {sign} {rest}", f"Lowongan {rest}"])
    assert [(piece.text, piece.fills) for piece in pieces] == [("Lowongan", ()), (sign, fills), (rest, ())]


@given(st.lists(st.text(alphabet="ab c", max_size=30), max_size=6))
def test_the_template_is_one_of_the_texts_and_every_text_fills_each_slot_once(texts: list[str]) -> None:
    pieces = template(texts)
    told = [" ".join(text.split()) for text in texts if text.split()]
    if pieces:
        assert " ".join(piece.text for piece in pieces) in told
        assert len({sum(count for _, count in piece.fills) for piece in pieces if piece.fills}) <= 1
        assert all(2 <= sum(count for _, count in piece.fills) <= len(told) for piece in pieces if piece.fills)
    else:
        assert len(set(told)) != 1 or len(told) < 2
