"""Work that leaves the system or is heavy: a row asks for it, a worker leases it, one transaction ends it.

`add` in the transaction of what the work follows from; `claim` takes what is due; whoever did the work calls `finish` in the
transaction that keeps its fruit. A worker that was too slow finds its lease gone there: JobLostError rolls its work back, and
another's stands. Due times and leases are the database's clock. `attempts` rises at the claim, so that a killed try counts.
"""

from __future__ import annotations

import json
import logging
import random
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from django.db import InterfaceError, OperationalError, connection
from psycopg2.extras import Json

from patrol import domain
from patrol.domain import kept_problems

log = logging.getLogger(__name__)

KINDS: Final = frozenset(
    {
        "media",
        "page",
        "page_stamp",
        "profile",
        "import",
        "bulk",
        "link",
        "letter",
        "mail",
        "short_link",
        "dispatch",
        "pairing",
        "card",
        "forgotten",
        "account",
        "anchor",
        "anchor_mail",
        "time_stamp",
        "webhook",
    }
)

TRIES = 5
LEASE_SECONDS = 300  # longer than a task may live (CELERY_TASK_TIME_LIMIT): who lost its lease is dead
FIRST_PAUSE = 30.0  # seconds; doubled with each try

_GIVEN_UP = domain.Sentence(
    id=f"Pekerjaan ini {TRIES} kali terhenti di tengah jalan dan tidak dicoba lagi.",
    en=f"This job stopped half-way {TRIES} times and is not tried again.",
)

# An ended job that is asked for again begins anew; one that waits stays as it is, with its tries and its pause.
_ADD = """
INSERT INTO patrol_job AS j (kind, key, target, by_id, state, created_at, due_at, attempts)
VALUES (%(kind)s, %(key)s, %(target)s, %(by)s, 'waiting', %(now)s, clock_timestamp() + %(after)s * interval '1 second', 0)
ON CONFLICT (kind, key) DO UPDATE SET target = EXCLUDED.target, by_id = EXCLUDED.by_id, state = 'waiting',
    due_at = EXCLUDED.due_at, attempts = 0, ended_at = NULL, problem = NULL, percent = NULL, lease_until = NULL,
    lease_token = NULL
WHERE j.state <> 'waiting'
"""
_WORN_OUT = """
UPDATE patrol_job SET state = 'given_up', ended_at = clock_timestamp(), problem = %(problem)s, lease_until = NULL,
    lease_token = NULL
WHERE id IN (
    SELECT id FROM patrol_job WHERE state = 'waiting' AND kind = ANY(%(kinds)s) AND attempts >= %(tries)s
      AND due_at <= clock_timestamp() AND (lease_until IS NULL OR lease_until < clock_timestamp())
    FOR UPDATE SKIP LOCKED
)
"""
# Materialized: as a plain subquery the planner may run it once a row, and then more than `limit` jobs are claimed.
_CLAIM = """
WITH chosen AS MATERIALIZED (
    SELECT id FROM patrol_job WHERE state = 'waiting' AND kind = ANY(%(kinds)s) AND attempts < %(tries)s
      AND due_at <= clock_timestamp() AND (lease_until IS NULL OR lease_until < clock_timestamp())
    ORDER BY due_at, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
)
UPDATE patrol_job j SET lease_token = gen_random_uuid(), lease_until = clock_timestamp() + %(lease)s * interval '1 second',
    attempts = j.attempts + 1
FROM chosen WHERE j.id = chosen.id
RETURNING j.id, j.kind, j.key, j.target, j.by_id, j.attempts, j.lease_token
"""
# From here on the token is enough: only a job that waits has one, whoever ends it takes it away.
_FINISH = """
UPDATE patrol_job SET state = 'done', ended_at = %(now)s, problem = NULL, lease_until = NULL, lease_token = NULL
WHERE id = %(id)s AND lease_token = %(token)s
"""
_FAIL = """
UPDATE patrol_job SET state = %(state)s, ended_at = %(ended)s, problem = %(problem)s, lease_until = NULL, lease_token = NULL,
    due_at = clock_timestamp() + %(pause)s * interval '1 second'
WHERE id = %(id)s AND lease_token = %(token)s
"""
_HOLD = """
UPDATE patrol_job SET lease_until = clock_timestamp() + %(lease)s * interval '1 second'
WHERE id = %(id)s AND lease_token = %(token)s
"""
_TELL = """
UPDATE patrol_job SET percent = %(percent)s, lease_until = clock_timestamp() + %(lease)s * interval '1 second'
WHERE id = %(id)s AND lease_token = %(token)s
"""
_HURRY = """
UPDATE patrol_job SET due_at = clock_timestamp() WHERE id IN (
    SELECT id FROM patrol_job WHERE kind = %(kind)s AND key = ANY(%(keys)s) AND state = 'waiting' AND due_at > clock_timestamp()
      AND (lease_until IS NULL OR lease_until < clock_timestamp())
    ORDER BY id FOR UPDATE SKIP LOCKED
)
"""
# The try did not come to pass: it is not counted.
_PUT_OFF = """
UPDATE patrol_job SET attempts = attempts - 1, lease_until = NULL, lease_token = NULL,
    due_at = clock_timestamp() + %(pause)s * interval '1 second'
WHERE id = %(id)s AND lease_token = %(token)s
"""


class JobLostError(Exception):
    """Another worker holds the job by now: what this one made is theirs to make, and is rolled back."""


@dataclass(frozen=True, slots=True)
class Leased:
    """A job this worker holds. `attempts` counts this try."""

    id: int
    kind: str
    key: str
    target: Mapping[str, Any]  # ids only
    by_id: int | None  # who asked for it; None: the system
    attempts: int
    token: uuid.UUID


class Handler(Protocol):
    """Does the work of one kind of job and ends it, in one transaction with its fruit."""

    def __call__(self, job: Leased, *, now: datetime) -> None: ...


def add(kind: str, key: str, target: Mapping[str, Any], *, now: datetime, by: int | None = None, after: float = 0.0) -> bool:
    """Asks for work once per (kind, key); asking again for a job that ended begins it anew. True where that made it wait.

    `after`: seconds before it is due.

    `target` holds ids only: it is shown to staff and stands in no erasure. Raises ValueError for an unknown kind.
    """
    if kind not in KINDS:
        raise ValueError(f"no kind of job: {kind}")
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"kind": kind, "key": key, "target": Json(dict(target)), "by": by, "now": now, "after": after}
        cursor.execute(_ADD, asked)
        return bool(cursor.rowcount)


def hurry(kind: str, keys: Iterable[str]) -> int:
    """What waits for a later try is due now, as what kept it is gone; its tries stay counted. What a worker holds is left. How many."""
    with connection.cursor() as cursor:
        cursor.execute(_HURRY, {"kind": kind, "keys": list(keys)})
        return int(cursor.rowcount)


def claim(kinds: Sequence[str], limit: int, *, lease: float = LEASE_SECONDS) -> list[Leased]:
    """Leases up to `limit` due jobs, those longest due, in no order. Those whose tries are used up by killed workers are given up."""
    with connection.cursor() as cursor:
        problem = domain.Problem("killed", _GIVEN_UP, permanent=True)
        given_up: dict[str, Any] = {"kinds": list(kinds), "tries": TRIES, "problem": Json(kept_problems.kept(problem))}
        cursor.execute(_WORN_OUT, given_up)
        cursor.execute(_CLAIM, {"kinds": list(kinds), "tries": TRIES, "limit": limit, "lease": lease})
        rows = cursor.fetchall()
    return [
        # Django's backend leaves JSON of raw queries as text.
        Leased(key, kind, name, json.loads(target), by_id, attempts, token)
        for key, kind, name, target, by_id, attempts, token in rows
    ]


def finish(job: Leased, *, now: datetime) -> None:
    """Ends the job, in the transaction of the work's fruit. Raises JobLostError, which rolls that back."""
    with connection.cursor() as cursor:
        cursor.execute(_FINISH, {"id": job.id, "token": job.token, "now": now})
        if cursor.rowcount == 0:
            raise JobLostError(job.id)


def hold(job: Leased, *, lease: float = LEASE_SECONDS) -> None:
    """Renews the lease in the transaction of a part of the work. Raises JobLostError."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, {"id": job.id, "token": job.token, "lease": lease})
        if cursor.rowcount == 0:
            raise JobLostError(job.id)


def tell(job: Leased, done: int, of: int) -> None:
    """How far a long work has come, for whoever waits, and the lease renewed: outside the transaction of its fruit.

    Raises JobLostError.
    """
    with connection.cursor() as cursor:
        told: dict[str, Any] = {"id": job.id, "token": job.token, "lease": LEASE_SECONDS, "percent": done * 100 // max(1, of)}
        cursor.execute(_TELL, told)
        if cursor.rowcount == 0:
            raise JobLostError(job.id)


def put_off(job: Leased, seconds: float) -> None:
    """Gives the job back untried, for so long: our own pace said "not now", which is nobody's failure. Raises JobLostError."""
    with connection.cursor() as cursor:
        cursor.execute(_PUT_OFF, {"id": job.id, "token": job.token, "pause": seconds * random.uniform(1.0, 1.5)})  # noqa: S311 -- no secret
        if cursor.rowcount == 0:
            raise JobLostError(job.id)


def fail(job: Leased, problem: domain.Problem, *, now: datetime, retry_after: float | None = None) -> bool:
    """Puts the job off with full jitter, or gives it up: at once where the problem is permanent, else after TRIES tries.

    `retry_after`: seconds the platform asked for, waited out in any case. True where it was given up. Raises JobLostError.
    """
    ends = problem.permanent or job.attempts >= TRIES
    pause = random.uniform(1, FIRST_PAUSE * 2 ** (job.attempts - 1))  # noqa: S311 -- spreads load, guards nothing
    if retry_after is not None:
        pause = max(pause, retry_after)
    parameters: dict[str, Any] = {
        "state": "given_up" if ends else "waiting",
        "ended": now if ends else None,
        "problem": Json(kept_problems.kept(problem)),
        "pause": pause,
        "id": job.id,
        "token": job.token,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FAIL, parameters)
        if cursor.rowcount == 0:
            raise JobLostError(job.id)
    return ends


def due() -> dict[str, int]:
    """Kind -> how many of its jobs wait for a worker now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, count(*) FROM patrol_job WHERE state = 'waiting' AND due_at <= clock_timestamp()"
            " AND (lease_until IS NULL OR lease_until < clock_timestamp()) GROUP BY kind"
        )
        return dict(cursor.fetchall())


def run(handlers: Mapping[str, Handler], *, now: datetime) -> Leased | None:
    """Leases one due job of these kinds and hands it to its handler; None where none is due.

    The handler ends the job itself (`finish`, or `put_off`), in the transaction of its fruit. What it raises ends the try: a
    SourceError as it says, anything else as a fault of the program, tried again. A database that is away is raised on.
    """
    claimed = claim(tuple(handlers), 1)
    if not claimed:
        return None
    (job,) = claimed
    try:
        handlers[job.kind](job, now=now)
    except JobLostError:
        log.warning("job lost", extra={"job": job.id})
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        problem, retry_after = _unexpected(error), None
        if isinstance(error, domain.SourceError):
            problem, retry_after = error.problem, error.retry_after
        else:
            log.exception("job failed", extra={"job": job.id})
        try:
            fail(job, problem, now=now, retry_after=retry_after)
        except JobLostError:
            log.warning("job lost", extra={"job": job.id})
    return job


def _unexpected(error: Exception) -> domain.Problem:
    sentence = domain.Sentence(
        id="Pekerjaan berhenti karena kesalahan program; dicoba lagi nanti.",
        en="The job stopped because of a program error; it will be tried again.",
    )
    return domain.Problem("internal", sentence, told=type(error).__name__)
