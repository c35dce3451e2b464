"""One person in a browser: goes to pages as the table says, and takes each as it stands on a desk, in the dark and on a telephone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve, reverse
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from docs.shots import pages

PROJECT: Final = Path(__file__).resolve().parents[2]
PICTURES: Final = PROJECT / "docs" / "img"
SCREEN: Final = (1366, 768)
PHONE: Final = (390, 844)
COLOURS: Final = 64  # a page of text needs no more, and is little more than half as large
MOST_BYTES: Final = 150_000  # of one picture: a page opens quickly and the repository stays small
_TRIED: Final = 25  # pages in between, until one has the link


class ShotsError(Exception):
    """The run or a page is not as expected; the message says which."""


def keep(file: str, png: bytes) -> None:
    """Writes docs/img/FILE.webp. Raises ShotsError where it is too large."""
    PICTURES.mkdir(exist_ok=True)
    path = PICTURES / f"{file}.webp"
    picture = Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.convert("RGB").save(path, lossless=True, quality=100, method=4)
    size = path.stat().st_size
    print(f"docs/img/{file}.webp  {size // 1000} kB", flush=True)
    if size > MOST_BYTES:
        raise ShotsError(f"{file} has {size} bytes")


def address_of(url: str) -> str:
    """The name in the URL table of the workbench or of the public desk; "" where it has none."""
    path = urlsplit(url).path
    try:
        return resolve(path, None if path.startswith("/kerja/") else "patrol.public.urls").view_name
    except Resolver404:
        return ""


def path_of(address: str) -> str:
    """Of an address that needs nothing."""
    return reverse(address, None if address.startswith("admin:") else "patrol.public.urls")


class Desk:
    """Somebody with an account, or a stranger, in a browser of their own.

    `wanted`: the names of the rows that are taken. `register`: a folder with a newer edition's two files.
    """

    def __init__(
        self, browser: Browser, home: str, group: pages.Group, account: tuple[str, str] | None, wanted: Collection[str], register: Path
    ) -> None:
        self.home = home
        self.rows = {row.name: row for row in group.rows}
        self.wanted = wanted
        self.register = register
        self.account = account
        self.reached: dict[str, str] = {}  # row -> the path of its page
        self.context = self._browser_of(browser)
        self.page: Page = self.context.new_page()
        if account:
            self.log_in()

    def _browser_of(self, browser: Browser) -> BrowserContext:
        return browser.new_context(viewport={"width": SCREEN[0], "height": SCREEN[1]}, locale="id-ID", reduced_motion="reduce")

    @contextmanager
    def somebody_else(self) -> Iterator[None]:
        """In a browser that knows nothing of this person."""
        assert self.context.browser is not None
        own, context = self.page, self._browser_of(self.context.browser)
        self.page = context.new_page()
        yield
        context.close()
        self.page = own

    # --- going somewhere ---

    def log_in(self, *, leads_to: str = "**/kerja/") -> None:
        assert self.account is not None
        self.open("/kerja/login/")
        self.page.fill("[name=username]", self.account[0])
        self.page.fill("[name=password]", self.account[1])
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(leads_to)

    def open(self, path: str) -> None:
        answer = self.page.goto(self.home + path, wait_until="load")
        if answer is None or answer.status != 200:
            raise ShotsError(f"{path} answers {answer.status if answer else 'nothing'}")
        self.page.evaluate("document.fonts.ready")

    def go(self, name: str) -> None:
        """Opens the page of a row, by the way the table says. Raises ShotsError where that leads nowhere."""
        row = self.rows[name]
        if name not in self.reached:
            if row.way == pages.STORY:
                raise ShotsError(f"{name} is part of a story that did not come so far")
            self.reached[name] = self._way_to(row)
        self.open(self.reached[name])

    def _way_to(self, row: pages.Shown) -> str:
        if not row.way:
            return path_of(row.address) + row.query
        if row.way in self.rows:
            self.go(row.way)
        else:
            self.open(path_of(row.way) + row.query)
        if not row.through:
            found = self._links(row.address, row.words)
        else:
            found = []
            for between in self._links(row.through, row.words)[:_TRIED]:
                self.open(between)
                found = self._links(row.address)
                if found:
                    break
        if not found:
            raise ShotsError(f"{self.page.url} has no link to {row.address}, for {row.name}")
        return found[0]

    def _links(self, address: str, words: str = "") -> list[str]:
        """The paths of the links of the open page that lead there, in their order; with `words` those of a row that says them."""
        links: list[tuple[str, str]] = self.page.locator("a[href]").evaluate_all(
            "links => links.map(one => [one.getAttribute('href'), (one.closest('tr, li') || one).textContent])"
        )
        found = [href for href, said in links if words in said and href.startswith("/") and address_of(href) == address]
        return list(dict.fromkeys(found))

    def link(self, selector: str, number: int = 0) -> str:
        """Where the link leads. Raises ShotsError where the page has none such."""
        found = self.page.locator(selector).nth(number)
        if not found.count():
            raise ShotsError(f"{self.page.url} has no {selector}")
        return found.get_attribute("href") or ""

    # --- doing something ---

    def press(self, *keys: str) -> None:
        """As somebody at the desk does; the last key is answered before this returns."""
        for key in keys:
            self.page.keyboard.press(key)
        self.page.wait_for_load_state("networkidle")

    def send(self, form: str, fields: dict[str, str] | None = None) -> None:
        """Fills the form whose address ends so, sends it, and waits for the page that answers."""
        found = self.page.locator(f'form[action$="/{form}/"]').first
        box = found.locator("xpath=ancestor::details").first
        if box.count() and box.get_attribute("open") is None:
            box.locator("summary").first.click()
        for field, text in (fields or {}).items():
            found.locator(f'[name="{field}"]').fill(text)
        self.click(found.locator("button[type=submit]").first)

    def click(self, where: Locator) -> None:
        """Waits for the page that answers: one that is being left cannot be taken."""
        with self.page.expect_navigation():
            where.click()

    # --- pictures ---

    def view(self, name: str) -> None:
        """The open page, three times, as the row's."""
        row = self.rows[name]
        if address_of(self.page.url) != row.address:
            raise ShotsError(f"{self.page.url} is {address_of(self.page.url)}, not {row.address}, for {name}")
        self.reached.setdefault(name, self.page.url.removeprefix(self.home))
        if name not in self.wanted:
            return
        self._shot(name, SCREEN)
        for kind in row.kinds:
            self.page.emulate_media(color_scheme="dark" if kind == "dark" else "light")
            self._shot(f"{name}-{kind}", PHONE if kind == "phone" else SCREEN)
        self.page.set_viewport_size({"width": SCREEN[0], "height": SCREEN[1]})

    def _shot(self, file: str, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.mouse.move(0, 0)
        keep(file, self.page.screenshot())
