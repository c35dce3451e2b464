"""Numbers of recruitment licences and of company licences."""

from __future__ import annotations

import pytest

from patrol.engine.reading import folding, licence_numbers
from tests.growth import LINEAR, growth


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
        ("SIP kami B 4021 SIP2MI IV 2026, kuota 20", "B 4021 SIP2MI IV 2026"),
        ("sip nya 4021/SIP2MI/IV/2026 bos", "4021/SIP2MI/IV/2026"),
        ("butuh 30 org. 4021/SIP2MI/IV/2026", "4021/SIP2MI/IV/2026"),
        ("permit B-4021-SIP2MI-IV-2026", "B-4021-SIP2MI-IV-2026"),
        ("4021/SIP2MI-KBN/II/2026", "4021/SIP2MI-KBN/II/2026"),
        ("nomor 4021 SIP2MI KBN II 2026.", "4021 SIP2MI KBN II 2026"),
        ("SIP 4021/SIP2MI/\nIV/2026", "4021/SIP2MI/\nIV/2026"),
        ("no izin SIP-2026-00421", "SIP-2026-00421"),
        ("SIP nya: SIP-2026-00421", "SIP-2026-00421"),
        ("Jl. Contoh no 3. SIP 2026 00421", "SIP 2026 00421"),
        ("SIP/ABC/015/2026", "SIP/ABC/015/2026"),
        ("SIP2MI No. B.4O21/5IP2MI/IV/2O26", "B.4O21/5IP2MI/IV/2O26"),
        ("SIP-2026-OO421", "SIP-2026-OO421"),
        ("SIP palsu nomor 084/SIP/2026", "084/SIP/2026"),
        ("SIP-nya? Ini: 0421/SG-ART/P2MI/2026", "0421/SG-ART/P2MI/2026"),
        ("suratnya, SIP2MI 421-MY-2026", "421-MY-2026"),
        ("RM 1.500. SIP2MI B.0421/SIP2MI/I/2026", "B.0421/SIP2MI/I/2026"),
        ("izin resmi no 61/RAJUT-LN/2026, kumpul", "61/RAJUT-LN/2026"),
        ("No Izin: 19/TKLN/KDR/26", "19/TKLN/KDR/26"),
        ("ijin kirim tki nomer 12/PKTKI/BJM/2025", "12/PKTKI/BJM/2025"),
        ("lisensi pemerintah no. AB/991/TW/2026", "AB/991/TW/2026"),
        ("legalitas: 0071/PKN-TKI/III/2026", "0071/PKN-TKI/III/2026"),
        ("ijine resmi nomere 9/LN-JPN/2026", "9/LN-JPN/2026"),
        ("berizin resmi 441/DPT/TKLN/2025", "441/DPT/TKLN/2025"),
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
        ("SIP3MI KEP.901/P3MI/2022", "KEP.901/P3MI/2022"),
        ("izin lengkap SIUP P3MI 0512/SIP3MI/I/2025", "0512/SIP3MI/I/2025"),
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
        "SIP 2026 baru keluar",
        "Izin PPIU No. 914/2022",
        "izin usaha OJK KEP-12/D.05/2019",
        "SKCK/YANMAS/0846/II/2026/INTELKAM",
        "Keputusan Dirjen tentang pencabutan SIP3MI Nomor 14 Tahun 2025",
        "dr. Contoh, SIP 503/123/SIP/2024",
        "NIB 0220104771348, SIP menyusul",
        "sip 0840 1234 5678",
        "izin usaha no. 503/221/DPMPTSP/2024",
        "Travel umroh, izin no 1187/U/2023",
        "berizin Bank Indonesia No. 24/88/KEP.GBI/2025",
        "LPK Contoh, izin no 563/12/disnaker/2024",
        "izin kerja 2-3 tahun",
        "izin 12/bln/orang",
        "izin orang tua / suami / wali",
        "izin share: 12 org/bln/pabrik",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "piece", ["sip ", "1 sip ", "a.1/sip2mi/", "sip-", "sip no 1 2 3 ", "o", "sip pt a a ", "izin resmi ", "izin no a/", "izin a-1-"]
)
def test_the_cost_of_a_hostile_text_grows_with_its_length(piece: str) -> None:
    assert growth(lambda text: licence_numbers.claims(folding.fold(text)), piece) <= LINEAR


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("No SIP kantor 0713/SIP2MI.D3/IV/2026. Mess gratis", "0713/SIP2MI.D3/IV/2026"),
        ("SIP 091/SIP.2/DPN-P2MI/III/2026. Gaji", "091/SIP.2/DPN-P2MI/III/2026"),
        ("SIP 0301 / SIP2MI . D3 / II / 2026", "0301 / SIP2MI . D3 / II / 2026"),
        ("SIP-P2MI : B.0417/PPPMI/2026", "B.0417/PPPMI/2026"),
        ("nomor: 12.345/SIPPMI/2026", "12.345/SIPPMI/2026"),
        ("SIPnya 4021/2026", "4021/2026"),
    ],
)
def test_the_office_that_issues_has_its_mark_in_the_number(text: str, number: str) -> None:
    assert found(text) == [("licence_number", number)]
