"""A process dies at every point of the way, one after the other: nothing is lost, nothing doubled, no cursor ahead of its posts.

CRASH_SEEDS worlds are gone through (one here, 25 in `make soak`); each seed orders the points anew and says at which visit of a
point it dies, and whether the broker forgets its messages then. Processes really killed are in test_lost_nothing.py.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import psycopg2
import pytest
from django.conf import settings as configured
from django.db import connection

from bench import checker, prepare, stream
from bench.__main__ import KEPT
from example import site, world
from patrol import models, tasks
from patrol.access import audit
from patrol.evidence import custody, sealing
from tests.conftest import SUPERUSER_URL, emptied
from tests.worker import points

SEEDS = int(os.environ.get("CRASH_SEEDS", "1"))
# Of each channel two pages, and three batches to read; `make soak` has three pages and four batches.
SHOWN = stream.grown(seed=11, channels=2, posts=50 if SEEDS > 1 else 26)
SERVED = stream.truth(SHOWN)
LOG = ("patrol_auditentry", "patrol_loghead")


@pytest.fixture
def place(committed: None, settings: Any, tmp_path: Any) -> Iterator[None]:
    one = site.Site(0, world.Showing(SHOWN, world.Anchor(datetime.now(UTC))))
    thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    settings.STAND_INS = site.stand_ins(one.server_port, SHOWN)
    settings.READ_BATCH = 40
    prepare.load(tmp_path / "world", served=SHOWN)
    yield
    one.shutdown()
    thread.join()
    one.server_close()


def begun_anew(kept: Sequence[str] = KEPT) -> None:
    """Back to watches that never ran, no file kept, and a log that begins. A superuser in replica role passes the guards."""
    shutil.rmtree(configured.EVIDENCE_DIR, ignore_errors=True)
    connection.close()
    other = psycopg2.connect(SUPERUSER_URL, dbname=configured.DATABASES["default"]["NAME"])
    try:
        with other, other.cursor() as cursor:
            emptied(cursor, [name for name in kept if name not in LOG])
            head = audit.signature(0, audit.START)
            cursor.execute("INSERT INTO patrol_loghead (id, seq, hash, mac) VALUES (1, 0, %s, %s)", [audit.START, head])
            cursor.execute("UPDATE patrol_watch SET cursor = '{}', lease_token = NULL, lease_until = NULL, attempts = 0")
    finally:
        other.close()


def time_passes() -> None:
    """Leases of the dead run out, watches are due. That a post was hit before is forgotten: here points kill, not posts."""
    with connection.cursor() as cursor:
        for table in ("patrol_watch", "patrol_post"):
            cursor.execute(f"UPDATE {table} SET lease_until = clock_timestamp() WHERE lease_until IS NOT NULL")
        cursor.execute("UPDATE patrol_watch SET due_at = clock_timestamp() WHERE state = 'active'")
        cursor.execute("UPDATE patrol_post SET attempts = LEAST(attempts, 1)")


def log_complaints() -> list[audit.Break | sealing.Wrong]:
    """Where the log breaks, and what was kept that it does not answer for once: no record may miss its seal, nor a seal its row."""
    broken = audit.verify()
    return [*([broken] if broken else []), *sealing.verify()]


def patrolled(process: points.Process) -> None:
    """One sweep and everything it rings for."""
    time_passes()
    tasks.sweep.run()
    process.work()


def test_the_points_the_way_is_known_by_are_among_those_read_from_the_code() -> None:
    assert {
        "before turns.claim",
        "after turns.claim",
        "before fsync",
        "after fsync",
        "before storing.store",
        "after storing.store",
        "before commit",
        "after commit",
        "before publish",
        "after publish",
        "before acknowledge",
        "after acknowledge",
        "after claiming.claim",
        "after assess.assess",
        "before keeping.batch",
        "after turns.release",
        "before sealing.seal",
        "before audit.write",
        "after audit.write",
        "after sealing.seal",
    } <= set(points.POINTS)


def test_what_is_passed_by_is_still_called() -> None:
    called = {points._named(function) for one in points.FOLLOWED for *_, function in points._calls(one)}
    assert points.PASSED_BY.keys() <= called


@pytest.mark.worker
def test_without_the_sweep_a_lost_message_is_a_lost_reading_and_the_checker_sees_it(
    place: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = points.Process(monkeypatch)
    time_passes()
    tasks.sweep.run()
    # By night it rings for what looks at copies and counts as well, which ring for nobody.
    process.waiting[:] = [rung for rung in process.waiting if rung[0] == tasks.patrol_watch.name]
    assert process.waiting
    while process.waiting:
        process.arm("before publish", 1)
        with pytest.raises(points.KilledError):  # the run is over and committed; nobody was rung for its posts
            process.work()
        connection.close()
        del process.waiting[0]
    assert [one.partition(":")[0] for one in checker.complaints(connection, settings.EVIDENCE_DIR, SERVED)] == [
        "a newest version not read once",
        "a post still due, held or set aside",
    ]
    patrolled(process)
    assert checker.complaints(connection, settings.EVIDENCE_DIR, SERVED) == []


@pytest.mark.worker
def test_a_row_committed_before_its_file_is_seen(place: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(custody, "keep", lambda answer: hashlib.sha256(answer.body).hexdigest())  # to be written later
    process = points.Process(monkeypatch)
    time_passes()
    process.arm("after keeping.page", 1)
    watch = models.Watch.objects.order_by("id").first()
    assert watch is not None
    with pytest.raises(points.KilledError):
        tasks.patrol_watch.run(watch.pk)
    connection.close()
    monkeypatch.undo()
    assert "captures whose bytes are missing or changed: 1" in str(checker.complaints(connection, settings.EVIDENCE_DIR, SERVED))


@pytest.mark.worker
@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_death_at_any_point_costs_time_and_nothing_else(place: None, settings: Any, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    chance = random.Random(seed)
    process = points.Process(monkeypatch)
    waiting = list(points.POINTS)
    chance.shuffle(waiting)
    while waiting:
        begun_anew()
        process.waiting.clear()
        fresh = True
        while waiting:
            point = waiting[0]
            process.arm(point, 1 if fresh else chance.randint(1, 3))
            try:
                patrolled(process)
                if fresh:  # and what is stored already is met again
                    patrolled(process)
            except BaseException:  # on its way up the death may meet an open transaction and change its name
                if not process.died:
                    raise
                connection.close()  # the server rolls back what the dead had open
                waiting.pop(0)
                fresh = False
                assert checker.cursors_ahead(connection, SERVED) == [], point
                if chance.random() < 0.5:
                    process.waiting.clear()
            else:
                assert not process.died, f"outlived: {point}"
                assert not fresh, f"never reached: {point}"
                break
        process.arm("", 0)
        patrolled(process)
        assert checker.complaints(connection, settings.EVIDENCE_DIR, SERVED) == []
        assert log_complaints() == []
