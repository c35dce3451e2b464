"""manage.py export_indicators: the approved file for its owner, by what `--by` may do; refused in one sentence, with nothing written."""

from __future__ import annotations

import io
import stat
from pathlib import Path
from typing import Any

import pytest
import stix2
from django.core.management import CommandError, call_command
from pymisp import MISPEvent

from patrol import models
from patrol.models import Role
from tests import factories
from tests.cases import carded
from tests.cases.peers import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(settings: Any) -> models.Person:
    settings.SITE_URL = "https://patroli.example"
    return factories.person(Role.OFFICER, "bp3mi-jabar")


def ran(number: str, file: Path, by: models.Person, written_as: str = "stix", request: str = "") -> str:
    out = io.StringIO()
    call_command("export_indicators", number, written_as=written_as, request=request, to=file, by=by.username, now=carded.LATER, stdout=out)
    return out.getvalue()


def test_it_writes_the_approved_file_for_its_owner_and_the_log_says_who_ran_it(
    officer: models.Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUDO_USER", "operator")
    case, _flag = carded.case(by=officer)
    made = asked.approved(case, officer)
    stix, misp = tmp_path / "kasus.stix.json", tmp_path / "kasus.misp.json"
    count = len(made.indicators)
    to = "MTR-26-0001 for Kementerian Contoh, Direktorat Pengendalian, TLP:AMBER"
    assert ran(case.number, stix, officer) == f"{stix}: {count} indicators of {case.number}, {to}. Delete it once it was handed over.\n"
    ran(case.number, misp, officer, "misp")
    assert stat.S_IMODE(stix.stat().st_mode) == 0o600
    assert sum(one.type == "indicator" for one in stix2.parse(stix.read_text(), allow_custom=False).objects) == count
    event = MISPEvent(strict_validation=True)
    event.load_file(misp)
    assert len([one for one in event.attributes if one.to_ids]) + len(event.objects) == count
    rows = models.AuditEntry.objects.filter(verb="contact.shown").order_by("seq").values_list("actor_id", "after__format", "after__ran_by")
    assert list(rows) == [(officer.pk, "stix", "operator"), (officer.pk, "misp", "operator")]


def test_what_cannot_be_taken_is_said_in_one_sentence_and_nothing_is_written(officer: models.Person, tmp_path: Path) -> None:
    case, _flag = carded.case(by=officer)
    file = tmp_path / "kasus.json"
    elsewhere = factories.person(Role.OFFICER, "bp3mi-ntb")

    def refused(by: models.Person, to: Path = file, number: str = case.number) -> str:
        with pytest.raises(CommandError) as error:
            ran(number, to, by)
        return str(error.value)

    waits = f"No export of {case.number} is approved that {officer.username} may take. It is asked for on its page."
    assert refused(officer) == waits
    asked.ask(case, officer, purpose="funds")
    assert refused(officer) == waits
    asked.approved(case, officer)
    assert refused(elsewhere) == f"There is no case or campaign {case.number} for {elsewhere.username}."
    assert refused(officer, number="PKR-26-9999") == f"There is no case or campaign PKR-26-9999 for {officer.username}."
    assert refused(officer, to=tmp_path / "tiada" / "kasus.json").endswith("was not written: No such file or directory.")
    file.write_text("ada")
    assert refused(officer).endswith("was not written: File exists.")
    models.Person.objects.filter(pk=elsewhere.pk).update(is_active=False)
    assert refused(elsewhere) == f"There is no active account {elsewhere.username}."
    assert (file.read_text(), [one.name for one in tmp_path.iterdir()]) == ("ada", ["kasus.json"])
    assert not models.AuditEntry.objects.filter(verb="contact.shown").exists()


def test_where_several_are_approved_one_says_which(officer: models.Person, tmp_path: Path) -> None:
    case, _flag = carded.case(by=officer)
    asked.approved(case, officer)
    asked.approved(case, officer, peer="Bank Contoh", purpose="funds", sharing="red")
    file = tmp_path / "kasus.json"
    for request, said in (
        ("", "say which with --request (MTR-26-0002 for Bank Contoh; MTR-26-0001 for Kementerian Contoh, Direktorat Pengendalian)"),
        ("MTR-26-0009", "MTR-26-0009 is no export of"),
    ):
        with pytest.raises(CommandError) as error:
            ran(case.number, file, officer, request=request)
        assert (said in str(error.value), file.exists()) == (True, False)
    assert "MTR-26-0002 for Bank Contoh, TLP:RED" in ran(case.number, file, officer, request="MTR-26-0002")
