"""Short links at the reading of a post: which stand in it are noted, the ends of those that were opened are read with it.

An end is read as a link that stands beside the text. Opening them is another's work, by job (preserving.short_links).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from patrol import domain
from patrol.domain import ClaimKind, Level, TextKind
from patrol.engine import reading
from patrol.sources import short_links

if TYPE_CHECKING:
    from patrol.pipeline.claiming import Item

# Whoever looks at a link is seen by the one who made it. What was told in confidence, and what only reports, warns or asks, is left alone.
# A joke is none of these: a text of little but a link is taken for one.
_SPEAKS_OF_OTHERS: Final = frozenset({TextKind.NEWS, TextKind.WARNING, TextKind.PLEA})
MOST: Final = 20  # of one post
_GOES_ON: Final = re.compile(r"…|\.\.\.|\s+\[\s?(?:…|\.\.\.)")

# In one order: two batches that find the same links wait for each other and never in a circle. DO UPDATE locks what is there, and finds
# a row gone that an eraser held; then it is made anew.
_FOUND = """
INSERT INTO patrol_shortlink AS l (address, may_open, level_rank, found_at, leads_to)
SELECT address, may_open, level_rank, %(now)s, '' FROM unnest(%(addresses)s::text[], %(may_open)s::bool[], %(ranks)s::int[])
    AS f (address, may_open, level_rank) ORDER BY address
ON CONFLICT (address) DO UPDATE SET may_open = l.may_open OR EXCLUDED.may_open, level_rank = GREATEST(l.level_rank, EXCLUDED.level_rank)
WHERE l.asked_at IS NULL AND (EXCLUDED.may_open AND NOT l.may_open OR EXCLUDED.level_rank > l.level_rank)
"""
_IDS = "SELECT id, address FROM patrol_shortlink WHERE address = ANY (%(addresses)s)"
# What a version no longer gives, it no longer wants.
_UNWANTED = "UPDATE patrol_shortlinkuse SET wants = false, level_rank = 0 WHERE version_id = ANY (%(read)s) AND wants"
_USED = """
INSERT INTO patrol_shortlinkuse (version_id, link_id, wants, level_rank)
SELECT * FROM unnest(%(versions)s::bigint[], %(links)s::bigint[], %(wants)s::bool[], %(ranks)s::int[])
ON CONFLICT (version_id, link_id) DO UPDATE SET wants = EXCLUDED.wants, level_rank = EXCLUDED.level_rank
"""
# Ends as the next reading will have them, of posts that were read without one of them.
_ENDS = """
SELECT u.version_id, array_agg(l.id ORDER BY l.id) FROM patrol_shortlinkuse u
JOIN patrol_shortlink l ON l.id = u.link_id AND l.outcome = 'opened' WHERE u.version_id = ANY (%(versions)s) GROUP BY u.version_id
"""
_AGAIN = "UPDATE patrol_post SET due_at = clock_timestamp(), attempts = 0 WHERE id = ANY (%(posts)s) AND quarantined_at IS NULL"


def key(opened: Sequence[int]) -> str:
    """Reading.ends_key: the short links whose ends are read with a text, by their ids; "" none. An end is never changed, and what is
    hashed of a number can be found by trying: the key stays when link and end are erased."""
    return hashlib.sha256(",".join(map(str, opened)).encode()).hexdigest() if opened else ""


def standing_in(read: domain.Reading, content: domain.Content) -> tuple[str, ...]:
    """The short links a post gives, each once, in order; none of whose code only the beginning stands there: that is another's link."""
    found = dict.fromkeys(short_links.short(claim.value) for claim in read.of(ClaimKind.LINK) if not _is_cut(claim, read, content))
    found.pop("", None)
    return tuple(found)[:MOST]


def _is_cut(claim: domain.Claim, read: domain.Reading, content: domain.Content) -> bool:
    """Whether an address goes on behind what was read of it: somebody shortened the text, or the reader took its beginning only."""
    kind, _, number = claim.source.partition(":")
    held: dict[str, tuple[tuple[str, ...], int]] = {
        "text": ((content.text,), reading.LONGEST_TEXT),
        "alt": (content.captions, reading.LONGEST_CAPTION),
        "image": (read.picture_texts, reading.LONGEST_TEXT),
    }
    if kind not in held:  # a code or a link beside the text is whole
        return False
    texts, longest = held[kind]
    text, end = texts[int(number or 0)], claim.span[1]
    return _GOES_ON.match(text, end) is not None or end >= longest < len(text)


def note(cursor: Any, items: Sequence[Item], assessed: Sequence[domain.Assessment], *, now: datetime) -> None:
    """Short links of a batch and where they stand, in the transaction that keeps it, after its posts were let go: their rows come first.

    A post that holds one that was opened before is due again, to be read with its end.
    """
    held = [(item, one, found) for item, one in zip(items, assessed, strict=True) if (found := standing_in(one.reading, item.content))]
    wanted = [item.version_id for item in items if item.wanted]
    if wanted:
        cursor.execute(_UNWANTED, {"read": wanted})
    if not held:
        return
    uses: list[tuple[int, str, bool, int]] = []  # version, address, whether it is wanted, how bad the post is
    for item, one, found in held:
        rank = Level(one.level).rank
        wants = item.public and (one.reading.text_kind not in _SPEAKS_OF_OTHERS or rank >= Level.MEDIUM.rank)
        uses += [(item.version_id, address, wants, rank if wants else 0) for address in found]
    given_by: dict[str, tuple[bool, int]] = {}
    for _version, address, wants, rank in uses:
        before = given_by.get(address, (False, 0))
        given_by[address] = before[0] or wants, max(before[1], rank)
    given: dict[str, Any] = {
        "addresses": list(given_by),
        "may_open": [wants for wants, _rank in given_by.values()],
        "ranks": [rank for _wants, rank in given_by.values()],
        "now": now,
    }
    cursor.execute(_FOUND, given)
    cursor.execute(_IDS, given)
    ids = {address: key for key, address in cursor.fetchall()}
    used: dict[str, Any] = {
        "versions": [version for version, _address, _wants, _rank in uses],
        "links": [ids[address] for _version, address, _wants, _rank in uses],
        "wants": [wants for _version, _address, wants, _rank in uses],
        "ranks": [rank for _version, _address, _wants, rank in uses],
    }
    cursor.execute(_USED, used)
    cursor.execute(_ENDS, {"versions": [item.version_id for item, _one, _found in held]})
    opened = {version_id: tuple(links) for version_id, links in cursor.fetchall()}
    again = [item.post_id for item, _one, _found in held if opened.get(item.version_id, ()) != item.opened]
    if again:
        cursor.execute(_AGAIN, {"posts": again})
