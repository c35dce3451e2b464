"""Candidates are led past the agency's office, the manpower office or any agency at all."""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence
from patrol.engine.rules import particulars, signs

NAME = "bypass_office"
VERSION = 1
POINTS = 1.6
TITLE = Sentence("Menghindari kantor", "Leads past the office")
NEEDS = frozenset((PhraseGroup.BYPASS_OFFICE,))


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    past = signs.away_from_office(reading)
    if not signs.is_offer(reading) or not past or signs.is_official_notice(reading, check):
        return None
    agency = Sentence(check.agency or "P3MI", check.agency or "the agency")
    given = particulars.reached(reading, Sentence("; yang diberikan ", "; what is given is "))
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            f"Calon diarahkan menghindari kantor {agency.id} atau disnaker{given.id}.",
            f"Candidates are led past the office of {agency.en} or the manpower office{given.en}.",
        ),
        kinds=(Kind.ILLEGAL_RECRUITMENT,),
        claims=past,
    )
