"""Rows that were rolled back leave the tables of the tests, and the planner knows of it what it knew."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from tests import conftest

LOOK = "SELECT pg_relation_size(oid), reltuples, relpages FROM pg_class WHERE oid = 'patrol_series'::regclass"


def looked() -> Any:
    with connection.cursor() as cursor:
        cursor.execute(LOOK)
        return cursor.fetchone()


def rolled_back() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO patrol_series (name, year, last) SELECT 'uji ' || n, 2026, 1 FROM generate_series(1, 5000) AS n")
        transaction.set_rollback(True)


def test_what_was_rolled_back_is_taken_out_and_what_is_there_stays(committed: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO patrol_series (name, year, last) VALUES ('uji', 2026, 7)")
    before = looked()
    rolled_back()
    assert looked()[0] > 2**17
    conftest.tidy()
    assert looked() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, year, last FROM patrol_series")
        assert cursor.fetchall() == [("uji", 2026, 7)]


def test_a_table_that_somebody_holds_is_left_as_it_is(committed: None) -> None:
    rolled_back()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE patrol_series IN ACCESS EXCLUSIVE MODE")
        conftest.tidy()
    assert looked()[0] > 2**17
    conftest.tidy()
    assert looked()[0] == 0
