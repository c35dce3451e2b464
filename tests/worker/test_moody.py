"""A platform that misbehaves in every way: what it served whole is kept once, as it was served, and no cursor is ahead of its posts.

MOODY_SEEDS scripts are played (one here, 25 in `make soak`).
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

from bench import checker, prepare, stream
from example import site
from patrol import domain, models
from patrol.pipeline import edits, keeping, storing, storing_rows
from tests.worker import moody

pytestmark = pytest.mark.worker

SEEDS = int(os.environ.get("MOODY_SEEDS", "1"))
ROUNDS = 12


@pytest.fixture
def platform(request: pytest.FixtureRequest, committed: None, settings: Any, tmp_path: Any) -> Iterator[moody.Moody]:
    shown = stream.grown(seed=5, channels=2, posts=90)
    one = moody.Moody(shown, getattr(request, "param", 0))
    thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    settings.STAND_INS = site.stand_ins(one.server_port, shown)
    prepare.load(tmp_path / "world", served=shown)
    models.Watch.objects.exclude(platform="telegram").update(state="paused", due_at=None)
    yield one
    one.shutdown()
    thread.join()
    one.server_close()


def patrol(settings: Any) -> list[str]:
    return moody.patrol(settings, "telegram")


def healed(settings: Any, platform: moody.Moody) -> None:
    platform.calm()
    moody.healed(settings, "telegram")


def found(settings: Any, platform: moody.Moody) -> set[str]:
    """What the checker complains of, without the examples. Our own pausing of the feed is none of it."""
    models.Watch.objects.filter(platform="feed").update(state="active")
    return {one.partition(":")[0] for one in checker.complaints(connection, settings.EVIDENCE_DIR, platform.served)}


@pytest.mark.parametrize("platform", range(SEEDS), indirect=True)
def test_whatever_the_platform_does_what_it_served_whole_is_kept_once(platform: moody.Moody, settings: Any) -> None:
    told = []
    for _ in range(ROUNDS):
        told += patrol(settings)
        assert checker.cursors_ahead(connection, platform.served) == []
        kept = set(models.Post.objects.values_list("platform", "external_id"))
        assert platform.served.keys() <= kept
        platform.change_something()
    assert "internal" not in told  # each mood is an error we know
    healed(settings, platform)
    every = {(place.platform, place.label_id(post)) for place in platform.showing.world.channels.values() for post in platform.real(place)}
    assert every <= platform.served.keys()  # in the end it has shown everything
    assert found(settings, platform) == set()
    assert models.PostVersion.objects.filter(number__gt=1).exists()
    assert moody.edited_by_nobody() == []


def test_a_signed_address_taken_for_the_picture_is_an_edit_the_harness_sees(
    platform: moody.Moody, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edits, "lasting", lambda links, media: (links, media))
    monkeypatch.setattr(edits, "alike", lambda ours, theirs: ours == theirs)
    monkeypatch.setattr(platform, "change_something", lambda: None)
    platform.calm()
    for _ in range(2):
        patrol(settings)
    assert moody.edited_by_nobody() != []


def test_every_mood_is_one_we_know_by_name(platform: moody.Moody, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = {}
    for mood in moody.MOODS:
        monkeypatch.setattr(platform, "mood", lambda mood=mood: mood)
        codes[mood] = set(patrol(settings))
    assert {mood for mood, told in codes.items() if "internal" in told} == set()
    silent = {mood for mood, told in codes.items() if not told}
    assert silent <= {"well", "newest again", "out of order", "loop"}


@pytest.mark.parametrize("defence", ["cursor", "once"])
def test_with_a_defence_switched_off_the_checker_sees_it(
    platform: moody.Moody, settings: Any, monkeypatch: pytest.MonkeyPatch, defence: str
) -> None:
    """The cursor written before a page that is then refused; a post that gets a new identity each time."""
    if defence == "cursor":
        real = keeping.page

        def early(page: domain.Page, *, watch: models.Watch, token: uuid.UUID, **rest: Any) -> storing.Stored:
            with connection.cursor() as cursor:
                parameters: dict[str, Any] = {"cursor": Json(dict(page.cursor)), "lease": 9, "id": watch.pk, "token": token}
                cursor.execute(keeping._ADVANCE, parameters)
            if platform.chance.random() < 0.5:
                raise OSError("the disk is full")
            return real(page, watch=watch, token=token, **rest)

        monkeypatch.setattr(keeping, "page", early)
        wanted = {"posts lost", "cursors ahead of their posts"}
    else:
        row = storing_rows.row

        def another_each_time(*given: Any) -> tuple[Any, ...]:
            made = row(*given)
            return (made[0], f"{made[1]}-{models.Fetch.objects.count()}", *made[2:])

        monkeypatch.setattr(storing_rows, "row", another_each_time)
        wanted = {"posts never served"}
    platform.calm()
    for _ in range(4):
        patrol(settings)
    monkeypatch.undo()
    healed(settings, platform)
    assert wanted <= found(settings, platform)
