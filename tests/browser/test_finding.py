"""Finding and noting without the mouse, in a real browser. Keystrokes are counted, not seconds: those are the machine's."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from patrol.models import Role
from tests import stack
from tests.browser import chromium
from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser


class Keys:
    """Presses keys and counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += len(text)


def test_a_number_from_the_telephone_is_noted_in_twenty_keystrokes(enter: Enter, running: stack.Stack, watcher: chromium.Watcher) -> None:
    page = enter(Role.OFFICER, "/kerja/")
    keys = Keys(page)
    keys.press("Control+k")
    keys.type("084055507654")
    keys.press("Enter")
    expect(page.locator("button[data-first]")).to_be_focused()
    assert "84055507654" not in page.url
    assert [one["id"] for one in Axe().run(page)["violations"] if one["impact"] in {"serious", "critical"}] == []
    with page.expect_navigation():  # to its end: before that no script of the page hears a key
        keys.press("Enter")
    expect(page.locator("textarea[name=words]")).to_have_value("084055507654")
    for key in ("Tab", "Tab", "Tab", "t"):  # over note and place to how it came: by telephone
        keys.press(key)
    expect(page.locator("select[name=way]")).to_have_value("telephone")
    keys.press("Control+Enter")
    page.wait_for_url(re.compile(r"/intake/$"))
    assert keys.pressed <= 20
    expect(page.locator(".banner.ok")).to_contain_text("+62 840-••••54")

    def read() -> bool:
        return running.count("patrol_indicator WHERE kind = 'phone' AND value = '+6284055507654'") == 1

    running.wait_for(read, 240, "the note is read")
    page.keyboard.press("Control+k")
    page.keyboard.type("+62 840-5550-7654")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/patrol/indicator/\d+/$"))
    assert watcher.found == []


def test_arrows_choose_among_several_hits_and_escape_empties_the_box(enter: Enter, running: stack.Stack, watcher: chromium.Watcher) -> None:
    page = enter(Role.OFFICER, "/kerja/")
    page.keyboard.press("Control+k")
    box = page.locator(".find input[name=what]")
    expect(box).to_be_focused()
    page.keyboard.type("sesuatu")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    page.keyboard.press("Control+k")
    names = [
        name for (name,) in running.query("SELECT name FROM patrol_agency WHERE edition_id = (SELECT max(id) FROM patrol_registeredition)")
    ]
    counted = Counter(word for name in names for word in set(name.lower().split()) if len(word) > 3 and word.isalpha())
    word = next(word for word, count in sorted(counted.items()) if 1 < count < 8)
    page.keyboard.type(word)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/indicator/cari/$"))
    hits = page.locator(".found a")
    expect(hits.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(hits.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(hits.first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/patrol/(agency|indicator)/\d+/$"))
    assert watcher.found == []
