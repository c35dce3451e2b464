"""Savings rings and investments that pay the first with the money of the last."""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence
from patrol.engine.rules import deceit, signs

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
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            "Menghimpun uang dengan janji hasil berlipat dalam waktu singkat.",
            "Collects money with the promise of multiplied returns in a short time.",
        ),
        kinds=(Kind.FRAUD,),
        claims=ring,
    )
