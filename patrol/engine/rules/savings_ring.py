"""Savings rings and investments that pay the first with the money of the last."""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence
from patrol.engine.rules import deceit, particulars, signs

NAME = "savings_ring"
VERSION = 2
POINTS = 2.0
TITLE = Sentence("Arisan atau investasi dengan hasil berlipat", "Savings ring or multiplying investment")
NEEDS = frozenset((PhraseGroup.SAVINGS_RING,))


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    del check
    ring = deceit.practised(reading, PhraseGroup.SAVINGS_RING)
    if not ring:
        return None
    asked, through = particulars.price(reading), particulars.reached(reading, particulars.THROUGH)
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            f"Menghimpun {asked.id or 'uang'} dengan janji hasil berlipat dalam waktu singkat{through.id}.",
            f"Collects {asked.en or 'money'} with the promise of multiplied returns in a short time{through.en}.",
        ),
        kinds=(Kind.FRAUD,),
        claims=ring + deceit.price(reading),
    )
