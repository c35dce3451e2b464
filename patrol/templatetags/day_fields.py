"""{% day_field "day" name="since" value=asked.since %}: a field for a day, an "hour" or a "moment" in a form that a template writes."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from patrol.admin.shared import day_fields

register = template.Library()


@register.simple_tag
def day_field(of: str, *, name: str, value: Any = "", id: str = "", needed: bool = False) -> SafeString:  # noqa: A002 -- the attribute's name
    given: dict[str, Any] = {"id": id} if id else {}
    return day_fields.INPUTS[of]().render(name, value, given | ({"required": True} if needed else {}))
