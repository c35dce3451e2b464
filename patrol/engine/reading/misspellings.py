"""Ways a well-known name is written wrong: one letter missing, doubled, exchanged for its neighbour or another vowel, or a
gap inside. Made once from the lexicon, so that reading a text costs no comparison of words."""

from __future__ import annotations

from collections.abc import Iterator

_VOWELS = "aeiou"


def slips(name: str) -> frozenset[str]:
    """Misspellings of one word of six letters or more, itself left out; its first letter always stands."""
    if len(name) < 6 or not name.isalpha():
        return frozenset()
    return frozenset(_slips(name)) - {name}


def _slips(name: str) -> Iterator[str]:
    for at in range(1, len(name)):
        before, letter, after = name[:at], name[at], name[at + 1 :]
        yield before + after
        yield before + letter + letter + after
        if after:
            yield before + after[0] + letter + after[1:]
        if letter in _VOWELS:
            yield from (before + vowel + after for vowel in _VOWELS)
        if 3 <= at <= len(name) - 3:
            yield from (f"{before}{gap}{letter}{after}" for gap in " .")
