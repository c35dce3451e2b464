"""{% drawn_level row.level row.level_title %}, {% drawn_badge row.state %}: what stands in each row of a long list.
{% drawn_options of now %}, {% drawn_reasons of %}: what a field or a decision offers. {% drawn_pieces pieces %}: a text with its marks.
"""

from __future__ import annotations

from django import template

from patrol.admin.shared import drawn, marks

register = template.Library()
register.simple_tag(drawn.level, name="drawn_level")
register.simple_tag(drawn.badge, name="drawn_badge")
register.simple_tag(drawn.options, name="drawn_options")
register.simple_tag(drawn.reasons, name="drawn_reasons")
register.simple_tag(marks.drawn, name="drawn_pieces")
