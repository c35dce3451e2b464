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
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

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
MOST_BYTES = 150_000  # of one picture: a page opens quickly and the repository stays small
READY_SECONDS = 900.0  # the weeks before are lived first


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
    # No act of the day is asked for its password once more, however long the pictures before it took.
    environment = {**os.environ, "VAR_DIR": str(var), "PORT": str(port), "STEP_UP_SECONDS": "86400"}
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


def wait_for_the_week() -> None:
    """No picture of a summary can be taken around a week's end (Jakarta): what ends is frozen ten minutes later, and a week that ends
    between two pictures is another one in the second."""
    now = datetime.now(ZoneInfo("Asia/Jakarta"))
    monday = (now + timedelta(minutes=20)).replace(hour=0, minute=0, second=0, microsecond=0)
    if monday.weekday() == 0 and monday - timedelta(minutes=20) <= now < monday + timedelta(minutes=11):
        left = monday + timedelta(minutes=11) - now
        print(f"A week ends: the pictures begin in {left // timedelta(minutes=1) + 1} minutes.", flush=True)
        time.sleep(left.total_seconds())


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
    """Writes docs/img/NAME.webp, without loss: half the size of a PNG. Raises ShotsError where it is too large."""
    PICTURES.mkdir(exist_ok=True)
    file = PICTURES / f"{name}.webp"
    Image.open(BytesIO(png)).convert("RGB").save(file, lossless=True, quality=100, method=6)
    size = file.stat().st_size
    print(f"docs/img/{name}.webp  {size // 1000} kB", flush=True)
    if size > MOST_BYTES:
        raise ShotsError(f"{name} has {size} bytes")


class Desk:
    """One person at the workbench, in a browser of their own. `register`: a folder with a newer edition's two files."""

    def __init__(self, browser: Browser, address: str, account: tuple[str, str], register: Path) -> None:
        self.address = address
        self.register = register
        self.context: BrowserContext = browser.new_context(
            viewport={"width": SCREEN[0], "height": SCREEN[1]}, locale="id-ID", reduced_motion="reduce"
        )
        self.account = account
        self.page: Page = self.context.new_page()
        self.log_in()

    def log_in(self, *, leads_to: str = "**/kerja/") -> None:
        self.open("/kerja/login/")
        self.page.fill("[name=username]", self.account[0])
        self.page.fill("[name=password]", self.account[1])
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(leads_to)

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
        """The first flag of the queue's page that this rule speaks of and whose level is shown. Raises ShotsError where there is none."""
        rows = self.page.locator("a.q").evaluate_all("rows => rows.map(row => row.getAttribute('href'))")
        for row in rows:
            self.open(row)
            if self.page.get_by_text(f"{rule} v").count() and self.page.locator(".gist .badge.high").count():
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
        self.page.locator(".held.mine").wait_for()

    def shot(self, name: str, *, size: tuple[int, int] = SCREEN) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.mouse.move(0, 0)
        keep(name, self.page.screenshot())
        self.page.set_viewport_size({"width": SCREEN[0], "height": SCREEN[1]})

    def view(self, name: str, path: str = "", *, also: str = "") -> None:
        """A page, or the one that is open; with `also` it is taken "dark" or as on a "phone" besides."""
        if path:
            self.open(path)
        self.shot(name)
        if "dark" in also:
            self.dark(on=True)
            self.shot(f"{name}-dark")
            self.dark(on=False)
        if "phone" in also:
            self.shot(f"{name}-phone", size=PHONE)

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
KERJA = "/kerja/patrol"
ROW = "main table td a"


def officer(desk: Desk) -> None:
    """Looks around, then reads the queue, confirms a flag, sends another up to the directorate, dismisses a few: by keys."""
    desk.view("start-officer", "/kerja/", also="dark phone")
    desk.view("queue", QUEUE, also="phone")
    desk.view("cases", f"{KERJA}/case/")
    desk.view("posts", f"{KERJA}/post/", also="phone")
    desk.page.locator("summary:has-text('Unduh daftar ini')").click()
    desk.page.locator("button:has-text('CSV')").scroll_into_view_if_needed()
    desk.view("export")
    desk.view("note", f"{KERJA}/intake/catat/")
    desk.view("captures", f"{KERJA}/intake/")
    desk.view("capture", f"{KERJA}/intake/unggah/")
    desk.view("imports", f"{KERJA}/importedfile/")
    desk.page.fill("#what", "PT Lintang")
    with desk.page.expect_navigation():  # a picture of a page that is being left cannot be taken
        desk.page.press("#what", "Enter")
    desk.view("search")
    desk.view("protection", f"{KERJA}/protection/")
    desk.view("tips", f"{KERJA}/tip/?state=all", also="phone")
    desk.open(desk.link("main a:has-text('Adik saya')"))
    desk.view("tip", also="dark phone")
    desk.view("cards", f"{KERJA}/card/")
    desk.open(desk.link(ROW, 1))
    desk.view("card")
    desk.view("notices", f"{KERJA}/notice/")
    desk.view("office-settings", f"{KERJA}/owncare/setelan/", also="phone")
    desk.view("own-settings", f"{KERJA}/owncare/")
    desk.view("extension", f"{KERJA}/device/")
    desk.open(QUEUE)
    told = desk.flag_with("upfront_fee")
    desk.take(told)
    desk.press("Escape")  # the tour
    desk.view("flag", also="dark phone")
    desk.press("k")
    desk.view("decide")
    desk.press("5")
    desk.press("e", "1")
    desk.page.keyboard.type("Perekrut sama muncul di kanal provinsi lain; mohon ditangani direktorat.")
    desk.press("Enter")
    for _post in range(4):
        desk.press("a", "4")


def analyst(desk: Desk) -> None:
    """Takes the escalated case and writes to its office; tries out a watch."""
    desk.view("start-analyst", "/kerja/")
    desk.open(f"{KERJA}/case/?state=untaken")
    desk.open(desk.link(ROW))
    desk.send("ambil")
    desk.send("pesan", {"note": "Perkara diambil. Mohon kirim laporan korban bila ada, lewat jalur kantor."})
    desk.view("case", also="phone")
    desk.open(f"{KERJA}/indicator/")
    desk.view("indicators", desk.link("a:has-text('unggahan terbanyak')"), also="phone")
    desk.open(desk.link(ROW))
    desk.view("indicator")
    desk.view("campaigns", f"{KERJA}/campaign/")
    desk.open(desk.page.evaluate(_LARGEST))
    desk.view("campaign", also="dark")
    desk.view("law", f"{KERJA}/article/")
    desk.view("letters", f"{KERJA}/lettertemplate/")
    desk.open(f"{KERJA}/watch/baru/")
    way = desk.page.locator("#id_ask_way optgroup[label='Halaman web'] option").first.get_attribute("value")
    desk.page.select_option("#id_ask_way", way)
    desk.page.locator("[name=query]").wait_for()
    desk.page.fill("[name=query]", "https://forum-rantau.example/ | item=main li | title=a | link=a@href")
    desk.page.fill("[name=name]", "Forum Rantau, daftar tulisan")
    desk.page.locator("button:has-text('Coba sekarang')").click()
    desk.page.locator("main table").first.wait_for()
    desk.page.evaluate("scrollTo(0, 0)")
    desk.view("watch-form", also="phone")


# The campaign with most posts: its page shows most of what such a page can.
_LARGEST = """() => [...document.querySelectorAll("main tbody tr")]
    .map((row) => [Number(row.querySelector("td.num").innerText), row.querySelector("a").getAttribute("href")])
    .sort((one, other) => other[0] - one[0])[0][1]"""


def supervisor(desk: Desk) -> None:
    """Looks at what waits for a second person; reads the week that is over, freezes it."""
    desk.view("start-supervisor", "/kerja/")
    desk.view("referrals", f"{KERJA}/referral/")
    desk.open(desk.link(ROW, 1))
    desk.view("referral")
    desk.open(f"{KERJA}/objection/")
    desk.open(desk.link(ROW))
    desk.view("objection")
    desk.open(f"{KERJA}/erasurerequest/")
    desk.open(desk.link(ROW))
    desk.view("erasure")
    desk.open(f"{KERJA}/watchproposal/")
    desk.open(desk.link(ROW))
    desk.view("watch-proposal")
    desk.view("bulk", f"{KERJA}/bulk/")
    desk.view("quality", f"{KERJA}/draw/")
    desk.view("care", f"{KERJA}/owncare/kantor/")
    desk.open("/kerja/reports/weeklysummary/")
    desk.open(desk.link("main td:first-child a", 1))
    desk.send("bekukan", {"note": "Tidak ada kejadian luar biasa."})
    desk.send("bekukan", {})  # asked once: what is counted, and who signs
    desk.view("week", also="phone")


def registrar(desk: Desk) -> None:
    """Puts forward a licence by hand, looks at what a newer pair of files would change."""
    desk.view("start-registrar", "/kerja/")
    desk.view("register", f"{KERJA}/registeredition/")
    desk.open(f"{KERJA}/agency/")
    desk.open(desk.link(ROW))
    desk.view("agency")
    desk.open(desk.link("a[href$='/sip/']"))
    desk.view("register-by-hand", also="phone")
    desk.open(f"{KERJA}/registeredition/impor/")
    for kind in ("agencies", "licences"):
        desk.page.set_input_files(f'input[type=file][name="{kind}"]', desk.register / f"{kind}.csv")
    with desk.page.expect_navigation():
        desk.page.locator("form[enctype] button[type=submit]").click()
    desk.view("register-import", also="dark")


def release(desk: Desk) -> None:
    """The directorate's supervisor sees the change by hand that waits, and how long what is kept."""
    desk.open(f"{KERJA}/manualchange/")
    desk.open(desk.link(ROW))
    desk.view("register-release")
    desk.view("retention", f"{KERJA}/retentionedition/", also="phone")


def administrator(desk: Desk) -> None:
    """Sees how well each watch is, who may log in, and what happened."""
    desk.view("start-administrator", "/kerja/")
    desk.view("watches", f"{KERJA}/watch/", also="phone")
    desk.view("people", f"{KERJA}/person/")
    desk.view("offices", f"{KERJA}/office/")
    desk.view("audit-log", f"{KERJA}/auditentry/", also="dark phone")


def protector(desk: Desk) -> None:
    """Sees what was unusual and what subjects asked; reads who was shown whose data."""
    desk.view("start-data-protection", "/kerja/", also="phone")
    desk.view("reading-log", f"{KERJA}/consultation/", also="dark phone")


def second_factor(desk: Desk) -> None:
    """Sets up a passkey, looks at the own access, and is asked for it at the next login. Passkeys need the address by name."""
    desk.address = desk.address.replace("127.0.0.1", "localhost")
    tool = desk.context.new_cdp_session(desk.page)
    tool.send("WebAuthn.enable")
    able = dict.fromkeys(("hasResidentKey", "hasUserVerification", "isUserVerified", "automaticPresenceSimulation"), True)
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": {"protocol": "ctap2", "transport": "internal", **able}})
    desk.log_in()
    desk.open("/kerja/akses/kunci-sandi/")
    desk.page.fill("main form [name=name]", "Laptop kantor")
    desk.page.press("main form [name=name]", "Enter")
    desk.page.locator("#recovery-codes").wait_for()
    desk.view("own-access", "/kerja/akses/", also="phone")
    desk.view("app", "/kerja/akses/aplikasi/")
    desk.context.clear_cookies()
    desk.log_in(leads_to="**/login/faktor/")
    desk.view("second-factor", also="dark phone")


OFFER = (
    "Dibuka perawat lansia Taiwan, gaji 22 juta. DP 3,5 juta dulu untuk kunci kursi, transfer ke rekening pribadi admin. Visa turis dulu."
)

REPORTED = "4821 7703 9156 0288"  # example.history.reported
OPEN_TO_ALL = {"learn": "/pelajari/", "guide": "/pelajari/tanda-bahaya/", "objection-form": "/keberatan/", "report": "/lapor/"}  # ends open


def stranger(browser: Browser, address: str) -> None:
    """Somebody without an account, on a telephone and on a screen: checks an offer at the public desk, reads, reports, looks what became
    of a report."""
    for width, height, suffix in ((*SCREEN, ""), (*PHONE, "-phone")):
        page = browser.new_page(viewport={"width": width, "height": height}, locale="id-ID")
        page.goto(f"{address}/cek/")
        keep(f"check{suffix}", page.screenshot())
        page.locator("textarea[name=text]").fill(OFFER)
        page.locator("main form button").click()
        page.locator(".v").wait_for()
        keep(f"check-result{suffix}", page.screenshot())
        for name, path in OPEN_TO_ALL.items():
            page.goto(f"{address}{path}")
            keep(f"{name}{suffix}", page.screenshot())
        page.locator("[name=kind]").first.check()
        page.fill("[name=words]", OFFER)
        page.locator("main button[name=go]").click()
        page.locator("[name=where]").wait_for()
        keep(f"report-2{suffix}", page.screenshot())
        page.goto(f"{address}/lapor/status/")
        page.fill("[name=number]", REPORTED)
        page.locator("main form button").first.click()
        page.locator("main h1").wait_for()
        keep(f"report-status{suffix}", page.screenshot())
        page.close()


DAY = {
    "officer": officer,
    "analyst": analyst,
    "supervisor": supervisor,
    "registrar": registrar,
    "supervisor-directorate": release,
    "administrator": administrator,
    "data-protection-officer": protector,
    "officer-2": second_factor,
}


def main() -> int:
    if not Path(CHROMIUM).exists():
        print("Pictures need Chromium (apt: chromium).", file=sys.stderr)
        return 1
    wait_for_the_week()
    try:
        with tempfile.TemporaryDirectory(prefix="shots-") as folder:
            var = Path(folder) / "var"
            with running(var) as address, playwright_sync.sync_playwright() as playwright:
                wait_for_posts(var)
                rows = [line.split("\t") for line in (var / "example-accounts.txt").read_text().splitlines()]
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
                try:
                    stranger(browser, address)
                    for role, username, password in rows:
                        if role not in DAY:  # an officer of another office, the directorate's second supervisor
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
