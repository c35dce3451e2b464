"""Verbs on watches, and how well each is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Count
from django.db.models.functions import TruncDate

from patrol import access, audit, models, sources, states
from patrol.access import Action
from patrol.states import WatchState
from patrol.vocabulary import LAW_ZONE, Sentence

DAYS = 14


class RefusedError(Exception):
    """What was asked cannot be done; `field` is where the person looks."""

    def __init__(self, field: str, sentence: Sentence) -> None:
        super().__init__(f"{field}: {sentence.en}")
        self.field = field
        self.sentence = sentence


class HealthState(StrEnum):
    HEALTHY = "healthy"
    QUIET = "quiet"  # fewer posts than usual: an empty answer is not "no crime this week"
    WAITING = "waiting"  # never ran, due now
    FAILING = "failing"
    NEW = "new"  # too young for a healthy range to mean anything
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Health:
    state: HealthState
    per_day: tuple[int, ...]  # posts first seen, the last DAYS days, today last
    last_good_at: datetime | None
    problem: Sentence | None
    permanent: bool  # trying again cannot help
    next_due: datetime | None


def _checked(platform: str, kind: str, query: str, name: str, every_seconds: int, low: int, high: int) -> str:
    source = sources.SOURCES.get(platform)
    if source is None:
        known = ", ".join(sorted(sources.SOURCES))
        raise RefusedError("platform", Sentence(f"Platform tidak dikenal: {known}.", f"Unknown platform: {known}."))
    query = query.strip()
    if problem := source.check_query(query, kind):
        raise RefusedError("query", problem.sentence)
    if not name.strip():
        raise RefusedError("name", Sentence("Wajib diisi.", "This is required."))
    if every_seconds < 10:
        raise RefusedError("every_seconds", Sentence("Paling cepat tiap 10 detik.", "Every 10 seconds at most."))
    if low < 0:
        raise RefusedError("healthy_low", Sentence("Tidak boleh di bawah nol.", "Not below zero."))
    if low > high:
        raise RefusedError(
            "healthy_low", Sentence("Batas bawah melebihi batas atas.", "The lower end lies above the upper end.")
        )
    return query


_TAKEN = Sentence("Sumber ini sudah dipantau.", "This source is already watched.")


def add(
    *,
    name: str,
    platform: str,
    query: str,
    kind: str = "",
    office_id: int,
    every_seconds: int,
    healthy_low: int,
    healthy_high: int,
    by: models.Person | None,
    now: datetime,
) -> models.Watch:
    """A new watch, due at once. `by` None is the installation itself. Raises RefusedError, PermissionDenied."""
    if by is not None:
        access.require(by, Action.WATCH_CHANGE)
    query = _checked(platform, kind, query, name, every_seconds, healthy_low, healthy_high)
    kind = kind or sources.SOURCES[platform].QUERIES[0].key
    try:
        with transaction.atomic():
            watch = models.Watch.objects.create(
                name=name.strip(),
                platform=platform,
                kind=kind,
                query=query,
                office_id=office_id,
                every_seconds=every_seconds,
                healthy_low=healthy_low,
                healthy_high=healthy_high,
                created_at=now,
                created_by=by,
            )
            _due_now(watch.pk)
            audit.write("watch.added", by=by, now=now, target=watch, after={"platform": platform, "query": query})
    except IntegrityError:
        raise RefusedError("query", _TAKEN) from None
    watch.refresh_from_db()
    return watch


def _due_now(watch_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_watch SET due_at = clock_timestamp() WHERE id = %s", [watch_id])


def change(
    *,
    watch_id: int,
    name: str,
    query: str,
    office_id: int,
    every_seconds: int,
    healthy_low: int,
    healthy_high: int,
    by: models.Person,
    now: datetime,
) -> models.Watch:
    """Changes a watch. Another query starts from its beginning. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.WATCH_CHANGE)
    try:
        with transaction.atomic():
            watch = models.Watch.objects.select_for_update().get(pk=watch_id)
            query = _checked(watch.platform, watch.kind, query, name, every_seconds, healthy_low, healthy_high)
            fields = {
                "name": name.strip(),
                "query": query,
                "office_id": office_id,
                "every_seconds": every_seconds,
                "healthy_low": healthy_low,
                "healthy_high": healthy_high,
            }
            before = {key: getattr(watch, key) for key in fields}
            # A run on its way loses its lease: it would set the cursor of the old query again.
            again: dict[str, Any] = (
                {} if query == watch.query else {"cursor": {}, "lease_token": None, "lease_until": None, "attempts": 0}
            )
            models.Watch.objects.filter(pk=watch_id).update(**fields, **again)
            if again and watch.state == WatchState.ACTIVE:
                _due_now(watch_id)
            audit.write("watch.changed", by=by, now=now, target=watch, before=before, after=fields)
    except IntegrityError:
        raise RefusedError("query", _TAKEN) from None
    watch.refresh_from_db()
    return watch


def pause(*, watch_id: int, by: models.Person, now: datetime) -> models.Watch:
    """Stops asking until somebody resumes; the cursor stays. Raises MoveRefusedError, PermissionDenied."""
    return _move(watch_id, WatchState.PAUSED, "watch.paused", by=by, now=now)


def resume(*, watch_id: int, by: models.Person, now: datetime) -> models.Watch:
    """Asks again, at once, from the kept cursor. Raises MoveRefusedError, PermissionDenied."""
    return _move(watch_id, WatchState.ACTIVE, "watch.resumed", by=by, now=now)


def _move(watch_id: int, after: WatchState, verb: str, *, by: models.Person, now: datetime) -> models.Watch:
    access.require(by, Action.WATCH_CHANGE)
    with transaction.atomic():
        watch = models.Watch.objects.select_for_update().get(pk=watch_id)
        states.require(states.WATCH_MOVES, watch.state, after)
        active = after == WatchState.ACTIVE
        models.Watch.objects.filter(pk=watch_id).update(state=after, due_at=None, attempts=0)
        if active:
            _due_now(watch_id)
        audit.write(verb, by=by, now=now, target=watch, before={"state": watch.state}, after={"state": after})
    watch.refresh_from_db()
    return watch


def health(watches: Iterable[models.Watch], *, now: datetime) -> dict[int, Health]:
    """How well each watch is, by id. One query, whatever their number."""
    watches = list(watches)
    today = now.astimezone(LAW_ZONE).date()
    first = today - timedelta(days=DAYS - 1)
    rows = (
        models.Seen.objects.filter(watch__in=watches, at__gte=datetime.combine(first, datetime.min.time(), LAW_ZONE))
        .annotate(day=TruncDate("at", tzinfo=LAW_ZONE))
        .values_list("watch_id", "day")
        .annotate(posts=Count("id"))
        .order_by()
    )
    posts = {(watch_id, day): count for watch_id, day, count in rows}
    days = [first + timedelta(days=n) for n in range(DAYS)]
    return {watch.pk: _health(watch, tuple(posts.get((watch.pk, day), 0) for day in days), now) for watch in watches}


def _health(watch: models.Watch, per_day: tuple[int, ...], now: datetime) -> Health:
    kept: Mapping[str, str] | None = watch.last_problem
    problem = Sentence(kept["id"], kept["en"]) if kept else None
    return Health(
        state=_state(watch, per_day, now),
        per_day=per_day,
        last_good_at=watch.last_good_at,
        problem=problem,
        permanent=bool(kept and kept["permanent"]),
        next_due=watch.due_at,
    )


def _state(watch: models.Watch, per_day: tuple[int, ...], now: datetime) -> HealthState:
    if watch.state == WatchState.PAUSED:
        return HealthState.PAUSED
    if watch.state == WatchState.STOPPED:
        return HealthState.STOPPED
    if watch.last_problem:
        return HealthState.FAILING
    if watch.last_good_at is None:
        return HealthState.WAITING
    if now - watch.created_at < timedelta(days=DAYS):
        return HealthState.NEW
    # Whole days only: today is not over, and a quiet morning says nothing.
    whole = per_day[-8:-1]
    return HealthState.QUIET if sum(whole) < watch.healthy_low * len(whole) else HealthState.HEALTHY
