"""The worker is killed, the broker emptied, messages are doubled: every post the site served is kept once, and done once."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from celery import Celery

from bench import checker, stream
from patrol.infra import wall
from tests import stack
from tests.worker import crashing

pytestmark = pytest.mark.worker

SIZE = {"seed": 20261123, "channels": 5, "posts": 160}
SHOWN = stream.grown(**SIZE)
SERVED = stream.truth(SHOWN)
ARGUMENTS = tuple(word for name, value in SIZE.items() for word in (f"--{name}", str(value)))


# Gone when the broker was emptied. That nothing at all is there would not do: beat goes on and may have sent its next message.
MARK = "there_before"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
WORLD: dict[str, Any] = {"shown": SHOWN, "site_program": ("-m", "bench.stream", *ARGUMENTS), "prepare": ("-m", "bench.prepare", *ARGUMENTS)}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> stack.Kept:
    """The large world before anything worked on it. `django_db_setup` has migrated what the stack's database is copied from."""
    with stack.Stack(tmp_path_factory.mktemp("prepared"), database=f"prepared_{WORKER}", **WORLD) as made:
        return made.kept()


@pytest.fixture
def large(tmp_path: Path, prepared: stack.Kept) -> Callable[..., stack.Stack]:
    """Makes a stack on the large world."""

    def make(**given: Any) -> stack.Stack:
        return stack.Stack(tmp_path, database=f"stack_{WORKER}", like=prepared, **WORLD, **given)

    return make


def ahead(running: stack.Stack) -> list[str]:
    with closing(psycopg2.connect(running.environment["DATABASE_URL"], options=wall.SEES_EVERYTHING)) as connection:
        return checker.cursors_ahead(connection, SERVED)


def complaints(running: stack.Stack) -> list[str]:
    with closing(psycopg2.connect(running.environment["DATABASE_URL"], options=wall.SEES_EVERYTHING)) as connection:
        return checker.complaints(connection, Path(running.environment["EVIDENCE_DIR"]), SERVED)


def all_done(running: stack.Stack) -> bool:
    """Each watch had its run, and nothing waits to be read."""
    fetched = running.count("patrol_watch WHERE last_good_at IS NOT NULL") == len(SHOWN.places)
    return fetched and running.count("patrol_post") == len(SERVED) and running.count("patrol_post WHERE due_at IS NOT NULL") == 0


def fetching(running: stack.Stack) -> bool:
    """In the middle of it: some posts are kept, a watch is held, and most are still to come."""
    return 0 < running.count("patrol_post") < len(SERVED) / 2 and running.count("patrol_watch WHERE lease_token IS NOT NULL") > 0


def reading(running: stack.Stack) -> bool:
    return running.count("patrol_post WHERE lease_until > clock_timestamp()") > 0


def flushed(running: stack.Stack) -> None:
    running.valkey().set(MARK, "1")
    running.valkey().flushall()
    assert running.valkey().exists(MARK) == 0


def restarted_empty(running: stack.Stack) -> None:
    assert running.broker is not None
    running.valkey().set(MARK, "1")
    running.broker.restart_empty()
    assert running.valkey().exists(MARK) == 0


def test_killed_workers_and_an_emptied_broker_cost_time_and_nothing_else(large: Callable[..., stack.Stack]) -> None:
    """One worker dies while it fetches, the next while it reads."""
    with large(started=("worker", "beat")) as running:
        for moment, emptied in ((fetching, flushed), (reading, restarted_empty)):
            running.wait_for(lambda now=moment: now(running), 240, moment.__name__)  # type: ignore[misc]
            running.kill("worker")
            assert not all_done(running)
            assert ahead(running) == []
            emptied(running)
            running.wait_for(lambda: not reading(running), 240, "the end of the dead worker's leases")
            running.start("worker")
        running.wait_for(lambda: all_done(running), 240, "everything fetched and read")
        assert complaints(running) == []
        assert running.count("patrol_fetch WHERE outcome = 'abandoned'") >= 1


def test_doubled_messages_two_workers_and_two_beats_do_everything_once(large: Callable[..., stack.Stack]) -> None:
    with large(started=("beat", "beat:2", "worker", "worker:2")) as running:
        watches = [row[0] for row in running.query("SELECT id FROM patrol_watch")]
        knocker = Celery(broker=running.broker_url)
        for _ in range(3):
            for watch in watches:
                knocker.send_task("patrol.watch", args=[watch])
            for name in ("patrol.read", "patrol.read", "patrol.sweep"):
                knocker.send_task(name)
        knocker.close()
        running.wait_for(lambda: all_done(running), 240, "everything fetched and read")
        assert complaints(running) == []


def test_a_process_that_dies_at_any_point_of_the_way_loses_and_doubles_nothing(large: Callable[..., stack.Stack], tmp_path: Path) -> None:
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with large(
        started=("worker", "beat"), worker=("-m", "tests.worker.crashing"), environment={"CRASHED": str(crashed), "READ_BATCH": "100"}
    ) as running:
        running.wait_for(
            lambda: all_done(running) and len(list(crashed.iterdir())) == len(crashing.POINTS), 240, "every point and every post"
        )
        assert sorted(point.name for point in crashed.iterdir()) == sorted(crashing.POINTS)
        assert complaints(running) == []
