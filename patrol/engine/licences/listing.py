"""Which of the things a post lists belong to which of the agencies it names.

The places in the text decide: what stands in the line or sentence of one agency is its own; else what stands behind an
agency, up to the next; or before it, where the post puts its agencies last. Agencies named in one breath ("PT A dan
PT B") own things together. What stands above all agencies is shared.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from patrol import domain

# A line, an item of a list, a sentence; the point of an abbreviation ("PT. Laksita", "No. 401") ends none.
_ABBREVIATIONS = ("pt", "cv", "no", "nr", "jl", "jln", "tlp", "telp", "hp", "wa", "rp")
_BREAK = re.compile(
    r"[\n;•·▪●►➡✅☑|]|[.!?](?<=[^\W_].)"
    + "".join(rf"(?<!\b{short}.)" for short in _ABBREVIATIONS)
    + r"\s(?=\s*[^\W_])|\s(?=\d{1,2}[.)]\s)",
    re.IGNORECASE,
)
_ONE_BREATH = 7  # characters between two names that are named together: " dan ", ", ", " & "


@dataclass(frozen=True, slots=True, order=True)
class At:
    """A place in a post: the text first, then its pictures; the line or sentence, the offset of the first letter, the end."""

    source: str
    line: int
    offset: int
    end: int = 0


class Lines:
    """Turns spans into places. `texts`: source -> its text."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._breaks = {source: [hit.start() for hit in _BREAK.finditer(text)] for source, text in texts.items()}

    def at(self, claim: domain.Claim) -> At:
        breaks = self._breaks.get(claim.source, ())
        order = "" if claim.source == "text" else claim.source
        return At(order, bisect_right(breaks, claim.span[0] - 1), *claim.span)


def share[T](items: Sequence[tuple[At, T]], mentions: Sequence[tuple[At, int]], owners: int) -> tuple[list[list[T]], list[T]]:
    """Items by owner (0..owners-1), and those shared by all. `mentions` are the owners' places in the text."""
    own: list[list[T]] = [[] for _ in range(owners)]
    shared: list[T] = []
    order = sorted(mentions)
    together = _together(order)
    on_line: dict[tuple[str, int], set[frozenset[int]]] = {}
    for (at, _), group in zip(order, together, strict=True):
        on_line.setdefault((at.source, at.line), set()).add(group)

    def give(group: frozenset[int], item: T) -> None:
        for owner in sorted(group):
            own[owner].append(item)

    loose: list[tuple[At, T]] = []
    for at, item in items:
        here = on_line.get((at.source, at.line), set())
        if len(here) == 1:
            give(next(iter(here)), item)
        else:
            loose.append((at, item))
    places = [at for at, _ in order]
    behind = [bisect_right(places, at) for at, _ in loose]
    # Every agency but none of the end has something before it: the post puts its agencies last.
    last_first = bool(loose) and len(order) == owners > 1 and set(behind) == set(range(len(order)))
    for (_, item), count in zip(loose, behind, strict=True):
        if last_first:
            give(together[count], item)
        elif count == 0:
            shared.append(item)
        else:
            give(together[count - 1], item)
    return own, shared


def _together(order: Sequence[tuple[At, int]]) -> list[frozenset[int]]:
    """For each mention the owners named in one breath with it, its own among them."""
    groups: list[set[int]] = []
    for at, (place, owner) in enumerate(order):
        before = order[at - 1][0] if at else None
        near = before is not None and before.source == place.source and 0 < place.offset - before.end <= _ONE_BREATH
        if near and before is not None and before.end:
            groups.append(groups[-1])
        else:
            groups.append(set())
        groups[-1].add(owner)
    return [frozenset(group) for group in groups]


def tied(countries: Sequence[tuple[At, str]], positions: Sequence[tuple[At, str]]) -> tuple[tuple[str, str], ...]:
    """(country, position) pairs where the text ties every position to one country; empty where it does not.

    Tied means: in one line with it, or in the lines below a line that names one country and no position; or one after
    the other, country and positions by turns, in one line.
    """
    return _by_line(countries, positions) or _by_turns(countries, positions)


def _by_turns(countries: Sequence[tuple[At, str]], positions: Sequence[tuple[At, str]]) -> tuple[tuple[str, str], ...]:
    """ "Taiwan operator, Hong Kong PRT" or "operator Taiwan, PRT Hong Kong"; empty where neither order holds throughout."""
    if len({(at.source, at.line) for at, _ in countries}) != 1 or len({country for _, country in countries}) < 2:
        return ()
    row = sorted([*((at, country, "") for at, country in countries), *((at, "", position) for at, position in positions)])
    if row[0][2]:
        row.reverse()  # positions stand before their country
    pairs: dict[tuple[str, str], None] = {}
    country, served = "", True
    for _, named, position in row:
        if named and named != country:
            if not served:
                return ()
            country, served = named, False
        elif position:
            pairs[country, position] = None
            served = True
    return tuple(pairs) if served and len({c for c, _ in pairs}) == len({c for _, c in countries}) else ()


def _by_line(countries: Sequence[tuple[At, str]], positions: Sequence[tuple[At, str]]) -> tuple[tuple[str, str], ...]:
    by_line: dict[tuple[str, int], set[str]] = {}
    for at, country in countries:
        by_line.setdefault((at.source, at.line), set()).add(country)
    if any(len(names) > 1 for names in by_line.values()) or len(by_line) < 2:
        return ()
    heads = sorted(by_line)
    with_position = {(at.source, at.line) for at, _ in positions}
    in_line = [head for head in heads if head in with_position]
    if in_line and len(in_line) != len(heads):
        return ()
    pairs: dict[tuple[str, str], None] = {}
    for at, position in sorted(positions):
        line = (at.source, at.line)
        if line in by_line:
            head = line
        elif in_line or not (above := [h for h in heads if h < line and h[0] == line[0]]):
            return ()
        else:
            head = above[-1]
        pairs[next(iter(by_line[head])), position] = None
    named = {country for country, _ in pairs}
    whole = named == {country for _, country in countries}
    return tuple(pairs) if whole and all(a < b for a, b in pairwise(heads)) else ()
