"""The whole product on the example world, and people who look at it in a real Chromium."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from patrol.models import Role
from tests import stack
from tests.browser import chromium, firefox

type Enter = Callable[..., Page]
expect.set_options(timeout=chromium.PATIENCE)
BROWSERS = (("browser", chromium), ("firefox", firefox))  # marker -> the browser its tests drive
_off: set[str] = set()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before any fixture: without its browser nothing is started for these tests."""
    for mark, program in BROWSERS:
        if item.get_closest_marker(mark) and program.missing():
            _off.add(program.OFF)
            pytest.skip(program.OFF)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for off in sorted(_off):
        terminalreporter.write_line(f"OFF: {off}", yellow=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that failed leaves a picture of every page it had open in its folder."""
    report = yield
    if call.when == "call" and report.failed:
        for number, page in enumerate(getattr(item, "pages_open", [])):
            if not page.is_closed():
                assert isinstance(item, pytest.Function)
                folder = item.funcargs["tmp_path"]
                assert isinstance(folder, Path)
                picture = folder / f"page-{number}.png"
                page.screenshot(path=picture, full_page=True)
                report.sections.append(("screenshot", f"{page.url}\n{picture}"))
    return report


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[stack.Stack]:
    """Web, worker, beat and the example site, with its posts fetched and read. Ended before other packages are tested: its sweeps
    would slow them.
    """
    database = f"browser_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    folder = tmp_path_factory.mktemp("browser")
    with stack.Stack(folder, database=database, started=("web", "worker", "beat"), environment=stack.CALM) as going:

        def all_read() -> bool:
            fetched = going.count("patrol_watch WHERE last_good_at IS NULL") == 0
            return fetched and going.count("patrol_post WHERE due_at IS NOT NULL") == 0

        going.wait_for(all_read, 120, "the first patrol")
        assert going.count("patrol_flag WHERE state = 'waiting'") > 0
        yield going


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For one module: the event loop of a longer one would forbid the database to the tests that follow."""
    with chromium.opened() as opened:
        yield opened


@pytest.fixture(scope="package")
def accounts(running: stack.Stack) -> dict[str, tuple[str, str]]:
    """role -> user name, password, as `manage.py setup --example` wrote them."""
    lines = (running.var / "example-accounts.txt").read_text().splitlines()
    return {role: (name, password) for role, name, password in (line.split("\t") for line in lines)}


@pytest.fixture
def watcher(running: stack.Stack) -> chromium.Watcher:
    return chromium.Watcher(urlsplit(running.address).netloc)


def log_in(page: Page, name: str, password: str) -> None:
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", password)
    page.locator("form", has=page.locator("input[name=password]")).locator("button[type=submit]").click()


@pytest.fixture
def enter(
    browser: Browser, running: stack.Stack, accounts: dict[str, tuple[str, str]], watcher: chromium.Watcher, request: pytest.FixtureRequest
) -> Iterator[Enter]:
    """enter(role, path): a page of a fresh browser profile in which that person came to `path` through the login form."""
    contexts: list[BrowserContext] = []
    request.node.pages_open = []

    def come(role: Role, path: str = "/") -> Page:
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US")
        contexts.append(context)
        page = watcher.watch(context.new_page())
        page.set_default_timeout(chromium.PATIENCE)
        request.node.pages_open.append(page)
        page.goto(running.address + path)
        log_in(page, *accounts[role])
        page.wait_for_url(lambda url: "/login/" not in url)
        return page

    yield come
    for context in contexts:
        context.close()
