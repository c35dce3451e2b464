"""The list of weeks, months or quarters of an office: what each says in a line.

What was frozen says what was frozen. Of the others the line is put together from what is kept of days and ends, so that it costs the
same however many flags there are; it is what their summary would say. A preliminary edition is no last word: its period counts on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Min, QuerySet, Sum

from patrol.triage import tallies
from reports import earlier, queries
from reports.models import QueueEnd, Signs, WeeklySummary
from reports.period import KINDS, Period

AT_ONCE = {"week": 26, "month": 24, "quarter": 12}  # on a page
DRAFT_WEEKS = 1  # before the running one, shown where nothing happened yet


class State(StrEnum):
    RUNNING = "running"
    DRAFT = "draft"  # over, and nobody froze it
    PRELIMINARY = "preliminary"
    FROZEN = "frozen"
    SIGNED = "signed"  # by both


@dataclass(frozen=True, slots=True)
class Line:
    """None: not known. Of a running period as of now. `oldest`: whole hours."""

    period: Period
    state: State
    edition: WeeklySummary | None  # the newest
    flagged: int
    decided: int
    waiting: int | None
    oldest: int | None
    late: int | None


def periods(office_id: int | None, kind: str, now: datetime) -> list[Period]:
    """The running one first, back to the first with anything in it; at least the one that ended last, since somebody may freeze it."""
    running = KINDS[kind].of(now)
    day = tallies.first_day(office_id)
    frozen = _editions(office_id).filter(kind=kind).order_by("year", "week").only("kind", "year", "week").first()
    begun: list[Period] = [running.shifted(-DRAFT_WEEKS)]
    begun += [KINDS[kind].of_day(day)] if day else []
    begun += [frozen.period] if frozen else []
    first = min(begun, key=lambda one: one.first_day)
    found: list[Period] = [running]
    while found[-1].first_day > first.first_day:
        found.append(found[-1].previous())
    return found


def lines(office_id: int | None, listed: Sequence[Period], now: datetime, *, whole: bool = False) -> list[Line]:
    """Of periods of one kind that follow each other, the newest first. A fixed number of queries. `whole`: editions with their figures."""
    if not listed:
        return []
    newest = _newest(office_id, listed, whole=whole)
    days = tallies.by_day(office_id, listed[-1].first_day, listed[0].last_day)
    ends = _ends(office_id, [one.last_day for one in listed])
    more = earlier.corrected(office_id, listed[::-1])
    found = []
    for period in listed:
        edition = newest.get(period)
        if edition is not None and not edition.preliminary:
            found.append(_frozen(period, edition))
            continue
        running = not period.is_over(now)
        happened: Counter[str] = Counter()
        for day in period.days():
            happened.update(days.get(day, {}))
        happened.update(more[period])
        waiting, oldest_at, late = (
            queries.waiting_now(office_id, now, settings.DECIDE_HOURS) if running else ends.get(period.last_day, (None, None, None))
        )
        found.append(
            Line(
                period=period,
                state=State.PRELIMINARY if edition else State.RUNNING if running else State.DRAFT,
                edition=edition,
                flagged=happened["flagged"],
                decided=tallies.decided(happened),
                waiting=waiting,
                oldest=int(((now if running else period.bounds()[1]) - oldest_at) / timedelta(hours=1)) if oldest_at else None,
                late=late,
            )
        )
    return found


def _editions(office_id: int | None) -> QuerySet[WeeklySummary]:
    return WeeklySummary.objects.filter(office=None) if office_id is None else WeeklySummary.objects.filter(office=office_id)


def _newest(office_id: int | None, listed: Sequence[Period], *, whole: bool) -> dict[Period, WeeklySummary]:
    """The newest edition of each of them that has one, with the few figures of it that a line says."""
    found = _editions(office_id).filter(kind=listed[0].kind, year__range=(listed[-1].year, listed[0].year))
    told = (
        found.select_related("office", "frozen_by")
        .defer(*(() if whole else ("figures",)))
        .annotate(
            signed=Count("signatures"),
            flow=F("figures__flow"),
            decisions=F("figures__decisions"),
            oldest=F("figures__oldest_hours"),
            limits=F("figures__limits"),
        )
    )
    return {one.period: one for one in told.order_by("edition", "id")}


def _frozen(period: Period, edition: Any) -> Line:
    return Line(
        period=period,
        state=State.SIGNED if edition.signed == len(Signs) else State.FROZEN,
        edition=edition,
        flagged=edition.flow["flagged"],
        decided=sum(row["now"] for row in edition.decisions),
        waiting=edition.flow["end"],
        oldest=edition.oldest,
        late=sum(limit["now"] for limit in edition.limits) if edition.limits else None,  # None: of before there were limits
    )


def _ends(office_id: int | None, days: Sequence[date]) -> dict[date, tuple[int, datetime | None, int]]:
    found = QueueEnd.objects.filter(day__in=days)
    mine = found if office_id is None else found.filter(office=office_id)
    told = mine.values("day").annotate(waits=Sum("waiting"), oldest=Min("oldest_at"), over=Sum("late"))
    return {row["day"]: (row["waits"], row["oldest"], row["over"]) for row in told}
