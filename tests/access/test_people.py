"""Who joins, changes, leaves; offices; and a link that sets a password once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as configured
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.utils.translation import override

from patrol import models
from patrol.access import duties, factors, people, ways
from patrol.infra.refusals import RefusedError
from patrol.intake import devices
from patrol.models import Role
from tests import factories, races
from tests.factories import NOW

database = pytest.mark.django_db
AT_DIRECTORATE = {"analyst", "registrar", "administrator", "data_protection_officer"}


def add(by: models.Person | None = None, **given: Any) -> models.Person:
    code = given.pop("code", "bp3mi-jabar")
    fields: dict[str, Any] = {"username": "sari.contoh", "name": "Sari Contoh", "role": "officer", "office_id": factories.office(code).pk}
    return people.add(**(fields | given), by=by, now=NOW)


def change(person: models.Person, by: models.Person, **given: Any) -> models.Person:
    fields: dict[str, Any] = {"name": person.name, "role": person.role, "office_id": person.office_id, "active": person.is_active}
    return people.change(person_id=person.pk, **(fields | given), by=by, now=NOW)


def refused(act: Callable[..., Any], *args: Any, **given: Any) -> str:
    with pytest.raises(RefusedError) as error:
        act(*args, **given)
    return error.value.place


def last_entry() -> tuple[str, int | None, Any, Any]:
    entry = models.AuditEntry.objects.latest("seq")
    return entry.verb, entry.actor_id, entry.before, entry.after


@database
def test_a_new_person_cannot_log_in_before_a_password_is_set() -> None:
    admin = factories.person("administrator")
    person = add(admin, name=" Sari Contoh ")
    assert (person.username, person.name, person.role, person.office.code, person.is_active, person.created_at) == (
        "sari.contoh",
        "Sari Contoh",
        "officer",
        "bp3mi-jabar",
        True,
        NOW,
    )
    assert not person.has_usable_password()
    assert last_entry() == ("person.added", admin.pk, {}, {"username": "sari.contoh", "role": "officer", "office": "bp3mi-jabar"})


@database
@pytest.mark.parametrize("username", ["ab", "Sari", "1sari", "sari contoh", "sari@contoh", "s" * 51, "", "sári"])
def test_a_user_name_that_is_none_is_refused(username: str) -> None:
    assert refused(add, username=username) == "username"
    assert models.Person.objects.count() == 0


@database
@pytest.mark.parametrize("username", ["abc", "s" * 50, "a-b_c.9"])
def test_a_user_name_at_the_border_is_taken(username: str) -> None:
    assert add(username=username).username == username


@database
def test_what_is_missing_or_taken_is_refused_where_the_person_looks() -> None:
    add()
    assert refused(add) == "username"
    assert refused(add, username="lain", name="  ") == "name"
    assert refused(add, username="lain", role="kepala") == "role"
    models.Office.objects.filter(code="bp3mi-bali").update(active=False)
    assert refused(add, username="lain", code="bp3mi-bali") == "office"
    assert list(models.Person.objects.values_list("username", flat=True)) == ["sari.contoh"]


@database
@pytest.mark.parametrize("role", Role)
def test_roles_of_the_directorate_exist_there_only(role: Role) -> None:
    assert add(username="pusat", role=role, code="directorate").role == role
    if role in AT_DIRECTORATE:
        assert refused(add, role=role) == "office"
    else:
        assert add(role=role).office.code == "bp3mi-jabar"


@database
@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_changes_people_and_offices(role: Role) -> None:
    by = factories.person(role, "directorate")
    person = factories.person()
    office = person.office
    for act in (
        lambda: add(by),
        lambda: change(person, by, active=False),
        lambda: people.reset_link(person_id=person.pk, by=by, now=NOW),
        lambda: office_changed(office, by, active=False),
    ):
        with pytest.raises(PermissionDenied):
            act()
    person.refresh_from_db()
    assert (person.is_active, models.AuditEntry.objects.count()) == (True, 0)


@database
def test_a_person_changes_office_and_role_and_leaves() -> None:
    admin, person = factories.person("administrator"), factories.person()
    before = {"role": "officer", "office": person.office_id, "active": True}
    ntb = factories.office("bp3mi-ntb")
    changed = change(person, admin, name="Nama Baru", role="supervisor", office_id=ntb.pk)
    assert (changed.name, changed.role, changed.office) == ("Nama Baru", "supervisor", ntb)
    assert last_entry() == ("person.changed", admin.pk, before, {"role": "supervisor", "office": ntb.pk, "active": True})
    assert change(changed, admin, active=False).is_active is False
    assert refused(change, changed, admin, role="analyst") == "office"
    assert refused(change, changed, admin, name=" ") == "name"


@database
def test_no_chat_and_no_address_is_kept_of_whoever_moved_or_left() -> None:
    admin, person = factories.person("administrator"), factories.person()
    office = factories.office("bp3mi-ntb")
    for n, one in enumerate((person.office, office)):
        bot = models.Bot.objects.create(office=one, set_at=NOW, set_by=admin)
        given: dict[str, Any] = {"expires_at": NOW, "code_sha256": "x", "chat": 77, "paired_at": NOW}
        models.Person.objects.filter(pk=person.pk).update(mail="satu@kantor.example")
        models.Pairing.objects.create(person=person, bot=bot, **given)
        change(person, admin, name="Nama Baru", role="supervisor")
        assert models.Pairing.objects.latest("pk").chat == 77
        person = change(person, admin, office_id=office.pk, active=n == 0)
        ended = models.Pairing.objects.latest("pk")
        assert (ended.chat, ended.ended_at, ended.why) == (None, NOW, ("moved", "administrator")[n])
        assert person.mail == ("satu@kantor.example", "")[n]
    verbs = models.AuditEntry.objects.exclude(verb="person.changed").values_list("verb", flat=True)
    assert sorted(verbs) == ["pairing.ended", "pairing.ended", "person.mail_cleared"]
    assert models.AuditEntry.objects.get(verb="person.mail_cleared").before == {"mark": ways.mark("satu@kantor.example")}


@database
def test_whoever_leaves_may_leave_from_an_office_that_closed() -> None:
    admin, person = factories.person("administrator"), factories.person("officer", "bp3mi-bali")
    models.Office.objects.filter(code="bp3mi-bali").update(active=False)
    assert refused(change, person, admin, name="Nama Baru") == "office"
    assert change(person, admin, active=False).is_active is False


@database
def test_the_last_administrator_stays() -> None:
    admin = factories.person("administrator")
    factories.person("administrator", is_active=False)
    assert refused(change, admin, admin, role="analyst") == "role"
    assert refused(change, admin, admin, active=False) == "role"
    assert change(admin, admin, name="Nama Lain").name == "Nama Lain"
    second = factories.person("administrator")
    assert change(admin, second, role="analyst").role == "analyst"


@database
def test_an_administrator_who_cannot_log_in_is_not_the_one_who_stays() -> None:
    admin, doubled = factories.person("administrator"), factories.person("officer", "directorate")
    second = add(admin, username="kedua", role="administrator", code="directorate")
    people.reset_link(person_id=second.pk, by=admin, now=NOW)  # it ends within a day
    models.Duty.objects.create(person=doubled, role="administrator", office=admin.office, since=NOW, made_by=second)
    by = duties.take_up(duty_id=doubled.duties.get().pk, by=doubled, now=NOW)  # an administrator for as long as the duty lasts
    told = {"role": "analyst", "office_id": admin.office_id}
    assert refused(change, admin, by, **told) == "role"
    assert refused(change, admin, by, active=False) == "role"
    assert refused(people.leaver, admin.pk, by=by) == "role"
    second.set_password(PASSWORD)
    second.save(update_fields=["password"])
    assert change(admin, by, **told).role == "analyst"
    assert refused(change, second, by, **told) == "role"


@database
@pytest.mark.parametrize("way", ["passkey", "passkey behind the password", "login of the ministry", "login of an earlier provider"])
def test_what_opens_without_a_password_counts(way: str, settings: Any) -> None:
    admin, second = factories.person("administrator"), factories.person("administrator")
    if "passkey" in way:
        Authenticator.objects.create(user=second, type="webauthn", data={"name": "Kunci"})
        if way != "passkey":
            factors.behind_password(second)
    else:
        settings.OIDC_ISSUER = settings.OIDC_NAME = "https://sso.contoh.example"
        issuer = settings.OIDC_ISSUER if way == "login of the ministry" else "https://lain.contoh.example"
        models.LinkedLogin.objects.create(person=second, issuer=issuer, subject="x", linked_at=NOW)
    doubled = factories.person("officer", "directorate")
    duty = models.Duty.objects.create(person=doubled, role="administrator", office=admin.office, since=NOW, made_by=admin)
    by = duties.take_up(duty_id=duty.pk, by=doubled, now=NOW)
    if way in {"passkey", "login of the ministry"}:
        assert change(admin, by, role="analyst").role == "analyst"
    else:
        assert refused(change, admin, by, role="analyst") == "role"


@database
@pytest.mark.parametrize("field", ["role", "office_id", "active"])
def test_nobody_changes_role_office_or_access_of_their_own_account(field: str) -> None:
    admin, other = factories.person("administrator"), factories.person("administrator")
    other.set_password(PASSWORD)
    other.save(update_fields=["password"])
    given: dict[str, Any] = {"role": "analyst"} if field == "role" else {"active": False}
    if field == "office_id":  # with a role there is in an office; the role is what is said first
        given = {"role": "officer", "office_id": factories.office("bp3mi-ntb").pk}
    told: dict[str, Any] = {"name": "x", "role": admin.role, "office_id": admin.office_id, "active": True} | given
    with pytest.raises(RefusedError) as error:
        people.change(person_id=admin.pk, **told, by=admin, now=NOW)
    assert (error.value.code, error.value.place) == ("person.self", "active" if field == "active" else "role")
    now = models.Person.objects.get(pk=admin.pk)
    assert (now.name, now.role, now.office_id, now.is_active) == (admin.name, "administrator", admin.office_id, True)
    assert (models.Notice.objects.count(), models.AuditEntry.objects.count()) == (0, 0)
    assert change(admin, admin, name="Nama Lain").name == "Nama Lain"
    assert change(admin, other, **given).pk == admin.pk


@database
def test_whoever_watches_there_hears_who_was_put_into_an_office() -> None:
    admin, person = factories.person("administrator"), factories.person("officer", "bp3mi-jatim")
    ntb = factories.office("bp3mi-ntb")
    head, dpo = factories.person("supervisor", "bp3mi-ntb"), factories.person("data_protection_officer")
    factories.person("supervisor", "bp3mi-jatim")

    def told() -> list[tuple[int | None, int | None, int | None, str]]:
        found = models.Notice.objects.filter(kind="account_moved").order_by("id")
        return [(one.person_id, one.account_id, one.by_id, one.note) for one in found]

    person = change(person, admin, name="Nama Baru")
    assert told() == []
    person = change(person, admin, office_id=ntb.pk)
    expected = [(one.pk, person.pk, admin.pk, ntb.name) for one in (head, dpo)]
    assert told() == expected
    person = change(person, admin, active=False)
    assert told() == expected
    change(person, admin, active=True)
    assert told() == [*expected, *expected]


@pytest.mark.usefixtures("committed")
def test_two_administrators_cannot_end_each_other_in_the_same_moment() -> None:
    one, two = factories.person("administrator"), factories.person("administrator")
    won, lost = races.race(
        "SELECT 1 FROM patrol_person FOR UPDATE", lambda: change(two, one, role="analyst"), lambda: change(one, two, role="analyst")
    )
    assert won.role == "analyst"
    assert isinstance(lost, RefusedError)
    assert lost.code == "person.last_administrator"
    assert list(models.Person.objects.filter(role="administrator")) == [one]


# --- the one-time link ------------------------------------------------------------------------------

PASSWORD = "kuda-biru-melompat-7391"


def follow(link: str) -> tuple[Client, Any]:
    """Opens the link as a browser does: the token moves from the address into the session."""
    client = Client()
    answer = client.get(link, follow=True)
    assert answer.status_code == 200
    return client, answer


def set_password(link: str) -> Any:
    client, answer = follow(link)
    assert answer.context["validlink"]
    return client.post(answer.redirect_chain[-1][0], {"new_password1": PASSWORD, "new_password2": PASSWORD})


@database
def test_a_link_sets_a_password_once() -> None:
    admin, person = factories.person("administrator"), factories.person()
    link = people.reset_link(person_id=person.pk, by=admin, now=NOW)
    assert last_entry() == ("person.reset_link", admin.pk, {}, {"valid_seconds": configured.PASSWORD_RESET_TIMEOUT})
    assert set_password(link).status_code == 302
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    _client, answer = follow(link)
    assert answer.context["validlink"] is False


@database
def test_the_old_password_works_until_a_new_one_is_set() -> None:
    person = factories.person()
    person.set_password("yang-lama-contoh-11")
    person.save(update_fields=["password"])
    link = people.reset_link(person_id=person.pk, by=None, now=NOW)
    person.refresh_from_db()
    assert person.check_password("yang-lama-contoh-11")
    set_password(link)
    person.refresh_from_db()
    assert not person.check_password("yang-lama-contoh-11")


@database
def test_a_link_dies_with_its_day_and_opens_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    person, other = factories.person(), factories.person()
    old = PasswordResetTokenGenerator()._now() - timedelta(seconds=configured.PASSWORD_RESET_TIMEOUT + 1)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _self: old)
    link = people.reset_link(person_id=person.pk, by=None, now=NOW)
    monkeypatch.undo()
    assert follow(link)[1].context["validlink"] is False
    fresh = people.reset_link(person_id=person.pk, by=None, now=NOW)
    theirs = people.reset_link(person_id=other.pk, by=None, now=NOW)
    *_, key, token, _end = fresh.split("/")
    crossed = fresh.replace(token, theirs.split("/")[-2])
    assert key in crossed
    assert follow(crossed)[1].context["validlink"] is False


@database
@pytest.mark.parametrize("maker", ["9" * 5000, "9" * 19, "\u0663", "-1", ""])
def test_a_link_of_a_maker_there_cannot_be_opens_nothing(maker: str) -> None:
    person = factories.person()
    link = people.reset_link(person_id=person.pk, by=None, now=NOW)
    asked = Client().get(link.replace("/0-", f"/{maker}-"), follow=True)
    assert (asked.status_code, asked.context["validlink"]) == (200, False)


@database
def test_a_weak_password_is_not_taken() -> None:
    person = factories.person()
    client, answer = follow(people.reset_link(person_id=person.pk, by=None, now=NOW))
    answer = client.post(answer.redirect_chain[-1][0], {"new_password1": "pendek", "new_password2": "pendek"})
    assert answer.status_code == 200
    person.refresh_from_db()
    assert not person.has_usable_password()


# --- offices ----------------------------------------------------------------------------------------


def office_changed(office: models.Office, by: models.Person, **given: Any) -> models.Office:
    fields = {name: getattr(office, name) for name in ("name", "short_name", "provinces", "zone", "active", "second_signatory_id")}
    return people.change_office(office_id=office.pk, **(fields | given), by=by, now=NOW)


@database
def test_a_new_installation_has_23_offices_and_the_directorate_and_loading_again_changes_nothing() -> None:
    assert people.load_offices() == 24
    assert models.Office.objects.filter(kind="bp3mi").count() == 23
    assert models.Office.objects.filter(kind="directorate").count() == 1
    provinces = [province for office in models.Office.objects.all() for province in office.provinces]
    assert len(provinces) == len(set(provinces)) == 38
    models.Office.objects.filter(code="bp3mi-ntb").update(name="BP3MI Mataram")
    models.Office.objects.filter(code="bp3mi-bali").delete()
    assert people.load_offices() == 1
    assert models.Office.objects.get(code="bp3mi-ntb").name == "BP3MI Mataram"


@database
def test_an_office_is_changed_and_the_log_says_from_what_to_what() -> None:
    admin, office = factories.person("administrator"), factories.office("bp3mi-ntb")
    changed = office_changed(office, admin, name=" BP3MI Mataram ", provinces=["52"], zone="Asia/Jayapura")
    assert (changed.name, changed.zone) == ("BP3MI Mataram", "Asia/Jayapura")
    verb, actor, before, after = last_entry()
    assert (verb, actor) == ("office.changed", admin.pk)
    assert (before["name"], before["zone"]) == ("BP3MI Nusa Tenggara Barat", "Asia/Makassar")
    assert (after["name"], after["zone"]) == ("BP3MI Mataram", "Asia/Jayapura")


@database
def test_a_province_belongs_to_one_active_office() -> None:
    admin, ntb, bali = factories.person("administrator"), factories.office("bp3mi-ntb"), factories.office("bp3mi-bali")
    assert refused(office_changed, ntb, admin, provinces=["52", "51"]) == "provinces"
    office_changed(bali, admin, active=False)
    assert office_changed(ntb, admin, provinces=["52", "51"]).provinces == ["52", "51"]
    bali.refresh_from_db()
    assert refused(office_changed, bali, admin, active=True) == "provinces"


@database
def test_an_office_closes_once_nobody_works_there_and_nothing_is_watched_for_it() -> None:
    admin, bali = factories.person("administrator"), factories.office("bp3mi-bali")
    person, away = factories.person("officer", "bp3mi-bali"), factories.person("officer", "bp3mi-bali")
    further = duties.add(person_id=away.pk, role="officer", office_id=factories.office("bp3mi-ntb").pk, until=None, by=admin, now=NOW)
    duties.take_up(duty_id=further.pk, by=away, now=NOW)
    watch = factories.watch("bp3mi-bali")
    with pytest.raises(RefusedError) as error:
        office_changed(bali, admin, active=False)
    assert (error.value.place, error.value.values) == ("active", {"people": 2, "watches": 1})
    for one in (person, away):
        change(one, admin, active=False)
    assert refused(office_changed, bali, admin, active=False) == "active"
    models.Watch.objects.filter(pk=watch.pk).update(state="paused", due_at=None)
    assert office_changed(bali, admin, active=False).active is False
    models.Watch.objects.filter(pk=watch.pk).update(state="active")
    bali.refresh_from_db()
    assert office_changed(bali, admin, name="BP3MI Bali Lama", active=False).name == "BP3MI Bali Lama"  # closed as it was


@database
def test_a_province_that_is_taken_is_named_and_so_is_a_name() -> None:
    admin, ntb = factories.person("administrator"), factories.office("bp3mi-ntb")
    factories.office("bp3mi-bali")
    said = []
    for given in ({"provinces": ["51", "52"]}, {"name": "BP3MI Bali"}):
        with pytest.raises(RefusedError) as error:
            office_changed(ntb, admin, **given)
        with override("en"):
            said.append(error.value.sentence)
    assert said == ["Province Bali is already protected by BP3MI Bali.", "Another office has this name."]
    assert office_changed(ntb, admin, name=ntb.name).name == ntb.name


@database
def test_what_an_office_cannot_be_is_refused() -> None:
    admin, ntb = factories.person("administrator"), factories.office("bp3mi-ntb")
    assert refused(office_changed, factories.office("directorate"), admin, active=False) == "active"
    assert refused(office_changed, ntb, admin, name=" ") == "name"
    assert refused(office_changed, ntb, admin, short_name="") == "short_name"
    assert refused(office_changed, ntb, admin, name="BP3MI Bali") == "name"
    assert refused(office_changed, ntb, admin, zone="Asia/Singapore") == "zone"
    with pytest.raises(models.Office.DoesNotExist):
        office_changed(models.Office(pk=999_999, name="x", short_name="x"), admin)
    assert models.AuditEntry.objects.count() == 0


@database
def test_whom_an_office_names_to_sign_its_summaries_is_a_supervisor_there_or_at_the_directorate() -> None:
    admin, ntb = factories.person("administrator"), factories.office("bp3mi-ntb")
    there, above = factories.person("supervisor", "bp3mi-ntb"), factories.person("supervisor", "directorate")
    for one in (there, above, None):
        changed = office_changed(ntb, admin, second_signatory_id=one.pk if one else None)
        assert changed.second_signatory == one
    assert last_entry()[2:] == ({**last_entry()[3], "second_signatory_id": above.pk}, {**last_entry()[2], "second_signatory_id": None})
    gone = factories.person("supervisor", "bp3mi-ntb")
    models.Person.objects.filter(pk=gone.pk).update(is_active=False)
    for other in (factories.person("supervisor", "bp3mi-bali"), factories.person("officer", "bp3mi-ntb"), gone, admin):
        assert refused(office_changed, ntb, admin, second_signatory_id=other.pk) == "second_signatory"
    ntb.refresh_from_db()
    assert ntb.second_signatory is None


def office_added(by: models.Person, **given: Any) -> models.Office:
    fields: dict[str, Any] = {"code": "bp3mi-baru", "name": "BP3MI Baru", "short_name": "Baru", "provinces": [], "zone": "Asia/Jayapura"}
    return people.add_office(**(fields | given), by=by, now=NOW)


@database
def test_an_office_is_added_by_an_administrator_alone() -> None:
    factories.offices()
    admin, supervisor = factories.person("administrator"), factories.person("supervisor")
    with pytest.raises(PermissionDenied):
        office_added(supervisor)
    made = office_added(admin, name=" BP3MI Baru ")
    assert (made.code, made.name, made.kind, made.active) == ("bp3mi-baru", "BP3MI Baru", "bp3mi", True)
    verb, actor, before, after = last_entry()
    assert (verb, actor, before) == ("office.added", admin.pk, {})
    assert (after["code"], after["zone"], after["provinces"]) == ("bp3mi-baru", "Asia/Jayapura", [])


@database
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"code": "BP3MI Baru"}, "code"),
        ({"code": "b"}, "code"),
        ({"code": "bp3mi-ntb"}, "code"),
        ({"name": " "}, "name"),
        ({"name": "BP3MI Bali"}, "name"),
        ({"short_name": ""}, "short_name"),
        ({"zone": "Asia/Singapore"}, "zone"),
        ({"provinces": ["94", "52"]}, "provinces"),
    ],
)
def test_an_office_that_cannot_be_is_not_added(given: dict[str, Any], field: str) -> None:
    factories.offices()
    assert refused(office_added, factories.person("administrator"), **given) == field
    assert models.Office.objects.count() == 24
    assert models.AuditEntry.objects.count() == 0


@database
def test_a_province_of_an_office_that_closed_is_free() -> None:
    admin = factories.person("administrator")
    office_changed(factories.office("bp3mi-ntb"), admin, active=False)
    assert office_added(admin, provinces=["52"]).provinces == ["52"]


@pytest.mark.usefixtures("committed")
def test_one_province_is_given_to_one_of_two_offices_added_in_the_same_moment() -> None:
    admin = factories.person("administrator")
    office_changed(factories.office("bp3mi-ntb"), admin, active=False)
    first, second = races.race(
        "SELECT id FROM patrol_office FOR UPDATE",
        lambda: office_added(admin, provinces=["52"]),
        lambda: office_added(admin, code="bp3mi-lain", name="BP3MI Lain", provinces=["52"]),
    )
    assert first.provinces == ["52"]
    assert isinstance(second, RefusedError)
    assert (second.code, second.place) == ("office.province_taken", "provinces")


@database
def test_the_list_of_people_opens_while_accounts_wait(client: Client) -> None:
    """Two of them, whose names are in another order than they came; of each the newest appointment."""
    admin = factories.person("administrator")
    waits = [factories.person("supervisor", name=name, approves=False, username=name.lower()) for name in ("Wulan", "Ayu")]
    newest = {
        one.pk: models.Appointment.objects.create(person=one, kind="changed", role=one.role, office=one.office, at=NOW, by=admin)
        for one in waits
    }
    assert people.newest_appointments(waits) == newest
    client.force_login(admin)
    page = client.get("/kerja/patrol/person/?waits=1")
    assert (page.status_code, [row["person"] for row in page.context["rows"]]) == (200, waits[::-1])


def beside(act: Callable[[], Any]) -> threading.Thread:
    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    return threading.Thread(target=run)


@pytest.mark.usefixtures("committed")
def test_a_browser_that_is_paired_while_the_account_changes_is_let_go_with_the_others() -> None:
    admin, person = factories.person("administrator"), factories.person()
    code = devices.make_code(by=person, now=NOW)
    other = beside(lambda: change(person, admin, role="supervisor"))
    with transaction.atomic():
        token = devices.pair(code=code, name="", caller="a", now=NOW).token
        other.start()
        races.until_it_waits_or_ends(other)
    other.join(races.PATIENCE)
    person.refresh_from_db()
    assert person.role == "supervisor"
    with pytest.raises(RefusedError, match=r"^device\.unknown"):
        devices.known(token, now=NOW)


@pytest.mark.usefixtures("committed")
def test_a_code_that_is_typed_while_the_account_changes_pairs_nothing() -> None:
    """The pairing began a moment before the change and waits for it: its clock is the earlier one."""
    admin, person = factories.person("administrator"), factories.person()
    code = devices.make_code(by=person, now=NOW - timedelta(minutes=5))
    said: list[str] = []

    def typed() -> None:
        with pytest.raises(RefusedError) as error:
            devices.pair(code=code, name="", caller="a", now=NOW - timedelta(seconds=1))
        said.append(error.value.code)

    other = beside(typed)
    with transaction.atomic():
        change(person, admin, role="supervisor")
        other.start()
        races.until_it_waits_or_ends(other)
    other.join(races.PATIENCE)
    assert said == ["device.code"]
    assert models.Device.objects.count() == 0


@pytest.mark.usefixtures("committed")
def test_an_office_is_added_while_somebody_is_added_to_one() -> None:
    """Each waits for the other's row of the log at most, never for each other."""
    admin, colleague = factories.person("administrator"), factories.person("administrator")
    fields: dict[str, Any] = {"code": "bp3mi-baru", "name": "BP3MI Baru", "short_name": "Baru", "provinces": [], "zone": "Asia/Jayapura"}
    other = beside(lambda: people.add_office(**fields, by=colleague, now=NOW))
    with transaction.atomic():
        person = add(admin)
        other.start()
        races.until_it_waits_or_ends(other)
    other.join(races.PATIENCE)
    assert models.Person.objects.filter(pk=person.pk).exists()
    assert models.Office.objects.filter(code="bp3mi-baru").exists()
