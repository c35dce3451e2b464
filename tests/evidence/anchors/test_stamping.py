"""Time stamps from an authority on this machine: kept where they hold, else a sentence and a later try."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from patrol import models
from patrol.evidence.anchors import folder, making, stamping, state
from patrol.infra import jobs
from tests import tsa_server
from tests.evidence.anchors import sealed

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl on this machine")]
NOW = sealed.NOW


@pytest.fixture(scope="module")
def _authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[tsa_server.Server, str]]:
    with tsa_server.running(tmp_path_factory.mktemp("tsa")) as (server, root):
        yield server, root


@pytest.fixture
def authority(_authority: tuple[tsa_server.Server, str], settings: Any, tmp_path: Path) -> tsa_server.Server:
    server, root = _authority
    server.mode = "stamps"
    server.asked.clear()
    settings.TIMESTAMP_URL, settings.TIMESTAMP_CA, settings.STAND_INS = tsa_server.URL, root, {tsa_server.ORIGIN: server.base}
    sealed.key(tmp_path)
    sealed.acts(2)
    making.seal(now=NOW)
    return server


def stamp() -> models.Job:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_job SET due_at = clock_timestamp() WHERE state = 'waiting'")
    jobs.run({stamping.KIND: stamping.carry_out}, now=NOW)
    return models.Job.objects.get(kind=stamping.KIND)


def test_the_newest_manifest_is_stamped_and_openssl_believes_it(authority: tsa_server.Server, settings: Any, tmp_path: Path) -> None:
    sealed.acts(1, start=8)
    making.seal(now=NOW + timedelta(minutes=15))
    assert stamp().state == "done"
    assert [kind for kind, _query in authority.asked] == ["application/timestamp-query"]
    assert [folder.stamp(sealed.place(), number) is not None for number in (1, 2)] == [False, True]
    (tmp_path / "root.pem").write_text(settings.TIMESTAMP_CA)
    place = folder.path_of(sealed.place(), 2)
    asked: list[str | Path] = [
        "openssl",
        "ts",
        "-verify",
        "-data",
        place,
        "-in",
        place.with_suffix(".tsr"),
        "-CAfile",
        tmp_path / "root.pem",
    ]
    assert subprocess.run(asked, capture_output=True, check=False).returncode == 0
    assert state.whole(now=NOW).stamps == (state.Stamps("tsa.contoh.example", NOW),)
    (said,) = [line for line in sealed.told() if line.startswith("time stamp")]
    assert said == "time stamp 2: 1 were not looked at: no certificates of their authority (TIMESTAMP_CA)"
    assert sealed.found(authorities=settings.TIMESTAMP_CA) == []


def test_it_is_asked_once_for_a_manifest(authority: tsa_server.Server) -> None:
    assert (stamp().state, len(authority.asked)) == ("done", 1)
    jobs.add(stamping.KIND, "newest", {}, now=NOW)
    assert (stamp().state, len(authority.asked)) == ("done", 1)


UNTRUE = ("old", "other_hash", "refuses", "nonsense", "stranger")


@pytest.mark.parametrize("mode", [mode for mode in tsa_server.MODES if mode != "stamps"])
def test_what_does_not_hold_is_not_kept_and_asked_for_again(authority: tsa_server.Server, mode: str) -> None:
    if mode == "old":  # an answer to an earlier question of ours about the same manifest
        stamp()
        folder.path_of(sealed.place(), 1, "tsr").unlink()
        jobs.add(stamping.KIND, "newest", {}, now=NOW)
    authority.mode = mode
    job = stamp()
    assert job.problem is not None
    assert (job.state, job.attempts, job.problem["permanent"], folder.stamp(sealed.place(), 1)) == ("waiting", 1, False, None)
    assert (job.problem["code"] == "stamp_untrue") == (mode in UNTRUE), job.problem
    assert state.whole(now=NOW).stamps == (state.Stamps("tsa.contoh.example", None, job.problem),)
    authority.mode = "stamps"
    assert (stamp().state, folder.stamp(sealed.place(), 1) is not None) == ("done", True)


def test_an_authority_in_a_private_network_is_asked_where_it_is_named_alone(authority: tsa_server.Server, settings: Any) -> None:
    settings.STAND_INS, settings.TIMESTAMP_URL = {}, "http://10.20.0.8/stempel"
    job = stamp()
    assert job.problem is not None
    assert (job.problem["code"], authority.asked) == ("private_address", [])
    settings.TIMESTAMP_URL, settings.TIMESTAMP_ADDRESS = "http://stempel.contoh.example:3180/", "10.20.0.8"
    inside = stamping.client().inside
    assert inside is not None
    assert (inside.address, inside.is_at(settings.TIMESTAMP_URL)) == ("10.20.0.8", True)


def test_a_stamp_that_was_exchanged_is_found(authority: tsa_server.Server, settings: Any) -> None:
    stamp()
    sealed.acts(1, start=8)
    making.seal(now=NOW + timedelta(minutes=15))
    stamp()
    one, two = (folder.path_of(sealed.place(), number, "tsr") for number in (1, 2))
    kept = two.read_bytes()
    two.unlink()
    two.write_bytes(one.read_bytes())
    assert sealed.found(authorities=settings.TIMESTAMP_CA) == ["time stamp 2: it does not hold: Mismatch between messages"]
    two.write_bytes(kept[:-40])
    assert sealed.found(authorities=settings.TIMESTAMP_CA)[0].startswith("time stamp 2: it does not hold")
