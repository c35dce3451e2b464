"""The queue by office, level and age: each figure is that of the list under the filter beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from patrol import models, triage
from patrol.admin.officer import queue as filters
from patrol.models import Role
from patrol.triage import backlog
from patrol.triage.queue import ENTERED
from reports import queries
from tests import factories
from tests.triage import acts

pytestmark = pytest.mark.django_db
NOW = factories.NOW
HOUR = timedelta(hours=1)


@pytest.fixture
def aged(settings: Any) -> None:
    """Two offices; ages on both sides of each limit; a row of two ages; what sleeps, is decided, or is parked."""
    settings.DECIDE_HOURS = {"high": 12, "medium": 48}
    factories.draw(*(False,) * 23)  # a flag drawn to be shown without its level stands under no filter by level
    for code in ("bp3mi-jabar", "bp3mi-ntb"):
        for age, level in ((1, 3), (4, 3), (5, 2), (12, 3), (13, 3), (48, 2), (49, 2), (72, 3), (80, 3)):
            _place(acts.flags(1, code, now=NOW - age * HOUR), age, level)
    row = acts.copies(2)
    _place(row[:1], 3, 2)
    _place(row[1:], 30, 2)
    asleep, dismissed, parked = acts.flags(3, now=NOW - 90 * HOUR)
    _place([asleep, dismissed, parked], 90, 3)
    models.Flag.objects.filter(pk=asleep.pk).update(snoozed_until=NOW.replace(year=2126))
    models.Flag.objects.filter(pk=dismissed.pk).update(state="dismissed", decided_at=NOW)
    models.Flag.objects.filter(pk=parked.pk).update(state="parked")


def _place(flags: list[models.Flag], age: int, rank: int) -> None:
    level = {3: "high", 2: "medium"}[rank]
    models.Flag.objects.filter(pk__in=[flag.pk for flag in flags]).update(raised_at=NOW - age * HOUR, level=level, level_rank=rank)


def listed(person: models.Person, **asked: Any) -> int:
    """Rows of the queue's list under these words of an address."""
    wanted = filters.Filters.of({key: str(value) for key, value in asked.items()}, person).wanted(person, NOW)
    rows = triage.queue(person, wanted=wanted, limit=100).rows
    assert len(rows) == triage.count_each(person, [wanted])[0] == triage.counts(person, wanted).all
    return len(rows)


BANDS = ({"younger": 4}, {"older": 4, "younger": 24}, {"older": 24, "younger": 72}, {"older": 72})


@pytest.mark.parametrize(("role", "code"), [(Role.OFFICER, "bp3mi-jabar"), (Role.ANALYST, "directorate")])
def test_each_figure_is_that_of_its_list(role: str, code: str, aged: None) -> None:
    person = factories.person(role, code)
    found = backlog.backlog(person, NOW)
    offices = [factories.office(one).pk for one in ("bp3mi-jabar", "bp3mi-ntb")] if person.at_directorate else []
    assert [found.of(age=age).count for age in range(4)] == [listed(person, **band) for band in BANDS]
    assert sum(found.of(age=age).count for age in range(4)) == found.of().count == listed(person) == (19 if offices else 10)
    for level in ("high", "medium"):
        assert found.of(level=level).count == listed(person, level=level)
        assert found.of(late=level).count == listed(person, late=1, level=level) > 0
        assert found.of(put_off=level).count == listed(person, late=1, level=level, state="snoozed") == int(level == "high")
        for office in offices:
            assert found.of(office_id=office, level=level).count == listed(person, office=office, level=level)
    assert found.of(late="*").count == listed(person, late=1)
    assert [found.of(office_id=office).count for office in offices] == [listed(person, office=office) for office in offices]


def test_a_limit_is_over_after_its_last_hour_and_a_row_is_as_old_as_its_oldest(aged: None) -> None:
    """By hand: the two sides of the test above could be wrong together. What is shown without its level stands among the highest."""
    person = factories.person()
    visible = models.Flag.objects.filter(office=person.office, state="waiting", snoozed_until=None)
    urgent = {flag.raised_at for flag in visible if flag.urgency == 0}
    found = backlog.backlog(person, NOW)
    assert found.of().oldest == NOW - 80 * HOUR
    assert [found.of(age=age).count for age in range(4)] == [2, 3, 4, 1]
    late = {NOW - age * HOUR for age in (13, 72, 80, 90)} | {moment for moment in urgent if moment < NOW - 12 * HOUR}
    assert found.of(late="high").count == len(late)
    assert found.of(late="medium").count == int(NOW - 49 * HOUR not in urgent)


def test_what_came_back_waits_since_then_and_what_waits_for_information_is_not_late(db: None, settings: Any) -> None:
    """As the summary's "over its limit": it asks the same of the same flags."""
    settings.DECIDE_HOURS = {"high": 12, "medium": 48}
    raised = NOW - 90 * HOUR
    back, asked, still, undone = acts.flags(4, now=raised)
    _place([back, asked, still, undone], 90, 3)
    models.FlagEvent.objects.create(
        flag=back, kind="rechecked", at=NOW - HOUR, before={"state": "dismissed"}, after={"state": "waiting", "level": "high"}
    )
    person = factories.person()
    acts.decide(asked, person, "needs_information", "agency", now=NOW - HOUR)
    acts.reverse(acts.decide(undone, person, now=NOW - 2 * HOUR).decisions[0], person, now=NOW - HOUR)
    found = backlog.backlog(person, NOW)
    assert found.of(late="high") == backlog.Rows(2, raised)
    assert found.of().count == 4
    assert listed(person, late=1) == queries.waiting_now(person.office_id, NOW, settings.DECIDE_HOURS)[2] == 2


def test_what_was_put_off_is_late_all_the_same_and_told_beside(db: None, settings: Any, django_assert_num_queries: Any) -> None:
    """As the summary's "over its limit". Nothing of it is among what waits, and nobody is led to it."""
    settings.DECIDE_HOURS = {"high": 12, "medium": 48}
    factories.draw(*(False,) * 6)
    found = []
    for age, rank in ((13, 3), (12, 3), (49, 2), (50, 3), (14, 3), (60, 2)):
        found += acts.flags(1, now=NOW - age * HOUR)
        _place(found[-1:], age, rank)
    over, under, medium, awake, *row = found
    models.Flag.objects.filter(pk__in=[flag.pk for flag in row]).update(row_key="alike")
    person = factories.person()
    put_off = [flag.pk for flag in (over, under, medium, row[1])]
    models.Flag.objects.filter(pk__in=put_off).update(snoozed_until=NOW.replace(year=2126))  # the database's clock tells whether
    with django_assert_num_queries(1):
        all_of = backlog.backlog(person, NOW)
    assert [all_of.of(late=level).count for level in ("high", "medium", "*")] == [3, 1, 4]
    assert [all_of.of(put_off=level) for level in ("high", "medium")] == [
        backlog.Rows(1, NOW - 13 * HOUR),
        backlog.Rows(2, NOW - 60 * HOUR),
    ]
    assert [all_of.of().count, *(all_of.of(age=age).count for age in range(4))] == [2, 0, 1, 1, 0]
    for level in ("high", "medium"):
        assert all_of.of(late=level).count == listed(person, late=1, level=level)
        assert all_of.of(put_off=level).count == listed(person, late=1, level=level, state="snoozed")
        assert all_of.of(level=level).count == listed(person, level=level)
    assert listed(person, late=1) == 4
    assert queries.waiting_now(person.office_id, NOW, settings.DECIDE_HOURS)[2] == 5  # flags: two are one row
    wanted = triage.Wanted(late=NOW)
    taken = [triage.take_next(wanted=wanted, by=factories.person(), now=NOW) for _ in range(3)]
    assert taken == [awake, row[0], None]


def test_a_role_that_decides_nothing_has_none(aged: None) -> None:
    assert backlog.backlog(factories.person(Role.REGISTRAR), NOW).cells == ()


def test_that_of_a_long_queue_is_kept_and_says_of_when_it_is(aged: None, monkeypatch: Any, django_assert_num_queries: Any) -> None:
    monkeypatch.setattr("patrol.triage.backlog.LONG", 10)
    person = factories.person()
    first = backlog.backlog(person, NOW)
    models.Flag.objects.filter(state="waiting").update(state="parked")
    with django_assert_num_queries(0):
        assert backlog.backlog(person, NOW + HOUR) == first
    assert first.at == NOW
    cache.clear()


def test_when_a_flag_came_in_is_asked_in_the_words_of_its_index() -> None:
    """In others the index would lie beside unused, and each flag that waits would cost a look at its events."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")  # what other tests left makes either look cheap
        cursor.execute(f"EXPLAIN SELECT {ENTERED.format(flag='f.id', until='q.at <= now()')} FROM patrol_flag f")
        assert "using flag_event_entered on" in "\n".join(line for (line,) in cursor.fetchall())
