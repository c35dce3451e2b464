"""The pages of notices out of the house: what oneself is told, and an office's bot."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from patrol import models
from patrol.models import Role, Way
from patrol.outgoing import mailing
from patrol.sources.transport import bot as api
from patrol.telling import bots, choices
from patrol.telling.choices import Kind, When
from tests import bot_server, factories
from tests.admin.conftest import Door
from tests.bot_server import TOKEN
from tests.factories import NOW

pytestmark = pytest.mark.django_db
PAGE = "admin:patrol_dispatch_changelist"


def text(page: Any) -> str:
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").split())


@pytest.mark.parametrize("rows", [1, 30])
def test_what_was_sent_costs_the_same_and_is_ones_own(rows: int, door: Door, django_assert_num_queries: Any) -> None:
    person, other = factories.person(), factories.person()
    for n in range(rows):
        for one in (person, other):
            mailing.ask("notices", f"{one.pk} {n}", person_id=one.pk, target={}, now=NOW, way=Way.TELEGRAM if n % 2 else Way.MAIL)
    models.Dispatch.objects.filter(person=other).update(state="refused", said="550 rahasia")
    models.Dispatch.objects.filter(person=person).update(state="trying", tried_at=NOW)
    models.Dispatch.objects.filter(person=person).update(state="unknown", said="died")
    client = door(person)
    with django_assert_num_queries(11):
        page = client.get(reverse(PAGE))
    shown = text(page)
    assert shown.count("tidak diketahui sampai atau tidak") == rows
    assert shown.count("Proses yang mengirimnya terhenti") == rows
    assert "rahasia" not in shown


def test_a_message_that_may_not_have_arrived_is_sent_again_from_its_row(door: Door) -> None:
    person = factories.person()
    for n, state in enumerate(("unknown", "refused", "sent")):
        mailing.ask("summary_draft", str(n), person_id=person.pk, target={}, now=NOW)
        for one in ("trying", state):
            models.Dispatch.objects.filter(key=str(n)).update(state=one, tried_at=NOW)
    client = door(person)
    page = BeautifulSoup(client.get(reverse(PAGE)).content, "html.parser")
    forms = page.select("form[action$='/kirim-ulang/']")
    assert [" ".join(form.get_text(" ").split()) for form in forms] == ["Kirim ulang", "Kirim ulang Bisa jadi sampai dua kali."]
    address, seen = str(forms[1]["action"]), str(forms[1].select("input[name=seen]")[0]["value"])
    assert door(factories.person()).post(address, {"seen": seen}).status_code == 404
    client = door(person)
    assert "Pesan segera dikirim ulang" in text(client.post(address, {"seen": seen}, follow=True))
    again = text(client.post(address, {"seen": seen}, follow=True))
    assert ("Tidak ada yang dikirim ulang" in again, again.count("Kirim ulang")) == (True, 1)
    assert sorted(models.Dispatch.objects.values_list("state", flat=True)) == ["asked", "refused", "sent"]


def test_chosen_by_the_form_and_shown_again(door: Door) -> None:
    person = factories.person()
    client = door(person)
    told = {
        "ways_flags": "both",
        "when_flags": "daily",
        "ways_clocks": "mail",
        "when_clocks": "now",
        "hour": "6",
        "quiet_from": "21",
        "quiet_to": "5",
    }
    client.post(reverse("admin:patrol_dispatch_choose"), told)
    choice = choices.read(choices.own(person))
    assert choice == choices.Choice(
        {Kind.FLAGS: choices.One((Way.MAIL, Way.TELEGRAM), When.DAILY), Kind.CLOCKS: choices.One((Way.MAIL,), When.NOW)}, 6, (21, 5)
    )
    soup = BeautifulSoup(client.get(reverse(PAGE)).content, "html.parser")
    picked = {str(one["name"]): one.find("option", selected=True) for one in soup.find_all("select")}
    assert {name: str(option["value"]) for name, option in picked.items() if option is not None} == {
        **told,
        "ways_watches": "",
        "when_watches": "now",
        "ways_messages": "",
        "when_messages": "now",
        "ways_approvals": "",  # whoever hands over to peers takes back, too
        "when_approvals": "now",
        "ways_looks": "",
        "when_looks": "now",
    }
    client.post(reverse("admin:patrol_dispatch_as_office"))
    assert choices.own(person) is None


@pytest.mark.parametrize(
    "wrong", [{"ways_flags": "fax"}, {"when_flags": "later", "ways_flags": "mail"}, {"hour": "24"}, {"quiet_from": "x"}]
)
def test_what_no_page_offers_is_refused(wrong: dict[str, str], door: Door) -> None:
    person = factories.person()
    door(person).post(reverse("admin:patrol_dispatch_choose"), {"hour": "7"} | wrong)
    assert choices.own(person) is None


def test_a_kind_that_is_not_for_a_role_is_neither_offered_nor_taken(door: Door) -> None:
    person = factories.person(Role.REGISTRAR)
    client = door(person)
    assert 'name="ways_flags"' not in client.get(reverse(PAGE)).content.decode()
    client.post(reverse("admin:patrol_dispatch_choose"), {"ways_flags": "mail", "ways_approvals": "mail", "hour": "7"})
    assert set(choices.read(choices.own(person)).kinds) == {Kind.APPROVALS}


@pytest.mark.parametrize(
    ("role", "told"),
    [
        (Role.REGISTRAR, "register"),
        (Role.ADMINISTRATOR, "pantauan, akun"),
        (
            Role.SUPERVISOR,
            (
                "rujukan, penghapusan, keberatan, keputusan massal, pantauan, register, dasar hukum, akun, ekspor untuk instansi lain,"
                " rekap yang perlu ditandatangani"
            ),
        ),
    ],
)
def test_what_waits_for_a_word_is_what_the_role_may_give_it_to(role: Role, told: str, door: Door) -> None:
    page = BeautifulSoup(door(role, code="directorate").get(reverse(PAGE)).content, "html.parser")
    row = next(one for one in page.select("tr") if one.select('[name="ways_approvals"]'))
    (tells,) = row.select("td small")
    assert tells.text == told


def test_who_can_be_told_of_no_kind_is_not_asked_to_choose(door: Door) -> None:
    chosen = f'action="{reverse("admin:patrol_dispatch_choose")}"'
    pages = [door(role).get(reverse(PAGE)).content.decode() for role in (Role.DATA_PROTECTION_OFFICER, Role.REGISTRAR)]
    assert [(chosen in page, "Tidak ada jenis pemberitahuan untuk peran Anda" in page) for page in pages] == [(False, True), (True, False)]


def test_a_code_is_shown_in_its_answer_alone(door: Door) -> None:
    supervisor = factories.person(Role.SUPERVISOR)
    bots.set_token(office_id=supervisor.office_id, token=TOKEN, by=supervisor, now=NOW)
    models.Bot.objects.update(name="contoh_bot")
    client = door(factories.person())
    page = client.post(reverse("admin:patrol_dispatch_pair"))
    (code,) = re.findall(r'id="pairing-code"[^>]*>\s*([0-9A-Z]{4} [0-9A-Z]{4})', page.content.decode())
    assert "no-store" in page.headers["Cache-Control"]
    again = client.get(reverse(PAGE))
    assert code not in again.content.decode()
    assert "Kode menunggu pesan Anda" in text(again)


def test_the_token_is_typed_tried_and_never_shown(door: Door, settings: Any) -> None:
    supervisor = factories.person(Role.SUPERVISOR)
    client = door(supervisor)
    office = supervisor.office_id
    with bot_server.running() as server:
        settings.STAND_INS = {api.ORIGIN: server.base}
        page = client.post(reverse("admin:patrol_bot_token", args=[office]), {"token": TOKEN}, follow=True)
    assert (bots.token(models.Bot.objects.get()), models.Bot.objects.get().name) == (TOKEN, "contoh_bot")
    refused = client.post(reverse("admin:patrol_bot_token", args=[office]), {"token": f"{TOKEN} x"}, follow=True)
    for shown in (page, refused, client.get(reverse("admin:patrol_bot_office", args=[office]))):
        assert (TOKEN in shown.content.decode(), "t" * 20 in shown.content.decode()) == (False, False)
    assert "bukan token dari BotFather" in text(refused)


def test_an_address_and_its_code_by_the_page(door: Door, settings: Any) -> None:
    settings.MAIL, settings.MAIL_FROM = (
        {"host": "127.0.0.1", "port": 1, "security": "none", "user": "", "password": ""},
        "k@patroli.example",
    )
    person = factories.person()
    client = door(person)
    client.post(reverse("admin:patrol_dispatch_ask"), {"address": "satu@kantor.example"})
    assert "satu@kantor.example" in text(client.get(reverse(PAGE)))
    assert "salah" in text(client.post(reverse("admin:patrol_dispatch_confirm"), {"code": "1"}, follow=True))
    models.Person.objects.filter(pk=person.pk).update(mail="satu@kantor.example")
    administrator = door(Role.ADMINISTRATOR)
    shown = administrator.get(reverse("admin:patrol_person_change", args=[person.pk])).content.decode()
    assert ("satu@kantor.example" in shown, reverse("admin:patrol_person_clear_mail", args=[person.pk]) in shown) == (False, True)
