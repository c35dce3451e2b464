"""How far a work has come that goes through a table in the order of its ids, so that a sweep looks at what is new and at nothing else.

The row reached stays SETTLED behind the newest ones: a transaction may end after a later one, and its rows then have smaller ids.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from patrol import models

# Longer than any transaction may last: twice a task's hard limit, and more.
SETTLED: Final = timedelta(minutes=10)

# Of the next rows: up to the one before the first that is too young, or up to the last.
_SETTLE = """
UPDATE patrol_reached SET row = settled.id FROM (
    SELECT COALESCE(min(id) FILTER (WHERE {at} > %(until)s) - 1, max(id)) AS id
    FROM (SELECT id, {at} FROM {table} WHERE id > %(row)s ORDER BY id LIMIT %(window)s) next) settled
WHERE name = %(name)s AND row < settled.id
"""


def row(name: str) -> int:
    """Nothing is left to do up to this id."""
    return models.Reached.objects.get_or_create(name=name)[0].row


def settle(name: str, *, table: str, at: str, since: int, window: int, now: datetime) -> None:
    """Everything in the next `window` rows after `since` is done: moves on as far as they have settled. `at`: their column of time."""
    given: dict[str, Any] = {"name": name, "row": since, "window": window, "until": now - SETTLED}
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE.format(table=table, at=at), given)
