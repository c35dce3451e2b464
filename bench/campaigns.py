"""What a new post costs to be tied, with few and with many posts before it.

    python -m bench.campaigns [--sizes 5000,50000,200000] [--new 500]

One PostgreSQL of its own, with fsync. The posts before are laid in by SQL: each gives two contacts of a ring of about ten, and its text has
twenty bands; two of them are those of a template thousands share, which as many posts keep as `link_due` leaves there. One number is
that of a hotline in every tenth post. Then `--new` posts come, half of them into rings, and `campaigns.link_due` ties them in batches of
fifty. Counted are milliseconds of processor and of wall a post, medians of the batches, and buffers a post the database touched.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg2

from bench import ground

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
_LAY = """
INSERT INTO patrol_post (id, platform, external_id, url, origin, reply_to, thread, forward_of, posted_at_source, first_seen, last_seen,
    versions_count, text_key, attempts, quarantine_reason)
SELECT n, 'telegram', 'b/' || n, '', '', '', '', '', '', now(), now(), 1, md5(n::text), 0, '' FROM generate_series(%(low)s, %(high)s) n;
INSERT INTO patrol_postversion (id, post_id, number, capture_id, locator, seen_at, edited, content_key, commitment)
SELECT n, n, 1, %(capture)s, '', now(), false, md5(n::text), '' FROM generate_series(%(low)s, %(high)s) n;
INSERT INTO patrol_posttext (version_id, text, author, author_name, forward_name, links, media, unknown, salt)
SELECT n, 'Kerja ke negara ' || n || ' bagian ' || md5((n / 20)::text) || ' berangkat bersama rombongan ' || n || ' kumpul di rumah',
    '', '', '', '[]', '[]', '{}', '' FROM generate_series(%(low)s, %(high)s) n;
INSERT INTO patrol_linkedpost (post_id, campaign_id, joined_at, ways, follows, offered, text_bands, linked_at)
SELECT n, NULL, NULL, 2, false, '{}',
    CASE WHEN n <= 16 * 50 OR n > %(known)s THEN ARRAY[n %% 50, 100 + n %% 70] ELSE '{}' END
        || ARRAY(SELECT 1000 + ('x' || substr(md5((n / 3)::text || b), 1, 7))::bit(28)::int
                                           FROM generate_series(1, 18) b),
    %(linked)s FROM generate_series(%(low)s, %(high)s) n;
INSERT INTO patrol_postmark (post_id, kind, key, void)
SELECT n, kind, md5(kind || (CASE WHEN n > %(known)s AND n %% 2 = 0 THEN -n ELSE n %% greatest(%(known)s / 10, 1) END)::text), false
FROM generate_series(%(low)s, %(high)s) n, unnest(ARRAY['phone', 'account']) kind
UNION ALL SELECT n, 'phone', md5('hotline'), false FROM generate_series(%(low)s, %(high)s) n WHERE n %% 10 = 0;
ANALYZE patrol_post, patrol_postversion, patrol_posttext, patrol_linkedpost, patrol_postmark;
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", default="5000,50000,200000")
    asked.add_argument("--new", type=int, default=500)
    given = asked.parse_args()
    costs = []
    with ground.servers_of_our_own() as (_folder, postgres, _valkey):
        for size in map(int, given.sizes.split(",")):
            one = _cost(postgres.superuser_url, size, given.new)
            costs.append(one)
            print(
                f"{size:>9,} posts before: {one.processor:.2f} ms of processor, {one.wall:.2f} of wall, "
                f"{one.buffers:.0f} buffers a new post; {one.joined} of {given.new} joined, {one.statements} statements a batch",
                flush=True,
            )
    first, last = costs[0], costs[-1]
    print(f"the last to the first: processor {last.processor / first.processor:.2f}, buffers {last.buffers / first.buffers:.2f}")


@dataclass(frozen=True, slots=True)
class Cost:
    processor: float  # ms a post, of this process and of the database's; medians of the batches
    wall: float
    buffers: float
    joined: int
    statements: int


def _cost(superuser: str, size: int, new: int) -> Cost:
    from django.db import connection  # noqa: PLC0415  Django is set up by the servers
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from patrol import campaigns  # noqa: PLC0415

    database = psycopg2.connect(superuser)
    database.autocommit = True
    with database.cursor() as cursor:
        # References to captures are not what is measured: foreign keys rest while the posts are laid in.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE patrol_post CASCADE")
        cursor.execute("TRUNCATE patrol_campaign CASCADE")
        capture = "00000000-0000-0000-0000-000000000001"
        # Filling the bands' index row by row would take longer than all else.
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'linked_post_bands'")
        [(made,)] = cursor.fetchall()
        cursor.execute("DROP INDEX linked_post_bands")
        cursor.execute(_LAY, {"low": 1, "high": size, "capture": capture, "linked": NOW, "known": size})
        cursor.execute(_LAY, {"low": size + 1, "high": size + new, "capture": capture, "linked": None, "known": size})
        cursor.execute(made)
        cursor.execute("VACUUM ANALYZE patrol_linkedpost")
        cursor.execute("VACUUM ANALYZE patrol_postmark")
        touched = _buffers(cursor)
        rows, joined, statements = [], 0, 0
        backend = _backend(connection)
        while True:
            with CaptureQueriesContext(connection) as seen:
                began = (time.perf_counter(), time.process_time() + _processor(backend))
                done = campaigns.link_due(now=NOW, limit=50)
                ended = (time.perf_counter(), time.process_time() + _processor(backend))
            if not done.posts:
                break
            rows.append([(after - before) * 1000 / done.posts for before, after in zip(began, ended, strict=True)])
            joined += done.joined
            statements = max(statements, len(seen))
        connection.close()  # what a session counted is told when it ends
        time.sleep(1)
        touched = _buffers(cursor) - touched
    database.close()
    wall, processor = (statistics.median(row[place] for row in rows[1:]) for place in (0, 1))
    return Cost(processor, wall, touched / new, joined, statements)


def _backend(connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _processor(process: int) -> float:
    """Seconds of processor a process has used, to a hundredth."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _buffers(cursor: Any) -> int:
    cursor.execute("SELECT sum(blks_hit + blks_read) FROM pg_stat_database WHERE datname = current_database()")
    return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
