"""manage.py summary: the figures as text, and freezing from a terminal."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from patrol import domain
from reports.models import WeeklySummary

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
