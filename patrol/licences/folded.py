"""A text as the automata search it: letters and figures only, in one form, each with the place it came from."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

_REMEMBERED = 70_000  # code points; every script there is would be 150,000


class Folding(dict[int, str]):
    """Code point -> its letters and figures in one form, "" for everything else. Grows as characters are met."""

    def __init__(self, form: Callable[[str], str]) -> None:
        super().__init__()
        self._form = form

    def __missing__(self, point: int) -> str:
        folded = "".join(c for c in self._form(unicodedata.normalize("NFKD", chr(point))) if c.isalnum())
        if len(self) < _REMEMBERED:
            self[point] = folded
        return folded

    def joined(self, text: str) -> str:
        return text.translate(self)

    def __call__(self, character: str) -> str:
        return self[ord(character)]

    def offsets(self, text: str) -> list[int]:
        """For each character of the joined text the place it came from."""
        return [at for at, character in enumerate(text) for _ in self[ord(character)]]
