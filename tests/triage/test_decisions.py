"""What is kept of a decision, who may make it, and when it is refused."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from patrol import models, triage
from patrol.domain import states
from patrol.domain.states import FlagState
from patrol.pipeline import assessing
from tests import factories
from tests.factories import NOW
from tests.triage.acts import LATER, copies, decide, flags, verbs

database = pytest.mark.django_db


OUTCOMES = [
    ("confirmed", "fraud", FlagState.CONFIRMED),
    ("dismissed", "lawful", FlagState.DISMISSED),
    ("needs_information", "agency", FlagState.NEEDS_INFORMATION),
]


@pytest.mark.parametrize(
    ("language", "pointing"),
    [("id", {"ini", "tersebut", "atas", "bawah", "antaranya", "hasil cek"}), ("en", {"this", "these", "above", "below", "check"})],
)
def test_a_reason_points_at_nothing_that_stands_beside_it(language: str, pointing: set[str]) -> None:
    """It is read again in histories, lists and the log, where neither the check nor the other reasons stand."""
    with override(language):
        said = [str(text).lower() for reasons in triage.REASONS.values() for text in reasons.values()]
    assert len(said) == 18
    assert [text for text in said if any(f" {word} " in f" {text} " for word in pointing)] == []


@database
@pytest.mark.parametrize(("outcome", "reason", "state"), OUTCOMES)
def test_a_decision_is_kept_with_what_was_known_then(outcome: str, reason: str, state: Any, settings: Any) -> None:
    (flag,) = flags(1)
    person = factories.person()
    triage.take(flag.pk, by=person, now=NOW)
    key = uuid.uuid4()
    done = decide(flag, person, outcome, reason, key=key, note="  lihat gambar ")
    decision = models.Decision.objects.get()
    assert done == triage.Decided(done.flag, (decision,), 1)
    assert {
        name: getattr(decision, name)
        for name in ("flag_id", "decision_key", "outcome", "reason", "note", "by_id", "at", "effective_at", "batch")
    } == {
        "flag_id": flag.pk,
        "decision_key": key,
        "outcome": outcome,
        "reason": reason,
        "note": "lihat gambar",
        "by_id": person.pk,
        "at": NOW,
        "effective_at": NOW + timedelta(seconds=settings.UNDO_SECONDS),
        "batch": None,
    }
    assert (decision.state_before, decision.state_after, decision.level_then) == ("waiting", state, "high")
    assert decision.check_then_id == flag.current_check_id
    before = flag.version
    flag.refresh_from_db()
    decided = state in {FlagState.CONFIRMED, FlagState.DISMISSED}
    assert (flag.state, flag.version, flag.lease_person) == (state, before + 1, None)
    assert flag.decided_at == (NOW if decided else None)
    entry = models.AuditEntry.objects.latest("seq")
    assert (entry.verb, entry.at, entry.actor_id, entry.target_id) == (f"flag.{outcome}", NOW, person.pk, str(flag.pk))
    assert (entry.before, entry.after) == ({"version": before}, {"state": state, "reason": reason, "flags": [flag.number]})


@database
@pytest.mark.parametrize(
    ("outcome", "reason", "note"),
    [("confirmed", "lawful", ""), ("confirmed", "", ""), ("dismissed", "other", "  "), ("needs_information", "other", "")],
)
def test_without_a_reason_of_that_outcome_nothing_is_decided(outcome: str, reason: str, note: str) -> None:
    (flag,) = flags(1)
    with pytest.raises(triage.ReasonMissingError):
        decide(flag, factories.person(), outcome, reason, note=note)
    assert models.Decision.objects.count() == 0


@database
def test_something_else_counts_once_it_is_said() -> None:
    (flag,) = flags(1)
    assert decide(flag, factories.person(), "dismissed", "other", note="iklan kos").flag.state == "dismissed"


@database
def test_an_outcome_that_only_undoing_may_write_is_none() -> None:
    (flag,) = flags(1)
    with pytest.raises(KeyError):
        decide(flag, factories.person(), "reversed", "undone")


@database
@pytest.mark.parametrize(
    ("role", "code", "allowed"),
    [
        ("officer", "bp3mi-jabar", True),
        ("supervisor", "bp3mi-jabar", True),
        ("officer", "bp3mi-ntb", False),
        ("supervisor", "bp3mi-ntb", False),
        ("officer", "directorate", True),
        ("supervisor", "directorate", True),
        ("analyst", "directorate", True),
        ("registrar", "directorate", False),
        ("administrator", "directorate", False),
    ],
)
def test_the_own_office_and_the_directorate_decide(role: str, code: str, allowed: bool) -> None:
    (flag,) = flags(1)
    person = factories.person(role, code)
    if allowed:
        assert decide(flag, person).flag.state == "confirmed"
    else:
        with pytest.raises(PermissionDenied):
            decide(flag, person)
        assert (models.Decision.objects.count(), verbs()) == (0, [])


@database
def test_a_flag_that_moved_since_it_was_looked_at_is_left_to_who_moved_it() -> None:
    (flag,) = flags(1)
    faster, slower = factories.person(), factories.person()
    decide(flag, faster, "dismissed", "lawful")
    with pytest.raises(triage.StaleError) as refused:
        decide(flag, slower, now=LATER)
    assert (refused.value.who, refused.value.at, refused.value.state) == (faster, NOW, "dismissed")
    assert models.Decision.objects.count() == 1


@database
def test_where_the_machine_moved_it_nobody_is_named() -> None:
    post = factories.illegal(61)
    factories.offices()
    watch = factories.watch()
    factories.stored([post], of=watch)
    assessing.read_due(now=NOW, limit=10)
    flag = models.Flag.objects.get()
    person = factories.person()
    edited = factories.raw_post(post.text + " Sekarang juga!", external_id=post.external_id, edited=True)
    factories.stored([edited], of=watch)
    assessing.read_due(now=LATER, limit=10)
    with pytest.raises(triage.StaleError) as refused:
        decide(flag, person, now=LATER)
    assert (refused.value.who, refused.value.at, refused.value.state) == (None, LATER, "waiting")


@database
def test_a_decided_flag_is_not_decided_the_other_way_in_one_step() -> None:
    (flag,) = flags(1)
    done = decide(flag, factories.person())
    with pytest.raises(states.MoveRefusedError):
        decide(done.flag, factories.person(), "dismissed", "lawful")


@database
def test_the_same_key_has_one_effect() -> None:
    (flag,) = flags(1)
    person, key = factories.person(), uuid.uuid4()
    first = decide(flag, person, key=key)
    second = decide(flag, person, key=key, now=LATER)
    assert (second.decisions, second.copies) == (first.decisions, 1)
    assert (models.Decision.objects.count(), verbs()) == (1, ["flag.confirmed"])


@database
def test_a_copy_that_is_asked_about_already_is_not_asked_about_again() -> None:
    first, second = copies(2)
    models.Flag.objects.filter(pk=second.pk).update(state="needs_information")
    done = decide(first, factories.person(), "needs_information", "agency")
    assert [decision.flag_id for decision in done.decisions] == [first.pk]
    assert list(models.Flag.objects.order_by("id").values_list("state", "version")) == [
        ("needs_information", first.version + 1),
        ("needs_information", second.version),
    ]


@database
def test_one_decision_covers_the_row_in_the_own_office_and_no_more() -> None:
    found = copies(5)
    decided_before, elsewhere = found[3], found[4]
    models.Flag.objects.filter(pk=decided_before.pk).update(state="dismissed", decided_at=NOW)
    models.Flag.objects.filter(pk=elsewhere.pk).update(office=factories.office("bp3mi-ntb"))
    key = uuid.uuid4()
    done = decide(found[1], factories.person(), key=key)
    assert (done.flag, done.copies) == (found[1], 3)
    assert [decision.flag_id for decision in done.decisions] == [flag.pk for flag in found[:3]]
    assert len({decision.batch for decision in done.decisions}) == 1
    assert done.decisions[0].batch is not None
    assert [d.flag_id for d in done.decisions if d.decision_key == key] == [found[1].pk]
    assert list(models.Flag.objects.order_by("id").values_list("state", flat=True)) == [
        "confirmed",
        "confirmed",
        "confirmed",
        "dismissed",
        "waiting",
    ]
    assert [entry.after["flags"] for entry in models.AuditEntry.objects.all()] == [[f.number for f in found[:3]]]
    again = decide(found[1], factories.person(), key=key)
    assert (again.decisions, again.copies) == (done.decisions, 3)
