"""Figures for other systems: the frozen summaries of weeks, months and quarters, by /api/v1/ (settings.API_ROUTERS)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field

from patrol import access
from patrol.access import Action
from patrol.api import calls
from patrol.models import Scope
from reports import files
from reports.models import WeeklySummary
from reports.period import KINDS

router = Router(tags=["figures"])

Key = Annotated[int, Field(ge=1, le=2**63 - 1)]


class PeriodKind(StrEnum):
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


assert set(PeriodKind) == set(KINDS)


class Wanted(calls.Page):
    kind: PeriodKind | None = None
    year: int | None = Field(None, ge=2000, le=9999)
    office: calls.OfficeCode = Field("", description="The code of an office; others than the own one are for the directorate.")


class Summary(Schema):
    id: int
    number: str = Field(description="As on its paper.")
    kind: PeriodKind
    year: int
    ordinal: int = Field(description="The number of the week (ISO 8601), the month or the quarter.")
    edition: int = Field(description="The highest of a period counts.")
    office: str | None = Field(description="The code of the office; null for the figures of all offices.")
    preliminary: bool = Field(description="Frozen before its period was over.")
    frozen_at: datetime
    sha256: str = Field(description="The fingerprint of the figures.")


class Summaries(Schema):
    items: list[Summary]
    next: str | None = Field(description="Goes into `cursor`; null at the end.")


class SummaryInFull(Summary):
    complete: bool = Field(description="False where how far colleagues agree is left out, since that is not the maker's to see.")
    figures: dict[str, Any] = Field(description="As they were frozen; the fingerprint is of all of them, as canonical JSON.")


@router.get("/figures", **calls.needs(Scope.FIGURES), response={200: Summaries, **calls.refused()})
def list_figures(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """Every edition of each period, the last frozen first."""
    calls.only(request, Wanted)
    found = access.scope(
        calls.device(request).person, Action.SUMMARY_VIEW, WeeklySummary.objects.select_related("office"), office_path="office_id"
    )
    if wanted.kind:
        found = found.filter(kind=str(wanted.kind))
    if wanted.year:
        found = found.filter(year=wanted.year)
    if wanted.office:
        found = found.filter(office__code=wanted.office)
    if after := calls.opened(wanted.cursor):
        at, key = after
        found = found.filter(Q(frozen_at__lt=at) | Q(frozen_at=at, pk__lt=key))
    rows = found.defer("figures").order_by("-frozen_at", "-pk")[: wanted.limit + 1]
    editions, following = calls.cut(list(rows), wanted.limit, lambda one: (one.frozen_at, one.pk))
    return {"items": [_summary(one) for one in editions], "next": following}


@router.get("/figures/{id}", **calls.needs(Scope.FIGURES), response={200: SummaryInFull, **calls.refused(404)})
def show_figures(request: HttpRequest, id: Path[Key]) -> dict[str, Any]:  # noqa: A002 -- the word of the address
    """One edition with its figures. They name the contacts given most, masked."""
    person = calls.device(request).person
    found = access.scope(person, Action.SUMMARY_VIEW, WeeklySummary.objects.select_related("office"), office_path="office_id")
    edition = found.filter(pk=id).first()
    if edition is None:
        raise Http404
    complete = files.may_have_all(edition, person)
    figures = {key: value for key, value in edition.figures.items() if complete or key != "agreement"}
    calls.shown(request, "weeklysummary", edition.pk)
    return {**_summary(edition), "complete": complete, "figures": figures}


def _summary(edition: WeeklySummary) -> dict[str, Any]:
    return {
        "id": edition.pk,
        "number": edition.number,
        "kind": edition.kind,
        "year": edition.year,
        "ordinal": edition.week,
        "edition": edition.edition,
        "office": edition.office.code if edition.office else None,
        "preliminary": edition.preliminary,
        "frozen_at": edition.frozen_at,
        "sha256": edition.sha256,
    }
