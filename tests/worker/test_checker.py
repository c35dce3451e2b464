"""The checker sees: with each defence taken away in turn it names what broke, and with all of them in place it is silent."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from psycopg2.extras import Json

from bench import checker, prepare, stream
from example import site, world
from patrol import models
from patrol.evidence import custody, raw
from patrol.pipeline import assessing, fetching, flagging, keeping, storing, storing_rows, storing_sql

SHOWN = stream.grown(seed=7, channels=2, posts=80)
SERVED = stream.truth(SHOWN)


class Killed(BaseException):
    """The process is gone: nothing on the way may catch it."""


@pytest.fixture
def place(committed: None, settings: Any, tmp_path: Any) -> Iterator[None]:
    """The world, served; offices, register and watches."""
    one = site.Site(0, world.Showing(SHOWN, world.Anchor(datetime.now(UTC))))
    thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    settings.STAND_INS = site.stand_ins(one.server_port, SHOWN)
    prepare.load(tmp_path / "world", served=SHOWN)
    yield
    one.shutdown()
    thread.join()
    one.server_close()


def patrol() -> None:
    """One round. A killed run's leases have expired by then."""
    with connection.cursor() as cursor:
        for table in ("patrol_watch", "patrol_post"):
            cursor.execute(f"UPDATE {table} SET lease_until = clock_timestamp() WHERE lease_until IS NOT NULL")
    for watch in models.Watch.objects.order_by("id"):
        fetching.patrol_watch(watch.pk, now=timezone.now(), force=True)


def read() -> None:
    while assessing.read_due(now=timezone.now(), limit=100).read:
        pass


def found(settings: Any) -> set[str]:
    """What the checker complains of, without the examples."""
    return {one.partition(":")[0] for one in checker.complaints(connection, settings.EVIDENCE_DIR, SERVED)}


def changed(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, made: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    monkeypatch.setattr(module, name, made(getattr(module, name)))


def kills_at(count: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The call of that number works, and is the last thing its process does."""
    seen = iter(range(1, 1000))

    def made(real: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            answer = real(*given, **named)
            if next(seen) == count:
                raise Killed
            return answer

        return run

    return made


@pytest.mark.parametrize("point", ["keep", "capture", "store"])
def test_a_kill_inside_a_page_moves_no_cursor_and_costs_nothing(
    place: None, settings: Any, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    changed(monkeypatch, storing if point == "store" else custody, point, kills_at(2))
    with pytest.raises(Killed):
        patrol()
    assert models.Post.objects.count() == 20
    assert checker.cursors_ahead(connection, SERVED) == []
    patrol()
    read()
    assert found(settings) == set()


def test_a_cursor_moved_before_its_posts_is_seen_at_once_and_the_posts_are_missed_in_the_end(
    place: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = iter(range(1, 1000))

    def made(real: Callable[..., Any]) -> Callable[..., Any]:
        def early(page: Any, *, watch: Any, token: Any, **rest: Any) -> Any:
            with connection.cursor() as cursor:
                parameters: dict[str, Any] = {"cursor": Json(dict(page.cursor)), "lease": 9, "id": watch.pk, "token": token}
                cursor.execute(keeping._ADVANCE, parameters)
            if next(seen) == 3:  # the two newest pages are asked for again in each run
                raise Killed
            return real(page, watch=watch, token=token, **rest)

        return early

    changed(monkeypatch, keeping, "page", made)
    with pytest.raises(Killed):
        patrol()
    assert len(checker.cursors_ahead(connection, SERVED)) == 20
    patrol()
    read()
    assert found(settings) == {"posts lost", "cursors ahead of their posts"}


def test_an_unread_post_is_seen(place: None, settings: Any) -> None:
    patrol()
    assert found(settings) == {"a newest version not read once", "a post still due, held or set aside"}


def test_a_version_for_every_repeat_is_seen(place: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    statement = storing_sql.VERSIONS.replace("v.content_key IS DISTINCT FROM s.content_key", "true")
    assert statement != storing_sql.VERSIONS
    monkeypatch.setattr(storing_sql, "VERSIONS", statement)
    patrol()
    patrol()
    read()
    assert found(settings) == {"the same content twice in a row"}


def test_bytes_that_were_never_written_are_seen(place: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(monkeypatch, raw, "put", lambda real: lambda content: "0" * 64)
    patrol()
    read()
    assert found(settings) == {"captures whose bytes are missing or changed"}


def test_bytes_that_changed_are_seen(place: None, settings: Any) -> None:
    patrol()
    read()
    sha256 = models.Capture.objects.values_list("sha256", flat=True).first()
    assert sha256 is not None
    kept = settings.EVIDENCE_DIR / sha256[:2] / sha256[2:4] / sha256
    kept.chmod(0o640)
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    assert found(settings) == {"captures whose bytes are missing or changed"}


def test_a_post_left_out_in_silence_is_seen(place: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(monkeypatch, storing, "store", lambda real: lambda posts, **named: real(posts[1:], **named))
    patrol()
    read()
    assert found(settings) == {"posts lost", "cursors ahead of their posts"}


def test_a_post_under_a_second_identity_is_seen(place: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    patrol()
    changed(monkeypatch, storing_rows, "row", lambda real: lambda *given: (*real(*given)[:1], f"{real(*given)[1]}-2", *real(*given)[2:]))
    patrol()
    read()
    assert found(settings) == {"posts never served"}


def test_changed_words_are_seen(place: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    place_of = storing_rows.COLUMNS.index("text")

    def made(real: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any) -> tuple[Any, ...]:
            row = real(*given)
            return (*row[:place_of], row[place_of].replace("gaji", "upah"), *row[place_of + 1 :])

        return run

    changed(monkeypatch, storing_rows, "row", made)
    patrol()
    read()
    assert found(settings) == {"posts with other words"}


def test_a_flag_that_was_not_raised_is_seen(place: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(monkeypatch, flagging, "raise_flags", lambda real: lambda *given, **named: 0)
    patrol()
    read()
    assert found(settings) == {"a check above level none without its flag"}


def test_a_flag_told_twice_is_seen(place: None, settings: Any) -> None:
    patrol()
    read()
    event = models.FlagEvent.objects.order_by("id").first()
    assert event is not None
    models.FlagEvent.objects.create(flag=event.flag, kind=event.kind, at=event.at, check_then=event.check_then)
    assert found(settings) == {"a flag not raised once", "a flag with a second event"}
