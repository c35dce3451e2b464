"""Money before anything is given: deposit, registration, administration.

A fee the candidate bears is lawful within limits (Permen P2MI 17/2025), so the fee alone is weak and says nothing
where the register covers the offer; paying first, or to an account in the post, is not how agencies work. Where no
register covers the offer, an account that is not a company's asks for money by itself: nobody writes one down to be
paid nothing.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence
from patrol.engine.rules import signs

NAME = "upfront_fee"
VERSION = 3
POINTS = 2.2
TITLE = Sentence("Uang diminta di muka", "Money asked in advance")
NEEDS: frozenset[PhraseGroup] = frozenset()

FIRST_POINTS = 1.7
FEE_POINTS = 0.8


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    if not signs.asks(reading):
        return None
    first = signs.phrases(reading, PhraseGroup.UPFRONT_MONEY)
    fees = signs.candidate_fees(reading)
    targets = signs.money_targets(reading)
    stranger = any(not signs.is_company_account(target) for target in targets)
    if ((first or fees) and targets) or (stranger and not signs.is_cleared(check)):
        points, how = POINTS, "account"
        reason = Sentence(
            "Meminta uang di muka ke rekening atau dompet digital yang ditulis di unggahan.",
            "Asks for money in advance, to an account or wallet given in the post.",
        )
    elif first:
        points, how = FIRST_POINTS, "first"
        reason = Sentence("Meminta uang sebelum ada kontrak atau keberangkatan.", "Asks for money before any contract or departure.")
    elif fees and signs.is_offer(reading) and not signs.is_cleared(check):
        points, how = FEE_POINTS, "fee"
        reason = Sentence("Biaya dibebankan kepada calon pekerja.", "The candidate is charged a fee.")
    else:
        return None
    unlawful_way = signs.phrases(reading, PhraseGroup.VISIT_VISA, PhraseGroup.PILGRIM_VISA, PhraseGroup.IRREGULAR_ROUTE)
    unlawful = (Kind.ILLEGAL_RECRUITMENT,) if signs.is_offer(reading) and not signs.is_cleared(check) else ()
    return signs.finding(
        NAME,
        VERSION,
        points,
        reason,
        # A fee alone may be an agency's own; for a way that is none it buys nothing.
        kinds=() if how == "fee" and not unlawful_way else (*unlawful, Kind.FRAUD),
        claims=first + fees + (targets if how == "account" else ()),
        parameters={"how": how},
    )
