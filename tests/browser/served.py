"""The product in a thread of the test, for pages that need no worker: seconds instead of a minute, with rows of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page

from patrol import models
from tests.browser import chromium


@pytest.fixture
def served(committed: None) -> Iterator[str]:
    """The address of the product."""
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


@contextmanager
def at(served: str, person: models.Person, path: str, *, files: int = 0) -> Iterator[Page]:
    """The page before this person. Whatever the test does with the database it does before and after. `files`: so many come down."""
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    watcher = chromium.Watcher(urlsplit(served).netloc)
    with chromium.opened() as browser:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": served}])
        page = watcher.watch(context.new_page())
        page.set_default_timeout(chromium.PATIENCE)
        page.goto(served + path)
        yield page
    assert [one.partition(":")[0] for one in watcher.found] == ["download"] * files, watcher.found
