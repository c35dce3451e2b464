"""Each way to sign in, with the authenticator that Chromium has for tests: it is asked, signs and is verified as a real one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from playwright.sync_api import Page, expect

from patrol import models
from patrol.access import factors
from patrol.models import Role
from tests import factories, provider_server
from tests.access.test_factors import code_of
from tests.browser import chromium
from tests.browser.conftest import log_in
from tests.browser.served import served
from tests.provider_server import ISSUER

__all__ = ["served"]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("committed")]
PASSWORD, NEW = "panjang-dan-aneh-4821", "yang-baru-contoh-8842"


def account(role: str = Role.ANALYST) -> models.Person:
    person = factories.person(role, username="sari")
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    return person


@contextmanager
def opened(served: str, *further: str, also: tuple[str, ...] = ()) -> Iterator[tuple[Page, str]]:
    """The login on a page that has an authenticator, by the name that passkeys need; and where the product is. `also`: other origins
    that the page may go to."""
    home = served.replace("127.0.0.1", "localhost")
    watcher = chromium.Watcher(urlsplit(home).netloc)
    with chromium.opened(*further) as browser:
        page = watcher.watch(browser.new_context(viewport={"width": 390, "height": 844}, locale="id-ID").new_page())
        page.set_default_timeout(chromium.PATIENCE)
        tool = page.context.new_cdp_session(page)
        tool.send("WebAuthn.enable")
        able = dict.fromkeys(("hasResidentKey", "hasUserVerification", "isUserVerified", "automaticPresenceSimulation"), True)
        tool.send("WebAuthn.addVirtualAuthenticator", {"options": {"protocol": "ctap2", "transport": "internal", **able}})
        page.goto(f"{home}/kerja/login/")
        expect(page.get_by_role("alert")).to_have_count(0)
        yield page, home
    assert [one for one in watcher.found if not one.startswith(tuple(f"request: {origin}/" for origin in also))] == []


def is_in(page: Page) -> None:
    expect(page.get_by_role("heading", name="Menunggu saya")).to_be_visible()


def log_out(page: Page) -> None:
    page.context.clear_cookies()
    page.goto(f"{page.url.partition('/kerja/')[0]}/kerja/login/")


def test_the_first_login_sets_up_a_passkey_which_then_opens_with_and_without_the_password(served: str, settings: Any) -> None:
    settings.SECOND_FACTOR = "directorate"
    account()
    with opened(served) as (page, home):
        log_in(page, "sari", PASSWORD)
        expect(page.get_by_text("Akun Anda memerlukan faktor kedua")).to_be_visible()
        page.goto(f"{home}/kerja/patrol/case/")
        page.get_by_role("link", name="Pasang kunci sandi").click()
        page.get_by_label("Nama untuk kunci ini").fill("Laptop kantor")
        page.context.new_page().goto(f"{home}/kerja/akses/kunci-sandi/")  # beside it: this page's challenge stays good
        page.bring_to_front()
        page.get_by_label("Nama untuk kunci ini").press("Enter")
        expect(page.locator("#recovery-codes li")).to_have_count(10)
        code = page.locator("#recovery-codes li").first.inner_text()
        page.get_by_role("link", name="Sudah saya simpan").click()
        is_in(page)

        log_out(page)
        log_in(page, "sari", PASSWORD)
        page.get_by_role("button", name="Pakai kunci sandi").click()
        is_in(page)

        log_out(page)
        page.get_by_role("button", name="Masuk dengan kunci sandi").click()
        is_in(page)

        page.goto(f"{home}/kerja/password_change/")
        for field, said in (("old_password", PASSWORD), ("new_password1", NEW), ("new_password2", NEW)):
            page.locator(f"[name={field}]").fill(said)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Apakah semua ini milik Anda?")).to_be_visible()
        log_out(page)
        page.get_by_role("button", name="Masuk dengan kunci sandi").click()
        expect(page.get_by_role("alert")).to_contain_text("Kata sandi akun ini baru")
        log_in(page, "sari", NEW)
        page.get_by_role("button", name="Pakai kunci sandi").click()
        is_in(page)
        log_out(page)
        page.get_by_role("button", name="Masuk dengan kunci sandi").click()
        is_in(page)

        log_out(page)
        log_in(page, "sari", NEW)
        page.get_by_label("Kode pemulihan").fill(code)
        page.keyboard.press("Enter")
        is_in(page)
    told = list(models.AuditEntry.objects.filter(verb="person.logged_in").order_by("seq").values_list("after__proof", flat=True))
    assert told == ["password", "passkey", "passkey", "passkey", "passkey", "recovery"]
    assert Authenticator.objects.get(type="webauthn").data["name"] == "Laptop kantor"


def test_an_app_is_set_up_by_its_letters_and_its_next_code_opens(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a second factor is offered: the password opens, and one that was set up is asked for."""
    account(Role.OFFICER)
    late = [timedelta()]
    real = timezone.now
    monkeypatch.setattr("django.utils.timezone.now", lambda: real() + late[0])

    def now() -> datetime:
        return real() + late[0]

    with opened(served) as (page, home):
        log_in(page, "sari", PASSWORD)
        is_in(page)
        page.goto(f"{home}/kerja/akses/")
        page.get_by_role("link", name="Pasang aplikasi").click()
        expect(page.locator("svg.qr path")).to_be_visible()
        secret = re.sub(r"\s", "", page.locator("#app-secret").inner_text())
        page.get_by_label("Kode dari aplikasi").fill(code_of(secret, now()))
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Sudah saya simpan").click()
        is_in(page)
        late[0] = timedelta(minutes=1)
        log_out(page)
        log_in(page, "sari", PASSWORD)
        field = page.get_by_label("Kode dari aplikasi, atau kode pemulihan")
        expect(field).to_be_focused()
        field.fill(code_of(secret, now()))
        page.keyboard.press("Enter")
        is_in(page)
    assert factors.ways(models.Person.objects.get()) == {"totp", "recovery"}


def test_a_login_of_the_ministry_is_linked_and_then_opens(served: str, settings: Any) -> None:
    """The whole way, over a provider of other hands; in the end it sends people on to another host."""
    account(Role.OFFICER)
    with provider_server.running() as provider:
        settings.OIDC_ISSUER, settings.OIDC_NAME = ISSUER, "SSO Kementerian"
        settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = "sipatrol", "rahasia-klien-contoh"
        settings.STAND_INS = {ISSUER: provider.base}
        there = urlsplit(provider.base).netloc
        rule = f"--host-resolver-rules=MAP {provider_server.HOST} {there}, MAP {provider_server.BEHIND} {there}"

        def log_in_there(page: Page, host: str = provider_server.HOST) -> None:
            page.wait_for_url(f"http://{host}/oauth2/authorize**")
            page.locator("input[name=sub]").fill("sari-di-sana")
            page.keyboard.press("Enter")

        with opened(served, rule, also=(ISSUER, f"http://{provider_server.BEHIND}")) as (page, home):
            page.get_by_role("button", name="Masuk dengan SSO Kementerian").press("Enter")
            log_in_there(page)
            expect(page.get_by_role("alert")).to_contain_text("tidak membuka akun mana pun di sini")
            log_in(page, "sari", PASSWORD)
            is_in(page)
            page.goto(f"{home}/kerja/akses/")
            page.get_by_role("link", name="Tautkan ke akun saya").click()
            page.get_by_role("button", name="Lanjut ke SSO Kementerian").click()
            log_in_there(page)
            expect(page.get_by_text("Tertaut. Mulai sekarang")).to_be_visible()

            log_out(page)
            provider.behind = True
            page.get_by_role("button", name="Masuk dengan SSO Kementerian").click()
            log_in_there(page, provider_server.BEHIND)
            is_in(page)
            page.locator("form[action$='/logout/']").first.evaluate("form => form.submit()")
            expect(page.get_by_role("button", name="Keluar dari SSO Kementerian")).to_be_visible()
    told = list(models.AuditEntry.objects.filter(verb="person.logged_in").order_by("seq").values_list("after__proof", flat=True))
    assert told == ["password", "provider"]
