"""Erasing: what goes, what stays and why, what forbids it, and that dying anywhere on the way changes nothing in the end."""

from __future__ import annotations

import io
import os
import time
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as laws
from hypothesis import strategies as st

from patrol import cases, domain, models
from patrol.cases import erasures
from patrol.engine import assess
from patrol.evidence import custody, erasing
from patrol.evidence import raw as evidence
from patrol.models import Role
from patrol.pipeline import assessing, storing
from patrol.triage import protecting
from tests import factories, races
from tests.factories import NOW
from tests.triage.acts import decide
from tests.worker import points

database = pytest.mark.django_db


def place(sha256: str) -> Path:
    return Path(settings.EVIDENCE_DIR) / sha256[:2] / sha256[2:4] / sha256


def aged(*hashes: str) -> None:
    """As if nobody had used these files for longer than the grace."""
    for sha256 in hashes or [path.name for path in Path(settings.EVIDENCE_DIR).rglob("*") if path.is_file()]:
        old = place(sha256).stat().st_mtime - 2 * evidence.GRACE
        os.utime(place(sha256), (old, old))


def answered(*posts: domain.RawPost, body: bytes) -> tuple[list[models.Post], str]:
    """Posts that one raw answer of the platform shows."""
    run = factories.fetch(factories.watch())
    answer = factories.answer(body)
    capture = custody.capture(answer, sha256=custody.keep(answer), platform="telegram", fetch=run)
    done = storing.store(posts, capture_id=capture.id, watch_id=run.watch_id, fetch_id=run.pk, now=NOW)
    assert done.problems == ()
    return [models.Post.objects.get(platform=one.platform, external_id=one.external_id) for one in posts], capture.sha256


def alone(body: bytes = b"satu unggahan") -> tuple[models.Post, str]:
    ([post], sha256) = answered(factories.illegal(), body=body)
    return post, sha256


def with_files(post: models.Post) -> set[str]:
    """An archive of its page, a screenshot, and a picture with its thumbnail and its washed form."""
    version = post.versions.order_by("-number").first()
    assert version is not None
    job = models.Job.objects.create(kind="page", key=f"{post.pk}:asked", created_at=NOW, due_at=NOW)

    def kept(content: bytes, kind: str) -> models.Capture:
        return custody.capture_file(content, "image/png", platform="telegram", kind=kind, job=job, post_id=post.pk, now=NOW)

    page, shot = kept(b"WARC/1.1 " + str(post.pk).encode(), "page"), kept(b"layar %d" % post.pk, "screenshot")
    picture, thumbnail, masked = (kept(f"{name} {post.pk}".encode(), "media") for name in ("gambar", "kecil", "buram"))
    models.Media.objects.create(
        version=version, position=0, kind="photo", state="kept", capture=picture, thumbnail=thumbnail, masked=masked
    )
    return {one.sha256 for one in (page, shot, picture, thumbnail, masked)}


def supervisor() -> models.Person:
    return factories.person(Role.SUPERVISOR, "directorate")


def ask(
    post: models.Post, by: models.Person | None = None, *, reason: str = "subject", ground: str = "Surat 12/PDP/2026.", now: datetime = NOW
) -> models.ErasureRequest:
    return erasures.ask(post_id=post.pk, reason=reason, ground=ground, by=by or supervisor(), now=now)


def erase(post: models.Post, by: models.Person | None = None, *, now: datetime = NOW) -> int:
    """Asked for by one person and approved by another."""
    asked = ask(post, now=now)
    return erasures.approve(request_id=asked.pk, seen_versions=asked.versions, by=by or supervisor(), now=now)


def on_disk() -> set[str]:
    return {path.name for path in Path(settings.EVIDENCE_DIR).rglob("*") if path.is_file()}


def states() -> dict[str, str]:
    return dict(models.ErasedFile.objects.values_list("sha256", "state"))


def whole() -> str:
    out = io.StringIO()
    call_command("verify_evidence", stdout=out)
    return out.getvalue()


@database
def test_words_go_at_once_and_every_file_that_shows_the_post_with_the_next_sweep() -> None:
    other, others_answer = alone(b"unggahan lain")
    others = with_files(other) | {others_answer}
    post, answer = alone()
    own = with_files(post) | {answer}
    assert erase(post) == 1
    assert models.PostText.objects.get(version__post=post).text == ""
    assert models.PostText.objects.get(version__post=other).text != ""
    assert states() == dict.fromkeys(own, "due")
    aged()
    assert erasing.remove_due(now=NOW) == 6
    assert states() == dict.fromkeys(own, "removed")
    assert on_disk() == others
    assert erasing.remove_due(now=NOW) == 0
    assert whole().endswith("6 records of erased posts, whose files are gone.\n")
    picture = models.Media.objects.get(version__post=post)
    assert (picture.state, picture.capture, picture.thumbnail, picture.masked) == ("missing", None, None, None)
    [erasure] = models.Erasure.objects.all()
    assert (erasure.reason, erasure.version.post) == ("subject: Surat 12/PDP/2026.", post)
    asked = erasure.request
    assert asked is not None
    entry = models.AuditEntry.objects.get(verb="post.erased")
    assert (entry.actor_id, entry.target_id, entry.after) == (
        erasure.by_id,
        str(post.pk),
        {"versions": 1, "reason": "subject", "number": asked.number, "asked_by": asked.by_id},
    )


@database
def test_who_wrote_it_and_where_it_stood_go_with_the_words_and_no_later_look_brings_them_back() -> None:
    told: dict[str, Any] = {
        "author_id": "7001",
        "origin": "0840 5559 0000",
        "thread": "1000000009/1",
        "reply_to": "1000000009/2",
        "forward_of": "asal/1",
    }
    one, other = factories.illegal(**told), factories.illegal(**told)
    [post, beside], _answer = answered(one, other, body=b"dua unggahan")
    kept = models.Post.objects.order_by("pk").values_list(*told)
    assert list(kept) == [tuple(told.values())] * 2
    erase(post)
    assert [kept.get(pk=which.pk) for which in (post, beside)] == [("",) * 5, tuple(told.values())]
    answered(one, other, body=b"dua unggahan lagi")
    assert [kept.get(pk=which.pk) for which in (post, beside)] == [("",) * 5, tuple(told.values())]
    assert (models.Post.objects.get(pk=post.pk).url, models.PostVersion.objects.filter(post=post).count()) == (one.url, 1)


@database
def test_an_answer_that_shows_other_posts_stays_until_the_last_of_them_is_erased() -> None:
    posts, answer = answered(*(factories.illegal() for _ in range(3)), body=b"halaman")
    for n, post in enumerate(posts, 1):
        before = erasing.plan(post.pk)
        [file] = before.files
        assert (file.sha256, file.need, file.others) == (answer, "posts" if n < 3 else "", 3 - n)
        erase(post)
        aged(answer)
        assert erasing.remove_due(now=NOW) == (n == 3)
        row = models.ErasedFile.objects.get()
        assert (row.state, row.why) == (("kept", "posts") if n < 3 else ("removed", ""))
        assert place(answer).exists() == (n < 3)
    assert "3 broken" not in whole()


@database
def test_every_version_goes_and_the_same_bytes_of_another_post_stay() -> None:
    post, first = alone()
    run = factories.fetch(post.ways.get().watch)
    edited = factories.answer(b"disunting")
    capture = custody.capture(edited, sha256=custody.keep(edited), platform="telegram", fetch=run)
    raw = factories.raw_post("Lowongan yang disunting.", external_id=post.external_id, url=post.url, edited=True)
    storing.store([raw], capture_id=capture.id, watch_id=run.watch_id, fetch_id=run.pk, now=NOW)
    other, _answer = alone(b"unggahan lain")
    picture, _same = (factories.file_capture(b"gambar yang sama", post_id=one.pk).sha256 for one in (post, other))
    assert {(one.sha256, one.need) for one in erasing.plan(post.pk).files} == {(first, ""), (capture.sha256, ""), (picture, "posts")}
    assert erase(post) == 2
    aged()
    assert erasing.remove_due(now=NOW) == 2
    assert states() == {first: "removed", capture.sha256: "removed", picture: "kept"}


@database
def test_a_profile_and_an_import_that_still_runs_keep_their_file() -> None:
    post, answer = alone()
    models.Profile.objects.create(
        platform="telegram", account="contoh", url="https://t.me/contoh", seen_at=NOW, capture=models.Capture.objects.get(sha256=answer)
    )
    assert [one.need for one in erasing.plan(post.pk).files] == ["profile"]
    imported, file = alone(b"berkas impor")
    person = factories.person()
    intake = models.Intake.objects.create(kind="import", person=person, office=person.office, at=NOW, sha256=file)
    assert [one.need for one in erasing.plan(imported.pk).files] == ["import"]
    models.Intake.objects.filter(pk=intake.pk).update(ended_at=NOW, state="done")
    assert [one.need for one in erasing.plan(imported.pk).files] == [""]
    for kind in ("capture", "upload", "noted"):  # nobody goes on reading their file
        models.Intake.objects.create(kind=kind, person=person, office=person.office, at=NOW, sha256=file)
    assert [one.need for one in erasing.plan(imported.pk).files] == [""]


@database
def test_while_a_case_is_open_on_it_nothing_is_erased() -> None:
    [flag] = factories.flags(1, of=factories.watch())
    officer = factories.person()
    decide(flag, officer)
    case = cases.open_case(flag_ids=[flag.pk], title="Perkara", by=officer, now=NOW)
    with pytest.raises(erasing.HeldError) as held:
        erase(flag.post)
    assert (held.value.holds, held.value.numbers) == (("case",), (case.number,))
    assert (models.Erasure.objects.count(), states()) == (0, {})
    cases.close(outcome="acted_upon", case_id=case.pk, note="Selesai.", seen_version=case.version, by=officer, now=NOW)
    assert erase(flag.post) == 1
    with pytest.raises(erasing.HeldError) as held:
        erase(flag.post)
    assert held.value.holds == ("erased",)


@database
def test_while_somebody_harmed_is_being_helped_nothing_is_erased() -> None:
    [flag] = factories.flags(1, of=factories.watch())
    officer = factories.person()
    decide(flag, officer, "victim", "asks")
    protection = models.Protection.objects.get()
    with pytest.raises(erasing.HeldError) as held:
        erase(flag.post)
    assert held.value.holds == ("protection",)
    protecting.close(protection_id=protection.pk, ending="helped", note="Sudah.", seen_version=1, by=officer, now=NOW)
    assert erase(flag.post) == 1


@database
def test_what_was_used_just_now_waits() -> None:
    """A put that found the file has no row yet: within the grace nobody takes it away."""
    post, answer = alone()
    os.utime(place(answer), (time.time(),) * 2)  # the disk has a clock of its own, which a turned one does not turn
    erase(post)
    assert (erasing.remove_due(now=NOW), states()) == (0, {answer: "due"})
    aged(answer)
    evidence.put(b"satu unggahan")
    assert (erasing.remove_due(now=NOW), place(answer).exists()) == (0, True)
    aged(answer)
    assert (erasing.remove_due(now=NOW), place(answer).exists()) == (1, False)
    evidence.put(b"satu unggahan")  # the platform shows it again, or somebody else does
    assert evidence.intact(answer)


@database
def test_a_job_that_ends_after_the_erasure_leaves_nothing_behind() -> None:
    post, _answer = alone()
    assert erasing.erased_meanwhile(post.pk, ["a" * 64]) is False
    assert states() == {}
    erase(post)
    late = [evidence.put(b"arsip terlambat"), evidence.put(b"layar terlambat")]
    assert erasing.erased_meanwhile(post.pk, late) is True
    aged()
    erasing.remove_due(now=NOW)
    assert {states()[sha256] for sha256 in late} == {"removed"}
    assert not on_disk() & set(late)


@database
def test_a_reader_that_was_on_its_way_brings_nothing_back(monkeypatch: pytest.MonkeyPatch) -> None:
    post, _answer = alone()
    other, _others = alone(b"unggahan lain")
    real = assess.assess
    asked, by = ask(post), supervisor()

    def meanwhile(*given: Any, **named: Any) -> list[domain.Assessment]:
        if not models.Erasure.objects.exists():
            erasures.approve(request_id=asked.pk, seen_versions=1, by=by, now=NOW)
        return real(*given, **named)

    monkeypatch.setattr(assess, "assess", meanwhile)
    assert assessing.read_due(now=NOW, limit=10).read == 0
    assert (models.Reading.objects.count(), models.Flag.objects.count()) == (0, 0)
    # The other one was read beside it; its lease runs out.
    models.Post.objects.filter(pk=other.pk).update(lease_until=NOW - timedelta(days=400))
    assert assessing.read_due(now=NOW, limit=10).read == 1
    assert models.Reading.objects.get().version.post == other


STEPS = points.steps((erasing.remove_due, erasing._remove, evidence.remove), {"evidence._place": "a path"})
POINTS = [*points.points(STEPS), *(f"{when} {what}" for what in ("set aside", "unlink") for when in ("before", "after"))]
UNMET = {"before rename", "after rename", "before publish", "after publish", "before acknowledge", "after acknowledge"}


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("point", sorted(set(POINTS) - UNMET))
def test_dying_anywhere_on_the_way_changes_nothing_in_the_end(point: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six files, killed at the first, second and third passing of each point: afterwards the same files are gone, none other, and
    what is kept is whole at every moment."""
    other, others_answer = alone(b"unggahan lain")
    others = with_files(other) | {others_answer}
    post, answer = alone()
    own = with_files(post) | {answer}
    erase(post)
    aged()
    process = points.Process(monkeypatch, STEPS)
    process._around(monkeypatch, Path, "rename", "set aside")
    process._around(monkeypatch, Path, "unlink", "unlink")
    deaths = 0
    for left in (1, 2, 3):
        process.arm(point, left)
        try:
            erasing.remove_due(now=NOW)
        except BaseException:  # on its way up the death may meet the open transaction and change its name
            if not process.died:
                raise
            deaths += 1
            connection.close()  # a process that died holds no transaction
        process.arm("", 0)
        assert whole().startswith("All whole")
    assert deaths
    erasing.remove_due(now=NOW)
    assert states() == dict.fromkeys(own, "removed")
    assert on_disk() == others
    assert whole().startswith("All whole")


@database
@laws(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shown=st.lists(st.sets(st.integers(0, 4), min_size=1), min_size=1, max_size=5), erased=st.sets(st.integers(0, 4)))
def test_a_file_is_on_the_disk_exactly_while_a_post_that_stands_in_it_is_not_erased(shown: list[set[int]], erased: set[int]) -> None:
    """Whatever posts share whatever files, erased in whatever order."""
    posts = [alone(f"jawaban {n} {models.Post.objects.count()}".encode())[0] for n in range(5)]
    files = {}
    for n, stands in enumerate(shown):
        content = f"berkas {n} dari {posts[0].pk}".encode()
        for one in stands:
            sha256 = factories.file_capture(content, post_id=posts[one].pk).sha256
        files[sha256] = stands
    for one in sorted(erased):
        erase(posts[one], now=NOW + timedelta(minutes=one))
        aged()
        erasing.remove_due(now=NOW)
    assert {sha256: place(sha256).exists() for sha256 in files} == {sha256: bool(stands - erased) for sha256, stands in files.items()}


@database
def test_another_post_keeps_its_place_in_the_queue_of_reading_and_its_picture() -> None:
    """Whoever reads the erased post loses it; whoever reads another one does not."""
    post, other = alone()[0], alone(b"unggahan lain")[0]
    for one in (post, other):
        with_files(one)
    token = uuid.uuid4()
    models.Post.objects.update(lease_until=NOW, lease_token=token)
    before = models.Post.objects.filter(pk=other.pk).values().get()
    picture = models.Media.objects.filter(version__post=other).values().get()
    erase(post)
    gone = models.Post.objects.get(pk=post.pk)
    assert (gone.due_at, gone.lease_token, gone.lease_until) == (None, None, None)
    assert models.Post.objects.filter(pk=other.pk).values().get() == before
    assert before["due_at"] is not None
    assert models.Media.objects.filter(version__post=other).values().get() == picture
    assert [erasing.is_erased(one.pk) for one in (post, other)] == [True, False]


@database
def test_the_case_and_the_help_of_another_post_hold_nothing() -> None:
    first, second, third = factories.flags(3, of=factories.watch())
    officer = factories.person()
    decide(second, officer)
    cases.open_case(flag_ids=[second.pk], title="Perkara", by=officer, now=NOW)
    decide(third, officer, "victim", "asks")
    assert [erasing.plan(one.post_id).holds for one in (first, second, third)] == [(), ("case",), ("protection",)]
    assert erase(first.post) == 1
    assert {one.pk for one in models.Post.objects.all() if erasing.is_erased(one.pk)} == {first.post_id}


@database
def test_the_office_of_a_post_is_its_flag_s_and_none_without_one() -> None:
    [flag] = factories.flags(1, of=factories.watch("bp3mi-sulsel"))
    factories.flags(1, of=factories.watch("bp3mi-jabar"))
    unflagged, _answer = alone()
    assert (erasing.locked(flag.post_id), erasing.locked(unflagged.pk)) == (flag.office_id, 0)
    with pytest.raises(models.Post.DoesNotExist):
        erasing.locked(10**9)


@database
def test_the_plan_tells_each_file_with_its_kind_its_length_and_who_else_needs_it() -> None:
    (one, two, three), answer = answered(*(factories.illegal() for _ in range(3)), body=b"halaman")
    own = factories.file_capture(b"gambar", post_id=one.pk).sha256
    plan = erasing.plan(one.pk)
    assert (plan.versions, plan.holds, plan.cases) == (1, (), ())
    assert {file.sha256: (file.kind, file.length, file.need, file.others) for file in plan.files} == {
        answer: ("answer", 7, "posts", 2),
        own: ("media", 6, "", 0),
    }
    assert ([file.sha256 for file in plan.goes], [file.sha256 for file in plan.stays]) == ([own], [answer])
    erase(two)
    assert {file.sha256: file.others for file in erasing.plan(one.pk).files} == {answer: 1, own: 0}
    erase(three)
    assert {file.need for file in erasing.plan(one.pk).files} == {""}


@database
def test_only_what_is_due_is_removed_and_no_more_than_a_sweep_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    post, answer = alone()
    own = with_files(post) | {answer}
    assert erasing.due() is False
    erase(post)
    kept, *rest = sorted(own)
    models.ErasedFile.objects.filter(pk=kept).update(state="kept", why="posts")
    aged()
    monkeypatch.setattr(erasing, "AT_ONCE", 2)
    assert erasing.due() is True
    assert [erasing.remove_due(now=NOW) for _ in range(4)] == [2, 2, 1, 0]
    assert erasing.due() is False
    assert states() == dict.fromkeys(rest, "removed") | {kept: "kept"}
    assert place(kept).exists()
    removed = models.ErasedFile.objects.filter(state="removed")
    assert set(removed.values_list("why", "removed_at")) == {("", NOW)}


@database
def test_of_several_posts_only_the_files_of_the_erased_one_are_late() -> None:
    post, other = alone()[0], alone(b"unggahan lain")[0]
    erase(other)
    assert erasing.erased_meanwhile(post.pk, ["a" * 64]) is False
    assert "a" * 64 not in states()


@database
def test_the_plan_tells_its_files_in_the_order_in_which_they_first_came() -> None:
    post, answer = alone()

    def kept(content: bytes, hours: int) -> str:
        at = NOW + timedelta(hours=hours)
        job, _made = models.Job.objects.get_or_create(kind="media", key=str(post.pk), defaults={"created_at": NOW, "due_at": NOW})
        return custody.capture_file(content, "image/jpeg", platform="telegram", kind="media", job=job, post_id=post.pk, now=at).sha256

    first, second = kept(b"pertama", 1), kept(b"kedua", 2)
    assert kept(b"pertama", 3) == first  # the same bytes came again behind the second
    assert [file.sha256 for file in erasing.plan(post.pk).files] == [answer, first, second]


@pytest.mark.usefixtures("committed")
def test_a_file_that_another_sweep_holds_is_left_to_it() -> None:
    post, answer = alone()
    own = with_files(post) | {answer}
    erase(post)
    aged()
    busy = min(own)
    with (
        races.held(f"SELECT FROM patrol_erasedfile WHERE sha256 = '{busy}' FOR UPDATE"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET LOCAL lock_timeout = '10s'")  # a sweep that waits for another fails here
        assert erasing.remove_due(now=NOW) == 5
        assert (states()[busy], place(busy).exists()) == ("due", True)
    assert erasing.remove_due(now=NOW) == 1
    assert states() == dict.fromkeys(own, "removed")
