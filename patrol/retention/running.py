"""The run: what is due goes, batch by batch, each one transaction with its row of the log; and the count, which erases nothing.

Whoever dies between two batches leaves the rest due. Nothing runs before an edition was approved; the database's functions ask for the
edition, the age and the holds of each row themselves.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from patrol.access import audit, consulting
from patrol.domain import LAW_ZONE
from patrol.evidence import erasing
from patrol.infra import reached
from patrol.models import RetentionEdition, RetentionFigure
from patrol.retention import due, editions
from patrol.retention.due import Counted
from patrol.retention.terms import terms

AT_ONCE: Final = 100  # rows a transaction
SECONDS: Final = 20.0  # at once; then whoever waited for this process gets its turn
NIGHT = (1, 5)  # hours in Jakarta, without the last one
_DAY: Final = "retention"  # of patrol.infra.reached: nights that are done

_ERASES: Final = {
    "unflagged": "SELECT patrol_erase_due('unflagged', %(id)s, %(edition)s)",
    "dismissed": "SELECT patrol_erase_due('dismissed', %(id)s, %(edition)s)",
    "victim": "SELECT patrol_erase_victim(%(id)s, %(edition)s)",
    "profile": "SELECT patrol_erase_profile(%(id)s, %(edition)s)",
}
_POSTS: Final = frozenset({"unflagged", "dismissed"})
# The row stays: of most messages there is one for ever. Of the gathered ones it goes after a year (infra.clearing).
_OUTBOX: Final = "UPDATE patrol_dispatch SET message_id = '', said = '' WHERE id = ANY (%(ids)s)"


@dataclass(slots=True)
class Ran:
    """What a run did: term -> rows. `done`: nothing that is due and free was left."""

    erased: dict[str, int] = field(default_factory=dict)
    done: bool = True


# --- the count ------------------------------------------------------------------------------------


def dry_run(times: editions.Times | None = None) -> dict[str, Counted | None]:
    """Term -> what would go and what is held; None where its time says that it is kept. By the edition in force, else as shipped, else
    by the times given. Looks at all there is: one query a term."""
    said: Mapping[str, int | None] = times if times is not None else editions.times(editions.in_force())
    return {key: None if (days := said[key]) is None else due.count(key, days=days) for key in terms()}


def figures() -> list[RetentionFigure]:
    """The last count, in the order of the terms; empty before the first. One query of as many rows as there are terms."""
    kept = {row.term: row for row in RetentionFigure.objects.all()}
    return [kept[key] for key in terms() if key in kept]


def keep_count(*, now: datetime) -> list[RetentionFigure]:
    """Counts and keeps the figures."""
    edition = editions.in_force()
    times = editions.times(edition)
    counted = dry_run(times)
    rows = [
        RetentionFigure(term=key, days=times[key], edition=edition, due=one.due if one else 0, held=one.held if one else {}, counted_at=now)
        for key, one in counted.items()
    ]
    RetentionFigure.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["term"], update_fields=["days", "edition", "due", "held", "counted_at"]
    )
    return rows


# --- the run --------------------------------------------------------------------------------------


def due_tonight(*, now: datetime) -> bool:
    """Whether it is night and this night's run is not done. One query."""
    here = now.astimezone(LAW_ZONE)
    return NIGHT[0] <= here.hour < NIGHT[1] and reached.day(_DAY) < here.date()


def nightly(*, now: datetime) -> Ran:
    """Some of the night's run; at its end counts once, and is done for the night."""
    ran = run(now=now, seconds=SECONDS)
    if ran.done:
        keep_count(now=now)
        with transaction.atomic():
            reached.take_days(_DAY, last=now.astimezone(LAW_ZONE).date(), most=1)
    return ran


def run(*, now: datetime, seconds: float | None = None) -> Ran:
    """Erases what is due and not held, for about so long, one batch at least; without an approved edition nothing."""
    edition, ran = editions.in_force(), Ran()
    if edition is None:
        return ran
    ends = None if seconds is None else time.monotonic() + seconds
    for term, days in editions.times(edition).items():
        if days is None:
            continue
        if term == "reading_log":
            ran.erased |= {term: gone} if (gone := _drop_readings(days, edition, now=now)) else {}
            continue
        after = 0
        while rows := due.some(term, days=days, after=after, most=AT_ONCE):
            if ran.erased and ends is not None and time.monotonic() > ends:
                return Ran(ran.erased, done=False)
            after = rows[-1][0]
            gone = _batch(term, [pk for pk, why in rows if not why], edition, now=now)
            if gone:
                ran.erased[term] = ran.erased.get(term, 0) + gone
    return ran


def _drop_readings(days: int, edition: RetentionEdition, *, now: datetime) -> int:
    """Whole months of the reading log, with their row of the log; how many readings."""
    if not due.some("reading_log", days=days, after=0, most=1):
        return 0
    with transaction.atomic():
        gone = consulting.drop_before(due.day(days), now=now)
        _add("reading_log", gone, edition, now=now)
    return gone


def _add(term: str, rows: int, edition: RetentionEdition, *, now: datetime) -> None:
    """To what was erased so far."""
    if not RetentionFigure.objects.filter(term=term).update(erased=F("erased") + rows):
        days = editions.times(edition)[term]
        RetentionFigure.objects.create(term=term, days=days, edition=edition, due=0, erased=rows, counted_at=now)


def _batch(term: str, ids: list[int], edition: RetentionEdition, *, now: datetime) -> int:
    """One transaction; where the database refuses one of them, which came to be held since it was found, each alone."""
    if not ids:
        return 0
    try:
        return _erase(term, ids, edition, now=now)
    except IntegrityError:
        if len(ids) == 1:
            return 0
    return sum(_batch(term, [one], edition, now=now) for one in ids)


def _erase(term: str, ids: list[int], edition: RetentionEdition, *, now: datetime) -> int:
    with transaction.atomic():
        with connection.cursor() as cursor:
            if term in _ERASES:
                for pk in ids:
                    cursor.execute(_ERASES[term], {"id": pk, "edition": edition.pk})
            else:
                cursor.execute(_OUTBOX, {"ids": ids})
        if term in _POSTS:
            erasing.after_erasing(ids)
        _add(term, len(ids), edition, now=now)
        # The posts by name: `verify_evidence` asks the log for each that is called erased.
        told: dict[str, Any] = {"term": term, "rows": len(ids)}
        audit.write("retention.erased", by=None, now=now, target=edition, after=told | ({"posts": ids} if term in _POSTS else {}))
    return len(ids)
