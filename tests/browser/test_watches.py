"""A watch from the form to its pause, in a real browser against the example site: added, tried, paused, resumed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from patrol.models import Role
from tests import stack
from tests.browser import chromium
from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser


def test_a_watch_is_tried_saved_and_paused(enter: Enter, running: stack.Stack, watcher: chromium.Watcher) -> None:
    page = enter(Role.ANALYST, "/kerja/patrol/watch/")
    [(query,)] = running.query("SELECT query FROM patrol_watch WHERE platform = 'feed' ORDER BY id LIMIT 1")
    before = [running.count(f"patrol_{table}") for table in ("watch", "post")]
    page.locator("a[href$='/watch/baru/']").click()
    page.locator("select[name=ask]").select_option("feed/feed")
    page.get_by_label("Nama", exact=True).fill("Kanal percobaan")
    # Every place of the example is watched already: the site answers this address as the other, which is another source.
    page.locator("input[name=query]").fill(f"{query}?edisi=percobaan")
    page.get_by_text("Lanjutan").click()
    page.locator("input[name=quiet_from]").fill("22:00")
    page.locator("input[name=quiet_to]").fill("05:00")
    page.locator("button[name=try]").click()
    trial = page.locator("#trial")
    expect(trial).to_be_visible()
    assert trial.locator("tbody tr").count() > 3
    assert not re.search(r"(\+62|\b0)8\d{8,}", trial.inner_text())
    assert [running.count(f"patrol_{table}") for table in ("watch", "post")] == before
    # What was typed is still there.
    expect(page.locator("input[name=quiet_from]")).to_have_value("22.00")

    page.locator(".acts button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/patrol/watch/\d+/$"))
    expect(page.locator(".kv")).to_contain_text("22:00–05:00")
    page.locator("form[action$='/jeda/'] button").click()
    expect(page.locator("form[action$='/lanjut/']")).to_be_visible()
    number = int(page.url.rstrip("/").rpartition("/")[2])
    assert running.query("SELECT state, due_at FROM patrol_watch WHERE id = %s", [number]) == [("paused", None)]
    page.locator("form[action$='/coba/'] button").click()
    expect(page.locator("#trial")).to_be_visible()
    assert running.count(f"patrol_fetch WHERE watch_id = {number} AND outcome = 'good'") <= 1
    assert watcher.found == []


# Deferred scripts run after a page became interactive.
CHOSEN_EARLY = """document.addEventListener("readystatechange", () => {
    const box = document.querySelector("select[name=ask]");
    if (!box || document.readyState !== "interactive" || box.value) return;
    box.value = "feed/feed";
    box.dispatchEvent(new Event("change", { bubbles: true }));
})"""


def test_a_platform_chosen_before_the_scripts_came_is_not_lost(enter: Enter, watcher: chromium.Watcher) -> None:
    page = enter(Role.ANALYST, "/kerja/patrol/watch/")
    page.add_init_script(CHOSEN_EARLY)
    page.goto(page.url + "baru/")
    expect(page.get_by_label("Nama", exact=True)).to_be_visible()
    expect(page.locator("select[name=ask]")).to_have_value("feed/feed")
    assert watcher.found == []
