"""Serves the example world on loopback: Telegram-shaped channels, feeds, web sites.

    python example/site.py --port 8071 --anchor var/world.json [--write-register DIR] [--trickle SECONDS] [--now ISO]
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
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

if __package__ in (None, ""):  # started as a program: the project's folder is not on the path yet
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from example import world
from example.world import feeds, telegram

CDN_HOST = urlsplit(telegram.CDN).netloc

_CHANNEL = re.compile(r"[A-Za-z]\w{3,31}")


def stand_ins(port: int, served: world.World | None = None) -> dict[str, str]:
    """Origin of the platform to the base address here, for every place of the world."""
    base = f"http://127.0.0.1:{port}"
    hosts = ["t.me", CDN_HOST, *(served or world.load()).feeds]
    return {f"https://{host}": f"{base}/{host}" for host in hosts}


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


class Site(ThreadingHTTPServer):
    """The world over HTTP, on loopback only."""

    daemon_threads = True

    def __init__(self, port: int, showing: world.Showing) -> None:
        super().__init__(("127.0.0.1", port), Answer)
        self.showing = showing
        self.pictures = {
            telegram.picture_name(place, post): post.picture
            for place in showing.world.channels.values()
            for post in place.posts
            if post.picture is not None
        }

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
        address = urlsplit(self.path)
        host, _, path = address.path.lstrip("/").partition("/")
        if host == "t.me":
            self._telegram(path, parse_qs(address.query))
        elif host == CDN_HOST:
            self._picture(path)
        elif host in self.server.showing.world.feeds:
            self._site(self.server.showing.world.feeds[host], path.strip("/"))
        else:
            self._send(404, "text/plain; charset=utf-8", b"Not found\n")

    def _telegram(self, path: str, query: dict[str, list[str]]) -> None:
        showing = self.server.showing
        kind, _, rest = path.partition("/")
        name = (rest if kind == "s" else kind).strip("/")
        place = showing.world.channels.get(name.lower())
        if not _CHANNEL.fullmatch(name):
            self._send(404, "text/html; charset=utf-8", b"Not found\n")
        elif kind == "s" and place is None:
            # As the platform does with a name that has no public preview.
            self._send(302, "text/html; charset=utf-8", b"", {"Location": f"https://t.me/{name}"})
        elif kind == "s" and place is not None:
            before = query.get("before", [""])[0]
            text = telegram.page(showing, place, int(before) if before.isdecimal() else None)
            self._send(200, "text/html; charset=utf-8", text.encode())
        elif place is not None and rest.strip("/").isdecimal():
            self._send(200, "text/html; charset=utf-8", telegram.single_page(showing, place, rest.strip("/")).encode())
        else:
            self._send(200, "text/html; charset=utf-8", telegram.contact_page(name, place).encode())

    def _picture(self, path: str) -> None:
        lines = self.server.pictures.get(path.removeprefix("file/").removesuffix(".png"))
        if lines is None:
            self._send(404, "text/plain; charset=utf-8", b"Not found\n")
        else:
            self._send(200, "image/png", draw(lines))

    def _site(self, place: world.Place, path: str) -> None:
        showing = self.server.showing
        if path == "feed.xml":
            body = feeds.document(showing, place).encode()
            tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
            kind = "application/atom+xml" if place.shape == "atom" else "application/rss+xml"
            if self.headers.get("If-None-Match") == tag:
                self._send(304, "", b"", {"ETag": tag})
            else:
                self._send(200, f"{kind}; charset=utf-8", body, {"ETag": tag})
            return
        text = feeds.page(showing, place, path) if path else feeds.index(showing, place)
        if text is None:
            self._send(404, "text/html; charset=utf-8", b"<h1>Halaman tidak ditemukan</h1>\n")
        else:
            self._send(200, "text/html; charset=utf-8", text.encode())

    def _send(self, status: int, kind: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if kind:
            self.send_header("Content-Type", kind)
        if status != 304:
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
        site = Site(asked.port, world.Showing(world.load(), anchor, hold=asked.trickle is not None))
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
