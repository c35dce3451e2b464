"""Pages into the database: Post, PostVersion, PostText, Seen, Capture. One transaction a page, set by set, never post by post."""

from __future__ import annotations

import hashlib
import json
import platform as machine
import re
import secrets
import subprocess
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DataError, IntegrityError, connection, transaction

from patrol import evidence, models, vocabulary
from patrol.pipeline.copying import copy, keepable

_COLUMNS = (
    "platform", "external_id", "url", "origin", "reply_to", "thread", "forward_of", "posted_at", "posted_at_source", "text_key",
    "content_key", "commitment", "salt", "locator", "edited", "text", "author", "author_name", "links", "media", "unknown",
)  # fmt: skip


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


def capture(answer: vocabulary.RawAnswer, *, sha256: str, platform: str, fetch: models.Fetch) -> models.Capture:
    """The custody record of one answer whose bytes are kept."""
    salt = secrets.token_hex(16)
    return models.Capture.objects.create(
        kind="answer",
        fetch=fetch,
        platform=platform,
        sha256=sha256,
        sha3_512=hashlib.sha3_512(answer.body).hexdigest(),
        length=len(answer.body),
        media_type=answer.header("Content-Type").partition(";")[0].strip()[:100],
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
        salt=salt,
        commitment=hashlib.sha256((salt + sha256).encode()).hexdigest(),
        **_collector(),
    )


_DIGITS = re.compile(r"\d")
_LOOSE = re.compile(r"[\W_]+")


def text_key(text: str, identity: str) -> str:
    """Same text with digits masked, same key. A text too short to mean anything ("up", "minat") is like itself only."""
    folded = _LOOSE.sub(" ", _DIGITS.sub("0", text.casefold())).strip()
    seed = folded if len(folded) >= 40 else f"{identity}\0{folded}"
    return hashlib.blake2b(seed.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _row(post: vocabulary.RawPost) -> tuple[Any, ...]:
    text = keepable(post.text)
    links = [keepable(link) for link in post.links]
    media = [{"kind": m.kind, "url": keepable(m.url)} for m in post.media]
    identity = f"{post.platform}\0{post.external_id}"
    content = json.dumps([text, links, media], ensure_ascii=False)
    salt = secrets.token_hex(16)
    return (
        post.platform, keepable(post.external_id), keepable(post.url), keepable(post.origin)[:200], post.reply_to, post.thread,
        keepable(post.forward_of)[:500], post.posted_at, post.posted_at_source[:60], text_key(text, identity),
        hashlib.sha256(f"{identity}\0{content}".encode()).hexdigest(),
        hashlib.sha256((salt + content).encode()).hexdigest(), salt, post.locator[:200], post.edited, text,
        keepable(post.author)[:200], keepable(post.author_name)[:300], links, media,
        {keepable(str(k)): keepable(str(v)) for k, v in post.unknown.items()},
    )  # fmt: skip


_STAGE = """
CREATE TEMPORARY TABLE IF NOT EXISTS staging (
    platform text, external_id text, url text, origin text, reply_to text, thread text, forward_of text, posted_at timestamptz,
    posted_at_source text, text_key text, content_key text, commitment text, salt text, locator text, edited boolean, text text,
    author text, author_name text, links jsonb, media jsonb, unknown jsonb, place serial
) ON COMMIT DELETE ROWS
"""
# The same post twice in one page: the last one stands. Ordered, so that two workers never wait for each other crosswise.
_POSTS = """
INSERT INTO patrol_post AS p (platform, external_id, url, origin, reply_to, thread, forward_of, posted_at, posted_at_source,
    first_seen, last_seen, versions_count, text_key, attempts, quarantine_reason)
SELECT DISTINCT ON (platform, external_id) platform, external_id, url, origin, reply_to, thread, forward_of, posted_at,
    posted_at_source, %(now)s, %(now)s, 0, text_key, 0, ''
FROM staging ORDER BY platform, external_id, place DESC
ON CONFLICT (platform, external_id) DO UPDATE
    SET last_seen = GREATEST(p.last_seen, EXCLUDED.last_seen), gone_at = NULL
"""
_VERSIONS = """
WITH newest AS (
    SELECT DISTINCT ON (s.platform, s.external_id) s.*, p.id AS post_id, p.versions_count
    FROM staging s JOIN patrol_post p USING (platform, external_id)
    ORDER BY s.platform, s.external_id, s.place DESC
), changed AS (
    SELECT n.* FROM newest n
    LEFT JOIN patrol_postversion v ON v.post_id = n.post_id AND v.number = n.versions_count
    WHERE v.content_key IS DISTINCT FROM n.content_key
), added AS (
    INSERT INTO patrol_postversion (post_id, number, capture_id, locator, seen_at, edited, content_key, commitment)
    SELECT post_id, versions_count + 1, %(capture)s, locator, %(now)s, edited, content_key, commitment FROM changed
    RETURNING id, post_id, number
), words AS (
    INSERT INTO patrol_posttext (version_id, text, author, author_name, links, media, unknown, salt)
    SELECT a.id, c.text, c.author, c.author_name, c.links, c.media, c.unknown, c.salt
    FROM added a JOIN changed c USING (post_id)
), raised AS (
    UPDATE patrol_post p SET versions_count = a.number, text_key = c.text_key, due_at = clock_timestamp(), attempts = 0,
        quarantined_at = NULL, quarantine_reason = ''
    FROM added a JOIN changed c USING (post_id) WHERE p.id = a.post_id
), ways AS (
    INSERT INTO patrol_seen (post_id, watch_id, fetch_id, at)
    SELECT post_id, %(watch)s, %(fetch)s, %(now)s FROM newest WHERE %(watch)s::bigint IS NOT NULL
    ON CONFLICT (post_id, watch_id) DO NOTHING
)
SELECT (SELECT count(*) FROM added WHERE number = 1), (SELECT count(*) FROM added WHERE number > 1),
       (SELECT count(*) FROM newest) - (SELECT count(*) FROM added)
"""


def _store(
    posts: Sequence[vocabulary.RawPost],
    capture_id: uuid.UUID,
    watch_id: int | None,
    fetch_id: int | None,
    now: datetime,
) -> tuple[int, int, int]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_STAGE)
        cursor.execute("DELETE FROM staging")
        copy(cursor, "staging", _COLUMNS, map(_row, posts))
        cursor.execute(_POSTS, {"now": now})
        cursor.execute(_VERSIONS, {"now": now, "capture": capture_id, "watch": watch_id, "fetch": fetch_id})
        new, changed, repeated = cursor.fetchone()
        return new, changed, repeated


def store(
    posts: Sequence[vocabulary.RawPost],
    *,
    capture_id: uuid.UUID,
    watch_id: int | None,
    fetch_id: int | None,
    now: datetime,
) -> Stored:
    """Keeps every post once: a known one again is nothing, an edited one a new version, which is then due for reading.

    A batch the database refuses is halved until the bad post stands alone; that one becomes a Problem, the rest goes in.
    """
    if not posts:
        return Stored(0, 0, 0, ())
    try:
        return Stored(*_store(posts, capture_id, watch_id, fetch_id, now), ())
    except (DataError, IntegrityError, ValueError) as error:
        if len(posts) == 1:
            sentence = vocabulary.Sentence(
                id="Satu unggahan tidak dapat disimpan; jawaban mentahnya tetap ada di rekaman.",
                en="One post could not be kept; its raw answer stays in the capture.",
            )
            code = f"not_stored:{type(error).__name__}"
            return Stored(0, 0, 0, (vocabulary.Problem(code, sentence, permanent=True, where=posts[0].locator),))
        middle = len(posts) // 2
        first, second = (
            store(half, capture_id=capture_id, watch_id=watch_id, fetch_id=fetch_id, now=now)
            for half in (posts[:middle], posts[middle:])
        )
        return Stored(
            first.new + second.new,
            first.changed + second.changed,
            first.repeated + second.repeated,
            first.problems + second.problems,
        )
