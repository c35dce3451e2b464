# ruff: noqa: E501  a row of the register is longer than a line of code
from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.domain import Agency, Licence, Register, Standing
from patrol.engine.licences import example_files, files, headers, tables
from patrol.engine.licences.book import Book

AGENCY_HEADER = ",".join(files.AGENCY_COLUMNS)
LICENCE_HEADER = ",".join(files.LICENCE_COLUMNS)
AGENCY = "PT Laksita Benua Tirta,LBT;Laksita Tirta,201/SIP3MI/2021,active,2024-01-10,,,Jawa Barat,Cirebon,Jl. Contoh 1,0840-1111-0001;0231-555010,https://laksita.example,ig:laksita"
OTHER = "PT Wredasana Samudra,,,active,2024-02-01,,,,,,,,"
LICENCE = "B. 401/SIP2MI/IV/2026,PT Laksita Benua Tirta,Taiwan,operator produksi;penjahit,Pabrik Contoh,60,2026-01-01,2026-12-31,active,2026-01-01"

COUNTRIES = {"taiwan": "TW", "tw": "TW", "malaysia": "MY", "jepang": "JP"}


def country_code(written: str) -> str | None:
    return COUNTRIES.get(written.casefold())


def csv(header: str, *rows: str) -> bytes:
    return "\r\n".join((header, *rows, "")).encode()


def read(agencies: bytes | None = None, licences: bytes | None = None, **more: object) -> files.RegisterFiles:
    return files.read_register(
        csv(AGENCY_HEADER, AGENCY) if agencies is None else agencies,
        csv(LICENCE_HEADER, LICENCE) if licences is None else licences,
        agencies_name="agencies.csv",
        licences_name="licences.csv",
        country_code=country_code,
        **more,  # type: ignore[arg-type]
    )


def places(found: files.RegisterFiles) -> list[tuple[str, int, str, bool]]:
    return [(problem.file, problem.line, problem.column, problem.blocking) for problem in found.problems]


REGISTER = Register(
    (
        Agency(
            "PT Laksita Benua Tirta",
            ("LBT", "Laksita Tirta"),
            "201/SIP3MI/2021",
            (Standing("active", date(2024, 1, 10)),),
            "Jawa Barat",
            "Cirebon",
            "Jl. Contoh 1",
            ("0840-1111-0001", "0231-555010"),
            ("https://laksita.example",),
            ("ig:laksita",),
        ),
    ),
    (
        Licence(
            "B. 401/SIP2MI/IV/2026",
            "PT Laksita Benua Tirta",
            "TW",
            ("operator produksi", "penjahit"),
            "Pabrik Contoh",
            60,
            date(2026, 1, 1),
            date(2026, 12, 31),
            "active",
            date(2026, 1, 1),
        ),
    ),
    date(2026, 1, 1),
)


def xlsx(columns: tuple[str, ...], *rows: list[Any], sheets: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (list(columns), *rows):
        sheet.append(row)
    for title in sheets:
        book.create_sheet(title)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_both_files_become_one_register() -> None:
    assert read() == files.RegisterFiles(REGISTER, (), 1, 1)


def test_a_byte_order_mark_quotes_and_columns_in_another_order_do_not_matter() -> None:
    columns = (*files.AGENCY_COLUMNS[1:], "name")
    row = AGENCY.partition(",")[2] + ',"PT Laksita Benua Tirta"'
    assert read(b"\xef\xbb\xbf" + csv(",".join(columns), row)).register == REGISTER


def test_xlsx_reads_as_csv_with_dates_and_numbers_as_the_sheet_holds_them() -> None:
    agencies = xlsx(files.AGENCY_COLUMNS, [*AGENCY.split(",")[:4], datetime(2024, 1, 10), None, *AGENCY.split(",")[6:]])  # noqa: DTZ001
    cells: list[object] = list(LICENCE.split(","))
    cells[5:8] = [60, date(2026, 1, 1), datetime(2026, 12, 31)]  # noqa: DTZ001  a spreadsheet's days have no zone
    assert read(agencies, xlsx(files.LICENCE_COLUMNS, cells)).register == REGISTER


def test_the_registers_day_is_given_or_the_newest_status() -> None:
    later = LICENCE.replace("active,2026-01-01", "active,2026-11-20")
    assert read(licences=csv(LICENCE_HEADER, later)).register.register_date == date(2026, 11, 20)  # type: ignore[union-attr]
    given_day = read(register_date=date(2026, 11, 23)).register
    assert given_day is not None
    assert given_day.register_date == date(2026, 11, 23)


def test_rows_of_one_agency_become_its_periods_and_the_newest_row_tells_the_rest() -> None:
    rows = (
        "PT Laksita Benua Tirta,,201/SIP3MI/2021,suspended,2026-03-01,2026-05-31,SK 12/2026,Jawa Barat,Cirebon,Jl. Baru 2,0840-1111-0002,,",
        AGENCY,
        "pt laksita  benua tirta,,,supervised,2026-06-01,,SK 20/2026,,,,,,",
    )
    found = read(csv(AGENCY_HEADER, *rows))
    assert found.problems == ()
    assert found.register is not None
    (agency,) = found.register.agencies
    assert agency.standings == (
        Standing("active", date(2024, 1, 10)),
        Standing("suspended", date(2026, 3, 1), date(2026, 5, 31), "SK 12/2026"),
        Standing("supervised", date(2026, 6, 1), None, "SK 20/2026"),
    )
    assert (agency.address, agency.city, agency.phones) == ("Jl. Baru 2", "Cirebon", ("0840-1111-0002", "0840-1111-0001", "0231-555010"))


@pytest.mark.parametrize(
    ("row", "line", "column", "sentence"),
    [
        (
            AGENCY.replace("2024-01-10", "31/11/2026"),
            3,
            "status_from",
            "“31/11/2026” tidak dapat dibaca sebagai tanggal. Tulis tahun-bulan-hari, misalnya 2026-11-30",
        ),
        (
            AGENCY.replace("2024-01-10", "2026-11-31"),
            3,
            "status_from",
            "“2026-11-31” tidak dapat dibaca sebagai tanggal. Tulis tahun-bulan-hari, misalnya 2026-11-30",
        ),
        (
            AGENCY.replace("2024-01-10", "0024-01-10"),
            3,
            "status_from",
            "“0024-01-10” tidak dapat dibaca sebagai tanggal. Tulis tahun-bulan-hari, misalnya 2026-11-30",
        ),
        (AGENCY.replace("2024-01-10", ""), 3, "status_from", "status_from kosong"),
        (AGENCY.replace("2024-01-10,", "2024-01-10,2023-01-01"), 3, "status_to", "Tanggal akhir mendahului tanggal awal"),
        (
            AGENCY.replace("active", "aktiv"),
            3,
            "status",
            "Status “aktiv” tidak dikenal. Tulis salah satu: aktif, sanksi sebagian, sanksi penuh, dalam pengawasan, dicabut",
        ),
        (AGENCY.replace("PT Laksita Benua Tirta", ""), 3, "name", "name kosong"),
        (AGENCY.replace("PT Laksita Benua Tirta", "PT"), 3, "name", "“PT” bukan nama"),
        (AGENCY.replace("Jl. Contoh 1", "=HYPERLINK(A1)"), 3, "address", "Sel berisi rumus; tempelkan nilainya saja"),
        (AGENCY.replace("Jl. Contoh 1", "Jl\x00"), 3, "address", "Sel memuat karakter yang rusak atau tidak terlihat"),
        (AGENCY.replace("Jl. Contoh 1", "J" * 2001), 3, "address", "Isi lebih dari 2000 huruf"),
        (AGENCY.replace("Jl. Contoh 1", "#REF!"), 3, "address", "Sel berisi galat #REF!"),
        (
            AGENCY.replace("Jl. Contoh 1", "Jl. Contoh 1, lantai 2"),
            3,
            "",
            "Baris berisi lebih banyak kolom daripada judulnya; isi yang memuat koma harus diapit tanda kutip",
        ),
        (AGENCY + ",", 3, "", "Baris berisi lebih banyak kolom daripada judulnya; isi yang memuat koma harus diapit tanda kutip"),
        (AGENCY.rpartition(",")[0], 3, "", "Baris terpotong: kolomnya kurang"),
        (OTHER, 3, "", "Baris ganda: sama dengan baris 2"),
        (
            OTHER.replace("2024-02-01", "2024-02-01").replace("active", "revoked"),
            3,
            "status_from",
            "Masa status tumpang tindih dengan baris 2",
        ),
    ],
)
def test_a_bad_row_of_the_agencies_is_named_and_nothing_is_taken(row: str, line: int, column: str, sentence: str) -> None:
    found = read(
        csv(AGENCY_HEADER, OTHER, row, AGENCY.replace("Laksita Benua Tirta", "Nirmala Arga Teduh")),
        csv(LICENCE_HEADER, LICENCE.replace("PT Laksita Benua Tirta", "PT Nirmala Arga Teduh")),
    )
    assert found.register is None
    blocking = [(p.file, p.line, p.column, p.sentence.id) for p in found.blocking]
    assert blocking == [("agencies.csv", line, column, sentence)]


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (LICENCE.replace("Taiwan", "Taiwn"), "country", "Negara “Taiwn” tidak dikenal. Maksudnya Taiwan?"),
        (LICENCE.replace("Taiwan", "Qwghlm"), "country", "Negara “Qwghlm” tidak dikenal"),
        (LICENCE.replace("Taiwan", "x" * 99), "country", f"Negara “{'x' * 60}…” tidak dikenal"),
        (
            LICENCE.replace("PT Laksita Benua Tirta", "PT Laksyta Benua Tirta"),
            "agency",
            "P3MI “PT Laksyta Benua Tirta” tidak ada di berkas P3MI. Yang mirip: PT Laksita Benua Tirta",
        ),
        (LICENCE.replace("2026-12-31", "2025-12-31"), "valid_to", "Tanggal akhir mendahului tanggal awal"),
        (
            LICENCE.replace("2026-12-31", "besok"),
            "valid_to",
            "“besok” tidak dapat dibaca sebagai tanggal. Tulis tahun-bulan-hari, misalnya 2026-11-30",
        ),
        (LICENCE.replace(",60,", ",enam puluh,"), "quota", "Kuota “enam puluh” bukan bilangan bulat 0 sampai 1.000.000"),
        (LICENCE.replace(",60,", ",-1,"), "quota", "Kuota “-1” bukan bilangan bulat 0 sampai 1.000.000"),
        (LICENCE.replace("active", "expired"), "status", "Status “expired” tidak dikenal. Tulis salah satu: aktif, dicabut, kuota habis"),
        (LICENCE.replace("B. 401/SIP2MI/IV/2026", "belum ada"), "number", "“belum ada” tidak memuat angka"),
        (LICENCE.replace("B. 401/SIP2MI/IV/2026", ""), "number", "number kosong"),
        (
            LICENCE.replace("B. 401/SIP2MI/IV/2026", "B. 400/SIP2MI/IV/2026").replace("Taiwan", "TW").replace("60", "61"),
            "number",
            "Nomor B. 400/SIP2MI/IV/2026 untuk negara ini sudah ada di baris 2",
        ),
        (
            LICENCE.replace("B. 401", "b.400").replace("Taiwan", "Jepang").replace("PT Laksita Benua Tirta", "PT Wredasana Samudra"),
            "agency",
            "Nomor b.400/SIP2MI/IV/2026 di baris 2 milik PT Laksita Benua Tirta",
        ),
        (LICENCE.replace("B. 401", "B. 400"), "", "Baris ganda: sama dengan baris 2"),
    ],
)
def test_a_bad_row_of_the_licences_is_named_and_nothing_is_taken(row: str, column: str, sentence: str) -> None:
    found = read(csv(AGENCY_HEADER, AGENCY, OTHER), csv(LICENCE_HEADER, LICENCE.replace("B. 401", "B. 400"), row))
    assert found.register is None
    assert [(p.file, p.line, p.column, p.sentence.id) for p in found.problems] == [("licences.csv", 3, column, sentence)]


@pytest.mark.parametrize(
    ("content", "place", "sentence"),
    [
        (b"", (0, ""), "Berkas kosong"),
        (b"  \r\n ", (0, ""), "Berkas kosong"),
        (csv(AGENCY_HEADER), (0, ""), "Berkas hanya berisi judul kolom, tanpa baris"),
        (csv(AGENCY_HEADER, AGENCY).replace(b"Contoh", b"Conto\xe9"), (2, ""), "Berkas bukan UTF-8; simpan sebagai “CSV UTF-8” atau XLSX"),
        (csv(AGENCY_HEADER, AGENCY).decode().encode("utf-16"), (1, ""), "Berkas bukan UTF-8; simpan sebagai “CSV UTF-8” atau XLSX"),
        (
            csv(AGENCY_HEADER.replace(",", ";"), AGENCY),
            (1, ""),
            "Kolom dipisah dengan titik koma; simpan sebagai CSV yang dipisah koma, atau XLSX",
        ),
        (
            csv(AGENCY_HEADER, AGENCY.replace("Jl. Contoh 1", '"Jl. Contoh 1')),
            (2, ""),
            "Baris tidak dapat dibaca sebagai CSV; periksa tanda kutipnya",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (0, ""), "Berkas XLS lama; simpan sebagai XLSX atau CSV"),
        (b"PK\x03\x04 no archive", (0, ""), "Berkas XLSX rusak atau bukan XLSX"),
        (b"x" * (tables.MAX_BYTES + 1), (0, ""), "Berkas lebih besar dari 20 MB"),
        (csv(AGENCY_HEADER.replace("decree", "Decre"), AGENCY), (1, "Nomor SK"), "Kolom Nomor SK tidak ada; maksudnya “Decre”?"),
        (csv(AGENCY_HEADER.replace("decree", "Nomr SK"), AGENCY), (1, "Nomor SK"), "Kolom Nomor SK tidak ada; maksudnya “Nomr SK”?"),
        (
            csv(AGENCY_HEADER.replace("status_from", "Tanggal status") + ",Status sejak", AGENCY + ",2024-01-10"),
            (1, "Status sejak"),
            "Kolom “Tanggal status” dan “Status sejak” sama-sama berarti Status sejak; sisakan satu",
        ),
        (
            csv(AGENCY_HEADER.replace("address", "Alamat"), AGENCY.replace("Jl. Contoh 1", "J" * 2001)),
            (2, "Alamat"),
            "Isi lebih dari 2000 huruf",
        ),
        (csv(AGENCY_HEADER + ",name", AGENCY + ",x"), (1, "name"), "Kolom name ada dua kali"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(content: bytes, place: tuple[int, str], sentence: str) -> None:
    found = read(content)
    assert found.register is None
    assert [(p.file, p.line, p.column, p.sentence.id) for p in found.blocking] == [("agencies.csv", *place, sentence)]


@pytest.mark.parametrize(
    ("agencies", "licences", "said"),
    [
        (
            csv(LICENCE_HEADER, LICENCE),
            csv(AGENCY_HEADER, AGENCY),
            [
                ("agencies.csv", "Ini berkas SIP, bukan berkas P3MI: pilih berkas P3MI di sini"),
                ("licences.csv", "Ini berkas P3MI, bukan berkas SIP: pilih berkas SIP di sini"),
            ],
        ),
        (
            example_files.licences("id"),
            example_files.agencies("id"),
            [
                ("agencies.csv", "Ini berkas SIP, bukan berkas P3MI: pilih berkas P3MI di sini"),
                ("licences.csv", "Ini berkas P3MI, bukan berkas SIP: pilih berkas SIP di sini"),
            ],
        ),
        (None, csv(AGENCY_HEADER, AGENCY), [("licences.csv", "Ini berkas P3MI, bukan berkas SIP: pilih berkas SIP di sini")]),
        (
            csv("Daftar P3MI per 30 November 2026", AGENCY_HEADER, AGENCY),
            None,
            [
                (
                    "agencies.csv",
                    "Tidak satu pun kolom register ada di baris pertama; judul kolom harus di baris pertama sebuah CSV atau XLSX",
                )
            ],
        ),
        (
            b"%PDF-1.4",
            None,
            [
                (
                    "agencies.csv",
                    "Tidak satu pun kolom register ada di baris pertama; judul kolom harus di baris pertama sebuah CSV atau XLSX",
                )
            ],
        ),
        # As many columns of the one as of the other: its own are told to be missing.
        (csv("nama perusahaan,status,status sejak", "PT Contoh,aktif,2026-01-01"), None, None),
    ],
)
def test_a_wrong_file_is_told_in_one_sentence(agencies: bytes | None, licences: bytes | None, said: list[tuple[str, str]] | None) -> None:
    found = read(agencies, licences)
    assert found.register is None
    listed = [(problem.file, problem.sentence.id) for problem in found.problems]
    if said is None:
        missing = [
            headers.shown(others[0]) for column, others in headers.AGENCIES.items() if column not in {"name", "status", "status_from"}
        ]
        assert [(file, words.partition(";")[0]) for file, words in listed] == [
            ("agencies.csv", f"Kolom {title} tidak ada") for title in missing
        ]
    else:
        assert [one for one in listed if one[0] != "licences.csv" or licences is not None] == said


@pytest.mark.parametrize(
    "shout", [str, str.upper, lambda text: f" {text.replace(' ', '_')}  ", lambda text: text.replace(" ", "  ").title()]
)
def test_indonesian_headers_are_read_however_they_are_written(shout: Callable[[str], str]) -> None:
    agencies = csv(",".join(shout(others[0]) for others in headers.AGENCIES.values()), AGENCY.replace(",active,", ",Aktif,"))
    licences = csv(",".join(shout(others[0]) for others in headers.LICENCES.values()), LICENCE.replace(",active,", ",aktif,"))
    assert (read(agencies, licences).register, read(agencies, licences).problems) == (REGISTER, ())


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_example_files_are_a_register(language: str) -> None:
    found = files.read_register(
        example_files.agencies(language),
        example_files.licences(language),
        agencies_name="p3mi.xlsx",
        licences_name="sip.xlsx",
        country_code=country_code,
    )
    assert found.register is not None
    assert found.problems == ()
    assert [(len(a.standings), a.phones) for a in found.register.agencies] == [(2, ("0840-1111-0001", "0231-555010")), (1, ())]
    assert [(one.country, one.status) for one in found.register.licences] == [("TW", "active"), ("JP", "revoked")]


@pytest.mark.parametrize("known", [headers.AGENCIES, headers.LICENCES])
def test_no_header_means_two_columns(known: Mapping[str, tuple[str, ...]]) -> None:
    written = [headers.folded(name) for column, others in known.items() for name in (column, *others)]
    assert {name for name in written if written.count(name) > 1} == ({"status"})


def test_a_complaint_calls_a_column_as_the_file_does() -> None:
    found = read(csv(AGENCY_HEADER.replace("status_from", "Tanggal status"), AGENCY.replace("2024-01-10", "")))
    assert [(p.column, p.sentence.id) for p in found.problems] == [("Tanggal status", "Tanggal status kosong")]


def test_an_unknown_column_is_named_and_does_not_block() -> None:
    found = read(csv(AGENCY_HEADER + ",catatan", AGENCY + ",halo"))
    assert found.register == REGISTER
    assert [(p.column, p.sentence.id, p.blocking) for p in found.problems] == [
        ("catatan", "Kolom catatan tidak dikenal dan tidak dibaca", False)
    ]


def test_what_a_spreadsheet_loses_or_hides_is_named() -> None:
    cells: list[object] = list(AGENCY.split(","))
    second = xlsx(files.AGENCY_COLUMNS, cells, sheets=("Arsip",))
    assert [(p.sentence.id, p.blocking) for p in read(second).problems] == [("Hanya lembar pertama yang dibaca, bukan Arsip", False)]
    formula = read(xlsx(files.AGENCY_COLUMNS, [*cells[:9], "=1+1", *cells[10:]]))
    assert places(formula) == [("agencies.csv", 2, "address", True)]
    long = read(xlsx(files.AGENCY_COLUMNS, [*cells[:2], 22010477134800017, *cells[3:]]))
    assert [(p.line, p.column, p.sentence.id) for p in long.blocking] == [
        (2, "C", "Angka panjang kehilangan digit; tulis ulang sebagai teks")
    ]


def test_lines_are_those_of_the_file_also_behind_blank_and_broken_lines() -> None:
    quoted = AGENCY.replace("Jl. Contoh 1", '"Jl. Contoh 1\nlantai 2"')
    found = read(csv(AGENCY_HEADER, quoted, "", OTHER.replace("active", "aktiv")))
    assert places(found) == [("agencies.csv", 5, "status", True)]


def test_a_day_in_two_periods_is_named_and_the_earlier_holds() -> None:
    rows = (OTHER.replace("active,2024-02-01,", "suspended,2024-02-01,2024-03-01"), OTHER.replace("2024-02-01", "2024-03-01"))
    found = read(csv(AGENCY_HEADER, AGENCY, *rows))
    assert places(found) == [("agencies.csv", 4, "status_from", False)]
    assert found.register is not None
    overlapping = read(csv(AGENCY_HEADER, AGENCY, rows[0], rows[1].replace("2024-03-01", "2024-02-29")))
    assert (overlapping.register, places(overlapping)) == (None, [("agencies.csv", 4, "status_from", True)])


def test_one_name_for_two_agencies_is_named() -> None:
    found = read(csv(AGENCY_HEADER, AGENCY, OTHER.replace("Samudra,,", "Samudra,laksita benua tirta,")))
    assert [(p.line, p.column, p.blocking) for p in found.problems] == [(3, "aliases", False)]


@pytest.mark.parametrize(
    ("number", "named"),
    [
        ("201/SIP3MI/2021", ["201/SIP3MI/2021"]),
        ("7/SIP3MI/2021; 201 / SIP3MI / 2021", ["201 / SIP3MI / 2021"]),
        ("202/SIP3MI/2021", []),
        ("", []),
    ],
)
def test_one_company_licence_for_two_agencies_is_named(number: str, named: list[str]) -> None:
    found = read(csv(AGENCY_HEADER, OTHER.replace("Samudra,,", f"Samudra,,{number}"), AGENCY))
    owner = "PT Laksita Benua Tirta"  # the first by name, wherever it stands in the file
    assert [(p.line, p.column, p.blocking, p.sentence.en) for p in found.problems] == [
        (2, "sip3mi_number", False, f"SIP3MI number {one} is {owner}'s as well; posts with that number are read as {owner}")
        for one in named
    ]


def test_of_two_agencies_under_one_name_the_first_by_name_is_found_in_any_order() -> None:
    shared = OTHER.replace("Samudra,,", "Samudra,LBT,201/SIP3MI/2021")
    for rows in ([AGENCY, shared], [shared, AGENCY]):
        held = read(csv(AGENCY_HEADER, *rows)).register
        assert held is not None
        book = Book(held, position_codes=lambda _wording: frozenset(), covers={}, role=lambda _text, _span: "")
        owner = book.sip3mi("201/SIP3MI/2021")
        found = book.names.resolve("LBT").agency
        assert owner is not None
        assert found is not None
        assert (owner[1].name, found.name) == ("PT Laksita Benua Tirta", "PT Laksita Benua Tirta")


def test_a_contact_that_no_post_can_be_compared_with_is_named() -> None:
    row = AGENCY.replace("0840-1111-0001;0231-555010", "0840-1111-0001;lihat situs").replace("ig:laksita", "@laksita;ig:laksita")
    found = read(csv(AGENCY_HEADER, row))
    assert [(p.line, p.column, p.blocking, p.sentence.en) for p in found.problems] == [
        (2, "phones", False, "“lihat situs” is not read as a phone number and compared with no post"),
        (2, "accounts", False, "“@laksita” is not read as an account with its platform and compared with no post"),
    ]
    assert found.register is not None


def test_a_wrong_agency_row_does_not_accuse_its_licences() -> None:
    found = read(csv(AGENCY_HEADER, AGENCY.replace("active", "aktiv"), OTHER))
    assert places(found) == [("agencies.csv", 2, "status", True)]


def test_a_licence_may_name_its_agency_by_alias_or_without_legal_form() -> None:
    for written in ("LBT", "laksita benua tirta", "PT. LAKSITA BENUA TIRTA"):
        found = read(licences=csv(LICENCE_HEADER, LICENCE.replace("PT Laksita Benua Tirta", written)))
        assert found.register == REGISTER


def test_one_number_may_stand_for_several_countries_of_one_agency() -> None:
    found = read(licences=csv(LICENCE_HEADER, LICENCE, LICENCE.replace("Taiwan", "Malaysia")))
    assert found.register is not None
    assert [licence.country for licence in found.register.licences] == ["TW", "MY"]


def test_what_is_gone_keeps_its_periods_and_the_day_it_was_first_missing() -> None:
    both = read(
        csv(AGENCY_HEADER, AGENCY, OTHER),
        csv(LICENCE_HEADER, LICENCE, LICENCE.replace("401", "501").replace("PT Laksita Benua Tirta", "PT Wredasana Samudra")),
    ).register
    assert both is not None
    second = read(previous=both, register_date=date(2026, 11, 1)).register
    assert second is not None
    assert [(a.name, a.gone_since) for a in second.agencies] == [
        ("PT Laksita Benua Tirta", None),
        ("PT Wredasana Samudra", date(2026, 11, 1)),
    ]
    assert second.agencies[1].standings == both.agencies[1].standings
    assert [(licence.number, licence.gone_since) for licence in second.licences] == [
        ("B. 401/SIP2MI/IV/2026", None),
        ("B. 501/SIP2MI/IV/2026", date(2026, 11, 1)),
    ]
    third = read(previous=second, register_date=date(2026, 11, 8)).register
    assert third is not None
    assert third.agencies[1].gone_since == date(2026, 11, 1)
    back = read(csv(AGENCY_HEADER, AGENCY, OTHER), previous=third, register_date=date(2026, 11, 15)).register
    assert back is not None
    assert [a.gone_since for a in back.agencies] == [None, None]
    assert back.licences[1].gone_since == date(2026, 11, 1)


def test_files_older_than_the_loaded_register_are_named() -> None:
    found = read(previous=REGISTER, register_date=date(2025, 12, 31))
    assert [(p.blocking, p.sentence.id) for p in found.problems] == [
        (False, "Berkas per 31 Des 2025 lebih lama dari register yang dimuat (per 1 Jan 2026)")
    ]


def test_where_a_bad_row_may_hide_the_newest_day_nothing_is_called_old() -> None:
    hiding = AGENCY.replace("2024-01-10", "2026-13-01")
    problems = read(csv(AGENCY_HEADER, OTHER, hiding), previous=replace(REGISTER, register_date=date(2026, 6, 1))).problems
    assert any(problem.blocking for problem in problems)
    assert not any("lebih lama" in problem.sentence.id for problem in problems)


def test_the_thousandth_problem_is_counted_not_listed() -> None:
    rows = [OTHER.replace("active", f"aktif{n}") for n in range(tables.MAX_PROBLEMS + 5)]
    found = read(csv(AGENCY_HEADER, *rows), csv(LICENCE_HEADER, LICENCE.replace("PT Laksita Benua Tirta", OTHER[:20])))
    assert len(found.problems) == tables.MAX_PROBLEMS + 1
    assert found.problems[-1].sentence.id == "Masih ada 5 masalah lain di berkas ini"


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_bytes_give_a_register_or_a_reason(agencies: bytes, licences: bytes) -> None:
    found = read(agencies, licences)
    assert (found.register is None) is bool(found.blocking)


@given(st.lists(st.text(max_size=12), min_size=13, max_size=13))
def test_any_cells_give_a_register_or_a_reason(cells: list[str]) -> None:
    found = read(
        csv(AGENCY_HEADER, AGENCY, ",".join(f'"{cell.replace(chr(34), "")}"' for cell in cells).encode("utf-8", "replace").decode())
    )
    assert (found.register is None) is bool(found.blocking)
