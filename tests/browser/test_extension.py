"""The extension in a real Chromium, against the real server: paired, clicked, corrected, sent, offline, let go.

The button is pressed by the browser's own "run this extension's action", so the right to the page is the one a click gives (activeTab).
Pages of the platforms are answered by the test under their own addresses. One thing differs from an office's browser: the right to the
server's origin stands in the manifest, because nobody can press "Allow" in the dialog that asks for it.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, CDPSession, Page, Route, Worker, expect, sync_playwright

from patrol.models import Role
from patrol.sources.instagram import shape
from tests import stack
from tests.browser import captures, chromium
from tests.browser.conftest import log_in
from tests.extension import pages

pytestmark = pytest.mark.browser
EXTENSION = Path(__file__).resolve().parents[2] / "extension"
ANSWERS = captures.answers()


def says(page: Page, key: str) -> str:
    """A sentence of the extension in this Chromium's language: Debian ships most languages in a package of its own."""
    sentence: str = page.evaluate("(key) => chrome.i18n.getMessage(key)", key)
    assert sentence
    return sentence


def answer(route: Route) -> None:
    kind, body = ANSWERS.get(route.request.url.partition("#")[0], ("text/plain", b""))
    route.fulfill(status=200 if body else 404, body=body, content_type=kind)


@dataclass
class Office:
    """A browser with the extension in it, and the product it speaks to."""

    context: BrowserContext
    session: CDPSession  # with the browser itself
    going: stack.Stack
    account: tuple[str, str]
    id: str

    def page(self, url: str) -> Page:
        page = self.context.new_page()
        page.goto(url)
        return page

    def own(self, path: str) -> Page:
        return self.page(f"chrome-extension://{self.id}/{path}")

    def click(self, page: Page) -> Page:
        """The button beside the address bar, while `page` is in front; returns the draft that opens."""
        page.bring_to_front()
        [tab] = self.tabs(lambda tabs: [tab for tab in tabs if tab["url"] == page.url], 1)
        with self.context.expect_page(timeout=chromium.PATIENCE) as opened:
            self.session.send("Extensions.triggerAction", {"id": self.id, "targetId": tab["targetId"]})
        draft = opened.value
        expect(draft.locator("#form button[type=submit]")).to_be_focused()
        return draft

    def tabs(self, of: Callable[[list[dict[str, Any]]], list[dict[str, Any]]], many: int) -> list[dict[str, Any]]:
        """The browser's own list of tabs, as soon as `of` makes `many` of it: what opens, moves and closes gets there late."""
        end = time.monotonic() + chromium.PATIENCE / 1000
        while True:
            found = of(self.session.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"])
            if len(found) == many:
                return found
            assert time.monotonic() < end, f"{len(found)} tabs instead of {many}: {[tab['url'] for tab in found]}"
            self.context.pages[0].wait_for_timeout(50)

    def worker(self) -> Worker:
        return next(one for one in self.context.service_workers if self.id in one.url)

    def workbench(self, path: str) -> Page:
        page = self.page(self.going.address + path)
        if "/login/" in page.url:
            log_in(page, *self.account)
            page.wait_for_url(lambda url: "/login/" not in url)
        return page

    def installed(self) -> None:
        """Its settings open by themselves once, in whichever empty tab there is: before that, a tab of a test would be taken away."""
        end = time.monotonic() + chromium.PATIENCE / 1000
        while not any(page.url.endswith("/options.html") for page in self.context.pages):
            assert time.monotonic() < end, "the settings did not open after the installation"
            self.context.pages[0].wait_for_timeout(50)
        self.context.new_page()

    def paired(self) -> None:
        """By the code the workbench shows, typed into the extension's own page."""
        bench = self.workbench("/kerja/patrol/device/")
        bench.locator("form[action$='/kode/'] button").click()
        code = bench.locator("#code").inner_text()
        options = self.own("options.html")
        options.fill("[name=server]", self.going.address + "/kerja/")
        options.fill("[name=code]", code.lower())
        options.fill("[name=name]", "Laptop loket")
        options.press("[name=name]", "Enter")
        expect(options.locator("#told")).to_have_class("banner ok")
        options.close()
        bench.close()

    def row(self, draft: Page) -> dict[str, Any]:
        key = draft.url.partition("key=")[2]
        script = """async (key) => {
            const store = await import("./store.js"), row = await store.get(key);
            return row && {state: row.state, tries: row.tries, body: row.body, problem: row.problem};
        }"""
        found: dict[str, Any] = draft.evaluate(script, key)
        return found

    def sent(self, draft: Page) -> str:
        """Presses Enter on "Kirim" and waits for the server's word. Returns the key of the capture."""
        draft.keyboard.press("Enter")
        expect(draft.locator("#told")).to_have_class("banner ok")
        return draft.url.partition("key=")[2]

    def stored(self, key: str) -> list[dict[str, Any]]:
        return captures.stored(self.going, key)

    def files(self, key: str) -> dict[str, bytes]:
        return captures.files(self.going, key)


@pytest.fixture(scope="module")
def going(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[stack.Stack]:
    if chromium.missing():
        pytest.skip(chromium.OFF)
    with stack.Stack(tmp_path_factory.mktemp("extension"), database="extension", started=("web",)) as started:
        yield started


@pytest.fixture(scope="module")
def office(going: stack.Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("profile")
    shutil.copytree(EXTENSION, folder / "extension")
    manifest = json.loads((EXTENSION / "manifest.json").read_text())
    manifest["host_permissions"] = ["http://127.0.0.1/*"]
    (folder / "extension" / "manifest.json").write_text(json.dumps(manifest))
    loaded = [
        "--headless=new",
        f"--disable-extensions-except={folder / 'extension'}",
        f"--load-extension={folder / 'extension'}",
        "--enable-unsafe-extension-debugging",
        "--disable-features=DisableLoadExtensionCommandLineSwitch,OptimizationHints,MediaRouter,Translate",
    ]
    kept = [one for one in chromium.ARGUMENTS if not one.startswith("--disable-features")]
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            folder / "profile",
            executable_path=str(chromium.PROGRAM),
            headless=False,
            args=[*kept, *loaded],
            viewport={"width": 1000, "height": 700},
            locale="id-ID",
            timeout=chromium.PATIENCE,
        )
        context.set_default_timeout(chromium.PATIENCE)
        context.route(re.compile(r"^https://"), answer)
        workers = context.service_workers or [context.wait_for_event("serviceworker", timeout=chromium.PATIENCE)]
        assert context.browser is not None
        session = context.browser.new_browser_cdp_session()
        office = Office(context, session, going, going.accounts[Role.OFFICER], workers[0].url.split("/")[2])
        office.installed()
        office.paired()
        yield office
        context.close()


@pytest.fixture(autouse=True)
def tidy(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:  # tmp_path: for the pictures of a test that fails
    """Each test begins with one empty tab and no other; what a test that failed had open is photographed by conftest."""
    office: Office = request.getfixturevalue("office")
    request.node.pages_open = office.context.pages
    yield
    keep = office.context.new_page()
    for page in office.context.pages:
        if page != keep:
            with contextlib.suppress(Exception):
                page.close()
    office.tabs(lambda tabs: tabs, 1)


def test_it_says_when_it_is_older_than_the_one_given_out(office: Office) -> None:
    """The server of the test gives out this very version; a newer one is put where its answer is kept."""
    options = office.own("options.html")
    expect(options.locator("#old")).to_be_hidden()
    for version, old in (("1.1", False), ("1.0.9", False), ("1.1.1", True), ("x", True)):  # what is no version changes nothing
        told = {"version": version, "page": "/kerja/patrol/device/"}
        options.evaluate("async (told) => (await import('./store.js')).keepNewest(told)", told)
        draft = office.own("draft.html?key=none")
        expect(draft.locator("#told")).to_have_class("banner med")  # the page is whole: there is no such draft
        assert draft.locator("#old").is_visible() is old
    link = draft.locator("#old a")
    assert (link.get_attribute("href"), "1.1.1" in link.inner_text()) == (f"{office.going.address}/kerja/patrol/device/", True)
    options.evaluate("() => chrome.storage.local.remove('newest')")


def test_a_post_of_a_closed_group_with_comments_and_the_whole_page(office: Office) -> None:
    page = office.page(pages.FACEBOOK)
    page.evaluate("scrollTo(0, 300)")
    draft = office.click(page)
    assert page.evaluate("scrollY") == 300
    assert page.evaluate("getComputedStyle(document.querySelector('div')).visibility") == "visible"
    assert page.evaluate("typeof globalThis.sipatrol") == "undefined"
    expect(draft.locator("[name=text]")).to_have_value(f"{pages.TEXT} ✈️\nHubungi di sini")
    expect(draft.locator("[name=links]")).to_have_value(pages.HIDDEN)
    expect(draft.locator("[name=author]")).to_have_value("61500000000077")
    draft.check("[name=with_comments]")
    draft.uncheck("#comments li:nth-child(2) input")
    draft.fill("[name=note]", "Grup tertutup, 12 ribu anggota.")
    draft.fill("[name=posted_at]", "31/02/2026 09.30")
    draft.click("button[type=submit]")
    expect(draft.locator("#told")).to_contain_text("24/11/2026 14.30")
    expect(draft.locator("[name=posted_at]")).to_be_focused()
    draft.fill("[name=posted_at]", "22/11/2026 09.30")
    draft.focus("button[type=submit]")
    key = office.sent(draft)

    post, comment = office.stored(key)
    assert (post["platform"], post["external_id"][-15:], post["origin"]) == ("facebook", "200000000000456", "Loker Luar Negeri Contoh")
    assert (post["author"], post["author_name"]) == ("61500000000077", "Calo Contoh")
    assert post["text"] == f"{pages.TEXT} ✈️\nHubungi di sini"
    assert post["links"] == [pages.HIDDEN]
    assert [one["url"] for one in post["media"]] == [pages.PICTURE]
    assert post["posted_at"] is not None
    assert post["posted_at"].minute == 30
    assert (comment["text"], comment["author_name"], comment["thread"]) == (
        "Minat kak, syaratnya apa?",
        "Peminat Contoh",
        post["external_id"],
    )

    files = office.files(key)
    told = json.loads(files["page"])
    assert told["corrected"] == ["posted_at"]
    assert (told["note"], told["post"]["posted_at_source"]) == ("Grup tertutup, 12 ribu anggota.", "2 jam")
    with Image.open(io.BytesIO(files["screenshot"])) as shot:
        assert shot.size == (told["screenshot"]["width"], told["screenshot"]["height"])
        high = page.evaluate("document.documentElement.scrollHeight")
        assert abs(shot.height - high) <= 1
        assert told["screenshot"]["complete"] is True
        # The bar that stays on the screen stands in the first screen only: no green further down.
        assert shot.convert("RGB").getpixel((500, 30)) == (0, 170, 0)
        assert all(shot.convert("RGB").getpixel((500, y)) != (0, 170, 0) for y in range(100, shot.height, 25))
    [(office_code,)] = office.going.query(
        "SELECT o.code FROM patrol_intake i JOIN patrol_office o ON o.id = i.office_id WHERE i.key = %s", [key]
    )
    assert office_code.startswith("bp3mi-")


def test_a_video_page(office: Office) -> None:
    draft = office.click(office.page(pages.TIKTOK))
    draft.check("[name=with_comments]")
    draft.focus("button[type=submit]")
    post, comment = office.stored(office.sent(draft))
    assert (post["platform"], post["external_id"], post["author"], post["author_name"]) == (
        "tiktok",
        "7300000000000000042",
        "agen.contoh",
        "Agen Contoh",
    )
    assert post["text"] == f"{pages.TEXT}#tkikamboja"
    assert (comment["author"], comment["text"]) == ("peminat_contoh", "Info kak")


@pytest.mark.parametrize(
    ("url", "external_id"),
    [
        (pages.INSTAGRAM, shape.number("CXcontoh123")),
        (pages.THREADS, shape.number("DAcontoh12")),
        (pages.X, "1900000000000000042"),
        (pages.YOUTUBE, "contoh00042"),
        (pages.TELEGRAM, "name:loker_contoh/42"),
    ],
    ids=["instagram", "threads", "x", "youtube", "telegram"],
)
def test_what_a_reader_found_is_what_is_stored(office: Office, url: str, external_id: str) -> None:
    platform, _, author, name, text, at, links, _, origin, comments = captures.FOUND[url]
    draft = office.click(office.page(url))
    if comments:
        draft.check("[name=with_comments]")
    draft.focus("button[type=submit]")
    post, *answers = office.stored(office.sent(draft))
    assert (post["platform"], post["external_id"], post["author"], post["author_name"], post["text"], post["links"], post["origin"]) == (
        platform,
        external_id,
        author,
        name,
        text,
        links,
        origin,
    )
    assert post["posted_at"].astimezone(UTC) == datetime.fromisoformat(at)
    assert [(one["author"], one["author_name"], one["text"], one["thread"]) for one in answers] == [
        (*comment, external_id) for comment in comments
    ]


def test_of_several_posts_the_one_in_sight_is_read_and_another_can_be_chosen(office: Office) -> None:
    page = office.page(pages.FACEBOOK_GROUP)
    page.evaluate("scrollTo(0, 150)")
    draft = office.click(page)
    expect(draft.locator("[name=text]")).to_have_value(re.compile("^Dibutuhkan CS chat"))
    draft.click("#pick")
    expect(page.locator("sipatrol-picker")).to_be_attached()
    page.get_by_text("Lowongan Taiwan, kuota 20 orang").click()
    expect(draft.locator("[name=text]")).to_have_value(re.compile("^Lowongan Taiwan"))
    expect(page.locator("sipatrol-picker")).to_have_count(0)
    expect(draft.locator("[name=url]")).to_have_value(re.compile("200000000000452"))
    draft.bring_to_front()
    draft.focus("button[type=submit]")
    [post] = office.stored(office.sent(draft))
    assert post["external_id"].endswith("200000000000452")


def test_the_page_cannot_choose_for_the_officer(office: Office) -> None:
    page = office.page(pages.FACEBOOK_GROUP)
    draft = office.click(page)
    draft.click("#pick")
    page.evaluate("document.querySelectorAll('[role=article]')[2].dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    expect(page.locator("sipatrol-picker")).to_be_attached()
    page.keyboard.press("Escape")
    expect(page.locator("sipatrol-picker")).to_have_count(0)


def test_a_message_without_an_address(office: Office) -> None:
    draft = office.click(office.page(pages.WHATSAPP))
    expect(draft.locator("[name=author]")).to_have_value("+6284055500042")
    [post] = office.stored(office.sent(draft))
    assert (post["platform"], post["origin"], post["text"]) == ("whatsapp", "Info Kerja Contoh", pages.TEXT)
    assert post["posted_at"] is not None


def test_a_page_no_reader_knows(office: Office) -> None:
    draft = office.click(office.page(pages.UNKNOWN))
    [post] = office.stored(office.sent(draft))
    assert (post["platform"], post["external_id"]) == ("web", "https://loker.example/luar-negeri/7")
    assert "Menu situs" not in post["text"]
    assert post["text"].startswith("Operator di Kamboja")
    assert post["links"] == [pages.HIDDEN]


def test_offline_it_waits_and_goes_out_once_when_the_server_is_back(office: Office) -> None:
    page = office.page(pages.TIKTOK)
    draft = office.click(page)
    draft.fill("[name=text]", "Versi yang dibetulkan petugas: CS chat ke Kamboja, hubungi admin.")
    draft.focus("button[type=submit]")
    office.going.kill("web")
    draft.keyboard.press("Enter")
    expect(draft.locator("#told")).to_have_class("banner med")
    expect(draft.locator("#told")).to_contain_text(says(draft, "problem_offline"))
    waiting = office.row(draft)
    assert (waiting["state"], waiting["tries"]) == ("waiting", 1)
    options = office.own("options.html")
    expect(options.locator("#rows li[data-state=waiting]")).to_have_count(1)
    options.wait_for_function("async () => await chrome.action.getBadgeText({}) === '1'")
    office.going.start("web")
    options.dispatch_event("#flush", "click")  # its alarm may have been faster, and the button gone
    expect(options.locator("#rows li[data-state=waiting]")).to_have_count(0)
    key = draft.url.partition("key=")[2]
    assert office.row(draft)["state"] == "sent"
    assert office.going.count(f"patrol_intake WHERE key = '{key}'") == 1
    told = json.loads(office.files(key)["page"])
    assert told["corrected"] == ["text"]
    assert told["read"]["text"].startswith("Dibutuhkan CS chat")
    assert office.files(key)["page"].decode() == waiting["body"]


def test_an_answer_that_got_lost_doubles_nothing(office: Office) -> None:
    """The row goes back to "waiting" as if the answer had never come: the same bytes under the same key."""
    draft = office.click(office.page(pages.UNKNOWN))
    draft.keyboard.press("Enter")
    expect(draft.locator("#told")).to_have_class("banner ok")
    key = draft.url.partition("key=")[2]
    body = office.files(key)["page"].decode()
    script = """async ([key, body]) => { const store = await import('./store.js'), outbox = await import('./outbox.js');
        await store.change(key, ['sent'], {state: 'waiting', body, shot: null, next: 0});
        await outbox.flush({now: true});
        return (await store.get(key)).problem;
    }"""
    told = draft.evaluate(script, [key, body])
    # Without its screenshot the sending is a faulty one, but the key is known: the answer is the first one's.
    assert told is None
    assert office.going.count(f"patrol_intake WHERE key = '{key}'") == 1


def test_a_browser_that_was_let_go_says_so_and_keeps_what_waits(office: Office) -> None:
    draft = office.click(office.page(pages.TIKTOK))
    bench = office.workbench("/kerja/patrol/device/")
    bench.locator("form[action$='/lepas/'] button").first.click()
    expect(bench.locator(".banner.ok")).to_be_visible()
    draft.bring_to_front()
    draft.focus("button[type=submit]")
    draft.keyboard.press("Enter")
    expect(draft.locator("#told")).to_contain_text(re.compile("no longer\\) paired|tidak \\(lagi\\) terpasang"))
    assert office.row(draft)["state"] == "waiting"
    assert draft.evaluate("chrome.storage.local.get('paired')") == {}
    office.paired()
    expect(draft.locator("#told")).to_have_class("banner ok")


def test_a_page_of_the_browser_itself_is_told_in_plain_words(office: Office) -> None:
    page = office.page("chrome://version/")
    draft = office.click(page)
    expect(draft.locator("#told")).to_have_text(says(draft, "problem_page"))


# Chromium brings the right of a click and the script on two ways: so many scripts come before the right, as on a busy computer.
REFUSING = """(times) => {
    const real = globalThis.real ??= chrome.scripting.executeScript.bind(chrome.scripting);
    const refused = () => Promise.reject(new Error("Cannot access contents of the page."));
    chrome.scripting.executeScript = (...given) => times-- > 0 ? refused() : real(...given);
}"""


@pytest.fixture
def refusing(office: Office) -> Iterator[Callable[[int], None]]:
    yield lambda times: office.worker().evaluate(REFUSING, times)
    office.worker().evaluate(REFUSING, 0)


@pytest.mark.parametrize("times", [1, 5])
def test_a_page_is_asked_again_while_the_right_to_it_is_on_its_way(office: Office, refusing: Callable[[int], None], times: int) -> None:
    page = office.page(pages.TIKTOK)
    refusing(times)
    draft = office.click(page)
    expect(draft.locator("[name=text]")).to_have_value(f"{pages.TEXT}#tkikamboja")
    expect(draft.locator("#told")).to_be_hidden()


def test_a_page_that_stays_closed_is_told_and_stays_told(office: Office, refusing: Callable[[int], None]) -> None:
    page = office.page(pages.TIKTOK)
    refusing(1_000_000)
    draft = office.click(page)
    expect(draft.locator("#told")).to_have_text(says(draft, "problem_page"))
    draft.keyboard.press("Enter")
    expect(draft.locator("#told")).to_have_text(f"{says(draft, 'problem_page')} {says(draft, 'empty')}")
    assert office.row(draft)["state"] == "draft"
    expect(draft.locator("[name=url]")).to_have_value(pages.TIKTOK)
    draft.fill("[name=url]", "https://loker.example/tertutup/1")
    draft.fill("[name=text]", "Diketik petugas: CS chat ke Kamboja, hubungi admin.")
    draft.focus("button[type=submit]")
    key = office.sent(draft)
    [post] = office.stored(key)
    assert (post["platform"], post["url"], post["text"]) == (
        "web",
        "https://loker.example/tertutup/1",
        "Diketik petugas: CS chat ke Kamboja, hubungi admin.",
    )
    told = json.loads(office.files(key)["page"])
    assert (told["page"], told["screenshot"]) == ({"url": pages.TIKTOK, "title": "Agen Contoh di TikTok"}, None)


def test_the_token_is_out_of_reach_of_scripts_in_pages(office: Office) -> None:
    options = office.own("options.html")
    assert options.evaluate("chrome.storage.local.get('paired').then((kept) => typeof kept.paired.token)") == "string"
    level = options.evaluate("chrome.storage.local.setAccessLevel ? 'settable' : ''")
    assert level == "settable"
    page = office.page(pages.FACEBOOK)
    office.click(page)
    assert page.evaluate("typeof chrome === 'undefined' || !chrome.storage")
