"""Addresses that no request of ours may reach, and two thousand ways to ask for one of them."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass, field

DENIED_RANGES = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::/96",
    "::ffff:0:0/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/32",
    "2001:2::/48",
    "2001:10::/28",
    "2001:20::/28",
    "2001:db8::/32",
    "2002::/16",
    "2620:4f:8000::/48",
    "3ffe::/16",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
]
PUBLIC_4, PUBLIC_6 = "93.184.216.34", "2606:2800:220:1::1"
REDIRECTS = 5

type Records = dict[str, list[str]]  # "A", "AAAA", "CNAME" -> what the name server says


@dataclass(frozen=True)
class Case:
    """`names`: what the name server says, first and from the second time on. `leads_to`: where the public server's redirect leads."""

    kind: str
    url: str
    names: dict[str, tuple[Records, Records]] = field(default_factory=dict)
    leads_to: str = ""


def edges(network: str) -> list[str]:
    parsed = ipaddress.ip_network(network)
    return [str(parsed[0]), str(parsed[parsed.num_addresses // 2]), str(parsed[-1])]


DENIED = [address for network in DENIED_RANGES for address in edges(network)]


def in_a_url(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def cases() -> Iterator[Case]:
    """Every edge of every denied range, each in every way it can be written, named or led to."""
    for address in DENIED:
        parsed = ipaddress.ip_address(address)
        here = in_a_url(address)
        yield Case("literal", f"http://{here}/")
        yield Case("literal, TLS", f"https://{here}/x?y=z")
        yield Case("userinfo", f"http://{in_a_url(PUBLIC_4)}@{here}/")
        yield Case("userinfo and password", f"http://orang:{PUBLIC_4}@{here}/")
        if isinstance(parsed, ipaddress.IPv4Address):
            yield from _written(parsed)
        else:
            yield Case("written out", f"http://[{parsed.exploded}]/")
            yield Case("in capitals", f"https://[{parsed.exploded.upper()}]/")
            yield Case("with a zone", f"http://[{parsed}%25lo]/")
        yield from _named(address)
        for hops in range(1, REDIRECTS + 1):
            yield Case(f"redirect {hops}", f"http://{PUBLIC_4}/alih/{hops}", leads_to=f"http://{here}/")


def _written(address: ipaddress.IPv4Address) -> Iterator[Case]:
    number = int(address)
    parts = list(address.packed)
    yield Case("decimal", f"http://{number}/")
    yield Case("octal", f"http://0{number:o}/")
    yield Case("hex", f"http://0x{number:x}/")
    yield Case("octal parts", "http://" + ".".join(f"0{part:o}" for part in parts) + "/")
    yield Case("hex parts", "http://" + ".".join(f"0x{part:x}" for part in parts) + "/")
    yield Case("two parts", f"http://{parts[0]}.{number & 0xFFFFFF}/")
    yield Case("three parts", f"http://{parts[0]}.{parts[1]}.{number & 0xFFFF}/")
    yield Case("trailing dot", f"http://{address}./")
    yield Case("IDN", "http://" + str(address).translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)}) + "/")
    yield Case("IDN dots", "http://" + str(address).replace(".", "\u3002") + "/")
    yield Case("percent", "http://" + str(address).replace(".", "%2e") + "/")
    embedded = {
        "v4-compatible": number,
        "v4-mapped": (0xFFFF << 32) | number,
        "NAT64": (0x0064FF9B << 96) | number,
        "local NAT64": (0x0064FF9B0001 << 80) | number,
        "6to4": (0x2002 << 112) | (number << 80) | 1,
        "Teredo": (0x20010000 << 96) | (~number & 0xFFFFFFFF),
        "ISATAP": (0x26062800 << 96) | (0x00005EFE << 32) | number,
    }
    for kind, form in embedded.items():
        yield Case(kind, f"http://[{ipaddress.IPv6Address(form)}]/")
    yield Case("v4-mapped, dotted", f"http://[::ffff:{address}]/")
    yield Case("redirect to decimal", f"http://{PUBLIC_4}/alih/1", leads_to=f"http://{number}/")


def _named(address: str) -> Iterator[Case]:
    """By a name: alone, behind another name, beside a public address, and public only the first time."""
    kind = "AAAA" if ":" in address else "A"
    name = f"{address.replace(':', '-').replace('.', '-').strip('-')}.{kind.lower()}.uji.example"
    bad, good = {kind: [address]}, {"A": [PUBLIC_4]}
    both = {"A": [*good["A"], *bad.get("A", [])], "AAAA": bad.get("AAAA", [])}
    reverse = {"A": [*bad.get("A", []), *good["A"]], "AAAA": [*bad.get("AAAA", []), PUBLIC_6]}

    def case(what: str, label: str, first: Records, later: Records, leads_to: str = "", path: str = "/") -> Case:
        return Case(what, f"http://{label}.{name}{path}", {f"{label}.{name}": (first, later)}, leads_to)

    yield case("name", "satu", bad, bad)
    alias = case("CNAME", "alias", {"CNAME": [f"asli.{name}"]}, {"CNAME": [f"asli.{name}"]})
    yield Case(alias.kind, alias.url, {**alias.names, f"asli.{name}": (bad, bad)})
    yield case("mixed", "campur", both, both)
    yield case("mixed, the other way round", "balik", reverse, reverse)
    yield case("rebind", "ganti", good, bad, f"http://ganti.{name}/akhir", "/alih/1")
    yield Case("redirect to a name", f"http://{PUBLIC_4}/alih/1", {f"tuju.{name}": (bad, bad)}, f"http://tuju.{name}/")
