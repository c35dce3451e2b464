"""Which network addresses the collector may dial, and how an address is written.

`ipaddress.is_global` is no filter: ::ffff:127.0.0.1, 100.64.0.0/10, NAT64, 6to4, Teredo and multicast slip through it.
IPv4 is a list of what is denied (IANA special-purpose registry, multicast, reserved); IPv6 is the other way round: only
2000::/3 is public at all, and what embeds or stands for something else is taken out of it.
"""

import ipaddress
import re

_DENIED_IPV4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network; Linux dials 0.0.0.0 as loopback
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, cloud metadata
        "172.16.0.0/12",
        "192.0.0.0/24",  # IETF protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT relays
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)

_PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")

_DENIED_IPV6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # IETF protocol assignments: Teredo, benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "2620:4f:8000::/48",  # AS112
        "3ffe::/16",  # 6bone, given back
        "3fff::/20",  # documentation
    )
)

_ISATAP = (0x00005EFE, 0x02005EFE)  # bits 32..63 of an interface id that embeds an IPv4 address

_NUMERIC_LABEL = re.compile(r"0x[0-9a-f]*|[0-9]+", re.IGNORECASE)


def is_public(address: str) -> bool:
    """Whether an IP address, as a resolver writes it, is one of the public internet. What cannot be read is not."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return not any(parsed in network for network in _DENIED_IPV4)
    if parsed.scope_id or parsed not in _PUBLIC_IPV6 or any(parsed in network for network in _DENIED_IPV6):
        return False
    return (int(parsed) >> 32) & 0xFFFFFFFF not in _ISATAP


def is_disguised_number(host: str) -> bool:
    """Whether a host ends in a number without being a plain IPv4 address: 2130706433, 0x7f.1, 127.1, 0177.0.0.1.

    Browsers and resolvers read these as IPv4 addresses, each in its own way; nobody writes them in good faith.
    """
    if not _NUMERIC_LABEL.fullmatch(host.rstrip(".").rpartition(".")[2]):
        return False
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return True
    return False


def literal(host: str) -> str:
    """The IP address a host is written as, without brackets; "" for a name."""
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return ""


def with_port(address: str, port: int) -> str:
    """`1.2.3.4:443`, `[2001::1]:443`."""
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
