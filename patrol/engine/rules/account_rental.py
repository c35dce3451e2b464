"""Bank accounts, cards and SIM cards rented or bought: the mules of the compounds are recruited among returnees.

Whoever lends an account answers for what passes through it.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence
from patrol.engine.rules import deceit, signs

NAME = "account_rental"
VERSION = 2
POINTS = 2.4
TITLE = Sentence("Sewa atau jual beli rekening", "Accounts rented or bought")
NEEDS = frozenset((PhraseGroup.ACCOUNT_RENTAL,))


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    del check
    rented = deceit.practised(reading, PhraseGroup.ACCOUNT_RENTAL)
    if not rented:
        return None
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            "Menyewa atau membeli rekening, kartu, atau nomor atas nama orang lain.",
            "Rents or buys accounts, cards or numbers in other people's names.",
        ),
        kinds=(Kind.FRAUD,),
        claims=rented,
    )
