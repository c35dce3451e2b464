"""What waits for a person beside the queue, asked once a request in one query: side bar and start page show the same numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet, Subquery, Value
from django.http import HttpRequest
from django.utils import timezone

from patrol import access, cases, models
from patrol.access import Action
from patrol.cases import erasures
from patrol.domain.states import ProtectionState
from patrol.triage import notices, protecting


@dataclass(frozen=True, slots=True)
class Waits:
    """`cases` that wait for this person's side; people marked as `harmed` whom nobody has reached yet, and since when; requests
    to erase (`erasures`) that this person may answer; cases with unread `messages` of the other side, and since when."""

    cases: int
    harmed: int
    harmed_since: datetime | None
    erasures: int
    messages: int
    messages_since: datetime | None


def of(request: HttpRequest, person: models.Person) -> Waits:
    kept: Waits | None = getattr(request, "_waits", None)
    if kept is None:
        of_cases, harmed = cases.listed(cases.waiting(person), person), new_protections(person)
        asked = erasures.waits_for(person, timezone.now())
        written = notices.messages(person)
        row = models.Person.objects.filter(pk=person.pk).values_list(
            _one(of_cases, Count("pk")),
            _one(harmed, Count("pk")),
            _one(harmed, Min("at")),
            _one(asked, Count("pk")),
            _one(written, Count("case", distinct=True)),
            _one(written, Min("at")),
        )[0]
        kept = Waits(row[0] or 0, row[1] or 0, row[2], row[3] or 0, row[4] or 0, row[5])
        request._waits = kept  # type: ignore[attr-defined]  # noqa: SLF001
    return kept


def new_protections(person: models.Person) -> QuerySet[models.Protection]:
    """Those this person may see that nobody has acted on, the copies of one text once."""
    found = access.scope(person, Action.PROTECTION_VIEW, models.Protection.objects.filter(state=ProtectionState.NEW))
    return protecting.first_of_rows(found)


def _one(rows: QuerySet[Any], what: Any) -> Subquery:
    """A single value over all the rows; null where there is none."""
    return Subquery(rows.order_by().annotate(_all=Value(1)).values("_all").annotate(_value=what).values("_value"))
