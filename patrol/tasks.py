"""Door 1: Celery. One call per task; safe to run twice; a lost message is a delay."""

from __future__ import annotations

import logging
import time

from django.conf import settings
from django.db import connection
from django.utils import timezone

from patrol import pipeline, recheck
from patrol.celery import app
from patrol.pipeline import assessing, fetching

log = logging.getLogger(__name__)


def _alive(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO patrol_heartbeat (name, at) VALUES (%s, clock_timestamp())"
            " ON CONFLICT (name) DO UPDATE SET at = clock_timestamp()",
            [name],
        )


@app.task(name="patrol.beat_alive")
def beat_alive() -> None:
    """Only beat sends this: that it arrives shows beat, broker and worker at once."""
    _alive("beat")


@app.task(name="patrol.sweep")
def sweep() -> None:
    """Rings for everything that is due. Sent by beat, and once by whoever starts the product."""
    _alive("worker")
    recheck.mark(now=timezone.now())
    waiting = pipeline.due()
    for watch_id in waiting.watches:
        patrol_watch.delay(watch_id)
    if waiting.posts:
        read_posts.delay()


@app.task(name="patrol.watch")
def patrol_watch(watch_id: int) -> None:
    done = fetching.patrol_watch(watch_id, now=timezone.now())
    if done and (done.new or done.changed):
        read_posts.delay()


@app.task(name="patrol.read")
def read_posts() -> None:
    """Reads until nothing is due; a long backlog is handed on before the time limit would cut a batch in two."""
    handed_on = time.monotonic() + settings.CELERY_TASK_SOFT_TIME_LIMIT / 2
    while assessing.read_due(now=timezone.now(), limit=settings.READ_BATCH).read:
        _alive("worker")
        if time.monotonic() > handed_on:
            read_posts.delay()
            return
