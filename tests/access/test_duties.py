"""Further duties: given, taken up one at a time, ended by somebody or by their time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from patrol import access, models
from patrol.access import Action, audit, duties, people
from patrol.infra.refusals import RefusedError
from patrol.triage import leases
from tests import factories
from tests.factories import NOW
from tests.markup import said_by

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


@pytest.fixture
def admin() -> models.Person:
    return factories.person("administrator")


def given(person: models.Person, by: models.Person, **also: Any) -> models.Duty:
    told: dict[str, Any] = {"role": "supervisor", "office_id": factories.office("bp3mi-ntb").pk, "until": None, "now": NOW}
    return duties.add(person_id=person.pk, by=by, **(told | also))


def taken(duty: models.Duty | None, by: models.Person, now: datetime = NOW) -> models.Person:
    return duties.take_up(duty_id=duty.pk if duty else None, by=by, now=now)


def refused(code: str, act: Any, *asked: Any, **also: Any) -> None:
    with pytest.raises(RefusedError) as error:
        act(*asked, **also)
    assert error.value.code == code


def acting(person: models.Person) -> tuple[str, str, int | None]:
    return person.role, person.office.code, person.station_id


def test_nobody_gives_themselves_a_duty_in_the_database_neither(admin: models.Person) -> None:
    refused("duty.self", given, admin, admin)
    with pytest.raises(IntegrityError, match="duty_by_another"), transaction.atomic():
        models.Duty.objects.create(person=admin, role="officer", office=factories.office("bp3mi-ntb"), since=NOW, made_by=admin)
    assert (models.Duty.objects.count(), models.AuditEntry.objects.count()) == (0, 0)


@pytest.mark.parametrize("role", ["supervisor", "administrator"])
def test_nobody_oversees_themselves(admin: models.Person, role: str) -> None:
    """Whichever of the two they hold first, as their own role or as a further duty; an analyst may hold either."""
    watches, central = "data_protection_officer", factories.office("directorate").pk
    refused("duty.oversees", given, factories.person(watches), admin, role=role, office_id=central)
    refused("duty.oversees", given, factories.person(role, "directorate"), admin, role=watches, office_id=central)
    person = factories.person("analyst")
    duty = given(person, admin, role=watches, office_id=central)
    refused("duty.oversees", given, person, admin, role=role, office_id=central)
    told: dict[str, Any] = {"person_id": person.pk, "name": person.name, "office_id": central, "active": True, "by": admin, "now": NOW}
    refused("duty.oversees", people.change, **told, role=role)
    assert models.Person.objects.get(pk=person.pk).role == "analyst"
    duties.end(duty_id=duty.pk, by=admin, now=NOW)
    assert people.change(**told, role=role).role == role


def test_a_duty_is_taken_up_and_laid_down_and_the_log_says_so(admin: models.Person) -> None:
    officer = factories.person()
    station = models.Station.objects.create(office=officer.office, name="P4MI Contoh")
    models.Person.objects.filter(pk=officer.pk).update(station=station)
    held = factories.flag()
    leases.take(held.pk, by=officer, now=NOW)
    device = models.Device.objects.create(person=officer, name="Kantor", token_sha256="d" * 64, paired_at=NOW)
    officer = models.Person.objects.get(pk=officer.pk)
    duty = given(officer, admin)
    assert acting(models.Person.objects.get(pk=officer.pk)) == ("officer", "bp3mi-jabar", station.pk)
    away = taken(duty, officer)
    assert acting(away) == ("supervisor", "bp3mi-ntb", None)
    assert (away.own, away.sessions) == (("officer", officer.office_id, station.pk), officer.sessions + 1)
    assert [access.may(away, Action.FLAG_DECIDE, office_id=one) for one in (duty.office_id, officer.office_id)] == [True, False]
    held.refresh_from_db()
    device.refresh_from_db()
    assert (held.lease_person, device.revoked_at) == (None, None)
    assert taken(duty, away).sessions == away.sessions  # it is taken up already
    home = taken(None, away)
    assert acting(home) == ("officer", "bp3mi-jabar", station.pk)
    rows = models.AuditEntry.objects.filter(verb__startswith="person.duty").order_by("seq").values_list("verb", "actor_id", "office_id")
    assert list(rows) == [
        ("person.duty_added", admin.pk, admin.office_id),
        ("person.duty_taken", officer.pk, officer.office_id),
        ("person.duty_taken", officer.pk, duty.office_id),
    ]
    assert audit.verify() is None


def test_what_cannot_be_given_or_taken_is_refused_and_nothing_happens(admin: models.Person) -> None:
    officer, other = factories.person(), factories.person()
    duty = given(officer, admin)
    refused("duty.twice", given, officer, admin)
    refused("duty.own", given, officer, admin, role="officer", office_id=officer.office_id)
    refused("duty.until", given, officer, admin, role="officer", until=NOW)
    refused("person.role_of_directorate", given, officer, admin, role="analyst")
    refused("duty.inactive", given, factories.person(is_active=False), admin)
    with pytest.raises(PermissionDenied):
        given(other, factories.person("supervisor", "directorate"))
    refused("duty.gone", taken, duty, other)
    models.Office.objects.filter(pk=duty.office_id).update(active=False)
    refused("duty.gone", taken, duty, officer)
    models.Office.objects.filter(pk=duty.office_id).update(active=True)
    with pytest.raises(PermissionDenied):
        duties.end(duty_id=duty.pk, by=other, now=NOW)
    duties.end(duty_id=duty.pk, by=admin, now=NOW)
    refused("duty.ended", duties.end, duty_id=duty.pk, by=admin, now=NOW)
    refused("duty.gone", taken, duty, officer)
    assert models.Duty.objects.count() == 1
    assert not models.Person.objects.exclude(duty=None).exists()


def test_a_duty_ends_by_itself_and_the_person_is_back_in_their_own(admin: models.Person) -> None:
    officer = factories.person()
    duty = given(officer, admin, until=LATER)
    away = taken(duty, officer)
    assert duties.end_due(now=LATER - timedelta(seconds=1)) == 0
    assert duties.end_due(now=LATER) == 1
    duty.refresh_from_db()
    home = models.Person.objects.get(pk=officer.pk)
    assert (acting(home), home.sessions) == (("officer", "bp3mi-jabar", None), away.sessions + 1)
    assert (duty.ended_at, duty.ended_by) == (LATER, None)
    assert models.AuditEntry.objects.latest("seq").verb == "person.duty_ran_out"
    assert duties.end_due(now=LATER) == 0


def test_what_ran_out_opens_no_page_though_no_sweep_came_by(admin: models.Person, client: Client) -> None:
    officer, now = factories.person(), timezone.now()
    duty = given(officer, admin, until=now - timedelta(minutes=1), now=now - timedelta(days=2))
    client.force_login(taken(duty, officer, now - timedelta(days=1)))
    assert client.get(reverse("admin:index")).status_code == 302
    client.force_login(models.Person.objects.get(pk=officer.pk))
    assert client.get(reverse("admin:index")).status_code == 200
    assert acting(models.Person.objects.get(pk=officer.pk)) == ("officer", "bp3mi-jabar", None)


def test_an_ended_duty_and_a_changed_or_closed_account_are_left_for_the_own_one(admin: models.Person) -> None:
    officer = factories.person()
    duty = given(officer, admin)
    taken(duty, officer)
    duties.end(duty_id=duty.pk, by=admin, now=NOW)
    assert acting(models.Person.objects.get(pk=officer.pk)) == ("officer", "bp3mi-jabar", None)
    again = given(officer, admin)
    taken(again, officer)
    fields: dict[str, Any] = {"person_id": officer.pk, "name": "Nama Baru", "role": "officer", "office_id": officer.office_id}
    named = people.change(**fields, active=True, by=admin, now=NOW)
    assert (named.name, acting(named)) == ("Nama Baru", ("supervisor", "bp3mi-ntb", None))  # the name alone ends nothing
    moved = people.change(**(fields | {"office_id": factories.office("bp3mi-sulsel").pk}), active=True, by=admin, now=NOW)
    assert acting(moved) == ("officer", "bp3mi-sulsel", None)
    taken(again, moved)
    closed = people.change(**fields, active=False, by=admin, now=NOW)
    assert (closed.is_active, acting(closed)) == (False, ("officer", "bp3mi-jabar", None))
    again.refresh_from_db()
    assert again.ended_by == admin


def test_the_last_administrator_stays_the_last_while_acting_elsewhere(admin: models.Person) -> None:
    other = factories.person("administrator")
    duty = given(admin, other)
    taken(duty, admin)
    fields: dict[str, Any] = {"name": "x", "role": "supervisor", "office_id": admin.office_id, "active": True, "now": NOW}
    people.change(person_id=other.pk, **fields, by=admin)
    back = taken(None, models.Person.objects.get(pk=admin.pk))
    refused("person.last_administrator", people.change, person_id=back.pk, **fields, by=back)


def test_the_database_keeps_a_duty_as_it_was_given_and_lets_nobody_take_another_s(admin: models.Person) -> None:
    officer, other = factories.person(), factories.person()
    duty = given(officer, admin)
    of_it = models.Duty.objects.filter(pk=duty.pk)
    own = {"own_role": "officer", "own_office": officer.office}
    wrong: list[Any] = [
        lambda: of_it.update(role="officer"),
        lambda: of_it.update(until=LATER),
        lambda: of_it.update(ended_at=NOW),  # by nobody, and not at its time
        of_it.delete,
        lambda: models.Person.objects.filter(pk=other.pk).update(duty=duty, role="supervisor", office=duty.office, **own),
        lambda: models.Person.objects.filter(pk=officer.pk).update(duty=duty, role="analyst", office=duty.office, **own),
        lambda: models.Person.objects.filter(pk=officer.pk).update(duty=duty, role="supervisor", office=duty.office),
    ]
    for act in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    of_it.update(ended_by=admin, ended_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        of_it.update(ended_by=officer, ended_at=NOW)


def test_one_word_of_a_second_person_covers_the_account_and_its_duties_until_then(admin: models.Person) -> None:
    """A new duty takes nothing from the own one; who gave it is no second; a link afterwards makes both wait."""
    other, third = factories.person("administrator"), factories.person("supervisor", "directorate")
    person = factories.person("supervisor")
    person.set_password("kuda-biru-melompat-7391")
    person.save(update_fields=["password"])
    duty = given(person, admin)
    assert models.Person.objects.get(pk=person.pk).approves
    assert [list(people.waits_for(one)) for one in (admin, other, third)] == [[], [person], [person]]
    refused("pair.same", people.agree, person_id=person.pk, seen=duty.appointment.pk, by=admin, now=NOW)
    people.agree(person_id=person.pk, seen=duty.appointment.pk, by=third, now=NOW)
    assert not people.waits_for(other).exists()
    assert taken(duty, person).approves
    people.password_set(person=models.Person.objects.get(pk=person.pk), by=None, link_by_id=other.pk, now=NOW)
    reset = models.Person.objects.get(pk=person.pk)
    assert (acting(reset), reset.approves) == (("supervisor", "bp3mi-jabar", None), False)
    assert not taken(duty, reset).approves


def test_the_top_bar_changes_duties_and_only_the_browser_that_asked_goes_on(admin: models.Person) -> None:
    officer = factories.person()
    here, elsewhere = Client(), Client()
    for one in (here, elsewhere):
        one.force_login(officer)
        one.cookies["django_language"] = "en"
    with CaptureQueriesContext(connection) as before:
        assert b"You act as" not in here.get(reverse("admin:index")).content
    duty = given(officer, admin, now=timezone.now())
    with CaptureQueriesContext(connection) as after:
        page = here.get(reverse("admin:index"))
    assert len(after) - len(before) in {0, 1}  # the notice of it is read
    bar = BeautifulSoup(page.content, "html.parser").select_one("details.duties")
    assert bar is not None
    assert [one.text for one in bar.select("summary b")] == [f"Officer, {officer.office.short_name}"]
    assert [(one["value"], one.text) for one in bar.select("button")] == [(str(duty.pk), f"Supervisor, {duty.office.short_name}")]
    key = here.session.session_key
    answer = here.post(reverse("admin:patrol_owncare_take_up"), {"duty": duty.pk})
    assert said_by(answer)[-1][0] == f"You act as Supervisor, {duty.office.name}."
    assert here.session.session_key != key
    there = here.get(reverse("admin:index"))
    assert (there.status_code, elsewhere.get(reverse("admin:index")).status_code) == (200, 302)
    bar = BeautifulSoup(there.content, "html.parser").select_one("details.duties")
    assert bar is not None
    assert [(one["value"], one.text) for one in bar.select("button")] == [("", f"Officer, {officer.office.short_name}")]
    refused_too = here.post(reverse("admin:patrol_owncare_take_up"), {"duty": "99999"})
    assert said_by(refused_too)[-1][0] == "This duty has ended, or its office is closed. You go on as before."
    assert models.Person.objects.get(pk=officer.pk).duty == duty


def test_a_duty_of_the_directorate_asks_for_its_second_factor_first(admin: models.Person, client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR = "directorate"
    officer = factories.person()
    duty = given(officer, admin, office_id=factories.office("directorate").pk, now=timezone.now())
    client.force_login(officer)
    assert client.get(reverse("admin:index")).status_code == 200
    client.post(reverse("admin:patrol_owncare_take_up"), {"duty": duty.pk})
    answer = client.get(reverse("admin:index"))
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("admin:own_access"))


def test_an_administrator_gives_and_ends_a_duty_on_the_page_of_a_person(admin: models.Person, client: Client) -> None:
    officer, office = factories.person(), factories.office("bp3mi-ntb")
    client.force_login(admin)
    client.cookies["django_language"] = "en"
    page, add = (reverse(f"admin:patrol_person_{name}", args=[officer.pk]) for name in ("change", "add_duty"))
    wrong = client.post(add, {"role": "supervisor", "office": office.pk, "until": "kemarin"})
    assert (wrong.status_code, "Write the day as" in wrong.content.decode(), models.Duty.objects.count()) == (200, True, 0)
    past = client.post(add, {"role": "supervisor", "office": office.pk, "until": "24/11/2020"})
    assert "Name a day that is still to come, or none." in past.content.decode()
    answer = client.post(add, {"role": "supervisor", "office": office.pk, "until": "31/12/2099"})
    duty = officer.duties.get()
    assert duty.until is not None
    assert said_by(answer)[-1][0] == f"{officer.name} holds a further duty: Supervisor, {office.name}, until 31 Dec 2099."
    assert f"{duty.until:%d %H.%M}" == "31 15.59"  # the last minute in Lombok
    assert f"Supervisor, {office.name}" in client.get(page).content.decode()
    assert f"also: Supervisor, {office.name}" in client.get(reverse("admin:patrol_person_changelist")).content.decode()
    answer = client.post(reverse("admin:patrol_person_end_duty", args=[officer.pk]), {"duty": duty.pk})
    assert said_by(answer)[-1][0].startswith("Ended: ")
    assert not models.Duty.objects.filter(ended_at=None).exists()


def test_nobody_is_offered_to_give_themselves_a_duty(admin: models.Person, client: Client) -> None:
    officer, sentence = factories.person(), "Another administrator gives you a duty."
    client.force_login(admin)
    client.cookies["django_language"] = "en"
    shown = []
    for person in (admin, officer):
        add = reverse("admin:patrol_person_add_duty", args=[person.pk])
        page = client.get(reverse("admin:patrol_person_change", args=[person.pk])).content.decode()
        shown.append((f'action="{add}"' in page, sentence in page))
    assert shown == [(False, True), (True, False)]
    sent = {"role": "officer", "office": factories.office("bp3mi-ntb").pk}
    assert sentence in client.post(reverse("admin:patrol_person_add_duty", args=[admin.pk]), sent).content.decode()


def test_the_office_and_the_data_protection_officer_hear_of_a_duty_and_an_account() -> None:
    admin, ari = factories.person("administrator"), factories.person("officer")
    head, dpo = factories.person("supervisor", code="bp3mi-jatim"), factories.person("data_protection_officer")
    factories.person("supervisor")
    factories.person("officer", code="bp3mi-jatim")
    duties.add(person_id=ari.pk, role="officer", office_id=head.office_id, until=None, by=admin, now=NOW)
    made = people.add(username="baru", name="Baru Contoh", role="officer", office_id=head.office_id, by=admin, now=NOW)
    people.add(username="pasang", name="Pasang Contoh", role="officer", office_id=head.office_id, by=None, now=NOW)
    found = models.Notice.objects.filter(kind__in=("duty_made", "account_made")).order_by("id")
    assert [(one.kind, one.person_id, one.account_id, one.by_id, one.note) for one in found] == [
        (kind, told.pk, about.pk, admin.pk, head.office.name)
        for kind, about in (("duty_made", ari), ("account_made", made))
        for told in (head, dpo)
    ]
