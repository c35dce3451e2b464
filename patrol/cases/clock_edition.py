"""Which edition of holidays, hours and deadlines holds. Verbs that change one of them raise it; the sweep counts cases anew by it."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db.models import F

from patrol import models
from patrol.engine import national_holidays

_ONLY: Final = 1


def number() -> int:
    return models.ClockEdition.objects.filter(pk=_ONLY).values_list("number", flat=True).first() or 0


def bump() -> None:
    """What a case was counted by is of yesterday. Within the transaction of the change: until it commits, no other change does."""
    if not models.ClockEdition.objects.filter(pk=_ONLY).update(number=F("number") + 1):
        models.ClockEdition.objects.create(pk=_ONLY)


def current() -> int:
    """The number of the edition in force, a new one where another release of the holidays or another working day came with the start."""
    opens, closes = settings.WORKDAY
    counted_by = f"{national_holidays.EDITION}, {opens:%H:%M}-{closes:%H:%M}"
    known = models.ClockEdition.objects.filter(pk=_ONLY).first()
    if known is not None and known.counted_by == counted_by:
        return known.number
    bump()
    models.ClockEdition.objects.filter(pk=_ONLY).update(counted_by=counted_by)
    return number()
