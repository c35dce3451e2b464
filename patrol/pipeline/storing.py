"""Pages into the database: Capture, Post, PostVersion, PostText, Media and its job, Seen.

One transaction a page, set by set, never post by post.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import platform as machine
import re
import secrets
import subprocess
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DataError, IntegrityError, connection, transaction

from patrol import evidence, models, vocabulary
from patrol.pipeline import absence, identities
from patrol.pipeline.copying import copy, keepable

_COLUMNS = (
    "platform", "external_id", "url", "origin", "reply_to", "thread", "forward_of", "posted_at", "posted_at_source", "text_key",
    "content_key", "other_keys", "commitment", "salt", "locator", "edited", "text", "author", "author_name", "links", "media", "unknown",
    "place",
)  # fmt: skip
FETCHED = ("photo", "link_preview")  # kinds of media whose bytes are asked for; the rest is noted and left


@dataclass(frozen=True, slots=True)
class Stored:
    """What one page brought."""

    new: int
    changed: int
    repeated: int
    problems: tuple[vocabulary.Problem, ...]  # posts that could not be kept; the raw answer keeps them


@cache
def _collector() -> dict[str, str]:
    """Who collected: asked once per process."""
    lock = settings.BASE_DIR / "requirements.txt"
    asked = subprocess.run(
        ["git", "rev-parse", "HEAD"],  # noqa: S607 -- whichever git the machine has; without one the field stays empty
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
    ) if (settings.BASE_DIR / ".git").exists() else None  # fmt: skip
    return {
        "collector": settings.USER_AGENT,
        "collector_commit": asked.stdout.strip()[:40] if asked and asked.returncode == 0 else "",
        "lock_sha256": hashlib.sha256(lock.read_bytes()).hexdigest(),
        "system": f"{machine.system()} {machine.release()}, Python {machine.python_version()}"[:120],
        "host": hashlib.sha256(machine.node().encode()).hexdigest(),
        "clock_source": "system",
    }


def keep(answer: vocabulary.RawAnswer) -> str:
    """The raw bytes on disk, synced: before the transaction that names them. Returns their hash."""
    return evidence.put(answer.body)


def capture(
    answer: vocabulary.RawAnswer,
    *,
    sha256: str,
    platform: str,
    fetch: models.Fetch | None = None,
    job: models.Job | None = None,
    intake: models.Intake | None = None,
    person: models.Person | None = None,
    office: models.Office | None = None,
    post_id: int | None = None,
    kind: str = "answer",
    relation: str = "original",
    of: models.Capture | None = None,
    purpose: str = "patrol",
    account: str = "",
    media_type: str = "",
    options: Mapping[str, Any] = vocabulary.NOTHING,
) -> models.Capture:
    """The custody record of one answer whose bytes are kept. Fetch, job or person: somebody collected it.

    `media_type`: of the bytes, where the answer's own header does not speak of them (an archive of many answers).
    `options` of the row also say the method, and of a POST what was sent; `withheld` how often a secret of ours was overwritten.
    """
    asked: dict[str, Any] = {"method": answer.method}
    if answer.sent:
        asked["sent"] = keepable(answer.sent)
    if answer.withheld:
        asked["withheld"] = answer.withheld
    return models.Capture.objects.create(
        fetch=fetch,
        job=job,
        intake=intake,
        person=person,
        office=office,
        post_id=post_id,
        kind=kind,
        relation=relation,
        of=of,
        purpose=purpose,
        account=account,
        platform=platform,
        media_type=media_type or keepable(answer.header("Content-Type").partition(";")[0].strip()[:100]),
        truncated=answer.truncated,
        asked_url=answer.asked_url,
        final_url=answer.final_url,
        hops=list(answer.hops),
        status=answer.status,
        address=answer.address,
        request_headers=[list(pair) for pair in answer.request_headers],
        headers=[[keepable(key), keepable(value)] for key, value in answer.headers],
        requested_at=answer.requested_at,
        received_at=answer.received_at,
        options=asked | dict(options),
        **_sealed(answer.body, sha256),
    )


def capture_file(
    content: bytes,
    media_type: str,
    *,
    platform: str,
    kind: str,
    now: datetime,
    fetch: models.Fetch | None = None,
    job: models.Job | None = None,
    intake: models.Intake | None = None,
    person: models.Person | None = None,
    office: models.Office | None = None,
    post_id: int | None = None,
    relation: str = "original",
    of: models.Capture | None = None,
    purpose: str = "patrol",
    account: str = "",
    url: str = "",
    truncated: bool = False,
    options: Mapping[str, Any] = vocabulary.NOTHING,
) -> models.Capture:
    """Bytes that came from a person or from our own browser: kept first, then the custody record, without an HTTP exchange.

    `kind`: page, screenshot, media, upload. `url`: the page it shows, where there is one. Raises OSError where the disk refuses.
    """
    sha256 = evidence.put(content)
    return models.Capture.objects.create(
        fetch=fetch,
        job=job,
        intake=intake,
        person=person,
        office=office,
        post_id=post_id,
        kind=kind,
        relation=relation,
        of=of,
        purpose=purpose,
        account=account,
        platform=platform,
        media_type=keepable(media_type)[:100],
        truncated=truncated,
        asked_url=keepable(url),
        final_url=keepable(url),
        requested_at=now,
        received_at=now,
        options=dict(options),
        **_sealed(content, sha256),
    )


def _sealed(content: bytes, sha256: str) -> dict[str, Any]:
    """Hashes, commitment and who collected."""
    salt = secrets.token_hex(16)
    return {
        "sha256": sha256,
        "sha3_512": hashlib.sha3_512(content).hexdigest(),
        "length": len(content),
        "salt": salt,
        "commitment": hashlib.sha256((salt + sha256).encode()).hexdigest(),
        **_collector(),
    }


_DIGITS = re.compile(r"\d")
_LOOSE = re.compile(r"[\W_]+")


def text_key(text: str, identity: str) -> str:
    """Same text with digits masked, same key. A text too short to mean anything ("up", "minat") is like itself only."""
    folded = _LOOSE.sub(" ", _DIGITS.sub("0", text.casefold())).strip()
    seed = folded if len(folded) >= 40 else f"{identity}\0{folded}"
    return hashlib.blake2b(seed.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _row(post: vocabulary.RawPost, place: int = 0) -> tuple[Any, ...]:
    """`post` as `identities.known` gives it: under the external_id of its row, with the names it went by before."""
    text = keepable(post.text)
    links = [keepable(link) for link in post.links]
    media = [
        {"kind": m.kind, "url": keepable(m.url)} | ({"words": keepable(m.words)} if m.words else {}) for m in post.media
    ]
    identity = f"{post.platform}\0{post.external_id}"
    content = json.dumps([text, links, media], ensure_ascii=False)
    salt = secrets.token_hex(16)
    return (
        post.platform, post.external_id, keepable(post.url), keepable(post.origin)[:200], keepable(post.reply_to)[:500],
        keepable(post.thread)[:500], keepable(post.forward_of)[:500], post.posted_at, keepable(post.posted_at_source)[:60],
        text_key(text, identity), _content_key(identity, content),
        tuple(_content_key(f"{post.platform}\0{name}", content) for name in post.also),
        hashlib.sha256((salt + content).encode()).hexdigest(), salt, keepable(post.locator)[:200], post.edited, text,
        keepable(post.author)[:200], keepable(post.author_name)[:300], links, media,
        {keepable(str(k)): keepable(str(v)) for k, v in post.unknown.items()}, place,
    )  # fmt: skip


def _content_key(identity: str, content: str) -> str:
    return hashlib.sha256(f"{identity}\0{content}".encode()).hexdigest()


_STAGE = """
CREATE TEMPORARY TABLE IF NOT EXISTS staging (
    platform text, external_id text, url text, origin text, reply_to text, thread text, forward_of text, posted_at timestamptz,
    posted_at_source text, text_key text, content_key text, other_keys text[], commitment text, salt text, locator text, edited boolean,
    text text, author text, author_name text, links jsonb, media jsonb, unknown jsonb, place int
) ON COMMIT DELETE ROWS;
DELETE FROM staging
"""
# A new post is due from the start: raising it afterwards would write its row and all its indexes twice. Whoever captured a post
# without its time gains it. Ordered, so that two workers never wait for each other crosswise.
_POSTS = """
INSERT INTO patrol_post AS p (platform, external_id, url, origin, reply_to, thread, forward_of, posted_at, posted_at_source,
    first_seen, last_seen, versions_count, text_key, due_at, attempts, quarantine_reason)
SELECT platform, external_id, url, origin, reply_to, thread, forward_of, posted_at, posted_at_source, %(now)s, %(now)s, 1, text_key,
    clock_timestamp(), 0, ''
FROM staging ORDER BY place
ON CONFLICT (platform, external_id) DO UPDATE
    SET last_seen = GREATEST(p.last_seen, EXCLUDED.last_seen), gone_at = NULL,
        posted_at = COALESCE(p.posted_at, EXCLUDED.posted_at),
        posted_at_source = CASE WHEN p.posted_at IS NULL THEN EXCLUDED.posted_at_source ELSE p.posted_at_source END
"""
# A statement of its own: it sees versions that another worker committed while the one above waited for the row. OFFSET 0 keeps the
# planner from reading all posts to join a page of them, which it likes while its statistics are young.
_VERSIONS = """
WITH newest AS (
    SELECT s.*, p.id AS post_id, v.id IS NULL AS fresh, CASE WHEN v.id IS NULL THEN 1 ELSE v.number + 1 END AS next,
        v.content_key IS DISTINCT FROM s.content_key AND (v.content_key = ANY (s.other_keys)) IS NOT TRUE AS changed
    FROM staging s CROSS JOIN LATERAL (
        SELECT id, versions_count FROM patrol_post WHERE platform = s.platform AND external_id = s.external_id OFFSET 0
    ) p
    LEFT JOIN patrol_postversion v ON v.post_id = p.id AND v.number = p.versions_count
), added AS (
    INSERT INTO patrol_postversion (post_id, number, capture_id, locator, seen_at, edited, content_key, commitment)
    SELECT post_id, next, %(capture)s, locator, %(now)s, edited, content_key, commitment FROM newest WHERE changed
    RETURNING id, post_id, number
), words AS (
    INSERT INTO patrol_posttext (version_id, text, author, author_name, links, media, unknown, salt)
    SELECT a.id, n.text, n.author, n.author_name, n.links, n.media, n.unknown, n.salt
    FROM added a JOIN newest n USING (post_id)
), shown AS (
    INSERT INTO patrol_media (version_id, position, kind, state)
    SELECT a.id, m.place - 1, left(m.one ->> 'kind', 20),
        CASE WHEN m.one ->> 'kind' = ANY (%(fetched)s) AND m.one ->> 'url' <> '' THEN 'waiting' ELSE 'left' END
    FROM added a JOIN newest n USING (post_id) CROSS JOIN jsonb_array_elements(n.media) WITH ORDINALITY AS m (one, place)
    RETURNING version_id, state
), asked AS (
    INSERT INTO patrol_job (kind, key, target, state, created_at, due_at, attempts)
    SELECT DISTINCT 'media', version_id::text, jsonb_build_object('version', version_id), 'waiting', %(now)s::timestamptz,
        clock_timestamp(), 0
    FROM shown WHERE state = 'waiting'
    ON CONFLICT (kind, key) DO NOTHING
), raised AS (
    UPDATE patrol_post p SET versions_count = a.number, text_key = n.text_key, due_at = clock_timestamp(), attempts = 0,
        quarantined_at = NULL, quarantine_reason = ''
    FROM added a JOIN newest n USING (post_id) WHERE p.id = a.post_id AND a.number > 1
), ways AS (
    INSERT INTO patrol_seen (post_id, watch_id, fetch_id, intake_id, at)
    SELECT post_id, w.watch_id, w.fetch_id, w.intake_id, %(now)s
    FROM newest, (VALUES (%(watch)s::bigint, %(fetch)s::bigint, NULL::bigint), (NULL, NULL, %(intake)s::bigint))
        AS w (watch_id, fetch_id, intake_id)
    WHERE w.watch_id IS NOT NULL OR w.intake_id IS NOT NULL
    ON CONFLICT DO NOTHING
)
SELECT (SELECT count(*) FROM added WHERE number = 1), (SELECT count(*) FROM added WHERE number > 1),
       (SELECT count(*) FROM newest WHERE NOT changed)
"""


@dataclass(frozen=True, slots=True)
class _Way:
    """How the posts came: what each row of the batch is written with."""

    capture_id: uuid.UUID
    watch_id: int | None
    fetch_id: int | None
    intake_id: int | None
    now: datetime


def _store(posts: Sequence[vocabulary.RawPost], way: _Way) -> Stored:
    with transaction.atomic(), connection.cursor() as cursor:
        found = identities.known(cursor, posts)
        cursor.execute(_STAGE)
        copy(cursor, "staging", _COLUMNS, map(_row, found.posts, itertools.count()))
        cursor.execute(_POSTS, {"now": way.now})
        parameters: dict[str, Any] = {
            "now": way.now,
            "capture": way.capture_id,
            "watch": way.watch_id,
            "fetch": way.fetch_id,
            "intake": way.intake_id,
            "fetched": list(FETCHED),
        }
        cursor.execute(_VERSIONS, parameters)
        new, changed, repeated = cursor.fetchone()
        identities.remember(cursor, found.names)
        return Stored(new, changed, repeated, found.problems)


def _stored(posts: Sequence[vocabulary.RawPost], way: _Way, *, again: bool = True) -> Stored:
    try:
        return _store(posts, way)
    except (DataError, IntegrityError, ValueError) as error:
        if len(posts) == 1:
            if again and isinstance(error, IntegrityError):
                # Another worker made a row in the moment in which ours was to take its name: it can be seen by now.
                return _stored(posts, way, again=False)
            return Stored(0, 0, 0, (_not_stored(posts[0], error),))
        middle = len(posts) // 2
        first, second = _stored(posts[:middle], way), _stored(posts[middle:], way)
        return Stored(
            first.new + second.new,
            first.changed + second.changed,
            first.repeated + second.repeated,
            first.problems + second.problems,
        )


def store(
    posts: Sequence[vocabulary.RawPost],
    *,
    capture_id: uuid.UUID,
    watch_id: int | None = None,
    fetch_id: int | None = None,
    intake_id: int | None = None,
    gone: Sequence[str] = (),
    covered: vocabulary.Covered | None = None,
    now: datetime,
) -> Stored:
    """Keeps every post once: a known one again is nothing, an edited one a new version, which is then due for reading.

    Watch and fetch, or an intake: the way it came. `gone`: external_ids the platform says are deleted; `covered`: the stretch of which
    the page shows everything there is. A batch the database refuses is halved until the bad post stands alone; that one becomes a
    Problem, the rest goes in.
    """
    way = _Way(capture_id, watch_id, fetch_id, intake_id, now)
    done = _stored(posts, way) if posts else Stored(0, 0, 0, ())
    if gone or covered:
        absence.note([*gone], covered, shown=[post.external_id for post in posts], capture_id=capture_id, now=now)
    return done


def _not_stored(post: vocabulary.RawPost, error: Exception) -> vocabulary.Problem:
    sentence = vocabulary.Sentence(
        id="Satu unggahan tidak dapat disimpan; jawaban mentahnya tetap ada di rekaman.",
        en="One post could not be kept; its raw answer stays in the capture.",
    )
    return vocabulary.Problem(f"not_stored:{type(error).__name__}", sentence, permanent=True, where=post.locator)
