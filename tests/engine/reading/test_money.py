"""Pay and fees: amounts, ranges, currency, period, bearer."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol.domain import Claim
from patrol.engine.reading import folding, money, phrases


def read(text: str, countries: Iterable[str] = ()) -> list[Claim]:
    folded = folding.fold(text)
    return money.claims(folded, phrases.search(folded), countries)


def found(text: str, *countries: str) -> list[tuple[str, str, str, str, str]]:
    made = []
    for claim in read(text, countries):
        assert claim.money is not None
        assert text[slice(*claim.span)] == claim.value
        made.append((claim.kind, str(claim.money.low), str(claim.money.high), claim.money.currency, claim.money.period))
    return made


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "period"),
    [
        ("Gaji Rp 8.500.000 per bulan", "8500000", "8500000", "IDR", "month"),
        ("gaji 10-20 juta/bln", "10000000", "20000000", "IDR", "month"),
        ("gaji 7,5 jt", "7500000", "7500000", "IDR", ""),
        ("gaji 800 - 1.200 USD", "800", "1200", "USD", ""),
        ("Gaji NT$28.590", "28590", "28590", "TWD", ""),
        ("salary RM1,700", "1700", "1700", "MYR", ""),
        ("gaji 1.400 riyal", "1400", "1400", "SAR", ""),
        ("gaji NT$ 190/jam", "190", "190", "TWD", "hour"),
        ("gaji ¥180.000", "180000", "180000", "JPY", ""),
        ("gapok 900$", "900", "900", "USD", ""),
        ("20 juta/bulan bersih", "20000000", "20000000", "IDR", "month"),
        ("gaji 7 s.d. 9 juta per bulan", "7000000", "9000000", "IDR", "month"),
        ("gaji 7 s/d 9 juta", "7000000", "9000000", "IDR", ""),
        ("gaji 7 sampai dengan 9 juta", "7000000", "9000000", "IDR", ""),
        ("gaji 1jt500", "1500000", "1500000", "IDR", ""),
        ("gaji 1jt 500rb sebulan", "1500000", "1500000", "IDR", "month"),
        ("gaji 2 juta 500 ribu", "2500000", "2500000", "IDR", ""),
        ("gaji 2 juta sampai 2 juta 500 ribu", "2000000", "2500000", "IDR", ""),
        ("gaji dua juta lima ratus ribu", "2500000", "2500000", "IDR", ""),
        ("gaji dua belas juta", "12000000", "12000000", "IDR", ""),
        ("gaji dua puluh lima juta rupiah", "25000000", "25000000", "IDR", ""),
        ("gaji satu setengah juta", "1500000", "1500000", "IDR", ""),
        ("gaji setengah juta sehari", "500000", "500000", "IDR", "day"),
        ("gaji tujuh sampai sembilan juta", "7000000", "9000000", "IDR", ""),
        ("gaji tujuh ratus lima puluh ribu", "750000", "750000", "IDR", ""),
        ("gaji seribu lima ratus ringgit", "1500", "1500", "MYR", ""),
        ("gaji lima ratus dolar", "500", "500", "USD", ""),
        ("gaji 3 juta 20 orang", "3000000", "3000000", "IDR", ""),  # no unit behind the second: another number
        ("ABK kapal cumi 20-30 juta, KTP KK", "20000000", "30000000", "IDR", ""),  # no word for pay, but a job
        ("Kerja pabrik Taiwan 12 juta", "12000000", "12000000", "IDR", ""),
        ("Perawat lansia:\n800 USD", "800", "800", "USD", ""),
        ("ABK, sebulan bisa bawa pulang 20 juta", "20000000", "20000000", "IDR", ""),
        ("gajine 20 nganti 30 yuta sewulan", "20000000", "30000000", "IDR", "month"),
        ("gaji dua puluhan juta", "20000000", "20000000", "IDR", ""),
        ("bagi hasil, gaji 4 juta per trip", "4000000", "4000000", "IDR", "trip"),
    ],
)
def test_pay(text: str, low: str, high: str, currency: str, period: str) -> None:
    assert [(k, Decimal(a), Decimal(b), c, p) for k, a, b, c, p in found(text)] == [("pay", Decimal(low), Decimal(high), currency, period)]


@pytest.mark.parametrize(
    ("text", "amount", "bearer"),
    [
        ("DP 2,5 jt dulu", "2500000", "candidate"),
        ("biaya proses 45jt", "45000000", "candidate"),
        ("biaya Rp 3.000.000 ditanggung perusahaan", "3000000", "employer"),
        ("deposit HKD 8.000", "8000", "candidate"),
    ],
)
def test_fees_and_who_bears_them(text: str, amount: str, bearer: str) -> None:
    claims = read(text)
    assert [(c.kind, c.money.low if c.money else None, c.detail["bearer"]) for c in claims] == [("fee", Decimal(amount), bearer)]


@pytest.mark.parametrize(
    ("text", "amount", "currency", "months"),
    [
        ("potong gaji RM 300 selama 6 bulan", "300", "MYR", "6"),
        ("potongan NT 2.500", "2500", "TWD", None),
        ("gaji SGD 650, dipotong SGD 500 x 8 bulan", "500", "SGD", "8"),
    ],
)
def test_deductions(text: str, amount: str, currency: str, months: str | None) -> None:
    claims = [claim for claim in read(text) if claim.kind == "deduction"]
    assert [(c.money.low, c.money.currency) if c.money else None for c in claims] == [(Decimal(amount), currency)]
    assert claims[0].detail.get("months") == months


@pytest.mark.parametrize(
    "text",
    [
        "harga 120rb",
        "bantuan Rp 150.000.000",
        "usia 18-35",
        "kontrak 2 tahun",
        "denda 1,2 jt",
        "08401234",
        "gaji dua orang",
        "dua kali gaji",
        "setengah hari",
        "Borong cumi dari kapal ikan 20-30 ribu/kg",
        "ABK kapal cumi 20 ribu",  # thousands behind a job may be anything
        "Kapal ikan 30 juta nego",
        "Perawat Jerman 25 juta per orang",
        "Kapal cumi disewakan 25 juta per bulan",
        "ABK kapal cumi butuh 20 juta",  # not directly behind the job
        "Mesin kapal 20-30 juta",
    ],
)
def test_other_amounts_are_neither(text: str) -> None:
    assert found(text) == []


def test_a_word_for_many_currencies_takes_the_country_shown() -> None:
    assert [c for _, _, _, c, _ in found("gaji 1.500 riyal", "QA")] == ["QAR"]
    assert [c for _, _, _, c, _ in found("gaji 900 dolar", "SG")] == ["SGD"]
    assert [c for _, _, _, c, _ in found("gaji USD 900", "SG")] == ["USD"]


@given(st.text(alphabet="gaji RpUSD0123456789.,-jtrb /", max_size=50))
def test_a_range_never_falls(text: str) -> None:
    for claim in read("gaji " + text):
        assert claim.money is not None
        assert Decimal(0) < claim.money.low <= claim.money.high


MONEY = ("ringgit", "rupiah", "rp", "us$", "$", " ", ". ", ": ", ".", "5", "10", "jt", "/", "+", "a", "\n", "-")


@given(st.lists(st.sampled_from(MONEY), max_size=9).map("".join) | st.text("abcdefg 1.", max_size=40))
@settings(max_examples=400)
def test_no_amount_begins_far_before_the_first_digit(plain: str) -> None:
    first = money._DIGIT.search(plain)
    whole = [match.span() for match in money._AMOUNT.finditer(plain)]
    if first is None:
        assert whole == []
    else:
        begin = max(0, first.start() - money._BEFORE_DIGIT)
        assert [match.span() for match in money._AMOUNT.finditer(plain, begin)] == whole
