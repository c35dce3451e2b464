"""Time stamps (RFC 3161) over archives of pages, from each authority of the manifests: one job of each for all of them, the newest first.

A stamp is a preserved copy beside its archive. An authority that is away costs a sentence on its job and a later try; what is given up is
asked for again after an hour.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from patrol import models
from patrol.domain.states import ErasedState, JobState
from patrol.evidence import custody, erasing, raw, trust
from patrol.evidence.anchors import authorities, stamping
from patrol.evidence.archive import wacz
from patrol.infra import jobs
from patrol.sources.transport import http

KIND: Final = "page_stamp"
AGAIN: Final = timedelta(hours=1)  # after the job was given up
SECONDS: Final = 60.0  # a task; the next one goes on
_AT_ONCE: Final = 20


def ask(*, now: datetime) -> None:
    """That an archive was signed. Inside the caller's transaction."""
    for authority in range(len(authorities.urls())):
        jobs.add(KIND, authorities.key(authority), {}, now=now)


def mark(*, now: datetime) -> int:
    """Asks once an authority is configured, and again where its job was given up. One query where there is an authority, else none."""
    if not stamping.configured():
        return 0
    there = {job.key: job for job in models.Job.objects.filter(kind=KIND).only("key", "state", "ended_at")}
    made = 0
    for key in map(authorities.key, range(len(authorities.urls()))):
        last = there.get(key)
        if last is None or (last.state == JobState.GIVEN_UP and last.ended_at is not None and now - last.ended_at >= AGAIN):
            with transaction.atomic():
                made += jobs.add(KIND, key, {}, now=now)
    return made


def carry_out(job: jobs.Leased, *, now: datetime, to: http.Client | None = None) -> None:
    """The handler of jobs "page_stamp". Each stamp stays, whatever becomes of the next. Raises SourceError, JobLostError."""
    ends = time.monotonic() + SECONDS
    stamped, more, authority = 0, False, authorities.of_key(job.key)
    for capture in _waiting(authority) if authority is not None else ():
        if stamped == _AT_ONCE or time.monotonic() >= ends:
            more = True
            break
        assert authority is not None
        stamped += _stamp(job, capture, to or stamping.client(authority), authority, now=now)
    with transaction.atomic():
        # Files that are broken cannot be stamped: they keep nobody behind them waiting, and are no reason to go on.
        if stamped and more:
            jobs.put_off(job, 1.0)
        else:
            jobs.finish(job, now=now)


def _unstamped(authority: int) -> QuerySet[models.Capture]:
    """By this authority; a stamp that names none is of the first, which was asked alone until there could be several."""
    signed = models.Capture.objects.filter(media_type=wacz.MEDIA_TYPE).exclude(options__signed_by="")
    stamps = models.Capture.objects.filter(of=OuterRef("pk"), kind=trust.STAMP)
    own = Q(options__authority=authorities.name(authority))
    stamps = stamps.filter(own | ~Q(options__has_key="authority") if authority == 0 else own)
    gone = models.ErasedFile.objects.filter(sha256=OuterRef("sha256")).exclude(state=ErasedState.KEPT)
    return signed.filter(~Exists(stamps), ~Exists(gone)).order_by("-received_at", "id")


def _waiting(authority: int) -> Iterator[models.Capture]:
    """All of them in their order, however many of the first are broken."""
    keys = list(_unstamped(authority).values_list("pk", flat=True))
    for place in range(0, len(keys), _AT_ONCE):
        yield from _unstamped(authority).filter(pk__in=keys[place : place + _AT_ONCE])


def _stamp(job: jobs.Leased, capture: models.Capture, to: http.Client, authority: int, *, now: datetime) -> bool:
    """False where the archive's file is broken, or its post was erased meanwhile."""
    try:
        content = raw.whole(capture.sha256)
    except raw.EvidenceMissingError:
        return False
    answer = stamping.asked(to, content, authority)
    sha256 = raw.put(answer)
    with transaction.atomic():
        jobs.hold(job)
        if capture.post_id is not None and erasing.erased_meanwhile(capture.post_id, [sha256]):
            return False
        custody.capture_file(
            answer,
            trust.STAMP_TYPE,
            platform=capture.platform,
            kind=trust.STAMP,
            relation=trust.STAMP,
            of=capture,
            post_id=capture.post_id,
            purpose=capture.purpose,
            job=models.Job(pk=job.id),
            office=capture.office,
            options={"authority": authorities.name(authority)},
            now=now,
        )
    return True


def problem() -> dict[str, Any] | None:
    """Why the last try failed ({code, id, en, permanent}), where one did and an authority is still asked. One query, or none."""
    if not stamping.configured():
        return None
    keys = [authorities.key(authority) for authority in range(len(authorities.urls()))]
    return (
        models.Job.objects.filter(kind=KIND, key__in=keys, problem__isnull=False).order_by("id").values_list("problem", flat=True).first()
    )
