"""What a new post costs to be tied, with few and with many posts before it.

    python -m bench.campaigns [--sizes 5000,50000] [--new 200]

One PostgreSQL of its own, with fsync. The posts before are laid in by SQL: each gives two contacts of a ring of about ten, and its text has
twenty bands, of which two are those of a template thousands share: the worst case for looking up. Then `--new` posts come, half of
them into rings, and `campaigns.link_due` ties them in batches of a hundred. Counted are milliseconds a post, median of the batches.
"""

from __future__ import annotations

import argparse
import statistics
import time
from datetime import UTC, datetime

import psycopg2

from bench import ground

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
_LAY = """
INSERT INTO patrol_post (id, platform, external_id, url, origin, reply_to, thread, forward_of, posted_at_source, first_seen, last_seen,
    versions_count, text_key, attempts, quarantine_reason)
SELECT n, 'telegram', 'b/' || n, '', '', '', '', '', '', now(), now(), 1, md5(n::text), 0, '' FROM generate_series(%(low)s, %(high)s) n;
INSERT INTO patrol_postversion (id, post_id, number, capture_id, locator, seen_at, edited, content_key, commitment)
SELECT n, n, 1, %(capture)s, '', now(), false, md5(n::text), '' FROM generate_series(%(low)s, %(high)s) n;
INSERT INTO patrol_posttext (version_id, text, author, author_name, links, media, unknown, salt)
SELECT n, 'Kerja ke negara ' || n || ' bagian ' || md5((n / 20)::text) || ' berangkat bersama rombongan ' || n || ' kumpul di rumah',
    '', '', '[]', '[]', '{}', '' FROM generate_series(%(low)s, %(high)s) n;
INSERT INTO patrol_linkedpost (post_id, campaign_id, joined_at, follows, offered, text_bands, linked_at)
SELECT n, NULL, NULL, false, '{}',
    ARRAY[n %% 50, 100 + n %% 70] || ARRAY(SELECT 1000 + ('x' || substr(md5((n / 3)::text || b), 1, 7))::bit(28)::int
                                           FROM generate_series(1, 18) b),
    %(linked)s FROM generate_series(%(low)s, %(high)s) n;
INSERT INTO patrol_postmark (post_id, kind, key, void)
SELECT n, kind, md5(kind || (CASE WHEN n > %(known)s AND n %% 2 = 0 THEN -n ELSE n %% greatest(%(known)s / 10, 1) END)::text), false
FROM generate_series(%(low)s, %(high)s) n, unnest(ARRAY['phone', 'account']) kind;
ANALYZE patrol_post, patrol_postversion, patrol_posttext, patrol_linkedpost, patrol_postmark;
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", default="5000,50000")
    asked.add_argument("--new", type=int, default=200)
    given = asked.parse_args()
    with ground.servers_of_our_own() as (_folder, postgres, _valkey):
        costs = [_cost(postgres.superuser_url, int(size), given.new) for size in given.sizes.split(",")]
        for size, (each, joined, queries) in zip(given.sizes.split(","), costs, strict=True):
            print(
                f"{int(size):>9,} posts before: {each:.2f} ms a new post, {joined} of {given.new} joined, {queries} statements a batch"
            )
        print(f"ratio of the last to the first: {costs[-1][0] / costs[0][0]:.2f}")


def _cost(superuser: str, size: int, new: int) -> tuple[float, int, int]:
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
        cursor.execute(_LAY, {"low": 1, "high": size, "capture": capture, "linked": NOW, "known": size})
        cursor.execute(_LAY, {"low": size + 1, "high": size + new, "capture": capture, "linked": None, "known": size})
        cursor.execute("VACUUM ANALYZE patrol_linkedpost")
        cursor.execute("VACUUM ANALYZE patrol_postmark")
    database.close()
    times, joined, statements = [], 0, 0
    while True:
        with CaptureQueriesContext(connection) as seen:
            began = time.perf_counter()
            done = campaigns.link_due(now=NOW, limit=100)
            took = time.perf_counter() - began
        if not done.posts:
            break
        times.append(took * 1000 / done.posts)
        joined += done.joined
        statements = max(statements, len(seen))
    return statistics.median(times), joined, statements


if __name__ == "__main__":
    main()
