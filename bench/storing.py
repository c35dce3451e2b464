"""How fast fetched posts are kept, and whether it stays so: beside the ORM's bulk way and beside plain COPY.

    [BENCH_POSTS=2000000] python -m bench.storing [--posts 4000] [--read 1500] [--rounds 3] [--fill-seconds 180]

How to read it. All three ways write the same rows of post, version, words and way into the same tables, with every index, constraint
and trigger, on one PostgreSQL with fsync and synchronous_commit on, one connection, a transaction a batch. "store" is the product's
own: it is given RawPosts, makes hashes and keys, and finds repeats, edits and other names. "bulk_create" is given the same RawPosts
and uses `bulk_create(ignore_conflicts=True)`, which hands no ids back, so that they are asked for between the tables. "COPY" is the
floor: the rows are text already, ids are known, nothing is looked for. Rounds alternate; ratios of the medians count. Beside posts a
second stands the CPU of this process and of its server process together: on a busy machine those ratios still hold, though what a
wait for the disk costs is not in them.

"RawPost to flag" stores and reads in two processes, the raw answer being kept; then as many posts as BENCH_POSTS says are put
into the database by SQL (with readings, checks, flags and indicators), as far as `--fill-seconds` reach, and the same is measured
again: it should cost the same. Reading is slow and does not depend on what is stored, so that part is measured on few posts.
"""

from __future__ import annotations

import argparse
import io
import itertools
import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

FULL = int(os.environ.pop("BENCH_POSTS", "2000000"))  # before bench.pages reads it for its own rounds

from bench import ground, invented, pages  # noqa: E402
from bench.__main__ import Bench, OnePage  # noqa: E402
from patrol import domain  # noqa: E402
from patrol.sources import telegram  # noqa: E402

BATCHES = (20, 500)  # a page of a channel, a chunk of an imported file
PROCESSES = 2
PART = 100_000  # posts filled in at once
LONGEST = 600.0  # seconds for a round; a process that died must not keep the others waiting
NOW = datetime.now(UTC)
_numbers = itertools.count(1)

# Rows as the product leaves them, words shorter. `replica`: the guards and foreign keys of rows that are right are not asked again.
_FILL = (
    """INSERT INTO patrol_post (platform, external_id, url, origin, reply_to, thread, forward_of, posted_at, posted_at_source,
           first_seen, last_seen, versions_count, text_key, attempts, quarantine_reason)
       SELECT 'telegram', '77/' || n, 'https://t.me/isi_contoh/' || n, 'isi_contoh', '', '', '', at, '', at, at, 1, md5(n::text), 0, ''
       FROM generate_series(%(low)s, %(high)s) AS n, LATERAL (SELECT clock_timestamp() - n * interval '20 seconds' AS at) AS t""",
    """INSERT INTO patrol_postversion (post_id, number, capture_id, locator, seen_at, edited, content_key, commitment)
       SELECT id, 1, %(capture)s, 'message', first_seen, false, md5(id::text) || md5('a' || id), md5('b' || id) || md5('c' || id)
       FROM patrol_post WHERE origin = 'isi_contoh' AND id > %(after)s""",
    """INSERT INTO patrol_posttext (version_id, text, author, author_name, forward_name, links, media, unknown, salt)
       SELECT v.id, repeat('Kata contoh nomor ' || v.id || '. ', 8), 'isi_contoh', 'Isi contoh', '', '[]', '[]', '{}', md5('d' || v.id)
       FROM patrol_postversion v WHERE v.post_id > %(after)s""",
    """INSERT INTO patrol_seen (post_id, watch_id, fetch_id, at)
       SELECT id, %(watch)s, %(fetch)s, first_seen FROM patrol_post WHERE origin = 'isi_contoh' AND id > %(after)s""",
    """INSERT INTO patrol_reading (version_id, reader_version, pictures_key, text_kind, route, countries, positions, truncated,
           read_at, salt, commitment)
       SELECT id, 1, '', 'other', 'agency', '{}', '{}', false, seen_at, md5('e' || id), md5('f' || id) || md5('g' || id)
       FROM patrol_postversion WHERE post_id > %(after)s""",
    """INSERT INTO patrol_readingclaims (reading_id, claims, picture_texts, code_texts, places, notes)
       SELECT r.id, '[]', '[]', '[]', '[]', '[]' FROM patrol_reading r JOIN patrol_postversion v ON v.id = r.version_id
       WHERE v.post_id > %(after)s""",
    """INSERT INTO patrol_licencecheck (reading_id, rules_version, day, verdict, agency, licence_number, reason_id, reason_en, notes,
           others, score, level, kinds, checked_at)
       SELECT r.id, 'bench', r.read_at::date, 'not_an_offer', '', '', '', '', '[]', '[]', 0, 'none', '{}', r.read_at
       FROM patrol_reading r JOIN patrol_postversion v ON v.id = r.version_id WHERE v.post_id > %(after)s""",
    # One post in ten is flagged, with fourteen bands, as rows.py leaves them.
    """INSERT INTO patrol_flag (number, post_id, office_id, state, level, level_rank, score, kinds, gist_id, gist_en, current_check_id,
           row_key, text_bands, raised_at, version)
       SELECT 'ISI-' || v.post_id, v.post_id, %(office)s, 'waiting', 'medium', 2, 40, '{}', 'Contoh', 'Example', c.id, 'post-' || v.post_id,
           ARRAY(SELECT hashint8(v.post_id * 14 + band) FROM generate_series(0, 13) AS band), c.checked_at, 1
       FROM patrol_licencecheck c JOIN patrol_reading r ON r.id = c.reading_id JOIN patrol_postversion v ON v.id = r.version_id
       WHERE v.post_id > %(after)s AND v.post_id %% 10 = 0""",
    """WITH made AS (
           INSERT INTO patrol_indicator (kind, value, first_seen, last_seen)
           SELECT 'phone', '+62840' || lpad(id::text, 9, '0'), first_seen, last_seen FROM patrol_post
           WHERE origin = 'isi_contoh' AND id > %(after)s AND id %% 5 = 0 RETURNING id, substr(value, 7)::bigint AS post_id
       )
       INSERT INTO patrol_sighting (indicator_id, post_id, version_id, role, confidence, seen_at)
       SELECT m.id, m.post_id, v.id, 'contact', 1, v.seen_at FROM made m JOIN patrol_postversion v ON v.post_id = m.post_id""",
)


def made(count: int) -> list[domain.RawPost]:
    """Posts of a channel that nobody has seen yet."""
    texts = invented.posts(next(_numbers))
    return [
        domain.RawPost(
            platform="telegram",
            external_id=f"88/{number}",
            url=f"https://t.me/saluran_contoh/{number}",
            text=text,
            author="saluran_contoh",
            author_name="Saluran contoh",
            posted_at=NOW,
            posted_at_source=NOW.isoformat(),
            origin="saluran_contoh",
            locator=f"message {number}",
        )
        for text, number in zip(itertools.islice(texts, count), _numbers, strict=False)
    ]


def batches(posts: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (posts[start : start + size] for start in range(0, len(posts), size))


class Ways:
    """The three ways to keep the same posts. Each call is one batch, one transaction."""

    def __init__(self) -> None:
        from patrol import models  # noqa: PLC0415 -- models load after Django is set up
        from patrol.evidence import custody  # noqa: PLC0415
        from patrol.pipeline import storing, storing_rows  # noqa: PLC0415

        self.models, self.storing, self.rows = models, storing, storing_rows
        self.watch = models.Watch.objects.order_by("id")[0]
        self.fetch = models.Fetch.objects.create(watch=self.watch, token=os.urandom(16).hex(), started_at=NOW)
        answer = pages.pages()[pages.served().places[0].name][0].answer
        self.capture = custody.capture(answer, sha256=custody.keep(answer), platform="telegram", fetch=self.fetch)

    def store(self, posts: Sequence[domain.RawPost]) -> None:
        self.storing.store(posts, capture_id=self.capture.pk, watch_id=self.watch.pk, fetch_id=self.fetch.pk, now=NOW)

    def fields(self, post: domain.RawPost) -> dict[str, Any]:
        return dict(zip(self.rows.COLUMNS, self.rows.rows([post])[0], strict=True))

    def bulk_create(self, posts: Sequence[domain.RawPost]) -> None:
        from django.db import transaction  # noqa: PLC0415

        models, kept = self.models, [self.fields(post) for post in posts]
        with transaction.atomic():
            models.Post.objects.bulk_create(
                [models.Post(**{name: one[name] for name in self.rows.OF_POST}, first_seen=NOW, last_seen=NOW, due_at=NOW) for one in kept],
                ignore_conflicts=True,
            )
            named = [one["external_id"] for one in kept]
            post = dict(models.Post.objects.filter(platform="telegram", external_id__in=named).values_list("external_id", "id"))
            models.PostVersion.objects.bulk_create(
                [
                    models.PostVersion(
                        post_id=post[one["external_id"]],
                        number=1,
                        capture=self.capture,
                        locator=one["locator"],
                        seen_at=NOW,
                        edited=one["edited"],
                        content_key=one["content_key"],
                        commitment=one["commitment"],
                    )
                    for one in kept
                ],
                ignore_conflicts=True,
            )
            version = dict(models.PostVersion.objects.filter(post_id__in=post.values()).values_list("post_id", "id"))
            models.PostText.objects.bulk_create(
                [
                    models.PostText(version_id=version[post[one["external_id"]]], **{name: one[name] for name in self.rows.OF_TEXT})
                    for one in kept
                ],
                ignore_conflicts=True,
            )
            models.Seen.objects.bulk_create(
                [models.Seen(post_id=key, watch=self.watch, fetch=self.fetch, at=NOW) for key in post.values()], ignore_conflicts=True
            )

    def ready(self, posts: Sequence[domain.RawPost]) -> list[tuple[str, bytes]]:
        """(COPY statement, its text) for each table of one batch."""
        from patrol.infra import copying  # noqa: PLC0415

        tables: dict[str, list[tuple[Any, ...]]] = {}
        for post in posts:
            one, key = self.fields(post), 10**9 + next(_numbers)
            for table, row in (
                (
                    "post (id, first_seen, last_seen, due_at, versions_count, attempts, quarantine_reason, "
                    + ", ".join(self.rows.OF_POST)
                    + ")",
                    (key, NOW, NOW, NOW, 1, 0, "", *(one[n] for n in self.rows.OF_POST)),
                ),
                (
                    "postversion (id, post_id, number, capture_id, seen_at, " + ", ".join(self.rows.OF_VERSION) + ")",
                    (key, key, 1, self.capture.pk, NOW, *(one[n] for n in self.rows.OF_VERSION)),
                ),
                ("posttext (version_id, " + ", ".join(self.rows.OF_TEXT) + ")", (key, *(one[n] for n in self.rows.OF_TEXT))),
                ("seen (post_id, watch_id, fetch_id, at)", (key, self.watch.pk, self.fetch.pk, NOW)),
            ):
                tables.setdefault(table, []).append(row)
        return [(f"COPY patrol_{table} FROM STDIN", copying.lines(rows)) for table, rows in tables.items()]

    @staticmethod
    def copy(prepared: Sequence[tuple[str, bytes]]) -> None:
        from django.db import connection, transaction  # noqa: PLC0415

        with transaction.atomic(), connection.cursor() as cursor:
            for statement, text in prepared:
                cursor.copy_expert(statement, io.BytesIO(text), 1 << 18)


def rate(count: int, work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return count / (time.perf_counter() - began)


def processor(posts: int, work: Callable[[], None]) -> float:
    """Milliseconds of CPU for 500 posts, ours and the server's."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        used = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    server, ours = int(used.read_text().split()[0]), time.process_time()
    work()
    return (int(used.read_text().split()[0]) - server + (time.process_time() - ours) * 1e9) / posts * 500 / 1e6


def each(done: Callable[[Any], object], given: Sequence[Any]) -> Callable[[], None]:
    def work() -> None:
        for one in given:
            done(one)

    return work


def kept_in_three_ways(bench: Bench, posts: int, rounds: int) -> None:
    for size in BATCHES:
        count = posts if size > 100 else posts // 4
        rates: dict[str, list[float]] = {"store": [], "bulk_create": [], "COPY": [], "again": [], "named": []}
        used: dict[str, list[float]] = {"store": [], "bulk_create": [], "COPY": []}
        for _ in range(rounds):
            for way in ("store", "bulk_create", "COPY"):
                bench.empty()
                ways = Ways()
                given: list[Any] = list(batches(made(count), size))
                if way == "COPY":
                    given = [ways.ready(batch) for batch in given]
                verbs: dict[str, Callable[[Any], object]] = {"store": ways.store, "bulk_create": ways.bulk_create, "COPY": ways.copy}
                done = verbs[way]
                work = each(done, given)
                rates[way].append(rate(count, lambda: used[way].append(processor(count, work))))  # noqa: B023 -- called at once
                if way == "store":
                    rates["again"].append(rate(count, each(done, given)))
                    named = [replace(post, also=(f"name:{post.origin}/{post.external_id}",)) for post in made(count)]
                    rates["named"].append(rate(count, each(done, list(batches(named, size)))))
        store, bulk, copied, again, named_too = (
            statistics.median(rates[way]) for way in ("store", "bulk_create", "COPY", "again", "named")
        )
        print(
            f"Batches of {size:>3}: store {store:>7,.0f} posts/s; bulk_create {bulk:>7,.0f} ({store / bulk:.1f} times);"
            f" COPY {copied:>7,.0f} ({store / copied:.2f} of it); the same posts again {again:>7,.0f};"
            f" each with another name to remember, as Telegram's have, {named_too:>7,.0f}.",
            flush=True,
        )
        store, bulk, copied = (statistics.median(used[way]) for way in ("store", "bulk_create", "COPY"))
        print(
            f"  CPU for 500 posts: store {store:.0f} ms; bulk_create {bulk:.0f} ({bulk / store:.1f} times);"
            f" COPY {copied:.0f} ({copied / store:.2f} of it).",
            flush=True,
        )


def _to_flags(number: int, posts: Sequence[domain.RawPost], size: int, barrier: Any) -> None:
    """One process: stores its share, then reads with the others until nothing is due."""
    from django.db import connections  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from patrol.pipeline import assessing, claiming  # noqa: PLC0415

    connections.close_all()
    ways = Ways()
    claiming.current_book()
    barrier.wait(LONGEST)
    for batch in batches(posts, size):
        ways.store(batch)
        assessing.read_due(now=timezone.now(), limit=size)
    while assessing.read_due(now=timezone.now(), limit=size).read:
        pass
    barrier.wait(LONGEST)


def to_flags(count: int, size: int = 500) -> float:
    """Posts a second from RawPost to flag, in two processes."""
    from django.db import connections  # noqa: PLC0415

    connections.close_all()
    fork = multiprocessing.get_context("fork")
    barrier = fork.Barrier(PROCESSES + 1)
    posts = made(count)
    shares = [posts[number::PROCESSES] for number in range(PROCESSES)]
    workers = [fork.Process(target=_to_flags, args=(n, share, size, barrier)) for n, share in enumerate(shares)]
    for worker in workers:
        worker.start()
    barrier.wait(LONGEST)
    began = time.perf_counter()
    barrier.wait(LONGEST)
    seconds = time.perf_counter() - began
    for worker in workers:
        worker.join()
    return count / seconds


def fill(bench: Bench, low: int, high: int, seconds: float) -> int:
    """Puts posts from `low` to `high` in, all the way to their flags, by SQL, a part at a time. Returns the last one that went in
    before the seconds were over."""
    import psycopg2  # noqa: PLC0415

    ways, ends, last = Ways(), time.perf_counter() + seconds, low - 1
    connection = psycopg2.connect(bench.postgres.superuser_url)
    try:
        while last < high and (last < low or time.perf_counter() < ends):
            with connection, connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
                cursor.execute("SELECT COALESCE(max(id), 0) FROM patrol_post")
                [(after,)] = cursor.fetchall()
                parameters = {
                    "low": last + 1,
                    "high": min(last + PART, high),
                    "after": after,
                    "capture": str(ways.capture.pk),
                    "watch": ways.watch.pk,
                    "fetch": ways.fetch.pk,
                    "office": ways.watch.office_id,
                }
                for statement in _FILL:
                    cursor.execute(statement, parameters)
            last = min(last + PART, high)
            with connection, connection.cursor() as cursor:  # or the planner takes the next part for a small one
                cursor.execute("ANALYZE patrol_post, patrol_postversion, patrol_reading, patrol_licencecheck")
    finally:
        connection.close()
    bench.sql("VACUUM ANALYZE", "CHECKPOINT")
    return last


def flat(bench: Bench, posts: int, read: int, rounds: int, seconds: float) -> None:
    found = []
    filled = 0
    bench.empty()
    for wanted in (min(10_000, FULL), FULL):
        if wanted > filled:
            began, before = time.perf_counter(), filled
            filled = fill(bench, filled + 1, wanted, seconds)
            print(
                f"{filled - before:,} of {wanted - before:,} posts put in by SQL with their rows:"
                f" {time.perf_counter() - began:.0f} seconds.",
                flush=True,
            )
        ways = Ways()
        kept = [rate(posts, each(ways.store, list(batches(made(posts), 500)))) for _ in range(rounds)]
        # What was just stored is set aside, not read: reading it would be most of the time and say nothing.
        bench.sql("UPDATE patrol_post SET due_at = NULL WHERE due_at IS NOT NULL")
        to_flags(500)  # warms each process in the ways that matter: caches of the database
        flagged = [to_flags(read) for _ in range(rounds)]
        found.append((statistics.median(kept), statistics.median(flagged)))
        print(
            f"With {filled:>9,} posts stored: store {found[-1][0]:,.0f} posts/s, RawPost to flag {found[-1][1]:,.0f} posts/s"
            f" in {PROCESSES} processes.",
            flush=True,
        )
    (store_few, flag_few), (store_many, flag_many) = found
    print(f"Slower by the full database: store {store_few / store_many:.2f} times, RawPost to flag {flag_few / flag_many:.2f} times.")


def outside() -> None:
    """What lies before storing, each by itself: parsing of pages, raw files with fsync."""
    from patrol.evidence import raw  # noqa: PLC0415

    pages.pages()
    parsed = 0
    began = time.perf_counter()
    for channel in pages.pages():
        ask = domain.Ask(query=channel, cursor={}, now=NOW, max_pages=1)
        parsed += sum(len(page.posts) for page in telegram.fetch(ask, cast("domain.Fetcher", OnePage())))
    print(f"Parsing Telegram-shaped pages: {parsed / (time.perf_counter() - began):,.0f} posts/s in one process.")
    answers = [replace(page.answer, body=page.answer.body + os.urandom(8)) for made in pages.pages().values() for page in made]
    files = rate(len(answers), each(lambda answer: raw.put(answer.body), answers))
    mean = statistics.mean(len(answer.body) for answer in answers) / 1024
    print(f"Raw files written and synced: {files:,.0f} files/s of {mean:.0f} KiB, {files * pages.PAGE:,.0f} posts/s in pages of 20.")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.storing", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--posts", type=int, default=4_000, help="posts of one round (default 4000)")
    parser.add_argument("--read", type=int, default=1_500, help="posts of one round that are read too (default 1500)")
    parser.add_argument("--fill-seconds", type=float, default=180, help="to fill the database at most (default 180)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each way (default 3)")
    asked = parser.parse_args()
    with ground.servers_of_our_own() as (folder, postgres, _valkey):
        ground.load(folder, pages.served())
        bench = Bench(folder, postgres)
        outside()
        kept_in_three_ways(bench, asked.posts, asked.rounds)
        if FULL:
            flat(bench, asked.posts, asked.read, asked.rounds, asked.fill_seconds)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
