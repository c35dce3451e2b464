"""Step-up: who sits there is asked once more, and what was sent goes on afterwards as it was sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation

from patrol import models
from patrol.access import fresh, sign_in
from tests import factories
from tests.access.test_factors import account, code_of, with_app
from tests.access.test_sign_in import PASSWORD, WRONG, entered, rows
from tests.admin.test_protections import address, harmed

pytestmark = pytest.mark.django_db
NOW = factories.NOW


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime]]:
    """One moment, which the test moves. In Indonesian."""
    moment = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment[0])
    with translation.override("id"):
        yield moment


def asked(client: Client, to: str, sent: dict[str, str], **shown: str) -> Any:
    """What the form of the step-up sends, filled."""
    page = BeautifulSoup(client.post(to, sent).content, "html.parser")
    fields = {str(one["name"]): str(one.get("value", "")) for one in page.select("form[method=post] input[name]")}
    assert fields["confirming"] == "POST"
    return client.post(to, {**fields, **shown})


def shows() -> int:
    return models.AuditEntry.objects.filter(verb="protection.contacts_shown").count()


def test_the_password_is_asked_for_where_there_is_no_second_factor_and_the_look_goes_on(clock: list[datetime]) -> None:
    client, protection = entered(account()), harmed(factories.person())
    show, sent = address(protection, "show"), {"need": "reach"}
    clock[0] += fresh.FOR - timedelta(seconds=1)
    assert (client.post(show, sent).status_code, shows()) == (200, 1)
    clock[0] += timedelta(seconds=1)
    wrong = asked(client, show, sent, confirm_password=WRONG)
    assert (wrong.status_code, "Kata sandi ini salah" in wrong.content.decode(), shows()) == (403, True, 1)
    assert b'name="need" value="reach"' in wrong.content
    right = asked(client, show, sent, confirm_password=PASSWORD)
    assert (right.status_code, "korban_contoh" in right.content.decode(), shows()) == (200, True, 2)
    assert [verb for verb, _by, _on in rows()[-3:]] == ["person.old_password_wrong", "person.confirmed", "protection.contacts_shown"]
    assert client.post(show, sent).status_code == 200
    assert shows() == 3  # and not asked again for a while


def test_the_second_factor_is_asked_for_and_the_password_does_not_do(clock: list[datetime]) -> None:
    person = account()
    secret, _codes = with_app(person)
    client, protection = entered(person), harmed(factories.person())
    show, sent = address(protection, "show"), {"need": "reach", "code": "isi formulir"}
    clock[0] += fresh.FOR
    assert asked(client, show, sent, confirm_password=PASSWORD).status_code == 403
    assert shows() == 0
    assert asked(client, show, sent, code=code_of(secret, clock[0])).status_code == 200
    assert shows() == 1
    clock[0] += fresh.FOR
    used = asked(client, show, sent, code=code_of(secret, clock[0] - fresh.FOR))
    assert (used.status_code, shows()) == (403, 1)


def test_a_page_that_asks_opens_afterwards_where_it_was_asked_for(clock: list[datetime]) -> None:
    client = entered(account())
    clock[0] += fresh.FOR
    to = f"{reverse('admin:add_app')}?x=1"
    assert "app-secret" not in client.get(to).content.decode()
    answer = client.post(to, {"confirming": "GET", "confirm_password": PASSWORD})
    assert answer["Location"] == to
    assert "app-secret" in client.get(to).content.decode()


def test_guessing_there_is_slowed_as_at_the_door(clock: list[datetime]) -> None:
    client, protection = entered(account()), harmed(factories.person())
    show, sent = address(protection, "show"), {"need": "reach"}
    clock[0] += fresh.FOR
    for _ in range(int(sign_in.KNOWN_BURST)):
        assert asked(client, show, sent, confirm_password=WRONG).status_code == 403
    late = asked(client, show, sent, confirm_password=PASSWORD)
    assert ("Terlalu banyak percobaan" in late.content.decode(), shows()) == (True, 0)


def test_who_is_not_logged_in_confirms_nothing() -> None:
    protection = harmed(factories.person())
    answer = Client().post(address(protection, "show"), {"confirming": "POST", "confirm_password": PASSWORD, "need": "reach"})
    assert (answer.status_code, shows()) == (302, 0)
