"""How right the tying of posts is on invented rings: B-cubed precision and recall.

    python -m bench.rings [--half development|sealed] [--seed 0] [--wrong 20] [--stored] [--write FOLDER]

Posts are assessed and tied as `manage.py assess --link` does it, without a register; with `--stored` one after another in a database of
its own, as the workbench does it, where two campaigns are never merged by the machine. `--wrong` prints whom the worst mistakes of the
development half concern; of the sealed one nothing but totals is printed. `--write` leaves posts.jsonl, labels.jsonl and the pictures in
a folder instead, for `manage.py evaluate --campaigns --labels`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg2

from bench import ground, rings
from patrol import domain
from patrol.engine import assess, linking
from patrol.engine.evaluation import grouping
from patrol.engine.reading.pictures import gate

_LAY = """
INSERT INTO patrol_post (id, platform, external_id, url, origin, reply_to, thread, forward_of, posted_at_source, first_seen, last_seen,
    versions_count, text_key, attempts, quarantine_reason)
VALUES (%(n)s, %(platform)s, 'r/' || %(n)s, '', '', '', '', '', '', now(), now(), 1, md5(%(n)s::text), 0, '');
INSERT INTO patrol_postversion (id, post_id, number, capture_id, locator, seen_at, edited, content_key, commitment)
VALUES (%(n)s, %(n)s, 1, '00000000-0000-0000-0000-000000000001', '', now(), false, md5(%(n)s::text), '');
INSERT INTO patrol_posttext (version_id, text, author, author_name, forward_name, links, media, unknown, salt)
VALUES (%(n)s, %(text)s, '', '', '', '[]', '[]', '{}', '');
"""
_NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--half", choices=rings.HALVES)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--wrong", type=int, default=0)
    asked.add_argument("--stored", action="store_true")
    asked.add_argument("--write", type=Path)
    given = asked.parse_args()
    with ground.servers_of_our_own() if given.stored else contextlib.nullcontext((None, None, None)) as (_folder, postgres, _valkey):
        _measure(given, postgres)


def _measure(given: argparse.Namespace, postgres: Any) -> None:
    if given.wrong and given.half != "development":
        sys.exit("--wrong is for --half development: the sealed half is looked at as totals only.")
    all_said: list[str | None] = []
    all_expected: list[str | None] = []
    for half in (given.half,) if given.half else rings.HALVES:
        posts = rings.posts(half, seed=given.seed)
        if given.write:
            _write(given.write / half, posts)
            continue
        said = tied(posts) if postgres is None else stored(posts, postgres.superuser_url)
        expected = [post.ring for post in posts]
        print(_line(half, said, expected))
        for line in _wrong(posts, said)[: given.wrong]:
            print(f"  {line}")
        all_said += [f"{half} {name}" if name else None for name in said]
        all_expected += [f"{half} {name}" if name else None for name in expected]
    if not given.half and not given.write:
        print(_line("both", all_said, all_expected))


def content(post: rings.Post) -> domain.Content:
    return domain.Content(
        text=post.text,
        platform=post.platform,
        author=post.author,
        pictures=tuple(domain.Picture(str(place), image.content) for place, image in enumerate(post.images)),
    )


def tied(posts: Sequence[rings.Post]) -> list[str | None]:
    """The campaign each post is put into, in the order of `posts`."""
    linker = linking.Linker()
    for post, assessment in zip(posts, assessed(posts), strict=True):
        linker.add(content(post), assessment)
    return linker.names()


def stored(posts: Sequence[rings.Post], superuser: str) -> list[str | None]:
    """The same in the database: each post kept with its reading, the machine's turn after every fifty."""
    from django.db import connection  # noqa: PLC0415  Django is set up by the servers

    from patrol import campaigns, models  # noqa: PLC0415
    from patrol.evidence import raw  # noqa: PLC0415

    database = psycopg2.connect(superuser)
    database.autocommit = True
    with database.cursor() as cursor:
        # References to captures are not what is measured: foreign keys rest while the posts are laid in.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE patrol_post, patrol_campaign CASCADE")
        for number, post in enumerate(posts, start=1):
            cursor.execute(_LAY, {"n": number, "text": post.text, "platform": post.platform})
    database.close()
    reads = assessed(posts)
    for start in range(0, len(posts), 50):
        part = posts[start : start + 50]
        kept = []
        for number, (post, read) in enumerate(zip(part, reads, strict=False), start=start + 1):
            files = {raw.put(image.content): place for place, image in enumerate(post.images) if not linking.is_stock(read.reading, place)}
            kept.append(campaigns.Kept(number, content(post), read, tuple(files.items())))
        with connection.cursor() as cursor:
            campaigns.keep(cursor, kept)
        while campaigns.link_due(now=_NOW) != campaigns.Tied():
            pass
    found = dict(models.LinkedPost.objects.exclude(campaign=None).values_list("post_id", "campaign__number"))
    return [found.get(number) for number in range(1, len(posts) + 1)]


def assessed(posts: Sequence[rings.Post]) -> Iterator[domain.Assessment]:
    """What is read of each. What stands on a picture is handed in as read before: reading it would take a hundred times as long."""
    known = gate.Memory()
    for post in posts:
        for image in post.images:
            known.put(gate.by_bytes(image.content), gate.to_text(gate.Seen(image.says)))
        yield assess.assess([content(post)], [post.posted_at], None, now=_NOW, cache=known)[0]


def _line(name: str, said: Sequence[str | None], expected: Sequence[str | None]) -> str:
    found = grouping.b_cubed(said, expected)
    whole = len({one for one in expected if one})
    return (
        f"{name}: {found.posts} posts, {whole} rings; precision {found.precision:.3f}, recall {found.recall:.3f}; "
        f"of the {found.tied} that are tied: precision {found.tied_precision:.3f}, recall {found.tied_recall:.3f}"
    )


def _wrong(posts: Sequence[rings.Post], said: Sequence[str | None]) -> list[str]:
    """Groups that mix rings, and rings in several groups; those that concern most posts first."""
    lines: list[tuple[int, str]] = []
    for name in {one for one in said if one}:
        members = Counter(post.ring or "stranger" for post, one in zip(posts, said, strict=True) if one == name)
        if len(members) > 1 or "stranger" in members:
            lines.append((members.total() - max(members.values()), f"{name} holds {dict(members.most_common())}"))
    for ring in {post.ring for post in posts if post.ring}:
        parts = Counter(one or "alone" for post, one in zip(posts, said, strict=True) if post.ring == ring)
        if len(parts) > 1 or "alone" in parts:
            lines.append((parts.total() - max(parts.values()), f"{ring} lies in {dict(parts.most_common())}"))
    return [line for _, line in sorted(lines, reverse=True)]


def _write(folder: Path, posts: Sequence[rings.Post]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "posts.jsonl").open("w", encoding="utf-8") as asked, (folder / "labels.jsonl").open("w", encoding="utf-8") as labels:
        for number, post in enumerate(posts):
            images = []
            for place, image in enumerate(post.images):
                (folder / f"{number}-{place}.jpg").write_bytes(image.content)
                images.append(f"{number}-{place}.jpg")
            line = {"id": f"p{number}", "text": post.text, "posted_at": post.posted_at.isoformat(), "platform": post.platform}
            asked.write(json.dumps({**line, "author": post.author, "images": images}, ensure_ascii=False) + "\n")
            labels.write(json.dumps({"id": f"p{number}", "campaign": post.ring}) + "\n")


if __name__ == "__main__":
    main()
