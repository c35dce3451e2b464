"""One post, one row, by whatever name it comes: captured by its address first and fetched by its number later, or the other way round.

`RawPost.also` says by which other external_ids a post may be known. A row stored under one of them takes the post's own external_id
and keeps its versions and ways; the names stay in OtherName, so that the next capture by address finds the row. Two workers that
store both names of one new post in the same moment make two rows: those are kept, and told when the post is next seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from patrol import vocabulary
from patrol.pipeline.copying import keepable

type Name = tuple[str, str]  # platform, external_id

# Subqueries, so that each name is looked up by its index: joined, the planner likes to read all posts while its statistics are young.
_NAMED = """
SELECT * FROM (
    SELECT n.platform, n.name,
        (SELECT p.id FROM patrol_post p WHERE p.platform = n.platform AND p.external_id = n.name) AS post,
        (SELECT p.external_id FROM patrol_othername o JOIN patrol_post p ON p.id = o.post_id
         WHERE o.platform = n.platform AND o.external_id = n.name) AS told
    FROM unnest(%s::text[], %s::text[]) AS n (platform, name) OFFSET 0
) f WHERE post IS NOT NULL OR told IS NOT NULL
"""
_ADOPT = "UPDATE patrol_post SET external_id = %s WHERE id = %s"
_REMEMBER = """
INSERT INTO patrol_othername (platform, external_id, post_id)
SELECT n.platform, n.name, p.id FROM unnest(%s::text[], %s::text[], %s::text[]) AS n (platform, name, external_id)
JOIN patrol_post p ON p.platform = n.platform AND p.external_id = n.external_id
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Known:
    """The posts of a batch under the external_ids their rows have; each once, in one order for all workers."""

    posts: tuple[vocabulary.RawPost, ...]
    fresh: frozenset[Name]  # those of the posts that have no row
    names: tuple[tuple[str, str, str], ...]  # platform, other name that nobody has, external_id of the row
    problems: tuple[vocabulary.Problem, ...]


def known(cursor: Any, posts: Sequence[vocabulary.RawPost]) -> Known:
    """Looks the posts up and lets rows take over the numbers. In the caller's transaction, before the posts are stored."""
    ids = {(post.platform, keepable(post.external_id)) for post in posts}
    others = {(post.platform, keepable(name)) for post in posts for name in post.also}
    rows, told = _named(cursor, ids | others)
    elsewhere = dict(told)
    for post in posts:
        for name in post.also:
            elsewhere.setdefault((post.platform, keepable(name)), keepable(post.external_id))
    found: dict[Name, vocabulary.RawPost] = {}
    names: dict[Name, str] = {}
    problems = []
    for post in sorted(posts, key=lambda post: not post.also):  # who knows both names decides before who knows one
        own = (post.platform, keepable(post.external_id))
        also = tuple(dict.fromkeys(name for name in map(keepable, post.also) if name != own[1]))
        target = own[1]
        if own not in rows and own in elsewhere:
            target = elsewhere[own]
            also = (own[1], *also)
        twins = [(post.platform, name) for name in also if (post.platform, name) in rows and name != target]
        if twins and own not in rows and target == own[1]:
            first = min(twins, key=lambda twin: rows[twin])
            cursor.execute(_ADOPT, [target, rows[first]])
            rows[own] = rows.pop(first)
            twins.remove(first)
        # Told once: from then on the name stands in OtherName, though a row has it too.
        problems += [_two_rows(post) for twin in twins if told.get(twin) != target]
        names.update({(post.platform, name): target for name in also})
        # Twice in one page: the last one stands.
        same = (
            post.external_id == target and post.also == also
        )  # nearly always: a copy would cost as much as its hashes
        found[post.platform, target] = post if same else replace(post, external_id=target, also=also)
    targets = {(platform, target) for (platform, _), target in told.items()}
    return Known(
        tuple(found[key] for key in sorted(found)),
        frozenset(key for key in found if key not in rows and key not in targets),
        tuple((*name, target) for name, target in sorted(names.items()) if name not in told),
        tuple(problems),
    )


def remember(cursor: Any, names: Sequence[tuple[str, str, str]]) -> None:
    """After the posts are stored: their other names. A name somebody else has already stays his."""
    if names:
        cursor.execute(_REMEMBER, list(map(list, zip(*names, strict=True))))


def _named(cursor: Any, wanted: set[Name]) -> tuple[dict[Name, int], dict[Name, str]]:
    """The rows that go by these names, and the external_ids of those that went by them before."""
    cursor.execute(_NAMED, [[platform for platform, _ in wanted], [name for _, name in wanted]])
    rows, told = {}, {}
    for platform, name, post, external_id in cursor.fetchall():
        if post is not None:
            rows[platform, name] = post
        if external_id is not None:
            told[platform, name] = external_id
    return rows, told


def _two_rows(post: vocabulary.RawPost) -> vocabulary.Problem:
    sentence = vocabulary.Sentence(
        id="Satu unggahan tersimpan dua kali: sekali lewat alamatnya, sekali lewat nomornya. Keduanya tetap disimpan.",
        en="One post is kept twice: once by its address, once by its number. Both stay.",
    )
    return vocabulary.Problem("kept_twice", sentence, where=post.locator)
