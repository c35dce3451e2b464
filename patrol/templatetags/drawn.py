"""{% drawn_level row.level row.level_title %}, {% drawn_badge row.state %}: what stands in each row of a long list, drawn once.

They are workbench/level.html and workbench/badge.html; to include those a hundred times takes longer than all else of the list.
"""

from __future__ import annotations

import functools
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def drawn_level(level: str, title: Any) -> str:
    return _level(level, str(title), get_language())


@register.simple_tag
def drawn_badge(badge: Any) -> str:
    return _badge(badge.tone, badge.icon, str(badge.title), get_language())


@functools.lru_cache(maxsize=64)
def _level(level: str, title: str, _language: str | None) -> str:
    return render_to_string("workbench/level.html", {"level": level, "title": title})


@functools.lru_cache(maxsize=512)
def _badge(tone: str, icon: str, title: str, _language: str | None) -> str:
    return render_to_string("workbench/badge.html", {"badge": {"tone": tone, "icon": icon, "title": title}})
