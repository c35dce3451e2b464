"""Under which robots policy a run asks, and what the custody record says of it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from patrol import domain, models, sources
from patrol.infra import jobs
from patrol.pipeline import fetching, picturing
from patrol.sources.shared import refusals
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

    def get(self, url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> domain.RawAnswer:
        self.asked.append(url)
        status, body = (200, self.pages[url]) if url in self.pages else (404, b"")
        kind = (("Content-Type", "text/html"),)
        now = factories.NOW
        return refusals.unless_refused(domain.RawAnswer(url, url, status, (url,), (), kind, body, now, now))

    def post(self, url: str, **_more: Any) -> domain.RawAnswer:
        raise AssertionError(url)


def patrolled(watch: models.Watch, **given: Any) -> fetching.Round:
    done = fetching.patrol_watch(watch.pk, now=factories.NOW, **given)
    assert done is not None
    return done


def test_a_watch_of_pages_asks_robots_txt_first_and_its_record_says_so() -> None:
    outside = Outside(PAGES)
    watch = factories.watch(platform="web", query=LINE)
    done = patrolled(watch, fetcher=outside)
    assert (done.new, done.failed) == (1, False)
    assert outside.asked == ["https://loker.example/robots.txt", "https://loker.example/lowongan"]
    assert models.Capture.objects.get().options["robots"] == "obeyed"
    assert models.HostPace.objects.filter(host="loker.example", closed_until__isnull=False).exists()


def test_robots_txt_is_remembered_for_its_time() -> None:
    outside = Outside(PAGES)
    watch = factories.watch(platform="web", query=LINE)
    other = factories.watch(platform="feed", query="https://loker.example/umpan.xml")
    day = timedelta(days=1)
    for now in (factories.NOW, factories.NOW + day - timedelta(seconds=1)):
        fetching.patrol_watch(watch.pk, now=now, fetcher=outside, force=True)
    fetching.patrol_watch(other.pk, now=factories.NOW, fetcher=outside, force=True)  # whoever asks, and for what
    assert outside.asked.count("https://loker.example/robots.txt") == 1
    fetching.patrol_watch(watch.pk, now=factories.NOW + day, fetcher=outside, force=True)
    assert outside.asked.count("https://loker.example/robots.txt") == 2
    assert outside.asked.count("https://loker.example/lowongan") == 3


def test_what_is_remembered_forbids_as_the_file_itself_does() -> None:
    outside = Outside(PAGES | {"https://loker.example/robots.txt": b"User-agent: SIPatrol\nDisallow: /lowongan"})
    watch = factories.watch(platform="web", query=LINE)
    for _ in range(2):
        done = patrolled(watch, fetcher=outside, force=True)
        assert [problem.code for problem in done.problems] == ["robots_refused"]
    assert outside.asked == ["https://loker.example/robots.txt"]


def test_that_there_is_no_robots_txt_is_remembered_too() -> None:
    outside = Outside({"https://loker.example/lowongan": PAGES["https://loker.example/lowongan"]})
    watch = factories.watch(platform="web", query=LINE)
    for _ in range(2):
        assert not patrolled(watch, fetcher=outside, force=True).failed
    assert outside.asked.count("https://loker.example/robots.txt") == 1


def test_a_page_that_robots_txt_forbids_is_not_fetched_and_looked_at_again_later() -> None:
    outside = Outside(PAGES | {"https://loker.example/robots.txt": b"User-agent: SIPatrol\nDisallow: /lowongan"})
    watch = factories.watch(platform="web", query=LINE)
    done = patrolled(watch, fetcher=outside)
    assert [problem.code for problem in done.problems] == ["robots_refused"]
    assert outside.asked == ["https://loker.example/robots.txt"]
    watch.refresh_from_db()
    assert (watch.state, models.Capture.objects.count()) == ("active", 0)
    assert watch.due_at is not None


def test_a_platform_that_is_no_matter_of_robots_txt_is_asked_at_once() -> None:
    outside = Outside({})
    watch = factories.watch(platform="telegram", query="loker_seberang")
    fetching.patrol_watch(watch.pk, now=factories.NOW, fetcher=outside)
    assert outside.asked == ["https://t.me/s/loker_seberang"]


def test_each_source_has_one_of_three_policies() -> None:
    policies = {platform: fetching.robots_policy(platform)["robots"] for platform in sources.SOURCES}
    assert {platform for platform, policy in policies.items() if policy == "obeyed"} == {"feed", "web"}
    assert {platform for platform, policy in policies.items() if policy == "not_asked"} == {"telegram"}
    assert fetching.robots_policy("whatsapp") == {"robots": "not_asked"}  # a person brought the post


# --- pictures -------------------------------------------------------------------------------------

PICTURE = "https://cdn.example/flyer/1.png"


def pictured(platform: str, *addresses: str) -> models.Post:
    media = tuple(domain.MediaReference("photo", address) for address in addresses or (PICTURE,))
    (post,) = factories.stored([factories.raw_post(platform=platform, media=media)])
    return post


def picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (200, 200), "white").save(kept, "PNG")
    return kept.getvalue()


def fetched(outside: Outside) -> list[tuple[str, str]]:
    """The pictures after one job, each with its state and the code of its problem."""
    jobs.run({"media": lambda job, *, now: picturing.fetch_pictures(job, now=now, fetcher=outside)}, now=factories.NOW)
    rows = models.Media.objects.order_by("version", "position")
    return [(row.state, row.problem["code"] if row.problem else "") for row in rows]


@pytest.mark.parametrize("platform", ["feed", "web"])
def test_pictures_of_feeds_and_pages_ask_the_robots_txt_of_their_own_site_once(platform: str) -> None:
    pictured(platform, PICTURE, "https://cdn.example/flyer/2.png", "https://lain.example/3.png")
    held = {url: picture() for url in (PICTURE, "https://cdn.example/flyer/2.png", "https://lain.example/3.png")}
    outside = Outside({**held, "https://cdn.example/robots.txt": b"User-agent: *\nDisallow: /video"})
    assert fetched(outside) == [("kept", "")] * 3
    assert outside.asked == [
        "https://cdn.example/robots.txt",
        PICTURE,
        "https://cdn.example/flyer/2.png",
        "https://lain.example/robots.txt",
        "https://lain.example/3.png",
    ]
    originals = models.Capture.objects.filter(kind="media", relation="original")
    assert {capture.options["robots"] for capture in originals} == {"obeyed"}


def test_a_forbidden_picture_is_not_asked_for_and_the_others_are() -> None:
    pictured("feed", PICTURE, "https://cdn.example/umum/2.png")
    rules = b"User-agent: *\nDisallow: /flyer/"
    outside = Outside({"https://cdn.example/robots.txt": rules, "https://cdn.example/umum/2.png": picture()})
    assert fetched(outside) == [("refused", "robots_refused"), ("kept", "")]
    assert outside.asked == ["https://cdn.example/robots.txt", "https://cdn.example/umum/2.png"]
    told = models.Media.objects.get(position=0).problem
    assert told is not None
    assert told["en"] == (
        "cdn.example asks machines not to open this picture (robots.txt), so it was not fetched. "
        "A person may still open it and send a capture."
    )
    assert models.Job.objects.get().state == "done"


def test_where_the_rules_cannot_be_had_the_picture_waits() -> None:
    pictured("feed")

    class Down(Outside):
        def get(self, url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> domain.RawAnswer:
            self.asked.append(url)
            raise refusals.dns("cdn.example")

    down = Down({})
    assert fetched(down) == [("waiting", "")]
    assert (down.asked, models.Job.objects.get().state) == (["https://cdn.example/robots.txt"], "waiting")


@pytest.mark.parametrize(("platform", "policy"), [("telegram", "not_asked"), ("instagram", "api"), ("whatsapp", "not_asked")])
def test_pictures_of_other_platforms_are_asked_at_once(platform: str, policy: str) -> None:
    pictured(platform)
    outside = Outside({PICTURE: picture()})
    assert fetched(outside) == [("kept", "")]
    assert outside.asked == [PICTURE]
    assert models.Capture.objects.get(kind="media", relation="original").options["robots"] == policy
