"""Under which robots policy a run asks, and what the custody record says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from patrol import models, sources, vocabulary
from patrol.pipeline import fetching
from patrol.sources import refusals
from tests import factories

pytestmark = pytest.mark.django_db

LINE = "https://loker.example/lowongan | item=.job | link=a"
PAGES = {
    "https://loker.example/lowongan": b'<div class="job">Operator <a href="/lowongan/1">lihat</a></div>',
    "https://loker.example/robots.txt": b"User-agent: *\nDisallow: /admin\nCrawl-delay: 7",
}


class Outside:
    """The world outside in memory, with refusals as our client raises them."""

    def __init__(self, pages: Mapping[str, bytes]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def get(self, url: str, *, headers: Mapping[str, str] = vocabulary.NOTHING) -> vocabulary.RawAnswer:
        self.asked.append(url)
        status, body = (200, self.pages[url]) if url in self.pages else (404, b"")
        kind = (("Content-Type", "text/html"),)
        now = factories.NOW
        return refusals.unless_refused(vocabulary.RawAnswer(url, url, status, (url,), (), kind, body, now, now))

    def post(self, url: str, **_more: Any) -> vocabulary.RawAnswer:
        raise AssertionError(url)


def test_a_watch_of_pages_asks_robots_txt_first_and_its_record_says_so():
    outside = Outside(PAGES)
    watch = factories.watch(platform="web", query=LINE)
    done = fetching.patrol_watch(watch.pk, now=factories.NOW, fetcher=outside)
    assert (done.new, done.failed) == (1, False)
    assert outside.asked == ["https://loker.example/robots.txt", "https://loker.example/lowongan"]
    assert models.Capture.objects.get().options["robots"] == "obeyed"
    assert models.HostPace.objects.filter(host="loker.example", closed_until__isnull=False).exists()


def test_a_page_that_robots_txt_forbids_is_not_fetched_and_looked_at_again_later():
    outside = Outside(PAGES | {"https://loker.example/robots.txt": b"User-agent: SIPatrol\nDisallow: /lowongan"})
    watch = factories.watch(platform="web", query=LINE)
    done = fetching.patrol_watch(watch.pk, now=factories.NOW, fetcher=outside)
    assert [problem.code for problem in done.problems] == ["robots_refused"]
    assert outside.asked == ["https://loker.example/robots.txt"]
    watch.refresh_from_db()
    assert (watch.state, models.Capture.objects.count()) == ("active", 0)
    assert watch.due_at is not None


def test_a_platform_that_is_no_matter_of_robots_txt_is_asked_at_once():
    outside = Outside({})
    watch = factories.watch(platform="telegram", query="loker_seberang")
    fetching.patrol_watch(watch.pk, now=factories.NOW, fetcher=outside)
    assert outside.asked == ["https://t.me/s/loker_seberang"]


def test_each_source_has_one_of_three_policies():
    policies = {platform: fetching.robots_policy(platform)["robots"] for platform in sources.SOURCES}
    assert {platform for platform, policy in policies.items() if policy == "obeyed"} == {"feed", "web"}
    assert {platform for platform, policy in policies.items() if policy == "not_asked"} == {"telegram"}
