"""The whole product on the example world, and people who look at it in a real Chromium."""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from patrol.models import Role
from tests import stack
from tests.browser import chromium, firefox
from tests.conftest import FOLDER

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
    """A test that failed leaves a picture of every page it had open in its folder, or in one of its own where it has none."""
    report = yield
    if call.when == "call" and report.failed:
        for number, page in enumerate(getattr(item, "pages_open", [])):
            if not page.is_closed():
                assert isinstance(item, pytest.Function)
                own = item.funcargs.get("tmp_path")
                folder = own if isinstance(own, Path) else Path(tempfile.mkdtemp(prefix="pages-"))
                picture = folder / f"page-{number}.png"
                page.screenshot(path=picture, full_page=True)
                report.sections.append(("screenshot", f"{page.url}\n{picture}"))
    return report


def patrolled() -> stack.Kept:
    """The example world when its first patrol is read and tied, at rest: made once in a run, by whichever process comes first."""
    with (FOLDER / "patrolled.json").open("a+") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        mark.seek(0)
        if told := mark.read():
            folder, database, secret_key = json.loads(told)
            return stack.Kept(Path(folder), database, secret_key)
        parts = ("worker", "beat")
        with stack.Stack(FOLDER / "patrolled", database="patrolled", started=parts, environment=stack.CALM) as going:

            def all_tied() -> bool:
                fetched = going.count("patrol_watch WHERE last_good_at IS NULL") == 0
                read = going.count("patrol_post WHERE due_at IS NOT NULL") == 0
                return fetched and read and going.count("patrol_linkedpost WHERE linked_at IS NULL") == 0

            going.wait_for(all_tied, 240, "the first patrol", every=0.25)
            assert going.count("patrol_flag WHERE state = 'waiting'") > 0
            kept = going.kept()
        mark.write(json.dumps([str(kept.folder), kept.database, kept.secret_key]))
        return kept


@contextmanager
def example_run(folder: Path, name: str, started: Sequence[str] = ("web", "worker", "beat")) -> Iterator[stack.Stack]:
    """Web, worker, beat and the example site go on where the first patrol ended, on a copy of its world; `name` is the database's.
    Where nothing is left to a worker, "web" alone: the other two load the product twice more, and sweep.
    """
    kept, began = patrolled(), datetime.now(UTC)
    database = f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with stack.Stack(folder, database=database, like=kept, started=started, environment=stack.CALM) as going:
        beating = [part for part in started if part in {"worker", "beat"}]

        def living() -> bool:
            alive = going.query("SELECT count(*) FROM patrol_heartbeat WHERE name = ANY(%s) AND at > %s", [beating, began])
            return bool(alive == [(len(beating),)])

        going.wait_for(living, 120, "a sign of worker and beat", every=0.25)
        yield going


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[stack.Stack]:
    """An example run for all files that name none of their own. Ended before other packages are tested: its sweeps would slow them."""
    with example_run(tmp_path_factory.mktemp("browser"), "browser") as going:
        yield going


@pytest.fixture(scope="package", autouse=True)
def one_chromium() -> Iterator[None]:
    """Kept for all files; ended before other packages are tested."""
    yield
    chromium.end()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For one module: the event loop of a longer one would forbid the database to the tests that follow."""
    with chromium.opened() as opened:
        yield opened


@pytest.fixture(scope="module")
def accounts(running: stack.Stack) -> dict[str, tuple[str, str]]:
    return running.accounts


@pytest.fixture
def watcher(running: stack.Stack) -> chromium.Watcher:
    return chromium.Watcher(urlsplit(running.address).netloc)


def log_in(page: Page, name: str, password: str) -> None:
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", password)
    page.locator("form", has=page.locator("input[name=password]")).locator("button[type=submit]").click()


@pytest.fixture
def enter(
    browser: Browser,
    running: stack.Stack,
    accounts: dict[str, tuple[str, str]],
    watcher: chromium.Watcher,
    request: pytest.FixtureRequest,
    tmp_path: Path,  # for the pictures of a test that fails
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
