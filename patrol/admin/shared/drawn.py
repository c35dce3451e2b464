"""Levels and badges as they stand in each row of a long list, drawn once in a process.

They are workbench/level.html and workbench/badge.html; to include those a hundred times takes longer than all else of the list.
"""

from __future__ import annotations

import functools
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language


def level(key: str, title: Any) -> str:
    return _level(key, str(title), get_language())


def badge(of: Any) -> str:
    """`of`: a words.Badge."""
    return _badge(of.tone, of.icon, str(of.title), get_language())


@functools.lru_cache(maxsize=64)
def _level(key: str, title: str, _language: str | None) -> str:
    return render_to_string("workbench/level.html", {"level": key, "title": title})


@functools.lru_cache(maxsize=512)
def _badge(tone: str, icon: str, title: str, _language: str | None) -> str:
    return render_to_string("workbench/badge.html", {"badge": {"tone": tone, "icon": icon, "title": title}})
