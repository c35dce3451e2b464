"""The example site read by the product's own sources and register reader: nothing lost, changed or unknown."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from example import site, world
from example.world import markup
from patrol import domain, sources
from patrol.engine import reading
from patrol.engine.licences import files
from patrol.sources.transport import http

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


type Collected = tuple[list[domain.RawPost], list[domain.Problem]]


class NoPace:
    def wait(self, host: str) -> None:
        """One reader on loopback: nobody to be polite to."""


@pytest.fixture(scope="module")
def loaded() -> world.World:
    return world.load()


@pytest.fixture(scope="module")
def collected(loaded: world.World) -> Collected:
    """Posts by external id, and every problem met on the way."""
    server = site.Site(0, world.Showing(loaded, world.Anchor(NOW)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    client = http.Client(
        pace=NoPace(), user_agent="SIPatrol test (contact@sipatrol.example)", stand_ins=site.stand_ins(server.server_port, loaded)
    )
    posts: list[domain.RawPost] = []
    problems: list[domain.Problem] = []
    try:
        for place in loaded.places:
            query = place.name if place.platform == "telegram" else f"https://{place.name}/feed.xml"
            ask = domain.Ask(query=query, cursor={}, now=NOW)
            for page in sources.SOURCES[place.platform].fetch(ask, client):
                posts += page.posts
                problems += page.problems
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    return posts, problems


def test_every_post_arrives_once_under_its_labels_id(loaded: world.World, collected: Collected) -> None:
    posts, problems = collected
    assert problems == []
    assert sorted(post.external_id for post in posts) == sorted(
        place.label_id(post) for place in loaded.places for post in place.real_posts
    )
    assert [post.external_id for post in posts if post.unknown] == []


def test_text_time_and_marks_arrive_as_written(loaded: world.World, collected: Collected) -> None:
    arrived = {post.external_id: post for post in collected[0]}
    for place in loaded.places:
        for post in place.real_posts:
            own = arrived[place.label_id(post)]
            expected = f"{post.title}\n{markup.shown(post.text)}"
            assert own.text.split() == expected.split()
            assert own.posted_at == NOW - post.age
            assert own.edited == post.edited
            assert bool(own.reply_to) == bool(post.reply)
            assert bool(own.forward_of or own.forward_name) == bool(post.forward or post.forward_name)


def test_links_hidden_behind_words_arrive(collected: Collected) -> None:
    links = {link for post in collected[0] for link in post.links}
    assert {"https://formulir-kerja.example/kps", "https://bantuan-tki-resmi.example/cek"} <= links


def test_the_product_reads_both_register_editions(tmp_path: Path) -> None:
    world.write_register(tmp_path, date(2026, 11, 24))
    read, previous = [], None
    for folder in (tmp_path, tmp_path / "newer"):
        outcome = files.read_register(
            (folder / "agencies.csv").read_bytes(),
            (folder / "licences.csv").read_bytes(),
            agencies_name="agencies.csv",
            licences_name="licences.csv",
            country_code=reading.country_code,
            previous=previous,
        )
        assert outcome.problems == ()
        assert outcome.register is not None
        previous = outcome.register
        read.append(outcome.register)
    assert [register.register_date for register in read] == [date(2026, 11, 22), date(2026, 11, 24)]
    assert sorted(agency.name for agency in read[1].agencies if agency.gone_since) == ["PT Kusuma Wana Amerta"]
