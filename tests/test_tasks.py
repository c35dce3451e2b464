"""Door 1, called directly: what rings, what a doubled message does, who shows life. Messages go into a real broker and stay there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any

import pytest
import redis
from django.conf import settings as configured
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from patrol import domain, models, tasks
from patrol.celery import app
from patrol.frame import health
from patrol.infra import jobs, reached
from patrol.pipeline import assessing, claiming, fetching
from patrol.preserving import copies
from patrol.retention import running
from patrol.triage import tallies
from patrol.watches import credentials, turns
from tests import factories
from tests.triage.acts import decide

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def broker() -> Iterator[Any]:
    with redis.Redis.from_url(health.plain(configured.BROKER_URL)) as client:
        client.flushdb()
        yield client
        client.flushdb()


@pytest.fixture(autouse=True)
def by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the clock says: what is done in the night has tests of its own."""
    monkeypatch.setattr(copies, "NIGHT", (0, 0))
    monkeypatch.setattr(tallies, "NIGHT", (0, 0))
    monkeypatch.setattr(running, "NIGHT", (0, 0))


def rung(broker: Any) -> Any:
    """(task, arguments) of the messages that wait, oldest first."""
    messages = [json.loads(raw) for raw in reversed(broker.lrange("celery", 0, -1))]
    return [(message["headers"]["task"], message["headers"]["argsrepr"]) for message in messages]


def not_due(watch: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_watch SET due_at = clock_timestamp() + interval '1 hour' WHERE id = %s", [watch.pk])


def leased(table: Any, row: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET lease_token = gen_random_uuid(), lease_until = clock_timestamp() + interval '1 minute' WHERE id = %s",
            [row.pk],
        )


def test_a_sweep_rings_for_what_is_due_and_for_nothing_else(broker: Any) -> None:
    due, later, held = factories.watch(), factories.watch(), factories.watch()
    paused = factories.watch(state="paused")
    not_due(later)
    leased("patrol_watch", held)
    models.Watch.objects.filter(pk=paused.pk).update(due_at=None)
    tasks.sweep.run()
    assert rung(broker) == [("patrol.watch", f"({due.pk},)")]


def test_a_sweep_rings_once_for_all_posts_that_wait(broker: Any) -> None:
    factories.offices()
    not_due(watch := factories.watch())
    tasks.sweep.run()
    assert rung(broker) == []
    factories.stored([factories.raw_post() for _ in range(3)], of=watch)
    tasks.sweep.run()
    assert rung(broker) == [("patrol.read", "()")]


def with_picture(state: Any) -> Any:
    """A post that was read by its text, and whose one picture is in this state."""
    photo = domain.MediaReference("photo", "https://cdn.example/1.png")
    factories.offices()
    not_due(watch := factories.watch())
    tasks.sweep.run()
    (post,) = factories.stored([factories.raw_post(media=(photo,))], of=watch)
    tasks.read_posts.run()
    models.Media.objects.update(state=state)
    return post


def test_a_sweep_rings_for_pictures_that_wait_to_be_fetched(broker: Any) -> None:
    with_picture("waiting")
    tasks.keep_words.run()
    tasks.sweep.run()
    assert rung(broker) == [("patrol.jobs", "()")]


def test_a_sweep_rings_for_pictures_that_wait_to_be_read(broker: Any) -> None:
    post = with_picture("kept")
    models.Job.objects.update(state="done", ended_at=factories.NOW)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_post SET due_at = clock_timestamp() WHERE id = %s", [post.pk])
    tasks.keep_words.run()
    tasks.sweep.run()
    assert rung(broker) == [("patrol.pictures", "()")]


def test_jobs_ring_for_the_reading_of_what_they_brought(broker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    post = with_picture("kept")

    def handler(job: Any, *, now: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE patrol_post SET due_at = clock_timestamp() WHERE id = %s", [post.pk])
        jobs.finish(job, now=now)

    monkeypatch.setattr(tasks, "HANDLERS", {"media": handler})
    tasks.run_jobs.run()
    assert rung(broker) == [("patrol.pictures", "()")]
    broker.flushdb()
    tasks.run_jobs.run()
    assert rung(broker) == []


def test_pictures_are_read_until_none_is_due_or_the_turn_is_over(broker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    read = [claiming.Batch(read=1), claiming.Batch(quarantined=1), claiming.Batch(read=1), claiming.Batch()]
    monkeypatch.setattr(assessing, "read_pictured", lambda *, now: read.pop(0))
    tasks.read_pictures.run()
    assert (read, rung(broker)) == ([], [])
    read += [claiming.Batch(read=1), claiming.Batch(read=1)]
    monkeypatch.setattr(tasks, "PICTURES_AT_ONCE", 0.0)
    tasks.read_pictures.run()
    assert (len(read), rung(broker)) == (1, [("patrol.pictures", "()")])


def test_a_sweep_leaves_a_post_that_is_being_read_or_set_aside(broker: Any) -> None:
    not_due(watch := factories.watch())
    tasks.sweep.run()  # the register's state is noted: from here on nobody's lease is ended
    one, two = factories.stored([factories.raw_post() for _ in range(2)], of=watch)
    leased("patrol_post", one)
    models.Post.objects.filter(pk=two.pk).update(quarantined_at=factories.NOW)
    tasks.sweep.run()
    assert rung(broker) == []


def test_a_sweep_makes_due_what_an_older_register_judged(broker: Any) -> None:
    factories.offices()
    not_due(watch := factories.watch())
    factories.stored([factories.illegal(71)], of=watch)
    tasks.read_posts.run()
    tasks.link_posts.run()
    tasks.keep_words.run()
    tasks.sweep.run()
    broker.flushdb()
    factories.register([{"name": "PT Rembulan Karya Contoh"}])
    tasks.sweep.run()
    assert rung(broker) == [("patrol.read", "()")]
    tasks.read_posts.run()
    tasks.link_posts.run()
    tasks.keep_words.run()
    broker.flushdb()
    tasks.sweep.run()
    assert rung(broker) == []


def test_reading_twice_is_reading_once(broker: Any) -> None:
    factories.offices()
    factories.stored([factories.illegal(72), factories.raw_post()])
    for _ in range(2):
        tasks.read_posts.run()
    assert (models.Reading.objects.count(), models.Flag.objects.count(), models.FlagEvent.objects.count()) == (2, 1, 1)


def test_a_long_backlog_is_handed_on_before_the_time_limit(broker: Any, settings: Any) -> None:
    factories.offices()
    factories.stored([factories.raw_post() for _ in range(3)])
    settings.READ_BATCH = 1
    settings.CELERY_TASK_SOFT_TIME_LIMIT = 0
    tasks.read_posts.run()
    assert models.Reading.objects.count() == 1
    assert rung(broker) == [("patrol.read", "()")]
    settings.CELERY_TASK_SOFT_TIME_LIMIT = 210
    broker.flushdb()
    tasks.read_posts.run()
    assert (models.Reading.objects.count(), rung(broker)) == (3, [])


def test_a_watch_that_is_not_there_or_not_due_costs_nothing(broker: Any) -> None:
    not_due(watch := factories.watch())
    tasks.patrol_watch.run(watch.pk)
    tasks.patrol_watch.run(999_999)
    assert (models.Fetch.objects.count(), rung(broker)) == (0, [])


def ran(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The watches whose turn it became, in order, instead of asking any platform."""
    order = []

    def run(watch_id: Any, *, now: Any) -> Any:
        turn = turns.claim(watch_id, now=now, force=False)
        if turn is not None:
            order.append(watch_id)
            turns.release(turn, credentials.NONE, None, None, now=now)
            return fetching.Round(turn.watch, 1, 0, 0, 0, (), failed=False)
        return None

    monkeypatch.setattr(fetching, "patrol_watch", run)
    return order


def test_a_ring_for_a_watch_runs_the_one_that_goes_before_it(broker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    order = ran(monkeypatch)
    last, usual, first = (factories.watch(priority=priority) for priority in (3, 2, 1))
    for _ in range(4):
        tasks.patrol_watch.run(last.pk)
    assert order == [first.pk, usual.pk, last.pk]


@pytest.mark.parametrize(
    "given",
    [
        {"priority": 2},
        {"priority": 3},
        {"priority": 1, "state": "paused"},
        {"priority": 1, "quiet_from": time(0), "quiet_to": time(23, 59, 59)},  # claimed in vain
    ],
)
def test_what_could_not_run_first_goes_before_nobody(given: Any, broker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    order = ran(monkeypatch)
    factories.watch(**given)
    own = factories.watch(priority=2)
    tasks.patrol_watch.run(own.pk)
    assert order == [own.pk]


def test_what_is_not_due_or_in_other_hands_goes_before_nobody(broker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    order = ran(monkeypatch)
    own, later, held = (factories.watch(priority=priority) for priority in (2, 1, 1))
    not_due(later)
    leased("patrol_watch", held)
    tasks.patrol_watch.run(own.pk)
    assert order == [own.pk]


@pytest.mark.parametrize(("new", "changed", "rings"), [(1, 0, True), (0, 1, True), (0, 0, False)])
def test_a_run_rings_for_reading_only_where_it_brought_something(
    broker: Any, monkeypatch: pytest.MonkeyPatch, new: int, changed: int, rings: bool
) -> None:
    done = fetching.Round(factories.watch(), 1, 5, new, changed, (), failed=False)
    monkeypatch.setattr(fetching, "patrol_watch", lambda *_args, **_given: done)
    tasks.patrol_watch.run(done.watch.pk)
    assert rung(broker) == ([("patrol.read", "()")] if rings else [])


def test_every_listed_task_is_known_and_every_message_dies_when_it_is_no_longer_wanted() -> None:
    assert configured.CELERY_BEAT_SCHEDULE
    for entry in configured.CELERY_BEAT_SCHEDULE.values():
        assert entry["task"] in app.tasks
        options: Any = entry["options"]
        assert options["expires"] > entry["schedule"]


def test_a_sign_of_life_is_one_row_that_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "close", lambda: None)  # the test's transaction lives on this connection
    monkeypatch.setattr(tasks._Shown, "at", float("-inf"))
    tasks._worker_alive()
    first = models.Heartbeat.objects.get(name="worker").at
    tasks._worker_alive()
    assert models.Heartbeat.objects.get(name="worker").at == first  # not every two seconds
    monkeypatch.setattr(tasks._Shown, "at", float("-inf"))
    tasks._worker_alive()
    assert models.Heartbeat.objects.get(name="worker").at > first


def test_a_database_that_is_away_does_not_stop_who_shows_life(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def away(_name: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(tasks, "_alive", away)
    monkeypatch.setattr(connection, "close", lambda: None)
    tasks._says_alive("beat")
    assert [(record.message, vars(record)["part"]) for record in caplog.records] == [("no sign of life", "beat")]


def test_a_batch_with_nothing_due_is_empty() -> None:
    assert assessing.read_due(now=factories.NOW, limit=10) == claiming.Batch()


def test_what_was_read_is_linked_and_a_lost_message_is_rung_again(broker: Any) -> None:
    factories.offices()
    factories.stored([factories.illegal(72)])
    tasks.read_posts.run()
    assert ("patrol.link", "()") in rung(broker)
    broker.flushdb()
    tasks.sweep.run()
    assert ("patrol.link", "()") in rung(broker)
    tasks.link_posts.run()
    broker.flushdb()
    tasks.sweep.run()
    assert ("patrol.link", "()") not in rung(broker)


def waiting_way() -> Any:
    """A due watch and a post that wants reading. Returns what a sweep rings for then, in order."""
    factories.offices()
    due = factories.watch()
    factories.stored([factories.illegal(73)], of=due)
    return [("patrol.watch", f"({due.pk},)"), ("patrol.read", "()")]


@pytest.mark.parametrize("broken", [name for name, _step in tasks.STEPS if name != "way"])
def test_a_step_of_the_sweep_that_raises_holds_up_no_other(
    broken: Any, broker: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rings = waiting_way()
    done: list[Any] = []

    def raises() -> None:
        raise ZeroDivisionError

    def told(name: Any, step: Any) -> Any:
        def taken() -> None:
            done.append(name)
            step()

        return taken

    steps = [(name, raises if name == broken else told(name, step)) for name, step in tasks.STEPS]
    monkeypatch.setattr(tasks, "STEPS", steps)
    tasks.sweep.run()
    assert rung(broker) == rings
    assert done == [name for name, _step in steps if name != broken]
    assert [(record.message, vars(record)["step"]) for record in caplog.records] == [("a step of the sweep failed", broken)]


# Statements of a sweep that finds nothing. It costs so much every half minute, whatever is kept.
AT_REST = {
    "recheck": 3,
    "imports": 1,
    "pages": 1,
    "page stamps": 0,  # without an authority; with one it asks once (tests/preserving/test_page_stamps.py)
    "profiles": 1,
    "short links": 1,
    "rechecks": 1,
    "quality": 2,
    "erasures": 1,
    "duties": 1,
    "clocks": 3,
    "cases": 1,
    "again": 1,
    "mergers": 1,
    "peers": 1,
    "anchors": 0,  # without a key; with one it asks once (tests/evidence/anchors/test_making.py)
    "mondays": 2,
    "unusual reading": 1,
    "told": 6,
    "webhooks": 1,
    "way": 3,
    "links": 1,
    "words": 2,
    "erased": 1,
    "seals": 1,
    "consulted": 1,
    "copies": 1,
    "tallies": 1,
    "old": 0,
    "ends": 1,
    "tips": 3,
    "cleared": 1,
}


def statements() -> Any:
    """Of each step of one sweep, and how much it found to do."""
    asked, found = {}, {}
    for name, step in tasks.STEPS:
        with CaptureQueriesContext(connection) as seen:
            found[name] = step()
        asked[name] = len(seen)
    return asked, found


@pytest.mark.parametrize("many", [0, 1, 30])
def test_a_sweep_that_finds_nothing_asks_the_same_of_a_full_database_and_of_an_empty_one(
    many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reached, "SETTLED", timedelta(0))  # a quarter of an hour later
    factories.offices()
    not_due(watch := factories.watch())
    person = factories.person()
    factories.stored([factories.illegal(700 + number) for number in range(many)], of=watch)
    tasks.sweep.run()
    tasks.read_posts.run()
    tasks.link_posts.run()
    tasks.keep_words.run()
    for flag in models.Flag.objects.all():
        decide(flag, person)
    swept = 0
    while any(statements()[1].values()):
        models.Job.objects.filter(state="waiting").update(state="done", ended_at=factories.NOW)
        swept += 1
        assert swept < 10
    assert (models.Flag.objects.count(), models.Decision.objects.count()) == (many, many)
    assert statements() == (AT_REST, dict.fromkeys(AT_REST, 0))


def test_copies_are_looked_at_by_night_until_none_is_left(broker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.offices()
    not_due(watch := factories.watch())
    factories.stored([factories.raw_post()], of=watch)
    monkeypatch.setattr(copies, "NIGHT", (0, 24))
    copy = ("patrol.copies", "()")
    tasks.sweep.run()
    assert rung(broker).count(copy) == 1
    tasks.look_at_copies.run()
    assert models.CopyCheck.objects.count() == models.Capture.objects.count() == 1
    tasks.look_at_copies.run()  # finds none: enough for this night
    broker.flushdb()
    tasks.sweep.run()
    assert copy not in rung(broker)


def test_what_is_older_than_its_time_goes_once_a_night(broker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks.sweep.run()
    assert ("patrol.retention", "()") not in rung(broker)  # by day
    monkeypatch.setattr(running, "NIGHT", (0, 24))
    tasks.sweep.run()
    assert ("patrol.retention", "()") in rung(broker)
    tasks.let_old_go.run()
    assert [row.term for row in running.figures()][:2] == ["unflagged", "dismissed"]
    broker.flushdb()
    tasks.sweep.run()
    assert ("patrol.retention", "()") not in rung(broker)


def test_tallies_are_compared_once_a_night(broker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.offices()
    not_due(factories.watch())
    monkeypatch.setattr(tallies, "NIGHT", (0, 24))
    tasks.sweep.run()
    assert rung(broker) == [("patrol.tallies", "()")]
    tasks.compare_tallies.run()
    broker.flushdb()
    tasks.sweep.run()
    assert rung(broker) == []


def test_a_database_that_is_away_ends_the_sweep(broker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    rings = waiting_way()

    def away() -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "STEPS", (("recheck", away), *tasks.STEPS))
        with pytest.raises(OperationalError):
            tasks.sweep.run()
        assert rung(broker) == []
    tasks.sweep.run()
    assert rung(broker) == rings
