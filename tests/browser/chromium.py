"""Debian's Chromium for the tests, and what every page is watched for."""

from __future__ import annotations

import asyncio
import atexit
import os
from asyncio import events
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, sync_playwright

PROGRAM = Path("/usr/bin/chromium")
SHELL = Path("/usr/bin/chromium-headless-shell")  # the same engine without a window around it: a page costs a third, where it is there
OFF = f"browser tests are off: {PROGRAM} is not there (apt install chromium)"
PATIENCE = 120_000  # ms for what a page should show: it is there at once, but for a machine with other work
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--disable-features=OptimizationHints,MediaRouter,Translate",
    "--js-flags=--no-maglev --no-turbofan",  # a page of a test lives for seconds: optimising its scripts takes a third more than it saves
)


def missing() -> bool:
    """Whether there is no Chromium. Under CI=true that is a failure, not a reason to leave the tests out."""
    if PROGRAM.exists():
        return False
    if os.environ.get("CI") == "true":
        pytest.fail(OFF)
    return True


def _launched(playwright: Playwright, *further: str) -> Browser:
    program = SHELL if SHELL.exists() else PROGRAM
    return playwright.chromium.launch(executable_path=str(program), args=[*ARGUMENTS, *further], timeout=PATIENCE)


class _One:
    """The Chromium of this process, kept from one test to the next: to start it and Playwright's driver takes as long as a short test."""

    def __init__(self) -> None:
        self._playwright = sync_playwright().start()
        self.browser = _launched(self._playwright)
        self._loop = asyncio.get_running_loop()
        self.park()

    def take(self) -> Browser:
        events._set_running_loop(self._loop)
        return self.browser

    def park(self) -> None:
        """Playwright leaves its event loop marked as running between two calls, and while one runs Django refuses its database. Nobody
        calls a parked one.
        """
        events._set_running_loop(None)

    def end(self) -> None:
        self.take().close()
        self._playwright.stop()


_kept: list[_One] = []  # one or none


@atexit.register
def end() -> None:
    """Ends the Chromium that is kept, if any."""
    while _kept:
        _kept.pop().end()


@contextmanager
def opened(*further: str) -> Iterator[Browser]:
    """A running Chromium without contexts: the one of this process, or one of its own where a test names further arguments.

    While it is open this thread has a running event loop: Django's database is not for it."""
    if missing():
        pytest.skip(OFF)
    if further:
        with sync_playwright() as playwright:
            browser = _launched(playwright, *further)
            try:
                yield browser
            finally:
                browser.close()
        return
    if _kept and not _kept[0].browser.is_connected():
        end()
    if not _kept:
        _kept.append(_One())
    browser = _kept[0].take()
    try:
        yield browser
    finally:
        for context in browser.contexts:
            context.close()
        _kept[0].park()


# The page's own word on what its policy stopped; Chromium prints it to the console only for some directives.
_TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
    console.error(`CSP: ${event.violatedDirective} stopped ${event.blockedURI || event.sourceFile} ${event.sample}`));
"""


@dataclass
class Watcher:
    """Collects what a good page never does: script errors, policy violations, dialogs, requests to another host."""

    host: str  # host:port of the product
    found: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> Page:
        page.add_init_script(_TELL_VIOLATIONS)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._note("script", str(error)))
        page.on("dialog", self._dialog)
        page.on("request", lambda request: self._request(request.url))
        page.on("popup", lambda opened: self._note("window", opened.url))
        page.on("download", lambda started: self._note("download", started.url))
        return page

    def _note(self, kind: str, text: str) -> None:
        self.found.append(f"{kind}: {text[:300]}")

    def _console(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self._note("console", said.text)

    def _dialog(self, dialog: Any) -> None:
        self._note("dialog", dialog.message)
        dialog.dismiss()

    def _request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.host:
            self._note("request", url)
