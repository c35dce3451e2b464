"""The page on which the directorate says what the public desk tells."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from patrol import models
from patrol.access import public_desk
from patrol.models import Role
from tests import factories

pytestmark = pytest.mark.django_db

PAGE, SWITCH = (reverse(f"admin:patrol_publicdeskchange_{name}") for name in ("changelist", "switch"))


def test_a_supervisor_of_the_directorate_switches_it_and_sees_who_did(client: Client) -> None:
    by = factories.person(Role.SUPERVISOR, "directorate")
    client.force_login(by)
    assert "Tidak disebutkan." in client.get(PAGE).content.decode()
    page = BeautifulSoup(client.post(SWITCH, {"tells_reviewed": "1"}, follow=True).content, "html.parser")
    assert "Disebutkan." in page.get_text()
    assert by.name in page.get_text()
    assert public_desk.tells_reviewed() is True
    client.post(SWITCH, {"tells_reviewed": "1"})
    assert models.PublicDeskChange.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "office"), [(Role.SUPERVISOR, "bp3mi-jabar"), (Role.ANALYST, "directorate"), (Role.ADMINISTRATOR, "directorate")]
)
def test_others_do_not_find_it(client: Client, role: Role, office: str) -> None:
    client.force_login(factories.person(role, office))
    assert [client.get(PAGE).status_code, client.post(SWITCH, {"tells_reviewed": "1"}).status_code] == [404, 404]
    assert public_desk.tells_reviewed() is False
