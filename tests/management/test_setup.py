"""The first administrator and offices; the accounts of an example run."""

from __future__ import annotations

import io
import itertools
import stat
from pathlib import Path
from typing import Any, Final

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import resolve

from patrol import access, models
from patrol.access import Action, pairs, people
from patrol.infra.refusals import RefusedError
from patrol.management.commands import setup
from reports import signing
from reports.models import WeeklySummary

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
    "supervisor-directorate-2": ("supervisor", "directorate"),
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
    assert len({password for _key, _name, password in accounts}) == len({name for _key, name, _password in accounts}) == 10
    before = file.read_text()
    told(example=True)
    assert (file.read_text(), models.Person.objects.count()) == (before, 10)


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
    assert models.Person.objects.count() == 10


def test_the_second_supervisor_of_a_run_that_lived_before_gets_a_password(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    file = tmp_path / "example-accounts.txt"
    told(example=True)
    others = file.read_text().splitlines()[:-1]
    file.write_text("".join(f"{line}\n" for line in others))
    second = models.Person.objects.get(username="penyelia-siber-2")
    second.set_unusable_password()
    second.save(update_fields=["password"])
    told(example=True)
    *kept, (key, username, password) = [line.split("\t") for line in file.read_text().splitlines()]
    assert ["\t".join(line) for line in kept] == others
    assert (key, username, models.Person.objects.count()) == ("supervisor-directorate-2", "penyelia-siber-2", 10)
    second.refresh_from_db()
    assert second.check_password(password)
    assert second.approves
    last = models.AuditEntry.objects.latest("seq")
    assert (last.verb, last.actor_id, last.target_id, last.after) == ("person.password_set", None, str(second.pk), {})
    told(example=True)
    assert (file.read_text().splitlines()[-1], models.AuditEntry.objects.latest("seq")) == (f"{key}\t{username}\t{password}", last)


def test_a_closed_account_stays_without_a_password(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    told(example=True)
    before = (tmp_path / "example-accounts.txt").read_text()
    closed, by = (models.Person.objects.get(username=username) for username in ("penyelia-siber-2", "admin"))
    people.close(closed, {}, by=by, now=closed.created_at)
    told(example=True)
    closed.refresh_from_db()
    assert (closed.has_usable_password(), closed.is_active) == (False, False)
    assert (tmp_path / "example-accounts.txt").read_text() == before


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


# What waits for a second person -> what is done before, each part by somebody else. Points of the rules are a file before: nobody's act.
FIRST: Final = {
    Action.TRUST_APPROVE: (Action.TRUST_PROPOSE,),
    Action.REVIEW_SETTLE: (Action.FLAG_DECIDE, Action.REVIEW),
    Action.BULK_APPROVE: (Action.BULK,),
    Action.POINTS_APPROVE: (),
    Action.ERASE_APPROVE: (Action.ERASE_ASK,),
    Action.PERSON_AGREE: (Action.PERSON_CHANGE,),
    Action.LAW_APPROVE: (Action.LAW_ENTER,),
    Action.REFERRAL_APPROVE: (Action.REFERRAL_WRITE,),
    Action.OBJECTION_SETTLE: (Action.FLAG_DECIDE, Action.OBJECTION_ENTER),
    Action.REGISTER_APPROVE: (Action.REGISTER_IMPORT,),
    Action.SUMMARY_APPROVE: (Action.SUMMARY_FREEZE,),
    Action.CARD_APPROVE: (Action.CARD_MAKE,),
    Action.PEER_APPROVE: (Action.PEER_ASK,),
    Action.RETENTION_APPROVE: (Action.RETENTION_PROPOSE,),
}


def ends(printed: list[models.Person], act: Action, office_id: int) -> dict[str, tuple[str, ...]]:
    """Who may begin this act on a thing of that office -> the others who bring it to its end, () where nobody is left to."""
    begins, *follow = [[one for one in printed if access.may(one, step, office_id=office_id)] for step in (*FIRST[act], act)]
    found = {}
    for first in begins:
        ways = (way for way in itertools.product(*follow) if len({first, *way}) == 1 + len(way))
        way = next((way for way in ways if not any(refused(half, way[-1]) for half in (first, *way[:-1]))), ())
        found[first.username] = tuple(one.username for one in way)
    return found


def refused(first: models.Person, second: models.Person) -> bool:
    try:
        pairs.require(first.pk, second.pk, now=second.created_at)
    except RefusedError:
        return True
    return False


def test_every_act_of_two_people_that_a_printed_account_begins_another_one_ends(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    told(example=True)
    names = [line.split("\t")[1] for line in (tmp_path / "example-accounts.txt").read_text().splitlines()]
    printed = list(models.Person.objects.filter(username__in=names).select_related("office").order_by("id"))
    assert FIRST.keys() == access.SECOND
    places = {one.office_id for one in printed} | {access.NO_OFFICE}
    begun = {act: [ends(printed, act, place) for place in sorted(places)] for act in access.SECOND - {Action.POINTS_APPROVE}}
    assert [act for act, found in begun.items() if not any(found)] == []
    assert [(act, who) for act, found in begun.items() for one in found for who, others in one.items() if not others] == []
    assert [one.username for one in printed if access.may(one, Action.POINTS_APPROVE)] == ["penyelia-siber", "penyelia-siber-2"]
    # The national summary is frozen at the directorate alone, and the second signature is of another supervisor there.
    assert ends(printed, Action.SUMMARY_APPROVE, access.NO_OFFICE) == {
        "penyelia-siber": ("penyelia-siber-2",),
        "penyelia-siber-2": ("penyelia-siber",),
    }
    author, second = (one for one in printed if one.role == "supervisor" and one.at_directorate)
    assert signing.seconds(WeeklySummary(office=None), author.pk, signing.supervisors()) == [second]
    without = [one for one in printed if one != second]
    assert ends(without, Action.SUMMARY_APPROVE, access.NO_OFFICE) == {author.username: ()}
