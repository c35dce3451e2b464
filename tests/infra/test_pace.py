"""The token bucket of a host: its arithmetic by the database's clock, shared by connections."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import connection

from patrol import models
from patrol.infra import pace
from tests import races


def at_rest(seconds: float) -> None:
    """As if so many seconds had passed since the last request."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_hostpace SET filled_at = filled_at - %s * interval '1 second'", [seconds])


class Sleeper:
    def __init__(self) -> None:
        self.slept: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)

    def shared(self, rate: float = 1.0, **given: Any) -> pace.SharedPace:
        return pace.SharedPace(sleep=self, rate=rate, **given)


def nearly(slept: list[float], wanted: list[int]) -> None:
    """The clock goes on while a test runs, so a wait is never longer than computed, and shorter by what the test itself took."""
    assert len(slept) == len(wanted)
    for got, most in zip(slept, wanted, strict=True):
        assert most - 0.9 < got <= most


@pytest.mark.django_db
def test_three_at_once_then_one_a_second() -> None:
    sleeper = Sleeper()
    shared = sleeper.shared()
    for _ in range(3):
        shared.wait("t.me")
    assert sleeper.slept == []
    for _ in range(3):
        shared.wait("t.me")
    nearly(sleeper.slept, [1, 2, 3])


@pytest.mark.django_db
def test_rest_fills_the_bucket_to_its_brim_and_no_further() -> None:
    sleeper = Sleeper()
    shared = sleeper.shared()
    for _ in range(5):
        shared.wait("t.me")  # two in debt
    sleeper.slept.clear()
    at_rest(1)
    shared.wait("t.me")
    nearly(sleeper.slept, [2])
    at_rest(3600)
    sleeper.slept.clear()
    for _ in range(4):
        shared.wait("t.me")
    nearly(sleeper.slept, [1])


@pytest.mark.django_db
def test_hosts_do_not_wait_for_each_other() -> None:
    sleeper = Sleeper()
    for host in ("a.example", "b.example", "c.example", "d.example"):
        sleeper.shared().wait(host)
    assert sleeper.slept == []


@pytest.mark.django_db
def test_a_queue_too_long_to_wait_in_is_left_and_its_place_given_back() -> None:
    sleeper = Sleeper()
    shared = sleeper.shared(rate=0.1)
    for _ in range(5):
        shared.wait("lambat.example")
    before = models.HostPace.objects.get().tokens
    with pytest.raises(pace.Paced) as refused:
        shared.wait("lambat.example")
    assert refused.value.problem.code == "paced"
    assert refused.value.problem.permanent is False
    assert refused.value.retry_after == pytest.approx(30, abs=1)
    assert f"{refused.value.retry_after:.0f} detik" in refused.value.problem.sentence.id
    assert len(sleeper.slept) == 2
    assert models.HostPace.objects.get().tokens == pytest.approx(before, abs=0.1)


@pytest.mark.django_db
def test_who_comes_last_waits_for_three_others_and_leaves_the_host_to_a_fourth() -> None:
    sleeper = Sleeper()
    first, last = sleeper.shared(), sleeper.shared(patience=pace.LAST_IN_LINE)
    for _ in range(5):
        first.wait("t.me")
    sleeper.slept.clear()
    last.wait("t.me")  # three in debt
    nearly(sleeper.slept, [3])
    with pytest.raises(pace.Paced) as refused:
        last.wait("t.me")
    assert refused.value.retry_after is not None
    assert 3 < refused.value.retry_after <= 4
    first.wait("t.me")  # the place it gave back
    nearly(sleeper.slept, [3, 4])
    last.wait("lain.example")


@pytest.mark.django_db
def test_what_a_host_asked_for_itself_is_waited_out_by_the_last_too() -> None:
    sleeper = Sleeper()
    pace.close("loker.example", 10)
    sleeper.shared(patience=pace.LAST_IN_LINE).wait("loker.example")
    nearly(sleeper.slept, [10])


@pytest.mark.django_db
def test_a_closed_host_is_waited_for_or_left() -> None:
    sleeper = Sleeper()
    pace.close("t.me", 5)
    sleeper.shared().wait("t.me")
    nearly(sleeper.slept, [5])
    pace.close("t.me", 600)
    with pytest.raises(pace.Paced) as refused:
        sleeper.shared().wait("t.me")
    assert refused.value.retry_after == pytest.approx(600, abs=1)
    pace.close("t.me", 3)  # another answer, with a shorter wish: the longer one still stands
    with pytest.raises(pace.Paced):
        sleeper.shared().wait("t.me")
    sleeper.shared().wait("lain.example")
    assert len(sleeper.slept) == 1


@pytest.mark.usefixtures("committed")
def test_connections_share_one_bucket() -> None:
    def five() -> None:
        for _ in range(5):
            pace.SharedPace(sleep=lambda _: None).wait("t.me")

    began = time.monotonic()
    pace.SharedPace().wait("t.me")  # so that the row is there to be locked
    assert races.race("SELECT 1 FROM patrol_hostpace FOR UPDATE", five, five, five) == [None] * 3
    # 16 taken out of 3; what came back meanwhile is the time that passed.
    assert 3 - 16 <= models.HostPace.objects.get().tokens <= 3 - 16 + (time.monotonic() - began)
