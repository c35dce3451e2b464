"""Stored posts that are due, claimed by lease in batches, and let go again: read, set aside, or erased meanwhile."""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction

from patrol import domain
from patrol.engine import assess, licences
from patrol.engine.rules import points
from patrol.pipeline import ends, picture_reads
from patrol.register import editions

log = logging.getLogger(__name__)

TRIES = 5


# A post whose newest version has kept pictures, and was read before, if only by its text: its next reading is one with pictures.
# OFFSET 0: asked of the few posts that are due, never of all pictures there are.
PICTURED = """
EXISTS (SELECT FROM patrol_postversion v WHERE v.post_id = p.id AND v.number = p.versions_count
    AND EXISTS (SELECT FROM patrol_media m WHERE m.version_id = v.id AND m.state = 'kept')
    AND EXISTS (SELECT FROM patrol_reading r WHERE r.version_id = v.id) OFFSET 0)
"""


# Materialized: as a plain subquery the planner may run it once a row, and then more than `limit` posts are claimed. Posts whose
# worker died go on in batches of their own, smaller with each try and in the end alone, so that a post that kills takes no other with it.
# An array: joined with `chosen`, all posts are read to find the few that were chosen, for the planner cannot tell how few.
_CLAIM = """
WITH head AS MATERIALIZED (
    SELECT attempts FROM patrol_post p WHERE due_at <= clock_timestamp() AND quarantined_at IS NULL
      AND (lease_until IS NULL OR lease_until < clock_timestamp()) AND {which}
    ORDER BY due_at, id LIMIT 1 FOR UPDATE OF p SKIP LOCKED
), chosen AS MATERIALIZED (
    SELECT id FROM patrol_post p WHERE due_at <= clock_timestamp() AND quarantined_at IS NULL
      AND (lease_until IS NULL OR lease_until < clock_timestamp()) AND attempts = (SELECT attempts FROM head) AND {which}
    ORDER BY due_at, id LIMIT (SELECT (%(sizes)s::int[])[least(attempts, %(tries)s) + 1] FROM head) FOR UPDATE OF p SKIP LOCKED
)
UPDATE patrol_post p SET lease_token = %(token)s, lease_until = clock_timestamp() + %(lease)s * interval '1 second',
    attempts = p.attempts + 1
WHERE p.id = ANY (ARRAY(SELECT id FROM chosen)) RETURNING p.id
"""


# Last, whether anybody could see the post, by how it came: a watch saw it, or somebody brought it from where it stood. What is typed in
# may have been told to one person, whatever platform was chosen, and an export of Telegram calls its closed groups like its open ones.
# A statement of its own, which sees the version that made a post due again while it was being claimed.
_LOAD = """
SELECT p.id, p.versions_count, p.attempts, p.platform, p.url, p.posted_at, p.first_seen, p.external_id, p.forward_of, p.text_key,
    v.id, t.text, t.author, t.author_name, p.author_id, t.links, t.media, p.due_at,
    EXISTS (SELECT FROM patrol_media m WHERE m.version_id = v.id AND m.state = 'kept'),
    (SELECT json_build_array(COALESCE(w.office_id, i.office_id), CASE i.kind WHEN 'noted' THEN i.options ->> 'province' END)
     FROM patrol_seen s LEFT JOIN patrol_watch w ON w.id = s.watch_id
     LEFT JOIN patrol_intake i ON i.id = s.intake_id WHERE s.post_id = p.id ORDER BY s.id LIMIT 1),
    EXISTS (SELECT FROM patrol_erasure e WHERE e.version_id = v.id),
    (SELECT json_agg(json_build_array(l.id, l.leads_to) ORDER BY l.id) FROM patrol_shortlinkuse u
     JOIN patrol_shortlink l ON l.id = u.link_id AND l.outcome = 'opened' WHERE u.version_id = v.id),
    EXISTS (SELECT FROM patrol_shortlinkuse u WHERE u.version_id = v.id AND u.wants),
    p.platform NOT IN ('whatsapp', 'noted') AND EXISTS (
        SELECT FROM patrol_seen s LEFT JOIN patrol_intake i ON i.id = s.intake_id WHERE s.post_id = p.id AND (s.watch_id IS NOT NULL
        OR i.kind NOT IN ('noted', 'upload') AND (p.platform <> 'telegram' OR starts_with(p.external_id, 'name:'))))
FROM patrol_post p
JOIN patrol_postversion v ON v.post_id = p.id AND v.number = p.versions_count
JOIN patrol_posttext t ON t.version_id = v.id
WHERE p.id = ANY(%s) AND p.lease_token = %s ORDER BY p.id
"""


# A version or a picture that came while we read has moved the due time: only what we read is done. Who was read by the text alone
# though pictures are kept stays due for them.
_DONE = """
UPDATE patrol_post p SET lease_token = NULL, lease_until = NULL, attempts = 0,
    due_at = CASE WHEN p.versions_count = d.number AND p.due_at = d.due_at AND NOT d.stays THEN NULL ELSE p.due_at END
FROM unnest(%(ids)s::bigint[], %(numbers)s::int[], %(due)s::timestamptz[], %(stays)s::bool[]) AS d (id, number, due_at, stays)
WHERE p.id = d.id AND p.lease_token = %(token)s
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One claimed post in its newest version."""

    post_id: int
    number: int
    attempts: int
    platform: str
    posted_at: datetime | None
    first_seen: datetime
    external_id: str
    forward_of: str
    text_key: str
    version_id: int
    content: domain.Content  # without the bytes of pictures: they are opened when they are read
    office_id: int | None  # of the way it came first: the watch or the person who brought it
    due_at: datetime | None = None  # as it was when the post was claimed
    pictured: bool = False  # pictures of this version are kept
    erased: bool = False  # the words of this version are gone
    kept: tuple[picture_reads.Kept, ...] = ()  # those that are read now
    wanted: bool = False  # its reading before wanted short links opened
    public: bool = False  # anybody could see it
    province: str = ""  # given as its place by the person who noted it down, where that is how it came first
    opened: tuple[int, ...] = ()  # its short links that were opened; their ends stand behind the links of `content`

    @property
    def pictures_key(self) -> str:
        """Reading.pictures_key of this reading."""
        return picture_reads.key(self.kept)

    @property
    def ends_key(self) -> str:
        """Reading.ends_key of this reading."""
        return ends.key(self.opened)


@dataclass(slots=True)
class Batch:
    """What one call did."""

    read: int = 0
    flagged: int = 0
    quarantined: int = 0
    levels: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judge:
    """What a batch is judged by: taken once, so that all its posts are judged alike."""

    book: licences.Book | None  # None: no register is loaded
    weights: points.Points
    trusted: frozenset[tuple[str, str]]  # contacts that are no ground for anything


@lru_cache(maxsize=2)
def _book_of(edition: int) -> licences.Book:
    """The index of one edition: built once per process and edition, an edition never changes."""
    return assess.book(editions.load(edition))


def current_book() -> licences.Book | None:
    """The index of the register in force; None where none is loaded."""
    edition = editions.current()
    return _book_of(edition.pk) if edition else None


def batch_sizes(limit: int) -> list[int]:
    """How many posts go together, by how often their worker died: all, a fifth, ..., one; those that are given up, all again."""
    return [max(1, limit // 5**tried) for tried in range(TRIES - 1)] + [1, limit]


def claim(limit: int, which: str, batch: Batch, *, now: datetime) -> tuple[uuid.UUID, list[Item]]:
    token = uuid.uuid4()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            _CLAIM.format(which=which), {"token": token, "lease": settings.READ_LEASE_SECONDS, "sizes": batch_sizes(limit), "tries": TRIES}
        )
        chosen = sorted(row[0] for row in cursor.fetchall())
    return token, _loaded(chosen, token, batch, now=now)


def _loaded(chosen: Sequence[int], token: uuid.UUID, batch: Batch, *, now: datetime) -> list[Item]:
    """The claimed posts, in the order of their ids. One whose row cannot be read is found by halving and quarantined, as one that
    cannot be assessed is: it must not keep the others from being read."""
    if not chosen:
        return []
    try:
        with connection.cursor() as cursor:
            cursor.execute(_LOAD, [list(chosen), token])
            return [_item(row) for row in cursor.fetchall()]
    except (OperationalError, InterfaceError, SoftTimeLimitExceeded):
        raise  # as in `_take`: no post is to blame
    except Exception as error:
        if len(chosen) == 1:
            log.exception("post quarantined", extra={"post": chosen[0]})
            quarantine(chosen[0], token, type(error).__name__, now=now)
            batch.quarantined += 1
            return []
        middle = len(chosen) // 2
        return [*_loaded(chosen[:middle], token, batch, now=now), *_loaded(chosen[middle:], token, batch, now=now)]


def _item(row: Sequence[Any]) -> Item:
    (
        post_id,
        number,
        attempts,
        platform,
        url,
        posted_at,
        first_seen,
        external_id,
        forward_of,
        text_key,
        version_id,
        text,
        author,
        author_name,
        author_id,
        links,
        media,
        due_at,
        pictured,
        came,
        erased,
        led_to,
        wanted,
        public,
    ) = row
    stored = (links, media, led_to or [], came or [None, None])
    links, media, opened, (office_id, province) = (json.loads(kept) if isinstance(kept, str) else kept for kept in stored)
    content = domain.Content(
        text=text,
        platform=platform,
        author=author,
        author_name=author_name,
        author_id=author_id,
        url=url,
        links=(*links, *(end for _link, end in opened)),
        captions=captions(media),
    )
    return Item(
        post_id,
        number,
        attempts,
        platform,
        posted_at,
        first_seen,
        external_id,
        forward_of,
        text_key,
        version_id,
        content,
        office_id,
        due_at,
        pictured,
        erased,
        province=province or "",
        opened=tuple(link for link, _end in opened),
        public=public,
        wanted=wanted,
    )


def captions(media: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Content.captions of a post's media as PostText keeps them; empty where none has words."""
    said = tuple(str(one.get("words", "")) for one in media)
    return said if any(said) else ()


def again(indicator_id: int, *, since: datetime) -> int:
    """Makes due, within the caller's transaction, what this indicator was a ground of: posts with a flag nobody decided, and those from
    `since` on. Who is being read right now loses the lease. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE patrol_post p SET due_at = clock_timestamp(), attempts = 0, lease_token = NULL, lease_until = NULL"
            " WHERE p.quarantined_at IS NULL AND p.id IN (SELECT s.post_id FROM patrol_sighting s WHERE s.indicator_id = %s)"
            " AND (COALESCE(p.posted_at, p.first_seen) >= %s OR EXISTS (SELECT FROM patrol_flag f"
            " WHERE f.post_id = p.id AND f.state IN ('parked', 'waiting', 'needs_information')))",
            [indicator_id, since],
        )
        return int(cursor.rowcount)


def let_go(token: uuid.UUID, erased: Sequence[Item]) -> None:
    """What was erased is never judged anew: nothing can be read of it, and the last verdict stands."""
    if erased:
        finish(erased, token)


def finish(items: Sequence[Item], token: uuid.UUID) -> int:
    """Gives the lease back, and what was read is no longer due. Returns how many of the posts somebody else holds by now."""
    parameters: dict[str, Any] = {
        "ids": [item.post_id for item in items],
        "numbers": [item.number for item in items],
        "due": [item.due_at for item in items],
        "stays": [item.pictured and not item.kept and not item.erased for item in items],
        "token": token,
    }
    with connection.cursor() as cursor:
        cursor.execute(_DONE, parameters)
        return len(items) - int(cursor.rowcount)


def quarantine(post_id: int, token: uuid.UUID, why: str, *, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE patrol_post SET quarantined_at = %s, quarantine_reason = %s, lease_token = NULL, lease_until = NULL"
            " WHERE id = %s AND lease_token = %s",
            [now, why, post_id, token],
        )


def take_up() -> int:
    """Makes due again what was set aside, once what was at fault is mended. Returns how many; what still fails is set aside anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE patrol_post SET due_at = clock_timestamp(), attempts = 0, quarantined_at = NULL, quarantine_reason = ''"
            " WHERE quarantined_at IS NOT NULL"
        )
        return int(cursor.rowcount)
