"""The run: what is due goes, batch by batch, each one transaction with its row of the log; and the count, which erases nothing.

Whoever dies between two batches leaves the rest due. Nothing runs before an edition was approved; the database's functions ask for the
edition, the age and the holds of each row themselves.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import DatabaseError, connection, transaction
from django.db.models import F

from patrol.access import audit, consulting
from patrol.domain import LAW_ZONE
from patrol.evidence import erasing
from patrol.evidence.erasing import Hold
from patrol.infra import reached
from patrol.models import RetentionEdition, RetentionFigure
from patrol.retention import due, editions
from patrol.retention.due import Counted
from patrol.retention.terms import terms

_log = logging.getLogger(__name__)

AT_ONCE: Final = 100  # rows a transaction
AHEAD: Final = 2000  # rows that are looked at with one query
SECONDS: Final = 20.0  # at once; then whoever waited for this process gets its turn
NIGHT = (1, 5)  # hours in Jakarta, without the last one
_END: Final = 2**63 - 1  # a place behind every row
_DAY: Final = "retention"  # of patrol.infra.reached: nights that are done

_ERASES: Final = {
    "unflagged": "SELECT patrol_erase_due('unflagged', %(id)s, %(edition)s)",
    "dismissed": "SELECT patrol_erase_due('dismissed', %(id)s, %(edition)s)",
    "victim": "SELECT patrol_erase_victim(%(id)s, %(edition)s)",
    "profile": "SELECT patrol_erase_profile(%(id)s, %(edition)s)",
    "intake": "SELECT patrol_erase_words('intake', %(id)s, %(edition)s)",
    "subject": "SELECT patrol_erase_words('subject', %(id)s, %(edition)s)",
    "objector": "SELECT patrol_erase_words('objector', %(id)s, %(edition)s)",
    # The row stays: of most messages there is one for ever. Of the gathered ones it goes after a year (infra.clearing).
    "outbox": "SELECT patrol_erase_words('outbox', %(id)s, %(edition)s)",
}
_POSTS: Final = frozenset({"unflagged", "dismissed"})


@dataclass(slots=True)
class Ran:
    """What a run did: term -> rows. `failed`: what the database could not erase, though it is due and free. `done`: nothing else that is
    due and free was left."""

    erased: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
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


def keep_count(*, failed: Mapping[str, int] | None = None, now: datetime) -> list[RetentionFigure]:
    """Counts and keeps the figures; `failed` of the run before: these rows are due, and stand beside what is held."""
    edition = editions.in_force()
    times = editions.times(edition)
    counted = dry_run(times)
    rows = [
        RetentionFigure(
            term=key,
            days=times[key],
            edition=edition,
            due=max(one.due - many, 0) if one else 0,
            held=one.held | ({Hold.FAILED: many} if many else {}) if one else {},
            counted_at=now,
        )
        for key, one in counted.items()
        for many in [(failed or {}).get(key, 0)]
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
        keep_count(failed=ran.failed, now=now)
        with transaction.atomic():
            RetentionFigure.objects.exclude(place=0, failed=0).update(place=0, failed=0)
            reached.take_days(_DAY, last=now.astimezone(LAW_ZONE).date(), most=1)
    return ran


def run(*, now: datetime, seconds: float | None = None) -> Ran:
    """Erases what is due and not held. For about so long, one batch at least, it goes on where the last such run stopped; what came to be
    due before that place goes with the night after. Without an approved edition nothing."""
    edition, ran = editions.in_force(), Ran()
    if edition is None:
        return ran
    begun = time.monotonic()
    ends = None if seconds is None else begun + seconds
    before = {} if ends is None else {row.term: row for row in figures()}
    ran.failed = {term: row.failed for term, row in before.items() if row.failed}
    for term, days in editions.times(edition).items():
        if days is None:
            continue
        if term == "reading_log":
            _drop_readings(days, edition, ran, now=now)
            continue
        place: int | None = before[term].place if term in before else 0
        while place is not None:
            ahead = due.free(term, days=days, after=place, most=AHEAD)
            for start in range(0, len(ahead.ids), AT_ONCE):
                ids = ahead.ids[start : start + AT_ONCE]
                _batch(term, ids, edition, ran, now=now + timedelta(minutes=(time.monotonic() - begun) // 60))  # by hand it may take hours
                place = ids[-1]
                if ends is not None and time.monotonic() > ends:
                    _stop(term, place, edition, ran, now=now)
                    return ran
            place = ahead.last
            if ends is not None and place is not None and time.monotonic() > ends:
                _stop(term, place, edition, ran, now=now)
                return ran
    return ran


def _stop(term: str, place: int, edition: RetentionEdition, ran: Ran, *, now: datetime) -> None:
    """For the next part of the night's run: the terms before this one are at their end."""
    ran.done = False
    passed = list(terms())[: list(terms()).index(term)]
    RetentionFigure.objects.filter(term__in=passed).update(place=_END)
    _figure(term, edition, now=now, place=place)
    for key, many in ran.failed.items():
        _figure(key, edition, now=now, failed=many)


def _drop_readings(days: int, edition: RetentionEdition, ran: Ran, *, now: datetime) -> None:
    """Whole months of the reading log, with their row of the log."""
    if not due.free("reading_log", days=days, after=0, most=1).ids:
        return
    try:
        with transaction.atomic():
            gone = consulting.drop_before(due.day(days), now=now)
            _figure("reading_log", edition, now=now, rows=gone)
    except DatabaseError as error:
        _failed("reading_log", 0, error, edition, ran)
        return
    if gone:
        ran.erased["reading_log"] = gone


def _figure(term: str, edition: RetentionEdition, *, now: datetime, rows: int = 0, **said: int) -> None:
    """`rows` more were erased; the rest as it is said."""
    if not RetentionFigure.objects.filter(term=term).update(erased=F("erased") + rows, **said):
        days = editions.times(edition)[term]
        RetentionFigure.objects.create(term=term, days=days, edition=edition, due=0, erased=rows, counted_at=now, **said)


def _batch(term: str, ids: list[int], edition: RetentionEdition, ran: Ran, *, now: datetime) -> None:
    """One transaction; where the database refuses one of them each alone, and the others go."""
    try:
        gone = _erase(term, ids, edition, now=now)
    except DatabaseError as error:
        if len(ids) == 1:
            _failed(term, ids[0], error, edition, ran)
            return
        _require_connection(error)
        for one in ids:
            _batch(term, [one], edition, ran, now=now)
    else:
        ran.erased[term] = ran.erased.get(term, 0) + gone


def _failed(term: str, pk: int, error: DatabaseError, edition: RetentionEdition, ran: Ran) -> None:
    """What came to be held since it was found is left to the next count. Anything else is counted, and told in the worker's log by its
    code alone: the words of the database may quote the row's."""
    _require_connection(error)
    days = editions.times(edition)[term]
    if pk and days is not None and pk not in due.free(term, days=days, after=pk - 1, most=1).ids:
        return
    code = getattr(error.__cause__, "pgcode", None)
    ran.failed[term] = ran.failed.get(term, 0) + 1
    _log.error("retention: row %s of %s could not be erased (SQLSTATE %s)", pk, term, code)


def _require_connection(error: DatabaseError) -> None:
    """Without the database no other row goes either."""
    if not connection.is_usable():
        raise error


def _erase(term: str, ids: list[int], edition: RetentionEdition, *, now: datetime) -> int:
    with transaction.atomic():
        with connection.cursor() as cursor:
            for pk in ids:
                cursor.execute(_ERASES[term], {"id": pk, "edition": edition.pk})
        if term in _POSTS:
            erasing.after_erasing(ids)
        _figure(term, edition, now=now, rows=len(ids))
        # The posts by name: `verify_evidence` asks the log for each that is called erased.
        told: dict[str, Any] = {"term": term, "rows": len(ids)}
        audit.write("retention.erased", by=None, now=now, target=edition, after=told | ({"posts": ids} if term in _POSTS else {}))
    return len(ids)
