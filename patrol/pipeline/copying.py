"""COPY, the fast way in: 88,000 rows a second against 9,900 of bulk_create (design.md, measured)."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
# PostgreSQL keeps neither NUL nor half a surrogate pair. One for one, so that spans hold; the raw bytes keep the truth.
_UNKEEPABLE = {0: "\ufffd"} | dict.fromkeys(range(55296, 57344), "�")


def keepable(text: str) -> str:
    """The text with NUL and lone surrogates replaced one for one by U+FFFD; the same object where nothing is to replace."""
    if "\0" not in text:
        try:
            text.encode()
        except UnicodeEncodeError:
            pass
        else:
            return text
    return text.translate(_UNKEEPABLE)


def _field(value: Any) -> str:
    match value:
        case None:
            return "\\N"
        case str():
            return value.translate(_ESCAPES)
        case bool():
            return "t" if value else "f"
        case int() | float() | UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case tuple():  # an array column
            return (
                "{" + ",".join('"' + str(v).replace("\\", "\\\\").replace('"', '\\"') + '"' for v in value) + "}"
            ).translate(_ESCAPES)
        case dict() | list():  # a json column
            return json.dumps(value, ensure_ascii=False).translate(_ESCAPES)
        case _:
            raise TypeError(f"no column for {type(value).__name__}")


def copy(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Adds the rows. Tuples go to array columns, dicts and lists to json columns. Raises what the database raises."""
    text = "".join("\t".join(map(_field, row)) + "\n" for row in rows)
    if text:
        cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", io.StringIO(text))


def next_ids(cursor: Any, table: str, count: int) -> list[int]:
    """Ids from the table's own sequence, so that rows which name each other can be copied in one go."""
    if count == 0:
        return []
    cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
    return [row[0] for row in cursor.fetchall()]
