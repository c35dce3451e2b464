"""Servers that answer as badly as they can, one after the other, and the collector's client before them.

    python tests/sources/hostile_bodies.py COUNT SEED SECONDS

The server is a process of its own, so that the memory told is the client's. SECONDS: the limit of one fetch. Prints JSON.
"""

from __future__ import annotations

import collections
import contextlib
import functools
import gzip
import json
import os
import random
import re
import signal
import socket
import struct
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from patrol import domain
from patrol.sources.transport import http

type Says = Callable[[random.Random], Iterator[bytes]]
SLOW = 0.05  # seconds between two pieces
OK = b"HTTP/1.1 200 OK\r\n"
GZIP = OK + b"Content-Encoding: gzip\r\n"


def _bomb(rng: random.Random) -> bytes:
    return _zeros(rng.choice((4, 16, 48, 96)), rng.choice((1, 6, 9)))


@functools.cache
def _zeros(megabytes: int, level: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    return b"".join([packer.compress(bytes(1 << 20)) for _ in range(megabytes)]) + packer.flush()


def gzip_bomb(rng: random.Random) -> Iterator[bytes]:
    body = _bomb(rng)
    yield GZIP + b"Content-Length: %d\r\n\r\n" % len(body)
    yield body


def gzip_members(rng: random.Random) -> Iterator[bytes]:
    yield GZIP + b"\r\n"
    member = gzip.compress(bytes(rng.choice((0, 1, 100_000))))
    for _time in range(rng.choice((10, 2_000))):
        yield member * 20


def gzip_in_gzip(rng: random.Random) -> Iterator[bytes]:
    body = _bomb(rng)
    for _time in range(rng.randint(1, 4)):
        body = gzip.compress(body)
    yield GZIP + b"\r\n" + body


def nested_encodings(rng: random.Random) -> Iterator[bytes]:
    times = rng.choice((2, 5, 50, 400))
    yield OK + b"Content-Encoding: " + b", ".join([b"gzip"] * times) + b"\r\n\r\n" + gzip.compress(b"isi" * 100)


def other_encoding(rng: random.Random) -> Iterator[bytes]:
    name = rng.choice((b"br", b"zstd", b"deflate", b"compress", b"x", b"GZIP;q=1", b"gzip\t,", b"\xff"))
    yield OK + b"Content-Encoding: " + name + b"\r\n\r\n" + rng.randbytes(rng.choice((10, 300_000)))


def broken_gzip(rng: random.Random) -> Iterator[bytes]:
    body = bytearray(gzip.compress(rng.randbytes(50_000)))
    for _time in range(rng.randint(1, 30)):
        body[rng.randrange(len(body))] = rng.randrange(256)
    yield GZIP + b"\r\n" + bytes(body[: rng.randint(1, len(body))])


def long_gzip_name(rng: random.Random) -> Iterator[bytes]:
    yield GZIP + b"\r\n\x1f\x8b\x08\x08\0\0\0\0\0\x03"
    for _time in range(rng.choice((10, 300))):
        yield b"n" * 65_536


def endless(rng: random.Random) -> Iterator[bytes]:
    yield OK + rng.choice((b"", b"Content-Length: 10737418240\r\n", b"Connection: keep-alive\r\n")) + b"\r\n"
    piece = rng.randbytes(65_536)
    while True:
        yield piece


def endless_chunks(rng: random.Random) -> Iterator[bytes]:
    yield OK + b"Transfer-Encoding: chunked\r\n\r\n"
    size = rng.choice((1, 10, 65_536))
    piece = b"%x%s\r\n%s\r\n" % (size, rng.choice((b"", b";a=b", b";" + b"x" * 500)), b"x" * size)
    while True:
        yield piece * max(1, 65_536 // len(piece))


def chunk_sizes(rng: random.Random) -> Iterator[bytes]:
    yield OK + b"Transfer-Encoding: chunked\r\n\r\n"
    yield (
        rng.choice((b"-1", b"ffffffffffffffff", b"7fffffffffffffff", b"0x10", b"1_0", b"", b" ", b"g", b"1" * 9_000, b"+5", b"\0"))
        + b"\r\n"
    )
    yield b"isi" * 100


def trailers(_rng: random.Random) -> Iterator[bytes]:
    yield OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nisi\r\n0\r\n"
    while True:
        yield b"X-A: b\r\n" * 1_000


def lengths(rng: random.Random) -> Iterator[bytes]:
    said = rng.choice((b"-1", b"1e9", b"99999999999999999999", b"3, 4", b"3\r\nContent-Length: 5", b"0x3", b"", b"\xb2", b"+3"))
    yield OK + b"Content-Length: " + said + b"\r\n\r\nisi dan lagi"


def both_lengths(_rng: random.Random) -> Iterator[bytes]:
    yield OK + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhallo\r\n0\r\n\r\n"


def long_header(rng: random.Random) -> Iterator[bytes]:
    yield OK + rng.choice((b"X-A: ", b"", b"Location: ", b"Set-Cookie: "))
    while True:
        yield b"x" * 65_536


def many_headers(_rng: random.Random) -> Iterator[bytes]:
    yield OK
    while True:
        yield b"X-A: b\r\n" * 5_000


def odd_headers(rng: random.Random) -> Iterator[bytes]:
    odd = (
        b"X\0: y",
        b": y",
        b"X y: z",
        b"X: \0",
        b" X: y",
        b"X: y\r\r",
        b"\xff\xfe: \xfd",
        b"X:" + b"\x0b" * 50,
        b"Content-Type: \xe2\x80\xae",
    )
    yield OK + rng.choice(odd) + b"\r\n\r\nisi"


def first_lines(rng: random.Random) -> Iterator[bytes]:
    lines = (
        b"",
        b"\r\n" * 500,
        b"HTTP/9.9 200 OK",
        b"HTTP/1.1 99999 X",
        b"HTTP/1.1 -1 X",
        b"HTTP/1.1",
        b"ICY 200 OK",
        b"\x16\x03\x01\x02",
        b"SSH-2.0-x",
    )
    yield rng.choice(lines) + b"\r\n\r\n" + rng.randbytes(200)


def continues(rng: random.Random) -> Iterator[bytes]:
    while True:
        yield rng.choice((b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n")) * 50


def slow_head(rng: random.Random) -> Iterator[bytes]:
    yield OK
    while True:
        time.sleep(SLOW)
        yield rng.choice((b"X-A: b\r\n", b"X"))


def slow_body(rng: random.Random) -> Iterator[bytes]:
    yield rng.choice((OK, GZIP)) + rng.choice((b"", b"Content-Length: 5000\r\n")) + b"\r\n"
    while True:
        time.sleep(SLOW)
        yield rng.randbytes(1)


def slow_chunks(_rng: random.Random) -> Iterator[bytes]:
    yield OK + b"Transfer-Encoding: chunked\r\n\r\n"
    while True:
        time.sleep(SLOW)
        yield b"1\r\nx\r\n"


def silence(rng: random.Random) -> Iterator[bytes]:
    yield rng.choice((b"", OK, OK + b"\r\n", OK + b"Transfer-Encoding: chunked\r\n\r\n"))
    while True:
        time.sleep(SLOW)
        yield b""


def breaks_off(rng: random.Random) -> Iterator[bytes]:
    whole = GZIP + b"Content-Length: 90000\r\n\r\n" + gzip.compress(rng.randbytes(80_000))
    yield whole[: rng.randrange(len(whole))]


def redirects(rng: random.Random) -> Iterator[bytes]:
    to = rng.choice(
        (b"/", b"/%d" % rng.randrange(10**6), b"//", b"http://[", b"\xff", b"x" * 60_000, b"javascript:x", b"http://127.0.0.1/", b"?" * 9)
    )
    yield b"HTTP/1.1 302 Found\r\nLocation: " + to + b"\r\nContent-Length: 0\r\n\r\n"


def refusals(rng: random.Random) -> Iterator[bytes]:
    status = rng.choice((b"400", b"401", b"404", b"429", b"500", b"503"))
    wait = rng.choice((b"", b"Retry-After: 99999999999\r\n", b"Retry-After: -1\r\n", b"Retry-After: x\r\n"))
    yield b"HTTP/1.1 " + status + b" X\r\n" + wait + b"Content-Encoding: gzip\r\n\r\n" + _bomb(rng)


def polyglots(rng: random.Random) -> Iterator[bytes]:
    heads = (
        b"GIF89a/*",
        b"\x89PNG\r\n\x1a\n",
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"\xff\xd8\xff\xe0",
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'a'>]>",
        b"\xef\xbb\xbf",
    )
    body = rng.choice(heads) + b"<script>alert(1)</script>"
    body += b"<div>" * rng.choice((1, 100_000)) + rng.randbytes(1_000)
    charset = rng.choice((b"utf-7", b"x", b"utf-16", b"\xff", b"idna"))
    yield OK + b"Content-Type: text/html; charset=" + charset + b"\r\n\r\n" + body


KINDS: tuple[Says, ...] = (
    *(gzip_bomb, gzip_members, gzip_in_gzip, nested_encodings, other_encoding, broken_gzip, long_gzip_name),
    *(
        endless,
        endless_chunks,
        chunk_sizes,
        trailers,
        lengths,
        both_lengths,
        long_header,
        many_headers,
        odd_headers,
        first_lines,
        continues,
    ),
    *(slow_head, slow_body, slow_chunks, silence, breaks_off, redirects, refusals, polyglots),
)


def serve(listening: socket.socket, seed: int) -> None:
    """The connection says in its address which of them it wants."""
    while True:
        connection, _whom = listening.accept()
        with connection, contextlib.suppress(OSError, ValueError, IndexError):
            connection.settimeout(20)
            number = int(connection.recv(65_536).split(b" ", 2)[1].split(b"/")[1] or b"0")
            rng = random.Random(f"{seed} {number}")
            if rng.random() < 0.05:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            for piece in KINDS[number % len(KINDS)](rng):
                connection.sendall(piece)
                connection.setblocking(False)
                with contextlib.suppress(BlockingIOError):
                    if connection.recv(1, socket.MSG_PEEK) == b"":
                        break
                connection.settimeout(20)


class NoPace:
    def wait(self, _host: str) -> None: ...


def _most_memory() -> int:
    """Bytes this program held at most. Not of getrusage: that counts what whoever started it held."""
    told = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert told
    return int(told[1]) * 1024


def main(count: int, seed: int, seconds: float) -> dict[str, Any]:
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    child = os.fork()
    if child == 0:
        signal.alarm(3_600)
        serve(listening, seed)
    port = listening.getsockname()[1]
    client = http.Client(
        pace=NoPace(),
        user_agent="SIPatrol/test (+a@b.example)",
        limits=http.Limits(seconds=seconds, connect_seconds=seconds),
        resolve=lambda _host, _port: ["93.184.216.34"],
        connect=lambda _address, _port, left: socket.create_connection(("127.0.0.1", port), timeout=left),
    )
    ends: collections.Counter[str] = collections.Counter()
    slowest, largest = ("", 0.0), 0
    processor = time.process_time()
    try:
        for number in range(count):
            began = time.monotonic()
            try:
                answer = client.get(f"http://umpan.example/{number}")
                ends["truncated" if answer.truncated else "whole"] += 1
                largest = max(largest, len(answer.body))
            except domain.SourceError as error:
                ends[error.problem.code] += 1
                largest = max(largest, len(error.answer.body) if error.answer else 0)
            slowest = max(slowest, (KINDS[number % len(KINDS)].__name__, time.monotonic() - began), key=lambda one: one[1])
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return {
        "bodies": sum(ends.values()),
        "ends": dict(ends),
        "slowest": slowest,
        "largest": largest,
        "memory": _most_memory(),
        "processor": round(time.process_time() - processor, 1),
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))))
