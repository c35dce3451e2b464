"""`make shots`: the pictures of the documents, from a running example, into docs/img/.

Starts a run of its own (free port, throw-away VAR_DIR), waits until the example site's posts are read, does a day's work in the
browser as each role, and takes the pictures on the way. The names are fixed; what the pictures show follows the example world,
whose posts carry today's dates. Needs /usr/bin/chromium (apt: chromium).
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright import sync_api as playwright_sync
from playwright.sync_api import Browser, BrowserContext, Page

PROJECT = Path(__file__).resolve().parent.parent
PICTURES = PROJECT / "docs" / "img"

CHROMIUM = "/usr/bin/chromium"
SWITCHES = (
    "--no-sandbox",  # Chromium as root needs it; it sees our own pages only
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--font-render-hinting=none",
)
SCREEN = (1366, 768)
PHONE = (390, 844)
MOST_BYTES = 250_000  # of one picture: a page opens quickly and the repository stays small
READY_SECONDS = 180.0


class ShotsError(Exception):
    """The run or a page is not as expected; the message says which."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(var: Path) -> Iterator[str]:
    """A run of the example on throw-away data; its address. Raises ShotsError where it does not come up."""
    port = free_port()
    environment = {**os.environ, "VAR_DIR": str(var), "PORT": str(port), "WEEKS": "0"}  # its steps are those of a first day
    log = var.with_name("run.log")
    with log.open("wb") as out:
        run = subprocess.Popen([sys.executable, "-m", "example.run"], cwd=PROJECT, env=environment, stdout=out, stderr=out)
    try:
        end = time.monotonic() + READY_SECONDS
        while "SIPatrol is ready" not in log.read_text():
            if run.poll() is not None or time.monotonic() > end:
                raise ShotsError(f"The example does not come up:\n{log.read_text()}")
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        run.send_signal(signal.SIGINT)
        run.wait(60)
        # As root, server files lie outside of VAR_DIR where nobody else may enter it.
        subprocess.run(
            [sys.executable, "-m", "example.run", "--reset"], cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL
        )


def manage(var: Path, *arguments: str) -> str:
    """What a command of manage.py prints, in the surroundings of the run."""
    asked = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(  # noqa: S603 -- our own program
        asked, cwd=PROJECT, env={**os.environ, "VAR_DIR": str(var)}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise ShotsError(f"manage.py {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout


UNREAD = "from patrol import models; print(models.Post.objects.exclude(due_at=None).count())"


def wait_for_posts(var: Path) -> None:
    """Until a further round over every watch brings nothing new and no post is unread, here or in the worker's hands."""
    end = time.monotonic() + READY_SECONDS
    while True:
        told = manage(var, "patrol")
        settled = "another run holds it" not in told and not re.search(r"[1-9]\d* (new|changed)", told)
        if settled and manage(var, "shell", "--no-imports", "-c", UNREAD).strip() == "0":
            return
        if time.monotonic() > end:
            raise ShotsError(f"The first patrol does not end:\n{told}")


def keep(name: str, png: bytes) -> None:
    """Writes docs/img/NAME.png, with as many colours as its size allows. Raises ShotsError where it stays too large."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    PICTURES.mkdir(exist_ok=True)
    for colours in (256, 128, 64):
        few = picture.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(PICTURES / f"{name}.png", optimize=True)
        size = (PICTURES / f"{name}.png").stat().st_size
        if size <= MOST_BYTES:
            print(f"docs/img/{name}.png  {size // 1000} kB", flush=True)
            return
    raise ShotsError(f"{name} has {size} bytes")


class Desk:
    """One person at the workbench, in a browser of their own. `register`: a folder with a newer edition's two files."""

    def __init__(self, browser: Browser, address: str, account: tuple[str, str], register: Path) -> None:
        self.address = address
        self.register = register
        self.context: BrowserContext = browser.new_context(
            viewport={"width": SCREEN[0], "height": SCREEN[1]}, locale="id-ID", reduced_motion="reduce"
        )
        self.page: Page = self.context.new_page()
        self.open("/kerja/login/")
        self.page.fill("[name=username]", account[0])
        self.page.fill("[name=password]", account[1])
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url("**/kerja/")

    def open(self, path: str) -> None:
        answer = self.page.goto(self.address + path, wait_until="load")
        if answer is None or answer.status != 200:
            raise ShotsError(f"{path} answers {answer.status if answer else 'nothing'}")
        self.page.evaluate("document.fonts.ready")

    def link(self, selector: str, number: int = 0) -> str:
        """Where the link leads. Raises ShotsError where the page has none such."""
        found = self.page.locator(selector).nth(number)
        if not found.count():
            raise ShotsError(f"{self.page.url} has no {selector}")
        return found.get_attribute("href") or ""

    def flag_with(self, rule: str) -> str:
        """The first flag of the queue's page that this rule speaks of. Raises ShotsError where there is none."""
        rows = self.page.locator("a.q").evaluate_all("rows => rows.map(row => row.getAttribute('href'))")
        for row in rows:
            self.open(row)
            if self.page.get_by_text(f"{rule} v").count():
                return str(row)
        raise ShotsError(f"No flag on the first page of the queue has {rule}")

    def press(self, *keys: str) -> None:
        """As somebody at the desk does; the last key is answered before this returns."""
        for key in keys:
            self.page.keyboard.press(key)
        self.page.wait_for_load_state("networkidle")

    def take(self, path: str) -> None:
        """Opens a flag of the queue to work on it."""
        self.page.locator(f"a.q[href='{path}']").click()
        self.page.locator("[data-held]").wait_for(state="attached")

    def shot(self, name: str, *, size: tuple[int, int] = SCREEN) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.mouse.move(0, 0)
        keep(name, self.page.screenshot())
        self.page.set_viewport_size({"width": SCREEN[0], "height": SCREEN[1]})

    def dark(self, *, on: bool) -> None:
        self.page.emulate_media(color_scheme="dark" if on else "light")

    def send(self, form: str, fields: dict[str, str] | None = None) -> None:
        """Fills the form whose address ends so, sends it, and waits for the page that answers."""
        found = self.page.locator(f'form[action$="/{form}/"]').first
        box = found.locator("xpath=ancestor::details").first
        if box.count() and box.get_attribute("open") is None:
            box.locator("summary").first.click()
        for field, text in (fields or {}).items():
            found.locator(f'[name="{field}"]').fill(text)
        with self.page.expect_navigation():
            found.locator("button[type=submit]").click()


QUEUE = "/kerja/patrol/flag/"


def officer(desk: Desk) -> None:
    """Reads the queue, confirms a flag, sends another up to the directorate, dismisses a few: by keys."""
    desk.open("/kerja/")
    desk.shot("start-officer")
    desk.open(QUEUE)
    desk.shot("queue")
    told = desk.flag_with("agency_name_misused")  # reading, register and contact all have their say in it
    desk.take(told)
    desk.press("Escape")  # the tour
    desk.shot("flag")
    desk.dark(on=True)
    desk.shot("flag-dark")
    desk.dark(on=False)
    desk.shot("flag-phone", size=PHONE)
    desk.press("t")
    desk.press("k")
    desk.shot("decide")
    desk.press("5")
    desk.press("e", "1")
    desk.page.keyboard.type("Perekrut sama muncul di kanal provinsi lain; mohon ditangani direktorat.")
    desk.press("Enter")
    for _post in range(4):
        desk.press("a", "4")


def analyst(desk: Desk) -> None:
    """Takes the escalated case and writes to its office."""
    desk.open("/kerja/")
    desk.shot("start-analyst")
    desk.open("/kerja/patrol/case/?state=untaken")
    desk.open(desk.link("main td a"))
    desk.send("ambil")
    desk.send("pesan", {"note": "Perkara diambil. Mohon kirim laporan korban bila ada, lewat jalur kantor."})
    desk.shot("case")
    desk.open("/kerja/patrol/indicator/")
    desk.shot("indicators")
    desk.open("/kerja/patrol/campaign/")
    desk.open(desk.page.evaluate(_LARGEST))
    desk.shot("campaign")


# The campaign with most posts: its page shows most of what such a page can.
_LARGEST = """() => [...document.querySelectorAll("main tbody tr")]
    .map((row) => [Number(row.querySelector("td.num").innerText), row.querySelector("a").getAttribute("href")])
    .sort((one, other) => other[0] - one[0])[0][1]"""


def supervisor(desk: Desk) -> None:
    """Reads the running week, freezes it."""
    desk.open("/kerja/")
    desk.shot("start-supervisor")
    desk.open("/kerja/reports/weeklysummary/")
    desk.open(desk.link("main td a"))
    desk.send("bekukan", {"note": "Pekan pertama pemakaian; tanda dari kanal baru belum lengkap."})
    desk.send("bekukan", {})  # asked once: what is counted, and who signs
    desk.shot("week")


def registrar(desk: Desk) -> None:
    """Looks at what a newer pair of files would change."""
    desk.open("/kerja/patrol/registeredition/impor/")
    for kind in ("agencies", "licences"):
        desk.page.set_input_files(f'input[type=file][name="{kind}"]', desk.register / f"{kind}.csv")
    with desk.page.expect_navigation():
        desk.page.locator("form[enctype] button[type=submit]").click()
    desk.shot("register-import")


def administrator(desk: Desk) -> None:
    """Sees how well each watch is."""
    desk.open("/kerja/patrol/watch/")
    desk.shot("watches")


DAY = {"officer": officer, "analyst": analyst, "supervisor": supervisor, "registrar": registrar, "administrator": administrator}


def main() -> int:
    if not Path(CHROMIUM).exists():
        print("Pictures need Chromium (apt: chromium).", file=sys.stderr)
        return 1
    try:
        with tempfile.TemporaryDirectory(prefix="shots-") as folder:
            var = Path(folder) / "var"
            with running(var) as address, playwright_sync.sync_playwright() as playwright:
                wait_for_posts(var)
                rows = [line.split("\t") for line in (var / "example-accounts.txt").read_text().splitlines()]
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
                try:
                    for role, username, password in rows:
                        if role not in DAY:  # a second officer and others: for acts that take two people
                            continue
                        DAY[role](Desk(browser, address, (username, password), var / "example" / "newer"))
                except (ShotsError, playwright_sync.Error) as error:
                    log = (var / "log" / "web.log").read_text().splitlines()[-5:]
                    raise ShotsError("\n".join([str(error), *log])) from error
                finally:
                    browser.close()
    except ShotsError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
