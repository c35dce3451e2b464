"""What the session is told, and when."""

from __future__ import annotations

import ast
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from patrol.infra import wall

PRODUCT: Final = Path(wall.__file__).resolve().parent.parent
SHORT: Final = 15  # lines that run for everything without a further word
# What runs for everything and is longer: an act that crosses offices from its first line to its last.
LONG: Final = {
    "access/consulting.py write": "each row of the log names somebody's, of whichever office",
    "cases/correcting.py correct": "each case, flag and referral it names may be another office's",
    "cases/correcting.py hold": "locks all of them before the first is changed",
    "cases/filing.py withdraw": "the case may be another office's by now",
    "cases/leaving.py leave": "what is handed on lies in every office",
    "cases/leaving.py plan": "as above",
    "cases/objections.py come_in": "a stranger's, of whichever office's act",
    "evidence/backups.py _fill": "a backup is whole",
    "intake/tips/following.py reply": "a stranger's, to whichever office",
    "intake/tips/receiving.py receive": "a stranger's, to whichever office",
}


def told(sql: str = "SELECT current_setting('patrol.scope', true)") -> str:
    """What the session says itself."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return str(cursor.fetchone()[0] or "")


class RolledBackError(Exception):
    pass


@pytest.mark.parametrize("scope", ["0", "01", "-1", "17 ", "17'", "all", "everything;", " ", "9" * 19])
def test_what_is_no_scope_is_refused(scope: str) -> None:
    before = wall.scope()
    with pytest.raises(ValueError, match="no scope"):
        wall.stand(scope)
    with pytest.raises(ValueError, match="no scope"), wall.behind(scope):
        pass
    assert wall.scope() == before


@pytest.mark.usefixtures("committed")
class TestSession:
    def test_each_statement_runs_for_whom_it_is_asked(self) -> None:
        with wall.behind("17"):
            assert told() == "17"
            with wall.everything("a test"):
                assert told() == "everything"
            assert told() == "17"
            wall.stand("18")
            assert told() == "18"
            with wall.behind(wall.NOBODY):
                assert told() == ""
            assert told() == "18"
        assert told() == "everything"  # as the process

    def test_it_costs_no_query_and_stands_in_none(self) -> None:
        with CaptureQueriesContext(connection) as queries, wall.behind("17"):
            told("SELECT 'a'")
            told("SELECT 'b'")
        assert [query["sql"] for query in queries] == ["SELECT 'a'", "SELECT 'b'"]

    def test_a_rollback_takes_no_scope_back(self) -> None:
        with wall.behind("17"):
            assert told() == "17"
            with pytest.raises(RolledBackError), transaction.atomic(), wall.behind("18"):
                assert told() == "18"
                raise RolledBackError
            assert told() == "17"

    def test_what_is_said_in_a_transaction_rolled_back_is_said_again(self) -> None:
        assert told() == "everything"
        with wall.behind("18"):
            with pytest.raises(RolledBackError), transaction.atomic():
                assert told() == "18"
                raise RolledBackError
            assert told() == "18"

    def test_a_savepoint_rolled_back_takes_no_scope_back(self) -> None:
        with transaction.atomic(), wall.behind("17"):
            assert told() == "17"
            with pytest.raises(RolledBackError), transaction.atomic():
                wall.stand("18")
                assert told() == "18"
                raise RolledBackError
            assert told() == "18"

    def test_after_a_statement_that_fails(self) -> None:
        with wall.behind("17"):
            with pytest.raises(DataError):
                told("SELECT 1 / 0")
            assert told() == "17"
            with transaction.atomic():
                with pytest.raises(DataError), transaction.atomic():
                    wall.stand("18")
                    told("SELECT 1 / 0")
                assert told() == "18"

    def test_what_is_refused_at_the_end_of_a_transaction(self) -> None:
        with wall.behind("17"):
            with connection.cursor() as cursor:
                cursor.execute("CREATE TEMPORARY TABLE once (a int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
            with pytest.raises(Exception, match="once_a_key"), transaction.atomic():
                wall.stand("18")
                told("INSERT INTO once VALUES (1), (1) RETURNING a")
            assert told() == "18"

    def test_a_transaction_that_failed_and_is_committed_all_the_same(self) -> None:
        """PostgreSQL rolls it back and raises nothing: the session holds what it was told before."""
        assert told() == "everything"
        with wall.behind("18"):
            with transaction.atomic():
                assert told() == "18"
                with pytest.raises(DataError), connection.cursor() as cursor:
                    cursor.execute("SELECT 1 / 0")
            assert told() == "18"

    @pytest.mark.parametrize("end", ["COMMIT", " commit", "END", "abort", "\nRollback"])
    def test_a_transaction_that_a_text_ends(self, end: str) -> None:
        assert told() == "everything"
        with wall.behind("18"), connection.cursor() as cursor:
            cursor.execute("BEGIN")
            assert told() == "18"
            with pytest.raises(DataError):
                cursor.execute("SELECT 1 / 0")
            cursor.execute(end)
            assert told() == "18"

    def test_a_session_that_holds_another_scope_at_first_is_told(self) -> None:
        connection.close()
        with wall.behind(wall.NOBODY), patch.dict(connection.settings_dict["OPTIONS"], options="-c patrol.scope=everything"):
            assert told() == ""
        connection.close()

    def test_what_runs_in_no_transaction_is_told_before(self) -> None:
        with wall.behind("17"), connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE once (a int)")
            wall.stand("18")
            cursor.execute("VACUUM once")
            wall.stand("17")
            cursor.execute("CREATE INDEX CONCURRENTLY ON once (a)")
            assert told() == "17"

    def test_a_named_cursor_and_a_copy_are_told_before(self) -> None:
        with wall.behind("17"), transaction.atomic():
            with connection.chunked_cursor() as cursor:
                cursor.execute("SELECT current_setting('patrol.scope', true)")
                assert cursor.fetchone() == ("17",)
            wall.stand("18")
            with connection.cursor() as cursor:
                cursor.executemany("SELECT set_config('patrol.test', current_setting('patrol.scope'), %s)", [[True]])
            assert told("SELECT current_setting('patrol.test')") == "18"

    def test_a_new_connection_and_another_thread_begin_as_the_process_does(self) -> None:
        found: list[str] = []

        def ask() -> None:
            found.append(told())
            connection.close()

        with wall.behind("17"):
            assert told() == "17"
            connection.close()
            assert told() == "17"
            thread = threading.Thread(target=ask)
            thread.start()
            thread.join()
        assert found == ["everything"]


def test_a_process_begins_as_nobody(monkeypatch: Any) -> None:
    monkeypatch.setattr(wall._Process, "scope", wall.NOBODY)
    assert wall.scope() == wall.NOBODY
    with wall.everything("a test"):
        assert wall.scope() == wall.EVERYTHING
    assert wall.scope() == wall.NOBODY


def for_everything() -> Iterator[tuple[str, int]]:
    """What runs for everything by name, and its lines without the docstring."""
    for path in sorted(PRODUCT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())) if path.parent.name != "migrations" else ():
            if isinstance(node, ast.FunctionDef):
                said, name = node.decorator_list, node.name
                body = node.body[1:] if ast.get_docstring(node) else node.body
            elif isinstance(node, ast.With):
                said, name, body = [one.context_expr for one in node.items], f"line {node.lineno}", node.body
            else:
                continue
            if any(ast.unparse(one).startswith("wall.everything(") for one in said):
                yield f"{path.relative_to(PRODUCT)} {name}", (node.end_lineno or 0) - body[0].lineno + 1


def test_what_runs_for_everything_is_as_small_as_its_question() -> None:
    found = dict(for_everything())
    assert len(found) > 40
    assert {name for name, lines in found.items() if lines > SHORT} == set(LONG)
