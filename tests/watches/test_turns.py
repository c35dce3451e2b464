"""Whose turn it is: due, in its hours, under its quota; and when it is due next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection

from patrol import models, pipeline
from patrol.domain import Problem, Sentence
from patrol.watches import credentials, turns
from tests import factories
from tests.conftest import as_superuser
from tests.factories import NOW

pytestmark = pytest.mark.django_db
MIDNIGHT = datetime(2026, 11, 23, 17, tzinfo=UTC)  # in Jakarta, after NOW
ALWAYS = {"days": [0, 1, 2, 3, 4, 5, 6], "from": "00:00", "to": "00:00"}


@pytest.fixture(scope="module")
def clock_of_ours(django_db_setup: None) -> Iterator[None]:
    """A clock_timestamp() that says what the session was told. It stands for whoever looks into its schema before the server's."""
    database = str(settings.DATABASES["default"]["NAME"])
    as_superuser(
        "CREATE SCHEMA clock",
        "CREATE FUNCTION clock.clock_timestamp() RETURNS timestamptz LANGUAGE sql"
        " AS $$ SELECT current_setting('clock.now')::timestamptz $$",
        "GRANT USAGE ON SCHEMA clock TO PUBLIC",
        database=database,
    )
    yield
    as_superuser("DROP SCHEMA clock CASCADE", database=database)


@pytest.fixture(autouse=True)
def clock(clock_of_ours: None, db: None) -> Callable[[datetime], None]:
    """Sets the database's clock, which then stands: for this transaction, at NOW to begin with."""

    def stand(at: datetime) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL search_path = clock, pg_catalog, public")
            cursor.execute("SELECT set_config('clock.now', %s, true)", [at.isoformat()])

    stand(NOW)
    return stand


def only_wednesday(watch: models.Watch) -> None:
    """NOW is a Monday."""
    models.Watch.objects.filter(pk=watch.pk).update(windows=[{"days": [2], "from": "08:00", "to": "16:00"}])
    watch.refresh_from_db()


WEDNESDAY = datetime(2026, 11, 25, 1, tzinfo=UTC)  # 08.00 WIB


def claim(watch: models.Watch, *, now: datetime = NOW, force: bool = False) -> turns.Turn | None:
    return turns.claim(watch.pk, now=now, force=force)


def claimed(watch: models.Watch, *, now: datetime = NOW, force: bool = False) -> turns.Turn:
    turn = claim(watch, now=now, force=force)
    assert turn is not None
    return turn


def test_a_watch_in_its_hours_is_claimed_once() -> None:
    watch = factories.watch(windows=[ALWAYS])
    turn = claimed(watch)
    assert (turn.watch.pk, turn.attempts, turn.left) == (watch.pk, 1, None)
    assert claim(watch) is None


def test_outside_its_hours_it_is_due_when_they_open() -> None:
    watch = factories.watch()
    only_wednesday(watch)
    assert claim(watch) is None
    watch.refresh_from_db()
    assert (watch.lease_token, watch.attempts, pipeline.due().watches) == (None, 0, ())
    assert watch.due_at == WEDNESDAY
    assert claimed(watch, force=True).attempts == 1  # by hand


def test_a_used_up_quota_waits_for_the_next_law_day() -> None:
    watch = factories.watch(daily_quota=10)
    for at, seen in ((NOW, 6), (NOW, 4), (NOW - timedelta(days=1), 100)):
        run = factories.fetch(watch, posts_seen=seen)
        models.Fetch.objects.filter(pk=run.pk).update(started_at=at)
    assert claim(watch) is None
    watch.refresh_from_db()
    assert watch.due_at == MIDNIGHT
    models.Watch.objects.filter(pk=watch.pk).update(daily_quota=11, due_at=NOW)
    assert claimed(watch).left == 1


def test_what_another_watch_saw_does_not_count() -> None:
    watch, other = factories.watch(daily_quota=1), factories.watch()
    factories.fetch(other, posts_seen=50)
    assert claimed(watch).left == 1


def test_the_first_in_priority_rings_first_then_the_oldest() -> None:
    last, first, second = (factories.watch(priority=priority) for priority in (3, 1, 2))
    also = factories.watch(priority=2)
    assert pipeline.due().watches == (first.pk, second.pk, also.pk, last.pk)


def released(watch: models.Watch, error: Problem | None = None, retry_after: float | None = None) -> tuple[models.Watch, float | None]:
    """The watch after such a run, and for how long it pauses."""
    turns.release(claimed(watch), credentials.NONE, error, retry_after, now=NOW)
    watch.refresh_from_db()
    return watch, (watch.due_at - NOW).total_seconds() if watch.due_at else None


def test_a_good_run_is_due_again_after_its_interval() -> None:
    watch, pause = released(factories.watch(every_seconds=1000))
    assert pause is not None
    assert 900 <= pause <= 1100
    assert (watch.attempts, watch.last_good_at, watch.lease_token) == (0, NOW, None)


def test_the_next_run_lies_in_its_hours() -> None:
    watch = factories.watch(every_seconds=60)
    turn = claimed(watch)
    only_wednesday(watch)
    turn.watch.windows = watch.windows
    turns.release(turn, credentials.NONE, None, None, now=NOW)
    watch.refresh_from_db()
    assert watch.due_at == WEDNESDAY


def test_a_platform_that_asks_for_time_gets_it() -> None:
    watch, pause = released(factories.watch(), Problem("rate_limited", Sentence("a", "b")), 7200.0)
    assert pause == 7200
    assert (watch.state, watch.attempts) == ("active", 1)


def test_a_permanent_problem_stops_it_and_a_later_end_does_not_overwrite_what_stopped_it() -> None:
    watch, pause = released(factories.watch(cursor={"a": 1}), Problem("not_found", Sentence("a", "b"), permanent=True))
    assert watch.last_problem is not None
    assert (watch.state, pause, watch.cursor, watch.last_problem["code"]) == ("stopped", None, {"a": 1}, "not_found")
    other = factories.watch()
    turn = claimed(other)
    said = {"code": "credentials_refused", "id": "a", "en": "b", "permanent": True, "where": ""}
    models.Watch.objects.filter(pk=other.pk).update(state="stopped", due_at=None, last_problem=said, last_problem_at=NOW)
    turns.release(turn, credentials.NONE, None, None, now=datetime(2026, 11, 24, tzinfo=UTC))
    other.refresh_from_db()
    assert (other.state, other.due_at, other.last_problem, other.lease_token) == ("stopped", None, said, None)


def test_a_run_our_own_pace_ended_is_no_try_and_no_problem() -> None:
    said = {"code": "timeout", "id": "a", "en": "b", "permanent": False, "where": ""}
    watch = factories.watch(attempts=2, last_problem=said, last_problem_at=NOW - timedelta(days=1))
    for _ in range(9):
        watch, pause = released(watch, Problem("paced", Sentence("a", "b")), 25.0)
        assert pause is not None
        assert 25 <= pause <= 37.5
        models.Watch.objects.filter(pk=watch.pk).update(due_at=NOW)
    assert (watch.attempts, watch.last_problem, watch.last_problem_at) == (2, said, NOW - timedelta(days=1))


@pytest.mark.parametrize(("seconds", "waits"), [(9, True), (10, False)])
def test_a_run_across_midnight_uses_yesterdays_quota(seconds: int, waits: bool, clock: Callable[[datetime], None]) -> None:
    """It begins ten seconds before midnight in Jakarta and has used all the quota of that day; the database's clock shows noon."""
    watch, now = factories.watch(daily_quota=10, every_seconds=60), datetime(2026, 11, 23, 16, 59, 50, tzinfo=UTC)
    turn = claimed(watch, now=now)
    factories.fetch(watch, posts_seen=10)
    models.Fetch.objects.update(started_at=now)
    clock(NOW + timedelta(seconds=seconds))
    turns.release(turn, credentials.NONE, None, None, now=now)
    watch.refresh_from_db()
    if waits:
        assert watch.due_at == MIDNIGHT
    else:
        assert watch.due_at is not None
        assert 54 <= (watch.due_at - NOW).total_seconds() - seconds <= 66
