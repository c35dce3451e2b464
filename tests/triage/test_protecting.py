"""Who is marked as harmed: known to the own office and the directorate alone, handed to the desk once."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from patrol import access, models, triage
from patrol.access import Action
from tests import factories
from tests.factories import NOW
from tests.triage.acts import decide, flags, reverse

database = pytest.mark.django_db


def marked(by=None):
    (flag,) = flags(1)
    by = by or factories.person()
    return decide(flag, by, "victim", "asks").decisions[0]


def hand(protection, by, desk="Helpdesk BP3MI", now=NOW):
    return triage.hand_to_desk(protection_id=protection.pk, handed_to=desk, by=by, now=now)


@database
@pytest.mark.parametrize(
    ("role", "code", "learns"),
    [
        ("officer", "bp3mi-jabar", True), ("supervisor", "bp3mi-jabar", True), ("analyst", "directorate", True),
        ("officer", "directorate", True), ("officer", "bp3mi-ntb", False), ("supervisor", "bp3mi-ntb", False),
        ("registrar", "directorate", False), ("administrator", "directorate", False),
    ],
)  # fmt: skip
def test_for_everybody_else_the_flag_is_dismissed_like_any_other(role, code, learns):
    decision = marked()
    person, office = factories.person(role, code), decision.flag.office_id
    assert triage.outcome_for(decision.outcome, office, person) == ("victim" if learns else "dismissed")
    assert triage.outcome_for("confirmed", office, person) == "confirmed"
    rows = access.scope(person, Action.PROTECTION_VIEW, models.Protection.objects.all())
    assert rows.count() == learns


@database
def test_handed_to_a_desk_once_and_the_log_names_nobody():
    marked()
    protection, officer, colleague = models.Protection.objects.get(), factories.person(), factories.person()
    with pytest.raises(triage.ReasonMissingError):
        hand(protection, officer, "  ")
    done = hand(protection, officer, "  Helpdesk   BP3MI ")
    assert (done.handed_to, done.handed_by, done.handed_at) == ("Helpdesk BP3MI", officer, NOW)
    with pytest.raises(triage.StaleError) as refused:
        hand(protection, colleague)
    assert (refused.value.who, refused.value.at) == (officer, NOW)
    entry = models.AuditEntry.objects.order_by("-seq").first()
    assert (entry.verb, entry.before, entry.after) == ("protection.handed", {}, {})


@database
def test_another_office_hands_nobody_over():
    marked()
    with pytest.raises(PermissionDenied):
        hand(models.Protection.objects.get(), factories.person("supervisor", "bp3mi-ntb"))


@database
def test_taken_back_nobody_is_marked_unless_the_desk_has_them_by_now():
    officer = factories.person()
    reverse(marked(officer), officer)
    assert models.Protection.objects.count() == 0
    decision = marked(officer)
    hand(models.Protection.objects.get(), officer)
    triage.undo(decision_id=decision.pk, decision_key=uuid.uuid4(), by=officer, now=NOW + timedelta(seconds=3))
    assert models.Protection.objects.get().handed_to == "Helpdesk BP3MI"


@database
def test_who_decided_is_told_that_somebody_else_took_it_back_and_not_that_oneself_did():
    officer, colleague = factories.person(), factories.person()
    own, taken = marked(officer), marked(officer)
    reverse(own, officer)
    assert models.Notice.objects.count() == 0
    reverse(taken, colleague, note="bukan korban")
    notice = models.Notice.objects.get()
    assert (notice.kind, notice.person, notice.flag_id, notice.by, notice.note) == (
        "reversed", officer, taken.flag_id, colleague, "bukan korban",
    )  # fmt: skip
