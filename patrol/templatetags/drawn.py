"""{% drawn_level row.level row.level_title %}, {% drawn_badge row.state %}: what stands in each row of a long list."""

from __future__ import annotations

from django import template

from patrol.admin.shared import drawn

register = template.Library()
register.simple_tag(drawn.level, name="drawn_level")
register.simple_tag(drawn.badge, name="drawn_badge")
