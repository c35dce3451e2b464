"""What several calls answer with."""

from __future__ import annotations

from datetime import date

from ninja import Schema
from pydantic import Field


class Licence(Schema):
    verdict: str = Field(description="As `licensed`, `no_licence_shown`, `agency_revoked`.")
    agency: str
    licence_number: str
    register_date: date | None = Field(description="The day of the register that it was checked against; null where none is loaded.")
    reason: str


class OtherLicence(Schema):
    verdict: str
    agency: str
    licence_number: str
    reason: str


class AssessedLicence(Licence):
    others: list[OtherLicence]


class Found(Schema):
    """What leads to others. `span` counts Unicode code points of `source`, the end excluded."""

    kind: str
    value: str
    span: list[int]
    source: str
    confidence: float


class AssessedFinding(Schema):
    rule: str
    version: int
    points: float
    reason: str
    spans: list[list[int]]
    sources: list[str]


class Assessment(Schema):
    level: str = Field(description="none, low, medium or high; from medium on a person must look.")
    score: int
    kinds: list[str]
    overseas_offer: bool
    licence: AssessedLicence
    indicators: list[Found]
    countries: list[str] = Field(description="ISO 3166 alpha-2.")
    positions: list[str]
    findings: list[AssessedFinding]
