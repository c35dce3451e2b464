"""Several numbers in one: endings, ranges, corrections; numbers of other countries and landlines."""

from __future__ import annotations

import pytest

from patrol.reading import accounts, countries, folding, phones, phrases

ONE = "+6284012345678"


def values(text: str) -> list[str]:
    """The numbers of a text as the reader sees it: with the countries it names."""
    folded = folding.fold(text)
    named = countries.claims(folded, phrases.search(folded))
    shown = [claim.value for claim in named if claim.value != "ID"]
    return [claim.value for claim in phones.claims(folded, accounts.links(folded), shown)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0840-1234-5677/78/79", ["+6284012345677", ONE, "+6284012345679"]),
        ("0840 1234 5677, 5678, 5679", ["+6284012345677", ONE, "+6284012345679"]),
        ("0840-1234-5676 s.d. 5678", ["+6284012345676", "+6284012345677", ONE]),
        ("0840-1234-567(6/7/8)", ["+6284012345676", "+6284012345677", ONE]),
        ("084012345677 / 084012345678", ["+6284012345677", ONE]),
        ("084012345677,084012345678", ["+6284012345677", ONE]),
        ("084012345677 084012345678", ["+6284012345677", ONE]),
        ("0840 1234 5677 0840 1234 5678", ["+6284012345677", ONE]),
        ("0840 1234 5677 - 0840 1234 5678", ["+6284012345677", ONE]),
        ("0840-1234-5677 & 78", ["+6284012345677", ONE]),
        ("0840-1234-5677 atau 78", ["+6284012345677", ONE]),
        ("0840-1234-5677/5678", ["+6284012345677", ONE]),
        ("0840-1234-5677, -78", ["+6284012345677", ONE]),
        ("0840 1234 567-7/8", ["+6284012345677", ONE]),
        ("08401234567 08401234568", ["+628401234567", "+628401234568"]),
        ("0840-1234-5676 sampai 79", ["+6284012345676", "+6284012345677", ONE, "+6284012345679"]),
        ("0840-1234-5679 eh salah 0840-1234-5678", [ONE]),
        ("0840 1234 5679 ralat: 0840 1234 5678", [ONE]),
        ("0840-1234-5687, maaf, maksudnya 5678", [ONE]),
        ("0840 1234 5687 *5678", [ONE]),
        ("084012345687 (salah), yg bener 084012345678", [ONE]),
        ("nomor 084012345687 typo ya, harusnya 084012345678", [ONE]),
        ("nomor lama 084012345677 sudah hangus, ganti 084012345678", ["+6284012345677", ONE]),
        ("Nomor asli 084012345678, selain itu 084012345677 penipu", [ONE, "+6284012345677"]),
    ],
)
def test_endings_ranges_and_corrections(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+60 12-000 7781", ["+60120007781"]),
        ("+65 8000 0456", ["+6580000456"]),
        ("+886 900 000 456", ["+886900000456"]),
        ("+855 (0)12 000 938", ["+85512000938"]),
        ("00966 50 000 0123", ["+966500000123"]),
        ("+1 (202) 000-0145", ["+12020000145"]),
        ("+44 7700 000123", ["+447700000123"]),
        ("+971-50-000-0123", ["+971500000123"]),
        ("WA +82 10-0000-0123", ["+821000000123"]),
        ("gaji RM 2000, wa 012-000 7781", ["+60120007781"]),
        ("kerja Taiwan telp 0900-000-456", ["+886900000456"]),
        ("Hongkong, WA 5000 0345", ["+85250000345"]),
        ("kerja Singapura SGD 900 call 8000 0456", ["+6580000456"]),
        ("Arab Saudi hub 0500000123", ["+966500000123"]),
        ("Jepang tel 090-0000-0123", ["+819000000123"]),
        ("Korea 010-0000-0123", ["+821000000123"]),
        ("Malaysia office 03-0000 0123", ["+60300000123"]),
        ("Singapura telp 6000 0123", ["+6560000123"]),
        ("+852 2000 0123", ["+85220000123"]),
        ("telp kantor (021) 5550-0123", ["+622155500123"]),
        ("Telp. 021-5550123", ["+62215550123"]),
        ("kantor 0274 000123", ["+62274000123"]),
        ("(0341) 000-123", ["+62341000123"]),
        ("fax 022 5550 123", ["+62225550123"]),
        ("+62 21 5550 0123", ["+622155500123"]),
        ("call center 1500-123", []),
        ("hotline 0800-1-234567", []),
        ("hubungi 112 atau 110", []),
        ("Halo 188", []),
        ("SMS ke 1708", []),
    ],
)
def test_other_countries_landlines_and_short_codes(text: str, expected: list[str]) -> None:
    assert values(text) == expected
