"""The directorate's pages of guides: the list, an edition as the public reads it, and publishing after a look at it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from patrol import models
from patrol.guides import editions
from patrol.models import Role
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    factories.offices()
    editions.load(now=NOW)
    entered = Client()
    entered.force_login(factories.person(Role.ANALYST))
    entered.cookies["django_language"] = "en"
    return entered


def address(name: str, *parts: Any) -> str:
    return reverse(f"admin:patrol_guide_{name}", args=parts)


def page(client: Client, name: str, *parts: Any) -> str:
    answer = client.get(address(name, *parts))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_guide_is_looked_at_before_it_is_published(client: Client) -> None:
    first = models.GuideEdition.objects.get(guide__key="visa-turis")
    form = client.get(address("enter", first.guide_id)).context["form"]
    told = {name: form[name].value() for name in form.fields} | {"title_en": "Tourist visa", "checked_on": "2026-11-20"}
    assert told["body_id"] == first.body_id
    before = models.AuditEntry.objects.count()
    shown = client.post(address("enter", first.guide_id), told | {"preview": "1"}).content.decode()
    assert ">Tourist visa</h2>" in shown
    assert "Checked on 20 November 2026." in " ".join(shown.split())
    assert (models.GuideEdition.objects.filter(guide=first.guide).count(), models.AuditEntry.objects.count()) == (1, before)
    # A forbidden word stands at its field, and nothing is kept.
    wrong = client.post(address("enter", first.guide_id), told | {"body_en": "This is safe."}).content.decode()
    assert "a public page holds no “safe”" in wrong
    assert models.GuideEdition.objects.filter(guide=first.guide).count() == 1
    assert client.post(address("enter", first.guide_id), told).status_code == 302
    newest = models.GuideEdition.objects.filter(guide=first.guide).latest("id")
    assert (newest.title_en, newest.by_id is None) == ("Tourist visa", False)
    assert "Tourist visa" in page(client, "changelist")
    assert ">“Tourist visa first, work visa later”</h2>" in page(client, "edition", first.guide_id, first.pk)


def test_a_new_guide_and_one_that_is_taken_off(client: Client) -> None:
    told = dict.fromkeys(("title_id", "title_en", "under_id", "under_en", "gist_id", "gist_en", "body_id", "body_en", "sources"), "Isi")
    told |= {"key": "tanya-siapa", "section": "leaving", "checked_on": timezone.localdate().isoformat(), "seen": "0"}
    assert client.post(address("begin"), told).status_code == 302
    guide = models.Guide.objects.get(key="tanya-siapa")
    assert (
        client.post(address("begin"), told).status_code == 200
    )  # the address is taken: a page that showed nothing of it publishes nothing
    assert guide.editions.count() == 1
    sent = {"seen": guide.editions.get().pk, "reason": "Sumbernya tidak berlaku lagi."}
    assert client.post(address("withdraw", guide.pk), sent).status_code == 302
    shown = page(client, "change", guide.pk)
    assert "Taken off the public pages. Sumbernya tidak berlaku lagi." in shown
    assert guide not in [one.guide for one in editions.published()]
