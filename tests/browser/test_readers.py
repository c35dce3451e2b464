"""What each reader finds on pages shaped like its platform, in a real Chromium.

The scripts run in the page itself, in the order the extension injects them; tests/browser/test_extension.py and test_firefox.py press the
button.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser import captures, chromium
from tests.extension import pages

pytestmark = pytest.mark.browser
EXTENSION = Path(__file__).resolve().parents[2] / "extension"
READERS = ["read/dom.js", *dict.fromkeys(re.findall(r'"(read/\w+\.js)"', (EXTENSION / "platforms.js").read_text()))]
SCRIPT = "\n".join((EXTENSION / name).read_text() for name in READERS)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    shown = captures.answers()

    def answer(route: Route) -> None:
        kind, body = shown.get(route.request.url.partition("#")[0], ("text/plain", b""))
        route.fulfill(status=200 if body else 404, body=body, content_type=kind)

    context = browser.new_context(viewport={"width": 1000, "height": 700}, locale="id-ID")
    context.set_default_timeout(chromium.PATIENCE)
    context.route(re.compile(r"^https://"), answer)
    yield context.new_page()
    context.close()


def read(page: Page, url: str) -> dict[str, Any]:
    page.goto(url)
    page.evaluate(f"() => {{ {SCRIPT} }}")
    found: dict[str, Any] = page.evaluate("sipatrol.read()")
    return found


@pytest.mark.parametrize("url", captures.FOUND, ids=lambda url: url.removeprefix("https://"))
def test_a_post_is_read_as_it_stands_there(page: Page, url: str) -> None:
    found = read(page, url)
    assert found["known"] is True
    assert captures.told(found) == captures.FOUND[url]


def test_every_page_of_a_platform_is_expected_somewhere() -> None:
    elsewhere = {pages.FACEBOOK, pages.FACEBOOK_GROUP, pages.TIKTOK, pages.WHATSAPP, pages.UNKNOWN}  # by a click
    assert set(pages.PAGES) == elsewhere | set(captures.FOUND)


@pytest.mark.parametrize(
    ("url", "several"),
    [
        (pages.INSTAGRAM_FEED, 2),
        (pages.THREADS_FEED, 2),
        (pages.X_FEED, 2),
        (pages.YOUTUBE_POSTS, 2),
        (pages.TELEGRAM, 2),
        (pages.INSTAGRAM, 1),
        (pages.INSTAGRAM_PAGE, 1),
        (pages.YOUTUBE, 1),
        (pages.TELEGRAM_PREVIEW, 1),
    ],
)
def test_posts_are_counted_as_a_person_counts_them(page: Page, url: str, several: int) -> None:
    assert read(page, url)["several"] == several


def test_of_several_posts_the_one_scrolled_to_is_read(page: Page) -> None:
    page.goto(pages.THREADS_FEED)
    page.evaluate("document.body.style.paddingBottom = '2000px'")
    page.evaluate("document.querySelector('[data-pressable-container]').style.height = '600px'")
    page.evaluate(f"() => {{ {SCRIPT} }}")
    assert page.evaluate("sipatrol.read().post.author") == "lain.contoh"
    page.evaluate("scrollTo(0, 600)")
    assert page.evaluate("sipatrol.read().post.author") == "agen.contoh"


@pytest.mark.parametrize("url", [pages.INSTAGRAM, pages.THREADS, pages.X, pages.YOUTUBE, pages.TELEGRAM])
def test_a_page_that_changed_its_shape_is_said_to_be_unknown(page: Page, url: str) -> None:
    page.goto(url)
    page.evaluate("document.body.innerHTML = '<main><p>Dibutuhkan CS chat ke Kamboja, hubungi admin.</p></main>'")
    page.evaluate(f"() => {{ {SCRIPT} }}")
    found = page.evaluate("sipatrol.read()")
    assert (found["known"], found["post"]["url"], found["post"]["text"]) == (False, "", "Dibutuhkan CS chat ke Kamboja, hubungi admin.")


@pytest.mark.parametrize(
    ("here", "links"),
    [
        ("https://www.loker.co.id/7", ["https://daftar.co.id/2", "https://loker.example/3"]),
        ("https://agen.blogspot.com/7", ["https://daftar.co.id/2", "https://www.loker.co.id/1", "https://loker.example/3"]),
        ("https://loker.example/7", ["https://daftar.co.id/2", "https://www.loker.co.id/1"]),
    ],
)
def test_links_to_others_are_kept_where_only_the_end_of_the_name_is_shared(page: Page, here: str, links: list[str]) -> None:
    addresses = ("https://daftar.co.id/2", "https://www.loker.co.id/1", "https://loker.example/3")
    anchors = " ".join(f'<a href="{address}">di sini</a>' for address in addresses)
    body = f"<main><h1>Operator di Kamboja</h1><p>{pages.TEXT}</p><p>{anchors}</p></main>"
    page.route(here, lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    assert read(page, here)["post"]["links"] == links
