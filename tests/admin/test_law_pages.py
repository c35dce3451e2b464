"""The pages of the law: what they say of an article, and what their forms do."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from patrol import models
from patrol.cases import law
from patrol.models import Role
from tests import factories
from tests.markup import read, said_by

pytestmark = pytest.mark.django_db
MARK = "to be confirmed by the legal unit"


def door(person: models.Person) -> Client:
    client = Client()
    client.force_login(person)
    client.cookies["django_language"] = "en"
    return client


def page(client: Client, name: str, *parts: Any, **query: Any) -> str:
    answer = client.get(reverse(f"admin:patrol_article_{name}", args=parts), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_list_says_how_each_article_stands() -> None:
    client = door(factories.person(Role.ANALYST))
    shown = page(client, "changelist")
    assert "UU 18/2017 Pasal 69 jo. 81" in shown
    assert "UU 6/2023" in shown  # an act without an article of its own
    assert shown.lower().count(MARK) == 1 + 14  # the chip and each article but the one that ended
    assert page(client, "changelist", keadaan="berakhir").count("Pasal ") == 1
    assert "No article in this state." in page(client, "changelist", keadaan="terkonfirmasi")


@pytest.mark.parametrize(("key", "heads"), [("placement", ["Edition, from 22 Nov 2017"]), ("kuhp-378", ["Edition, first day not entered"])])
def test_an_edition_without_its_first_day_does_not_say_since_when(key: str, heads: list[str]) -> None:
    client, of = door(factories.person(Role.ANALYST)), models.Article.objects.get(key=key)
    shown = BeautifulSoup(client.get(reverse("admin:patrol_article_change", args=[of.pk])).content, "html.parser")
    assert [said for one in shown.select("h2") if (said := read(one)).startswith("Edition")] == heads


def test_an_edition_is_entered_confirmed_by_another_person_and_ends() -> None:
    analyst, supervisor = factories.person(Role.ANALYST), factories.person(Role.SUPERVISOR, "directorate")
    of = models.Article.objects.get(key="fraud")
    first = of.editions.get()
    told = {"seen": first.pk, "in_force_from": "2026-11-01", "elements": "Satu | One\nDua\n\n", "source": "LN rekaan"}
    client = door(analyst)
    to = reverse("admin:patrol_article_enter", args=[of.pk])
    assert "Mendistribusikan" in page(client, "enter", of.pk)  # what the last one says stands in the form
    answer = client.post(to, told)
    assert said_by(answer)[-1] == ("The edition was entered. It waits for the legal unit, and another person confirms it.", "")
    made = of.editions.latest("id")
    assert made.elements == [{"key": "e1", "id": "Satu", "en": "One"}, {"key": "e2", "id": "Dua", "en": "Dua"}]
    assert "there is a newer edition than you saw" in client.post(to, told).content.decode()
    assert of.editions.count() == 2
    assert "Enter the confirmation" not in page(client, "change", of.pk)

    client = door(supervisor)
    assert page(client, "change", of.pk).count("Enter the confirmation") == 2
    to = reverse("admin:patrol_article_confirm", args=[of.pk, made.pk])
    letter = {"letter_number": "B.7/CONTOH/2026", "letter_date": "2026-11-20"}
    answer = client.post(to, letter | {"scan": SimpleUploadedFile("surat.pdf", b"surat")})
    assert "The scan is no PDF" in answer.content.decode()
    assert not models.LawConfirmation.objects.exists()
    client.post(to, letter | {"scan": SimpleUploadedFile("surat.pdf", b"%PDF-1.4 surat")})
    shown = page(client, "change", of.pk)
    assert "Letter of the legal unit B.7/CONTOH/2026 of 20 Nov 2026" in shown
    scan = client.post(reverse("admin:patrol_article_scan", args=[of.pk, made.pk]))
    assert (scan.content, scan["Content-Disposition"].endswith('.pdf"')) == (b"%PDF-1.4 surat", True)
    logged = models.AuditEntry.objects.latest("seq")
    assert (logged.verb, logged.after["minutes"]) == ("law.scan_opened", models.Minutes.objects.get().number)

    client.post(reverse("admin:patrol_article_end", args=[of.pk]), {"seen": made.pk, "ended_from": "2026-11-10", "source": "LN rekaan"})
    shown = page(client, "change", of.pk)
    assert "No longer in force from 10 Nov 2026" in shown
    assert "You entered this edition: another person enters the confirmation." in shown


def test_who_entered_an_edition_is_told_that_another_confirms() -> None:
    by = factories.person(Role.SUPERVISOR, "directorate")
    of = models.Article.objects.get(key="fraud")
    made = law.end(article_id=of.pk, ended_from=factories.NOW.date(), source="x", seen=of.editions.get().pk, by=by, now=factories.NOW)
    to = reverse("admin:patrol_article_confirm", args=[of.pk, made.pk])
    letter = {"letter_number": "B.7", "letter_date": "2026-11-20", "scan": SimpleUploadedFile("surat.pdf", b"%PDF-1.4")}
    assert "Another person must approve." in door(by).post(to, letter).content.decode()
    assert not models.LawConfirmation.objects.exists()


def test_a_new_article_of_a_new_act() -> None:
    client = door(factories.person(Role.ANALYST))
    told = {"act": "", "act_short": "UU 99/2099", "act_title": "Undang-undang rekaan", "number": "1", "title_id": "rekaan"}
    to = reverse("admin:patrol_article_add")
    client.post(to, told)
    assert not models.Act.objects.filter(short="UU 99/2099").exists()
    client.post(to, told | {"title_en": "invented", "reason": "fraud"})
    made = models.Article.objects.get(act__short="UU 99/2099")
    assert (made.cited, made.reason, made.editions.count()) == ("UU 99/2099 Pasal 1", "fraud", 0)
    assert "no edition yet" in page(client, "changelist")
