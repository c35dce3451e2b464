"""Time stamps of archives: from an authority on this machine, beside the archive, and tried again where it is away."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patrol import models
from patrol.evidence import raw, trust
from patrol.evidence.anchors import stamping
from patrol.evidence.archive import wacz
from patrol.infra import jobs
from patrol.preserving import page_stamps
from patrol.sources.transport import http
from tests import archives, factories, tsa_server

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl on this machine")]
NOW = factories.NOW
OURS = wacz.name(archives.KEY.public_key())


@pytest.fixture(scope="module")
def _authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[tsa_server.Server, str]]:
    with tsa_server.running(tmp_path_factory.mktemp("tsa")) as (server, root):
        yield server, root


@pytest.fixture
def authority(_authority: tuple[tsa_server.Server, str], settings: Any) -> tsa_server.Server:
    server, root = _authority
    server.mode = "stamps"
    server.asked.clear()
    settings.TIMESTAMP_URL, settings.TIMESTAMP_CA, settings.STAND_INS = tsa_server.URL, root, {tsa_server.ORIGIN: server.base}
    return server


def kept(title: str = "Lowongan", *, signed: bool = True) -> models.Capture:
    (post,) = factories.stored([factories.raw_post()])
    key = archives.KEY if signed else None
    return archives.kept(post, archives.packed(key, title=title), signed_by=OURS if signed else "")


def run() -> models.Job:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_job SET due_at = clock_timestamp() WHERE state = 'waiting'")
    jobs.run({page_stamps.KIND: page_stamps.carry_out}, now=NOW)
    return models.Job.objects.get(kind=page_stamps.KIND)


def stamps() -> dict[Any, models.Capture]:
    return {one.of_id: one for one in models.Capture.objects.filter(kind=trust.STAMP)}


def test_each_signed_archive_is_stamped_and_openssl_believes_it(authority: tsa_server.Server, settings: Any, tmp_path: Path) -> None:
    one, two, unsigned = kept(), kept("Lain"), kept(signed=False)
    page_stamps.ask(now=NOW)
    assert (run().state, set(stamps()), len(authority.asked)) == ("done", {one.pk, two.pk}, 2)
    made = stamps()[one.pk]
    assert (made.media_type, made.relation, made.post_id, made.purpose) == (
        "application/timestamp-reply",
        "time_stamp",
        one.post_id,
        "evidence",
    )
    assert [trust.of(each).level for each in (one, two, unsigned)] == [trust.Level.STAMPED, trust.Level.STAMPED, trust.Level.INTACT]
    (tmp_path / "root.pem").write_text(settings.TIMESTAMP_CA)
    asked: list[str | Path] = [
        "openssl",
        "ts",
        "-verify",
        "-data",
        raw.path_of(one.sha256),
        "-in",
        raw.path_of(made.sha256),
        "-CAfile",
        tmp_path / "root.pem",
    ]
    assert subprocess.run(asked, capture_output=True, check=False).returncode == 0
    page_stamps.ask(now=NOW)
    assert (run().state, len(stamps()), len(authority.asked)) == ("done", 2, 2)  # each once


def test_an_authority_that_is_away_is_asked_again_and_after_an_hour_anew(authority: tsa_server.Server) -> None:
    kept()
    authority.mode = "away"
    page_stamps.ask(now=NOW)
    assert run().state == "waiting"
    models.Job.objects.update(attempts=jobs.TRIES - 1)
    job = run()
    assert (job.state, stamps()) == ("given_up", {})
    assert page_stamps.problem() == job.problem
    assert page_stamps.mark(now=NOW + page_stamps.AGAIN - timedelta(seconds=1)) == 0
    assert page_stamps.mark(now=NOW + page_stamps.AGAIN) == 1
    authority.mode = "stamps"
    assert (run().state, len(stamps()), page_stamps.problem()) == ("done", 1, None)


def test_what_fails_half_way_keeps_the_stamps_before_it(authority: tsa_server.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = kept(), kept("Lain")
    asked = stamping.asked

    def once(to: http.Client, content: bytes, number: int) -> bytes:
        answer = asked(to, content, number)
        authority.mode = "away"
        return answer

    monkeypatch.setattr(stamping, "asked", once)
    page_stamps.ask(now=NOW)
    job = run()
    assert (job.state, len(stamps()), job.problem is not None) == ("waiting", 1, True)
    authority.mode = "stamps"
    assert (run().state, set(stamps())) == ("done", {first.pk, second.pk})


def test_a_broken_file_and_an_erased_post_are_not_stamped(authority: tsa_server.Server) -> None:
    broken, erased = kept(), kept("Lain")
    raw.path_of(broken.sha256).unlink()
    assert erased.post is not None
    factories.erase(erased.post.versions.get())
    page_stamps.ask(now=NOW)
    assert (run().state, stamps(), authority.asked) == ("done", {}, [])


def test_a_sweep_asks_once_where_there_is_an_authority_and_nothing_else(authority: tsa_server.Server, settings: Any) -> None:
    assert (page_stamps.mark(now=NOW), page_stamps.mark(now=NOW), run().state) == (1, 0, "done")
    with CaptureQueriesContext(connection) as asked:
        assert page_stamps.mark(now=NOW + timedelta(days=1)) == 0
    assert len(asked) == 1
    settings.TIMESTAMP_URL = ""
    with CaptureQueriesContext(connection) as asked:
        page_stamps.ask(now=NOW)
        assert (page_stamps.mark(now=NOW), page_stamps.problem()) == (0, None)
    assert len(asked) == 0


def test_broken_files_in_front_keep_no_other_archive_from_its_stamp(authority: tsa_server.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_stamps, "_AT_ONCE", 2)
    # The newest first; these are of one moment, so that the whole one is taken from the end of what there is.
    made = {one.pk: one for one in (kept(f"Halaman {number}") for number in range(4))}
    *broken, last = [made[key] for key in page_stamps._unstamped(0).values_list("pk", flat=True)]
    for one in broken:
        raw.path_of(one.sha256).unlink()
    page_stamps.ask(now=NOW)
    assert (run().state, set(stamps())) == ("done", {last.pk})
