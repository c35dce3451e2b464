"""What a worker can do whose lease ran out while it slept, and what two rows of one post would be: with each fence taken down in turn.

With the fences the one who woke too late leaves nothing behind; without one of them the checker names what it did. Workers meet here
step by step in one process: the second one goes its whole way while the first stands still.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from bench import checker, prepare, stream
from example import site
from patrol import domain, models
from patrol.engine import assess
from patrol.evidence import custody
from patrol.pipeline import assessing, claiming, keeping, storing, storing_sql
from patrol.sources.shared import progress
from tests import conftest, factories, races
from tests.worker import moody

pytestmark = pytest.mark.worker


@pytest.fixture
def platform(committed: None, settings: Any, tmp_path: Any) -> Iterator[moody.Moody]:
    """One channel in peace, whose posts can be edited."""
    shown = stream.grown(seed=5, channels=1, posts=50)
    one = moody.Moody(shown, 0)
    one.calm()
    thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    settings.STAND_INS = site.stand_ins(one.server_port, shown)
    prepare.load(tmp_path / "world", served=shown)
    models.Watch.objects.exclude(platform="telegram").delete()
    yield one
    one.shutdown()
    thread.join()
    one.server_close()


def patrol(settings: Any) -> list[str]:
    return moody.patrol(settings, "telegram")


def read() -> None:
    while assessing.read_due(now=timezone.now(), limit=200).read:
        pass


def leases_run_out() -> None:
    with connection.cursor() as cursor:
        for table in ("patrol_watch", "patrol_post"):
            cursor.execute(f"UPDATE {table} SET lease_until = clock_timestamp() WHERE lease_until IS NOT NULL")


def edit_the_newest(platform: moody.Moody) -> None:
    (place,) = platform.changing.world.channels.values()
    for post in platform.real(place)[-10:]:
        key = place.label_id(post)
        while (place.platform, key) not in platform.served:  # the site notes what it served behind the last byte
            threading.Event().wait(0.01)
        platform.changing.edited[key] = f"{post.text} (disunting)"


def found(settings: Any, platform: moody.Moody) -> set[str]:
    """What the checker complains of, without the examples."""
    return {one.partition(":")[0] for one in checker.complaints(connection, settings.EVIDENCE_DIR, platform.served)}


def covered() -> int:
    """Messages the watch counts as fetched."""
    reached = progress.Progress.read(models.Watch.objects.values_list("cursor", flat=True).get())
    return sum(reached.is_covered(number) for number in range(1, 100))


def sleeps(patch: pytest.MonkeyPatch, module: Any, name: str, meanwhile: Callable[[], None]) -> None:
    """The first who calls this function sleeps behind it, while the lease runs out and `meanwhile` happens."""
    real, seen = getattr(module, name), iter(range(1000))

    def run(*given: Any, **named: Any) -> Any:
        answer = real(*given, **named)
        if next(seen) == 0:
            leases_run_out()
            meanwhile()
        return answer

    patch.setattr(module, name, run)


def without(statement: str, fence: str) -> str:
    assert fence in statement
    return statement.replace(fence, "")


@pytest.mark.parametrize("fences", ["all", "token gone", "token and pair gone"])
def test_a_fetcher_that_wakes_too_late_would_bring_the_old_words_back(
    platform: moody.Moody, settings: Any, monkeypatch: pytest.MonkeyPatch, fences: str
) -> None:
    """The token is one fence, the pair of lease and token the one behind it: who let go cannot be given a lease without a token.

    Without both, the edits the other one stored get a newer version with the words from before, and pages are asked for again. No
    cursor gets ahead even then: what it says was stored in the same transaction, it only says less than was known.
    """
    reached: list[int] = []

    def the_other_one() -> None:
        edit_the_newest(platform)
        patrol(settings)
        reached[:] = [covered(), models.Capture.objects.count()]

    sleeps(monkeypatch, custody, "keep", the_other_one)
    statement = keeping._ADVANCE
    if fences != "all":
        statement = without(statement, "AND lease_token = %(token)s")
    if fences == "token and pair gone":
        statement = without(statement, ", lease_until = clock_timestamp() + %(lease)s * interval '1 second'")
    monkeypatch.setattr(keeping, "_ADVANCE", statement)
    told = patrol(settings)
    read()
    assert checker.cursors_ahead(connection, platform.served) == []
    assert covered() == reached[0]
    again = models.Capture.objects.count() - reached[1]  # pages that were asked for and kept once more
    if fences == "token and pair gone":
        assert "posts with other words" in found(settings, platform)
        assert again > 1
    else:
        assert told == ([] if fences == "all" else ["internal"])
        assert found(settings, platform) == set()
        assert again == 0
        assert models.Fetch.objects.filter(outcome="abandoned").count() == 1


@pytest.mark.parametrize("fenced", [True, False])
def test_a_reader_that_wakes_too_late_would_lay_its_flags_back_on_old_versions(
    platform: moody.Moody, settings: Any, monkeypatch: pytest.MonkeyPatch, fenced: bool
) -> None:
    def the_other_one() -> None:
        edit_the_newest(platform)
        patrol(settings)
        read()

    patrol(settings)
    sleeps(monkeypatch, assess, "assess", the_other_one)
    if not fenced:
        monkeypatch.setattr(claiming, "_DONE", without(claiming._DONE, "AND p.lease_token = %(token)s"))
    read()
    if fenced:
        assert found(settings, platform) == set()
        # What it made is gone with its transaction: no reading of the versions it had claimed.
        assert not models.Reading.objects.filter(version__number=1, version__post__versions_count=2).exists()
    else:
        assert "a flag beside its post's check" in found(settings, platform)


@pytest.fixture
def dropped(committed: None, settings: Any) -> Iterator[Callable[[str, str], None]]:
    """Drops a constraint of the test's own database: (table, name). Emptied and put back afterwards."""
    database = settings.DATABASES["default"]["NAME"]
    gone: list[tuple[str, str, str]] = []

    def drop(table: str, name: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass", [name, table]
            )
            (definition,) = cursor.fetchone()
        gone.append((table, name, definition))
        connections.close_all()
        conftest.as_superuser(f"ALTER TABLE {table} DROP CONSTRAINT {name}", database=database)

    yield drop
    connections.close_all()
    conftest.empty(database)
    back = [f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}" for table, name, definition in gone]
    conftest.as_superuser(*back, database=database)


def test_a_post_without_its_unique_key_is_not_kept_at_all(
    platform: moody.Moody, settings: Any, dropped: Callable[[str, str], None]
) -> None:
    """The statement names the key it leans on: where somebody drops it, every run says so, and no cursor moves."""
    dropped("patrol_post", "post_once")
    assert patrol(settings) == ["internal"]
    assert models.Post.objects.count() == 0
    assert models.Watch.objects.get().cursor == {}


def test_without_the_key_and_without_naming_it_posts_are_kept_twice_and_seen(
    platform: moody.Moody, settings: Any, dropped: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped("patrol_post", "post_once")
    statement = storing_sql.POSTS.partition("ON CONFLICT")[0]
    assert statement != storing_sql.POSTS
    monkeypatch.setattr(storing_sql, "POSTS", statement)
    monkeypatch.setattr(storing_sql, "IDS", storing_sql.IDS.partition(", (SELECT")[0])
    patrol(settings)
    patrol(settings)
    read()
    assert "posts kept twice" in found(settings, platform)


@pytest.mark.usefixtures("committed")
def test_two_workers_with_one_new_post_keep_it_once_and_both_ways() -> None:
    """Neither sees a row when it looks, both copy; the one who comes second goes by the staging table."""
    same, other = factories.raw_post("sama"), factories.raw_post("lain", also=("name:lain/1",))
    runs = [factories.fetch(), factories.fetch()]
    captures = [
        custody.capture(answer, sha256=custody.keep(answer), platform="telegram", fetch=run)
        for run, answer in zip(runs, (factories.answer(b"satu"), factories.answer(b"dua")), strict=True)
    ]

    def store(place: int, *posts: domain.RawPost) -> Callable[[], storing.Stored]:
        way: dict[str, Any] = {"watch_id": runs[place].watch_id, "fetch_id": runs[place].pk, "now": factories.NOW}
        return lambda: storing.store(posts, capture_id=captures[place].pk, **way)

    done = races.race("LOCK TABLE patrol_post IN SHARE MODE", store(0, same), store(1, same, other))
    assert (sum(one.new for one in done), sum(one.repeated for one in done)) == (2, 1)
    assert [one.problems for one in done] == [(), ()]
    assert models.PostVersion.objects.count() == models.Post.objects.count() == 2
    assert set(models.Seen.objects.values_list("post__external_id", "watch")) == {
        (same.external_id, runs[0].watch_id),
        (same.external_id, runs[1].watch_id),
        (other.external_id, runs[1].watch_id),
    }
    assert models.OtherName.objects.get().post.external_id == other.external_id


def test_without_its_key_a_way_is_written_down_twice_and_seen(
    platform: moody.Moody, settings: Any, dropped: Callable[[str, str], None]
) -> None:
    dropped("patrol_seen", "seen_once")
    patrol(settings)
    patrol(settings)
    read()
    assert found(settings, platform) == {"the same way twice"}
