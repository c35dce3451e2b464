"""The rules: one rule, one file, one line in this table.

A rule is a pure question to a reading and its licence check. Names are identifiers for ever: flags keep them. A rule
whose answers change gets a higher VERSION.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from patrol import vocabulary
from patrol.rules import (
    account_rental,
    advance_lure,
    agency_name_misused,
    aid_fraud,
    bait,
    bypass_office,
    domestic_work_closed_country,
    impersonation_office,
    irregular_route,
    licence_verdict,
    light_terms_high_pay,
    magic_sold,
    money_lure_crew,
    money_lure_family,
    near_copy,
    official_placement,
    paid_papers,
    papers_harvest,
    points,
    romance_lure,
    savings_ring,
    scam_compound_job,
    side_task,
    upfront_fee,
    visit_visa,
)
from patrol.vocabulary import PhraseGroup

RULES: tuple[vocabulary.Rule, ...] = (
    account_rental,
    advance_lure,
    agency_name_misused,
    aid_fraud,
    bait,
    bypass_office,
    domestic_work_closed_country,
    impersonation_office,
    irregular_route,
    licence_verdict,
    light_terms_high_pay,
    magic_sold,
    money_lure_crew,
    money_lure_family,
    near_copy,
    official_placement,
    paid_papers,
    papers_harvest,
    romance_lure,
    savings_ring,
    scam_compound_job,
    side_task,
    upfront_fee,
    visit_visa,
)


# What a rule cannot do without, beside those that look at more than phrases: one of these must be said. Most posts say none of
# them, and the rule is not asked.
_NEEDS: Mapping[vocabulary.Rule, tuple[PhraseGroup, ...]] = {
    account_rental: (PhraseGroup.ACCOUNT_RENTAL,),
    advance_lure: (
        PhraseGroup.RANSOM, PhraseGroup.PARCEL, PhraseGroup.REFUND, PhraseGroup.LOAN, PhraseGroup.REMITTANCE,
        PhraseGroup.PAID_FIRST,
    ),
    aid_fraud: (PhraseGroup.AID_LURE,),
    bypass_office: (PhraseGroup.BYPASS_OFFICE,),
    irregular_route: (PhraseGroup.IRREGULAR_ROUTE,),
    light_terms_high_pay: (PhraseGroup.LIGHT_TERMS,),
    magic_sold: (PhraseGroup.MAGIC,),
    money_lure_family: (PhraseGroup.MONEY_LURE,),
    paid_papers: (PhraseGroup.FORGED_PAPERS, PhraseGroup.FIXER),
    romance_lure: (PhraseGroup.ROMANCE,),
    savings_ring: (PhraseGroup.SAVINGS_RING,),
    side_task: (PhraseGroup.SIDE_TASK,),
    visit_visa: (PhraseGroup.PILGRIM_VISA, PhraseGroup.VISIT_VISA),
}  # fmt: skip
_ALWAYS = frozenset(place for place, rule in enumerate(RULES) if rule not in _NEEDS)
_ASKED_FOR: Mapping[str, frozenset[int]] = {
    group: frozenset(place for place, rule in enumerate(RULES) if group in _NEEDS.get(rule, ()))
    for group in {group for groups in _NEEDS.values() for group in groups}
}


def _asked(reading: vocabulary.Reading) -> Iterator[vocabulary.Rule]:
    """The rules that may have something to say, in the order of the table."""
    places = set(_ALWAYS)
    for group in reading.groups():
        places |= _ASKED_FOR.get(group, _NONE)
    return (RULES[place] for place in sorted(places))


_NONE: frozenset[int] = frozenset()


def findings(
    reading: vocabulary.Reading, check: vocabulary.LicenceCheck, weights: points.Points = points.EXPERT
) -> tuple[vocabulary.Finding, ...]:
    """What every rule finds, strongest first, rules of equal weight by name. `weights`: the points in force."""
    found = [
        weights.weigh(rule, finding) for rule in _asked(reading) if (finding := rule.find(reading, check)) is not None
    ]
    return tuple(sorted(found, key=lambda finding: (-finding.points, finding.rule)))


def version(weights: points.Points = points.EXPERT) -> str:
    """Names the set of rules and points that made a check."""
    return points.digest(RULES, weights)
