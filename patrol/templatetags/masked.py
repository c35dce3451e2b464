"""What a person or a platform wrote, as everybody may read it: {{ note|masked }}. Known to every template (settings.TEMPLATES)."""

from __future__ import annotations

from django import template

from patrol.engine import masks

register = template.Library()


@register.filter
def masked(written: object) -> str:
    """Contacts cut; "" for nothing, so that `default` may follow."""
    return masks.text(str(written)) if written else ""
