"""When the log was last sealed and what waits, as far as the database says it: pages run where neither folder nor key is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from patrol import models
from patrol.domain.states import JobState
from patrol.evidence.anchors import making, stamping
from patrol.evidence.anchors.making import Newest

LATE: Final = timedelta(minutes=30)  # twice the time in which whatever is new is sealed


class Sealed(StrEnum):
    NEVER = "never"
    NOTHING_NEW = "nothing_new"
    WAITING = "waiting"  # something is new, and its time has not come
    LATE = "late"


@dataclass(frozen=True, slots=True)
class State:
    """`problem`, `stamp_problem`: sentences of the last try ({code, id, en, permanent}) where it failed; `stamped_at`: when a time stamp
    was last kept."""

    newest: Newest
    sealed: Sealed
    problem: dict[str, Any] | None = None
    stamp_problem: dict[str, Any] | None = None
    stamped_at: datetime | None = None


def of(newest: Newest, *, now: datetime) -> Sealed:
    if not newest.number:
        return Sealed.NEVER
    if newest.waits is None:
        return Sealed.NOTHING_NEW
    return Sealed.LATE if now - newest.waits > LATE else Sealed.WAITING


def whole(*, now: datetime) -> State:
    """Two queries."""
    newest = making.newest()
    found = models.Job.objects.filter(kind__in=(making.KIND, stamping.KIND))
    jobs = {kind: (state, problem, ended) for kind, state, problem, ended in found.values_list("kind", "state", "problem", "ended_at")}
    _state, problem, _ended = jobs.get(making.KIND, ("", None, None))
    stamp, stamp_problem, ended = jobs.get(stamping.KIND, ("", None, None))
    return State(newest, of(newest, now=now), problem, stamp_problem, ended if stamp == JobState.DONE and stamping.configured() else None)
