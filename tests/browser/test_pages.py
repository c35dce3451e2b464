"""The main pages, for the role that works on them, as the example fills them: on a desk and on a telephone, light and dark, clean and
readable. The others: tests/browser/test_every_page.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal
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
LOOKS: tuple[tuple[Literal["light", "dark"], ViewportSize], ...] = (("light", DESK), ("dark", TELEPHONE))
WEEKS = "/kerja/reports/weeklysummary/"

PAGES: tuple[tuple[str, str], ...] = (
    (NOBODY, "/kerja/login/"),
    (NOBODY, "/kerja/sandi/MQ/abc-def/"),
    (Role.OFFICER, "/kerja/"),
    (Role.OFFICER, "/kerja/patrol/flag/"),
    (Role.OFFICER, "/kerja/patrol/flag/{flag}/"),
    (Role.OFFICER, "/kerja/patrol/flag/{confirmed}/"),
    (Role.OFFICER, "/kerja/patrol/case/{case}/"),
    (Role.OFFICER, "/kerja/patrol/post/"),
    (Role.OFFICER, "/kerja/patrol/post/{post}/"),
    (Role.OFFICER, "/kerja/patrol/indicator/"),
    (Role.OFFICER, "/kerja/patrol/indicator/{indicator}/"),
    (Role.OFFICER, "/kerja/patrol/indicator/cari/"),
    (Role.OFFICER, "/kerja/patrol/watch/"),
    (Role.OFFICER, "/kerja/tidak/ada/"),
    (Role.ANALYST, "/kerja/"),
    (Role.ANALYST, "/kerja/patrol/case/{case}/"),
    (Role.ANALYST, "/kerja/patrol/watch/baru/"),
    (Role.SUPERVISOR, "/kerja/"),
    (Role.SUPERVISOR, WEEKS + "bp3mi-jabar/{this_week}/"),
    (Role.SUPERVISOR, WEEKS + "edisi/{edition}/"),
    (Role.SUPERVISOR, WEEKS + "edisi/{edition}/cetak/"),
    (Role.REGISTRAR, "/kerja/"),
    (Role.REGISTRAR, "/kerja/patrol/registeredition/{register}/"),
    (Role.ADMINISTRATOR, "/kerja/"),
    (Role.ADMINISTRATOR, "/kerja/patrol/auditentry/"),
    (PROTECTOR, "/kerja/"),
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

    def one(sql: str) -> object:
        return running.query(f"{sql} ORDER BY 1 LIMIT 1")[0][0]

    in_java = "office_id = (SELECT id FROM patrol_office WHERE code = 'bp3mi-jabar')"
    return {
        "confirmed": confirmed,
        "case": case,
        "edition": edition,
        "this_week": running_week,
        "flag": one(f"SELECT id FROM patrol_flag WHERE {in_java} AND state = 'waiting'"),
        "post": one("SELECT p.id FROM patrol_post p LEFT JOIN patrol_flag f ON f.post_id = p.id WHERE f.id IS NULL"),
        "indicator": one("SELECT id FROM patrol_indicator WHERE kind = 'phone'"),
        "register": one("SELECT id FROM patrol_registeredition"),
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

_TEXTS = """html => {
    const page = html ? new DOMParser().parseFromString(html.replace(/<style[^]*?<\\/style>/g, ""), "text/html") : document;
    const found = new Set([page.title]);
    const other = (one) => one.closest("[lang]") !== page.documentElement;  // a guide shows both its languages
    const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (parent && !parent.closest("script, style, .ic") && !other(parent)) found.add(walker.currentNode.data);
    }
    for (const element of page.querySelectorAll("[title], [aria-label], [placeholder], [alt]"))
        for (const name of other(element) ? [] : ["title", "aria-label", "placeholder", "alt"]) found.add(element.getAttribute(name) || "");
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


def untranslated(page: Page, language: str = "id", *, html: str = "") -> list[str]:
    """Words of the other language that the page shows; of `html`, where that is given, which is read and not drawn."""
    plain, patterns = foreign(language)
    texts = {" ".join(text.split()) for text in page.evaluate(_TEXTS, html)}
    return sorted(text for text in texts if text in plain or any(pattern.fullmatch(text) for pattern in patterns))


# What axe calls moderate at most, whatever it finds, and what is not asked of a page; to look for it took a quarter of its time.
MINOR = (
    "aria-allowed-role",
    "duplicate-id",
    "empty-heading",
    "empty-table-header",
    "form-field-multiple-labels",
    "heading-order",
    "html-xml-lang-mismatch",
    "identical-links-same-purpose",
    "image-redundant-alt",
    "landmark-banner-is-top-level",
    "landmark-complementary-is-top-level",
    "landmark-contentinfo-is-top-level",
    "landmark-main-is-top-level",
    "landmark-no-duplicate-banner",
    "landmark-no-duplicate-contentinfo",
    "landmark-no-duplicate-main",
    "landmark-one-main",
    "landmark-unique",
    "meta-viewport-large",
    "page-has-heading-one",
    "presentation-role-conflict",
    "region",
    "scrollable-region-focusable",
    "server-side-image-map",
    "skip-link",
    "table-duplicate-name",
)
# An entry of the menu stands on two hundred pages. Looked at once as it is drawn (its words, whether it is the open page's, theme, window)
# and found clean, it is left out of what axe reads of the next page; the page around it never is.
_AXE = """async ([minor, clean]) => {
    const look = `${document.documentElement.className} ${document.body.className} ${innerWidth}`;
    const drawn = [...document.querySelectorAll("nav.side .nava")].map((one) => [one, `${look} ${one.checkVisibility()} ${one.outerHTML}`]);
    const exclude = drawn.filter(([, as]) => clean.includes(as)).map(([one]) => one);
    const found = await axe.run({ exclude }, {
        resultTypes: ["violations"],
        rules: Object.fromEntries(minor.map((rule) => [rule, { enabled: false }])),
    });
    const violations = found.violations.map((rule) => ({
        ...rule,  // axe takes what lies folded for drawn, and reads its colours against whatever stands there
        nodes: rule.nodes.filter((node) => rule.id !== "color-contrast" || document.querySelector(node.target[0]).checkVisibility()),
    })).filter((rule) => rule.nodes.length);
    return [violations, violations.length ? [] : drawn.map(([, as]) => as)];
}"""
_clean: set[str] = set()  # entries of the menu, as they were drawn


def inaccessible(page: Page) -> list[str]:
    """What axe calls serious or critical, each with the first element it stands at. A page is given axe once, and sends its violations
    alone: all that axe says of a page is some megabytes.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]]
    found, clean = page.evaluate(_AXE, [MINOR, sorted(_clean)])
    _clean.update(clean)
    return [
        f"{rule['id']} ({rule['impact']}) {len(rule['nodes'])}x {rule['nodes'][0]['target']}: {rule['nodes'][0]['html'][:160]}"
        f" {' '.join(rule['nodes'][0].get('failureSummary', '').split())[:240]}"
        for rule in found
        if rule["impact"] in {"serious", "critical"}
    ]


_SMALL = """() => {
    const found = new Set(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const one = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !one.checkVisibility()) continue;
        if (one.closest("script, style, .surat, svg[font-size='10']")) continue;
        const size = parseFloat(getComputedStyle(one).fontSize) * (one.getScreenCTM ? one.getScreenCTM().a : 1);
        if (size < 11.5) found.add(`${size.toFixed(1)} ${one.outerHTML.slice(0, 120)}`);
    }
    return [...found];
}"""


def small_words(page: Page) -> list[str]:
    """What is written smaller than 12 pixels; in a drawing, which a narrow card makes a little smaller, than 11.5 as it is drawn. A letter
    (.surat), and the maps and bars of the weekly summary, are shown as their paper has them.
    """
    found: list[str] = page.evaluate(_SMALL)
    return found


_KEYS = """() => [...document.querySelectorAll("kbd")]
    .filter((one) => one.checkVisibility() && !one.closest(".rt"))  // the number of a reason, which stands in the text too
    .map((one) => one.parentElement.innerText.trim())"""


def keys_shown(page: Page) -> list[str]:
    """Hints at keys; on a telephone there are none."""
    found: list[str] = page.evaluate(_KEYS)
    return found


def too_wide(page: Page) -> int:
    """Pixels that the page is wider than its window."""
    return max(0, int(page.evaluate("document.documentElement.scrollWidth - innerWidth")))


def faults(page: Page, *, paper: bool = False) -> Iterator[str]:
    """What is wrong with an open page: light on the desk, then dark on a telephone, as which it stays. Colours do not hang on the width,
    nor places on the theme, so that axe reads a page once in each. `paper`: it is drawn as it comes out of the printer, whatever the theme.
    """
    for theme, size in LOOKS:  # one page: nobody tells the server of themes
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size(size)
        is_dark = theme == "dark" and not paper
        page.wait_for_function("dark => document.documentElement.classList.contains('dark') === dark", arg=is_dark)
        here = f"{theme} {size['width']}"
        if wide := too_wide(page):
            yield f"{here}: {wide} pixels wider than the window"
        yield from (f"{here}: {one}" for one in inaccessible(page))
        yield from (f"{here}: smaller than 12 pixels: {one}" for one in small_words(page))
    yield from (f"a key on a telephone: {one}" for one in keys_shown(page))
    yield from (f"not Indonesian: {text}" for text in untranslated(page))


@pytest.mark.parametrize(("role", "path"), PAGES, ids=[f"{role or 'nobody'}:{path}" for role, path in PAGES])
def test_page(role: str, path: str, visits: Visits, things: dict[str, object], request: pytest.FixtureRequest) -> None:
    url = visits.running.address + path.format_map(things)
    page, watcher = visits.page(role)
    request.node.pages_open = [page]
    response = page.goto(url)
    assert response is not None
    assert response.status == (404 if path.endswith("/tidak/ada/") else 200)
    assert page.evaluate("document.documentElement.lang") == "id"
    wrong = list(faults(page, paper=path.endswith("/cetak/")))
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
    with page.expect_navigation():
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


_CUT = """() => {
    const side = document.querySelector("nav.side").getBoundingClientRect();
    return [...document.querySelectorAll("nav.side .nava")].filter((one) => one.checkVisibility()).filter((one) => {
        const word = one.querySelector(".navl"), box = word.getBoundingClientRect();
        const whole = word.scrollWidth <= word.clientWidth && word.scrollHeight <= word.clientHeight;
        return !(word.innerText.trim() && box.height && box.left >= side.left && box.right <= side.right && whole);
    }).map((one) => one.title);
}"""
_WORDLESS = """() => [...document.querySelectorAll(".dbar .btn")].filter((one) => one.checkVisibility() && !one.innerText.trim())
    .map((one) => one.outerHTML)"""


def test_each_icon_of_the_desk_has_its_word_and_a_telephone_the_way_out(enter: Enter, things: dict[str, object]) -> None:
    page = enter(Role.OFFICER, f"/kerja/patrol/flag/{things['flag']}/")
    expect(page.locator("nav.side .nava")).to_have_count(9)
    expect(page.locator(".dbar .btn").first).to_be_visible()
    assert (page.evaluate(_CUT), page.evaluate(_WORDLESS)) == ([], [])
    page.set_viewport_size(TELEPHONE)
    page.click("details.mine > summary")
    out = page.locator("details.mine form[action='/kerja/logout/'] button")
    box = out.bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= TELEPHONE["width"] - box["width"]
    assert 0 <= box["y"] <= TELEPHONE["height"] - box["height"]
    with page.expect_navigation():
        out.click()
    page.goto(page.url.partition("/kerja/")[0] + "/kerja/")
    expect(page.locator("input[name=username]")).to_be_visible()


_OUT_OF_THE_BAR = """() => {
    const bar = document.querySelector(".top"), edge = bar.getBoundingClientRect().right;
    return [...bar.children].filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > edge).map((one) => one.outerHTML);
}"""
_OLD_REGISTER = """() => {
    const line = document.querySelector(".top .regdate");
    line.classList.add("stale");
    line.insertAdjacentHTML("beforeend", "<span class='badge med'>usang</span>");
}"""


@pytest.mark.parametrize("path", ["/kerja/", "/kerja/patrol/case/{case}/", "/kerja/patrol/flag/{flag}/"])
def test_the_top_bar_fits_every_window(path: str, visits: Visits, things: dict[str, object]) -> None:
    """An old register, which is told at every width, makes it wider yet."""
    page, _watcher = visits.page(Role.OFFICER)
    page.goto(visits.running.address + path.format_map(things))
    wrong = []
    for then in ("", _OLD_REGISTER):
        if then:
            page.evaluate(then)
        for width in (*range(320, 1366, 30), 720, 721, 1000, 1001, 1100, 1101, 1366):
            page.set_viewport_size({"width": width, "height": 768})
            found = too_wide(page), page.evaluate(_OUT_OF_THE_BAR)
            wrong += [(width, *found)] if found != (0, []) else []
    assert wrong == []


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


# Of axe's own words on its rules: those of these that it calls moderate at most, by the rule or by each of its checks.
_MODERATE = """(names) => axe._audit.rules.filter((rule) => names.includes(rule.id)).filter((rule) => {
    const checks = [...rule.any, ...rule.all, ...rule.none].map((check) => axe._audit.data.checks[check.id ?? check].impact);
    return (rule.impact ? [rule.impact] : checks).every((impact) => impact === "minor" || impact === "moderate");
}).map((rule) => rule.id)"""


def test_the_checks_of_a_page_see_what_they_are_for(enter: Enter) -> None:
    page = enter(Role.OFFICER, "/kerja/")
    assert inaccessible(page) == []  # from here on the entries of the menu are known
    page.set_viewport_size(TELEPHONE)
    assert (inaccessible(page), small_words(page), keys_shown(page), untranslated(page)) == ([], [], [], [])
    page.evaluate(
        """() => {
            document.body.insertAdjacentHTML("beforeend", "<p id='wide'>x</p><input><img src='/static/workbench.svg'>");
            Object.assign(document.querySelector("#wide").style, { width: "900px", fontSize: "11px" });
            document.querySelector("main").insertAdjacentHTML("beforeend", "<p>Log out <kbd>K</kbd></p>");
        }"""
    )
    assert too_wide(page) > 0
    assert [one.split(" style")[0] for one in small_words(page)] == ['11.0 <p id="wide"']
    assert (keys_shown(page), untranslated(page)) == (["Log out K"], ["Log out"])
    assert [one.split()[0] for one in inaccessible(page)] == ["image-alt", "label"]
    assert sorted(page.evaluate(_MODERATE, MINOR)) == list(MINOR)
    page.set_viewport_size(DESK)
    page.evaluate("""() => document.querySelector("nav.side .nava").insertAdjacentHTML("beforeend", "<img src='/static/workbench.svg'>")""")
    assert [one.split()[:3] for one in inaccessible(page)] == [["image-alt", "(critical)", "2x"], ["label", "(critical)", "1x"]]
