"""manage.py export_case: the package for its owner, by what `--by` may do; refused in one sentence, with nothing written."""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from patrol import models
from patrol.models import Role
from tests import factories
from tests.cases.packages import packed

pytestmark = pytest.mark.django_db


def ran(number: str, file: Path, username: str, **given: str) -> str:
    out, told = io.StringIO(), io.StringIO()
    call_command("export_case", number, to=file, by=username, now=packed.LATER, stdout=out, stderr=told, **given)
    assert told.getvalue() == (
        "This server seals nothing outside of the database. The package is made all the same: what is newer than the last seal is tied to"
        " its berita acara alone. For one that is tied outside run manage.py seal, then make it again.\n"
    )
    return out.getvalue()


def test_it_writes_the_package_for_its_owner_and_the_log_says_who_ran_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUDO_USER", "operator")
    case, by = packed.case(count=1)
    file = tmp_path / "perkara.zip"
    said = ran(case.number, file, by.username, purpose="Permintaan penyidik")
    assert said == (
        f"{file}: {case.number}, 4 records, 4 of them withheld, BA-0001/BP3MI-JABAR/2026. Unpack it and read BACA-DULU.txt first.\n"
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as opened:
        opened.extractall(tmp_path / "paket")
    place = tmp_path / "paket" / case.number
    code, told = packed.checked(place, None, "--contents", hashlib.sha256((place / "contents.json").read_bytes()).hexdigest())
    assert code == 0, told
    rows = models.AuditEntry.objects.filter(verb="case.exported").values_list("actor_id", "after__ran_by", "after__reason")
    assert list(rows) == [(by.pk, "operator", "Permintaan penyidik")]
    read = models.Consultation.objects.get()
    assert (read.person, read.way, read.target_kind, read.target_id) == (by, "file", "case", str(case.pk))


def test_what_cannot_be_made_is_said_in_one_sentence_and_nothing_is_written(tmp_path: Path) -> None:
    case, by = packed.case(count=1)
    file = tmp_path / "perkara.zip"
    elsewhere = factories.person(Role.OFFICER, "bp3mi-ntb")
    central = factories.person(Role.OFFICER, "directorate")

    def refused(username: str, to: Path = file, number: str = case.number, **given: str) -> str:
        with pytest.raises(CommandError) as error:
            ran(number, to, username, **given)
        return str(error.value)

    assert refused(elsewhere.username) == f"There is no case {case.number} for {elsewhere.username}."
    assert refused(by.username, number="PKR-26-9999") == f"There is no case PKR-26-9999 for {by.username}."
    assert refused(central.username) == f"{central.username} may not make a package of {case.number}."
    assert refused("tiada") == "There is no active account tiada."
    assert refused(by.username, purpose=" ").startswith("No package was made: write what it is for")
    assert refused(by.username, to=tmp_path / "tiada" / "perkara.zip").endswith("was not written: No such file or directory.")
    file.write_text("ada")
    assert refused(by.username).endswith("was not written: File exists.")
    assert (file.read_text(), [one.name for one in tmp_path.iterdir()]) == ("ada", ["perkara.zip"])
    assert not models.Minutes.objects.exists()
