"""Stored posts into readings, checks and findings, a batch at a time; flagging takes over at the end of each batch.

A batch is claimed by lease, assessed without holding a transaction, and kept in one. What a batch cannot swallow is found by halving:
the bad post stands alone and is quarantined, shown to staff, never dropped.

A post is read by its text at once (`read_due`), and once more with its pictures when they are kept (`read_pictured`, a task of its own,
one post at a time): reading a picture takes as long as reading a thousand texts, and one that kills the reader takes nobody along.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import InterfaceError, OperationalError

from patrol import domain
from patrol.campaigns import trusted
from patrol.engine import assess
from patrol.pipeline import claiming, keeping, picture_reads
from patrol.register import editions

log = logging.getLogger(__name__)


def read_due(*, now: datetime, limit: int) -> claiming.Batch:
    """Claims up to `limit` due posts and takes them all the way to their flags. An empty batch: nothing was due.

    Posts whose next reading is one with pictures are left to `read_pictured`.
    """
    batch = claiming.Batch()
    token, items = claiming.claim(limit, f"NOT {claiming.PICTURED}", batch, now=now)
    return _read(batch, token, items, now=now)


def read_pictured(*, now: datetime) -> claiming.Batch:
    """Claims one post whose pictures wait and reads it with them. An empty batch: none was due.

    A picture that kills the process is met again when the lease has run out, and after claiming.TRIES of that the post is quarantined: what
    its text said, and the flag raised on it, stay.
    """
    batch = claiming.Batch()
    token, items = claiming.claim(1, claiming.PICTURED, batch, now=now)
    kept = picture_reads.of_versions(item.version_id for item in items)
    return _read(batch, token, [replace(item, kept=kept.get(item.version_id, ())) for item in items], now=now)


def _read(batch: claiming.Batch, token: uuid.UUID, items: Sequence[claiming.Item], *, now: datetime) -> claiming.Batch:
    if items:
        worn_out = [item for item in items if item.attempts > claiming.TRIES]
        for item in worn_out:
            claiming.quarantine(item.post_id, token, f"given up after {claiming.TRIES} tries", now=now)
        batch.quarantined += len(worn_out)
        claiming.let_go(token, [item for item in items if item.erased and item.attempts <= claiming.TRIES])
        judge = claiming.Judge(claiming.current_book(), editions.current_points(), trusted.contacts(now))
        rest = [item for item in items if item.attempts <= claiming.TRIES and not item.erased]
        _take(batch, token, rest, judge, now=now)
    return batch


def _take(batch: claiming.Batch, token: uuid.UUID, items: Sequence[claiming.Item], judge: claiming.Judge, *, now: datetime) -> None:
    if not items:
        return
    try:
        assessed = assess.assess(
            [_opened(item) for item in items],
            [item.posted_at for item in items],
            judge.book,
            now=now,
            undated=[item.first_seen for item in items],
            weights=judge.weights,
            cache=picture_reads.Cache(),
            trusted=judge.trusted,
            stale_after_days=settings.REGISTER_STALE_DAYS,
        )
        raised = keeping.batch(items, assessed, judge, token=token, now=now)
        if raised is None:
            return
    except (OperationalError, InterfaceError, SoftTimeLimitExceeded):
        raise  # the database is away, or the task's time is over: nobody's post is to blame, and the try is counted at the claim
    except Exception as error:
        if len(items) == 1:
            log.exception("post quarantined", extra={"post": items[0].post_id})
            claiming.quarantine(items[0].post_id, token, type(error).__name__, now=now)
            batch.quarantined += 1
            return
        middle = len(items) // 2
        for half in (items[:middle], items[middle:]):
            _take(batch, token, half, judge, now=now)
        return
    batch.read += len(items)
    batch.flagged += raised
    for one in assessed:
        batch.levels[str(one.level)] = batch.levels.get(str(one.level), 0) + 1


def _opened(item: claiming.Item) -> domain.Content:
    return replace(item.content, pictures=picture_reads.opened(item.kept)) if item.kept else item.content
