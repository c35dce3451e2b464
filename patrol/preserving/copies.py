"""Preserved copies looked at again in the night, the one looked at longest ago first, so that of each can be said when it was last whole.

A copy is its file against its hashes and its record against its commitment. Source files of the register, which editions name by their
hash, are looked at with them. Texts, seals and the log are for `verify_evidence`, which reads everything at once.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Q

from patrol import models
from patrol.domain import LAW_ZONE
from patrol.domain.states import CaseState, ErasedState
from patrol.evidence import checking
from patrol.infra import reached
from patrol.models import Role

log = logging.getLogger(__name__)

AGAIN: Final = timedelta(days=25)  # since the last look: with five nights missed none is older than a month
NIGHT = (0, 5)  # hours in Jakarta, without the last one: nobody waits for the disk, and whoever brings much by day goes before
SECONDS = 20.0  # at once; then whoever waited for this process gets its turn
_MOST: Final = 2_000  # at once; to choose them reads all records, which is little beside the files of so many
_REACHED: Final = "copies"  # nights in which nothing was left to do
_IN_CASE, _TO_ADMINISTRATOR = "copy_broken", "copies_broken"

BYTES: Final = 4_000_000_000  # read at once: on a slow disk SECONDS end it first
_DUE: Final = """
SELECT c.id, COALESCE(k.checked_at, c.received_at) FROM patrol_capture c LEFT JOIN patrol_copycheck k ON k.capture_id = c.id
WHERE (k.checked_at IS NULL OR k.checked_at < %(before)s)
  AND NOT EXISTS (SELECT FROM patrol_erasedfile x WHERE x.sha256 = c.sha256 AND x.state IN ('due', 'removed'))
ORDER BY k.checked_at NULLS FIRST, c.received_at, c.id LIMIT %(most)s
"""
_KEEP: Final = """
INSERT INTO patrol_copycheck (capture_id, checked_at, whole, missing)
SELECT id, %(now)s, whole, missing FROM unnest(%(ids)s::uuid[], %(whole)s::bool[], %(missing)s::bool[]) AS looked (id, whole, missing)
ON CONFLICT (capture_id) DO UPDATE SET checked_at = EXCLUDED.checked_at, whole = EXCLUDED.whole, missing = EXCLUDED.missing
"""
# Files that editions of the register name, each once, with their last look.
_REGISTER: Final = """
SELECT f.sha256, k.checked_at, k.whole, k.missing FROM (
    SELECT DISTINCT one ->> 'sha256' AS sha256 FROM patrol_registeredition CROSS JOIN jsonb_array_elements(files) AS one) f
LEFT JOIN patrol_registerfilecheck k USING (sha256)
"""
# Of the night, with what this look adds. `next`: since when the first of those left over waits; beside it the oldest look that counts.
_NIGHT: Final = """
INSERT INTO patrol_copynight AS night (day, at, looked, size, oldest)
SELECT %(day)s, %(now)s, %(looked)s, %(size)s, LEAST(%(next)s, (
    SELECT k.checked_at FROM patrol_copycheck k JOIN patrol_capture c ON c.id = k.capture_id
    WHERE NOT EXISTS (SELECT FROM patrol_erasedfile x WHERE x.sha256 = c.sha256 AND x.state IN ('due', 'removed'))
    ORDER BY k.checked_at LIMIT 1))
ON CONFLICT (day) DO UPDATE SET
    at = EXCLUDED.at, looked = night.looked + EXCLUDED.looked, size = night.size + EXCLUDED.size, oldest = EXCLUDED.oldest
"""


def due(*, now: datetime) -> bool:
    """Whether it is night and something may be left to look at. One query, whatever is kept."""
    here = now.astimezone(LAW_ZONE)
    return reached.day(_REACHED) < here.date() and NIGHT[0] <= here.hour < NIGHT[1]


def look(*, now: datetime, seconds: float | None = None) -> int:
    """Looks at files of the register, then at copies that are due for about so long, one at least; returns how many of both. Who is cut
    begins again with those not kept yet."""
    ends = time.monotonic() + (SECONDS if seconds is None else seconds)
    if files := _look_at_register(ends, now=now):  # few; where they took the whole time, the rest has its turn with the next call
        return files
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"before": now - AGAIN, "most": _MOST})
        waits = dict(cursor.fetchall())
    ids = list(waits)
    if not ids:
        with transaction.atomic():
            _night(0, 0, None, now=now)
            reached.take_days(_REACHED, last=now.astimezone(LAW_ZONE).date(), most=1)
        return 0
    captures = models.Capture.objects.only("id", "sha256", "sha3_512", "length", "salt", "commitment", "kind").in_bulk(ids)
    looked: dict[Any, _Look] = {}
    size = 0
    for key in ids:
        looked[key] = _look(captures[key])
        size += captures[key].length
        if time.monotonic() > ends or size > BYTES:
            break
    _keep(looked, size, next((waits[key] for key in ids if key not in looked), None), now=now)
    return len(looked)


def _look_at_register(ends: float, *, now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"{_REGISTER} WHERE k.checked_at IS NULL OR k.checked_at < %s ORDER BY k.checked_at NULLS FIRST, 1", [now - AGAIN])
        waits = cursor.fetchall()
    looked = 0
    for sha256, _at, whole, _missing in waits:
        found = checking.looked_at(sha256)
        told: dict[str, Any] = {"checked_at": now, "whole": not isinstance(found, str), "missing": _gone(found)}
        with transaction.atomic():
            models.RegisterFileCheck.objects.update_or_create(sha256=sha256, defaults=told)
            if isinstance(found, str):
                log.error("a source file of the register is not whole", extra={"sha256": sha256, "why": found})
                if whole is not False:
                    _tell([], now=now)
        looked += 1
        if time.monotonic() > ends:
            break
    return looked


def _gone(found: tuple[int, str] | str) -> bool | None:
    """Whether there is no file at all; None of one that could not be read, or that is as its name says."""
    if not isinstance(found, str) or found.startswith(checking.UNREADABLE):
        return None
    return found == checking.MISSING


@dataclass(frozen=True, slots=True)
class Register:
    """Of the source files of the register: how many there are, how many were not looked at yet or longer ago than AGAIN and five nights,
    and of which the newest look found that they are missing, differ, or could not be read. `at`: of the last look."""

    at: datetime | None
    files: int
    late: int
    missing: int
    different: int
    unclear: int


def register(*, now: datetime) -> Register:
    """One query."""
    with connection.cursor() as cursor:
        cursor.execute(_REGISTER)
        found = [(at, whole, missing) for _sha256, at, whole, missing in cursor.fetchall()]
    broken = [missing for _at, whole, missing in found if whole is False]
    return Register(
        max((at for at, _whole, _missing in found if at), default=None),
        len(found),
        sum(at is None or at < now - AGAIN - timedelta(days=5) for at, _whole, _missing in found),
        *(sum(one is wanted for one in broken) for wanted in (True, False, None)),
    )


@dataclass(frozen=True, slots=True)
class Result:
    """What the looks came to. `at`: of the last one, None where there was none yet; `looked`: copies in its night; `missing`, `different`:
    copies that are so by their newest look, whichever night's; `unclear`: copies that are not whole and may be either, for their file
    could not be read or an older release kept no more; none of the three is of an erased post. `oldest`: the moment the copy that has
    waited longest was looked at, or came."""

    at: datetime | None
    looked: int
    missing: int
    different: int
    oldest: datetime | None
    unclear: int = 0


def result() -> Result:
    """Two queries, whatever is kept."""
    night = models.CopyNight.objects.order_by("-day").first()
    erased = models.ErasedFile.objects.filter(sha256=OuterRef("capture__sha256"), state__in=[ErasedState.DUE, ErasedState.REMOVED])
    broken = models.CopyCheck.objects.filter(~Exists(erased), whole=False).aggregate(
        gone=Count("pk", filter=Q(missing=True)),
        different=Count("pk", filter=Q(missing=False)),
        unclear=Count("pk", filter=Q(missing=None)),
    )
    return Result(
        night.at if night else None,
        night.looked if night else 0,
        broken["gone"],
        broken["different"],
        night.oldest if night else None,
        broken["unclear"],
    )


@dataclass(frozen=True, slots=True)
class _Look:
    whole: bool
    missing: bool | None = None


def _look(capture: models.Capture) -> _Look:
    found = checking.looked_at(capture.sha256)
    gone = found == checking.MISSING and bool(checking.removable([capture.sha256]))  # erased since it was chosen
    told = checking.wrong(capture, "" if gone else found)
    for why in told:
        log.error("a preserved copy is not whole", extra={"capture": str(capture.pk), "kind": capture.kind, "why": why})
    if not told:
        return _Look(whole=True)
    return _Look(whole=False, missing=_gone(found) if isinstance(found, str) else False)


def _night(looked: int, size: int, waiting: datetime | None, *, now: datetime) -> None:
    given: dict[str, Any] = {"day": now.astimezone(LAW_ZONE).date(), "now": now, "looked": looked, "size": size, "next": waiting}
    with connection.cursor() as cursor:
        cursor.execute(_NIGHT, given)


def _keep(looked: dict[Any, _Look], size: int, waiting: datetime | None, *, now: datetime) -> None:
    broken = [key for key, one in looked.items() if not one.whole]
    with transaction.atomic(), connection.cursor() as cursor:
        known = set(models.CopyCheck.objects.filter(pk__in=broken, whole=False).values_list("pk", flat=True))
        columns: dict[str, Any] = {"whole": [one.whole for one in looked.values()], "missing": [one.missing for one in looked.values()]}
        cursor.execute(_KEEP, {"ids": list(looked), **columns, "now": now})
        _night(len(looked), size, waiting, now=now)
        if newly := [key for key in broken if key not in known]:
            _tell(newly, now=now)


def _tell(broken: Sequence[Any], *, now: datetime) -> None:
    """The administrators, and whoever has an open case with the post. Once, until they have read it: a disk breaks many at once."""
    administrators = models.Person.objects.filter(is_active=True, role=Role.ADMINISTRATOR)
    told = models.Notice.objects.filter(kind=_TO_ADMINISTRATOR, read_at=None).values("person")
    made = [models.Notice(kind=_TO_ADMINISTRATOR, person=one, at=now) for one in administrators.exclude(pk__in=told).order_by("id")]
    cases = models.Case.objects.exclude(state=CaseState.CLOSED).exclude(responsible=None)
    cases = cases.filter(entries__flag__post__in=models.Capture.objects.filter(pk__in=broken).values("post"))
    known = models.Notice.objects.filter(kind=_IN_CASE, read_at=None).values("case")
    made += [
        models.Notice(kind=_IN_CASE, person_id=case.responsible_id, case=case, at=now)
        for case in cases.exclude(pk__in=known).distinct().order_by("id")
    ]
    models.Notice.objects.bulk_create(made)
