"""Merging from the page of a case: by number, with its banner and the way back; and what joined, added with one click."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from django.test import Client

from patrol import models
from tests import factories
from tests.admin.conftest import Door
from tests.admin.test_acts import address, english, said
from tests.cases.test_growing import LATER, begun
from tests.cases.test_moving import opened
from tests.triage.acts import decide


def text(client: Client, case: models.Case) -> str:
    soup = BeautifulSoup(client.get(address("patrol_case_change", case.pk)).content, "html.parser")
    return " ".join(soup.get_text(" ").split())


def test_a_case_is_merged_by_number_and_taken_back_from_its_page(door: Door) -> None:
    officer = factories.person()
    case, other, client = opened(officer), opened(officer), english(door(officer))
    sent = {"seen_version": 1, "note": "Satu jaringan."}
    merge = address("patrol_case_merge", case.pk)
    assert said(client.post(merge, sent | {"into": "PKR-26-9999"}))[-1] == "Nothing was merged: there is no such case. Write its number."
    assert said(client.post(merge, sent | {"into": other.number}))[-1] == f"{case.number} was merged."
    page = text(client, case)
    assert f"Merged into {other.number} . What is new belongs there." in page
    assert "Reopen the case" not in page
    assert f"Merged into this case: {case.number}" in text(client, other)
    back = client.post(address("patrol_case_unmerge", case.pk), {"seen_version": 2, "note": "Lain."})
    assert said(back)[-1] == f"The merger was taken back: {case.number} is what it was."
    assert "Merged into" not in text(client, case).partition("Timeline")[0]


def test_what_joined_its_campaign_is_added_with_one_click(door: Door) -> None:
    officer = factories.person()
    case, (second, *_others) = begun(officer)
    decide(second, officer, now=LATER)
    client = english(door(officer))
    soup = BeautifulSoup(client.get(address("patrol_case_change", case.pk)).content, "html.parser")
    form = soup.find("form", action=address("patrol_case_add_near", case.pk))
    assert isinstance(form, Tag)
    assert [field["value"] for field in form.find_all("input", attrs={"name": "flag"})] == [str(second.pk)]
    answer = client.post(address("patrol_case_add_near", case.pk), {"flag": [second.pk]})
    assert said(answer)[-1] == f"The flags were added to {case.number}."
    assert case.entries.filter(flag=second).exists()
