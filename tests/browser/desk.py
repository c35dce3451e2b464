"""At the desk, by keys: the first post, and on to the next."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from patrol.models import Role
from tests.browser import steps
from tests.browser.conftest import Enter

DESK = "/kerja/patrol/flag/"


def at_the_desk(enter: Enter, role: Role, queue: str = DESK) -> Page:
    page = enter(role, queue)
    steps.skip_tour(page)
    return page


def flag_of(page: Page) -> int:
    """The post that lies on the desk."""
    return int(page.locator("[data-state]").get_attribute("data-flag") or 0)


def begin(page: Page) -> int:
    """Enter on the button that has the focus: the first free post, held."""
    page.keyboard.press("Enter")
    expect(page.locator("[data-held]")).to_be_attached()
    return flag_of(page)


def onward(page: Page, *keys: str) -> int:
    """Presses keys that lead to another post, and waits until it is there."""
    before = flag_of(page)
    for key in keys:
        page.keyboard.press(key)
    expect(page.locator(f"[data-state][data-flag='{before}']")).to_have_count(0)
    return flag_of(page)
