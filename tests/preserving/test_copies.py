"""Preserved copies looked at in the night: the one looked at longest ago first, some at once, and who is told of one that is not whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from patrol import cases, models
from patrol.evidence import raw
from patrol.infra import reached
from patrol.models import Role
from patrol.preserving import copies
from tests import factories
from tests.management.test_verify_evidence import place, write

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)  # 01.30 on the 24th in Jakarta


@pytest.fixture
def flag() -> models.Flag:
    """Confirmed, with the answer its post came in and two files."""
    found = factories.flag()
    models.Flag.objects.filter(pk=found.pk).update(state="confirmed", decided_at=factories.NOW)
    return models.Flag.objects.select_related("post").get(pk=found.pk)


@pytest.fixture
def kept(flag: models.Flag) -> Any:
    found = [factories.file_capture(content, post_id=flag.post_id) for content in (b"salinan satu", b"salinan dua.")]
    before = [place(one).read_bytes() for one in found]
    yield found
    for one, content in zip(found, before, strict=True):
        place(one).unlink(missing_ok=True)
        place(one).write_bytes(content)


def told() -> list[tuple[str, str, str]]:
    rows = models.Notice.objects.select_related("person", "case").order_by("id")
    return [(row.kind, row.person.username if row.person else "", row.case.number if row.case else "") for row in rows]


@pytest.mark.parametrize(
    ("hour", "minute", "night"),
    [(16, 59, False), (17, 0, True), (21, 59, True), (22, 0, False)],  # 23.59, 00.00, 04.59, 05.00 in Jakarta
)
def test_it_is_done_by_night(hour: int, minute: int, night: bool) -> None:
    assert copies.due(now=datetime(2026, 11, 23, hour, minute, tzinfo=UTC)) is night


def test_all_are_looked_at_once_and_again_when_their_time_has_come(kept: Any) -> None:
    assert copies.look(now=NIGHT) == models.Capture.objects.count() == 3
    assert set(models.CopyCheck.objects.values_list("checked_at", "whole")) == {(NIGHT, True)}
    assert copies.due(now=NIGHT)
    assert copies.look(now=NIGHT) == 0
    assert not copies.due(now=NIGHT)  # enough for this night
    assert copies.due(now=NIGHT + timedelta(days=1))
    assert copies.look(now=NIGHT + copies.AGAIN) == 0
    assert copies.look(now=NIGHT + copies.AGAIN + timedelta(seconds=1)) == 3
    assert told() == []


def test_whoever_was_cut_goes_on_with_what_was_looked_at_longest_ago(kept: Any) -> None:
    order = [one.pk for one in models.Capture.objects.order_by("received_at", "id")]
    for number in range(3):
        assert copies.look(now=NIGHT + timedelta(minutes=number), seconds=0) == 1
    assert list(models.CopyCheck.objects.order_by("checked_at").values_list("pk", flat=True)) == order
    later = NIGHT + copies.AGAIN + timedelta(hours=1)
    assert copies.look(now=later, seconds=0) == 1
    assert models.CopyCheck.objects.get(checked_at=later).pk == order[0]
    newest = factories.file_capture(b"baru", post_id=models.Post.objects.get().pk)
    assert copies.look(now=later, seconds=0) == 1
    assert models.CopyCheck.objects.filter(pk=newest.pk).exists()  # before those that were looked at once


def test_of_one_that_is_not_whole_administrators_and_who_has_the_case_are_told_once(flag: models.Flag, kept: Any) -> None:
    officer, administrator = factories.person(), factories.person(Role.ADMINISTRATOR)
    factories.person(Role.SUPERVISOR)
    case = cases.open_case(flag_ids=[flag.pk], title="Contoh", by=officer, now=factories.NOW)
    write(kept[0], b"salinan sate")
    assert copies.look(now=NIGHT) == 3
    assert list(models.CopyCheck.objects.filter(whole=False).values_list("pk", flat=True)) == [kept[0].pk]
    once = [("copies_broken", administrator.username, ""), ("copy_broken", officer.username, case.number)]
    assert told() == once
    place(kept[1]).unlink()  # another one, before they have read of the first
    again = NIGHT + copies.AGAIN + timedelta(hours=1)
    copies.look(now=again)
    assert (models.CopyCheck.objects.filter(whole=False).count(), told()) == (2, once)
    models.Notice.objects.update(read_at=again, read_by=officer)
    copies.look(now=again + copies.AGAIN + timedelta(hours=1))
    assert told() == once  # both were known
    place(kept[1]).write_bytes(b"salinan dua.")
    copies.look(now=again + 2 * (copies.AGAIN + timedelta(hours=1)))
    assert models.CopyCheck.objects.get(pk=kept[1].pk).whole


def test_what_the_looks_came_to_is_said(kept: Any, django_assert_num_queries: Any) -> None:
    assert copies.result() == copies.Result(None, 0, 0, 0, None)
    came = models.Capture.objects.order_by("-received_at").values_list("received_at", flat=True)
    assert copies.look(now=NIGHT, seconds=0) == 1
    assert copies.result() == copies.Result(NIGHT, 1, 0, 0, came[0])  # two others wait
    waiting = models.Capture.objects.exclude(pk__in=models.CopyCheck.objects.values("pk"))
    changed, gone = waiting
    whole = place(changed).read_bytes(), place(gone).read_bytes()
    write(changed, b"lain")
    place(gone).unlink()
    later = NIGHT + timedelta(minutes=5)
    assert copies.look(now=later) == 2
    with django_assert_num_queries(2):
        assert copies.result() == copies.Result(later, 3, 1, 1, NIGHT)
    models.CopyCheck.objects.filter(pk=changed.pk).update(missing=None)  # as an older release kept it
    assert copies.result() == copies.Result(later, 3, 1, 0, NIGHT, 1)
    write(changed, whole[0])
    place(gone).write_bytes(whole[1])
    again = later + copies.AGAIN + timedelta(hours=1)
    assert copies.look(now=again) == 3
    assert copies.result() == copies.Result(again, 3, 0, 0, again)


def test_a_look_ends_with_its_bytes(kept: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "BYTES", 0)
    assert copies.look(now=NIGHT) == 1


def test_who_has_a_closed_case_is_told_nothing(flag: models.Flag, kept: Any) -> None:
    officer = factories.person()
    case = cases.open_case(flag_ids=[flag.pk], title="Contoh", by=officer, now=factories.NOW)
    models.Case.objects.filter(pk=case.pk).update(
        state="closed", closed_by=officer, closed_at=factories.NOW, outcome="unfounded", version=case.version + 1
    )
    write(kept[0], b"salinan sate")
    copies.look(now=NIGHT)
    assert (models.CopyCheck.objects.filter(whole=False).count(), told()) == (1, [])


def test_what_was_erased_is_not_missed() -> None:
    (post,) = factories.stored([factories.raw_post()])
    factories.erase(models.PostVersion.objects.get(post=post))
    assert models.ErasedFile.objects.exists()
    assert copies.look(now=NIGHT) == models.Capture.objects.exclude(sha256__in=models.ErasedFile.objects.values("sha256")).count()
    assert not models.CopyCheck.objects.filter(whole=False).exists()
    assert reached.day("copies") <= NIGHT.date() + timedelta(days=1)


def test_source_files_of_the_register_are_looked_at_with_them(tmp_path: Any, django_assert_num_queries: Any) -> None:
    administrator = factories.person(Role.ADMINISTRATOR)
    contents = [f"sumber {number}".encode() for number in range(3)]
    hashes = sorted(raw.put(content) for content in contents)
    for number in (1, 2):  # a change by hand names the files again
        files = [{"name": "a.csv", "sha256": sha256, "length": 8, "rows": 1} for sha256 in hashes]
        models.RegisterEdition.objects.create(number=number, register_date=NIGHT.date(), imported_at=NIGHT, files=files)
    assert copies.register(now=NIGHT) == copies.Register(None, 3, 3, 0, 0, 0)
    assert [copies.look(now=NIGHT, seconds=0) for _file in hashes] == [1, 1, 1]
    with django_assert_num_queries(1):
        assert copies.register(now=NIGHT) == copies.Register(NIGHT, 3, 0, 0, 0, 0)
    assert (copies.look(now=NIGHT), told()) == (0, [])  # they had their turn, and copies there are none
    assert copies.register(now=NIGHT + timedelta(days=31)).late == 3
    raw.path_of(hashes[0]).unlink()
    raw.path_of(hashes[1]).chmod(0o640)
    raw.path_of(hashes[1]).write_bytes(b"lain")
    raw.path_of(hashes[2]).unlink()
    raw.path_of(hashes[2]).mkdir()  # there, and not to be read as a file
    again = NIGHT + copies.AGAIN + timedelta(hours=1)
    assert copies.look(now=again) == 3
    assert copies.register(now=again) == copies.Register(again, 3, 0, 1, 1, 1)
    assert told() == [("copies_broken", administrator.username, "")]
    models.Notice.objects.update(read_at=again, read_by=administrator)
    copies.look(now=again + copies.AGAIN + timedelta(hours=1))
    assert len(told()) == 1  # they were known
    raw.path_of(hashes[2]).rmdir()
    raw.path_of(hashes[1]).unlink()
