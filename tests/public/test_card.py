"""A warning card's page: what was released, in both languages; one withdrawn, without its ground or objected to says so and no more."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from patrol import models
from patrol.cases import cards
from patrol.domain import public_words
from patrol.models import Role
from tests import factories
from tests.cases import carded, objected
from tests.markup import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk(settings: Any) -> None:
    settings.PUBLIC_URL = "https://cek.contoh.example"


def words(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    told = read(BeautifulSoup(answer.content, "html.parser").select_one("main"))
    assert public_words.forbidden(told) == []
    return told


def test_a_card_has_a_page_once_it_is_released(client: Client, django_assert_num_queries: Any) -> None:
    officer = factories.person(Role.OFFICER)
    case, flag = carded.case(by=officer)
    waits = carded.make(case, flag, officer)
    made = carded.released(case, flag, officer)
    paths = [f"/kartu/{made.number}/", f"/en/kartu/{made.number}/"]
    assert client.get(f"/kartu/{waits.number}/").status_code == client.get("/kartu/KP-X/").status_code == 404
    with django_assert_num_queries(5):
        client.get(paths[0])
    for path, title in zip(paths, ("Ditawari kerja “CS chat” di Kamboja?", "Offered work as “CS chat” in Cambodia?"), strict=True):
        told = words(client, path)
        assert title in told
        assert carded.QUOTE in told
        assert case.number not in told
        assert officer.name not in told
    objection = objected.enter(flag, factories.person(Role.OFFICER))
    told = words(client, paths[0])
    assert "sedang diperiksa lagi" in told
    assert carded.QUOTE not in told
    assert objection.number not in told
    objected.decide(objection, factories.person(Role.SUPERVISOR))
    assert "ditarik" in words(client, paths[0])
    assert carded.QUOTE not in words(client, paths[0])
    cards.withdraw(card_id=made.pk, note="Keputusannya dibatalkan.", seen_version=2, by=officer, now=objected.LATER)
    assert "Keputusannya dibatalkan." in words(client, paths[0])
    assert models.Card.objects.get(pk=made.pk).released_at is not None
