"""What stays and what changes between the tellings of one text: a template with slots, each with what was filled in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

MOST: Final = 30  # texts that are laid beside each other
_WORDS: Final = 150  # of each
_CHANGES: Final = 0.15  # a word that so many of the others have not, or have another for, is a slot
_ONE_TEXT: Final = 0.4  # of the template's words that a telling must have
_PIECE = re.compile(r"\S+")
_EDGE = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the template. `fills`: what stands there and how often, most often first; () where nothing changes."""

    text: str
    fills: tuple[tuple[str, int], ...] = ()


def template(texts: Sequence[str]) -> list[Piece]:
    """The text most like all others, cut where they differ. Contacts must be masked before: fills are shown. [] for fewer than two."""
    tellings = [found for text in texts[:MOST] if (found := _PIECE.findall(text)[:_WORDS])]
    if len(tellings) < 2:
        return []
    folded = [[_fold(word) for word in words] for words in tellings]
    base = _middle(folded)
    beside = [(_aligned(folded[base], folded[place]), words) for place, words in enumerate(tellings) if place != base]
    # Another text altogether would make one slot of everything.
    beside = [(places, words) for places, words in beside if len(places) - places.count(None) >= _ONE_TEXT * len(places)]
    if not beside:
        return []
    aligned, others = [places for places, _ in beside], [words for _, words in beside]
    words = tellings[base]
    changed = [sum(1 for places in aligned if places[place] is None) >= max(1, _CHANGES * len(aligned)) for place in range(len(words))]
    pieces: list[Piece] = []
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and changed[end] == changed[start]:
            end += 1
        said = " ".join(words[start:end])
        if changed[start]:
            fills = Counter({_bare(said): 1})
            for places, other in zip(aligned, others, strict=True):
                fills[_bare(" ".join(other[slice(*_between(places, start, end, len(other)))]))] += 1
            # A sign that some tellings have and others have not, as an emoji, fills nothing.
            pieces.append(Piece(said, tuple(fills.most_common()) if len(fills) > 1 else ()))
        else:
            pieces.append(Piece(said))
        start = end
    return pieces


def _fold(word: str) -> str:
    return _bare(word).lower()


def _bare(words: str) -> str:
    return _EDGE.sub("", words)


def _middle(folded: Sequence[Sequence[str]]) -> int:
    """The telling that shares most words with all, the longest of equals."""
    everywhere = Counter(word for words in folded for word in set(words))
    return max(range(len(folded)), key=lambda place: (sum(everywhere[w] for w in set(folded[place])), len(folded[place]), -place))


def _aligned(one: Sequence[str], other: Sequence[str]) -> list[int | None]:
    """For each word of the one its place in the other, None where it has none."""
    places: list[int | None] = [None] * len(one)
    for start, there, size in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        for step in range(size):
            places[start + step] = there + step
    return places


def _between(places: Sequence[int | None], start: int, end: int, length: int) -> tuple[int, int]:
    """What of the other stands between its words beside the slot; nothing where they are farther apart than a slot may be."""
    before = next((place for place in reversed(places[:start]) if place is not None), -1)
    after = next((place for place in places[end:] if place is not None), length)
    return (before + 1, after) if after - before - 1 <= 3 * (end - start) + 4 else (0, 0)
