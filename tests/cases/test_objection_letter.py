"""The answer to an objection: one text for each outcome, filled, without an empty slot."""

from __future__ import annotations

import re

import pytest

from patrol import models
from patrol.cases import objection_letter
from patrol.models import ObjectionOutcome
from tests import factories
from tests.cases import asked, objected
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("outcome", list(ObjectionOutcome))
def test_each_outcome_has_its_letter(outcome: str) -> None:
    officer, second = factories.person(), objected.supervisor()
    flag = objected.decided(by=officer)
    made = objected.decide(objected.enter(flag, officer), second, outcome)
    letter = objection_letter.letter(made, now=objected.LATER)
    whole = " ".join((letter.about, *letter.said))
    assert (letter.number, letter.name, letter.contact, letter.signed, letter.missing) == (
        made.number,
        objected.NAME,
        objected.CONTACT,
        second.name,
        (),
    )
    assert [word for word in (made.number, flag.number, made.ground, made.put_right, flag.office.name) if word not in whole] == []
    assert re.findall(r"[{}]", whole) == []
    assert (objected.NAME in whole, "surat tersendiri" in whole, "Ombudsman" in whole) == (False, False, False)


def test_what_was_sent_is_said_to_be_corrected_only_where_something_was() -> None:
    officer = factories.person()
    case, (flag,) = objected.in_case(by=officer)
    asked.sent(case, officer)
    made = objected.decide(objected.enter(flag, officer), objected.supervisor())
    assert "kami koreksi dengan surat tersendiri" in " ".join(objection_letter.letter(made, now=NOW).said)


def test_an_empty_slot_is_named() -> None:
    officer = factories.person()
    made = objected.decide(objected.enter(objected.decided(by=officer), officer), objected.supervisor(), "rejected")
    models.Objection.objects.filter(pk=made.pk).update(name="", contact="", text="")
    made.refresh_from_db()
    assert objection_letter.letter(made, now=NOW).missing == ("name", "contact")
