"""Contacts that are known to be good, as far as they hold on a day. Proposing, approving and ending them are verbs: search.indicators."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from patrol import models
from patrol.domain import LAW_ZONE


def in_force(now: datetime) -> QuerySet[models.Trusted]:
    """The rows that hold: approved, not ended, their last day not over (Asia/Jakarta)."""
    return models.Trusted.objects.filter(approved_at__isnull=False, ended_at=None, expires_on__gte=now.astimezone(LAW_ZONE).date())


def contacts(now: datetime) -> frozenset[tuple[str, str]]:
    """(kind, value) of every indicator that is trusted now: what `assess.assess` and whoever ties posts together are handed.

    Of an account that is known by its own id its name, unless another account was seen with that name since.
    """
    since = models.AccountName.objects.filter(indicator=OuterRef("indicator"), name=OuterRef("indicator__value"))
    taken = models.AccountName.objects.filter(name=OuterRef("indicator__value"), last_seen__gt=OuterRef("borne_until"))
    kept = in_force(now).annotate(borne_until=Subquery(since.values("last_seen")[:1]))
    return frozenset(kept.exclude(Exists(taken)).values_list("indicator__kind", "indicator__value"))


def of(indicator_ids: Iterable[int], now: datetime) -> dict[int, models.Trusted]:
    """indicator id -> why it is trusted, for those that are. One query."""
    return {row.indicator_id: row for row in in_force(now).filter(indicator__in=list(indicator_ids))}
