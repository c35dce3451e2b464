"""manage.py subject_report: one ZIP for its owner, in words and for programs; refused in one sentence."""

from __future__ import annotations

import io
import json
import os
import stat
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from patrol import models
from patrol.infra import printing
from patrol.models import Role
from tests import factories
from tests.privacy.test_report import entered, held

pytestmark = pytest.mark.django_db
NUMBER = "0840 5550 0001"


def told(folder: Path, request: str, value: str = NUMBER, now: datetime = factories.NOW) -> str:
    out = io.StringIO()
    call_command("subject_report", request, to=folder, now=now, stdin=io.StringIO(f"{value}\n"), stdout=out)
    return out.getvalue()


def test_it_writes_one_file_that_says_what_is_held_and_beside_it_what_is_for_the_office(tmp_path: Path) -> None:
    [flag], request = held(), entered()
    said = told(tmp_path, request.number)
    [file] = tmp_path.iterdir()
    assert said.startswith(f"{file}: 1 values, 1 posts, 0 cases, 0 that left.")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "5550" not in file.name
    with zipfile.ZipFile(file) as archive:
        names = {"laporan-subjek.json", "laporan-subjek.html", "untuk-kantor.html"}
        assert set(archive.namelist()) == names | ({"laporan-subjek.pdf"} if printing.available() else set())
        found = json.loads(archive.read("laporan-subjek.json"))
        html = archive.read("laporan-subjek.html").decode()
        office = archive.read("untuk-kantor.html").decode()
    assert (found["posts"][0]["flag"]["number"], "office" in found) == (flag.number, False)
    shown = ("Yang disimpan tentang seorang subjek data", NUMBER, flag.number, "Yang tidak ditelusuri")
    assert [one for one in shown if one not in html] == []
    assert ("dilindungi" in html, "dilindungi" in office, "UU 27/2022" in office) == (False, True, True)
    assert models.AuditEntry.objects.get(verb="subject.reported").after["ran_by"]
    with pytest.raises(CommandError, match="was not written: File exists"):
        told(tmp_path, request.number)


def test_older_ones_in_that_folder_are_deleted_with_the_next_run(tmp_path: Path) -> None:
    request = entered()
    old, near, other = (tmp_path / name for name in ("laporan-subjek-20261101-080000.zip", "laporan-subjek-20261117-080000.zip", "x.zip"))
    for file, days in ((old, 8), (near, 6), (other, 80)):
        file.write_bytes(b"")
        at = (factories.NOW - timedelta(days=days)).timestamp()
        os.utime(file, (at, at))
    assert "1 of more than 7 days were deleted here" in told(tmp_path, request.number)
    assert (old.exists(), near.exists(), other.exists()) == (False, True, True)


def test_a_refusal_is_one_sentence_and_writes_nothing(tmp_path: Path) -> None:
    request = entered()
    for number, value, said in (
        ("PSD-26-9999", NUMBER, "There is no request PSD-26-9999"),
        (request.number, "0840 5550 0002", f"that is not what {request.number} asks about"),
        (request.number, " ", "Write the number, account or name"),
    ):
        with pytest.raises(CommandError, match=said):
            told(tmp_path, number, value)
    models.Person.objects.filter(pk=request.entered_by_id).update(role=Role.OFFICER)
    with pytest.raises(CommandError, match="is not the data protection officer now"):
        told(tmp_path, request.number)
    assert (list(tmp_path.iterdir()), models.AuditEntry.objects.filter(verb="subject.reported").count()) == ([], 0)


def test_a_folder_that_is_none_is_said_before_anything_is_read(tmp_path: Path) -> None:
    request = entered()
    with pytest.raises(CommandError, match="is no folder"):
        told(tmp_path / "x", request.number)
    assert models.AuditEntry.objects.filter(verb="subject.reported").count() == 0
