"""Work on a visa that allows none: tourist, visit or pilgrimage."""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence
from patrol.engine.rules import particulars, signs

NAME = "visit_visa"
VERSION = 1
POINTS = 2.4
TITLE = Sentence("Visa kunjungan atau ziarah", "Visit or pilgrimage visa")
NEEDS = frozenset((PhraseGroup.PILGRIM_VISA, PhraseGroup.VISIT_VISA))


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    if not signs.is_offer(reading):
        return None
    pilgrim = signs.phrases(reading, PhraseGroup.PILGRIM_VISA)
    visit = signs.phrases(reading, PhraseGroup.VISIT_VISA)
    if not pilgrim and not visit:
        return None
    if pilgrim:
        which = Sentence("visa ziarah atau umrah", "a pilgrimage visa")
    else:
        which = Sentence("visa turis atau kunjungan", "a tourist or visit visa")
    to = particulars.to(reading)
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            f"Berangkat kerja{to.id} dengan {which.id}; visa itu bukan visa kerja.",
            f"Leaving for work{to.en} on {which.en}, which is no work visa.",
        ),
        kinds=(Kind.ILLEGAL_RECRUITMENT,),
        claims=pilgrim + visit,
        parameters={"visa": "pilgrim" if pilgrim else "visit"},
    )
