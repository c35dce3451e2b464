"""Stored posts into readings, checks and findings, a batch at a time; flagging takes over at the end of each batch.

A batch is claimed by lease, assessed without holding a transaction, and kept in one. What a batch cannot swallow is found by halving:
the bad post stands alone and is quarantined, shown to staff, never dropped.

A post is read by its text at once (`read_due`), and once more with its pictures when they are kept (`read_pictured`, a task of its own,
one post at a time): reading a picture takes as long as reading a thousand texts, and one that kills the reader takes nobody along.
"""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction

from patrol import campaigns, domain
from patrol.engine import assess, licences, linking, reading, rules
from patrol.engine.rules import points
from patrol.infra.copying import copy, keepable, next_ids
from patrol.pipeline import accounts, claims, flagging, picture_reads
from patrol.register import editions, trusted

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
# A statement of its own, which sees the version that made a post due again while it was being claimed.
_LOAD = """
SELECT p.id, p.versions_count, p.attempts, p.platform, p.url, p.posted_at, p.first_seen, p.external_id, p.forward_of, p.text_key,
    v.id, t.text, t.author, t.author_name, p.author_id, t.links, t.media, p.due_at,
    EXISTS (SELECT FROM patrol_media m WHERE m.version_id = v.id AND m.state = 'kept'),
    (SELECT COALESCE(w.office_id, i.office_id) FROM patrol_seen s LEFT JOIN patrol_watch w ON w.id = s.watch_id
     LEFT JOIN patrol_intake i ON i.id = s.intake_id WHERE s.post_id = p.id ORDER BY s.id LIMIT 1),
    EXISTS (SELECT FROM patrol_erasure e WHERE e.version_id = v.id)
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

    @property
    def pictures_key(self) -> str:
        """Reading.pictures_key of this reading."""
        return picture_reads.key(self.kept)


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


def _claim(limit: int, which: str, batch: Batch, *, now: datetime) -> tuple[uuid.UUID, list[Item]]:
    token = uuid.uuid4()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            _CLAIM.format(which=which),
            {"token": token, "lease": settings.READ_LEASE_SECONDS, "sizes": batch_sizes(limit), "tries": TRIES},
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
            _quarantine(chosen[0], token, type(error).__name__, now=now)
            batch.quarantined += 1
            return []
        middle = len(chosen) // 2
        return [*_loaded(chosen[:middle], token, batch, now=now), *_loaded(chosen[middle:], token, batch, now=now)]


def _item(row: Sequence[Any]) -> Item:
    (
        post_id, number, attempts, platform, url, posted_at, first_seen, external_id, forward_of, text_key,
        version_id, text, author, author_name, author_id, links, media, due_at, pictured, office_id, erased,
    ) = row  # fmt: skip
    links, media = (json.loads(kept) if isinstance(kept, str) else kept for kept in (links, media))
    content = domain.Content(
        text=text, platform=platform, author=author, author_name=author_name, author_id=author_id, url=url, links=tuple(links),
        captions=captions(media),
    )  # fmt: skip
    return Item(
        post_id, number, attempts, platform, posted_at, first_seen, external_id, forward_of, text_key, version_id, content, office_id,
        due_at, pictured, erased,
    )  # fmt: skip


def captions(media: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Content.captions of a post's media as PostText keeps them; empty where none has words."""
    said = tuple(str(one.get("words", "")) for one in media)
    return said if any(said) else ()


def read_due(*, now: datetime, limit: int) -> Batch:
    """Claims up to `limit` due posts and takes them all the way to their flags. An empty batch: nothing was due.

    Posts whose next reading is one with pictures are left to `read_pictured`.
    """
    batch = Batch()
    token, items = _claim(limit, f"NOT {PICTURED}", batch, now=now)
    return _read(batch, token, items, now=now)


def read_pictured(*, now: datetime) -> Batch:
    """Claims one post whose pictures wait and reads it with them. An empty batch: none was due.

    A picture that kills the process is met again when the lease has run out, and after TRIES of that the post is quarantined: what
    its text said, and the flag raised on it, stay.
    """
    batch = Batch()
    token, items = _claim(1, PICTURED, batch, now=now)
    kept = picture_reads.of_versions(item.version_id for item in items)
    return _read(batch, token, [replace(item, kept=kept.get(item.version_id, ())) for item in items], now=now)


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


@contextmanager
def only_one(what: str) -> Iterator[bool]:
    """False where another process is at this by now. Held by the connection: who dies lets go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [f"patrol {what}"])
        alone = bool(cursor.fetchone()[0])
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [f"patrol {what}"])


def _read(batch: Batch, token: uuid.UUID, items: Sequence[Item], *, now: datetime) -> Batch:
    if items:
        worn_out = [item for item in items if item.attempts > TRIES]
        for item in worn_out:
            _quarantine(item.post_id, token, f"given up after {TRIES} tries", now=now)
        batch.quarantined += len(worn_out)
        _let_go(token, [item for item in items if item.erased and item.attempts <= TRIES])
        judge = Judge(current_book(), editions.current_points(), trusted.contacts(now))
        rest = [item for item in items if item.attempts <= TRIES and not item.erased]
        _take(batch, token, rest, judge, now=now)
    return batch


def _let_go(token: uuid.UUID, erased: Sequence[Item]) -> None:
    """What was erased is never judged anew: nothing can be read of it, and the last verdict stands."""
    if erased:
        with connection.cursor() as cursor:
            cursor.execute(_DONE, _done(erased, token))


def _done(items: Sequence[Item], token: uuid.UUID) -> dict[str, Any]:
    return {
        "ids": [item.post_id for item in items],
        "numbers": [item.number for item in items],
        "due": [item.due_at for item in items],
        "stays": [item.pictured and not item.kept and not item.erased for item in items],
        "token": token,
    }


def _take(batch: Batch, token: uuid.UUID, items: Sequence[Item], judge: Judge, *, now: datetime) -> None:
    if not items:
        return
    try:
        assessed = assess.assess(
            [_opened(item) for item in items],
            [item.posted_at for item in items],
            judge.book,
            now=now,
            undated=[item.first_seen for item in items],
            weights=judge.weights,
            cache=picture_reads.Cache(),
            trusted=judge.trusted,
            stale_after_days=settings.REGISTER_STALE_DAYS,
        )
        shown = [
            picture_reads.put_washed(item.kept, one.reading)
            for item, one in zip(items, assessed, strict=True)
            if item.kept
        ]
        with transaction.atomic():
            for pictures in shown:
                picture_reads.keep_washed(pictures, now=now)
            raised = _keep(items, assessed, judge, now=now)
            with connection.cursor() as cursor:
                cursor.execute(_DONE, _done(items, token))
                if cursor.rowcount != len(items):
                    # Somebody else holds these posts by now: what this run made is theirs to make.
                    transaction.set_rollback(True)
                    log.warning("lease lost", extra={"posts": len(items) - cursor.rowcount})
                    return
    except (OperationalError, InterfaceError, SoftTimeLimitExceeded):
        raise  # the database is away, or the task's time is over: nobody's post is to blame, and the try is counted at the claim
    except Exception as error:
        if len(items) == 1:
            log.exception("post quarantined", extra={"post": items[0].post_id})
            _quarantine(items[0].post_id, token, type(error).__name__, now=now)
            batch.quarantined += 1
            return
        middle = len(items) // 2
        for half in (items[:middle], items[middle:]):
            _take(batch, token, half, judge, now=now)
        return
    batch.read += len(items)
    batch.flagged += raised
    for one in assessed:
        batch.levels[str(one.level)] = batch.levels.get(str(one.level), 0) + 1


def _opened(item: Item) -> domain.Content:
    return replace(item.content, pictures=picture_reads.opened(item.kept)) if item.kept else item.content


def _quarantine(post_id: int, token: uuid.UUID, why: str, *, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE patrol_post SET quarantined_at = %s, quarantine_reason = %s, lease_token = NULL, lease_until = NULL"
            " WHERE id = %s AND lease_token = %s",
            [now, why, post_id, token],
        )


def _keep(items: Sequence[Item], assessed: Sequence[domain.Assessment], judge: Judge, *, now: datetime) -> int:
    """Readings, claims, checks, findings, sightings and flags of one batch. Returns how many flags were raised."""
    version = rules.version(judge.weights)
    by = [assess.judged_by(version, assess.trusted_in(one.reading, judge.trusted)) for one in assessed]
    with connection.cursor() as cursor:
        readings = _keep_readings(cursor, items, assessed, now)
        checks = _keep_checks(cursor, readings, assessed, by, now)
        _keep_sightings(cursor, items, assessed, judge.book, now)
        campaigns.keep(cursor, [_linkable(item, one) for item, one in zip(items, assessed, strict=True)])
    return flagging.raise_flags(items, assessed, checks, now=now)


def _linkable(item: Item, one: domain.Assessment) -> campaigns.Kept:
    shown = {kept.sha256: place for place, kept in enumerate(item.kept) if not linking.is_stock(one.reading, place)}
    return campaigns.Kept(item.post_id, item.content, one, tuple(shown.items()))


_SORTED = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def _keep_readings(
    cursor: Any, items: Sequence[Item], assessed: Sequence[domain.Assessment], now: datetime
) -> list[int]:
    """The id of each item's reading: made now, or made before by the same reader of the same version."""
    cursor.execute(
        "SELECT version_id, pictures_key, id FROM patrol_reading WHERE version_id = ANY(%s) AND reader_version = %s",
        [[item.version_id for item in items], reading.READER_VERSION],
    )
    known = {(version_id, pictures_key): key for version_id, pictures_key, key in cursor.fetchall()}
    fresh = [(i, a) for i, a in zip(items, assessed, strict=True) if (i.version_id, i.pictures_key) not in known]
    ids = next_ids(cursor, "patrol_reading", len(fresh))
    rows, contents = [], []
    for key, (item, one) in zip(ids, fresh, strict=True):
        known[item.version_id, item.pictures_key] = key
        read = one.reading
        said = [claims.to_json(claim) for claim in read.claims]
        for claim in said:
            claim["value"] = keepable(claim["value"])
        salt = secrets.token_hex(16)
        written = _SORTED(said)
        commitment = hashlib.sha256((salt + written).encode()).hexdigest()
        rows.append(
            (key, item.version_id, reading.READER_VERSION, item.pictures_key, str(read.text_kind), str(read.route), tuple(read.countries),
             tuple(read.positions), read.truncated, now, salt, commitment)
        )  # fmt: skip
        contents.append(
            (
                key,
                written,
                [keepable(text) for text in read.picture_texts],
                [keepable(text) for text in read.code_texts],
                [claims.place_json(place) for place in read.places],
                [{"id": n.id, "en": n.en} for n in one.notes],
            )
        )
    copy(
        cursor, "patrol_reading",
        ("id", "version_id", "reader_version", "pictures_key", "text_kind", "route", "countries", "positions", "truncated", "read_at",
         "salt", "commitment"), rows,
    )  # fmt: skip
    copy(
        cursor,
        "patrol_readingclaims",
        ("reading_id", "claims", "picture_texts", "code_texts", "places", "notes"),
        contents,
    )
    return [known[item.version_id, item.pictures_key] for item in items]


def _keep_checks(
    cursor: Any,
    readings: Sequence[int],
    assessed: Sequence[domain.Assessment],
    judged_by: Sequence[str],
    now: datetime,
) -> list[int]:
    """The id of each item's check: one per reading, edition and set of rules with their points (`judged_by`)."""
    cursor.execute(
        "SELECT reading_id, COALESCE(edition_id, 0), rules_version, id FROM patrol_licencecheck"
        " WHERE reading_id = ANY(%s) AND rules_version = ANY(%s)",
        [list(readings), sorted(set(judged_by))],
    )
    known = {(reading_id, edition, by): key for reading_id, edition, by, key in cursor.fetchall()}
    fresh = [
        (r, a, by)
        for r, a, by in zip(readings, assessed, judged_by, strict=True)
        if (r, a.check.edition or 0, by) not in known
    ]
    ids = next_ids(cursor, "patrol_licencecheck", len(fresh))
    rows, found = [], []
    for key, (reading_id, one, by) in zip(ids, fresh, strict=True):
        check = one.check
        known[reading_id, check.edition or 0, by] = key
        others = [
            {
                "verdict": str(o.verdict),
                "agency": o.agency,
                "licence_number": o.licence_number,
                "id": o.reason.id,
                "en": o.reason.en,
            }
            for o in check.others
        ]
        rows.append(
            (key, reading_id, check.edition or None, by, check.day, str(check.verdict), keepable(check.agency)[:300],
             keepable(check.licence_number)[:200], check.register_date if check.edition else None, keepable(check.reason.id),
             keepable(check.reason.en), [{"id": keepable(n.id), "en": keepable(n.en)} for n in check.notes], others,
             check.contact_own, one.score, str(one.level), tuple(map(str, one.kinds)), now)
        )  # fmt: skip
        found += [
            (key, f.rule, f.version, f.points, keepable(f.reason.id), keepable(f.reason.en), dict(f.parameters),
             tuple(map(str, f.kinds)), [list(span) for span in f.spans], tuple(f.sources))
            for f in one.findings
        ]  # fmt: skip
    copy(
        cursor, "patrol_licencecheck",
        ("id", "reading_id", "edition_id", "rules_version", "day", "verdict", "agency", "licence_number", "register_date",
         "reason_id", "reason_en", "notes", "others", "contact_own", "score", "level", "kinds", "checked_at"), rows,
    )  # fmt: skip
    copy(
        cursor, "patrol_finding",
        ("check_of_id", "rule", "rule_version", "points", "reason_id", "reason_en", "parameters", "kinds", "spans", "sources"),
        found,
    )  # fmt: skip
    return [known[r, a.check.edition or 0, by] for r, a, by in zip(readings, assessed, judged_by, strict=True)]


_CONTACTS_OF = frozenset(
    {
        domain.TextKind.OFFER_ABROAD,
        domain.TextKind.OFFER_HOME,
        domain.TextKind.LURE,
        domain.TextKind.ADVERTISEMENT,
    }
)


def sightings_of(item: Item, one: domain.Assessment, book: licences.Book | None) -> dict[tuple[str, str, str], float]:
    """(indicator kind, value, role) -> confidence. Who only quotes a number mentions it; who offers it is reached by it."""
    role = "contact" if one.reading.text_kind in _CONTACTS_OF else "mentioned"
    seen: dict[tuple[str, str, str], float] = {}
    for claim in assess.leads(one.reading, one.check):
        if not claim.value:
            continue
        kind, value = str(claim.kind), claim.value
        if kind == domain.ClaimKind.COMPANY:
            kind, role_here = "agency", "agency"
            value = value if book is not None and book.holds(value) else assess.company(value)
        else:
            kind = "licence_number" if kind == domain.ClaimKind.SIP3MI_NUMBER else kind
            role_here = "mentioned" if kind == "licence_number" else role
        key = (kind, keepable(value)[:500], role_here)
        seen[key] = max(seen.get(key, 0.0), claim.confidence)
    if item.content.author:
        seen["account", f"{item.platform}:{item.content.author}"[:500], "author"] = 1.0
    return seen


def _keep_sightings(
    cursor: Any,
    items: Sequence[Item],
    assessed: Sequence[domain.Assessment],
    book: licences.Book | None,
    now: datetime,
) -> None:
    rows = [
        (
            kind, value, accounts.own_id(item.content) if role == "author" else "", role, confidence, item.post_id, item.version_id,
            _said_at(item),
        )
        for item, one in zip(items, assessed, strict=True)
        for (kind, value, role), confidence in sightings_of(item, one, book).items()
    ]  # fmt: skip
    keep_sighted(cursor, rows, now)


def _said_at(item: Item) -> datetime:
    """When what the post says was seen: at its time, and at its receipt where that lies ahead."""
    return min(item.posted_at, item.first_seen) if item.posted_at else item.first_seen


def keep_sighted(cursor: Any, rows: Sequence[tuple[Any, ...]], now: datetime) -> None:
    """Indicators and their sightings, each once, in the caller's transaction.

    Rows: kind, value and own id of the indicator, role, confidence, post id, version id, when it was said.
    """
    if not rows:
        return
    cursor.execute(accounts.SIGHTED)
    copy(cursor, "sighted", ("kind", "value", "own_id", "role", "confidence", "post_id", "version_id", "at"), rows)
    cursor.execute(
        "INSERT INTO patrol_indicator AS i (kind, value, first_seen, last_seen)"
        " SELECT kind, value, min(at), max(at) FROM sighted WHERE own_id = '' GROUP BY kind, value ORDER BY kind, value"
        " ON CONFLICT (kind, value, own_id) DO UPDATE SET first_seen = LEAST(i.first_seen, EXCLUDED.first_seen),"
        " last_seen = GREATEST(i.last_seen, EXCLUDED.last_seen)"
    )
    cursor.execute(
        "INSERT INTO patrol_sighting (indicator_id, post_id, version_id, role, confidence, seen_at)"
        " SELECT i.id, s.post_id, s.version_id, s.role, s.confidence, %s FROM sighted s"
        " JOIN patrol_indicator i USING (kind, value, own_id) WHERE s.own_id = ''"
        " ON CONFLICT (indicator_id, version_id, role) DO NOTHING",
        [now],
    )
    if any(row[2] for row in rows):
        accounts.sight(cursor, now)
