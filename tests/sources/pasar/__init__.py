"""Pasar Kerja, an invented platform: boards of offers as JSON. test_new_platform.py puts this folder into `patrol/sources`."""

import json
import re
from collections.abc import Iterator
from datetime import datetime

from patrol import domain

PLATFORM: str = domain.Platform("pasar")
NAME = domain.Sentence(id="Pasar Kerja", en="Job Market")
HOSTS: tuple[str, ...] = ("pasar.example",)
CALLED: tuple[str, ...] = ("pk",)
SENT_IN = True
TITLE = domain.Sentence(id="Pasar Kerja (papan)", en="Job Market (boards)")
TERMS = domain.Sentence(id="Dibaca lewat antarmukanya.", en="Read through its interface.")
HEALTHY = domain.Sentence(id="Papan yang sepi boleh kosong.", en="A quiet board may be empty.")
LIMITS = domain.Sentence(id="Satu papan setiap permintaan.", en="One board a request.")
ROBOTS = domain.Sentence(id="Antarmuka untuk program.", en="An interface for programs.")
PROVEN = domain.Sentence(id="Dengan server rekaan.", en="Against an invented server.")
OBEYS_ROBOTS = False
HEALTHY_RANGE = (0, 10)
PROFILE_BY_ID = False
SEVERAL_VIEWS = False
QUERIES: tuple[domain.QueryShape, ...] = (
    domain.QueryShape("board", domain.Sentence(id="Papan", en="Board"), domain.Sentence(id="Nama papan.", en="A board's name.")),
)
CREDENTIAL: tuple[domain.CredentialField, ...] = ()

_ADDRESS = re.compile(r"https?://pasar\.example/p/([0-9]+)")


def identity(url: str) -> str:
    """The number behind pasar.example/p/NUMBER."""
    found = _ADDRESS.fullmatch(url)
    return found[1] if found else ""


def check_query(query: str, kind: str = "") -> domain.Problem | None:
    """None for a name in small letters."""
    del kind
    good = re.fullmatch(r"[a-z]+", query)
    return None if good else domain.Problem("bad_query", domain.Sentence(id="Papan tidak dikenal.", en="Unknown board."), permanent=True)


def asked_for(query: str, kind: str = "") -> str:
    """Boards have one spelling."""
    del kind
    return query


def fetch(ask: domain.Ask, fetcher: domain.Fetcher) -> Iterator[domain.Page]:
    """The one page of a board."""
    answer = fetcher.get(f"https://pasar.example/board/{ask.query}.json")
    posts = tuple(
        domain.RawPost(
            platform=PLATFORM,
            external_id=item["id"],
            url=f"https://pasar.example/p/{item['id']}",
            text=item["text"],
            author=item["by"],
            posted_at=datetime.fromisoformat(item["at"]),
            posted_at_source=item["at"],
            origin=ask.query,
            locator=f"post {item['id']}",
        )
        for item in json.loads(answer.body)
    )
    yield domain.Page(answer, posts, {"last": posts[0].external_id if posts else ""})


def profile(account: str, ask: domain.Ask, fetcher: domain.Fetcher) -> domain.Profile | None:
    """It has none."""
    del account, ask, fetcher
    return None
