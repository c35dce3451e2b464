"""Two Mastodon servers in their worst moods, one that names the next page in a Link header and one that names none.

As moody.py, with what only an interface that speaks JSON can do: an error with 200, an empty page that promises another one, another
shape, letters of another alphabet's code. Between requests posts are published, edited and deleted.
"""

from __future__ import annotations

import html
import itertools
import json
import random
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bench import invented
from tests.worker import moody

MOODS = (
    "well",
    "429",
    "429 with a date to come back",
    "429 with a time to count anew",
    "503",
    "503 as JSON",
    "cut",
    "cut and said so",
    "wrong charset",
    "other letters",
    "login",
    "error",
    "another shape",
    "newest again",
    "loop",
    "out of order",
    "empty",
    "drips",
    "floods",
    "bomb",
    "redirects in a circle",
    "hangs up",
)
# What these moods serve can be read whole, and some of them say nothing that is not so.
SERVES = frozenset(("well", "newest again", "loop", "out of order", "other letters"))
QUIET = frozenset(("well", "newest again", "loop", "out of order", "empty"))
LINKING, SILENT = "satu-mastodon.example", "dua-mastodon.example"  # the second names no next page, as snac does
TAG = "lokercontoh"
JSON = "application/json; charset=utf-8"
PAGE = 12  # posts; a server may give fewer than it is asked for
_FIRST = 110_000_000_000_000_000
_APART = 1_000  # numbers between two posts


@dataclass(slots=True)
class Status:
    """One post as the server has it by now."""

    number: int
    text: str
    at: datetime
    edited: bool = False


def words(status: dict[str, Any]) -> str:
    """What a reader sees of a status."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", status["content"])).split())


class Moody(moody.Moods, ThreadingHTTPServer):
    """`posts` on each server, of which `held` are published one by one."""

    daemon_threads = True
    names = MOODS

    def __init__(self, seed: int, *, posts: int = 75, held: int = 15) -> None:
        moody.Moods.__init__(self, seed)
        ThreadingHTTPServer.__init__(self, ("127.0.0.1", 0), Answer)
        texts = invented.posts(random.Random(seed).randrange(10**6))
        now = datetime.now(UTC).replace(microsecond=0)
        self.shown: dict[str, list[Status]] = {}
        self.held: dict[str, list[Status]] = {}
        self.times: dict[tuple[str, str], tuple[str, int, datetime]] = {}  # as checker.walks_ahead asks for it
        for host in (LINKING, SILENT):
            every = [
                Status(_FIRST + n * _APART, f"{text}\nKafé – tanya dulu", now - timedelta(minutes=7 * (posts - n) + 1))
                for n, text in enumerate(itertools.islice(texts, posts))
            ]
            self.shown[host], self.held[host] = every[: posts - held], every[posts - held :]

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader who hangs up is no event."""

    @property
    def stand_ins(self) -> dict[str, str]:
        return {f"https://{host}": f"http://127.0.0.1:{self.server_port}/{host}" for host in self.shown}

    def change_something(self) -> None:
        """On one server: a new post, a changed one, and one that was served whole is gone."""
        host = self.chance.choice(sorted(self.shown))
        with self.lock:
            shown = self.shown[host]
            shown += self.held[host][:1]
            del self.held[host][:1]
            edited = self.chance.choice(shown[-10:])
            edited.text, edited.edited = f"{edited.text} (disunting {edited.number})", True
            gone = self.chance.choice(shown)
            if gone is not edited and ("mastodon", uri(host, gone)) in self.served:
                shown.remove(gone)

    def publish_all(self) -> None:
        with self.lock:
            for host, held in self.held.items():
                self.shown[host] += held
                held.clear()

    def told(self, host: str, whole: bytes) -> None:
        """These bytes were served whole: letters that are no UTF-8 count as the reader of JSON must see them."""
        with self.lock:
            for status in json.loads(whole.decode("utf-8", "replace")):
                key = ("mastodon", status["uri"])
                self.served[key] = words(status)
                self.times[key] = (f"#{TAG}@{host}", int(status["id"]), datetime.fromisoformat(status["created_at"]))


def uri(host: str, status: Status) -> str:
    return f"https://{host}/users/admin_contoh/statuses/{status.number}"


def as_json(host: str, status: Status, token: int) -> dict[str, Any]:
    """`token`: what the answer signs the address of the post's picture with."""
    paragraph = html.escape(status.text).replace("\n", "<br>")
    return {
        "id": str(status.number),
        "uri": uri(host, status),
        "url": f"https://{host}/@admin_contoh/{status.number}",
        "created_at": status.at.isoformat(),
        "edited_at": status.at.isoformat() if status.edited else None,
        "visibility": "public",
        "content": f"<p>{paragraph}</p>",
        "account": {"id": "7", "username": "admin_contoh", "acct": "admin_contoh", "display_name": "Admin Contoh"},
        "media_attachments": [
            {
                "id": str(status.number),
                "type": "video",
                "url": f"https://{host}/berkas/{status.number}.mp4?token={token}",
                "remote_url": None,
                "description": None,
            }
        ],
    }


class Answer(moody.Rude):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: Moody

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        host, _, path = address.path.lstrip("/").partition("/")
        if host not in self.server.shown or path != f"api/v1/timelines/tag/{TAG}":
            self.send(404, JSON, b'{"error": "Record not found"}')
            return
        asked = parse_qs(address.query).get("max_id", [""])[0]
        self.answer(self.server.mood(), host, int(asked) if asked else None)

    def answer(self, mood: str, host: str, below: int | None) -> None:
        chance, wanted = self.server.chance, below
        if mood == "newest again":
            below = None
        with self.server.lock:
            stands = [one for one in reversed(self.server.shown[host]) if below is None or one.number < below]
            statuses = [as_json(host, one, chance.randrange(10**9)) for one in stands[:PAGE]]
        following = int(statuses[-1]["id"]) if len(stands) > PAGE else None
        if mood == "out of order":
            chance.shuffle(statuses)
        elif mood == "loop":
            following = wanted or _FIRST * 2
        elif mood == "empty" and host == LINKING and stands:
            # Everything on the page was filtered out; nothing lies between the old place and the new one.
            statuses, following = [], (below or stands[0].number + _APART) - 1
        whole = json.dumps(statuses, ensure_ascii=False).encode()
        match mood:
            case "429":
                self.send(429, JSON, b'{"error": "Too many requests"}')
            case "429 with a date to come back":
                self.send(429, JSON, b'{"error": "Too many requests"}', {"Retry-After": "600"})
            case "429 with a time to count anew":
                again = (datetime.now(UTC) + timedelta(minutes=5)).isoformat()
                self.send(429, JSON, b'{"error": "Too many requests"}', {"X-RateLimit-Reset": again})
            case "503":
                self.send(503, moody.HTML, b"<html><body>Overloaded</body></html>")
            case "503 as JSON":
                self.send(503, JSON, b'{"error": "Remote data could not be fetched"}')
            case "login":
                self.send(200, moody.HTML, b"<!DOCTYPE html><html><body><form>Masuk</form></body></html>")
            case "error":
                self.send(200, JSON, b'{"error": "Something went wrong"}')
            case "another shape":
                self.send(200, JSON, json.dumps({"statuses": statuses}).encode())
            case "cut and said so":
                self.send(200, JSON, whole[: len(whole) * 2 // 3])
            case "wrong charset":
                self.send(200, JSON, whole.decode().encode("utf-16"))
            case "redirects in a circle":
                self.send(302, JSON, b"", {"Location": f"https://{host}/api/v1/timelines/tag/{TAG}?max_id={below or ''}"})
            case "cut" | "drips" | "floods" | "bomb" | "hangs up":
                self.rude(mood, whole, JSON)
            case _:
                if mood == "other letters":
                    whole = whole.decode().encode("cp1252", "replace")
                self.send(200, JSON, whole, self.link(host, following))
                self.server.told(host, whole)

    def link(self, host: str, following: int | None) -> dict[str, str]:
        if host != LINKING:
            return {}
        base = f"https://{host}/api/v1/timelines/tag/{TAG}"
        links = [f'<{base}?min_id={_FIRST * 2}>; rel="prev"']
        if following is not None:
            links.insert(0, f'<{base}?max_id={following}>; rel="next"')
        return {"Link": ", ".join(links)}

    def send(self, status: int, kind: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
