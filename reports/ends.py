"""What waited when each week and each month ended: counted once, from the events, soon after that.

To find it anew costs a look through all that ever happened, for each end. A quarter ends with a month.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction

from patrol.domain import LAW_ZONE
from patrol.infra import reached
from patrol.models import Office
from patrol.triage import tallies
from reports import queries, tally
from reports.models import QueueEnd
from reports.period import IsoWeek, Month

SECONDS = 5.0  # of one sweep; after an update there are years to count, newest first
_REACHED: Final = "ends"


def keep(*, now: datetime) -> int:
    """Counts ends that nobody counted yet, for about SECONDS. Returns how many; 0 where none is left. One query where that is known."""
    # Who commits after midnight what happened before is waited for.
    last = (now - reached.SETTLED).astimezone(LAW_ZONE).date() - timedelta(days=1)
    if reached.day(_REACHED) >= last:
        return 0
    until = time.monotonic() + SECONDS
    counted = 0
    for day in _missing(last):
        _count(day)
        counted += 1
        if time.monotonic() > until:
            return counted
    with transaction.atomic():
        reached.take_days(_REACHED, last=last, most=1)
    return counted


def _missing(last: date) -> Iterator[date]:
    first = tallies.first_day(None)
    known = set(QueueEnd.objects.values_list("day", flat=True).distinct())
    day = last
    while first is not None and day >= first:
        if day not in known and day in {IsoWeek.of_day(day).last_day, Month.of_day(day).last_day}:
            yield day
        day -= timedelta(days=1)


def _count(day: date) -> None:
    moment = datetime.combine(day + timedelta(days=1), datetime.min.time(), LAW_ZONE)
    by_office: dict[int, list[queries.Queued]] = defaultdict(list)
    for flag in queries.queued(None, [moment]):
        if flag.state == tally.WAITING:
            by_office[flag.office].append(flag)
    QueueEnd.objects.bulk_create(
        (
            QueueEnd(
                day=day,
                office_id=office,
                waiting=len(waits),
                oldest_at=min((flag.entered_at or moment for flag in waits), default=None),
                late=sum(len(tally.late(waits, moment, level, hours)) for level, hours in settings.DECIDE_HOURS.items()),
            )
            for office, waits in ((key, by_office[key]) for key in Office.objects.order_by("id").values_list("id", flat=True))
        ),
        ignore_conflicts=True,  # another worker was at it: it counted the same
    )
