"""How surely the text reads as an offer of work abroad, with the words that say so most.

It orders the posts of one level: an advertisement with its terms comes before a sentence that may be one. Its points are too few to
matter otherwise. Silent where no words can be shown: a reason nobody can check is none; and where the licence check says nothing
against the offer: an offer alone is no reproach.
"""

from __future__ import annotations

import math

from patrol import domain
from patrol.domain import PhraseGroup, Sentence
from patrol.engine.rules import licence_verdict, signs

NAME = "offer_likely"
VERSION = 1
POINTS = 0.4
TITLE = Sentence("Terbaca sebagai tawaran kerja ke luar negeri", "Reads as an offer of work abroad")
NEEDS = frozenset((PhraseGroup.OFFER_WORDS,))

# Log odds from which nothing more is gained. Half of the sealed offers of the mirror lie below 13, a tenth below 5.
SUREST = 15.0


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    words = signs.phrases(reading, PhraseGroup.OFFER_WORDS)
    if not words or check.verdict not in licence_verdict.WEIGHTS or not signs.is_offer(reading) or signs.is_official_notice(reading, check):
        return None
    likely = min(max(claim.confidence for claim in words), 1 - 1e-9)
    odds = math.log(likely / (1 - likely))
    points = round(POINTS * min(max(odds / SUREST, 0.0), 1.0), 2)
    return signs.finding(
        NAME,
        VERSION,
        points,
        Sentence(
            "Dari seluruh kata-katanya, tulisan ini terbaca sebagai tawaran kerja ke luar negeri.",
            "By all its words, the text reads as an offer of work abroad.",
        ),
        claims=words,
    )
