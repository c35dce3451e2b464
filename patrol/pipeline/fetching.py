"""One run of a watch: lease, pages, cursor, end. Each page is one transaction; a killed run has lost nothing it stored."""

from __future__ import annotations

import logging
import random
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from psycopg2.extras import Json

from patrol import models, pace, sources, vocabulary
from patrol.pipeline import storing
from patrol.sources import http

log = logging.getLogger(__name__)

LONGEST_PAUSE = 6 * 60 * 60  # of a watch that keeps failing

_CLAIM = """
UPDATE patrol_watch SET lease_token = gen_random_uuid(), lease_until = clock_timestamp() + %(lease)s * interval '1 second',
    attempts = attempts + 1
WHERE id = %(id)s AND state = 'active' AND (due_at <= clock_timestamp() OR %(force)s)
  AND (lease_until IS NULL OR lease_until < clock_timestamp())
RETURNING lease_token, attempts
"""
_ADVANCE = """
UPDATE patrol_watch SET cursor = %(cursor)s, lease_until = clock_timestamp() + %(lease)s * interval '1 second'
WHERE id = %(id)s AND lease_token = %(token)s
"""
# Whoever paused the watch while it ran is not overruled by the end of the run.
_RELEASE = """
UPDATE patrol_watch SET lease_token = NULL, lease_until = NULL, attempts = %(attempts)s,
    state = CASE WHEN state = 'active' THEN %(state)s ELSE state END,
    due_at = CASE WHEN state = 'active' THEN clock_timestamp() + %(pause)s * interval '1 second' END,
    last_good_at = COALESCE(%(good)s, last_good_at), last_problem = %(problem)s, last_problem_at = %(problem_at)s
WHERE id = %(id)s AND lease_token = %(token)s
"""


class LeaseLostError(Exception):
    """Another run holds the watch by now: this one was too slow, and must not write."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one run brought, for whoever asked for it."""

    watch: models.Watch
    pages: int
    seen: int
    new: int
    changed: int
    problems: tuple[vocabulary.Problem, ...]  # posts that could not be read or kept, and what ended the run
    failed: bool


def client() -> http.Client:
    """The polite client as this installation is set up."""
    return http.Client(
        pace=pace.SharedPace(rate=50.0 if settings.EXAMPLE else pace.RATE),
        user_agent=settings.USER_AGENT,
        stand_ins=settings.STAND_INS,
    )


def problem_json(problem: vocabulary.Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "id": problem.sentence.id,
        "en": problem.sentence.en,
        "permanent": problem.permanent,
        "where": problem.where,
    }


def _claim(watch_id: int, *, force: bool) -> tuple[uuid.UUID, int] | None:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"id": watch_id, "lease": settings.FETCH_LEASE_SECONDS, "force": force})
        row: tuple[uuid.UUID, int] | None = cursor.fetchone()
        return row


def _begin(watch_id: int, *, token: uuid.UUID, now: datetime) -> models.Fetch:
    # A run that never closed its Fetch was killed; its pages count, its end is now.
    models.Fetch.objects.filter(watch_id=watch_id, ended_at=None).update(ended_at=now, outcome="abandoned")
    return models.Fetch.objects.create(watch_id=watch_id, token=token, started_at=now)


def _page(
    page: vocabulary.Page, *, watch: models.Watch, fetch: models.Fetch, token: uuid.UUID, now: datetime
) -> storing.Stored:
    sha256 = storing.keep(page.answer)
    with transaction.atomic():
        capture = storing.capture(page.answer, sha256=sha256, platform=watch.platform, fetch=fetch)
        stored = storing.store(
            page.posts,
            capture_id=capture.id,
            watch_id=watch.pk,
            fetch_id=fetch.pk,
            gone=page.gone,
            covered=page.covered,
            now=now,
        )
        with connection.cursor() as cursor:
            parameters: dict[str, Any] = {
                "cursor": Json(dict(page.cursor)),
                "lease": settings.FETCH_LEASE_SECONDS,
                "id": watch.pk,
                "token": token,
            }
            cursor.execute(_ADVANCE, parameters)
            if cursor.rowcount == 0:
                raise LeaseLostError(watch.pk)
        return stored


def _release(
    watch: models.Watch, token: uuid.UUID, attempts: int, error: vocabulary.Problem | None, retry_after: float | None,
    now: datetime,
) -> None:  # fmt: skip
    if error is None:
        pause: float | None = watch.every_seconds * random.uniform(0.9, 1.1)  # noqa: S311 -- spreads load, guards nothing
        state = "active"
    elif error.permanent:
        pause, state = None, "stopped"
    else:
        # Full jitter: a platform that comes back is not met by every watch at once.
        longest = min(LONGEST_PAUSE, watch.every_seconds * 2 ** min(attempts, 8))
        pause, state = max(retry_after or 0, random.uniform(1, longest)), "active"  # noqa: S311
    parameters: dict[str, Any] = {
        "attempts": attempts if error else 0,
        "state": state,
        "pause": pause,
        "good": None if error else now,
        "problem": Json(problem_json(error)) if error else None,
        "problem_at": now if error else None,
        "id": watch.pk,
        "token": token,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE, parameters)


def _unexpected(error: Exception) -> vocabulary.Problem:
    name = type(error).__name__
    sentence = vocabulary.Sentence(
        id=f"Pengambilan berhenti karena kesalahan program ({name}); dicoba lagi nanti.",
        en=f"Fetching stopped because of a program error ({name}); it will be tried again.",
    )
    return vocabulary.Problem("internal", sentence)


def patrol_watch(
    watch_id: int, *, now: datetime, fetcher: vocabulary.Fetcher | None = None, force: bool = False
) -> Round | None:
    """One run. None where the watch is not due, paused or held by another run; `force` passes over the due time only.

    A SourceError ends the run and is told on the watch; pages before it stay. Anything else is logged, told and tried again later:
    one broken page must not stop the others.
    """
    claimed = _claim(watch_id, force=force)
    if claimed is None:
        return None
    token, attempts = claimed
    watch = models.Watch.objects.get(pk=watch_id)
    fetch = _begin(watch_id, token=token, now=now)
    ask = vocabulary.Ask(query=watch.query, cursor=watch.cursor, now=now, kind=watch.kind)
    pages = seen = new = changed = 0
    problems: list[vocabulary.Problem] = []
    error: vocabulary.Problem | None = None
    retry_after: float | None = None
    try:
        for page in sources.SOURCES[watch.platform].fetch(ask, fetcher or client()):
            stored = _page(page, watch=watch, fetch=fetch, token=token, now=now)
            pages, seen = pages + 1, seen + len(page.posts)
            new, changed = new + stored.new, changed + stored.changed
            problems += [*page.problems, *stored.problems]
    except vocabulary.SourceError as refused:
        error, retry_after = refused.problem, refused.retry_after
        if refused.answer is not None:
            sha256 = storing.keep(refused.answer)
            storing.capture(refused.answer, sha256=sha256, platform=watch.platform, fetch=fetch)
            host = urlsplit(refused.answer.final_url).hostname
            if retry_after and host:  # the host itself asked for it; our own pace asks for nothing
                pace.close(host, retry_after)
    except LeaseLostError:
        log.warning("lease lost", extra={"watch": watch_id})
        return Round(watch, pages, seen, new, changed, tuple(problems), failed=True)
    except Exception as unexpected:
        log.exception("fetch failed", extra={"watch": watch_id})
        error = _unexpected(unexpected)
    if error:
        problems.append(error)
    with transaction.atomic():
        _release(watch, token, attempts, error, retry_after, now)
        models.Fetch.objects.filter(pk=fetch.pk, ended_at=None).update(
            ended_at=now,
            outcome="failed" if error else "good" if pages else "unchanged",
            pages=pages,
            posts_seen=seen,
            posts_new=new,
            posts_changed=changed,
            problems=[problem_json(problem) for problem in problems],
        )
    watch.refresh_from_db()
    return Round(watch, pages, seen, new, changed, tuple(problems), failed=error is not None)
