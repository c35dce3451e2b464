"""Every page for every role, and what no page may ever show."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from patrol import models
from patrol.models import Role
from tests import factories
from tests.admin.conftest import Door

LISTS = {
    "index": set(Role),
    "patrol_flag_changelist": {Role.OFFICER, Role.ANALYST, Role.SUPERVISOR},
    "patrol_case_changelist": {Role.OFFICER, Role.ANALYST, Role.SUPERVISOR},
    "patrol_post_changelist": {Role.OFFICER, Role.ANALYST, Role.SUPERVISOR},
    "patrol_indicator_changelist": {Role.OFFICER, Role.ANALYST, Role.SUPERVISOR},
    "patrol_watch_changelist": {Role.OFFICER, Role.ANALYST, Role.SUPERVISOR, Role.ADMINISTRATOR},
    "patrol_watch_add": {Role.OFFICER, Role.ANALYST, Role.SUPERVISOR, Role.ADMINISTRATOR},
    "patrol_watchproposal_changelist": {Role.OFFICER, Role.ANALYST, Role.SUPERVISOR, Role.ADMINISTRATOR},
    "patrol_office_changelist": set(Role),
    "patrol_person_changelist": {Role.SUPERVISOR, Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER},
    "patrol_person_add": {Role.ADMINISTRATOR},
    "patrol_auditentry_changelist": {Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER},
    "password_change": set(Role),
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_its_pages_and_the_others_are_not_there(role: str, door: Door) -> None:
    client = door(role)
    answered = {name: client.get(reverse(f"admin:{name}")).status_code for name in LISTS}
    assert answered == {name: 200 if role in roles else 404 for name, roles in LISTS.items()}


@pytest.mark.parametrize("name", [*LISTS, "logout"])
def test_nobody_passes_without_login(name: str, db: None) -> None:
    answer = Client().get(reverse(f"admin:{name}")) if name != "logout" else Client().post(reverse("admin:logout"))
    assert answer.status_code in {200, 302} if name == "logout" else answer.status_code == 302
    if name != "logout":
        assert answer["Location"] == f"{reverse('admin:login')}?next={reverse(f'admin:{name}')}"


def test_what_is_another_offices_is_not_there(door: Door) -> None:
    aceh = factories.watch("bp3mi-aceh")
    client = door(Role.OFFICER, code="bp3mi-jabar")
    for name in ("change",):
        assert client.get(reverse(f"admin:patrol_watch_{name}", args=[aceh.pk])).status_code == 404
    assert door(Role.OFFICER, code="bp3mi-aceh").get(reverse("admin:patrol_watch_change", args=[aceh.pk])).status_code == 200


@pytest.mark.parametrize(
    ("given", "badge", "told"),
    [
        ({"healthy_low": 1}, "Sepi", "Hanya 6 unggahan dalam tujuh hari penuh terakhir; kisaran sehatnya paling sedikit 7."),
        (
            {"healthy_low": 0, "healthy_high": 0},
            "Ramai",
            "Sudah 6 unggahan dalam tujuh hari penuh terakhir; kisaran sehatnya paling banyak 0.",
        ),
        ({"healthy_low": 0, "healthy_high": 1}, "Sehat", ""),
    ],
)
def test_posts_below_and_above_the_healthy_range_are_told(given: Any, badge: str, told: str, door: Door) -> None:
    now = timezone.now()
    watch = factories.watch(created_at=now - timedelta(days=15), last_good_at=now, **given)
    run = factories.fetch(watch)
    for post in factories.stored([factories.raw_post() for _ in range(6)]):
        models.Seen.objects.create(post=post, watch=watch, fetch=run, at=now - timedelta(days=3))
    client = door(Role.ANALYST)
    for name, keys in (("changelist", ()), ("change", (watch.pk,))):
        page = client.get(reverse(f"admin:patrol_watch_{name}", args=keys)).content.decode()
        assert badge in page
        assert ("tujuh hari penuh terakhir" in page, told in page) == (bool(told), True)


@pytest.mark.parametrize("path", ["search/?s=a", "patrol/", "auth/group/", "patrol/flag/x/", "patrol/flag/999999/"])
def test_addresses_of_the_admin_that_we_do_not_offer(path: str, door: Door) -> None:
    assert door(Role.ADMINISTRATOR).get(f"{reverse('admin:index')}{path}").status_code == 404


def full_values(flag: models.Flag) -> set[str]:
    """Everything of a flag's post that may not stand on a page: as read, and as written."""
    values = set(
        models.Indicator.objects.filter(sightings__post=flag.post, kind__in=["phone", "account", "bank_account", "link"]).values_list(
            "value", flat=True
        )
    )
    text = flag.post.versions.get().content.text
    claims = models.ReadingClaims.objects.get(reading__version__post=flag.post).claims
    values |= {text[c["start"] : c["end"]] for c in claims if c["kind"] == "phone"}
    return values | {value.removeprefix("+62") for value in values} | {flag.post.url}


def test_full_contacts_are_on_no_page_until_somebody_holds_the_flag(door: Door) -> None:
    flag = factories.flag()
    hidden = full_values(flag)
    assert len(hidden) == 4
    client = door(Role.OFFICER)
    page = reverse("admin:patrol_flag_change", args=[flag.pk])
    pages = [
        page,
        *(reverse(f"admin:{name}") for name in LISTS if Role.OFFICER in LISTS[name]),
        *(reverse("admin:patrol_indicator_change", args=[key]) for key in models.Indicator.objects.values_list("pk", flat=True)),
    ]
    for address in pages:
        html = client.get(address).content.decode()
        assert {value for value in hidden if value in html} == set(), address
    taken = client.post(reverse("admin:patrol_flag_take", args=[flag.pk]))
    assert taken["Location"] == page
    html = client.get(page).content.decode()
    assert "+62840" in html
    assert flag.post.url in html
    # showing it to one person shows it to nobody else, and lists stay masked for the holder too
    other = door(Role.OFFICER)
    for address, asking in ((page, other), (pages[1], client), (pages[-1], client)):
        html = asking.get(address).content.decode()
        assert {value for value in hidden if value in html} == set()
    shown = models.AuditEntry.objects.filter(verb="contact.shown")
    assert [entry.after for entry in shown] == [{"purpose": "triage"}]


def test_a_post_is_text_whatever_it_says(door: Door) -> None:
    raw = factories.illegal()
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)> https://t.me/+jebakan_contoh \"'><b>"
    (post,) = factories.stored([factories.raw_post(f"{raw.text} {hostile}", author_name=hostile, origin=hostile)])
    from patrol.pipeline import assessing  # noqa: PLC0415

    assessing.read_due(now=factories.NOW, limit=10)
    client = door(Role.OFFICER)
    for name in ("patrol_flag_changelist", "patrol_post_changelist"):
        html = client.get(reverse(f"admin:{name}")).content.decode()
        assert "<script>alert" not in html
    html = client.get(reverse("admin:patrol_flag_change", args=[post.flag.pk])).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert ("<script>alert" in html, "<img src=x" in html, 'href="https://t.me' in html) == (False, False, False)


def test_the_policy_of_the_workbench_and_of_its_door(door: Door, settings: object) -> None:
    staff = (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        "connect-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
        "form-action 'self'; report-uri /csp/; report-to csp"
    )
    client = door(Role.OFFICER)
    for answer in (
        client.get(reverse("admin:index")),
        Client().get(reverse("admin:login")),
        Client().get(reverse("admin:password_reset_confirm", args=["MQ", "set-password"])),
    ):
        assert (answer.status_code, answer["Content-Security-Policy"]) == (200, staff)
    assert "unsafe" not in client.get("/nichts/")["Content-Security-Policy"]


def test_no_page_of_ours_has_inline_script_or_an_outside_address(door: Door) -> None:
    import re  # noqa: PLC0415

    flag = factories.flag()
    client = door(Role.ANALYST)
    addresses = [reverse(f"admin:{name}") for name in LISTS if Role.ANALYST in LISTS[name]]
    for address in [*addresses, reverse("admin:patrol_flag_change", args=[flag.pk]), reverse("admin:login")]:
        html = client.get(address, follow=True).content.decode()
        assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
        assert re.findall(r'\son\w+="', html) == []
        libraries = {reverse("admin:patrol_watch_add"): ["unfold/js/htmx/htmx.js"]}  # an exchange of its own; nothing else needs one
        assert re.findall(r'src="/static/(unfold/[^"]+)"', html) == libraries.get(address, [])
        assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', html) == []


@pytest.mark.parametrize(("code", "lang", "title"), [("en", "en", "Triage"), ("id", "id", "")])
def test_the_language_a_person_chose(code: str, lang: str, title: str, door: Door) -> None:
    client = door(Role.OFFICER)
    client.post(reverse("set_language"), {"language": code})
    html = client.get(reverse("admin:patrol_flag_changelist")).content.decode()
    assert f'<html lang="{lang}"' in html
    assert title in html


def test_the_language_is_not_switched_where_the_page_is_there_once(door: Door) -> None:
    """An answer to an act goes with the next page, and its address may open nothing."""
    client, switch = door(Role.SUPERVISOR), f'action="{reverse("set_language")}"'
    made = client.post(reverse("admin:patrol_device_make_token"), {"name": "Pengaduan", "scopes": ["check"], "days": "90"})
    assert "token" in str(made.context["made"]).lower()
    refused = client.post(reverse("admin:patrol_device_make_token"), {"name": "", "scopes": [], "days": "90"})
    tokens = client.get(reverse("admin:patrol_device_tokens"))
    assert [switch in answer.content.decode() for answer in (made, refused, tokens)] == [False, False, True]
    door_ = Client().post(reverse("admin:login"), {"username": "siapa", "password": "bukan"})  # a page that opens by its address
    assert (switch in door_.content.decode(), f'value="{reverse("admin:login")}' in door_.content.decode()) == (True, True)


@pytest.mark.parametrize("example", [True, False])
def test_an_example_run_says_so_on_every_page(example: bool, door: Door, settings: Any) -> None:
    settings.EXAMPLE = example
    client = door(Role.OFFICER)
    for html in (
        client.get(reverse("admin:index")).content.decode(),
        Client().get(reverse("admin:login")).content.decode(),
        client.get("/nichts/").content.decode(),
    ):
        assert ('class="example"' in html) is example


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("id", "Di kantor sebenarnya direktorat, atau semua orang, wajib menunjukkan faktor kedua."),
        ("en", "An office has its directorate, or everybody, show a second factor."),
    ],
)
def test_start_page_and_login_of_an_example_run_say_what_an_office_asks_for(code: str, sentence: str, door: Door, settings: Any) -> None:
    for setting in ("offered", "directorate"):
        settings.SECOND_FACTOR = setting
        for client, name in ((door(Role.OFFICER), "index"), (Client(), "login")):
            client.cookies["django_language"] = code
            answer = client.get(reverse(f"admin:{name}"))
            assert (answer.status_code, sentence in answer.content.decode()) == (200, setting == "offered")


def test_the_register_is_dated_on_every_page_and_an_old_one_warns(door: Door) -> None:
    client = door(Role.OFFICER)
    client.cookies["django_language"] = "en"
    assert "No register loaded" in client.get(reverse("admin:index")).content.decode()
    factories.register(register_date="2020-01-31")
    html = client.get(reverse("admin:patrol_case_changelist")).content.decode()
    assert "Register as of 31 Jan 2020" in html
    assert 'class="regdate stale"' in html


def test_status_and_code_of_an_answer_stand_folded_below_the_sentence(door: Door) -> None:
    """A watch that failed before they were kept beside the sentence reads like one that fails today."""
    old = {"code": "server_error", "id": "a.example sedang bermasalah (status 503).", "en": "A fault (status 503).", "permanent": False}
    new = {**old, "id": "b.example menolak token kita.", "en": "Refused.", "told": "HTTP 400, 190/463"}
    watch = factories.watch(last_problem=old, last_problem_at=factories.NOW)
    factories.fetch(watch, problems=[{**new, "where": ""}], outcome="failed", ended_at=factories.NOW)
    shown = " ".join(door(Role.ADMINISTRATOR).get(reverse("admin:patrol_watch_change", args=[watch.pk])).content.decode().split())
    for sentence, told in (("a.example sedang bermasalah.", "503"), ("b.example menolak token kita.", "HTTP 400, 190/463")):
        assert sentence in shown
        assert f"<summary>Rincian teknis</summary> {told} </details>" in shown
    assert "(status" not in shown
