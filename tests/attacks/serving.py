"""The product's web server as a process of its own, on the tests' database, alone and behind the proxy of docker-compose.yml."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from example import processes
from tests import stack

HOST = "127.0.0.1"


def free_port() -> int:
    with socket.create_server((HOST, 0)) as probe:
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(program: list[str], port: int, log: Path, environment: dict[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A program that listens on `port`, until the end of the block."""
    with log.open("ab") as file:
        process = subprocess.Popen(
            program,
            cwd=stack.PROJECT,
            env=os.environ | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
            preexec_fn=processes.die_with_parent(9),  # noqa: PLW1509 -- system calls only
        )
    try:
        processes.wait_until(lambda: answers(port), process, program[0], log)
        yield process
    finally:
        processes.stop_process(process, (15, 5.0))


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((HOST, port), 5):
        return True
    return False


@contextlib.contextmanager
def web(folder: Path, *words: str) -> Iterator[int]:
    """The port of gunicorn as the image and `make run` start it, with two processes."""
    port = free_port()
    program = [
        sys.executable,
        "-m",
        "gunicorn",
        *(words or ("-c", "python:patrol.frame.server", "--workers", "2")),
        "--bind",
        f"{HOST}:{port}",
    ]
    database = stack.named(os.environ["DATABASE_URL"], str(settings.DATABASES["default"]["NAME"]))
    with running(program, port, folder / "web.log", {"DATABASE_URL": database, "EVIDENCE_DIR": str(folder / "evidence")}):
        yield port


def caddyfile() -> str:
    """The proxy's configuration as docker-compose.yml holds it."""
    compose = (stack.PROJECT / "docker-compose.yml").read_text()
    found = re.search(r"^  caddyfile:\n    content: \|\n((?:      .*\n|\n)+)", compose, re.MULTILINE)
    assert found
    return re.sub(r"^      ", "", found[1], flags=re.MULTILINE)


@contextlib.contextmanager
def proxy(folder: Path, to: int) -> Iterator[int]:
    """The port of Caddy with the compose file's configuration. Skips where no Caddy is installed."""
    program = shutil.which("caddy")
    if program is None:
        pytest.skip("no Caddy on this machine (Debian: apt-get install caddy)")
    port = free_port()
    said = caddyfile().replace("${SITE_HOST}", f"http://{HOST}:{port}").replace("web:8000", f"{HOST}:{to}")
    said = said.replace("${PUBLIC_HOST:-}", "").replace("${SITE_TLS:-}", "")
    said = said.replace("{\n", "{\n    admin off\n    auto_https off\n", 1)
    version = subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout
    if re.match(r"v?2\.[0-6]\.", version):  # Debian's: the same buffer under its older name
        said = re.sub(r"request_buffers (\S+)", r"buffer_requests\nmax_buffer_size \1", said)
    (folder / "Caddyfile").write_text(said)
    homes = {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
    with running([program, "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")], port, folder / "caddy.log", homes):
        yield port


class Line:
    """One connection, byte by byte."""

    def __init__(self, port: int, head: str, *, ended: bool = True) -> None:
        self.socket = socket.create_connection((HOST, port), 30)
        self.socket.sendall(head.replace("\n", "\r\n").encode() + (b"\r\n\r\n" if ended else b""))

    def send(self, piece: bytes) -> None:
        with contextlib.suppress(OSError):
            self.socket.sendall(piece)

    def held(self) -> bool:
        """Whether the other side neither answered nor left."""
        self.socket.setblocking(False)
        try:
            return self.socket.recv(1, socket.MSG_PEEK) is None
        except BlockingIOError:
            return True
        except OSError:
            return False
        finally:
            self.socket.settimeout(30)

    def answer(self) -> tuple[int, str]:
        """Status and text of the answer; (0, "") where the connection ends without one."""
        got = b""
        with contextlib.suppress(OSError):
            while piece := self.socket.recv(65536):
                got += piece
                head, end, body = got.partition(b"\r\n\r\n")
                length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
                if end and length and len(body) >= int(length[1]):
                    break
        head, _end, body = got.partition(b"\r\n\r\n")
        return (int(head.split()[1]) if head else 0), body.decode(errors="replace")

    def close(self) -> None:
        self.socket.close()


def asked(port: int, path: str = "/health/") -> tuple[int, str, float]:
    """Status, text and seconds of one GET over a connection of its own."""
    began = time.monotonic()
    line = Line(port, f"GET {path} HTTP/1.1\nHost: 127.0.0.1\nConnection: close")
    status, text = line.answer()
    line.close()
    return status, text, time.monotonic() - began
