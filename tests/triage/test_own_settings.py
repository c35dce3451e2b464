"""A person's own desk: keys, filters at hand, the tour."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest

from patrol import models
from patrol.admin.shared import words
from patrol.infra.refusals import RefusedError
from patrol.triage import own_settings
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_every_key_is_one_sign_has_one_act_and_a_name() -> None:
    assert len(set(own_settings.KEYS.values())) == len(own_settings.KEYS)
    assert set(words.ACTS) == set(own_settings.KEYS)


def test_keys_lie_as_delivered_until_somebody_lays_them() -> None:
    person = factories.person()
    assert own_settings.keys(own_settings.own_settings(person)) == dict(own_settings.KEYS)
    own = own_settings.set_keys(wished={"confirm": "J"}, on=False, by=person)
    assert (own_settings.keys(own)["confirm"], own.keys_on, own.keys) == ("j", False, {"confirm": "j"})
    assert own_settings.keys(own_settings.own_settings(factories.person())) == dict(own_settings.KEYS)  # one's own only


def test_two_acts_may_change_their_keys() -> None:
    own = own_settings.set_keys(wished={"confirm": "a", "dismiss": "k"}, on=True, by=factories.person())
    assert (own_settings.keys(own)["confirm"], own_settings.keys(own)["dismiss"]) == ("a", "k")


@pytest.mark.parametrize(
    ("wished", "code"),
    [
        ({"confirm": "a"}, "keys.taken"),
        ({"confirm": "kk"}, "keys.letter"),
        ({"confirm": ""}, "keys.letter"),
        ({"confirm": "7"}, "keys.letter"),
        ({"confirm": "\t"}, "keys.letter"),
    ],
)
def test_a_key_that_cannot_be_is_refused(wished: dict[str, str], code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        own_settings.set_keys(wished=wished, on=True, by=factories.person())
    assert (refused.value.code, refused.value.place) == (code, "confirm")
    assert models.OwnSettings.objects.count() == 0


def test_acts_are_counted_by_outcome_as_their_lists_show_them() -> None:
    """A row of copies is one act; what was taken back does not stand, and the taking back is counted for itself."""
    person, other = factories.person(), factories.person()
    since = NOW - timedelta(days=7)
    batch, flags = uuid.uuid4(), iter(factories.flags(7))

    def decided(outcome: str, at: datetime = NOW, **more: Any) -> models.Decision:
        by, flag = more.pop("by", person), next(flags)
        moved = {"state_before": flag.state, "state_after": "dismissed", "level_then": flag.level, "check_then_id": flag.current_check_id}
        return models.Decision.objects.create(
            flag=flag, decision_key=uuid.uuid4(), outcome=outcome, reason="other", by=by, at=at, effective_at=at, **moved, **more
        )

    decided("dismissed", batch=batch)
    decided("dismissed", batch=batch)
    decided("dismissed", since)
    decided("dismissed", since - timedelta(seconds=1))
    decided("confirmed", by=other)
    decided("reversed", reverses=decided("confirmed"))
    assert own_settings.counted(person, since=since) == {"dismissed": 2, "reversed": 1}
    assert own_settings.counted(other, since=since) == {"confirmed": 1}
    for outcome, many in own_settings.counted(person, since=since).items():
        assert own_settings.acts(person, since=since, outcome=outcome).count() == many


def seen_at(person: models.Person) -> datetime | None:
    kept = own_settings.own_settings(person)
    assert kept is not None
    return kept.tour_seen_at


def test_the_tour_is_shown_once_and_again_when_asked_for() -> None:
    person = factories.person()
    own_settings.tour_seen(by=person, now=NOW)
    assert seen_at(person) == NOW
    own_settings.set_keys(wished={}, on=True, by=person)
    assert seen_at(person) == NOW
    own_settings.tour_again(by=person)
    assert seen_at(person) is None


def test_a_filter_is_kept_by_its_name_and_dropped_by_its_owner() -> None:
    person, other = factories.person(), factories.person()
    first = own_settings.save_filter(name="  Tinggi   sekali ", query={"level": "high"}, by=person, now=NOW)
    again = own_settings.save_filter(name="Tinggi sekali", query={"level": "medium"}, by=person, now=NOW)
    assert (first.pk, first.name, again.query) == (again.pk, "Tinggi sekali", {"level": "medium"})
    own_settings.drop_filter(filter_id=first.pk, by=other)
    assert models.SavedFilter.objects.count() == 1
    own_settings.drop_filter(filter_id=first.pk, by=person)
    assert models.SavedFilter.objects.count() == 0


def test_a_filter_needs_a_name_and_something_to_filter_and_there_are_twelve() -> None:
    person = factories.person()
    for name, query in ((" ", {"level": "high"}), ("Semua", {})):
        with pytest.raises(RefusedError, match=r"^filter\.name name$"):
            own_settings.save_filter(name=name, query=query, by=person, now=NOW)
    for n in range(own_settings.MOST_FILTERS):
        own_settings.save_filter(name=f"Saringan {n}", query={"level": "high"}, by=person, now=NOW)
    with pytest.raises(RefusedError, match=r"^filter\.too_many$"):
        own_settings.save_filter(name="Satu lagi", query={"level": "high"}, by=person, now=NOW)
    own_settings.save_filter(name="Saringan 3", query={"level": "medium"}, by=person, now=NOW)  # overwriting is no new one
