"""Data or papers taken before there is anything to take them for: forms, codes, photos of KTP and KK.

A form is one that stands on a page: "format: nama, umur, alamat" sent by chat is how every agency takes applications,
and weighs little. Codes and passwords are nobody's business in any way.

Agencies register candidates too, at their office or on the state's and their own sites: nothing is found where the
register covers the offer and the contact is the agency's, or where every link is the state's and nothing else is asked.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence
from patrol.engine.rules import deceit, particulars, signs

NAME = "papers_harvest"
VERSION = 3
POINTS = 2.0
TITLE = Sentence("Data pribadi atau dokumen dikumpulkan", "Data or papers fished for")
NEEDS: frozenset[PhraseGroup] = frozenset()

PAPERS_POINTS = 0.9


_PAPERS = Sentence("dokumen atau foto KTP dan KK", "papers or photos of identity cards")
_ABOUT_ONESELF = Sentence("data diri", "personal data")


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    if not (signs.asks(reading) or deceit.practised(reading, PhraseGroup.CREDENTIALS)) or (
        signs.is_cleared(check) and check.contact_own is not False
    ):
        return None
    harvest = signs.phrases(reading, PhraseGroup.HARVEST)
    papers = signs.phrases(reading, PhraseGroup.PAPERS_HELD)
    forms = deceit.form_links(reading) if papers else ()
    if taken := deceit.data_taken(reading) + forms:
        what = [particulars.SECRETS] if signs.phrases(reading, PhraseGroup.CREDENTIALS) else []
        asked = particulars.all_of([*what, *([particulars.FORM] if deceit.form_links(reading) else [])])
        return signs.finding(
            NAME,
            VERSION,
            POINTS,
            Sentence(f"Meminta {asked.id} di luar kantor resmi.", f"Asks for {asked.en}, to no official body."),
            kinds=(Kind.PHISHING,),
            claims=taken + papers,
            parameters={"what": "form"},
        )
    if papers or (harvest and signs.private_contacts(reading)):
        asked = particulars.all_of([*([_PAPERS] if papers else []), *([_ABOUT_ONESELF] if harvest else [])])
        way = _way(reading)
        return signs.finding(
            NAME,
            VERSION,
            PAPERS_POINTS,
            Sentence(f"{asked.id[0].upper()}{asked.id[1:]} diminta di awal{way.id}.", f"Asks for {asked.en} at the start{way.en}."),
            kinds=() if signs.is_offer(reading) else (Kind.FRAUD,),
            claims=papers + harvest,
            parameters={"what": "papers"},
        )
    return None


def _way(reading: domain.Reading) -> Sentence:
    """Through which private contact, with the words before it; nothing where the post has none: an office's own takes papers too."""
    private = signs.in_post(signs.private_contacts(reading))
    said = particulars.ways(private, Sentence(" lewat ", ", through "))
    return Sentence(" lewat kontak pribadi", ", through a private contact") if private and not said.id else said
