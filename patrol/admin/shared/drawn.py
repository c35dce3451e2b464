"""What is drawn alike again and again, drawn once in a process: levels and badges as they stand in each row of a long list, what a field
offers, maps.

They are workbench/level.html and workbench/badge.html; to include those a hundred times takes longer than all else of the list. A map of
sixty tiles takes longer than what it shows took to count.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
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


def options(of: Iterable[tuple[Any, Any]], now: Any = None) -> str:
    """Of a field that offers (value, title); `now`: the value that is chosen."""
    return _options(tuple((f"{key}", _plain(title), key == now) for key, title in of))


def reasons(of: Iterable[tuple[str, Any, str]]) -> str:
    """The buttons of one decision: (key, title, what of the post it rests on)."""
    return _reasons(tuple((key, _plain(title), rests) for key, title, rests in of))


def _plain(title: Any) -> str:
    """Without a mark that it is safe to print: of two equal titles the first is kept, and all are escaped."""
    return "" + str(title)


@once(512)
def _options(of: tuple[tuple[str, str, bool], ...]) -> str:
    return render_to_string("workbench/options.html", {"of": of})


@once(512)
def _reasons(of: tuple[tuple[str, str, str], ...]) -> str:
    return render_to_string("workbench/desk/bar/reasons.html", {"of": of})


@once(64)
def _level(key: str, title: str) -> str:
    return render_to_string("workbench/level.html", {"level": key, "title": title})


@once(512)
def _badge(tone: str, icon: str, title: str) -> str:
    return render_to_string("workbench/badge.html", {"badge": {"tone": tone, "icon": icon, "title": title}})
