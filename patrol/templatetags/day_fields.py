"""{% day_field "day" name="since" value=asked.since %}: a field for a day, an "hour" or a "moment" in a form that a template writes."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from patrol.admin.shared import day_fields
from patrol.domain import days

register = template.Library()


@register.simple_tag
def day_field(of: str, *, name: str, value: Any = "", id: str = "", needed: bool = False, told: bool = False) -> SafeString:  # noqa: A002 -- the attribute's name
    """`told`: a day that cannot be read is said beside the field."""
    given: dict[str, Any] = {"id": id} if id else {}
    if told and days.unread(value):
        field = day_fields.INPUTS[of]().render(name, value, given | {"aria-invalid": "true", "aria-describedby": f"{id}_error"})
        sentence = day_fields.DayField.default_error_messages["invalid"]
        icon = mark_safe('<span class="ic" aria-hidden="true">warning</span>')  # a text of this file -- # nosec B308
        return format_html('{}<p class="err" id="{}_error" role="alert">{} {}</p>', field, id, icon, sentence)
    return day_fields.INPUTS[of]().render(name, value, given | ({"required": True} if needed else {}))
