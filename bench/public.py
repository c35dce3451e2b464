"""Checks of strangers beside the work of officers: how long a check takes, and how much longer an officer's pages.

    python -m bench.public [--people 20] [--pause 1] [--seconds 5] [--rounds 8] [--flags 60] [--keep FOLDER]

How to read it. PostgreSQL of its own with fsync, a register of 600 agencies and 2,400 licences, the product's own web server as the image
starts it, everything on this machine. Two officers open their queue and a post, again and again; in turns of some seconds the same without
and with people who check offers: each sends a text, looks at the answer for a moment and sends the next. Turns alternate, so that a
busy machine slows both. Each person has an address of its own, as a proxy names it, so that the limits let them. The aims: a check within
300 ms at the median, an officer's page within 1.5 times of what it takes without them.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import socket
import statistics
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

from bench import ground, invented
from bench.desk import QUEUE, Client, cookies_of, line, serving

CHECK_MS, TIMES = 300.0, 1.5  # the aims
AGENCIES, LICENCES = 600, 4  # of each agency so many


def register() -> None:
    from tests import factories  # noqa: PLC0415 -- models load after Django is set up

    names = [f"PT Contoh {first} {second}" for first in _WORDS for second in _WORDS if first != second][:AGENCIES]
    countries = ("TW", "MY", "HK", "SG", "JP", "KR", "PL", "SA")
    held = [
        {
            "number": f"B.{1000 + LICENCES * number + one}/SIP2MI/III/2026",
            "agency": name,
            "country": countries[(number + one) % len(countries)],
            "positions": ["perawat lansia", "operator pabrik"],
        }
        for number, name in enumerate(names)
        for one in range(LICENCES)
    ]
    factories.register([{"name": name, "phones": [f"021-555{number:04d}"]} for number, name in enumerate(names)], held)


_WORDS = (
    "Nusa",
    "Karya",
    "Samudra",
    "Rimba",
    "Laut",
    "Mandiri",
    "Sejati",
    "Utama",
    "Abadi",
    "Sentosa",
    "Makmur",
    "Bakti",
    "Cahaya",
    "Surya",
    "Mega",
    "Bumi",
    "Citra",
    "Delta",
    "Eka",
    "Fajar",
    "Graha",
    "Harapan",
    "Indah",
    "Jaya",
    "Kencana",
    "Lestari",
)


class Crowd:
    """People who check, until they are told to stop."""

    def __init__(self, port: int, people: int, pause: float, texts: Sequence[str]) -> None:
        self._port, self._pause, self._texts = port, pause, texts
        self.taken: list[float] = []
        self.failed: list[str] = []
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._check, args=(number,), daemon=True) for number in range(people)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(60)

    def _check(self, number: int) -> None:
        chance = random.Random(number * 7919 + time.monotonic_ns())
        line_out = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        self._over.wait(chance.random() * self._pause)
        while not self._over.is_set():
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-Forwarded-For": f"203.{chance.randrange(256)}.{chance.randrange(256)}.{chance.randrange(256)}",
            }
            began = time.perf_counter()
            try:
                line_out.request("POST", "/cek/", urlencode({"text": chance.choice(self._texts)}), headers)
                answer = line_out.getresponse()
                answer.read()
                if answer.status == 200:
                    self.taken.append((time.perf_counter() - began) * 1000)
                else:
                    self.failed.append(str(answer.status))
            except (OSError, http.client.HTTPException) as error:
                self.failed.append(type(error).__name__)
                line_out.close()
            self._over.wait(chance.expovariate(1 / self._pause) if self._pause else 0)


def officers(clients: Sequence[Client], post: str, seconds: float) -> list[float]:
    """Milliseconds of each page they opened within these seconds."""
    taken: list[float] = []

    def work(client: Client) -> None:
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            for address in (QUEUE, post):
                began = time.perf_counter()
                client.get(address)
                taken.append((time.perf_counter() - began) * 1000)
                time.sleep(0.3)

    threads = [threading.Thread(target=work, args=(client,), daemon=True) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 90)
    return taken


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.public", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds somebody looks at an answer, on average")
    parser.add_argument("--seconds", type=float, default=5.0, help="of each turn")
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--flags", type=int, default=60)
    parser.add_argument("--keep", type=Path, help="folder in which the filled database stays")
    asked = parser.parse_args()
    with ground.servers_of_our_own(asked.keep) as (folder, _postgres, _valkey):
        os.environ |= {"PUBLIC_DESK": "1", "BEHIND_PROXY": "1"}
        return measured(folder, asked)


def measured(folder: Path, asked: argparse.Namespace) -> int:
    from django.db import connection  # noqa: PLC0415 -- models load after Django is set up

    from tests import factories  # noqa: PLC0415

    register()
    people: list[Any] = [factories.person(), factories.person()]
    flag = factories.flags(asked.flags)[0]
    texts = [text for _number, text in zip(range(400), invented.posts(20261129), strict=False)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    program = ("-c", "python:patrol.frame.server")
    with serving(folder, "web", *program, settings="patrol.settings", port=port):
        clients = [Client(port, *cookies_of(person)) for person in people]
        connection.close()
        post = f"{QUEUE}{flag.pk}/"
        with Crowd(port, asked.people, 0.1, texts):  # each process loads its words, its templates and the register
            officers(clients, post, 5)
        without: list[float] = []
        beside: list[float] = []
        checks: list[float] = []
        failed: list[str] = []
        for _round in range(asked.rounds):
            without += officers(clients, post, asked.seconds)
            with Crowd(port, asked.people, asked.pause, texts) as crowd:
                beside += officers(clients, post, asked.seconds)
            checks += crowd.taken
            failed += crowd.failed
    print(f"{asked.people} people check, each looking at an answer for {asked.pause:g} s on average")
    for what, taken in (("a check", checks), ("an officer's page, without them", without), ("an officer's page, beside them", beside)):
        print(line(what, taken))
    times = statistics.median(beside) / statistics.median(without)
    print(f"  an officer's page takes {times:.2f} times as long (aim {TIMES}); a check: aim {CHECK_MS:.0f} ms at the median")
    if failed:
        print(f"  FAILED {len(failed)} checks: {sorted(set(failed))}")
    return 0 if not failed and statistics.median(checks) <= CHECK_MS and times <= TIMES else 1


if __name__ == "__main__":
    sys.exit(main())
