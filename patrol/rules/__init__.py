"""The rules: one rule, one file, one line in this table.

A rule is a pure question to a reading and its licence check. Names are identifiers for ever: flags keep them. A rule
whose answers change gets a higher VERSION.
"""

from __future__ import annotations

from patrol import vocabulary
from patrol.rules import (
    agency_name_misused,
    aid_fraud,
    bypass_office,
    domestic_work_closed_country,
    impersonation_office,
    irregular_route,
    licence_verdict,
    light_terms_high_pay,
    money_lure_crew,
    money_lure_family,
    official_placement,
    papers_harvest,
    points,
    scam_compound_job,
    upfront_fee,
    visit_visa,
)

RULES: tuple[vocabulary.Rule, ...] = (
    agency_name_misused,
    aid_fraud,
    bypass_office,
    domestic_work_closed_country,
    impersonation_office,
    irregular_route,
    licence_verdict,
    light_terms_high_pay,
    money_lure_crew,
    money_lure_family,
    official_placement,
    papers_harvest,
    scam_compound_job,
    upfront_fee,
    visit_visa,
)


def findings(
    reading: vocabulary.Reading, check: vocabulary.LicenceCheck, weights: points.Points = points.EXPERT
) -> tuple[vocabulary.Finding, ...]:
    """What every rule finds, strongest first, rules of equal weight by name. `weights`: the points in force."""
    found = [weights.weigh(rule, finding) for rule in RULES if (finding := rule.find(reading, check)) is not None]
    return tuple(sorted(found, key=lambda finding: (-finding.points, finding.rule)))


def version(weights: points.Points = points.EXPERT) -> str:
    """Names the set of rules and points that made a check."""
    return points.digest(RULES, weights)
