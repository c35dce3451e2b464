"""Statements that are planned once in a connection."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DataError

from patrol.infra import prepared

pytestmark = pytest.mark.django_db
SQL = "SELECT %(one)s + %(one)s, %(day)s, 'x%%' LIKE 'x%%', %(what)s = ANY(%(words)s)"


def asked(**given: Any) -> Any:
    with connection.cursor() as cursor:
        prepared.execute(cursor, SQL, given)
        return cursor.fetchone()


def kept() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%''x%%'' LIKE ''x%%''%%'")
        return int(cursor.fetchone()[0])


def test_it_answers_as_the_statement_does_and_is_prepared_once(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        assert asked(one=2, day=date(2026, 11, 29), what="a", words=["a", "b%"]) == (4, date(2026, 11, 29), True, True)
        assert asked(one=3, day=date(2026, 11, 30), what="c'", words=["a"]) == (6, date(2026, 11, 30), True, False)
    assert kept() == 1


def test_a_value_of_another_type_is_another_statement() -> None:
    with connection.cursor() as cursor:
        for value in (1, "1", [1], ["1"], True):
            prepared.execute(cursor, "SELECT %(value)s", {"value": value})
            assert cursor.fetchone() == (value,)


def test_it_outlives_the_transaction_it_was_prepared_in_and_one_that_failed() -> None:
    with pytest.raises(DataError), transaction.atomic(), connection.cursor() as cursor:
        prepared.execute(cursor, "SELECT 1 / %(by)s", {"by": 0})
    with connection.cursor() as cursor:
        prepared.execute(cursor, "SELECT 1 / %(by)s", {"by": 1})
        assert cursor.fetchone() == (1,)


def test_a_connection_made_anew_prepares_it_anew() -> None:
    asked(one=1, day=date(2026, 11, 29), what="a", words=["a"])
    other = connection.copy("default")
    try:
        with other.cursor() as cursor:
            prepared.execute(cursor, SQL, {"one": 5, "day": date(2026, 11, 29), "what": "a", "words": ["a"]})
            assert cursor.fetchone()[0] == 10
    finally:
        other.close()


def test_a_query_of_the_orm_keeps_its_values_but_the_stand_ins() -> None:
    with connection.cursor() as cursor:
        sql = prepared.named(cursor, "SELECT %s || '%%', %s, %s", ["10 %", -1, ["b"]], {-1: "person"})
        assert sql == "SELECT '10 %%' || '%%', %(person)s, ARRAY['b']"
        prepared.execute(cursor, sql, {"person": 7})
        assert cursor.fetchone() == ("10 %%", 7, ["b"])
