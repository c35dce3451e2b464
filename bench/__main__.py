"""Posts per second of the whole way, beside the usual way of one task a post, in one run.

    python -m bench [--posts 1600] [--rounds 3]

How to read it. Both ways begin with the same fetched pages in hand and end when every post has its reading, licence check, findings,
sightings and flag in the database; network and the parsing of pages lie outside (their speed stands in a line of its own). Both
run in a real Celery worker of two processes over a real broker, on one PostgreSQL with fsync and synchronous_commit on, with the
same reading, check and rules, and leave the same rows: the run compares the counts and fails where they differ.

Whole way: `patrol.watch` for each of eight channels, a transaction a page of 20, then `patrol.read` in batches. Usual way: one
task a post, `update_or_create` and the ORM, one transaction a post (bench/usual.py). Rounds alternate, so that a busy machine
slows both; the ratio of the medians counts, posts per second only on your own machine. "Where the time goes" is one process
working alone, without the broker: the sum is what one post costs, and reading bounds what batching can win.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import psycopg2
import redis

from bench import ground, pages
from example import processes, world
from patrol import domain
from patrol.sources import telegram

PROCESSES = 2  # as `make run`
LONGEST = 900.0  # seconds of one round
KEPT = (
    "patrol_office",
    "patrol_person",
    "patrol_watch",
    "patrol_registeredition",
    "patrol_agency",
    "patrol_standing",
    "patrol_licence",
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "patrol_heartbeat",
    "patrol_auditentry",
    "patrol_loghead",
    "patrol_credential",
)
COMPARED = (
    "post",
    "postversion",
    "posttext",
    "seen",
    "capture",
    "reading",
    "readingclaims",
    "licencecheck",
    "finding",
    "indicator",
    "sighting",
    "flag",
    "flagevent",
)


class Bench:
    def __init__(self, folder: Path, postgres: ground.Database) -> None:
        self.folder = folder
        self.postgres = postgres
        self.worker: subprocess.Popen[bytes] | None = None

    def sql(self, *statements: str) -> list[tuple[Any, ...]]:
        """As superuser; the rows of the last statement that has any."""
        connection = psycopg2.connect(self.postgres.superuser_url)
        connection.autocommit = True
        rows: list[tuple[Any, ...]] = []
        try:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                    if cursor.description:
                        rows = cursor.fetchall()
        finally:
            connection.close()
        return rows

    def rest(self) -> None:
        """Waits until the worker has nothing left to do. A round is over when its last post is flagged; what is rung for then, linking and
        words, still writes, and would meet the emptying of its tables half-way."""
        from patrol.celery import app  # noqa: PLC0415
        from patrol.frame import health  # noqa: PLC0415 -- Django is set up by now

        worker = app.control.inspect(timeout=2.0)
        busy = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'sipatrol_app' AND state <> 'idle'"

        def resting() -> bool:
            with redis.Redis.from_url(health.plain(os.environ["BROKER_URL"])) as broker:
                waiting = broker.llen("celery")
            at_work = [one.values() for one in (worker.active(), worker.reserved()) if one]
            answered = len(at_work) == 2
            return waiting == 0 and answered and not any(map(any, at_work)) and self.sql(busy)[0][0] == 0

        self.until(resting, "The worker's rest")

    def empty(self) -> None:
        """Back to a register and watches that never ran; the log written out, so that no round pays for the one before."""
        kept = ", ".join(f"'{name}'" for name in KEPT)
        listed = self.sql(
            f"SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ({kept})"
        )
        self.sql(
            "SET session_replication_role = replica",
            f"TRUNCATE {listed[0][0]} RESTART IDENTITY",
            "UPDATE patrol_watch SET cursor = '{}', lease_token = NULL, lease_until = NULL, due_at = clock_timestamp()",
            "CHECKPOINT",
        )
        shutil.rmtree(self.folder / "evidence", ignore_errors=True)  # bytes that are there already are not written again

    def counts(self) -> dict[str, int]:
        return {name: int(self.sql(f"SELECT count(*) FROM patrol_{name}")[0][0]) for name in COMPARED}

    @contextmanager
    def working(self, *options: str) -> Iterator[None]:
        log = self.folder / "worker.log"
        command = ("-m", "celery", "-A", "bench.app:app", "worker", "--concurrency", str(PROCESSES), "-l", "WARNING")
        with log.open("ab") as file:
            self.worker = subprocess.Popen(
                [sys.executable, *command, "--without-gossip", "--without-mingle", *options],
                cwd=Path(__file__).resolve().parent.parent,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
                preexec_fn=processes.die_with_parent(signal.SIGKILL),  # noqa: PLW1509 -- system calls only
            )
        try:
            yield
        finally:
            processes.stop_process(self.worker, (signal.SIGTERM, 20.0))

    def until(self, done: Callable[[], bool], what: str) -> float:
        """Seconds until it holds, by looking every 20 ms. A task that failed ends the bench: its posts would be waited for in vain."""
        began = time.perf_counter()
        log = self.folder / "worker.log"
        while not done():
            assert self.worker is not None
            failed = b'"level": "ERROR"' in log.read_bytes()
            if failed or self.worker.poll() is not None or time.perf_counter() - began > LONGEST:
                raise SystemExit(f"{what} did not come about:\n{processes.last_lines(log, 30)}")
            time.sleep(0.02)
        return time.perf_counter() - began


def rang(task: str, watches: list[int]) -> None:
    from patrol.celery import app  # noqa: PLC0415

    for watch in watches:
        app.send_task(task, args=[watch])


def measured(bench: Bench, task: str, watches: list[int], posts: int, *options: str) -> float:
    """Posts per second of one round. The worker is warm: it has the register's index and has read a few posts."""
    with bench.working(*options):
        connection = psycopg2.connect(bench.postgres.superuser_url)
        connection.autocommit = True
        cursor = connection.cursor()

        def read(wanted: int) -> bool:
            # A post counts when the transaction with its flag is committed: reading and flag come in one.
            cursor.execute("SELECT count(*) FROM patrol_reading")
            return cursor.fetchall() == [(wanted,)]

        few = watches[:1]
        size = posts // len(watches)
        bench.rest()
        for _ in range(PROCESSES):
            bench.empty()
            rang(task, few)
            bench.until(lambda: read(size), "The warming up")
            bench.rest()
        bench.empty()
        rang(task, watches)
        seconds = bench.until(lambda: read(posts), "A round")
        connection.close()
    return posts / seconds


def where_the_time_goes(watches: list[int], posts: int) -> list[tuple[str, float]]:
    """(part, seconds a post) of the whole way in this process, alone."""
    from django.utils import timezone  # noqa: PLC0415 -- Django is set up by now

    from patrol.engine import assess, licences, reading  # noqa: PLC0415
    from patrol.evidence import raw  # noqa: PLC0415
    from patrol.pipeline import assessing, claiming, fetching, flagging, keeping  # noqa: PLC0415

    spent: dict[str, float] = {}

    def timed(module: Any, name: str, part: str) -> None:
        real = getattr(module, name)

        def run(*given: Any, **named: Any) -> Any:
            began = time.perf_counter()
            try:
                return real(*given, **named)
            finally:
                spent[part] = spent.get(part, 0.0) + time.perf_counter() - began

        setattr(module, name, run)
        undone.append((module, name, real))

    undone: list[tuple[Any, str, Any]] = []
    timed(raw, "put", "raw bytes on disk")
    timed(fetching, "patrol_watch", "fetching in all")
    timed(reading, "read_many", "reading")
    timed(licences, "check", "licence check")
    timed(assess, "assess", "assessing in all")
    timed(keeping, "_judged", "persisting in all")
    timed(flagging, "raise_flags", "of that, flags")
    timed(assessing, "read_due", "batches in all")
    claiming.current_book()  # built once per process and edition, not once a post
    try:
        for watch in watches:
            fetching.patrol_watch(watch, now=timezone.now(), force=True)
        while assessing.read_due(now=timezone.now(), limit=500).read:
            pass
    finally:
        for module, name, real in undone:
            setattr(module, name, real)
    put, fetch = spent["raw bytes on disk"], spent["fetching in all"]
    read, check = spent["reading"], spent["licence check"]
    keep, flags = spent["persisting in all"], spent["of that, flags"]
    rest = spent["batches in all"] - spent["assessing in all"] - keep
    parts = [
        ("storing: raw bytes on disk", put),
        ("storing: posts, versions, cursor", fetch - put),
        ("reading", read),
        ("licence check", check),
        ("rules and score", spent["assessing in all"] - read - check),
        ("persisting: readings, checks, sightings", keep - flags),
        ("persisting: flags", flags),
        ("claiming, committing", rest),
    ]
    return [(name, seconds / posts) for name, seconds in parts]


class OnePage:
    """What a source of pages needs of a `domain.Fetcher`: the newest page of the channel asked for."""

    @staticmethod
    def get(url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> domain.RawAnswer:
        return pages.pages()[url.rpartition("/")[2].partition("?")[0]][0].answer


def parsing() -> float:
    """Posts per second of parsing Telegram-shaped pages, one process."""
    began, parsed = time.perf_counter(), 0
    for channel in pages.pages():
        ask = domain.Ask(query=channel, cursor={}, now=datetime.now(UTC), max_pages=1)
        parsed += sum(len(page.posts) for page in telegram.fetch(ask, cast("domain.Fetcher", OnePage())))
    return parsed / (time.perf_counter() - began)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--posts", type=int, default=1600, help="posts of one round (default 1600)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each way (default 3)")
    asked = parser.parse_args()
    os.environ["BENCH_POSTS"] = str(asked.posts)
    served: world.World = pages.served()
    posts = sum(len(place.posts) for place in served.places)
    with ground.servers_of_our_own() as (folder, postgres, _valkey):
        ground.load(folder, served)
        bench = Bench(folder, postgres)
        watches = [row[0] for row in bench.sql("SELECT id FROM patrol_watch ORDER BY id")]
        durable = bench.sql("SELECT current_setting('fsync'), current_setting('synchronous_commit'), version()")[0]
        print(f"{posts} invented posts, {len(pages.pages()[served.places[0].name])} pages a channel, {len(watches)} channels; ", end="")
        print(f"{PROCESSES} worker processes; {durable[2].split(' on ')[0]}, fsync {durable[0]}, synchronous_commit {durable[1]}.")
        rates: dict[str, list[float]] = {"whole": [], "usual": []}
        rows: dict[str, dict[str, int]] = {}
        for number in range(asked.rounds):
            for way, task, options in (("whole", "patrol.watch", ()), ("usual", "usual.watch", ("--prefetch-multiplier", "4"))):
                rates[way].append(measured(bench, task, watches, posts, *options))
                rows[way] = bench.counts()
                print(f"  round {number + 1}, {way} way: {rates[way][-1]:,.0f} posts/s", flush=True)
        if rows["whole"] != rows["usual"]:
            print(f"The two ways left different rows:\n  whole {rows['whole']}\n  usual {rows['usual']}")
            return 1
        whole, usual = (statistics.median(rates[way]) for way in ("whole", "usual"))
        print(f"\n{'':34}{'median':>10}{'lowest':>10}{'highest':>10}   posts/s, {asked.rounds} rounds")
        for way, name in (("whole", "whole way, in batches"), ("usual", "usual way, one task a post")):
            print(f"{name:34}{statistics.median(rates[way]):>10,.0f}{min(rates[way]):>10,.0f}{max(rates[way]):>10,.0f}")
        print(f"{'ratio of the medians':34}{whole / usual:>10.1f}")
        print(f"\nThe same rows came out of both: {', '.join(f'{count} {name}' for name, count in rows['whole'].items())}.")
        bench.empty()
        parsed = parsing()
        from bench import app  # noqa: F401, PLC0415 -- the pages stand in for the network in this process too

        parts = where_the_time_goes(watches, posts)
        total = sum(seconds for _name, seconds in parts)
        print("\nWhere the time goes, one process alone:")
        for name, seconds in parts:
            print(f"  {name:42}{seconds * 1e6:>8.0f} µs a post{seconds / total:>7.0%}")
        print(f"  {'together':42}{total * 1e6:>8.0f} µs a post, {1 / total:,.0f} posts/s")
        print(f"\nOutside of both: parsing Telegram-shaped pages, {parsed:,.0f} posts/s in one process.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
