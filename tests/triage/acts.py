"""What people do to flags, in one line each, for the tests of triage and of what stands on it."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from patrol import models, triage
from patrol.pipeline import assessing
from tests import factories
from tests.factories import NOW

LATER = NOW + timedelta(seconds=5)
AD = factories.ILLEGAL


def copies(count: int, code: str = "bp3mi-jabar") -> list[models.Flag]:
    """Flags of the same ad with other numbers: one row of the queue."""
    factories.offices()
    watch = factories.watch(code)
    posts = factories.stored([factories.raw_post(AD.format(phone=f"0840 5551 {n:04d}")) for n in range(count)], of=watch)
    assessing.read_due(now=NOW, limit=500)
    found = list(models.Flag.objects.filter(post__in=posts).order_by("id"))
    assert len({flag.row_key for flag in found}) == 1
    return found


def flags(count: int = 1, code: str = "bp3mi-jabar", **given: Any) -> list[models.Flag]:
    factories.offices()
    return factories.flags(count, of=factories.watch(code), **given)


def decide(
    flag: models.Flag,
    by: models.Person,
    outcome: str = "confirmed",
    reason: str = "fraud",
    *,
    key: uuid.UUID | None = None,
    version: int | None = None,
    note: str = "",
    now: datetime = NOW,
) -> triage.Decided:
    return triage.decide(
        flag_id=flag.pk,
        outcome=outcome,
        reason=reason,
        note=note,
        decision_key=key or uuid.uuid4(),
        seen_version=flag.version if version is None else version,
        by=by,
        now=now,
    )


def undo(decision: models.Decision, by: models.Person, *, key: uuid.UUID | None = None, now: datetime = LATER) -> triage.Decided:
    return triage.undo(decision_id=decision.pk, decision_key=key or uuid.uuid4(), by=by, now=now)


def reverse(
    decision: models.Decision,
    by: models.Person,
    *,
    note: str = "salah baca",
    key: uuid.UUID | None = None,
    now: datetime = NOW + timedelta(days=1),
) -> triage.Decided:
    return triage.reverse(decision_id=decision.pk, reason_note=note, decision_key=key or uuid.uuid4(), by=by, now=now)


def verbs() -> list[str]:
    return list(models.AuditEntry.objects.order_by("seq").values_list("verb", flat=True))
