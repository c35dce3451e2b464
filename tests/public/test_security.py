"""/.well-known/security.txt: told while the office says that it answers, and not a day longer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

END = datetime(2027, 6, 30, 17, tzinfo=UTC)  # midnight in Jakarta


@pytest.fixture
def told(settings: Any) -> None:
    settings.SECURITY_CONTACT, settings.SECURITY_UNTIL = "mailto:keamanan@kantor.example", date(2027, 6, 30)
    settings.PUBLIC_URL = "https://cek.kantor.example"


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.django_db
def test_it_says_where_and_until_when(told: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, END - timedelta(seconds=1))
    answer = client.get("/.well-known/security.txt")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert answer.content.decode().splitlines() == [
        "Contact: mailto:keamanan@kantor.example",
        "Expires: 2027-06-30T17:00:00Z",
        "Preferred-Languages: id, en",
        "Canonical: https://cek.kantor.example/.well-known/security.txt",
    ]


@pytest.mark.django_db
def test_it_is_gone_with_its_day_without_an_address_and_with_the_desk(
    told: None, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, END)
    assert client.get("/.well-known/security.txt").status_code == 404
    at(monkeypatch, END - timedelta(days=1))
    settings.PUBLIC_DESK = "0"
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.PUBLIC_DESK, settings.SECURITY_UNTIL = "1", None
    assert client.get("/.well-known/security.txt").status_code == 404
