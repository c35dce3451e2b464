"""Lexicon entries whose words stand near one another in any order: "paketnya masih tertahan", "tertahan, pak, paketnya".

Ads order their words freely; writing every order down would need millions of entries. A rule of nearness names word
lists; it holds where one word of each list lies within some characters of a word of the first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WITHIN = 40  # characters between two words, where a rule says nothing


@dataclass(frozen=True, slots=True)
class Near:
    """One rule. `lists`: how many word lists must meet."""

    value: str  # what it means, a PhraseGroup
    lists: int
    within: int = WITHIN


type Place = tuple[int, int]
type Part = tuple[int, int]  # rule, word list


def joined(rules: Sequence[Near], parts: Mapping[Part, list[Place]]) -> list[tuple[str, int, int]]:
    """(value, start, end) of every place where a rule holds. `parts`: (rule, list) -> places of its words.

    Each place of the first list is tried once against the nearest place of every other list, so that the cost grows
    with the words found, not with their pairs.
    """
    found: list[tuple[str, int, int]] = []
    for number, slot in parts:
        if slot:
            continue
        rule = rules[number]
        others = [parts.get((number, slot)) for slot in range(1, rule.lists)]
        if not all(others):
            continue
        sorted_others = [sorted(places) for places in others if places]
        starts = [(places, [start for start, _ in places]) for places in sorted_others]
        reach = -1
        for first in sorted(parts[number, 0]):
            if first[0] < reach:
                continue
            met = [_nearest(first, places, begins, rule.within) for places, begins in starts]
            if None not in met:
                spans = [first, *(place for place in met if place is not None)]
                reach = max(end for _, end in spans)
                found.append((rule.value, min(start for start, _ in spans), reach))
    return found


def _nearest(place: Place, places: Sequence[Place], begins: Sequence[int], within: int) -> Place | None:
    """The place nearest to `place` that is not inside it, None where none lies within the distance."""
    start, end = place
    at = bisect_left(begins, start)
    best: Place | None = None
    distance = within + 1
    for other in places[max(0, at - 2) : at + 3]:
        if start <= other[0] < end or other[0] <= start < other[1]:
            continue
        gap = other[0] - end if other[0] >= end else start - other[1]
        if gap < distance:
            best, distance = other, gap
    return best
