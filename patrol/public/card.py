"""A warning card's own page: where its QR code leads. It says whether the card still stands; one that was withdrawn shows why."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from patrol import models
from patrol.cases import cards
from patrol.domain.keepable import keepable
from patrol.domain.states import CardState
from patrol.infra import wall
from patrol.public import pages


@require_safe
def page(request: HttpRequest, number: str) -> HttpResponse:
    """One that never went out is not there. While somebody who is named answers, the page says that and nothing of the offer."""
    if keepable(number) != number:
        raise Http404
    return pages.render(request, "card.html", _asked(number))


@wall.everything("a card that went out is for everybody")
def _asked(number: str) -> dict[str, Any]:
    """What the page says of it. Raises Http404."""
    found = models.Card.objects.select_related("office", "case", "decision__flag").filter(number=number[:30]).exclude(released_at=None)
    card = found.first()
    if card is None:
        raise Http404
    language = "en" if translation.get_language() == "en" else "id"
    context: dict[str, Any] = {"card": cards.said(card, language), "number": card.number, "office_of": card.office.name}
    if card.state == CardState.WITHDRAWN:
        context |= {"gone": True, "day": card.ended_at, "reason": card.reason}
    elif not cards.stands(card, now=timezone.now()):
        context |= {"gone": True, "day": None, "reason": ""}
    elif cards.answered(card):
        context |= {"heard": True}
    return context
