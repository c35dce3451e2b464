"""Points of the rules fitted to labelled posts: logistic regression whose prior is the expert.

A post's chance of needing a look is `1 / (1 + exp(boundary - points))`, points being the sum of its findings and
`boundary` what makes a post medium: the fit moves points, never the thresholds. Maximised is

    log-likelihood of the labels - strength / 2 * sum((points - expert)²)

within a box around the expert's value that never crosses zero: a rule that accuses cannot come to clear. The sum is
strictly concave, so there is one answer, and it does not depend on the order of the posts. One post adds at most 1/4 to
the curvature of a rule it fires: a `strength` of 5 weighs like 20 posts that could go either way.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from patrol import domain
from patrol.engine.evaluation.comparing import Comparison

LEAST = 0.1  # points a rule keeps at least: at zero it would name no threat and still stand as a reason
ROUNDS = 200
TOLERANCE = 1e-7  # of the slope; the file shows two decimals of points

type _Vector = NDArray[np.float64]


class NotConvergedError(Exception):
    """The fit did not settle. Mathematically impossible short of numbers that overflow."""


@dataclass(frozen=True, slots=True)
class Example:
    """One post: how much of each rule's points it gets (1 for its strongest form), and whether it needs a look.

    `group`: posts of one group (the same text, digits masked) are never on both sides of a cross-validation.
    """

    shares: Mapping[str, float]
    look: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the fit may do. `expert`: the points it starts from, by rule."""

    expert: Mapping[str, float]
    boundary: float  # points that make a post medium
    strength: float = 5.0
    at_most: float = 1.5  # points a rule may move from the expert's

    def __post_init__(self) -> None:
        if not (self.strength > 0 and math.isfinite(self.strength)):
            raise ValueError("strength must be a positive number: without a prior a rule that is always right has no answer")
        if not self.at_most >= 0:
            raise ValueError("at_most must be zero or more")

    def box(self, rule: str) -> tuple[float, float]:
        """Lowest and highest points the rule may get."""
        expert = self.expert[rule]
        least = min(LEAST, abs(expert))
        if expert > 0:
            return max(least, expert - self.at_most), expert + self.at_most
        return expert - self.at_most, min(-least, expert + self.at_most)


def examples(comparisons: Iterable[Comparison], rules: Iterable[domain.Rule]) -> list[Example]:
    """What can be fitted to: posts with a label for `look` that points can move, assessed with the expert's points.

    Left out is what stays below medium whatever its points (warnings, news, trade): a mistake there is the reader's.
    """
    points = {rule.NAME: rule.POINTS for rule in rules}
    return [
        Example(shares={rule: given / points[rule] for rule, given in one.said.findings}, look=one.label.look, group=_group(one.text))
        for one in comparisons
        if one.label.look is not None and not one.said.quiet
    ]


def _group(text: str) -> str:
    words = re.findall(r"\w+", re.sub(r"\d", "0", text.casefold()))
    return hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()


def fit(given: Sequence[Example], terms: Terms) -> dict[str, float]:
    """The points of every rule. Raises NotConvergedError.

    Newton's steps on the rules that are free to move, cut off at the box (Bertsekas 1982): a handful of rounds, also
    where two rules nearly always fire together, which one-rule-at-a-time steps take thousands for.
    """
    names = sorted(terms.expert)
    shares = np.array([[example.shares.get(name, 0.0) for name in names] for example in given]).reshape(-1, len(names))
    look = np.array([example.look for example in given], dtype=float)
    expert = np.array([terms.expert[name] for name in names])
    low, high = np.array([terms.box(name) for name in names]).reshape(-1, 2).T

    def cost(points: _Vector) -> float:
        margins = shares @ points - terms.boundary
        likelihood = np.sum(np.logaddexp(0.0, margins) - look * margins)
        return float(likelihood + terms.strength / 2 * np.sum((points - expert) ** 2))

    points, reached = expert, cost(expert)
    for _ in range(ROUNDS):
        chances = 1 / (1 + np.exp(-np.clip(shares @ points - terms.boundary, -500, 500)))
        slope = shares.T @ (chances - look) + terms.strength * (points - expert)
        if np.max(np.abs(points - np.clip(points - slope, low, high)), initial=0.0) < TOLERANCE:
            return dict(zip(names, points.tolist(), strict=True))
        free = ~((points <= low) & (slope > 0) | (points >= high) & (slope < 0))
        moving = shares[:, free]
        curvature = moving.T @ (moving * (chances * (1 - chances))[:, None]) + terms.strength * np.eye(moving.shape[1])
        step = np.zeros_like(points)
        step[free] = -np.linalg.solve(curvature, slope[free])
        points, reached = _shortened(points, step, reached, cost, low, high)
    raise NotConvergedError(f"the points did not settle in {ROUNDS} rounds")


def _shortened(
    points: _Vector, step: _Vector, reached: float, cost: Callable[[_Vector], float], low: _Vector, high: _Vector
) -> tuple[_Vector, float]:
    """Where a step leads that is halved until it makes nothing worse, and the cost there."""
    slack = 1e-12 * (1 + abs(reached))  # beyond that a difference is rounding
    for _ in range(60):
        there = np.clip(points + step, low, high)
        if (worth := cost(there)) <= reached + slack:
            return there, worth
        step = step / 2
    return points, reached


def likelihood(given: Sequence[Example], points: Mapping[str, float], boundary: float) -> float | None:
    """Mean log-likelihood of the labels, 0 at best; -0.69 is what "always half" gets. None without examples."""
    if not given:
        return None
    return math.fsum(
        -_log1p_exp(-margin if example.look else margin) for example in given for margin in (_total(example, points) - boundary,)
    ) / len(given)


def cross_validated(given: Sequence[Example], terms: Terms, *, folds: int = 5) -> float | None:
    """Mean log-likelihood of posts under points fitted to the others. None where there are fewer groups than folds.

    Which group goes where is read from its name alone, so a longer file does not deal the old posts anew.
    """
    dealt: list[list[Example]] = [[] for _ in range(folds)]
    for example in given:
        dealt[int(hashlib.sha256(example.group.encode()).hexdigest(), 16) % folds].append(example)
    if not all(dealt):
        return None
    total = 0.0
    for number, held in enumerate(dealt):
        others = [example for other, fold in enumerate(dealt) if other != number for example in fold]
        mean = likelihood(held, fit(others, terms), terms.boundary)
        assert mean is not None  # no fold is empty
        total += mean * len(held)
    return total / len(given)


def _total(example: Example, points: Mapping[str, float]) -> float:
    return math.fsum(share * points[rule] for rule, share in example.shares.items())


def _log1p_exp(x: float) -> float:
    """log(1 + exp(x)) without overflow."""
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))
