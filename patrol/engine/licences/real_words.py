"""Real words: written in the place of another word they make another company, where a slip does not.

The root words of the Indonesian dictionary (PySastrawi's list, 30,000), their plain derivations, names of people and
places, and the Sanskrit, Arabic and English words company names are made of (words.toml).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path

WORDS: Mapping[str, str] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))

# Words that stand in names of companies: a name that goes on with one is a longer name.
OF_COMPANIES = frozenset(WORDS["company"].split()) | frozenset(WORDS["english"].split())
# Words of the sentence around a name.
ORDINARY = frozenset(WORDS["ordinary"].split())
PLACES = tuple(" ".join(place.split()) for place in WORDS["places"].split("|"))

_ROOTS = frozenset((resources.files("Sastrawi") / "Stemmer" / "data" / "kata-dasar.txt").read_text(encoding="utf-8").split())
_LISTED = OF_COMPANIES.union(WORDS["people"].split(), WORDS["short"].split(), (word for place in PLACES for word in place.split()))
_PREFIXES = ("ber", "ter", "per", "pe", "se", "ke", "di")
_SUFFIXES = ("an", "nya", "wan", "tama")
_SHORTEST_ROOT = 4
_SHORTEST_BY_ITSELF = 5  # shorter ones stand in words.toml
_SHORTEST_DERIVED = 7
_ACTIVE = re.compile(r"me[mn][a-z]{4,}")


@lru_cache(maxsize=50_000)
def known(word: str) -> bool:
    """Whether a word in small letters is one of the language, of names or of places."""
    if word in _LISTED or (len(word) >= _SHORTEST_BY_ITSELF and word in _ROOTS):
        return True
    if len(word) < _SHORTEST_DERIVED:
        return False
    starts = [word, *(word[len(p) :] for p in _PREFIXES if word.startswith(p))]
    stems = [*starts[1:], *(start[: -len(s)] for start in starts for s in _SUFFIXES if start.endswith(s))]
    return any(len(stem) >= _SHORTEST_ROOT and stem in _ROOTS for stem in stems)


def verb(word: str) -> bool:
    """Whether a word is the verb of a sentence, "membuka", "ditempatkan", and no word of a name."""
    if word in OF_COMPANIES or word in _ROOTS:
        return False
    if _ACTIVE.fullmatch(word):
        return True
    stem = word.removeprefix("di") if word.startswith("di") else word.removeprefix("ber")
    return stem != word and any(stem.removesuffix(end) in _ROOTS for end in ("", "kan", "i", "an"))


class Vocabulary:
    """Real words, those of one register among them."""

    def __init__(self, of_register: frozenset[str]) -> None:
        self._of_register = of_register

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and (word in self._of_register or known(word))
