"""Serves the example world on loopback: Telegram-shaped channels, feeds, web sites; and the system of an office that takes webhooks.

    python example/site.py --port 8071 --anchor var/world.json [--write-register DIR] [--weeks N] [--trickle SECONDS]
        [--gone FILE] [--now ISO] [--outbox DIR]
    python example/site.py --write-register DIR --anchor var/world.json

The collector is told by stand-ins (`stand_ins`) that https://t.me and the world's hosts live here. Without --port the
register is written and nothing is served.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import re
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

if __package__ in (None, ""):  # started as a program: the project's folder is not on the path yet
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from example import world
from example.history import calendar, places
from example.world import feeds, telegram

CDN_HOST = urlsplit(telegram.CDN).netloc

RECEIVER = "https://pengaduan-kantor.example"  # of webhooks: what arrives is a file of the outbox

_CHANNEL = re.compile(r"[A-Za-z]\w{3,31}")


def stand_ins(port: int, shown: world.World | None = None) -> dict[str, str]:
    """Origin of the platform to the base address here, for every place of the world."""
    base = f"http://127.0.0.1:{port}"
    hosts = ["t.me", CDN_HOST, urlsplit(RECEIVER).netloc, *(shown or world.load()).feeds]
    return {f"https://{host}": f"{base}/{host}" for host in hosts}


def served(*, weeks: int, moment: datetime | None = None) -> world.World:
    """The world, with the places of the weeks before `moment`; without one, as for their names, any will do."""
    return places.joined(world.load(), places.write(calendar.Span(moment or datetime.now(UTC), weeks))) if weeks else world.load()


def draw(lines: tuple[str, ...]) -> bytes:
    """A flyer as PNG: the lines in dark on a coloured ground."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415  only flyers need it; the start stays fast

    image = Image.new("RGB", (800, 600), (253, 230, 138))
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, 800, 60), fill=(29, 78, 216))
    for number, line in enumerate(lines):
        canvas.text((40, 90 + number * 62), line, font=ImageFont.load_default(40), fill=(16, 24, 40))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Reply:
    """What the site answers to one GET."""

    status: int
    kind: str = ""  # of the content
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Answers:
    """The world as it answers over HTTP: a path `HOST/PATH?QUERY` in, a reply out, and no network."""

    def __init__(self, showing: world.Showing) -> None:
        self.showing = showing
        self._pictures = {
            telegram.picture_name(place, post): post.picture
            for place in showing.world.channels.values()
            for post in place.posts
            if post.picture is not None
        }

    def reply(self, target: str, *, none_match: str = "") -> Reply:
        """`none_match`: the If-None-Match of the request."""
        address = urlsplit(target)
        host, _, path = address.path.lstrip("/").partition("/")
        if host == "t.me":
            return self._telegram(path, parse_qs(address.query))
        if host == CDN_HOST:
            return self._picture(path)
        if host in self.showing.world.feeds:
            return self._site(self.showing.world.feeds[host], path.strip("/"), none_match)
        return Reply(404, "text/plain; charset=utf-8", b"Not found\n")

    def _telegram(self, path: str, query: dict[str, list[str]]) -> Reply:
        showing, page = self.showing, "text/html; charset=utf-8"
        kind, _, rest = path.partition("/")
        name = (rest if kind == "s" else kind).strip("/")
        place = showing.world.channels.get(name.lower())
        place = place if place is None or showing.answers(place) else None
        if not _CHANNEL.fullmatch(name):
            return Reply(404, page, b"Not found\n")
        if kind == "s" and place is None:
            # As the platform does with a name that has no public preview.
            return Reply(302, page, b"", {"Location": f"https://t.me/{name}"})
        if kind == "s" and place is not None:
            before = query.get("before", [""])[0]
            return Reply(200, page, telegram.page(showing, place, int(before) if before.isdecimal() else None).encode())
        if place is not None and rest.strip("/").isdecimal():
            return Reply(200, page, telegram.single_page(showing, place, rest.strip("/")).encode())
        return Reply(200, page, telegram.contact_page(name, place).encode())

    def _picture(self, path: str) -> Reply:
        lines = self._pictures.get(path.removeprefix("file/").removesuffix(".png"))
        return Reply(404, "text/plain; charset=utf-8", b"Not found\n") if lines is None else Reply(200, "image/png", draw(lines))

    def _site(self, place: world.Place, path: str, none_match: str) -> Reply:
        showing = self.showing
        if not showing.answers(place):
            return Reply(503, "text/html; charset=utf-8", b"<h1>Situs sedang tidak melayani</h1>\n")
        if path == "feed.xml":
            body = feeds.document(showing, place).encode()
            tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
            kind = "application/atom+xml" if place.shape == "atom" else "application/rss+xml"
            if none_match == tag:
                return Reply(304, headers={"ETag": tag})
            return Reply(200, f"{kind}; charset=utf-8", body, {"ETag": tag})
        text = feeds.page(showing, place, path) if path else feeds.index(showing, place)
        if text is None:
            return Reply(404, "text/html; charset=utf-8", b"<h1>Halaman tidak ditemukan</h1>\n")
        return Reply(200, "text/html; charset=utf-8", text.encode())


class Site(ThreadingHTTPServer):
    """The world over HTTP, on loopback only."""

    daemon_threads = True

    def __init__(self, port: int, showing: world.Showing, *, outbox: Path | None = None) -> None:
        super().__init__(("127.0.0.1", port), Answer)
        self.showing, self.outbox = showing, outbox
        self.answers = Answers(showing)

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader who hangs up is no event; anything else is told."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "ExampleWorld/1"
    timeout = 30
    server: Site

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        """The program prints its start line and nothing else."""

    def do_GET(self) -> None:
        reply = self.server.answers.reply(self.path, none_match=self.headers.get("If-None-Match", ""))
        self._send(reply.status, reply.kind, reply.body, reply.headers)

    def do_POST(self) -> None:
        """A webhook: kept as a file by the id it came with, so that one that came twice is there once."""
        outbox, id_ = self.server.outbox, self.headers.get("webhook-id", "")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        known = self.path.lstrip("/").partition("/")[0] == urlsplit(RECEIVER).netloc
        if outbox is None or not known or not re.fullmatch(r"[A-Za-z0-9-]{1,60}", id_):
            self._send(404, "text/plain; charset=utf-8", b"Not found\n")
            return
        outbox.mkdir(parents=True, exist_ok=True)
        (outbox / f"webhook-{id_}.json").write_bytes(body)
        self._send(204, "", b"")

    def _send(self, status: int, kind: str, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if kind:
            self.send_header("Content-Type", kind)
        if status not in {204, 304}:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def publish_slowly(showing: world.Showing, seconds: float, stop: threading.Event) -> None:
    """One post kept back every `seconds`, until none is left or `stop` is set."""
    while not stop.wait(seconds):
        if not showing.publish_next(datetime.now(UTC)):
            return


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=world.LAW_ZONE)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="The example world on loopback.")
    parser.add_argument("--port", type=int, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--now", type=_moment, help="the moment ages count back from (default: now); Asia/Jakarta if naive")
    parser.add_argument("--anchor", type=Path, help="keeps that moment between starts; wins over --now once written")
    parser.add_argument("--write-register", type=Path, metavar="DIR", help="write the register's CSV files here")
    parser.add_argument("--weeks", type=int, default=0, metavar="N", help="serve the places of so many weeks before too")
    parser.add_argument("--gone", type=Path, metavar="FILE", help="the ids of posts their platform took down, one a line")
    parser.add_argument("--outbox", type=Path, metavar="DIR", help="take webhooks, and keep each as a file here")
    parser.add_argument("--trickle", type=float, metavar="SECONDS", help="publish the newest posts one by one")
    asked = parser.parse_args(arguments)
    if asked.port is None and asked.write_register is None:
        parser.error("nothing to do: give --port, --write-register or both")
    try:
        anchor = world.Anchor.at(asked.now or datetime.now(UTC), asked.anchor)
        if asked.write_register is not None:
            world.write_register(asked.write_register, anchor.day)
        if asked.port is None:
            return 0
        shown = served(weeks=asked.weeks, moment=anchor.moment)
        site = Site(asked.port, world.Showing(shown, anchor, hold=asked.trickle is not None, gone=asked.gone), outbox=asked.outbox)
    except (world.WorldError, OSError) as error:
        print(f"example site: {error}", file=sys.stderr)
        return 1
    stop = threading.Event()
    if asked.trickle is not None:
        threading.Thread(target=publish_slowly, args=(site.showing, asked.trickle, stop), daemon=True).start()
    print(f"Example world (invented data) on http://127.0.0.1:{site.server_port}/, day {anchor.day}", flush=True)
    try:
        site.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        stop.set()
        site.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
