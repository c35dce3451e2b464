"""The pictures of a warning card: one page, printed as PDF and drawn as PNG of 1080 by 1350, in both languages, by a job.

PNG comes from the browser that archives pages, PDF from WeasyPrint, both from the same HTML: there is no second layout.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from patrol import models
from patrol.cases import cards
from patrol.domain.states import CardState
from patrol.evidence import custody
from patrol.evidence.archive import browser, drawing
from patrol.infra import jobs, printing, qr_codes

WIDTH, HEIGHT = 1080, 1350
PURPOSE: Final = "card"
_HIGH, _MEDIUM = "#b42318", "#8a4b08"
_LOGO: Final = "logo.png"


def address(number: str, language: str = "id") -> str:
    """Of the card's page for the public."""
    path = reverse("public:card", args=[number], current_app="public-en" if language == "en" else "public", urlconf="patrol.public.urls")
    return f"{settings.PUBLIC_URL}{path}"


def desk() -> str:
    """The address of the public desk as people type it."""
    return str(settings.PUBLIC_URL).partition("://")[2]


def page(card: models.Card, language: str, *, refers: str, fonts: str) -> str:
    """The card as HTML. `refers`, `fonts`: what stands before the names of pictures and of fonts."""
    said = cards.said(card, language)
    link = address(card.number, language)
    context: dict[str, Any] = {
        "card": said,
        "language": language,
        "tone": _HIGH if said.strong else _MEDIUM,
        "fonts": fonts,
        "logo": f"{refers}{_LOGO}" if settings.PUBLIC_LOGO else "",
        "example": settings.EXAMPLE,
        "code": qr_codes.of(link),
        "address": link,
        "desk": desk(),
        "hotline": settings.PUBLIC_HOTLINE,
    }
    with translation.override(language):
        return render_to_string("cards/card.html", context)


def _logo() -> dict[str, bytes]:
    return {_LOGO: Path(settings.PUBLIC_LOGO).read_bytes()} if settings.PUBLIC_LOGO else {}


def png(card: models.Card, language: str) -> bytes:
    """Raises SourceError."""
    given = {name: ("font/ttf", printing.font(name)) for name in printing.FONTS} | {
        name: ("image/png", content) for name, content in _logo().items()
    }
    html = page(card, language, refers=drawing.ADDRESS, fonts=drawing.ADDRESS)
    return drawing.png(html, width=WIDTH, height=HEIGHT, given=given, browser=browser.found(settings.BROWSER_PATH))


def pdf(card: models.Card, language: str) -> bytes:
    """Raises printing.NoPdfError."""
    return printing.pdf(page(card, language, refers="picture:", fonts="font:"), pictures=_logo())


def keep(job: jobs.Leased, *, now: datetime) -> None:
    """The handler of jobs "card": target {"card": id}. Where this machine makes no PDF, the card goes out as PNG alone.

    Raises JobLostError, OSError, SourceError: permanent where there is no browser or no room for the words.
    """
    card = models.Card.objects.select_related("office").get(pk=job.target["card"])
    made: dict[tuple[str, str], bytes] = {}
    if card.state == CardState.PROPOSED:
        for language in cards.LANGUAGES:
            made[language, "png"] = png(card, language)
            if printing.available():
                made[language, "pdf"] = pdf(card, language)
    with transaction.atomic():
        held = models.Card.objects.select_for_update(of=("self",), no_key=True).select_related("office").get(pk=card.pk)
        jobs.hold(job)
        if held.state == CardState.PROPOSED and not models.CardFile.objects.filter(card=held).exists():
            for (language, kind), content in made.items():
                capture = custody.capture_file(
                    content,
                    cards.KINDS[kind],
                    platform="",
                    kind="document",
                    now=now,
                    job=models.Job(pk=job.id),
                    office=held.office,
                    purpose=PURPOSE,
                    options={"card": held.pk, "document": f"{kind} {language}"},
                )
                models.CardFile.objects.create(card=held, language=language, kind=kind, capture=capture, at=now)
        jobs.finish(job, now=now)
