"""Crew for fishing vessels, lured with an advance that binds or with pay for which nothing is asked.

"Bon-bonan" is a debt the crew works off at sea; pay of Rp 20-30 million against KTP and KK only is the other bait,
as groups on Facebook have it. A crew offer with a licence for it, or with seaman's papers asked and ordinary pay, is no finding.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import ClaimKind, Kind, PhraseGroup, Sentence
from patrol.engine.rules import particulars, signs

NAME = "money_lure_crew"
VERSION = 1
POINTS = 2.2
TITLE = Sentence("ABK dipikat uang atau syarat ringan", "Ship's crew lured by money or light terms")
NEEDS: frozenset[PhraseGroup] = frozenset()

CREW_POSITIONS = frozenset(("fishing_crew", "ship_crew"))
TERMS_POINTS = 1.6


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    if not signs.is_offer(reading) or signs.is_cleared(check):
        return None
    crew = signs.phrases(reading, PhraseGroup.CREW) + tuple(
        claim for claim in reading.of(ClaimKind.POSITION) if claim.value in CREW_POSITIONS
    )
    if not crew:
        return None
    advance = signs.phrases(reading, PhraseGroup.MONEY_LURE)
    terms = signs.phrases(reading, PhraseGroup.LIGHT_TERMS)
    pay = signs.high_pay(reading)
    if advance:
        sums = signs.lured_with(reading)
        points, lure = POINTS, advance + sums
        promised = particulars.amount(sums, Sentence("uang", "money"))
        reason = Sentence(
            f"ABK dijanjikan {promised.id} sebelum berangkat; bon seperti itu menjadi utang yang mengikat di kapal.",
            f"Crew are promised {promised.en} before departure; such an advance becomes a debt that binds them aboard.",
        )
    elif terms and pay:
        points, lure = TERMS_POINTS, terms + pay
        said = particulars.amount(pay, Sentence("yang dijanjikan", "pay"))
        reason = Sentence(
            f"ABK tanpa syarat keahlian dengan gaji {said.id}, jauh di atas kebiasaan.",
            f"Crew without any skills asked, for {said.en}, far above the usual.",
        )
    else:
        return None
    return signs.finding(
        NAME,
        VERSION,
        points,
        reason,
        kinds=(Kind.ILLEGAL_RECRUITMENT,),
        claims=crew + lure,
        parameters={"lure": "advance" if advance else "terms"},
    )
