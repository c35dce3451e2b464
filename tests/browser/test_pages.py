"""Every main page, for the role that works on it: on a desk and on a telephone, in light and in dark, clean and readable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import polib
import pytest
from axe_core_python.base import AXE_SCRIPT
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect

from patrol.models import Role
from reports.period import IsoWeek
from tests import stack
from tests.browser import chromium, steps
from tests.browser.conftest import Enter, log_in

pytestmark = [pytest.mark.browser, pytest.mark.worker]

NOBODY = ""
PROTECTOR = "data-protection-officer"  # as the example calls the account
DESK: ViewportSize = {"width": 1366, "height": 768}
TELEPHONE: ViewportSize = {"width": 390, "height": 844}
WEEKS = "/kerja/reports/weeklysummary/"

PAGES: tuple[tuple[str, str], ...] = (
    (NOBODY, "/kerja/login/"),
    (NOBODY, "/kerja/sandi/MQ/abc-def/"),
    (Role.OFFICER, "/kerja/"),
    (Role.OFFICER, "/kerja/patrol/flag/"),
    (Role.OFFICER, "/kerja/patrol/flag/?level=medium&platform=feed"),
    (Role.OFFICER, "/kerja/patrol/flag/{flag}/"),
    (Role.OFFICER, "/kerja/patrol/flag/{confirmed}/"),
    (Role.OFFICER, "/kerja/patrol/case/"),
    (Role.OFFICER, "/kerja/patrol/case/{case}/"),
    (Role.OFFICER, "/kerja/patrol/post/"),
    (Role.OFFICER, "/kerja/patrol/post/{post}/"),
    (Role.OFFICER, "/kerja/patrol/indicator/"),
    (Role.OFFICER, "/kerja/patrol/indicator/{indicator}/"),
    (Role.OFFICER, "/kerja/patrol/indicator/cari/"),
    (Role.OFFICER, "/kerja/patrol/indicator/tepercaya/"),
    (Role.OFFICER, "/kerja/patrol/post/?q=taiwan"),
    (Role.OFFICER, "/kerja/patrol/intake/catat/"),
    (Role.OFFICER, "/kerja/patrol/watch/"),
    (Role.OFFICER, "/kerja/patrol/watch/{watch}/"),
    (Role.OFFICER, "/kerja/patrol/office/"),
    (Role.OFFICER, "/kerja/password_change/"),
    (Role.OFFICER, "/kerja/akses/"),  # the other pages of signing in: tests/browser/test_signing_in.py
    (Role.OFFICER, "/kerja/tidak/ada/"),
    (Role.ANALYST, "/kerja/"),
    (Role.ANALYST, "/kerja/patrol/flag/"),
    (Role.ANALYST, "/kerja/patrol/case/{case}/"),
    (Role.ANALYST, "/kerja/patrol/watch/baru/"),
    (Role.ANALYST, "/kerja/patrol/watch/{watch}/ubah/"),
    (Role.SUPERVISOR, "/kerja/"),
    (Role.SUPERVISOR, "/kerja/patrol/person/"),
    (Role.SUPERVISOR, "/kerja/patrol/station/"),
    (Role.SUPERVISOR, WEEKS),
    (Role.SUPERVISOR, WEEKS + "bp3mi-jabar/{this_week}/"),
    (Role.SUPERVISOR, WEEKS + "edisi/{edition}/"),
    (Role.SUPERVISOR, WEEKS + "edisi/{edition}/cetak/"),
    (Role.REGISTRAR, "/kerja/"),
    (Role.REGISTRAR, "/kerja/patrol/registeredition/"),
    (Role.REGISTRAR, "/kerja/patrol/registeredition/{register}/"),
    (Role.REGISTRAR, "/kerja/patrol/registeredition/impor/"),
    (Role.REGISTRAR, "/kerja/patrol/agency/"),
    (Role.REGISTRAR, "/kerja/patrol/agency/{agency}/"),
    (Role.REGISTRAR, "/kerja/patrol/licence/"),
    (Role.ADMINISTRATOR, "/kerja/"),
    (Role.ADMINISTRATOR, "/kerja/patrol/person/"),
    (Role.ADMINISTRATOR, "/kerja/patrol/person/baru/"),
    (Role.ADMINISTRATOR, "/kerja/patrol/person/{person}/"),
    (Role.ADMINISTRATOR, "/kerja/patrol/office/{office}/"),
    (Role.ADMINISTRATOR, "/kerja/patrol/auditentry/"),
    (PROTECTOR, "/kerja/"),
    (PROTECTOR, "/kerja/patrol/consultation/"),
    (PROTECTOR, "/kerja/patrol/unusualreading/"),
    (PROTECTOR, "/kerja/patrol/subjectrequest/"),
    (PROTECTOR, "/kerja/patrol/subjectrequest/{subject}/"),
    (PROTECTOR, "/kerja/patrol/retentionedition/"),
)


# --- a world with something on every page -----------------------------------------------------------


@pytest.fixture(scope="module")
def things(running: stack.Stack, browser: Browser, accounts: dict[str, tuple[str, str]]) -> dict[str, object]:
    """What the addresses above are filled with; made once, by the people whose work it is. Where that fails no page is tried."""

    def entered(role: str, path: str) -> Page:
        page = browser.new_context().new_page()
        page.set_default_timeout(chromium.PATIENCE)
        page.goto(running.address + path)
        log_in(page, *accounts[role])
        page.wait_for_url(lambda url: "/login/" not in url)
        return page

    officer = entered(Role.OFFICER, "/")
    confirmed = steps.first_flag(officer)
    steps.confirm(officer, "several", "")
    officer.locator(".toast a").first.click()
    case = steps.open_case(officer, "Perkara untuk dilihat")
    steps.escalate(officer, "Lintas provinsi.")
    officer.context.close()
    running_week = IsoWeek.of(timezone.now())
    supervisor = entered(Role.SUPERVISOR, f"{WEEKS}bp3mi-jabar/{running_week.previous()}/")
    edition = steps.freeze(supervisor, "Contoh.")
    supervisor.context.close()
    protector = entered(PROTECTOR, "/kerja/patrol/subjectrequest/baru/")
    subject = steps.enter_request(protector, timezone.now() - timedelta(days=1), "0840 5550 1234")
    protector.context.close()
    running.query(  # found each Monday in a week of reading
        "INSERT INTO patrol_unusualreading (person_id, why, day, count, usual, found_at, reason, note)"
        " SELECT id, 'much', current_date - 7, 61, 20, now(), '', '' FROM patrol_person WHERE username = %s RETURNING id",
        [accounts[Role.OFFICER][0]],
    )

    def one(sql: str) -> object:
        return running.query(f"{sql} ORDER BY 1 LIMIT 1")[0][0]

    in_java = "office_id = (SELECT id FROM patrol_office WHERE code = 'bp3mi-jabar')"
    return {
        "confirmed": confirmed,
        "case": case,
        "edition": edition,
        "subject": subject,
        "this_week": running_week,
        "flag": one(f"SELECT id FROM patrol_flag WHERE {in_java} AND state = 'waiting'"),
        "post": one("SELECT p.id FROM patrol_post p LEFT JOIN patrol_flag f ON f.post_id = p.id WHERE f.id IS NULL"),
        "indicator": one("SELECT id FROM patrol_indicator WHERE kind = 'phone'"),
        "watch": one(f"SELECT id FROM patrol_watch WHERE {in_java}"),
        "office": one("SELECT id FROM patrol_office WHERE code = 'bp3mi-ntb'"),
        "person": one("SELECT id FROM patrol_person WHERE role = 'officer'"),
        "register": one("SELECT id FROM patrol_registeredition"),
        "agency": one("SELECT id FROM patrol_agency"),
    }


@dataclass
class Visits:
    """One page a role, watched and kept for the whole module: logging in two hundred times would show nothing more, and a new page is
    a new process, which compiles every script anew.
    """

    running: stack.Stack
    browser: Browser
    accounts: dict[str, tuple[str, str]]
    pages: dict[str, tuple[Page, chromium.Watcher]]

    def page(self, role: str) -> tuple[Page, chromium.Watcher]:
        if role not in self.pages:
            page = self.browser.new_context(locale="en-US").new_page()
            page.set_default_timeout(chromium.PATIENCE)
            if role:
                page.goto(self.running.address)
                log_in(page, *self.accounts[role])
                page.wait_for_url(lambda url: "/login/" not in url)
            watcher = chromium.Watcher(urlsplit(self.running.address).netloc)
            self.pages[role] = watcher.watch(page), watcher
        page, watcher = self.pages[role]
        watcher.found.clear()
        return page, watcher


@pytest.fixture(scope="module")
def visits(running: stack.Stack, browser: Browser, accounts: dict[str, tuple[str, str]]) -> Iterator[Visits]:
    made = Visits(running, browser, accounts, {})
    yield made
    for page, _watcher in made.pages.values():
        page.context.close()


# --- what is asked of a page ------------------------------------------------------------------------

_TEXTS = """() => {
    const found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (parent && !parent.closest("script, style, .ic")) found.add(walker.currentNode.data);
    }
    for (const element of document.querySelectorAll("[title], [aria-label], [placeholder], [alt]"))
        for (const name of ["title", "aria-label", "placeholder", "alt"]) found.add(element.getAttribute(name) || "");
    found.add(document.title);
    return [...found];
}"""


@cache
def foreign(language: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The screen's words in the other language that differ in this one, "id" or "en": those that stand alone, and sentences with places
    in them.
    """
    plain, patterns, own = set(), [], set()
    for entry in polib.pofile(str(Path(settings.LOCALE_PATHS[0]) / "id" / "LC_MESSAGES" / "django.po")):
        english, indonesian = {entry.msgid, entry.msgid_plural}, {entry.msgstr, *entry.msgstr_plural.values()}
        here, there = (indonesian, english) if language == "id" else (english, indonesian)
        own |= here
        for text in filter(None, there - here):
            if "%(" not in text:
                plain.add(" ".join(text.split()))
            elif len(re.findall(r"[a-z]{3,}", re.sub(r"%\(\w+\)[sd]", "", text))) > 1:
                patterns.append(re.compile(re.sub(r"%\\\(\w+\\\)[sd]", ".+", re.escape(" ".join(text.split())))))
    return frozenset(plain - own), tuple(patterns)


def untranslated(page: Page, language: str = "id") -> list[str]:
    plain, patterns = foreign(language)
    texts = {" ".join(text.split()) for text in page.evaluate(_TEXTS)}
    return sorted(text for text in texts if text in plain or any(pattern.fullmatch(text) for pattern in patterns))


_AXE = """options => axe.run(options).then((found) => found.violations)"""
COLOURS = ("color-contrast",)  # of the rules axe runs by itself, the one that looks at colours


def inaccessible(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """What axe calls serious or critical, each with the first element it stands at; by its `rules` alone where they are named. A page is
    given axe once, and sends its violations alone: all that axe says of a page is some megabytes.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found: list[dict[str, Any]] = page.evaluate(_AXE, options)
    return [
        f"{rule['id']} ({rule['impact']}) {len(rule['nodes'])}x {rule['nodes'][0]['target']}: {rule['nodes'][0]['html'][:160]}"
        for rule in found
        if rule["impact"] in {"serious", "critical"}
    ]


_MOVED = """() => {
    const root = document.documentElement;
    const other = () => ["dark", "light"].forEach((theme) => root.classList.toggle(theme));
    const shown = () => [...document.querySelectorAll("*")].map((element) => {
        const { display, visibility, opacity } = getComputedStyle(element), { x, y, width, height } = element.getBoundingClientRect();
        return [element, [display, visibility, opacity, x, y, width, height].join()];
    });
    const before = shown();
    other();
    const after = shown();
    other();
    return before.filter(([, style], place) => style !== after[place][1]).map(([element]) => element.outerHTML.slice(0, 160));
}"""


def moved_by_theme(page: Page) -> list[str]:
    """Elements that the other theme hides, shows, moves or sizes. Where there are none it changes colours alone, and of axe's rules only
    those of colours may answer otherwise: the others read elements, whether they are shown, and where they stand.
    """
    found: list[str] = page.evaluate(_MOVED)
    return found


def too_wide(page: Page) -> int:
    """Pixels that the page is wider than its window."""
    return max(0, int(page.evaluate("document.documentElement.scrollWidth - innerWidth")))


def faults(page: Page, *, sizes: Sequence[ViewportSize] = (DESK, TELEPHONE), paper: bool = False) -> list[str]:
    """What is wrong with an open page in both themes and at both widths; it stays as it was, light and at the last of them. `paper`: it
    is drawn as it comes out of the printer, whatever the screen's theme.
    """
    wrong = []
    for theme in ("dark", "light"):  # the light page is the same one: nobody tells the server of themes
        page.emulate_media(color_scheme=theme)
        is_dark = theme == "dark" and not paper
        page.wait_for_function("dark => document.documentElement.classList.contains('dark') === dark", arg=is_dark)
        for size in sizes:
            page.set_viewport_size(size)
            here = f"{theme} {size['width']}"
            wide = too_wide(page)
            wrong += [f"{here}: {wide} pixels wider than the window"] if wide else []
            if theme == "dark":
                wrong += [f"{here}: moved by the theme: {one}" for one in moved_by_theme(page)]
            if theme == "light" or size is sizes[-1]:  # colours do not hang on the width
                wrong += [f"{here}: {one}" for one in inaccessible(page, COLOURS if theme == "dark" else ())]
    return wrong


@pytest.mark.parametrize(("role", "path"), PAGES, ids=[f"{role or 'nobody'}:{path}" for role, path in PAGES])
def test_page(role: str, path: str, visits: Visits, things: dict[str, object], request: pytest.FixtureRequest) -> None:
    url = visits.running.address + path.format_map(things)
    page, watcher = visits.page(role)
    request.node.pages_open = [page]
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(DESK)
    response = page.goto(url)
    assert response is not None
    assert response.status == (404 if path.endswith("/tidak/ada/") else 200)
    assert page.evaluate("document.documentElement.lang") == "id"
    wrong = faults(page, paper=path.endswith("/cetak/"))
    wrong += [f"English: {text}" for text in untranslated(page)]
    noise = [one for one in watcher.found if not (path.endswith("/tidak/ada/") and "status of 404" in one)]
    assert not [*wrong, *noise], "\n".join([*wrong, *noise])


# --- the way in -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/kerja/patrol/case/?state=opened", WEEKS + "?office=bp3mi-jabar", "/kerja/"])
def test_login_leads_where_one_wanted_to_go(path: str, enter: Enter, running: stack.Stack) -> None:
    assert enter(Role.OFFICER, path).url == running.address + path


def test_a_language_once_chosen_stays(enter: Enter) -> None:
    """Indonesian whatever the browser prefers; English after one click, and back. The catalogue tells the two apart."""
    page = enter(Role.OFFICER, "/kerja/patrol/flag/")
    switch = page.locator("form[action*='/bahasa/'] button")
    assert untranslated(page) == []
    assert {"Triase", "Antrean", "Keluar"} <= set(untranslated(page, "en"))
    switch.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert {"Triage", "Cases", "Queue", "Log out"} <= set(untranslated(page))
    assert untranslated(page, "en") == []
    page.goto(page.url.replace("/flag/", "/case/"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    switch.click()
    expect(page.locator("html")).to_have_attribute("lang", "id")


def test_a_theme_once_chosen_stays(enter: Enter) -> None:
    page = enter(Role.OFFICER, "/kerja/")
    page.click("[data-theme-switch]")
    page.reload()
    assert page.evaluate("document.documentElement.classList.contains('dark')") is True


def test_a_character_that_cannot_be_kept_is_told_beside_its_field(enter: Enter, things: dict[str, object]) -> None:
    """Of two fields of one name it is the one that was sent."""
    page = enter(Role.OFFICER, f"/kerja/patrol/case/{things['case']}/")
    for blue in (False, True):
        form = page.locator(f"section.note{'.blue' if blue else ':not(.blue)'} form", has=page.locator("textarea"))
        field = form.locator("textarea[name=note]")
        field.evaluate("one => { one.value = 'satu\\0dua'; one.form.requestSubmit(); }")
        said = form.locator("textarea[name=note] + [role=alert]")
        expect(said).to_contain_text("(NUL)")
        expect(field).to_have_attribute("aria-invalid", "true")
        assert field.get_attribute("aria-describedby") == said.get_attribute("id")
        expect(field).to_be_focused()
        expect(page.locator("[role=alert]")).to_have_count(1)


# --- the watch itself -------------------------------------------------------------------------------


def test_the_watch_sees_what_it_is_for(enter: Enter, watcher: chromium.Watcher) -> None:
    """The positive control: a script, a picture from elsewhere, a dialog and an error on a page are all noticed."""
    page = enter(Role.OFFICER, "/kerja/")
    assert watcher.found == []
    page.evaluate(
        """async () => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            document.body.append(Object.assign(new Image(), { src: "https://evil.example/x.png" }));
            setTimeout(() => { throw new Error("broken page"); });
            await new Promise((done) => setTimeout(done));
            alert("hello");
        }"""
    )
    assert page.evaluate("window.ran") is None
    kinds = {one.partition(":")[0] for one in watcher.found}
    assert {"console", "script", "dialog"} <= kinds
    told = "\n".join(watcher.found)
    assert "script-src" in told
    assert "img-src" in told
    assert urlsplit(page.url).netloc == watcher.host


def test_the_checks_of_a_page_see_what_they_are_for(enter: Enter) -> None:
    page = enter(Role.OFFICER, "/kerja/")
    page.set_viewport_size(TELEPHONE)
    assert inaccessible(page) == []
    page.evaluate(
        """() => {
            document.body.insertAdjacentHTML("beforeend", "<p>x</p><input><img src='/static/workbench.svg'>");
            document.body.lastElementChild.previousElementSibling.previousElementSibling.style.width = "900px";
        }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0
    assert [one.split()[0] for one in inaccessible(page)] == ["image-alt", "label"]


def test_a_theme_that_hides_or_moves_something_is_seen_and_colours_are_one_rule_s(enter: Enter) -> None:
    """Why the dark page is given to one rule of axe, and the light one to all."""
    page = enter(Role.OFFICER, "/kerja/")
    assert inaccessible(page, COLOURS) == moved_by_theme(page) == []
    rules = """() => axe.run().then((said) => ["passes", "violations", "incomplete", "inapplicable"].flatMap((one) => said[one])
        .filter((rule) => rule.tags.includes("cat.color")).map((rule) => rule.id))"""
    assert set(page.evaluate(rules)) == set(COLOURS)
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            const styles = { grey: "color: #777; background: #999", gone: "display: none", wide: "padding: 1px", clear: "opacity: 0" };
            const themed = Object.entries(styles).map(([name, style]) => `html.dark .x-${name} { ${style} }`).join(" ");
            sheet.replaceSync(`.x-all { position: absolute; width: 300px } ${themed}`);
            document.adoptedStyleSheets = [sheet];
            const shown = Object.keys(styles).map((name) => `<p class="x-${name}">${name}</p>`).join("");
            document.body.insertAdjacentHTML("afterbegin", `<div class="x-all">${shown}</div>`);
        }"""
    )
    moved = [re.findall(r'^<p class="x-(\w+)', one) for one in moved_by_theme(page)]
    assert [name for names in moved for name in names] == ["gone", "wide", "clear"]
    assert inaccessible(page) == []
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_class(re.compile("dark"))
    assert [one.split()[0] for one in inaccessible(page, COLOURS)] == ["color-contrast"]
