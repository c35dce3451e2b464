"""Where posts come from. One platform: a folder here and a line in `domain.Platform`, which names the folder.

A source knows the network only through the fetcher it is handed, and neither Django nor the database. Beside the platforms stand
`transport`, the one client, and `shared`, what several platforms need.
"""

import re
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from patrol import domain

_MODULES: Final[Mapping[str, Any]] = {platform.value: import_module(f"patrol.sources.{platform.value}") for platform in domain.Platform}

PLATFORMS: Final[Mapping[str, domain.Named]] = MappingProxyType(dict(_MODULES))
SOURCES: Final[Mapping[str, domain.Source]] = MappingProxyType({key: one for key, one in _MODULES.items() if hasattr(one, "fetch")})
_HOSTS = {host: platform for platform, module in PLATFORMS.items() for host in module.HOSTS}
_CALLED = {name: platform for platform, module in PLATFORMS.items() for name in (platform, *module.CALLED)}


def called(platform: str) -> domain.Sentence:
    """A platform by name; one of another release by its code."""
    return PLATFORMS[platform].NAME if platform in PLATFORMS else domain.Sentence(platform, platform)


def identity(url: str) -> tuple[str, str] | None:
    """Platform and external_id behind an address, so that captures, imports and fetches of one post meet.

    None where no platform knows the address: then its canonical form is the identity.
    """
    for platform, module in PLATFORMS.items():
        external_id = module.identity(url)
        if external_id:
            return platform, external_id
    return None


def open_to_all(source: domain.Source, shape: domain.QueryShape) -> bool:
    """Whether the platform answers this without a credential of ours."""
    return shape.open or not any(field.required for field in source.CREDENTIAL)


def platform_of(url: str) -> str:
    """The platform an address stands on, "web" for any other page, "" for what is no address."""
    try:
        parts = urlsplit(url if "//" in url else f"https://{url}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or "." not in host or re.search(r"\s", url):
        return ""
    labels = host.split(".")
    return next((_HOSTS[name] for i in range(len(labels) - 1) if (name := ".".join(labels[i:])) in _HOSTS), "web")


def platform_named(written: str) -> str:
    """The platform a column names, as people write it; "" where it names none."""
    return _CALLED.get(written.strip().lower(), "")
