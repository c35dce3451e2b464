"""Money before anything is given: deposit, registration, administration.

A fee the candidate bears is lawful within limits (Permen P2MI 17/2025), so the fee alone is weak and says nothing
where the register covers the offer; paying first, or to an account in the post, is not how agencies work. Where no
register covers the offer, an account that is not a company's asks for money by itself: nobody writes one down to be
paid nothing.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import ClaimKind, Kind, PhraseGroup, Sentence
from patrol.engine.rules import signs

NAME = "upfront_fee"
VERSION = 4
POINTS = 2.2
TITLE = Sentence("Uang diminta di muka", "Money asked in advance")
NEEDS: frozenset[PhraseGroup] = frozenset()

FIRST_POINTS = 1.7
FEE_POINTS = 0.8


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    if not signs.asks(reading):
        return None
    offer = signs.is_offer(reading)
    payee = signs.phrases(reading, PhraseGroup.PRIVATE_PAYEE) if offer else ()
    first = signs.phrases(reading, PhraseGroup.UPFRONT_MONEY) + payee
    fees = _fees(reading)
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
    elif fees and offer and not signs.is_cleared(check):
        points, how = FEE_POINTS, "fee"
        reason = Sentence("Biaya dibebankan kepada calon pekerja.", "The candidate is charged a fee.")
    else:
        return None
    unlawful = (Kind.ILLEGAL_RECRUITMENT,) if offer and not signs.is_cleared(check) else ()
    # A fee may be a company's own; where none stands behind the offer, it goes to a person.
    private = not offer or how == "account" or payee or not (signs.placers(reading) or (how == "fee" and _is_lent(reading)))
    return signs.finding(
        NAME,
        VERSION,
        points,
        reason,
        kinds=(*unlawful, Kind.FRAUD) if private else unlawful,
        claims=first + fees + (targets if how == "account" else ()),
        parameters={"how": how},
    )


def _fees(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    """What the candidate pays; "admin chat 12 jt" is a job and its pay, "fee keluarga 7 jt" what he is lured with."""
    other = reading.of(ClaimKind.POSITION) + signs.phrases(reading, PhraseGroup.SCAM_WORK, PhraseGroup.MONEY_LURE)
    return tuple(fee for fee in signs.candidate_fees(reading) if not any(signs.overlap(fee, claim) for claim in other))


def _is_lent(reading: domain.Reading) -> bool:
    """Whether it is taken from later pay."""
    return bool(signs.phrases(reading, PhraseGroup.PAY_CUT))
