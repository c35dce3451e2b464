"""CSV and XLSX as rows of text, with every reason why a file or a cell cannot be taken.

The bytes decide what a file is, not its name. Everything comes out as text with single spaces; dates of XLSX cells as
ISO. Limits: 20 MB, 50,000 rows, 5,000 characters a cell; those of sheets (patrol.engine.sheets).
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches

from patrol.domain import Sentence
from patrol.engine import sheets
from patrol.engine.licences import headers

MAX_BYTES = 20_000_000
MAX_ROWS = 50_000
MAX_CELL = 5_000
MAX_COLUMNS = 200
# A person repairs a file in rounds; the thousandth sentence helps nobody.
MAX_PROBLEMS = 1_000
_LIMITS = sheets.Limits(rows=MAX_ROWS * 2, columns=MAX_COLUMNS, cell=MAX_CELL + 1)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A reason with its place. `line` as the spreadsheet counts, 0 for the whole file; `column` "" for the whole row.

    Only `blocking` ones keep a register from being loaded.
    """

    file: str
    line: int
    column: str
    sentence: Sentence
    blocking: bool = True


@dataclass(slots=True)
class Complaints:
    """Collects the problems of one file, up to `MAX_PROBLEMS` of each kind."""

    file: str
    found: list[RowProblem] = field(default_factory=list)
    unlisted: int = 0
    headings: dict[str, str] = field(default_factory=dict)  # how the file itself calls a column

    def called(self, column: str) -> str:
        return self.headings.get(column, column)

    def add(self, line: int, column: str, in_indonesian: str, in_english: str, *, blocking: bool = True) -> None:
        if len(self.found) >= MAX_PROBLEMS:
            self.unlisted += 1
            return
        self.found.append(RowProblem(self.file, line, self.called(column), Sentence(in_indonesian, in_english), blocking))

    def listed(self) -> list[RowProblem]:
        """All of them, with a last one that counts what was not listed."""
        if not self.unlisted:
            return self.found
        more = Sentence(f"Masih ada {self.unlisted} masalah lain di berkas ini", f"{self.unlisted} more problems")
        return [*self.found, RowProblem(self.file, 0, "", more)]


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the register's two files: what it is called, and its columns, each with what else it may be called (headers)."""

    title: str
    columns: Mapping[str, tuple[str, ...]]

    def named(self, header: Sequence[str]) -> int:
        """How many of its columns stand in a header."""
        return len(set(headers.meant(header, self.columns)) & set(self.columns))


def read(content: bytes, kind: Kind, other: Kind, complaints: Complaints) -> list[Row]:
    """The rows of a file under the columns of its kind, [] where none stand; all else is complained about.

    `other`: the kind of file that may have been chosen in its place.
    """
    known = kind.columns
    columns = tuple(known)
    if not content.strip():
        complaints.add(0, "", "Berkas kosong", "The file is empty")
        return []
    if len(content) > MAX_BYTES:
        complaints.add(0, "", "Berkas lebih besar dari 20 MB", "The file is larger than 20 MB")
        return []
    workbook = content.startswith(b"PK\x03\x04")
    lines = _xlsx(content, complaints) if workbook else _csv(content, complaints)
    header = next(lines, None)
    if header is None:
        if not complaints.found:
            complaints.add(0, "", "Berkas kosong", "The file is empty")
        return []
    names = headers.meant(header[1], known)
    if not _check_header(names, header[1], kind, other, complaints):
        return []
    complaints.headings = {name: written[:60] for name, written in zip(names, header[1], strict=True) if name in known}
    rows: list[Row] = []
    for line, cells in lines:
        if len(rows) >= MAX_ROWS:
            complaints.add(line, "", f"Lebih dari {MAX_ROWS} baris", f"More than {MAX_ROWS} rows")
            return []
        # In a CSV one cell too many, even an empty one, means a comma without quotes: everything behind it has moved.
        if len(cells) > len(names) and (not workbook or any(cells[len(names) :])):
            complaints.add(
                line,
                "",
                "Baris berisi lebih banyak kolom daripada judulnya; isi yang memuat koma harus diapit tanda kutip",
                "The row has more cells than the header; text with commas must stand in quotes",
            )
            continue
        if len(cells) < len(names):
            complaints.add(line, "", "Baris terpotong: kolomnya kurang", "The row is cut short: it has fewer cells than the header")
            continue
        found = dict(zip(names, cells, strict=False))
        if check_cells(line, found, complaints):
            rows.append(Row(line, {column: found[column] for column in columns}))
    if not rows and not complaints.found:
        complaints.add(0, "", "Berkas hanya berisi judul kolom, tanpa baris", "The file holds a header and no rows")
    return rows


def _check_header(names: Sequence[str], written: Sequence[str], kind: Kind, other: Kind, complaints: Complaints) -> bool:
    known, line = kind.columns, 1
    whole = True
    for separator, in_indonesian, in_english in ((";", "titik koma", "semicolons"), ("\t", "tab", "tabs")):
        if len(names) == 1 and separator in names[0]:
            complaints.add(
                line,
                "",
                f"Kolom dipisah dengan {in_indonesian}; simpan sebagai CSV yang dipisah koma, atau XLSX",
                f"The columns are separated by {in_english}; save as CSV with commas, or as XLSX",
            )
            return False
    if kind.named(written) < other.named(written):
        complaints.add(
            line,
            "",
            f"Ini berkas {other.title}, bukan berkas {kind.title}: pilih berkas {kind.title} di sini",
            f"This is the {other.title} file and not the {kind.title} file: choose the {kind.title} file here",
        )
        return False
    if not kind.named(written):
        complaints.add(
            line,
            "",
            "Tidak satu pun kolom register ada di baris pertama; judul kolom harus di baris pertama sebuah CSV atau XLSX",
            "No column of the register stands in the first row; the header must be the first row of a CSV or XLSX file",
        )
        return False
    unknown = [name for name in names if name and name not in known]
    strange = {headers.folded(name): name for name in unknown}
    for column, others in known.items():
        title = headers.shown(others[0] if others else column)
        if column not in names:
            near = [strange[hit] for name in (column, *others) for hit in get_close_matches(name, strange, 1, 0.6)]
            hint = (f"; maksudnya “{near[0]}”?", f"; is it “{near[0]}”?") if near else ("", "")
            complaints.add(line, title, f"Kolom {title} tidak ada{hint[0]}", f"The column {column} is missing{hint[1]}")
            whole = False
        elif list(names).count(column) > 1:
            as_written = dict.fromkeys(shown[:60] for shown, name in zip(written, names, strict=True) if name == column)
            both = [" dan ".join(f"“{one}”" for one in as_written), " and ".join(f"“{one}”" for one in as_written)]
            if len(as_written) == 1:
                (one,) = as_written
                complaints.add(line, one, f"Kolom {one} ada dua kali", f"The column {one} stands twice")
            else:
                complaints.add(
                    line,
                    title,
                    f"Kolom {both[0]} sama-sama berarti {title}; sisakan satu",
                    f"The columns {both[1]} both mean {column}; leave one of them",
                )
            whole = False
    for name in unknown:
        complaints.add(
            line,
            name[:60],
            f"Kolom {name[:60]} tidak dikenal dan tidak dibaca",
            f"The column {name[:60]} is not known and not read",
            blocking=False,
        )
    return whole


def check_cells(line: int, cells: Mapping[str, str], complaints: Complaints) -> bool:
    sound = True
    for column, text in cells.items():
        if text.startswith("="):
            complaints.add(line, column, "Sel berisi rumus; tempelkan nilainya saja", "The cell holds a formula; paste its value instead")
        elif len(text) > MAX_CELL:
            complaints.add(line, column, f"Isi lebih dari {MAX_CELL} huruf", f"More than {MAX_CELL} characters")
        elif any(unicodedata.category(c) in {"Cc", "Cs"} for c in text) or "�" in text:
            complaints.add(
                line, column, "Sel memuat karakter yang rusak atau tidak terlihat", "The cell holds broken or control characters"
            )
        elif text in {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}:
            complaints.add(line, column, f"Sel berisi galat {text}", f"The cell holds the error {text}")
        else:
            continue
        sound = False
    return sound


def _csv(content: bytes, complaints: Complaints) -> Iterator[tuple[int, list[str]]]:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        complaints.add(0, "", "Berkas XLS lama; simpan sebagai XLSX atau CSV", "An old XLS file; save it as XLSX or CSV")
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        complaints.add(
            line, "", "Berkas bukan UTF-8; simpan sebagai “CSV UTF-8” atau XLSX", "The file is not UTF-8; save it as “CSV UTF-8” or XLSX"
        )
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            plain = [_plain(cell) for cell in cells]
            if any(plain):
                yield line, plain
            line = reader.line_num + 1
    except csv.Error:
        complaints.add(
            line, "", "Baris tidak dapat dibaca sebagai CSV; periksa tanda kutipnya", "The row cannot be read as CSV; check its quotes"
        )


def _xlsx(content: bytes, complaints: Complaints) -> Iterator[tuple[int, list[str]]]:
    unreadable = ("Berkas XLSX rusak atau bukan XLSX", "The XLSX file is broken or is none")
    too_large = ("Isi XLSX terlalu besar", "The content of the XLSX file is too large")
    try:
        with sheets.first(io.BytesIO(content), _LIMITS) as sheet:
            rows = list(_sheet(sheet, complaints))
    except sheets.UnreadableError as error:
        complaints.add(0, "", *(too_large if error.code == "too_costly" else unreadable))
        return
    yield from rows


def _sheet(sheet: sheets.Sheet, complaints: Complaints) -> Iterator[tuple[int, list[str]]]:
    if len(sheet.titles) > 1:
        others = ", ".join(sheet.titles[1:])[:200]
        complaints.add(
            0, "", f"Hanya lembar pertama yang dibaca, bukan {others}", f"Only the first sheet is read, not {others}", blocking=False
        )
    width = 0
    for line, cells in sheet.rows:
        texts = [_cell(line, at, cell, complaints) for at, cell in enumerate(cells)]
        if not any(texts):
            continue
        if not width:
            while texts and not texts[-1]:
                texts.pop()
            width = len(texts)
        # A spreadsheet leaves out empty cells at the end of a row.
        yield line, texts + [""] * (width - len(texts))


def _cell(line: int, at: int, value: sheets.Cell, complaints: Complaints) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute or value.second) else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        if abs(value) >= 1e15:
            from openpyxl.utils import get_column_letter  # noqa: PLC0415 -- it brings numpy, a fifth of a second for each process

            # A spreadsheet keeps 15 figures, the rest of a longer number is lost.
            complaints.add(
                line,
                get_column_letter(at + 1),
                "Angka panjang kehilangan digit; tulis ulang sebagai teks",
                "A long number has lost digits; write it again as text",
            )
        return str(int(value)) if value == int(value) else str(value)
    return _plain(str(value))


def _plain(text: str) -> str:
    return " ".join(text.split())
