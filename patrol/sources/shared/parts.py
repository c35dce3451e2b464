"""A query that is written of several parts: the first thing, then each part by its key, as `ADDRESS | item=.job | title=h2`.

What a form asks for in a field each is kept as this one line, which a person can still copy, paste and compare.
"""

import re
from collections.abc import Iterable, Mapping

_SEPARATOR = re.compile(r"\s+\|\s+")


def joined(first: str, parts: Mapping[str, str]) -> str:
    """The line; a part that is empty is left out, and without the first thing nothing is asked."""
    return (
        ""
        if not first.strip()
        else " | ".join([first.strip(), *(f"{key}={value.strip()}" for key, value in parts.items() if value.strip())])
    )


def pieces(line: str) -> list[str]:
    """The first thing and what follows it, each as it was written."""
    return _SEPARATOR.split(line.strip())


def split(line: str, keys: Iterable[str]) -> tuple[str, dict[str, str]]:
    """The first thing, and what the line says of each of these keys; any other piece stays with the first."""
    known, said = frozenset(keys), dict[str, str]()
    first, *rest = pieces(line)
    for piece in rest:
        key, equals, value = piece.partition("=")
        key = key.strip().lower()
        if equals and key in known and key not in said:
            said[key] = value.strip()
        else:
            first = f"{first} | {piece}"
    return first, said
