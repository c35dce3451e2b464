"""The register of tests.public.check.register is loaded, and it is Monday, 23 November 2026, 10.47 WIB."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.utils import timezone

from patrol.pipeline import claiming
from tests.conftest import NOW
from tests.public.check.register import loaded


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def register(db: None) -> None:
    loaded()
    claiming._book_of.cache_clear()


@pytest.fixture
def told(client: Client, register: None) -> Callable[..., Tag]:
    """What the page answers to a text, in a language: its main part."""

    def ask(text: str, language: str = "id", **given: str) -> Tag:
        answer = client.post("/en/cek/" if language == "en" else "/cek/", {"text": text, **given})
        assert answer.status_code == 200
        main = BeautifulSoup(answer.content, "html.parser").main
        assert main
        return main

    return ask
