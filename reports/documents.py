"""The summary as PDF, by WeasyPrint from the same template as the screen.

Optional: without Pango the button is off and says so.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from patrol.infra import printing
from patrol.infra.printing import NoPdfError, available

__all__ = ["NoPdfError", "available", "pdf"]


def pdf(context: dict[str, Any], request: HttpRequest | None = None) -> bytes:
    """The document of one sheet (sheets.sheet) as PDF/UA. Raises NoPdfError.

    Nothing is fetched: the document refers to nothing, and a reference would be refused.
    """
    if not available():
        raise NoPdfError
    return printing.pdf(render_to_string("reports/document.html", context, request), pdf_variant="pdf/ua-1")
