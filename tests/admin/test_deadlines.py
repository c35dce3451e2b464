"""Deadlines on their page, and the clock of a case on its page and in the list."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation

from patrol import cases, models
from patrol.admin.shared import words
from patrol.cases import deadlines
from patrol.models import Role
from tests import factories
from tests.admin.conftest import Door
from tests.cases.test_clock import escalated, fresh, moved, opened, wib
from tests.factories import NOW
from tests.markup import tight

pytestmark = pytest.mark.django_db

LIST = reverse("admin:patrol_casedeadline_changelist")
CASES = reverse("admin:patrol_case_changelist")


@pytest.fixture(autouse=True)
def shipped() -> None:
    factories.offices()
    deadlines.load()


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


@pytest.mark.parametrize(("rows", "queries"), [(1, 5), (21, 5)])
def test_the_list_costs_the_same_however_many_there_are(rows: int, queries: int, door: Door, django_assert_num_queries: Any) -> None:
    client = door(Role.OFFICER)
    models.CaseDeadline.objects.exclude(pk__in=models.CaseDeadline.objects.order_by("id").values("pk")[:rows]).delete()
    with django_assert_num_queries(queries):
        text = tight(client.get(LIST).content.decode())
    assert text.count("bawaan, usulan SIPatrol") == rows
    assert "/ubah" not in text


def test_a_supervisor_of_the_directorate_changes_one_and_it_says_who(door: Door) -> None:
    by = factories.person(Role.SUPERVISOR, "directorate")
    client, one = door(by), models.CaseDeadline.objects.get(step="opened", kind="other")
    change = reverse("admin:patrol_casedeadline_change", args=[one.pk])
    assert change in client.get(LIST).content.decode()
    assert client.post(change, {"hours": "12", "grace": "0"}).status_code == 302
    one.refresh_from_db()
    assert (one.hours, one.grace, one.changed_by) == (12, 0, by)
    assert client.get(LIST).content.decode().count("bawaan, usulan SIPatrol") == 20
    answer = client.post(change, {"hours": "0", "grace": "x"})
    assert set(answer.context["form"].errors) == {"hours", "grace"}


@pytest.mark.parametrize(
    ("minutes", "indonesian"),
    [(134, "2 j 14 mnt"), (-134, "2 j 14 mnt"), (23 * 60 + 5, "23 j"), (120, "2 j"), (14, "14 mnt"), (0, "0 mnt")],
)
def test_working_time_in_words(minutes: int, indonesian: str) -> None:
    with translation.override("id"):
        assert words.working(timedelta(minutes=minutes)) == indonesian


@pytest.mark.parametrize(
    ("moment", "tone", "said"),
    [
        (NOW, "plain", "sisa 16 j"),
        (wib(25, 9, 30), "med", "sisa 1 j 17 mnt"),
        (wib(25, 10), "high", "lewat 0 mnt"),
        (wib(25, 13, 1), "high", "lewat 2 j 14 mnt"),
        (wib(26, 8, 30), "high", "lewat 5 j 43 mnt"),
    ],
)
def test_the_list_and_the_page_say_how_much_is_left(moment: Any, tone: str, said: str, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    case = opened()
    at(moment, monkeypatch)
    client = door(case.opened_by)
    row = client.get(CASES).context["rows"][0]["clock"]
    assert (row["badge"].tone, str(row["badge"].title)) == (tone, said)
    page = client.get(reverse("admin:patrol_case_change", args=[case.pk]))
    assert [(str(one["step"]), str(one["badge"].title)) for one in page.context["clocks"]] == [("Putuskan atau eskalasi", said)]
    shown = " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").split())
    assert f"{said} dihitung menurut jam kerja, {'sejak' if tone == 'high' else 'sampai'} Rab, 25 Nov 2026 10.47 WIB" in shown
    assert "Tenggat (jam kerja)" in client.get(CASES).content.decode()


def test_the_other_side_s_clock_is_paused_and_a_closed_case_has_none(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    analyst = factories.person(Role.ANALYST)
    case = moved(escalated(opened(), NOW), cases.take, NOW, by=analyst)
    at(NOW, monkeypatch)
    client, page = door(analyst), reverse("admin:patrol_case_change", args=[case.pk])
    shown = [(str(one["step"]), str(one["badge"].title)) for one in client.get(page).context["clocks"]]
    assert shown == [("Rujuk atau tutup", "sisa 24 j"), ("Putuskan atau eskalasi (Jabar)", "dijeda")]
    moved(case, cases.close, NOW, outcome="unfounded", note="Bukan.", by=analyst)
    assert client.get(page).context["clocks"] == []
    assert client.get(CASES).context["rows"][0]["clock"] is None


def test_overdue_is_a_list_with_its_number(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    late, later = opened(), opened(now=wib(24, 10))
    at(wib(25, 11), monkeypatch)
    answer = door(late.opened_by).get(CASES, {"state": "overdue"})
    assert [row["case"] for row in answer.context["rows"]] == [late]
    assert [choice["count"] for choice in answer.context["choices"] if choice.get("on")] == [1]
    assert fresh(later).due_at == wib(26, 10)
