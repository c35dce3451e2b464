"""The same text again: other numbers, other emojis, a greeting, hashtags, lines in another order, words spelled another way.

A sketch is the set of a text's neighbouring words, without digits and without the contacts the caller names. MinHash (`rensa`) finds
the sketches that may be alike without comparing each with each; whether they are is counted on the sets themselves.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import rensa
from numpy.typing import NDArray

from patrol.reading import folding, phrases
from patrol.vocabulary import Span

LONGEST_TEXT = 20_000  # code points, as for reading
FEWEST_LETTERS = 40  # of a text that can be known again: "info japri kak" is the same by accident
_FEWEST_WORDS = 12  # of a text that may differ a little; a shorter one must be equal
_ALIKE = 0.5  # Jaccard of neighbouring words: one word in six exchanged
_REORDERED = 0.35, 0.8  # or fewer neighbours, but most of the words: lines in another order
_HELD = 0.72  # of the shorter text's neighbours: it stands in the longer one, which is at most ...
_LONGER = 2.5  # ... so many times as long
_ROWS = 3  # of a band: two texts half alike share one of BANDS bands with probability 0.996
BANDS = 42
_SEED = 7  # stored bands are compared with later ones: changing it means computing them anew
_LOOKS = 4  # texts under one band compared with each newcomer; a flood of copies costs no more than its length

_WORD = re.compile(r"[^\W\d_]{2,}")
_IN_FULL = {
    phrases.variants(short)[0]: word
    for word, shorts in phrases.load("short_forms.toml")["words"].items()
    for short in shorts
}


@dataclass(frozen=True, slots=True)
class Sketch:
    """One text. `key`: equal texts have equal ones."""

    key: bytes
    words: frozenset[str]
    pairs: frozenset[str]
    length: int  # words


def sketch(text: str, without: Iterable[Span] = ()) -> Sketch | None:
    """None for a text too short to be known again. `without`: spans of contacts, which may change between copies."""
    words = _words(_cut(text[:LONGEST_TEXT], without))
    if sum(map(len, words)) < FEWEST_LETTERS:
        return None
    key = hashlib.blake2b(" ".join(words).encode(), digest_size=16).digest()
    pairs = frozenset(f"{one} {other}" for one, other in itertools.pairwise(words))
    return Sketch(key, frozenset(words), pairs, len(words))


def _cut(text: str, spans: Iterable[Span]) -> str:
    """The text with a gap where the spans are."""
    kept, done = [], 0
    for start, end in sorted(spans):
        if start >= done:
            kept.append(text[done:start])
        done = max(done, end)
    return " ".join((*kept, text[done:])) if kept else text[done:]


def _words(text: str) -> list[str]:
    return [_IN_FULL.get(word, word) for word in _WORD.findall(folding.fold(text).words)]


def likeness(one: Sketch, other: Sketch) -> float:
    """Jaccard of neighbouring words: 1 for equal texts, 0 where nothing is in common."""
    if one.key == other.key:
        return 1.0
    common = len(one.pairs & other.pairs)
    return common / (len(one.pairs) + len(other.pairs) - common or 1)


def alike(one: Sketch, other: Sketch) -> bool:
    """Whether both are one text, changed a little."""
    if one.key == other.key:
        return True
    if min(one.length, other.length) < _FEWEST_WORDS:
        return False
    near = likeness(one, other)
    if near >= _ALIKE:
        return True
    neighbours, words = _REORDERED
    if near >= neighbours and len(one.words & other.words) >= words * len(one.words | other.words):
        return True
    short, long = sorted((one, other), key=lambda sketch: len(sketch.pairs))
    return len(short.pairs & long.pairs) >= _HELD * len(short.pairs) and long.length <= _LONGER * short.length


def bands(sketches: Sequence[Sketch]) -> NDArray[np.int64]:
    """For each sketch BANDS numbers of 31 bits; of alike texts some are equal, of others hardly ever any."""
    if not sketches:
        return np.empty((0, BANDS), np.int64)
    digests = rensa.RMinHash.digest_matrix_from_token_sets([list(s.pairs) for s in sketches], BANDS * _ROWS, _SEED)
    rows = np.array(digests.to_rows(), dtype=np.uint64).reshape(len(sketches), BANDS, _ROWS)
    mixed = rows[:, :, 0]
    for row in range(1, _ROWS):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) ^ rows[:, :, row]
    mixed = mixed * np.uint64(0xBF58476D1CE4E5B9)
    return (mixed >> np.uint64(33)).astype(np.int64)


def may_be_alike(sketches: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    """Places of sketches that share a band, each pair once, the earlier first. Cost grows with their number, not its square."""
    seen: set[tuple[int, int]] = set()
    for column in bands(sketches).T.tolist():
        under: defaultdict[int, list[int]] = defaultdict(list)
        for place, band in enumerate(column):
            there = under[band]
            for earlier in there[-_LOOKS:]:
                pair = earlier, place
                if pair not in seen:
                    seen.add(pair)
                    yield pair
            there.append(place)
