"""Requests of subjects on the screen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from patrol import models
from patrol.models import Role
from patrol.privacy import requests
from tests import factories
from tests.admin.conftest import Door

NOW = factories.NOW
LIST = "admin:patrol_subjectrequest_changelist"


@pytest.fixture
def client(door: Door, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return door(Role.DATA_PROTECTION_OFFICER)


def text(answer: Any) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def test_a_request_is_entered_shown_with_its_clock_and_closed(client: Client) -> None:
    came = timezone.localtime(NOW - timedelta(hours=60))
    typed = {"asked_at": f"{came:%d/%m/%Y %H.%M}", "how": "letter", "question": "access", "about": "number", "value": "0840-1111-2222"}
    typed |= {"identity": "not_yet", "note": "Surat 7, telepon 0840-3333-4444"}
    answer = client.post(reverse("admin:patrol_subjectrequest_enter"), typed)
    row = models.SubjectRequest.objects.get()
    assert answer["Location"] == reverse("admin:patrol_subjectrequest_change", args=[row.pk])
    shown = text(client.get(answer["Location"]))
    assert "sisa 12 j" in shown
    assert "menurut undang-undang" in shown
    models.SubjectRequest.objects.filter(pk=row.pk).update(question="erasure")
    assert "batas kantor sendiri" in text(client.get(answer["Location"]))
    assert "1111" not in shown
    assert "3333" not in shown  # what somebody typed all the same stands masked
    assert row.number in text(client.get(reverse(LIST)))
    assert "tentang: nomor: telepon atau rekening" in text(client.get(reverse("admin:patrol_auditentry_changelist")))

    closing = {"outcome": "answered", "identity": "not_yet", "how": "letter", "answer": "Surat 8."}
    assert "identitasnya belum diperiksa" in text(client.post(answer["Location"], closing))
    assert models.SubjectRequest.objects.get().answered_at is None
    assert client.post(answer["Location"], {**closing, "identity": "id_card"}).status_code == 302
    client.get(reverse(LIST))  # tells that it was closed
    assert row.number not in text(client.get(reverse(LIST)))
    assert "dijawab" in text(client.get(reverse(LIST), {"state": "answered"}))
    again = client.post(answer["Location"], {**closing, "identity": "id_card"}, follow=True)
    assert "sudah dijawab sejak Anda membukanya" in text(again)


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(client: Client) -> None:
    typed = {"asked_at": "besok", "how": "letter", "question": "access", "about": "number", "value": "", "identity": "not_yet", "note": "X"}
    page = client.post(reverse("admin:patrol_subjectrequest_enter"), typed)
    assert "24/11/2026 14.30" in text(page)
    assert 'value="besok"' in page.content.decode()
    assert models.SubjectRequest.objects.count() == 0


def test_how_it_came_what_is_asked_and_about_what_are_chosen_by_whoever_enters_it(client: Client) -> None:
    enter = reverse("admin:patrol_subjectrequest_enter")
    asked = ("how", "question", "about")
    assert [client.get(enter).context["form"][name].value() for name in asked] == [None] * 3
    typed = {"asked_at": f"{timezone.localtime(NOW):%d/%m/%Y %H.%M}", "value": "0840-1111-2222", "identity": "not_yet"}
    page = client.post(enter, typed | dict.fromkeys(asked, ""))
    assert sorted(page.context["form"].errors) == sorted(asked)
    assert models.SubjectRequest.objects.count() == 0


def test_what_is_due_first_stands_first_and_the_next_page_goes_on_behind_it(client: Client) -> None:
    by = models.Person.objects.get(role=Role.DATA_PROTECTION_OFFICER)
    asked: dict[str, Any] = {"question": "access", "about": "name", "note": "", "how": "letter", "identity": "not_yet"}
    made = [requests.enter(value=f"X {hours}", asked_at=NOW - timedelta(hours=hours), by=by, now=NOW, **asked) for hours in range(1, 32)]
    first = client.get(reverse(LIST))
    assert [row["number"] for row in first.context["rows"]] == [row.number for row in reversed(made[1:])]
    assert [row["number"] for row in client.get(first.context["next"]).context["rows"]] == [made[0].number]
    everything = client.get(reverse(LIST), {"state": "all"}).context["rows"]
    assert [row["number"] for row in everything] == [row.number for row in made[:30]]
