"""Time stamps (RFC 3161) over archives of pages, from the authority of the manifests: one job for all of them, the newest first.

A stamp is a preserved copy beside its archive. An authority that is away costs a sentence on the job and a later try; what is given up is
asked for again after an hour.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from patrol import models
from patrol.domain.states import ErasedState, JobState
from patrol.evidence import custody, erasing, raw, trust
from patrol.evidence.anchors import stamping
from patrol.evidence.archive import wacz
from patrol.infra import jobs
from patrol.sources.transport import http

KIND: Final = "page_stamp"
AGAIN: Final = timedelta(hours=1)  # after the job was given up
SECONDS: Final = 60.0  # a task; the next one goes on
_KEY: Final = "newest"
_AT_ONCE: Final = 20


def ask(*, now: datetime) -> None:
    """That an archive was signed. Inside the caller's transaction."""
    if stamping.configured():
        jobs.add(KIND, _KEY, {}, now=now)


def mark(*, now: datetime) -> int:
    """Asks once an authority is configured, and again where the job was given up. One query where there is an authority, else none."""
    if not stamping.configured():
        return 0
    last = models.Job.objects.filter(kind=KIND, key=_KEY).values_list("state", "ended_at").first()
    if last is not None and not (last[0] == JobState.GIVEN_UP and last[1] is not None and now - last[1] >= AGAIN):
        return 0
    with transaction.atomic():
        return int(jobs.add(KIND, _KEY, {}, now=now))


def carry_out(job: jobs.Leased, *, now: datetime, to: http.Client | None = None) -> None:
    """The handler of jobs "page_stamp". Each stamp stays, whatever becomes of the next. Raises SourceError, JobLostError."""
    ends = time.monotonic() + SECONDS
    stamped, more = 0, False
    for capture in _waiting() if stamping.configured() else ():
        if stamped == _AT_ONCE or time.monotonic() >= ends:
            more = True
            break
        stamped += _stamp(job, capture, to or stamping.client(), now=now)
    with transaction.atomic():
        # Files that are broken cannot be stamped: they keep nobody behind them waiting, and are no reason to go on.
        if stamped and more:
            jobs.put_off(job, 1.0)
        else:
            jobs.finish(job, now=now)


def _unstamped() -> QuerySet[models.Capture]:
    signed = models.Capture.objects.filter(media_type=wacz.MEDIA_TYPE).exclude(options__signed_by="")
    stamps = models.Capture.objects.filter(of=OuterRef("pk"), kind=trust.STAMP)
    gone = models.ErasedFile.objects.filter(sha256=OuterRef("sha256")).exclude(state=ErasedState.KEPT)
    return signed.filter(~Exists(stamps), ~Exists(gone)).order_by("-received_at", "id")


def _waiting() -> Iterator[models.Capture]:
    """All of them in their order, however many of the first are broken."""
    keys = list(_unstamped().values_list("pk", flat=True))
    for place in range(0, len(keys), _AT_ONCE):
        yield from _unstamped().filter(pk__in=keys[place : place + _AT_ONCE])


def _stamp(job: jobs.Leased, capture: models.Capture, to: http.Client, *, now: datetime) -> bool:
    """False where the archive's file is broken, or its post was erased meanwhile."""
    try:
        content = raw.whole(capture.sha256)
    except raw.EvidenceMissingError:
        return False
    answer = stamping.asked(to, content)
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
            now=now,
        )
    return True


def problem() -> dict[str, Any] | None:
    """Why the last try failed ({code, id, en, permanent}), where one did and an authority is still asked. One query, or none."""
    if not stamping.configured():
        return None
    return models.Job.objects.filter(kind=KIND, key=_KEY).values_list("problem", flat=True).first()
