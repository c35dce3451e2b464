"""The list of cases: what its form sends, what its address keeps, and what an empty list says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from patrol import models
from patrol.admin.officer import case_list
from patrol.admin.shared import post_rows
from patrol.search import case_filters, case_words
from tests import factories
from tests.admin.conftest import Door
from tests.cases.test_moving import confirmed, opened
from tests.factories import NOW

LIST = "/kerja/patrol/case/"


def filled(by: models.Person, *titles: str) -> list[models.Case]:
    made = [opened(by, [flag], title=title) for flag, title in zip(confirmed(len(titles)), titles, strict=True)]
    while case_words.fill(limit=100):
        pass
    return made


def rows(answer: Any) -> list[str]:
    return [row["case"].title for row in answer.context["rows"]]


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def test_each_filter_has_its_place_on_the_page() -> None:
    assert [name for name in case_filters.FILTERS if name not in {"q", "state"}] == list(case_list.SHOWN)


def test_what_is_typed_goes_into_the_address_and_every_link_keeps_it(door: Door) -> None:
    officer = factories.person()
    filled(officer, "Calo Batam", "Kapal Batam")
    client = door(officer)
    sent = client.post(LIST, {"q": " batam ", "state": "opened", "responsible": str(officer.pk), "kind": "x", "until": ""})
    assert sent["Location"] == f"{LIST}?q=batam&state=opened&responsible={officer.pk}"
    answer = client.get(sent["Location"])
    assert rows(answer) == ["Kapal Batam", "Calo Batam"]
    links = {choice["link"] for choice in answer.context["choices"] if not choice["on"]}
    assert f"{LIST}?q=batam&state=closed&responsible={officer.pk}" in links
    assert f"{LIST}?q=batam&responsible={officer.pk}" in links
    assert [choice["link"] for choice in answer.context["choices"] if choice["on"]] == [sent["Location"]]


def test_the_next_page_is_of_the_same_filter(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post_rows, "PER_PAGE", 2)
    officer = factories.person()
    made = filled(officer, "Calo 1", "Kapal", "Calo 2", "Calo 3")
    for days, case in enumerate(made):
        models.Case.objects.filter(pk=case.pk).update(opened_at=NOW - timedelta(days=days))
    client = door(officer)
    first = client.get(LIST, {"q": "calo"})
    assert rows(first) == ["Calo 1", "Calo 2"]
    assert first.context["next"].startswith(f"{LIST}?q=calo&after=")
    second = client.get(first.context["next"])
    assert (rows(second), second.context["next"], second.context["first"]) == (["Calo 3"], "", f"{LIST}?q=calo")


def test_an_empty_list_says_what_narrows_it_and_leads_out_of_each(door: Door) -> None:
    officer = factories.person()
    filled(officer, "Calo Batam")
    client = english(door(officer))
    asked = {"q": "kapal", "state": "closed", "responsible": "nobody", "since": "2026-11-01"}
    answer = client.get(LIST, asked)
    assert [(one["title"], str(one["value"])) for one in answer.context["narrowing"]] == [
        ("Words", "kapal"),
        ("State", "Closed"),
        ("Responsible", "nobody"),
        ("Opened from", "2026-11-01"),
    ]
    assert answer.context["narrowing"][1]["link"] == f"{LIST}?q=kapal&responsible=nobody&since=2026-11-01"
    assert "No case fits all of this." in answer.content.decode()
    full = client.get(LIST, {"q": "calo"})
    assert (rows(full), full.context["narrowing"]) == (["Calo Batam"], [])
    bare = english(door()).get(LIST)
    assert bare.context["narrowing"] == []


def test_an_empty_list_without_a_filter_says_where_cases_come_from(door: Door) -> None:
    html = english(door()).get(LIST).content.decode()
    assert "A case is opened from a confirmed flag." in html
    assert "No case fits all of this." not in html


def test_a_number_of_a_person_is_looked_up_and_stands_in_no_address_but_a_flag_s_does(door: Door) -> None:
    officer = factories.person()
    flag = confirmed()[0]
    opened(officer, [flag], title="Calo")
    case_words.fill(limit=10)
    client = english(door(officer))
    assert "Location" not in client.post(LIST, {"q": "0840 5550 1234"})
    answer = client.get(LIST, {"q": "0840 5550 1234", "state": "opened"})
    assert (rows(answer), answer.context["asked"]) == ([], {"state": "opened"})
    assert "0840 5550 1234" not in answer.content.decode()
    assert "Numbers and accounts are found with Ctrl-K." in answer.content.decode()
    assert client.post(LIST, {"q": flag.number})["Location"] == f"{LIST}?q={flag.number}"
    assert rows(client.get(LIST, {"q": flag.number.lower()})) == ["Calo"]
    assert client.get(LIST, {"q": "di"}).context["problem"] == "Write at least one word of three letters."


def test_offices_are_a_choice_at_the_directorate_and_people_are_those_of_cases_one_may_see(door: Door) -> None:
    officer, far = factories.person(name="Ani"), factories.person(code="bp3mi-ntb", name="Budi")
    filled(officer, "Calo")
    opened(far, confirmed(1, "bp3mi-ntb"), title="Pabrik")

    def offered(who: Any) -> dict[str, list[str]]:
        fields = english(door(who)).get(reverse("admin:patrol_case_changelist")).context["fields"]
        return {field["name"]: [str(title) for _key, title in field["choices"]] for field in fields}

    assert list(offered(officer)) == ["responsible", "kind", "outcome", "channel", "since", "until"]
    assert offered(officer)["responsible"] == ["nobody", "Ani"]
    assert list(offered("analyst")) == ["office", "responsible", "kind", "outcome", "channel", "since", "until"]
    assert "Undone with its decision" not in offered(officer)["outcome"]
    assert offered("analyst")["responsible"] == ["nobody", "Ani", "Budi"]


def test_a_search_leaves_its_row_in_the_log_without_the_words(door: Door) -> None:
    officer = factories.person()
    filled(officer, "Calo")
    door(officer).get(LIST, {"q": "calo"})
    entry = models.AuditEntry.objects.filter(verb="search.made").get()
    assert (entry.actor_id, entry.after["hits"], entry.after["kinds"]) == (officer.pk, 1, ["words"])
    assert "calo" not in str(entry.after)


def test_a_filter_is_kept_from_the_page_shown_with_its_counter_and_changed_there(door: Door) -> None:
    officer = factories.person()
    filled(officer, "Calo Batam", "Kapal")
    client = english(door(officer))
    assert client.get(LIST).context["kept"] == []
    kept = client.post(f"{LIST}saringan/", {"name": "Rute", "q": "batam", "state": "open"})
    assert kept["Location"] == f"{LIST}?q=batam&state=open"
    answer = client.get(kept["Location"])
    (row,) = answer.context["kept"]
    assert (row["name"], row["count"], row["on"], row["tells"], row["link"]) == ("Rute", 1, True, False, kept["Location"])
    beside = [group for group in answer.context["sidebar_navigation"] if group["title"] == "My filters"]
    assert [(item["title"], item["count"]) for group in beside for item in group["items"]] == [("Rute", 1)]
    assert client.post(row["tell"], {"on": "1"})["Location"] == kept["Location"]
    client.post(row["rename"], {"name": "Batam"})
    (row,) = client.get(LIST).context["kept"]
    assert (row["name"], row["on"], row["tells"]) == ("Batam", False, True)
    assert client.post(row["drop"])["Location"] == LIST
    assert client.get(LIST).context["kept"] == []


def test_a_filter_of_somebody_else_is_not_there_and_no_address_of_one_is_opened(door: Door) -> None:
    theirs = models.CaseFilter.objects.create(person=factories.person(), name="Rute", query={"q": "batam"}, made_at=NOW)
    client = door()
    for word in ("nama", "hapus", "pemberitahuan"):
        assert client.post(f"{LIST}saringan/{theirs.pk}/{word}/", {"name": "x", "on": "1"}).status_code == 404
        assert client.get(f"{LIST}saringan/{theirs.pk}/{word}/").status_code == 404
    assert client.get(f"{LIST}saringan/").status_code == 404
    theirs.refresh_from_db()
    assert (theirs.name, theirs.tells) == ("Rute", False)


def test_what_cannot_be_kept_is_said_and_a_number_of_a_person_stays_out_of_the_address(door: Door) -> None:
    client = english(door())
    sent = client.post(f"{LIST}saringan/", {"name": "Rute", "q": "0840 5550 1234", "state": "open"}, follow=True)
    assert sent.redirect_chain == [(f"{LIST}?state=open", 302)]
    assert "a number or an account stands in no filter" in sent.content.decode()
    assert models.CaseFilter.objects.count() == 0


@pytest.mark.parametrize("many", [1, 20])
def test_twenty_kept_filters_cost_what_one_does(many: int, door: Door, django_assert_num_queries: Any) -> None:
    officer = factories.person()
    for number in range(many):
        models.CaseFilter.objects.create(person=officer, name=f"Rute {number}", query={"q": "batam"}, made_at=NOW)
    client = door(officer)
    with django_assert_num_queries(10):
        assert client.get(LIST).status_code == 200
