"""Leaving in one act: what somebody holds goes where the page said, and the account is closed with it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from patrol import cases, models
from patrol.access import audit, duties, people
from patrol.cases import leaving, tasks
from patrol.domain import LAW_ZONE
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.triage import bulk, leases
from tests import factories
from tests.cases import asked
from tests.cases.test_moving import opened
from tests.factories import NOW
from tests.markup import said_by

pytestmark = pytest.mark.django_db
WHY = "Cuti panjang, perkara diteruskan (contoh)."


def left(person: models.Person, to: models.Person | None, by: models.Person, **given: Any) -> list[leaving.Thing]:
    told: dict[str, Any] = {"note": WHY, "back_on": None, "seen": leaving.marks(leaving.plan(person, to, by=by))}
    return leaving.leave(person_id=person.pk, to_id=to.pk if to else None, by=by, now=NOW, **(told | given))


def goes(found: list[leaving.Thing]) -> list[tuple[str, str]]:
    return [(one.held, one.goes) for one in found]


def test_all_that_somebody_holds_goes_where_the_plan_says_and_the_account_is_closed() -> None:
    admin = factories.person("administrator")
    supervisor, colleague, officer = (factories.person(role) for role in (Role.SUPERVISOR, Role.SUPERVISOR, Role.OFFICER))
    flag = factories.flag()
    leases.take(flag.pk, by=supervisor, now=NOW)
    case, other = opened(supervisor), opened(officer)
    task = tasks.add(case_id=other.pk, title="Klarifikasi", person_id=supervisor.pk, due_at=None, by=officer, now=NOW)
    models.Office.objects.filter(pk=supervisor.office_id).update(second_signatory=supervisor)
    draft = asked.draft(asked.case_of(by=officer), supervisor)
    flags = factories.flags(21)
    rows = [(one.pk, one.version) for one in flags]
    bulk.begin(rows=rows, outcome="dismissed", reason="lawful", note="", by=officer, now=NOW)
    models.Notice.objects.filter(kind="bulk_proposed", person=colleague).delete()  # as if only one had been there
    plan = leaving.plan(supervisor, colleague, by=admin)
    assert goes(plan) == [
        ("lease", "queue"),
        ("case", "colleague"),
        ("task", "colleague"),
        ("signs", "colleague"),
        ("asked", "colleague"),
        ("draft", "stays"),
    ]
    assert plan == left(supervisor, colleague, admin, back_on=date(2027, 3, 1))
    for row in (flag, case, task, supervisor):
        row.refresh_from_db()
    assert (flag.lease_person, case.responsible, task.person, supervisor.is_active) == (None, colleague, colleague, False)
    assert models.Office.objects.get(pk=supervisor.office_id).second_signatory == colleague
    told = models.Notice.objects.filter(person=colleague).order_by("id").values_list("kind", flat=True)
    assert list(told) == ["bulk_proposed", "case_passed_on", "case_task"]
    assert case.events.latest("id").note == WHY
    entry = models.AuditEntry.objects.latest("seq")
    after = {
        "active": False,
        "to": colleague.pk,
        "back_on": "2027-03-01",
        "cases": [case.number],
        "tasks": [task.pk],
        "flags": [flag.number],
    }
    assert (entry.verb, entry.actor_id, entry.after) == ("person.left", admin.pk, after)
    assert audit.verify() is None
    assert leaving.last(supervisor) == leaving.Left(NOW, colleague.name, "2027-03-01", [case.number], 1, 1)
    assert draft.state == "draft"


def test_coming_back_gives_nothing_back_and_waits_for_a_second_person() -> None:
    admin, supervisor, colleague = factories.person("administrator"), factories.person("supervisor"), factories.person("supervisor")
    case = opened(supervisor)
    left(supervisor, colleague, admin)
    fields: dict[str, Any] = {"name": supervisor.name, "role": "supervisor", "office_id": supervisor.office_id, "active": True}
    back = people.change(person_id=supervisor.pk, **fields, by=admin, now=NOW)
    case.refresh_from_db()
    assert (back.is_active, back.approves, case.responsible, leaving.last(back)) == (True, False, colleague, None)


def test_what_changed_since_it_was_looked_at_is_listed_and_nothing_is_done() -> None:
    admin, officer, colleague = factories.person("administrator"), factories.person(), factories.person()
    case = opened(officer)
    seen = leaving.marks(leaving.plan(officer, colleague, by=admin))
    new = opened(officer)
    cases.pass_on(case_id=case.pk, to_id=colleague.pk, note="x", seen_version=case.version, by=officer, now=NOW)
    rows = models.AuditEntry.objects.count()
    with pytest.raises(leaving.ChangedError) as error:
        left(officer, colleague, admin, seen=seen)
    assert ([one.title for one in error.value.came], error.value.went) == ([new.number], {f"case-{case.pk}-colleague"})
    new.refresh_from_db()
    assert (new.responsible, models.Person.objects.get(pk=officer.pk).is_active) == (officer, True)
    assert models.AuditEntry.objects.count() == rows


def test_a_case_goes_only_to_whoever_may_take_it_and_a_task_to_whoever_comes() -> None:
    admin, officer, analyst = factories.person("administrator"), factories.person(), factories.person("analyst")
    case = opened(officer)
    task = tasks.add(case_id=case.pk, title="Klarifikasi", person_id=officer.pk, due_at=None, by=officer, now=NOW)
    assert goes(leaving.plan(officer, None, by=admin)) == [("case", "stuck"), ("task", "nobody")]
    assert goes(leaving.plan(officer, analyst, by=admin)) == [("case", "stuck"), ("task", "colleague")]
    for to in (None, analyst):
        with pytest.raises(RefusedError, match=r"^leaving\.stuck"):
            left(officer, to, admin)
    cases.pass_on(case_id=case.pk, to_id=factories.person().pk, note="x", seen_version=case.version, by=officer, now=NOW)
    left(officer, None, admin)
    task.refresh_from_db()
    assert (task.person, task.state) == (None, "open")


def test_who_closes_whom() -> None:
    admin, officer = factories.person("administrator"), factories.person()
    own, other = factories.person("supervisor"), factories.person("supervisor", "bp3mi-ntb")
    central = factories.person("supervisor", "directorate")
    allowed = [(admin, officer), (own, officer), (admin, own), (central, factories.person("analyst"))]
    refused = [(other, officer), (central, officer), (officer, own), (own, own), (central, admin), (own, central)]
    assert [people.may_close(whom, by) for by, whom in allowed] == [True] * len(allowed)
    assert [people.may_close(whom, by) for by, whom in refused] == [False] * len(refused)
    with pytest.raises(PermissionDenied):
        left(officer, None, other)
    with pytest.raises(RefusedError, match=r"^leaving\.note"):
        left(officer, None, own, note=" ")
    with pytest.raises(RefusedError, match=r"^leaving\.nobody"):
        left(officer, other, own)
    with pytest.raises(RefusedError, match=r"^person\.last_administrator"):
        left(admin, None, admin)
    assert models.Person.objects.filter(is_active=False).count() == 0
    left(officer, None, own)
    with pytest.raises(RefusedError, match=r"^person\.closed$"):
        left(officer, None, own)


def test_a_supervisor_reaches_no_further_than_their_office() -> None:
    """Neither an account with a duty elsewhere, nor a case that lies where they could not pass it on by hand."""
    admin, own, officer, analyst = (factories.person(role) for role in ("administrator", "supervisor", "officer", "analyst"))
    duty = duties.add(person_id=officer.pk, role="analyst", office_id=analyst.office_id, until=None, by=admin, now=NOW)
    assert (people.may_close(officer, own), people.may_close(officer, admin)) == (False, True)
    duties.end(duty_id=duty.pk, by=admin, now=NOW)
    officer.refresh_from_db()
    assert people.may_close(officer, own)
    case = opened(officer)
    cases.escalate(case_id=case.pk, article="placement", note="Naik.", seen_version=case.version, by=officer, now=NOW)
    models.Case.objects.filter(pk=case.pk).update(responsible=officer)  # taken in that duty
    assert [goes(leaving.plan(officer, analyst, by=by)) for by in (admin, own)] == [[("case", "colleague")], [("case", "stuck")]]
    with pytest.raises(RefusedError, match=r"^leaving\.stuck"):
        left(officer, analyst, own)
    assert models.Person.objects.get(pk=officer.pk).is_active
    left(officer, analyst, admin)
    case.refresh_from_db()
    assert case.responsible == analyst


def test_the_page_shows_what_goes_where_and_does_just_that(client: Client) -> None:
    admin, officer, colleague = factories.person("administrator"), factories.person(), factories.person()
    case = opened(officer)
    client.force_login(admin)
    client.cookies["django_language"] = "en"
    link = reverse("admin:patrol_person_leave", args=[officer.pk])
    assert link in client.get(reverse("admin:patrol_person_change", args=[officer.pk])).content.decode()
    page = client.get(link, {"to": colleague.pk})
    assert [(row["titles"], row["goes"]) for row in page.context["rows"]] == [(case.number, f"to {colleague.name}")]
    sent = {"to": colleague.pk, "seen": page.context["seen"], "note": WHY, "back_on": "1/3/2027"}
    new = opened(officer)
    again = client.post(link, sent)
    assert "Nothing was done: what they hold changed since you looked." in again.content.decode()
    assert new.number in again.content.decode()
    answer = client.post(link, sent | {"seen": again.context["seen"]})
    assert said_by(answer)[-1][0] == f"The account of {officer.name} is closed, and what they held is handed on."
    shown = client.get(reverse("admin:patrol_person_change", args=[officer.pk])).content.decode()
    assert [word in shown for word in (case.number, new.number, colleague.name, "Back on 1 Mar 2027.")] == [True] * 4
    assert client.get(link).status_code == 404


def test_the_page_of_whoever_left_says_how_they_come_in_again(client: Client) -> None:
    admin, officer = factories.person("administrator"), factories.person()
    officer.set_password("kuda-biru-melompat-7391")
    officer.save(update_fields=["password"])
    client.force_login(admin)
    client.cookies["django_language"] = "en"
    to = reverse("admin:patrol_person_change", args=[officer.pk])
    link, end = "make a one-time link: closing took the password", "End every login"
    assert [word in client.get(to).content.decode() for word in (link, end)] == [False, True]
    left(officer, None, admin)
    assert [word in client.get(to).content.decode() for word in (link, end)] == [True, False]
    opened_again = client.post(to, {"name": officer.name, "role": "officer", "office": officer.office_id, "active": "on"})
    told = [f"{officer.name} was changed.", "No password is left of this account. Make a link to set one."]
    assert ([one[0] for one in said_by(opened_again)][-2:], opened_again["Location"]) == (told, to)
    renamed = client.post(to, {"name": "Nama Baru", "role": "officer", "office": officer.office_id, "active": "on"})
    assert said_by(renamed)[-1][0] == "Nama Baru was changed."


def test_a_supervisor_closes_nobody_who_is_administrator_in_a_further_duty() -> None:
    admin, supervisor, officer = (factories.person(role) for role in (Role.ADMINISTRATOR, Role.SUPERVISOR, Role.OFFICER))
    assert people.may_close(officer, supervisor)
    duty = duties.add(person_id=officer.pk, role=Role.ADMINISTRATOR, office_id=admin.office_id, until=None, by=admin, now=NOW)
    assert (people.may_close(officer, supervisor), people.may_close(officer, admin)) == (False, True)
    with pytest.raises(PermissionDenied):
        left(officer, None, supervisor)
    duties.end(duty_id=duty.pk, by=admin, now=NOW)
    assert people.may_close(officer, supervisor)


def test_nobody_comes_back_on_a_day_that_has_passed() -> None:
    admin, officer = factories.person("administrator"), factories.person(Role.OFFICER)
    today = NOW.astimezone(LAW_ZONE).date()
    with pytest.raises(RefusedError) as error:
        left(officer, None, admin, back_on=today - timedelta(days=1))
    officer.refresh_from_db()
    assert (error.value.place, officer.is_active) == ("back_on", True)
    left(officer, None, admin, back_on=today)
    officer.refresh_from_db()
    assert officer.is_active is False
