"""Magic for money: charms against employers, multiplied banknotes, blessings from afar."""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence
from patrol.engine.rules import deceit, signs

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
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence("Menjual jasa gaib dengan mahar atau imbalan.", "Sells magic for a dowry or a fee."),
        kinds=(Kind.FRAUD,),
        claims=magic,
    )
