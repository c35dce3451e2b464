"""The summary as PDF, by WeasyPrint from the same template as the screen.

Optional: without Pango the button is off and says so.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string


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


def pdf(context: dict[str, Any], request: HttpRequest | None = None) -> bytes:
    """The document of one sheet (sheets.sheet) as PDF/UA. Raises NoPdfError.

    Nothing is fetched: the document refers to nothing, and a reference would be refused.
    """
    if not available():
        raise NoPdfError
    import weasyprint  # noqa: PLC0415 -- see available()

    html = render_to_string("reports/document.html", context, request)
    document = weasyprint.HTML(string=html, url_fetcher=_refuse)
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1", custom_metadata=False) or b"")


def _refuse(url: str, *_args: Any, **_kwargs: Any) -> dict[str, Any]:
    raise ValueError(f"a summary refers to nothing outside itself, not to {url[:60]}")
