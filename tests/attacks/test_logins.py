"""Guesses at one account over forged addresses: few passwords are looked at, and the owner comes in meanwhile.

LOGIN_GUESSES says how many are sent (`make soak`: 100,000).
"""

from __future__ import annotations

import logging
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
from tests.access.authenticator import Passkey
from tests.access.test_sign_in import PASSWORD, WRONG, is_in, log_in

pytestmark = pytest.mark.usefixtures("committed")
GUESSES: Final = int(os.environ.get("LOGIN_GUESSES", "40"))
TIMES: Final = 4  # the owner comes in so often while the guesses go on
NEW: Final = "yang-baru-contoh-8842"


def busiest_hour(moments: list[float]) -> int:
    """The most of these, in seconds, that any hour holds."""
    return max((sum(start <= one < start + 3600 for one in moments[place:]) for place, start in enumerate(moments)), default=0)


def test_the_busiest_hour_is_that_of_any_minute() -> None:
    assert [busiest_hour(moments) for moments in ([], [5.0], [0.0, 3599.0, 3600.0, 7000.0, 7199.0])] == [0, 1, 3]


def test_guesses_over_forged_addresses_are_few_and_the_owner_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger("patrol.access.sign_in"), "disabled", True)  # a line for each guess
    person = factories.person(username="sari")
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    known, passkey = Client(), Passkey()
    log_in(known)
    codes = passkey.made(known)
    known.post(reverse("admin:logout"))
    looked_at: list[float] = []
    hasher = type(get_hasher())
    verify = hasher.verify

    def noted(self: Any, password: str, encoded: str) -> bool:
        looked_at.append(time.monotonic())
        return bool(verify(self, password, encoded))

    def strangers(first: int, many: int) -> None:
        browser = Client()
        with monkeypatch.context() as patch:
            patch.setattr(hasher, "verify", noted)
            for number in range(first, first + many):
                browser.cookies.clear()  # another one each time; a Client of its own would cost half of the guess
                log_in(browser, WRONG, address=str(IPv4Address("198.18.0.0") + number))

    def waits(client: Client, word: str) -> bool:
        """Not looked at, the right one neither."""
        return "Terlalu banyak percobaan" in log_in(client, word, address="203.0.113.9").content.decode() and not is_in(client)

    part, began = GUESSES // TIMES, time.monotonic()
    for place in range(TIMES):
        strangers(place * part, part)
        assert waits(Client(), PASSWORD)
        log_in(known)  # the browser that was in before: password and passkey
        passkey.shown(known)
        assert is_in(known)
        known.post(reverse("admin:logout"))
        new = Client()  # nobody knows it: the passkey alone
        passkey.opens(new, REMOTE_ADDR="203.0.113.9")
        assert is_in(new)
    took = time.monotonic() - began
    assert sign_in.ACCOUNT_BURST + 3600 * sign_in.ACCOUNT_RATE == 20
    assert busiest_hour(looked_at) <= 20
    assert len(looked_at) >= sign_in.ACCOUNT_BURST - 1  # a positive control: the owner's first login took one
    print(
        f"{TIMES * part} guesses in {took:.0f} s: {len(looked_at)} passwords looked at, {busiest_hour(looked_at)} in the busiest hour;"
        f" the owner came in {TIMES} times from a known browser and {TIMES} times by a passkey alone"
    )

    stranger = Client()  # and by a link, from a browser that nobody knows
    link = people.reset_link(person_id=person.pk, by=factories.person("administrator"), now=factories.NOW)
    form = stranger.get(link, follow=True).redirect_chain[-1][0]
    stranger.post(form, {"new_password1": NEW, "new_password2": NEW})
    log_in(stranger, NEW, address="203.0.113.9")
    stranger.post(reverse("admin:second_factor"), {"code": codes[0]}, REMOTE_ADDR="203.0.113.9")
    assert is_in(stranger)
