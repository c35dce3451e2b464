"""Somebody's first day, by keyboard alone: what the page shows is all this person knows. And what a tab shows that slept over its lease."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connections
from django.db.models.functions import Now
from playwright.sync_api import Locator, Page, Route, expect

from patrol import models
from patrol.triage import own_settings
from tests import factories
from tests.browser import chromium
from tests.browser.served import at, served
from tests.triage.acts import flags

__all__ = ["served"]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("committed")]

PASSWORD = "panjang-dan-aneh-4821"
PRINTED = {"↵": "Enter"}


def focus(page: Page) -> Locator:
    return page.locator("*:focus")


def sees_focus_on(page: Page, words: str) -> None:
    """The thing of these words has the focus, and one sees that it has."""
    expect(focus(page)).to_contain_text(words)
    assert focus(page).evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def number(page: Page) -> str:
    """Of the flag that lies on the desk."""
    found = re.search(r"TND-\d+-\d+", page.locator(".gisthead").inner_text())
    assert found
    return found[0]


def press_printed(page: Page, button: Locator) -> None:
    """The key that stands on this button."""
    expect(button).to_be_visible()
    key = button.locator("kbd").inner_text().strip()
    page.keyboard.press(PRINTED.get(key, key.lower()))


def test_a_new_officer_told_nothing_decides_a_first_post_by_keys_from_the_login_on(served: str, settings: Any) -> None:
    settings.UNDO_SECONDS = 600  # however long a machine with other work takes
    person = factories.person(username="petugas.baru")
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    flags(2)
    watcher = chromium.Watcher(urlsplit(served).netloc)
    with chromium.opened() as browser:
        page = watcher.watch(browser.new_context(viewport={"width": 1366, "height": 768}, locale="id-ID").new_page())
        page.set_default_timeout(chromium.PATIENCE)
        page.goto(f"{served}/kerja/login/")  # the one address this person was given

        # The login: the cursor stands in the first field, and the fields say what they are.
        expect(page.get_by_label("Nama pengguna")).to_be_focused()
        page.keyboard.type("petugas.baru")
        page.keyboard.press("Tab")
        expect(page.get_by_label("Kata sandi")).to_be_focused()
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Tab")
        sees_focus_on(page, "Masuk")
        page.keyboard.press("Enter")

        # The start page: what waits, and the way there in hand.
        expect(page.get_by_role("heading", name="Menunggu saya")).to_be_visible()
        sees_focus_on(page, "Mulai triase")
        page.keyboard.press("Enter")

        # The queue: how many wait, and a button that takes the first.
        expect(page.get_by_role("heading", name="2 unggahan menunggu")).to_be_visible()
        sees_focus_on(page, "Mulai")
        press_printed(page, focus(page))

        # The first post, and the tour that is shown to whoever comes for the first time: read to its end.
        tour = page.get_by_role("dialog", name="Panduan singkat")
        for _sentence in range(5):
            read = tour.locator("li.now").inner_text()
            press_printed(page, tour.get_by_role("button", name="Berikutnya"))
            expect(tour.locator("li.now", has_text=read)).to_have_count(0)
        expect(tour).to_have_count(0)
        title = page.locator("#gist")
        expect(title).to_be_focused()
        first = number(page)

        # It asks why, chooses nothing by itself, and says what follows; then the reason by the number before it.
        press_printed(page, page.locator(".dbar summary", has_text="Abaikan"))
        asked = page.locator("details[open]")
        expect(asked.locator("h3")).to_have_text("Abaikan: mengapa?")
        expect(asked.locator("p").first).to_be_visible()
        answer = asked.locator(".pick").first
        reason = answer.get_attribute("value")
        press_printed(page, answer)

        # What came of it, until when it can be undone, and with which key.
        done = page.get_by_role("status").filter(has_text="Diabaikan")
        expect(done).to_contain_text("detik")
        expect(page.locator(".gisthead")).not_to_contain_text(first)
        press_printed(page, done.get_by_role("button", name="Urungkan"))

        # The post lies there again, waiting and held.
        expect(page.locator(".gisthead")).to_contain_text(first)
        expect(page.locator(".dbar")).to_contain_text("Anda pegang sampai")
    assert watcher.found == []
    rows = models.Decision.objects.order_by("id").values_list("by", "outcome", "reason")
    assert list(rows) == [(person.pk, "dismissed", reason), (person.pk, "reversed", "undone")]
    assert {flag.state for flag in models.Flag.objects.all()} == {"waiting"}


def lease_ends(flag: models.Flag) -> None:
    """As five minutes do. In a thread of its own: that of the page runs a loop, in which Django asks no database."""

    def write() -> None:
        try:
            models.Flag.objects.filter(pk=flag.pk, lease_person__isnull=False).update(lease_until=Now() - timedelta(seconds=1))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(write).result()


def test_a_tab_that_wakes_up_after_its_lease_ended_shows_masked_contacts(served: str) -> None:
    person = factories.person()
    own_settings.tour_seen(by=person, now=factories.NOW)
    [flag] = flags(1)
    [contact] = re.findall(r"0840 5550 \d{4}", flag.post.versions.get().content.text)
    asked: list[str] = []
    held_back: list[Route] = []
    with at(served, person, "/kerja/") as page:
        page.clock.install()
        page.goto(f"{served}/kerja/patrol/flag/")
        page.keyboard.press("Enter")
        expect(page.locator("[data-held][data-shown]")).to_be_attached()
        expect(page.locator(".ptx")).to_contain_text(contact)
        with page.expect_response("**/perpanjang/"):
            page.clock.fast_forward("02:00")  # within the lease, which is renewed
        expect(page.locator(".ptx")).to_contain_text(contact)

        lease_ends(flag)
        page.route(f"**/flag/{flag.pk}/", lambda route: held_back.append(route))  # noqa: PLW0108 -- playwright marks the function
        page.on("request", lambda request: asked.append(request.method))
        with page.expect_request(f"**/flag/{flag.pk}/"):
            page.clock.fast_forward("06:00")  # the lid was closed over the end of it
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        assert contact not in page.content()  # before any answer
        held_back[0].continue_()
        expect(page.locator(".ptx")).to_contain_text("0840")
        expect(page.locator("[data-held], [data-shown]")).to_have_count(0)
        expect(page.locator(".dbar")).to_contain_text("Buka untuk dikerjakan")
        assert contact not in page.content()
        assert "POST" not in asked  # waking up takes nothing
    assert models.Flag.objects.filter(pk=flag.pk, lease_until__lt=Now()).exists()
