"""Threads: nobody may fetch from it. Its posts come by capture, upload and import.

It counts its posts as Instagram does: the code of the address is the number.
"""

from urllib.parse import urlsplit

from patrol import domain
from patrol.sources.instagram import shape

PLATFORM: str = domain.Platform.THREADS
NAME = domain.Sentence(id="Threads", en="Threads")
HOSTS: tuple[str, ...] = ("threads.net", "threads.com")
CALLED: tuple[str, ...] = ()
SENT_IN = True

_HOSTS = frozenset(("threads.net", "www.threads.net", "threads.com", "www.threads.com"))


def identity(url: str) -> str:
    """The number for /@NAME/post/CODE and /t/CODE, "" for any other address."""
    try:
        parts = urlsplit(url if "//" in url else f"https://{url}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    path = [piece for piece in parts.path.split("/") if piece]
    if host not in _HOSTS or parts.scheme not in {"http", "https"}:
        return ""
    code = path[1] if len(path) >= 2 and path[0] == "t" else ""
    if len(path) >= 3 and path[0].startswith("@") and path[1] == "post":
        code = path[2]
    return shape.number(code)
