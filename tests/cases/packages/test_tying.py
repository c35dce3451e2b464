"""A case that is packaged at once is tied by its own script; where what is new cannot be sealed, everything says so and nothing is lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings
from django.db import connections

from patrol import models
from patrol.cases.packages import tying
from patrol.evidence.anchors import making
from patrol.infra import jobs
from patrol.infra.refusals import RefusedError
from tests import pdf_text
from tests.cases.packages import packed
from tests.evidence.anchors import sealed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    kept = settings.ANCHOR_KEY, settings.ANCHOR_DIR
    monkeypatch.setattr(tying, "WAITS", 0.0)
    yield
    settings.ANCHOR_KEY, settings.ANCHOR_DIR = kept


def away() -> None:
    """The key, as where pages run."""
    settings.ANCHOR_KEY = str(Path(settings.ANCHOR_KEY).with_name("tiada"))


def manifests() -> int:
    return making.newest().number


def test_a_case_that_is_packaged_at_once_is_tied(tmp_path: Path) -> None:
    case, by = packed.case(count=1)
    sealed.key(tmp_path)
    code, said = packed.checked(packed.masked(case, by).unpacked(tmp_path))
    assert (code, "RESULT: OK; 4 of 4 records are tied to an anchor" in said, manifests()) == (0, True, 1), said
    assert "could not seal it" not in said
    packed.attach(case, by, b"Baru datang.")
    place = tmp_path / "lagi"
    place.mkdir()
    code, said = packed.checked(packed.masked(case, by).unpacked(place))
    assert (code, "RESULT: OK; 5 of 5 records are tied to an anchor" in said, manifests()) == (0, True, 2), said


def test_where_nothing_is_new_nothing_is_sealed(tmp_path: Path) -> None:
    packed.anchored(tmp_path)
    before = manifests()
    assert (tying.sealed(now=packed.LATER), manifests()) == (None, before)


def test_where_pages_run_without_the_key_the_worker_seals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed.anchored(tmp_path)
    key = settings.ANCHOR_KEY
    away()
    case, by = packed.case(count=1)

    def worker() -> None:
        settings.ANCHOR_KEY = key
        jobs.run({making.KIND: making.carry_out}, now=packed.LATER)
        away()

    monkeypatch.setattr(tying, "_ring", worker)
    code, said = packed.checked(packed.masked(case, by).unpacked(tmp_path))
    assert (code, "RESULT: OK; 4 of 4 records are tied to an anchor" in said) == (0, True), said


def test_what_the_worker_says_of_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed.anchored(tmp_path)
    away()
    sealed.acts(1, start=60)
    monkeypatch.setattr(tying, "WAITS", 60.0)
    monkeypatch.setattr(tying, "_ring", lambda: jobs.run({making.KIND: making.carry_out}, now=packed.LATER))
    why = tying.sealed(now=packed.LATER)
    assert why is not None
    assert why.said.en == "The key of the manifests cannot be read (No such file or directory)."


def test_a_worker_that_holds_an_older_list_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed.anchored(tmp_path)
    key = settings.ANCHOR_KEY
    away()
    jobs.add(making.KIND, making.KEY, {}, now=packed.LATER)
    (held,) = jobs.claim([making.KIND], 1)
    sealed.acts(1, start=60)
    rung: list[int] = []

    def worker() -> None:
        """Nothing is due at the first ring; then what was held ends without what is new; the third ring finds the job that began anew."""
        rung.append(len(rung))
        settings.ANCHOR_KEY = key
        jobs.run({making.KIND: making.carry_out}, now=packed.LATER)
        away()
        if len(rung) == 2:
            jobs.finish(held, now=packed.LATER)

    monkeypatch.setattr(tying, "WAITS", 600.0)
    monkeypatch.setattr(tying, "_AGAIN", 0.0)
    monkeypatch.setattr(tying, "_ring", worker)
    assert (tying.sealed(now=packed.LATER), rung, manifests()) == (None, [0, 1, 2], 3)


def test_a_second_caller_and_one_who_agreed_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed.anchored(tmp_path)
    away()
    sealed.acts(1, start=60)
    rung: list[bool] = []
    monkeypatch.setattr(tying, "WAITS", 600.0)
    monkeypatch.setattr(tying, "_ring", lambda: rung.append(True))
    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('patrol sealed packages'))")
        second = tying.sealed(now=packed.LATER)
    finally:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")
        other.close()
    assert (second, tying.sealed(now=packed.LATER, waits=False), rung) == (tying.LATE, tying.LATE, [])
    assert not models.Job.objects.filter(kind=making.KIND).exists()
    jobs.add(making.KIND, making.KEY, {}, now=packed.LATER)
    jobs.run({making.KIND: making.carry_out}, now=packed.LATER)
    known = tying.sealed(now=packed.LATER, waits=False)
    assert (known and known.code, rung) == ("anchor_key", [])


def test_a_package_whose_reason_was_agreed_to_waits_for_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed.anchored(tmp_path)
    away()
    case, by = packed.case(count=1)
    monkeypatch.setattr(tying, "WAITS", 600.0)
    told: list[tying.Why] = []
    packed.masked(case, by, unsealed=told.append, agreed="anchor_late")
    assert told == [tying.LATE]


def test_before_the_first_manifest_the_worker_says_why_it_does_not_seal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    never(tmp_path)
    sealed.acts(1)
    assert tying.sealed(now=packed.LATER) == tying.NEVER
    jobs.add(making.KIND, making.KEY, {}, now=packed.LATER)  # as a worker with a key does
    monkeypatch.setattr(tying, "_ring", lambda: jobs.run({making.KIND: making.carry_out}, now=packed.LATER))
    why = tying.sealed(now=packed.LATER)
    assert (why and why.code, manifests()) == ("anchor_key", 0)


def test_a_folder_that_cannot_be_read_is_not_called_cut(tmp_path: Path) -> None:
    packed.anchored(tmp_path)
    place = Path(settings.ANCHOR_DIR)
    (place / "00000").rename(place / "entah")
    assert tying.sealed(now=packed.LATER) == tying.CUT
    (place / "00000").write_bytes(b"")
    assert tying.sealed(now=packed.LATER) == tying.UNREAD
    assert tying.UNREAD.said.en == "The folder of seals cannot be read."


def never(_folder: Path) -> None:
    settings.ANCHOR_KEY, settings.ANCHOR_DIR = str(_folder / "tiada"), str(_folder / "tiada-juga")


def no_worker(folder: Path) -> None:
    packed.anchored(folder)
    away()


def other_key(folder: Path) -> None:
    packed.anchored(folder)
    Path(settings.ANCHOR_KEY).unlink()
    making.write_key(Path(settings.ANCHOR_KEY))


def folder_gone(folder: Path) -> None:
    packed.anchored(folder)
    Path(settings.ANCHOR_DIR).rename(folder / "entah")


BROKEN: Final[dict[str, tuple[Callable[[Path], None], str]]] = {
    "never": (never, "This server seals nothing outside of the database."),
    "no_worker": (no_worker, "What is new was not sealed outside of the database yet."),
    "other_key": (other_key, "ANCHOR_KEY is not the key of manifest 2."),
    "folder_gone": (folder_gone, "The log names manifest 2, the folder holds none after 0."),
}


@pytest.mark.parametrize("how", BROKEN)
def test_with_sealing_broken_the_sentence_stands_and_nothing_is_lost(how: str, tmp_path: Path) -> None:
    spoil, words = BROKEN[how]
    spoil(tmp_path)
    case, by = packed.case(count=1)
    before = models.Minutes.objects.count(), models.CustodyEntry.objects.count()
    told: list[tying.Why] = []

    def stops(why: tying.Why) -> None:
        told.append(why)
        tying.refused(why)

    with pytest.raises(RefusedError, match=r"package\.unsealed") as error:
        packed.masked(case, by, unsealed=stops)
    assert error.value.said("en") == f"No package was made yet. {tying.printed(told[0].code).en}"
    assert (models.Minutes.objects.count(), models.CustodyEntry.objects.count()) == before
    made = packed.masked(case, by, unsealed=told.append)
    assert [why.said.en.startswith(words) for why in told] == [True, True]
    place = made.unpacked(tmp_path)
    paper = hashlib.sha256((place / "contents.json").read_bytes()).hexdigest()
    code, said = packed.checked(place, None, "--contents", paper)
    assert (code, "the office could not seal it before the package was made. " + tying.printed(told[0].code).en in said) == (0, True), said
    assert "0 of 4 records are tied to an anchor" in said
    minutes = json.loads((place / "berita-acara.json").read_text())
    assert any(tying.printed(told[0].code).id in one for one in minutes["statements"])
    dossier = pdf_text.said((place / "dossier.pdf").read_bytes())
    assert "tidak dapat disegel di luar basis data" in dossier
    # What tells whoever runs the server what to do is for the command line, and on no page and in no paper.
    assert ("ANCHOR_KEY" in told[0].said.id, "verify_evidence" in told[0].said.id) == (how == "other_key", how == "folder_gone")
    row = json.dumps(models.Minutes.objects.get(pk=made.package.minutes.pk).content)
    papers = dossier, row, said, *((place / one).read_text() for one in ("contents.json", "berita-acara.json"))
    papers += (pdf_text.said((place / "berita-acara.pdf").read_bytes()),)
    assert [one for one in papers if "ANCHOR_KEY" in one or "verify_evidence" in one] == []


def test_another_process_that_seals_for_long_is_named(tmp_path: Path) -> None:
    packed.anchored(tmp_path)
    sealed.acts(1, start=60)
    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('patrol anchors'))")
        why = tying.sealed(now=packed.LATER)
    finally:
        with other.cursor() as cursor:  # the server hears of a connection that was closed a moment later
            cursor.execute("SELECT pg_advisory_unlock_all()")
        other.close()
    assert why is not None
    assert why.said.en == "Another process is sealing just now."
    assert tying.sealed(now=packed.LATER) is None
