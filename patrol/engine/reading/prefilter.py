"""A first look: can a text hold one of these words at all? It costs a tenth of the pattern that then reads them."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Iterator

from ahocorasick_rs import AhoCorasick


def glance(words: Iterable[str]) -> Callable[[str], bool]:
    """A question to folded texts: whether one of the words begins there where no letter stands before it.

    It never says no where a pattern of the same words behind `(?<![a-z])` would match; its yes is only "perhaps".
    """
    find = AhoCorasick(sorted(set(words))).find_matches_as_indexes

    def perhaps(text: str) -> bool:
        return any(not start or not "a" <= text[start - 1] <= "z" for _, start, _ in find(text, overlapping=True))

    return perhaps


def sight(words: Iterable[str]) -> Callable[[str], bool]:
    """A question to folded texts: whether one of the words stands there between signs that are no small letters or digits."""
    find = AhoCorasick(sorted(set(words))).find_matches_as_indexes

    def stands(text: str) -> bool:
        return any(
            not (_SMALL.fullmatch(text, start - 1, start) or _SMALL.fullmatch(text, end, end + 1))
            for _, start, end in find(text, overlapping=True)
        )

    return stands


_SMALL = re.compile("[a-z0-9]")
# Everything but small Latin letters stands between words; bytes are translated ten times as fast as characters.
_APART = bytes(point if ord("a") <= point <= ord("z") else ord(" ") for point in range(256))
_BEGINS = re.compile(r"^(?:\(\?<![^)]*\))*\\b\(\?:")
_WORD = re.compile(r"(?P<word>[a-z]+)(?:\(\?:(?P<glued>[a-z|]+)\)\?)?(?P<behind>\.|$|[ ']|\(\?: )")


def letters(text: str) -> list[str]:
    """The rows of small Latin letters in a text, in order."""
    return text.encode("ascii", "replace").translate(_APART).decode().split()


def first_words(pattern: re.Pattern[str]) -> frozenset[str]:
    """The rows of letters (`letters`) one of which stands in every text the pattern finds something in.

    The pattern is a border and a choice of words, with anything behind them that is no letter: `\\b(?:dari|pulang ke) $`. Raises
    ValueError for any other.
    """
    begins = _BEGINS.match(pattern.pattern)
    if begins is None:
        raise ValueError(f"no border and choice of words: {pattern.pattern}")
    found: set[str] = set()
    for choice in _choices(pattern.pattern[begins.end() :]):
        read = _WORD.match(choice)
        if read is None:
            raise ValueError(f"no word: {choice}")
        found.add(read["word"])
        found.update(read["word"] + ending for ending in (read["glued"] or "").split("|"))
        if read["behind"] == ".":  # any sign, a letter too
            found.update(read["word"] + letter for letter in string.ascii_lowercase)
    return frozenset(found)


def _choices(written: str) -> Iterator[str]:
    """What stands between the strokes of a group that is open already, up to its end."""
    depth, begin = 0, 0
    for place, sign in enumerate(written):
        if depth == 0 and sign in "|)":
            yield written[begin:place]
            begin = place + 1
            if sign == ")":
                if re.match(r"\\b|[ $(]", written[begin:]) is None:
                    raise ValueError(f"more letters may follow: {written}")
                return
        depth += {"(": 1, ")": -1}.get(sign, 0)
