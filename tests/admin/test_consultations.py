"""The reading log and what stood out of it, on the screen of the data protection officer."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from patrol import models
from patrol.admin.shared import words
from patrol.domain import LAW_ZONE
from patrol.evidence import backups
from patrol.models import Role
from patrol.privacy import requests
from patrol.retention import editions, running
from tests import factories
from tests.admin.conftest import Door
from tests.cases import asked
from tests.intake.tips import reporting

NOW = factories.NOW
LIST = "admin:patrol_consultation_changelist"


@pytest.fixture
def client(door: Door, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    client = door(Role.DATA_PROTECTION_OFFICER)
    client.cookies["django_language"] = "en"
    return client


def read(person: models.Person, **given: Any) -> models.Consultation:
    what = {"way": "page", "target_kind": "flag", "target_id": "", "role": person.role, "office": person.office, "at": NOW}
    return models.Consultation.objects.create(person=person, **{**what, **given})


def lines(page: Any) -> list[str]:
    rows = BeautifulSoup(page.content, "html.parser").select("table.stacks tbody tr")
    return [" ".join(row.get_text(" ").split()) for row in rows]


def card(of: Client, title: str) -> Any:
    """That card of the start page, or None."""
    html = BeautifulSoup(of.get(reverse("admin:index")).content, "html.parser")
    return next((one for one in html.select("section.card") if (head := one.find("h2")) and title in head.get_text()), None)


def said(found: Any) -> str:
    return " ".join(found.get_text(" ").split()) if found else ""


def test_a_row_says_who_by_what_way_which_thing_for_what(client: Client) -> None:
    person, other = factories.person(name="Sari Contoh"), factories.office("bp3mi-ntb")
    tip = reporting.report()
    given = {"target_kind": "tip", "target_id": str(tip.pk), "of_office": other, "purpose": "triage", "unmasked": True, "rows": 3}
    read(person, **given)
    read(person, at=NOW - timedelta(minutes=1), way="search", target_kind="search", query_digest="0123456789abcdef0123456789abcdef")
    first, second = lines(client.get(reverse(LIST)))
    told = (
        "Sari Contoh",
        person.office.short_name,
        "page",
        f"Report of the public {tip.last_digits}",
        other.short_name,
        "for the triage",
        "in full",
        "3",
    )
    assert [one for one in told if one not in first] == []
    assert [one for one in ("search", "0123456789ab", "masked") if one not in second] == []
    assert "0123456789abc" not in second


def test_whose_a_protection_is_stays_closed(client: Client) -> None:
    person = factories.person()
    read(person, target_kind="protection", target_id="4711", of_office=person.office, purpose="contact")
    [row] = lines(client.get(reverse(LIST)))
    assert "Protection" in row
    assert [word for word in ("4711", "contact") if word in row] == []
    for query in ({"which": "4711"}, {"which": "4711", "thing": "protection"}):
        assert lines(client.get(reverse(LIST), query)) == ["Nothing was read that fits all of this. Leave something out."]


@pytest.mark.parametrize("kind", ["flag", "case", "post", "capture"])
def test_which_flag_case_or_post_was_read_stays_closed(kind: str, client: Client) -> None:
    """Whoever was at a flag a moment before they marked somebody as harmed was at theirs."""
    flag = factories.flag()
    case, copy = asked.case_of(), factories.file_capture(b"jpeg", post_id=flag.post_id)
    named = {"flag": (flag.pk, flag.number), "case": (case.pk, case.number), "post": (flag.post_id,) * 2, "capture": (copy.pk,) * 2}
    key, number = named[kind]
    read(factories.person(), target_kind=kind, target_id=str(key), of_office=flag.office, purpose="triage", unmasked=True)
    [row] = client.get(reverse(LIST)).context["rows"]
    title = {"flag": "Flag", "case": "Case", "post": "Post", "capture": "Preserved copy"}[kind]
    assert (row["thing"], row["of_office"], row["purpose"]) == (title, flag.office.short_name, "for the triage")
    for query in ({"which": str(number)}, {"which": str(key), "thing": kind}):
        assert lines(client.get(reverse(LIST), query)) == ["Nothing was read that fits all of this. Leave something out."]
    assert len(client.get(reverse(LIST), {"thing": kind}).context["rows"]) == 1


def test_it_is_narrowed_by_each_of_its_fields(client: Client) -> None:
    sari, budi = factories.person(name="Sari Contoh"), factories.person(name="Budi Contoh", code="bp3mi-ntb")
    tip = reporting.report()
    other = f"{(int(tip.last_digits) + 1) % 10_000:04}"
    rows = {
        "tip": read(sari, target_kind="tip", target_id=str(tip.pk), at=NOW - timedelta(hours=1)),
        "list": read(sari, way="list", rows=30, at=NOW - timedelta(hours=2)),
        "full": read(budi, unmasked=True, purpose="triage", target_kind="indicator", target_id="7", at=NOW - timedelta(hours=3)),
        "old": read(budi, way="pdf", target_kind="referral", at=NOW - timedelta(days=40)),
    }

    def found(**query: Any) -> set[str]:
        shown = {row["at"] for row in client.get(reverse(LIST), query).context["rows"]}
        return {name for name, row in rows.items() if row.at in shown}

    assert found() == {"tip", "list", "full"}  # of a month, where nothing else is said
    assert found(who=sari.pk) == {"tip", "list"}
    assert found(who=budi.pk) == {"full", "old"}
    assert found(office=budi.office_id) == {"full"}
    assert found(way="list") == {"list"}
    assert found(thing="indicator") == {"full"}
    assert found(thing="indicator", which="7") == {"full"}
    assert found(which=tip.last_digits) == {"tip"}
    assert found(which=other) == set()
    assert found(purpose="triage") == {"full"}
    assert found(shown="masked") == {"tip", "list"}
    assert found(until=(NOW - timedelta(days=30)).date().isoformat()) == {"old"}
    assert found(who="x", way="y", thing="z", purpose="p", shown="q", office="o") == {"tip", "list", "full"}


def test_pages_go_on_where_the_last_one_ended(client: Client) -> None:
    person = factories.person()
    made = [read(person, at=NOW - timedelta(seconds=n // 2)) for n in range(65)]  # two at a time
    seen, address = [], reverse(LIST)
    while address:
        page = client.get(address)
        seen += [row["at"] for row in page.context["rows"]]
        address = page.context["next"]
    assert len(seen) == 65
    assert sorted(seen) == sorted(row.at for row in made)
    assert client.get(reverse(LIST), {"after": "kemarin~x"}).status_code == 200


@pytest.mark.parametrize("many", [1, 30])
def test_it_asks_the_same_for_one_row_and_for_thirty(many: int, client: Client, django_assert_num_queries: Any) -> None:
    for _ in range(many):
        read(factories.person(), target_kind="tip", target_id=str(reporting.report().pk))
    with django_assert_num_queries(8):
        assert len(client.get(reverse(LIST)).context["rows"]) == many


def test_it_is_taken_as_a_file_which_stands_in_the_log(client: Client) -> None:
    person, flag = factories.person(name="Sari Contoh"), factories.flag()
    tip = reporting.report()
    read(person, target_id=str(flag.pk), at=NOW - timedelta(minutes=1))
    read(person, target_kind="tip", target_id=str(tip.pk), rows=2)
    address = reverse("admin:patrol_consultation_export")
    whole = b"".join(client.post(address, {"format": "csv"}).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert [row[4] for row in csv.reader(io.StringIO(whole)) if row[1:2] == ["Sari Contoh"]] == [
        f"Report of the public {tip.last_digits}",
        "Flag",
    ]
    answer = client.post(address + f"?which={tip.last_digits}", {"format": "csv"})
    about, head, row = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))  # type: ignore[attr-defined]
    assert about[0].startswith("SIPatrol. List: Reading log")
    assert head[:5] == ["When", "Who", "Office", "Way", "Thing"]
    assert row[1:5] == ["Sari Contoh", person.office.short_name, "page", f"Report of the public {tip.last_digits}"]
    taken = models.AuditEntry.objects.filter(verb="list.taken").latest("seq")
    assert (taken.target_id, taken.after["rows"]) == ("reading-log", 1)
    assert set(taken.after["asked"]) == {"which"}
    assert taken.after["asked"]["which"] != tip.last_digits


def test_the_start_page_shows_what_stood_out_and_what_is_due_first(client: Client, door: Door) -> None:
    quiet = client.get(reverse("admin:index")).content.decode()
    assert "Nothing stood out that nobody has closed." in quiet
    assert "No request waits for an answer." in quiet
    by, person = models.Person.objects.get(role=Role.DATA_PROTECTION_OFFICER), factories.person(name="Sari Contoh")
    models.UnusualReading.objects.create(person=person, why="much", day=NOW.date(), count=31, usual=30, found_at=NOW)
    asked: dict[str, Any] = {"question": "access", "about": "name", "value": "X", "note": "", "how": "letter", "identity": "not_yet"}
    for hours in (1, 80):
        requests.enter(**asked, asked_at=NOW - timedelta(hours=hours), by=by, now=NOW)
    page = " ".join(BeautifulSoup(client.get(reverse("admin:index")).content, "html.parser").get_text(" ").split())
    assert "Sari Contoh" in page
    assert "31 people, posts and contacts; up to 30 would not have stood out" in page
    assert page.index("PSD-26-0002") < page.index("over time by 8 h") < page.index("PSD-26-0001") < page.index("2 d left")
    assert "Sari Contoh" not in door(Role.ADMINISTRATOR).get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("many", [1, 30])
def test_the_start_page_asks_the_same_for_one_row_and_for_thirty(many: int, client: Client, django_assert_num_queries: Any) -> None:
    for _ in range(many):
        models.UnusualReading.objects.create(person=factories.person(), why="own", day=NOW.date(), count=1, usual=0, found_at=NOW)
    with django_assert_num_queries(11):
        assert client.get(reverse("admin:index")).status_code == 200


def test_the_start_page_tells_what_would_be_erased_by_the_last_count(client: Client, door: Door) -> None:
    def forgetting(of: Client) -> str:
        return said(card(of, "Keeping and forgetting"))

    assert "Nothing was counted yet" in forgetting(client)
    old = NOW - timedelta(days=400)
    factories.stored([factories.raw_post(posted_at=old) for _ in range(2)], now=old)
    running.keep_count(now=NOW)
    models.RetentionFigure.objects.filter(term="dismissed").update(held={"case": 3, "protection": 1}, erased=7)
    told = forgetting(client)
    assert f"Counted {words.moment(NOW)}." in told
    assert "No edition of the times was approved" in told
    assert "Posts nobody flagged, and those of parked flags 2 – 0" in told
    assert "Posts of dismissed flags 0 a case, or an open protection 4 7" in told
    assert ("Profiles of accounts" in told, "Of the other kinds nothing is over its time" in told) == (False, True)
    by, second = factories.person("analyst", "directorate"), factories.person("supervisor", "directorate")
    asked = editions.propose(times=editions.shipped(), reason="uji", by=by, now=NOW)
    editions.approve(edition_id=asked.pk, by=second, now=NOW)
    assert "Counted before the times that hold now were approved" in forgetting(client)
    running.keep_count(now=NOW)
    assert "approved" not in forgetting(client)
    for other in (Role.ADMINISTRATOR, Role.ANALYST, Role.SUPERVISOR, Role.OFFICER):
        assert forgetting(door(other)) == ""


@pytest.mark.parametrize("many", [1, 30])
def test_the_start_page_tells_of_a_key_of_backups_older_than_the_longest_time(
    many: int, client: Client, door: Door, django_assert_num_queries: Any
) -> None:
    retention, line = reverse("admin:patrol_retentionedition_changelist"), "Key of backups to have destroyed"
    what_to_do = "This key is older than the longest time of keeping (1,825 days)."

    def told() -> tuple[bool, bool]:
        with django_assert_num_queries(11):
            start = client.get(reverse("admin:index")).content.decode()
        return line in start, what_to_do in said(BeautifulSoup(client.get(retention).content, "html.parser"))

    old = NOW - timedelta(days=1825)
    for n in range(many):
        models.BackupKey.objects.create(key=f"age1{n}", first_at=old, last_at=NOW)
    assert told() == (False, False)
    models.BackupKey.objects.filter(key="age10").update(first_at=old - timedelta(seconds=1))
    assert told() == (True, True)
    row = next(one for one in card(client, "Waiting for me").select("tbody tr") if line in one.get_text())
    assert (said(row), row.find("a")["href"]) == (f"key {line} 1 1825 d warning over its time", f"{retention}#cadangan")
    assert line not in door(Role.ADMINISTRATOR).get(reverse("admin:index")).content.decode()
    backups.forget_key("age10", now=NOW)
    if many > 1:
        assert told() == (False, False)


@pytest.mark.usefixtures("committed")
def test_the_start_page_counts_the_contacts_of_reporters_opened_last_week_as_the_log_lists_them(
    monkeypatch: pytest.MonkeyPatch, settings: Any, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    factories.offices()
    client, administrator = Client(), Client()
    for one, role in ((client, Role.DATA_PROTECTION_OFFICER), (administrator, Role.ADMINISTRATOR)):
        one.force_login(factories.person(role))
        one.cookies["django_language"] = "en"
    tip, officer = reporting.report(contact=reporting.CONTACT), factories.person()
    since, until = datetime(2026, 11, 16, tzinfo=LAW_ZONE), datetime(2026, 11, 23, tzinfo=LAW_ZONE)
    for near in (since - timedelta(seconds=1), until):
        reporting.opened(tip, officer, near)
    week = "Contacts of reporters 16 Nov 2026 – 22 Nov 2026 Audit log"
    assert said(card(client, "Contacts of reporters")) == f"{week} Nobody opened one in that week."
    assert card(administrator, "Contacts of reporters") is None
    with monkeypatch.context() as off:
        off.setattr(settings, "IDENTITY_KEY", "")  # a desk that asks nobody for a contact, and of which none was opened
        assert card(client, "Contacts of reporters") is None

    reporting.opened(tip, officer, since)
    shown = said(card(client, "Contacts of reporters"))
    assert shown == f"{week} Openings: 1, by 1 person."
    with django_assert_num_queries(10):
        client.get(reverse("admin:index"))
    for at in (since, until - timedelta(seconds=1)):
        reporting.opened(tip, factories.person(), at, 14)
    reporting.opened(tip, officer, until - timedelta(seconds=1))
    with django_assert_num_queries(10):
        client.get(reverse("admin:index"))
    found = card(client, "Contacts of reporters")
    assert said(found) == f"{week} Openings: 30, by 3 people."
    listed = client.get(found.find("a")["href"])
    assert [row["code"] for row in listed.context["rows"]] == ["tip.identity_opened"] * 30
    assert reporting.CONTACT not in listed.content.decode()


def test_without_reading_that_stood_out_each_list_says_what_it_lacks(client: Client) -> None:
    address = reverse("admin:patrol_unusualreading_changelist")
    for state, said in (("open", "Nothing stood out that nobody has closed."), ("all", "No reading stood out.")):
        html = BeautifulSoup(client.get(address, {"state": state}).content, "html.parser")
        assert [one.get_text(strip=True) for one in html.select("td.mut")] == [said]


def test_what_stood_out_leads_to_its_rows_and_is_closed(client: Client) -> None:
    person = factories.person(name="Sari Contoh")
    day = NOW.date()
    row = models.UnusualReading.objects.create(person=person, why="others", day=day, count=21, usual=20, found_at=NOW)
    [line] = lines(client.get(reverse("admin:patrol_unusualreading_changelist")))
    assert "21 things of other offices and rows of lists in full; up to 20 are usual" in line
    html = BeautifulSoup(client.get(reverse("admin:patrol_unusualreading_changelist")).content, "html.parser")
    assert [one["href"] for one in html.select("td a")] == [f"{reverse(LIST)}?who={person.pk}&since={day}&until={day}"]
    to = reverse("admin:patrol_unusualreading_close", args=[row.pk])
    refused = client.post(to, {"reason": "asked", "note": ""}, follow=True)
    assert "write whom you asked" in refused.content.decode()
    assert models.UnusualReading.objects.get().closed_at is None
    assert "Closed." in client.post(to, {"reason": "asked", "note": "Salah ketik."}, follow=True).content.decode()
    assert "closed since you opened the page" in client.post(to, {"reason": "explained"}, follow=True).content.decode()
    assert client.post(reverse("admin:patrol_unusualreading_close", args=[999]), {"reason": "explained"}).status_code == 404
    assert "the person was asked" in lines(client.get(reverse("admin:patrol_unusualreading_changelist"), {"state": "all"}))[0]
