"""A way out around borders and desks: unofficial ports, transit first, papers "later, over there"."""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence
from patrol.engine.rules import particulars, signs

NAME = "irregular_route"
VERSION = 1
POINTS = 1.9
TITLE = Sentence("Jalur tidak resmi", "Irregular way out")
NEEDS = frozenset((PhraseGroup.IRREGULAR_ROUTE,))


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    del check  # no licence covers such a route
    route = signs.phrases(reading, PhraseGroup.IRREGULAR_ROUTE)
    if not signs.is_offer(reading) or not route:
        return None
    to = particulars.to(reading)
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            f"Keberangkatan{to.id} lewat jalur tidak resmi atau izin baru diurus di negara tujuan.",
            f"Departure{to.en} by an irregular route, or permits only to be arranged at the destination.",
        ),
        kinds=(Kind.ILLEGAL_RECRUITMENT,),
        claims=route,
    )
