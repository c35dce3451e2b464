"""What each choice of an outcome rests on: the numbers of the reasons that speak for it, and nothing where none does."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from patrol import models
from patrol.admin.officer import grounds
from patrol.domain import TextKind, Verdict
from patrol.engine import rules
from patrol.models import Outcome
from patrol.triage import REASONS


def finding(rule: str, *kinds: str, points: float = 1.0) -> models.Finding:
    return models.Finding(rule=rule, kinds=list(kinds), points=points)


def rests(*findings: models.Finding, verdict: str = Verdict.NO_LICENCE_SHOWN, kind: str = TextKind.OFFER_ABROAD, **given: Any) -> Any:
    check = models.LicenceCheck(verdict=verdict, reading=models.Reading(text_kind=kind), **given)
    with translation.override("id"):
        return {outcome: {key: said for key, said in told.items() if said} for outcome, told in grounds.rests(check, findings).items()}


NOTHING: dict[str, dict[str, str]] = {Outcome.CONFIRMED: {}, Outcome.DISMISSED: {}, Outcome.NEEDS_INFORMATION: {}, Outcome.VICTIM: {}}


def test_a_confirmation_rests_on_the_reasons_of_its_kind() -> None:
    found = rests(
        finding("licence_verdict", "illegal_recruitment"),
        finding("upfront_fee", "illegal_recruitment", "fraud"),
        finding("visit_visa", "illegal_recruitment"),
        finding("papers_harvest", "phishing"),
        finding("offer_likely"),
    )
    said = {"licence": "alasan 1", "fraud": "alasan 2, 4", "route": "alasan 3", "several": "alasan 1, 2, 3, 4"}
    assert found == {**NOTHING, Outcome.CONFIRMED: said}


def test_one_ground_is_not_several_and_what_clears_or_only_orders_is_none() -> None:
    assert rests(finding("visit_visa", "illegal_recruitment"))[Outcome.CONFIRMED] == {"route": "alasan 1"}
    assert rests(finding("licence_verdict", points=0.2), finding("official_placement", points=-1.5)) == NOTHING


@pytest.mark.parametrize(
    ("verdict", "signs", "agency", "confirmed", "asks"),
    [
        (Verdict.NO_LICENCE_SHOWN, "pay,visa", "", {"licence": "1, 2", "route": "2", "several": "1, 2"}, False),
        (Verdict.AGENCY_NOT_FOUND, "pay,life", "PT Rekaan", {"licence": "1, 2"}, True),
        (Verdict.LICENSED, "pay", "PT Rekaan", {}, True),  # its office is passed by: whether the offer is its own is asked of it
        (Verdict.CANNOT_CHECK, "route", "", {"route": "2"}, False),  # without a register nothing is uncovered
    ],
)
def test_past_the_office_and_a_compound_s_offer_speak_for_what_they_show(
    verdict: str, signs: str, agency: str, confirmed: dict[str, str], asks: bool
) -> None:
    compound = finding("scam_compound_job", "illegal_recruitment")
    compound.parameters = {"signs": signs}
    found = rests(finding("bypass_office", "illegal_recruitment"), compound, verdict=verdict, agency=agency)
    assert found[Outcome.CONFIRMED] == {key: f"alasan {numbers}" for key, numbers in confirmed.items()}
    assert found[Outcome.NEEDS_INFORMATION].get("agency") == ("alasan 1" if asks else None)


def test_a_name_misused_speaks_for_the_agency_to_be_asked() -> None:
    found = rests(finding("near_copy", "impersonation"), finding("agency_name_misused", "illegal_recruitment"))
    assert found[Outcome.CONFIRMED] == {"impersonation": "alasan 1, 2"}
    assert found[Outcome.NEEDS_INFORMATION] == {"agency": "alasan 1, 2"}
    assert rests(verdict=Verdict.LICENCE_NOT_FOUND)[Outcome.NEEDS_INFORMATION] == {"register": "hasil cek SIP"}


def test_a_dismissal_rests_on_the_check_or_on_what_the_text_reads_as() -> None:
    assert rests(verdict=Verdict.LICENSED)[Outcome.DISMISSED] == {"lawful": "hasil cek SIP"}
    assert rests(verdict=Verdict.LICENSED, contact_own=False) == NOTHING
    assert rests(verdict=Verdict.EXEMPT)[Outcome.DISMISSED] == {"exempt": "hasil cek SIP"}
    assert rests(verdict=Verdict.NOT_AN_OFFER, kind=TextKind.LURE)[Outcome.DISMISSED] == {"not_overseas": "hasil cek SIP"}
    plea = rests(verdict=Verdict.NOT_AN_OFFER, kind=TextKind.PLEA)
    reads = "terbaca sebagai pertanyaan atau minta tolong"
    assert plea == {**NOTHING, Outcome.DISMISSED: {"warning": reads}, Outcome.VICTIM: {"asks": reads}}


def test_what_is_marked_is_a_reason_that_can_be_given_and_each_outcome_says_what_follows() -> None:
    findings = [finding(rule.NAME, "fraud", "impersonation") for rule in rules.RULES]
    for verdict, kind in ((Verdict.LICENCE_NOT_FOUND, TextKind.OFFER_ABROAD), (Verdict.LICENSED, TextKind.PLEA)):
        told = rests(*findings, verdict=verdict, kind=kind)
        assert set(told[Outcome.CONFIRMED]) == set(REASONS[Outcome.CONFIRMED])
        assert [key for outcome, keys in told.items() for key in keys if key not in REASONS[outcome]] == []
    assert set(grounds.FOLLOWS) == set(REASONS)
