"""What people do before the pages that no link leads to: a day's work, in the browser, by whoever's work it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from docs.shots.desk import Desk, ShotsError, path_of

QUEUE: Final = "/kerja/patrol/flag/"
KERJA: Final = "/kerja/patrol"
ROW: Final = "main table td a"
OFFER: Final = (
    "Dibuka perawat lansia Taiwan, gaji 22 juta. DP 3,5 juta dulu untuk kunci kursi, transfer ke rekening pribadi admin. Visa turis dulu."
)
REPORTED: Final = "4821 7703 9156 0288"  # example.history.reported


def stranger(desk: Desk) -> None:
    """Checks an offer at the public desk, reports, looks what became of a report."""
    page = desk.page
    desk.open("/cek/")
    page.locator("textarea[name=text]").fill(OFFER)
    desk.click(page.locator("main form button"))
    page.locator(".v").wait_for()
    desk.view("check-result")
    desk.open("/lapor/")
    page.locator("[name=kind]").first.check()
    page.fill("[name=words]", OFFER)
    desk.click(page.locator("main button[name=go]"))
    page.locator("[name=where]").wait_for()
    desk.view("report-2")
    desk.open("/lapor/status/")
    page.fill("[name=number]", REPORTED)
    desk.click(page.locator("main form button").first)
    page.locator("main h1").wait_for()
    desk.view("report-status")


def officer(desk: Desk) -> None:
    """Takes a list away, searches, imports; then reads the queue, confirms a flag, sends another up, dismisses a few: by keys."""
    page = desk.page
    desk.open(f"{KERJA}/post/")
    page.locator("summary:has-text('Unduh daftar ini')").click()
    page.locator("button:has-text('CSV')").scroll_into_view_if_needed()
    desk.view("export")
    page.fill("#what", "PT Lintang")
    with page.expect_navigation():
        page.press("#what", "Enter")
    desk.view("search")
    desk.go("card")
    desk.open(re.findall(r"/kartu/[A-Z0-9-]+/", page.content())[0])
    desk.view("card-public")
    example = page.request.get(desk.home + path_of("admin:patrol_importedfile_example")).body()
    desk.open(path_of("admin:patrol_importedfile_add"))
    page.set_input_files("main input[type=file]", {"name": "unggahan.csv", "mimeType": "text/csv", "buffer": example})
    desk.click(page.locator("main form[enctype] button[type=submit]"))
    desk.view("import-columns")
    desk.open(QUEUE)
    told = _flag_with(desk, "licence_verdict", "upfront_fee")
    page.locator(f"a.q[href='{told}']").click()
    page.locator("[data-held]").wait_for(state="attached")
    page.locator(".held.mine").wait_for()
    desk.press("Escape")  # the tour
    desk.view("flag")
    desk.press("k")
    desk.view("decide")
    desk.press("5")
    desk.press("e", "1")
    page.keyboard.type("Perekrut sama muncul di kanal provinsi lain; mohon ditangani direktorat.")
    desk.press("Enter")
    for _post in range(4):
        desk.press("a", "4")


def _flag_with(desk: Desk, *rules: str) -> str:
    """The first flag of the queue's page that all these rules speak of and whose level is shown. Raises ShotsError where there is none."""
    rows = desk.page.locator("a.q").evaluate_all("rows => rows.map(row => row.getAttribute('href'))")
    for row in rows:
        desk.open(row)
        if all(desk.page.get_by_text(f"{rule} v").count() for rule in rules) and desk.page.locator(".gist .badge.high").count():
            return str(row)
    raise ShotsError(f"No flag on the first page of the queue has {rules}")


def analyst(desk: Desk) -> None:
    """Takes an escalated case and writes to its office; confirms the largest campaign, hands on its indicators; tries out a watch."""
    page = desk.page
    desk.open(f"{KERJA}/case/?state=untaken")
    desk.open(desk.link(ROW))
    desk.send("ambil")
    desk.send("pesan", {"note": "Perkara diambil. Mohon kirim laporan korban bila ada, lewat jalur kantor."})
    desk.view("case")
    desk.open(f"{KERJA}/campaign/")
    desk.open(page.evaluate(_LARGEST))
    desk.view("campaign")
    desk.send("konfirmasi")
    desk.open(desk.link("a[href*='/putuskan/']"))
    desk.view("campaign-decide")
    _open_what_may_be_handed_on(desk)
    desk.view("peer-campaign")
    page.fill("main [name=peer]", "Badan Contoh, unit siber")
    page.select_option("main [name=purpose]", "block")
    desk.click(page.locator("form", has=page.locator("[name=peer]")).locator("button[type=submit]"))
    desk.view("peer")
    desk.open(path_of("admin:patrol_peerexport_changelist"))
    desk.view("peers")
    desk.open(f"{KERJA}/watch/baru/")
    way = page.locator("#id_ask_way optgroup[label='Halaman web'] option").first.get_attribute("value")
    page.select_option("#id_ask_way", way)
    page.locator("[name=query]").wait_for()
    page.fill("[name=query]", "https://forum-rantau.example/")
    for part, selector in (("item", "main li"), ("title", "a"), ("link", "a@href")):
        page.fill(f"[name=part_{part}]", selector)
    page.fill("[name=name]", "Forum Rantau, daftar tulisan")
    page.locator("button:has-text('Coba sekarang')").click()
    page.locator("main table").first.wait_for()
    page.evaluate("scrollTo(0, 0)")
    desk.view("watch-form")


# The campaign with most posts: its page shows most of what such a page can.
_LARGEST: Final = """() => [...document.querySelectorAll("main tbody tr")]
    .map((row) => [Number(row.querySelector("td.num").innerText), row.querySelector("a").getAttribute("href")])
    .sort((one, other) => other[0] - one[0])[0][1]"""


def _open_what_may_be_handed_on(desk: Desk) -> None:
    """The page that asks for a file of indicators: of the campaign just decided, else of the first that holds one. Who decided what before
    differs from run to run."""
    desk.go("campaign")
    here = desk.link("a[href*='/peerexport/jaringan/']")
    desk.open(f"{KERJA}/campaign/")
    rows = desk.page.locator("main tbody tr a[href*='/campaign/']").evaluate_all("links => links.map(one => one.getAttribute('href'))")
    for path in [here, *(f"{KERJA}/peerexport/jaringan/{row.rstrip('/').rpartition('/')[2]}/" for row in rows)]:
        desk.open(path)
        if desk.page.locator("main [name=peer]").count():
            return


def supervisor(desk: Desk) -> None:
    """Reads the week that is over, freezes it."""
    desk.open("/kerja/reports/weeklysummary/")
    desk.open(desk.link("main td:first-child a", 1))
    desk.send("bekukan", {"note": "Tidak ada kejadian luar biasa."})
    desk.send("bekukan", {})  # asked once: what is counted, and who signs
    desk.view("week")


def registrar(desk: Desk) -> None:
    """Looks at what a newer pair of files would change."""
    desk.open(path_of("admin:patrol_registeredition_import"))
    for kind in ("agencies", "licences"):
        desk.page.set_input_files(f'input[type=file][name="{kind}"]', desk.register / f"{kind}.csv")
    desk.click(desk.page.locator("form[enctype] button[type=submit]"))
    desk.view("register-import")


def administrator(desk: Desk) -> None:
    """Enters a credential; makes somebody a link to a new password, which that person opens."""
    page = desk.page
    desk.open(f"{KERJA}/credential/baru/youtube/")
    page.fill("main [name=name]", "Kunci contoh")
    page.fill("main [name=value_api_key]", "kunci-rekaan-0000")
    desk.view("credential-new")
    desk.click(page.locator("main form button[type=submit]").first)
    desk.open(path_of("admin:patrol_credential_changelist"))
    desk.view("credentials")
    desk.go("person")
    desk.send("tautan-sandi")
    desk.view("reset-link")
    link = re.findall(r"/kerja/sandi/[\w-]+/[\w-]+/", page.content())[0]
    with desk.somebody_else():
        desk.open(link)
        desk.view("password-new")


def protector(desk: Desk) -> None:
    """Enters what a subject asked."""
    page = desk.page
    desk.open(path_of("admin:patrol_subjectrequest_enter"))
    for name, choice in {"how": "letter", "question": "access", "about": "number", "identity": "not_yet"}.items():
        page.select_option(f"main [name={name}]", choice)
    page.fill("main [name=value]", "0840-1111-2222")
    page.fill("main [name=asked_at]", f"{datetime.now(ZoneInfo('Asia/Jakarta')) - timedelta(days=1):%d/%m/%Y %H.%M}")
    desk.click(page.locator("form", has=page.locator("[name=value]")).locator("button[type=submit]"))
    desk.view("subject")
    desk.open(path_of("admin:patrol_subjectrequest_changelist"))
    desk.view("subjects")


def second_factor(desk: Desk) -> None:
    """Sets up a passkey, looks at the own access, is asked for it at the next login, logs out. Passkeys need the address by name."""
    page = desk.page
    desk.home = desk.home.replace("127.0.0.1", "localhost")
    tool = desk.context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    able = dict.fromkeys(("hasResidentKey", "hasUserVerification", "isUserVerified", "automaticPresenceSimulation"), True)
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": {"protocol": "ctap2", "transport": "internal", **able}})
    desk.log_in()
    desk.open("/kerja/akses/kunci-sandi/")
    page.fill("main form [name=name]", "Laptop kantor")
    desk.view("passkey-new")
    page.press("main form [name=name]", "Enter")
    page.locator("#recovery-codes").wait_for()
    desk.open(path_of("admin:own_access"))
    desk.view("own-access")
    desk.open(path_of("admin:add_app"))
    desk.view("app")
    desk.open(path_of("admin:index"))
    with page.expect_navigation():
        page.locator("form[action$='/logout/']").first.evaluate("form => form.requestSubmit()")
    desk.view("logged-out")
    desk.log_in(leads_to="**/login/faktor/")
    desk.view("second-factor")


# An account of the table -> its story.
DAY: Final[Mapping[str, Callable[[Desk], None]]] = {
    "stranger": stranger,
    "officer": officer,
    "analyst": analyst,
    "supervisor": supervisor,
    "registrar": registrar,
    "administrator": administrator,
    "data-protection-officer": protector,
    "officer-2": second_factor,
}
