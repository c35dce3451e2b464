"""Reports of the public on the screen of staff."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from patrol import models
from patrol.admin.officer import tips
from patrol.infra import wall
from patrol.intake.tips import handling, receiving
from patrol.models import Role
from tests import factories
from tests.admin.conftest import Door
from tests.api import asking
from tests.intake.tips import reporting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _offices() -> None:
    factories.offices()


def address(tip: models.Tip, verb: str = "change") -> str:
    return reverse(f"admin:patrol_tip_{verb}", args=[tip.pk])


def test_where_a_report_belongs_is_asked_of_the_office_that_holds_it(door: Door) -> None:
    tip = reporting.report()
    shown = {role: door(role).get(address(tip)).content.decode() for role in (Role.OFFICER, Role.ANALYST)}
    for verb in ("join", "move"):
        assert [f'action="{address(tip, verb)}"' in page for page in shown.values()] == [True, False]
    assert ["ditentukan kantor yang memegangnya" in page for page in shown.values()] == [False, True]


def test_the_page_names_the_system_that_handed_a_report_over(door: Door, settings: Any) -> None:
    settings.RECEIPT_KEY = "kunci-contoh-untuk-uji-nomor-laporan-0001"
    device = asking.made("report", code="bp3mi-sulsel", name="Meja pengaduan contoh").device
    told = receiving.Told(kind="advert", words="Loker CS ke Kamboja", where="Bandung, Jawa Barat")
    tip, _number = receiving.sent_by_system(told=told, form=uuid.uuid4(), device=device, now=factories.NOW)
    of_public, client = reporting.report(), door()
    said = f"diserahkan oleh sistem {device.person.office.short_name}, “Meja pengaduan contoh”"
    pages = [" ".join(client.get(address(one)).content.decode().split()) for one in (tip, of_public)]
    assert [said in page for page in pages] == [True, False]


def test_nothing_is_called_sealed_where_the_reporter_left_no_contact(door: Door) -> None:
    left = reporting.report(contact=reporting.CONTACT)
    without = reporting.report(words="Loker lain ke Kamboja")
    client = door()
    pages = [client.get(address(one)).content.decode() for one in (left, without)]
    assert [(">disegel<" in page, "tidak memberi nama atau kontak" in page) for page in pages] == [(True, False), (False, True)]


def test_who_acts_on_what_has_grown_since_is_told_that_it_has(door: Door) -> None:
    tip, client = reporting.report(), door()
    reporting.report()
    sent = {"outcome": "acted", "text": "Sudah.", "seen_version": tip.version}
    page = client.post(address(tip, "close"), sent, follow=True).content.decode()
    tip.refresh_from_db()
    assert ("ada yang masuk ke laporan ini setelah Anda membukanya" in page, tip.state, tip.messages.count()) == (True, "received", 0)


def test_who_acts_on_what_went_to_another_office_meanwhile_finds_no_page(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    tip, client = reporting.report(), door()

    def late(**given: Any) -> Any:
        with wall.everything("another office takes it between the page and the act"):
            models.Tip.objects.filter(pk=tip.pk).update(office=factories.office("bp3mi-ntb"))
        return handling.close(**given)

    monkeypatch.setitem(tips._VERBS, "close", late)
    answer = client.post(address(tip, "close"), {"outcome": "acted", "text": "Sudah.", "seen_version": tip.version})
    tip.refresh_from_db()
    assert (answer.status_code, tip.state, tip.messages.count()) == (404, "received", 0)


def test_who_comes_second_reads_the_state_of_a_report_and_not_of_a_case(door: Door) -> None:
    tip, client = reporting.report(), door()
    version = tip.version
    for state, text in (("closed", "Sudah."), ("", "Lagi.")):
        page = client.post(address(tip, "close"), {"outcome": "acted", "text": text, "seen_version": version}, follow=True).content.decode()
        tip.refresh_from_db()
        assert tip.state == (state or "closed")
    assert ("sudah “selesai”" in page, tip.messages.count()) == (True, 1)


def test_what_nobody_did_anything_with_for_long_is_a_list_of_its_own(door: Door) -> None:
    old = reporting.report(now=timezone.now() - timedelta(days=91))
    reporting.report(words="Baru datang", now=timezone.now() - timedelta(days=89))
    page = door().get(reverse("admin:patrol_tip_changelist"), {"state": "idle"}).content.decode()
    assert [address(tip) in page for tip in models.Tip.objects.order_by("pk")] == [tip == old for tip in models.Tip.objects.order_by("pk")]


def test_who_is_in_danger_stands_first_on_the_page(door: Door) -> None:
    now = timezone.now()
    danger = reporting.report(words="Paspor diambil", danger=True, now=now - timedelta(hours=2))
    newer = reporting.report(words="Baru datang", now=now - timedelta(hours=1))
    page = door().get(reverse("admin:patrol_tip_changelist")).content.decode()
    assert 0 < page.index(address(danger)) < page.index(address(newer))
