"""A lease: taken, renewed, run out, given back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from patrol import models, triage
from tests import factories
from tests.factories import NOW
from tests.triage.acts import decide, flags, verbs

database = pytest.mark.django_db


def lease_over(flag: models.Flag) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_flag SET lease_until = clock_timestamp() - interval '1 second' WHERE id = %s", [flag.pk])


@database
def test_a_lease_is_taken_logged_once_and_renewed_without_another_line() -> None:
    (flag,) = flags(1)
    person = factories.person()
    taken = triage.take(flag.pk, by=person, now=NOW)
    assert taken.lease_person == person
    assert triage.holds(taken, person)
    again = triage.take(flag.pk, by=person, now=NOW)
    assert again.lease_since == taken.lease_since
    assert again.lease_until is not None
    assert taken.lease_until is not None
    assert again.lease_until > taken.lease_until
    entry = models.AuditEntry.objects.get()
    assert (entry.verb, entry.actor_id, entry.target_id, entry.after) == ("contact.shown", person.pk, str(flag.pk), {"purpose": "triage"})


@database
def test_what_was_decided_a_moment_ago_is_neither_held_nor_shown() -> None:
    (flag,) = flags(1)
    person = factories.person()
    decide(flag, person, "confirmed", "fraud")
    taken = triage.take(flag.pk, by=person, now=NOW)
    assert (taken.pk, taken.lease_person, triage.shown_to(taken, person)) == (flag.pk, None, False)
    assert not models.AuditEntry.objects.filter(verb="contact.shown").exists()


@database
def test_a_lease_lasts_as_long_as_the_settings_say_by_the_database_s_clock(settings: Any) -> None:
    settings.LEASE_SECONDS = 120
    (flag,) = flags(1)
    taken = triage.take(flag.pk, by=factories.person(), now=NOW - timedelta(days=400))
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s - clock_timestamp()", [taken.lease_until])
        left = cursor.fetchone()[0]
    assert timedelta(seconds=100) < left <= timedelta(seconds=120)


@database
def test_a_colleague_is_told_who_holds_it_and_nothing_is_logged() -> None:
    (flag,) = flags(1)
    holder, colleague = factories.person(), factories.person()
    taken = triage.take(flag.pk, by=holder, now=NOW)
    with pytest.raises(triage.HeldByOtherError) as refused:
        triage.take(flag.pk, by=colleague, now=NOW)
    assert (refused.value.person, refused.value.since) == (holder, taken.lease_since)
    assert models.AuditEntry.objects.count() == 1
    assert not triage.holds(taken, colleague)


@database
def test_a_lease_that_ran_out_is_nobody_s_and_the_next_one_is_a_new_act() -> None:
    (flag,) = flags(1)
    holder, colleague = factories.person(), factories.person()
    triage.take(flag.pk, by=holder, now=NOW)
    lease_over(flag)
    flag.refresh_from_db()
    assert not triage.holds(flag, holder)
    assert triage.take(flag.pk, by=colleague, now=NOW).lease_person == colleague
    lease_over(flag)
    triage.take(flag.pk, by=colleague, now=NOW)
    assert [entry.actor_id for entry in models.AuditEntry.objects.order_by("seq")] == [holder.pk, colleague.pk, colleague.pk]


@database
def test_only_the_holder_gives_a_lease_back() -> None:
    (flag,) = flags(1)
    holder, colleague = factories.person(), factories.person()
    triage.take(flag.pk, by=holder, now=NOW)
    triage.release(flag.pk, by=colleague, now=NOW)
    flag.refresh_from_db()
    assert flag.lease_person == holder
    triage.release(flag.pk, by=holder, now=NOW)
    flag.refresh_from_db()
    assert (flag.lease_person_id, flag.lease_since, flag.lease_until) == (None, None, None)


@database
@pytest.mark.parametrize("role", ["registrar", "administrator"])
def test_whoever_may_not_see_contacts_takes_no_lease(role: str) -> None:
    (flag,) = flags(1)
    with pytest.raises(PermissionDenied):
        triage.take(flag.pk, by=factories.person(role), now=NOW)
    flag.refresh_from_db()
    assert flag.lease_person is None
    assert verbs() == []
