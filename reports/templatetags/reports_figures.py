"""How a summary writes its figures."""

from __future__ import annotations

from django import template
from django.utils import formats

register = template.Library()

NONE = "–"


@register.filter
def figure(value: int | None) -> str:
    """3.204 or 3,204 by the language of the screen; a dash where there is none."""
    return NONE if value is None else str(formats.number_format(value, use_l10n=True, force_grouping=True))


@register.filter
def change(value: int | None) -> str:
    """+25, −64 with a real minus sign, 0; a dash where there is nothing to compare with."""
    if value is None:
        return NONE
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{figure(abs(value))}"
