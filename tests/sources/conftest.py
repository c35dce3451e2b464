"""A small real HTTP server on loopback that plays the platforms, and the client that is led to it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from patrol.sources.transport import http

NOW = datetime(2026, 11, 23, 3, 47, tzinfo=UTC)
USER_AGENT = "SIPatrol/test (+https://sipatrol.example/kontak)"

type Behave = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """Answers by path with query, as written; what nobody wrote down is 404. Every request is kept in `asked`."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.behaviours: dict[str, Behave] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
                behave = site.behaviours.get(self.path)
                self.close_connection = True
                with contextlib.suppress(OSError):  # the client hangs up where a limit is reached
                    if behave is None:
                        reply(self, 404, {}, b"nothing here")
                    else:
                        behave(self)

            def do_POST(self) -> None:
                self.do_GET()

            def log_message(self, *_args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.block_on_close = False
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _headers in self.asked]

    def serve(self, path: str, body: bytes = b"", *, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        self.behaviours[path] = lambda handler: reply(handler, status, headers or {}, body)

    def behave(self, path: str, behave: Behave) -> None:
        self.behaviours[path] = behave

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def reply(handler: BaseHTTPRequestHandler, status: int, headers: Mapping[str, str], body: bytes) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        if value:
            handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


class Unhurried:
    """A pace that never waits and remembers for whom it was asked."""

    def __init__(self) -> None:
        self.hosts: list[str] = []

    def wait(self, host: str) -> None:
        self.hosts.append(host)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def pace() -> Unhurried:
    return Unhurried()


@pytest.fixture
def client(site: Site, pace: Unhurried) -> Callable[..., http.Client]:
    """A client for which https://t.me and https://kabar.example are played by the site, under /t.me and /kabar."""

    def make(**more: Any) -> http.Client:
        stand_ins = {"https://t.me": f"{site.base}/t.me", "https://kabar.example": f"{site.base}/kabar"}
        return http.Client(**{"pace": pace, "user_agent": USER_AGENT, "stand_ins": stand_ins, **more})

    return make
