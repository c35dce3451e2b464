"""What is about oneself: notices, own decisions, own settings."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from patrol import access, models, triage
from patrol.admin.shared.mine import _row, week_card
from patrol.infra import wall
from patrol.models import Role
from patrol.triage import care, notices
from tests import factories
from tests.admin.conftest import Door
from tests.cases import carded
from tests.cases.peers import asked
from tests.cases.test_moving import opened

LIST = "admin:patrol_notice_changelist"
MINE = "admin:patrol_decision_changelist"
SETTINGS = "admin:patrol_owncare_changelist"


def notice(**given: Any) -> models.Notice:
    return models.Notice.objects.create(**({"kind": "handed_over", "at": factories.NOW} | given))


def test_the_bell_counts_what_is_unread_for_the_person_and_the_office(door: Door) -> None:
    officer, flag = factories.person(), factories.flag()
    notice(office=officer.office, flag=flag)
    notice(person=officer, kind="reversed", flag=flag)
    notice(office=factories.office("bp3mi-ntb"), flag=flag)
    assert door(officer).get(reverse("admin:index")).context["bell"]["unread"] == 2
    assert door(Role.REGISTRAR).get(reverse("admin:index")).context["bell"]["unread"] == 0


def test_opening_a_notice_marks_it_read_by_whoever_was_first_and_goes_there(door: Door) -> None:
    first, second, flag = factories.person(name="Pertama"), factories.person(), factories.flag()
    row = notice(office=first.office, flag=flag, note="Ini milik kantor Anda.")
    page = door(first).get(reverse(LIST)).content.decode()
    assert "Ini milik kantor Anda." in page
    for who in (first, second):
        answer = door(who).post(reverse("admin:patrol_notice_open", args=[row.pk]))
        assert answer["Location"] == reverse("admin:patrol_flag_change", args=[flag.pk])
    row.refresh_from_db()
    assert row.read_by == first
    assert "Ini milik kantor Anda." not in door(second).get(reverse(LIST)).content.decode()
    assert "Ini milik kantor Anda." in door(second).get(reverse(LIST), {"show": "handed"}).content.decode()


def test_a_notice_about_a_case_of_another_office_has_its_number_and_leads_nowhere(door: Door) -> None:
    officer, analyst = factories.person(code="bp3mi-ntb"), factories.person(Role.ANALYST)
    case = opened(analyst)
    assert case.office_id != officer.office_id
    row = notice(office=officer.office, kind="case_gathered", case=case, by=analyst, note="2")
    (shown,) = door(officer).get(reverse(LIST)).context["rows"]
    assert (case.number in str(shown["text"]), shown["lost"]) == (True, True)
    assert door(officer).post(reverse("admin:patrol_notice_open", args=[row.pk]))["Location"] == reverse(LIST)


@pytest.mark.django_db
def test_a_notice_of_what_has_to_be_taken_back_opens_the_page_of_its_request(door: Door, settings: Any) -> None:
    settings.SITE_URL = "https://patroli.example"
    officer = factories.person(Role.OFFICER, "bp3mi-jabar")
    case, _flag = carded.case(by=officer)
    made = asked.approved(case, officer)
    row = notice(person=officer, kind="peer_export_wrong", case=case, note=made.number)
    (shown,) = [one for one in door(officer).get(reverse(LIST)).context["rows"] if one["notice"] == row]
    assert (shown["lost"], made.number in str(shown["text"])) == (False, True)
    there = door(officer).post(reverse("admin:patrol_notice_open", args=[row.pk]))
    assert there["Location"] == reverse("admin:patrol_peerexport_change", args=[made.pk])


@pytest.mark.django_db
def test_a_notice_that_is_read_names_its_case_whoever_has_that() -> None:
    officer, case = factories.person(code="bp3mi-ntb"), opened(factories.person(Role.ANALYST))
    row = notice(person=officer, kind="case_fits", case=case)
    with wall.behind(access.behind_wall(officer)):
        assert notices.read(notice_id=row.pk, by=officer, now=factories.NOW).case == case


@pytest.mark.django_db
def test_of_a_case_another_office_s_people_are_told_as_their_office() -> None:
    officer, far, analyst = factories.person(), factories.person(code="bp3mi-ntb"), factories.person(Role.ANALYST)
    case, flag = opened(officer), factories.flag()
    told = [
        _row(notice(person=officer, by=by, **about), officer, factories.NOW)["by"]
        for about in ({"kind": "case_fits", "case": case}, {"flag": flag})
        for by in (far, analyst)
    ]
    assert told == [far.office.short_name, analyst.name, far.name, analyst.name]


@pytest.mark.parametrize(
    ("kind", "lost"),
    [("password_set", False), ("password_link", False), ("account_changed", False), ("factor_added", False), ("unusual_reading", True)],
)
def test_only_what_led_somewhere_is_no_longer_to_be_opened(kind: str, lost: bool, door: Door) -> None:
    officer = factories.person()
    notice(kind=kind, person=officer)
    page = door(officer).get(reverse(LIST))
    assert [row["lost"] for row in page.context["rows"]] == [lost]
    assert ("Tidak lagi dapat Anda buka" in page.content.decode()) == lost


def test_a_note_that_the_words_hold_is_said_once(door: Door) -> None:
    officer = factories.person()
    notice(person=officer, kind="law_waits", note="UU contoh")
    notice(person=officer, kind="case_returned", note="Lengkapi saksi")
    page = door(officer).get(reverse(LIST)).content.decode()
    assert (page.count("UU contoh"), page.count("Lengkapi saksi")) == (1, 1)


def test_all_are_read_but_what_came_after_the_page_was_shown(db: None) -> None:
    officer = factories.person()
    seen, came = notice(person=officer), notice(person=officer)
    assert notices.read_all(up_to=seen.pk, by=officer, now=factories.NOW) == 1
    assert list(notices.unread(officer)) == [came]


@pytest.mark.parametrize(("sent", "read"), [("seen", 1), ("0", 0), ("", 0), ("-1", 0)])
def test_a_page_that_does_not_say_what_it_showed_reads_nothing(sent: str, read: int, door: Door) -> None:
    officer = factories.person()
    seen, came = notice(person=officer), notice(person=officer)
    door(officer).post(reverse("admin:patrol_notice_read_all"), {"up_to": seen.pk if sent == "seen" else sent})
    assert list(notices.unread(officer).order_by("pk")) == [seen, came][read:]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_notices_costs_the_same(rows: int, door: Door, django_assert_num_queries: Any) -> None:
    officer, flag = factories.person(), factories.flag()
    for _ in range(rows):
        notice(office=officer.office, flag=flag, by=factories.person())
    client = door(officer)
    with django_assert_num_queries(6):
        assert client.get(reverse(LIST)).status_code == 200


# --- decisions ------------------------------------------------------------------------------------


def decided(flag: models.Flag, by: models.Person, outcome: str = "confirmed", at: datetime = factories.NOW) -> Any:
    reason = {"confirmed": "licence", "dismissed": "lawful"}[outcome]
    flag.refresh_from_db()
    return triage.decide(
        flag_id=flag.pk, outcome=outcome, reason=reason, note="", decision_key=uuid.uuid4(), seen_version=flag.version, by=by, now=at
    ).decisions[0]


def listed(client: Client, **asked: str) -> list[str]:
    return [row["decision"].flag.number for row in client.get(reverse(MINE), asked).context["rows"]]


DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)
MIDNIGHT = datetime(2026, 11, 22, 17, tzinfo=UTC)  # Monday's in Jakarta


@pytest.mark.parametrize("hour", [MIDNIGHT, factories.NOW, MIDNIGHT + DAY - MOMENT], ids=["first", "middle", "last"])
def test_one_s_own_decisions_of_today_of_the_week_and_by_outcome(hour: datetime, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: hour)
    officer, colleague = factories.person(), factories.person()
    today, yesterday, week, old, theirs = factories.flags(5)
    decided(today, officer, at=MIDNIGHT)
    decided(yesterday, officer, at=MIDNIGHT - MOMENT)
    decided(week, officer, "dismissed", at=MIDNIGHT - 6 * DAY)
    decided(old, officer, at=MIDNIGHT - 6 * DAY - MOMENT)
    decided(theirs, colleague, at=MIDNIGHT)
    client = door(officer)
    assert listed(client) == [today.number]
    assert listed(client, period="week") == [today.number, yesterday.number, week.number]
    assert listed(client, period="all") == [today.number, yesterday.number, week.number, old.number]
    assert listed(client, period="all", outcome="dismissed") == [week.number]
    assert listed(client, period="gestern", outcome="x") == [today.number]


def test_a_decision_is_taken_back_from_the_list_and_then_no_more(door: Door) -> None:
    officer, flag = factories.person(), factories.flag()
    made = decided(flag, officer)
    client = door(officer)
    row = client.get(reverse(MINE), {"period": "all"}).context["rows"][0]
    assert row["reverse"] == reverse("admin:patrol_flag_reverse", args=[made.pk])
    client.post(row["reverse"], {"note": "Keliru.", "decision_key": row["key"]})
    flag.refresh_from_db()
    assert flag.state == "waiting"
    assert [row["reverse"] for row in client.get(reverse(MINE), {"period": "all"}).context["rows"]] == ["", ""]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_decisions_costs_the_same(rows: int, door: Door, django_assert_num_queries: Any) -> None:
    officer = factories.person()
    for flag in factories.flags(rows):
        decided(flag, officer)
    client = door(officer)
    with django_assert_num_queries(6):
        assert client.get(reverse(MINE), {"period": "all"}).status_code == 200


# --- settings -------------------------------------------------------------------------------------


def test_settings_outlast_the_session_and_the_browser(door: Door) -> None:
    officer = factories.person()
    officer.set_password("kata-sandi-panjang-1")
    officer.save(update_fields=["password"])
    sent = {"veil": "grey", "break_minutes": "30", "break_severe": "", "spared": "on", "language": "en"}
    assert door(officer).post(reverse(SETTINGS), sent)["Location"] == reverse(SETTINGS)
    assert care.of(officer) == care.Care(models.Veil.GREY, 30, care.DEFAULTS.break_severe, spared=True)
    other = Client()
    login = {"username": officer.username, "password": "kata-sandi-panjang-1"}
    answer = other.post(reverse("admin:login"), login)
    assert answer.cookies["django_language"].value == "en"
    assert 'lang="en"' in other.get(reverse(SETTINGS)).content.decode()


def test_without_a_choice_the_office_s_is_named(door: Door) -> None:
    care.set_office(
        office_id=factories.office().pk,
        veil="colour",
        break_minutes=90,
        break_severe=0,
        by=factories.person(Role.SUPERVISOR),
        now=factories.NOW,
    )
    page = door().get(reverse(SETTINGS)).context["form"]
    assert dict(page.fields["break_minutes"].choices)[""].endswith("90 menit kerja")


def test_who_sees_no_posts_chooses_a_language_alone(door: Door) -> None:
    client = door(Role.REGISTRAR)
    assert client.get(reverse(SETTINGS)).context["days"] == []
    sent = {"veil": "", "break_minutes": "", "break_severe": "", "language": "en"}
    assert client.post(reverse(SETTINGS), sent).status_code == 302


def test_a_mistyped_choice_is_said_and_nothing_is_kept(door: Door) -> None:
    sent = {"veil": "neon", "break_minutes": "31", "break_severe": "", "language": "en"}
    answer = door().post(reverse(SETTINGS), sent)
    assert set(answer.context["form"].errors) == {"veil", "break_minutes"}
    assert models.OwnCare.objects.count() == 0


def test_the_start_page_counts_one_s_own_week_and_each_number_opens_its_list(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: factories.NOW)
    officer, colleague = factories.person(), factories.person()
    first, second, old, theirs = factories.flags(4)
    decided(first, officer)
    decided(second, officer, "dismissed", at=MIDNIGHT - 6 * DAY)
    decided(old, officer, at=MIDNIGHT - 6 * DAY - MOMENT)
    decided(theirs, colleague)
    card = week_card(_asked_by(officer))
    assert card is not None
    counted = {line["link"].split("outcome=")[1]: line["count"] for line in card.context["lines"]}
    assert counted == {"confirmed": 1, "dismissed": 1, "needs_information": 0, "reversed": 0, "victim": 0}
    assert week_card(_asked_by(factories.person(Role.REGISTRAR))) is None
    client = door(officer)
    for line in card.context["lines"]:
        assert len(client.get(line["link"]).context["rows"]) == line["count"]


def _asked_by(person: models.Person) -> HttpRequest:
    request = HttpRequest()
    request.user = person
    return request
