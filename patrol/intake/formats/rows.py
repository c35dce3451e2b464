"""Tables of any kind as rows: delimited text, XLSX, JSON lines. Each row is {column: text}; a formula is its text, never a result."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from patrol import domain
from patrol.engine import sheets
from patrol.intake.formats import files, shape

MAX_CELL = 200_000  # characters
MAX_COLUMNS = 300
MAX_OPEN_QUOTES = 20  # of one file that swallow all that follows; each is read over again, a cell's length at most
_LIMITS = sheets.Limits(columns=MAX_COLUMNS + 1, cell=MAX_CELL)  # one column more: too many are told, not cut

ROUNDED = re.compile(r"-?\d\.\d+[eE]\+\d+")  # how `_cell`, and Excel's own CSV, write a number too long for a spreadsheet

type Cells = dict[str, str]

csv.field_size_limit(MAX_CELL)


def delimiter(header: str) -> str:
    """Whichever of ; tab | , splits the first line best. Indonesian Excel writes ";"."""
    return max((";", "\t", "|", ","), key=lambda sign: (len(split(header, sign)), sign == ","))


def split(line: str, sign: str) -> list[str]:
    """The cells of one line, none where it is no line of a table."""
    try:
        return next(csv.reader([line.strip("\r\n")], delimiter=sign), [])
    except csv.Error:
        return []


def delimited(wrapper: io.TextIOWrapper, sign: str = "") -> Iterator[tuple[int, Cells | domain.Problem]]:
    """(line a row begins on, its cells). Raises FileRefusedError for a file without a header."""
    bad: list[int] = []
    lines = _lines(wrapper, bad)
    try:
        head = next(lines)
    except StopIteration:
        raise _headless() from None
    if head.lower().startswith("sep=") and len(head.strip()) == 5:  # Excel's own word about the delimiter
        sign, head = head.strip()[4], next(lines, "")
    sign = sign or delimiter(head)
    source = _Lines(_chained(head, lines))
    reader = csv.reader(source, delimiter=sign, strict=False)
    try:
        header = named(next(reader))
    except (StopIteration, csv.Error):
        raise _headless() from None
    offset, begins, reopened = 0, reader.line_num, 0
    while True:
        source.row.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield begins + 1, _unreadable(begins + 1)
            begins = offset + reader.line_num
            continue
        number, begins = begins + 1, offset + reader.line_num
        if source.ended:
            # A quote was still open when the file ended: its row has swallowed all that follows, which is read once more.
            yield number, _unreadable(number)
            swallowed, reopened = source.row[1:], reopened + 1
            if not swallowed or reopened > MAX_OPEN_QUOTES:
                return
            source = _Lines(iter(swallowed))
            reader = csv.reader(source, delimiter=sign, strict=False)
            offset = begins = number
            continue
        if bad:
            yield number, files.too_long(number)
            bad.clear()
            continue
        if not any(cells):
            continue
        if len(cells) > len(header) and any(cells[len(header) :]):
            yield (
                number,
                shape.problem(
                    "too_many_cells",
                    f"Baris ini berisi {len(cells)} sel, judulnya {len(header)}.",
                    f"This row has {len(cells)} cells, the header {len(header)}.",
                    shape.line(number),
                ),
            )
            continue
        yield number, dict(zip(header, cells, strict=False))


def _lines(wrapper: io.TextIOWrapper, bad: list[int]) -> Iterator[str]:
    for number, line in files.lines(wrapper):
        if line == files.TOO_LONG:
            bad.append(number)
            yield "\n"
        else:
            yield (line.lstrip("\ufeff") if number == 1 else line) + "\n"


def _unreadable(number: int) -> domain.Problem:
    return shape.problem(
        "bad_row",
        "Baris ini tidak terbaca: tanda kutip tidak ditutup atau sel terlalu panjang.",
        "This row cannot be read: an open quote or a cell too long.",
        shape.line(number),
    )


class _Lines:
    """Lines on their way into a reader of CSV, which reads to the end of the file only where a quote was left open."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.row: list[str] = []  # the lines of the row being read
        self.ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except StopIteration:
            self.ended = True
            raise
        self.row.append(line)
        return line


def _chained(head: str, rest: Iterator[str]) -> Iterator[str]:
    yield head
    yield from rest


def named(cells: list[str]) -> list[str]:
    """Names of the columns: none twice, none empty. Raises FileRefusedError."""
    if not any(cell.strip() for cell in cells):
        raise _headless()
    if len(cells) > MAX_COLUMNS:
        raise shape.refused(
            "too_many_columns", f"Tabel memiliki lebih dari {MAX_COLUMNS} kolom.", f"The table has more than {MAX_COLUMNS} columns."
        )
    names: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = cell.strip()[:100] or f"kolom {place}"
        names.append(name if name not in names else f"{name} ({place})")
    return names


def _headless() -> shape.FileRefusedError:
    return shape.refused("no_header", "Baris pertama tidak berisi nama kolom.", "The first row holds no names of columns.")


def xlsx(file: shape.File) -> Iterator[tuple[int, Cells | domain.Problem]]:
    """The first sheet, row by row. Raises FileRefusedError."""
    with files.archive(file):
        pass  # sizes and names are looked at before a parser of XML sees anything
    header: list[str] = []
    try:
        with sheets.first(file.content, _LIMITS) as sheet:
            for number, cells in sheet.rows:
                written = [_cell(value) for value in cells]
                if not any(written):
                    continue
                if not header:
                    header = named(_trimmed(written))
                    continue
                yield number, dict(zip(header, written + [""] * (len(header) - len(written)), strict=False))
    except sheets.UnreadableError as error:
        raise (_too_costly() if error.code == "too_costly" else _no_workbook()) from error
    if not header:
        raise _headless()


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _no_workbook() -> shape.FileRefusedError:
    return shape.refused("no_workbook", "Berkas XLSX rusak atau bukan tabel.", "The XLSX file is damaged or holds no table.")


def _too_costly() -> shape.FileRefusedError:
    return shape.refused(
        "sheet_too_costly",
        "Membaca lembar kerja ini melebihi batas. Simpan sebagai CSV, atau bagilah menjadi beberapa berkas.",
        "Reading this sheet takes more than allowed. Save it as CSV, or split it into several files.",
    )


def _cell(value: sheets.Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        # A number of a post or a telephone, which the sheet keeps as 6.28e12. A longer one has lost its last digits: it says so.
        return str(int(value)) if abs(value) < 2**53 else f"{value:.14e}"
    return str(value)[:MAX_CELL]


def json_lines(wrapper: io.TextIOWrapper) -> Iterator[tuple[int, Cells | domain.Problem]]:
    """Objects, one a line. Nested ones become `outer.inner`, lists of words one text."""
    for number, line in files.lines(wrapper):
        if line == files.TOO_LONG:
            yield number, files.too_long(number)
            continue
        if not line.strip().lstrip("\ufeff"):
            continue
        try:
            value = json.loads(line.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            yield (
                number,
                shape.problem(
                    "bad_json", "Baris ini bukan objek JSON yang utuh.", "This line is not a whole JSON object.", shape.line(number)
                ),
            )
            continue
        yield number, flat(value)


def flat(value: Mapping[str, Any]) -> Cells:
    cells: Cells = {}
    waiting: deque[tuple[str, Any]] = deque(value.items())
    while waiting and len(cells) < MAX_COLUMNS:
        name, inner = waiting.popleft()
        if isinstance(inner, dict) and name.count(".") < 4:
            waiting += [(f"{name}.{key}", part) for key, part in inner.items()]
        elif isinstance(inner, list) and all(not isinstance(part, dict | list) for part in inner):
            cells[name[:100]] = "\n".join(map(str, inner))[:MAX_CELL]
        elif isinstance(inner, dict | list):
            cells[name[:100]] = json.dumps(inner, ensure_ascii=False, default=str)[:MAX_CELL]
        else:
            cells[name[:100]] = "" if inner is None else str(inner)[:MAX_CELL]
    return cells


def moment_of(cell: str) -> datetime | None:
    """A spreadsheet's own number of a day (days since 1899-12-30), for columns that were never formatted as dates."""
    try:
        days = float(cell)
    except ValueError:
        return None
    return datetime.fromtimestamp((days - 25569) * 86400, UTC) if 35_000 < days < 80_000 else None
