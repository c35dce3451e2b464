"""Asks for every address of address_cases in a network namespace of its own and counts the packets, not the exceptions.

    unshare --net --mount python tests/sources/packets.py both|second|first|none EVERY

All addresses of the world lead to the loopback here, where a server answers on ports 80 and 443, and a name server of ours is the only
one. A raw socket sees each packet that opens a connection, whoever made it. `both`, `second`, `first`, `none`: the walls that stand; the
first looks at the address as it is written, the second at the one that is dialled; with `none` numbers are read as the machine reads
them, too. EVERY: each so manieth case. Prints JSON.
"""

from __future__ import annotations

import collections
import ipaddress
import json
import re
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from patrol import domain
from patrol.sources.transport import addresses, http
from tests.sources import address_cases

_RANGES = [ipaddress.ip_network(network) for network in address_cases.DENIED_RANGES]
_ISATAP = re.compile(r"2606:2800::5efe:")
_TYPES = {1: "A", 5: "CNAME", 28: "AAAA"}
INSIDE = ("sso.dalam.example:8443", "10.128.0.0")  # the one host the client may ask; the cases name its address in each other way
_OUTGOING = 4  # a packet on the loopback is seen twice: as it leaves and as it comes


def denied(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    return any(parsed in network for network in _RANGES if network.version == parsed.version) or bool(_ISATAP.match(address))


def world() -> None:
    """Every address is this machine, and the name server is ours."""
    for words in ("link set lo up", "route add local 0.0.0.0/0 dev lo", "-6 route add local ::/0 dev lo"):
        subprocess.run(["ip", *words.split()], check=True)
    resolver = Path(tempfile.mkdtemp()) / "resolv.conf"
    resolver.write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    subprocess.run(["mount", "--bind", str(resolver), "/etc/resolv.conf"], check=True)


class Names:
    """A name server for what the cases say. A rebinding name says something else from the second time on."""

    def __init__(self) -> None:
        self.said: dict[str, tuple[address_cases.Records, address_cases.Records]] = {}
        self.asked: collections.Counter[tuple[str, str]] = collections.Counter()
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 53))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            question, whom = self.socket.recvfrom(4096)
            with suppress(LookupError, struct.error, ValueError):
                self.socket.sendto(self._answer(question), whom)

    def _answer(self, question: bytes) -> bytes:
        labels, at = [], 12
        while length := question[at]:
            labels.append(question[at + 1 : at + 1 + length].decode("ascii"))
            at += length + 1
        (kind,) = struct.unpack("!H", question[at + 1 : at + 3])
        name, asked = ".".join(labels).lower(), _TYPES.get(kind, "")
        records = list(self._records(name, asked))
        head = question[:2] + struct.pack("!5H", 0x8580, 1, len(records), 0, 0)
        return head + question[12 : at + 5] + b"".join(records)

    def _records(self, name: str, asked: str) -> Iterator[bytes]:
        pair = self.said.get(name)
        if pair is None or not asked:
            return
        self.asked[name, asked] += 1
        said = pair[self.asked[name, asked] > 1]
        for alias in said.get("CNAME", ()):
            yield self._record(name, 5, self._name(alias))
            yield from self._records(alias, asked)
        for address in said.get(asked, ()):
            packed = ipaddress.ip_address(address).packed
            yield self._record(name, 1 if len(packed) == 4 else 28, packed)

    def _record(self, name: str, kind: int, data: bytes) -> bytes:
        return self._name(name) + struct.pack("!HHIH", kind, 1, 0, len(data)) + data

    @staticmethod
    def _name(name: str) -> bytes:
        return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"


class Servers:
    """What answers everywhere: port 80 redirects as it is told, port 443 hangs up."""

    def __init__(self) -> None:
        self.leads_to = ""
        for port in (80, 443):
            listening = socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=64)
            threading.Thread(target=self._serve, args=(listening, port), daemon=True).start()

    def _serve(self, listening: socket.socket, port: int) -> None:
        while True:
            connection, _whom = listening.accept()
            with connection, suppress(OSError):
                connection.settimeout(30)
                if port == 80:
                    connection.sendall(self._answer(connection.recv(65536).split(b"\r\n")[0].decode("latin-1")))

    def _answer(self, asked: str) -> bytes:
        hops = re.search(r" /alih/([0-9]+) ", asked)
        if not hops:
            return b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
        left = int(hops[1]) - 1
        to = f"/alih/{left}" if left else self.leads_to
        return f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode("latin-1", "replace")


class Wire:
    """The addresses that packets opening a TCP connection went to since the last look."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0003))
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
        self.socket.bind(("lo", 0))
        self.socket.setblocking(False)

    def dialled(self) -> list[str]:
        found = []
        with suppress(BlockingIOError):
            while True:
                frame, (_device, _protocol, direction, *_rest) = self.socket.recvfrom(65536)
                packet = frame[14:]
                if direction != _OUTGOING:
                    continue
                if packet[0] >> 4 == 4 and packet[9] == 6:
                    tcp, to = packet[(packet[0] & 15) * 4 :], str(ipaddress.IPv4Address(packet[16:20]))
                elif packet[0] >> 4 == 6 and packet[6] == 6:
                    tcp, to = packet[40:], str(ipaddress.IPv6Address(packet[24:40]))
                else:
                    continue
                if tcp[13] & 0x12 == 0x02:  # SYN without ACK
                    found.append(to)
        return found


class NoPace:
    def wait(self, _host: str) -> None: ...


def _anything(url: str, _answer: domain.RawAnswer | None = None, *, inside: object = None) -> str:
    """The first wall taken away: an address as it is written, but for its userinfo."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path or "/", parts.query, ""))


def _as_the_machine_reads_it(host: str, port: int) -> list[str]:
    """Without our dot at its end, so that numbers in every notation are addresses."""
    return list(dict.fromkeys(str(entry[4][0]) for entry in socket.getaddrinfo(host.rstrip("."), port, type=socket.SOCK_STREAM)))


def main(walls: str, every: int) -> dict[str, Any]:
    world()
    if walls in {"second", "none"}:
        http._checked = _anything  # type: ignore[assignment]
    if walls in {"first", "none"}:
        addresses.is_public = lambda _address: True  # type: ignore[assignment]
    names, servers, wire = Names(), Servers(), Wire()
    client = http.Client(
        pace=NoPace(),
        user_agent="SIPatrol/test (+a@b.example)",
        limits=http.Limits(seconds=4, connect_seconds=2),
        resolve=_as_the_machine_reads_it if walls == "none" else http.resolve,
        inside=http.Inside.read(f"https://{INSIDE[0]}/", INSIDE[1]),
    )
    ends: collections.Counter[str] = collections.Counter()
    kinds: collections.Counter[str] = collections.Counter()
    reached: collections.defaultdict[str, list[str]] = collections.defaultdict(list)
    public, began = 0, time.monotonic()
    for case in list(address_cases.cases())[::every]:
        names.said, servers.leads_to = case.names, case.leads_to
        names.asked.clear()
        kinds[case.kind] += 1
        try:
            client.get(case.url)
            ends["answered"] += 1
        except domain.SourceError as error:
            ends[error.problem.code] += 1
        except (ValueError, OSError, UnicodeError) as error:  # with a wall taken away, of what it would have refused
            ends[type(error).__name__] += 1
        for to in wire.dialled():
            if denied(to):
                reached[case.kind].append(f"{case.url} {to}")
            else:
                public += 1
    with suppress(domain.SourceError):  # nobody answers there
        client.get(f"https://{INSIDE[0]}/realms/pegawai")
    return {
        "inside": wire.dialled(),
        "cases": sum(kinds.values()),
        "kinds": dict(kinds),
        "reached": {kind: len(found) for kind, found in reached.items()},
        "first": next(iter(reached.values()), [])[:3],
        "public": public,
        "ends": dict(ends),
        "seconds": round(time.monotonic() - began, 1),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
