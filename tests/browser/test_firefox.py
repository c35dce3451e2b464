"""The extension in a real Firefox, against the real server: installed, paired with the question answered, clicked, sent, offline.

It is the extension as it stands in its folder, installed for the time of the run. The button and the answers to Firefox's questions are
pressed in Firefox's own window.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from patrol.models import Role
from tests import stack
from tests.browser import captures, firefox
from tests.extension import pages

pytestmark = pytest.mark.firefox
EXTENSION = Path(__file__).resolve().parents[2] / "extension"
NAME = json.loads((EXTENSION / "manifest.json").read_text())["browser_specific_settings"]["gecko"]["id"]
WIDGET = re.sub(r"[^a-z0-9_-]", "_", NAME)
BUTTON = f"#{WIDGET}-BAP"
ALLOW, DENY = "primary", "secondary"


@dataclass
class Office:
    """A Firefox with the extension in it, and the product it speaks to."""

    firefox: firefox.Firefox
    going: stack.Stack
    account: tuple[str, str]
    home: str  # moz-extension://…/

    def click(self, url: str) -> str:
        """Opens the page and presses the button. Returns the tab of the page; the draft is in front."""
        tab = self.firefox.open(url)
        self.press()
        return tab

    def press(self) -> None:
        self.firefox.opens(lambda: self.firefox.press(BUTTON))
        self.firefox.wait(lambda: self.firefox.has("#form button[type=submit]:focus"), "the draft")

    def told(self, kind: str) -> str:
        """The draft's or the settings' word, as soon as it is of that kind."""
        selector = f"#told.{kind}:not([hidden])" if kind else "#told"
        return str(self.firefox.wait(lambda: self.firefox.value(selector), f"a word of {kind}"))

    def says(self, key: str) -> str:
        return str(self.firefox.run("return chrome.i18n.getMessage(arguments[0])", key))

    def sent(self) -> str:
        """Presses Enter on "Kirim" and waits for the server's word. Returns the key of the capture."""
        self.enter()
        self.told("ok")
        return self.key()

    def enter(self) -> None:
        self.firefox.type("#form button[type=submit]", firefox.ENTER, instead=False)

    def key(self) -> str:
        return str(self.firefox.run("return new URL(location.href).searchParams.get('key')"))

    def row(self) -> dict[str, Any]:
        found: dict[str, Any] = self.firefox.run(
            "return import('./store.js').then((store) => store.get(arguments[0]))"
            ".then(({ state, tries, body }) => ({ state, tries, body }))",
            self.key(),
        )
        return found

    def rights(self) -> list[str]:
        script = "return WebExtensionPolicy.getByID(arguments[0]).allowedOrigins.patterns.map((one) => one.pattern)"
        patterns: list[str] = self.firefox.inside(script, NAME)
        return [one for one in patterns if not one.startswith("moz-extension:")]

    def code(self) -> str:
        """From the workbench, in a tab of its own."""
        tab = self.firefox.open(self.going.address + "/kerja/patrol/device/")
        if self.firefox.has("input[name=password]"):
            self.firefox.type("input[name=username]", self.account[0])
            self.firefox.type("input[name=password]", self.account[1] + firefox.ENTER)
            self.firefox.wait(lambda: self.firefox.has("form[action$='/kode/']"), "the workbench")
        self.firefox.click("form[action$='/kode/'] button")
        code = self.firefox.wait(lambda: self.firefox.value("#code"), "a code")
        self.firefox.shut(tab)
        return str(code)

    def pair(self, answer: str) -> None:
        """By the code of the workbench; `answer` is the button pressed when Firefox asks for the right to the server."""
        code = self.code()
        self.firefox.open(self.home + "options.html")
        self.firefox.type("[name=server]", self.going.address + "/kerja/")
        self.firefox.type("[name=code]", code.lower())
        self.firefox.type("[name=name]", "Laptop loket" + firefox.ENTER)
        self.firefox.answer(answer)


@pytest.fixture(scope="module")
def going(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[stack.Stack]:
    with stack.Stack(tmp_path_factory.mktemp("firefox"), database="firefox", started=("web",)) as started:
        yield started


@pytest.fixture(scope="module")
def fresh(going: stack.Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Installed, its button in the tool bar, not paired."""
    shown = firefox.Pages(captures.answers())
    with firefox.opened(tmp_path_factory.mktemp("profile") / "firefox", shown) as opened:
        assert opened.send("Addon:Install", path=str(EXTENSION), temporary=True) == NAME
        home = opened.wait(
            lambda: [url for url in [opened.send("WebDriver:GetCurrentURL")] if url.endswith("/options.html")],
            "the settings after the installation",
        )[0].removesuffix("options.html")
        opened.inside("CustomizableUI.addWidgetToArea(arguments[0], 'nav-bar')", f"{WIDGET}-browser-action")
        yield Office(opened, going, going.accounts[Role.OFFICER], home)
    shown.close()


@pytest.fixture(scope="module")
def office(fresh: Office) -> Office:
    """Paired; on the way there Firefox's question is answered with no once."""
    assert fresh.rights() == []  # installed it may reach nobody
    fresh.pair(DENY)
    assert fresh.told("high") == fresh.says("no_right")
    assert fresh.rights() == []
    fresh.pair(ALLOW)
    assert fresh.told("ok") == fresh.says("paired")
    assert fresh.rights() == ["http://127.0.0.1/*"]
    return fresh


@pytest.fixture(autouse=True)
def tidy(office: Office) -> Iterator[None]:
    """Each test begins with one empty tab and no other."""
    yield
    keep = office.firefox.open("about:blank")
    for tab in office.firefox.tabs():
        if tab != keep:
            office.firefox.shut(tab)
    office.firefox.go(keep)


def test_a_post_of_a_closed_group_with_comments_and_the_whole_page(office: Office) -> None:
    page = office.firefox.open(pages.FACEBOOK)
    office.firefox.run("scrollTo(0, 300)")
    office.press()
    assert office.firefox.value("[name=text]") == f"{pages.TEXT} ✈️\nHubungi di sini"
    assert office.firefox.value("[name=links]") == pages.HIDDEN
    office.firefox.click("[name=with_comments]")
    office.firefox.click("#comments li:nth-child(2) input")
    key = office.sent()

    post, comment = captures.stored(office.going, key)
    assert (post["platform"], post["external_id"][-15:], post["origin"]) == ("facebook", "200000000000456", "Loker Luar Negeri Contoh")
    assert (post["author"], post["author_name"]) == ("61500000000077", "Calo Contoh")
    assert (post["text"], post["links"]) == (f"{pages.TEXT} ✈️\nHubungi di sini", [pages.HIDDEN])
    assert [one["url"] for one in post["media"]] == [pages.PICTURE]
    assert (comment["text"], comment["author_name"], comment["thread"]) == (
        "Minat kak, syaratnya apa?",
        "Peminat Contoh",
        post["external_id"],
    )
    files = captures.files(office.going, key)
    told = json.loads(files["page"])
    assert "Firefox/" in told["browser"]
    office.firefox.go(page)
    assert office.firefox.run("return scrollY") == 300
    assert office.firefox.run("return typeof globalThis.sipatrol") == "undefined"
    assert office.firefox.run("return getComputedStyle(document.querySelector('div')).visibility") == "visible"
    high = office.firefox.run("return document.documentElement.scrollHeight")
    with Image.open(io.BytesIO(files["screenshot"])) as shot:
        assert shot.size == (told["screenshot"]["width"], told["screenshot"]["height"])
        assert told["screenshot"]["complete"] is True
        assert abs(shot.height - high) <= 1
        # The bar that stays on the screen stands in the first screen only: no green further down.
        assert shot.convert("RGB").getpixel((500, 30)) == (0, 170, 0)
        assert all(shot.convert("RGB").getpixel((500, y)) != (0, 170, 0) for y in range(100, shot.height, 25))


def test_a_video_page(office: Office) -> None:
    office.click(pages.TIKTOK)
    office.firefox.click("[name=with_comments]")
    post, comment = captures.stored(office.going, office.sent())
    assert (post["platform"], post["external_id"], post["author"], post["author_name"]) == (
        "tiktok",
        "7300000000000000042",
        "agen.contoh",
        "Agen Contoh",
    )
    assert post["text"] == f"{pages.TEXT}#tkikamboja"
    assert (comment["author"], comment["text"]) == ("peminat_contoh", "Info kak")


def test_of_several_posts_another_can_be_chosen(office: Office) -> None:
    page = office.firefox.open(pages.FACEBOOK_GROUP)
    office.firefox.run("scrollTo(0, 150)")
    office.press()
    draft = office.firefox.send("WebDriver:GetWindowHandle")
    assert office.firefox.value("[name=text]").startswith("Dibutuhkan CS chat")
    office.firefox.click("#pick")
    office.firefox.go(page)
    office.firefox.wait(lambda: office.firefox.has("sipatrol-picker"), "the picker")
    office.firefox.click("[role=main] > div:last-child [data-ad-preview=message]")
    office.firefox.go(draft)
    office.firefox.wait(lambda: office.firefox.value("[name=text]").startswith("Lowongan Taiwan"), "the post that was chosen")
    [post] = captures.stored(office.going, office.sent())
    assert post["external_id"].endswith("200000000000452")


def open_to_it(office: Office) -> list[str]:
    """The pages of the web that the extension may read now. Its own are not among them: every Firefox lets it have those or none."""
    read = """return chrome.tabs.query({}).then((tabs) => Promise.all(tabs.map((tab) =>
        chrome.scripting.executeScript({ target: { tabId: tab.id }, func: () => location.href }).then(([one]) => one.result, () => ""))))"""
    return sorted(url for url in office.firefox.run(read) if url and not url.startswith(office.home))


def test_a_click_opens_that_page_and_no_other(office: Office) -> None:
    """The right to a page is the one a click gives; a tab beside it stays closed to the extension until it is clicked too."""
    beside = office.firefox.open(pages.UNKNOWN)
    office.click(pages.TIKTOK)
    assert open_to_it(office) == [pages.TIKTOK]
    office.firefox.go(beside)
    office.press()
    assert open_to_it(office) == sorted([pages.TIKTOK, pages.UNKNOWN])


def test_a_page_of_the_browser_itself_is_told_in_plain_words(office: Office) -> None:
    office.click("about:license")
    assert office.told("high") == office.says("problem_page")


def test_offline_it_waits_and_goes_out_once_when_the_server_is_back(office: Office) -> None:
    office.click(pages.UNKNOWN)
    office.going.kill("web")
    office.enter()
    assert office.says("problem_offline") in office.told("med")
    waiting, key = office.row(), office.key()
    assert (waiting["state"], waiting["tries"]) == ("waiting", 1)
    badge = "return chrome.action.getBadgeText({}).then((text) => text === '1')"
    office.firefox.wait(lambda: office.firefox.run(badge), "the number on the button")
    draft = office.firefox.send("WebDriver:GetWindowHandle")
    office.firefox.open(office.home + "options.html")
    office.firefox.wait(lambda: office.firefox.has("#rows li[data-state=waiting]"), "the row that waits")
    office.going.start("web")
    office.firefox.run("document.getElementById('flush').click()")  # its alarm may have been faster, and the button gone
    office.firefox.wait(lambda: not office.firefox.has("#rows li[data-state=waiting]"), "the sending")
    office.firefox.go(draft)
    assert office.row()["state"] == "sent"
    assert office.going.count(f"patrol_intake WHERE key = '{key}'") == 1
    assert captures.files(office.going, key)["page"].decode() == waiting["body"]


@pytest.mark.parametrize("url", captures.FOUND, ids=lambda url: url.removeprefix("https://"))
def test_every_reader_reads_in_firefox_what_it_reads_in_chromium(office: Office, url: str) -> None:
    """Scripts of an extension see a page of Firefox through a veil that some of the language does not pass."""
    office.click(url)
    read = office.firefox.run("return import('./store.js').then((store) => store.get(arguments[0])).then((row) => row.read)", office.key())
    assert (read["known"], captures.told(read)) == (True, captures.FOUND[url])
