"""HTML into PDF, by WeasyPrint. Optional: without Pango on the machine no PDF is made, and whoever asked for one says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any, Final

from patrol.domain import NOTHING

# Inter (OFL 1.1, licence beside it) in the wheel of django-unfold: paper looks the same on a machine without any font of its own.
FONTS: Final = {"Inter-Regular": 400, "Inter-SemiBold": 600}  # file, weight
FONT_FOLDER: Final = "unfold/fonts/inter"  # below the static files


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
    """What a document may refer to: these pictures (JPEG, PNG) as `picture:NAME`, FONTS as `font:NAME`. All else stops the printing."""

    pictures: Mapping[str, bytes]
    _fail_on_errors: bool = True  # WeasyPrint's own name

    def __call__(self, url: str) -> Any:
        from weasyprint.urls import URLFetcherResponse  # noqa: PLC0415 -- see available()

        scheme, _colon, name = url.partition(":")
        if scheme == "font" and name in FONTS:
            return URLFetcherResponse(url, font(name), {"Content-Type": "font/ttf"})
        if scheme != "picture" or name not in self.pictures:
            raise ValueError(f"a document refers to nothing outside itself, not to {url[:60]}")
        content = self.pictures[name]
        return URLFetcherResponse(url, content, {"Content-Type": "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"})


@cache
def font(name: str) -> bytes:
    """One of FONTS as TrueType. Unpacked once a process: WeasyPrint would do it for each document, a quarter of a second each time."""
    from fontTools.ttLib import woff2  # noqa: PLC0415 -- comes with WeasyPrint

    unpacked = BytesIO()
    woff2.decompress(BytesIO(resources.files("unfold").joinpath("static", FONT_FOLDER, f"{name}.woff2").read_bytes()), unpacked)
    return unpacked.getvalue()


def pdf(html: str, *, pictures: Mapping[str, bytes] = NOTHING, **options: Any) -> bytes:
    """The document as PDF, with the pictures it refers to; nothing is fetched. Raises NoPdfError."""
    if not available():
        raise NoPdfError
    import weasyprint  # noqa: PLC0415 -- see available()

    return bytes(weasyprint.HTML(string=html, url_fetcher=Given(pictures)).write_pdf(custom_metadata=False, **options) or b"")
