"""What may stand behind a company's name without belonging to it: a place, a branch, the sentence that goes on."""

from __future__ import annotations

import re

from patrol.engine.licences import countries
from patrol.engine.licences.real_words import ORDINARY, PLACES, WORDS, verb

LEGAL_FORMS = frozenset(WORDS["legal_forms"].split())
_BRANCH = frozenset(("cabang", "cab", "kantor", "wilayah", "area", "perwakilan", "pusat", "branch", "group", "grup"))
_PLACES = frozenset(tuple(place.split()) for place in (*PLACES, *countries.forms()) if place.isascii())
_LONGEST_PLACE = max(map(len, _PLACES))
# Where a sentence ends inside what was taken for a name: "PT Insan Mulia. Kumpul hari Senin".
_SENTENCE_END = re.compile(r"(?<=\w{4})\s?[.!?;:,|(/–—\n]\s*|\s[-=]\s")


def shortened(written: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The words of a name as written, then without what trails them."""
    readings = [written]
    rest = written
    while len(rest) > 1:
        cut = _trailing(rest)
        if not cut:
            break
        rest = rest[:-cut]
        if len("".join(rest)) >= 3:
            readings.append(rest)
    return readings


def heads(written: str) -> list[str]:
    """A name as written, then cut before each sign that may end a sentence, the longest first."""
    cuts = [hit.start() for hit in _SENTENCE_END.finditer(written)]
    return [written, *(written[:cut] for cut in reversed(cuts))]


def follows_a_name(parts: tuple[str, ...]) -> bool:
    """Whether words begin with a place or a word for a branch."""
    if parts and parts[0] in _BRANCH:
        return True
    return any(parts[:length] in _PLACES for length in range(1, min(_LONGEST_PLACE, len(parts)) + 1))


def _trailing(parts: tuple[str, ...]) -> int:
    """How many words at the end are a place or an ordinary word; 0 where the last word belongs to the name."""
    for length in range(min(_LONGEST_PLACE, len(parts) - 1), 0, -1):
        if parts[-length:] in _PLACES:
            return length
    if _ordinary(parts[-1]) or parts[-1] in _BRANCH or parts[-1] in LEGAL_FORMS:
        return 1
    # The sentence goes on behind an ordinary word: "membuka lowongan pabrik sarung tangan".
    behind = next((i for i in range(1, len(parts)) if _ordinary(parts[i]) and i < len(parts) - 1), None)
    return len(parts) - behind if behind is not None else 0


def _ordinary(word: str) -> bool:
    return word in ORDINARY or verb(word)
