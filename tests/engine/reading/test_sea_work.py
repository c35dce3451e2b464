"""Work at sea that lies abroad although no country is named. All posts are invented."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest

from patrol.domain import ClaimKind, Content, PhraseGroup, TextKind
from patrol.engine import assess, reading
from patrol.engine.reading import learned

DAY = datetime(2026, 6, 30, tzinfo=UTC)


def is_abroad(text: str) -> bool:
    return reading.signs_of(text).sea_abroad


def light(text: str) -> list[str]:
    read = reading.read(Content(text=text))
    return [text[slice(*claim.span)] for claim in read.claims if claim.kind == ClaimKind.PHRASE and claim.value == PhraseGroup.LIGHT_TERMS]


@pytest.mark.parametrize(
    "text",
    [
        "ABK kapal cumi 20-30 juta, KTP KK",
        "Butuh kru kapal longline, gaji 9 juta sebulan",
        "Kapal jigging 20 jt, non pengalaman",
        "Crew purse seine, gaji 450 USD",
        "Squid jigging vessel, no seaman book",
        "Kelasi kapal kargo 16 juta sebulan tanpa sertifikat",
        "Kapal cumi, sebulan bisa bawa pulang 20 juta",
        "Melu kapal cumi, gajine 20 nganti 30 yuta sewulan",
        "ABK parahu cumi, gajih 20 juta sabulan, teu kedah gaduh pangalaman",
        "Kerja di kapal cumi, cuma pake KTP deng KK, nyanda usah pengalaman",
        "ABK kapal cumi, KTP KK, langsung berangkat",
        "ABK kapal cumi 25 juta sebulan bagi hasil, KTP KK saja",  # two marks outweigh the sharing
    ],
)
def test_work_at_sea_points_abroad_by_its_pay_or_its_papers(text: str) -> None:
    assert is_abroad(text)


@pytest.mark.parametrize(
    "text",
    [
        "Butuh kru kapal longline, gaji 8,9 juta sebulan",
        "Penjaga gudang 20-30 juta, KTP KK",  # no boat
        "ABK kapal ikan, bagi hasil 20-30 juta per trip",
        "ABK kapal cumi Muara Angke, KTP saja",
        "ABK kapal ikan 25 juta sebulan, kapal lokal, KTP KK",
        "Nakhoda kapal kargo, gaji 25 juta",
        "ABK kapal cumi, KTP KK, gaji 4 juta",
        "Nelayan di Kendari, KTP saja",
        "ABK kapal ikan: KTP, KK, ijazah, buku pelaut",
        "Apakah benar gaji ABK kapal cumi 20 juta?",
        "Waspada loker ABK kapal cumi 20-30 juta, KTP KK",
        "Cari kerja di kapal ikan, punya KTP KK",
        "Borong cumi 20-30 ribu/kg dari kapal ikan",
        "Kapal cumi disewakan 25 juta per bulan",
        "Dijual kapal ikan 30 juta nego",
    ],
)
def test_a_boat_at_home_a_price_and_a_question_do_not(text: str) -> None:
    assert not is_abroad(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ABK kapal cumi, KTP KK", ["KTP KK"]),
        ("ABK kapal cumi: KTP \u2705 KK \u2705", ["KTP \u2705 KK"]),
        ("ABK kapal cumi, KTP+KK", ["KTP+KK"]),
        ("ABK kapal cumi, KK, KTP.", ["KK, KTP"]),
        ("ABK kapal cumi, e-KTP jeung kartu keluarga", ["e-KTP jeung kartu keluarga"]),
        ("ABK kapal cumi, cukup KTP dan KK", ["cukup KTP dan KK"]),  # known as a phrase already: said once
        ("ABK kapal cumi, KTP, KK, ijazah", []),
        ("ABK kapal cumi, KTP dan KK serta fotokopi akta", []),
        ("ABK kapal cumi, ijazah, KTP, KK", []),
        ("ABK kapal cumi, buku pelaut asli, KTP, KK", []),
        ("ABK kapal cumi, KTP", []),
    ],
)
def test_ktp_and_kk_alone_are_light_terms(text: str, found: list[str]) -> None:
    assert light(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "ABK kapal cumi 20-30 juta, KTP KK",
        "Sing gelem melu kapal jigging, bayarane 22 yuta saben wulan, cukup KTP",
        "Butuh kelasi kapal kargo, 18 juta sebulan, tanpa pengalaman, modal KTP dan KK",
    ],
)
def test_an_offer_of_such_work_is_one_abroad_with_its_reason(text: str) -> None:
    made = assess.assess([Content(text=text)], [DAY], None, now=DAY)[0]
    assert made.reading.text_kind == TextKind.OFFER_ABROAD
    assert "money_lure_crew" in [finding.rule for finding in made.findings]
    assert made.score >= 35


@pytest.mark.parametrize(
    "text",
    [
        "Dicari ABK kapal ikan Muara Angke, bagi hasil, rata-rata 3 juta per trip",
        "ABK tugboat Samarinda, gaji 6 juta, BST, rute dalam negeri",
        "Rumah makan Kapal Cumi cari pelayan, gaji 2,5 juta, KTP KK",
    ],
)
def test_an_offer_at_home_stays_one(text: str) -> None:
    made = assess.assess([Content(text=text)], [DAY], None, now=DAY)[0]
    assert (made.reading.text_kind, made.score, made.findings) == (TextKind.OFFER_HOME, 0, ())


def test_what_spoke_for_work_at_home_speaks_for_work_abroad() -> None:
    weighed = learned.Weighed(dict.fromkeys(TextKind, 0.0) | {TextKind.OFFER_HOME: 2.0, TextKind.OFFER_ABROAD: 1.0}, 0.5)
    merged = weighed.without_home()
    assert merged.exempt == 0.5
    assert merged.kinds.keys() == set(TextKind) - {TextKind.OFFER_HOME}
    assert merged.kinds[TextKind.OFFER_ABROAD] == pytest.approx(math.log(math.exp(2.0) + math.exp(1.0)))
    assert merged.likeliest(TextKind.OFFER_ABROAD)[1] == pytest.approx(
        (math.exp(2) + math.exp(1)) / (math.exp(2) + math.exp(1) + len(TextKind) - 2)
    )
