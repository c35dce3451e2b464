"""How a summary writes its figures."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.utils import formats
from django.utils.html import format_html

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


@register.simple_tag(takes_context=True)
def linked(context: template.Context, value: int | None, what: str, key: object = "", when: str = "now") -> str:
    """The figure as `figure` writes it; on the screen, where there are rows behind it, a link to them. `rows_link` in the context says
    where; paper has none."""
    base = context.get("rows_link")
    text = figure(value)
    if not base or not value:
        return text
    query = urlencode({"what": what, "key": key, "when": when})
    return format_html('<a href="{}?{}">{}</a>', base, query, text)
