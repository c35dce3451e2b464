from __future__ import annotations

import functools
import io
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from patrol.engine import sheets
from patrol.engine.licences import tables
from patrol.intake.formats import rows, shape

MOMENT = datetime.fromisoformat("2026-11-23T10:47:00")
MIDNIGHT = datetime.fromisoformat("2026-11-23T00:00:00")

_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>
</Types>"""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(cells: str, strings: str = "") -> bytes:
    """A workbook by hand: `cells` are the rows as XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", _TYPES)
        made.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}">'
            f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        made.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        )
        made.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        made.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{strings}</sst>')
        made.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>')
    return out.getvalue()


def inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER = f'<row r="1">{inline("A1", "teks")}{inline("B1", "nama")}</row>'
# A last row at the bottom of the sheet: the million between are empty.
KINDS = tables.Kind("teks", {"teks": (), "nama": ()}), tables.Kind("lain", {"lain": ()})
FAR = workbook(HEADER + f'<row r="1048576">{inline("A1048576", "x")}{inline("B1048576", "y")}</row>')
WIDE = workbook(HEADER + "".join(f'<row r="{n}">{inline(f"XFD{n}", "x")}</row>' for n in range(2, 402)))
STRING = f"<si><t>{'z' * 30_000}</t></si>"


@functools.cache
def repeated(cells: int = 20_000) -> bytes:
    return workbook(HEADER + "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, cells + 2)), STRING)


def endless() -> bytes:
    """Three thousand million letters: no processor reads them in a second."""
    return repeated(100_000)


def many_strings() -> bytes:
    return workbook(HEADER, STRING * 8_000)


def read(content: bytes, limits: sheets.Limits = sheets.LIMITS) -> list[sheets.Row]:
    with sheets.first(io.BytesIO(content), limits) as sheet:
        return list(sheet.rows)


def refused(content: bytes, limits: sheets.Limits = sheets.LIMITS) -> str:
    with pytest.raises(sheets.UnreadableError) as caught:
        read(content, limits)
    return caught.value.code


def test_every_kind_of_cell_comes_as_what_it_is() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["teks", 7, 1.5, True, MOMENT, MOMENT.date(), "=1+1", None, ""])
    sheet.append([None])
    sheet.append(["“kutip”\n\x85baris"])
    book.create_sheet("Lain")
    out = io.BytesIO()
    book.save(out)
    with sheets.first(out) as read_back:
        assert read_back.titles == ("Sheet", "Lain")
        assert list(read_back.rows) == [(1, ["teks", 7, 1.5, True, MOMENT, MIDNIGHT, "=1+1"]), (3, ["“kutip”\n\x85baris"])]


def test_a_file_on_a_disk_keeps_its_place() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(FAR)
        file.seek(7)
        with sheets.first(file) as sheet:
            assert [number for number, _cells in sheet.rows] == [1, 1_048_576]
        assert file.tell() == 7


def test_a_gap_of_a_million_rows_costs_little() -> None:
    """Processor time of the child: a third of a second for the gap, the rest for its start."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    assert [number for number, _cells in read(FAR)] == [1, 1_048_576]
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 10
    assert len(FAR) < 2_000


def test_the_bottom_of_the_sheet_is_read_by_both_readers() -> None:
    file = shape.File(io.BytesIO(FAR))
    assert list(rows.xlsx(file)) == [(1_048_576, {"teks": "x", "nama": "y"})]
    complaints = tables.Complaints("berkas")
    assert [row.cells for row in tables.read(FAR, *KINDS, complaints)] == []
    assert [problem.sentence.en for problem in complaints.found] == ["The file holds a header and no rows"]


@pytest.mark.parametrize(
    ("made", "limits"),
    [
        (lambda: WIDE, sheets.Limits()),
        (repeated, sheets.Limits()),
        (repeated, sheets.Limits(letters=1_000_000)),
        (lambda: FAR, sheets.Limits(cells=3)),
        (many_strings, sheets.Limits(memory=200_000_000)),
        (endless, sheets.Limits(seconds=1, seconds_a_megabyte=0, letters=10**12)),
    ],
    ids=["wide", "repeated", "letters", "cells", "memory", "seconds"],
)
def test_what_costs_too_much_is_refused(made: Callable[[], bytes], limits: sheets.Limits) -> None:
    assert refused(made(), limits) == "too_costly"


def test_at_the_limit_is_read() -> None:
    assert len(read(FAR, sheets.Limits(cells=4))) == 2
    assert read(FAR, sheets.Limits(rows=1_048_575, columns=1)) == [(1, ["teks"])]
    assert read(FAR, sheets.Limits(cell=2)) == [(1, ["te", "na"]), (1_048_576, ["x", "y"])]


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"teks,nama\n", FAR[:-30], workbook("<row><c r='ZZZZZ9'><v>1</v></c></row>")])
def test_what_is_no_workbook_is_refused(content: Any) -> None:
    assert refused(content) == "broken"


def test_both_readers_say_it_in_a_sentence() -> None:
    with pytest.raises(shape.FileRefusedError) as caught:
        list(rows.xlsx(shape.File(io.BytesIO(WIDE))))
    assert caught.value.problem.code == "sheet_too_costly"
    complaints = tables.Complaints("berkas")
    assert tables.read(WIDE, *KINDS, complaints) == []
    assert [problem.sentence.en for problem in complaints.found] == ["The content of the XLSX file is too large"]


def test_nobody_waits_for_a_child_that_is_not_asked_on() -> None:
    with sheets.first(io.BytesIO(repeated())) as sheet:
        next(iter(sheet.rows))
        began = time.monotonic()
    assert time.monotonic() - began < 30  # ended, not read to its end
