"""What speaks for a post: a route the register or the law confirms, with nothing against it.

Words such as "BP3MI" or "resmi" earn nothing by themselves, everybody can write them. Points are negative.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import PhraseGroup, Sentence, Verdict
from patrol.engine.rules import signs

NAME = "official_placement"
VERSION = 1
POINTS = -1.5
TITLE = Sentence("Penempatan resmi", "Official placement")
NEEDS: frozenset[PhraseGroup] = frozenset()

OWN_CONTACT = Sentence(
    "SIP mencakup tawaran ini dan kontaknya tercatat milik P3MI.",
    "A licence covers this offer and the contact is recorded as the agency's.",
)
OFFICE = Sentence(
    "SIP mencakup tawaran ini dan calon diarahkan ke kantor resmi.",
    "A licence covers this offer and candidates are sent to an official office.",
)
EXEMPT = Sentence("Jalur resmi yang tidak memerlukan SIP.", "A lawful route that needs no licence.")
COVERED = Sentence("SIP mencakup tawaran ini.", "A licence covers this offer.")

COVERED_POINTS = -0.8


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    if not signs.is_offer(reading) or not signs.is_cleared(check) or signs.misuse(reading, check):
        return None
    offices = signs.phrases(reading, PhraseGroup.OFFICIAL_PLACES, PhraseGroup.OFFICIAL_ROUTE)
    points, reason = POINTS, COVERED
    if check.verdict == Verdict.EXEMPT:
        reason = EXEMPT
    elif check.contact_own is True:
        reason = OWN_CONTACT
    elif offices and check.contact_own is None:
        reason = OFFICE
    else:
        points = COVERED_POINTS
    return signs.finding(NAME, VERSION, points, reason, claims=check.claims + offices)
