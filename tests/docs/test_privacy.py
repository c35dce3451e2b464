"""docs/privacy: what the papers say of the software is there, and each table with personal data stands in the record of processing."""

from __future__ import annotations

import re

import polib
import pytest
from django.conf import settings

from patrol.models import ConsultationWay
from patrol.retention import terms
from patrol.retention.terms import Kept
from tests.docs import documents

PAPERS = ("catatan-pemrosesan", "penilaian-dampak", "formulir-kebocoran")
# Of whom something is kept. What of staff stands beside each act ("by whom") goes with the act.
OF_PEOPLE = {
    Kept.POST,
    Kept.CONTACT,
    Kept.PROFILE,
    Kept.LIKENESS,
    Kept.CASE,
    Kept.REPORTER,
    Kept.VICTIM,
    Kept.OBJECTOR,
    Kept.INTAKE,
    Kept.SIGN_IN,
    Kept.CARE,
    Kept.OUTBOX,
    Kept.LOG,
}


def paper(name: str) -> str:
    return (documents.ROOT / f"docs/privacy/{name}.md").read_text()


def test_each_table_with_personal_data_stands_in_the_record_of_processing() -> None:
    named = set(re.findall(r"`((?:patrol|reports|django|mfa|account)_\w+)`", paper("catatan-pemrosesan")))
    kept = terms.columns()
    personal = {table for table, columns in kept.items() if OF_PEOPLE & set(columns.values())}
    assert sorted(personal - named) == []
    assert sorted(named - set(kept)) == []


@pytest.mark.parametrize("name", PAPERS)
def test_each_paper_names_tables_pages_and_settings_that_are_there(name: str) -> None:
    text = paper(name)
    catalogue = polib.pofile(str(documents.ROOT / "locale/id/LC_MESSAGES/django.po"))
    words = {word for entry in catalogue for word in (entry.msgstr, *entry.msgstr_plural.values())}
    said = re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", text)
    assert len(said) > 5
    assert [word for word in said if word not in words] == []
    assert [table for table in re.findall(r"`(patrol_\w+)`", text) if table not in terms.columns()] == []
    settled = (documents.ROOT / "patrol/settings.py").read_text()
    assert [
        word for word in re.findall(r"`([A-Z]+_[A-Z_]+)(?:=\w+)?`", text) if f'"{word}"' not in settled and not hasattr(settings, word)
    ] == []


@pytest.mark.parametrize("name", PAPERS)
def test_each_paper_leaves_the_law_to_the_legal_unit(name: str) -> None:
    assert re.search(r"perlu\s+dikonfirmasi unit hukum", paper(name))
    assert "**[isi" in paper(name)


def test_the_manual_names_each_way_of_reading() -> None:
    text = (documents.ROOT / "docs/offices/privacy.md").read_text()
    table = text[text.index("## Who looked") : text.index("A masked list counts")]
    named = [way for row in re.findall(r"^\| \*\*([a-z, ]+)\*\* \|", table, re.MULTILINE) for way in row.split(", ")]
    assert set(ConsultationWay) == set(named) - {"what for"}
