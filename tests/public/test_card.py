"""A warning card's page: what was released, in both languages; one withdrawn, without its ground or objected to says so and no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
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
    with django_assert_num_queries(8):
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


def test_its_page_looks_at_all_that_it_was_released_on(client: Client) -> None:
    """Not only at the flag: at its decision, at who was harmed, at the end of the case, and at what is asked of any flag of it."""
    officer, supervisor = factories.person(Role.OFFICER), factories.person(Role.SUPERVISOR)
    case, (flag, other) = objected.in_case(by=officer, count=2)
    made = carded.released(case, flag, officer, supervisor)
    path = f"/kartu/{made.number}/"
    into = carded.case(by=officer)[0]

    def told(change: Callable[[], object]) -> str:
        with transaction.atomic():
            change()
            said = words(client, path)
            transaction.set_rollback(True)
        return next((word for word in ("ditarik", "sedang diperiksa lagi") if word in said), carded.QUOTE * (carded.QUOTE in said))

    def ends(outcome: str, **changes: Any) -> int:
        changes |= {"state": "closed", "outcome": outcome, "closed_by": officer, "closed_at": factories.NOW}
        return models.Case.objects.filter(pk=case.pk).update(**changes)

    def merged(outcome: str | None) -> None:
        ends("merged", merged_into=into)
        models.CaseFlag.objects.filter(case=case).update(case=into)
        if outcome:
            models.Case.objects.filter(pk=into.pk).update(state="closed", outcome=outcome, closed_by=officer, closed_at=factories.NOW)

    assert told(lambda: None) == carded.QUOTE
    assert told(lambda: models.Protection.objects.create(flag=flag, office=flag.office, by=officer, at=factories.NOW)) == "ditarik"
    assert told(lambda: ends("unfounded")) == "ditarik"
    assert told(lambda: ends("acted_upon")) == carded.QUOTE
    assert told(lambda: merged(None)) == carded.QUOTE
    assert told(lambda: merged("unfounded")) == "ditarik"
    assert told(lambda: objected.enter(other, supervisor)) == "sedang diperiksa lagi"
