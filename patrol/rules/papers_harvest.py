"""Data or papers taken before there is anything to take them for: forms, codes, photos of KTP and KK.

Agencies register candidates too, at their office or on the state's and their own sites: nothing is found where the
register covers the offer and the contact is the agency's, or where every link is the state's and nothing else is asked.
"""

from __future__ import annotations

from patrol import vocabulary
from patrol.rules import signs
from patrol.vocabulary import Kind, PhraseGroup, Sentence

NAME = "papers_harvest"
VERSION = 1
POINTS = 2.0
TITLE = Sentence("Data atau dokumen dipancing", "Data or papers fished for")

PAPERS_POINTS = 0.9


def find(reading: vocabulary.Reading, check: vocabulary.LicenceCheck) -> vocabulary.Finding | None:
    if not signs.asks(reading) or (signs.is_cleared(check) and check.contact_own is not False):
        return None
    harvest = signs.phrases(reading, PhraseGroup.HARVEST)
    papers = signs.phrases(reading, PhraseGroup.PAPERS_HELD)
    links = signs.unofficial_links(reading)
    if harvest and (links or signs.private_contacts(reading)):
        return signs.finding(
            NAME,
            VERSION,
            POINTS,
            Sentence(
                "Meminta data diri, kode, atau isian formulir lewat kontak atau tautan di luar kantor resmi.",
                "Asks for personal data, a code or a form through a contact or link that is no official body's.",
            ),
            kinds=(Kind.PHISHING,),
            claims=harvest + links + papers,
            parameters={"what": "form"},
        )
    if papers:
        return signs.finding(
            NAME,
            VERSION,
            PAPERS_POINTS,
            Sentence(
                "Dokumen asli atau foto KTP dan KK diminta di awal.",
                "Original papers or photos of identity and family cards are asked at the start.",
            ),
            kinds=(Kind.FRAUD,),
            claims=papers,
            parameters={"what": "papers"},
        )
    return None
