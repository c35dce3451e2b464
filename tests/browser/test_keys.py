"""Bulk and quality in a real Chromium, by keys alone: what is printed on the buttons does it, and only Enter sends."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from patrol import models
from patrol.triage import own_settings, quality, together
from tests import factories
from tests.browser.served import at, served
from tests.triage.acts import flags
from tests.triage.test_bulk import begin, work
from tests.triage.test_quality import a_draw

__all__ = ["served"]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("committed")]
BULK, QUALITY = "/kerja/patrol/bulk/", "/kerja/patrol/draw/"


@pytest.fixture(autouse=True)
def every(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "SECOND_SHARE", 1.0)


def focused(page: Page) -> str:
    """What has the focus, in a word."""
    return str(page.evaluate("(e => e.name ? `${e.name}=${e.value}` : e.textContent.trim())(document.activeElement)"))


def outlined(page: Page) -> bool:
    """Whether one sees where the focus is."""
    return bool(page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none")


def another_than(before: str) -> Callable[[str], bool]:
    return lambda url: url != before


def test_many_rows_are_decided_by_keys_and_only_enter_sends(served: str) -> None:
    officer = factories.person()
    flags(3)
    with at(served, officer, BULK) as page:
        page.keyboard.press("m")
        page.wait_for_url(f"**{BULK}baru/")
        page.keyboard.press("ArrowDown")
        assert focused(page).startswith(str(page.locator("[data-rows] a").first.inner_text()))
        page.keyboard.press("k")
        assert page.locator("fieldset.sel legend").inner_text().startswith("Konfirmasi dugaan")
        assert outlined(page)
        page.keyboard.press("2")
        assert page.locator("input[value='confirmed:fraud']").is_checked()
        assert page.url.endswith("/baru/")  # nothing was sent
        assert "Putuskan 3 baris" in focused(page)
        assert outlined(page)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/baru/" not in url)
    [made] = models.Bulk.objects.all()
    assert (made.outcome, made.reason, made.by, made.entries.count()) == ("confirmed", "fraud", officer, 3)


def test_a_reason_without_words_leads_to_the_note_and_enter_in_it_sends(served: str) -> None:
    officer = factories.person()
    flags(2)
    with at(served, officer, f"{BULK}baru/") as page:
        page.keyboard.press("a")
        page.keyboard.press("6")
        assert focused(page) == "note="
        page.keyboard.type("kata a dan k di kolom tidak berbuat apa-apa")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/baru/" not in url)
    [made] = models.Bulk.objects.all()
    assert (made.outcome, made.reason, made.note) == ("dismissed", "other", "kata a dan k di kolom tidak berbuat apa-apa")


def test_a_bulk_is_approved_and_another_taken_back_by_keys(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    officer, supervisor = factories.person(), factories.person("supervisor")
    done = begin(flags(1), officer)
    work()
    monkeypatch.setattr(together, "ALONE", 1)
    waiting = begin(flags(2), officer, "dismissed", "lawful")
    with at(served, supervisor, f"{BULK}{waiting.pk}/") as page:
        page.keyboard.press("s")
        assert "Setujui" in focused(page)
        assert page.locator("text=menunggu orang kedua").count() == 1  # the key alone approves nothing
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator("text=menunggu orang kedua")).to_have_count(0)
        page.goto(f"{served}{BULK}{done.pk}/")
        page.keyboard.press("u")
        assert focused(page) == "note="
        page.keyboard.press("Escape")
        assert page.locator("details.verb[open]").count() == 0
        page.keyboard.press("u")
        page.keyboard.type("salah pilih")
        page.keyboard.press("Enter")
        expect(page.locator("text=salah pilih")).to_have_count(1)
    states = dict(models.Bulk.objects.values_list("pk", "state"))
    assert states == {waiting.pk: "running", done.pk: "reversed"}


def test_second_looks_one_after_the_other_by_keys(served: str) -> None:
    first, second = factories.person(), factories.person()
    draws = [a_draw(first) for _ in range(3)]
    with at(served, second, QUALITY) as page:
        page.keyboard.press("ArrowDown")
        with page.expect_navigation():  # to its end: before that no script of the page hears a key
            page.keyboard.press("Enter")
        for keys in (("k", "2"), ("a", "2"), ("v", "ArrowDown", "Enter")):
            page.wait_for_selector("[data-press='C']")
            before = page.url
            for key in keys:
                page.keyboard.press(key)
            assert "Simpan" in focused(page)
            page.keyboard.press("Enter")
            page.wait_for_url(another_than(before))
        assert page.url.split("?")[0].endswith(QUALITY)
    assert [(one.outcome, one.reason) for one in models.Review.objects.order_by("id")] == [
        ("confirmed", "fraud"),
        ("dismissed", "lawful"),
        ("victim", "tells"),
    ]
    assert models.Review.objects.count() == len(draws)


def test_the_sheet_lists_every_key_and_own_letters_count_here_too(served: str) -> None:
    first, second = factories.person(), factories.person()
    a_draw(first)
    own_settings.set_keys(wished={"confirm": "c", "dismiss": "d"}, on=True, by=second)
    [draw] = models.Draw.objects.all()
    with at(served, second, f"{QUALITY}{draw.pk}/") as page:
        page.keyboard.press("?")
        sheet = page.locator("dialog#keys")
        assert sheet.is_visible()
        listed = [kbd.inner_text() for kbd in sheet.locator("dd kbd").all()]
        printed = [kbd.inner_text() for kbd in page.locator("legend kbd, label span kbd").all()]
        assert sorted(printed) == ["A", "C", "D", "I", "V"]  # the note's own C is taken
        assert set(printed) <= set(listed)
        page.keyboard.press("Escape")
        assert not sheet.is_visible()
        page.keyboard.press("k")  # as delivered: not this person's
        assert page.locator("fieldset.sel").count() == 0
        page.keyboard.press("c")
        assert page.locator("fieldset.sel legend").inner_text().startswith("Konfirmasi dugaan")
        assert page.locator(".keyhints").is_visible()


def test_the_agreement_is_reached_and_left_by_keys_that_its_sheet_lists(served: str) -> None:
    a_draw(factories.person())
    supervisor = factories.person("supervisor")
    with at(served, supervisor, QUALITY) as page:
        page.keyboard.press("s")
        page.wait_for_url("**/kesepakatan/")
        assert [kbd.inner_text() for kbd in page.locator("a.btn kbd").all()] == ["M"]
        page.keyboard.press("?")
        listed = [kbd.inner_text() for kbd in page.locator("dialog#keys dd kbd").all()]
        assert listed == ["?", "M", "Esc"]
        page.keyboard.press("Escape")
        page.keyboard.press("m")
        page.wait_for_url(f"**{QUALITY}")
        page.keyboard.press("m")
        page.wait_for_url(re.compile(rf"{QUALITY}\d+/$"))


def test_switched_off_no_letter_does_anything(served: str) -> None:
    officer = factories.person()
    flags(1)
    own_settings.set_keys(wished={}, on=False, by=officer)
    with at(served, officer, f"{BULK}baru/") as page:
        for key in ("k", "1", "?", "ArrowDown"):
            page.keyboard.press(key)
        assert page.locator("fieldset.sel, dialog[open], input:checked").count() == 0
        assert page.locator(".keyhints .badge").count() == 1
