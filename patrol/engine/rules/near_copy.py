"""A contact that is almost the agency's: one digit, one letter, another ending of the same site.

Nobody comes that near by chance. The agency's name then stands for somebody who wants to be taken for it; where
he asks for money as well, that is what he wants it for.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence
from patrol.engine.rules import deceit, particulars, signs

NAME = "near_copy"
VERSION = 3
POINTS = 2.6
TITLE = Sentence("Kontak mirip milik P3MI", "Contact almost the agency's")
NEEDS: frozenset[PhraseGroup] = frozenset()


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    if not check.near_copies or not (signs.asks(reading) and check.agency):
        return None
    asked = deceit.price(reading)
    what = particulars.kind_of(check.near_copies[0])
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            f"{what.id.capitalize()} ini sangat mirip dengan milik {check.agency} yang tercatat, tetapi tidak sama.",
            f"The {what.en} is very like, but not the same as, one recorded as that of {check.agency}.",
        ),
        kinds=(Kind.IMPERSONATION, *((Kind.FRAUD,) if asked else ())),
        claims=check.near_copies + asked,
        parameters={"agency": check.agency},
    )
