"""What is left of a report that its reporter withdraws, or that has run out: its numbers and its timeline.

Messages, pictures, the way in and how to reach whoever reported go at once, in one transaction; the words too, unless a case holds them.
What an officer had stored of the offer itself is a post like any other, and stays.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from patrol import models
from patrol.access import audit
from patrol.domain.states import CaseState, TipState
from patrol.intake.tips import drafts
from patrol.models import Tip, TipEventKind

AT_ONCE: Final = 100  # reports of a sweep


def held(tip: Tip) -> bool:
    """Whether a case holds what was reported."""
    return tip.post_id is not None and models.CaseFlag.objects.filter(flag__post=tip.post_id).exists()


def withdraw(tip_id: int, *, now: datetime) -> bool:
    """By the reporter. Returns whether the words stay, since a case holds them; all else is gone."""
    return _empty(tip_id, TipEventKind.WITHDRAWN, now, state=TipState.WITHDRAWN, closed_at=None, outcome="")


def _empty(tip_id: int, kind: TipEventKind, now: datetime, **changes: Any) -> bool:
    with transaction.atomic():
        tip = Tip.objects.select_for_update(no_key=True).get(pk=tip_id)
        stays = held(tip)
        if tip.emptied_at is not None:
            return stays
        models.TipPicture.objects.filter(tip=tip).delete()
        models.TipMessage.objects.filter(tip=tip).delete()
        models.TipIdentity.objects.filter(tip=tip).delete()
        models.IdentityAnswer.objects.filter(request__tip=tip, sealed__isnull=False).update(sealed=b"")
        words = {} if stays else {"words": "", "where": "", "when": ""}
        _promote(tip)
        Tip.objects.filter(pk=tip.pk).update(
            receipt=None, waits_since=None, bands=[], exact="", emptied_at=now, version=tip.version + 1, **words, **changes
        )
        models.TipEvent.objects.create(tip=tip, kind=kind, at=now, office_id=tip.office_id)
        audit.write(f"tip.{kind}", by=None, now=now, target=tip, after={"words_stay": stays})
    return stays


def _promote(tip: Tip) -> None:
    """Of those counted with it the oldest begins the item from now on."""
    copies = list(Tip.objects.select_for_update(no_key=True).filter(same_as=tip.pk).order_by("id"))
    if copies:
        Tip.objects.filter(pk=copies[0].pk).update(same_as=None)
        Tip.objects.filter(pk__in=[one.pk for one in copies[1:]]).update(same_as=copies[0].pk)


def due(*, now: datetime) -> QuerySet[Tip]:
    """Closed for so long, and not in a case that is open, or was until lately."""
    before = now - timedelta(days=settings.TIP_DAYS)
    cases = models.Case.objects.filter(entries__flag__post=OuterRef("post"))
    return Tip.objects.filter(
        ~Exists(cases.filter(~Q(state=CaseState.CLOSED) | Q(closed_at__gt=before))), closed_at__lte=before, emptied_at=None
    )


def run_out(*, now: datetime) -> int:
    """A step of the sweep: what is due by its time, and pictures of forms that nobody sent."""
    found = list(due(now=now).order_by("closed_at").values_list("pk", flat=True)[:AT_ONCE])
    for tip_id in found:
        _empty(tip_id, TipEventKind.RAN_OUT, now)
    return len(found) + drafts.clear(now=now)
