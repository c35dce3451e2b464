"""What people do at the workbench, step by step, through what the page offers."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

QUEUE = "/kerja/patrol/flag/"


def id_of(page: Page, kind: str) -> int:
    """The id in the address of a flag's or a case's page."""
    found = re.search(rf"/patrol/{kind}/(\d+)/$", page.url)
    assert found, page.url
    return int(found[1])


def first_flag(page: Page) -> int:
    """From any page: over the side bar into the queue, and there the first row."""
    page.click(f"nav.side a[href='{QUEUE}']")
    skip_tour(page)
    page.locator("a.q").first.click()
    page.wait_for_url(re.compile(rf"{QUEUE}\d+/$"))
    return id_of(page, "flag")


def skip_tour(page: Page) -> None:
    """At the desk: whoever comes for the first time is shown around."""
    page.wait_for_selector("#desk [data-state]")
    if page.locator("#tour").count():
        page.evaluate("document.querySelector('#tour form').requestSubmit()")  # it waits for the first post
        expect(page.locator("#tour")).to_have_count(0)


def confirm(page: Page, reason: str, note: str) -> None:
    """On the page of a flag: opens the form, chooses a reason, sends it. Lands on the flag that follows, with a notice."""
    form = page.locator("form[action$='/putuskan/']", has=page.locator("input[name=outcome][value=confirmed]"))
    page.locator("details", has=form).locator("summary").click()
    form.locator("textarea[name=note]").fill(note)
    form.locator(f"button[name=reason][value={reason}]").click()
    expect(page.locator(".toast")).to_be_visible()


def open_case(page: Page, title: str) -> int:
    """On the page of a confirmed flag. Lands on the page of the case."""
    form = page.locator("form[action$='/perkara/']", has=page.locator("input[name=title]"))
    page.locator("details", has=form).locator("summary").click()
    form.locator("input[name=title]").fill(title)
    form.locator("select[name=kind]").select_option("without_sip")
    form.locator("button[type=submit]:not(.pick)").click()  # the others add to a case that is there
    page.wait_for_url(re.compile(r"/patrol/case/\d+/$"))
    return id_of(page, "case")


def escalate(page: Page, note: str) -> None:
    """On the page of a case."""
    form = page.locator("form[action$='/eskalasi/']")
    page.locator("details", has=form).locator("summary").click()
    form.locator("[name=article]").select_option("fraud")
    form.locator("textarea[name=note]").fill(note)
    form.locator("button[type=submit]").click()
    expect(form).to_have_count(0)


def log_out(page: Page) -> None:
    with page.expect_navigation():
        page.click("form[action='/kerja/logout/'] button")


def freeze(page: Page, note: str) -> int:
    """On the page of a week that is not frozen. Lands on its edition."""
    page.fill("textarea[name=note]", note)
    page.click("form[action$='/bekukan/'] button[type=submit]")
    page.click("form[action$='/bekukan/'] button[name=sure]")
    page.wait_for_url(re.compile(r"/edisi/\d+/$"))
    return int(page.url.rstrip("/").rpartition("/")[2])


_STOP = """() => {
    const stop = document.activeElement;
    for (let one = stop; one; one = one.parentElement) if (getComputedStyle(one).outlineStyle !== "none") return "";
    return stop === document.body ? "" : stop.outerHTML.slice(0, 160);
}"""
STOPS = 80  # more than any page has


def tab_to(page: Page, wanted: Locator) -> None:
    """By the Tab key alone; at each stop on the way one sees where one is."""
    expect(wanted).to_be_visible()
    for _stop in range(STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(_STOP) == "", "the focus is not seen"
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"not reached by Tab: {wanted}")
