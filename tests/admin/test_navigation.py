"""The side bar: at most nine entries a role, and nothing a person may open lies further than two clicks away."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import get_resolver, reverse

from patrol import models, watches
from patrol.models import Role
from patrol.watches import proposing
from tests import factories
from tests.admin.conftest import Door
from tests.admin.test_access_walk import addresses
from tests.register import by_hand

TRIAGE = ["Start", "Triage", "Cases", "Posts", "Campaigns", "Indicators", "Watches", "Weekly summary", "Office settings"]
MENUS: dict[tuple[str, str], list[str]] = {
    (Role.OFFICER, "bp3mi-jabar"): TRIAGE,
    (Role.SUPERVISOR, "bp3mi-jabar"): TRIAGE,
    (Role.OFFICER, "directorate"): TRIAGE,
    (Role.SUPERVISOR, "directorate"): TRIAGE,
    (Role.ANALYST, "directorate"): TRIAGE,
    (Role.REGISTRAR, "directorate"): ["Start", "SIP register", "Office settings"],
    (Role.ADMINISTRATOR, "directorate"): ["Start", "People", "Offices", "Audit log", "Watches", "Weekly summary", "Office settings"],
    (Role.DATA_PROTECTION_OFFICER, "directorate"): [
        "Start",
        "People",
        "Offices",
        "Audit log",
        "Reading log",
        "Requests of subjects",
        "SIP register",
        "Office settings",
    ],
}
LISTS = sorted(name for name in addresses(get_resolver()) if name.endswith("_changelist"))
ALSO = ["admin:index", "admin:patrol_owncare_office", "admin:password_change"]


def titles(page: Any) -> list[str]:
    return [str(item["title"]) for group in page.context["sidebar_navigation"] for item in group["items"]]


def links(client: Any, address: str) -> set[str]:
    """Where the page leads, without what stands after a question mark."""
    html = BeautifulSoup(client.get(address).content, "html.parser")
    return {str(one["href"]).partition("?")[0] for one in html.select("a[href]")}


@pytest.mark.parametrize(("role", "office"), MENUS)
def test_the_menu_of_a_role_and_that_all_it_may_open_is_two_clicks_away(role: str, office: str, door: Door) -> None:
    client = door(factories.person(role, office))
    client.cookies["django_language"] = "en"
    home = client.get(reverse("admin:index"))
    assert titles(home) == MENUS[role, office]
    assert len(titles(home)) <= 9

    menu = {item["link"] for group in home.context["sidebar_navigation"] for item in group["items"]}
    menu.add(reverse("admin:patrol_owncare_changelist"))  # beside one's name, on every page
    reached = menu.union(*(links(client, address) for address in menu))
    assert {reverse("admin:index"), reverse("admin:patrol_office_changelist"), reverse("admin:password_change")} < reached
    further = {reverse(name) for name in (*LISTS, *ALSO)} - reached
    assert [address for address in sorted(further) if client.get(address).status_code != 404] == []


@pytest.mark.parametrize(
    ("role", "told"),
    [
        (Role.OFFICER, "Language, password, second factor, logins, keys, how pictures look at first, breaks."),
        (Role.ANALYST, "Language, password, second factor, logins, keys, how pictures look at first, breaks."),
        (Role.ADMINISTRATOR, "Language, password, second factor, logins."),
        (Role.DATA_PROTECTION_OFFICER, "Language, password, second factor, logins."),
        (Role.REGISTRAR, "Language, password, second factor, logins."),
    ],
)
def test_of_ones_own_settings_is_told_what_one_has(role: Role, told: str, door: Door) -> None:
    client = door(role)
    client.cookies["django_language"] = "en"
    page = BeautifulSoup(client.get(reverse("admin:patrol_owncare_settings")).content, "html.parser")
    rows = dict(zip((one["href"] for one in page.select("main li a")), page.select("main li small.l2"), strict=True))
    assert rows[reverse("admin:patrol_owncare_changelist")].get_text() == told


@pytest.mark.parametrize(
    ("role", "told"),
    [(Role.OFFICER, "Browsers that may send posts, and how one more is paired."), (Role.ADMINISTRATOR, "Browsers that may send posts.")],
)
def test_of_browsers_is_told_what_one_may_do_there(role: Role, told: str, door: Door) -> None:
    client = door(role)
    client.cookies["django_language"] = "en"
    page = BeautifulSoup(client.get(reverse("admin:patrol_owncare_settings")).content, "html.parser")
    row = page.select_one(f'main li:has(a[href="{reverse("admin:patrol_device_changelist")}"]) small.l2')
    assert row is not None
    assert row.get_text() == told
    paired = client.get(reverse("admin:patrol_device_changelist")).content.decode()
    assert ("Pair a browser" in paired) == (role == Role.OFFICER)


def test_the_lists_that_are_looked_for_are_all_there_are() -> None:
    assert len(LISTS) == len(set(LISTS)) == 48


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("patrol_referral_changelist", "Cases"),
        ("patrol_bulk_changelist", "Triage"),
        ("patrol_intake_upload", "Posts"),
        ("patrol_dispatch_changelist", "Office settings"),
        ("patrol_licence_changelist", "Office settings"),
        ("reports_weeklysummary_mails", "Weekly summary"),
    ],
)
def test_a_page_marks_the_entry_it_belongs_to(name: str, entry: str, door: Door) -> None:
    client = door()
    client.cookies["django_language"] = "en"
    page = client.get(reverse(f"admin:{name}"))
    assert marked(page) == [entry]


def marked(page: Any) -> list[str]:
    return [str(item["title"]) for group in page.context["sidebar_navigation"] for item in group["items"] if item["active"]]


@pytest.mark.parametrize(
    ("name", "current"),
    [
        ("patrol_case_changelist", [("Cases", "page")]),
        ("patrol_bulk_changelist", [("Triage", "true")]),
        ("patrol_notice_changelist", [("Notices", "page")]),
        ("patrol_owncare_changelist", [("My settings", "page")]),
        ("patrol_owncare_settings", [("Office settings", "page")]),
    ],
)
def test_only_the_page_one_is_on_is_told_as_that(name: str, current: list[tuple[str, str]], door: Door) -> None:
    client = door()
    client.cookies["django_language"] = "en"
    html = BeautifulSoup(client.get(reverse(f"admin:{name}")).content, "html.parser")
    told = [
        (str(one.get("title") or one.get_text(strip=True)), str(one["aria-current"]))
        for one in html.select(".side a[aria-current], .bell[aria-current]")
    ]
    assert told == current


def test_what_a_registrar_has_below_an_entry_is_not_marked_among_the_settings_too(door: Door) -> None:
    client = door(Role.REGISTRAR)
    client.cookies["django_language"] = "en"
    for name in ("patrol_manualchange_changelist", "patrol_licence_changelist"):
        assert marked(client.get(reverse(f"admin:{name}"))) == ["SIP register"]


def test_what_is_set_of_the_summaries_is_marked_below_them_alone(door: Door) -> None:
    client = door(Role.SUPERVISOR)
    client.cookies["django_language"] = "en"
    assert marked(client.get(reverse("admin:reports_weeklysummary_heads"))) == ["Weekly summary"]


def test_tabs_stand_on_their_lists_and_not_on_what_is_opened_from_them(door: Door) -> None:
    client = door()
    client.cookies["django_language"] = "en"

    def tabs(name: str) -> list[tuple[str, bool]]:
        html = BeautifulSoup(client.get(reverse(f"admin:{name}")).content, "html.parser")
        return [(one.get_text(strip=True), one.has_attr("aria-current")) for one in html.select("nav.tabs a")]

    posts = ["Posts", "My captures", "Imports of posts"]
    assert tabs("patrol_intake_changelist") == [(title, title == "My captures") for title in posts]
    assert tabs("patrol_intake_upload") == []
    assert [title for title, _on in tabs("patrol_watch_changelist")] == ["Watches", "Proposals"]
    assert [title for title, _on in tabs("patrol_flag_changelist")] == ["Triage", "My decisions", "Bulk decisions", "Quality"]


@pytest.mark.parametrize(
    ("kept", "name", "key"), [(models.SavedFilter, "patrol_flag_changelist", "watch"), (models.CaseFilter, "patrol_case_changelist", "q")]
)
def test_filters_kept_stand_below_the_nine_three_of_them_in_sight(kept: Any, name: str, key: str, door: Door) -> None:
    person = factories.person()
    kept.objects.bulk_create(kept(person=person, name=f"Saringan {n}", query={key: f"10{n}"}, made_at=factories.NOW) for n in range(5))
    client = door(person)
    client.cookies["django_language"] = "en"

    def menu(query: str) -> tuple[list[str], list[str], str, bool]:
        side = BeautifulSoup(client.get(f"{reverse(f'admin:{name}')}{query}").content, "html.parser").select("nav.side")[0]
        [folded] = side.select("details")
        inside = [str(one["title"]) for one in folded.select("a.nava")]
        outside = [str(one["title"]) for one in side.select("a.nava") if one["title"] not in inside]
        return outside, inside, " ".join(folded.select("summary .navl")[0].stripped_strings), folded.has_attr("open")

    first, further = [f"Saringan {n}" for n in range(3)], ["Saringan 3", "Saringan 4"]
    assert menu("") == (TRIAGE[:3] + first + TRIAGE[3:], further, "2 more filters", False)
    assert menu(f"?{key}=101")[3] is False
    assert menu(f"?{key}=104")[3] is True
    kept.objects.filter(person=person, name__in=further).delete()
    page = client.get(reverse(f"admin:{name}"))
    assert BeautifulSoup(page.content, "html.parser").select("nav.side details") == []


def test_who_decides_proposals_and_changes_by_hand_sees_how_many_wait(door: Door) -> None:
    officer, registrar = factories.person(), factories.person(Role.REGISTRAR)
    wanted = watches.Wanted(name="Contoh", query="saluran_contoh", office_id=officer.office_id, every_seconds=900)
    proposing.propose(platform="telegram", kind="", wanted=wanted, why="Tiga aduan.", by=officer, now=factories.NOW)
    by_hand.take()
    by_hand.proposed(by=registrar)
    settings, proposals = reverse("admin:patrol_owncare_settings"), reverse("admin:patrol_watchproposal_changelist")

    def seen(who: Any) -> tuple[dict[str, int], list[str], list[str]]:
        client = door(who)
        client.cookies["django_language"] = "en"
        page = client.get(settings)
        menu = {
            str(item["title"]): item["count"] for group in page.context["sidebar_navigation"] for item in group["items"] if item["count"]
        }
        rows = [str(one.string) for one in BeautifulSoup(page.content, "html.parser").select(".places li:has(.cnt) a")]
        tabs = BeautifulSoup(client.get(proposals).content, "html.parser").select("nav.tabs a")
        return menu, rows, [" ".join(one.stripped_strings) for one in tabs if one.select_one(".cnt")]

    assert seen(officer) == ({}, [], [])
    assert seen(factories.person(Role.SUPERVISOR)) == ({"Watches": 1}, [], ["Proposals 1"])
    assert seen(factories.person(Role.SUPERVISOR, "bp3mi-sulsel")) == ({}, [], [])
    assert seen(factories.person(Role.ADMINISTRATOR)) == ({"Watches": 1}, [], ["Proposals 1"])
    assert seen(factories.person(Role.SUPERVISOR, "directorate")) == ({"Office settings": 1}, ["Changes by hand"], [])
    assert seen(registrar) == ({}, [], [])
    assert seen(factories.person(Role.REGISTRAR)) == ({"SIP register": 1}, ["Changes by hand"], [])
