"""Love from afar that costs money: the lonely officer, the widower with a ship, the gift that needs a fee."""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence
from patrol.engine.rules import deceit, particulars, signs

NAME = "romance_lure"
VERSION = 2
POINTS = 1.6
TITLE = Sentence("Rayuan asmara berbayar", "Romance for money")
NEEDS = frozenset((PhraseGroup.ROMANCE,))


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    del check
    love = deceit.practised(reading, PhraseGroup.ROMANCE)
    asked = deceit.price(reading) + deceit.practised(reading, PhraseGroup.PARCEL)
    if not love or not asked:
        return None
    wanted = particulars.price(reading) if deceit.price(reading) else Sentence("uang", "money")
    held = deceit.practised(reading, PhraseGroup.PARCEL)
    parcel = Sentence(" untuk paket atau kiriman", " for a parcel") if held else Sentence("", "")
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            f"Rayuan dari orang asing yang berujung permintaan {wanted.id}{parcel.id}.",
            f"Courtship by a stranger that ends in a request for {wanted.en}{parcel.en}.",
        ),
        kinds=(Kind.FRAUD,),
        claims=love + asked,
    )
