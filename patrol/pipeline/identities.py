"""One post, one row, by whatever name it comes: captured by its address first and fetched by its number later, or the other way round.

`RawPost.also` says by which other external_ids a post may be known. A row stored under one of them takes the post's own external_id
and keeps its versions and ways; the names stay in OtherName, so that the next capture by address finds the row. What stands below a
post goes along: its comments name it, and some are named after it. A name is no proof: two authors are two posts, and so are two that
one page shows beside each other. Two workers that store both names of one new post in the same moment make two rows: those are kept,
and told when the post is next seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from patrol import domain
from patrol.infra.copying import keepable

type Name = tuple[str, str]  # platform, external_id

# Laterals, so that each name is looked up by its index: joined, the planner likes to read all posts while its statistics are young.
_NAMED = """
SELECT * FROM (
    SELECT n.platform, n.name,
        (SELECT p.id FROM patrol_post p WHERE p.platform = n.platform AND p.external_id = n.name) AS post, t.told, t.row
    FROM unnest(%s::text[], %s::text[]) AS n (platform, name) LEFT JOIN LATERAL (
        SELECT p.external_id AS told, p.id AS row FROM patrol_othername o JOIN patrol_post p ON p.id = o.post_id
        WHERE o.platform = n.platform AND o.external_id = n.name OFFSET 0
    ) t ON true OFFSET 0
) f WHERE post IS NOT NULL OR told IS NOT NULL
"""
_AUTHORS = """
SELECT p.id, t.author, t.author_name FROM patrol_post p
JOIN patrol_postversion v ON v.post_id = p.id AND v.number = p.versions_count
JOIN patrol_posttext t ON t.version_id = v.id WHERE p.id = ANY (%s)
"""
_ADOPT = "UPDATE patrol_post SET external_id = %s WHERE id = %s"
# What stands below a post that was known by another name. OFFSET 0: by the index of threads, name by name, whatever the planner thinks.
_BELOW = """
WITH below AS (
    SELECT c.id, c.platform, c.external_id AS was, n.target,
        CASE WHEN starts_with(c.external_id, n.name) AND substr(c.external_id, length(n.name) + 1) ~ %s
            THEN n.target || substr(c.external_id, length(n.name) + 1) ELSE c.external_id END AS now,
        CASE WHEN c.reply_to = n.name THEN n.target
            WHEN starts_with(c.reply_to, n.name) AND substr(c.reply_to, length(n.name) + 1) ~ %s
            THEN n.target || substr(c.reply_to, length(n.name) + 1) ELSE c.reply_to END AS answers
    FROM unnest(%s::text[], %s::text[], %s::text[]) AS n (platform, name, target) CROSS JOIN LATERAL (
        SELECT * FROM patrol_post WHERE platform = n.platform AND thread = n.name AND thread <> '' OFFSET 0
    ) c
), moved AS (
    UPDATE patrol_post p SET thread = b.target, reply_to = left(b.answers, 500),
        external_id = CASE WHEN length(b.now) > 500 OR EXISTS (
            SELECT FROM patrol_post o WHERE o.platform = b.platform AND o.external_id = b.now
        ) THEN b.was ELSE b.now END
    FROM below b WHERE p.id = b.id RETURNING p.id, p.platform, p.external_id, b.was
)
INSERT INTO patrol_othername (platform, external_id, post_id)
SELECT platform, was, id FROM moved WHERE was <> external_id ON CONFLICT DO NOTHING
"""
_PART = r"[_/#].+"  # what follows a post's name in the name of a comment
_REMEMBER = """
INSERT INTO patrol_othername (platform, external_id, post_id)
SELECT n.platform, n.name, p.id FROM unnest(%s::text[], %s::text[], %s::text[]) AS n (platform, name, external_id)
JOIN patrol_post p ON p.platform = n.platform AND p.external_id = n.external_id
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Known:
    """The posts of a batch under the external_ids their rows have; each once, in one order for all workers."""

    posts: tuple[domain.RawPost, ...]
    fresh: frozenset[Name]  # those of the posts that have no row
    names: tuple[tuple[str, str, str], ...]  # platform, other name that nobody has, external_id of the row
    problems: tuple[domain.Problem, ...]


def known(cursor: Any, posts: Sequence[domain.RawPost]) -> Known:
    """Looks the posts up and lets rows take over the numbers. In the caller's transaction, before the posts are stored."""
    posts = _at_their_addresses(cursor, posts)
    ids = {(post.platform, keepable(post.external_id)) for post in posts}
    others = {(post.platform, keepable(name)) for post in posts for name in post.also}
    above = {(post.platform, keepable(name)) for post in posts for name in (post.thread, post.reply_to) if name}
    rows, told = _named(cursor, ids | others | above)
    elsewhere = {name: target for name, (target, _row) in told.items()}
    claimed: dict[Name, domain.RawPost] = {}
    for post in posts:
        for name in post.also:
            claimed.setdefault((post.platform, keepable(name)), post)
            elsewhere.setdefault((post.platform, keepable(name)), keepable(post.external_id))
    if above:
        posts = [_below(post, elsewhere, rows) if post.thread or post.reply_to else post for post in posts]
        moved = {(post.platform, keepable(post.external_id)) for post in posts} - ids
        if moved:  # comments named after a post that goes by another name by now
            rows |= _named(cursor, moved | {(post.platform, keepable(name)) for post in posts for name in post.also})[0]
    authors = _authors(cursor, posts, told, rows)
    found: dict[Name, domain.RawPost] = {}
    names: dict[Name, str] = {}
    problems = []
    for post in sorted(posts, key=lambda post: not post.also):  # who knows both names decides before who knows one
        own = (post.platform, keepable(post.external_id))
        also = tuple(dict.fromkeys(name for name in map(keepable, post.also) if name != own[1]))
        target = own[1]
        if own not in rows and own in elsewhere and _follows(post, own, told, claimed, ids, authors):
            target = elsewhere[own]
            also = (own[1], *also)
        twins = [(post.platform, name) for name in also if (post.platform, name) in rows and name != target]
        if twins:
            strangers = {twin for twin in twins if not _one_author(_author(post), authors.get(rows[twin]))}
            also = tuple(name for name in also if (post.platform, name) not in strangers)
            twins = [twin for twin in twins if twin not in strangers]
        if twins and own not in rows and target == own[1]:
            first = min(twins, key=lambda twin: rows[twin])
            cursor.execute(_ADOPT, [target, rows[first]])
            rows[own] = rows.pop(first)
            twins.remove(first)
        # Told once: from then on the name stands in OtherName, though a row has it too.
        problems += [_two_rows(post) for twin in twins if told.get(twin, ("", 0))[0] != target]
        names.update({(post.platform, name): target for name in also})
        # Twice in one page: the last one stands.
        same = post.external_id == target and post.also == also  # nearly always: a copy would cost as much as its hashes
        found[post.platform, target] = post if same else replace(post, external_id=target, also=also)
    lent = [(*name, target) for name, target in sorted(names.items()) if name not in told and name not in rows]
    if lent:
        cursor.execute(_BELOW, [f"^{_PART}", f"^{_PART}", *map(list, zip(*lent, strict=True))])
    targets = {(platform, target) for (platform, _), (target, _row) in told.items()}
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


# --- pages that come by feed and by web -----------------------------------------------------------

# Who stored the page first gives it its identity; a post that has a row of its own already keeps that.
_AT = """
SELECT n.place, f.platform, f.external_id
FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[]) AS n (place, platform, name, page) CROSS JOIN LATERAL (
    SELECT * FROM (
        (SELECT p.id, p.platform, p.external_id FROM patrol_post p WHERE p.platform = 'web' AND p.external_id = n.page)
        UNION ALL
        (SELECT p.id, p.platform, p.external_id FROM patrol_othername o JOIN patrol_post p ON p.id = o.post_id
         WHERE o.platform = 'feed' AND o.external_id = n.page)
    ) named ORDER BY id LIMIT 1
) f
WHERE NOT EXISTS (SELECT FROM patrol_post o WHERE o.platform = n.platform AND o.external_id = n.name)
"""


def _at_their_addresses(cursor: Any, posts: Sequence[domain.RawPost]) -> Sequence[domain.RawPost]:
    """A page is one post by whatever door it comes: its canonical address is the name both know. A web page goes by it, the entry of a
    feed says it in `also`."""
    named = [
        (place, post.platform, keepable(post.external_id), keepable(page))
        for place, post in enumerate(posts)
        for page in ((post.external_id,) if post.platform == "web" else post.also if post.platform == "feed" else ())
    ]
    if not named:
        return posts
    cursor.execute(_AT, list(map(list, zip(*named, strict=True))))
    found = {place: (platform, external_id) for place, platform, external_id in cursor.fetchall()}
    return [
        replace(post, platform=found[place][0], external_id=found[place][1], also=()) if place in found else post
        for place, post in enumerate(posts)
    ]


# --- what stands below a post ---------------------------------------------------------------------


def _below(post: domain.RawPost, elsewhere: Mapping[Name, str], rows: Mapping[Name, int]) -> domain.RawPost:
    """The comment under the name its post's row has; named after it, the comment is known by both names."""

    def now(name: str) -> str:
        key = (post.platform, keepable(name))
        return elsewhere[key] if key in elsewhere and key not in rows else name

    thread, own, answers = now(post.thread), post.external_id, now(post.reply_to)
    if thread != post.thread:
        own, answers = (_renamed(name, post.thread, thread) for name in (own, answers))
    if (thread, own, answers) == (post.thread, post.external_id, post.reply_to):
        return post
    also = post.also if own == post.external_id else (*post.also, post.external_id)
    return replace(post, thread=thread, reply_to=answers, external_id=own, also=also)


def _renamed(name: str, before: str, now: str) -> str:
    rest = name.removeprefix(before)
    return now + rest if rest != name and re.match(_PART, rest) else name


# --- whether a name is believed -------------------------------------------------------------------

type Author = tuple[str, str]  # handle or number, name


def _follows(
    post: domain.RawPost,
    own: Name,
    told: Mapping[Name, tuple[str, int]],
    claimed: Mapping[Name, domain.RawPost],
    ids: set[Name],
    authors: Mapping[int, Author],
) -> bool:
    """Whether the post is the one that is known by its name. A page that shows both, neither claiming the other, knows better."""
    if own in told:
        target, row = told[own]
        return (own in claimed or (own[0], target) not in ids) and _one_author(_author(post), authors.get(row))
    return _one_author(_author(post), _author(claimed[own]))


def _author(post: domain.RawPost) -> Author:
    return keepable(post.author)[:200], keepable(post.author_name)[:300]


def _authors(
    cursor: Any, posts: Sequence[domain.RawPost], told: Mapping[Name, tuple[str, int]], rows: Mapping[Name, int]
) -> dict[int, Author]:
    """Who wrote the newest version of each row that a name of the batch would lead to. Nearly always there is none to ask for."""
    wanted = set()
    for post in posts:
        own = (post.platform, keepable(post.external_id))
        if own not in rows and own in told:
            wanted.add(told[own][1])
        for name in post.also:
            other = (post.platform, keepable(name))
            if other in rows and other != own:
                wanted.add(rows[other])
    if not wanted:
        return {}
    cursor.execute(_AUTHORS, [list(wanted)])
    return {key: (author, name) for key, author, name in cursor.fetchall()}


def _one_author(one: Author, other: Author | None) -> bool:
    """False only where two authors are told apart. Handles are compared with handles and numbers (`100`, `id:100`, `did:plc:...`) with
    numbers, without a server's name; where one way tells a number and the other a handle, the names people see are compared."""
    if other is None:
        return True
    first, second = (handle.casefold().partition("@")[0] for handle in (one[0], other[0]))
    if first and second and _is_number(first) == _is_number(second):
        return first == second
    first, second = (" ".join(name.casefold().split()) for name in (one[1], other[1]))
    return not (first and second) or first == second


def _is_number(handle: str) -> bool:
    return handle.isdecimal() or ":" in handle


# --- asking the database --------------------------------------------------------------------------


def _named(cursor: Any, wanted: set[Name]) -> tuple[dict[Name, int], dict[Name, tuple[str, int]]]:
    """The rows that go by these names, and external_id and id of those that went by them before."""
    cursor.execute(_NAMED, [[platform for platform, _ in wanted], [name for _, name in wanted]])
    rows, told = {}, {}
    for platform, name, post, external_id, row in cursor.fetchall():
        if post is not None:
            rows[platform, name] = post
        if external_id is not None:
            told[platform, name] = (external_id, row)
    return rows, told


def _two_rows(post: domain.RawPost) -> domain.Problem:
    sentence = domain.Sentence(
        id="Satu unggahan tersimpan dua kali: sekali lewat alamatnya, sekali lewat nomornya. Keduanya tetap disimpan.",
        en="One post is kept twice: once by its address, once by its number. Both stay.",
    )
    return domain.Problem("kept_twice", sentence, where=post.locator)
