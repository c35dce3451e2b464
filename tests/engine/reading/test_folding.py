"""Folding: two views of one text, and the way back to the original places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol.engine.reading import folding


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("KAMBOJA", "kamboja"),
        ("𝐊𝐚𝐦𝐛𝐨𝐣𝐚", "kamboja"),
        ("🅺🅰🅼", "kam"),
        ("Ѕіар tеrbаng", "siap terbang"),
        ("ᴄs ᴏɴʟɪɴᴇ", "cs online"),
        ("Ka\u200bm\u00adboja", "kamboja"),
        ("０８①２٣४", "081234"),
        ("0️⃣8️⃣", "08"),
        ("⑩", "10"),
        ("½", "1⁄2".replace("⁄", "/")),
        ("caffè", "caffe"),
        ("İstanbul", "istanbul"),
        ("a\u2028b\u00a0c", "a\nb c"),
    ],
)
def test_plain_reads_what_people_see(text: str, plain: str) -> None:
    assert folding.fold(text).plain == plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("k a m b o j a", "kamboja"),
        ("l-o-k-e-r baru", "loker baru"),
        ("l0ker k4mboja", "loker kamboja"),
        ("gajiiii besarrrr", "gaji besar"),
        ("visa-turis\n\nbaru", "visa turis baru"),
        ("**Gaji** _besar_", " gaji besar "),
        ("a b", "a b"),
        ("covid19", "covid19"),
    ],
)
def test_words_reads_what_people_mean(text: str, words: str) -> None:
    assert folding.fold(text).words == words


def test_spans_lead_back_to_the_original() -> None:
    text = "Ke K\u200bA\u0301M boja, l0ker"
    folded = folding.fold(text)
    start = folded.plain.index("kam")
    assert text[slice(*folded.span(start, start + 2))] == "K\u200bA\u0301"
    start = folded.words.index("loker")
    assert text[slice(*folded.word_span(start, start + 5))] == "l0ker"


def test_a_keycap_stays_whole() -> None:
    text = "0️⃣8️⃣ x"
    assert folding.fold(text).span(0, 2) == (0, 6)


@given(st.text(max_size=120))
def test_every_place_of_both_views_lies_in_the_text(text: str) -> None:
    folded = folding.fold(text)
    for view, span in ((folded.plain, folded.span), (folded.words, folded.word_span)):
        last = 0
        for place in range(len(view)):
            start, end = span(place, place + 1)
            assert 0 <= start < end <= len(text)
            assert start >= last
            last = start


@given(st.text(alphabet="aoil0158 .-\n", max_size=80))
def test_ascii_has_its_own_places(text: str) -> None:
    folded = folding.fold(text)
    assert folded.plain == text.lower()
    assert [folded.span(place, place + 1) for place in range(len(text))] == [(p, p + 1) for p in range(len(text))]


UNEVEN = "a\u0301\u200b\U0001f51f\ufe0f\u00bd\ufdfa\u00df\U0001f525\u0661 Z"


@given(st.text(st.characters(codec="utf-8"), max_size=60) | st.text(UNEVEN, max_size=60))
@settings(max_examples=400)
def test_every_letter_stands_where_its_character_stood(text: str) -> None:
    read = [folding.FOLDS[character] for character in text]
    places = [place for place, letters in enumerate(read) for _ in letters]
    plain, starts = folding._pieces(text)
    assert plain == "".join(read)
    assert (list(range(len(text))) if starts is None else list(starts)) == places


@given(st.text("ab \n\r\t-_*~\u00b7\U0001f525", max_size=40))
def test_what_stands_between_words_is_a_space(text: str) -> None:
    assert folding._spaced(text) == text.translate(dict.fromkeys(map(ord, "\n\r\t-_*~\u00b7"), " "))


def test_a_text_longer_than_the_places_at_hand_has_its_own() -> None:
    last = len(folding._PLACES)
    assert list(folding._places(last - 2, last + 2)) == list(range(last - 2, last + 2))
    folded = folding.fold("x" * (last + 5) + "\u0301y")
    assert folded.span(last + 5, last + 6) == (last + 6, last + 7)
