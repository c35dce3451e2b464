"""Which numbers may be told as named in a report that an officer has reviewed: only where the directorate switched that on.

Of a number nothing else is said: not how often, not by whom, not where. What a person harmed wrote or is reached by is told of at no
number, whatever else names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from patrol import domain, models
from patrol.access import looks, public_desk
from patrol.campaigns import trusted
from patrol.domain import ClaimKind
from patrol.domain.states import FlagState

_CONTACT = (models.SightingRole.CONTACT, models.SightingRole.AUTHOR, models.SightingRole.PROFILE)


def among(claims: Iterable[domain.Claim], *, now: datetime) -> frozenset[str] | None:
    """Of these claims the telephone numbers (E.164) that may be told; None where nothing is told of reports."""
    if not public_desk.tells_reviewed():
        return None
    numbers = {claim.value for claim in claims if claim.kind == ClaimKind.PHONE}
    if not numbers:
        return frozenset()
    named = dict(_confirmed(now).filter(value__in=numbers).values_list("pk", "value"))
    harmed = looks.beside_harmed(named) if named else set()
    return frozenset(value for key, value in named.items() if key not in harmed)


def _confirmed(now: datetime) -> QuerySet[models.Indicator]:
    sightings = models.Sighting.objects.filter(indicator=OuterRef("pk"))
    in_force = models.Decision.objects.filter(
        flag=OuterRef("post__flag"), outcome=models.Outcome.CONFIRMED, effective_at__lte=now, reversed_by=None
    )
    confirmed = sightings.filter(Exists(in_force), role__in=_CONTACT, post__flag__state=FlagState.CONFIRMED)
    return models.Indicator.objects.filter(
        Exists(confirmed), ~Exists(trusted.in_force(now).filter(indicator=OuterRef("pk"))), kind=ClaimKind.PHONE
    )
