"""Acts that wait for the disk together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from patrol.infra import disk
from tests.conftest import as_superuser

pytestmark = pytest.mark.usefixtures("waiting")


@pytest.fixture
def waiting(committed: None) -> Iterator[None]:
    """Commits wait, which those of tests do not."""
    name = connection.settings_dict["NAME"]
    as_superuser(f'ALTER DATABASE "{name}" SET synchronous_commit = on')
    connection.close()
    yield
    as_superuser(f'ALTER DATABASE "{name}" RESET synchronous_commit')
    connection.close()


def asked(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def waits() -> str:
    return str(asked("SHOW synchronous_commit"))


def on_disk() -> bool:
    """Whether all that was committed stands there."""
    return bool(asked("SELECT pg_current_wal_flush_lsn() >= pg_current_wal_insert_lsn()"))


def unwritten() -> None:
    """Commits until one has not reached the disk: the database writes what nobody waits for five times a second."""
    for _try in range(50):
        asked("SELECT pg_logical_emit_message(true, 'test', 'a commit')")
        if not on_disk():
            return
    raise AssertionError("each commit had reached the disk")


def test_commits_inside_do_not_wait_and_all_stand_on_the_disk_at_its_end() -> None:
    before = waits()
    with disk.waits_once():
        assert waits() == "off"
        unwritten()
        last = asked("SELECT pg_current_wal_insert_lsn()")
    assert asked(f"SELECT pg_current_wal_flush_lsn() >= '{last}'")
    assert waits() == before == "on"


def test_an_error_inside_waits_too() -> None:
    with pytest.raises(ZeroDivisionError), disk.waits_once():
        unwritten()
        last = asked("SELECT pg_current_wal_insert_lsn()")
        raise ZeroDivisionError
    assert asked(f"SELECT pg_current_wal_flush_lsn() >= '{last}'")
    assert waits() == "on"


def test_where_the_wait_fails_the_connection_goes_with_its_setting() -> None:
    with pytest.raises(OperationalError), disk.waits_once():
        own = asked("SELECT pg_backend_pid()")
        with connection.copy().cursor() as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [own])
            other.db.close()
    assert connection.connection is None
    assert waits() == "on"


def test_it_costs_two_statements_and_inside_a_transaction_none(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2), disk.waits_once():
        pass
    with transaction.atomic(), django_assert_num_queries(0), disk.waits_once():
        pass
    with transaction.atomic(), disk.waits_once():
        assert waits() == "on"
