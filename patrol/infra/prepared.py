"""Statements that the database plans once for each connection: those that each page asks, and whose planning takes the longest.

After five plans of its own making for given values PostgreSQL keeps one for any, unless that costs more than planning anew.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final
from weakref import WeakKeyDictionary

_TYPES: Final = {bool: "boolean", int: "bigint", str: "text", datetime: "timestamptz", date: "date"}
_NAMED: Final = re.compile(r"%\((\w+)\)s")
_made: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()  # psycopg2's connection -> names of what is prepared in it


def execute(cursor: Any, sql: str, given: Mapping[str, Any]) -> None:
    """As `cursor.execute`, of a cursor of Django's. The values are of the types above, or lists of one of them that are not empty; the
    same name has the same type each time.
    """
    name, statement, order = _prepared(sql, tuple((key, _type(value)) for key, value in given.items()))
    made = _made.setdefault(cursor.connection, set())
    if name not in made:
        with cursor.connection.cursor() as own:  # no statement of the page: it comes with the connection, like its settings
            own.execute(statement)
        made.add(name)
    values = [given[key] for key in order]
    cursor.execute(f"EXECUTE {name} ({', '.join(['%s'] * len(values))})" if values else f"EXECUTE {name}", values)


def named(cursor: Any, sql: str, values: Sequence[Any], names: Mapping[Any, str]) -> str:
    """A query of the ORM's, with its values by place, as `execute` takes it: stand-ins become names, all other values part of the text."""
    said = [
        f"%({names[value]})s"
        if not isinstance(value, list) and value in names
        else cursor.mogrify("%s", [value]).decode().replace("%", "%%")
        for value in values
    ]
    return sql.replace("%%", "%%%%") % tuple(said)


def _type(value: Any) -> str:
    return f"{_TYPES[type(value[0])]}[]" if isinstance(value, list) else _TYPES[type(value)]


@functools.lru_cache(maxsize=256)
def _prepared(sql: str, types: tuple[tuple[str, str], ...]) -> tuple[str, str, tuple[str, ...]]:
    """Its name, the statement that prepares it, and in which order the values follow."""
    of = dict(types)
    order = tuple(dict.fromkeys(_NAMED.findall(sql)))
    text = _NAMED.sub(lambda found: f"${order.index(found[1]) + 1}", sql).replace("%%", "%")
    kinds = f" ({', '.join(of[key] for key in order)})" if order else ""
    name = f"kept_{sha256(f'{kinds}{text}'.encode()).hexdigest()[:24]}"
    return name, f"PREPARE {name}{kinds} AS {text}", order
