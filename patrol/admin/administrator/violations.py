"""The card of the start page that says what browsers stopped on our pages (patrol.infra.violations)."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import Max, Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access, models
from patrol.access import Action
from patrol.admin.shared import base, words
from patrol.admin.shared.cards import Card
from patrol.domain import LAW_ZONE

DAYS: Final = 30
SHOWN: Final = 8


def card(request: HttpRequest) -> Card | None:
    """For whoever runs the installation, and only where something was reported."""
    if not access.may(base.who(request), Action.OFFICE_CHANGE):
        return None
    since = timezone.now().astimezone(LAW_ZONE).date() - timedelta(days=DAYS - 1)
    kinds = models.PolicyViolation.objects.filter(day__gte=since).values("public", "page", "directive", "blocked")
    rows = list(kinds.annotate(last=Max("day"), times=Sum("count")).order_by("-last", "-times", "page", "directive", "blocked")[:SHOWN])
    if not rows:
        return None
    return Card(
        title=_("Stopped by browsers"),
        note=_("%(days)s days") % {"days": DAYS},
        template="workbench/cards/violations.html",
        context={"rows": [{**row, "last": words.day(row["last"])} for row in rows]},
        order=60,
    )
