"""Speaks as ministry, BP3MI, embassy or another office, but answers on a private contact.

Real offices do publish mobile hotlines, so a private contact beside an office's name is not enough: there must also
be a demand, a bait, a way around the office, or a link that leaves the state's sites.
"""

from __future__ import annotations

from patrol import vocabulary
from patrol.rules import signs
from patrol.vocabulary import Kind, PhraseGroup, Sentence, Verdict

NAME = "impersonation_office"
VERSION = 1
POINTS = 2.4
TITLE = Sentence("Mengatasnamakan kantor resmi", "Poses as an official body")


def find(reading: vocabulary.Reading, check: vocabulary.LicenceCheck) -> vocabulary.Finding | None:
    if not signs.asks(reading) or check.verdict == Verdict.EXEMPT:
        return None
    office = signs.phrases(reading, PhraseGroup.CLAIMS_OFFICE)
    reached = signs.private_contacts(reading) + signs.unofficial_links(reading)
    if not office or not reached:
        return None
    deceit = (
        signs.demands(reading)
        + signs.phrases(reading, PhraseGroup.AID_LURE)
        + signs.away_from_office(reading)
        + signs.unofficial_links(reading)
    )
    if not deceit:
        return None
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            "Berbicara atas nama kantor resmi, tetapi dijawab lewat kontak pribadi atau situs di luar pemerintah.",
            "Speaks in the name of an official body, but answers on a private contact or a site not the state's.",
        ),
        kinds=(Kind.IMPERSONATION,),
        claims=office + reached + deceit,
    )
