"""The workbench's pages of exports for peers: what would go stands masked, a second person approves, the file is taken."""

from __future__ import annotations

from typing import Any

import pytest
import stix2
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from patrol import models
from patrol.campaigns import judging
from patrol.cases.peers import requests
from patrol.models import Role
from tests import factories
from tests.campaigns import test_judging as ringed
from tests.cases import carded, objected
from tests.cases.peers import asked
from tests.cases.peers.test_choosing import stands
from tests.markup import only, read, value_of

pytestmark = pytest.mark.django_db
ASKED = {"peer": "Kementerian Contoh", "purpose": "block", "sharing": "amber"}


@pytest.fixture(autouse=True)
def _site(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SITE_URL = "https://patroli.example"
    monkeypatch.setattr("django.utils.timezone.now", lambda: carded.LATER)


def door(person: models.Person) -> Client:
    client = Client()
    client.force_login(person)
    client.cookies["django_language"] = "en"
    return client


def address(name: str, *parts: Any) -> str:
    return reverse(f"admin:patrol_peerexport_{name}", args=parts)


def page(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def body(client: Client, path: str) -> str:
    return read(page(client, path).select_one(".wb"))


def test_indicators_are_asked_for_on_the_page_of_a_case_and_taken_once_another_person_approved() -> None:
    officer, second = factories.person(Role.OFFICER), objected.supervisor()
    case, flag = carded.case(by=officer)
    stands(flag, "bank_account", "BCA 1234567890")
    stands(flag, "phone", "+6281255550111", "mentioned")
    own, other = door(officer), door(second)
    link = value_of(only(page(own, reverse("admin:patrol_case_change", args=[case.pk])), "#referrals a.btn[href*=peerexport]"), "href")
    shown = page(own, link)
    text = read(shown.select_one(".wb"))
    assert "mentioned, it stands in no offer 1" in text
    assert ("1234567890" in str(shown), "BCA" in text) == (False, True)
    seen = value_of(only(shown, "input[name=seen]"), "value")
    assert (
        "Nothing was asked for: choose the purpose." in own.post(link, ASKED | {"seen": seen, "purpose": ""}, follow=True).content.decode()
    )
    assert models.PeerExport.objects.count() == 0
    made_at = own.post(link, ASKED | {"seen": seen})["Location"]
    made = models.PeerExport.objects.get()
    assert made_at == address("change", made.pk)
    assert "You asked for it: another person approves or refuses." in body(own, made_at)
    assert body(own, link).count(made.number) == 1  # what was asked for before
    theirs = page(other, made_at)
    assert value_of(only(theirs, "input[name=seen]"), "value") == seen
    assert "1234567890" not in str(theirs)
    assert other.post(address("approve", made.pk), {"seen": seen}).status_code == 302
    taken = own.post(address("take", made.pk), {"written_as": "stix"})
    assert (taken["Content-Disposition"], taken["Content-Type"]) == (
        *('attachment; filename="sipatrol-MTR-26-0001.stix.json"', "application/stix+json;version=2.1"),
    )
    assert sum(one.type == "indicator" for one in stix2.parse(taken.content.decode(), allow_custom=False).objects) == len(made.indicators)
    own.post(address("take", made.pk), {"written_as": "misp"})
    rows = models.AuditEntry.objects.filter(verb="contact.shown", target_type="peerexport").values_list("after__format", flat=True)
    assert list(rows.order_by("seq")) == ["stix", "misp"]


def test_what_went_and_was_judged_wrong_is_said_and_taken_back_on_the_page_of_its_request() -> None:
    officer = factories.person(Role.OFFICER)
    case, flag = carded.case(by=officer)
    known = stands(flag, "bank_account", "BCA 1234567890")
    made = asked.approved(case, officer)
    own, at, back = door(officer), address("change", made.pk), address("changelist") + "?show=back"
    for written_as in ("stix", "misp"):
        own.post(address("take", made.pk), {"written_as": written_as})
    assert ("judged wrong" in body(own, at), made.number in body(own, back)) == (False, False)
    told: dict[str, Any] = {"proposed_by": officer, "proposed_at": carded.LATER, "approved_by": objected.supervisor()}
    told |= {"known_as": "agency", "reason": "Contoh.", "expires_on": carded.LATER.date(), "approved_at": carded.LATER}
    models.Trusted.objects.create(indicator=known, **told)
    shown = page(own, at)
    text = read(shown.select_one(".wb"))
    assert "1 indicator that went was judged wrong since" in text
    assert ("known to be good" in text, "For Kementerian Contoh" in text, "1234567890" in str(shown)) == (True, True, False)
    assert made.number in body(own, back)
    form = {"what": "back", "written_as": "stix"}
    taken = own.post(address("take", made.pk), form)
    assert taken["Content-Disposition"] == 'attachment; filename="sipatrol-MTR-26-0001.revoked.stix.json"'
    assert [one.revoked for one in stix2.parse(taken.content.decode(), allow_custom=False).objects if one.type == "indicator"] == [True]
    text = body(own, at)
    assert ("Take back by STIX 2.1" in text, "Take back by MISP (1)" in text, "taken back" in text) == (False, True, True)
    again = own.post(address("take", made.pk), form, follow=True).content.decode()
    assert "No file was written: nothing that went in this format is left to be taken back." in again
    own.post(address("take", made.pk), form | {"written_as": "misp"})
    assert made.number not in body(own, back)
    assert "in a file that takes back" in body(own, at)


def test_the_page_of_a_campaign_leads_the_directorate_there_and_says_why_nothing_goes() -> None:
    analyst = factories.person(Role.ANALYST, "directorate")
    campaign = ringed.ring()
    link = address("of_campaign", campaign.pk)
    own = door(analyst)
    assert value_of(only(page(own, reverse("admin:patrol_campaign_change", args=[campaign.pk])), "a.btn[href*=peerexport]"), "href") == link
    assert "no person has confirmed this campaign" in body(own, link)
    judging.confirm(campaign_id=campaign.pk, seen_version=campaign.version, by=analyst, now=factories.NOW)
    text = body(own, link)
    assert "There is nothing to ask for" in text
    # A post may be confirmed and yet hang on a proposed tie alone; of a case no tie is asked for.
    undecided = "in no post that a person confirmed, as it was when it was decided"
    assert f"{undecided}, and that hangs on a confirmed tie" in text
    case = models.Case.objects.create(
        number="PKR-26-0099", title="x", office=analyst.office, opened_by=analyst, opened_at=factories.NOW, responsible=analyst
    )
    flag = models.Flag.objects.filter(post__linked__campaign=campaign).earliest("id")
    models.CaseFlag.objects.create(case=case, flag=flag, added_by=analyst, added_at=factories.NOW)
    text = body(own, address("of_case", case.pk))
    assert (undecided in text, "confirmed tie" in text) == (True, False)
    assert door(factories.person(Role.OFFICER)).get(link).status_code == 404
    (other,) = {"0812-9999-0002"}
    merged = ringed.ring(3, other)
    campaign.refresh_from_db()
    judging.merge(campaign_id=campaign.pk, other_id=merged.pk, note="", seen_version=campaign.version, by=analyst, now=factories.NOW)
    gone = models.Campaign.objects.exclude(merged_into=None).get()
    assert f"it was merged into {gone.merged_into}" in body(own, address("of_campaign", gone.pk))


def test_a_case_of_another_office_and_its_export_are_not_there() -> None:
    officer = factories.person(Role.OFFICER)
    case, _flag = carded.case(by=officer)
    made = asked.approved(case, officer)
    elsewhere = door(factories.person(Role.SUPERVISOR, "bp3mi-ntb"))
    for path in (address("of_case", case.pk), address("change", made.pk)):
        assert elsewhere.get(path).status_code == 404
    assert elsewhere.post(address("take", made.pk), {"written_as": "stix"}).status_code == 404
    assert made.number not in body(elsewhere, address("changelist") + "?show=all")
    assert not models.AuditEntry.objects.filter(verb="contact.shown").exists()


def test_a_request_says_what_became_of_it() -> None:
    officer, second = factories.person(Role.OFFICER), objected.supervisor()
    case, flag = carded.case(by=officer)
    gone = stands(flag, "email", "hrd@contoh.example")
    one, two, three = (asked.ask(case, officer, purpose=purpose) for purpose in ("block", "funds", "matching"))
    own, other = door(officer), door(second)
    refused = other.post(address("refuse", one.pk), {"note": "Terlalu luas."}, follow=True)
    assert f"{one.number} was refused: no file is taken by it any more. Who asked was told." in refused.content.decode()
    assert "Why it was refused Terlalu luas." in body(own, address("change", one.pk))
    assert "withdrawn" in own.post(address("withdraw", two.pk), follow=True).content.decode()
    assert "was answered already, or ran out" in other.post(address("approve", two.pk), {"seen": "x"}, follow=True).content.decode()
    models.Sighting.objects.filter(indicator=gone).delete()
    assert "1 indicator that was asked for may not go any more." in body(own, address("change", three.pk))
    waits, whole = body(other, address("changelist") + "?show=mine"), body(other, address("changelist") + "?show=all")
    assert [one.number in waits for one in (one, two, three)] == [False, False, True]
    assert [word in whole for word in ("refused", "withdrawn", "waits for a second person")] == [True] * 3


@pytest.mark.parametrize("many", [1, 30])
def test_pages_ask_as_much_for_one_row_as_for_thirty(many: int, django_assert_num_queries: Any) -> None:
    officer = factories.person(Role.OFFICER)
    case, flag = carded.case(by=officer)
    for n in range(many):
        stands(flag, "email", f"hrd{n}@contoh.example")
        made = asked.ask(case, officer, peer=f"Badan Contoh {'abcdefghijklmnopqrstuvwxyzABCD'[n]}")
    client = door(officer)
    with django_assert_num_queries(6):
        assert client.get(address("changelist")).content.decode().count("MTR-26-") == many
    with django_assert_num_queries(27):
        client.get(address("of_case", case.pk))
    with django_assert_num_queries(13):
        client.get(address("change", made.pk))
    assert requests.waiting(carded.LATER).count() == many


def test_a_package_with_originals_is_asked_for_approved_and_taken() -> None:
    officer = factories.person(Role.OFFICER, "bp3mi-jabar")
    case, _flag = carded.case(by=officer)
    own, second = door(officer), door(objected.supervisor())
    to = reverse("admin:patrol_peerexport_of_case", args=[case.pk])
    form = only(BeautifulSoup(own.get(to).content, "html.parser"), "#whole form")
    told = {"kind": "package", "seen": value_of(only(form, "input[name=seen]"), "value"), "peer": "Kepolisian Contoh"}
    own.post(to, told | {"purpose": "investigation", "seen": "0"})
    assert not models.PeerExport.objects.exists()
    own.post(to, told | {"purpose": "investigation"})
    made = models.PeerExport.objects.get()
    here, approve, take = (reverse(f"admin:patrol_peerexport_{name}", args=[made.pk]) for name in ("change", "approve", "take"))
    assert own.post(take)["Location"] == here
    seen = value_of(only(BeautifulSoup(second.get(here).content, "html.parser"), "input[name=seen]"), "value")
    asks = "another person approves or refuses"
    assert asks in own.get(here).content.decode()
    second.post(approve, {"seen": seen})
    assert asks not in own.get(here).content.decode()  # it was approved, and may still be taken back
    assert "package" in read(
        only(BeautifulSoup(own.get(reverse("admin:patrol_peerexport_changelist") + "?show=all").content, "html.parser"), "tbody")
    )
    assert own.post(take)["Location"] == f"{here}?unsealed=anchor_never"
    assert not models.Minutes.objects.exists()
    form = only(BeautifulSoup(own.get(f"{here}?unsealed=anchor_never").content, "html.parser"), f"form[action='{take}']")
    assert only(form, "[name=unsealed]")["value"] == "anchor_never"
    assert read(only(form, "button")) in {"Make it without a new seal", "Buat tanpa segel baru"}
    answer = own.post(take, {"unsealed": "anchor_never"})
    assert (answer.status_code, answer["Content-Disposition"]) == (200, f'attachment; filename="{case.number}-lengkap.zip"')
    assert models.Minutes.objects.get().content["rests_on"][1] == f"Permintaan {made.number} untuk Kepolisian Contoh"
