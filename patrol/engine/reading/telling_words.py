"""The words that speak most for an offer of work abroad or a threat, as claims: what tipped the weights is shown, too.

Each claim holds two words in a row as they stand in the text, or one where no two say it together; its `confidence` is how likely
the weights hold what the group stands for (0..1), the same for all of a group. Names, figures, handles and what the tables know
(countries, positions) are left out: they have claims of their own.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Sequence

from patrol.domain import Claim, ClaimKind, Kind, PhraseGroup, TextKind, touch
from patrol.engine.reading import folding, learned, voters

# Group of claims -> the column of the weights it is about; no words of the lexicon's.
GROUPS = {
    PhraseGroup.OFFER_WORDS: TextKind.OFFER_ABROAD.value,
    PhraseGroup.DECEIT_WORDS: "deceit",
    PhraseGroup.POSING_WORDS: Kind.IMPERSONATION.value,
    PhraseGroup.PHISHING_WORDS: Kind.PHISHING.value,
}
MOST = 3  # claims; more of them say little, and a reason has to be read
_NAMED = frozenset((ClaimKind.COMPANY, ClaimKind.LICENCE_NUMBER, ClaimKind.SIP3MI_NUMBER, ClaimKind.ACCOUNT, ClaimKind.LINK))
# Logits; what speaks less tipped nothing. Threats are rarer in the posts learnt from, so that each word says less.
WEAKEST = {group: 0.5 if group == PhraseGroup.OFFER_WORDS else 0.15 for group in GROUPS}


def claims(group: PhraseGroup, folded: folding.Folded, words: Sequence[str], likely: float, named: Iterable[Claim]) -> list[Claim]:
    """At most MOST claims, in the order of the text.

    `words`: `learned.words_of` it, `likely`: of `kinds.decide_many`, `named`: the other claims of the text.
    """
    taken = [claim.span for claim in named if claim.kind in _NAMED and claim.source == "text"]
    column, weakest = GROUPS[group], WEAKEST[group]
    alone = [_alone(column, word) for word in words]
    pairs = dict(zip(itertools.pairwise(words), itertools.pairwise(alone), strict=True))
    spoken = [
        (mine + other + _speaks(column, first, second), first, second)
        for (first, second), (mine, other) in pairs.items()
        if mine is not None and other is not None
    ]
    if not any(weight >= weakest for weight, *_ in spoken):  # no two words say it together: those that say it alone
        spoken = [(weight, word, "") for word, weight in dict(zip(words, alone, strict=True)).items() if weight is not None]
    spoken.sort(key=lambda one: (-one[0], one[1:]))
    found: list[Claim] = []
    for weight, first, second in spoken:
        if weight < weakest or len(found) == MOST:
            break
        place = _place(folded.words[: learned.READ], first, second)
        if place is None:
            continue
        span = folded.word_span(*place)
        if not any(touch(span, other) for other in taken):
            taken.append(span)
            found.append(Claim(ClaimKind.PHRASE, group, span, confidence=round(likely, 6)))
    return sorted(found, key=lambda claim: claim.span)


def _is_word(word: str) -> bool:
    """Whether it is made of letters alone and no table's name."""
    return len(word) > 1 and word.isalpha() and word.islower()


def _place(words: str, first: str, second: str) -> tuple[int, int] | None:
    """Where the two stand beside each other, or the first alone where there is no second, and are no part of a handle or an address.
    A pattern would have to be made for each."""
    start = words.find(first)
    while start >= 0:
        behind = start + len(first)
        end = behind + 1 + len(second) if second else behind
        if (
            (not second or (words.startswith(second, behind + 1) and words[behind].isspace()))
            and not _holds_on(words[start - 1 : start], "@/.")
            and not _holds_on(words[end : end + 1], "@/")
        ):
            return start, end
        start = words.find(first, start + 1)
    return None


def _holds_on(sign: str, others: str) -> bool:
    """Whether a sign, "" for an end of the text, is of the same word."""
    return sign.isalnum() or sign == "_" or (sign != "" and sign in others)


@functools.lru_cache(maxsize=1 << 14)
def _alone(column: str, word: str) -> float | None:
    """How much a word by itself speaks for a column, None for what is no word."""
    return _speaks(column, word) if _is_word(word) else None


def _speaks(column: str, first: str, second: str = "") -> float:
    voted = voters.speaks(first, second) if column == TextKind.OFFER_ABROAD else 0.0
    return learned.speaks(column, first, second) + voted
