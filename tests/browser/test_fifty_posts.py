"""Fifty posts are decided one after the other. They are most of what waits: the example world is this test's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from patrol.models import Role
from tests import stack
from tests.browser import chromium
from tests.browser.conftest import Enter, example_run
from tests.browser.desk import at_the_desk, begin, onward

pytestmark = [pytest.mark.browser, pytest.mark.worker]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[stack.Stack]:
    with example_run(tmp_path_factory.mktemp("fifty"), "fifty", ("web",)) as going:
        yield going


def test_fifty_posts_are_decided_by_keys_alone(enter: Enter, running: stack.Stack, watcher: chromium.Watcher) -> None:
    page = at_the_desk(enter, Role.ANALYST)
    ways = [("k", "1"), ("a", "1"), ("k", "5"), ("i", "2"), ("a", "4"), ("k", "2"), ("v", "1")]
    seen = [begin(page)]
    today = int(page.locator(".hints b").inner_text())
    seen += [onward(page, *ways[turn % len(ways)]) for turn in range(50)]
    decided = seen[:-1]
    assert len(set(decided)) == 50
    [(rows, people)] = running.query(
        "SELECT count(DISTINCT flag_id), count(DISTINCT by_id) FROM patrol_decision WHERE flag_id = ANY(%s)", [decided]
    )
    assert (rows, people) == (50, 1)
    expect(page.locator(".hints b")).to_have_text(str(today + 50))
    assert watcher.found == []
