"""Magic for money: charms against employers, multiplied banknotes, blessings from afar."""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence
from patrol.engine.rules import deceit, particulars, signs

NAME = "magic_sold"
VERSION = 2
POINTS = 1.8
TITLE = Sentence("Jasa gaib berbayar", "Magic for money")
NEEDS = frozenset((PhraseGroup.MAGIC,))


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    del check
    magic = deceit.practised(reading, PhraseGroup.MAGIC)
    if not magic:
        return None
    asked, through = particulars.price(reading), particulars.reached(reading, particulars.THROUGH)
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            f"Menjual jasa gaib dengan {asked.id or 'mahar atau imbalan'}{through.id}.",
            f"Sells magic for {asked.en or 'a dowry or a fee'}{through.en}.",
        ),
        kinds=(Kind.FRAUD,),
        claims=magic + deceit.price(reading),
    )
