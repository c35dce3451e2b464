"""Jobs: asked for once, leased, ended in the transaction of their fruit, put off or given up."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from patrol import domain, models
from patrol.infra import jobs
from tests import factories, races

NOW = factories.NOW
database = pytest.mark.django_db

AWAY = domain.Problem("away", domain.Sentence("Situs sedang tidak dapat dijangkau.", "The site is away."))
GONE = domain.Problem("gone", domain.Sentence("Sudah dihapus.", "It is gone."), permanent=True)


def later(**by):
    """As if so much time had passed: due times and leases of every job move back."""
    (unit, amount), *_ = by.items()
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE patrol_job SET due_at = due_at - interval '{amount} {unit}', lease_until = lease_until - interval '{amount} {unit}'"
        )


def one(key="7"):
    return models.Job.objects.get(kind="media", key=key)


@database
def test_a_job_is_asked_for_once_and_carries_ids():
    assert jobs.add("media", "7", {"version": 7}, now=NOW)
    assert not jobs.add("media", "7", {"version": 8}, now=NOW)
    assert jobs.add("page", "7", {"post": 7}, now=NOW)
    (job,) = jobs.claim(["media"], 5)
    assert (job.kind, job.key, dict(job.target), job.by_id, job.attempts) == ("media", "7", {"version": 7}, None, 1)
    assert jobs.due() == {"page": 1}


@database
def test_an_unknown_kind_is_refused_before_it_waits_for_ever():
    with pytest.raises(ValueError, match="no kind of job"):
        jobs.add("mail", "1", {}, now=NOW)


@database
def test_who_asked_is_kept():
    person = factories.person()
    jobs.add("page", "1", {"post": 1}, now=NOW, by=person.pk)
    assert jobs.claim(["page"], 1)[0].by_id == person.pk


@database
def test_a_claim_takes_the_longest_due_first_and_no_more_than_asked():
    for number in range(5):
        jobs.add("media", str(number), {}, now=NOW)
    assert [job.key for job in jobs.claim(["media"], 2)] == ["0", "1"]
    assert jobs.due() == {"media": 3}
    assert [job.key for job in jobs.claim(["media"], 9)] == ["2", "3", "4"]
    assert (jobs.claim(["media"], 9), jobs.due()) == ([], {})


@database
def test_a_finished_job_is_done_and_asking_again_begins_anew():
    jobs.add("media", "7", {"version": 7}, now=NOW)
    (job,) = jobs.claim(["media"], 1)
    jobs.finish(job, now=NOW)
    assert (one().state, one().ended_at, one().lease_token) == ("done", NOW, None)
    later(days=1)
    assert jobs.claim(["media"], 1) == []
    assert jobs.add("media", "7", {"version": 7}, now=NOW)
    (again,) = jobs.claim(["media"], 1)
    assert (again.id, again.attempts) == (job.id, 1)


@database
def test_a_failed_job_waits_its_pause_and_keeps_its_sentence(monkeypatch):
    monkeypatch.setattr(jobs.random, "uniform", lambda _low, high: high)
    jobs.add("media", "7", {}, now=NOW)
    pauses = []
    for attempt in range(1, jobs.TRIES + 1):
        (job,) = jobs.claim(["media"], 1)
        given_up = jobs.fail(job, AWAY, now=NOW)
        assert given_up == (attempt == jobs.TRIES)
        assert jobs.claim(["media"], 1) == []
        with connection.cursor() as cursor:
            cursor.execute("SELECT round(extract(epoch FROM due_at - clock_timestamp())) FROM patrol_job")
            pauses.append(int(cursor.fetchone()[0]))
        later(hours=7)
    assert pauses == [30, 60, 120, 240, 480]
    assert (one().state, one().ended_at, one().problem["en"]) == ("given_up", NOW, "The site is away.")
    assert (jobs.claim(["media"], 1), jobs.due()) == ([], {})


@database
def test_what_the_platform_asks_to_wait_is_waited():
    jobs.add("media", "7", {}, now=NOW)
    jobs.fail(jobs.claim(["media"], 1)[0], AWAY, now=NOW, retry_after=3600)
    later(minutes=59)
    assert jobs.claim(["media"], 1) == []
    later(minutes=2)
    assert len(jobs.claim(["media"], 1)) == 1


@database
def test_a_permanent_problem_gives_up_at_once():
    jobs.add("media", "7", {}, now=NOW)
    assert jobs.fail(jobs.claim(["media"], 1)[0], GONE, now=NOW)
    assert (one().state, one().problem["code"], one().problem["permanent"]) == ("given_up", "gone", True)


@database
def test_a_killed_try_counts_and_the_last_one_gives_up():
    jobs.add("media", "7", {}, now=NOW)
    for attempt in range(1, jobs.TRIES + 1):
        (job,) = jobs.claim(["media"], 1)
        assert job.attempts == attempt
        later(seconds=jobs.LEASE_SECONDS + 1)  # the worker is dead, its lease runs out
    assert jobs.claim(["media"], 1) == []
    assert (one().state, one().problem["code"]) == ("given_up", "killed")


@database
def test_whoever_lost_the_lease_ends_nothing():
    jobs.add("media", "7", {}, now=NOW)
    (slow,) = jobs.claim(["media"], 1)
    later(seconds=jobs.LEASE_SECONDS + 1)
    (quick,) = jobs.claim(["media"], 1)
    for act in (lambda: jobs.finish(slow, now=NOW), lambda: jobs.fail(slow, AWAY, now=NOW)):
        with pytest.raises(jobs.JobLostError):
            act()
    assert (one().state, one().lease_token) == ("waiting", quick.token)
    jobs.finish(quick, now=NOW)
    with pytest.raises(jobs.JobLostError):
        jobs.finish(quick, now=NOW)


@database
def test_the_fruit_of_a_lost_job_is_rolled_back():
    jobs.add("media", "7", {}, now=NOW)
    (slow,) = jobs.claim(["media"], 1)
    later(seconds=jobs.LEASE_SECONDS + 1)
    jobs.claim(["media"], 1)
    with pytest.raises(jobs.JobLostError), transaction.atomic():
        models.HostPace.objects.create(host="fruit.example", tokens=1, filled_at=NOW)
        jobs.finish(slow, now=NOW)
    assert not models.HostPace.objects.exists()


@pytest.mark.usefixtures("committed")
def test_two_workers_never_hold_one_job():
    for number in range(6):
        jobs.add("media", str(number), {}, now=NOW)

    def work():
        return [job.key for _ in range(3) for job in jobs.claim(["media"], 1)]

    first, second = races.race("LOCK TABLE patrol_job IN ACCESS EXCLUSIVE MODE", work, work)
    assert sorted(first + second) == ["0", "1", "2", "3", "4", "5"]
