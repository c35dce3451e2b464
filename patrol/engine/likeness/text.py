"""The same text again: other numbers, other emojis, a greeting, hashtags, lines in another order, words spelled another way.

A sketch is the set of a text's neighbouring words, without digits and without the contacts the caller names. MinHash (`rensa`) finds
the sketches that may be alike without comparing each with each; whether they are is counted on the sets themselves.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import rensa
from numpy.typing import NDArray

from patrol.domain import Span
from patrol.engine.reading import folding, phrases

LONGEST_TEXT = 20_000  # code points, as for reading
FEWEST_LETTERS = 40  # of a text that can be known again: "info japri kak" is the same by accident
_FEWEST_WORDS = 12  # of a text that may differ a little; a shorter one must be equal
_ALIKE = 0.5  # Jaccard of neighbouring words: one word in six exchanged
_REORDERED = 0.35, 0.8  # or fewer neighbours, but most of the words: lines in another order
_HELD = 0.72  # of the shorter text's neighbours: it stands in the longer one, which is at most ...
_LONGER = 2.5  # ... so many times as long
_ROWS = 3  # of a band: two texts half alike share one of BANDS bands with probability 0.996
BANDS = 42
_DEVIATION = 0.1  # by which equal parts of two digests may fall short of the Jaccard they stand for: 2.4 sigma
_SEED = 7  # stored bands are compared with later ones: changing it means computing them anew
_LOOKS = 4  # texts under one band compared with each newcomer; a flood of copies costs no more than its length

_WORD = re.compile(r"[^\W\d_]{2,}")
_IN_FULL = {phrases.variants(short)[0]: word for word, shorts in phrases.load("short_forms.toml")["words"].items() for short in shorts}


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
    in_full = _IN_FULL.get
    return [in_full(word, word) for word in _WORD.findall(folding.fold(text).words)]


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
    common = len(one.pairs & other.pairs)
    either = len(one.pairs) + len(other.pairs) - common
    if common >= _ALIKE * either:
        return True
    if common >= _HELD * min(len(one.pairs), len(other.pairs)):
        return max(one.length, other.length) <= _LONGER * min(one.length, other.length)
    neighbours, words = _REORDERED
    return common >= neighbours * either and len(one.words & other.words) >= words * len(one.words | other.words)


def bands(sketches: Sequence[Sketch]) -> NDArray[np.int64]:
    """For each sketch BANDS numbers of 31 bits; of alike texts some are equal, of others hardly ever any."""
    return _bands(_digests(sketches))


def _digests(sketches: Sequence[Sketch]) -> NDArray[np.uint32]:
    if not sketches:
        return np.empty((0, BANDS * _ROWS), np.uint32)
    made = rensa.RMinHash.digest_matrix_from_token_sets([list(one.pairs) for one in sketches], BANDS * _ROWS, _SEED)
    return np.array(made.to_rows(), dtype=np.uint32)


def _bands(digests: NDArray[np.uint32]) -> NDArray[np.int64]:
    rows = digests.astype(np.uint64).reshape(len(digests), BANDS, _ROWS)
    mixed = rows[:, :, 0]
    for row in range(1, _ROWS):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) ^ rows[:, :, row]
    mixed = mixed * np.uint64(0xBF58476D1CE4E5B9)
    return (mixed >> np.uint64(33)).astype(np.int64)


def may_be_alike(sketches: Sequence[Sketch]) -> list[tuple[int, int]]:
    """Places of sketches that share a band and much of their digests, each pair once, the earlier first.

    Cost grows with their number, not its square: under one band each is paired with the _LOOKS before it only.
    """
    count = len(sketches)
    digests = _digests(sketches)
    pairs = [np.empty(0, np.int64)]
    for band in _bands(digests).T:
        order = np.argsort(band, kind="stable")
        sorted_band = band[order]
        for step in range(1, min(_LOOKS, count - 1) + 1):
            same = sorted_band[step:] == sorted_band[:-step]
            pairs.append(order[:-step][same] * count + order[step:][same])
    found = np.unique(np.concatenate(pairs))
    sizes = np.array([len(one.pairs) for one in sketches], np.float32)
    parts = np.array_split(found, len(found) // 50_000 + 1)  # 12 MB at a time
    likely = [part[_likely(digests, sizes, part // max(count, 1), part % max(count, 1))] for part in parts]
    return [(pair // count, pair % count) for pair in np.concatenate(likely).tolist()]


def _likely(digests: NDArray[np.uint32], sizes: NDArray[np.float32], one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which pairs share as much of their digests as the least that `alike` accepts would, give or take."""
    equal = np.count_nonzero(digests[one] == digests[other], axis=1) / digests.shape[1]
    short, long = np.minimum(sizes[one], sizes[other]), np.maximum(sizes[one], sizes[other])
    held = _HELD * short / np.maximum(long + (1 - _HELD) * short, 1)
    return np.asarray(equal >= np.minimum(_REORDERED[0], held) - _DEVIATION)
