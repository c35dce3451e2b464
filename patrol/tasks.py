"""Door 1: Celery. One call per task; safe to run twice; a lost message is a delay."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from typing import Any

from celery.beat import PersistentScheduler
from celery.signals import heartbeat_sent
from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connection
from django.utils import timezone
from django.utils.module_loading import import_string

from patrol import campaigns, pipeline, search, telling
from patrol.access import consulting, duties
from patrol.campaigns import proposing
from patrol.cases import card_files, clock, coming_back, documents, erasures, growing, rechecks, sending
from patrol.cases.peers import telling as peers_telling
from patrol.celery import app
from patrol.changes import sending as webhook_sending
from patrol.evidence import erasing, sealing
from patrol.evidence.anchors import making, stamping
from patrol.infra import clearing, jobs, locks
from patrol.intake import imports
from patrol.outgoing import anchor_mail, mailing, resets
from patrol.pipeline import assessing, fetching, picturing
from patrol.preserving import copies, links, page_stamps, pages, profiles, short_links
from patrol.register import recheck
from patrol.retention import running
from patrol.search import case_words, kept_filters
from patrol.telling import account, listening
from patrol.triage import bulk, quality, tallies

log = logging.getLogger(__name__)

# Who does which kind of job; a kind that is not listed here waits.
HANDLERS: dict[str, jobs.Handler] = {
    "account": account.carry_out,
    "anchor": making.carry_out,
    "anchor_mail": anchor_mail.carry_out,
    "bulk": bulk.run_job,
    "card": card_files.keep,
    "dispatch": mailing.carry_out,
    "forgotten": resets.carry_out,
    "import": imports.run_job,
    "letter": documents.keep,
    "link": links.keep,
    "mail": sending.carry_out,
    "media": picturing.fetch_pictures,
    "page": pages.keep,
    "page_stamp": page_stamps.carry_out,
    "pairing": listening.look,
    "profile": profiles.keep,
    "short_link": short_links.keep,
    "time_stamp": stamping.carry_out,
    "webhook": webhook_sending.carry_out,
}

SHOWN_SECONDS = 15.0  # between two signs of life of a worker; health.py calls 90 seconds of silence down


def _alive(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO patrol_heartbeat (name, at) VALUES (%s, clock_timestamp())"
            " ON CONFLICT (name) DO UPDATE SET at = clock_timestamp()",
            [name],
        )


def _says_alive(name: str) -> None:
    """From a process that is more than its tasks: on a connection it does not keep, and never at the price of its work."""
    try:
        _alive(name)
    except Error as error:
        log.warning("no sign of life", extra={"part": name, "error": type(error).__name__})
    finally:
        connection.close()


class Beat(PersistentScheduler):
    """Beat, showing its own life: a dead worker must not look like a dead beat, nor the other way round."""

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        _says_alive("beat")
        return super().tick(*args, **kwargs)


class _Shown:
    """When this process last said that it lives (its own clock, seconds)."""

    at = -math.inf


@heartbeat_sent.connect
def _worker_alive(**_: Any) -> None:
    """Celery calls this every two seconds in the worker's main process, busy or idle, with beat or without."""
    if time.monotonic() - _Shown.at > SHOWN_SECONDS:
        _Shown.at = time.monotonic()
        _says_alive("worker")


@app.task(name="patrol.sweep")
def sweep() -> None:
    """Rings once for all that is due. Sent by beat, and once by whoever starts the product.

    A step that raises is logged by its name and holds up no other: what it marks is found by the next sweep. Only a database that is away
    ends the sweep, for then no step can find anything.
    """
    for name, step in STEPS:
        try:
            step()
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("a step of the sweep failed", extra={"step": name})


def _draw() -> int:
    drawn = quality.draw(now=timezone.now())
    return drawn.low + drawn.second


def _ring_for_the_way() -> int:
    """Watches, posts, pictures and jobs."""
    waiting = pipeline.due(tuple(HANDLERS))
    for watch_id in waiting.watches:
        patrol_watch.delay(watch_id)
    if waiting.posts:
        read_posts.delay()
    if waiting.pictured:
        read_pictures.delay()
    if waiting.jobs:
        run_jobs.delay()
    return len(waiting.watches) + waiting.posts + waiting.pictured + waiting.jobs


def _ring_for_links() -> int:
    if waiting := campaigns.due():
        link_posts.delay()
    return waiting


def _ring_for_words() -> int:
    now = timezone.now()
    waits = search.due(now=now) + case_words.due(now=now)
    if waits:
        keep_words.delay()
    return waits


def _ring_for_erased() -> int:
    if waits := erasing.due():
        remove_erased.delay()
    return waits


def _ring_for_copies() -> int:
    if waits := copies.due(now=timezone.now()):
        look_at_copies.delay()
    return int(waits)


def _ring_for_old() -> int:
    if waits := running.due_tonight(now=timezone.now()):
        let_old_go.delay()
    return int(waits)


def _keep_tallies() -> int:
    folded = tallies.fold()
    if waits := tallies.due(now=timezone.now()):
        compare_tallies.delay()
    return folded + waits


def _named(step: str) -> Callable[[], int]:
    """A step of a higher floor, by its name."""
    return lambda: int(import_string(step)(now=timezone.now()))


def _seal() -> int:
    return sealing.seal(now=timezone.now()) if sealing.due() else 0


# In this order: what is marked is rung for in the same sweep. Each says how much it found to do; where that is nothing, it has asked what
# its line in tests/test_tasks.py counts, and nothing that grows with what is kept.
STEPS: tuple[tuple[str, Callable[[], int]], ...] = (
    ("recheck", lambda: recheck.mark(now=timezone.now())),
    ("imports", lambda: imports.mark(now=timezone.now())),
    ("pages", lambda: pages.mark(now=timezone.now())),
    ("page stamps", lambda: page_stamps.mark(now=timezone.now())),
    ("profiles", lambda: profiles.mark(now=timezone.now())),
    ("short links", lambda: short_links.mark(now=timezone.now())),
    ("rechecks", lambda: rechecks.mark(now=timezone.now())),
    ("quality", _draw),
    ("erasures", lambda: erasures.run_out(now=timezone.now())),
    ("duties", lambda: duties.end_due(now=timezone.now())),
    ("clocks", lambda: clock.keep(now=timezone.now())),
    ("cases", lambda: growing.tell(now=timezone.now())),
    ("again", lambda: coming_back.tell(now=timezone.now())),
    ("mergers", lambda: proposing.tell(now=timezone.now())),
    ("peers", lambda: peers_telling.tell(now=timezone.now())),
    *((name, _named(step)) for name, step in settings.SWEEP_STEPS.items()),
    ("anchors", lambda: making.mark(now=timezone.now())),
    ("told", lambda: telling.tell(now=timezone.now())),
    ("webhooks", lambda: webhook_sending.mark(now=timezone.now())),
    ("way", _ring_for_the_way),
    ("links", _ring_for_links),
    ("words", _ring_for_words),
    ("erased", _ring_for_erased),
    ("seals", _seal),
    ("consulted", lambda: consulting.keep(now=timezone.now())),
    ("copies", _ring_for_copies),
    ("tallies", _keep_tallies),
    ("old", _ring_for_old),
    ("cleared", lambda: clearing.clear(now=timezone.now())),
)


@app.task(name="patrol.words")
def keep_words() -> None:
    """What was read or written since, into the words that cases and posts are searched by: cases first, of which there are few;
    and notices of cases that newly fit a filter somebody keeps."""
    handed_on = time.monotonic() + settings.CELERY_TASK_SOFT_TIME_LIMIT / 4
    limit = settings.READ_BATCH
    while kept_filters.follow(now=timezone.now(), limit=limit) or search.fill(now=timezone.now(), limit=limit):
        if time.monotonic() > handed_on:
            keep_words.delay()
            return


@app.task(name="patrol.remove_erased")
def remove_erased() -> None:
    """The files of erased posts, off the disk."""
    erasing.remove_due(now=timezone.now())


@app.task(name="patrol.copies")
def look_at_copies() -> None:
    """Some of the preserved copies, in one process of all workers; the sweep rings again while it is night and any are left."""
    with locks.only_one("copies") as alone:
        if alone and copies.due(now=timezone.now()):
            copies.look(now=timezone.now())


@app.task(name="patrol.retention")
def let_old_go() -> None:
    """Some of what is older than its time, in one process of all workers; the sweep rings again while it is night and any is left."""
    with locks.only_one("retention") as alone:
        if alone and running.due_tonight(now=timezone.now()):
            running.nightly(now=timezone.now())


@app.task(name="patrol.tallies")
def compare_tallies() -> None:
    """What is kept of each day beside what the events say, in one process of all workers, once a night."""
    with locks.only_one("tallies") as alone:
        if alone and tallies.due(now=timezone.now()):
            tallies.compare(now=timezone.now())


@app.task(name="patrol.watch")
def patrol_watch(watch_id: int) -> None:
    """One run: of the watch rung for, or of the one that goes before it; the other is rung for again by the next sweep."""
    urgent = pipeline.ahead_of(watch_id)
    done = fetching.patrol_watch(urgent, now=timezone.now()) if urgent else None
    done = done or fetching.patrol_watch(watch_id, now=timezone.now())
    if done and (done.new or done.changed):
        read_posts.delay()
        if pipeline.due(tuple(HANDLERS)).jobs:
            run_jobs.delay()


@app.task(name="patrol.read")
def read_posts() -> None:
    """Reads until nothing is due; a long backlog is handed on before the time limit would cut a batch in two."""
    handed_on = time.monotonic() + settings.CELERY_TASK_SOFT_TIME_LIMIT / 2
    while (done := assessing.read_due(now=timezone.now(), limit=settings.READ_BATCH)).read or done.quarantined:
        if time.monotonic() > handed_on:
            read_posts.delay()
            return
    if campaigns.due():
        link_posts.delay()


@app.task(name="patrol.link")
def link_posts() -> None:
    """Ties posts that were read until none waits. One process at a time: a second one would only wait for the first."""
    handed_on = time.monotonic() + settings.CELERY_TASK_SOFT_TIME_LIMIT / 4
    with locks.only_one("links") as alone:
        while alone and campaigns.link_due(now=timezone.now()) != campaigns.Tied():
            if time.monotonic() > handed_on:
                link_posts.delay()
                return


PICTURES_AT_ONCE = 20.0  # seconds; then whoever waited for this process gets its turn


@app.task(name="patrol.pictures")
def read_pictures() -> None:
    """Reads posts with their pictures, in one process of all workers: the others stay free for texts."""
    handed_on = time.monotonic() + PICTURES_AT_ONCE
    with locks.only_one("pictures") as alone:
        if not alone:
            return
        while (done := assessing.read_pictured(now=timezone.now())).read or done.quarantined:
            if time.monotonic() > handed_on:
                read_pictures.delay()
                return


@app.task(name="patrol.jobs")
def run_jobs() -> None:
    """Does jobs until none is due, or hands on before the time limit would cut one in two."""
    handed_on = time.monotonic() + settings.CELERY_TASK_SOFT_TIME_LIMIT / 4
    done = 0
    while jobs.run(HANDLERS, now=timezone.now()):
        done += 1
        if time.monotonic() > handed_on:
            run_jobs.delay()
            break
    if done and pipeline.due().pictured:
        read_pictures.delay()
