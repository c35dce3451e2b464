"""How well each watch is: what it brought, what stopped it, when it goes on and what keeps it until then."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum, prefetch_related_objects
from django.db.models.functions import TruncDate

from patrol import models
from patrol.domain import LAW_ZONE, Sentence, kept_problems
from patrol.domain.states import WatchState
from patrol.engine import schedules

DAYS = 14
_DAY: Final = 86_400  # seconds
JUDGED_DAYS = 7  # whole ones: today is not over, and a quiet morning says nothing
BROKEN_OFF = 3  # runs in a row that nobody ended; one of them may still be on its way


class HealthState(StrEnum):
    HEALTHY = "healthy"
    QUIET = "quiet"  # fewer posts than usual: an empty answer is not "no crime this week"
    LOUD = "loud"  # more posts than usual: words too wide, spam, or a wave of offers
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
    code: str  # of the problem
    told: str  # status and code of the platform's answer with it, "" where none came
    permanent: bool  # trying again cannot help
    next_due: datetime | None
    held: schedules.Held | None  # its hours or its quota keep it from running now
    used: int  # posts seen this law day, counted for watches with a quota

    @property
    def judged(self) -> int:
        """Posts of the days that are held against the healthy range."""
        return _judged(self.per_day)


def stopped(watches: QuerySet[models.Watch]) -> QuerySet[models.Watch]:
    """Those whose health is STOPPED, counted without reading what they brought."""
    return watches.filter(state=WatchState.STOPPED)


def broken(watches: QuerySet[models.Watch]) -> QuerySet[models.Watch]:
    """Those whose health is STOPPED or FAILING: somebody has to look. Counted without reading what they brought."""
    fails = Q(last_problem__isnull=False) | Q(attempts__gte=BROKEN_OFF)
    return watches.filter(Q(state=WatchState.STOPPED) | Q(state=WatchState.ACTIVE) & fails)


def used_today(watch_ids: Iterable[int], *, now: datetime) -> dict[int, int]:
    """Posts seen by the runs of this law day, repeated ones too, by watch. One query."""
    rows = models.Fetch.objects.filter(watch_id__in=list(watch_ids), started_at__gte=schedules.law_day(now))
    return dict(rows.values_list("watch_id").annotate(Sum("posts_seen")).order_by())


def _has_hours(watch: models.Watch) -> bool:
    return bool(watch.windows) or watch.quiet_from is not None


def hours_of(watch: models.Watch) -> schedules.Hours:
    """On the wall clock of the watch's office. Reads the office only where the watch has hours."""
    if not _has_hours(watch):
        return schedules.Hours(LAW_ZONE)
    return schedules.Hours.read(watch.office.zone, watch.windows, watch.quiet_from, watch.quiet_to)


def health(watches: Iterable[models.Watch], *, now: datetime) -> dict[int, Health]:
    """How well each watch is, by id. One query, one more where any has a quota, one for offices not yet selected."""
    watches = list(watches)
    today = now.astimezone(LAW_ZONE).date()
    first = today - timedelta(days=DAYS - 1)
    posts = _brought(watches, first, today)
    days = [first + timedelta(days=n) for n in range(DAYS)]
    # Nothing is asked where the caller selected the offices already.
    prefetch_related_objects([watch for watch in watches if _has_hours(watch)], "office")
    rationed = [watch.pk for watch in watches if watch.daily_quota is not None]
    used = used_today(rationed, now=now) if rationed else {}
    return {watch.pk: _health(watch, tuple(posts.get((watch.pk, day), 0) for day in days), used.get(watch.pk, 0), now) for watch in watches}


# Of many posts, those of days that are over are counted once a day: nothing is seen in them any more. Only an erasing changes them.
LONG: Final = 5_000  # posts of the days that are over


def _brought(watches: Sequence[models.Watch], first: date, today: date) -> dict[tuple[int, date], int]:
    """(watch, day) -> posts first seen. One query."""
    whose = hashlib.sha256(repr(sorted(watch.pk for watch in watches)).encode()).hexdigest()
    name = f"brought.{connection.settings_dict['NAME']}.{today}.{whose}".replace(" ", "_")
    kept: dict[tuple[int, date], int] = cache.get(name) or {}
    since = datetime.combine(today if kept else first, time(), LAW_ZONE)
    rows = (
        models.Seen.objects.filter(watch__in=watches, at__gte=since)
        .annotate(day=TruncDate("at", tzinfo=LAW_ZONE))
        .values_list("watch_id", "day")
        .annotate(posts=Count("id"))
        .order_by()
    )
    posts = {(watch_id, day): count for watch_id, day, count in rows}
    over = {key: count for key, count in posts.items() if key[1] < today}
    if sum(over.values()) >= LONG:
        cache.set(name, over, _DAY)
    return kept | posts


def _health(watch: models.Watch, per_day: tuple[int, ...], used: int, now: datetime) -> Health:
    kept: Mapping[str, str] | None = watch.last_problem
    if kept is None and _breaks_off(watch):
        kept = {
            "code": "killed",
            "permanent": "",
            "id": f"{watch.attempts} pengambilan berturut-turut terhenti di tengah jalan tanpa memberi tahu sebabnya. Lihat log worker.",
            "en": f"{watch.attempts} runs in a row stopped half-way without saying why. Look at the worker's log.",
        }
    return Health(
        state=_state(watch, per_day, now),
        per_day=per_day,
        last_good_at=watch.last_good_at,
        problem=Sentence(kept_problems.without_codes(kept["id"]), kept_problems.without_codes(kept["en"])) if kept else None,
        code=kept["code"] if kept else "",
        told=kept_problems.told(kept) if kept else "",
        permanent=bool(kept and kept["permanent"]),
        next_due=watch.due_at,
        held=_held(watch, used, now),
        used=used,
    )


def _breaks_off(watch: models.Watch) -> bool:
    """Whether its runs are killed: a try is counted when it begins, and forgotten by a run that ends well."""
    return watch.attempts >= BROKEN_OFF and not watch.last_problem


def _held(watch: models.Watch, used: int, now: datetime) -> schedules.Held | None:
    if watch.state != WatchState.ACTIVE:
        return None
    return schedules.held(hours_of(watch), now, used=used, quota=watch.daily_quota)


def _state(watch: models.Watch, per_day: tuple[int, ...], now: datetime) -> HealthState:
    if watch.state == WatchState.PAUSED:
        return HealthState.PAUSED
    if watch.state == WatchState.STOPPED:
        return HealthState.STOPPED
    if watch.last_problem or _breaks_off(watch):
        return HealthState.FAILING
    if watch.last_good_at is None:
        return HealthState.WAITING
    if now - watch.created_at < timedelta(days=DAYS):
        return HealthState.NEW
    return _by_range(watch, _judged(per_day))


def _by_range(watch: models.Watch, posts: int) -> HealthState:
    if posts < watch.healthy_low * JUDGED_DAYS:
        return HealthState.QUIET
    return HealthState.LOUD if posts > watch.healthy_high * JUDGED_DAYS else HealthState.HEALTHY


def _judged(per_day: tuple[int, ...]) -> int:
    return sum(per_day[-1 - JUDGED_DAYS : -1])
