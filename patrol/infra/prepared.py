"""Statements that the database plans once for each connection: those that each page asks, and whose planning takes the longest.

After five plans of its own making for given values PostgreSQL keeps one for any, unless that costs more than planning anew.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.fetch_modes import FETCH_ONE
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

_TYPES: Final = {bool: "boolean", int: "bigint", str: "text", datetime: "timestamptz", date: "date", UUID: "uuid"}
_NAMED: Final = re.compile(r"%\((\w+)\)s")
_made: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()  # psycopg2's connection -> names of what is prepared in it


def execute(cursor: Any, sql: str, given: Mapping[str, Any], *, one_plan: bool = False) -> None:
    """As `cursor.execute`, of a cursor of Django's. The values are of the types above, or lists of one of them that are not empty; the
    same name has the same type each time.

    `one_plan`: the plan for any value from the first time on, outside of a transaction, for a statement that the database plans anew
    each time, since it thinks it cheaper when it knows the values, and is wrong.
    """
    name, statement, order = _prepared(sql, tuple((key, _type(value)) for key, value in given.items()))
    made = _made.setdefault(cursor.connection, set())
    if name not in made:
        with cursor.connection.cursor() as own:  # no statement of the page: it comes with the connection, like its settings
            own.execute(statement)
        made.add(name)
    values = [given[key] for key in order]
    call = f"EXECUTE {name} ({', '.join(['%s'] * len(values))})" if values else f"EXECUTE {name}"
    if one_plan and not connection.in_atomic_block:  # there it would hold for all that follows
        call = f"SET LOCAL plan_cache_mode = force_generic_plan; {call}"
    cursor.execute(call, values)


def named(cursor: Any, sql: str, values: Sequence[Any], names: Mapping[Any, str]) -> str:
    """A query of the ORM's, with its values by place, as `execute` takes it: stand-ins become names, all other values part of the text."""
    said = [
        f"%({names[value]})s"
        if not isinstance(value, list | bool) and value in names
        else cursor.mogrify("%s", [value]).decode().replace("%", "%%")
        for value in values
    ]
    return sql.replace("%%", "%%%%") % tuple(said)


class Rows[M: Model]:
    """A query of the ORM's for pages that ask it each time: put together once in a process, planned once in a connection. To put one of a
    few tables together takes Python as long as the database takes to plan and answer it.

    `make` gives it, with stand-ins where values go; `names`: stand-in -> the name its value is given by. Without prefetches.
    """

    def __init__(self, make: Callable[[], QuerySet[M]], names: Mapping[Any, str]) -> None:
        self._make, self._names = make, names

    @functools.cached_property
    def _made(self) -> tuple[str, _Maker]:
        compiler = self._make().query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        stand_ins = [value for value in values if not isinstance(value, list | bool) and value in self._names]
        assert sorted(map(str, stand_ins)) == sorted(map(str, self._names)), "a stand-in stands once, and is no other value of the query"
        with connection.cursor() as cursor:
            return named(cursor, sql, list(values), self._names), _Maker(compiler)

    def __call__(self, **given: Any) -> list[M]:
        """One query; its types are those of `execute`."""
        sql, maker = self._made
        with connection.cursor() as cursor:
            execute(cursor, sql, given)
            found = cursor.fetchall()
        return [maker.made(row) for row in found]


class _Maker:
    """Makes models of rows as Django's ModelIterable does, which works out for each query anew how: as long as making a dozen of them.

    What it keeps is the same for each row of the query, whichever thread asks.
    """

    def __init__(self, compiler: SQLCompiler) -> None:
        fields = compiler.klass_info["select_fields"]
        self._model, self._own = compiler.klass_info["model"], slice(fields[0], fields[-1] + 1)
        # Of a deferred model Django asks of each of its fields whether it is among them.
        self._names = dict.fromkeys(column.target.attname for column, _sql, _alias in compiler.select[self._own])
        self._related = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS, FETCH_ONE)
        self._annotated = tuple(compiler.annotation_col_map.items())
        self._converted = [
            (place, converters, column)
            for place, (converters, column) in compiler.get_converters([column for column, _sql, _alias in compiler.select]).items()
        ]

    def made(self, answered: tuple[Any, ...]) -> Any:
        row = list(answered)
        for place, converters, column in self._converted:
            for convert in converters:
                row[place] = convert(row[place], column, connection)
        one = self._model.from_db(DEFAULT_DB_ALIAS, self._names, row[self._own], fetch_mode=FETCH_ONE)
        for populator in self._related:
            populator.populate(row, one)
        for name, place in self._annotated:
            setattr(one, name, row[place])
        return one


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
