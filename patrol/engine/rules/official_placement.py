"""What speaks for a post: a route the register or the law confirms, with nothing against it.

Words such as "BP3MI" or "resmi" earn nothing by themselves, everybody can write them. Points are negative.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import PhraseGroup, Sentence, Verdict
from patrol.engine.rules import signs

NAME = "official_placement"
VERSION = 2
POINTS = -1.5
TITLE = Sentence("Penempatan resmi", "Official placement")
NEEDS: frozenset[PhraseGroup] = frozenset()

# Behind "SIP B. 4150/… milik PT … mencakup tawaran ini".
OWN_CONTACT = Sentence(" dan kontaknya tercatat milik P3MI itu", " and the contact is recorded as the agency's")
OFFICE = Sentence(" dan calon diarahkan ke kantor resmi", " and candidates are sent to an official office")
COVERED = Sentence("", "")
EXEMPT = Sentence("Jalur resmi yang tidak memerlukan SIP.", "A lawful route that needs no licence.")

COVERED_POINTS = -0.8


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    if not signs.is_offer(reading) or not signs.is_cleared(check) or signs.misuse(reading, check):
        return None
    offices = signs.phrases(reading, PhraseGroup.OFFICIAL_PLACES, PhraseGroup.OFFICIAL_ROUTE)
    points, more = POINTS, COVERED
    if check.verdict == Verdict.EXEMPT:
        return signs.finding(NAME, VERSION, POINTS, EXEMPT, claims=check.claims + offices)
    if check.contact_own is True:
        more = OWN_CONTACT
    elif offices and check.contact_own is None:
        more = OFFICE
    else:
        points = COVERED_POINTS
    licence = f"SIP {check.licence_number}".rstrip()
    owner = Sentence(f"{licence} milik {check.agency}", f"{licence} of {check.agency}") if check.agency else Sentence(licence, licence)
    reason = Sentence(f"{owner.id} mencakup tawaran ini{more.id}.", f"{owner.en} covers this offer{more.en}.")
    return signs.finding(NAME, VERSION, points, reason, claims=check.claims + offices)
