"""A sweep over a full database with nothing to do: milliseconds of each of its steps.

    python -m bench.sweep [--posts 1000000] [--flags 100000] [--rounds 9] [--keep FOLDER]

The database is filled as for the desk (bench/filled.py), with the settings an office has. The first rounds do what a full database leaves
to be done (jobs for pages and profiles, samples); what is printed are medians of the rounds after that, when everything rests. Wall
clock, on one connection, without a broker's answer: a step that finds nothing rings for nothing.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

from bench import desk, ground

SETTLING = 400  # sweeps at most until nothing is left to do


def timed() -> dict[str, float]:
    """Step -> milliseconds of one sweep."""
    from patrol import tasks  # noqa: PLC0415 -- models load after Django is set up

    taken = {}
    for name, step in tasks.STEPS:
        began = time.perf_counter()
        step()
        taken[name] = (time.perf_counter() - began) * 1000
    return taken


def rest() -> int:
    """Ends what is due by its rows, as workers and sweeps would in days, and sweeps until nothing new is asked for. Returns the sweeps."""
    from django.db import connection  # noqa: PLC0415

    from patrol import models  # noqa: PLC0415

    jobs = -1
    with connection.cursor() as cursor:
        for name, table in (
            ("words", "patrol_reading"),
            ("pages", "patrol_decision"),
            ("profiles", "patrol_flagevent"),
        ):
            cursor.execute(
                f"INSERT INTO patrol_reached SELECT %s, max(id) FROM {table} ON CONFLICT (name) DO UPDATE SET row = EXCLUDED.row",
                [name],
            )
    for number in range(SETTLING):
        timed()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE patrol_post SET due_at = NULL WHERE due_at IS NOT NULL")
            cursor.execute("UPDATE patrol_watch SET due_at = now() + interval '1 day'")
            cursor.execute("UPDATE patrol_job SET state = 'done', ended_at = now() WHERE state = 'waiting'")
        made = models.Job.objects.count()
        if made == jobs:
            return number
        jobs = made
    return SETTLING


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
        print(f"At rest after {rest()} sweeps.", flush=True)
        rounds = [timed() for _ in range(asked.rounds)]
    sums = [sum(one.values()) for one in rounds]
    for name in rounds[0]:
        print(f"{name:24} {statistics.median(one[name] for one in rounds):8.2f} ms")
    print(f"{'whole sweep':24} {statistics.median(sums):8.2f} ms ({min(sums):.2f} at best)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
