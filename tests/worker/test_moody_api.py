"""A JSON interface that misbehaves in every way: what it served whole is kept once, and no finished walk leaves a hole behind it.

As test_moody.py, for what is paged by the platform's own tokens (sources/shared/walks.py). MOODY_SEEDS scripts are played.
"""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from psycopg2.extras import Json

from bench import checker, prepare
from patrol import domain, models
from patrol.pipeline import keeping, storing
from patrol.sources.shared import walks
from tests import factories
from tests.worker import moody, moody_api

pytestmark = pytest.mark.worker

SEEDS = int(os.environ.get("MOODY_SEEDS", "1"))
ROUNDS = 15


@pytest.fixture
def platform(request: pytest.FixtureRequest, committed: None, settings: Any, tmp_path: Any) -> Iterator[moody_api.Moody]:
    one = moody_api.Moody(getattr(request, "param", 0))
    thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    settings.STAND_INS = one.stand_ins
    prepare.load(tmp_path / "world")
    for host in (moody_api.LINKING, moody_api.SILENT):
        factories.watch(platform="mastodon", kind="hashtag", query=f"#{moody_api.TAG}@{host}", healthy_low=0)
    yield one
    one.shutdown()
    thread.join()
    one.server_close()


def patrol(settings: Any) -> list[str]:
    return moody.patrol(settings, "mastodon")


def healed(settings: Any, platform: moody_api.Moody) -> None:
    platform.calm()
    platform.publish_all()
    moody.healed(settings, "mastodon")


def found(settings: Any, platform: moody_api.Moody) -> set[str]:
    """What the checker complains of, without the examples."""
    complaints = checker.complaints(connection, settings.EVIDENCE_DIR, platform.served)
    return {one.partition(":")[0] for one in complaints} | set(checker.walks_ahead(connection, platform.times))


@pytest.mark.parametrize("platform", range(SEEDS), indirect=True)
def test_whatever_the_platform_does_what_it_served_whole_is_kept_once(platform: moody_api.Moody, settings: Any) -> None:
    told = []
    for _ in range(ROUNDS):
        told += patrol(settings)
        assert checker.walks_ahead(connection, platform.times) == []
        kept = set(models.Post.objects.values_list("platform", "external_id"))
        assert platform.served.keys() <= kept
        platform.change_something()
    assert "internal" not in told  # each mood is an error we know
    healed(settings, platform)
    every = {("mastodon", moody_api.uri(host, one)) for host, shown in platform.shown.items() for one in shown}
    assert every <= platform.served.keys()  # in the end it has shown everything
    assert found(settings, platform) == set()
    assert models.PostVersion.objects.filter(number__gt=1).exists()
    assert moody.edited_by_nobody() == []


def test_every_mood_is_one_we_know_by_name(platform: moody_api.Moody, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = {}
    for mood in moody_api.MOODS:
        monkeypatch.setattr(platform, "mood", lambda mood=mood: mood)
        codes[mood] = set(patrol(settings))
    assert {mood for mood, told in codes.items() if "internal" in told} == set()
    assert {mood for mood, told in codes.items() if not told} <= {"well", "out of order"}
    assert codes["429 with a date to come back"] == codes["429"] == {"too_many"}
    assert codes["login"] == {"login_wall"}
    assert codes["error"] == {"platform_error"}
    assert codes["another shape"] == {"shape_changed"}


def test_a_page_that_comes_again_once_does_not_end_the_walk(
    platform: moody_api.Moody, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server looks past the place it is asked for, one time: what lies below is asked for in the next run."""
    moods = iter(["well", "newest again", "well", "newest again"])  # of each of the two servers
    monkeypatch.setattr(platform, "mood", lambda: next(moods, "well"))
    assert patrol(settings) == ["pages_not_served"] * 2
    assert models.Post.objects.count() == 2 * moody_api.PAGE
    patrol(settings)
    assert models.Post.objects.count() == sum(map(len, platform.shown.values()))


@pytest.mark.parametrize("defence", ["cursor", "page"])
def test_with_a_defence_switched_off_the_checker_sees_it(
    platform: moody_api.Moody, settings: Any, monkeypatch: pytest.MonkeyPatch, defence: str
) -> None:
    """The cursor of a page kept, the page not; a page stepped over without its posts. Deeper than a walk looks back."""
    platform.calm()
    seen = iter(range(1000))
    if defence == "cursor":
        real = keeping.page

        def early(page: domain.Page, *, watch: models.Watch, token: uuid.UUID, **rest: Any) -> storing.Stored:
            if next(seen) == 3:
                with connection.cursor() as cursor:
                    parameters: dict[str, Any] = {"cursor": Json(dict(page.cursor)), "lease": 9, "id": watch.pk, "token": token}
                    cursor.execute(keeping._ADVANCE, parameters)
                raise OSError("the disk is full")
            return real(page, watch=watch, token=token, **rest)

        monkeypatch.setattr(keeping, "page", early)
    else:
        turn = walks.Turn
        monkeypatch.setattr(walks, "Turn", lambda answer, posts, *rest: turn(answer, () if next(seen) == 3 else posts, *rest))
    patrol(settings)
    monkeypatch.undo()
    assert len(checker.walks_ahead(connection, platform.times)) == moody_api.PAGE
    healed(settings, platform)
    assert "posts lost" in found(settings, platform)
