"""Whose turn it is: due, in its hours, under its quota; and when it is due next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from patrol import credentials, models, pipeline, schedules, wellbeing
from patrol.pipeline import turns
from patrol.vocabulary import Problem, Sentence
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
ALWAYS = {"days": [0, 1, 2, 3, 4, 5, 6], "from": "00:00", "to": "00:00"}


def clock() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def not_today(watch):
    """The weekday after tomorrow of the database's clock: closed now, whatever the hour."""
    day = (clock().astimezone(schedules.LAW_ZONE) + timedelta(days=2)).weekday()
    models.Watch.objects.filter(pk=watch.pk).update(windows=[{"days": [day], "from": "08:00", "to": "16:00"}])
    watch.refresh_from_db()


def claim(watch, *, now=NOW, force=False):
    return turns.claim(watch.pk, now=now, force=force)


def test_a_watch_in_its_hours_is_claimed_once():
    watch = factories.watch(windows=[ALWAYS])
    turn = claim(watch)
    assert (turn.watch.pk, turn.attempts, turn.left) == (watch.pk, 1, None)
    assert claim(watch) is None


def test_outside_its_hours_it_is_due_when_they_open():
    watch = factories.watch()
    not_today(watch)
    assert claim(watch) is None
    watch.refresh_from_db()
    assert (watch.lease_token, watch.attempts, pipeline.due().watches) == (None, 0, ())
    hours = wellbeing.hours_of(watch)
    assert hours.shut(watch.due_at) is None
    assert hours.shut(watch.due_at - timedelta(seconds=1)) is schedules.Shut.WINDOW
    assert clock() < watch.due_at < clock() + timedelta(days=3)
    assert claim(watch, force=True).attempts == 1  # by hand


def test_a_used_up_quota_waits_for_the_next_law_day():
    watch = factories.watch(daily_quota=10)
    now = timezone.now()
    for at, seen in ((now, 6), (now, 4), (now - timedelta(days=1), 100)):
        run = factories.fetch(watch, posts_seen=seen)
        models.Fetch.objects.filter(pk=run.pk).update(started_at=at)
    assert claim(watch, now=now) is None
    watch.refresh_from_db()
    assert watch.due_at.astimezone(schedules.LAW_ZONE).strftime("%H:%M:%S") == "00:00:00"
    models.Watch.objects.filter(pk=watch.pk).update(daily_quota=11, due_at=clock())
    assert claim(watch, now=now).left == 1


def test_what_another_watch_saw_does_not_count():
    watch, other = factories.watch(daily_quota=1), factories.watch()
    factories.fetch(other, posts_seen=50)
    assert claim(watch).left == 1


def test_the_first_in_priority_rings_first_then_the_oldest():
    last, first, second = (factories.watch(priority=priority) for priority in (3, 1, 2))
    also = factories.watch(priority=2)
    assert pipeline.due().watches == (first.pk, second.pk, also.pk, last.pk)


def released(watch, error=None, retry_after=None):
    turn = claim(watch)
    before = clock()
    turns.release(turn, credentials.NONE, error, retry_after, now=NOW)
    watch.refresh_from_db()
    return watch, before


def test_a_good_run_is_due_again_after_its_interval():
    watch, before = released(factories.watch(every_seconds=1000))
    assert timedelta(seconds=899) < watch.due_at - before < timedelta(seconds=1105)
    assert (watch.attempts, watch.last_good_at, watch.lease_token) == (0, NOW, None)


def test_the_next_run_lies_in_its_hours():
    watch = factories.watch(every_seconds=60)
    turn = claim(watch)
    not_today(watch)
    turn.watch.windows = watch.windows
    turns.release(turn, credentials.NONE, None, None, now=NOW)
    watch.refresh_from_db()
    assert wellbeing.hours_of(watch).shut(watch.due_at) is None
    assert watch.due_at > clock() + timedelta(minutes=10)


def test_a_platform_that_asks_for_time_gets_it():
    watch, before = released(factories.watch(), Problem("rate_limited", Sentence("a", "b")), 7200.0)
    assert watch.due_at >= before + timedelta(seconds=7200)
    assert (watch.state, watch.attempts) == ("active", 1)


def test_a_permanent_problem_stops_it_and_a_later_end_does_not_overwrite_what_stopped_it():
    watch, _before = released(
        factories.watch(cursor={"a": 1}), Problem("not_found", Sentence("a", "b"), permanent=True)
    )
    assert (watch.state, watch.due_at, watch.cursor, watch.last_problem["code"]) == (
        "stopped",
        None,
        {"a": 1},
        "not_found",
    )
    other = factories.watch()
    turn = claim(other)
    said = {"code": "credentials_refused", "id": "a", "en": "b", "permanent": True, "where": ""}
    models.Watch.objects.filter(pk=other.pk).update(
        state="stopped", due_at=None, last_problem=said, last_problem_at=NOW
    )
    turns.release(turn, credentials.NONE, None, None, now=datetime(2026, 11, 24, tzinfo=UTC))
    other.refresh_from_db()
    assert (other.state, other.due_at, other.last_problem, other.lease_token) == ("stopped", None, said, None)


def test_a_run_our_own_pace_ended_is_no_try_and_no_problem():
    said = {"code": "timeout", "id": "a", "en": "b", "permanent": False, "where": ""}
    watch = factories.watch(attempts=2, last_problem=said, last_problem_at=NOW - timedelta(days=1))
    for _ in range(9):
        watch, before = released(watch, Problem("paced", Sentence("a", "b")), 25.0)
        assert timedelta(seconds=25) <= watch.due_at - before < timedelta(seconds=39)
        models.Watch.objects.filter(pk=watch.pk).update(due_at=clock())
    assert (watch.attempts, watch.last_problem, watch.last_problem_at) == (2, said, NOW - timedelta(days=1))


@pytest.mark.parametrize(("seconds", "waits"), [(30, False), (3, True)])
def test_a_run_across_midnight_uses_yesterdays_quota(seconds, waits):
    """It begins ten seconds before midnight in Jakarta and has used all the quota of that day."""
    watch, now = factories.watch(daily_quota=10, every_seconds=60), datetime(2026, 11, 23, 16, 59, 50, tzinfo=UTC)
    turn = claim(watch, now=now)
    factories.fetch(watch, posts_seen=10)
    models.Fetch.objects.update(started_at=now)
    turns.release(replace(turn, at=clock() - timedelta(seconds=seconds)), credentials.NONE, None, None, now=now)
    watch.refresh_from_db()
    assert (watch.due_at - clock() > timedelta(seconds=70)) is waits
