"""The page of an indicator: masked, bound in cost, with what is known beside it and what two people may say of it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from patrol import cases, models, triage
from patrol.admin.shared import indicator_list, indicator_page, post_rows, ties, timestrip
from patrol.domain import LAW_ZONE
from patrol.models import Role
from patrol.pipeline import assessing
from patrol.search import indicators
from tests import factories
from tests.admin.conftest import Door

NOW = factories.NOW


def phone_of(flag: models.Flag) -> models.Indicator:
    return models.Indicator.objects.get(kind="phone", sightings__post=flag.post_id)


def page(client: Client, indicator: models.Indicator, **query: Any) -> str:
    answer = client.get(reverse("admin:patrol_indicator_change", args=[indicator.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def decided(flag: models.Flag, by: models.Person, now: datetime = NOW) -> None:
    triage.decide(
        flag_id=flag.pk,
        outcome="confirmed",
        reason="several",
        note="",
        decision_key=uuid.uuid4(),
        seen_version=flag.version,
        by=by,
        now=now,
    )


def sharing(count: int) -> list[models.Flag]:
    """Flags of different posts with one number."""
    tails = [f"{factories.ILLEGAL.format(phone='0840 5550 0001')} Kota {n} {uuid.UUID(int=n * 7919).hex}." for n in range(count)]
    posts = factories.stored([factories.raw_post(text) for text in tails])
    while assessing.read_due(now=NOW, limit=500).read:
        pass
    return list(models.Flag.objects.filter(post__in=posts).order_by("id"))


def test_the_value_is_masked_until_it_is_shown_with_a_purpose(door: Door) -> None:
    phone, client = phone_of(factories.flag()), door(Role.OFFICER)
    assert phone.value not in page(client, phone)
    shown = client.post(reverse("admin:patrol_indicator_show", args=[phone.pk]), {"purpose": "triage", "reference": ""})
    assert shown.status_code == 200
    assert "no-store" in shown["Cache-Control"]
    assert phone.value in shown.content.decode()
    assert 'data-hide-after="600"' in shown.content.decode()
    assert phone.value not in page(client, phone)
    refused = client.post(reverse("admin:patrol_indicator_show", args=[phone.pk]), {"purpose": ""}, follow=True)
    assert phone.value not in refused.content.decode()


@pytest.mark.parametrize(
    ("verb", "sent", "beside"),
    [
        ("show", {"purpose": ""}, "purpose"),
        ("show", {"purpose": "request", "reference": " "}, "reference"),
        ("show", {"purpose": "request", "reference": "a\0b"}, "reference"),
        ("propose", {"known_as": "agency", "reason": "Surat resmi agen.", "expires_on": "besok"}, "expires_on"),
        ("propose", {"known_as": "agency", "reason": "Surat resmi agen.", "expires_on": "2026-01-01"}, "expires_on"),
        ("propose", {"known_as": "agency", "reason": "Surat", "expires_on": "2026-01-01"}, "reason"),
        ("propose", {"known_as": "x", "reason": "Surat resmi agen.", "expires_on": "2026-01-01"}, "known_as"),
    ],
)
def test_what_a_verb_lacks_is_said_beside_its_field_and_nothing_happens(verb: str, sent: dict[str, str], beside: str, door: Door) -> None:
    phone = phone_of(factories.flag())
    to = reverse(f"admin:patrol_indicator_{verb}", args=[phone.pk])
    answer = door(Role.SUPERVISOR).post(to, sent)
    assert answer["Location"] == reverse("admin:patrol_indicator_change", args=[phone.pk])
    assert [one.extra_tags for one in get_messages(answer.wsgi_request)] == [f"{to} {beside}"]
    assert (models.Trusted.objects.count(), models.AuditEntry.objects.count()) == (0, 0)


def test_an_account_says_its_names_and_a_name_the_accounts_that_bore_it(door: Door) -> None:
    def post(own: str, name: str, key: str, **given: Any) -> Any:
        fields = {"platform": "instagram", "external_id": key, "author": name, "author_id": own, "url": "", "origin": ""}
        return factories.illegal(**(fields | given))

    quoting = factories.illegal(platform="web", external_id="https://w.example/1")
    factories.stored([post("17841400000000001", "loker.contoh", "1"), replace(quoting, text=f"{quoting.text} ig: @loker.contoh")])
    factories.stored([post("17841400000000001", "nama.sesudahnya", "2")], now=NOW + timedelta(days=3))
    factories.stored([post("17841400000000002", "loker.contoh", "3")], now=NOW + timedelta(days=9))
    while assessing.read_due(now=NOW + timedelta(days=9), limit=500).read:
        pass
    by_id = {row.own_id: row for row in models.Indicator.objects.filter(kind="account")}
    first, taker, name = (by_id[key] for key in ("instagram:17841400000000001", "instagram:17841400000000002", ""))
    client = door(Role.OFFICER)
    shown = page(client, first)
    assert shown.count("Nama yang pernah terlihat") == 1
    assert "23 Nov 2026 – 23 Nov 2026" in shown
    assert "26 Nov 2026 – 26 Nov 2026" in shown
    assert "Akun yang pernah memakai nama ini" not in shown
    assert "loker.contoh" not in shown  # masked as everywhere
    bearers = page(client, name)
    assert [reverse("admin:patrol_indicator_change", args=[one.pk]) in bearers for one in (first, taker)] == [True, True]
    assert "Nama yang pernah terlihat" not in bearers
    assert "Akun yang pernah memakai nama ini" in bearers


@pytest.mark.parametrize("posts", [1, 30])
def test_the_page_costs_the_same_with_one_post_and_with_thirty(posts: int, door: Door, django_assert_num_queries: Any) -> None:
    flags = sharing(posts)
    officer = factories.person(Role.OFFICER)
    for flag in flags:
        flag.refresh_from_db()
        if flag.state == "waiting":
            decided(flag, officer)
    client = door(officer)
    with django_assert_num_queries(20):
        page(client, phone_of(flags[0]))


def test_its_posts_come_page_by_page_each_once(door: Door) -> None:
    flags = sharing(indicator_page.PER_PAGE + 3)
    phone, client = phone_of(flags[0]), door(Role.OFFICER)
    first = client.get(reverse("admin:patrol_indicator_change", args=[phone.pk]))
    second = client.get(first.context["next"])
    seen = [post.pk for answer in (first, second) for post in answer.context["posts"]]
    assert seen == sorted((flag.post_id for flag in flags), reverse=True)
    assert second.context["next"] == ""


def test_a_strike_counts_twelve_months_from_its_decision(door: Door) -> None:
    (flag,) = sharing(1)
    decided(flag, factories.person())
    phone, person = phone_of(flag), factories.person()
    at = models.Flag.objects.get(pk=flag.pk).decided_at
    assert at is not None
    for now, count in ((at + timedelta(days=364), 1), (at + timedelta(days=366), 0)):
        assert indicator_page.gather(phone, person, now, after=None)["strikes"]["count"] == count


def test_a_trusted_contact_has_no_strikes_and_says_why(door: Door) -> None:
    (flag,) = sharing(1)
    decided(flag, factories.person())
    phone, now = phone_of(flag), timezone.now()
    row = indicators.propose(
        indicator_id=phone.pk,
        known_as="hotline",
        reason="Tertulis di situs resmi kantor.",
        by=factories.person(),
        now=now,
        expires_on=now.date() + timedelta(days=300),
    )
    client = door(Role.SUPERVISOR)
    assert client.post(reverse("admin:patrol_indicator_approve", args=[row.pk])).status_code == 302
    text = page(client, phone)
    assert "Tertulis di situs resmi kantor." in text
    assert indicator_page.gather(phone, factories.person(), now, after=None)["strikes"] is None
    listed = client.get(reverse("admin:patrol_indicator_trusted")).content.decode()
    assert "Tertulis di situs resmi kantor." in listed
    assert phone.value not in listed


def test_a_case_of_another_office_shows_its_number_and_office_only(door: Door) -> None:
    (flag,) = sharing(1)
    officer = factories.person()
    decided(flag, officer)
    case = cases.open_case(flag_ids=[flag.pk], title="Ring Kamboja", by=officer, now=NOW)
    own, other = page(door(officer), phone_of(flag)), page(door(Role.OFFICER, code="bp3mi-ntb"), phone_of(flag))
    assert "Ring Kamboja" in own
    assert case.number in other
    assert "Ring Kamboja" not in other
    assert reverse("admin:patrol_case_change", args=[case.pk]) not in other


def test_an_agency_s_own_number_is_found_in_the_register(door: Door) -> None:
    edition = factories.register([{"name": "PT Contoh Bukit Hijau", "phones": ["0840 5550 0001"], "websites": ["www.bukit.example"]}])
    assert [row["title"] for row in indicator_page.owners("phone", "+6284055500001", edition)] == ["PT Contoh Bukit Hijau"]
    assert indicator_page.owners("phone", "+6284055500002", edition) == []
    assert [row["title"] for row in indicator_page.owners("email", "info@bukit.example", edition)] == ["PT Contoh Bukit Hijau"]
    assert indicator_page.owners("email", "info@bukit-hijau.example", edition) == []
    assert [row["title"] for row in indicator_page.owners("agency", "PT Contoh Bukit Hijau", edition)] == ["PT Contoh Bukit Hijau"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        ("email", "pt.contoh@gmail.com", True),  # listed letter by letter
        ("email", "orang.lain@gmail.com", False),  # the host is everybody's
        ("link", "https://www.facebook.com/ptcontoh/", True),
        ("link", "https://facebook.com/orang.lain", False),
        ("link", "https://facebook.com/", False),
        ("link", "https://karier.bukit.example/lowongan", True),
        ("link", "https://bukit.example.tipu.example/", False),
    ],
)
def test_a_mailbox_or_page_of_a_shared_site_is_its_own_and_no_other_of_that_site(kind: str, value: str, found: bool) -> None:
    sites = ["pt.contoh@gmail.com", "https://facebook.com/ptcontoh", "bukit.example"]
    edition = factories.register([{"name": "PT Contoh Bukit Hijau", "websites": sites}])
    assert [row["title"] for row in indicator_page.owners(kind, value, edition)] == ["PT Contoh Bukit Hijau"] * found


def test_what_stands_in_its_posts_is_drawn_and_listed(door: Door) -> None:
    flags = sharing(3)
    context = indicator_page.gather(phone_of(flags[0]), factories.person(), NOW, after=None)
    assert context["graph"]["nodes"] == [] or {node["value"] for node in context["graph"]["nodes"]} <= {t["value"] for t in context["ties"]}
    assert context["strip"]["posts"] == 3


def tied(kind: str, value: str, posts: int = 1) -> dict[str, Any]:
    return {"kind": kind, "value": value, "posts": posts, "sure": 0, "link": ""}


def test_the_legend_names_each_shape_that_is_drawn_and_no_other() -> None:
    drawn = ties.drawn("Phone number", "phone", [tied("agency", "PT Contoh"), tied("account", "x:contoh")])
    with translation.override("en"):
        assert [(one["tone"], str(one["title"])) for one in drawn["legend"]] == [
            ("phone", "Phone number"),
            ("account", "Account"),
            ("agency", "Company"),
        ]
    assert {node["path"] for node in drawn["nodes"]} | {drawn["path"]} == {one["path"] for one in drawn["legend"]}


@pytest.mark.parametrize(
    ("kind", "value", "label"),
    [
        ("account", "telegram:laks••••ja", "laks••••ja"),  # its platform stands in the list
        ("account", "laks••••ja", "laks••••ja"),
        ("phone", "+62 840-••••01", "+62 840-••••01"),
        ("agency", "PT contoh bukit", "PT contoh bukit"),
        ("agency", "PT contoh bukit h", "PT contoh buki…"),
        ("agency", "PULAU INDAH ELECTRONICS", "PULAU INDAH…"),  # capitals are wider
    ],
)
def test_a_label_fits_beside_its_node(kind: str, value: str, label: str) -> None:
    assert ties.drawn("", "phone", [tied(kind, value)])["nodes"][0]["label"] == label


# --- the drawing ----------------------------------------------------------------------------------


def tie(n: int) -> dict[str, Any]:
    return {"id": n, "kind": "phone", "value": f"+62 840-••••{n:02d}", "posts": 40 - n, "sure": n % 2, "link": f"/{n}/"}


@pytest.mark.parametrize("count", [0, 1, 2, 7, 10, 24])
def test_every_place_lies_inside_the_drawing_and_no_two_are_the_same(count: int) -> None:
    drawn = ties.drawn("Nomor", "phone", [tie(n) for n in range(count)])
    places = [(node["x"], node["y"]) for node in drawn["nodes"]]
    assert len(set(places)) == len(places) == min(count, ties.MOST)
    assert all(8 <= x <= ties.WIDTH - 8 and 8 <= y <= drawn["height"] - 8 for x, y in places)
    assert drawn["left_out"] == max(0, count - ties.MOST)


@pytest.mark.django_db
def test_bars_stand_on_the_ground_line_and_sum_up() -> None:
    flags = sharing(4)
    phone = phone_of(flags[0])
    strip = timestrip.of(phone.pk, NOW, strikes_since=NOW).strip
    assert sum(bar["posts"] for bar in strip["bars"]) == strip["posts"] == 4
    for bar in strip["bars"]:
        lowest = [part["y"] + part["height"] for part in bar["parts"]]
        assert lowest == [] or max(lowest) == pytest.approx(timestrip.BASE)
    assert timestrip.of(phone.pk, NOW + timedelta(days=400), strikes_since=NOW).strip["earlier"] == 4


@pytest.mark.django_db
def test_a_post_dated_tomorrow_stands_in_the_week_it_was_seen() -> None:
    """Seen on a Sunday, dated the Monday after: no bar is drawn for a week that has not begun."""
    flags = sharing(2)
    sunday = datetime(2026, 11, 29, 20, tzinfo=LAW_ZONE)
    models.Post.objects.filter(flag=flags[0]).update(first_seen=sunday, posted_at=sunday + timedelta(hours=20))
    models.Post.objects.filter(flag=flags[1]).update(first_seen=sunday, posted_at=None)
    strip = timestrip.of(phone_of(flags[0]).pk, sunday, strikes_since=NOW).strip
    assert (strip["posts"], strip["earlier"], strip["bars"][-1]["posts"], strip["bars"][-1]["waiting"]) == (2, 0, 2, 2)


@pytest.mark.parametrize(
    ("at", "months", "then"),
    [
        (date(2026, 11, 23), 12, date(2025, 11, 23)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 23), -12, date(2027, 11, 23)),
    ],
)
def test_months_are_calendar_months(at: date, months: int, then: date) -> None:
    moment = datetime(at.year, at.month, at.day, 10, tzinfo=UTC)
    assert indicator_page.months_before(moment, months).date() == then


def test_the_page_of_a_flag_says_which_contact_is_trusted_and_why(door: Door) -> None:
    (flag,) = sharing(1)
    client, address = door(Role.OFFICER), reverse("admin:patrol_flag_change", args=[flag.pk])
    assert "Tertulis di situs resmi kantor." not in client.get(address).content.decode()
    now = timezone.now()
    row = indicators.propose(
        indicator_id=phone_of(flag).pk,
        known_as="hotline",
        reason="Tertulis di situs resmi kantor.",
        by=factories.person(),
        now=now,
        expires_on=now.date() + timedelta(days=300),
    )
    assert "Tertulis di situs resmi kantor." not in client.get(address).content.decode()
    indicators.approve(trusted_id=row.pk, by=factories.person(Role.SUPERVISOR), now=now)
    assert "Tertulis di situs resmi kantor." in client.get(address).content.decode()


def test_a_list_in_each_order_goes_on_where_its_page_ended(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ties of time and of weight lie across the pages: nothing is left out and nothing comes twice."""
    monkeypatch.setattr(post_rows, "PER_PAGE", 2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(hours=1))
    shared = phone_of(sharing(3)[0])
    others = factories.flags(3)
    decided(others[0], factories.person())
    known = list(models.Indicator.objects.order_by("pk").values_list("pk", flat=True))
    for n, key in enumerate(known):
        models.Indicator.objects.filter(pk=key).update(first_seen=NOW - timedelta(days=n % 3), last_seen=NOW - timedelta(days=n // 2))
    rows = {row.pk: row for row in models.Indicator.objects.all()}
    officer = factories.person()
    client, last = door(officer), len(known) - 1
    weights: dict[str, Any] = {
        "": lambda row: row.last_seen,
        "first": lambda row: row.first_seen,
        "posts": lambda row: row.sightings.values("post").distinct().count(),
        "level": None,  # which levels are shown to whom is another test's
    }
    for sort, weight in weights.items():
        address, seen, pages = reverse("admin:patrol_indicator_changelist", query={"sort": sort}), list[int](), 0
        while address:
            shown = client.get(address).context
            seen += [int(row["link"].rstrip("/").split("/")[-1]) for row in shown["rows"]]
            address, pages = shown["next"], pages + 1
        assert sorted(seen) == known, sort
        assert pages == last // 2 + 1
        asked = indicator_list.Asked(sort=sort)
        assert seen == [row.pk for row in indicator_list._found(asked, officer, NOW + timedelta(hours=1))], sort
        if weight:
            told = [(weight(rows[key]), key) for key in seen]
            assert told == sorted(told, reverse=True), sort
    assert weights["posts"](shared) == 3
    assert client.get(reverse("admin:patrol_indicator_changelist", query={"sort": "posts"})).context["rows"][0]["posts"] == 3


@pytest.mark.parametrize("place", ["", "x", "~", "1~x", "-1~2", "99999999999999999999~1", "2026-13-40~1"])
def test_a_place_nobody_gave_is_the_beginning(place: str, door: Door) -> None:
    factories.flag()
    client = door(Role.OFFICER)
    for sort in ("", "posts"):
        rows = client.get(reverse("admin:patrol_indicator_changelist"), {"sort": sort, "after": place}).context["rows"]
        assert len(rows) == models.Indicator.objects.count(), sort
