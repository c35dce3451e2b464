"""What becomes due again under a newer register, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from patrol import models
from patrol.engine import reading, rules
from patrol.engine.rules import points
from patrol.pipeline import assessing
from patrol.register import editions, recheck
from tests import factories, races
from tests.factories import NOW

database = pytest.mark.django_db


def read(*posts: Any) -> Any:
    """Stored and read before the register that this test brings."""
    factories.offices()
    kept = factories.stored(posts)
    assessing.read_due(now=NOW, limit=100)
    return kept


def due_again(now: Any = NOW) -> Any:
    recheck.mark(now=now)
    return set(models.Post.objects.exclude(due_at=None).values_list("pk", flat=True))


@database
def test_offers_of_ninety_days_are_due_and_a_greeting_is_not() -> None:
    inside = factories.illegal(posted_at=NOW - timedelta(days=90))
    outside = factories.illegal(posted_at=NOW - timedelta(days=90, seconds=1))
    undated = factories.illegal(posted_at=None)
    kept = read(inside, outside, undated, factories.raw_post())
    models.Flag.objects.update(state="dismissed", decided_at=NOW)
    assert due_again() == {kept[0].pk, kept[2].pk}


@database
@pytest.mark.parametrize(
    ("state", "due"), [("parked", True), ("waiting", True), ("needs_information", True), ("confirmed", False), ("dismissed", False)]
)
def test_an_open_flag_is_checked_again_however_old_its_post(state: str, due: bool) -> None:
    (post,) = read(factories.illegal(posted_at=NOW - timedelta(days=400)))
    decided = NOW if state in {"confirmed", "dismissed"} else None
    models.Flag.objects.update(state=state, decided_at=decided)
    assert due_again() == ({post.pk} if due else set())


@database
def test_what_is_set_aside_stays_so() -> None:
    read(factories.illegal())
    models.Post.objects.update(quarantined_at=NOW, quarantine_reason="RecursionError")
    assert due_again() == set()


@database
def test_what_is_erased_keeps_its_last_verdict_and_one_of_which_an_older_version_is_does_not() -> None:
    edited = factories.illegal()
    erased, older, whole = read(factories.illegal(), edited, factories.illegal())
    read(replace(edited, text=f"{edited.text} Segera!", edited=True))
    for post, number in ((erased, 1), (older, 1)):
        factories.erase(models.PostVersion.objects.get(post=post, number=number))
    assert models.Post.objects.get(pk=older.pk).versions_count == 2
    assert due_again() == {older.pk, whole.pk}


@database
def test_a_reader_of_another_version_reads_everything_of_ninety_days_again(monkeypatch: pytest.MonkeyPatch) -> None:
    offer, greeting = read(factories.illegal(), factories.raw_post())
    recheck.mark(now=NOW)
    assessing.read_due(now=NOW, limit=100)
    monkeypatch.setattr(reading, "READER_VERSION", reading.READER_VERSION + 1)
    assert due_again() == {offer.pk, greeting.pk}


@database
def test_it_is_done_once_per_register_rules_and_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    read(factories.illegal())
    assert recheck.mark(now=NOW) == 1
    models.Post.objects.update(due_at=None)
    assert recheck.mark(now=NOW) == 0
    factories.register()
    assert recheck.mark(now=NOW) == 1
    models.Post.objects.update(due_at=None)
    monkeypatch.setattr(rules, "version", lambda _points: "0123456789abcdef")
    assert recheck.mark(now=NOW) == 1
    assert recheck.mark(now=NOW) == 0


@pytest.mark.usefixtures("committed")
def test_two_sweeps_at_once_mark_once() -> None:
    (post,) = read(factories.illegal())
    lock = f"SELECT 1 FROM patrol_post WHERE id = {post.pk} FOR UPDATE"
    assert races.race(lock, lambda: recheck.mark(now=NOW), lambda: recheck.mark(now=NOW)) == [1, 0]


@database
def test_who_reads_right_now_loses_the_lease_and_what_was_tried_counts_anew() -> None:
    factories.offices()
    factories.stored([factories.illegal()])
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE patrol_post SET lease_token = gen_random_uuid(), lease_until = clock_timestamp() + interval '1 minute', attempts = 3"
        )
    assert recheck.mark(now=NOW) == 1
    assert models.Post.objects.values_list("lease_token", "lease_until", "attempts").get() == (None, None, 0)


@database
def test_going_back_to_older_rules_points_or_reader_checks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What judged before judges anew: the row of that time must not say that all was done already."""
    (post,) = read(factories.illegal())
    assert recheck.mark(now=NOW) == 1
    for module, name, other in (
        (rules, "version", lambda _points: "0123456789abcdef"),
        (reading, "READER_VERSION", reading.READER_VERSION + 1),
    ):
        for changed in (True, False):  # there, and back again
            models.Post.objects.update(due_at=None)
            if changed:
                monkeypatch.setattr(module, name, other)
            else:
                monkeypatch.undo()
            assert due_again() == {post.pk}, (name, changed)
            models.Post.objects.update(due_at=None)
            assert due_again() == set()


@database
def test_one_row_says_what_judged_last(monkeypatch: pytest.MonkeyPatch) -> None:
    models.Heartbeat.objects.create(name="worker", at=NOW)
    recheck.mark(now=NOW)
    monkeypatch.setattr(reading, "READER_VERSION", reading.READER_VERSION + 1)
    recheck.mark(now=NOW)
    names = sorted(models.Heartbeat.objects.values_list("name", flat=True))
    assert [name.rpartition(":")[2] for name in names] == [str(reading.READER_VERSION), "worker"]


@database
def test_withdrawn_points_bring_the_flag_back_to_its_level(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check of that time is kept already: the flag names it again."""
    read(factories.illegal())
    first = models.Flag.objects.get()
    recheck.mark(now=NOW)
    assessing.read_due(now=NOW, limit=100)
    rule = models.Finding.objects.filter(check_of=first.current_check, points__gt=0).order_by("-points").first()
    assert rule is not None
    weighed = points.Points({rule.rule: points.Approved(rule.rule_version, 0.0)})
    monkeypatch.setattr(editions, "current_points", lambda: weighed)
    recheck.mark(now=NOW)
    assessing.read_due(now=NOW, limit=100)
    lowered = models.Flag.objects.get()
    assert (lowered.score < first.score, lowered.current_check_id == first.current_check_id) == (True, False)
    monkeypatch.undo()
    assert recheck.mark(now=NOW) == 1
    assessing.read_due(now=NOW, limit=100)
    again = models.Flag.objects.get()
    assert (again.level, again.score, again.current_check_id) == (first.level, first.score, first.current_check_id)
