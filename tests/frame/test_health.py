"""/health/: each part down is told apart from the others."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from patrol import models
from patrol.frame import health
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def shown(name: str, seconds_ago: int = 0) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO patrol_heartbeat (name, at) VALUES (%(name)s, clock_timestamp() - %(ago)s * interval '1 second')"
            " ON CONFLICT (name) DO UPDATE SET at = EXCLUDED.at",
            {"name": name, "ago": seconds_ago},
        )


@pytest.fixture
def all_alive() -> None:
    shown("worker")
    shown("beat")


def asked() -> tuple[int, Any]:
    answer = Client().get("/health/")
    assert answer.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    told = answer.json()
    for numbers in ("copies", "register_files"):  # which take nothing down: see below
        told.pop(numbers, None)
    return answer.status_code, told


@pytest.fixture(autouse=True)
def _no_contacts(settings: Any) -> None:
    settings.IDENTITY_KEY = ""  # so that nobody has to hold a key


NEVER: dict[str, Any] = {"state": "never", "at": None, "problem": None, "within_reach": [], "time_stamps": []}
WELL: dict[str, Any] = {"database": "ok", "broker": "ok", "worker": "ok", "beat": "ok", "sealed": NEVER}


@pytest.mark.usefixtures("all_alive")
def test_all_well_is_200() -> None:
    assert asked() == (200, WELL)


@pytest.mark.usefixtures("all_alive")
def test_what_the_looks_at_the_copies_found_is_said_and_takes_nothing_down() -> None:
    capture = factories.file_capture(b"salinan", post_id=factories.flag().post_id)
    models.CopyNight.objects.create(day=NOW.date(), at=NOW, looked=7, size=7, oldest=NOW)
    models.CopyCheck.objects.create(capture=capture, checked_at=NOW, whole=False, missing=True)
    answer = Client().get("/health/")
    told = {"looked_at": NOW.isoformat(), "looked": 7, "missing": 1, "different": 0, "unclear": 0, "oldest_unchecked": NOW.isoformat()}
    assert (answer.status_code, answer.json()["copies"]) == (200, told)
    none = {"looked_at": None, "files": 0, "late": 0, "missing": 0, "different": 0, "unclear": 0}
    assert answer.json()["register_files"] == none


@pytest.mark.usefixtures("all_alive")
@pytest.mark.parametrize("name", ["worker", "beat"])
def test_who_has_been_silent_too_long_is_down_alone(name: str) -> None:
    shown(name, health.FRESH_SECONDS - 5)
    assert asked() == (200, WELL)
    shown(name, health.FRESH_SECONDS + 1)
    assert asked() == (503, WELL | {name: "down"})


@pytest.mark.usefixtures("all_alive")
def test_who_opens_contacts_is_asked_where_reporters_may_leave_one(settings: Any) -> None:
    settings.IDENTITY_KEY = "0" * 64
    assert asked() == (503, WELL | {"keyholder": "down"})
    shown("keyholder")
    assert asked() == (200, WELL | {"keyholder": "ok"})


@pytest.mark.usefixtures("all_alive")
def test_who_never_showed_life_is_down() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM patrol_heartbeat WHERE name = 'beat'")
    assert asked() == (503, WELL | {"beat": "down"})


@pytest.mark.usefixtures("all_alive")
@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "redis+socket:///nonexistent/valkey.sock?virtual_host=0"])
def test_an_unreachable_broker_is_down_alone(settings: Any, caplog: pytest.LogCaptureFixture, url: str) -> None:
    settings.BROKER_URL = url
    with caplog.at_level(logging.WARNING, "patrol.frame.health"):
        assert asked() == (503, WELL | {"broker": "down"})
    (record,) = (vars(record) for record in caplog.records if record.name == "patrol.frame.health")
    assert (record["part"], record["error"]) == ("broker", "ConnectionError")


@pytest.mark.usefixtures("all_alive")
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_is_away_takes_the_signs_of_life_with_it_and_leaves_the_broker(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def away(*_args: Any, **_given: Any) -> None:
        raise error("no connection to host db.example as user sipatrol_app")

    monkeypatch.setattr(connection, "cursor", away)
    assert asked() == (503, {"database": "down", "broker": "ok", "worker": "down", "beat": "down", "sealed": NEVER | {"state": "unknown"}})


@pytest.mark.usefixtures("all_alive")
def test_it_tells_no_secret_and_is_only_read(settings: Any) -> None:
    settings.BROKER_URL = "redis://:rahasia-contoh@127.0.0.1:1/0"
    answer = Client().get("/health/")
    assert b"rahasia" not in answer.content
    assert b"127.0.0.1" not in answer.content
    assert Client().post("/health/").status_code == 405


@pytest.mark.parametrize(
    ("spelled", "plain"),
    [
        ("redis+socket:///tmp/v.sock?virtual_host=3", "unix:///tmp/v.sock?db=3"),
        ("redis+socket://:sandi@/tmp/v.sock?virtual_host=0", "unix://:sandi@/tmp/v.sock?db=0"),
        ("redis://:sandi@redis:6379/0", "redis://:sandi@redis:6379/0"),
        ("rediss://redis:6379/1", "rediss://redis:6379/1"),
    ],
)
def test_kombu_s_spelling_becomes_redis_py_s(spelled: str, plain: str) -> None:
    assert health.plain(spelled) == plain
