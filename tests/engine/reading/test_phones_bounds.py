"""Where a number begins and ends: counters before it, names and remarks around it, and how much of a text is read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol import domain
from patrol.engine import reading
from patrol.engine.reading import number_pieces, prefilter
from tests.engine.reading.numbers import ONE, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Admin 3: 0840-1234-5678", [ONE]),
        ("CS 2: 0840 1234 5678, CS 3: 0840 1234 5679", [ONE, "+6284012345679"]),
        ("Jl. Kenanga No 12. 0341-000482, Turki dan Brunei", ["+62341000482"]),
        ("0840 1234 5678 (L. Rahayu)", [ONE]),
        ("0840 1234 5678 (I Made)", [ONE]),
        ("0840 1234 5678/79 loket depan", [ONE, "+6284012345679"]),
        ("harga 90.000-084012345678 (wa)", [ONE]),
        ("084012345678 50jt", [ONE]),
        ("foto KTP kirim nang 084012345678", [ONE]),
        ("gopay 0840 1234 5678 (an Wayan)", [ONE]),
        ("transfer 0840123456 (BNI)", []),
        ("0840 1234 5670, eh salah, yang benar 084012345678", [ONE]),
        ("0840x1234x5678 (x cuma pemisah)", [ONE]),
        ("kardus 80x40x30", []),
        ("cat #084012, #0B1234, #345678", []),
        ("tiket aduan no 084012345678 belum dijawab", []),
        ("info pendaftaran no 084012345678", [ONE]),
        ("nomor kupon: 084012345678, 084012345679", []),
        ("NIK 3201014012345678, 084012345678", [ONE]),
        ("WA 084012345678, 084012345679", [ONE, "+6284012345679"]),
        ("0840-????-5678, tanda tanya isi 1234", [ONE]),
        ("0840-xxxx-5678, gaji 1234", []),
        ("nomor kartu perpustakaan 0840-1234-5678 (bukan nomor wa)", []),
    ],
)
def test_what_stands_beside_a_number_is_no_part_of_it(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nol delapan empat sambungannya tulis sendiri ya 012345678", [ONE]),
        ("depannya 0840 biasa, lanjutannya 1234 5678", [ONE]),
        ("n o l delapan empat nol satu dua tiga empat lima enam tujuh delapan", [ONE]),
        ("n.o.l delapan empat nol satu dua tiga empat l.i.m.a enam tujuh delapan", [ONE]),
        ("soun prambei buon soun muoy pi bei buon pram pram muoy prampi prambei", [ONE]),
        ("0840 1234 5678 lanjut tanya jam 12 siang", [ONE]),
    ],
)
def test_a_number_goes_on_over_a_remark_that_says_so(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hong Kong 6000 1184", ["+85260001184"]),
        ("Hong Kong, gaji HK$ 6000 1184 orang daftar", []),
        ("Kuwait, ring 5000 4412", ["+96550004412"]),
        ("Jerman 0150 0004812", ["+491500004812"]),
        ("kerja Korea 010-0004-7712 won 2.100.000", ["+821000047712"]),
        ("rumah 00886900014421", ["+886900014421"]),
        ("wa.me/85260001184", ["+85260001184"]),
        ("wa.me/84012345678", [ONE]),
        ("pakai kode +62 ya, 840 1234 5678", [ONE]),
        ("agen Hong Kong (nomornya dibalik): 8211 0005", ["+85250001128"]),
        ("Riyadh Saudi, tambahin nol: 50 000 4412", ["+966500004412"]),
    ],
)
def test_numbers_abroad_by_code_shape_and_country(text: str, expected: list[str]) -> None:
    assert values(text) == expected


def test_a_text_of_digits_is_read_in_part_and_says_so() -> None:
    groups = " ".join(f"{number % 90 + 10}x" for number in range(number_pieces.MOST_PIECES + 1))
    notes = reading.read(domain.Content(groups + " 0840 1234 5678")).notes
    assert [note for note in notes if str(number_pieces.MOST_PIECES) in note.en]
    assert reading.read(domain.Content("0840 1234 5678")).notes == ()


@given(st.lists(st.sampled_from(("o", "l", "oil", "i", "x", "1", "08", "-", " ", ". ", "lo", "\n", "\u00e9")), max_size=9).map("".join))
@settings(max_examples=400)
def test_letters_for_digits_stand_in_rows_of_their_own(plain: str) -> None:
    if number_pieces._LONE_LETTERS.search(plain):
        assert not number_pieces._DIGIT_LETTERS.isdisjoint(prefilter.letters(plain))
