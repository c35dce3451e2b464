"""Telephone numbers: what is read, what is not, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.engine.reading import accounts, folding, phones

ONE = "+6284012345678"


def numbers(text: str, *countries: str) -> list[tuple[str, str]]:
    """Number and the words it was read from."""
    folded = folding.fold(text)
    found = phones.claims(folded, accounts.links(folded), countries)
    return [(claim.value, text[slice(*claim.span)]) for claim in found]


@pytest.mark.parametrize(
    "written",
    [
        "084012345678",
        "0840-1234-5678",
        "0840 1234 5678",
        "0840.1234.5678",
        "0840/1234/5678",
        "08.40.12.34.56.78",
        "0 8 4 0 1 2 3 4 5 6 7 8",
        "(0840) 1234 5678",
        "o84o-l234-5678",
        "O84O1234S678",
        "+6284012345678",
        "+62 840-1234-5678",
        "+62 (0) 840-1234-5678",
        "62840 1234 5678",
        "006284012345678",
        "nol delapan empat nol satu dua tiga empat lima enam tujuh delapan",
        "kosong lapan empat kosong satu dua tiga empat lima enam tujuh delapan",
        "nol wolu papat nol siji loro telu papat limo enem pitu wolu",
        "nol 8 empat nol 1234 5678",
        "noldelapanempatnolsatuduatigaempatlimaenamtujuhdelapan",
        "zero eight four zero one two three four five six seven eight",
        "0️⃣8️⃣4️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣",
        "⓪⑧④⓪①②③④⑤⑥⑦⑧",
        "０８４０１２３４５６７８",
        "𝟬𝟴𝟰𝟬-𝟭𝟮𝟯𝟰-𝟱𝟲𝟳𝟴",
        "٠٨٤٠١٢٣٤٥٦٧٨",
        "०८४०१२३४५६७८",
        "08\u200b4012\u200b345678",
        "0840\n1234\n5678",
        "wa.me/6284012345678",
        "https://wa.me/6284012345678",
        "wa[dot]me/6284012345678",
        "wa me garing 6284012345678",
        "api.whatsapp.com/send?phone=6284012345678",
    ],
)
def test_one_number_however_it_is_written(written: str) -> None:
    assert numbers(f"Minat WA {written} ya kak") == [(ONE, written)]


def test_doubled_and_compound_numerals() -> None:
    assert [n for n, _ in numbers("WA nol delapan empat nol dobel satu dua puluh triple lima")] == ["+6284011" + "20" + "555"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0840-1234-5677/78", ["+6284012345677", ONE]),
        ("084012345677 atau 084012345678", ["+6284012345677", ONE]),
        ("0840-1234-5676 s/d 78", ["+6284012345676", "+6284012345677", ONE]),
        ("0840-1234-5679, eh salah, 0840-1234-5678", [ONE]),
        ("1. 084012345678\n2. 084012345679", [ONE, "+6284012345679"]),
        ("084012345678 2 orang lagi", [ONE]),
        ("0840-1234-56 7 8", [ONE]),
        ("0840-0012-0034", ["+6284000120034"]),
        ("ig @kerja_084012345678", [ONE]),
        ("dana 084012345678 an Budi", [ONE]),
        ("gaji 12 jt, KTP aja. Rey 084012345678", [ONE]),
        ("tidak dipungut biaya. 084012345678", [ONE]),
    ],
)
def test_lists_endings_corrections_and_neighbours(text: str, expected: list[str]) -> None:
    assert [number for number, _ in numbers(text)] == expected


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("+60 11-0000 1234", "", "+601100001234"),
        ("WA 601100001234", "", "+601100001234"),
        ("call 852 5000 0345", "HK", "+85250000345"),
        ("hp +855 10 0000 123", "", "+855100000123"),
        ("WA 8000 0456", "SG", "+6580000456"),
        ("line 0900 000 456", "TW", "+886900000456"),
        ("hub 050 000 0123", "AE", "+971500000123"),
        ("telp 021 555 0100", "", "+62215550100"),
        ("kantor (021) 555-0100", "", "+62215550100"),
        ("021 555 0100", "", "+62215550100"),
        ("WA 840-1234-5678", "", ONE),
    ],
)
def test_foreign_landline_and_short_forms_need_a_word_or_a_code(text: str, country: str, expected: str) -> None:
    assert [number for number, _ in numbers(text, *filter(None, [country]))] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "NIK 3201011234567890",
        "KK: 3201010840123456",
        "rek BCA 0840123456",
        "BRI 084012345678 a.n. Budi, norek 084012345678",
        "gaji 8.500.000 - 12.000.000",
        "Gaji NT$28.590, lembur 133",
        "08-08-2026 jam 08.00-17.00 WIB",
        "084012345xxx",
        "0840-1234-****",
        "0840...",
        "kode 6284012345678",
        "resi JP084012345678",
        "id game 084012345678",
        "no paspor 084012345678",
        "SIP No. 0840/SIP2MI/IV/2026",
        "usia 18-35, tinggi 155, kontrak 3 tahun",
        "hubungi 110 atau 1500",
        "*123*840123456#",
        "https://contoh.example/p/084012345678",
        "8000 0456",
        "satu dua tiga, sayang semuanya",
    ],
)
def test_what_is_no_number_to_dial(text: str) -> None:
    assert numbers(text) == []


@given(st.integers(min_value=10_000_000, max_value=99_999_999), st.sampled_from(["", "-", " ", ".", "/"]), st.integers(2, 5))
def test_separators_change_nothing(rest: int, separator: str, size: int) -> None:
    digits = f"0840{rest}"
    written = separator.join(digits[place : place + size] for place in range(0, len(digits), size))
    assert numbers(f"wa: {written}, segera") == [("+62" + digits[1:], written)]


@given(st.text(alphabet="0123456789oOlI+-./ ()xnoldua\n①٣", max_size=60))
def test_any_number_found_is_e164_and_lies_in_the_text(text: str) -> None:
    for number, written in numbers(text, "SG", "TW"):
        assert number.startswith("+")
        assert 8 <= len(number) <= 16
        assert written
