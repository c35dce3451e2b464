"""Patterns that are compiled when they are first used.

The readers have hundreds of patterns, which take a quarter of a second to compile. Every process imports the readers (models name what
they find), few read a post: a page, a command or a beat does not wait for what it never uses.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class _Waiting:
    """Stands in for a pattern until one of its methods is asked for; from then on it has the pattern's own, which cost the same a call."""

    def __init__(self, written: str, flags: int) -> None:
        self.pattern = written
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Only asked for what is not there yet."""
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


_made: list[_Waiting] = []


def regex(written: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile` at the first use: what is wrong in the pattern is said then, too."""
    made = _Waiting(written, flags)
    _made.append(made)
    return cast("re.Pattern[str]", made)


def prepare() -> None:
    """Compiles all of them: for a process that forks readers, which then share them."""
    for waiting in _made:
        _ = cast("re.Pattern[str]", waiting).search
