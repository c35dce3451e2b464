"""Numbers of recruitment licences and of company licences."""

from __future__ import annotations

import pytest

from patrol.reading import folding, licence_numbers


def found(text: str) -> list[tuple[str, str]]:
    claims = licence_numbers.claims(folding.fold(text))
    assert [text[slice(*claim.span)] for claim in claims] == [claim.value for claim in claims]
    return [(claim.kind, claim.value) for claim in claims]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("SIP No. B. 4021/SIP2MI/IV/2026 - Contoh", "B. 4021/SIP2MI/IV/2026"),
        ("(SIP2MI: B.4021/SIP2MI/IV/2026)", "B.4021/SIP2MI/IV/2026"),
        ("nomor SIP2MI B. 4021 / SIP2MI / IV / 2026.", "B. 4021 / SIP2MI / IV / 2026"),
        ("ber SIP no 4999/SIP2MI/X/2026, calling", "4999/SIP2MI/X/2026"),
        ("SIP 1234/SIP/2026", "1234/SIP/2026"),
        ("Surat Izin Perekrutan nomor 77/SIP/V/2026", "77/SIP/V/2026"),
        ("kuota ada, 4021/SIP2MI/IV/2026", "4021/SIP2MI/IV/2026"),
        ("sip no: 4021-SIP2MI-IV-2026 ya", "4021-SIP2MI-IV-2026"),
    ],
)
def test_recruitment_licences(text: str, number: str) -> None:
    assert found(text) == [("licence_number", number)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("SIP3MI No. 12345/2024", "12345/2024"),
        ("SIUP P3MI: 034/MEN/LN/2000", "034/MEN/LN/2000"),
        ("izin P3MI nomor 118/2021", "118/2021"),
    ],
)
def test_company_licences(text: str, number: str) -> None:
    assert found(text) == [("sip3mi_number", number)]


@pytest.mark.parametrize(
    "text",
    [
        "Nomor: PENG. 13/KWS3.DIT2/PP.02.04/II/2024",
        "LP/B/123/XI/2026/SPKT",
        "SK Menteri Nomor 96 Tahun 2026",
        "sip 2 tahun kontrak",
        "sip, 20 orang berangkat",
        "ndeq uah sip2an",
        "SIP berlaku s.d. 12/12/2026",
        "Pasal 83 UU 18/2017",
        "resmi ada SIP",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert found(text) == []
