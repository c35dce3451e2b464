"""A Bot API on this machine that does what its mode says, and remembers what it delivered. A fake: Telegram is not ours to test with."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "123456:" + "t" * 35
# mode -> (status, body) of the answer to a message; "slow", "cut" and "lost" are more than an answer.
ANSWERS: dict[str, tuple[int, bytes]] = {
    "takes": (200, b'{"ok":true,"result":{"message_id":1}}'),
    "too_many": (429, b'{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":7}}'),
    "fault": (500, b'{"ok":false,"description":"Internal Server Error"}'),
    "gateway": (502, b"<html><body>Bad Gateway</body></html>"),
    "token_wrong": (401, b'{"ok":false,"error_code":401,"description":"Unauthorized"}'),
    "blocked": (403, b'{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}'),
    "no_chat": (400, b'{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}'),
    "elsewhere": (409, b'{"ok":false,"error_code":409,"description":"Conflict: can\'t use getUpdates method while webhook is active"}'),
    "filtered": (403, b"<html>Forbidden by your provider</html>"),
    "no_page": (404, b"<html>Not Found</html>"),
    "other_json": (403, b'{"error":"forbidden"}'),
    "no_json": (200, b"<html>ok</html>"),
    "cut": (200, b'{"ok":true,"result":{"mess'),
    "slow": (200, b""),
    "lost": (200, b""),
}


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        told = self.server
        _slash, token, method = self.path.rsplit("/", 2)
        told.asked.append((token, method, asked))
        if method == "getMe" and told.mode in {"takes", "elsewhere"}:
            self._answer(200, b'{"ok":true,"result":{"username":"contoh_bot"}}')
        elif method == "getUpdates" and told.mode == "takes":
            newer = [one for one in told.updates if not isinstance(one["update_id"], int) or one["update_id"] >= asked["offset"]]
            found = newer[: asked["limit"]]
            self._answer(200, json.dumps({"ok": True, "result": found}).encode())
        else:
            self._message(asked)

    def _message(self, asked: dict[str, Any]) -> None:
        mode = self.server.mode
        if mode in {"takes", "slow", "cut", "no_json", "lost", "fault"}:  # it may have been delivered
            self.server.sent.append((asked.get("chat_id"), asked.get("text")))
        if mode == "slow":
            self.server.over.wait(10)
        if mode in {"slow", "lost"}:  # ended without an answer
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            return
        self._answer(*ANSWERS[mode], cut=mode == "cut")

    def _answer(self, status: int, body: bytes, *, cut: bool = False) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body) + (50 if cut else 0)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, *_args: Any) -> None:
        """Quiet."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, mode: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.mode = mode
        self.sent: list[tuple[Any, Any]] = []  # (chat, text) that somebody may have
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        self.updates: list[dict[str, Any]] = []
        self.over = threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that was ended on purpose."""

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/api"


@contextlib.contextmanager
def running(mode: str = "takes") -> Iterator[Server]:
    server = Server(mode)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def message(number: int, text: str, *, chat: int = 77, kind: str = "private") -> dict[str, Any]:
    return {"update_id": number, "message": {"message_id": number, "chat": {"id": chat, "type": kind}, "text": text}}
