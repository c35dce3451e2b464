"""Statements that are planned once in a connection."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DataError

from patrol import models
from patrol.infra import prepared
from tests import factories

SQL = "SELECT %(one)s + %(one)s, %(day)s, 'x%%' LIKE 'x%%', %(what)s = ANY(%(words)s)"


def asked(**given: Any) -> Any:
    with connection.cursor() as cursor:
        prepared.execute(cursor, SQL, given)
        return cursor.fetchone()


def kept() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%''x%%'' LIKE ''x%%''%%'")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_it_answers_as_the_statement_does_and_is_prepared_once(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        assert asked(one=2, day=date(2026, 11, 29), what="a", words=["a", "b%"]) == (4, date(2026, 11, 29), True, True)
        assert asked(one=3, day=date(2026, 11, 30), what="c'", words=["a"]) == (6, date(2026, 11, 30), True, False)
    assert kept() == 1


@pytest.mark.django_db
def test_a_value_of_another_type_is_another_statement() -> None:
    with connection.cursor() as cursor:
        for value in (1, "1", [1], ["1"], True):
            prepared.execute(cursor, "SELECT %(value)s", {"value": value})
            assert cursor.fetchone() == (value,)


@pytest.mark.django_db
def test_it_outlives_the_transaction_it_was_prepared_in_and_one_that_failed() -> None:
    with pytest.raises(DataError), transaction.atomic(), connection.cursor() as cursor:
        prepared.execute(cursor, "SELECT 1 / %(by)s", {"by": 0})
    with connection.cursor() as cursor:
        prepared.execute(cursor, "SELECT 1 / %(by)s", {"by": 1})
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_a_connection_made_anew_prepares_it_anew() -> None:
    asked(one=1, day=date(2026, 11, 29), what="a", words=["a"])
    other = connection.copy("default")
    try:
        with other.cursor() as cursor:
            prepared.execute(cursor, SQL, {"one": 5, "day": date(2026, 11, 29), "what": "a", "words": ["a"]})
            assert cursor.fetchone()[0] == 10
    finally:
        other.close()


@pytest.mark.django_db
def test_a_query_of_the_orm_keeps_its_values_but_the_stand_ins() -> None:
    with connection.cursor() as cursor:
        sql = prepared.named(cursor, "SELECT %s || '%%', %s, %s", ["10 %", -1, ["b"]], {-1: "person"})
        assert sql == "SELECT '10 %%' || '%%', %(person)s, ARRAY['b']"
        prepared.execute(cursor, sql, {"person": 7})
        assert cursor.fetchone() == ("10 %%", 7, ["b"])


@pytest.mark.django_db
def test_rows_are_those_of_the_queryset_and_are_put_together_once(django_assert_num_queries: Any) -> None:
    """With a table joined that may have no row, a column left out, and JSON."""
    person, other = factories.person(), factories.person()
    flag, alone = factories.flags(2)
    models.FlagEvent.objects.create(
        flag=flag, kind="handed_over", at=factories.NOW, by=person, before={"office": 1}, after={"note": "50 %"}
    )
    made: list[int] = []

    def events() -> Any:
        made.append(-1)
        return models.FlagEvent.objects.filter(flag=-1).select_related("by").defer("by__password").order_by("-id")

    rows = prepared.Rows(events, {-1: "flag"})
    for one in (flag, alone):
        with django_assert_num_queries(1):
            found = rows(flag=one.pk)
            said = [(event.kind, event.before, event.after, event.by and event.by.name) for event in found]
        wanted = models.FlagEvent.objects.filter(flag=one).select_related("by").order_by("-id")
        assert (found, said) == (list(wanted), [(event.kind, event.before, event.after, event.by and event.by.name) for event in wanted])
    assert [event.by for event in rows(flag=flag.pk)] == [person, None]
    with django_assert_num_queries(1):
        assert rows(flag=flag.pk)[0].by.get_deferred_fields() == {"password"}
    assert (rows(flag=other.pk + 1_000_000), made) == ([], [-1])


@pytest.mark.django_db
def test_another_thread_asks_in_a_connection_of_its_own() -> None:
    """The query was put together for the connection of whichever thread came first."""
    rows = prepared.Rows(lambda: models.Person.objects.filter(pk=-1), {-1: "id"})
    assert rows(id=1_000_000) == []
    found: list[Any] = []

    def elsewhere() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            found.append(cursor.fetchone()[0])
        found.extend([rows(id=1_000_000), len(prepared._made[connection.connection])])
        connection.close()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone()[0] != found[0]
    assert found[1:] == [[], 1]


@pytest.mark.django_db
def test_a_stand_in_stands_once() -> None:
    """Another value that is equal would become the name, too."""
    with pytest.raises(AssertionError):
        prepared.Rows(lambda: models.Person.objects.filter(pk=-1, office=-1), {-1: "id"})(id=1)


def counted(sql: str, *, times: int, one_plan: bool) -> tuple[int, int]:
    """How often the statement was planned for any value, and for given ones."""
    with connection.cursor() as cursor:
        for _time in range(times):
            prepared.execute(cursor, sql, {"key": 1}, one_plan=one_plan)
            cursor.fetchall()
        cursor.execute("SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s", [f"%{sql[:40]}%"])
        return cursor.fetchone()  # type: ignore[no-any-return]


@pytest.mark.usefixtures("committed")
def test_one_plan_is_that_for_any_value_from_the_first_time_and_of_this_statement_alone() -> None:
    assert counted("SELECT /* one plan */ id FROM patrol_flag WHERE id = %(key)s", times=3, one_plan=True) == (3, 0)
    assert counted("SELECT /* as it is */ id FROM patrol_flag WHERE id = %(key)s", times=3, one_plan=False) == (0, 3)


@pytest.mark.django_db
def test_within_a_transaction_it_changes_nothing() -> None:
    assert counted("SELECT /* within */ id FROM patrol_flag WHERE id = %(key)s", times=3, one_plan=True) == (0, 3)
