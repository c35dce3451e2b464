"""Which door an address belongs to: the public desk's, or the workbench's (ADR 61).

Where the desk is on, what is not the workbench's is the public's, also what does not exist: a stranger who mistypes an address is
answered by the page for strangers. Where the desk has a name of its own (PUBLIC_HOST), the name says it: all of that one is the
public's, and nothing of any other.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http.request import split_domain_port

HEALTH: Final = "/health/"
API: Final = "/api/"  # patrol.api
WORKBENCH: Final = (HEALTH, "/kerja/", API, "/rekam/", "/bahasa/")  # of patrol.urls; a test compares both
PUBLIC_URLS: Final = "patrol.public.urls"  # by dotted string: lower floors ask by it how much an address takes


def language(path: str) -> str:
    """In which language the desk answers this path."""
    return "en" if f"{path}/".startswith("/en/") else "id"


def is_public(path: str, host: str) -> bool:
    """Whether the public desk answers this path. With PUBLIC_DESK=alone it answers all but the health page. `host`: as the request names
    it; that it is one of ours is asked by whoever answers."""
    if settings.PUBLIC_DESK == "0":
        return False
    if settings.PUBLIC_DESK == "alone":
        return path != HEALTH
    if settings.PUBLIC_HOST:
        return _name(host) == settings.PUBLIC_HOST and path != HEALTH
    return not f"{path}/".startswith(WORKBENCH)


def _name(host: str) -> str:
    """Without its port and the dot of the root, as Django compares it with ALLOWED_HOSTS."""
    return split_domain_port(host)[0]
