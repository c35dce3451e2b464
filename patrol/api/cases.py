"""Cases of the own office: what they are about, where they stand, what was asked of outside bodies. The directorate reads those of all.

Titles are masked: people write them. Notes, messages, files and names of staff stand in none of these answers.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field, StringConstraints

from patrol import access, models
from patrol import cases as casework
from patrol.access import Action
from patrol.api import calls
from patrol.domain import states
from patrol.engine import masks
from patrol.models import CaseOutcome, Scope

router = Router(tags=["cases"])

Number = Annotated[str, StringConstraints(pattern=r"^PKR-[0-9]{2}-[0-9]{4,9}$")]


class Wanted(calls.Page):
    state: list[states.CaseState] = Field(default=[], max_length=len(states.CaseState))
    since: calls.Moment | None = Field(None, description="Opened then or later.")
    office: calls.OfficeCode = Field("", description="The code of an office; others than the own one are for the directorate.")


class Case(Schema):
    number: str
    office: str
    title: str = Field(description="Masked.")
    kind: models.CaseKind
    state: states.CaseState
    outcome: str | None = Field(description="Of a closed case: what came of it; null where that is not told.")
    opened_at: datetime
    escalated_at: datetime | None
    closed_at: datetime | None
    due_at: datetime | None = Field(description="Until when whoever has it is to act; null where no clock runs.")
    merged_into: str | None = Field(description="The number of the case that it went into.")


class Cases(Schema):
    items: list[Case]
    next: str | None = Field(description="Goes into `cursor`; null at the end.")


class Referral(Schema):
    number: str
    channel: str
    state: states.ReferralState
    round: int


class CaseInFull(Case):
    flags: list[str] = Field(description="Numbers of the flags in it.")
    referrals: list[Referral]


@router.get("/cases", **calls.needs(Scope.CASES), response={200: Cases, **calls.refused()})
def list_cases(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """The newest first."""
    calls.only(request, Wanted)
    found = _of(calls.device(request).person)
    if wanted.state:
        found = found.filter(state__in=[str(one) for one in wanted.state])
    if wanted.since:
        found = found.filter(opened_at__gte=wanted.since)
    if wanted.office:
        found = found.filter(office__code=wanted.office)
    if after := calls.opened(wanted.cursor):
        at, key = after
        found = found.filter(Q(opened_at__lt=at) | Q(opened_at=at, pk__lt=key))
    rows = found.select_related("office", "merged_into").order_by("-opened_at", "-pk")[: wanted.limit + 1]
    cases, following = calls.cut(list(rows), wanted.limit, lambda case: (case.opened_at, case.pk))
    calls.shown(request, "case", rows=len(cases))
    return {"items": [_case(case) for case in cases], "next": following}


@router.get("/cases/{number}", **calls.needs(Scope.CASES), response={200: CaseInFull, **calls.refused(404)})
def show_case(request: HttpRequest, number: Path[Number]) -> dict[str, Any]:
    """One case with the numbers of its flags and its referrals."""
    person = calls.device(request).person
    case = _of(person).select_related("office", "merged_into").filter(number=number).first()
    if case is None:
        raise Http404
    referrals = access.scope(person, Action.REFERRAL_VIEW, models.Referral.objects.filter(case=case)).order_by("pk")
    told = {
        **_case(case),
        "flags": list(case.entries.order_by("flag_id").values_list("flag__number", flat=True)),
        "referrals": list(referrals.values("number", "channel", "state", "round")),
    }
    calls.shown(request, "case", case.pk)
    return told


def _of(person: models.Person) -> QuerySet[models.Case]:
    return casework.listed("", person)


_NOT_TOLD = ("", CaseOutcome.VICTIM_PROTECTED)  # nothing leaves that tells of somebody harmed


def _case(case: models.Case) -> dict[str, Any]:
    return {
        "number": case.number,
        "office": case.office.code,
        "title": masks.text(case.title),
        "kind": case.kind,
        "state": case.state,
        "outcome": case.outcome if case.outcome not in _NOT_TOLD else None,
        "opened_at": case.opened_at,
        "escalated_at": case.escalated_at,
        "closed_at": case.closed_at,
        "due_at": case.due_at,
        "merged_into": case.merged_into.number if case.merged_into else None,
    }
