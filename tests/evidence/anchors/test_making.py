"""What is sealed when, what a crash leaves, and what is never signed."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection, transaction

from patrol import domain, models
from patrol.access import audit
from patrol.evidence.anchors import folder, making, reach, state
from patrol.evidence.anchors.state import Sealed
from patrol.infra import jobs
from tests import factories
from tests.evidence.anchors import sealed
from tests.worker import points

NOW = sealed.NOW
database = pytest.mark.django_db


def numbers() -> list[int]:
    return list(folder.numbers(sealed.place()))


def named() -> list[int]:
    """By the log, in its order."""
    return [int(key) for key in models.AuditEntry.objects.filter(verb=making.VERB).order_by("seq").values_list("target_id", flat=True)]


def refused(**given: Any) -> str:
    """Why nothing was sealed, and that nothing was."""
    before = numbers(), named()
    with pytest.raises(domain.SourceError) as error:
        making.seal(now=NOW, **given)
    assert (numbers(), named()) == before
    return error.value.problem.code


@database
def test_without_a_key_nothing_is_due_and_nothing_is_asked(django_assert_num_queries: Any) -> None:
    sealed.acts(1)
    with django_assert_num_queries(0):
        assert making.mark(now=NOW) == 0


@database
def test_it_is_due_while_something_is_new_and_once_in_thirteen_minutes(tmp_path: Path, django_assert_num_queries: Any) -> None:
    sealed.key(tmp_path)
    assert making.mark(now=NOW) == 0  # an empty log
    sealed.acts(3)
    assert [making.mark(now=NOW), making.mark(now=NOW)] == [1, 0]
    job = jobs.run({"anchor": making.carry_out}, now=NOW)
    assert (job and job.kind, numbers(), named()) == ("anchor", [1], [1])
    later = NOW + timedelta(hours=1)
    with django_assert_num_queries(1):
        assert making.mark(now=later) == 0  # the row that names the manifest is nothing new
    sealed.acts(1)
    assert making.mark(now=NOW + making.EVERY - timedelta(seconds=1)) == 0
    assert making.mark(now=NOW + making.EVERY) == 1
    jobs.run({"anchor": making.carry_out}, now=NOW + timedelta(days=1))
    sealed.acts(1, start=9)
    assert making.mark(now=NOW + making.EVERY) == 1  # the clock had run ahead and was put right


@database
def test_a_manifest_says_head_and_lengths_and_openssl_believes_it(tmp_path: Path) -> None:
    trusted = sealed.in_three(tmp_path)
    second, third = folder.read(sealed.place(), 2), folder.read(sealed.place(), 3)
    said = third.statement
    row = models.AuditEntry.objects.get(seq=said.rows)
    assert (said.number, said.before, said.head, said.first) == (3, second.sha256, row.hash, second.statement.rows + 1)
    assert (said.evidence.records, said.evidence.versions, said.evidence.seals) == (
        models.Capture.objects.count(),
        models.PostVersion.objects.count(),
        models.Seal.objects.count(),
    )
    newest = models.AuditEntry.objects.filter(verb="evidence.sealed").order_by("-seq").values_list("after", flat=True)[0]
    assert (said.evidence.head, said.readings.quarters) == (newest["digest"], 3)
    assert {entry[0] for entry in third.entries()} == {"row", "record", "version", "collector"}
    line, signature, listed = folder.path_of(sealed.place(), 3).read_bytes().split(b"\n", 2)
    (tmp_path / "s").write_bytes(line + b"\n")
    (tmp_path / "g").write_bytes(base64.b64decode(signature))
    public = folder.key_path(sealed.place(), trusted)
    asked: list[str | Path] = [
        "openssl",
        "pkeyutl",
        "-verify",
        "-rawin",
        "-pubin",
        "-inkey",
        public,
        "-in",
        tmp_path / "s",
        "-sigfile",
        tmp_path / "g",
    ]
    done = subprocess.run(asked, capture_output=True, check=False)
    assert (done.returncode, hashlib.sha256(listed).hexdigest()) == (0, said.list_sha256), done.stderr


STEPS = points.steps((making.seal, making._seal, making._agreed, making._name, folder.write), {})
POINTS = [one for one in points.points(STEPS) if not one.endswith(("publish", "acknowledge"))]


def test_dying_anywhere_loses_nothing_and_doubles_nothing(committed: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each point at its first visit, in one log that goes on."""
    sealed.key(tmp_path)
    process = points.Process(monkeypatch, STEPS)
    reached = set()
    for turn, point in enumerate(POINTS):
        sealed.acts(2, start=turn * 10)
        process.arm(point, 1)
        try:
            making.seal(now=NOW + timedelta(minutes=turn))
        except points.KilledError:
            reached.add(point)
        connection.close()
        process.arm("", 0)
        for left in sealed.place().rglob(".new-*"):
            os.utime(left, (0, 0))  # a younger one may be another's that still writes
        making.seal(now=NOW + timedelta(minutes=turn))
        assert numbers() == named() == list(range(1, len(numbers()) + 1)), point
        assert (sealed.found(), making.newest().new, audit.verify()) == ([], 0, None), point
        assert [one.name for one in sealed.place().rglob(".new-*")] == [], point
    assert {"after fsync", "after rename", "before commit", "before making._name", "after making._name"} <= reached


@database
def test_what_comes_between_a_manifest_and_the_row_that_names_it_is_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed.key(tmp_path)
    sealed.acts(2)
    write = folder.write

    def meanwhile(place: Path, content: bytes) -> None:
        write(place, content)
        if place.suffix == ".seal" and making.newest().head == 2:
            sealed.acts(1, start=9)

    monkeypatch.setattr(folder, "write", meanwhile)
    making.seal(now=NOW)
    assert (making.newest().rows, making.newest().head, making.newest().new) == (2, 4, 1)
    assert making.mark(now=NOW + making.EVERY) == 1


@database
def test_a_job_that_takes_too_long_goes_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed.key(tmp_path)
    monkeypatch.setattr(making, "MOST", 4)
    monkeypatch.setattr(making, "SECONDS", 0.0)
    sealed.acts(6)
    making.mark(now=NOW)
    for last, status in ((4, "waiting"), (7, "done")):
        jobs.hurry("anchor", ["log"])
        jobs.run({"anchor": making.carry_out}, now=NOW)
        assert (making.newest().rows, models.Job.objects.get(kind="anchor").state) == (last, status)
    assert sealed.found() == []


@database
def test_a_long_log_takes_several_manifests_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed.key(tmp_path)
    monkeypatch.setattr(making, "MOST", 4)
    sealed.acts(10)
    made = making.seal(now=NOW)
    assert [(one.statement.first, one.statement.rows) for one in made] == [(1, 4), (5, 8), (9, 10)]
    assert sealed.found() == []


def test_what_does_not_go_on_is_not_signed(committed: None, tmp_path: Path) -> None:
    """A cut folder, a changed manifest, a changed log, an older one: nothing is written until somebody says `anew`."""
    sealed.in_three(tmp_path)
    sealed.acts(1, start=50)
    place = folder.path_of(sealed.place(), 3)
    kept = place.read_bytes()
    place.unlink()
    assert refused() == "anchor_cut"
    place.write_bytes(kept.replace(b"row 1", b"row 7"))
    assert refused() == "anchor_changed"
    place.unlink()
    place.write_bytes(kept)
    sealed.as_superuser("UPDATE patrol_auditentry SET at = at - interval '1 day' WHERE target_id = '50'")
    assert refused() == "anchor_log"
    sealed.as_superuser("UPDATE patrol_auditentry SET at = at + interval '1 day' WHERE target_id = '50'")
    sealed.as_superuser("UPDATE patrol_loghead SET mac = repeat('0', 64)")
    assert refused() == "anchor_log"
    making.seal(now=NOW, anew=True)  # SECRET_KEY was lost: the head stays unsigned for good
    sealed.acts(1, start=51)
    (made,) = making.seal(now=NOW)
    assert (made.statement.number, made.statement.unsigned, sealed.found()) == (5, True, [])
    assert "manifest 4: from here on the head of the log was signed with no key of ours" in sealed.told()


def test_a_database_older_than_its_anchors_is_told_as_that_and_goes_on_anew_by_hand(committed: None, tmp_path: Path) -> None:
    sealed.in_three(tmp_path)
    second = folder.read(sealed.place(), 2).statement
    first = second.rows + 2  # behind the row that names manifest 2: a backup of then
    reached = folder.read(sealed.place(), 3).statement.rows
    sealed.as_superuser("DELETE FROM patrol_auditentry WHERE seq >= %(seq)s", {"seq": first})
    row = models.AuditEntry.objects.get(seq=first - 1)
    sealed.as_superuser(
        "UPDATE patrol_loghead SET seq = %(seq)s, hash = %(hash)s, mac = %(mac)s",
        {"seq": row.seq, "hash": row.hash, "mac": audit.signature(row.seq, row.hash)},
    )
    at = (NOW + 2 * sealed.STEP).isoformat(sep=" ", timespec="minutes")
    assert sealed.found()[0] == (
        f"rows {first} to {reached}: at the end of the log, missing: the database was restored from a backup of before {at}, or its end was"
        " removed"
    )
    assert refused() == "anchor_older"
    sealed.acts(6, start=60)  # people work on
    assert refused() == "anchor_older"
    assert "restored from a backup" in sealed.found()[0]
    (made,) = making.seal(now=NOW + timedelta(hours=2), anew=True)
    assert (made.statement.number, made.statement.anew, made.statement.first) == (4, True, 1)
    lines = sealed.told()
    assert any(line.startswith("manifest 4: begins anew") for line in lines)
    assert any(line.startswith(f"rows {first} to ") and "sealed otherwise before" in line for line in lines)
    sealed.acts(1, start=80)
    assert [one.statement.number for one in making.seal(now=NOW + timedelta(hours=3))] == [5]


@database
def test_a_lost_folder_goes_on_anew_by_hand_with_the_numbers_of_before(tmp_path: Path) -> None:
    trusted = sealed.in_three(tmp_path)
    shutil.rmtree(sealed.place())
    assert refused() == "anchor_cut"
    (made,) = making.seal(now=NOW + timedelta(hours=1), anew=True)
    assert (made.statement.number, made.statement.first, sealed.found(trusted)) == (4, 1, [])
    assert "manifest 1 to 3: missing" in sealed.told(trusted)


@database
def test_a_new_key_is_announced_by_the_old_one(tmp_path: Path) -> None:
    old = sealed.in_three(tmp_path)
    file = tmp_path / "next-key"
    new = making.write_key(file)
    assert [one.statement.next_key for one in making.announce(file, now=NOW)] == [new]
    assert making.announce(file, now=NOW) == []  # once
    sealed.acts(1, start=70)
    assert refused() == "anchor_next_key"
    file.replace(configured.ANCHOR_KEY)
    (made,) = making.seal(now=NOW)
    assert (made.statement.key, sealed.found(old), sealed.found(new)) == (new, [], [])
    assert sealed.found("f" * 64)[0] == "manifest 1 to 5: signed by a key that was neither given nor announced"


@database
def test_a_lost_key_is_gone_on_from_by_hand_and_told_until_the_new_one_is_given_too(tmp_path: Path) -> None:
    old = sealed.in_three(tmp_path)
    sealed.acts(1, start=70)
    Path(configured.ANCHOR_KEY).unlink()
    assert refused() == "anchor_key"
    making.write_key(Path(configured.ANCHOR_KEY))
    assert refused() == "anchor_other_key"
    making.seal(now=NOW, key_lost=True)
    assert sealed.found(old) == ["manifest 4: nobody announced its key, since the one of before was lost: give that key too"]
    assert sealed.found() == []


@database
def test_a_folder_that_cannot_be_written_is_a_sentence_and_a_later_try(tmp_path: Path) -> None:
    sealed.key(tmp_path)
    sealed.place().write_bytes(b"a file where the folder should be")
    sealed.acts(1)
    making.mark(now=NOW)
    jobs.run({"anchor": making.carry_out}, now=NOW)
    job = models.Job.objects.get(kind="anchor")
    assert job.problem is not None
    assert (job.state, job.problem["code"], job.problem["permanent"], named()) == ("waiting", "anchor_folder", False, [])


@database
def test_when_it_was_sealed_and_what_waits(tmp_path: Path) -> None:
    assert state.whole(now=NOW).sealed == Sealed.NEVER
    sealed.key(tmp_path)
    sealed.acts(2)
    making.seal(now=NOW)
    assert state.whole(now=NOW + timedelta(days=1)).sealed == Sealed.NOTHING_NEW
    with transaction.atomic():
        audit.write("flag.dismissed", by=None, now=NOW, target=("flag", 5))
    newest = making.newest()
    assert (newest.number, newest.rows, newest.new, newest.waits) == (1, 2, 1, NOW)
    assert [state.of(newest, now=NOW + late) for late in (state.LATE, state.LATE + timedelta(seconds=1))] == [Sealed.WAITING, Sealed.LATE]


@database
def test_what_is_seen_of_who_reaches_the_folder_is_told_and_no_more(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed.key(tmp_path)
    sealed.place().mkdir()
    settings.EVIDENCE_DIR = str(tmp_path)
    seen = reach.known(sealed.place())
    assert reach.FOLDER_DISK in seen
    assert {reach.FOLDER_OPEN, reach.KEY_OPEN} & set(seen) == set()
    sealed.place().chmod(0o777)
    Path(configured.ANCHOR_KEY).chmod(0o644)
    assert {reach.FOLDER_OPEN, reach.KEY_OPEN} < set(reach.known(sealed.place()))
    monkeypatch.setitem(configured.DATABASES["default"], "HOST", "db.example")
    away = reach.known(sealed.place())
    assert (reach.DATABASE_AWAY in away, {reach.FOLDER_OWNER, reach.KEY_OWNER} & set(away)) == (True, set())
    settings.TIMESTAMP_URL, settings.STAND_INS = "https://tsa.example/ts", {"https://tsa.example": "http://127.0.0.1:9"}
    assert reach.AUTHORITY_HERE in reach.known(sealed.place())
    assert reach.known(tmp_path / "gone")[0] != reach.FOLDER_DISK


@database
def test_an_erased_text_is_told_until_the_log_s_row_is_sealed_too(tmp_path: Path) -> None:
    sealed.in_three(tmp_path)
    version = models.PostVersion.objects.order_by("id")[0]
    factories.erase(version)
    assert [one for one in sealed.found() if f"version {version.pk}" in one] == [
        f"version {version.pk}: its words are not what was sealed, and nobody erased them"
    ]
    with transaction.atomic():
        audit.write("post.erased", by=None, now=NOW, target=("post", version.post_id))
    newer = f"the row of the log that says so ({making.newest().head}) is newer than the last manifest"
    assert sealed.found() == []
    assert f"version {version.pk}: its words were erased, and {newer}" in sealed.told()
    making.seal(now=NOW)
    assert (sealed.found(), [one for one in sealed.told() if "were erased" in one]) == ([], [])
