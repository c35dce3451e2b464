"""What of an address is one caller's: with IPv6 a telephone takes any address it likes within its own /64."""

from __future__ import annotations

import ipaddress


def shared(address: str) -> tuple[str, str]:
    """What is counted as one address and as one network: a /32 and a /24, or a /64 and a /48. An address of IPv4 that is written as one of
    IPv6 is what it is; what is no address is itself, twice."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address, address
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    one, many = (32, 24) if found.version == 4 else (64, 48)
    return str(ipaddress.ip_network((found, one), strict=False)), str(ipaddress.ip_network((found, many), strict=False))
