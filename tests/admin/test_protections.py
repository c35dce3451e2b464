"""The pages of people harmed: what they show, to whom, what a look at a contact costs, and what stays hidden elsewhere."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from patrol import models, triage
from patrol.admin.officer import protections
from patrol.models import Role
from patrol.pipeline import assessing
from patrol.triage import protecting
from tests import factories
from tests.markup import only, read, tight
from tests.triage.acts import decide

pytestmark = pytest.mark.django_db
PHONE, MASKED, NAME = "+6284055500777", "+62 840-••••77", "korban_contoh"


def browser(person: models.Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def harmed(by: models.Person, *, note: str = "Minta dipulangkan.") -> models.Protection:
    """A post with a number and an account of its own, marked as somebody harmed."""
    factories.offices()
    watch = factories.watch(by.office.code)
    text = factories.ILLEGAL.format(phone="0840 5550 0777")
    [post] = factories.stored([factories.raw_post(text, author=NAME, author_name="Ibu Korban Contoh")], of=watch)
    assessing.read_due(now=factories.NOW, limit=10)
    decide(post.flag, by, "victim", "asks", note=note)
    return models.Protection.objects.get(flag=post.flag)


def address(protection: models.Protection, name: str = "change") -> str:
    return reverse(f"admin:patrol_protection_{name}", args=[protection.pk])


def act(client: Client, protection: models.Protection, verb: str, **sent: Any) -> Any:
    protection.refresh_from_db()
    return client.post(address(protection, verb), {"seen_version": protection.version, "note": "Keluarga di Cianjur.", **sent})


def main(answer: Any) -> str:
    return str(answer.content.decode().split('<div class="wb">', 1)[1])


def test_the_page_tells_who_marked_whom_and_keeps_contacts_masked() -> None:
    officer = factories.person(name="Penanda Pertama")
    text = main(browser(factories.person()).get(address(harmed(officer))))
    for told in ("Penanda Pertama", "BP3MI Jawa Barat", "Minta dipulangkan.", "Dibutuhkan", MASKED):
        assert told in text
    for hidden in (PHONE, "0840 5550", NAME, "Ibu Korban"):
        assert hidden not in text


def test_contacts_are_shown_for_a_purpose_once_and_the_look_stands_in_the_timeline() -> None:
    protection = harmed(factories.person())
    client = browser(factories.person(name="Pelihat Nomor"))
    refused = client.post(address(protection, "show"), {"need": "curiosity"})
    assert refused["Location"] == address(protection)
    assert not protection.flag.protection_events.filter(kind="contacts_shown").exists()
    answer = client.post(address(protection, "show"), {"need": "reach"})
    shown = main(answer)
    assert (NAME in shown, "no-store" in answer["Cache-Control"]) == (True, True)
    # the number of what reads as an offer is the advertiser's: it is not given for reaching the person, in the text neither
    assert (PHONE in shown, "0840 5550" in shown, MASKED in shown) == (False, False, True)
    after = main(client.get(address(protection)))
    assert (NAME in after, "Pelihat Nomor" in after) == (False, True)


@pytest.mark.parametrize(
    ("roles", "posts", "offer", "leads"),
    [
        (["author"], 9, True, True),
        (["author", "contact"], 0, False, True),
        (["contact"], 0, False, True),
        (["contact"], 1, False, False),
        (["contact"], 0, True, False),
        (["mentioned"], 0, False, False),
        (["profile"], 0, False, False),
        ([], 0, False, False),
    ],
)
def test_to_the_person_leads_who_wrote_and_what_only_a_post_without_an_offer_gives(
    roles: list[str], posts: int, offer: bool, leads: bool
) -> None:
    assert protections.leads_to_them(roles, posts, offer=offer) == leads


def test_the_whole_way_through_the_pages() -> None:
    officer = factories.person()
    protection, client = harmed(officer), browser(officer)
    assert act(client, protection, "contacted").url == address(protection)
    act(client, protection, "note", note="Paspor ditahan majikan.")
    act(client, protection, "hand_to_desk", desk="mission", handed_to="KJRI Contoh")
    text = main(client.get(address(protection)))
    for told in ("KJRI Contoh", "Paspor ditahan majikan.", "Keluarga di Cianjur."):
        assert told in text
    act(client, protection, "close", ending="returned", note="Sudah di rumah.")
    act(client, protection, "reopen", note="Keluarga menelepon lagi.")
    protection.refresh_from_db()
    assert (protection.state, protection.version) == ("new", 5)
    assert list(protection.flag.protection_events.values_list("kind", flat=True)) == [
        "marked",
        "contacted",
        "note",
        "handed_over",
        "closed",
        "reopened",
    ]


@pytest.mark.parametrize(
    ("verb", "sent", "beside"),
    [
        ("contacted", {"note": " "}, "note"),
        ("hand_to_desk", {"desk": "mission", "handed_to": ""}, "handed_to"),
        ("hand_to_desk", {"desk": "x"}, "desk"),
        ("close", {"ending": ""}, "ending"),
        ("close", {"ending": "helped", "note": ""}, "note"),
        ("close", {"ending": "helped", "note": "a\0b"}, "note"),
        ("move_to_office", {"office": ""}, "office"),
        ("note", {"note": ""}, "note"),
        ("show", {"need": "curiosity"}, "need"),
        ("contacted", {"seen_version": "99"}, ""),
        ("contacted", {"seen_version": ""}, ""),
        ("reopen", {}, ""),
    ],
)
def test_what_is_missing_or_late_changes_nothing_and_is_said(verb: str, sent: Any, beside: str) -> None:
    officer = factories.person()
    protection, client = harmed(officer), browser(officer)
    answer = act(client, protection, verb, **sent)
    assert answer.url == address(protection)
    (message,) = get_messages(answer.wsgi_request)
    assert message.extra_tags == (f"{address(protection, verb)} {beside}" if beside else "")
    assert 'role="alert"' in client.get(answer.url).content.decode()
    protection.refresh_from_db()
    assert (protection.state, protection.version, protection.flag.protection_events.count()) == ("new", 1, 1)


def test_handed_to_another_office_it_is_gone_from_here_and_told_there() -> None:
    officer, theirs = factories.person(), factories.person(code="bp3mi-ntb")
    protection, client = harmed(officer), browser(officer)
    answer = act(client, protection, "move_to_office", office=theirs.office_id)
    assert answer.url == reverse("admin:patrol_protection_changelist")
    assert client.get(address(protection)).status_code == 404
    notice = models.Notice.objects.get()
    there = browser(theirs)
    assert protection.flag.number in main(there.get(reverse("admin:patrol_notice_changelist")))
    opened = there.post(reverse("admin:patrol_notice_open", args=[notice.pk]))
    assert there.get(opened["Location"])["Location"] == address(protection)
    assert there.get(address(protection)).status_code == 200


def test_not_a_victim_takes_the_mark_back() -> None:
    officer = factories.person()
    protection, client = harmed(officer), browser(officer)
    decision = protection.flag.decisions.get()
    assert reverse("admin:patrol_flag_reverse", args=[decision.pk]) in main(client.get(address(protection)))
    client.post(reverse("admin:patrol_flag_reverse", args=[decision.pk]), {"note": "Ternyata calo."})
    assert client.get(address(protection)).status_code == 404
    assert models.Flag.objects.get(pk=decision.flag_id).state == "waiting"


def everywhere(person: models.Person, flag: models.Flag) -> str:
    """Pages where the flag, its post or its office may be seen, and the page of its number."""
    phone = models.Indicator.objects.get(kind="phone", value=PHONE)
    client = browser(person)
    pages = [
        reverse("admin:patrol_flag_changelist"),
        reverse("admin:patrol_flag_change", args=[flag.pk]),
        reverse("admin:patrol_post_changelist"),
        reverse("admin:patrol_indicator_change", args=[phone.pk]),
        reverse("admin:patrol_protection_changelist"),
        reverse("admin:patrol_protection_changelist") + "?state=all",
        reverse("admin:reports_weeklysummary_changelist"),
    ]
    return "\n".join(main(client.get(page)) for page in pages)


def test_the_page_of_the_flag_says_it_was_marked_and_leads_to_the_protection_of_whom_it_is() -> None:
    officer = factories.person()
    protection = harmed(officer)
    flag = reverse("admin:patrol_flag_change", args=[protection.flag_id])

    def told(client: Client) -> tuple[str, list[tuple[object, str]]]:
        shown = BeautifulSoup(client.get(flag).content, "html.parser")
        ways = shown.select(".dbar a.btn[href*='/protection/']")
        state = only(shown, ".gisthead .gist > .badge ~ .badge")
        return " ".join(read(state).split()[1:]), [(way["href"], " ".join(read(way).split()[1:])) for way in ways]

    to = address(protection)
    own, other = browser(officer), browser(factories.person(code="bp3mi-ntb"))
    assert told(own) == ("Korban, untuk pelindungan", [(to, "Ke pelindungan: Belum dihubungi")])
    assert told(other) == ("diabaikan", [])
    act(own, protection, "contacted")
    assert told(own) == ("Korban, untuk pelindungan", [(to, "Ke pelindungan: Sudah dihubungi")])
    act(own, protection, "move_to_office", office=models.Office.objects.get(code="bp3mi-ntb").pk)
    assert told(own) == ("diabaikan", [])


def test_a_mark_taken_back_after_somebody_acted_leaves_the_way_and_the_state_of_the_flag() -> None:
    officer = factories.person()
    protection = harmed(officer)
    client = browser(officer)
    act(client, protection, "contacted")
    marked = models.Decision.objects.get()
    triage.reverse(decision_id=marked.pk, reason_note="Bukan korban.", decision_key=uuid.uuid4(), by=officer, now=timezone.now())
    shown = BeautifulSoup(client.get(reverse("admin:patrol_flag_change", args=[protection.flag_id])).content, "html.parser")
    assert [way["href"] for way in shown.select(".dbar a.btn[href*='/protection/']")] == [address(protection)]
    assert shown.select(".gisthead .gist > .badge ~ .badge") == []  # it waits


def test_to_another_office_a_victim_is_a_dismissed_flag_like_any_other() -> None:
    """The pages of a stranger differ by nothing between a victim and a post that was dismissed for a common reason."""
    stranger = factories.person(code="bp3mi-ntb")
    officer = factories.person(name="Penanda Pertama")
    protection = harmed(officer)
    text = everywhere(stranger, protection.flag)
    assert "Diabaikan" in text
    told = ("Korban, untuk pelindungan", "Meminta tolong untuk diri sendiri", "Penanda Pertama", "Minta dipulangkan.")
    address_of_it = address(protection)
    assert [one for one in (*told, address_of_it) if one in text] == []
    mine = everywhere(officer, protection.flag)
    assert [one for one in (*told, address_of_it) if one not in mine] == []


def test_no_weekly_figure_and_no_campaign_names_a_victim() -> None:
    officer = factories.person()
    flag = harmed(officer).flag
    campaign = models.Campaign.objects.create(number="JRG-26-9001", made_at=factories.NOW, grown_at=factories.NOW, posts_count=1)
    models.LinkedPost.objects.update_or_create(
        post=flag.post, defaults={"campaign": campaign, "joined_at": factories.NOW, "follows": False, "linked_at": factories.NOW}
    )
    client = browser(officer)
    pages = (
        reverse("admin:patrol_campaign_change", args=[campaign.pk]),
        reverse("admin:reports_weeklysummary_week", args=[officer.office.code, "2026-W48"]),
    )
    for page in pages:
        text = main(client.get(page))
        for told in ("korban_contoh", "Ibu Korban", "0840 5550", PHONE, "Korban, untuk"):
            assert told not in text


def counters(person: models.Person) -> object:
    """On the tab, and counted in with the cases, of which there are none here."""
    context = browser(person).get(reverse("admin:patrol_protection_changelist")).context
    items = {str(item["title"]): item for group in context["sidebar_navigation"] for item in group["items"]}
    of = {str(tab["title"]): tab["count"] for tab in items["Perkara"]["tabs"]}
    assert items["Perkara"]["count"] == sum(count or 0 for count in of.values())  # what waits for nobody has none
    return of["Pelindungan"]


def test_the_counter_is_what_waits_here_and_opens_its_list() -> None:
    officer, analyst, stranger = factories.person(), factories.person(Role.ANALYST), factories.person(code="bp3mi-ntb")
    first = harmed(officer)
    assert [counters(one) for one in (officer, analyst, stranger)] == [1, 1, 0]
    start = main(browser(officer).get(reverse("admin:index")))
    assert reverse("admin:patrol_protection_changelist") + "?state=new" in start
    protecting.contacted(protection_id=first.pk, note="Ya.", seen_version=1, by=officer, now=factories.NOW)
    assert [counters(one) for one in (officer, analyst, stranger)] == [0, 0, 0]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_and_the_page_cost_the_same(rows: int, django_assert_num_queries: Any) -> None:
    officer = factories.person()
    watch = factories.watch()
    for flag in factories.flags(rows, of=watch):
        decide(flag, officer, "victim", "asks")
    protection = models.Protection.objects.earliest("pk")
    for n in range(rows):
        protecting.note(protection_id=protection.pk, text=f"Catatan {n}.", by=officer, now=factories.NOW)
    client = browser(officer)
    with django_assert_num_queries(7):
        listed = client.get(reverse("admin:patrol_protection_changelist"))
    assert tight(main(listed)).count("<tr><td><a") == rows
    with django_assert_num_queries(13):
        assert client.get(address(protection)).status_code == 200
