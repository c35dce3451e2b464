"""Whose turn it is: a watch is claimed when it is due and its hours and quota let it, and let go with its next due time.

Due times and leases are the database's clock; what they become is computed by engine.schedules from that clock. The quota counts runs,
and runs are dated by the door's `now`: the two clocks are used side by side and never compared.
"""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from psycopg2.extras import Json

from patrol import domain, models
from patrol.domain import kept_problems
from patrol.domain.states import WatchState
from patrol.engine import schedules
from patrol.watches import credentials, wellbeing

LONGEST_PAUSE = 6 * 60 * 60  # of a watch that keeps failing

# Whoever is not first finds the row locked or its lease taken, and goes on to other work.
_LOOK = """
SELECT clock_timestamp() FROM patrol_watch
WHERE id = %(id)s AND state = 'active' AND (due_at <= clock_timestamp() OR %(force)s)
  AND (lease_until IS NULL OR lease_until < clock_timestamp())
FOR UPDATE SKIP LOCKED
"""
_TAKE = """
UPDATE patrol_watch SET lease_token = gen_random_uuid(), lease_until = clock_timestamp() + %(lease)s * interval '1 second',
    attempts = attempts + 1
WHERE id = %(id)s RETURNING lease_token, attempts
"""
# Whoever paused the watch while it ran is not overruled by the end of the run, nor is what stopped it.
_RELEASE = """
UPDATE patrol_watch SET lease_token = NULL, lease_until = NULL, attempts = %(attempts)s,
    state = CASE WHEN state = 'active' THEN %(state)s ELSE state END,
    due_at = CASE WHEN state = 'active' THEN %(due)s::timestamptz END,
    last_good_at = COALESCE(%(good)s::timestamptz, last_good_at),
    last_problem = CASE WHEN state = 'stopped' OR %(paced)s THEN last_problem ELSE %(problem)s::jsonb END,
    last_problem_at = CASE WHEN state = 'stopped' OR %(paced)s THEN last_problem_at ELSE %(problem_at)s::timestamptz END
WHERE id = %(id)s AND lease_token = %(token)s
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """A claimed watch. `left`: posts its quota still lets it see today; None where it has none."""

    watch: models.Watch
    token: uuid.UUID
    attempts: int
    left: int | None
    at: datetime  # when it was claimed, by the database's clock


def problem_json(problem: domain.Problem) -> dict[str, Any]:
    return kept_problems.kept(problem) | {"where": problem.where}


def claim(watch_id: int, *, now: datetime, force: bool) -> Turn | None:
    """The watch, for one run. None where it is not due, stopped, or held by another run, and where its hours or its quota keep it
    back: then it is due when they let it. `force` passes over due time, hours and quota: somebody asks by hand."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOOK, {"id": watch_id, "force": force})
        row = cursor.fetchone()
        if row is None:
            return None
        watch = models.Watch.objects.select_related("office", "credential").get(pk=watch_id)
        used = _used(watch, now)
        quota = None if force else watch.daily_quota
        held = None if force else schedules.held(wellbeing.hours_of(watch), row[0], used=used, quota=quota)
        if held is not None:
            cursor.execute("UPDATE patrol_watch SET due_at = %s WHERE id = %s", [held.until, watch_id])
            return None
        cursor.execute(_TAKE, {"id": watch_id, "lease": settings.FETCH_LEASE_SECONDS})
        token, attempts = cursor.fetchone()
    return Turn(watch, token, attempts, None if quota is None else quota - used, row[0])


def _used(watch: models.Watch, now: datetime) -> int:
    if watch.daily_quota is None:
        return 0
    return wellbeing.used_today([watch.pk], now=now).get(watch.pk, 0)


def release(turn: Turn, held: credentials.Held, error: domain.Problem | None, retry_after: float | None, *, now: datetime) -> None:
    """The end of a run, inside its last transaction: when the watch is due next, or why it stopped.

    Credentials the platform refuses stop all watches that have them; were they changed meanwhile, the watch is tried with the new ones.
    A run that our own pace ended has failed at nothing: it is no try and no problem, and goes on when the host may be asked again.
    """
    watch, again = turn.watch, False
    paced = error is not None and error.code == "paced"
    if error is not None and error.code == "credentials_refused" and held.credential_id is not None:
        again = not credentials.refuse(held, error, now=now)
    pause, state = _pause(turn, error, retry_after, again=again)
    parameters: dict[str, Any] = {
        "attempts": turn.attempts - 1 if paced else turn.attempts if error else 0,
        "paced": paced,
        "state": state,
        "due": None if pause is None else _due(turn, pause, now),
        "good": None if error else now,
        "problem": Json(problem_json(error)) if error else None,
        "problem_at": now if error else None,
        "id": watch.pk,
        "token": turn.token,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE, parameters)


def _pause(turn: Turn, error: domain.Problem | None, retry_after: float | None, *, again: bool) -> tuple[float | None, WatchState]:
    every = turn.watch.every_seconds
    if error is None:
        return every * random.uniform(0.9, 1.1), WatchState.ACTIVE  # noqa: S311 -- spreads load, guards nothing
    if again:
        return 0.0, WatchState.ACTIVE
    if error.permanent:
        return None, WatchState.STOPPED
    if error.code == "paced":
        return (retry_after or 1.0) * random.uniform(1.0, 1.5), WatchState.ACTIVE  # noqa: S311 -- no secret
    # Full jitter: a platform that comes back is not met by every watch at once.
    longest = min(LONGEST_PAUSE, every * 2 ** min(turn.attempts, 8))
    return max(retry_after or 0, random.uniform(1, longest)), WatchState.ACTIVE  # noqa: S311 -- no secret


def clock(turn: Turn, now: datetime) -> datetime:
    """What the door's clock shows by now: `now` of the run's beginning and the time that has gone by since."""
    return now + (_clock() - turn.at)


def _clock() -> datetime:
    """The database's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        at: datetime = cursor.fetchone()[0]
    return at


def _due(turn: Turn, pause: float, now: datetime) -> datetime | None:
    watch, at = turn.watch, _clock()
    # The quota of the day on which the run ends: across midnight its own posts are yesterday's.
    used = _used(watch, now + (at - turn.at))
    return schedules.due(wellbeing.hours_of(watch), at, pause, used=used, quota=watch.daily_quota)
