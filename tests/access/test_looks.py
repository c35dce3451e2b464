"""Looks at contacts in full, as a person's day counts them. Who may look is asked with the pages and the leases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from patrol import models
from patrol.access import looks
from tests import factories
from tests.factories import NOW


@pytest.mark.django_db
def test_a_day_is_counted_by_the_index_of_looks_alone() -> None:
    """The log of a year holds millions of rows of other verbs. A verb that counts and stands in no index would read them all."""
    with CaptureQueriesContext(connection) as asked:
        assert looks.today(factories.person(), factories.NOW) == 0
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {asked.captured_queries[-1]['sql']}")
        plan = str(cursor.fetchone()[0])
    assert "'Index Name': 'audit_looks'" in plan


@pytest.mark.django_db
def test_a_person_s_own_days_count_each_time_contacts_were_shown_also_under_a_lease() -> None:
    person, day = factories.person(), timedelta(days=1)
    for purpose, at in ((looks.WORK, NOW), ("case", NOW), (looks.WORK, NOW - day), ("case", NOW - 9 * day)):
        looks.log("contact.shown", target=("thing", 1), by=person, now=at, after={"purpose": purpose})
    looks.log("contact.shown", target=("thing", 1), by=factories.person(), now=NOW, after={"purpose": looks.WORK})
    today = timezone.localtime(NOW).date()
    assert looks.each_day(person, NOW - 2 * day) == {today: 2, today - day: 1}


@pytest.mark.django_db
@pytest.mark.parametrize("verb", looks.VERBS)
@pytest.mark.parametrize("purpose", [None, "case", looks.WORK])
def test_the_work_of_a_lease_is_no_look_and_a_purpose_somebody_chose_is_none_of_a_lease(verb: str, purpose: str | None) -> None:
    """An indicator is opened for a purpose of the same letters."""
    person, supervisor = factories.person(), factories.person("supervisor")
    work = purpose == looks.WORK and verb in {"contact.shown", "capture.viewed", "capture.downloaded"}
    for _look in range(looks.MANY):
        looks.log(verb, target=("thing", 1), by=person, now=factories.NOW, after={"purpose": purpose} if purpose else {})
    assert looks.today(person, factories.NOW) == (0 if work else looks.MANY)
    told = models.Notice.objects.filter(kind=looks.NOTICE).values_list("person", flat=True)
    assert list(told) == ([] if work else [supervisor.pk])
