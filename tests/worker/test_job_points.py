"""A process dies at every point of a job: pictures are kept once with their files, a file is brought in once, and its counts are right.

As test_points.py, behind patrol and first reading. The first picture is refused once by the site, so that failing and coming again is part
of the way; the file is brought in in pieces, each with a lease of its own.
"""

from __future__ import annotations

import os
import random
import tempfile
import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from bench import checker, prepare, stream
from bench.__main__ import KEPT
from example import site, world
from patrol import models, tasks
from patrol.evidence import sealing
from patrol.intake import imports
from patrol.intake.formats import shape
from patrol.pipeline import assessing, fetching, picturing
from tests import factories
from tests.worker import points
from tests.worker.test_points import begun_anew, log_complaints, time_passes

pytestmark = pytest.mark.worker

SEEDS = int(os.environ.get("CRASH_SEEDS", "1"))
ROWS = 25
PICTURES = 2
ROUNDS = 2  # what was refused, and what waits for its host, comes again
TABLE = "teks,tautan,waktu\n" + "".join(
    f"Lowongan kerja nomor {n} ke Taiwan,https://contoh.example/{n},2026-11-12 08:00\n" for n in range(ROWS)
)


def pictured() -> world.World:
    """One channel of six posts, two with a picture."""
    grown = stream.grown(seed=11, channels=1, posts=6)
    ((name, place),) = grown.channels.items()
    posts = [
        replace(post, picture=("DIBUTUHKAN PERAWAT LANSIA", f"berangkat gelombang {number}")) if number < PICTURES else post
        for number, post in enumerate(place.posts)
    ]
    return world.World({name: replace(place, posts=tuple(posts))}, {})


SHOWN = pictured()
SERVED = stream.truth(SHOWN) | {("web", f"https://contoh.example/{n}"): f"Lowongan kerja nomor {n} ke Taiwan" for n in range(ROWS)}


class Refusing(site.Answers):
    """The first picture that is asked for is refused, and its host with it for a while."""

    refused: set[str] = set()

    def _picture(self, path: str) -> site.Reply:
        if self.refused:
            return super()._picture(path)
        self.refused.add(path)
        return site.Reply(503, "text/plain; charset=utf-8", b"Overloaded\n", {"Retry-After": "30"})


@pytest.fixture
def place(committed: None, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    one = site.Site(0, world.Showing(SHOWN, world.Anchor(datetime.now(UTC))))
    one.answers = Refusing(one.showing)
    thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    settings.STAND_INS = site.stand_ins(one.server_port, SHOWN)
    monkeypatch.setattr(imports, "CHUNK", 10)
    monkeypatch.setattr(imports, "WORK_SECONDS", 1e-9)  # a job brings in one piece
    monkeypatch.setattr(tasks, "HANDLERS", {"import": imports.run_job, "media": picturing.fetch_pictures})
    prepare.load(tmp_path / "world", served=SHOWN)
    factories.person(username="pengimpor")
    yield
    one.shutdown()
    thread.join()
    one.server_close()


def patrolled_and_read() -> None:
    """What comes before any job: the posts are kept and read by their words. Nothing stands in the log by then."""
    begun_anew(kept=(*KEPT, "patrol_pictureread"))  # reading pictures is slow, and what was read stays true
    Refusing.refused.clear()
    time_passes()
    for watch in models.Watch.objects.all():
        fetching.patrol_watch(watch.pk, now=timezone.now(), force=True)
    assert assessing.read_due(now=timezone.now(), limit=50).read == 6
    assert not models.AuditEntry.objects.exists()


def worked(process: points.Process, key: uuid.UUID) -> None:
    """The person sends the file, again and again under one key as their browser does; one sweep and everything it rings for."""
    time_passes()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_job SET lease_until = clock_timestamp() WHERE lease_until IS NOT NULL")
        cursor.execute("UPDATE patrol_job SET due_at = clock_timestamp(), attempts = LEAST(attempts, 1)")
    models.HostPace.objects.all().delete()
    models.Watch.objects.update(due_at=None)
    with tempfile.TemporaryFile() as file:
        file.write(TABLE.encode())
        file.flush()
        by = models.Person.objects.get(username="pengimpor")
        imports.take(content=file, name="berkas.csv", format_name="table", options=shape.Options(), key=key, by=by, now=timezone.now())
    tasks.sweep.run()
    process.work()


def complaints(settings: Any) -> list[str]:
    return checker.complaints(connection, settings.EVIDENCE_DIR, SERVED)


def brought_in() -> tuple[Any, ...]:
    """Of the one import: items, new, changed, repeated, bad, and what the log says beside its seals of what was kept."""
    one = models.Intake.objects.get()
    written = [entry.verb for entry in models.AuditEntry.objects.exclude(verb=sealing.VERB).order_by("seq")]
    return one.items, one.posts_new, one.posts_changed, one.posts_repeated, one.bad, written


def test_the_points_jobs_are_known_by_are_among_those_read_from_the_code() -> None:
    assert {
        "after jobs.claim",
        "after jobs.hold",
        "before jobs.finish",
        "after jobs.finish",
        "after jobs.fail",
        "after jobs.put_off",
        "before picturing.keep",
        "after custody.capture_file",
        "after imports._chunk",
        "before imports._ended",
        "after storing.store",
    } <= set(points.JOB_POINTS)


def test_what_is_passed_by_is_still_called() -> None:
    called = {points._named(function) for one in points.JOBS_FOLLOWED for *_, function in points._calls(one)}
    assert points.JOBS_PASSED_BY.keys() <= called


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_death_at_any_point_of_a_job_costs_time_and_nothing_else(
    place: None, settings: Any, monkeypatch: pytest.MonkeyPatch, seed: Any
) -> None:
    chance = random.Random(seed)
    process = points.Process(monkeypatch, points.JOB_STEPS)
    waiting = list(points.JOB_POINTS)
    chance.shuffle(waiting)
    while waiting:
        process.arm("", 0)
        process.waiting.clear()
        patrolled_and_read()
        process.waiting.clear()
        key = uuid.UUID(int=chance.getrandbits(128))
        fresh = True
        while waiting:
            point = waiting[0]
            process.arm(point, 1 if fresh else chance.randint(1, 3))
            try:
                for _ in range(ROUNDS):
                    worked(process, key)
            except BaseException:  # on its way up the death may meet an open transaction and change its name
                if not process.died:
                    raise
                connection.close()
                waiting.pop(0)
                fresh = False
                if chance.random() < 0.5:
                    process.waiting.clear()
            else:
                assert not process.died, f"outlived: {point}"
                assert not fresh, f"never reached: {point}"
                break
        process.arm("", 0)
        for _ in range(ROUNDS):
            worked(process, key)
        assert complaints(settings) == []
        assert log_complaints() == []
        assert brought_in() == (ROWS, ROWS, 0, 0, 0, ["import.taken", "import.ended"])
        assert models.Media.objects.filter(state="kept").count() == PICTURES
        assert len(Refusing.refused) == 1
