"""How far a work has come that goes through a table in the order of its ids, or through days, so that a sweep looks at what is new and
at nothing else.

The row reached stays SETTLED behind the newest ones: a transaction may end after a later one, and its rows then have smaller ids.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection

# Longer than any transaction may last: twice a task's hard limit, and more.
SETTLED: Final = timedelta(minutes=10)

# max(id), not EXISTS (… id > row): that one may be answered by reading the whole table.
_SINCE = "SELECT COALESCE((SELECT row FROM patrol_reached WHERE name = %s), 0), COALESCE((SELECT max(id) FROM {table}), 0)"
# Of the next rows: up to the one before the first that is too young, or up to the last.
_SETTLE = """
INSERT INTO patrol_reached AS reached (name, row)
SELECT %(name)s, settled.id FROM (
    SELECT COALESCE(min(id) FILTER (WHERE {at} > %(until)s) - 1, max(id)) AS id
    FROM (SELECT id, {at} FROM {table} WHERE id > %(row)s ORDER BY id LIMIT %(window)s) next) settled
WHERE settled.id IS NOT NULL
ON CONFLICT (name) DO UPDATE SET row = EXCLUDED.row WHERE reached.row < EXCLUDED.row
"""


def take(name: str) -> int:
    """Nothing is left to do up to this id. Whoever else takes it waits for the end of the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO patrol_reached (name, row) VALUES (%s, 0) ON CONFLICT DO NOTHING", [name])
        cursor.execute("SELECT row FROM patrol_reached WHERE name = %s FOR UPDATE", [name])
        return int(cursor.fetchone()[0])


def since(name: str, *, table: str) -> int | None:
    """The id behind which something may be left to do; None where the table has no newer row. One query, whatever the table holds."""
    with connection.cursor() as cursor:
        cursor.execute(_SINCE.format(table=table), [name])
        reached, newest = cursor.fetchone()
    return int(reached) if newest > reached else None


def settle(name: str, *, table: str, at: str, since: int, window: int, now: datetime) -> None:
    """Everything in the next `window` rows after `since` is done: moves on as far as they have settled. `at`: their column of time."""
    given: dict[str, Any] = {"name": name, "row": since, "window": window, "until": now - SETTLED}
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE.format(table=table, at=at), given)


def day(name: str) -> date:
    """The last day that is done, of a work that is done once for each day; the first of all days where none is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT row FROM patrol_reached WHERE name = %s", [name])
        found = cursor.fetchone()
    return date.fromordinal(found[0]) if found else date.min


def take_days(name: str, *, last: date, most: int) -> list[date]:
    """The days up to `last` that are not done, the newest `most` of them, in their order. All up to `last` are done when the caller's
    transaction ends; whoever else takes days waits for that.
    """
    undone = range(max(take(name), last.toordinal() - most) + 1, last.toordinal() + 1)
    if undone:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE patrol_reached SET row = %s WHERE name = %s", [last.toordinal(), name])
    return [date.fromordinal(number) for number in undone]
