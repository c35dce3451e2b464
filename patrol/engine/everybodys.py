"""Sites of everybody: platforms, short links, pages of links, shops, mail. Whoever has a page there does not own the host."""

from __future__ import annotations

from typing import Final

from patrol.engine.reading import phrases

HOSTS: Final = frozenset(
    (
        *phrases.load("everybodys.toml")["hosts"],
        *phrases.load("links.toml")["short"],
        *(host for platform in phrases.load("platforms.toml").values() for host in platform.get("hosts", ())),
    )
)
_OF_TENANTS: Final = frozenset({"blogspot.com", "wordpress.com", "medium.com"})  # below them lie sites of their own

_ABOVE: Final = HOSTS - _OF_TENANTS


def is_host(host: str) -> bool:
    """Whether a host is one of these or lies below one; what lies below a host of tenants is its tenant's."""
    if host in HOSTS:
        return True
    parts = host.split(".")
    return any(".".join(parts[place:]) in _ABOVE for place in range(1, len(parts)))
