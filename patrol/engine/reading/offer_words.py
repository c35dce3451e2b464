"""The words that speak most for an offer of work abroad, as claims: what tipped the weights is shown, not only what they decided.

Each claim holds two words in a row as they stand in the text; its `confidence` is how likely the weights hold an offer (0..1),
the same for all. Names, figures, handles and what the tables know (countries, positions) are left out: they have claims of their own.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Sequence

from patrol.domain import Claim, ClaimKind, PhraseGroup, touch
from patrol.engine.reading import folding, learned, voters

GROUPS = frozenset((PhraseGroup.OFFER_WORDS,))  # no words of the lexicon's
MOST = 3  # claims; more of them say little, and a reason has to be read
_NAMED = frozenset((ClaimKind.COMPANY, ClaimKind.LICENCE_NUMBER, ClaimKind.SIP3MI_NUMBER, ClaimKind.ACCOUNT, ClaimKind.LINK))
WEAKEST = 0.5  # logits; what speaks less for an offer tipped nothing


def claims(folded: folding.Folded, words: Sequence[str], likely: float, named: Iterable[Claim]) -> list[Claim]:
    """At most MOST claims, in the order of the text.

    `words`: `learned.words_of` it, `likely`: of `kinds.decide_many`, `named`: the other claims of the text.
    """
    taken = [claim.span for claim in named if claim.kind in _NAMED and claim.source == "text"]
    spoken = [
        (_alone(first) + _alone(second) + _beside(first, second), first, second)
        for first, second in dict.fromkeys(itertools.pairwise(words))
        if _is_word(first) and _is_word(second)
    ]
    spoken.sort(key=lambda one: (-one[0], one[1:]))
    found: list[Claim] = []
    for weight, first, second in spoken:
        if weight < WEAKEST or len(found) == MOST:
            break
        match = re.search(rf"(?<![\w@/.]){first}\s{second}(?![\w@/])", folded.words[: learned.READ])
        if match is None:
            continue
        span = folded.word_span(*match.span())
        if not any(touch(span, other) for other in taken):
            taken.append(span)
            found.append(Claim(ClaimKind.PHRASE, PhraseGroup.OFFER_WORDS, span, confidence=round(likely, 6)))
    return sorted(found, key=lambda claim: claim.span)


def _is_word(word: str) -> bool:
    """Whether it is made of letters alone and no table's name."""
    return len(word) > 1 and word.isalpha() and word.islower()


@functools.lru_cache(maxsize=1 << 14)
def _alone(word: str) -> float:
    return learned.speaks(word) + voters.speaks(word)


@functools.lru_cache(maxsize=1 << 14)
def _beside(first: str, second: str) -> float:
    return learned.speaks(first, second) + voters.speaks(first, second)
