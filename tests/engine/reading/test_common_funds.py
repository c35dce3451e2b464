"""Gifts and dues somebody answers for, and what only calls itself so."""

from __future__ import annotations

import pytest

from patrol.domain import Content, TextKind
from patrol.engine import reading
from patrol.engine.reading import common_funds, folding
from tests import growth


@pytest.mark.parametrize(
    "text",
    [
        "Donasi pemulangan jenazah alm. Contoh (PMI Brunei), BSI 0000 4471 092 a.n. Takmir Masjid Contoh, laporan ditempel.",
        "Infak renovasi musala TKI di ladang, Maybank 0000 5521 7743 (bendahara Sunardi), sudah beli semen 12 sak.",
        "Arisan keluarga Bani Contoh: bulan ini yang narik Lik Sum (Jeddah), setoran 200rb ke BRI 0000 2290 5517 883 seperti biasa.",
        "Zakat lan infak saking rantau Malaysia saged lumantar Giro Pos 0000 7123 44 a.n. LAZ Contoh, rinciane ditempel.",
        "Kas kelas minggu ke 5 baru 11 orang, gopay ke bendahara 0861-2094-7718, buat kado yang mau terbang ke Osaka.",
        "Iuran talud: sing neng Johor transfer Bu Bendahara, kuwitansi semen diposting.",
    ],
)
def test_common_money_is_no_bait(text: str) -> None:
    assert common_funds.are_collected(folding.fold(text).words)
    assert reading.read(Content(text)).text_kind not in {TextKind.LURE, TextKind.OFFER_ABROAD}


@pytest.mark.parametrize(
    "text",
    [
        "Donasi untuk TKW sakit di Riyadh, transfer segera ke DANA 0861-2094-7718",  # nobody answers for it
        "Arisan online TKW, get 5 juta bayar 3 juta, owner amanah, laporan tiap hari",
        "Sumbangan BP2MI 90 juta sudah cair, panitia minta biaya admin 300 ribu",
        "Iuran pencairan dana hibah PMI 500 ribu ke bendahara",
        "Masjid Al Contoh mengadakan pengajian Ahad pagi",
    ],
)
def test_what_promises_something_back_is_none(text: str) -> None:
    assert not common_funds.are_collected(folding.fold(text).words)


@pytest.mark.parametrize(
    ("text", "collected"),
    [
        ("Infaq kursi 6 juta ke pengurus, kloter habis lebaran ke Kagoshima", False),
        ("sedekah sebelum medical ke rekening bendahara, kerja di Abu Dhabi", False),
        ("Mahar pemberkasan boleh dicicil, sumbangan dicatat", False),
        ("Infaq pembangunan asrama pekerja di Brunei, nota dipajang", True),
        ("Innalillahi, kawan kita di Kuching meninggal. Ambulans RM3.200, terkumpul RM1.100, bendahara Pak Min", True),
        ("Jenazah ayahmu ditahan, ambulans harus ditebus, setor ke panitia", False),
        ("Sumbangan untuk berobat tukang las di Brunei, laporan tiap Jumat", True),
    ],
)
def test_alms_by_the_seat_are_a_fare(text: str, *, collected: bool) -> None:
    assert common_funds.are_collected(folding.fold(text).words) is collected


@pytest.mark.parametrize("piece", ["donasi ", "bangun a ", "buku kas "])
def test_no_text_takes_more_than_its_length(piece: str) -> None:
    assert growth.growth(common_funds.are_collected, piece) <= growth.LINEAR
