"""What staff is spared and what they saw: own choice before the office's, severe by a person before the rule, breaks proposed once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from patrol import models, triage
from patrol.infra.refusals import RefusedError
from patrol.models import Role, Veil
from patrol.pipeline import assessing
from patrol.triage import care, own_settings
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
PLEA = "Tolong saya, saya PMI di Malaysia, gaji tidak dibayar 5 bulan dan paspor ditahan majikan. Mohon bantuannya, saya ingin pulang."


def chosen(by: models.Person, **given: Any) -> models.OwnCare:
    fields = {"veil": "", "break_minutes": None, "break_severe": None, "spared": False, "language": ""}
    return care.choose(**(fields | given), by=by)


def break_due(person: models.Person, now: datetime) -> str:
    """As the desk asks for it, on the day of `now`."""
    _own, _decided, day = own_settings.at_hand(person, since=timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0))
    return care.break_due(person, day)


def test_nobody_chose_anything() -> None:
    assert care.of(factories.person()) == care.DEFAULTS
    assert care.DEFAULTS.veil == Veil.BLUR


def test_the_own_choice_stands_before_the_office_s_field_by_field() -> None:
    person, supervisor = factories.person(), factories.person(Role.SUPERVISOR)
    care.set_office(office_id=person.office_id, veil="grey", break_minutes=45, break_severe=5, by=supervisor, now=NOW)
    assert care.of(person) == care.Care(Veil.GREY, 45, 5)
    chosen(person, veil="colour", break_severe=0, spared=True)
    assert care.of(person) == care.Care(Veil.COLOUR, 45, 0, spared=True)
    chosen(person)
    assert care.of(person) == care.Care(Veil.GREY, 45, 5)
    assert care.of(factories.person(code="bp3mi-ntb")) == care.DEFAULTS


@pytest.mark.parametrize(
    ("given", "field"), [({"veil": "none"}, "veil"), ({"break_minutes": 241}, "break_minutes"), ({"break_severe": -1}, "break_severe")]
)
def test_what_cannot_be_chosen_is_refused(given: dict[str, Any], field: str) -> None:
    with pytest.raises(RefusedError) as refused:
        chosen(factories.person(), **given)
    assert refused.value.place == field
    assert models.OwnCare.objects.count() == 0


def test_the_office_s_choice_is_its_supervisor_s_and_logged() -> None:
    other = factories.person(Role.SUPERVISOR, "bp3mi-ntb")
    office = factories.office()
    for by in (other, factories.person(), factories.person(Role.ADMINISTRATOR)):
        with pytest.raises(PermissionDenied):
            care.set_office(office_id=office.pk, veil="grey", break_minutes=1, break_severe=1, by=by, now=NOW)
    by = factories.person(Role.SUPERVISOR)
    care.set_office(office_id=office.pk, veil="grey", break_minutes=30, break_severe=5, by=by, now=NOW)
    row = models.AuditEntry.objects.get()
    assert (row.verb, row.before["veil"], row.after["veil"]) == ("care.changed", "blur", "grey")


def test_own_taste_leaves_no_audit_row() -> None:
    chosen(factories.person(), veil="colour")
    assert models.AuditEntry.objects.count() == 0


# --- severe ---------------------------------------------------------------------------------------


def read(*texts: str) -> list[models.Post]:
    posts = factories.stored([factories.raw_post(text) for text in texts])
    while assessing.read_due(now=NOW, limit=500).read:
        pass
    return posts


def test_a_plea_is_severe_by_rule_and_an_offer_is_not() -> None:
    plea, offer = read(PLEA, factories.ILLEGAL.format(phone="0840 5550 0009"))
    assert models.Reading.objects.get(version__post=plea).text_kind == "plea"
    assert care.severe([plea.pk, offer.pk], by=factories.person()) == {plea.pk}


def test_what_a_person_said_counts_more_than_the_rule_either_way() -> None:
    plea, offer = read(PLEA, factories.ILLEGAL.format(phone="0840 5550 0009"))
    officer = factories.person()
    care.mark_severe(post_id=plea.pk, is_severe=False, by=officer, now=NOW)
    care.mark_severe(post_id=offer.pk, is_severe=True, by=officer, now=NOW)
    assert care.severe([plea.pk, offer.pk], by=factories.person()) == {offer.pk}
    assert [row.after for row in models.AuditEntry.objects.order_by("seq")] == [{"severe": False}, {"severe": True}]
    care.mark_severe(post_id=offer.pk, is_severe=False, by=officer, now=NOW)
    assert care.severe([plea.pk, offer.pk], by=factories.person()) == set()


def test_the_post_of_a_victim_is_severe() -> None:
    flag = factories.flag()
    assert care.severe([flag.post_id], by=factories.person()) == set()
    models.Protection.objects.create(flag=flag, office=flag.office, by=factories.person(), at=NOW)
    assert care.severe([flag.post_id], by=factories.person()) == {flag.post_id}


def test_that_somebody_was_harmed_is_told_to_no_other_office() -> None:
    flag = factories.flag()
    models.Protection.objects.create(flag=flag, office=flag.office, by=factories.person(), at=NOW)
    seen = {
        (role, code): bool(care.severe([flag.post_id], by=factories.person(role, code)))
        for role, code in (("officer", "bp3mi-jabar"), ("officer", "bp3mi-ntb"), ("supervisor", "bp3mi-ntb"))
    }
    assert flag.office.code == "bp3mi-jabar"
    assert list(seen.values()) == [True, False, False]


def test_a_victim_s_post_is_severe_until_somebody_says_it_is_not() -> None:
    first, second, third = factories.flags(3)
    officer = factories.person()
    care.mark_severe(post_id=first.post_id, is_severe=True, by=officer, now=NOW)
    models.Protection.objects.create(flag=second, office=second.office, by=officer, at=NOW)
    models.Protection.objects.create(flag=third, office=third.office, by=officer, at=NOW)
    care.mark_severe(post_id=third.post_id, is_severe=False, by=officer, now=NOW)
    posts = models.Flag.objects.values_list("post_id", flat=True)
    assert care.severe(posts, by=factories.person()) == {first.post_id, second.post_id}


def test_who_may_not_see_posts_marks_none() -> None:
    flag = factories.flag()
    with pytest.raises(PermissionDenied):
        care.mark_severe(post_id=flag.post_id, is_severe=True, by=factories.person(Role.REGISTRAR), now=NOW)


# --- what was seen --------------------------------------------------------------------------------


def worked(person: models.Person, *minutes: int, is_severe: bool = False) -> models.Exposure:
    for minute in minutes:
        day = care.worked(is_severe=is_severe, by=person, now=NOW + timedelta(minutes=minute))
    return day


def test_work_is_counted_between_signs_and_not_over_a_break() -> None:
    person = factories.person()
    assert worked(person, 0).work_seconds == 0
    assert worked(person, 1, 2, 3).work_seconds == 180
    assert worked(person, 30).work_seconds == 180
    day = worked(person, 31, 32, is_severe=True)
    assert (day.work_seconds, day.severe_seconds) == (300, 120)
    assert day.working_since == NOW + timedelta(minutes=30)


def test_a_clock_that_goes_back_takes_nothing_away() -> None:
    person = factories.person()
    worked(person, 0, 1)
    day = worked(person, -10)
    assert (day.work_seconds, day.seen_at) == (60, NOW + timedelta(minutes=1))


def test_a_break_is_proposed_after_the_minutes_and_once() -> None:
    person = factories.person()
    chosen(person, break_minutes=10)
    worked(person, *range(10))
    assert break_due(person, NOW + timedelta(minutes=9)) == ""
    worked(person, 10)
    now = NOW + timedelta(minutes=10)
    assert break_due(person, now) == "minutes"
    care.reminded(by=person, now=now)
    assert break_due(person, now) == ""
    worked(person, *range(11, 21))
    assert break_due(person, NOW + timedelta(minutes=20)) == "minutes"


def test_a_break_that_was_taken_begins_the_count_anew() -> None:
    person = factories.person()
    chosen(person, break_minutes=10)
    worked(person, *range(9), 30, 31)
    assert break_due(person, NOW + timedelta(minutes=31)) == ""


def test_a_break_is_proposed_after_so_many_severe_posts() -> None:
    person = factories.person()
    chosen(person, break_minutes=0, break_severe=2)
    care.opened_severe(by=person, now=NOW)
    assert break_due(person, NOW) == ""
    care.opened_severe(by=person, now=NOW)
    assert break_due(person, NOW) == "severe"
    care.reminded(by=person, now=NOW)
    assert break_due(person, NOW) == ""
    care.opened_severe(by=person, now=NOW)
    care.opened_severe(by=person, now=NOW)
    assert break_due(person, NOW) == "severe"


def test_nothing_is_proposed_where_both_are_off() -> None:
    person = factories.person()
    chosen(person, break_minutes=0, break_severe=0)
    worked(person, *range(200))
    for _ in range(50):
        care.opened_severe(by=person, now=NOW)
    assert break_due(person, NOW + timedelta(minutes=200)) == ""


def test_a_supervisor_sees_sums_and_of_no_fewer_than_three() -> None:
    supervisor, people = factories.person(Role.SUPERVISOR), [factories.person() for _ in range(3)]
    for person in people[:2]:
        care.saw_picture(by=person, now=NOW)
    assert care.office_sums(office_id=supervisor.office_id, by=supervisor, now=NOW) is None
    care.saw_picture(by=people[2], now=NOW)
    care.opened_severe(by=people[2], now=NOW)
    worked(people[2], 0, 4, is_severe=True)
    assert care.office_sums(office_id=supervisor.office_id, by=supervisor, now=NOW) == care.Sums(3, 3, 1, 4)
    assert care.office_sums(office_id=supervisor.office_id, by=supervisor, now=NOW + timedelta(days=7)) is None
    with pytest.raises(PermissionDenied):
        care.office_sums(office_id=supervisor.office_id, by=people[0], now=NOW)
    with pytest.raises(PermissionDenied):
        care.office_sums(office_id=factories.office("bp3mi-ntb").pk, by=supervisor, now=NOW)


def test_who_is_spared_is_given_the_next_one_that_is_not_severe() -> None:
    first, second = factories.flags(2)
    officer, colleague = factories.person(), factories.person()
    care.mark_severe(post_id=first.post_id, is_severe=True, by=colleague, now=NOW)
    chosen(officer, spared=True)
    assert triage.take_next(by=officer, now=NOW) == second
    assert triage.take_next(by=colleague, now=NOW) == first


def test_where_all_that_waits_is_severe_who_is_spared_is_given_nothing_and_may_take_it() -> None:
    flag, officer = factories.flag(), factories.person()
    care.mark_severe(post_id=flag.post_id, is_severe=True, by=officer, now=NOW)
    chosen(officer, spared=True)
    assert triage.take_next(by=officer, now=NOW) is None
    assert triage.take(flag.pk, by=officer, now=NOW).pk == flag.pk
