"""A platform in its worst moods, and a list of what it served whole with 200: what all such platforms share, and the example site.

Each request draws a mood from the seed: refusals, pages cut or in a wrong charset, a login page, a page again, a loop, a page out of
order, drips, floods, bombs, redirects in a circle; between requests posts are edited and deleted. `calm` ends all of it.
moody_api.py is the same for an interface that speaks JSON.
"""

from __future__ import annotations

import collections
import gzip
import itertools
import random
import threading
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.utils import timezone

from example import site, world
from example.world import markup, telegram
from patrol import models
from patrol.infra import pace
from patrol.pipeline import assessing, fetching
from patrol.sources.transport import http

MOODS = (
    "well",
    "429",
    "429 with a date to come back",
    "503",
    "cut",
    "cut and said so",
    "wrong charset",
    "login",
    "newest again",
    "loop",
    "out of order",
    "drips",
    "floods",
    "bomb",
    "redirects in a circle",
    "hangs up",
)
HTML = "text/html; charset=utf-8"
# So low that a flood or a drip is over soon. The seconds are enough for a page that is served well: it counts as served once it is sent.
LIMITS = http.Limits(seconds=3.0, wire_bytes=512 * 1024, decoded_bytes=2 * 1024 * 1024, ratio=50, ratio_from=256 * 1024)


def patrol(settings: Any, platform: str, *, limits: http.Limits = LIMITS) -> list[str]:
    """One round of all watches of a platform, each as if its pause and the platform's were over. The codes of what went wrong."""
    models.HostPace.objects.all().delete()
    watches = models.Watch.objects.filter(platform=platform).order_by("id")
    watches.update(state="active", lease_token=None, lease_until=None)
    client = http.Client(pace=pace.SharedPace(rate=1000.0), user_agent=settings.USER_AGENT, stand_ins=settings.STAND_INS, limits=limits)
    told = []
    for watch in watches:
        done = fetching.patrol_watch(watch.pk, now=timezone.now(), fetcher=client, force=True)
        told += [problem.code for problem in done.problems] if done else []
    return told


def healed(settings: Any, platform: str) -> None:
    """Some rounds in peace, then everything is read."""
    for _ in range(8):
        patrol(settings, platform, limits=http.Limits())
    while assessing.read_due(now=timezone.now(), limit=200).read:
        pass


def edited_by_nobody() -> list[str]:
    """Posts with two versions in a row of the same words: no picture here is ever changed for another."""
    versions = models.PostVersion.objects.order_by("post_id", "number").values_list("post_id", "post__external_id", "content__text")
    return [first[1] for first, second in itertools.pairwise(versions) if (first[0], first[2]) == (second[0], second[2])]


class Moods:
    """Which mood comes next, how often each came, and what was served whole."""

    names: tuple[str, ...] = MOODS

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.is_calm = False
        self.had: collections.Counter[str] = collections.Counter()
        self.served: dict[tuple[str, str], str] = {}  # as the checker asks for it
        self.lock = threading.Lock()

    def calm(self) -> None:
        self.is_calm = True

    def mood(self) -> str:
        with self.lock:
            mood = "well" if self.is_calm or self.chance.random() < 0.35 else self.chance.choice(self.names)
            self.had[mood] += 1
            return mood


class Rude(BaseHTTPRequestHandler):
    """Answers that break off, or never end, or are not what they say."""

    def rude(self, mood: str, whole: bytes, kind: str) -> None:
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if mood == "bomb":
            self.send_header("Content-Encoding", "gzip")
        if mood == "cut":
            self.send_header("Content-Length", str(len(whole)))
        self.end_headers()
        try:
            if mood == "bomb":
                self.wfile.write(gzip.compress(bytes(8 * 1024 * 1024)))
            elif mood == "cut":
                self.wfile.write(whole[: len(whole) // 2])
            elif mood == "floods":
                while True:
                    self.wfile.write(b"<p>lagi</p>" * 10_000)
            elif mood == "drips":
                pause = threading.Event()
                for byte in whole[:600]:
                    self.wfile.write(bytes((byte,)))
                    pause.wait(0.05)
        except OSError:
            pass  # the reader had enough

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the base class names it so
        """Silent."""


class Changing(world.Showing):
    """Posts that are edited and deleted while they are shown."""

    def __init__(self, shown: world.World) -> None:
        super().__init__(shown, world.Anchor(datetime.now(UTC)))
        self.edited: dict[str, str] = {}
        self.deleted: set[str] = set()

    def posts(self, place: world.Place) -> list[tuple[world.Post, datetime]]:
        return [
            (replace(post, text=self.edited.get(place.label_id(post), post.text)), at)
            for post, at in super().posts(place)
            if place.label_id(post) not in self.deleted
        ]


class Moody(Moods, site.Site):
    def __init__(self, shown: world.World, seed: int) -> None:
        Moods.__init__(self, seed)
        self.changing = Changing(shown)
        site.Site.__init__(self, 0, self.changing)
        self.RequestHandlerClass = Answer

    def told(self, place: world.Place, shown: list[tuple[world.Post, datetime]]) -> None:
        """These posts were served whole."""
        with self.lock:
            for post, _at in shown:
                words = f"{post.title}\n{markup.shown(post.text)}"
                if post in self.real(place):
                    self.served[place.platform, place.label_id(post)] = " ".join(words.split())

    def real(self, place: world.Place) -> list[world.Post]:
        real = {post.key for post in place.real_posts}
        return [post for post, _at in self.changing.posts(place) if post.key in real]

    def change_something(self) -> None:
        """Edits one of the newest posts of a channel, deletes another one that was served whole."""
        place = self.chance.choice(list(self.changing.world.channels.values()))
        shown = self.real(place)
        edited, deleted = self.chance.choice(shown[-10:]), self.chance.choice(shown)
        key = place.label_id(edited)
        self.changing.edited[key] = f"{edited.text} (disunting {len(self.changing.edited)})"
        if (place.platform, place.label_id(deleted)) in self.served and deleted is not edited:
            self.changing.deleted.add(place.label_id(deleted))


class Answer(Rude, site.Answer):
    server: Moody

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        host, _, path = address.path.lstrip("/").partition("/")
        place = self.server.showing.world.channels.get(path.removeprefix("s/").strip("/").lower())
        if host != "t.me" or place is None:
            super().do_GET()
            return
        wanted = parse_qs(address.query).get("before", [""])[0]
        self.answer(self.server.mood(), place, int(wanted) if wanted.isdecimal() else None)

    def signed(self, page: str) -> bytes:
        """Every message with a film, whose address each page signs anew."""
        film = f"https://cdn4.contoh.example/file/film.mp4?token={self.server.chance.randrange(10**9)}"
        player = f'<a class="tgme_widget_message_video_player" href="https://t.me/film"><video src="{film}"></video></a>'
        words = '<div class="tgme_widget_message_text js-message_text"'
        return page.replace(words, player + words).encode()

    def answer(self, mood: str, place: world.Place, before: int | None) -> None:
        if mood == "newest again":
            before = None
        showing = self.server.showing
        shown = [dated for dated in showing.posts(place) if before is None or int(dated[0].key) < before][-telegram.PAGE_SIZE :]
        text = telegram.page(showing, place, before)
        whole = self.signed(text)
        match mood:
            case "well" | "newest again":
                self._send(200, HTML, whole)
                self.server.told(place, shown)
            case "loop":
                oldest = shown[0][0].key if shown else "1"
                self._send(200, HTML, self.signed(text.replace(f"before={oldest}", f"before={before or 99999}")))
                self.server.told(place, shown)
            case "out of order":
                pieces = [telegram.message(showing, place, dated) for dated in shown]
                turned = "\n".join(self.server.chance.sample(pieces, len(pieces)))
                self._send(200, HTML, self.signed(text.replace("\n".join(pieces), turned)))
                self.server.told(place, shown)
            case "429":
                self._send(429, HTML, b"Too many requests")
            case "429 with a date to come back":
                self._send(429, HTML, b"Too many requests", {"Retry-After": "600"})
            case "503":
                self._send(503, HTML, b"Overloaded")
            case "cut and said so":
                self._send(200, HTML, whole[: len(whole) * 2 // 3])
            case "wrong charset":
                self._send(200, HTML, whole.decode().encode("utf-16"))
            case "login":
                self._send(200, HTML, telegram.contact_page("masuk_contoh", None).encode())
            case "redirects in a circle":
                self._send(302, HTML, b"", {"Location": f"https://t.me/s/{place.name}?before={before or 1}"})
            case _:
                self.rude(mood, whole, HTML)
