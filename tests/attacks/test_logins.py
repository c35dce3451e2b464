"""Guesses at one account over forged addresses: few passwords are looked at, and the owner comes in meanwhile.

LOGIN_GUESSES says how many are sent (`make soak`: 100,000).
"""

from __future__ import annotations

import os
import time
from ipaddress import IPv4Address
from typing import Any, Final

import pytest
from django.contrib.auth.hashers import get_hasher
from django.test import Client
from django.urls import reverse

from patrol.access import people, sign_in
from tests import factories
from tests.access.test_sign_in import PASSWORD, WRONG, is_in, log_in

pytestmark = pytest.mark.django_db
GUESSES: Final = int(os.environ.get("LOGIN_GUESSES", "40"))


def test_guesses_over_forged_addresses_are_few_and_the_owner_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    person = factories.person(username="sari")
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    known = Client()
    log_in(known)
    known.post(reverse("admin:logout"))
    tried: list[int] = []
    hasher = type(get_hasher())
    verify = hasher.verify

    def looked_at(self: Any, password: str, encoded: str) -> bool:
        tried.append(len(tried))
        return bool(verify(self, password, encoded))

    monkeypatch.setattr(hasher, "verify", looked_at)
    began = time.monotonic()
    for number in range(GUESSES):
        log_in(Client(), WRONG, address=str(IPv4Address("198.18.0.0") + number))
    took = time.monotonic() - began
    assert sign_in.ACCOUNT_BURST + 3600 * sign_in.ACCOUNT_RATE == 20
    assert len(tried) <= 20 * max(1.0, took / 3600)
    assert len(tried) >= sign_in.ACCOUNT_BURST - 1  # a positive control: the owner's first login took one
    print(f"{GUESSES} guesses in {took:.0f} s: {len(tried)} passwords looked at")

    monkeypatch.setattr(hasher, "verify", verify)
    log_in(known)
    assert is_in(known)
    stranger, fresh = Client(), "yang-baru-contoh-8842"
    log_in(stranger, address="203.0.113.9")
    assert not is_in(stranger)  # with the right password too: it is not looked at
    link = people.reset_link(person_id=person.pk, by=factories.person("administrator"), now=factories.NOW)
    form = stranger.get(link, follow=True).redirect_chain[-1][0]
    stranger.post(form, {"new_password1": fresh, "new_password2": fresh})
    log_in(stranger, fresh, address="203.0.113.9")
    assert is_in(stranger)
