"""The mail server of the example run: takes every mail, hands none on, and keeps each as a file.

    python -m example.mail --port 0 --folder var/outbox

Its first line names its address. It speaks as much SMTP as one client of ours needs; the tests have a server of other hands.
"""

from __future__ import annotations

import argparse
import itertools
import re
import socketserver
from pathlib import Path

SENDER = "kirim@sipatrol.example"
_ANSWERS = {
    b"EHLO": b"250 sipatrol.example",
    b"HELO": b"250 sipatrol.example",
    b"MAIL": b"250 OK",
    b"RCPT": b"250 OK",
    b"RSET": b"250 OK",
    b"NOOP": b"250 OK",
    b"QUIT": b"221 OK",
}


class Talk(socketserver.StreamRequestHandler):
    timeout = 60

    def handle(self) -> None:
        self._say(b"220 sipatrol.example")
        for line in iter(lambda: self.rfile.readline(1000), b""):
            word = line[:4].upper()
            if word == b"DATA":
                self._say(b"354 OK")
                self._say(b"250 " + self.server.keep(self._mail()).encode())  # type: ignore[attr-defined]
            else:
                self._say(_ANSWERS.get(word, b"502 5.5.2"))
            if word == b"QUIT":
                return

    def _mail(self) -> bytes:
        lines = itertools.takewhile(lambda line: line not in {b".\r\n", b""}, iter(self.rfile.readline, None))
        return b"".join(line.removeprefix(b".") for line in lines)

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads = True, True

    def __init__(self, port: int, folder: Path) -> None:
        super().__init__(("127.0.0.1", port), Talk)
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, content: bytes) -> str:
        found = re.search(rb"^Message-ID: <([A-Za-z0-9.-]{1,60})@", content, re.MULTILINE)
        name = f"{found[1].decode() if found else len(list(self.folder.iterdir()))}.eml"
        (self.folder / name).write_bytes(content)
        return name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--folder", type=Path, required=True)
    given = parser.parse_args()
    with Server(given.port, given.folder) as server:
        print(f"The mail server of the example: smtp://127.0.0.1:{server.server_address[1]}/", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
