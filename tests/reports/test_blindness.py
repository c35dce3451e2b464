"""Blind days of a watch, from real fetch rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from patrol import domain, watches
from reports import blindness, queries
from reports.figures import BlindWatch
from reports.period import IsoWeek

WEEK = IsoWeek(2026, 47)
MONDAY, END = WEEK.bounds()
LOGIN: dict[str, Any] = {"code": "login_wall", "id": "Halaman meminta masuk.", "en": "The page asks to log in.", "permanent": True}


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=domain.LAW_ZONE)


@pytest.fixture
def java(patrol: Any) -> Any:
    return patrol.office("jateng")


def _look(until: Any = END) -> Any:
    return blindness.blind(queries.watched(None, blindness.looked_from(WEEK), until), WEEK, until)


def test_a_watch_with_data_every_day_is_not_blind(patrol: Any, java: Any) -> None:
    watch = patrol.watch(java, since=MONDAY)
    for day in range(16, 23):
        patrol.fetch(watch, at(day), "failed", problems=[LOGIN])
        patrol.fetch(watch, at(day, 10), "unchanged" if day % 2 else "good")
    assert _look() == (1, ())


def test_failed_days_empty_days_and_days_without_a_fetch(patrol: Any, java: Any) -> None:
    since = MONDAY - timedelta(days=40)
    failing, empty, _idle = (patrol.watch(java, name, since=since) for name in ("Gagal", "Kosong", "Diam"))
    for watch in (failing, empty):
        for day in (2, 3, 9, 16, 17):
            patrol.fetch(watch, at(day), new=day)
    for day in (18, 19, 20, 21):
        patrol.fetch(failing, at(day), "failed", problems=[{"code": "x", "id": "Lama.", "en": "Old."}, LOGIN])
    patrol.fetch(failing, at(22))
    for day in (18, 19, 20, 21, 22):
        patrol.fetch(empty, at(day), "good", seen=0, new=0)
    watches, blind = _look()
    assert watches == 3
    assert blind == (
        BlindWatch("Diam", "telegram", tuple(f"2026-11-{day}" for day in range(16, 23)), blindness.NOT_FETCHED, None),
        BlindWatch("Kosong", "telegram", tuple(f"2026-11-{day}" for day in range(18, 23)), blindness.EMPTY, 5),
        BlindWatch(
            "Gagal", "telegram", tuple(f"2026-11-{day}" for day in range(18, 22)), domain.Sentence(id=LOGIN["id"], en=LOGIN["en"]), 5
        ),
    )


def test_a_new_watch_is_not_blind_before_it_existed(patrol: Any, java: Any) -> None:
    watch = patrol.watch(java, since=at(20, 15))
    patrol.fetch(watch, at(21))
    assert [one.days for one in _look()[1]] == [("2026-11-22",)]


def test_the_day_of_its_creation_counts_where_it_was_tried(patrol: Any, java: Any) -> None:
    watch = patrol.watch(java, since=at(22, 15))
    patrol.fetch(watch, at(22, 16), "abandoned")
    assert [(one.days, one.cause) for one in _look()[1]] == [(("2026-11-22",), blindness.NO_GOOD_END)]


def test_the_running_day_is_not_blind_yet(patrol: Any, java: Any) -> None:
    watch = patrol.watch(java, since=MONDAY)
    patrol.fetch(watch, at(16))
    assert _look(until=at(17, 1)) == (1, ())
    patrol.fetch(watch, at(17, 0), "failed", problems=[LOGIN])
    assert [one.days for one in _look(until=at(17, 1))[1]] == [("2026-11-17",)]


def test_a_watch_made_after_the_week_is_none_of_it(patrol: Any, java: Any) -> None:
    patrol.watch(java, since=END)
    assert _look() == (0, ())


def test_what_a_person_paused_is_not_blind_and_told_apart(patrol: Any, java: Any) -> None:
    """Paused before the week, resumed in it and paused once more. Stopped by itself and resumed is no pause."""
    by = patrol.person("analyst", patrol.directorate())
    watch, other, long = (patrol.watch(java, name, since=MONDAY - timedelta(days=9)) for name in ("Jeda", "Lain", "Lama"))

    def move(verb: Any, moment: datetime, one: Any = watch) -> None:
        verb(watch_id=one.pk, by=by, now=moment)

    move(watches.pause, at(10))
    move(watches.pause, at(10), long)
    move(watches.resume, at(17, 12))
    for day in (18, 20):
        patrol.fetch(watch, at(day))
    patrol.fetch(watch, at(21, 8), "failed", problems=[LOGIN])
    move(watches.pause, at(21, 12))
    for day in range(16, 23):
        patrol.fetch(other, at(day))
    other.state = "stopped"
    other.save(update_fields=["state"])
    move(watches.resume, at(19), other)
    rows = queries.watched(None, blindness.looked_from(WEEK), END)
    number, blind = blindness.blind(rows, WEEK, END)
    assert (number, [(one.name, one.days) for one in blind]) == (3, [("Jeda", ("2026-11-19", "2026-11-21"))])
    week = tuple(f"2026-11-{day}" for day in range(16, 23))
    assert [(one.name, one.days, one.cause) for one in blindness.paused(rows, WEEK, END)] == [
        ("Lama", week, blindness.PAUSED),
        ("Jeda", ("2026-11-16", "2026-11-17", "2026-11-22"), blindness.PAUSED),
    ]
    running = queries.watched(None, blindness.looked_from(WEEK), at(17, 9))
    assert [one.days for one in blindness.paused(running, WEEK, at(17, 9))] == [("2026-11-16", "2026-11-17")] * 2
