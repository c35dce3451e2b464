"""Two weak voters on whether a text offers work abroad: its words and pairs of words, and the letters its words are made of.

`learned` weighs what is known of a text: signs, groups, glosses. Texts of unknown tongues and few words hold little of that,
and a long list of terms much of it whatever is said with them. Words as written and pieces of words err elsewhere, so the
three together err less than the best of them (docs/adr/0015 has the figures). The weights lie in lexicon/offers.weights:

- `kerja di`, `^ butuh`, `COUNTRY $`: a word, two words in a row, the edges of the text
- `~but`, `~_di_`: two to four letters of a word, its edges as `_`

Each voter's sum is divided by the square root of how much it is a sum of: one line then fits short and long texts.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources

FILE = "offers.weights"
SCALE = 1_000  # weights are written in thousandths
WORDS, LETTERS = 0.35, 0.15  # how much each voter counts beside `learned`, which counts 1

_LONGEST = 20  # letters of a word that are looked at
_ORDINARY = 64
_ROOT = math.sqrt(_ORDINARY)
_GRAMS = (2, 3, 4)
_WORDS_BIAS, _LETTERS_BIAS = ":words", ":letters"


def log_odds(words: Sequence[str]) -> float:
    """What both voters together say of the words of a text (`learned.words_of`), 0 where they say nothing."""
    weights = _weights()
    read = runs(words)
    spoken = sum(filter(None, map(weights.get, read))) / math.sqrt(len(read))
    total, many = 0, 0
    for one, pieces in map(_word, set(words)):
        total += one
        many += pieces
    spelt = total / math.sqrt(max(1, many))
    return (WORDS * (spoken + weights[_WORDS_BIAS]) + LETTERS * (spelt + weights[_LETTERS_BIAS])) / SCALE


def speaks(first: str, second: str = "") -> float:
    """How much a word, or the row of two beside what each says alone, speaks for an offer in a text of _ORDINARY words and pairs."""
    weight = _weights().get(f"{first} {second}" if second else first)
    return WORDS * weight / SCALE / _ROOT if weight else 0.0  # as most rows of two


def runs(words: Sequence[str]) -> set[str]:
    """The different words and pairs, the edges of the text included; never empty."""
    made = {f"{before} {after}" for before, after in itertools.pairwise(("^", *words, "$"))}
    made.update(words)
    return made


def grams(word: str) -> Iterator[str]:
    """The different pieces of a word, with their mark."""
    edged = f"_{word[:_LONGEST]}_"
    return iter(dict.fromkeys(f"~{edged[at : at + size]}" for size in _GRAMS for at in range(len(edged) - size + 1)))


@functools.lru_cache(maxsize=1 << 15)
def _word(word: str) -> tuple[int, int]:
    """The sum of the weights of a word's pieces, and how many pieces it has."""
    pieces = tuple(grams(word))
    return sum(filter(None, map(_weights().get, pieces))), len(pieces)


@functools.cache
def _weights() -> Mapping[str, int]:
    written = resources.files("patrol.engine.reading").joinpath("lexicon", FILE).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in written.splitlines()[2:])  # a token may begin with the sign of a comment, too
    return {token: int(number) for token, number in rows}
