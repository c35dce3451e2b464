"""A person's own desk: keys, filters at hand, the tour."""

from __future__ import annotations

import pytest

from patrol import desk, models
from patrol.admin import words
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_every_key_is_one_sign_has_one_act_and_a_name():
    assert len(set(desk.KEYS.values())) == len(desk.KEYS)
    assert set(words.ACTS) == set(desk.KEYS)


def test_keys_lie_as_delivered_until_somebody_lays_them():
    person = factories.person()
    assert desk.keys(desk.own_settings(person)) == dict(desk.KEYS)
    own = desk.set_keys(wished={"confirm": "J"}, on=False, by=person)
    assert (desk.keys(own)["confirm"], own.keys_on, own.keys) == ("j", False, {"confirm": "j"})
    assert desk.keys(desk.own_settings(factories.person())) == dict(desk.KEYS)  # one's own only


def test_two_acts_may_change_their_keys():
    own = desk.set_keys(wished={"confirm": "a", "dismiss": "k"}, on=True, by=factories.person())
    assert (desk.keys(own)["confirm"], desk.keys(own)["dismiss"]) == ("a", "k")


@pytest.mark.parametrize(
    ("wished", "code"),
    [({"confirm": "a"}, "taken"), ({"confirm": "kk"}, "letter"), ({"confirm": ""}, "letter"), ({"confirm": "7"}, "letter"),
     ({"confirm": "\t"}, "letter")],
)  # fmt: skip
def test_a_key_that_cannot_be_is_refused(wished, code):
    with pytest.raises(desk.RefusedError) as refused:
        desk.set_keys(wished=wished, on=True, by=factories.person())
    assert refused.value.code == code
    assert models.OwnSettings.objects.count() == 0


def test_the_tour_is_shown_once_and_again_when_asked_for():
    person = factories.person()
    desk.tour_seen(by=person, now=NOW)
    assert desk.own_settings(person).tour_seen_at == NOW
    desk.set_keys(wished={}, on=True, by=person)
    assert desk.own_settings(person).tour_seen_at == NOW
    desk.tour_again(by=person)
    assert desk.own_settings(person).tour_seen_at is None


def test_a_filter_is_kept_by_its_name_and_dropped_by_its_owner():
    person, other = factories.person(), factories.person()
    first = desk.save_filter(name="  Tinggi   sekali ", query={"level": "high"}, by=person, now=NOW)
    again = desk.save_filter(name="Tinggi sekali", query={"level": "medium"}, by=person, now=NOW)
    assert (first.pk, first.name, again.query) == (again.pk, "Tinggi sekali", {"level": "medium"})
    desk.drop_filter(filter_id=first.pk, by=other)
    assert models.SavedFilter.objects.count() == 1
    desk.drop_filter(filter_id=first.pk, by=person)
    assert models.SavedFilter.objects.count() == 0


def test_a_filter_needs_a_name_and_something_to_filter_and_there_are_twelve():
    person = factories.person()
    for name, query in ((" ", {"level": "high"}), ("Semua", {})):
        with pytest.raises(desk.RefusedError, match="name"):
            desk.save_filter(name=name, query=query, by=person, now=NOW)
    for n in range(desk.MOST_FILTERS):
        desk.save_filter(name=f"Saringan {n}", query={"level": "high"}, by=person, now=NOW)
    with pytest.raises(desk.RefusedError, match="many"):
        desk.save_filter(name="Satu lagi", query={"level": "high"}, by=person, now=NOW)
    desk.save_filter(name="Saringan 3", query={"level": "medium"}, by=person, now=NOW)  # overwriting is no new one
