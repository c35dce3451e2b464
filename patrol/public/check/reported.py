"""Which numbers may be told as named in a report that an officer has reviewed: only where the directorate switched that on.

Of a number nothing else is said: not how often, not by whom, not where. What a person harmed wrote or is reached by is told of at no
number, whatever else names it; nor is whoever wrote a post, who may be the relative that forwarded it; nor while somebody objects to the
decision. A scam quotes numbers of offices too: what the register lists as a company's and this desk's own are not asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from patrol import domain, models
from patrol.access import looks, public_desk
from patrol.campaigns import trusted
from patrol.domain import ClaimKind
from patrol.domain.states import FlagState, ObjectionState
from patrol.engine import licences
from patrol.engine.licences import contacts
from patrol.infra import wall
from patrol.public.check import answer, own

MOST: Final = 5  # numbers of one text that are asked for: more is a list to be looked up, no offer


@wall.everything("a number that was confirmed is told to everybody")
def among(claims: Iterable[domain.Claim], book: licences.Book | None, *, now: datetime) -> frozenset[str] | None:
    """Of these claims the telephone numbers (E.164) that may be told, of the first few; None where nothing is told of reports."""
    if not public_desk.tells_reviewed():
        return None
    ours = own.numbers()
    phones = list({claim.value: claim for claim in claims if claim.kind == ClaimKind.PHONE}.values())[:MOST]
    numbers = {
        claim.value for claim in phones if contacts.phone_digits(claim.value) not in ours and not (book and answer.owner(claim, book))
    }
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
    objected = models.Objection.objects.filter(decision__flag=OuterRef("post__flag"), state=ObjectionState.ENTERED)
    confirmed = sightings.filter(
        Exists(in_force), ~Exists(objected), role=models.SightingRole.CONTACT, post__flag__state=FlagState.CONFIRMED
    )
    return models.Indicator.objects.filter(
        Exists(confirmed), ~Exists(trusted.in_force(now).filter(indicator=OuterRef("pk"))), kind=ClaimKind.PHONE
    )
