"""The whole way under faults: worker, broker and database are killed at random while a busy world is patrolled, then all is counted.

    SOAK_MINUTES=10 SOAK_SEED=1 python -m bench.soak

Every few seconds one fault, chosen and timed by the seed, which is printed: the worker or one of its processes killed, beat killed,
Valkey emptied, Valkey killed and back empty, PostgreSQL crashed and recovering, every message sent three times. Meanwhile the site
publishes new posts. At every fault no cursor may be ahead of its posts. After the last fault the system is left alone until it
has caught up (HEAL_SECONDS at most), then the checker of the tests looks at everything. Exit code 1 where it complains. Seed and
faults repeat; the moments at which processes were hit do not, so a failure may need several runs.
"""

from __future__ import annotations

import collections
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
from celery import Celery

from bench import checker, ground, stream
from patrol.infra import wall
from tests import stack

CHANNELS = 6
AT_FIRST = 100  # posts a channel shows from the start
A_SECOND = 2.0  # posts published meanwhile
BETWEEN = (1.0, 7.0)  # seconds from one fault to the next
HEAL_SECONDS = 240.0
LINE = 240  # characters of a log line that are shown


class Soak:
    def __init__(self, running: stack.Stack, postgres: ground.Database, valkey: stack.Broker, seed: int) -> None:
        self.running = running
        self.postgres = postgres
        self.valkey = valkey
        self.random = random.Random(seed)
        self.counted: collections.Counter[str] = collections.Counter()
        self.served = stream.truth(running.shown)
        self.watches = [row[0] for row in running.query("SELECT id FROM patrol_watch ORDER BY id")]
        self.ahead: list[str] = []

    # --- faults ---

    def worker_killed(self) -> None:
        self.running.kill("worker")
        self.running.start("worker")

    def process_killed(self) -> None:
        """One of the worker's processes; its parent makes a new one."""
        pid = self.running.children["worker"].pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if children:
            os.kill(int(self.random.choice(children)), signal.SIGKILL)

    def beat_killed(self) -> None:
        self.running.kill("beat")
        self.running.start("beat")

    def valkey_emptied(self) -> None:
        with self.running.valkey() as broker:
            broker.flushall()

    def valkey_killed(self) -> None:
        self.valkey.restart_empty()

    def postgres_crashed(self) -> None:
        self.postgres.restart_immediately()

    def messages_doubled(self) -> None:
        with Celery(broker=self.valkey.url) as knocker:
            for _ in range(3):
                for watch in self.watches:
                    knocker.send_task("patrol.watch", args=[watch])
                knocker.send_task("patrol.read")
                knocker.send_task("patrol.sweep")

    FAULTS: tuple[tuple[Callable[[Soak], None], int], ...] = (
        (worker_killed, 4),
        (process_killed, 4),
        (beat_killed, 1),
        (valkey_emptied, 2),
        (valkey_killed, 2),
        (postgres_crashed, 2),
        (messages_doubled, 2),
    )

    # --- the run ---

    def connected(self) -> Any:
        return closing(psycopg2.connect(self.postgres.app_url, options=wall.SEES_EVERYTHING))

    def torment(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        kinds, weights = zip(*self.FAULTS, strict=True)
        while time.monotonic() < end:
            time.sleep(self.random.uniform(*BETWEEN))
            fault = self.random.choices(kinds, weights)[0]
            fault(self)
            self.counted[fault.__name__.replace("_", " ")] += 1
            with self.connected() as connection:
                self.ahead += checker.cursors_ahead(connection, self.served)
            self.revive()

    def revive(self) -> None:
        """What ended by itself is started again, as a supervisor would; it is counted and told."""
        for part in [part for part, child in self.running.children.items() if child.poll() is not None]:
            self.counted[f"{part} ended by itself"] += 1
            last = self.running.told(part).strip().rpartition("\n")[2].strip()
            print(f"{part} ended by itself: {last[:LINE]}", flush=True)
            self.running.children.pop(part)
            self.running.start(part)

    def heal(self) -> float:
        """Seconds until everything published is kept and read, and every watch has had a good run since the last fault."""
        began = time.monotonic()
        since = self.running.query("SELECT clock_timestamp()")[0][0]
        while time.monotonic() - began < HEAL_SECONDS:
            self.revive()
            good = self.running.count(f"patrol_watch WHERE last_good_at > '{since.isoformat()}' AND lease_token IS NULL")
            kept = self.running.count("patrol_post") >= len(self.served)
            if good == len(self.watches) and kept and not self.running.count("patrol_post WHERE due_at IS NOT NULL"):
                break
            time.sleep(0.2)
        return time.monotonic() - began

    def report(self, seconds: float, healed: float) -> int:
        self.running.stop("beat", "worker")
        with self.connected() as connection:
            complaints = checker.complaints(connection, Path(self.running.environment["EVIDENCE_DIR"]), self.served)
            with connection.cursor() as cursor:
                cursor.execute("SELECT platform, external_id FROM patrol_post")
                kept = collections.Counter(cursor.fetchall())
        faults = ", ".join(f"{count} {name}" for name, count in sorted(self.counted.items()))
        doubled = sum(count - 1 for count in kept.values())
        rows = ", ".join(f"{self.running.count(f'patrol_{name}')} {name}" for name in ("fetch", "capture", "reading", "flag"))
        print(f"{seconds:.0f} seconds, {self.counted.total()} faults: {faults}.")
        print(f"Caught up {healed:.0f} seconds after the last one.")
        print(
            f"Posts: {len(self.served)} served, {len(kept)} kept, {len(self.served.keys() - kept.keys())} lost, {doubled} doubled; {rows}."
        )
        if self.ahead:
            complaints.append(f"cursors ahead of their posts in the middle of it: {sorted(set(self.ahead))[:5]}")
        for one in complaints:
            print(f"COMPLAINT {one}")
        if complaints:
            print(self.running.told("worker", "beat"))
        else:
            print("The checker complains of nothing.")
        return 1 if complaints else 0


def main() -> int:
    minutes = float(os.environ.get("SOAK_MINUTES") or 10)
    seed = int(os.environ.get("SOAK_SEED") or random.randrange(10**6))
    seconds = minutes * 60
    # All posts kept back are out by nine tenths of the time.
    held = max(1, int(seconds * A_SECOND / CHANNELS))
    size = {"seed": seed, "channels": CHANNELS, "posts": AT_FIRST + held, "held": held}
    arguments = tuple(word for name, value in size.items() for word in (f"--{name}", str(value)))
    print(f"Seed {seed}, {minutes:g} minutes. Again: SOAK_SEED={seed} SOAK_MINUTES={minutes:g} make soak", flush=True)
    with ground.servers_of_our_own() as (folder, postgres, valkey):
        running = stack.Stack(
            folder / "stack",
            started=("worker", "beat"),
            shown=stream.grown(**size),
            site_program=("-m", "bench.stream", *arguments, "--trickle", str(0.9 * seconds / (held * CHANNELS))),
            prepare=("-m", "bench.prepare", *arguments),
            environment={"READ_BATCH": "100"},
            broker_url=valkey.url,
        )
        with running:
            soak = Soak(running, postgres, valkey, seed)
            soak.torment(seconds)
            anchor = folder / "stack" / "world" / "anchor.json"
            running.wait_for(lambda: len(json.loads(anchor.read_text())["published"]) == held * CHANNELS, 60, "the last publication")
            return soak.report(seconds, soak.heal())


if __name__ == "__main__":
    sys.exit(main())
