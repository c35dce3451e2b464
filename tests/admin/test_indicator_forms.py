"""What the forms of an indicator read. What is missing the verbs say: tests/search/test_indicators.py and test_indicator_pages.py."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from patrol.admin.shared import indicator_forms as ours
from patrol.admin.shared.forms import VerbForm

PROPOSED = "known_as=agency&reason=+Surat+resmi.+"


@pytest.mark.parametrize(
    ("form", "sent", "told"),
    [
        (ours.ShowForm, "purpose=request&reference=+B/12+", {"purpose": "request", "reference": "B/12"}),
        (ours.ShowForm, "purpose=%00", {"purpose": "\0", "reference": ""}),
        (ours.EndForm, "why=+Nomor+dijual.+", {"why": "Nomor dijual."}),
        (ours.EndForm, "", {"why": ""}),
    ],
)
def test_each_verb_is_told_its_fields(form: type[VerbForm], sent: str, told: dict[str, Any]) -> None:
    assert form(QueryDict(sent)).told() == told


def test_a_proposal_is_told_with_its_last_day() -> None:
    form = ours.ProposeForm(QueryDict(f"{PROPOSED}&expires_on=2027-02-28"))
    assert form.errors == {}
    assert form.cleaned_data == {"known_as": "agency", "reason": "Surat resmi.", "expires_on": date(2027, 2, 28)}


@pytest.mark.parametrize("day", ["", "2027-02-29", "02/28/2027", "2027-02-28T00:00", "besok"])
def test_what_is_no_day_is_said_beside_it(day: str) -> None:
    with translation.override("en"):
        errors = ours.ProposeForm(QueryDict(f"{PROPOSED}&expires_on={day}")).errors
        assert errors == {"expires_on": ["Until: from tomorrow to two years from now."]}


@pytest.mark.parametrize(("form", "field"), [(ours.ShowForm, "reference"), (ours.ProposeForm, "reason"), (ours.EndForm, "why")])
def test_words_that_cannot_be_kept_are_said_beside_them(form: type[VerbForm], field: str) -> None:
    assert set(form(QueryDict(f"{field}=a%00b&expires_on=2027-02-28")).errors) == {field}
