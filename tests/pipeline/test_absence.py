"""What is gone is told of the right row, by whatever name the platform speaks of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from patrol import domain, models
from patrol.evidence import custody
from patrol.pipeline import storing
from tests import factories

pytestmark = pytest.mark.django_db

STRETCH = domain.Covered("777/", 101, 103)
LOCAL, URI = "https://contoh.example/web/statuses/111111", "https://contoh.example/users/a/statuses/111111"


def shown(*posts: domain.RawPost, platform: str = "telegram", **said: Any) -> set[str]:
    """One page; what is gone behind it."""
    answer, run = factories.answer(), factories.fetch()
    capture = custody.capture(answer, sha256=custody.keep(answer), platform=platform, fetch=run)
    storing.store(posts, capture_id=capture.id, watch_id=run.watch_id, fetch_id=run.pk, now=factories.NOW, **said)
    return set(models.Post.objects.exclude(gone_at=None).values_list("external_id", flat=True))


def message(number: int, *also: str) -> domain.RawPost:
    return factories.raw_post("Loker Taiwan", external_id=f"777/{number}", also=also)


def test_every_picture_of_an_album_is_there_while_the_album_is() -> None:
    shown(message(101), message(102), message(103))
    assert shown(message(101, "777/102"), covered=STRETCH) == {"777/103"}


def test_an_album_that_lost_its_first_picture_is_there_by_its_second() -> None:
    shown(message(101, "777/102"))
    assert shown(message(102), covered=STRETCH) == set()
    assert models.Post.objects.get().external_id == "777/101"
    assert shown(covered=STRETCH) == {"777/101"}


@pytest.mark.parametrize(("name", "gone"), [(LOCAL, {URI}), (URI, {URI}), ("https://lain.example/1", set())])
def test_a_platform_may_say_by_any_name_that_a_post_is_gone(name: str, gone: set[str]) -> None:
    post = factories.raw_post(platform="mastodon", external_id=URI, also=(LOCAL,))
    shown(post, platform="mastodon")
    assert shown(platform="telegram", gone=[name]) == set()  # another platform's word
    assert shown(platform="mastodon", gone=[name]) == gone
    assert shown(post, platform="mastodon") == set()


def test_what_is_said_of_a_row_of_its_own_is_not_said_of_the_one_that_has_its_name_too() -> None:
    own, other = factories.raw_post(external_id="777/102"), factories.raw_post(external_id="777/101")
    shown(own, other)
    shown(replace(other, also=("777/102",)))
    assert shown(gone=["777/102"]) == {"777/102"}


def reply(number: int, to: str, thread: str = "akar", **given: Any) -> domain.RawPost:
    return factories.raw_post(platform="bluesky", external_id=f"balas{number}", reply_to=to, thread=thread, **given)


def test_a_reply_that_its_thread_does_not_show_any_more_is_gone() -> None:
    root = factories.raw_post(platform="bluesky", external_id="akar")
    other = factories.raw_post(platform="bluesky", external_id="akar-lain")
    below, elsewhere = reply(3, "balas1"), reply(9, "akar-lain", "akar-lain")
    shown(root, reply(1, "akar"), reply(2, "akar"), below, other, elsewhere, platform="bluesky")
    page = (root, reply(1, "akar"))
    assert shown(*page, platform="bluesky") == set()  # a page that shows some says nothing of the others
    assert shown(*page, platform="telegram", answered=("akar",)) == set()  # another platform's word
    assert shown(*page, platform="bluesky", answered=("akar",)) == {"balas2"}  # `below` answers one of which not all is shown
    assert shown(*page, platform="bluesky", answered=("akar", "balas1")) == {"balas2", "balas3"}
    assert shown(root, reply(1, "akar"), reply(2, "akar"), below, platform="bluesky") == set()
    assert shown(root, platform="bluesky", answered=("akar",)) == {"balas1", "balas2"}  # not one reply is left to name the thread


def test_a_reply_shown_by_another_of_its_names_is_there() -> None:
    root = factories.raw_post(platform="bluesky", external_id="akar")
    shown(root, reply(1, "akar", also=("nama-lain",)), platform="bluesky")
    again = replace(reply(1, "akar"), external_id="nama-lain")
    assert shown(root, again, platform="bluesky", answered=("akar",)) == set()
