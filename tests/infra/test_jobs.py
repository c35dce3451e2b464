"""Jobs: asked for once, leased, ended in the transaction of their fruit, put off or given up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction

from patrol import domain, models
from patrol.infra import jobs
from tests import factories, races

NOW = factories.NOW
database = pytest.mark.django_db

AWAY = domain.Problem("away", domain.Sentence("Situs sedang tidak dapat dijangkau.", "The site is away."))
GONE = domain.Problem("gone", domain.Sentence("Sudah dihapus.", "It is gone."), permanent=True)


def later(**by: Any) -> None:
    """As if so much time had passed: due times and leases of every job move back."""
    (unit, amount), *_ = by.items()
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE patrol_job SET due_at = due_at - interval '{amount} {unit}', lease_until = lease_until - interval '{amount} {unit}'"
        )


def one(key: str = "7") -> models.Job:
    return models.Job.objects.get(kind="media", key=key)


def problem() -> dict[str, Any]:
    found: dict[str, Any] | None = one().problem
    assert found is not None
    return found


@database
def test_a_job_is_asked_for_once_and_carries_ids() -> None:
    assert jobs.add("media", "7", {"version": 7}, now=NOW)
    assert not jobs.add("media", "7", {"version": 8}, now=NOW)
    assert jobs.add("page", "7", {"post": 7}, now=NOW)
    (job,) = jobs.claim(["media"], 5)
    assert (job.kind, job.key, dict(job.target), job.by_id, job.attempts) == ("media", "7", {"version": 7}, None, 1)
    assert jobs.due() == {"page": 1}


@database
def test_an_unknown_kind_is_refused_before_it_waits_for_ever() -> None:
    with pytest.raises(ValueError, match="no kind of job"):
        jobs.add("fax", "1", {}, now=NOW)


@database
def test_who_asked_is_kept() -> None:
    person = factories.person()
    jobs.add("page", "1", {"post": 1}, now=NOW, by=person.pk)
    assert jobs.claim(["page"], 1)[0].by_id == person.pk


@database
def test_a_claim_takes_the_longest_due_first_and_no_more_than_asked() -> None:
    for number in range(5):
        jobs.add("media", str(number), {}, now=NOW)
    assert [job.key for job in jobs.claim(["media"], 2)] == ["0", "1"]
    assert jobs.due() == {"media": 3}
    assert [job.key for job in jobs.claim(["media"], 9)] == ["2", "3", "4"]
    assert (jobs.claim(["media"], 9), jobs.due()) == ([], {})


@database
def test_a_finished_job_is_done_and_asking_again_begins_anew() -> None:
    jobs.add("media", "7", {"version": 7}, now=NOW)
    (job,) = jobs.claim(["media"], 1)
    jobs.finish(job, now=NOW)
    assert (one().state, one().ended_at, one().lease_token) == ("done", NOW, None)
    later(days=1)
    assert jobs.claim(["media"], 1) == []
    assert jobs.add("media", "7", {"version": 7}, now=NOW)
    (again,) = jobs.claim(["media"], 1)
    assert (again.id, again.attempts) == (job.id, 1)


def clock() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
        return now


def waits(act: Callable[[], object], column: str = "due_at") -> tuple[float, float]:
    """How long from the act to the time in this column of the one job, in seconds: at least, and at most."""
    before = clock()
    act()
    after = clock()
    until = getattr(models.Job.objects.get(), column)
    return (until - after).total_seconds(), (until - before).total_seconds()


@database
def test_a_failed_job_waits_its_pause_and_keeps_its_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("patrol.infra.jobs.random.uniform", lambda _low, high: high)
    jobs.add("media", "7", {}, now=NOW)
    for attempt, pause in enumerate((30, 60, 120, 240, 480), start=1):
        (job,) = jobs.claim(["media"], 1)
        given_up: list[bool] = []
        low, high = waits(partial(lambda job, told: told.append(jobs.fail(job, AWAY, now=NOW)), job, given_up))
        assert low <= pause <= high
        assert given_up == [attempt == jobs.TRIES]
        assert jobs.claim(["media"], 1) == []
        later(hours=7)
    assert (one().state, one().ended_at, problem()["en"]) == ("given_up", NOW, "The site is away.")
    assert (jobs.claim(["media"], 1), jobs.due()) == ([], {})


@database
def test_a_failed_job_waits_a_second_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("patrol.infra.jobs.random.uniform", lambda low, _high: low)
    jobs.add("media", "7", {}, now=NOW)
    (job,) = jobs.claim(["media"], 1)
    low, high = waits(lambda: jobs.fail(job, AWAY, now=NOW, retry_after=0.0))
    assert low <= 1 <= high
    assert (one().state, one().attempts, one().ended_at, one().lease_token) == ("waiting", 1, None, None)


@database
@pytest.mark.parametrize(("end", "pause"), [(0, 1000), (1, 1500)])
def test_what_is_put_off_waits_so_long_to_half_longer_and_its_try_does_not_count(
    end: int, pause: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("patrol.infra.jobs.random.uniform", lambda *ends: ends[end])
    jobs.add("media", "7", {}, now=NOW)
    (job,) = jobs.claim(["media"], 1)
    low, high = waits(lambda: jobs.put_off(job, 1000))
    assert low <= pause <= high
    assert (one().state, one().attempts, one().lease_token, one().lease_until) == ("waiting", 0, None, None)
    assert (jobs.claim(["media"], 1), jobs.due()) == ([], {})


@database
def test_a_held_job_has_its_whole_lease_again() -> None:
    jobs.add("media", "7", {}, now=NOW)
    (job,) = jobs.claim(["media"], 1)
    later(seconds=jobs.LEASE_SECONDS - 1)
    low, high = waits(lambda: jobs.hold(job), "lease_until")
    assert low <= jobs.LEASE_SECONDS <= high
    assert jobs.LEASE_SECONDS > settings.CELERY_TASK_TIME_LIMIT  # who lost the lease is dead by then
    low, high = waits(lambda: jobs.hold(job, lease=1000), "lease_until")
    assert low <= 1000 <= high
    assert (jobs.claim(["media"], 1), one().lease_token, one().attempts) == ([], job.token, 1)


ACTS: dict[str, Callable[[jobs.Leased], object]] = {
    "finish": lambda job: jobs.finish(job, now=NOW),
    "fail": lambda job: jobs.fail(job, AWAY, now=NOW),
    "give up": lambda job: jobs.fail(job, GONE, now=NOW),
    "put off": lambda job: jobs.put_off(job, 60),
    "hold": lambda job: jobs.hold(job, lease=1000),
}


def rows(*keys: str) -> list[Any]:
    return list(models.Job.objects.filter(key__in=keys).order_by("id").values())


@database
@pytest.mark.parametrize("act", ACTS)
def test_what_is_done_to_one_job_is_not_done_to_another(act: str) -> None:
    """Neither to one that another worker holds, nor to one that waits, nor to one that ended."""
    for key in ("ended", "mine", "held", "waiting"):
        jobs.add("media", key, {}, now=NOW)
    claimed = {job.key: job for job in jobs.claim(["media"], 3)}
    mine = claimed["mine"]
    jobs.finish(claimed["ended"], now=NOW)
    before, own = rows("ended", "held", "waiting"), rows("mine")
    ACTS[act](mine)
    assert rows("ended", "held", "waiting") == before
    assert rows("mine") != own


@database
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("ended", [False, True])
def test_whoever_lost_the_lease_changes_nothing(act: str, ended: bool) -> None:
    """Whether another worker holds the job by now, or has ended it."""
    jobs.add("media", "7", {}, now=NOW)
    (slow,) = jobs.claim(["media"], 1)
    later(seconds=jobs.LEASE_SECONDS + 1)
    (quick,) = jobs.claim(["media"], 1)
    if ended:
        jobs.finish(quick, now=NOW)
    before = rows("7")
    for lost in (slow, quick) if ended else (slow,):
        with pytest.raises(jobs.JobLostError):
            ACTS[act](lost)
    assert rows("7") == before


@database
def test_what_the_platform_asks_to_wait_is_waited() -> None:
    jobs.add("media", "7", {}, now=NOW)
    jobs.fail(jobs.claim(["media"], 1)[0], AWAY, now=NOW, retry_after=3600)
    later(minutes=59)
    assert jobs.claim(["media"], 1) == []
    later(minutes=2)
    assert len(jobs.claim(["media"], 1)) == 1


@database
def test_a_permanent_problem_gives_up_at_once() -> None:
    jobs.add("media", "7", {}, now=NOW)
    assert jobs.fail(jobs.claim(["media"], 1)[0], GONE, now=NOW)
    assert (one().state, problem()["code"], problem()["permanent"]) == ("given_up", "gone", True)


@database
def test_a_killed_try_counts_and_the_last_one_gives_up() -> None:
    jobs.add("media", "7", {}, now=NOW)
    for attempt in range(1, jobs.TRIES + 1):
        (job,) = jobs.claim(["media"], 1)
        assert job.attempts == attempt
        assert jobs.claim(["media"], 1) == []
        assert one().state == "waiting"  # somebody works on it, at the last try too
        later(seconds=jobs.LEASE_SECONDS + 1)  # the worker is dead, its lease runs out
    assert (jobs.claim(["page"], 1), one().state) == ([], "waiting")
    assert jobs.claim(["media"], 1) == []
    assert (one().state, problem()["code"], one().lease_token) == ("given_up", "killed", None)


@database
def test_the_fruit_of_a_lost_job_is_rolled_back() -> None:
    jobs.add("media", "7", {}, now=NOW)
    (slow,) = jobs.claim(["media"], 1)
    later(seconds=jobs.LEASE_SECONDS + 1)
    jobs.claim(["media"], 1)
    with pytest.raises(jobs.JobLostError), transaction.atomic():
        models.HostPace.objects.create(host="fruit.example", tokens=1, filled_at=NOW)
        jobs.finish(slow, now=NOW)
    assert not models.HostPace.objects.exists()


def raises(error: Exception) -> jobs.Handler:
    def handler(job: jobs.Leased, *, now: datetime) -> None:
        raise error

    return handler


@database
def test_one_due_job_is_handed_to_the_handler_of_its_kind() -> None:
    for kind in ("page", "media", "bulk"):
        jobs.add(kind, "7", {}, now=NOW)
    seen = []

    def page(job: jobs.Leased, *, now: datetime) -> None:
        seen.append((job.kind, now))
        jobs.finish(job, now=now)

    handlers = {"page": page, "media": raises(AssertionError("one job at a time"))}
    done = jobs.run(handlers, now=NOW)
    assert done is not None
    assert (done.kind, seen) == ("page", [("page", NOW)])
    assert {job.kind: (job.state, job.attempts) for job in models.Job.objects.all()} == {
        "page": ("done", 1),
        "media": ("waiting", 0),
        "bulk": ("waiting", 0),
    }
    assert jobs.run({"profile": page}, now=NOW) is None


@database
def test_what_a_handler_raises_ends_the_try_with_its_sentence() -> None:
    jobs.add("media", "7", {}, now=NOW)
    low, high = waits(lambda: jobs.run({"media": raises(domain.SourceError("away", AWAY.sentence, retry_after=3600))}, now=NOW))
    assert low <= 3600 <= high
    assert (one().state, one().attempts, problem()["code"]) == ("waiting", 1, "away")
    later(hours=2)
    jobs.run({"media": raises(KeyError("teks orang"))}, now=NOW)
    assert (one().state, one().attempts, problem()["code"], problem()["permanent"]) == ("waiting", 2, "internal", False)
    assert (problem()["told"], "KeyError" in problem()["en"], "teks orang" in str(problem())) == ("KeyError", False, False)
    later(hours=2)
    jobs.run({"media": raises(domain.SourceError("gone", GONE.sentence, permanent=True))}, now=NOW)
    assert (one().state, one().attempts, problem()["code"]) == ("given_up", 3, "gone")


@database
def test_a_database_that_is_away_is_raised_on_and_a_lost_job_is_left_to_its_new_holder() -> None:
    jobs.add("media", "7", {}, now=NOW)
    with pytest.raises(OperationalError):
        jobs.run({"media": raises(OperationalError("away"))}, now=NOW)
    assert (one().state, one().attempts, one().problem) == ("waiting", 1, None)
    later(seconds=jobs.LEASE_SECONDS + 1)
    holders: list[jobs.Leased] = []

    def loses(fails: Exception) -> jobs.Handler:
        def handler(job: jobs.Leased, *, now: datetime) -> None:
            later(seconds=jobs.LEASE_SECONDS + 1)
            holders.extend(jobs.claim(["media"], 1))
            raise fails

        return handler

    lost = jobs.run({"media": loses(jobs.JobLostError(1))}, now=NOW)
    assert lost is not None
    assert lost.token != holders[0].token
    assert (one().lease_token, one().problem) == (holders[0].token, None)
    later(seconds=jobs.LEASE_SECONDS + 1)
    jobs.run({"media": loses(KeyError("x"))}, now=NOW)
    assert (one().lease_token, one().problem, one().attempts) == (holders[1].token, None, 5)


@pytest.mark.usefixtures("committed")
def test_two_workers_never_hold_one_job() -> None:
    for number in range(6):
        jobs.add("media", str(number), {}, now=NOW)

    def work() -> list[str]:
        return [job.key for _ in range(3) for job in jobs.claim(["media"], 1)]

    first, second = races.race("LOCK TABLE patrol_job IN ACCESS EXCLUSIVE MODE", work, work)
    assert sorted(first + second) == ["0", "1", "2", "3", "4", "5"]
