"""A first look: can a text hold one of these words at all? It costs a tenth of the pattern that then reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ahocorasick_rs import AhoCorasick


def glance(words: Iterable[str]) -> Callable[[str], bool]:
    """A question to folded texts: whether one of the words begins there where no letter stands before it.

    It never says no where a pattern of the same words behind `(?<![a-z])` would match; its yes is only "perhaps".
    """
    find = AhoCorasick(sorted(set(words))).find_matches_as_indexes

    def perhaps(text: str) -> bool:
        return any(not start or not "a" <= text[start - 1] <= "z" for _, start, _ in find(text, overlapping=True))

    return perhaps
