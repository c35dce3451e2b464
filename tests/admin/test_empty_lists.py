"""A list that is narrowed and holds nothing says so of what it was narrowed to, and not of everything."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from patrol import models
from patrol.models import Role
from tests import factories
from tests.admin.conftest import Door
from tests.admin.test_acts import decide, english
from tests.markup import only


def said(client: Any, name: str, **query: str) -> str:
    html = BeautifulSoup(english(client).get(reverse(f"admin:patrol_{name}_changelist"), query).content, "html.parser")
    return " ".join(only(html, "main").text.split())


@pytest.mark.parametrize(
    ("some", "query", "sentence"),
    [
        (True, {"kind": "bank_account"}, "Nothing of this kind was seen yet."),
        (True, {"kind": "phone"}, ""),
        (False, {}, "Nothing seen yet."),
    ],
)
def test_indicators(some: bool, query: dict[str, str], sentence: str, door: Door) -> None:
    if some:
        factories.flag()
    text = said(door(Role.OFFICER), "indicator", **query)
    sentences = ("Nothing of this kind was seen yet.", "Nothing seen yet.")
    assert [one for one in sentences if one in text] == [sentence] * bool(sentence)


@pytest.mark.parametrize(
    ("asked", "query", "sentence"),
    [
        (True, {}, "No request waits."),
        (False, {}, "No request waits."),
        (True, {"show": "all"}, ""),
        (False, {"show": "all"}, "No request to erase."),
    ],
)
def test_requests_to_erase(asked: bool, query: dict[str, str], sentence: str, door: Door) -> None:
    flag = factories.flag()
    if asked:
        factories.erase(models.PostVersion.objects.get(post=flag.post_id))
    text = said(door(Role.SUPERVISOR, code="directorate"), "erasurerequest", **query)
    assert [one for one in ("No request waits.", "No request to erase.") if one in text] == [sentence] * bool(sentence)


@pytest.mark.parametrize(
    ("some", "query", "sentence"),
    [
        (True, {"outcome": "dismissed"}, "No such decision of yours that stands in this time."),
        (True, {"outcome": "confirmed"}, ""),
        (False, {}, "No decision of yours in this time."),
    ],
)
def test_own_decisions(some: bool, query: dict[str, str], sentence: str, door: Door) -> None:
    client = door(Role.OFFICER)
    if some:
        decide(client, factories.flag())
    text = said(client, "decision", period="all", **query)
    sentences = ("No such decision of yours that stands in this time.", "No decision of yours in this time.")
    assert [one for one in sentences if one in text] == [sentence] * bool(sentence)


@pytest.mark.parametrize(
    ("some", "query", "sentence"),
    [
        (True, {"state": "merger"}, "No merger of two campaigns waits for your answer."),
        (True, {"state": "confirmed"}, "There is no campaign in this state."),
        (True, {"state": "proposed"}, ""),
        (True, {}, ""),
        (False, {}, "No campaign yet."),
    ],
)
def test_campaigns(some: bool, query: dict[str, str], sentence: str, door: Door) -> None:
    if some:
        models.Campaign.objects.create(number="JRG-26-8000", made_at=factories.NOW, grown_at=factories.NOW)
    text = said(door(Role.OFFICER), "campaign", **query)
    sentences = ("No merger of two campaigns waits for your answer.", "There is no campaign in this state.", "No campaign yet.")
    assert [one for one in sentences if one in text] == [sentence] * bool(sentence)
