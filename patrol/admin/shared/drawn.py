"""What is drawn alike again and again, drawn once in a process: levels and badges as they stand in each row of a long list, maps.

They are workbench/level.html and workbench/badge.html; to include those a hundred times takes longer than all else of the list. A map of
sixty tiles takes longer than what it shows took to count.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.translation import get_language


def once[*Given](maxsize: int) -> Callable[[Callable[[*Given], str]], Callable[[*Given], str]]:
    """Of a function that draws from what it is given alone, and from the language: equal ones are drawn once, and nothing goes stale.
    What it is given can be hashed. `maxsize`: how many different ones are kept.
    """

    def around(draw: Callable[[*Given], str]) -> Callable[[*Given], str]:
        @functools.lru_cache(maxsize)
        def kept(_language: str | None, _prefix: str, *given: *Given) -> str:
            return draw(*given)

        @functools.wraps(draw)
        def asked(*given: *Given) -> str:
            return kept(get_language(), get_script_prefix(), *given)

        return asked

    return around


def level(key: str, title: Any) -> str:
    return _level(key, str(title))


def badge(of: Any) -> str:
    """`of`: a words.Badge."""
    return _badge(of.tone, of.icon, str(of.title))


@once(64)
def _level(key: str, title: str) -> str:
    return render_to_string("workbench/level.html", {"level": key, "title": title})


@once(512)
def _badge(tone: str, icon: str, title: str) -> str:
    return render_to_string("workbench/badge.html", {"badge": {"tone": tone, "icon": icon, "title": title}})
