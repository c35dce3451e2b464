"""Lexicon entries whose words stand near one another in any order: "paketnya masih tertahan", "tertahan, pak, paketnya".

Ads order their words freely; writing every order down would need millions of entries. A rule of nearness names word
lists; it holds where one word of each list lies within some characters of a word of the first, in one sentence: over its
end words have nothing to do with one another, but where a rule tells a whole story ("anak ibu ditahan. Siapkan 10 juta").
Who the author says he is has an order: "kami petugas bank" introduces him, "petugas kami" speaks of others.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WITHIN = 40  # characters between two words, where a rule says nothing
STORY = 100  # a rule that reaches farther than this tells a story of several sentences


@dataclass(frozen=True, slots=True)
class Near:
    """One rule. `lists`: how many word lists must meet."""

    value: str  # what it means, a PhraseGroup
    lists: int
    within: int = WITHIN
    ordered: bool = False  # the words of the other lists stand behind those of the first
    parted: bool = False  # one more list: no word of it may stand between them


type Place = tuple[int, int]
type Part = tuple[int, int]  # rule, word list


def met(rules: Sequence[Near], parts: Mapping[Part, list[Place]]) -> bool:
    """Whether a word of every list of some rule was found at all; else `joined` finds nothing."""
    return any(not slot and all((number, other) in parts for other in range(1, rules[number].lists)) for number, slot in parts)


def joined(rules: Sequence[Near], parts: Mapping[Part, list[Place]], ends: Sequence[int] = ()) -> list[tuple[str, int, int]]:
    """(value, start, end) of every place where a rule holds. `parts`: (rule, list) -> places of its words; `ends`: of sentences.

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
        parting = sorted(parts.get((number, rule.lists), ())) if rule.parted else ()
        sorted_others = [sorted(places) for places in others if places]
        starts = [(places, [start for start, _ in places]) for places in sorted_others]
        limits = ends if rule.within <= STORY else ()
        reach = -1
        for first in sorted(parts[number, 0]):
            if first[0] < reach:
                continue
            sentence = _sentence(first[0], limits)
            if rule.ordered:
                sentence = first[1], sentence[1]
            met = [_nearest(first, places, begins, rule.within, sentence) for places, begins in starts]
            if None not in met:
                spans = [first, *(place for place in met if place is not None)]
                begin, end = min(start for start, _ in spans), max(end for _, end in spans)
                if any(begin < place[0] and place[1] < end for place in parting):
                    continue
                reach = end
                found.append((rule.value, begin, reach))
    return found


def _sentence(place: int, ends: Sequence[int]) -> tuple[int, float]:
    """Where the sentence that holds `place` begins and ends."""
    if not ends:
        return 0, math.inf
    at = bisect_right(ends, place)
    return (ends[at - 1] if at else 0), (ends[at] if at < len(ends) else math.inf)


def _nearest(place: Place, places: Sequence[Place], begins: Sequence[int], within: int, sentence: tuple[int, float]) -> Place | None:
    """The place nearest to `place` that is not inside it, None where none lies within the distance and the sentence."""
    start, end = place
    at = bisect_left(begins, start)
    best: Place | None = None
    distance = within + 1
    for other in places[max(0, at - 2) : at + 3]:
        if start <= other[0] < end or other[0] <= start < other[1]:
            continue
        if other[0] < sentence[0] or other[0] >= sentence[1]:
            continue
        gap = other[0] - end if other[0] >= end else start - other[1]
        if gap < distance:
            best, distance = other, gap
    return best
