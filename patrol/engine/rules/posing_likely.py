"""How surely the author poses as an office, a bank, an agency or an official, with the words that say so most.

The rules of the lexicon know the usual words; people write others. Silent where no words can be shown, and where nobody has to look.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import Kind, PhraseGroup, Sentence, Verdict
from patrol.engine.rules import scoring, signs

NAME = "posing_likely"
VERSION = 1
POINTS = 0.8
TITLE = Sentence("Terbaca sebagai mengatasnamakan pihak lain", "Reads as posing as somebody else")
NEEDS = frozenset((PhraseGroup.POSING_WORDS,))


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    words = signs.phrases(reading, PhraseGroup.POSING_WORDS)
    if not words or scoring.is_quiet(reading, check) or check.verdict == Verdict.LICENSED:
        return None
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            "Dari seluruh kata-katanya, tulisan ini terbaca seperti dari orang yang mengatasnamakan kantor, bank, P3MI, atau petugas.",
            "By all its words, the text reads as one by somebody who poses as an office, a bank, an agency or an official.",
        ),
        kinds=(Kind.IMPERSONATION,),
        claims=words,
    )
