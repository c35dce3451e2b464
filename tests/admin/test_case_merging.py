"""Merging from the page of a case: by number, with its banner and the way back; and what joined, added with one click."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from django.test import Client

from patrol import cases, models
from tests import factories
from tests.admin.conftest import Door
from tests.admin.test_acts import address, english, said
from tests.cases import asked
from tests.cases.test_growing import LATER, begun
from tests.cases.test_merging import of_two_offices
from tests.cases.test_moving import opened
from tests.triage.acts import decide


def text(client: Client, case: models.Case) -> str:
    return text_at(client, address("patrol_case_change", case.pk))


def text_at(client: Client, where: str) -> str:
    soup = BeautifulSoup(client.get(where).content, "html.parser")
    return " ".join(soup.get_text(" ").split())


def test_a_case_is_merged_by_number_and_taken_back_from_its_page(door: Door) -> None:
    officer = factories.person()
    case, other, client = opened(officer), opened(officer), english(door(officer))
    sent = {"seen_version": 1, "note": "Satu jaringan."}
    merge = address("patrol_case_merge", case.pk)
    assert said(client.post(merge, sent | {"into": "PKR-26-9999"}))[-1] == "Nothing was merged: there is no such case. Write its number."
    assert said(client.post(merge, sent | {"into": other.number}))[-1] == f"{case.number} was merged."
    page = text(client, case)
    assert f"Merged into {other.number} . What is new belongs there; what was asked of others goes on here." in page
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


def test_of_a_case_of_two_offices_each_is_told_its_own_side_and_the_number_of_the_other(door: Door) -> None:
    case, other, (officer, far, analyst) = of_two_offices()
    for flag in models.Flag.objects.filter(case_entry__case=case):
        asked.copied(flag)
    made = asked.approved(case, officer)
    cases.note(case_id=case.pk, text="pesan dari Jabar", sent=True, by=officer, now=LATER)
    client = english(door(analyst))
    page = text(client, case)
    assert "Cases of two offices are merged once both lie with the directorate." in page
    sent = {"seen_version": case.version, "note": "Satu jaringan.", "into": other.number}
    assert said(client.post(address("patrol_case_merge", case.pk), sent))[-1] == f"{case.number} was merged."
    asked.mark_sent(made, officer)
    page = text(client, other)
    assert f"Merged into this case: {case.number} ({case.office.short_name})" in page
    assert all(one in page for one in (made.number, "pesan dari Jabar", officer.name, far.name))
    page = text(english(door(far)), other)
    assert f"Merged into this case: {case.number} ({case.office.short_name})" in page
    assert address("patrol_case_change", case.pk) not in str(door(far).get(address("patrol_case_change", other.pk)).content)
    assert not any(one in page for one in (made.number, "pesan dari Jabar", officer.name))
    assert f"{case.office.short_name} sent a referral" in page
    stale = english(door(far)).post(address("patrol_case_set_kind", other.pk), {"seen_version": 1, "kind": "aid_fraud"})
    assert f"by {case.office.short_name}, " in said(stale)[-1]
    client = english(door(officer))
    page = text(client, case)
    assert f"Merged into {other.number} ({other.office.name})." in page
    assert all(one in page for one in (made.number, "pesan dari Jabar", "Message to the directorate"))
    assert far.name not in page
    assert "What is missing" not in page  # its flags went over: it lacks none
    none_here = "Elements are shown on the links of a case; none is in this one."
    assert [none_here in page, "No elements are entered for it." in page] == [True, False]
    assert client.get(address("patrol_case_change", other.pk)).status_code == 404
    assert "Enter the answer" in text_at(client, address("patrol_referral_change", made.pk))
    seen = models.Case.objects.get(pk=other.pk).version
    goes_on = "Its flags stand there now. Notes, messages, files and referrals stay here and go on"
    high = english(door(analyst))
    give_back = address("patrol_case_give_back", other.pk)
    assert (goes_on in page, give_back in str(high.get(address("patrol_case_change", other.pk)).content)) == (True, False)
    asked.answer(models.Referral.objects.get(pk=made.pk), officer, "acted_upon")
    cases.close(case_id=other.pk, outcome="acted_upon", note="x", seen_version=seen, by=analyst, now=LATER)
    page = text(client, case)
    assert (goes_on in page, "Its flags stand there now. That case is closed." in page) == (False, True)
    reopen = address("patrol_case_reopen", other.pk)
    shown = [reopen in str(one.get(address("patrol_case_change", other.pk)).content) for one in (english(door(far)), high)]
    assert shown == [False, True]
