"""Counts, intervals and curves. Nothing here knows what is counted.

A share whose denominator is zero is None, never 0 or 1: nothing was asked, so nothing is right or wrong.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Z95 = 1.959964  # two-sided 95 % of the normal distribution


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval: honest at 0 of n and n of n, where the usual one has no width. (0, 1) for 0 of 0."""
        if not self.of:
            return 0.0, 1.0
        share, weight = self.hits / self.of, Z95**2 / self.of
        centre = (share + weight / 2) / (1 + weight)
        half = Z95 / (1 + weight) * math.sqrt(share * (1 - share) / self.of + weight / (4 * self.of))
        # At 0 of n and n of n the bound is exact; rounding would leave it a hair off.
        low = 0.0 if self.hits == 0 else max(0.0, centre - half)
        return low, 1.0 if self.hits == self.of else min(1.0, centre + half)


@dataclass(frozen=True, slots=True)
class Counts:
    """Found and expected, found but not expected, expected but not found, neither."""

    both: int = 0
    extra: int = 0
    missed: int = 0
    neither: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.both + other.both, self.extra + other.extra, self.missed + other.missed, self.neither + other.neither)

    @property
    def precision(self) -> Share:
        return Share(self.both, self.both + self.extra)

    @property
    def recall(self) -> Share:
        return Share(self.both, self.both + self.missed)

    @property
    def specificity(self) -> Share:
        """The share of what is not expected that is left alone."""
        return Share(self.neither, self.neither + self.extra)

    @property
    def f1(self) -> float | None:
        asked = 2 * self.both + self.extra + self.missed
        return 2 * self.both / asked if asked else None


def of_sets(said: frozenset[str], expected: frozenset[str]) -> Counts:
    """Members of two sets; what neither holds cannot be counted."""
    return Counts(len(said & expected), len(said - expected), len(expected - said))


def of_answer(*, said: bool, expected: bool) -> Counts:
    """One yes or no."""
    return Counts(said and expected, said and not expected, expected and not said, not said and not expected)


@dataclass(frozen=True, slots=True)
class Point:
    """Precision and recall where everything from `threshold` on counts as found."""

    threshold: float
    counts: Counts


def curve(scored: Iterable[tuple[float, bool]]) -> list[Point]:
    """One point for each score that occurs, highest first. Equal scores stand or fall together."""
    ordered = sorted(scored, key=lambda pair: -pair[0])
    positives = sum(truth for _, truth in ordered)
    points: list[Point] = []
    both = extra = 0
    for threshold, group in itertools.groupby(ordered, key=lambda pair: pair[0]):
        for _, truth in group:
            both += truth
            extra += not truth
        neither = len(ordered) - positives - extra
        points.append(Point(threshold, Counts(both, extra, positives - both, neither)))
    return points


def average_precision(scored: Iterable[tuple[float, bool]]) -> float | None:
    """Area under the curve, in steps: the sum of precision times the recall each point adds.

    Independent of the order among equal scores. None without a positive.
    """
    total, reached = 0.0, 0
    points = curve(scored)
    if not points or not (positives := points[-1].counts.both):
        return None
    for point in points:
        gained = point.counts.both - reached
        if gained:
            total += gained * point.counts.both / (point.counts.both + point.counts.extra)
        reached = point.counts.both
    return total / positives  # at the end: the sum of eleven elevenths is more than one


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose stated chance lies from `low` up to `high`: what was stated on average, and what came true."""

    low: float
    high: float
    size: int
    stated: float
    true: float


def bins(chances: Sequence[tuple[float, bool]], *, count: int = 10) -> list[Bin]:
    """Answers by stated chance (0..1) in `count` bins of equal width; empty bins are left out."""
    sorted_in: dict[int, list[tuple[float, bool]]] = {}
    for chance, truth in chances:
        sorted_in.setdefault(min(count - 1, int(chance * count)), []).append((chance, truth))
    return [
        Bin(
            low=number / count,
            high=(number + 1) / count,
            size=len(inside),
            stated=math.fsum(chance for chance, _ in inside) / len(inside),
            true=sum(truth for _, truth in inside) / len(inside),
        )
        for number, inside in sorted(sorted_in.items())
    ]


def calibration_error(filled: Sequence[Bin]) -> float | None:
    """Expected calibration error: the mean distance between stated and true, bins weighted by size."""
    size = sum(one.size for one in filled)
    return math.fsum(one.size * abs(one.stated - one.true) for one in filled) / size if size else None


def brier(chances: Sequence[tuple[float, bool]]) -> float | None:
    """Mean squared distance between stated chance and truth; 0 is perfect, 0.25 is what "always half" gets."""
    return math.fsum((chance - truth) ** 2 for chance, truth in chances) / len(chances) if chances else None
