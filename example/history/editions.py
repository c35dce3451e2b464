"""The register of the example world as it stood on an earlier day."""

from __future__ import annotations

import csv
import io
from datetime import date


def as_of(agencies: bytes, licences: bytes, day: date) -> tuple[bytes, bytes]:
    """Both files without what was decided after that day: later standings, licences granted later, and ends nobody knew of yet."""
    return _agencies(agencies, day), _licences(licences, day)


def _agencies(content: bytes, day: date) -> bytes:
    head, rows = _read(content)
    kept = [row for row in rows if row["status_from"] <= day.isoformat()]
    later = {row["name"] for row in rows if row["status_from"] > day.isoformat()}
    last = {row["name"]: place for place, row in enumerate(kept)}
    for name in later & last.keys():
        kept[last[name]]["status_to"] = ""  # it ended by what was decided later
    return _written(head, kept)


def _licences(content: bytes, day: date) -> bytes:
    head, rows = _read(content)
    kept = []
    for row in rows:
        granted = min(row["valid_from"], row["status_from"])
        if granted > day.isoformat():
            continue
        if row["status_from"] > day.isoformat():
            row["status"], row["status_from"] = "active", row["valid_from"]
        kept.append(row)
    return _written(head, kept)


def _read(content: bytes) -> tuple[list[str], list[dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(content.decode()))
    return list(reader.fieldnames or ()), list(reader)


def _written(head: list[str], rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, head, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
