"""Pages as a source hands them on, made before the clock starts: what the bench stores, in both ways.

Stands in for `sources.telegram` in the bench's workers: network and parsing cost both ways the same and are no part of the
comparison. Text, author, addresses and bytes are those of real-shaped pages of 20 messages.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache

from bench import stream
from example import world
from example.world import markup, telegram
from patrol import domain

CHANNELS = 8
SEED = 20261123
PAGE = 20


def asked() -> int:
    """Posts of one round; the workers learn it from the environment."""
    return int(os.environ.get("BENCH_POSTS", "1600"))


@cache
def served() -> world.World:
    grown = stream.grown(seed=SEED, channels=CHANNELS, posts=asked() // CHANNELS)
    return world.World(grown.channels, {})


@cache
def pages() -> dict[str, tuple[domain.Page, ...]]:
    """Channel name -> its pages, newest first. A day old, so that nothing lies in the future of a slow machine."""
    moment = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    showing = world.Showing(served(), world.Anchor(moment))
    return {name: tuple(_pages(showing, place)) for name, place in served().channels.items()}


def _pages(showing: world.Showing, place: world.Place) -> Iterator[domain.Page]:
    rest = showing.posts(place)
    while rest:
        rest, shown = rest[:-PAGE], rest[-PAGE:]
        before = int(shown[-1][0].key) + 1
        address = f"https://t.me/s/{place.name}?before={before}"
        body = telegram.page(showing, place, before).encode()
        answer = domain.RawAnswer(
            asked_url=address,
            final_url=address,
            status=200,
            hops=(),
            request_headers=(("User-Agent", "SIPatrol"),),
            headers=(("Content-Type", "text/html; charset=utf-8"),),
            body=body,
            requested_at=showing.anchor.moment,
            received_at=showing.anchor.moment,
            address="127.0.0.1",
        )
        yield domain.Page(answer, tuple(_raw(place, *one) for one in shown), {"before": before})


def _raw(place: world.Place, post: world.Post, moment: datetime) -> domain.RawPost:
    return domain.RawPost(
        platform="telegram",
        external_id=place.label_id(post),
        url=f"https://t.me/{place.name}/{post.key}",
        text=markup.shown(post.text),
        author=place.name,
        author_name=place.title,
        posted_at=moment,
        posted_at_source=moment.isoformat(),
        origin=place.name,
        locator=f"message {post.key}",
    )


def ready(ask: domain.Ask, fetcher: domain.Fetcher) -> Iterator[domain.Page]:
    """In the place of `telegram.fetch`: everything is there already."""
    yield from pages()[ask.query]
