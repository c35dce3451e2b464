"""When the log was last sealed and what waits, as far as the database says it: pages run where neither folder nor key is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from patrol import models
from patrol.domain.states import JobState
from patrol.evidence.anchors import authorities, making
from patrol.evidence.anchors.making import Newest

LATE: Final = timedelta(minutes=30)  # twice the time in which whatever is new is sealed


class Sealed(StrEnum):
    NEVER = "never"
    NOTHING_NEW = "nothing_new"
    WAITING = "waiting"  # something is new, and its time has not come
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Stamps:
    """Of one authority, by its host: when a time stamp of it was last kept; `problem`: as of State."""

    authority: str
    at: datetime | None = None
    problem: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class State:
    """`problem`: sentence of the last try ({code, id, en, permanent}) where it failed; `stamps`: of each authority, in their order."""

    newest: Newest
    sealed: Sealed
    problem: dict[str, Any] | None = None
    stamps: tuple[Stamps, ...] = ()


def of(newest: Newest, *, now: datetime) -> Sealed:
    if not newest.number:
        return Sealed.NEVER
    if newest.waits is None:
        return Sealed.NOTHING_NEW
    return Sealed.LATE if now - newest.waits > LATE else Sealed.WAITING


def whole(*, now: datetime) -> State:
    """Two queries."""
    newest = making.newest()
    found = models.Job.objects.filter(kind__in=(making.KIND, authorities.STAMP))
    jobs = {(job.kind, job.key): job for job in found.only("kind", "key", "state", "problem", "ended_at")}
    sealing = jobs.get((making.KIND, making.KEY))
    stamps = [_stamps(place, jobs.get((authorities.STAMP, authorities.key(place)))) for place in range(len(authorities.urls()))]
    return State(newest, of(newest, now=now), sealing.problem if sealing else None, tuple(stamps))


def _stamps(authority: int, job: models.Job | None) -> Stamps:
    name = authorities.name(authority)
    return Stamps(name) if job is None else Stamps(name, job.ended_at if job.state == JobState.DONE else None, job.problem)
