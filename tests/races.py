"""Two people in the same moment: each in a thread and on a connection of its own, let go together."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from django.conf import settings
from django.db import connection

from tests.conftest import SUPERUSER_URL

PATIENCE = 120.0  # seconds


@contextmanager
def held(statement: str) -> Iterator[Any]:
    """Holds what the statement locks, on a connection beside ours, until the block ends. Yields the cursor."""
    other = psycopg2.connect(SUPERUSER_URL, dbname=settings.DATABASES["default"]["NAME"])
    try:
        with other.cursor() as cursor:
            cursor.execute(statement)
            yield cursor
    finally:
        other.rollback()
        other.close()


def _waiting(cursor: Any) -> int:
    cursor.execute("SELECT pg_stat_clear_snapshot()")  # within a transaction the view stands still otherwise
    cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
    return int(cursor.fetchone()[0])


def until_it_waits_or_ends(thread: threading.Thread) -> None:
    """For an act that has to wait for our open transaction: returns too where it does not, and the test looks at what it did."""
    deadline = time.monotonic() + PATIENCE
    with held("SELECT 1") as cursor:
        while thread.is_alive() and not _waiting(cursor):
            assert time.monotonic() < deadline, "it neither waits nor ends"
            time.sleep(0.01)


def race(lock: str, *acts: Callable[[], Any], may_end: bool = False) -> list[Any]:
    """What each act returned or raised. All start while `lock` is held, and go on once every one of them waits.

    `may_end`: one may be refused before it comes to what is locked.
    """
    results: list[Any] = [None] * len(acts)

    def run(place: int) -> None:
        try:
            results[place] = acts[place]()
        except Exception as error:  # noqa: BLE001 -- the test looks at it
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    with held(lock) as cursor:
        deadline = time.monotonic() + PATIENCE
        for started, thread in enumerate(threads, start=1):
            thread.start()
            while _waiting(cursor) < started - (sum(not one.is_alive() for one in threads[:started]) if may_end else 0):
                assert time.monotonic() < deadline, "nobody waits: the act takes no lock"
                time.sleep(0.01)  # one after the other, so that the order of the queue is known
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    return results
