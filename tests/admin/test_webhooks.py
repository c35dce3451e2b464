"""The page of the systems that are told what changed: one of the own office, its secret shown once, what arrived and what waits."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from patrol import models
from patrol.changes import sending, stream, webhooks
from patrol.models import Role
from tests import factories, hook_server
from tests.admin.conftest import Door
from tests.factories import NOW
from tests.hook_server import ORIGIN

pytestmark = pytest.mark.django_db
PAGE = "admin:patrol_webhook_changelist"
OWN = "bp3mi-jabar"


def text(page: Any) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").split())


@pytest.fixture
def supervisor() -> models.Person:
    return factories.person(Role.SUPERVISOR, OWN)


def made(by: models.Person, *states: str) -> models.Webhook:
    webhook, _secret = webhooks.make(office_id=by.office_id, address=f"{ORIGIN}/perubahan", types=stream.TYPES, by=by, now=NOW)
    for state in states:
        models.Webhook.objects.filter(pk=webhook.pk).update(state=state)
    return webhook


def act(name: str, webhook: models.Webhook) -> str:
    return reverse(f"admin:patrol_webhook_{name}", args=[webhook.pk])


def test_made_tried_paused_resumed_and_ended_by_the_page(supervisor: models.Person, door: Door, settings: Any) -> None:
    client = door(supervisor)
    assert "Belum ada sistem lain yang diberi tahu" in text(client.get(reverse(PAGE)))
    with hook_server.running() as server:
        settings.STAND_INS = {ORIGIN: server.base}
        page = client.post(reverse("admin:patrol_webhook_make"), {"address": f"{ORIGIN}/x", "types": ["flag.raised", "case.closed"]})
        (secret,) = re.findall(r'id="webhook-secret"[^>]*>\s*(whsec_[A-Za-z0-9+/=]+)', page.content.decode())
        assert "no-store" in page.headers["Cache-Control"]
        webhook = models.Webhook.objects.get()
        assert sending.keys(webhook, now=NOW) == [secret]
        again = client.get(reverse(PAGE))
        assert secret not in again.content.decode()
        assert "belum dicoba" in text(again)
        assert "Sampai: mereka menjawab 204." in text(client.post(act("try", webhook), follow=True))
        assert [told["type"] for told in server.told] == ["test"]
        server.mode = "fault"
        assert "Tidak sampai: mereka menjawab 503." in text(client.post(act("try", webhook), follow=True))
    for name, state in (("pause", "paused"), ("resume", "active"), ("end", "ended")):
        client.post(act(name, webhook))
        webhook.refresh_from_db()
        assert webhook.state == state
    assert (webhook.sealed, webhook.address in text(client.get(reverse(PAGE)))) == ("", False)
    verbs = models.AuditEntry.objects.filter(verb__startswith="webhook.").order_by("seq").values_list("verb", "actor_id")
    told = ("made", "tried", "tried", "paused", "resumed", "ended")
    assert list(verbs) == [(f"webhook.{verb}", supervisor.pk) for verb in told]


def test_what_was_typed_stays_where_it_is_refused(supervisor: models.Person, door: Door) -> None:
    client = door(supervisor)
    sent = {"address": "https://127.0.0.1/perubahan", "types": ["flag.raised", "case.closed"]}
    page = BeautifulSoup(client.post(reverse("admin:patrol_webhook_make"), sent).content, "html.parser")
    form = page.select_one(f'form[action="{reverse("admin:patrol_webhook_make")}"]')
    assert form is not None
    (address,) = form.select("input[name=address]")
    ticked = [one["value"] for one in form.select("input[name=types]") if one.has_attr("checked")]
    assert (address["value"], sorted(map(str, ticked)), models.Webhook.objects.count()) == (sent["address"], sorted(sent["types"]), 0)
    whole = BeautifulSoup(client.get(reverse(PAGE)).content, "html.parser")
    offered = whole.select(f'form[action="{reverse("admin:patrol_webhook_make")}"] input[name=types]')
    assert [one.has_attr("checked") for one in offered] == [True] * len(stream.TYPES)


def test_an_administrator_sees_the_hosts_of_all_offices_and_ends_one(supervisor: models.Person, door: Door) -> None:
    webhook = made(supervisor, "active")
    flag = factories.flag(of=factories.watch(OWN), now=NOW)
    sent = {"change": "f1", "type": "flag.raised", "number": flag.number, "arrived": True, "status": 204}
    models.Delivery.objects.create(webhook=webhook, at=NOW, **sent)
    administrator = factories.person(Role.ADMINISTRATOR)
    client = door(administrator)
    shown = client.get(reverse(PAGE))
    assert "terima.example BP3MI" in text(shown)
    for hidden in ("/perubahan", flag.number, act("pause", webhook)):
        assert hidden not in shown.content.decode()
    for name in ("try", "choose", "pause", "resume", "again", "rotate"):
        assert client.post(act(name, webhook)).status_code == 404
    assert client.post(reverse("admin:patrol_webhook_make"), {"address": f"{ORIGIN}/x", "types": ["flag.raised"]}).status_code == 404
    assert (
        models.Webhook.objects.count(),
        models.AuditEntry.objects.filter(actor_id=administrator.pk, verb__startswith="webhook").count(),
    ) == (1, 0)
    client.post(act("end", webhook))
    webhook.refresh_from_db()
    assert (webhook.state, webhook.sealed) == ("ended", "")
    assert models.AuditEntry.objects.get(verb="webhook.ended").actor_id == administrator.pk
    assert list(models.Notice.objects.values_list("kind", "person", "note")) == [
        ("webhook_ended", supervisor.pk, "terima.example, BP3MI Jawa Barat")
    ]
    assert "Tidak ada kantor yang punya webhook." in text(client.get(reverse(PAGE)))


@pytest.mark.parametrize(
    ("kind", "language", "said"),
    [
        ("paused", "id", "pengiriman dijeda; perubahan di kantor selama itu dikirim setelah dilanjutkan"),
        ("late", "id", "sudah sehari tidak ada yang sampai; hubungi pengelola sistem itu. Pengiriman masih dicoba kira-kira sehari lagi"),
        (
            "failing",
            "id",
            "tidak ada yang sampai dan pengiriman dihentikan. Setelah sistem itu diperbaiki, coba atau lanjutkan webhook-nya",
        ),
        ("back", "id", "pengiriman berjalan lagi, termasuk perubahan yang tertunda"),
        ("ended", "id", "webhook diakhiri; tidak ada lagi yang dikirim ke sana"),
        ("paused", "en", "sending is paused; what happens in the office meanwhile is sent once it is resumed"),
        ("late", "en", "nothing has arrived there for a day; ask whoever runs that system. It is tried for about another day"),
        ("failing", "en", "nothing arrives there, and sending has stopped. Once that system is mended, try or resume the webhook"),
        ("back", "en", "sending goes on, with what has waited"),
        ("ended", "en", "the webhook was ended; nothing is sent there any more"),
    ],
)
def test_a_notice_says_what_became_of_it_and_what_to_do(kind: str, language: str, said: str, supervisor: models.Person, door: Door) -> None:
    note = "terima.example, BP3MI Jawa Barat"
    models.Notice.objects.create(kind=f"webhook_{kind}", person=supervisor, at=NOW, note=note)
    client = door(supervisor)
    client.cookies["django_language"] = language
    assert f"{note}: {said}" in text(client.get(reverse("admin:patrol_notice_changelist")))


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_of_all_offices_costs_the_same(rows: int, supervisor: models.Person, door: Door, django_assert_num_queries: Any) -> None:
    first = made(supervisor, "active")
    given = {"types": first.types, "sealed": "x", "cursor": first.cursor, "arrived_at": NOW, "made_at": NOW, "made_by": supervisor}
    for n in range(rows - 1):
        models.Webhook.objects.create(office=supervisor.office, address=f"{ORIGIN}/{n}", **given)
    client = door(factories.person(Role.ADMINISTRATOR))
    with django_assert_num_queries(5):
        page = client.get(reverse(PAGE))
    assert text(page).count("terima.example") == rows


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_costs_the_same_and_shows_what_arrived_and_what_did_not(
    rows: int, supervisor: models.Person, door: Door, django_assert_num_queries: Any
) -> None:
    webhook = made(supervisor, "active", "failing")
    flag = factories.flag(of=factories.watch(OWN), now=NOW)
    for n in range(rows):
        came = {"arrived": bool(n % 2), "status": 204 if n % 2 else 503, "problem": "" if n % 2 else "server_error"}
        models.Delivery.objects.create(webhook=webhook, change=f"f{n}", type="flag.raised", number=flag.number, at=NOW, said="", **came)
    other = made(factories.person(Role.SUPERVISOR, "bp3mi-sulsel"))
    models.Delivery.objects.create(webhook=other, change="f9", type="case.closed", number="PKR-26-9", at=NOW, arrived=True, status=200)
    client = door(supervisor)
    with django_assert_num_queries(9):
        page = client.get(reverse(PAGE))
    shown = text(page)
    assert shown.count("mereka menjawab 503") == (rows + 1) // 2
    assert shown.count("Tanda: dibuat") == rows
    assert "tidak sampai" in shown
    assert "Menunggu 1" in shown
    assert "PKR-26-9" not in shown


def test_a_wrong_address_and_no_kind_are_said_and_nothing_is_made(supervisor: models.Person, door: Door) -> None:
    client = door(supervisor)
    for wrong in (
        {"address": "https://10.0.0.1/", "types": ["flag.raised"]},
        {"address": f"{ORIGIN}/"},
        {"address": "", "types": ["flag.x"]},
    ):
        page = client.post(reverse("admin:patrol_webhook_make"), wrong, follow=True)
        assert "Tidak ada yang diubah" in text(page)
    assert models.Webhook.objects.count() == 0


def test_an_office_has_five_at_most_and_each_address_once(supervisor: models.Person, door: Door) -> None:
    client = door(supervisor)
    for n in range(webhooks.MOST):
        client.post(reverse("admin:patrol_webhook_make"), {"address": f"{ORIGIN}/{n}", "types": ["flag.raised"]})
    twice = client.post(reverse("admin:patrol_webhook_make"), {"address": f"{ORIGIN}/0", "types": ["flag.raised"]}, follow=True)
    assert models.Webhook.objects.count() == webhooks.MOST
    assert "paling banyak 5 webhook" in text(twice)
    client.post(act("end", models.Webhook.objects.order_by("id")[0]))
    again = client.post(reverse("admin:patrol_webhook_make"), {"address": f"{ORIGIN}/1", "types": ["flag.raised"]}, follow=True)
    assert "sudah punya alamat ini" in text(again)


def test_sent_again_from_a_moment_and_kinds_chosen_by_the_page(supervisor: models.Person, door: Door) -> None:
    webhook, client = made(supervisor, "active"), door(supervisor)
    client.post(act("again", webhook), {"since": "22-11-2026 09.00"})
    page = client.post(act("again", webhook), {"since": "22-11-2996 09.00"}, follow=True)
    assert "sebutkan saat yang sudah lewat" in text(page)
    client.post(act("choose", webhook), {"types": ["case.closed", "flag.raised"]})
    webhook.refresh_from_db()
    assert webhook.types == ["flag.raised", "case.closed"]
    assert webhook.arrived_at == NOW.replace(day=22, hour=2, minute=0, second=0, microsecond=0)
    assert (NOW - webhook.arrived_at) < timedelta(days=3)


def test_each_kind_has_its_words() -> None:
    from patrol.admin.supervisor import webhooks as pages  # noqa: PLC0415 -- by the name of what it tests

    shown = [row["value"] for group in pages.groups() for row in group["rows"]]
    assert shown == list(stream.TYPES)
    assert all(str(row["title"]) for group in pages.groups() for row in group["rows"])
