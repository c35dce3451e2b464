"""What is left of a report that its reporter withdraws, or that has run out: its numbers and its timeline.

Messages, pictures, the way in and how to reach whoever reported go at once, in one transaction; the words too, or as soon as no case holds
them. What an officer had stored of the offer itself is a post like any other, and stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from patrol import models
from patrol.access import audit
from patrol.domain.states import CaseState, TipState
from patrol.infra import wall
from patrol.intake.tips import drafts, items
from patrol.models import Tip, TipEventKind

AT_ONCE: Final = 100  # reports of a sweep
_NO_WORDS: Final = {"words": "", "where": "", "when": ""}


@dataclass(frozen=True, slots=True)
class Stays:
    """What is left of a report that goes."""

    words: bool  # a case holds them
    post: bool  # an officer stored text and pictures of the offer


@wall.everything("whether any office's case holds a report is told to its reporter")
def stays(tip: Tip, *, now: datetime) -> Stays:
    stored = tip.post_id is not None and tip.events.filter(kind=TipEventKind.TAKEN_IN).exists()
    return Stays(words=Tip.objects.filter(_held(now), pk=tip.pk).exists(), post=stored)


def _held(now: datetime) -> Exists:
    """Whether the report is in a case that is open, was until lately, or stands under a legal hold."""
    before = now - timedelta(days=settings.TIP_DAYS)
    under_hold = Exists(models.LegalHold.objects.filter(case=OuterRef("pk"), lifted_at=None))
    return Exists(_cases().filter(~Q(state=CaseState.CLOSED) | Q(closed_at__gt=before) | under_hold))


def _cases() -> QuerySet[models.Case]:
    return models.Case.objects.filter(entries__flag__post=OuterRef("post"))


def withdraw(tip_id: int, *, now: datetime) -> Stays:
    """By the reporter. Returns what is left of it."""
    return _empty(tip_id, TipEventKind.WITHDRAWN, now, state=TipState.WITHDRAWN, closed_at=None, outcome="")


def _empty(tip_id: int, kind: TipEventKind, now: datetime, **changes: Any) -> Stays:
    with transaction.atomic():
        rows = items.locked(tip_id)
        tip = next(one for one in rows if one.pk == tip_id)
        left = stays(tip, now=now)
        if tip.emptied_at is not None:
            return left
        models.TipPicture.objects.filter(tip=tip).delete()
        models.TipMessage.objects.filter(tip=tip).delete()
        models.TipIdentity.objects.filter(tip=tip).delete()
        models.IdentityAnswer.objects.filter(request__tip=tip, sealed__isnull=False).update(sealed=b"")
        words = {} if left.words else _NO_WORDS
        copies = list(Tip.objects.filter(same_as=tip.pk))  # also one that came while this one waited
        if copies:
            items.begin(copies)
        Tip.objects.filter(pk=tip.pk).update(
            receipt=None, waits_since=None, bands=[], exact="", emptied_at=now, version=tip.version + 1, **words, **changes
        )
        models.TipEvent.objects.create(tip=tip, kind=kind, at=now, office_id=tip.office_id)
        audit.write(f"tip.{kind}", by=None, now=now, target=tip, after={"words_stay": left.words})
    return left


def due(*, now: datetime) -> QuerySet[Tip]:
    """Closed for so long, or left open while its case was closed and nobody did anything for as long; and held by no case."""
    before = now - timedelta(days=settings.TIP_DAYS)
    ended = Q(closed_at__lte=before) | Q(closed_at=None) & ~_lately(before) & Exists(_cases())
    return Tip.objects.filter(ended, ~_held(now), emptied_at=None)


def idle(tips: QuerySet[Tip], *, now: datetime) -> QuerySet[Tip]:
    """Those of them that nobody closed, and nobody did anything with for so long: their contacts stay until somebody closes them."""
    return tips.filter(~_lately(now - timedelta(days=settings.TIP_DAYS)), emptied_at=None).exclude(state=TipState.CLOSED)


def _lately(before: datetime) -> Exists:
    return Exists(models.TipEvent.objects.filter(tip=OuterRef("pk"), at__gt=before))


def _let_go(tip_id: int, *, now: datetime) -> None:
    """The words that a case held, once it holds them no more."""
    with transaction.atomic():
        tip = Tip.objects.select_for_update(no_key=True).get(pk=tip_id)
        Tip.objects.filter(pk=tip.pk).update(version=tip.version + 1, **_NO_WORDS)
        models.TipEvent.objects.create(tip=tip, kind=TipEventKind.RAN_OUT, at=now, office_id=tip.office_id)
        audit.write(f"tip.{TipEventKind.RAN_OUT}", by=None, now=now, target=tip, after={"words_stay": False})


def run_out(*, now: datetime) -> int:
    """A step of the sweep: what is due by its time, words that no case holds any more, and pictures of forms that nobody sent."""
    found = list(due(now=now).order_by("closed_at").values_list("pk", flat=True)[:AT_ONCE])
    for tip_id in found:
        _empty(tip_id, TipEventKind.RAN_OUT, now)
    let_go = list(
        Tip.objects.filter(~_held(now), ~Q(words=""), emptied_at__isnull=False).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    )
    for tip_id in let_go:
        _let_go(tip_id, now=now)
    return len(found) + len(let_go) + drafts.clear(now=now)
