"""COPY, the fast way in: 88,000 rows a second against 9,900 of bulk_create, when it was chosen."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from patrol.domain.keepable import keepable as keepable

# What no kept text holds stands between fields and rows until everything is escaped, in a few passes over the bytes of the whole
# batch: a pass a field (str.translate) took a third of the time of storing, passes over a text with emojis four times the bytes'.
_FIELD, _ROW, _NULL = "\0", "\ud800", "\ud801"
_ESCAPES: Final = (
    (b"\\", b"\\\\"),
    (b"\t", b"\\t"),
    (b"\n", b"\\n"),
    (b"\r", b"\\r"),
    (b"\0", b"\t"),
    (b"\xed\xa0\x80", b"\n"),
    (b"\xed\xa0\x81", b"\\N"),
)
_HALVES: Final = re.compile(rb"\xed[\xa0-\xbf]")  # of surrogate pairs
_CHUNK = 1 << 18  # bytes handed to the connection at once


def _json(value: Any) -> str:
    return _ENCODER.encode(value) if value else "{}" if isinstance(value, dict | MappingProxyType) else "[]"


def _array(values: Iterable[Any]) -> str:
    return "{" + ",".join(['"' + str(v).replace("\\", "\\\\").replace('"', '\\"') + '"' for v in values]) + "}"


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False)  # json.dumps makes one a call
_SPELLINGS: Final[dict[type, Callable[[Any], str]]] = {
    type(None): lambda _: _NULL,
    bool: lambda value: "t" if value else "f",
    int: str,
    float: str,
    UUID: str,
    datetime: datetime.isoformat,
    date: date.isoformat,
    tuple: _array,
    dict: _json,
    list: _json,
}


def _field(value: Any) -> str:
    """The value as text, not escaped yet. A subclass (an enum's word) is spelled as what it is."""
    spelling = _SPELLINGS.get(type(value))
    if spelling is not None:
        return spelling(value)
    if isinstance(value, str):
        return str(value)
    for kind in (bool, int, float, datetime, date, dict, list):
        if isinstance(value, kind):
            return _SPELLINGS[kind](value)
    raise TypeError(f"no column for {type(value).__name__}")


def lines(rows: Iterable[Sequence[Any]]) -> bytes:
    """The rows in COPY's text format, UTF-8. Raises ValueError where a text is not `keepable`: it would be taken for the end of a field."""
    given = list(rows)
    fields = [[value if type(value) is str else _field(value) for value in row] for row in given]  # most are str
    made = "".join([_FIELD.join(row) + _ROW for row in fields]).encode("utf-8", "surrogatepass")
    separators, marks = sum(map(len, fields)) - len(given), len(given) + sum([row.count(None) for row in given])
    if made.count(b"\0") != separators or len(_HALVES.findall(made)) != marks:
        raise ValueError("a text holds NUL or half a surrogate pair")
    for mark, escape in _ESCAPES:
        made = made.replace(mark, escape)
    return made


def copy(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Adds the rows. Tuples go to array columns, dicts and lists to json columns. Raises what the database raises."""
    send(cursor, table, columns, lines(rows))


def send(cursor: Any, table: str, columns: Sequence[str], made: bytes) -> None:
    """Adds what `lines` made."""
    if made:
        with cursor.db.wrap_database_errors:  # which Django does for execute alone
            cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", io.BytesIO(made), _CHUNK)


def next_ids(cursor: Any, table: str, count: int) -> list[int]:
    """Ids from the table's own sequence, so that rows which name each other can be copied in one go."""
    if count == 0:
        return []
    # The sequence is looked up once, not for each of its numbers.
    cursor.execute(
        "WITH own AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name)"
        " SELECT nextval(own.name) FROM own, generate_series(1, %s)",
        [table, count],
    )
    return [row[0] for row in cursor.fetchall()]
