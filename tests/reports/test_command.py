"""manage.py summary: the figures as text, and freezing from a terminal."""

from __future__ import annotations

import hashlib
import io
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from patrol import domain, models
from reports import summary
from reports.models import WeeklySummary
from reports.period import IsoWeek
from tests import pdf_text

NOW = datetime(2026, 11, 23, 10, tzinfo=domain.LAW_ZONE)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def java(patrol: Any) -> Any:
    office = patrol.office("jateng", "BP3MI Jawa Tengah")
    for hour in range(3):
        patrol.post(office, datetime(2026, 11, 17, hour, tzinfo=domain.LAW_ZONE))
    return office


def _run(*arguments: str) -> list[str]:
    out = io.StringIO()
    call_command("summary", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_the_last_whole_week_of_all_offices(java: Any) -> None:
    lines = _run("--language", "en")
    assert lines[:2] == ["National, all offices", "Week 47, 16–22 November 2026"]
    assert [line.split() for line in lines if line.startswith("Flags ")] == [["Flags", "3", "–", "–"]]
    assert [line.split() for line in lines if line.startswith("= ")] == [["=", "Waiting", "at", "the", "end", "3"]]


def test_in_indonesian(java: Any) -> None:
    assert _run("--week", "2026-W47", "--office", "jateng")[:2] == ["BP3MI Jawa Tengah", "Minggu 47, 16–22 November 2026"]


def test_freezing(java: Any, patrol: Any) -> None:
    supervisor = patrol.person("supervisor", java, "penyelia")
    first = _run("--week", "2026-W47", "--office", "jateng", "--freeze", "--by", "penyelia", "--note", "x")[0]
    made = WeeklySummary.objects.get()
    assert first == f"RM/2026/47/JATENG  {made.sha256}"
    assert (made.frozen_by, made.note, made.frozen_at) == (supervisor, "x", NOW)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--week", "2026w47"], "a week like 2026-W53, a month like 2026-12"),
        (["--week", "2026-W50"], "2026-W50 has not begun"),
        (["--office", "mars"], "No office has the code mars. Offices: jateng."),
        (["--freeze"], "needs --by USER"),
        (["--freeze", "--by", "nobody"], "Nobody has the user name nobody"),
        (["--by", "petugas"], "belong to --freeze"),
        (["--freeze", "--by", "petugas", "--office", "jateng"], "petugas may not freeze"),
        (["--freeze", "--by", "penyelia", "--office", "jateng", "--week", "2026-W50"], "Periode ini belum mulai"),
    ],
)
def test_a_clear_sentence(java: Any, patrol: Any, arguments: Any, sentence: str) -> None:
    patrol.person("officer", java, "petugas")
    patrol.person("supervisor", java, "penyelia")
    with pytest.raises(CommandError, match=sentence):
        _run(*arguments)
    assert not WeeklySummary.objects.exists()


# --- as a file ------------------------------------------------------------------------------------


def _bytes(capsysbinary: Any, *arguments: str) -> bytes:
    call_command("summary", *arguments)
    return bytes(capsysbinary.readouterr().out)


def test_the_newest_edition_as_a_file_and_its_fingerprint_is_that_of_the_json(
    java: Any, patrol: Any, capsysbinary: Any, tmp_path: Path
) -> None:
    supervisor = patrol.person("supervisor", java)
    week: Any = {"office_id": java.pk, "period": IsoWeek(2026, 47), "by": supervisor, "now": NOW}
    summary.freeze(**week)
    edition = summary.freeze(**week, note="lain", reason="Catatan")
    asked = ("--week", "2026-W47", "--office", "jateng", "--format")
    content = _bytes(capsysbinary, *asked, "json")
    assert (hashlib.sha256(content).hexdigest(), json.loads(content)) == (edition.sha256, edition.figures)
    for kind, begins in (("json", b"{"), ("xlsx", b"PK"), ("pdf", b"%PDF-")):
        file = tmp_path / f"rekap.{kind}"
        file.write_bytes(b"lama")
        assert _run(*asked, kind, "--output", str(file)) == [f"{edition.number}  {file}"]
        assert file.read_bytes().startswith(begins)
    assert (tmp_path / "rekap.json").read_bytes() == content
    assert sorted(one.name for one in tmp_path.iterdir()) == ["rekap.json", "rekap.pdf", "rekap.xlsx"]
    assert {one.stat().st_mode & 0o777 for one in tmp_path.iterdir()} == {0o600}
    taken = models.AuditEntry.objects.filter(verb="summary.taken").order_by("seq")
    assert [(row.actor_id, row.after["format"]) for row in taken] == [(None, kind) for kind in ("json", "json", "xlsx", "pdf")]


def test_who_lays_a_link_where_the_file_is_made_gets_nothing(java: Any, tmp_path: Path) -> None:
    trap = tmp_path / f".a.json.{os.getpid()}"
    trap.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CommandError, match="cannot be written"):
        _run("--format", "json", "--output", str(tmp_path / "a.json"))
    assert ([one.name for one in tmp_path.iterdir()], trap.is_symlink()) == ([trap.name], True)


def test_what_is_not_frozen_is_a_draft_and_says_so(java: Any, tmp_path: Path) -> None:
    told = io.StringIO()
    call_command("summary", "--week", "2026-11", "--format", "pdf", "--output", str(tmp_path / "a.pdf"), stdout=io.StringIO(), stderr=told)
    assert told.getvalue() == "Not frozen: a draft.\n"
    assert "DRAF" in pdf_text.said((tmp_path / "a.pdf").read_bytes()).upper()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--week", "2026-13"], "--week: 2026 has no month 13"),
        (["--week", "2026-W54"], "--week: 2026 has no week 54"),
        (["--week", "minggu"], "--week: "),
        (["--week", "2026-W50"], "2026-W50 has not begun"),
        (["--office", "mars"], "No office has the code mars"),
        (["--by", "x"], "freeze first"),
    ],
)
def test_what_cannot_be_ends_with_2_and_writes_nothing(java: Any, tmp_path: Path, arguments: list[str], sentence: str) -> None:
    file = tmp_path / "rekap.json"
    file.write_bytes(b"lama")
    with pytest.raises(CommandError, match=sentence) as error:
        _run("--format", "json", "--output", str(file), *arguments)
    assert (error.value.returncode, file.read_bytes(), len(list(tmp_path.iterdir()))) == (2, b"lama", 1)


def test_a_place_that_cannot_be_written_is_left_as_it_was(java: Any, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for output in (tmp_path / "nowhere" / "a.json", tmp_path / "folder"):
        with pytest.raises(CommandError, match="cannot be written") as error:
            _run("--format", "json", "--output", str(output))
        assert error.value.returncode == 2
    with pytest.raises(CommandError, match="--output belongs to --format"):
        _run("--output", str(tmp_path / "a.json"))
    assert [one.name for one in tmp_path.rglob("*")] == ["folder"]
