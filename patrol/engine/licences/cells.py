"""What the cells of the register's files may hold: names of statuses, days, lists; each complaint with its place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from patrol.engine.licences import headers
from patrol.engine.licences.tables import Complaints, Row

# What the register's tables hold at most, characters; of a list each entry.
_LONGEST = {
    "name": 300,
    "aliases": 300,
    "sip3mi_number": 200,
    "decree": 300,
    "province": 100,
    "city": 100,
    "address": 2_000,
    "phones": 60,
    "websites": 300,
    "accounts": 200,
    "number": 200,
    "agency": 300,
    "positions": 200,
    "employer": 300,
}
_LISTS = frozenset(("aliases", "phones", "websites", "accounts", "positions"))
_YEARS = range(1970, 2101)


def same_name(name: str) -> str:
    return " ".join(name.casefold().split())


def refuse_doubles(rows: Iterable[Row], complaints: Complaints) -> None:
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        cells = tuple(text.casefold() for text in row.cells.values())
        if cells in first:
            complaints.add(row.line, "", f"Baris ganda: sama dengan baris {first[cells]}", f"Double row: the same as {first[cells]}")
        first.setdefault(cells, row.line)


def quoted(written: str) -> str:
    """A cell's text as a sentence may carry it."""
    return written if len(written) <= 60 else f"{written[:60]}…"


def entries(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.strip() for entry in written.split(";") if entry.strip()))


def required(row: Row, column: str, complaints: Complaints) -> str:
    if not row[column]:
        called = complaints.called(column)
        complaints.add(row.line, column, f"{called} kosong", f"{called} is empty")
    return row[column]


def check_lengths(row: Row, complaints: Complaints) -> None:
    for column, longest in _LONGEST.items():
        text = row.cells.get(column, "")
        if any(len(entry) > longest for entry in (entries(text) if column in _LISTS else (text,))):
            complaints.add(row.line, column, f"Isi lebih dari {longest} huruf", f"More than {longest} characters")


def status_of(row: Row, known: type[StrEnum], complaints: Complaints) -> str:
    written = required(row, "status", complaints)
    status = headers.STATUSES.get(headers.folded(written), written.casefold())
    if not written or status in set(known):
        return str(status)
    said = {str(key): word for word, key in reversed(tuple(headers.STATUSES.items()))}  # the first word of each
    complaints.add(
        row.line,
        "status",
        f"Status “{quoted(written)}” tidak dikenal. Tulis salah satu: {', '.join(said[key] for key in known)}",
        f"“{quoted(written)}” is no status. Write one of: {', '.join(known)}",
    )
    return ""


def day_of(row: Row, column: str, complaints: Complaints, *, needed: bool = False) -> date | None:
    written = row[column]
    if not written:
        if needed:
            required(row, column, complaints)
        return None
    try:
        day = date.fromisoformat(written) if len(written) == len("2026-11-30") else None
    except ValueError:
        day = None
    if day is not None and day.year in _YEARS:
        return day
    complaints.add(
        row.line,
        column,
        f"“{quoted(written)}” tidak dapat dibaca sebagai tanggal. Tulis tahun-bulan-hari, misalnya 2026-11-30",
        f"“{quoted(written)}” cannot be read as a date. Write year-month-day, for example 2026-11-30",
    )
    return None


def ends_before_it_begins(row: Row, column: str, complaints: Complaints) -> None:
    complaints.add(row.line, column, "Tanggal akhir mendahului tanggal awal", "The period ends before it begins")
