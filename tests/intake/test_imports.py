"""Importing a file: what is kept, what a second time adds, what a kill in the middle leaves."""

from __future__ import annotations

import hashlib
import io
import json
import random
import tempfile
import tracemalloc
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from patrol import domain, models
from patrol.evidence import custody
from patrol.evidence import raw as evidence
from patrol.infra import jobs
from patrol.infra.refusals import RefusedError
from patrol.intake import formats, pending, spread
from patrol.intake import imports as verbs
from patrol.intake.formats import files, shape
from patrol.pipeline import picturing, storing
from tests import factories
from tests.intake.formats import samples

pytestmark = pytest.mark.django_db
NOW = factories.NOW


@pytest.fixture(autouse=True)
def evidence_folder(settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE_DIR = tmp_path


def table_of(count: int, start: int = 0) -> str:
    rows = "".join(f"Lowongan kerja nomor {n} ke Taiwan,https://contoh.example/{n},2026-11-12 08:00\n" for n in range(start, start + count))
    return "teks,tautan,waktu\n" + rows


def kept(sha256: str) -> bytes:
    with evidence.open_bytes(sha256) as file:
        return file.read()


def taken(
    content: bytes | str, name: str = "berkas.csv", by: models.Person | None = None, key: uuid.UUID | None = None, **options: Any
) -> models.Intake:
    raw = content.encode() if isinstance(content, str) else content
    kind = formats.recognise(samples.file(raw, name))
    with tempfile.TemporaryFile() as file:
        file.write(raw)
        file.flush()
        return verbs.take(
            content=file,
            name=name,
            format_name=kind,
            options=shape.Options.of(options),
            key=key or uuid.uuid4(),
            by=by or factories.person(),
            now=NOW,
        )


def brought_in(*args: Any, **kwargs: Any) -> models.Intake:
    return verbs.go_on(taken(*args, **kwargs).pk, now=NOW)


def counts(intake: models.Intake) -> tuple[str, int, int, int, int, int]:
    return (intake.state, intake.items, intake.posts_new, intake.posts_changed, intake.posts_repeated, intake.bad)


def test_an_import_keeps_the_file_as_evidence_and_stores_its_posts_as_due() -> None:
    station = models.Station.objects.create(office=factories.office("bp3mi-jabar"), name="P4MI Contoh")
    intake = brought_in(table_of(3), by=factories.person(station=station))
    capture = models.Capture.objects.get(intake=intake)
    assert counts(intake) == ("done", 3, 3, 0, 0, 0)
    assert (capture.kind, capture.person, capture.office) == ("upload", intake.person, intake.office)
    assert intake.station == station
    assert kept(intake.sha256).decode() == table_of(3)
    assert models.Post.objects.filter(platform="web").count() == 3
    assert models.Seen.objects.filter(intake=intake, watch=None).count() == 3
    assert [entry.verb for entry in models.AuditEntry.objects.order_by("seq")] == ["import.taken", "import.ended"]


def test_one_post_with_two_texts_far_apart_in_a_file_adds_nothing_the_second_time() -> None:
    rows = table_of(verbs.CHUNK + 10)
    both = [f"{words} dari kita,https://t.me/saluran_contoh/5,2026-11-12 08:00\n" for words in ("Pertama", "Kedua")]
    body = rows.replace("waktu\n", f"waktu\n{both[0]}") + both[1]
    assert counts(brought_in(body))[2:5] == (verbs.CHUNK + 11, 1, 0)
    many = models.PostVersion.objects.count()
    for _ in range(2):
        assert counts(brought_in(body))[2:5] == (0, 0, verbs.CHUNK + 12)
    assert models.PostVersion.objects.count() == many


def test_a_chat_without_its_media_takes_no_picture_away() -> None:
    line = "13/11/26 14.12 - Siti: {}\nLoker dengan gambar\n"
    name = "Chat WhatsApp dengan Loker"
    whole = samples.archive({f"{name}.txt": line.format("IMG-1.jpg (file terlampir)"), "IMG-1.jpg": samples.picture()})
    assert counts(brought_in(whole, name=f"{name}.zip"))[2:5] == (1, 0, 0)
    assert counts(brought_in(line.format("<Media tidak disertakan>"), name=f"{name}.txt"))[2:5] == (0, 0, 1)
    assert models.PostVersion.objects.count() == 1


def test_last_weeks_export_does_not_bring_back_what_is_gone_nor_old_words() -> None:
    export = samples.TELEGRAM | {"messages": [samples.TELEGRAM["messages"][1]]}
    brought_in(json.dumps(export), name="result.json")
    post = models.Post.objects.get()
    run, answer = factories.fetch(), factories.answer()
    capture = custody.capture(answer, sha256=custody.keep(answer), platform="telegram", fetch=run)
    seen = factories.raw_post("Disunting kemudian", external_id=post.external_id)
    way: dict[str, Any] = {"capture_id": capture.id, "watch_id": run.watch_id, "fetch_id": run.pk, "now": NOW}
    assert storing.store([seen], **way).changed == 1
    storing.store([], gone=[post.external_id], **way)
    assert counts(brought_in(json.dumps(export), name="result.json"))[2:5] == (0, 0, 1)
    changed = json.dumps(export).replace("Daftar", "Daftarlah")
    assert counts(brought_in(changed, name="result.json"))[2:5] == (0, 1, 0)
    post.refresh_from_db()
    assert (post.gone_at, post.versions_count) == (NOW, 2)
    assert set(post.versions.values_list("number", flat=True)) == {0, 1, 2}


def test_the_same_file_twice_adds_nothing_and_says_so() -> None:
    brought_in(table_of(4))
    again = brought_in(table_of(4))
    assert counts(again) == ("done", 4, 0, 0, 4, 0)
    assert (models.Post.objects.count(), models.PostVersion.objects.count()) == (4, 4)


def test_the_same_upload_taken_twice_is_one_import() -> None:
    key, person = uuid.uuid4(), factories.person()
    assert taken(table_of(1), key=key, by=person).pk == taken(table_of(1), key=key, by=person).pk
    assert models.Job.objects.filter(kind="import").count() == 1


def test_bad_rows_are_named_and_the_rest_goes_in() -> None:
    content = "teks,tautan,waktu\nLoker A,https://contoh.example/a,2026-11-12\n,https://contoh.example/b,2026-11-12\nLoker C,https://contoh.example/c,besok\n"
    intake = brought_in(content)
    assert counts(intake) == ("done", 3, 1, 0, 0, 2)
    assert [(p["where"], p["code"]) for p in intake.problems] == [("line:3", "no_text"), ("line:4", "bad_time")]


@pytest.mark.parametrize("dies", ["before storing", "after storing"])
def test_a_killed_import_goes_on_with_the_same_result(monkeypatch: pytest.MonkeyPatch, dies: str) -> None:
    monkeypatch.setattr(verbs, "CHUNK", 10)
    intake, store = taken(table_of(35)), storing.store
    calls: list[int] = []

    def killed(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) == 3 and dies == "before storing":
            raise KeyboardInterrupt
        done = store(*args, **kwargs)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(storing, "store", killed)
    with pytest.raises(KeyboardInterrupt):
        verbs.go_on(intake.pk, now=NOW)
    intake.refresh_from_db()
    assert counts(intake) == ("waiting", 20, 20, 0, 0, 0)
    assert models.Post.objects.count() == 20
    assert counts(verbs.go_on(intake.pk, now=NOW)) == ("done", 35, 35, 0, 0, 0)
    assert models.Post.objects.count() == 35


def test_of_two_that_bring_in_one_import_the_slower_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "CHUNK", 10)
    intake, store = taken(table_of(20)), storing.store
    faster: list[int] = []

    def overtaken(*args: Any, **kwargs: Any) -> Any:
        if not faster:
            faster.append(1)
            done = store(*args, **kwargs)
            # Stands for the other worker's commit between this one's chunks: the lock itself keeps two from one chunk.
            models.Intake.objects.filter(pk=intake.pk).update(items=20)
            return done
        return store(*args, **kwargs)

    monkeypatch.setattr(storing, "store", overtaken)
    first = models.Intake.objects.get(pk=intake.pk)
    models.Intake.objects.filter(pk=intake.pk).update(items=10)
    with pytest.raises(verbs.TakenOverError):
        verbs._chunk(first, [], models.Capture.objects.get(intake=intake), NOW)


def test_a_long_import_is_put_off_and_the_next_job_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "CHUNK", 10)
    monkeypatch.setattr(verbs, "WORK_SECONDS", 1e-9)
    intake, rounds = taken(table_of(25)), 0
    while job := next(iter(jobs.claim(["import"], 1)), None):
        verbs.run_job(job, now=NOW)
        rounds += 1
    intake.refresh_from_db()
    assert (counts(intake), rounds) == (("done", 25, 25, 0, 0, 0), 4)
    assert set(models.Job.objects.values_list("state", flat=True)) >= {"done"}


def test_a_long_import_reads_its_file_once_however_often_it_is_put_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "CHUNK", 10)
    monkeypatch.setattr(verbs, "WORK_SECONDS", 1e-9)
    reads, read = [], formats.read

    def counted(file: shape.File, *args: Any) -> Iterator[shape.Item]:
        reads.append(file)
        return read(file, *args)

    monkeypatch.setattr(formats, "read", counted)
    intake, rounds = taken(table_of(85)), 0
    assert spread.count(str(intake.key)) is None
    while job := next(iter(jobs.claim(["import"], 1)), None):
        verbs.run_job(job, now=NOW)
        rounds += 1
        assert spread.count(str(intake.key)) == (85 if rounds < 10 else None)
    intake.refresh_from_db()
    assert (counts(intake), rounds, len(reads)) == (("done", 85, 85, 0, 0, 0), 10, 1)
    assert list((pending.folder()).iterdir()) == []


def test_what_was_laid_out_and_lost_is_laid_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "CHUNK", 10)
    intake = taken(table_of(25))
    assert counts(verbs.go_on(intake.pk, now=NOW, seconds=1e-9)) == ("waiting", 10, 10, 0, 0, 0)
    spread.drop(str(intake.key))
    assert counts(verbs.go_on(intake.pk, now=NOW)) == ("done", 25, 25, 0, 0, 0)


def test_a_job_of_a_lost_file_is_given_up_in_plain_words() -> None:
    intake = taken(table_of(2))
    evidence.path_of(intake.sha256).unlink()
    (job,) = jobs.claim(["import"], 1)
    verbs.run_job(job, now=NOW)
    assert models.Job.objects.get(pk=job.id).state == "given_up"


def test_a_file_that_breaks_off_keeps_what_came_before() -> None:
    whole = json.dumps(samples.TELEGRAM)
    intake = brought_in(whole[: whole.index('"from": "Rina"')], "result.json")
    assert (intake.state, intake.posts_new, intake.bad) == ("done", 1, 1)
    assert intake.problems[0]["code"] == "file_broken"


def test_pictures_of_a_zip_are_pictures_of_the_post() -> None:
    packed = samples.archive(
        {"Chat WhatsApp dengan Info Kerja.txt": samples.WHATSAPP_ANDROID_ID, "IMG-20261112-WA0001.jpg": samples.picture()}
    )
    intake = brought_in(packed, "Chat WhatsApp dengan Info Kerja.zip")
    media = models.Media.objects.get(version__content__text="Lowongan Taiwan")
    assert media.capture is not None
    assert (intake.state, intake.posts_new, media.kind, media.state) == ("done", 4, "photo", "waiting")
    assert kept(media.capture.sha256) == samples.picture()
    assert (media.capture.kind, media.capture.post_id) == ("media", media.version.post_id)
    again = brought_in(packed, "Chat WhatsApp dengan Info Kerja.zip")
    assert (again.posts_new, again.posts_repeated, models.Media.objects.exclude(capture=None).count()) == (0, 4, 1)


def test_the_pictures_of_a_file_do_not_lie_in_memory_together() -> None:
    size, many = 500_000, 40
    pictures = {f"IMG-{number}.jpg": b"\xff\xd8\xff" + random.Random(number).randbytes(size) for number in range(many // 2)}
    told = [f"13/11/26 14.12 - Siti: IMG-{number % len(pictures)}.jpg (file terlampir)\nLoker {number}\n" for number in range(many)]
    row = taken(samples.archive({"_chat.txt": "".join(told), **pictures}), "_chat.zip", chat="Info Kerja")
    tracemalloc.start()
    try:
        intake = verbs.go_on(row.pk, now=NOW)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (intake.state, intake.posts_new, models.Media.objects.exclude(capture=None).count()) == ("done", many, many)
    assert set(models.Capture.objects.filter(kind="media").values_list("sha256", flat=True)) == {
        hashlib.sha256(content).hexdigest() for content in pictures.values()
    }
    assert peak < many * size / 2


def test_a_picture_from_the_file_is_shown_without_asking_anybody() -> None:
    brought_in(samples.archive({"_chat.txt": samples.WHATSAPP_ANDROID_ID, "IMG-20261112-WA0001.jpg": samples.picture()}), chat="Info Kerja")
    (job,) = jobs.claim(["media"], 5)
    nobody: Any = object()  # whoever asked it would fail
    picturing.fetch_pictures(job, now=NOW, fetcher=nobody)
    media = models.Media.objects.get(kind="photo")
    assert (media.state, media.width, media.height) == ("kept", 60, 40)
    assert media.thumbnail is not None


def test_an_import_meets_what_was_fetched() -> None:
    watch = factories.watch()
    fetch = factories.fetch(watch)
    fetched = domain.RawPost("telegram", "1999000111/7", "https://t.me/loker/7", "Daftar di sini")
    capture = custody.capture_file(b"x", "text/html", platform="telegram", kind="page", now=NOW, fetch=fetch)
    storing.store([fetched], capture_id=capture.pk, watch_id=watch.pk, fetch_id=fetch.pk, now=NOW)
    intake = brought_in(json.dumps(samples.TELEGRAM), "result.json")
    assert (intake.posts_new, intake.posts_changed) == (1, 1)
    assert models.Post.objects.get(external_id="1999000111/7").ways.count() == 2


def test_who_may_not_import_is_refused() -> None:
    with pytest.raises(PermissionDenied):
        taken(table_of(1), by=factories.person("registrar"))
    assert models.Intake.objects.count() == 0


# --- the waiting room -------------------------------------------------------------------------------


def test_a_file_waits_under_its_hash_and_leaves_when_asked() -> None:
    waits = pending.keep([b"teks\n", b"halo\n"])
    with pending.open_file(waits.sha256) as file:
        assert file.read() == b"teks\nhalo\n"
    pending.drop(waits.sha256)
    with pytest.raises(RefusedError, match=r"^import\.file_gone file$"):
        pending.open_file(waits.sha256)


@pytest.mark.parametrize("name", ["", "../secret", "a" * 63, "A" * 64])
def test_only_hashes_are_opened(name: str) -> None:
    with pytest.raises(RefusedError, match=r"^import\.file_gone file$"):
        pending.open_file(name)


def test_too_large_and_empty_files_are_refused_and_leave_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    for chunks, code in (([b"12345", b"678901"], "import.file_too_large"), ([], "import.file_empty")):
        with pytest.raises(RefusedError, match=code):
            pending.keep(chunks)
    assert list(pending.folder().iterdir()) == []


def test_what_nobody_imports_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    old = pending.keep([b"lama"])
    monkeypatch.setattr(pending, "KEPT_SECONDS", -10)
    pending.keep([b"baru"])
    with pytest.raises(RefusedError):
        pending.open_file(old.sha256)


# --- the command ------------------------------------------------------------------------------------


def run(path: Path, *args: str, **kwargs: Any) -> str:
    out = io.StringIO()
    call_command("import_posts", str(path), *args, stdout=out, **kwargs)
    return out.getvalue()


def test_the_command_shows_and_imports(tmp_path: Path) -> None:
    path = tmp_path / "unggahan.csv"
    path.write_text(table_of(3))
    factories.person(username="petugas")
    assert "3 posts, 0 bad rows" in run(path, "--by", "petugas", "--dry-run")
    assert models.Intake.objects.count() == 0
    assert "3 new, 0 changed, 0 repeated, 0 bad rows" in run(path, "--by", "petugas")


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    factories.person(username="petugas")
    for args, said in (
        (["--by", "siapa"], "no active person"),
        (["--by", "petugas"], "not known"),
        (["--by", "petugas", "--mapping", "{"], "not JSON"),
    ):
        with pytest.raises(CommandError, match=said):
            run(path, *args)


def test_the_command_says_who_may_import(tmp_path: Path) -> None:
    path = tmp_path / "unggahan.csv"
    path.write_text(table_of(3))
    factories.person(username="kepala", role="administrator")
    with pytest.raises(CommandError, match=r"^kepala may not import files: officers, analysts and supervisors may\.$"):
        run(path, "--by", "kepala")
    assert models.Intake.objects.count() == models.Post.objects.count() == 0


def test_a_bad_row_is_named_whatever_stands_in_it() -> None:
    rows = [
        {"teks": "Lowongan Taiwan", "waktu": "2026-11-12 08:00", "tautan": "https://contoh.example/1"},
        {"teks": "Lowongan Korea", "waktu": "be\0sok\ud800", "tautan": "https://contoh.example/2"},
    ]
    intake = brought_in("".join(json.dumps(row) + "\n" for row in rows), "berkas.jsonl")
    assert counts(intake) == ("done", 2, 1, 0, 0, 1)
    assert "be\ufffdsok\ufffd" in intake.problems[0]["en"]


def test_an_import_whose_job_was_given_up_ends_with_its_words() -> None:
    intake, other = taken(table_of(2)), taken(table_of(2, start=2))
    for _ in range(jobs.TRIES):
        jobs.claim(["import"], 1, lease=-1)
    waiting = models.Job.objects.get(key=str(other.pk))
    assert jobs.claim(["import"], 2, lease=-1) != []
    models.Job.objects.filter(pk=waiting.pk).update(attempts=0)
    verbs.mark(now=NOW)
    verbs.mark(now=NOW)
    intake.refresh_from_db()
    other.refresh_from_db()
    assert (intake.state, intake.ended_at, [one["code"] for one in intake.problems]) == ("failed", NOW, ["killed"])
    assert (other.state, other.problems) == ("waiting", [])
