"""Each figure of a summary leads to exactly the rows it counted: of a week that runs, and of a frozen one however much came after."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from patrol import models
from patrol.admin.shared import words
from patrol.admin.shared.tile_layouts import PROVINCES
from patrol.models import Role
from reports import listing, rows, sheets, summary, tally, walking
from reports.figures import VERSION, Row, fingerprint
from reports.listing import Wanted
from reports.models import WeeklySummary
from reports.period import Period
from tests import factories
from tests.markup import tight
from tests.reports.test_summary import NOW, WEEK, at, busy, of

__all__ = ["busy"]
pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a href="([^"]+/angka/\?[^"]+)">([\d.]+)</a>')
# Every table of the sheet, and a row of it.
EVERY = {
    "measures",
    "days",
    "levels",
    "decisions",
    "ages",
    "flow",
    "delays",
    "verdicts",
    "kinds",
    "countries",
    "platforms",
    "places",
    "indicators",
    "cases",
    "offices",
    "verdicts_all",
    "platforms_all",
    "limits",
    "case_outcomes",
    "referrals",
    "closed",
}


@pytest.fixture
def full(busy: Any) -> Any:
    """With cases in both offices, and a week before that."""
    case = busy.case(busy.java, at(11), busy.officer)
    closed = busy.case(busy.java, at(16), busy.officer)
    busy.case(busy.lampung, at(17), busy.officer)
    for row, kind, when in ((case, "escalated", at(17)), (closed, "closed", at(19)), (closed, "reopened", at(20))):
        models.CaseEvent.objects.create(case=row, kind=kind, at=when, by=busy.officer, note="x")
    open_flag = busy.post(busy.java, at(3), level="high")
    asked = busy.referral(case, "komdigi", at(11), ("link", open_flag))
    busy.said(asked, "acted_upon", at(18))
    busy.directorate()
    return busy


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture(autouse=True)
def levels_seen(db: None) -> None:
    """A flag that waits without its level stands in no list by level. Of the longest list here, and what lies beside it."""
    factories.draw(*(False,) * 72)


def browser(patrol: Any, role: Any = Role.SUPERVISOR, office: Any = None) -> Any:
    client = Client()
    client.force_login(patrol.person(role, office or patrol.directorate()))
    return client


def links(client: Any, address: Any) -> Any:
    """[(address, the number it stands on)] of a page of the summary."""
    page = client.get(address)
    assert page.status_code == 200
    return [(html.unescape(to), int(number.replace(".", ""))) for to, number in LINK.findall(page.content.decode())]


def what(to: Any) -> Any:
    asked = parse_qs(urlsplit(to).query, keep_blank_values=True)
    return Wanted(asked["what"][0], asked["key"][0], asked["when"][0])


def live(office: Any) -> Any:
    return reverse("admin:reports_weeklysummary_week", args=[office, str(WEEK)])


@pytest.mark.parametrize("office", ["jateng", "lampung", "nasional"])
def test_every_number_of_a_live_week_leads_to_as_many_rows(full: Any, office: str) -> None:
    client = browser(full)
    found = links(client, live(office))
    assert len(found) > (90 if office != "lampung" else 15)
    for to, number in found:
        page = client.get(to)
        assert (page.status_code, page.context["counted"], page.context["seen"]) == (200, number, number), to
        assert tight(page.content.decode()).count("<tr><td><a") == min(number, 30), to
    tables = {what(to).what for to, _number in found}
    assert tables == (EVERY - {"offices"} if office == "jateng" else tables & EVERY)
    if office == "nasional":
        assert "offices" in tables


@pytest.mark.parametrize("period", ["2026-11", "2026-Q4"])
def test_every_number_of_a_month_and_a_quarter_leads_to_as_many_rows(full: Any, period: str) -> None:
    found = links(browser(full), reverse("admin:reports_weeklysummary_week", args=["jateng", period]))
    figures = summary.collect(office=full.java, period=Period.from_text(period), now=NOW)
    assert figures.balanced
    counted = {to: len(listing.items(figures, full.java, what(to))) for to, _number in found}
    assert counted == dict(found)
    assert {what(to).what for to in counted} == EVERY - {"offices"}


def test_the_list_beside_the_sheet_names_its_parts_in_their_order(full: Any) -> None:
    for office in ("jateng", "nasional"):
        text = browser(full).get(live(office)).content.decode()
        named = re.findall(r'<a href="#(rk-\w+)">', text)
        assert named == re.findall(r'<section id="(rk-\w+)">', text), office
        assert len(named) >= 10


def test_no_number_without_a_link_but_the_middles_and_the_usual(full: Any) -> None:
    """A cell of the sheet that holds a whole number above nought leads somewhere, unless it is a middle or a range."""
    text = browser(full).get(live("jateng")).content.decode()
    sheet = tight(text.split('class="rekap"', 1)[1])
    for caption in ("Kas", "Perkara", "Keputusan", "Tingkat tanda", "Umur antrean", "Platform"):
        for table in re.findall(rf"<caption>{caption}</caption>.*?</table>", sheet, re.DOTALL):
            assert re.findall(r'<td class="r(?: b)?">[+−]?[1-9][\d.]*</td>', table) == [], caption


def test_the_frozen_rows_are_those_of_the_day_however_much_came_after(full: Any) -> None:
    by = full.person(Role.SUPERVISOR, full.directorate())
    frozen = [
        summary.freeze(office_id=office, period=WEEK, by=by, now=at(21, 18)) for office in (full.java.pk, None)
    ]  # preliminary: the week still runs
    client = browser(full)
    addresses = [reverse("admin:reports_weeklysummary_edition", args=[one.pk]) for one in frozen]
    before = {
        to: [(item.kind, item.id, item.what) for item in listed(one, to)]
        for one, address in zip(frozen, addresses, strict=True)
        for to, _number in links(client, address)
    }
    assert len(before) > 150
    # later in the same week, and after it: decided, taken back, handed over, raised, opened, closed
    for decision in models.Decision.objects.filter(outcome="confirmed", reversed_by=None):
        full.take_back(decision, at(22, 12), full.officer)
    for flag in models.Flag.objects.filter(state="waiting"):
        full.hand_over(flag, full.lampung, at(22, 13))
        full.decide(flag, "dismissed", at(22, 14), full.officer)
    full.post(full.java, at(22, 15), level="high", contacts=(("phone", "+6284012345678"),), places=("33",))
    for case in models.Case.objects.all():
        models.CaseEvent.objects.create(case=case, kind="closed", at=at(23, 9), by=full.officer, note="x")
    for one, address in zip(frozen, addresses, strict=True):
        for to, number in links(client, address):
            found = [(item.kind, item.id, item.what) for item in listed(one, to)]
            assert (found, len(found)) == (before[to], number), to
    assert of(full.java).decisions != frozen[0].read().decisions


def listed(edition: Any, to: Any) -> Any:
    return listing.items(edition.read(), edition.office, what(to))


def test_rows_are_told_as_they_were_then(full: Any) -> None:
    figures = of(full.java)
    [confirmed] = listing.items(figures, full.java, Wanted("decisions", "confirmed"))
    assert (confirmed.kind, confirmed.what, confirmed.level, confirmed.at) == ("flag", "confirmed", "high", at(16, 14, 30))
    [earlier] = listing.items(figures, full.java, Wanted("decisions", "confirmed", "before"))
    assert earlier.at == at(13)
    assert [item.at for item in listing.items(figures, full.java, Wanted("measures", "flagged", "2"))] == [at(3)]
    # the last decision on one flag: it was decided twice, and stands there twice
    twice = [item.id for item in listing.items(figures, full.java, Wanted("measures", "decided"))]
    assert len(twice) - len(set(twice)) == 1


def test_the_rest_of_a_long_breakdown_is_what_has_no_row_of_its_own(full: Any) -> None:
    for number, country in enumerate(("MY", "SG", "HK", "JP", "KR", "BN", "QA", "AE", "OM", "KW", "PL")):
        for _ in range(12 - number):
            full.post(full.java, at(17, 10), countries=(country,))
    figures = of(full.java)
    for row in figures.countries:
        for when, number in (("now", row.now), ("before", row.before)):
            assert len(listing.items(figures, full.java, Wanted("countries", row.key, when))) == number, row.key
    rest = tally.shortened(figures.countries, tally.BESIDE_A_MAP["countries"])[-2]
    assert (rest.key, len(listing.items(figures, full.java, Wanted("countries", "*")))) == ("*", rest.now)
    assert rest.now > 1


def test_the_map_shows_every_province_and_the_table_beside_it_sums_up_the_last(full: Any) -> None:
    codes = [code for code in PROVINCES.spots if code != "33"][:18]
    for number, code in enumerate(codes):
        for _ in range(20 - number):
            full.post(full.java, at(17, 10), places=(code,))
    full.java.provinces = ["33", "34"]
    full.java.save(update_fields=["provinces"])
    page = browser(full).get(live("jateng"))
    figures, drawn = page.context["figures"], page.context["map"]
    assert {tile.code: tile.count for tile in drawn.tiles if tile.count} == {
        row.key: row.now for row in figures.places if row.key and row.now
    }
    assert {tile.code for tile in drawn.tiles if tile.own} == {"33", "34"}
    for row in (*figures.places, *tally.shortened(figures.places, tally.BESIDE_A_MAP["places"])):
        assert len(listing.items(figures, full.java, Wanted("places", row.key))) == row.now, row.key
    lines = page.context["places"].lines
    assert ([line.key for line in lines][-2:], len(lines)) == (["*", ""], tally.BESIDE_A_MAP["places"] + 2)
    last = codes[-1]
    assert last not in {line.key for line in lines}
    assert sheets.figure_title(figures, Wanted("places", last)) == f"Tempat rekrut yang disebut: {words.PROVINCES[last]}"
    assert sheets.figure_title(figures, Wanted("places", "*")) == "Tempat rekrut yang disebut: Provinsi lain"
    national = replace(figures, office="")
    annexes = [sheets.sheet(one)["annex"] for one in (figures, national, replace(national, places=figures.places[:3]))]
    assert [annex and [line.key for line in annex.lines] for annex in annexes] == [None, [row.key for row in figures.places], None]
    # An edition that kept the first seven alone has no map: a white tile would say nought.
    assert sheets.sheet(replace(figures, places=tally.shortened(figures.places, 7)))["map"] is None


def test_the_map_of_destinations_and_the_line_below_it_hold_every_country(full: Any) -> None:
    for number, country in enumerate(("MY", "SG", "HK", "JP", "KR", "BN", "QA", "AE", "OM", "PL", "EC", "GY")):
        for _ in range(14 - number):
            full.post(full.java, at(17, 10), countries=(country,))
    client = browser(full)
    page = client.get(live("jateng"))
    figures, drawn, untiled = (page.context[name] for name in ("figures", "destinations", "untiled"))
    named = {row.key: row.now for row in figures.countries if row.key and row.now}
    tiled = {tile.code: tile.count for tile in drawn.tiles if tile.count}
    assert tiled | {"EC": 4, "GY": 3} == named
    assert [(one.name, one.shown) for one in untiled] == [("Ekuador", "4"), ("Guyana", "3")]
    lines = page.context["countries"].lines
    assert sum(line.now for line in lines) == sum(row.now for row in figures.countries)
    assert lines[-2].key == tally.REST
    for to, number in [(tile.link, tile.count) for tile in drawn.tiles if tile.count] + [(one.link, int(one.shown)) for one in untiled]:
        assert client.get(to).context["counted"] == number, to
    # An edition that kept the first seven alone has no map: a white tile would say nought.
    older = sheets.sheet(replace(figures, countries=tally.shortened(figures.countries, 7)))
    assert (older["destinations"], older["untiled"]) == (None, [])


def test_who_may_see_fewer_is_told_how_many_and_sees_no_other(full: Any) -> None:
    to = reverse("admin:reports_weeklysummary_week_rows", args=["jateng", str(WEEK)], query={"what": "cases", "key": "end"})
    officer = browser(full, Role.OFFICER, full.java)
    page = officer.get(to)
    assert (page.context["counted"], page.context["seen"]) == (2, 2)
    administrator = browser(full, Role.ADMINISTRATOR)
    for key, table in (("end", "cases"), ("flagged", "measures"), ("read", "measures")):
        page = administrator.get(to, {"what": table, "key": key})
        assert page.context["counted"] > page.context["seen"] == 0
        text = page.content.decode()
        assert "TND-26" not in text
        assert "PKR-26" not in text
    other = browser(full, Role.OFFICER, full.lampung)
    assert other.get(to).status_code == 404


# Lists that hold a flag raised on 17 November as high, and whether to stand in one of them tells that.
TELLING = {
    "days:2026-11-17:flagged": False,
    "measures:flagged": False,
    "levels:": False,
    "flow:flagged": False,
    "kinds:illegal_recruitment": False,
    "levels:high": True,
    "measures:high": True,
    "offices:jabar:high": True,
    "limits:high": True,
}


@pytest.mark.parametrize("asked", TELLING)
def test_no_list_tells_a_level_that_is_hidden_until_it_is_decided(patrol: Any, asked: str) -> None:
    table, _colon, key = asked.partition(":")
    office = patrol.office("jabar", "BP3MI Jawa Barat")
    factories.draw(True, False)
    hidden, seen = patrol.post(office, at(17, 8), level="high"), patrol.post(office, at(17, 9), level="high")
    code = "nasional" if table == "offices" else "jabar"
    to = reverse("admin:reports_weeklysummary_week_rows", args=[code, str(WEEK)], query={"what": table, "key": key})
    client = browser(patrol)

    def shown() -> tuple[dict[str, str], int]:
        page = client.get(to)
        return {row["number"]: str(row["level_title"]) for row in page.context["rows"]}, page.context["veiled"]

    veiled = "" if asked.startswith("limits") else "Tingkat disembunyikan, sampel mutu"
    high = "" if asked.startswith("limits") else "Tinggi"
    assert shown() == (({seen.number: high}, 1) if TELLING[asked] else ({hidden.number: veiled, seen.number: high}, 0))
    if asked != "limits:high":  # whose flags wait
        patrol.decide(hidden, "confirmed", at(18), patrol.person("officer", office))
        assert shown() == ({hidden.number: high, seen.number: high}, 0)


def test_the_hours_of_a_level_leave_out_a_flag_that_waits_again_without_it(patrol: Any) -> None:
    office = patrol.office("jabar", "BP3MI Jawa Barat")
    officer = patrol.person("officer", office)
    factories.draw(True, False)
    flags = [patrol.post(office, at(17, 8 + number), level="high") for number in range(2)]
    for flag in flags:
        patrol.decide(flag, "confirmed", at(18), officer)
    figures = of(office)
    models.Flag.objects.filter(pk=flags[0].pk).update(state="waiting", decided_at=None)

    def found(key: str) -> list[str]:
        wanted = Wanted("delays", key)
        told = rows.gather(listing.walk(figures, office, wanted), officer, {}, by_level=listing.by_level(wanted))
        return [row["number"] for row in told["rows"]]

    assert (found("all"), found("high")) == ([flag.number for flag in flags], [flags[1].number])


NO_FIGURES: tuple[dict[str, str], ...] = (
    {},
    {"what": "x"},
    {"what": "levels", "key": "x"},
    {"what": "measures", "key": "hours"},
    {"what": "measures", "key": "read", "when": "99"},
    {"what": "measures", "key": "read", "when": "-1"},
    {"what": "indicators", "key": "9"},
    {"what": "indicators", "key": "x"},
    {"what": "offices", "key": "jateng"},
    {"what": "days", "key": "2026-11-16"},
    {"what": "days", "key": "2025-01-01:read"},
    {"what": "flow", "key": "balance"},
    {"what": "flow", "key": "start", "when": "before"},
    {"what": "cases", "key": "balance"},
    {"what": "delays", "key": "all", "when": "before"},
    {"what": "kinds_all"},
)


def test_what_is_no_figure_is_not_there(full: Any) -> None:
    client = browser(full)
    address = partial(reverse, "admin:reports_weeklysummary_week_rows", args=["jateng", str(WEEK)])
    assert [(asked, client.get(address(query=asked)).status_code) for asked in NO_FIGURES] == [(asked, 404) for asked in NO_FIGURES]


def test_what_was_erased_since_is_said(full: Any) -> None:
    by = full.person(Role.SUPERVISOR, full.directorate())
    frozen = summary.freeze(office_id=full.java.pk, period=WEEK, by=by, now=NOW)
    [place] = listing.items(frozen.read(), full.java, Wanted("places", "33"))
    version = models.Flag.objects.get(pk=place.id).post.versions.get()
    models.PostText.objects.create(version=version, text="Loker", salt="0" * 32)
    factories.erase(version, by=by, asked_by=full.person(Role.SUPERVISOR, full.directorate()))
    to = reverse("admin:reports_weeklysummary_edition_rows", args=[frozen.pk], query={"what": "places", "key": "33"})
    page = browser(full).get(to)
    assert (page.context["said"], page.context["counted"]) == (1, 0)
    assert 'class="banner med"' in page.content.decode()


def test_a_figure_counted_by_older_rules_is_told_as_such(full: Any) -> None:
    """A summary frozen by an earlier release: what the rules of today find is no sign of an erasure."""
    by = full.person(Role.SUPERVISOR, full.directorate())
    older = replace(of(full.java), levels=(Row("high", 3, 1), Row("medium", 2, 2)), version=VERSION - 1).to_json()
    frozen = WeeklySummary.objects.create(
        office=full.java, year=WEEK.year, week=WEEK.week, edition=1, figures=older, frozen_at=NOW, frozen_by=by, sha256=fingerprint(older)
    )
    to = reverse("admin:reports_weeklysummary_edition_rows", args=[frozen.pk], query={"what": "levels", "key": "high"})
    page = browser(full).get(to)
    assert (page.context["said"], page.context["counted"], page.context["older_rules"]) == (3, 2, True)
    text = page.content.decode()
    assert "aturannya berubah sejak rekap dibekukan" in text
    assert "dihapus" not in text


def test_paper_has_no_links(full: Any) -> None:
    by = full.person(Role.SUPERVISOR, full.directorate())
    frozen = summary.freeze(office_id=full.java.pk, period=WEEK, by=by, now=NOW)
    client = browser(full)
    assert links(client, reverse("admin:reports_weeklysummary_print", args=[frozen.pk])) == []
    assert links(client, reverse("admin:reports_weeklysummary_edition", args=[frozen.pk])) != []


FROZEN = {"measures:flagged": 9, "measures:read": 10, "measures:waiting": 9, "countries:KH": 10, "cases:opened": 9}
LIVE = {"measures:flagged": 9, "measures:read": 10, "flow:end": 9, "countries:*": 9, "indicators:0": 12}


@pytest.mark.parametrize("number", [1, 30])
def test_the_rows_of_a_frozen_figure_cost_the_same(patrol: Any, number: int, django_assert_num_queries: Any) -> None:
    java = patrol.office("jateng", "BP3MI Jawa Tengah")
    by = patrol.person(Role.SUPERVISOR, patrol.directorate())
    for _ in range(number):
        patrol.post(java, at(17), countries=("KH",))
        patrol.case(java, at(17), by)
    frozen = summary.freeze(office_id=java.pk, period=WEEK, by=by, now=NOW)
    client = browser(patrol, Role.ANALYST)
    for asked, queries in FROZEN.items():
        table, key = asked.split(":")
        to = reverse("admin:reports_weeklysummary_edition_rows", args=[frozen.pk], query={"what": table, "key": key})
        client.get(to)
        with django_assert_num_queries(queries, info=asked):
            page = client.get(to)
        assert (asked, tight(page.content.decode()).count("<tr><td><a")) == (asked, number)


@pytest.mark.parametrize("number", [1, 30])
def test_the_rows_of_a_live_figure_cost_the_same_and_no_summary(
    patrol: Any, number: int, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = patrol.office("jateng", "BP3MI Jawa Tengah")
    for _ in range(number + 1):  # a contact is shared by two posts at least
        patrol.post(java, at(17), countries=("KH",), contacts=(("phone", "+6284012345678"),))
    client = browser(patrol, Role.ANALYST)
    address = partial(reverse, "admin:reports_weeklysummary_week_rows", args=["jateng", str(WEEK)])
    parts = {asked: asked.split(":") for asked in LIVE}
    pages = {asked: address(query={"what": table, "key": key}) for asked, (table, key) in parts.items()}
    for to in pages.values():
        client.get(to)
    monkeypatch.setattr(summary, "collect", None)
    for asked, queries in LIVE.items():
        with django_assert_num_queries(queries, info=asked):
            client.get(pages[asked])


@pytest.fixture
def many(patrol: Any) -> Any:
    """Two pages and a bit of the flags of one office, over the days and hours of the week; a third of them decided."""
    java, lampung = patrol.office("jateng", "BP3MI Jawa Tengah"), patrol.office("lampung", "BP3MI Lampung")
    officer, patrol.lampung = patrol.person("officer", java), lampung
    for number in range(65):
        when = at(16, 1) + timedelta(hours=2 * number, minutes=number % 3)
        flag = patrol.post(java, when, countries=("KH", "TH") if number % 2 else ("KH",), level="high" if number % 5 else "medium")
        if number % 3 == 0:
            patrol.decide(flag, "confirmed" if number % 2 else "dismissed", when + timedelta(minutes=50), officer)
        if number % 10 == 0:
            patrol.post(lampung, when)
    return patrol


def walked(client: Any, to: str, way: str) -> tuple[list[list[str]], str]:
    """The rows of each page from this one on, and the address of the last."""
    pages = []
    while True:
        page = client.get(to)
        pages.append(re.findall(r'<tr><td><a href="([^"]+)">', tight(page.content.decode())))
        if not page.context[way]:
            return pages, to
        to = to.partition("?")[0] + page.context[way]


@pytest.mark.parametrize("counted", [300, 10])
def test_page_by_page_there_are_as_many_rows_as_the_figure_says(many: Any, counted: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forth and back, whether the list is short enough to be counted or not."""
    monkeypatch.setattr(rows, "COUNTED", counted)
    monkeypatch.setattr(walking, "AT_ONCE", 7)
    by = many.person(Role.SUPERVISOR, many.directorate())
    frozen = summary.freeze(office_id=None, period=WEEK, by=by, now=NOW)
    client = browser(many)
    for asked in ("measures:read", "measures:flagged", "levels:high", "countries:TH", "measures:waiting", "days:2026-11-17:read"):
        table, _colon, key = asked.partition(":")
        to = reverse("admin:reports_weeklysummary_edition_rows", args=[frozen.pk], query={"what": table, "key": key})
        number = listing.figure(frozen.read(), Wanted(table, key))
        first = client.get(to)
        assert (first.context["said"], first.context["counted"]) == (number, number if number <= counted else None), asked
        pages, last = walked(client, to, "next")
        listed = [one for page in pages for one in page]
        assert [len(page) for page in pages] == [30] * (number // 30) + ([number % 30] if number % 30 else []), asked
        assert len(set(listed)) == len(listed) == number
        back, _first = walked(client, last, "previous")
        assert [one for page in back[::-1] for one in page] == listed, asked


def test_each_list_is_the_same_in_small_steps_as_in_one(full: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of some rows an event makes more than one, and a step may end between them."""
    full.post(full.java, at(18, 10), countries=("MY", "SG", "HK", "JP", "KR", "BN", "QA", "AE", "OM", "KW", "PL", "PT", "RO"))
    wanted = [what(to) for to, _number in links(browser(full), live("nasional"))]
    figures = of()
    rest = Wanted("countries", tally.REST)
    assert rest in wanted
    others = listing.items(figures, None, rest)
    assert len({item.id for item in others}) < len(others)
    monkeypatch.setattr(walking, "AT_ONCE", 2)
    for one in wanted:
        whole, walk = listing.items(figures, None, one), listing.walk(figures, None, one)
        for backwards in (False, True):
            found: list[Any] = []
            while step := walk(found[-1].place if found else None, backwards, 2):
                found += step
            assert found == (whole[::-1] if backwards else whole), (one, backwards)


def test_what_few_read_is_found_as_what_many_read(many: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """By who brought the posts, or by going through all that was read; one that came long before it was read is missing in neither."""
    figures, wanted = of(many.lampung), Wanted("measures", "read")
    old = models.Seen.objects.filter(watch__office=many.lampung).earliest("at")
    models.Seen.objects.filter(pk=old.pk).update(at=at(1))
    found = []
    for few in (0, 10_000):
        monkeypatch.setattr(listing, "FEW", few)
        found.append(listing.items(figures, many.lampung, wanted))
        assert len(found[-1]) == listing.figure(figures, wanted) == 7
    assert found[0] == found[1]


def test_what_is_no_place_begins_at_the_beginning(full: Any) -> None:
    to, client = reverse("admin:reports_weeklysummary_week_rows", args=["jateng", str(WEEK)]), browser(full)
    asked = {"what": "measures", "key": "flagged"}
    whole = client.get(to, asked).context["rows"]
    for place in ("x", "_", "2026-11-17T09:00:00_0_1_0", "2026-99-17T09:00:00+07:00_0_1_0", "2026-11-17T09:00:00+07:00_0_x_0"):
        for way in ("after", "before"):
            page = client.get(to, asked | {way: place})
            assert (page.status_code, page.context["rows"], page.context["previous"]) == (200, whole, ""), place
