"""The words that tipped the weights: at most three, none of them a name or a figure, all where the text holds them."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain
from patrol.domain import PhraseGroup
from patrol.engine import reading
from patrol.engine.reading import telling_words

AD = "Dibutuhkan segera ART ke Malaysia, gaji 1.800 ringgit, kontrak dua tahun, minat wa 0840 1234 5678"


def shown(text: str) -> list[str]:
    found = reading.read(domain.Content(text))
    return [text[slice(*claim.span)] for claim in found.phrases(PhraseGroup.OFFER_WORDS)]


def test_an_offer_shows_the_words_that_say_so() -> None:
    assert shown(AD) == shown(AD.replace("Malaysia", "Taiwan"))
    assert shown(AD) == ["kontrak dua", "minat wa"]


def test_where_no_two_words_say_so_one_does() -> None:
    assert shown("Butuh 3 Taiwan 29.500 wa 0840-1234-5678") == ["Butuh"]
    assert shown("@butuh.rekaan: 3 Taiwan 29.500 wa 0840-1234-5678") == []  # part of a handle
    assert shown("Butuh 3 Taiwan, butuh segera, wa 0840-1234-5678") == ["butuh segera"]  # two say it


@pytest.mark.parametrize(
    "text",
    [
        "Waspada penipuan lowongan kerja ke Malaysia, jangan transfer uang sebelum cek di BP3MI",
        "Jual koper bekas TKI, kondisi bagus, Cirebon, 0840 1234 5678",
        "",
    ],
)
def test_what_is_no_offer_shows_none(text: str) -> None:
    assert shown(text) == []


@given(st.lists(st.sampled_from([*AD.split(), "PT", "Rekaan", "Jaya", "@akun.rekaan", "l0ker", "𝗴𝗮𝗷𝗶", "k e r j a", "\n"]), max_size=30))
def test_they_are_words_of_the_text_apart_from_each_other(words: list[str]) -> None:
    text = " ".join(words)
    found = reading.read(domain.Content(text))
    spans = [claim.span for claim in found.phrases(PhraseGroup.OFFER_WORDS)]
    assert len(spans) <= telling_words.MOST
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert not any("0840" in text[start:end] or "1.800" in text[start:end] for start, end in spans)
    assert not spans or found.overseas_offer


@given(st.lists(st.sampled_from(["kerja", "di", "kerjadi", "@", "/", ".", " ", "  ", "\n", "_", "ker"]), max_size=12))
def test_two_words_are_found_where_a_pattern_would_find_them(pieces: list[str]) -> None:
    text = "".join(pieces)
    match = re.search(r"(?<![\w@/.])kerja\sdi(?![\w@/])", text)
    assert telling_words._place(text, "kerja", "di") == (match.span() if match else None)
    alone = re.search(r"(?<![\w@/.])kerja(?![\w@/])", text)
    assert telling_words._place(text, "kerja", "") == (alone.span() if alone else None)


FISHED = "Bantuan pulsa PMI dari bank, isi NIK, PIN dan kode OTP di https://bantuan-pmi.example/formulir sebelum jam 18.00"


def test_a_bait_shows_the_words_of_its_threats_and_no_word_of_an_offer() -> None:
    found = reading.read(domain.Content(FISHED))
    assert found.text_kind == domain.TextKind.LURE
    for group in (PhraseGroup.DECEIT_WORDS, PhraseGroup.PHISHING_WORDS):
        words = found.phrases(group)
        assert 1 <= len(words) <= telling_words.MOST, group
        assert {0.5 < claim.confidence < 1 for claim in words} == {True}
    assert found.phrases(PhraseGroup.OFFER_WORDS) == ()
    news = reading.read(domain.Content("Polisi menangkap dua penipu yang meminta PIN dan kode OTP pekerja migran di Cirebon"))
    assert [claim.value for claim in news.claims if claim.value in telling_words.GROUPS] == []
