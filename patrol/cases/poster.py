"""The poster of an office: a QR code to the public desk, its address in words, and strips to tear off. A4, as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.cases import card_files, letters
from patrol.infra import printing, qr_codes
from patrol.infra.refusals import RefusedError

STRIPS: Final = 8
_LOGO: Final = "logo.png"


def html(office: models.Office, *, language: str) -> str:
    """As it is printed. One query. Raises RefusedError where the desk has no address."""
    if not settings.PUBLIC_URL:
        raise RefusedError("poster.no_address", _("There is no poster yet: the address of the public desk is not set (PUBLIC_URL)."))
    address = f"{settings.PUBLIC_URL}/en/" if language == "en" else f"{settings.PUBLIC_URL}/"
    head = letters.letterhead_of(office.pk)
    context: dict[str, Any] = {
        "language": language,
        "logo": f"picture:{_LOGO}" if settings.PUBLIC_LOGO else "",
        "example": settings.EXAMPLE,
        "code": qr_codes.of(address),
        "desk": card_files.desk(),
        "hotline": settings.PUBLIC_HOTLINE,
        "note": settings.PUBLIC_HOTLINE_NOTE_EN if language == "en" else settings.PUBLIC_HOTLINE_NOTE,
        "office": office.name,
        "at": head.address if head else "",
        "strips": range(STRIPS),
    }
    with translation.override(language):
        return render_to_string("cards/poster.html", context)


def pdf(office: models.Office, *, language: str) -> bytes:
    """Raises RefusedError, printing.NoPdfError."""
    pictures = {_LOGO: Path(settings.PUBLIC_LOGO).read_bytes()} if settings.PUBLIC_LOGO else {}
    return printing.pdf(html(office, language=language), pictures=pictures)
