"""One page read by several watches: one post, and a version only where there was an edit or there is more to read."""

from __future__ import annotations

from typing import Any

import pytest

from patrol import domain, models
from patrol.evidence import custody
from patrol.pipeline import assessing, storing
from patrol.sources import feed
from patrol.sources.shared import canonical
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = "https://loker.example/2026/11/operator"
WORDS = factories.illegal(7).text
TITLE = " ".join(WORDS.split()[:6])


def entry(text: str = WORDS, **given: Any) -> domain.RawPost:
    fields = {"platform": "feed", "external_id": "loker.example guid-1", "url": PAGE, "also": (PAGE,), "origin": "", "author_name": "admin"}
    return factories.raw_post(text, **(fields | given))


def item(text: str = WORDS, **given: Any) -> domain.RawPost:
    return factories.raw_post(
        text, **({"platform": "web", "external_id": PAGE, "url": PAGE, "origin": "", "author_name": "Bu Contoh"} | given)
    )


def watch(platform: str = "web", query: str = "https://loker.example | item=.job") -> models.Watch:
    return factories.watch(platform=platform, query=query)


def shown(of: models.Watch, *posts: domain.RawPost) -> storing.Stored:
    run, answer = factories.fetch(of), factories.answer()
    capture = custody.capture(answer, sha256=custody.keep(answer), platform=of.platform, fetch=run)
    return storing.store(posts, capture_id=capture.id, watch_id=of.pk, fetch_id=run.pk, now=factories.NOW)


def texts() -> list[str]:
    """Of the versions of the one post, in their order."""
    return list(models.PostText.objects.order_by("version__number").values_list("text", flat=True))


@pytest.mark.parametrize("first", ["feed", "web"])
def test_a_page_that_comes_by_feed_and_by_web_is_one_post_flagged_once(first: str) -> None:
    by_feed, by_web = watch("feed", "https://loker.example/umpan"), watch()
    order = [(by_feed, entry()), (by_web, item())] if first == "feed" else [(by_web, item()), (by_feed, entry())]
    for _ in range(3):
        for of, post in order:
            shown(of, post)
            while assessing.read_due(now=factories.NOW, limit=100).read:
                pass
    kept = models.Post.objects.get()
    assert (kept.platform, kept.external_id) == (("feed", "loker.example guid-1") if first == "feed" else ("web", PAGE))
    assert (kept.versions_count, models.Flag.objects.count()) == (1, 1)
    assert set(models.Seen.objects.values_list("watch", flat=True)) == {by_feed.pk, by_web.pk}


def test_another_page_of_the_site_and_another_sites_page_stay_posts_of_their_own() -> None:
    by_feed, by_web = watch("feed", "https://loker.example/umpan"), watch()
    shown(by_feed, entry())
    shown(by_web, item(external_id=f"{PAGE}-2", url=f"{PAGE}-2"), item(external_id=PAGE.replace("https", "http")))
    assert models.Post.objects.count() == 3


def test_a_page_captured_by_a_person_meets_the_feeds_entry() -> None:
    shown(watch("feed", "https://loker.example/umpan"), entry())
    answer, person = factories.answer(), factories.person()
    intake = models.Intake.objects.create(kind="upload", person=person, office=person.office, at=factories.NOW)
    capture = custody.capture(answer, sha256=custody.keep(answer), platform="web", fetch=factories.fetch())
    storing.store([item()], capture_id=capture.id, intake_id=intake.pk, now=factories.NOW)
    assert models.Post.objects.count() == 1


def test_two_rows_that_were_kept_before_stay_two_and_each_goes_on() -> None:
    by_feed, by_web = watch("feed", "https://loker.example/umpan"), watch()
    shown(by_feed, entry(also=()))
    shown(by_web, item())
    for _ in range(2):
        shown(by_feed, entry())
        shown(by_web, item())
    assert sorted(models.Post.objects.values_list("platform", "versions_count")) == [("feed", 1), ("web", 1)]


# --- other selectors ------------------------------------------------------------------------------


def test_selectors_that_show_less_make_no_version() -> None:
    whole, less = watch(), watch(query="https://loker.example | item=.job | title=h2")
    for _ in range(2):
        shown(whole, item())
        assert shown(less, item(TITLE)).changed == 0
    assert texts() == [WORDS]


def test_selectors_that_show_more_make_one_version_which_is_read() -> None:
    less, whole = watch(query="https://loker.example | item=.job | title=h2"), watch()
    shown(less, item(TITLE))
    for _ in range(3):
        shown(whole, item())
        shown(less, item(TITLE))
    assert texts() == [TITLE, WORDS]
    assert models.Post.objects.get().due_at is not None


def test_an_edit_is_one_version_whichever_watch_sees_it_first() -> None:
    whole, less = watch(), watch(query="https://loker.example | item=.job | title=h2")
    shown(whole, item())
    shown(less, item(TITLE))
    edited = f"PENUH {WORDS}"
    assert shown(whole, item(edited)).changed == 1
    assert shown(less, item(f"PENUH {TITLE}")).changed == 0
    assert texts() == [WORDS, edited]
    assert shown(less, item(f"DITUTUP {TITLE}")).changed == 1


def test_words_taken_out_are_an_edit() -> None:
    whole = watch()
    shown(whole, item())
    assert shown(whole, item(TITLE)).changed == 1
    assert texts() == [WORDS, TITLE]


def test_a_picture_only_another_watch_shows_makes_a_version() -> None:
    plain, pictured = watch(), watch(query="https://loker.example | item=.job | picture=img")
    shown(plain, item())
    flyer = domain.MediaReference("photo", "https://loker.example/brosur.jpg")
    assert [shown(pictured, item(media=(flyer,))).changed for _ in range(2)] == [1, 0]
    assert [shown(plain, item()).changed for _ in range(2)] == [0, 0]


# --- what a feed says of a page -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "host", "page"),
    [
        (f"{PAGE}/?utm_source=rss", "loker.example", (PAGE,)),
        ("https://www.loker.example/a", "loker.example", ("https://www.loker.example/a",)),
        ("https://lain.example/a", "loker.example", ()),  # what a feed says of another site's page is not that page
        ("https://loker.example/", "loker.example", ()),
        ("https://loker.example/?p=7", "loker.example", ("https://loker.example/?p=7",)),
        ("", "loker.example", ()),
    ],
)
def test_an_entry_is_known_by_the_page_it_leads_to_on_its_own_site(url: str, host: str, page: Any) -> None:
    assert feed._page(url, host) == page
    assert all(canonical.canonical(one) == one for one in page)
