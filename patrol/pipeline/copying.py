"""COPY, the fast way in: 88,000 rows a second against 9,900 of bulk_create (design.md, measured)."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from patrol.keepable import keepable as keepable

# What no kept text holds stands between fields and rows until everything is escaped, in a few passes over the whole batch: a pass
# a field (str.translate) took a third of the time of storing.
_FIELD, _ROW, _NULL = "\0", "\ud800", "\ud801"
_ESCAPES = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"), (_FIELD, "\t"), (_ROW, "\n"), (_NULL, "\\N"))


def _field(value: Any) -> str:
    """The value as text, not escaped yet."""
    if type(value) is str:  # most are
        return value
    match value:
        case None:
            return _NULL
        case str():
            return str(value)
        case bool():
            return "t" if value else "f"
        case int() | float() | UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case tuple():  # an array column
            return "{" + ",".join('"' + str(v).replace("\\", "\\\\").replace('"', '\\"') + '"' for v in value) + "}"
        case dict():  # a json column
            return json.dumps(value, ensure_ascii=False) if value else "{}"
        case list():
            return json.dumps(value, ensure_ascii=False) if value else "[]"
        case _:
            raise TypeError(f"no column for {type(value).__name__}")


def lines(rows: Iterable[Sequence[Any]]) -> str:
    """The rows in COPY's text format. Raises ValueError where a text is not `keepable`: it would be taken for the end of a field."""
    fields = [[_field(value) for value in row] for row in rows]
    text = "".join([_FIELD.join(row) + _ROW for row in fields])
    if text.count(_FIELD) != sum(len(row) - 1 for row in fields) or text.count(_ROW) != len(fields):
        raise ValueError("a text holds NUL or half a surrogate pair")
    for mark, escape in _ESCAPES:
        text = text.replace(mark, escape)
    return text


def copy(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Adds the rows. Tuples go to array columns, dicts and lists to json columns. Raises what the database raises."""
    text = lines(rows)
    if text:
        cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", io.StringIO(text))


def next_ids(cursor: Any, table: str, count: int) -> list[int]:
    """Ids from the table's own sequence, so that rows which name each other can be copied in one go."""
    if count == 0:
        return []
    cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
    return [row[0] for row in cursor.fetchall()]
