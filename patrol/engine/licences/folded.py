"""A text as the automata search it: letters and figures only, in one form, each with the place it came from."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from patrol.engine.licences import slips

_REMEMBERED = 70_000  # code points; every script there is would be 150,000


class Folding(dict[int, str]):
    """Code point -> its letters and figures in one form, "" for everything else. Grows as characters are met."""

    def __init__(self, form: Callable[[str], str]) -> None:
        super().__init__()
        self._form = form
        # A text without any other character is turned by one table, twenty times as fast.
        ascii_forms = [self[point] for point in range(128)]
        self._table = bytes(ord(folded) if folded else 0 for folded in ascii_forms) + bytes(128)
        self._dropped = bytes(point for point, folded in enumerate(ascii_forms) if not folded)

    def __missing__(self, point: int) -> str:
        folded = "".join(c for c in self._form(unicodedata.normalize("NFKD", chr(point))) if c.isalnum())
        if len(self) < _REMEMBERED:
            self[point] = folded
        return folded

    def joined(self, text: str) -> str:
        if text.isascii():
            return text.encode().translate(self._table, self._dropped).decode()
        return text.translate(self)

    def __call__(self, character: str) -> str:
        return self[ord(character)]

    def offsets(self, text: str) -> list[int]:
        """For each character of the joined text the place it came from."""
        return [at for at, character in enumerate(text) for _ in self[ord(character)]]


class Plain(dict[int, str]):
    """Code point -> one plain small letter or figure, else itself: a text keeps its length."""

    def __missing__(self, point: int) -> str:
        folded = FOLDING[point]
        plain = folded[0] if folded else " " if chr(point).isalnum() else chr(point)
        if len(self) < _REMEMBERED:
            self[point] = plain
        return plain


FOLDING = Folding(lambda c: c.casefold())
PLAIN = Plain()
MISREAD = Folding(lambda c: c.casefold().translate(slips.MISREAD))


@lru_cache(maxsize=4)
def misread(text: str) -> str:
    """A text as a bad scan cannot tell it apart; names and numbers are both searched in it, one after the other."""
    return MISREAD.joined(text)


@lru_cache(maxsize=4)
def misread_places(text: str) -> Sequence[int]:
    """For each character of the misread text the place it came from."""
    return MISREAD.offsets(text)
