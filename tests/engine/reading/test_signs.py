"""What a text shows of itself, looked for only where it can stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol.domain import Content, TextKind
from patrol.engine import reading
from patrol.engine.reading import signs

PIECES = (*signs._PRESS, "jakarta", "a" * 39, " ", ", ", "-", "--", "\u2013", ".com ", ")", "(", "/", "\n", "9", "\u2014 ", "!!!")


@given(st.lists(st.sampled_from(PIECES), max_size=7).map("".join))
@settings(max_examples=600)
def test_a_dateline_names_the_press_early(plain: str) -> None:
    assert signs._is_dated(plain) == (signs._DATELINE.match(plain) is not None)


SCRIPT = "Ibu, ada kerja di Taiwan gaji 14 juta, langsung berangkat, saya kasih 5 juta sekarang, KTP saya bawa dulu"
OFFERS = {TextKind.OFFER_ABROAD, TextKind.LURE}


@pytest.mark.parametrize(
    "text",
    [
        f'Begini rayuan calo sekarang: "{SCRIPT}". Kalau ada yang datang, tutup pintunya.',
        f"Ini skrip penipu ke adik saya: \u2018{SCRIPT}\u2019 Sebarkan ke grup kelas.",
        "Dia: kak mau kerja Thailand? admin game 12 juta\nAku: PT apa?\nDia: tanpa PT kak\nAku: SIP mana?\nDia: sip kak",
        f'"{SCRIPT}. Hubungi 0840-1234-5678" Itu isi selebaran yang kami lepas dari tiang listrik, mohon jangan ditelepon.',
        "sponsor: bu anaknya cantik\nemak: berapa gajinya\nsponsor: 5 juta bersih, Riyadh\nemak: kamu saja yang berangkat",
    ],
)
def test_words_of_somebody_blamed_or_of_a_dialogue_offer_nothing(text: str) -> None:
    assert reading.read(Content(text)).text_kind not in OFFERS


@pytest.mark.parametrize(
    "text",
    [
        f'Pesan bos: "{SCRIPT}". Yang minat WA 0840-1234-5678',  # the author calls
        f'Banyak penipu, kami tidak. "{SCRIPT}". Hubungi 0840-1234-5678 segera',  # blames others, and calls
        "A: kerja apa di Kamboja kak?\nB: admin, gaji 12 juta\nA: mau dong\nB: butuh 10 orang, chat 0840-1234-5678",
    ],
)
def test_a_call_beside_or_in_it_is_an_offer(text: str) -> None:
    assert reading.read(Content(text)).text_kind in OFFERS
