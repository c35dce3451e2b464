"""The points of the rules: what each file says (the expert's), and what a person approved in their place.

Points are a value that is handed in; nothing is read or kept here. An approved figure is that of the rule's strongest
form (its POINTS); weaker forms of the same rule keep their proportion to it.
"""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from patrol import domain

MOST = 10.0  # e times less doubt with each point: beyond ten nothing is left to add


class PointsError(ValueError):
    """Points that cannot be used; one sentence says why."""


@dataclass(frozen=True, slots=True)
class Approved:
    """The points approved for one version of a rule."""

    version: int
    points: float


@dataclass(frozen=True, slots=True)
class Points:
    """Approved points by rule; a rule that is missing has the expert's."""

    approved: Mapping[str, Approved] = field(default_factory=dict)

    def of(self, rule: domain.Rule) -> float:
        """The points in force. Approved for another version of the rule they are not: it means something else now."""
        approved = self.approved.get(rule.NAME)
        return approved.points if approved and approved.version == rule.VERSION else rule.POINTS

    def weigh(self, rule: domain.Rule, finding: domain.Finding) -> domain.Finding:
        """The finding with the points in force, to two decimals."""
        points = self.of(rule)
        if points == rule.POINTS:
            return finding
        return replace(finding, points=round(finding.points * points / rule.POINTS, 2))


EXPERT = Points()


def digest(rules: Iterable[domain.Rule], points: Points) -> str:
    """16 hexadecimal digits that change with every name, version and approved figure: which rules made a check."""
    lines = []
    for rule in rules:
        in_force = points.of(rule)
        lines.append(f"{rule.NAME} {rule.VERSION}" + (f" {in_force!r}" if in_force != rule.POINTS else ""))
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16]


def read(content: bytes, rules: Iterable[domain.Rule]) -> Points:
    """Points from a file as `manage.py calibrate` writes it. Raises PointsError."""
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise PointsError("The file is not UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise PointsError(f"The file is not TOML: {error}.") from None
    entries = table.get("rules")
    if not isinstance(entries, dict) or not entries:
        raise PointsError("The file holds no table [rules.NAME].")
    return checked(entries, rules)


def checked(entries: Mapping[str, Any], rules: Iterable[domain.Rule]) -> Points:
    """Points from `{rule: {"version": ..., "points": ...}}`. Raises PointsError for the first entry that cannot hold."""
    known = {rule.NAME: rule for rule in rules}
    approved: dict[str, Approved] = {}
    for name, entry in entries.items():
        rule = known.get(name)
        if rule is None:
            raise PointsError(f"There is no rule {name}.")
        approved[name] = _checked(rule, entry)
    return Points(approved)


def _checked(rule: domain.Rule, entry: Any) -> Approved:
    version, points = (entry.get("version"), entry.get("points")) if isinstance(entry, Mapping) else (None, None)
    if version != rule.VERSION:
        raise PointsError(f"{rule.NAME}: the points are for version {version}, the rule has version {rule.VERSION}.")
    if isinstance(points, bool) or not isinstance(points, int | float) or not math.isfinite(points):
        raise PointsError(f"{rule.NAME}: points must be a finite number, not {points!r}.")
    if points * rule.POINTS <= 0:
        raise PointsError(f"{rule.NAME}: points must keep the sign of the expert's {rule.POINTS:+g}, not be {points:+g}.")
    if abs(points) > MOST:
        raise PointsError(f"{rule.NAME}: {points:+g} points are more than {MOST:g}.")
    return Approved(rule.VERSION, float(points))
