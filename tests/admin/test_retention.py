"""The page of the times of keeping: what holds, what is proposed and differs, what is due and held, and who gets which button."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from patrol import models
from patrol.retention import editions, running
from tests import factories
from tests.markup import tight
from tests.triage.acts import decide

pytestmark = pytest.mark.django_db

LIST, PROPOSE, COUNT = (reverse(f"admin:patrol_retentionedition_{name}") for name in ("changelist", "propose", "count"))


def entered(person: models.Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def shown(client: Client, address: str = LIST) -> str:
    with translation.override("id"):
        return tight(client.get(address).content.decode())


def test_two_people_bring_the_times_into_force_by_the_page() -> None:
    analyst, boss = entered(factories.person("analyst")), entered(factories.person("supervisor", "directorate"))
    assert "Belum ada yang dihapus karena masanya" in shown(boss)
    times = {key: str(days) for key, days in editions.shipped().items()} | {"unflagged": "120", "victim": ""}
    answer = analyst.post(PROPOSE, times | {"unflagged": "89", "reason": "Jadwal retensi"})
    assert (answer.status_code, models.RetentionEdition.objects.count()) == (200, 0)
    sent = analyst.post(PROPOSE, times | {"reason": "Jadwal retensi B.560/1234/2026"}, follow=True)
    assert "yang disimpan: “Jadwal retensi B.••••”" in sent.content.decode()
    asked = models.RetentionEdition.objects.get()
    assert (asked.times["unflagged"], asked.times["victim"], asked.times["outbox"]) == (120, None, 30)

    approve, withdraw = (reverse(f"admin:patrol_retentionedition_{verb}", args=[asked.pk]) for verb in ("approve", "withdraw"))
    page = shown(boss)
    assert "<b>120</b>" in page
    assert (approve in page, withdraw in page) == (True, False)
    assert (approve in shown(analyst), withdraw in shown(analyst)) == (False, True)
    boss.post(approve)
    assert editions.in_force() == asked
    assert "Edisi" in shown(boss)
    assert approve not in shown(boss)


def test_the_page_shows_what_the_night_counted_and_the_count_what_is_due_now() -> None:
    now = timezone.now()
    boss = factories.person("supervisor", "directorate")
    client = entered(boss)
    for days in (200, 300):
        factories.stored([factories.raw_post(posted_at=now - timedelta(days=days))], now=now - timedelta(days=days))
    running.keep_count(now=now)
    models.BackupKey.objects.create(key="age1contoh", first_at=now, last_at=now)
    page = shown(client)
    assert '<td class="num" data-of="Lewat masa">2</td>' in page
    assert "age1contoh" in page
    assert '<td class="num" data-of="Akan dihapus">2</td>' in shown(client, COUNT)
    assert models.Erasure.objects.count() == 0


def test_the_page_asks_as_much_whatever_is_kept() -> None:
    now = timezone.now()
    client = entered(factories.person("supervisor", "directorate"))
    counts = []
    for _turn in range(2):
        shown(client)
        with CaptureQueriesContext(connection) as asked:
            shown(client)
        counts.append(len(asked))
        many = [factories.raw_post(posted_at=now - timedelta(days=200)) for _n in range(29)]
        factories.stored(many, now=now - timedelta(days=200))
        running.keep_count(now=now)
    assert counts[0] == counts[1]


def test_whoever_may_not_see_protections_is_told_sums_of_which_post_nothing() -> None:
    """With the number of the post the reading log would tell who was harmed. Reading the page is a row of that log."""
    now = timezone.now()
    flag = factories.flag(now=now - timedelta(days=500))
    decide(flag, factories.person(), "dismissed", "not_overseas", now=now - timedelta(days=450))
    models.Protection.objects.create(flag=flag, office=flag.office, by=factories.person(), at=now)
    running.keep_count(now=now)
    sees = {"analyst": True, "supervisor": True, "administrator": False, "data_protection_officer": False}
    for role, may in sees.items():
        person = factories.person(role, "directorate")
        client = entered(person)
        page, sums = shown(client, COUNT), shown(client)
        told = ("Ditahan walau lewat masanya" in page, "pelindungan masih berjalan 1" in page, "pelindungan masih berjalan 1" in sums)
        assert (role, *told) == (role, may, may, may)
        folded = "perkara, atau pelindungan yang berjalan 1"
        assert (role, folded in page, folded in sums) == (role, not may, not may)
        read = models.Consultation.objects.filter(person=person)
        assert list(read.values_list("way", "target_kind", "rows")) == [("page", "retentionedition", 1)]
