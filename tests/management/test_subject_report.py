"""manage.py subject_report: one ZIP for its owner, in words and for programs; refused in one sentence."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from patrol import models
from patrol.infra import printing
from patrol.models import Role
from tests import factories
from tests.privacy.test_report import held

pytestmark = pytest.mark.django_db
NUMBER = "0840 5550 0001"


def told(folder: Path, value: str = NUMBER, **options: Any) -> str:
    out = io.StringIO()
    call_command("subject_report", value, to=folder, now=factories.NOW, stdout=out, **options)
    return out.getvalue()


def test_it_writes_one_file_that_says_what_is_held_and_what_was_left_out(tmp_path: Path) -> None:
    [flag], by = held(), factories.person(Role.DATA_PROTECTION_OFFICER, username="ppd")
    said = told(tmp_path, by=by.username, kind="number")
    [file] = tmp_path.iterdir()
    assert said.startswith(f"{file}: 1 values, 1 posts, 0 cases, 0 that left.")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "5550" not in file.name
    with zipfile.ZipFile(file) as archive:
        assert {name.rpartition(".")[2] for name in archive.namelist()} == {"json", "html"} | ({"pdf"} if printing.available() else set())
        found = json.loads(archive.read("laporan-subjek.json"))
        html = archive.read("laporan-subjek.html").decode()
    assert found["posts"][0]["flag"]["number"] == flag.number
    shown = ("Yang disimpan tentang seorang subjek data", NUMBER, flag.number, "Laporan masyarakat", "UU 27/2022")
    assert [one for one in shown if one not in html] == []
    with pytest.raises(CommandError, match="was not written: File exists"):
        told(tmp_path, by=by.username)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"by": "tidak-ada"}, "No active person has the user name tidak-ada"),
        ({"by": "petugas"}, "petugas may not: that is for the data protection officer"),
        ({"by": "ppd", "value": " "}, "Write the number, account or name"),
    ],
)
def test_a_refusal_is_one_sentence_and_writes_nothing(options: dict[str, str], said: str, tmp_path: Path) -> None:
    factories.person(Role.DATA_PROTECTION_OFFICER, username="ppd")
    factories.person(username="petugas")
    with pytest.raises(CommandError, match=said):
        told(tmp_path, **options)
    assert (list(tmp_path.iterdir()), models.AuditEntry.objects.count()) == ([], 0)


def test_a_folder_that_is_none_is_said_before_anything_is_read(tmp_path: Path) -> None:
    factories.person(Role.DATA_PROTECTION_OFFICER, username="ppd")
    with pytest.raises(CommandError, match="is no folder"):
        told(tmp_path / "x", by="ppd")
    assert models.AuditEntry.objects.count() == 0
