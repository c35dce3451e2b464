"""Laws of reading numbers: any number in any disguise, found whole; any text, read in time and without a crash."""

from __future__ import annotations

import sys
from collections import Counter
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.engine.reading import accounts, folding, number_words, phones

DIGITS = st.text("0123456789", min_size=7, max_size=9).map(lambda rest: "084" + rest)
LANGUAGES = ("id", "jv", "su", "mad", "min", "btk", "sas", "ban", "bjn", "ace", "en", "ar", "ja", "ko", "tl")
BEFORE = st.sampled_from(["", "Minat WA ", "Hub: ", "gaji 15jt, ", "syarat KTP, KK\n", "kuota 20 orang. Kontak "])
BEHIND = st.sampled_from(["", " ya kak", "!!", "\nsegera", " (Bu Sri)", ", fast respon", " a.n. Sri"])


def found(text: str) -> list[tuple[str, str]]:
    folded = folding.fold(text)
    return [(c.value, text[slice(*c.span)]) for c in phones.claims(folded, accounts.links(folded))]


@given(DIGITS, st.sampled_from(["", "-", " ", ".", "/", " - ", "🔥", "\n", "_", "–", "|"]), st.integers(3, 5), BEFORE, BEHIND)
def test_grouped_by_any_separator(digits: str, separator: str, size: int, before: str, behind: str) -> None:
    written = separator.join(digits[place : place + size] for place in range(0, len(digits), size))
    assert found(before + written + behind) == [("+62" + digits[1:], written)]


@given(DIGITS, st.sampled_from(LANGUAGES), BEFORE, BEHIND)
def test_spoken_in_any_language(digits: str, language: str, before: str, behind: str) -> None:
    words = [entry.split()[0] for entry in number_words.LEXICON["digits"][language]]
    written = " ".join(words[int(digit)] for digit in digits)
    assert found(before + written + behind) == [("+62" + digits[1:], written)]


@given(DIGITS, st.sampled_from([0x660, 0x6F0, 0x966, 0xE50, 0x17E0, 0xA9D0, 0x1B50, 0xFF10, 0x1D7CE, 0x1FBF0]))
def test_in_the_digits_of_any_script(digits: str, zero: int) -> None:
    written = "".join(chr(zero + int(digit)) for digit in digits)
    assert found(f"WA {written} ya") == [("+62" + digits[1:], written)]


@given(DIGITS)
def test_backwards_where_the_post_says_so(digits: str) -> None:
    assert found(f"{digits[::-1]} dibaca dari belakang") == [("+62" + digits[1:], digits[::-1])]


@given(st.text("0123456789 xX*.,-/", max_size=40), st.sampled_from(["NIK ", "resi ", "no paspor ", "IMEI ", "kode booking "]))
def test_what_is_called_something_else_is_found_nowhere_near_its_name(digits: str, name: str) -> None:
    text = name + "".join(filter(str.isdecimal, digits))
    assert found(text) == []


SOUP = st.text("0123456789oOlI+-./ ()xnoldua\n①٣=@*?'🌸零", max_size=300)
WORDS = st.lists(st.sampled_from([*sorted(number_words.KNOWN), "0", "8", "62", "-", "nya", "kali", "balik", "="]), max_size=40)


@given(st.one_of(SOUP, WORDS.map(" ".join)))
def test_any_text_is_read_and_every_number_lies_in_it(text: str) -> None:
    for number, written in found(text):
        assert number[0] == "+"
        assert number[1:].isdecimal()
        assert written


HOSTILE = [
    "0",
    "0 ",
    "08",
    "0\n",
    "0🌸",
    "8 ",
    "1/2/3/",
    "nol ",
    "seratus ",
    "dua puluh ",
    "delapan ratus ",
    "dobel ",
    "sa ",
    "satusatu",
    "(1)2",
    "=0",
    "a=1 ",
    "x nya 1 ",
    "huruf a jadi 1 ",
    "angka 0 jadi a ",
    "bagian 1: 0840 ",
    "084012345678/79/80/",
    "084012345678 eh salah ",
    "0840****",
    "balik 876543210480 ",
    "tambah 0",
    "wa.me/62",
    "+62 8",
    "WA 60 ",
    "零八",
    "공",
    "\N{THAI DIGIT ZERO}",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_cost_grows_no_faster_than_the_text(piece: str) -> None:
    """Four times the text takes at most six times the calls (16 would be quadratic): a count does not depend on the machine."""

    def calls(length: int) -> int:
        folded = folding.fold((piece * length)[:length])
        links = accounts.links(folded)
        counted = Counter[str]()

        def count(_frame: FrameType, event: str, _argument: object) -> None:
            counted[event] += 1

        sys.setprofile(count)
        try:
            phones.claims(folded, links, ("MY", "SG"))
        finally:
            sys.setprofile(None)
        return counted["call"] + counted["c_call"]

    assert calls(20_000) <= 6 * max(calls(5_000), 1_000)
