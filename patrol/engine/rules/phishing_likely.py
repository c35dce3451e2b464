"""How surely the author takes data by form, link or code, with the words that say so most.

The rules of the lexicon know the usual words; people write others. Silent where no words can be shown, and where nobody has to look.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence, Verdict
from patrol.engine.rules import scoring, signs

NAME = "phishing_likely"
VERSION = 1
POINTS = 0.8
TITLE = Sentence("Terbaca sebagai pengumpulan data", "Reads as data being taken")
NEEDS = frozenset((PhraseGroup.PHISHING_WORDS,))


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    words = signs.phrases(reading, PhraseGroup.PHISHING_WORDS)
    if not words or scoring.is_quiet(reading, check) or check.verdict == Verdict.LICENSED:
        return None
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            "Dari seluruh kata-katanya, tulisan ini terbaca seperti pengambilan data lewat formulir, tautan, atau kode.",
            "By all its words, the text reads as one that takes data by form, link or code.",
        ),
        kinds=(Kind.PHISHING,),
        claims=words,
    )
