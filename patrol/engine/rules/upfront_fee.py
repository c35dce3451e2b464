"""Money before anything is given: deposit, registration, administration.

A fee the candidate bears is lawful within limits (Permen P2MI 17/2025), so the fee alone is weak and says nothing
where the register covers the offer; paying first, or to an account in the post, is not how agencies work. Where no
register covers the offer, an account that is not a company's asks for money by itself: nobody writes one down to be
paid nothing.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import ClaimKind, Kind, PhraseGroup, Sentence
from patrol.engine.rules import particulars, signs

NAME = "upfront_fee"
VERSION = 6
POINTS = 2.2
TITLE = Sentence("Uang diminta di muka", "Money asked in advance")
NEEDS: frozenset[PhraseGroup] = frozenset()

FIRST_POINTS = 1.7
FEE_POINTS = 0.8


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    if not signs.asks(reading):
        return None
    offer = signs.is_offer(reading)
    payee = _payees(reading) if offer else ()
    first = signs.phrases(reading, PhraseGroup.UPFRONT_MONEY) + payee
    fees = _fees(reading)
    asked = particulars.amount(fees, Sentence("uang", "money"))
    targets = signs.money_targets(reading)
    stranger = any(not signs.is_company_account(target) for target in targets)
    if ((first or fees) and targets) or (stranger and not signs.is_cleared(check)):
        points, how = POINTS, "account"
        to = particulars.payees(targets)
        reason = Sentence(
            f"Meminta {asked.id} di muka ke {to.id} yang ditulis di unggahan.",
            f"Asks for {asked.en} in advance, to {to.en} given in the post.",
        )
    elif first:
        points, how = FIRST_POINTS, "first"
        reason = Sentence(
            f"Meminta {asked.id} sebelum ada kontrak atau keberangkatan.", f"Asks for {asked.en} before any contract or departure."
        )
    elif fees and offer and not signs.is_cleared(check):
        points, how = FEE_POINTS, "fee"
        charged = particulars.amount(fees, Sentence("", "a fee"))
        reason = Sentence(
            f"Biaya {charged.id} dibebankan kepada calon pekerja.".replace("  ", " "), f"The candidate is charged {charged.en}."
        )
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
    other = reading.of(ClaimKind.POSITION) + signs.phrases(reading, PhraseGroup.SCAM_WORK)
    paid = _unless_given(reading, signs.candidate_fees(reading))
    return tuple(fee for fee in paid if not any(signs.overlap(fee, claim) for claim in other))


def _payees(reading: domain.Reading) -> tuple[domain.Claim, ...]:
    """Private persons money is to reach; "kirim foto KTP ke saya" sends none."""
    papers = signs.phrases(reading, PhraseGroup.PAPERS_HELD)
    said = _unless_given(reading, signs.phrases(reading, PhraseGroup.PRIVATE_PAYEE))
    if signs.candidate_fees(reading) or not papers:
        return said
    return tuple(claim for claim in said if not any(signs.overlap(claim, paper) for paper in papers))


def _unless_given(reading: domain.Reading, paid: tuple[domain.Claim, ...]) -> tuple[domain.Claim, ...]:
    """Without sums the family is lured with: "uang keluarga 3 jt tunai" is not paid by anybody who goes."""
    return tuple(claim for claim in paid if not signs.is_given(reading, claim))


def _is_lent(reading: domain.Reading) -> bool:
    """Whether it is taken from later pay."""
    return bool(signs.phrases(reading, PhraseGroup.PAY_CUT))
