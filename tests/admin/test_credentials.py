"""The page of a credential: what is said of values that are there, and of values that were removed."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from patrol import models
from patrol.watches import credentials
from tests import factories

pytestmark = pytest.mark.django_db


def rows(client: Client, credential: models.Credential) -> list[str]:
    page = client.get(reverse("admin:patrol_credential_change", args=[credential.pk])).content
    return [one.get_text(strip=True) for one in BeautifulSoup(page, "html.parser").select("main dl.kv dt")]


def test_values_that_were_removed_have_no_mark() -> None:
    admin = factories.person("administrator")
    client = Client()
    client.force_login(admin)
    values: dict[str, Any] = {"api_key": "kunci-contoh-1"}
    made = credentials.add(platform="youtube", name="Kunci", values=values, last_day=None, by=admin, now=factories.NOW)
    assert rows(client, made) == ["Platform", "Hari terakhir", "Berubah", "Tanda pengenal", "Pantauan"]
    credentials.retire(credential_id=made.pk, by=admin, now=factories.NOW)
    assert rows(client, made) == ["Platform", "Hari terakhir", "Berubah", "Pantauan"]
