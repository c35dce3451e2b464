"""Bank accounts and wallets: bank, digits, holder, and digits beside a bank's name that are none."""

from __future__ import annotations

import pytest

from patrol.domain import Claim
from patrol.engine.reading import bank_accounts, folding, phrases
from tests.growth import LINEAR, growth


def claims(text: str) -> list[Claim]:
    folded = folding.fold(text)
    return bank_accounts.claims(folded, phrases.search(folded))


def found(text: str) -> list[tuple[str, str]]:
    return [(claim.value, text[slice(*claim.span)]) for claim in claims(text)]


def values(text: str) -> list[str]:
    return [value for value, _ in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rek BCA 0000123456 a/n Contoh", ("BCA 0000123456", "0000123456")),
        ("rek: 0000-01-000123-50-6 (BRI)", ("BRI 000001000123506", "0000-01-000123-50-6")),
        ("transfer ke Mandiri no 0000 1620 0155", ("MANDIRI 000016200155", "0000 1620 0155")),
        ("BCA 0000123456 50rb", ("BCA 0000123456", "0000123456")),
        ("no rek 0000123456 bank bri", ("BRI 0000123456", "0000123456")),
        ("Rekening:\nBCA\n0000123456\na.n Contoh", ("BCA 0000123456", "0000123456")),
        ("BSI (451) 0000612093", ("BSI 0000612093", "0000612093")),
        ("VA BCA 88081 084012345678", ("BCA 88081084012345678", "88081 084012345678")),
        ("Maybank 000084620193 nama Contoh", ("MAYBANK 000084620193", "000084620193")),
        ("post taiwan 700-0001234-0001234", ("CHUNGHWA POST 70000012340001234", "700-0001234-0001234")),
        ("rekening 084000193857 di bank BPD", ("BPD 084000193857", "084000193857")),
    ],
)
def test_a_bank_stands_before_behind_or_on_the_next_line(text: str, expected: tuple[str, str]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DANA +62 840-1234-5678", ["DANA 084012345678"]),
        ("GOPAY 084012345678 paling lambat", ["GOPAY 084012345678"]),
        ("DANA/OVO 0840 1234 5678", ["DANA 084012345678", "OVO 084012345678"]),
        ("Touch n Go 010-000 4927", ["TOUCH N GO 0100004927"]),
        ("GCash +63 905 000 4821", ["GCASH 09050004821"]),
    ],
)
def test_wallets_have_numbers_in_national_form(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "dana bantuan 150.000.000",
        "dana 2025",
        "BCA cabang Contoh, WA 084012345678",
        "BRI 0840 1234 5678",
        "hubungi 0840 1234 5678, BRI tutup",
        "gaji lewat BRI tiap tanggal 25",
        "KUR BRI Rp100.000.000",
        "mandiri 2 tahun 08401234567",
    ],
)
def test_digits_beside_a_bank_that_are_no_account(text: str) -> None:
    assert found(text) == []


def test_a_list_gives_each_bank_its_own_number() -> None:
    assert values("BCA 0000123456\nBRI 000001000123506\nMandiri: 0000162001555") == [
        "BCA 0000123456",
        "BRI 000001000123506",
        "MANDIRI 0000162001555",
    ]


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("BCA 0000123456 a/n Rina Contoh, konfirmasi", "Rina Contoh"),
        ("BCA 0000123456 an. Rina (bendahara)", "Rina"),
        ("rek BCA 0000123456 (Rina Contoh)", "Rina Contoh"),
        ("rek BSI 0000512345 Rina. japri", "Rina"),
        ("BCA a/n Rina Contoh\n0000123456", "Rina Contoh"),
        ("Atas nama PT Contoh Jaya BCA 0000123456", "PT Contoh Jaya"),
        ("rek BCA 0000123456 lalu kirim bukti", None),
    ],
)
def test_in_whose_name(text: str, holder: str | None) -> None:
    assert [claim.detail.get("holder") for claim in claims(text)] == [holder]


@pytest.mark.parametrize("piece", ["bca ", "1234567 bca ", "rek 1 2 3 4 5 6 7 bca ", "bca\n", "dana an a b c d 1"])
def test_the_cost_of_a_hostile_text_grows_with_its_length(piece: str) -> None:
    assert growth(lambda text: claims("bca 1234567\n" + text), piece) <= LINEAR
