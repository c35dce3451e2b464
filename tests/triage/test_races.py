"""Two people decide in the same moment, and any order of acts: one effect, the loser is told, the rows tell the state."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patrol import models, triage
from patrol.access import audit
from patrol.domain import states
from tests import factories, races
from tests.factories import NOW

LATER = NOW + timedelta(seconds=5)


def flag() -> models.Flag:
    factories.offices()
    return factories.flags(1, of=factories.watch())[0]


def held(one: models.Flag) -> str:
    return f"SELECT 1 FROM patrol_flag WHERE id = {one.pk} FOR UPDATE"


def deciding(
    one: models.Flag,
    by: models.Person,
    outcome: str = "confirmed",
    reason: str = "fraud",
    *,
    key: uuid.UUID | None = None,
    now: datetime = NOW,
) -> Callable[[], triage.Decided]:
    def act() -> triage.Decided:
        return triage.decide(
            flag_id=one.pk,
            outcome=outcome,
            reason=reason,
            note="",
            decision_key=key or uuid.uuid4(),
            seen_version=one.version,
            by=by,
            now=now,
        )

    return act


@pytest.mark.usefixtures("committed")
def test_two_decide_at_once_and_the_loser_is_told_who_won() -> None:
    one, first, second = flag(), factories.person(), factories.person()
    won, lost = races.race(held(one), deciding(one, first), deciding(one, second, "dismissed", "lawful", now=LATER))
    assert won.flag.state == "confirmed"
    assert isinstance(lost, triage.StaleError)
    assert (lost.who, lost.at, lost.state) == (first, NOW, "confirmed")
    assert list(models.Decision.objects.values_list("by", "outcome")) == [(first.pk, "confirmed")]
    assert audit.verify() is None


@pytest.mark.usefixtures("committed")
def test_a_double_click_is_one_decision_and_both_clicks_hear_of_it() -> None:
    one, person, key = flag(), factories.person(), uuid.uuid4()
    first, second = races.race(held(one), deciding(one, person, key=key), deciding(one, person, key=key))
    assert first.decisions == second.decisions
    assert models.Decision.objects.count() == 1
    assert list(models.AuditEntry.objects.values_list("verb", flat=True)) == ["flag.confirmed"]


@pytest.mark.usefixtures("committed")
def test_a_double_click_on_undo_is_one_undoing() -> None:
    one, person, key = flag(), factories.person(), uuid.uuid4()
    decision = deciding(one, person)().decisions[0]

    def undo() -> triage.Decided:
        return triage.undo(decision_id=decision.pk, decision_key=key, by=person, now=LATER)

    first, second = races.race(held(one), undo, undo)
    assert first.decisions == second.decisions
    one.refresh_from_db()
    assert (one.state, models.Decision.objects.count()) == ("waiting", 2)


@pytest.mark.usefixtures("committed")
def test_two_take_a_decision_back_at_once_and_one_of_them_does() -> None:
    one, first, second = flag(), factories.person(), factories.person()
    decision = deciding(one, first)().decisions[0]

    def reversing(by: models.Person) -> Callable[[], triage.Decided]:
        return lambda: triage.reverse(decision_id=decision.pk, reason_note="salah", decision_key=uuid.uuid4(), by=by, now=LATER)

    won, lost = races.race(held(one), reversing(second), reversing(first))
    assert won.flag.state == "waiting"
    assert isinstance(lost, triage.StaleError)
    assert (lost.who, lost.state) == (second, "waiting")


@pytest.mark.usefixtures("committed")
def test_two_open_a_flag_at_once_and_one_lease_runs() -> None:
    one, first, second = flag(), factories.person(), factories.person()
    won, lost = races.race(held(one), lambda: triage.take(one.pk, by=first, now=NOW), lambda: triage.take(one.pk, by=second, now=NOW))
    assert won.lease_person == first
    assert isinstance(lost, triage.HeldByOtherError)
    assert (lost.person, lost.since) == (first, won.lease_since)
    assert list(models.AuditEntry.objects.values_list("actor_id", flat=True)) == [first.pk]


@pytest.mark.usefixtures("committed")
def test_who_decides_while_it_is_handed_over_is_told_so() -> None:
    one, giver, slower = flag(), factories.person(), factories.person()
    ntb = factories.office("bp3mi-ntb").pk
    moved, lost = races.race(
        held(one),
        lambda: triage.hand_over(flag_id=one.pk, office_id=ntb, note="di sana", seen_version=one.version, by=giver, now=NOW),
        deciding(one, slower, now=LATER),
    )
    assert moved.office_id == ntb
    assert isinstance(lost, triage.StaleError)
    assert (lost.who, lost.at, lost.state) == (giver, NOW, "waiting")
    assert models.Decision.objects.count() == 0


@pytest.mark.usefixtures("committed")
def test_an_undo_that_comes_after_another_decision_finds_it_there() -> None:
    one, first, second = flag(), factories.person(), factories.person()
    decision = deciding(one, first, "needs_information", "agency")().decisions[0]
    one.refresh_from_db()
    won, lost = races.race(
        held(one),
        deciding(one, second, now=LATER),
        lambda: triage.undo(decision_id=decision.pk, decision_key=uuid.uuid4(), by=first, now=LATER),
    )
    assert won.flag.state == "confirmed"
    assert isinstance(lost, triage.StaleError)
    assert (lost.who, lost.state) == (second, "confirmed")


ACTS = st.lists(
    st.tuples(st.sampled_from(["confirmed", "dismissed", "needs_information", "undo", "reverse"]), st.integers(0, 1), st.integers(0, 30)),
    min_size=1,
    max_size=12,
)


def replayed(one: models.Flag) -> str:
    """The state that the flag's decisions tell, in the order they were made."""
    state = "waiting"
    for decision in one.decisions.order_by("id"):
        assert decision.state_before == state
        state = decision.state_after
    return state


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_two_people_do_the_decisions_tell_the_state(acts: list[tuple[str, int, int]]) -> None:
    one = flag()
    people = factories.person(), factories.person()
    moment = NOW
    for what, who, seconds in acts:
        moment += timedelta(seconds=seconds)
        one.refresh_from_db()
        last = one.decisions.order_by("-id").first()
        try:
            if what == "undo" and last:
                triage.undo(decision_id=last.pk, decision_key=uuid.uuid4(), by=people[who], now=moment)
            elif what == "reverse" and last:
                triage.reverse(decision_id=last.pk, reason_note="salah", decision_key=uuid.uuid4(), by=people[who], now=moment)
            elif what in triage.REASONS:
                deciding(one, people[who], what, next(iter(triage.REASONS[what])), now=moment)()
        except (triage.StaleError, states.MoveRefusedError):
            pass
    one.refresh_from_db()
    assert replayed(one) == one.state
    assert one.version == 1 + one.decisions.count()
    assert (one.decided_at is None) == (one.state in states.UNDECIDED)
    undone = models.Decision.objects.filter(flag=one, reverses__isnull=False)
    assert len({row.reverses_id for row in undone}) == len(undone)
    assert audit.verify() is None
