"""Who counts the places that are left, and what else is counted: in other words than the sets of posts."""

from __future__ import annotations

import pytest

from patrol.domain import Content, TextKind
from patrol.engine import reading
from patrol.engine.reading import folding, open_places
from tests import growth


@pytest.mark.parametrize(
    "text",
    [
        "isih kurang 4 wong nggo kapal",
        "ustaz minta 7 akhwat saja",
        "kuota kelompok tinggal 3",
        "tersisa sembilan bangku",
        "sisa dua kursi, siapa cepat",
        "5 cewek lagi langsung jalan",
        "lima jalma deui",
        "masih nyari 12 bapak-bapak yang kuat",
        "招工 5名",
        "butuh cepat tiga orang",
        "perusahaan mitra cari 60 lulusan",
        "slot putri tambah 2",
    ],
)
def test_places_are_counted(text: str) -> None:
    assert open_places.counted(folding.fold(text).words)


@pytest.mark.parametrize(
    "text",
    [
        "kuota 30 hari cuma 60 ribu",
        "12 orang ditangkap di Entikong",
        "saya punya 3 anak di kampung",
        "gaji 12 juta sebulan",
        "masih 2 hari lagi berangkat",
        "butuh orang yang sabar",
        "40 lulusan diwisuda kemarin",
        "WA 0840-1234-5678, minta nama lengkap",
        "kurang lebih 30 menit dari bandara",
    ],
)
def test_what_else_is_counted(text: str) -> None:
    assert not open_places.counted(folding.fold(text).words)


def test_who_counts_and_leaves_a_way_needs_fewer_words_of_an_offer() -> None:
    told = "Dulu suami cuma nguli, anak minum susu ngutang. Sekarang dia di Fiji, kiriman lancar. {} 0840-1234-5678"
    counted = reading.signs_of(told.format("Mbak Sri masih nyari 6 suami lagi,"))
    silent = reading.signs_of(told.format("Terima kasih semuanya,"))
    assert (counted.places_left, counted.reached) == (True, True)
    assert (silent.places_left, silent.reached) == (False, True)
    assert reading.read(Content(told.format("Terima kasih semuanya,"))).text_kind != TextKind.OFFER_ABROAD


@pytest.mark.parametrize("piece", ["kurang 5 ", "masih a b 3 orang ", "slot tinggal ", "dua "])
def test_no_text_takes_more_than_its_length(piece: str) -> None:
    assert growth.growth(open_places.counted, piece) <= growth.LINEAR
