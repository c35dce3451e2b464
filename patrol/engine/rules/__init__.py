"""The rules: one rule, one file, one line in this table.

A rule is a pure question to a reading and its licence check. Names are identifiers for ever: flags keep them. A rule
whose answers change gets a higher VERSION.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from patrol import domain
from patrol.engine.rules import points

_NAMES = (
    "account_rental",
    "advance_lure",
    "agency_name_misused",
    "aid_fraud",
    "bait",
    "bypass_office",
    "domestic_work_closed_country",
    "impersonation_office",
    "irregular_route",
    "licence_verdict",
    "light_terms_high_pay",
    "magic_sold",
    "money_lure_crew",
    "money_lure_family",
    "near_copy",
    "offer_likely",
    "official_placement",
    "paid_papers",
    "papers_harvest",
    "phishing_likely",
    "posing_likely",
    "romance_lure",
    "savings_ring",
    "scam_compound_job",
    "side_task",
    "upfront_fee",
    "visit_visa",
)
_MODULES: Sequence[Any] = [import_module(f"patrol.engine.rules.{name}") for name in _NAMES]

RULES: tuple[domain.Rule, ...] = tuple(_MODULES)


def _asked(reading: domain.Reading) -> Iterator[domain.Rule]:
    """The rules that may have something to say, in the order of the table: most posts say nothing of what a rule needs."""
    said = reading.groups()
    for rule in RULES:
        if not rule.NEEDS or not rule.NEEDS.isdisjoint(said):
            yield rule


def findings(reading: domain.Reading, check: domain.LicenceCheck, weights: points.Points = points.EXPERT) -> tuple[domain.Finding, ...]:
    """What every rule finds, strongest first, rules of equal weight by name. `weights`: the points in force."""
    found = [weights.weigh(rule, finding) for rule in _asked(reading) if (finding := rule.find(reading, check)) is not None]
    return tuple(sorted(found, key=lambda finding: (-finding.points, finding.rule)))


def version(weights: points.Points = points.EXPERT) -> str:
    """Names the set of rules and points that made a check."""
    return points.digest(RULES, weights)
