"""`manage.py import_register`: what it prints, what it takes, and what it refuses."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from patrol import models, register
from patrol.engine.licences import files
from patrol.register import editions
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

LAKSITA = "PT Laksita Benua Rekaan,,201/SIP3MI/2021,active,2024-01-10,,,Jawa Barat,Cirebon,,0840-1111-0001,,"
WREDA = "PT Wredasana Rekaan,,,active,2024-02-01,,,,,,,,"
TAIWAN = "B. 401/SIP2MI/IV/2026,PT Laksita Benua Rekaan,TW,operator produksi,,60,2026-01-01,2026-12-31,active,2026-01-01"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    agencies, licences = tmp_path / "agencies.csv", tmp_path / "licences.csv"
    agencies.write_text("\n".join((",".join(files.AGENCY_COLUMNS), LAKSITA, WREDA, "")))
    licences.write_text("\n".join((",".join(files.LICENCE_COLUMNS), TAIWAN, "")))
    return agencies, licences


def run(pair: tuple[Path, Path], *options: str) -> str:
    out = io.StringIO()
    call_command("import_register", "--agencies", str(pair[0]), "--licences", str(pair[1]), *options, stdout=out)
    return out.getvalue()


def refused(pair: tuple[Path, Path], *options: str) -> tuple[str, str]:
    """What it printed and the one sentence it ended with."""
    out = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("import_register", "--agencies", str(pair[0]), "--licences", str(pair[1]), *options, stdout=out)
    return out.getvalue(), str(caught.value)


LOOKED = """\
Register as of 2026-01-01, compared with edition none.
agencies: 2 new, 0 changed, 0 gone, 0 the same
  new: PT Laksita Benua Rekaan
  new: PT Wredasana Rekaan
licences: 1 new, 0 changed, 0 gone, 0 the same
  new: B. 401/SIP2MI/IV/2026 PT Laksita Benua Rekaan TW
"""


def test_without_yes_it_only_shows(pair: tuple[Path, Path]) -> None:
    assert run(pair) == LOOKED + "Nothing was loaded; repeat with --yes to take it.\n"
    assert models.RegisterEdition.objects.count() == 0


def test_with_yes_it_takes_both_files(pair: tuple[Path, Path]) -> None:
    assert run(pair, "--yes") == LOOKED + ("Loaded as edition 1. Offers of the last 90 days and all open flags are checked again by it.\n")
    edition = models.RegisterEdition.objects.get()
    assert (edition.imported_by, [file["name"] for file in edition.files]) == (None, ["agencies.csv", "licences.csv"])
    assert [agency.name for agency in editions.load(edition.pk).agencies] == ["PT Laksita Benua Rekaan", "PT Wredasana Rekaan"]


def test_what_changes_is_told_field_by_field(pair: tuple[Path, Path]) -> None:
    run(pair, "--yes")
    agencies, licences = pair
    agencies.write_text(agencies.read_text().replace("Cirebon", "Bandung").replace(WREDA + "\n", ""))
    licences.write_text(licences.read_text().replace(",60,", ",75,"))
    assert run(pair, "--register-date", "2026-11-20", "--yes") == (
        "Register as of 2026-11-20, compared with edition 1.\n"
        "agencies: 0 new, 1 changed, 1 gone, 0 the same\n"
        "  changed: PT Laksita Benua Rekaan: city: Cirebon -> Bandung\n"
        "  gone: PT Wredasana Rekaan\n"
        "licences: 0 new, 1 changed, 0 gone, 0 the same\n"
        "  changed: B. 401/SIP2MI/IV/2026 PT Laksita Benua Rekaan TW: quota: 60 -> 75\n"
        "Loaded as edition 2. Offers of the last 90 days and all open flags are checked again by it.\n"
    )


def test_each_mistake_has_its_place_and_nothing_is_taken(pair: tuple[Path, Path]) -> None:
    run(pair, "--yes")
    pair[1].write_text(pair[1].read_text().replace("2026-12-31", "31/12/2026").replace("TW", "Jepung"))
    printed, sentence = refused(pair, "--yes")
    assert [line for line in printed.splitlines() if line.startswith("ERROR")] == [
        "ERROR: licences.csv, line 2, country: “Jepung” is no country known. Is it Jepang?",
        "ERROR: licences.csv, line 2, valid_to: “31/12/2026” cannot be read as a date. Write year-month-day, for example 2026-11-30",
    ]
    assert sentence == "Nothing was loaded: the errors above must be mended first."
    assert models.RegisterEdition.objects.count() == 1


def test_a_note_keeps_nothing_out(pair: tuple[Path, Path]) -> None:
    pair[1].write_text(pair[1].read_text().replace("operator produksi", ""))
    printed = run(pair, "--yes").splitlines()
    assert printed[0] == "note: licences.csv, line 2, positions: No position: this SIP is read as valid for every position"
    assert models.RegisterEdition.objects.count() == 1


def test_a_file_that_is_not_there_is_one_sentence(pair: tuple[Path, Path]) -> None:
    pair[1].unlink()
    assert refused(pair) == ("", f"{pair[1]} cannot be read: No such file or directory.")


def test_a_long_list_is_counted(pair: tuple[Path, Path]) -> None:
    many = "".join(f"PT Rekaan {n},,,active,2024-02-01,,,,,,,,\n" for n in range(25))
    pair[0].write_text(pair[0].read_text() + many)
    printed = run(pair).splitlines()
    assert printed[1] == "agencies: 27 new, 0 changed, 0 gone, 0 the same"
    assert printed[21:23] == ["  new: PT Rekaan 17", "  new: and 7 more"]


def test_another_import_in_between_is_told(pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    look = register.preview

    def looked_and_overtaken(*args: Any, **given: Any) -> register.Preview:
        seen = look(*args, **given)
        monkeypatch.setattr(register, "preview", look)
        contents = [path.read_bytes() for path in pair]
        register.take(*contents, agencies_name="a", licences_name="b", by=None, now=NOW)
        return seen

    monkeypatch.setattr(register, "preview", looked_and_overtaken)
    _printed, sentence = refused(pair, "--yes")
    assert sentence == "Another register edition was loaded in the meantime; look at the preview again."
    assert models.RegisterEdition.objects.count() == 1
