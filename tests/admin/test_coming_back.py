"""What came back under another name on the pages of a case and of a referral: what ties it, masked, and its two acts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from patrol import models
from patrol.admin.officer import cases as officer_cases
from patrol.cases import coming_back
from tests import factories
from tests.admin.conftest import Door
from tests.cases import asked
from tests.cases.test_coming_back import SWEPT, flag_of, joined, marked, newer, tied, waits
from tests.factories import NOW

pytestmark = pytest.mark.django_db
NUMBER = "+6284011112222"


def brought_back(officer: models.Person, many: int = 1, state: str = "confirmed") -> models.Referral:
    sent = asked.sent(asked.case_of(by=officer), officer)
    seen = models.Indicator.objects.create(kind="phone", value=NUMBER, first_seen=NOW, last_seen=NOW)
    marked(flag_of(sent), indicator=seen)
    for flag in [newer(state) for _ in range(many)]:
        marked(flag, indicator=seen)
        tied(flag, flag_of(sent))
    assert coming_back.tell(now=SWEPT) == many
    return sent


def pages(sent: models.Referral) -> list[str]:
    return [reverse("admin:patrol_case_change", args=[sent.case_id]), reverse("admin:patrol_referral_change", args=[sent.pk])]


def test_both_pages_say_what_ties_it_and_no_number_in_full(door: Door) -> None:
    officer = factories.person()
    sent = brought_back(officer)
    for address in pages(sent):
        shown = door(officer).get(address).content.decode()
        card = shown[shown.index("Muncul kembali dengan nama lain") :].partition("</section>")[0]
        assert "nomor sama: +62 840-••••22" in re.sub(r"\s+", " ", card)
        assert NUMBER not in shown
        assert card.count('type="checkbox"') == 1


def test_a_campaign_leads_to_its_page(door: Door) -> None:
    officer = factories.person()
    sent = asked.sent(asked.case_of(by=officer), officer)
    campaign = joined(None, flag_of(sent), newer())
    coming_back.tell(now=SWEPT)
    assert reverse("admin:patrol_campaign_change", args=[campaign.pk]) in door(officer).get(pages(sent)[1]).content.decode()


def test_the_next_round_is_begun_and_something_else_said_by_form(door: Door) -> None:
    officer = factories.person()
    sent = brought_back(officer, 2)
    client = door(officer)
    one, other = waits(sent)
    told = {"come_back": [one], "reason": "Iklan kos"}
    client.post(reverse("admin:patrol_referral_not_again", args=[sent.pk]), told)
    assert waits(sent) == [other]
    answer = client.post(reverse("admin:patrol_referral_begin_again", args=[sent.pk]), {"come_back": [other]}, follow=True)
    made = models.Referral.objects.get(before=sent)
    assert (answer.status_code, made.number in answer.content.decode(), waits(sent)) == (200, True, [])


def test_who_may_not_write_sees_it_without_its_acts(door: Door) -> None:
    officer = factories.person()
    sent = brought_back(officer)
    models.Case.objects.filter(pk=sent.case_id).update(office=factories.office("bp3mi-ntb"))
    analyst = factories.person("analyst")
    assert door(officer).get(pages(sent)[1]).status_code == 404
    assert 'name="come_back"' in door(analyst).get(pages(sent)[1]).content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_costs_the_same_however_many_came_back(rows: int, door: Door, django_assert_num_queries: Any) -> None:
    officer = factories.person()
    sent = brought_back(officer, rows)
    client = door(officer)
    with django_assert_num_queries(16):
        assert client.get(pages(sent)[1]).status_code == 200
    assert sent.come_backs.count() == rows


def test_long_lists_of_a_case_are_cut_with_a_link_to_the_rest(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = factories.person()
    case = asked.case_of(3, by=officer)
    for _ in range(3):
        asked.draft(case, officer)
    client, address = door(officer), reverse("admin:patrol_case_change", args=[case.pk])
    assert client.get(address).context["rest"] == {}
    for name in ("flags", "timeline", "referrals"):
        monkeypatch.setitem(officer_cases.MOST, name, 2)
    shown = client.get(address).context
    assert shown["rest"] == {name: f"{address}?whole={name}#{name}" for name in ("flags", "timeline", "referrals")}
    assert (len(shown["flags"]), len(shown["events"]), len(shown["referrals"])) == (2, 2, 2)
    assert (shown["flags_count"], shown["referrals_count"]) == (3, 3)
    whole = client.get(address, {"whole": "timeline"}).context
    assert (len(whole["events"]), len(whole["flags"]), sorted(whole["rest"])) == (4, 2, ["flags", "referrals"])
