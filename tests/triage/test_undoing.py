"""Undone within seconds, taken back later."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from patrol import models, triage
from patrol.triage import deciding
from tests import factories
from tests.factories import NOW
from tests.triage.acts import LATER, copies, decide, flags, reverse, undo, verbs

database = pytest.mark.django_db


@database
def test_undo_leads_back_to_where_the_decision_found_it() -> None:
    (flag,) = flags(1)
    person = factories.person()
    models.Flag.objects.filter(pk=flag.pk).update(state="needs_information")
    done = decide(flag, person)
    back = undo(done.decisions[0], person)
    flag.refresh_from_db()
    assert (flag.state, flag.decided_at, flag.version) == ("needs_information", None, 3)
    (row,) = back.decisions
    assert (row.outcome, row.reason, row.reverses, row.by, row.at, row.effective_at) == (
        "reversed",
        "undone",
        done.decisions[0],
        person,
        LATER,
        LATER,
    )
    assert verbs() == ["flag.confirmed", "flag.reversed"]


@database
def test_undo_ends_when_the_decision_takes_effect(settings: Any) -> None:
    one, two = flags(2)
    person = factories.person()
    in_time, late = decide(one, person).decisions[0], decide(two, person).decisions[0]
    end = NOW + timedelta(seconds=settings.UNDO_SECONDS)
    undo(in_time, person, now=end - timedelta(microseconds=1))
    with pytest.raises(triage.StaleError):
        undo(late, person, now=end)
    assert list(models.Flag.objects.order_by("id").values_list("state", flat=True)) == ["waiting", "confirmed"]


@database
def test_nobody_undoes_a_colleague_s_decision() -> None:
    (flag,) = flags(1)
    person = factories.person()
    decision = decide(flag, person).decisions[0]
    for other in (factories.person(), factories.person("supervisor"), factories.person("analyst")):
        with pytest.raises(triage.StaleError) as refused:
            undo(decision, other)
        assert refused.value.who == person
    assert models.Decision.objects.count() == 1


@database
def test_undo_covers_the_copies_and_a_second_click_tells_the_same() -> None:
    found = copies(3)
    person, key = factories.person(), uuid.uuid4()
    done = decide(found[1], person)
    back = undo(done.decisions[1], person, key=key)
    assert back.copies == 3
    assert [row.reverses_id for row in back.decisions] == [row.pk for row in done.decisions]
    assert set(models.Flag.objects.values_list("state", flat=True)) == {"waiting"}
    again = undo(done.decisions[1], person, key=key)
    assert (again.decisions, again.copies) == (back.decisions, 3)
    assert (models.Decision.objects.count(), verbs()) == (6, ["flag.confirmed", "flag.reversed"])


@database
def test_undone_once_is_undone_and_can_be_decided_again() -> None:
    (flag,) = flags(1)
    person = factories.person()
    decision = decide(flag, person).decisions[0]
    back = undo(decision, person)
    with pytest.raises(triage.StaleError):
        undo(decision, person)
    done = decide(back.flag, person, "dismissed", "lawful", now=LATER)
    assert done.flag.state == "dismissed"


@database
def test_a_decision_is_taken_back_later_with_a_reason_by_anybody_of_the_office() -> None:
    (flag,) = flags(1)
    decision = decide(flag, factories.person()).decisions[0]
    supervisor = factories.person("supervisor")
    with pytest.raises(triage.ReasonMissingError):
        reverse(decision, supervisor, note=" ")
    for stranger in (factories.person("officer", "bp3mi-ntb"), factories.person("registrar")):
        with pytest.raises(PermissionDenied):
            reverse(decision, stranger)
    (row,) = reverse(decision, supervisor, note=" salah baca ").decisions
    assert (row.reason, row.note, row.by) == ("reversed", "salah baca", supervisor)
    flag.refresh_from_db()
    assert (flag.state, flag.decided_at) == ("waiting", None)
    assert models.AuditEntry.objects.latest("seq").before == {"decision": decision.pk}


@database
def test_only_whoever_decided_is_told_that_somebody_else_took_it_back() -> None:
    by_oneself, undone, untold, told = flags(4)
    person, supervisor = factories.person(), factories.person("supervisor")
    reverse(decide(by_oneself, person).decisions[0], person)
    undo(decide(undone, person).decisions[0], person)
    silently: dict[str, Any] = {"reason_note": "salah baca", "decision_key": uuid.uuid4(), "by": supervisor, "now": LATER, "tells": False}
    triage.reverse(decision_id=decide(untold, person).decisions[0].pk, **silently)
    assert models.Notice.objects.count() == 0
    reverse(decide(told, person).decisions[0], supervisor)
    assert models.Notice.objects.values_list("kind", "person", "flag", "by", "note").get() == (
        "reversed",
        person.pk,
        told.pk,
        supervisor.pk,
        "salah baca",
    )


@database
def test_a_copy_decided_anew_or_handed_over_keeps_what_happened_to_it() -> None:
    found = copies(3)
    person = factories.person()
    done = decide(found[0], person, "needs_information", "agency")
    models.Flag.objects.filter(pk=found[2].pk).update(office=factories.office("bp3mi-ntb"))
    found[1].refresh_from_db()
    models.Flag.objects.filter(pk=found[1].pk).update(row_key="alone")
    decide(found[1], person, "dismissed", "lawful", now=LATER)
    back = reverse(done.decisions[0], person)
    assert [row.flag_id for row in back.decisions] == [found[0].pk]
    assert list(models.Flag.objects.order_by("id").values_list("state", flat=True)) == ["waiting", "dismissed", "needs_information"]


@database
def test_taking_back_is_not_itself_taken_back() -> None:
    (flag,) = flags(1)
    person = factories.person()
    decision = decide(flag, person).decisions[0]
    (row,) = reverse(decision, person).decisions
    with pytest.raises(triage.StaleError) as refused:
        reverse(row, person)
    assert refused.value.state == "waiting"
    flag.refresh_from_db()
    assert flag.state == "waiting"


@database
def test_the_key_of_a_decision_does_not_pass_for_its_undoing() -> None:
    (flag,) = flags(1)
    person, key = factories.person(), uuid.uuid4()
    decision = decide(flag, person, key=key).decisions[0]
    assert deciding._again(key, flag.pk, reverses=decision.pk) is None
