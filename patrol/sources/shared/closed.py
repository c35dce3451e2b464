"""Addresses of platforms nobody may fetch from: their posts come by capture and import, and must meet under one name.

Threads counts its posts as Instagram does: the code of the address is the number. WhatsApp gives a message no address at all.
"""

from urllib.parse import urlsplit

from patrol import domain
from patrol.sources.instagram import shape

_THREADS = frozenset(("threads.net", "www.threads.net", "threads.com", "www.threads.com"))


def identity(url: str) -> tuple[str, str] | None:
    """Platform and external_id behind an address; None where it is of none of them."""
    try:
        parts = urlsplit(url if "//" in url else f"https://{url}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    path = [piece for piece in parts.path.split("/") if piece]
    if host not in _THREADS or parts.scheme not in {"http", "https"}:
        return None
    code = path[1] if len(path) >= 2 and path[0] == "t" else ""
    if len(path) >= 3 and path[0].startswith("@") and path[1] == "post":
        code = path[2]
    number = shape.number(code)
    return (domain.Platform.THREADS.value, number) if number else None
