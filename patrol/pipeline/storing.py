"""Pages into the database: Capture, Post, PostVersion, PostText, Media and its job, Seen.

One transaction a page, set by set, never post by post.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction

from patrol import domain
from patrol.domain import moments
from patrol.infra.copying import copy, keepable, lines, send
from patrol.pipeline import absence, accounts, identities, sameness, views

# In the order of the tables they end in: post, version, words. The last three serve the staging table and the pictures.
_OF_POST = (
    "platform",
    "external_id",
    "author_id",
    "url",
    "origin",
    "reply_to",
    "thread",
    "forward_of",
    "posted_at",
    "posted_at_source",
    "text_key",
)
_OF_VERSION = ("locator", "edited", "content_key", "commitment")
_OF_TEXT = ("text", "author", "author_name", "forward_name", "links", "media", "unknown", "salt")
_COLUMNS = (*_OF_POST, *_OF_VERSION, *_OF_TEXT, "other_keys", "collected", "place")
_KEY, _OTHER_KEYS = _COLUMNS.index("content_key"), _COLUMNS.index("other_keys")
FETCHED = ("photo", "link_preview")  # kinds of media whose bytes are asked for; the rest is noted and left


@dataclass(frozen=True, slots=True)
class Stored:
    """What one page brought."""

    new: int
    changed: int
    repeated: int
    problems: tuple[domain.Problem, ...]  # also of posts that were kept
    bad: int = 0  # posts that could not be kept; the raw answer keeps them


# Digits become 0; what is neither letter nor digit parts words, ASCII here and the rest by what Unicode says of it.
_MASKED = bytes(48 if 48 <= one < 58 else one if one >= 128 or chr(one).isalnum() else 32 for one in range(256))
_QUOTED = json.encoder.encode_basestring  # as json.dumps without ensure_ascii does


def text_key(text: str, identity: str) -> str:
    """Same text with digits masked, same key. A text too short to mean anything ("up", "minat") is like itself only."""
    folded = text.casefold()
    if not folded.isascii():
        for letter in set(folded):
            if letter > "\x7f" and (not letter.isalnum() or letter.isdecimal()):
                folded = folded.replace(letter, "0" if letter.isdecimal() else " ")
    words = b" ".join(folded.encode().translate(_MASKED).split())
    long = len(words) >= 40 and (words.isascii() or len(words.decode()) >= 40)
    seed = words if long else b"%b\0%b" % (identity.encode(), words)
    return hashlib.blake2b(seed, digest_size=16).hexdigest()


def _row(post: domain.RawPost, place: int, salt: str) -> tuple[Any, ...]:
    """_COLUMNS of `post` as `identities.known` gives it: under the external_id of its row, with the names it went by before.

    Its texts are taken to be keepable. Raises ValueError where one that is hashed is not.
    """
    platform, external_id, text = post.platform, post.external_id, post.text
    identity = f"{platform}\0{external_id}"
    shown = sameness.shown(post)
    lasting = sameness.lasting(*shown) if shown != ([], []) else shown
    links, media = _list(shown[0]), _list(shown[1])
    content = _content(text, links, media)
    forms = [content] if lasting == shown else [_content(text, _list(lasting[0]), _list(lasting[1])), content]
    first, *others = [_content_key(f"{platform}\0{name}", form) for name in (external_id, *post.also) for form in forms]
    return (
        platform,
        external_id,
        post.author_id[:200],
        post.url,
        post.origin[:200],
        post.reply_to[:500],
        post.thread[:500],
        post.forward_of[:500],
        post.posted_at and post.posted_at.isoformat(),
        post.posted_at_source[:60],
        text_key(text, identity),
        post.locator[:200],
        "t" if post.edited else "f",
        first,
        hashlib.sha256(salt.encode() + content).hexdigest(),
        text,
        post.author[:200],
        post.author_name[:300],
        post.forward_name[:300],
        links,
        media,
        _json({keepable(str(k)): keepable(str(v)) for k, v in post.unknown.items()}) if post.unknown else "{}",
        salt,
        tuple(others),
        post.collected_at and post.collected_at.isoformat(),
        place,
    )


_json = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps makes one a call


def _list(values: list[Any]) -> str:
    return _json(values) if values else "[]"


def _content(text: str, links: str, media: str) -> bytes:
    """As JSON of the three writes it, without writing the lists once more."""
    return f"[{_QUOTED(text)}, {links}, {media}]".encode()


def _content_key(identity: str, content: bytes) -> str:
    return hashlib.sha256(b"%b\0%b" % (identity.encode(), content)).hexdigest()


def _rows(posts: Sequence[domain.RawPost]) -> list[tuple[Any, ...]]:
    salts = secrets.token_hex(16 * len(posts))
    return [_row(post, place, salts[32 * place : 32 * place + 32]) for place, post in enumerate(posts)]


def _keepable(post: domain.RawPost) -> domain.RawPost:
    return replace(
        post,
        author_id=keepable(post.author_id),
        url=keepable(post.url),
        origin=keepable(post.origin),
        reply_to=keepable(post.reply_to),
        thread=keepable(post.thread),
        forward_of=keepable(post.forward_of),
        posted_at_source=keepable(post.posted_at_source),
        text=keepable(post.text),
        author=keepable(post.author),
        author_name=keepable(post.author_name),
        forward_name=keepable(post.forward_name),
        locator=keepable(post.locator),
    )


_STAGE = """
CREATE TEMPORARY TABLE IF NOT EXISTS staging (
    platform text, external_id text, author_id text, url text, origin text, reply_to text, thread text, forward_of text,
    posted_at timestamptz, posted_at_source text, text_key text, locator text, edited boolean, content_key text, commitment text,
    text text, author text, author_name text, forward_name text, links jsonb, media jsonb, unknown jsonb, salt text, other_keys text[],
    collected timestamptz,
    place int
) ON COMMIT DELETE ROWS;
DELETE FROM staging
"""
# A new post is due from the start: raising it afterwards would write its row and all its indexes twice. Whoever captured a post
# without its time or place gains it; what was told first stays. A fetch sees what stands there now; what people bring may be older.
# Ordered, so that two workers never wait for each other crosswise.
_POSTS = """
INSERT INTO patrol_post AS p (platform, external_id, author_id, url, origin, reply_to, thread, forward_of, posted_at, posted_at_source,
    first_seen, last_seen, versions_count, text_key, due_at, attempts, quarantine_reason)
SELECT platform, external_id, author_id, url, origin, reply_to, thread, forward_of, posted_at, posted_at_source, %(now)s,
    LEAST(collected, %(now)s), 1, text_key, clock_timestamp(), 0, ''
FROM staging ORDER BY place
ON CONFLICT (platform, external_id) DO UPDATE
    SET last_seen = GREATEST(p.last_seen, EXCLUDED.last_seen),
        gone_at = CASE WHEN %(intake)s::bigint IS NULL THEN NULL ELSE p.gone_at END,
        author_id = COALESCE(NULLIF(p.author_id, ''), EXCLUDED.author_id),
        posted_at = COALESCE(p.posted_at, CASE WHEN EXCLUDED.posted_at - p.first_seen <= interval '24 hours' THEN EXCLUDED.posted_at END),
        posted_at_source = CASE WHEN p.posted_at IS NULL THEN EXCLUDED.posted_at_source ELSE p.posted_at_source END,
        url = COALESCE(NULLIF(p.url, ''), EXCLUDED.url), origin = COALESCE(NULLIF(p.origin, ''), EXCLUDED.origin),
        thread = COALESCE(NULLIF(p.thread, ''), EXCLUDED.thread), reply_to = COALESCE(NULLIF(p.reply_to, ''), EXCLUDED.reply_to),
        forward_of = COALESCE(NULLIF(p.forward_of, ''), EXCLUDED.forward_of)
"""
_BACK = """
UPDATE patrol_post p SET gone_at = NULL FROM staging s
WHERE p.platform = s.platform AND p.external_id = s.external_id AND p.gone_at <= LEAST(s.collected, %(now)s)
    AND s.collected IS NOT NULL
"""
# A statement of its own: it sees versions that another worker committed while the one above waited for the row. OFFSET 0 keeps the
# planner from reading all posts to join a page of them, which it likes while its statistics are young.
_VERSIONS = """
WITH newest AS (
    SELECT s.*, p.id AS post_id, v.id IS NULL AS fresh, CASE WHEN v.id IS NULL THEN 1
            WHEN s.collected < p.last_seen AND s.place <> ALL (%(richer)s)
            THEN LEAST((SELECT min(number) FROM patrol_postversion WHERE post_id = p.id), 1) - 1
            ELSE v.number + 1 END AS next,
        differs AND NOT unsure AS changed, differs AND unsure AS doubtful
    FROM staging s CROSS JOIN LATERAL (
        SELECT id, versions_count, last_seen FROM patrol_post WHERE platform = s.platform AND external_id = s.external_id OFFSET 0
    ) p
    LEFT JOIN patrol_postversion v ON v.post_id = p.id AND v.number = p.versions_count
    LEFT JOIN patrol_posttext t ON t.version_id = v.id AND v.content_key <> s.content_key
    CROSS JOIN LATERAL (
        SELECT v.content_key IS DISTINCT FROM s.content_key AND (v.content_key = ANY (s.other_keys)) IS NOT TRUE AS differs,
            (t.text IS NOT DISTINCT FROM s.text OR v.id IS NOT NULL AND %(intake)s::bigint IS NOT NULL)
                AND s.place <> ALL (%(settled)s) AS unsure
    ) d
), added AS (
    INSERT INTO patrol_postversion (post_id, number, capture_id, locator, seen_at, edited, content_key, commitment)
    SELECT post_id, next, %(capture)s, locator, CASE WHEN next < 1 THEN collected ELSE %(now)s END, edited, content_key, commitment
    FROM newest WHERE changed
    RETURNING id, post_id, number
), words AS (
    INSERT INTO patrol_posttext (version_id, text, author, author_name, forward_name, links, media, unknown, salt)
    SELECT a.id, n.text, n.author, n.author_name, n.forward_name, n.links, n.media, n.unknown, n.salt
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
SELECT (SELECT count(*) FROM added WHERE number = 1), (SELECT count(*) FROM added WHERE number <> 1),
       (SELECT count(*) FROM newest WHERE NOT changed), (SELECT array_agg(place) FROM newest WHERE doubtful)
"""
# The same words under another key: what lies beside them is compared by today's rules. Of what people bring every version is asked.
_DOUBTED = """
SELECT s.place, v.number = p.versions_count, (s.collected < p.last_seen) IS TRUE,
    v.content_key = s.content_key OR v.content_key = ANY (s.other_keys), t.links, t.media
FROM staging s CROSS JOIN LATERAL (
    SELECT id, versions_count, last_seen FROM patrol_post WHERE platform = s.platform AND external_id = s.external_id OFFSET 0
) p
JOIN patrol_postversion v ON v.post_id = p.id AND (v.number = p.versions_count OR %(intake)s::bigint IS NOT NULL)
JOIN patrol_posttext t ON t.version_id = v.id
WHERE s.place = ANY (%(doubtful)s) AND (t.text = s.text OR v.content_key = s.content_key OR v.content_key = ANY (s.other_keys))
"""


@dataclass(frozen=True, slots=True)
class _Way:
    """How the posts came: what each row of the batch is written with."""

    capture_id: uuid.UUID
    watch_id: int | None
    fetch_id: int | None
    intake_id: int | None
    from_file: bool
    now: datetime


# Ids for posts and versions that are written at once, and when they are due. It names the key that COPY leans on: where somebody
# dropped it, nothing is kept.
_IDS = """
SELECT nextval('patrol_post_id_seq')::text, nextval('patrol_postversion_id_seq')::text, clock_timestamp()
FROM generate_series(1, %s), (SELECT 'post_once'::regclass OFFSET 0) AS leaned_on
"""


_VIEWED = """
INSERT INTO patrol_pageview (post_id, watch_id, content_key, number)
SELECT post_id, %(watch)s, content_key, number FROM patrol_postversion WHERE id = ANY (%(versions)s)
"""


def _store(posts: Sequence[domain.RawPost], way: _Way, *, staged: bool) -> Stored:
    """New posts go straight into their tables, the others by way of the staging table; all of them do where `staged`.

    Raises IntegrityError where another worker made one of the new posts in this moment.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        found = identities.known(cursor, posts)
        fresh = frozenset[identities.Name]() if staged else found.fresh
        new: list[domain.RawPost] = []
        rest: list[domain.RawPost] = []
        for post in found.posts:
            (new if (post.platform, post.external_id) in fresh else rest).append(post)
        made = _add(cursor, new, way) if new else {}
        added, changed, repeated = _merge(cursor, rest, way) if rest else (0, 0, 0)
        own = [(platform, name, made[platform, to]) for platform, name, to in found.names if (platform, to) in made]
        if own:
            copy(cursor, "patrol_othername", ("platform", "external_id", "post_id"), own)
        identities.remember(cursor, [name for name in found.names if (name[0], name[2]) not in made])
        return Stored(len(new) + added, changed, repeated, found.problems)


def _add(cursor: Any, posts: Sequence[domain.RawPost], way: _Way) -> dict[identities.Name, str]:
    """Posts that have no row, in one version each: a COPY a table. Returns their ids."""
    cursor.execute(_IDS, [len(posts)])
    ids = cursor.fetchall()
    now, due, capture = way.now.isoformat(), ids[0][2].isoformat(), str(way.capture_id)
    at = [min(post.collected_at or way.now, way.now).isoformat() for post in posts]

    def made(rows: Sequence[tuple[Any, ...]]) -> list[tuple[str, tuple[str, ...], bytes]]:
        kept = [(post, version, row) for (post, version, _), row in zip(ids, rows, strict=True)]
        seen = zip(kept, at, strict=True)
        return [
            (
                "patrol_post",
                ("id", "first_seen", "last_seen", "due_at", "versions_count", "attempts", "quarantine_reason", *_OF_POST),
                lines((post, now, last, due, "1", "0", "", *row[:11]) for (post, _, row), last in seen),
            ),
            (
                "patrol_postversion",
                ("id", "post_id", "number", "capture_id", "seen_at", *_OF_VERSION),
                lines((version, post, "1", capture, now, *row[11:15]) for post, version, row in kept),
            ),
            ("patrol_posttext", ("version_id", *_OF_TEXT), lines((version, *row[15:23]) for _, version, row in kept)),
        ]

    for table, columns, text in _spelled(posts, made):
        send(cursor, table, columns, text)
    if way.watch_id is not None:
        watch, fetch = str(way.watch_id), str(way.fetch_id)
        seen = [(post, watch, fetch, now) for post, _, _ in ids]
        copy(cursor, "patrol_seen", ("post_id", "watch_id", "fetch_id", "at"), seen)
        if viewed := views.of(posts):
            cursor.execute(_VIEWED, {"watch": way.watch_id, "versions": [int(ids[place][1]) for place in viewed]})
    if way.intake_id is not None:
        copy(cursor, "patrol_seen", ("post_id", "intake_id", "at"), [(post, way.intake_id, now) for post, _, _ in ids])
    shown = [
        (version, place, media.kind[:20], "waiting" if media.kind in FETCHED and media.url else "left")
        for (_, version, _), post in zip(ids, posts, strict=True)
        for place, media in enumerate(post.media)
    ]
    if shown:
        copy(cursor, "patrol_media", ("version_id", "position", "kind", "state"), shown)
    if asked := sorted({version for version, _, _, state in shown if state == "waiting"}):
        copy(
            cursor,
            "patrol_job",
            ("kind", "key", "target", "state", "created_at", "due_at", "attempts"),
            [("media", version, {"version": int(version)}, "waiting", now, due, "0") for version in asked],
        )
    return {(post.platform, post.external_id): key for post, (key, _, _) in zip(posts, ids, strict=True)}


def _spelled[Made](posts: Sequence[domain.RawPost], made: Callable[[Sequence[tuple[Any, ...]]], Made]) -> Made:
    """What `made` makes of their rows. Nearly never is there a character to replace in them: it is looked for where `lines` refuses."""
    try:
        return made(_rows(posts))
    except ValueError:
        return made(_rows([_keepable(post) for post in posts]))


def _merge(cursor: Any, posts: Sequence[domain.RawPost], way: _Way) -> tuple[int, int, int]:
    """How many of the posts are new, changed, repeated."""
    cursor.execute(_STAGE)
    keys: list[tuple[str, ...]] = []

    def staged(rows: Sequence[tuple[Any, ...]]) -> bytes:
        keys[:] = [(row[_KEY], *row[_OTHER_KEYS]) for row in rows]
        if way.watch_id is None:
            return lines(rows)
        held = views.unchanged(cursor, posts, keys, way.watch_id)
        # Under the key of the newest version a post is a repeat of it.
        return lines(
            (*row[:_OTHER_KEYS], (*row[_OTHER_KEYS], held[place]), *row[_OTHER_KEYS + 1 :]) if place in held else row
            for place, row in enumerate(rows)
        )

    send(cursor, "staging", _COLUMNS, _spelled(posts, staged))
    parameters: dict[str, Any] = {
        "now": way.now,
        "capture": way.capture_id,
        "watch": way.watch_id,
        "fetch": way.fetch_id,
        "intake": way.intake_id,
        "fetched": list(FETCHED),
        "settled": [],
        "richer": [],
    }
    if any(post.author_id for post in posts):
        accounts.learn(cursor, way.now)
    cursor.execute(_POSTS, parameters)
    if way.intake_id is not None:
        cursor.execute(_BACK, parameters)
    cursor.execute(_VERSIONS, parameters)
    new, changed, repeated, doubtful = cursor.fetchone()
    if doubtful:
        parameters |= _settled(cursor, posts, way, parameters | {"doubtful": doubtful})
        cursor.execute("DELETE FROM staging WHERE place <> ALL (%(settled)s)", parameters)
        cursor.execute(_VERSIONS, parameters)
        changed, repeated = changed + cursor.fetchone()[1], repeated - len(parameters["settled"])
    if way.watch_id is not None:
        views.keep(cursor, posts, keys, way.watch_id)
    return new, changed, repeated


def _settled(cursor: Any, posts: Sequence[domain.RawPost], way: _Way, parameters: Mapping[str, Any]) -> dict[str, list[int]]:
    """Places of the doubtful posts that hold an edit after all, and which of them only show more of what is known.

    A fetch is compared with the newest version. What people bring may be of any day: a file's posts are what any version was, and so
    is whatever is older than the post was last seen; and a copy that shows less beside the same words is no edit.
    """
    cursor.execute(_DOUBTED, parameters)
    same, richer = set(), []
    for place, is_newest, is_older, keyed, links, media in cursor.fetchall():
        if not (is_newest or is_older or way.from_file):
            continue
        ours, theirs = sameness.shown(posts[place]), (json.loads(links), json.loads(media))
        if keyed or sameness.alike(ours, theirs) or (way.intake_id is not None and sameness.holds(theirs, ours)):
            same.add(place)
        elif is_newest and sameness.holds(ours, theirs):
            richer.append(place)
    return {"settled": [place for place in parameters["doubtful"] if place not in same], "richer": richer}


def _stored(posts: Sequence[domain.RawPost], way: _Way, *, staged: bool = False, again: bool = True) -> Stored:
    try:
        return _store(posts, way, staged=staged)
    except (DataError, IntegrityError, ValueError) as error:
        if not staged and isinstance(error, IntegrityError):
            # Another worker made a row in the moment in which ours was to: the staging table waits for his and keeps one.
            return _stored(posts, way, staged=True)
        if len(posts) == 1:
            if again and isinstance(error, IntegrityError):
                # Or took the name ours was to take: it can be seen by now.
                return _stored(posts, way, staged=True, again=False)
            return Stored(0, 0, 0, (_not_stored(posts[0], error),), bad=1)
        middle = len(posts) // 2
        first, second = _stored(posts[:middle], way, staged=staged), _stored(posts[middle:], way, staged=staged)
        return Stored(
            first.new + second.new,
            first.changed + second.changed,
            first.repeated + second.repeated,
            first.problems + second.problems,
            first.bad + second.bad,
        )


def store(
    posts: Sequence[domain.RawPost],
    *,
    capture_id: uuid.UUID,
    watch_id: int | None = None,
    fetch_id: int | None = None,
    intake_id: int | None = None,
    from_file: bool = False,
    gone: Sequence[str] = (),
    covered: domain.Covered | None = None,
    answered: Sequence[str] = (),
    now: datetime,
) -> Stored:
    """Keeps every post once: a known one again is nothing, an edited one a new version, which is then due for reading.

    Watch and fetch, or an intake: the way it came. `from_file`: as the posts stood on some day, each no earlier than its time. What is
    older than a post was last seen stands below what is known of it (version 0, -1, ...), and does not say that it is there again.
    `gone`: external_ids the platform says are deleted; `covered`: the stretch of which the page shows everything there is; `answered`:
    posts of which it shows every direct reply. A batch the database refuses is halved until the bad post stands alone; that one becomes a
    Problem, the rest goes in. Where a post's time is impossible, it is kept without one, and so the time it was first received stands
    in; that is a Problem too.
    """
    posts, problems = _timed(posts, now)
    way = _Way(capture_id, watch_id, fetch_id, intake_id, from_file, now)
    if from_file:
        posts = [replace(post, collected_at=post.collected_at or post.posted_at) for post in posts]
    done = _stored(posts, way) if posts else Stored(0, 0, 0, ())
    done = replace(done, problems=(*problems, *done.problems))
    if gone or covered or answered:
        names = [name for post in posts for name in (post.external_id, *post.also)]
        threads = {post.thread for post in posts if post.thread} | {*answered} if answered else set()
        absence.note([*gone], covered, shown=names, answered=answered, threads=sorted(threads), capture_id=capture_id, now=now)
    return done


def _timed(posts: Sequence[domain.RawPost], now: datetime) -> tuple[Sequence[domain.RawPost], list[domain.Problem]]:
    """The posts with their times in UTC, for PostgreSQL knows no zone beyond 15 hours, and without those that cannot be true. What the
    platform wrote stays in `posted_at_source`."""
    problems: list[domain.Problem] = []
    kept = list(posts)
    for place, post in enumerate(posts):
        changed: dict[str, Any] = {}
        for name, at in (("posted_at", post.posted_at), ("collected_at", post.collected_at)):
            if at is None:
                continue
            if not moments.possible(at, now):
                changed[name] = None
                problems.append(_impossible_time(post, at))
                if name == "posted_at" and not post.posted_at_source:
                    changed["posted_at_source"] = at.isoformat()
            elif at.tzinfo is not UTC:
                changed[name] = at.astimezone(UTC)
        if changed:
            kept[place] = replace(post, **changed)
    return kept, problems


def _impossible_time(post: domain.RawPost, at: datetime) -> domain.Problem:
    written = at.isoformat()
    sentence = domain.Sentence(
        id=f"Waktu satu unggahan tidak mungkin benar ({written}); unggahan disimpan, dan waktu diterima dipakai sebagai gantinya.",
        en=f"The time of one post cannot be true ({written}); the post is kept, and the time it was received stands in.",
    )
    return domain.Problem("impossible_time", sentence, where=post.locator)


def _not_stored(post: domain.RawPost, error: Exception) -> domain.Problem:
    sentence = domain.Sentence(
        id="Satu unggahan tidak dapat disimpan; jawaban mentahnya tetap ada di rekaman.",
        en="One post could not be kept; its raw answer stays in the capture.",
    )
    return domain.Problem(f"not_stored:{type(error).__name__}", sentence, permanent=True, where=post.locator)
