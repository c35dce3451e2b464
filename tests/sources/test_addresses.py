from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain
from patrol.sources.transport import addresses, http
from tests.sources.address_cases import DENIED, in_a_url

PUBLIC = [
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.0",
    "191.255.255.255",
    "192.0.1.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "149.154.167.99",
    "2000::1",
    "2001:200::1",
    "2001:db7::1",
    "2001:67c:4e8::a",
    "2003::1",
    "2606:2800:220:1::1",
    "3ffd::1",
]


@pytest.mark.parametrize("address", DENIED)
def test_the_edges_of_every_special_range_are_not_public(address: Any) -> None:
    assert addresses.is_public(address) is False


@pytest.mark.parametrize("address", PUBLIC)
def test_what_lies_just_outside_is_public(address: Any) -> None:
    assert addresses.is_public(address) is True


@pytest.mark.parametrize("text", ["", "localhost", "1.2.3", "1.2.3.4.5", "2606:2800::1%eth0", "::g", "1.2.3.4 "])
def test_what_cannot_be_read_is_not_public(text: str) -> None:
    assert addresses.is_public(text) is False


def test_isatap_inside_a_public_prefix_is_not_public() -> None:
    assert addresses.is_public("2606:2800::200:5efe:a00:1") is False
    assert addresses.is_public("2606:2800::200:5eff:a00:1") is True


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_becomes_public_by_being_embedded(address: Any) -> None:
    number = int(address)
    embedded = [
        number,  # IPv4-compatible
        (0xFFFF << 32) | number,  # v4-mapped
        (0x0064FF9B << 96) | number,  # NAT64
        (0x2002 << 112) | (number << 80) | 1,  # 6to4
        (0x20010000 << 96) | (~number & 0xFFFFFFFF),  # Teredo
    ]
    assert [addresses.is_public(str(ipaddress.IPv6Address(form))) for form in embedded] == [False] * 5


@given(st.ip_addresses())
def test_nothing_the_library_calls_private_is_public(address: Any) -> None:
    if address.is_private or address.is_multicast or address.is_reserved or address.is_loopback or address.is_link_local:
        assert addresses.is_public(str(address)) is False


# --- the whole client: no connection is made ------------------------------------------------------


DISGUISED = [
    "http://2130706433/",
    "http://017700000001/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://0x0/",
    "http://010.0.0.1/",
    "http://00000177.0.0.01/",
    "http://127.0.0.1./",
    "http://3232235777/",
    "http://0xa9fea9fe/",
    "http://169.254.43518/",
    "http://1.1.1.1.1/",
    "http://256.256.256.256/",
    "http://a.b.1/",
    "http://0xdeadbeef.0x1/",
    "http://127。0。0。1/",
    "http://①②⑦.0.0.1/",
    "http://１２７.0.0.1/",
    "http://127%2e0%2e0%2e1/",
    "http://localhost%00.example/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[0:0:0:0:0:ffff:a9fe:a9fe]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/",
    "http://[::1/",
    "http://::1/",
    "http://[127.0.0.1]/",
    "http://[v1.fe80]/",
]

MALFORMED = [
    "",
    "t.me",
    "//t.me/s/x",
    "http:/t.me",
    "http://",
    "http:///x",
    "https://:443/",
    "ftp://t.me/",
    "file:///etc/passwd",
    "gopher://t.me/",
    "javascript:alert(1)",
    "data:text/html,x",
    "unix:///run/x.sock",
    "http+unix://x/",
    "dict://t.me:80/",
    "http://t.me:22/",
    "http://t.me:8080/",
    "https://t.me:8443/",
    "http://t.me:0/",
    "http://t.me:65536/",
    "http://t.me:x/",
    "http://t.me:-80/",
    "http://user@t.me/",
    "http://user:pass@t.me/",
    "http://@t.me/",
    "http://:@t.me/",
    "http://t.me@127.0.0.1/",
    "http://127.0.0.1@t.me/",
    "http://t.me\\@127.0.0.1/",
    "http://t.me\t/",
    "http://t.me\r\n/",
    "http://t.me/\r\nHost: 127.0.0.1",
    " http://t.me/",
    "http://t.me/ x",
    "http://t.me\x00/",
    "http://t.me#@127.0.0.1:9/ ",
]

NAMES = {
    "satu.example": ["127.0.0.1"],
    "campur.example": ["93.184.216.34", "10.0.0.1"],
    "campur-terbalik.example": ["10.0.0.1", "93.184.216.34"],
    "dua-dunia.example": ["93.184.216.34", "::1"],
    "metadata.example": ["169.254.169.254"],
    "nat64.example": ["64:ff9b::808:808"],
    "terpeta.example": ["::ffff:10.0.0.1"],
    "aneh.example": ["bukan-alamat"],
    "lingkup.example": ["fe80::1%2"],
    "localhost": ["127.0.0.1"],
    "xn--bcher-kva.example": ["192.168.1.1"],
}

CASES = [
    *(f"http://{in_a_url(address)}/" for address in DENIED),
    *(f"https://{in_a_url(address)}/x?y=z" for address in DENIED),
    *DISGUISED,
    *MALFORMED,
    *(f"{scheme}://{name}/" for name in NAMES for scheme in ("http", "https")),
    "http://LOCALHOST/",
    "http://localhost./",
    "http://bücher.example/",
    "http://Satu.Example:443/",
]


def test_there_are_enough_cases() -> None:
    assert len(CASES) == len(set(CASES))
    assert len(CASES) >= 300


@pytest.mark.parametrize("url", CASES)
def test_no_connection_is_made_for_an_address_that_is_not_public(pace: Any, url: Any) -> None:
    connected: list[str] = []

    def connect(address: str, port: int, _seconds: float) -> socket.socket:
        connected.append(f"{address}:{port}")
        raise ConnectionRefusedError

    def resolve(host: str, _port: int) -> list[str]:
        return NAMES[host.rstrip(".")]

    client = http.Client(pace=pace, user_agent="a@b.example", resolve=resolve, connect=connect)
    with pytest.raises(domain.SourceError) as caught:
        client.get(url)
    assert connected == []
    assert caught.value.problem.code in {"bad_address", "private_address"}
    assert caught.value.problem.permanent is True


@pytest.mark.parametrize("address", PUBLIC)
def test_the_same_client_does_connect_to_a_public_address(pace: Any, address: Any) -> None:
    """The control: the table above would also pass with a client that never connects."""
    connected: list[str] = []

    def connect(address: str, port: int, _seconds: float) -> socket.socket:
        connected.append(addresses.with_port(address, port))
        raise ConnectionRefusedError

    client = http.Client(pace=pace, user_agent="a@b.example", resolve=lambda _host, _port: [address], connect=connect)
    for url in (f"http://{in_a_url(address)}/", "https://terbuka.example/"):
        with pytest.raises(domain.SourceError) as caught:
            client.get(url)
        assert caught.value.problem.code == "unreachable"
    assert connected == [addresses.with_port(address, 80), addresses.with_port(address, 443)]
