"""The summary as PDF, by WeasyPrint from the same template as the screen.

Optional: without Pango the button is off and says so.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static

from patrol.infra import printing
from patrol.infra.printing import FONT_FOLDER, FONTS, NoPdfError, available

__all__ = ["NoPdfError", "available", "fonts", "pdf"]


def pdf(context: dict[str, Any], request: HttpRequest | None = None) -> bytes:
    """The document of one sheet (sheets.sheet) as PDF/UA. Raises NoPdfError.

    Nothing is fetched: the document refers to its fonts and its logo, and another reference would be refused.
    """
    if not available():
        raise NoPdfError
    return printing.pdf(html(context, request), pictures={"logo": context["logo"]}, pdf_variant="pdf/ua-1")


def html(context: dict[str, Any], request: HttpRequest | None = None) -> str:
    """The document before it is set on pages."""
    told = {
        **context,
        "fonts": [(weight, f"font:{name}") for name, weight in FONTS.items()],
        "logo_address": "picture:logo" if context["logo"] else "",
    }
    return render_to_string("reports/document.html", told, request)


def fonts() -> list[tuple[int, str]]:
    """Weight and address, for a browser that prints the document."""
    return [(weight, static(f"{FONT_FOLDER}/{name}.woff2")) for name, weight in FONTS.items()]
