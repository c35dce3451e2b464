"""A receiver of webhooks on this machine that answers as its mode says and remembers what came. A fake: receivers are not ours."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ORIGIN = "https://terima.example"
# mode -> (status, headers, body)
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "takes": (204, {}, b""),
    "talks": (200, {}, b"terima kasih " * 10_000),
    "fault": (503, {"Retry-After": "4000"}, b"hubungi\n\x00 0812-3456-7890 " + b"atau surat " * 50),
    "gone": (410, {}, b""),
    "elsewhere": (307, {"Location": "https://terima.example/lain"}, b""),
    "inside": (302, {"Location": "http://127.0.0.1:6379/"}, b""),
    "not_this": (400, {}, b"tidak"),
}


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.arrived:
            self.server.came.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            self.server.arrived.notify_all()
        status, headers, answer = ANSWERS[self.server.mode]
        self.send_response(status)
        for name, value in (headers | ({"Content-Length": str(len(answer))} if status != 204 else {})).items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # whoever reads no further hangs up
            self.wfile.write(answer)
        self.close_connection = True

    def do_GET(self) -> None:  # what a followed redirect would be
        self.do_POST()

    def log_message(self, *_args: Any) -> None:
        """Quiet."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, mode: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.mode = mode
        self.came: list[tuple[str, dict[str, str], bytes]] = []  # path, headers, body
        self.arrived = threading.Condition()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def told(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _path, _headers, body in self.came]

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for _path, headers, _body in self.came]

    def heard(self, many: int) -> list[str]:
        """The ids, once so many came: whoever dies behind its request may be gone before it is read here."""
        with self.arrived:
            self.arrived.wait_for(lambda: len(self.came) >= many, timeout=60)
        return self.ids


@contextlib.contextmanager
def running(mode: str = "takes") -> Iterator[Server]:
    server = Server(mode)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
