"""What strangers and colleagues wrote runs on no page: more than five hundred payloads in the fields of the planted world.

The world of tests.attacks.planting, with payloads where it has contacts: posts of every entrance, names of files, notes, titles, answers,
watches, campaigns. Its pages are taken apart (no element, attribute or address may come of a payload), and those that show most of them are
opened in Chromium, which may see no dialog, no script, no report of a policy and no request to anybody else.

`make soak` walks through the pages of every role, and opens each that shows a payload STORED_ROUNDS times more: each time, what comes out
of the database has a lot of the payloads in the place of the one that was stored; the lots together are all of them. So each of them stands
in each field, the shortest ones included, without five hundred worlds; what a field would refuse or cut is shown as well.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2.extensions
import pytest
from ahocorasick_rs import AhoCorasick, MatchKind
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from patrol.engine import masks
from tests.admin import test_hostile
from tests.attacks import planting, test_planted
from tests.attacks.payloads import PAYLOADS, Dealt

ROUNDS = int(os.environ.get("STORED_ROUNDS", "0"))
LETTERS = tuple(planting.PEOPLE) if ROUNDS else ("analyst",)
FULLEST = 1_000_000 if ROUNDS else 40  # pages that the browser opens for each person
_CALLED = re.compile(r"(?:alert|beacon|msgbox)[(`](\d+)|evil\.example/(\d+)")
OURS = {"a href=tel:08000000000", "a href=https://wa.me/628000000000"}  # the hotline
_FREE = {  # what takes any text beside a contact; the other single contacts are accounts, numbers and addresses
    "post.author_name, first word",
    "post.author_name, later words",
    "post.origin",
    "post.origin, before a colon",
    "post.origin, after a colon",
    "post.forward_name",
    "post.forward_name, first word",
    "media.file",
    "import.problem",
    "upload.author",
    "noted.words",
}


@dataclass
class Hostile(planting.Planted):
    """Payloads instead of contacts; beside them where a post is only looked at for its contacts."""

    dealt: Dealt = field(default_factory=Dealt)
    bare: list[str] = field(default_factory=list)  # accounts, numbers and addresses, which a field takes alone

    def text(self, where: str, most: int = 300, *, around: str = "{}") -> str:
        if where == "post.text":
            return f"{super().text(where, 300, around=around)} {self.dealt.fitting(most - 301)}"
        return around.format(self.dealt.fitting(most - len(around.format(""))))

    def one(self, where: str, form: str, core: str) -> str:
        said = super().one(where, form, core)
        if where in _FREE:
            return f"{said} {self.dealt.fitting(90)}"
        self.bare.append(said)
        return said


@dataclass
class Pages(test_planted.Walk):
    """A walk that keeps the pages that show a payload."""

    pages: dict[str, HttpResponse] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def look(self, name: str, response: Any) -> str:
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return ""
        html = str(response.content.decode())
        if response.status_code == 200 and _CALLED.search(html):
            self.faults += [f"{name}: {fault}" for fault in test_hostile.faults(html)]
            self.pages[response.wsgi_request.get_full_path()] = response
        return html

    def fullest(self) -> dict[str, HttpResponse]:
        """Those that show most payloads, of each kind of page one before a second of any."""
        told = {path: len(set(_CALLED.findall(page.content.decode()))) for path, page in self.pages.items()}
        ordered = sorted(told, key=lambda path: -told[path])
        first: dict[str, str] = {}
        for path in ordered:
            first.setdefault(re.sub(r"\d+|\?.*", "", path), path)
        chosen = [*first.values(), *(path for path in ordered if path not in first.values())]
        return {path: self.pages[path] for path in chosen[:FULLEST]}


# --- each payload in each field -----------------------------------------------------------------------

LOT = -(-len(PAYLOADS) // max(1, ROUNDS))  # payloads that are read in the place of one
_TEXT, _TEXTS, _JSON = (25, 1043), (1009, 1015), (114, 3802)  # PostgreSQL's numbers of its types
SHORTENED = {"admin:patrol_tip_changelist", "admin:patrol_protection_changelist"}  # lists of the first letters of a text


@dataclass
class Reader:
    """Reads the whole lot in the place of the first payload, or the first single contact, of what was stored. Each leads another turn of
    the lot, so that what is cut short shows others of them from row to row."""

    lot: tuple[str, ...]
    stored: list[str]

    def __post_init__(self) -> None:
        self.finder = AhoCorasick(self.stored, matchkind=MatchKind.LeftmostLongest)

    def text(self, said: str) -> str:
        if not (found := self.finder.find_matches_as_indexes(said)):
            return said
        number, begin, end = found[0]
        turn = number % len(self.lot)
        return f"{said[:begin]}{' '.join([*self.lot[turn:], *self.lot[:turn]])}{said[end:]}"

    def within(self, value: Any) -> Any:
        """Likewise in each string of what was stored as JSON."""
        match value:
            case str():
                return self.text(value)
            case list():
                return [self.within(one) for one in value]
            case dict():
                return {key: self.within(one) for key, one in value.items()}
        return value

    def json(self, said: str) -> str:
        return json.dumps(self.within(json.loads(said))) if _CALLED.search(said) or self.finder.find_matches_as_indexes(said) else said

    @contextmanager
    def reads(self) -> Iterator[None]:
        """While it lasts, each text, list of texts and JSON comes so out of the database."""
        text = psycopg2.extensions.new_type(_TEXT, "TEXT", lambda said, _cursor: self.text(str(said)) if said else said)
        texts = psycopg2.extensions.new_array_type(_TEXTS, "TEXTS", text)
        within = psycopg2.extensions.new_type(_JSON, "JSON", lambda said, _cursor: self.json(str(said)) if said else said)
        types = connection.connection.string_types
        before = dict(types)
        types.update(dict.fromkeys(_TEXT, text) | dict.fromkeys(_TEXTS, texts) | dict.fromkeys(_JSON, within))
        try:
            yield
        finally:
            types.clear()
            types.update(before)


def walked(world: planting.World, walks: dict[str, Pages]) -> dict[str, Pages]:
    """The walks of all people, gone once."""
    for letter in LETTERS:
        if letter not in walks:
            walks[letter] = Pages(world, letter)
            walks[letter].go()
    return walks


def unlike(walks: dict[str, Pages]) -> dict[str, tuple[str, str]]:
    """Who opens which address in the browser, by the address it has there. Where several see the same payloads in the same lines of one
    address, the first of them opens it."""
    seen, chosen = set[tuple[str, ...]](), dict[str, tuple[str, str]]()
    for letter, walk in walks.items():
        for path, page in walk.fullest().items():
            lines = (path, *(line for line in page.content.decode().splitlines() if _CALLED.search(line)))
            if lines not in seen:
                seen.add(lines)
                there = path if path not in chosen else f"{path}{'&' if '?' in path else '?'}_as={quote(letter)}"
                chosen[there] = letter, path
    return chosen


def numbers(html: str) -> set[str]:
    return {hit for hits in _CALLED.findall(html) for hit in hits if hit}


@pytest.fixture(scope="module")
def kept_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[planting.World]:
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(planting, "Planted", Hostile)
            made = planting.built()
        yield made
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def walks() -> dict[str, Pages]:
    return {}


@pytest.fixture
def world(kept_world: planting.World, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[planting.World]:
    settings.STAND_INS = dict.fromkeys(("https://t.me", "https://www.googleapis.com"), "http://127.0.0.1:9")
    monkeypatch.setattr("django.utils.timezone.now", lambda: planting.NOW)
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    with transaction.atomic():
        yield kept_world
        transaction.set_rollback(True)


def test_the_payloads_are_enough_and_each_is_seen_where_a_page_obeys_it() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 500
    obeyed = [one for one in PAYLOADS if any(test_hostile.faults(place.format(one)) for place in test_hostile.PLACES)]
    assert len(obeyed) > 450  # the others are of other languages: encodings, templates, Markdown, which a page must not undo


@pytest.mark.browser
def test_nothing_that_was_written_runs_on_any_page(world: planting.World, walks: dict[str, Pages], tmp_path: Path) -> None:
    assert isinstance(world.planted, Hostile)
    assert len(world.planted.dealt.given) == len(PAYLOADS)
    assert {letter: walk.faults for letter, walk in walked(world, walks).items() if walk.faults} == {}
    pages = {there: walks[letter].pages[path] for there, (letter, path) in unlike(walks).items()}
    opened = sum(len(walk.pages) for walk in walks.values())
    shown = set[str]().union(*(numbers(page.content.decode()) for walk in walks.values() for page in walk.pages.values()))
    print(f"{len(PAYLOADS)} payloads, {len(shown)} shown on {opened} pages, {len(pages)} in the browser")
    assert len(shown) > 200  # addresses of evil.example are masked, and say no number
    assert test_hostile.looked_at(pages, tmp_path / "page.png") == ([], [])


@pytest.mark.browser
@pytest.mark.skipif(not ROUNDS, reason="make soak: each payload in each field")
@pytest.mark.parametrize("number", range(ROUNDS))
def test_no_payload_runs_in_any_field(number: int, world: planting.World, walks: dict[str, Pages], tmp_path: Path) -> None:
    assert isinstance(world.planted, Hostile)
    reader = Reader(PAYLOADS[number * LOT : (number + 1) * LOT], [*PAYLOADS, *world.planted.bare])
    clients = {letter: test_planted.entered(world, letter) for letter in walked(world, walks)}
    pages, shown = dict[str, HttpResponse](), defaultdict[str, set[str]](set)
    for there, (letter, path) in unlike(walks).items():
        with reader.reads():
            page: Any = clients[letter].get(path)
        assert (letter, path, page.status_code, test_hostile.faults(page.content.decode())) == (letter, path, 200, [])
        shown[page.resolver_match.view_name] |= numbers(page.content.decode())
        pages[there] = page
    wanted = numbers(" ".join(masks.text(one) for one in reader.lot))
    print(f"lot {number}: {len(reader.lot)} payloads, {len(wanted)} say their number, {len(pages)} pages of {len(shown)} kinds")
    assert {name for name, hits in shown.items() if not wanted <= hits} - SHORTENED == set()
    assert test_hostile.looked_at(pages, tmp_path / "page.png") == ([], [])


@pytest.mark.browser
def test_nothing_that_a_visitor_types_runs_on_the_public_desk(settings: Any, db: None, tmp_path: Path) -> None:
    settings.PUBLIC_DESK = "1"
    client, pages = Client(), {}
    for place in range(0, len(PAYLOADS), 25):
        typed = "\n".join(PAYLOADS[place : place + 25])
        for path, sent in (("/cek/", {"text": typed}), ("/lapor/", {"kind": "advert", "words": typed, "where": typed[:180]})):
            answer = client.post(path, sent, headers={"X-Forwarded-For": f"198.18.{place % 250}.7"})
            faults = [one for one in test_hostile.faults(answer.content.decode()) if one not in OURS]
            assert (answer.status_code, faults) == (200, [])
            pages[f"{path}?{place}"] = answer
    some = pages if ROUNDS else dict(list(pages.items())[::8])
    assert test_hostile.looked_at(some, tmp_path / "desk.png") == ([], [])


@pytest.mark.browser
def test_the_walk_sees_what_a_careless_page_lets_through(world: planting.World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The control: the filter that writes what people wrote lets markup through, as `|safe` would."""
    from django.utils.safestring import mark_safe  # noqa: PLC0415

    from patrol.engine import masks  # noqa: PLC0415

    said = masks.text
    monkeypatch.setattr("patrol.templatetags.masked.masks.text", lambda *text, **more: mark_safe(said(*text, **more)))
    walk = Pages(world, "analyst")
    walk.go(frozenset({"admin:patrol_case_changelist", "admin:patrol_case_change"}))
    assert len(walk.faults) > 20
    found, _asked = test_hostile.looked_at(dict(list(walk.fullest().items())[:1]), tmp_path / "open.png")
    assert any("CSP" in one for one in found)
