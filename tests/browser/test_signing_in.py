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
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from playwright.sync_api import Page, expect

from patrol import models
from patrol.access import factors, people
from patrol.models import Role
from tests import factories, provider_server
from tests.access.test_factors import code_of
from tests.browser import chromium, steps
from tests.browser.conftest import log_in
from tests.browser.served import served
from tests.browser.test_pages import faults, too_wide, untranslated
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
        page.goto(f"{home}/kerja/akses/kunci-sandi/")
        page.get_by_role("button", name="Pasang", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("Perangkat ini sudah menyimpan kunci sandi akun Anda.")

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


@pytest.mark.parametrize(("language", "required", "role"), [("id", "offered", Role.OFFICER), ("en", "directorate", Role.ANALYST)])
def test_a_new_person_comes_in_by_keys_alone_in_either_language(
    language: str, required: str, role: str, served: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the link that sets a password to codes that were made anew, on a telephone: with an app, whose letters are typed off, and a
    passkey. Where a second factor is offered the password opens, and one that was set up is asked for. Each page is in one language;
    the Indonesian ones are looked at as test_pages does with the others.
    """
    settings.SECOND_FACTOR = required
    settings.MAIL, settings.SITE_URL = {"host": "127.0.0.1"}, "https://sipatrol.example"  # nothing is sent: no worker runs
    settings.OIDC_ISSUER, settings.OIDC_NAME = ISSUER, "SSO Kementerian"
    late = timedelta()
    real = timezone.now

    def now() -> datetime:
        return real() + late

    monkeypatch.setattr("django.utils.timezone.now", now)
    person = factories.person(role, username="sari")
    link = people.reset_link(person_id=person.pk, by=None, now=now())

    with translation.override(language), opened(served) as (page, home):

        def look(*, whole: bool = False) -> None:
            assert page.evaluate("document.documentElement.lang") == language
            wrong = [f"of the other language: {text}" for text in untranslated(page, language)]
            if whole and language == "id":
                wrong += faults(page)
            elif wide := too_wide(page):
                wrong.append(f"{wide} pixels wider than the window")
            assert not wrong, "\n".join([page.url, *wrong])

        def press(kind: Any, name: str, within: str = "body") -> None:
            steps.tab_to(page, page.locator(within).get_by_role(kind, name=name, exact=True))
            page.keyboard.press("Enter")

        def send(words: str) -> None:
            """In the field that the page put the cursor in."""
            page.keyboard.type(words)
            page.keyboard.press("Enter")

        def heading(words: str) -> None:
            expect(page.get_by_role("heading", name=words, exact=True).first).to_be_visible()

        def come_to_the_door() -> None:
            expect(page.get_by_label(_("User name"))).to_be_focused()
            look()
            page.keyboard.type("sari")
            steps.tab_to(page, page.get_by_label(_("Password"), exact=True))
            page.keyboard.type(NEW)
            press("button", _("Log in"))

        page.goto(home + link)
        if language == "en":
            press("button", "EN English")
            expect(page.locator("html")).to_have_attribute("lang", "en")
        heading(_("Set a password"))
        look(whole=True)
        for name in ("new_password1", "new_password2"):
            if not page.locator(f"[name={name}]").evaluate("one => one === document.activeElement"):
                steps.tab_to(page, page.locator(f"[name={name}]"))
            page.keyboard.type(NEW)
        press("button", _("Save"))
        heading(_("The password is set"))
        look(whole=True)
        press("link", _("Log in"))
        press("link", _("Forgotten password"))
        expect(page.get_by_label(_("User name"))).to_be_focused()
        look(whole=True)
        send("sari")
        expect(page.get_by_role("status")).to_be_visible()
        look()
        press("link", _("Back to user name and password"))
        come_to_the_door()
        page.wait_for_url(lambda url: "/login/" not in url)

        page.goto(f"{home}/kerja/akses/")
        expect(
            page.get_by_text(_("Your account needs a second factor beside the password. Set one up: nothing else opens before."))
        ).to_have_count(int(required == "directorate"))
        look()
        late = timedelta(minutes=6)  # longer than a proof is good for
        press("link", _("Set up an app"))
        heading(_("Is it still you?"))
        look(whole=True)
        send(NEW)
        expect(page.locator("svg.qr path")).to_be_visible()
        secret = re.sub(r"\s", "", page.locator("#app-secret").inner_text())
        send("1234")
        expect(page.get_by_role("alert")).to_be_visible()
        look(whole=True)
        send(code_of(secret, now()))
        expect(page.locator("#recovery-codes li")).to_have_count(10)
        look(whole=True)
        press("link", _("I have kept them"))
        heading(_("Waiting for me"))

        page.goto(f"{home}/kerja/akses/kunci-sandi/")
        look(whole=True)
        send("Laptop")
        expect(page.get_by_label(_("Passkey"), exact=True)).to_have_value("Laptop")
        look(whole=True)
        press("link", _("Link it to my account"))
        heading(_("Link a login of %(provider)s") % {"provider": "SSO Kementerian"})
        look(whole=True)
        for path in ("password_change/", "sandi/MQ/abc-def/"):
            page.goto(f"{home}/kerja/{path}")
            look()
        page.goto(f"{home}/kerja/akses/")
        steps.tab_to(page, page.locator("details.mine summary"))
        page.keyboard.press("Enter")
        press("button", _("Log out"), "details.mine")
        heading(_("You are logged out"))
        look(whole=True)

        late += timedelta(minutes=1)
        press("link", _("Log in again"))
        come_to_the_door()
        field = page.get_by_label(_("Code of the app, or a recovery code"))
        expect(field).to_be_focused()
        send("1234")
        expect(page.get_by_role("alert").first).to_be_visible()
        look(whole=True)
        expect(field).to_be_focused()
        send(code_of(secret, now()))
        heading(_("Waiting for me"))

        page.goto(f"{home}/kerja/akses/")
        late += timedelta(minutes=6)
        press("button", _("Make new codes"))
        heading(_("Is it still you?"))
        look()
        send(code_of(secret, now()))
        expect(page.get_by_text(_("These are new. Those of before open nothing any more."))).to_be_visible()
        look()
    assert factors.ways(models.Person.objects.get()) == {factors.CODE, factors.PASSKEY, factors.RECOVERY}
    told = models.AuditEntry.objects.filter(verb="person.logged_in").order_by("seq").values_list("after__proof", flat=True)
    assert list(told) == [factors.PASSWORD, factors.CODE]


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
