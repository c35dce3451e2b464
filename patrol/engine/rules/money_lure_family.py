"""Money for the candidate or the family before departure ("sponsor" money), outside ships.

The sponsor's first payment is how households in the Middle East are supplied. Lawful offers do know
pocket money during training, so nothing is found where the register covers the offer.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import ClaimKind, Kind, PhraseGroup, Sentence
from patrol.engine.rules import money_lure_crew, particulars, signs

NAME = "money_lure_family"
VERSION = 1
POINTS = 1.5
TITLE = Sentence("Uang iming-iming sebelum berangkat", "Lure money")
NEEDS = frozenset((PhraseGroup.MONEY_LURE,))


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    if not signs.is_offer(reading) or signs.is_cleared(check):
        return None
    lure = signs.phrases(reading, PhraseGroup.MONEY_LURE)
    at_sea = signs.phrases(reading, PhraseGroup.CREW) or any(
        claim.value in money_lure_crew.CREW_POSITIONS for claim in reading.of(ClaimKind.POSITION)
    )
    if not lure or at_sea:
        return None
    sums = signs.lured_with(reading)
    promised = particulars.amount(sums, Sentence("uang", "money"))
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            f"Menjanjikan {promised.id} kepada calon atau keluarganya sebelum berangkat; cara sponsor mengikat calon.",
            f"Promises the candidate or the family {promised.en} before departure, the way sponsors bind candidates.",
        ),
        kinds=(Kind.ILLEGAL_RECRUITMENT,),
        claims=lure + sums,
    )
