"""Forged papers for sale, and fixers who sell what offices give for nothing or not at all.

Diplomas, birth years, fit results, erased blacklists, places in the queue: each sends people abroad who are then held
by whoever knows. In an offer of work the same words are a sign of their own.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence
from patrol.engine.rules import deceit, particulars, signs

NAME = "paid_papers"
VERSION = 2
POINTS = 2.4
TITLE = Sentence("Dokumen palsu atau jalur orang dalam", "Forged papers or insiders for sale")
NEEDS = frozenset((PhraseGroup.FIXER, PhraseGroup.FORGED_PAPERS))

OFFER_POINTS = 1.4


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    forged = _sold(reading, check, PhraseGroup.FORGED_PAPERS)
    fixed = _sold(reading, check, PhraseGroup.FIXER)
    if not forged and not fixed:
        return None
    offer = signs.is_offer(reading)
    cost = () if offer else deceit.price(reading)  # in an offer of work it may be the price of the placement
    sum_, through = particulars.money(cost, Sentence(" seharga ", " for ")), particulars.reached(reading, particulars.THROUGH)
    if forged:
        reason = Sentence(
            f"Menawarkan dokumen atau hasil pemeriksaan palsu, atau yang terbit tanpa prosedur yang sah{sum_.id}{through.id}.",
            f"Offers papers or test results that are forged, or issued without the lawful procedure{sum_.en}{through.en}.",
        )
    else:
        reason = Sentence(
            f"Menjual kemudahan dari orang dalam atau di luar prosedur layanan resmi{sum_.id}{through.id}.",
            f"Sells favours of insiders or around the procedure of an official service{sum_.en}{through.en}.",
        )
    return signs.finding(
        NAME,
        VERSION,
        OFFER_POINTS if offer else POINTS,
        reason,
        kinds=(Kind.ILLEGAL_RECRUITMENT,) if offer else (Kind.FRAUD,),
        claims=forged + fixed + cost,
        parameters={"what": "forged" if forged else "fixer"},
    )


def _sold(reading: domain.Reading, check: domain.LicenceCheck, group: str) -> tuple[domain.Claim, ...]:
    if signs.is_offer(reading):
        return () if signs.is_cleared(check) else signs.phrases(reading, group)
    return deceit.practised(reading, group)
