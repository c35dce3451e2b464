"""A ring in a real Chromium: looked at, a tie cut, decided at once and taken back; and a map that can be read at 500 nodes.

It has an example world of its own: what is decided here would be missing in the summaries other tests look at.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from patrol.models import Role
from tests import stack
from tests.browser import chromium
from tests.browser.conftest import Enter, example_run
from tests.browser.test_pages import faults

pytestmark = [pytest.mark.browser, pytest.mark.worker]

SMALL, LARGE = 12, 260
PLACES = ("Poipet", "Bavet", "Sihanoukville")
RING = (
    "Sahabat muda jangan tidur terus! Kantor kami di {place} Kamboja mencari tukang balas pesan, gaji {pay} juta, ranjang sendiri, tiket "
    "dan paspor ditanggung, tanpa ijazah. Berangkat tanggal {day} lewat jalur kami. Chat {contact}"
)
CROWD = "Cari operator judi online di Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, loket nomor {n}. WA {one}, {other} atau {same}"
# Each number is shared by neighbours and one by all: in whatever order the posts are read, they are one campaign.


def number(n: int) -> str:
    return f"0861 {n // 10000:04d} {n % 10000:04d}"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[stack.Stack]:
    """The example world, and what the officer brought in from a file: a ring of twelve and one of hundreds."""
    folder = tmp_path_factory.mktemp("campaigns")
    with example_run(folder, "campaigns") as going:

        def all_tied() -> bool:
            read = going.count("patrol_post WHERE due_at IS NOT NULL") == 0
            return read and going.count("patrol_linkedpost WHERE linked_at IS NULL") == 0

        before = going.count("patrol_post")
        subprocess.run(
            [sys.executable, "manage.py", "import_posts", _written(folder), "--by", going.accounts[Role.OFFICER][0]],
            env=going.environment,
            cwd=stack.PROJECT,
            check=True,
        )
        there = before + SMALL + LARGE
        going.wait_for(lambda: going.count("patrol_post") == there and all_tied(), 240, "the file to be read and tied", every=0.25)
        yield going


def _written(folder: Path) -> Path:
    path = folder / "unggahan.csv"
    began = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("teks", "url", "waktu", "akun", "platform"))
        for n in range(SMALL):
            text = RING.format(place=PLACES[n % 3], pay=12 + n % 4, day=1 + n, contact=number(7_000_001 + n % 2))
            at = began + timedelta(hours=20 * n)
            rows.writerow((text, f"https://www.facebook.com/9100{n:04d}", at.isoformat(), f"cincin.{n}", "facebook"))
        for n in range(LARGE):
            text = CROWD.format(n=n, one=number(8_000_001 + n), other=number(8_000_002 + n), same=number(8_900_000))
            at = began + timedelta(hours=2 * n)
            rows.writerow((text, f"https://www.facebook.com/9200{n:04d}", at.isoformat(), f"loket.{n}", "facebook"))
    return path


def ring_of(running: stack.Stack, text: str) -> int:
    """The campaign most posts with these words belong to."""
    rows = running.query(
        "SELECT l.campaign_id FROM patrol_linkedpost l JOIN patrol_postversion v ON v.post_id = l.post_id"
        " JOIN patrol_posttext t ON t.version_id = v.id WHERE t.text LIKE %s GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
        [f"%{text}%"],
    )
    assert rows
    assert rows[0][0] is not None
    return int(rows[0][0])


def address(campaign: int) -> str:
    return f"/kerja/patrol/campaign/{campaign}/"


def states(running: stack.Stack, campaign: int) -> list[str]:
    rows = running.query("SELECT f.state FROM patrol_flag f JOIN patrol_linkedpost l USING (post_id) WHERE l.campaign_id = %s", [campaign])
    return sorted(state for (state,) in rows)


def test_a_ring_is_decided_at_once_and_taken_back(enter: Enter, running: stack.Stack, watcher: chromium.Watcher) -> None:
    campaign = ring_of(running, "tukang balas pesan")
    page = enter(Role.OFFICER, address(campaign))
    expect(page.locator("#web a.n-post")).to_have_count(SMALL)
    expect(page.locator(".jar-time rect")).to_have_count(SMALL)
    slots = page.locator(".tpl .slot")
    assert slots.count() >= 2
    coloured = slots.evaluate_all("all => all.map(one => getComputedStyle(one).backgroundColor)")
    assert "rgba(0, 0, 0, 0)" not in coloured

    page.locator("form[action$='/konfirmasi/'] .btn.pri").click()
    expect(page.get_by_role("status").first).to_contain_text("Dikonfirmasi")
    page.locator("#kaitan summary").click()
    with page.expect_navigation(url=re.compile(rf"{address(campaign)}$")):
        page.locator("#kaitan button[formaction$='/lepas/']").first.click()
    assert running.count("patrol_tie WHERE state = 'cut'") >= 1
    assert running.count(f"patrol_auditentry WHERE verb = 'campaign.tie_cut' AND target_id = '{campaign}'") == 1

    before = states(running, campaign)
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press(page.locator("#putuskan a[href*='outcome=confirmed'] kbd").inner_text().lower())
    page.wait_for_url(re.compile("outcome=confirmed"))
    told = page.locator("form button[type=submit].pri").inner_text()
    count = int(re.sub(r"\D", "", told))
    assert count > 1
    page.keyboard.press((page.locator("fieldset[data-press]").get_attribute("data-press") or "").lower())
    page.keyboard.press("1")
    expect(page.locator("input[name=reason]").first).to_be_checked()
    expect(page.locator("form button[type=submit].pri")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"{address(campaign)}$"))
    assert states(running, campaign).count("confirmed") == count
    page.locator("details.verb", has=page.locator("form[action$='/tarik/']")).locator("summary").first.click()
    page.locator("form[action$='/tarik/'] input[name=note]").first.fill("salah ring, contoh")
    with page.expect_navigation(url=re.compile(rf"{address(campaign)}$")):
        page.locator("form[action$='/tarik/'] button").first.click()
    assert states(running, campaign) == before
    assert running.count(f"patrol_auditentry WHERE verb = 'campaign.decision_reversed' AND target_id = '{campaign}'") == 1
    assert watcher.found == []


def test_a_map_of_five_hundred_nodes_can_be_read(enter: Enter, running: stack.Stack, watcher: chromium.Watcher) -> None:
    campaign = ring_of(running, "operator judi online di Kamboja")
    page = enter(Role.OFFICER, address(campaign))
    nodes = page.locator("#web .n-post, #web .n-phone")
    assert nodes.count() >= 500
    _every_node_inside(page)
    phones = page.locator("#web .n-phone")
    page.locator("label:has(input[data-kind=phone])").click()
    expect(phones.first).to_be_hidden()
    page.locator("label:has(input[data-kind=phone])").click()
    expect(phones.first).to_be_visible()
    whole = page.locator("#web").get_attribute("viewBox")
    for _ in range(3):
        page.locator("[data-zoom=in]").click()
    assert page.locator("#web").get_attribute("viewBox") != whole
    expect(page.locator("#web")).to_have_class(re.compile("near"))
    page.locator("[data-zoom=all]").click()
    assert page.locator("#web").get_attribute("viewBox") == whole
    link = page.locator("#web a.n-post").first
    aim = link.get_attribute("href") or ""
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(aim)))
    assert watcher.found == []


def _every_node_inside(page: Page) -> None:
    """No node lies outside the map, and hardly two on each other."""
    places = page.evaluate(
        "[...document.querySelectorAll('#web > a, #web > g')].map(one => one.getAttribute('transform').match(/[-\\d.]+/g).map(Number))"
    )
    width, height = page.evaluate("[Number(web.dataset.width), Number(web.dataset.height)]")
    assert all(0 <= x <= width and 0 <= y <= height for x, y in places)
    assert len({(round(x / 4), round(y / 4)) for x, y in places}) >= 0.9 * len(places)


@pytest.mark.parametrize("words", ["tukang balas pesan", "operator judi online di Kamboja"])
def test_nothing_is_wrong_with_the_page(words: str, enter: Enter, running: stack.Stack) -> None:
    assert list(faults(enter(Role.OFFICER, address(ring_of(running, words))))) == []
