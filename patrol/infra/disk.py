"""Acts of one request that wait for the disk together.

A commit waits until its records stand on the disk, 1 to 3 ms each; all records stand in one file in the order they were written, so
waiting for the last one waits for all. An act of the desk is two of them: what was decided, and the next post that is opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# An empty message of our own in the file of records: the least that a commit waits for.
_WAIT = "RESET synchronous_commit; SELECT pg_logical_emit_message(true, 'patrol', '')"


@contextmanager
def waits_once() -> Iterator[None]:
    """The commits inside do not wait; at the end, also of an error, one wait covers them all. Two statements.

    What was committed is seen by others before it stands on the disk, and jobs are sent: where the database's host dies in these
    milliseconds, whoever acted got no answer and finds it undone. Inside a transaction it does nothing: that one waits as it would.
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    try:
        yield
    finally:
        _wait()


def _wait() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(_WAIT)
    except BaseException:
        connection.close()  # the setting may stand yet: nothing may commit on this connection without waiting
        raise
