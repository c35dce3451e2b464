"""The example site as it was: asked without a network, at moments that are past."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from example import world
from example.history import calendar, places, wire
from patrol import domain
from tests.example.living import MOMENT

SPAN = calendar.Span(MOMENT)


type Asked = Callable[..., domain.RawAnswer]


@pytest.fixture
def asked() -> Asked:
    shown = places.joined(world.World({}, {}), places.write(SPAN))
    past = wire.Past(shown, world.Anchor(MOMENT), MOMENT)
    fetcher = wire.Wire(past, "SIPatrol test (contact@sipatrol.example)")

    def ask(url: str, day: int, **headers: str) -> domain.RawAnswer:
        past.moment = SPAN.at(day, 12)
        return fetcher.get(url, headers=headers)

    return ask


FEED = "https://loker-cirebon.example/feed.xml"


def test_it_shows_what_stood_there_then_and_says_when(asked: Asked) -> None:
    early, late = asked(FEED, 3), asked(FEED, 20)
    assert (early.status, early.received_at) == (200, SPAN.at(3, 12))
    assert early.body != late.body
    assert asked(FEED, 3).body == early.body


def test_what_has_not_changed_is_not_sent_again(asked: Asked) -> None:
    first = asked(FEED, 20)
    again = asked(FEED, 20, **{"If-None-Match": first.header("ETag")})
    assert (again.status, again.body) == (304, b"")


def test_a_feed_that_is_shut_answers_before_and_after(asked: Asked) -> None:
    assert asked(FEED, 36).status == 200
    for day in (37, 39):
        with pytest.raises(domain.SourceError) as raised:
            asked(FEED, day)
        assert raised.value.answer is not None
        assert (raised.value.problem.code, raised.value.answer.status) == ("server_error", 503)
    assert asked(FEED, 40).status == 200


def test_a_channel_that_is_shut_is_one_that_nobody_has(asked: Asked) -> None:
    page = "https://t.me/s/kerja_luwuk_contoh"
    assert asked(page, 79).final_url == page
    gone = asked(page, 80)
    assert (gone.final_url, gone.hops) == ("https://t.me/kerja_luwuk_contoh", (page, "https://t.me/kerja_luwuk_contoh"))


def test_nothing_is_posted(asked: Asked) -> None:
    fetcher = wire.Wire(wire.Past(world.World({}, {}), world.Anchor(MOMENT), MOMENT), "SIPatrol test (contact@sipatrol.example)")
    with pytest.raises(NotImplementedError):
        fetcher.post("https://t.me/s/x")
