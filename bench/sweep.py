"""A sweep over a full database with nothing to do: milliseconds of each of its steps.

    python -m bench.sweep [--posts 1000000] [--flags 100000] [--rounds 31] [--keep FOLDER]

The database is filled as for the desk (bench/filled.py), with the settings an office has. First it is brought to rest: sweeps, until no
step of one finds anything to do, every record and text sealed. What is printed are medians of the sweeps after that, and the best of each,
which a busy machine spoils less; beside them stands the processor time of a sweep in this process and the database together, which it
hardly spoils. Wall clock, on one connection, without a broker's answer: a step that finds nothing rings for nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import time
from pathlib import Path

import psycopg2

from bench import desk, ground

SETTLING = 1_000  # sweeps at most until nothing is left to do
# What is gone through in the order of its ids, some rows a sweep: work of days.
GONE_THROUGH = {
    "words": "patrol_reading",
    "pages": "patrol_decision",
    "second": "patrol_decision",
    "profiles": "patrol_flagevent",
    "told flags": "patrol_flagevent",
    "told notices": "patrol_notice",
    "told draws": "patrol_draw",
    "told differences": "patrol_review",
}


def swept() -> dict[str, tuple[float, int]]:
    """Step -> milliseconds it took in one sweep, and how much it found to do."""
    from patrol import tasks  # noqa: PLC0415 -- models load after Django is set up

    taken = {}
    for name, step in tasks.STEPS:
        began = time.perf_counter()
        found = step()
        taken[name] = ((time.perf_counter() - began) * 1000, found)
    return taken


def rest(superuser_url: str) -> int:
    """Ends what workers would do in days, sweeps until no step finds anything, and clears up behind it as autovacuum would.

    Returns the sweeps. Raises SystemExit where they do not come to rest.
    """
    from patrol import tasks  # noqa: PLC0415

    with contextlib.closing(psycopg2.connect(superuser_url)) as owner:
        owner.autocommit = True
        with owner.cursor() as cursor:
            for name, table in GONE_THROUGH.items():
                cursor.execute(
                    f"INSERT INTO patrol_reached SELECT %s, max(id) FROM {table}"
                    " ON CONFLICT (name) DO UPDATE SET row = GREATEST(patrol_reached.row, EXCLUDED.row)",
                    [name],
                )
            for number in range(1, SETTLING + 1):
                found = {name: count for name, (_taken, count) in swept().items() if count}
                if not found:
                    cursor.execute("VACUUM ANALYZE")
                    cursor.execute("CHECKPOINT")
                    return number
                if found.get("links"):
                    tasks.link_posts.run()
                cursor.execute("UPDATE patrol_post SET due_at = NULL WHERE due_at IS NOT NULL")
                cursor.execute("UPDATE patrol_watch SET due_at = now() + interval '1 day' WHERE due_at <= now()")
                cursor.execute("UPDATE patrol_job SET state = 'done', ended_at = now() WHERE state = 'waiting'")
    raise SystemExit(f"After {SETTLING} sweeps there is still something to do: {found}.")


def backend() -> int:
    """The process of the database that answers the sweeps."""
    from django.db import connection  # noqa: PLC0415 -- models load after Django is set up

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def ran_ms(pid: int) -> float:
    """Milliseconds a process has run. Its children are left out: those that end meanwhile (a vacuum) would take theirs away."""
    return sum(int((task / "schedstat").read_text().split()[0]) for task in Path(f"/proc/{pid}/task").iterdir()) / 1e6


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.sweep", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--flags", type=int, default=100_000)
    parser.add_argument("--fill-seconds", type=float, default=900, help="to fill the database at most")
    parser.add_argument("--rounds", type=int, default=31)
    parser.add_argument("--keep", type=Path, help="folder in which the filled database stays")
    asked = parser.parse_args()
    with ground.servers_of_our_own(asked.keep) as (folder, postgres, _valkey):
        desk.prepared(folder, postgres, asked.posts, asked.flags, asked.fill_seconds)
        print(f"At rest after {rest(postgres.superuser_url)} sweeps.", flush=True)
        swept()  # the connection is new, and its first plans are
        counted = (os.getpid(), backend())
        before = sum(map(ran_ms, counted))
        rounds = [swept() for _ in range(asked.rounds)]
        spent = (sum(map(ran_ms, counted)) - before) / asked.rounds
    assert not any(found for one in rounds for _taken, found in one.values())
    taken = {name: [one[name][0] for one in rounds] for name in rounds[0]}
    for name, times in taken.items():
        print(f"{name:24} {statistics.median(times):8.2f} ms ({min(times):.2f} at best)")
    sums = (sum(map(statistics.median, taken.values())), sum(map(min, taken.values())))
    print(f"{'sum of all steps':24} {sums[0]:8.2f} ms ({sums[1]:.2f} at best)")
    print(f"{'processor, a sweep':24} {spent:8.2f} ms")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
