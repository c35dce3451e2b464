"""How right the tying of posts is on invented rings: B-cubed precision and recall.

    python -m bench.rings [--half development|sealed] [--seed 0] [--wrong 20] [--write FOLDER]

Posts are assessed and tied as `manage.py assess --link` does it, without a register. `--wrong` prints whom the worst mistakes of the
development half concern; of the sealed one nothing but totals is printed. `--write` leaves posts.jsonl, labels.jsonl and the pictures in
a folder instead, for `manage.py evaluate --campaigns --labels`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import rings
from patrol import assess, linking, vocabulary
from patrol.evaluation import grouping
from patrol.reading.pictures import gate

_NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--half", choices=rings.HALVES)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--wrong", type=int, default=0)
    asked.add_argument("--write", type=Path)
    given = asked.parse_args()
    if given.wrong and given.half != "development":
        sys.exit("--wrong is for --half development: the sealed half is looked at as totals only.")
    all_said: list[str | None] = []
    all_expected: list[str | None] = []
    for half in (given.half,) if given.half else rings.HALVES:
        posts = rings.posts(half, seed=given.seed)
        if given.write:
            _write(given.write / half, posts)
            continue
        said = tied(posts)
        expected = [post.ring for post in posts]
        print(_line(half, said, expected))
        for line in _wrong(posts, said)[: given.wrong]:
            print(f"  {line}")
        all_said += [f"{half} {name}" if name else None for name in said]
        all_expected += [f"{half} {name}" if name else None for name in expected]
    if not given.half and not given.write:
        print(_line("both", all_said, all_expected))


def content(post: rings.Post) -> vocabulary.Content:
    return vocabulary.Content(
        text=post.text,
        platform=post.platform,
        author=post.author,
        pictures=tuple(vocabulary.Picture(str(place), image.content) for place, image in enumerate(post.images)),
    )


def tied(posts: Sequence[rings.Post]) -> list[str | None]:
    """The campaign each post is put into, in the order of `posts`."""
    linker = linking.Linker()
    for post, assessment in zip(posts, assessed(posts), strict=True):
        linker.add(content(post), assessment)
    return linker.names()


def assessed(posts: Sequence[rings.Post]) -> Iterator[vocabulary.Assessment]:
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
    with (
        (folder / "posts.jsonl").open("w", encoding="utf-8") as asked,
        (folder / "labels.jsonl").open("w", encoding="utf-8") as labels,
    ):
        for number, post in enumerate(posts):
            images = []
            for place, image in enumerate(post.images):
                (folder / f"{number}-{place}.jpg").write_bytes(image.content)
                images.append(f"{number}-{place}.jpg")
            line = {
                "id": f"p{number}",
                "text": post.text,
                "posted_at": post.posted_at.isoformat(),
                "platform": post.platform,
            }
            asked.write(json.dumps({**line, "author": post.author, "images": images}, ensure_ascii=False) + "\n")
            labels.write(json.dumps({"id": f"p{number}", "campaign": post.ring}) + "\n")


if __name__ == "__main__":
    main()
