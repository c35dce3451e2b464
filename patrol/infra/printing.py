"""HTML into PDF, by WeasyPrint. Optional: without Pango on the machine no PDF is made, and whoever asked for one says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from patrol.domain import NOTHING


class NoPdfError(Exception):
    """Pango is missing on this machine."""


@cache
def available() -> bool:
    """Whether the libraries behind WeasyPrint load. Asked once a process: a library does not come during a run."""
    try:
        import weasyprint  # noqa: F401, PLC0415 -- loads Pango at import, which may be missing
    except (ImportError, OSError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Given:
    """What a document may refer to: these JPEG pictures, as `picture:NAME`. Anything else stops the printing."""

    pictures: Mapping[str, bytes]
    _fail_on_errors: bool = True  # WeasyPrint's own name

    def __call__(self, url: str) -> Any:
        from weasyprint.urls import URLFetcherResponse  # noqa: PLC0415 -- see available()

        scheme, _colon, name = url.partition(":")
        if scheme != "picture" or name not in self.pictures:
            raise ValueError(f"a document refers to nothing outside itself, not to {url[:60]}")
        return URLFetcherResponse(url, self.pictures[name], {"Content-Type": "image/jpeg"})


def pdf(html: str, *, pictures: Mapping[str, bytes] = NOTHING, **options: Any) -> bytes:
    """The document as PDF, with the pictures it refers to; nothing is fetched. Raises NoPdfError."""
    if not available():
        raise NoPdfError
    import weasyprint  # noqa: PLC0415 -- see available()

    return bytes(weasyprint.HTML(string=html, url_fetcher=Given(pictures)).write_pdf(custom_metadata=False, **options) or b"")
