"""The two verbs that keep what the way of a post brought, each in one transaction: `page` what was fetched, `batch` what was judged.

Bytes are on the disk before the transaction that names them; a lease that another run holds by now takes all of it back.
"""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from psycopg2.extras import Json

from patrol import campaigns, domain, models
from patrol.engine import assess, licences, linking, reading, rules
from patrol.evidence import custody
from patrol.infra.copying import copy, keepable, next_ids
from patrol.pipeline import accounts, claiming, claims, ends, flagging, picture_reads, storing
from patrol.pipeline.claiming import Item, Judge

log = logging.getLogger(__name__)


_ADVANCE = """
UPDATE patrol_watch SET cursor = %(cursor)s, lease_until = clock_timestamp() + %(lease)s * interval '1 second'
WHERE id = %(id)s AND lease_token = %(token)s
"""


class LeaseLostError(Exception):
    """Another run holds the watch by now: this one was too slow, and must not write."""


def page(page: domain.Page, *, watch: models.Watch, fetch: models.Fetch, token: uuid.UUID, policy: Mapping[str, str]) -> storing.Stored:
    """Keeps a page: raw bytes, their record, posts, cursor. `policy`: of robots.txt, for the record. Raises LeaseLostError.

    Its posts were seen when the answer was there: the run may have begun a minute before.
    """
    sha256 = custody.keep(page.answer)
    with transaction.atomic():
        capture = custody.capture(page.answer, sha256=sha256, platform=watch.platform, fetch=fetch, options=policy)
        stored = storing.store(
            page.posts,
            capture_id=capture.id,
            watch_id=watch.pk,
            fetch_id=fetch.pk,
            gone=page.gone,
            covered=page.covered,
            answered=page.answered,
            now=page.answer.received_at,
        )
        if not advance(watch, token, page.cursor):
            raise LeaseLostError(watch.pk)
        return stored


def advance(watch: models.Watch, token: uuid.UUID, onward: Mapping[str, Any]) -> bool:
    """Moves the watch's cursor and keeps its lease. False where the lease is another run's by now."""
    parameters: dict[str, Any] = {"cursor": Json(dict(onward)), "lease": settings.FETCH_LEASE_SECONDS, "id": watch.pk, "token": token}
    with connection.cursor() as cursor:
        cursor.execute(_ADVANCE, parameters)
        return bool(cursor.rowcount)


def batch(items: Sequence[Item], assessed: Sequence[domain.Assessment], judge: Judge, *, token: uuid.UUID, now: datetime) -> int | None:
    """Keeps a batch: readings, claims, checks, findings, sightings, flags; and its posts are no longer due.

    Returns how many flags were raised; None where somebody else holds posts of it by now: what this run made is theirs to make.
    """
    shown = [picture_reads.put_washed(item.kept, one.reading) for item, one in zip(items, assessed, strict=True) if item.kept]
    with transaction.atomic():
        for pictures in shown:
            picture_reads.keep_washed(pictures, now=now)
        raised = _judged(items, assessed, judge, now=now)
        lost = claiming.finish(items, token)
        if lost:
            transaction.set_rollback(True)
            log.warning("lease lost", extra={"posts": lost})
        else:
            with connection.cursor() as cursor:
                ends.note(cursor, items, assessed, now=now)
    return None if lost else raised


def _judged(items: Sequence[Item], assessed: Sequence[domain.Assessment], judge: Judge, *, now: datetime) -> int:
    """Readings, claims, checks, findings, sightings and flags of one batch. Returns how many flags were raised."""
    version = rules.version(judge.weights)
    by = [assess.judged_by(version, assess.trusted_in(one.reading, judge.trusted)) for one in assessed]
    with connection.cursor() as cursor:
        readings = _keep_readings(cursor, items, assessed, now)
        checks = _keep_checks(cursor, readings, assessed, by, now)
        _keep_sightings(cursor, items, assessed, judge.book, now)
        linkable = [_linkable(item, one) for item, one in zip(items, assessed, strict=True)]
        campaigns.keep(cursor, linkable, judge.book.sites if judge.book else ())
    return flagging.raise_flags(items, assessed, checks, now=now)


def _linkable(item: Item, one: domain.Assessment) -> campaigns.Kept:
    shown = {kept.sha256: place for place, kept in enumerate(item.kept) if not linking.is_stock(one.reading, place)}
    return campaigns.Kept(item.post_id, item.content, one, tuple(shown.items()))


_SORTED = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def _keep_readings(cursor: Any, items: Sequence[Item], assessed: Sequence[domain.Assessment], now: datetime) -> list[int]:
    """The id of each item's reading: made now, or made before by the same reader of the same version."""
    cursor.execute(
        "SELECT version_id, pictures_key, ends_key, id FROM patrol_reading WHERE version_id = ANY(%s) AND reader_version = %s",
        [[item.version_id for item in items], reading.READER_VERSION],
    )
    known = {(version_id, *read_with): key for version_id, *read_with, key in cursor.fetchall()}
    fresh = [(i, a) for i, a in zip(items, assessed, strict=True) if _read_as(i) not in known]
    ids = next_ids(cursor, "patrol_reading", len(fresh))
    rows, contents = [], []
    for key, (item, one) in zip(ids, fresh, strict=True):
        known[_read_as(item)] = key
        read = one.reading
        said = [claims.to_json(claim) for claim in read.claims]
        for claim in said:
            claim["value"] = keepable(claim["value"])
        salt = secrets.token_hex(16)
        written = _SORTED(said)
        commitment = hashlib.sha256((salt + written).encode()).hexdigest()
        rows.append(
            (
                key,
                item.version_id,
                reading.READER_VERSION,
                item.pictures_key,
                item.ends_key,
                str(read.text_kind),
                str(read.route),
                tuple(read.countries),
                tuple(read.positions),
                read.truncated,
                now,
                salt,
                commitment,
            )
        )
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
        cursor,
        "patrol_reading",
        (
            "id",
            "version_id",
            "reader_version",
            "pictures_key",
            "ends_key",
            "text_kind",
            "route",
            "countries",
            "positions",
            "truncated",
            "read_at",
            "salt",
            "commitment",
        ),
        rows,
    )
    copy(cursor, "patrol_readingclaims", ("reading_id", "claims", "picture_texts", "code_texts", "places", "notes"), contents)
    return [known[_read_as(item)] for item in items]


def _read_as(item: Item) -> tuple[int, str, str]:
    """The version, and what was read with its text."""
    return item.version_id, item.pictures_key, item.ends_key


def _keep_checks(
    cursor: Any, readings: Sequence[int], assessed: Sequence[domain.Assessment], judged_by: Sequence[str], now: datetime
) -> list[int]:
    """The id of each item's check: one per reading, edition and set of rules with their points (`judged_by`)."""
    cursor.execute(
        "SELECT reading_id, COALESCE(edition_id, 0), rules_version, id FROM patrol_licencecheck"
        " WHERE reading_id = ANY(%s) AND rules_version = ANY(%s)",
        [list(readings), sorted(set(judged_by))],
    )
    known = {(reading_id, edition, by): key for reading_id, edition, by, key in cursor.fetchall()}
    fresh = [(r, a, by) for r, a, by in zip(readings, assessed, judged_by, strict=True) if (r, a.check.edition or 0, by) not in known]
    ids = next_ids(cursor, "patrol_licencecheck", len(fresh))
    rows, found = [], []
    for key, (reading_id, one, by) in zip(ids, fresh, strict=True):
        check = one.check
        known[reading_id, check.edition or 0, by] = key
        others = [
            {"verdict": str(o.verdict), "agency": o.agency, "licence_number": o.licence_number, "id": o.reason.id, "en": o.reason.en}
            for o in check.others
        ]
        rows.append(
            (
                key,
                reading_id,
                check.edition or None,
                by,
                check.day,
                str(check.verdict),
                keepable(check.agency)[:300],
                keepable(check.licence_number)[:200],
                check.register_date if check.edition else None,
                keepable(check.reason.id),
                keepable(check.reason.en),
                [{"id": keepable(n.id), "en": keepable(n.en)} for n in check.notes],
                others,
                check.contact_own,
                one.score,
                str(one.level),
                tuple(map(str, one.kinds)),
                now,
            )
        )
        found += [
            (
                key,
                f.rule,
                f.version,
                f.points,
                keepable(f.reason.id),
                keepable(f.reason.en),
                dict(f.parameters),
                tuple(map(str, f.kinds)),
                [list(span) for span in f.spans],
                tuple(f.sources),
            )
            for f in one.findings
        ]
    copy(
        cursor,
        "patrol_licencecheck",
        (
            "id",
            "reading_id",
            "edition_id",
            "rules_version",
            "day",
            "verdict",
            "agency",
            "licence_number",
            "register_date",
            "reason_id",
            "reason_en",
            "notes",
            "others",
            "contact_own",
            "score",
            "level",
            "kinds",
            "checked_at",
        ),
        rows,
    )
    copy(
        cursor,
        "patrol_finding",
        ("check_of_id", "rule", "rule_version", "points", "reason_id", "reason_en", "parameters", "kinds", "spans", "sources"),
        found,
    )
    return [known[r, a.check.edition or 0, by] for r, a, by in zip(readings, assessed, judged_by, strict=True)]


_CONTACTS_OF = frozenset({domain.TextKind.OFFER_ABROAD, domain.TextKind.OFFER_HOME, domain.TextKind.LURE, domain.TextKind.ADVERTISEMENT})


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
    cursor: Any, items: Sequence[Item], assessed: Sequence[domain.Assessment], book: licences.Book | None, now: datetime
) -> None:
    rows = [
        (
            kind,
            value,
            accounts.own_id(item.content) if role == "author" else "",
            role,
            confidence,
            item.post_id,
            item.version_id,
            _said_at(item),
        )
        for item, one in zip(items, assessed, strict=True)
        for (kind, value, role), confidence in sightings_of(item, one, book).items()
    ]
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
