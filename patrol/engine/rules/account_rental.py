"""Bank accounts, cards and SIM cards rented or bought: the mules of the compounds are recruited among returnees.

Whoever lends an account answers for what passes through it.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import ClaimKind, Kind, PhraseGroup, Sentence
from patrol.engine.rules import deceit, particulars, signs

NAME = "account_rental"
VERSION = 2
POINTS = 2.4
TITLE = Sentence("Sewa atau jual beli rekening", "Accounts rented or bought")
NEEDS = frozenset((PhraseGroup.ACCOUNT_RENTAL,))

_FOR = Sentence(" untuk ", " for ")


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    del check
    rented = deceit.practised(reading, PhraseGroup.ACCOUNT_RENTAL)
    if not rented:
        return None
    paid = reading.of(ClaimKind.PAY) + deceit.price(reading)
    sum_, through = particulars.money(paid, _FOR), particulars.reached(reading, particulars.THROUGH)
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            f"Menyewa atau membeli rekening, kartu, atau nomor atas nama orang lain{sum_.id}{through.id}.",
            f"Rents or buys accounts, cards or numbers in other people's names{sum_.en}{through.en}.",
        ),
        kinds=(Kind.FRAUD,),
        claims=rented + tuple(claim for claim in paid if claim.money),
    )
