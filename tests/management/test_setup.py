"""The first administrator and offices; the accounts of an example run."""

from __future__ import annotations

import io
import stat
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import resolve

from patrol import models
from patrol.access import people
from patrol.management.commands import setup

pytestmark = pytest.mark.django_db


def told(**options: Any) -> Any:
    out = io.StringIO()
    call_command("setup", stdout=out, **options)
    return out.getvalue().splitlines()


def test_it_makes_the_offices_and_the_first_administrator_who_sets_a_password_by_link() -> None:
    lines = told(username="kepala.sistem", name="Kepala Sistem")
    assert lines[:10] == [
        "Offices: 24 made, 24 in all.",
        "Keyword packs: 3 made, 3 in all.",
        "Articles of law: 15 made, 15 in all.",
        "Channels: 10 made, 10 in all.",
        "Letters: 7 made, 7 in all.",
        "Guides: 7 made, 7 in all.",
        "Deadlines: 21 made, 21 in all.",
        "Joint leave: 27 days made, 27 in all.",
        "Templates of tasks: 39 lines made, 39 in all.",
        "Administrator kepala.sistem made. Set the password here, within 24 hours, once:",
    ]
    person = models.Person.objects.get()
    assert (person.username, person.name, person.role, person.office.kind) == (
        "kepala.sistem",
        "Kepala Sistem",
        "administrator",
        "directorate",
    )
    assert not person.has_usable_password()
    assert resolve(lines[10].strip()).url_name == "password_reset_confirm"
    assert list(models.AuditEntry.objects.order_by("seq").values_list("verb", "actor_id")) == [
        *[("pack.added", None)] * 3,
        ("person.added", None),
        ("person.reset_link", None),
    ]


def test_repeated_it_changes_nothing() -> None:
    told()
    models.Office.objects.filter(code="bp3mi-ntb").update(name="BP3MI Mataram")
    assert told(username="lain") == [
        "Offices: 0 made, 24 in all.",
        "Keyword packs: 0 made, 3 in all.",
        "Articles of law: 0 made, 15 in all.",
        "Channels: 0 made, 10 in all.",
        "Letters: 0 made, 7 in all.",
        "Guides: 0 made, 7 in all.",
        "Deadlines: 0 made, 21 in all.",
        "Joint leave: 0 days made, 27 in all.",
        "Templates of tasks: 0 lines made, 39 in all.",
        "An administrator exists.",
        (
            "Name a second administrator: setup --second-username USERNAME --second-name NAME. Whoever the first appoints approves"
            " nothing until a second person has agreed."
        ),
    ]
    assert models.Person.objects.count() == 1
    assert models.Office.objects.get(code="bp3mi-ntb").name == "BP3MI Mataram"


def test_a_user_name_that_is_none_is_one_sentence() -> None:
    with pytest.raises(CommandError, match=r"^username: 3 to 50 lower-case letters"):
        told(username="Kepala Sistem")
    assert models.Person.objects.count() == 0


# What the file calls an account -> role and office.
ACCOUNTS = {
    "officer": ("officer", "bp3mi-jabar"),
    "analyst": ("analyst", "directorate"),
    "supervisor": ("supervisor", "bp3mi-jabar"),
    "registrar": ("registrar", "directorate"),
    "administrator": ("administrator", "directorate"),
    "data-protection-officer": ("data_protection_officer", "directorate"),
    "officer-2": ("officer", "bp3mi-jabar"),
    "officer-other-office": ("officer", "bp3mi-sulteng"),
    "supervisor-directorate": ("supervisor", "directorate"),
}


def test_an_example_run_has_accounts_for_every_role_and_a_file_only_its_owner_reads(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "var"
    told(example=True)
    file = settings.VAR_DIR / "example-accounts.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    accounts = [line.split("\t") for line in file.read_text().splitlines()]
    assert [key for key, _name, _password in accounts] == list(ACCOUNTS)
    for key, username, password in accounts:
        person = models.Person.objects.get(username=username)
        assert (person.role, person.office.code) == ACCOUNTS[key]
        assert person.approves
        assert person.check_password(password)
    assert len({password for _key, _name, password in accounts}) == len({name for _key, name, _password in accounts}) == 9
    before = file.read_text()
    told(example=True)
    assert (file.read_text(), models.Person.objects.count()) == (before, 9)


def test_a_database_of_an_earlier_run_gets_the_accounts_it_lacks(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR_DIR = tmp_path
    with monkeypatch.context() as earlier:
        earlier.setattr(setup, "EXAMPLE_ACCOUNTS", setup.EXAMPLE_ACCOUNTS[:5])
        told(example=True)
    file = tmp_path / "example-accounts.txt"
    before = file.read_text()
    told(example=True)
    assert file.read_text().startswith(before)
    assert [line.split("\t")[0] for line in file.read_text().splitlines()] == list(ACCOUNTS)
    assert models.Person.objects.count() == 9


def test_a_run_that_was_cut_short_leaves_nobody_without_a_password(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR_DIR = tmp_path
    real = people.add

    def cut(**given: Any) -> Any:
        if given["username"] == "penyelia":
            raise KeyboardInterrupt
        return real(**given)

    monkeypatch.setattr(people, "add", cut)
    with pytest.raises(KeyboardInterrupt):
        told(example=True)
    monkeypatch.undo()
    told(example=True)
    accounts = [line.split("\t") for line in (tmp_path / "example-accounts.txt").read_text().splitlines()]
    assert {key for key, _name, _password in accounts} == set(ACCOUNTS)
    for _role, username, password in accounts:
        assert models.Person.objects.get(username=username).check_password(password)


def test_an_office_gets_no_example_accounts(settings: Any, tmp_path: Path) -> None:
    settings.EXAMPLE, settings.VAR_DIR = False, tmp_path
    with pytest.raises(CommandError, match="EXAMPLE=1 is not set"):
        told(example=True)
    assert (models.Person.objects.count(), list(tmp_path.iterdir())) == (0, [])


def test_the_first_two_accounts_approve_from_the_start_a_third_does_not_and_the_log_says_so() -> None:
    told()
    assert told(second_username="kedua", second_name="Kedua")[10].startswith("Administrator kedua made.")
    assert told(second_username="ketiga")[10].startswith("Both accounts of setup exist")
    accounts = models.Person.objects.order_by("id").values_list("username", "role", "approves")
    assert list(accounts) == [("admin", "administrator", True), ("kedua", "administrator", True)]
    rows = models.AuditEntry.objects.filter(verb="person.added").values_list("after__exempt", flat=True)
    assert list(rows) == ["setup", "setup"]


def test_a_forgotten_password_of_the_first_two_gets_a_link_here_and_of_nobody_else() -> None:
    told()
    assert resolve(told(link="admin")[10].strip()).url_name == "password_reset_confirm"
    admin = models.Person.objects.get()
    people.add(username="lain", name="Lain", role="administrator", office_id=admin.office_id, by=admin, now=admin.created_at)
    for name in ("lain", "siapa"):
        with pytest.raises(CommandError, match="none of the accounts"):
            told(link=name)


def test_lost_second_factors_of_the_first_two_are_taken_away_here_and_of_nobody_else() -> None:
    told()
    admin = models.Person.objects.get()
    with pytest.raises(CommandError, match="no second factor"):
        told(factors="admin")
    Authenticator.objects.create(user=admin, type="totp", data={})
    told(factors="admin")
    assert Authenticator.objects.count() == 0
    last = models.AuditEntry.objects.latest("seq")
    assert (last.verb, last.actor_id, last.target_id) == ("person.factors_reset", None, str(admin.pk))
    admin.refresh_from_db()
    assert admin.approves
    with pytest.raises(CommandError, match="none of the accounts"):
        told(factors="siapa")


def test_the_example_s_accounts_approve_from_the_start_and_the_log_says_so(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "var"
    told(example=True)
    assert set(models.Person.objects.values_list("approves", flat=True)) == {True}
    rows = models.AuditEntry.objects.filter(verb="person.added").values_list("after__exempt", flat=True)
    assert set(rows) == {"example"}
