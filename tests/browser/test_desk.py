"""The desk in a real Chromium: joining is asked once and undone, an address holds nothing, the tour stands beside the desk."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Locator, Page, expect

from patrol import models
from patrol.triage import own_settings
from tests import factories
from tests.admin.test_desk import of_one_number
from tests.browser.served import at, served
from tests.triage.acts import flags

__all__ = ["served"]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("committed")]
DESK = "/kerja/patrol/flag/"


@pytest.fixture(autouse=True)
def unhurried(settings: Any) -> None:
    """What can be undone stays so however long a machine with other work takes."""
    settings.UNDO_SECONDS = 600


def officer(*, toured: bool = True) -> models.Person:
    one = factories.person()
    if toured:
        own_settings.tour_seen(by=one, now=factories.NOW)
    return one


def held(person: models.Person) -> list[int]:
    """What the person holds. In a thread of its own: that of the page runs a loop, in which Django asks no database."""

    def ask() -> list[int]:
        try:
            return list(models.Flag.objects.filter(lease_person=person).values_list("pk", flat=True))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ask).result()


def begin(page: Page) -> None:
    """Enter on the button that has the focus."""
    page.keyboard.press("Enter")
    expect(page.locator("[data-held]")).to_be_attached()


def test_joining_all_is_asked_once_counted_and_undone_by_keys(served: str) -> None:
    person = officer()
    found = of_one_number(3)
    with at(served, person, f"{DESK}{found[0].pk}/") as page:
        page.click("text=Buka untuk dikerjakan")
        expect(page.locator("[data-held]")).to_be_attached()
        page.keyboard.press("Shift+Y")
        expect(page.locator("details[open] h3")).to_have_text("Gabungkan 2 unggahan dengan ini?")
        page.keyboard.press("Escape")
        expect(page.locator(".toast")).to_have_count(0)
        page.keyboard.press("Shift+Y")
        page.keyboard.press("Enter")
        expect(page.locator(".toast")).to_contain_text("Digabungkan: satu keputusan untuk 3 unggahan.")
        expect(page.locator("summary[data-key=confirm]")).to_contain_text("Konfirmasi 3 unggahan")
        page.keyboard.press("k")
        expect(page.locator("details[open] h3")).to_contain_text("Konfirmasi 3 unggahan")
        page.keyboard.press("Escape")
        page.keyboard.press("u")
        expect(page.locator("summary[data-key=confirm]")).to_contain_text("Konfirmasi dugaan")
    assert len({flag.row_key for flag in models.Flag.objects.all()}) == 3
    assert models.Decision.objects.count() == 0


def test_a_page_opened_by_its_address_holds_nothing_and_loaded_again_keeps_what_it_held(served: str) -> None:
    person = officer()
    one, other = flags(2)
    with at(served, person, f"{DESK}{one.pk}/") as page:
        page.wait_for_load_state("networkidle")
        expect(page.locator("[data-state][data-take]")).to_be_attached()
        assert held(person) == []
        page.goto(f"{served}{DESK}{other.pk}/")
        page.wait_for_load_state("networkidle")
        assert held(person) == []
        page.click("text=Buka untuk dikerjakan")
        expect(page.locator("[data-held]")).to_be_attached()
        assert held(person) == [other.pk]
        page.reload(wait_until="networkidle")
        expect(page.locator("[data-held]")).to_be_attached()
        assert held(person) == [other.pk]
        page.goto(f"{served}{DESK}{one.pk}/")
        page.wait_for_load_state("networkidle")
        assert held(person) == []


def test_the_tour_leaves_enter_and_all_keys_to_the_desk(served: str) -> None:
    person = officer(toured=False)
    flags(3)
    with at(served, person, DESK) as page:
        begin(page)
        expect(page.locator("#tour")).to_be_visible()
        first = page.locator("#tour li.now").inner_text()
        page.keyboard.press("Enter")  # its own button has the focus
        expect(page.locator("#tour li.now")).not_to_have_text(first)
        before = page.locator("[data-state]").get_attribute("data-flag")
        page.keyboard.press("k")
        expect(page.locator("details[open] h3")).to_be_focused()
        expect(page.locator("#tour")).to_be_hidden()  # beside a question, not over it
        page.keyboard.press("2")
        expect(page.locator(f"[data-state][data-flag='{before}']")).to_have_count(0)
        expect(page.locator("#tour")).to_be_visible()
        expect(page.locator("#gist")).to_be_focused()  # the post that is there now
        assert page.locator(".toured").count() == 1
        page.keyboard.press("u")
        expect(page.locator(f"[data-state][data-flag='{before}']")).to_be_attached()
        with page.expect_response(lambda answer: answer.request.method == "POST"):  # that the tour was seen
            page.keyboard.press("Escape")
        expect(page.locator("#tour")).to_have_count(0)
    assert models.Decision.objects.filter(outcome="confirmed").count() == 1
    kept = own_settings.own_settings(person)
    assert kept is not None
    assert kept.tour_seen_at is not None


def refused_beside(page: Page, field: Locator, sentence: str) -> None:
    """The one refusal of the page stands behind this field, which says so and is where one types on."""
    said = field.locator("xpath=following-sibling::*[1]")
    expect(said).to_contain_text(sentence)
    expect(page.locator("#desk [role=alert]:not([hidden])")).to_have_count(1)
    expect(field).to_be_visible()
    expect(field).to_be_focused()
    assert field.get_attribute("aria-invalid") == "true"
    assert (said.get_attribute("role"), said.get_attribute("id")) == ("alert", field.get_attribute("aria-describedby"))


def test_what_an_exchange_refuses_stands_beside_its_field_with_what_was_typed(served: str) -> None:
    person = officer()
    [flag] = flags(1)
    other = factories.office("bp3mi-aceh")
    with at(served, person, f"{DESK}{flag.pk}/") as page:
        page.click("text=Buka untuk dikerjakan")
        expect(page.locator("[data-held]")).to_be_attached()
        page.evaluate("window.loaded = 'once'")
        hand_over = page.locator("#hand-over")
        page.click("summary.more")
        hand_over.locator("[name=office]").select_option(str(other.pk))
        hand_over.locator("[name=note]").fill("  ")
        hand_over.locator("button[type=submit]").click()
        refused_beside(page, hand_over.locator("[name=note]"), "Pilih kantor dan tulis mengapa tanda ini milik kantor itu.")
        assert hand_over.locator("[name=office]").input_value() == str(other.pk)

        hand_over.locator("[name=note]").evaluate("one => { one.value = 'Milik\\0Aceh'; one.form.requestSubmit(); }")
        refused_beside(page, hand_over.locator("[name=note]"), "(NUL)")
        assert hand_over.locator("[name=note]").input_value() == "Milik\0Aceh"
        assert page.evaluate("window.loaded") == "once"
    version = flag.version
    flag.refresh_from_db()
    assert (flag.state, flag.office, flag.version) == ("waiting", person.office, version)


def test_of_forms_to_one_address_the_one_that_was_sent_says_what_it_lacks(served: str) -> None:
    person = officer()
    [flag] = flags(1)
    with at(served, person, f"{DESK}{flag.pk}/") as page:
        page.click("text=Buka untuk dikerjakan")
        expect(page.locator("[data-held]")).to_be_attached()
        page.keyboard.press("a")
        form = page.locator("form.pop", has=page.locator("input[name=outcome][value=dismissed]"))
        form.locator("textarea").evaluate("one => { one.value = 'satu\\0dua'; }")
        form.locator("button.pick").first.click()
        refused_beside(page, form.locator("textarea"), "(NUL)")
        assert form.locator("textarea").input_value() == "satu\0dua"
        form.locator("textarea").fill("satu dua")
        form.locator("button.pick").first.click()
        expect(page.locator(f"[data-flag='{flag.pk}'][data-state]")).to_have_count(0)  # its notice is gone after ten seconds
    assert models.Decision.objects.get().note == "satu dua"
