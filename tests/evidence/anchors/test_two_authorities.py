"""Two time-stamp authorities with keys of their own: each is asked, and one that fails stops the other nowhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from patrol import models
from patrol.admin.supervisor import sealed_words
from patrol.evidence import trust
from patrol.evidence.anchors import authorities, folder, making, stamping, state
from patrol.evidence.archive import wacz
from patrol.infra import jobs
from patrol.preserving import page_stamps
from tests import archives, factories, tsa_server
from tests.evidence.anchors import sealed

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl on this machine")]
NOW = sealed.NOW
FIRST, SECOND = "tsa.contoh.example", "tsa-lain.contoh.example"


@dataclass(frozen=True)
class Two:
    first: tsa_server.Server
    second: tsa_server.Server
    roots: tuple[str, str]


@pytest.fixture(scope="module")
def _servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    with (
        tsa_server.running(tmp_path_factory.mktemp("satu")) as (first, root),
        tsa_server.running(tmp_path_factory.mktemp("dua"), "Lain") as (second, other),
    ):
        yield Two(first, second, (root, other))


@pytest.fixture
def two(_servers: Two, settings: Any, tmp_path: Any) -> Two:
    for server in (_servers.first, _servers.second):
        server.mode = "stamps"
        server.asked.clear()
    settings.TIMESTAMP_URL = f"{tsa_server.URL}, {tsa_server.SECOND_URL}"
    settings.TIMESTAMP_CA = "".join(_servers.roots)
    settings.STAND_INS = {tsa_server.ORIGIN: _servers.first.base, tsa_server.SECOND_ORIGIN: _servers.second.base}
    sealed.key(tmp_path)
    sealed.acts(2)
    making.seal(now=NOW)
    return _servers


def run(kind: str, carry_out: jobs.Handler) -> dict[str, str]:
    """What waits, once each; key of the job -> its state."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_job SET due_at = clock_timestamp() WHERE state = 'waiting'")
    for _each in authorities.urls():
        jobs.run({kind: carry_out}, now=NOW)
    return dict(models.Job.objects.filter(kind=kind).values_list("key", "state"))


def there(number: int) -> list[bool]:
    return [folder.stamp(sealed.place(), number, authority) is not None for authority in (0, 1)]


def test_each_stamps_the_newest_manifest_with_its_own_key(two: Two, settings: Any) -> None:
    assert run(stamping.KIND, stamping.carry_out) == {"newest": "done", "newest-2": "done"}
    assert (len(two.first.asked), len(two.second.asked), there(1)) == (1, 1, [True, True])
    assert list(folder.stamps(sealed.place(), 1)) == ["00000001.tsr", "00000001.2.tsr"]
    content = folder.path_of(sealed.place(), 1).read_bytes()
    for authority, root in enumerate(two.roots):
        stamp = folder.stamp(sealed.place(), 1, authority)
        assert stamp is not None
        stamping.held(stamp, content, root)
        with pytest.raises(stamping.UnknownError):
            stamping.held(stamp, content, two.roots[1 - authority])
    assert sealed.found(authorities=settings.TIMESTAMP_CA) == []
    assert sealed.found(authorities=two.roots[1]) == []
    said = [line for line in sealed.told(authorities=two.roots[1]) if line.startswith("time stamp")]
    assert (len(said), said[1]) == (2, "time stamp 1: 1 were not looked at: no certificates of their authority (TIMESTAMP_CA)")
    second = folder.stamp_path(sealed.place(), 1, 1)
    kept = second.read_bytes()
    second.unlink()
    second.write_bytes(kept[:-40])
    assert sealed.found(authorities=settings.TIMESTAMP_CA)[0].startswith("time stamp 1.2: it does not hold")
    assert sealed.found(authorities=two.roots[1])[0].startswith("time stamp 1.2: it does not hold")


@pytest.mark.parametrize("fails", [0, 1])
def test_one_that_fails_stops_the_other_nowhere_and_is_named(two: Two, fails: int) -> None:
    server = (two.first, two.second)[fails]
    server.mode = "away"
    keys = ["newest", "newest-2"]
    assert run(stamping.KIND, stamping.carry_out) == {keys[fails]: "waiting", keys[1 - fails]: "done"}
    assert there(1) == [fails == 1, fails == 0]
    told = Client().get("/health/").json()["sealed"]["time_stamps"]
    assert [one["authority"] for one in told] == [1, 2]
    assert [one["problem"] for one in told] == [("server_error" if place == fails else None) for place in (0, 1)]
    assert [one["at"] is not None for one in told] == [place != fails for place in (0, 1)]
    lines = sealed_words.panel(NOW)["lines"]
    assert [any(line.startswith(f"{host}: ") and "2026" in line for line in lines) for host in (FIRST, SECOND)] == [fails == 1, fails == 0]
    server.mode = "stamps"
    sealed.acts(1, start=8)
    making.seal(now=NOW + timedelta(minutes=15))
    assert run(stamping.KIND, stamping.carry_out) == {"newest": "done", "newest-2": "done"}
    assert there(2) == [True, True]
    assert all(one.problem is None for one in state.whole(now=NOW).stamps)


def test_one_that_is_asked_no_more_leaves_its_job_done(two: Two, settings: Any) -> None:
    settings.TIMESTAMP_URL = tsa_server.URL
    assert run(stamping.KIND, stamping.carry_out) | run(stamping.KIND, stamping.carry_out) == {"newest": "done", "newest-2": "done"}
    assert there(1) == [True, False]


def test_each_has_the_address_that_stands_in_its_place(settings: Any) -> None:
    settings.TIMESTAMP_URL = "https://satu.example/,http://dua.example:3180/"
    for given, inside in (("", ["", ""]), ("-,10.20.0.8", ["", "10.20.0.8"]), ("10.20.0.7, 10.20.0.8", ["10.20.0.7", "10.20.0.8"])):
        settings.TIMESTAMP_ADDRESS = given
        assert [authorities.address(place) for place in (0, 1)] == inside
    assert [authorities.name(place) for place in (0, 1)] == ["satu.example", "dua.example"]


def test_an_archive_gets_a_stamp_of_each_and_what_was_stamped_before_there_were_two(two: Two, settings: Any) -> None:
    (post,) = factories.stored([factories.raw_post()])
    one = archives.kept(post, archives.packed(title="Satu"), signed_by=wacz.name(archives.KEY.public_key()))
    two.second.mode = "away"
    page_stamps.ask(now=NOW)
    assert run(page_stamps.KIND, page_stamps.carry_out) == {"newest": "done", "newest-2": "waiting"}
    problem = page_stamps.problem()
    assert problem is not None
    assert problem["code"] == "server_error"
    assert trust.of(one).level == trust.Level.STAMPED
    two.second.mode = "stamps"
    assert run(page_stamps.KIND, page_stamps.carry_out) == {"newest": "done", "newest-2": "done"}
    stamps = models.Capture.objects.filter(of=one, kind=trust.STAMP)
    assert sorted(stamps.values_list("options__authority", flat=True)) == [SECOND, FIRST]
    settings.TIMESTAMP_CA = two.roots[1]
    found = trust.of(one)
    assert (found.level, found.why) == (trust.Level.STAMPED, (trust.STAMP_UNLOOKED,))
