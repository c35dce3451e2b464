"""Posts into the database: Post, PostVersion, PostText, Media and its job, Seen. One transaction a page, set by set, never post by post.

Here is what is done and in which order; what is written of a post makes `storing_rows`, the statements stand in `storing_sql`.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction

from patrol import domain
from patrol.domain import moments
from patrol.infra.copying import copy, lines, send
from patrol.pipeline import absence, accounts, edits, identities, storing_rows, storing_sql, views

FETCHED = ("photo", "link_preview")  # kinds of media whose bytes are asked for; the rest is noted and left


@dataclass(frozen=True, slots=True)
class Stored:
    """What one page brought."""

    new: int
    changed: int
    repeated: int
    problems: tuple[domain.Problem, ...]  # also of posts that were kept
    bad: int = 0  # posts that could not be kept; the raw answer keeps them


@dataclass(frozen=True, slots=True)
class _Way:
    """How the posts came: what each row of the batch is written with."""

    capture_id: uuid.UUID
    watch_id: int | None
    fetch_id: int | None
    intake_id: int | None
    from_file: bool
    now: datetime


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
    cursor.execute(storing_sql.IDS, [len(posts)])
    ids = cursor.fetchall()
    now, due, capture = way.now.isoformat(), ids[0][2].isoformat(), str(way.capture_id)
    at = [min(post.collected_at or way.now, way.now).isoformat() for post in posts]

    def made(rows: Sequence[tuple[Any, ...]]) -> list[tuple[str, tuple[str, ...], bytes]]:
        kept = [(post, version, row) for (post, version, _), row in zip(ids, rows, strict=True)]
        seen = zip(kept, at, strict=True)
        return [
            (
                "patrol_post",
                ("id", "first_seen", "last_seen", "due_at", "versions_count", "attempts", "quarantine_reason", *storing_rows.OF_POST),
                lines((post, now, last, due, "1", "0", "", *row[:11]) for (post, _, row), last in seen),
            ),
            (
                "patrol_postversion",
                ("id", "post_id", "number", "capture_id", "seen_at", *storing_rows.OF_VERSION),
                lines((version, post, "1", capture, now, *row[11:15]) for post, version, row in kept),
            ),
            ("patrol_posttext", ("version_id", *storing_rows.OF_TEXT), lines((version, *row[15:23]) for _, version, row in kept)),
        ]

    for table, columns, text in _spelled(posts, made):
        send(cursor, table, columns, text)
    if way.watch_id is not None:
        watch, fetch = str(way.watch_id), str(way.fetch_id)
        seen = [(post, watch, fetch, now) for post, _, _ in ids]
        copy(cursor, "patrol_seen", ("post_id", "watch_id", "fetch_id", "at"), seen)
        if viewed := views.of(posts):
            cursor.execute(storing_sql.VIEWED, {"watch": way.watch_id, "versions": [int(ids[place][1]) for place in viewed]})
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
        return made(storing_rows.rows(posts))
    except ValueError:
        return made(storing_rows.rows([storing_rows.keepable_post(post) for post in posts]))


def _merge(cursor: Any, posts: Sequence[domain.RawPost], way: _Way) -> tuple[int, int, int]:
    """How many of the posts are new, changed, repeated."""
    cursor.execute(storing_sql.STAGE)
    keys: list[tuple[str, ...]] = []

    def staged(rows: Sequence[tuple[Any, ...]]) -> bytes:
        keys[:] = [(row[storing_rows.KEY], *row[storing_rows.OTHER_KEYS]) for row in rows]
        if way.watch_id is None:
            return lines(rows)
        held, at = views.unchanged(cursor, posts, keys, way.watch_id), storing_rows.OTHER_KEYS
        # Under the key of the newest version a post is a repeat of it.
        return lines((*row[:at], (*row[at], held[place]), *row[at + 1 :]) if place in held else row for place, row in enumerate(rows))

    send(cursor, "staging", storing_rows.COLUMNS, _spelled(posts, staged))
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
    cursor.execute(storing_sql.POSTS, parameters)
    if way.intake_id is not None:
        cursor.execute(storing_sql.BACK, parameters)
    cursor.execute(storing_sql.VERSIONS, parameters)
    new, changed, repeated, doubtful = cursor.fetchone()
    if doubtful:
        parameters |= _settled(cursor, posts, way, parameters | {"doubtful": doubtful})
        cursor.execute("DELETE FROM staging WHERE place <> ALL (%(settled)s)", parameters)
        cursor.execute(storing_sql.VERSIONS, parameters)
        changed, repeated = changed + cursor.fetchone()[1], repeated - len(parameters["settled"])
    if way.watch_id is not None:
        views.keep(cursor, posts, keys, way.watch_id)
    return new, changed, repeated


def _settled(cursor: Any, posts: Sequence[domain.RawPost], way: _Way, parameters: Mapping[str, Any]) -> dict[str, list[int]]:
    """Places of the doubtful posts that hold an edit after all, and which of them only show more of what is known.

    A fetch is compared with the newest version. What people bring may be of any day: a file's posts are what any version was, and so
    is whatever is older than the post was last seen; and a copy that shows less beside the same words is no edit.
    """
    cursor.execute(storing_sql.DOUBTED, parameters)
    same, richer = set(), []
    for place, is_newest, is_older, keyed, links, media in cursor.fetchall():
        if not (is_newest or is_older or way.from_file):
            continue
        ours, theirs = edits.shown(posts[place]), (json.loads(links), json.loads(media))
        if keyed or edits.alike(ours, theirs) or (way.intake_id is not None and edits.holds(theirs, ours)):
            same.add(place)
        elif is_newest and edits.holds(ours, theirs):
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
