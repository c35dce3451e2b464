"""The tasks of a case on its page: one POST, one verb, one clear message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from patrol import cases, models
from patrol.cases import task_lines, tasks
from patrol.models import Role
from tests import factories
from tests.admin.conftest import Door
from tests.admin.test_acts import address, english, said
from tests.cases.test_moving import confirmed, opened
from tests.markup import only, tight

NOW = factories.NOW


def card(client: Client, case: models.Case) -> Any:
    return BeautifulSoup(client.get(address("patrol_case_change", case.pk)).content, "html.parser").select_one("#tasks")


def send(client: Client, case: models.Case, verb: str, task: models.CaseTask | None = None, **sent: Any) -> str:
    """What is said on the next page."""
    of = {"task": task.pk, "seen_version": task.version} if task else {}
    answer = client.post(address(f"patrol_case_task_{verb}", case.pk), of | sent)
    assert answer["Location"] == address("patrol_case_change", case.pk) + "#tasks"
    if task:
        task.refresh_from_db()
    return said(answer)[-1]


def test_a_task_from_its_page_added_given_timed_done_reopened_and_dropped(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)  # the page says an hour of today without its day
    officer, other = factories.person(name="Sari Contoh"), factories.person(name="Wati Contoh")
    case, client = opened(officer), english(door(officer))
    assert "No task in this case yet." in card(client, case).text
    sent: dict[str, Any] = {"title": "Rekaman lengkap", "person": other.pk, "day": "2026-11-30", "hour": "13:00"}
    assert send(client, case, "add", **sent) == "The task was added."
    task = models.CaseTask.objects.get()
    assert (task.title, task.person, task.due_at) == ("Rekaman lengkap", other, datetime(2026, 11, 30, 6, tzinfo=UTC))  # WIB
    text = tight(str(card(client, case)))
    assert ("0 of 1" in text, "Wati Contoh, 30 Nov 2026 13:00" in text, 'aria-checked="false"' in text) == (True, True, True)
    assert send(client, case, "assign", task, person="") == "It is noted who has the task."
    assert send(client, case, "due", task, day="2026-12-01", hour="") == "The time of the task was set."
    assert (task.person, task.due_at) == (None, datetime(2026, 12, 1, 16, 59, tzinfo=UTC))  # the day's last minute
    assert "nobody yet, 1 Dec 2026" in tight(str(card(client, case)))
    assert send(client, case, "do", task) == "The task is done."
    text = tight(str(card(client, case)))
    assert ("1 of 1" in text, "Sari Contoh, " in text, 'aria-checked="true"' in text) == (True, True, True)
    assert send(client, case, "reopen", task) == "The task is open again."
    assert send(client, case, "drop", task, note="Sudah ada.") == "The task was dropped."
    assert [task.state, card(client, case).select("[role=checkbox]")] == ["dropped", []]
    timeline = tight(client.get(address("patrol_case_change", case.pk)).content.decode())
    for line in (
        'added a task<small class="l2">Rekaman lengkap · Wati Contoh · by 30 Nov 2026 13:00</small>',
        'changed who has a task<small class="l2">Rekaman lengkap · nobody</small>',
        'changed the time of a task<small class="l2">Rekaman lengkap · by 1 Dec 2026</small>',
        'dropped a task<small class="l2">Rekaman lengkap</small><small class="l2">Sudah ada.</small>',
    ):
        assert line in timeline


@pytest.mark.parametrize(
    ("verb", "sent", "why"),
    [
        ("add", {"title": ""}, "Nothing was added: write what is to be done."),
        ("add", {"title": "x", "hour": "13:00"}, "Nothing was changed: name a day, with an hour or without."),
        ("add", {"title": "x", "day": "0026-11-30"}, "Nothing was changed: name a day, with an hour or without."),
        ("due", {"day": "besok"}, "Write the day as 24/11/2026 or 24 Nov 2026."),
        ("due", {"day": "31/02/2026"}, "Write the day as 24/11/2026 or 24 Nov 2026."),
        ("due", {"day": "28/02/2026", "hour": "25.00"}, "Write the hour as 14.30."),
        ("drop", {"note": " "}, "Nothing was changed: say why the task is not needed."),
        ("assign", {"person": "999999"}, "Nothing was changed: choose a person of the case's office or of the directorate."),
        ("do", {"seen_version": "7"}, "Nothing was changed: it is already “open”, by Sari Contoh, "),
    ],
)
def test_what_is_missing_or_late_changes_nothing_and_is_said(door: Door, verb: str, sent: dict[str, str], why: str) -> None:
    officer = factories.person(name="Sari Contoh")
    case, client = opened(officer), english(door(officer))
    task = tasks.add(case_id=case.pk, title="Surat", person_id=None, due_at=None, by=officer, now=NOW)
    before = list(models.CaseTask.objects.values())
    assert send(client, case, verb, None if verb == "add" else task, **sent).startswith(why)
    assert list(models.CaseTask.objects.values()) == before


def test_overdue_is_said_of_what_is_open_and_late_alone(door: Door) -> None:
    officer, now = factories.person(), timezone.now()
    case, client = opened(officer), english(door(officer))
    for title, hours in (("lewat", -1), ("nanti", 1), ("sudah", -1)):
        tasks.add(case_id=case.pk, title=title, person_id=None, due_at=now + timedelta(hours=hours), by=officer, now=NOW)
    done = models.CaseTask.objects.get(title="sudah")
    tasks.do(case_id=case.pk, task_id=done.pk, seen_version=1, by=officer, now=NOW)
    late = [row.text for row in card(client, case).select("li") if "overdue" in row.text]
    assert ["lewat" in text for text in late] == [True]


def test_a_closed_case_shows_its_tasks_and_offers_nothing(door: Door) -> None:
    officer = factories.person()
    case, client = opened(officer), english(door(officer))
    task = tasks.add(case_id=case.pk, title="Surat", person_id=None, due_at=None, by=officer, now=NOW)
    assert "Tasks still open when the case is closed are dropped with it" in card(client, case).text
    tasks.do(case_id=case.pk, task_id=task.pk, seen_version=1, by=officer, now=NOW)
    cases.close(case_id=case.pk, outcome="acted_upon", note="x", seen_version=case.version, by=officer, now=NOW)
    shown = card(client, case)
    assert (shown.select("form"), "1 of 1" in tight(str(shown)), "Surat" in shown.text) == ([], True, True)


def test_whoever_is_given_a_task_finds_it_among_the_notices(door: Door) -> None:
    officer, other = factories.person(), factories.person()
    case = opened(officer)
    tasks.add(case_id=case.pk, title="Surat", person_id=other.pk, due_at=None, by=officer, now=NOW)
    html = english(door(other)).get(address("patrol_notice_changelist")).content.decode()
    assert f"{case.number}: a task for you" in html


def test_my_tasks_stand_on_the_start_page_and_filter_the_cases(door: Door) -> None:
    officer, other, now = factories.person(), factories.person(), timezone.now()
    case, near = opened(officer, title="Kursi Taiwan"), opened(officer, title="Kapal cumi")
    client, listed = english(door(officer)), address("patrol_case_changelist") + "?state=tasks"
    assert "My tasks" not in client.get(address("index")).content.decode()
    for title, person, hours in (("lewat", officer, -1), ("nanti", officer, 1), ("bukan saya", other, 1)):
        due = now + timedelta(hours=hours)
        tasks.add(case_id=case.pk, title=title, person_id=person.pk, due_at=due, by=officer, now=NOW)
    tasks.add(case_id=near.pk, title="bukan saya", person_id=other.pk, due_at=None, by=officer, now=NOW)
    page = BeautifulSoup(client.get(address("index")).content, "html.parser")
    (shown,) = (one for one in page.select("section.card") if "My tasks" in one.text)
    rows = [(only(row, "a").text, "overdue" in row.text) for row in shown.select("li")]
    assert rows == [("lewat", True), ("nanti", False)]
    assert (only(shown, "li a")["href"], f'href="{listed}"' in str(shown)) == (address("patrol_case_change", case.pk) + "#tasks", True)
    html = client.get(listed).content.decode()
    assert ("Kursi Taiwan" in html, "Kapal cumi" in html) == (True, False)


@pytest.mark.parametrize("kind", ["domestic", "other"])
def test_the_tasks_of_the_template_are_laid_by_one_button_that_is_there_while_some_are_missing(door: Door, kind: str) -> None:
    officer = factories.person()
    task_lines.add(kind=kind, title="Rekaman lengkap", title_en="Recordings complete", days=1, goes_to="opener", by=None, now=NOW)
    case, client = opened(officer), english(door(officer))
    if kind != "other":
        assert "Tasks from the template" not in card(client, case).text  # of its kind there is none
        cases.set_kind(case_id=case.pk, kind=kind, seen_version=1, by=officer, now=NOW)
        case.refresh_from_db()
    said = "Domestic work abroad: 1 that is not here yet" if kind == "domestic" else "Tasks from the template 1 that is not here yet"
    assert said in " ".join(card(client, case).text.split())
    assert send(client, case, "lay", seen_version=case.version) == "The tasks of the template were added."
    assert "Recordings complete" in card(client, case).text
    client.cookies["django_language"] = "id"
    assert ("Rekaman lengkap" in card(client, case).text, "templat" in card(client, case).text) == (True, False)


def test_a_case_is_opened_from_a_flag_with_its_kind_and_the_tasks_of_that(door: Door) -> None:
    task_lines.add(kind="domestic", title="Rekaman lengkap", title_en="", days=1, goes_to="opener", by=None, now=NOW)
    (flag,) = confirmed()
    client = door(Role.OFFICER)
    client.post(address("patrol_flag_open_case", flag.pk), {"title": "Kursi", "kind": "smuggling"})
    assert models.Case.objects.count() == 0
    client.post(address("patrol_flag_open_case", flag.pk), {"title": "Kursi", "kind": "domestic"})
    case = models.Case.objects.get()
    assert (case.kind, [task.title for task in case.tasks.all()]) == ("domestic", ["Rekaman lengkap"])


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_costs_the_same(rows: int, door: Door, django_assert_num_queries: Any) -> None:
    officer = factories.person()
    case = opened(officer)
    for n in range(rows):
        tasks.add(case_id=case.pk, title=f"Tugas {n}", person_id=factories.person().pk, due_at=NOW, by=officer, now=NOW)
    client = door(Role.OFFICER)
    with django_assert_num_queries(29):
        assert client.get(address("patrol_case_change", case.pk)).status_code == 200
