"""What a person or a platform wrote, as everybody may read it: {{ note|masked }}; a line in which no masked number is broken in two:
{{ title|unbroken }}. Known to every template (settings.TEMPLATES)."""

from __future__ import annotations

import re
from typing import Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from patrol.engine import masks

register = template.Library()


@register.filter
def masked(written: object) -> str:
    """Contacts cut; "" for nothing, so that `default` may follow."""
    return masks.text(str(written)) if written else ""


_NUMBER: Final = re.compile(rf"((?:\+\d{{1,3}} )?\d{{1,4}}-{masks.MIDDLE}\d\d)")  # as masks.phone writes it


@register.filter
def unbroken(line: object) -> SafeString:
    whole = _NUMBER.split(str(line))
    return format_html_join(
        "", "{}", ((format_html('<span class="nowrap">{}</span>', part) if place % 2 else part,) for place, part in enumerate(whole))
    )
