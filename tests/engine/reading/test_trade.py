"""A shop's list of prices, and sellers who want all the money first."""

from __future__ import annotations

import pytest

from patrol.domain import Content, TextKind
from patrol.engine import reading
from patrol.engine.reading import folding, trade
from tests import growth


@pytest.mark.parametrize(
    "text",
    [
        "JASTIP JEPANG balik 3 Juli, cokelat 65k, sunscreen 145k, dp 30% ke BCA 0000 3381 27, sisa pas barang di tangan",
        "Open jastip Hong Kong: minyak 58rb, kue 315rb, sepatu 40rb, mi 95rb/pack, PMI boleh titip",
        "Kurs hari ini NT 1.000 = Rp 512.300, NT 10.000 = Rp 5.128.000, biaya 150 NT, bawa ARC, warung buka jam 9",
        "Jual rendang beku 120 nt, sambal 80 nt, COD Zhongli",
        "Simcard unlimited 499 nt, 3 bulan 1350 nt, aktif langsung di toko",
    ],
)
def test_a_list_of_prices_is_a_shop_s(text: str) -> None:
    assert trade.sells(folding.fold(text).words)
    assert reading.read(Content(text)).text_kind != TextKind.LURE


@pytest.mark.parametrize(
    "text",
    [
        "HP apel 14.900 nt, laptop 12.000 nt, bayar full dulu ya, yang minta COD diblokir",
        "Kirim motor 99 dolar, kulkas 50 dolar, lunas di muka, toko kami ramai",
        "Kurs 2.300 hkd, minimal 8.000 hkd, ora nampa takon bukti, warung",
        "Transfer dulu 500rb, besok kembali 900rb",
        "Biaya meterai 350rb untuk dana 90 juta",
    ],
)
def test_all_the_money_first_is_no_trade(text: str) -> None:
    assert not trade.sells(folding.fold(text).words)


@pytest.mark.parametrize("piece", ["10 rb ", "rp 1", "bayar a ", "tidak a "])
def test_no_text_takes_more_than_its_length(piece: str) -> None:
    assert growth.growth(trade.sells, piece) <= growth.LINEAR
