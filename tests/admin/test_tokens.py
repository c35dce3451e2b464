"""The page of the tokens for other systems: made, shown once, revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from patrol import models
from patrol.access import tokens
from patrol.models import Role
from tests import factories
from tests.admin.conftest import Door
from tests.api import asking
from tests.factories import NOW

pytestmark = pytest.mark.django_db

PAGE = "admin:patrol_device_tokens"
FORM = {"name": "Meja pengaduan", "scopes": ["check", "flags"], "days": "90"}


def test_a_token_is_shown_once_and_opens_what_was_chosen(door: Door) -> None:
    client: Client = door(factories.person(Role.SUPERVISOR))
    answer = client.post(reverse("admin:patrol_device_make_token"), FORM)
    made = answer.context["made"]
    assert f'id="token">{made.token}<' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert asking.Asks(made.token).get("token")["scopes"] == ["check", "flags"]
    later = client.get(reverse(PAGE)).content.decode()
    assert "Meja pengaduan" in later
    assert made.token not in later


def test_what_is_missing_stands_beside_its_field_and_nothing_is_made(door: Door) -> None:
    answer = door(factories.person(Role.SUPERVISOR)).post(reverse("admin:patrol_device_make_token"), {"name": "x", "days": "90"})
    assert answer.context["form"].errors == {"scopes": ["Pilih apa yang boleh diminta."]}
    assert models.Device.objects.count() == 0


def test_a_revoked_one_opens_nothing(door: Door) -> None:
    by = factories.person(Role.SUPERVISOR)
    made = asking.made(by=by)
    answer = door(by).post(reverse("admin:patrol_device_revoke_token", args=[made.device.pk]), follow=True)
    assert "dicabut" in answer.content.decode()
    assert tokens.known(made.token, now=NOW) is None


def test_the_living_ones_stand_first_however_many_were_revoked(door: Door) -> None:
    by = factories.person(Role.SUPERVISOR)
    living = asking.made(by=by).device
    for kind in ({"office": by.office, "scopes": ["flags"], "ends_at": NOW + timedelta(days=30)}, {}):
        models.Device.objects.bulk_create(
            models.Device(person=by, name="Lama", token_sha256=f"{len(kind)} {n}", paired_at=NOW, revoked_at=NOW, **kind)
            for n in range(200)
        )
    browser = models.Device.objects.create(person=by, name="Baru", token_sha256="b", paired_at=NOW)
    client = door(by)
    assert client.get(reverse(PAGE)).context["rows"][0]["device"] == living
    assert client.get(reverse("admin:patrol_device_changelist")).context["rows"][0]["device"] == browser


def test_a_browser_is_no_token_and_a_token_no_browser(door: Door) -> None:
    by = factories.person(Role.SUPERVISOR)
    made = asking.made(by=by)
    client = door(by)
    assert made.device.name not in client.get(reverse("admin:patrol_device_changelist")).content.decode()
    assert client.post(reverse("admin:patrol_device_revoke", args=[made.device.pk])).status_code == 404
    assert models.Device.objects.get().revoked_at is None


@pytest.mark.parametrize("rows", [1, 20])
def test_what_the_page_asks_of_the_database(rows: int, door: Door, django_assert_num_queries: Any) -> None:
    by = factories.person(Role.SUPERVISOR)
    for _one in range(rows):
        asking.made(by=by)
    client = door(by)
    client.get(reverse(PAGE))
    with django_assert_num_queries(5):
        assert len(client.get(reverse(PAGE)).context["rows"]) == rows
