"""Two requests at once with the same code, and the two last factors removed at once: one of them gets what the other then cannot.

Each test runs again as its own control without the lock, where both get it: the moment is the one that counts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from patrol import models
from patrol.access import factors
from patrol.infra.refusals import RefusedError
from tests import races
from tests.access.test_factors import NOW, account, clock, code_of, with_app
from tests.access.test_sign_in import is_in, log_in

__all__ = ["clock"]
pytestmark = pytest.mark.usefixtures("committed")
ROWS = "SELECT 1 FROM mfa_authenticator FOR UPDATE"


@pytest.fixture(params=[True, False], ids=["locked", "without the lock"])
def locked(request: Any, monkeypatch: pytest.MonkeyPatch) -> bool:
    if not request.param:
        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_how: rows.all())
    return bool(request.param)


def at_once(code: str) -> list[bool]:
    """Whether each of two browsers, both behind the password, is in with this code."""
    clients = Client(), Client()
    for client in clients:
        log_in(client)
        assert not is_in(client)

    def shows(client: Client) -> Callable[[], Any]:
        return lambda: client.post(reverse("admin:second_factor"), {"code": code}).status_code

    answers = races.race(ROWS, *(shows(client) for client in clients))
    assert set(answers) <= {200, 302}
    return [is_in(client) for client in clients]


def test_one_code_of_an_app_opens_one_login(locked: bool) -> None:
    secret, _codes = with_app(account(username="sari"))
    assert sorted(at_once(code_of(secret, NOW))) == ([False, True] if locked else [True, True])
    assert models.AuditEntry.objects.filter(verb="person.logged_in").count() == (1 if locked else 2)


def test_one_recovery_code_opens_one_login(locked: bool) -> None:
    _secret, codes = with_app(account(username="sari"))
    assert sorted(at_once(codes[3])) == ([False, True] if locked else [True, True])
    assert models.AuditEntry.objects.filter(verb="person.recovery_code_used").count() == (1 if locked else 2)


def test_the_two_last_factors_are_not_removed_at_once(locked: bool, settings: Any) -> None:
    settings.SECOND_FACTOR = "everybody"
    person = account(username="sari")
    with_app(person)
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "Kantor"})
    both = Authenticator.objects.filter(type__in=("totp", "webauthn")).order_by("type").values_list("pk", flat=True)

    def removes(key: int) -> Callable[[], Any]:
        return lambda: factors.remove(factor_id=key, by=person, now=NOW)

    # Whoever holds the person holds the first of them; without that lock both come as far as the rows.
    first, second = races.race("SELECT 1 FROM patrol_person FOR UPDATE" if locked else ROWS, *map(removes, both))
    if locked:
        assert (first, isinstance(second, RefusedError) and second.code) == ("totp", "factor.last")
        assert set(Authenticator.objects.values_list("type", flat=True)) == {"webauthn", "recovery_codes"}
    else:
        assert (first, second, Authenticator.objects.filter(type__in=("totp", "webauthn")).count()) == ("totp", "passkey", 0)
