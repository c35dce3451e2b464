"""Text as people write it, folded to plain lower-case Latin, with the way back to the original places.

Two views of one text:

- `plain`: NFKC, accents and zero-width characters gone, look-alikes and styled letters as Latin letters, any Unicode
  digit as 0-9, lower case. Numbers are searched here: nothing between two digits has moved.
- `words`: `plain` with hyphens, underscores and line breaks as one space, letters written apart joined
  ("k a m b o j a"), digits inside a word read as letters ("l0ker"), letters held down shortened
  ("gajiiii"). Phrases are searched here.

Spans are given back in code points of the original text.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass

from patrol.domain import Span

# Letters of other scripts and small capitals that NFKC leaves alone, in pairs: what is written, what is read.
LOOKALIKES = {
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True)),
    **dict(zip("аеорсухіјѕһԁԛԝкмтвнгпзб", "aeopcyxijshdqwkmtbhrn36", strict=True)),
    **dict(zip("αβεηικνορτυχωγ", "abenikvoptuxwy", strict=True)),
    **dict(zip("ɑɡıȷøłđħŧßæœ", ["a", "g", "i", "j", "o", "l", "d", "h", "t", "ss", "ae", "oe"], strict=True)),
    **dict(zip("‐‑‒–—―−﹣➖", "---------", strict=True)),
    **dict(zip("‘’‚‛`´“”„‟«»", "''''''\"\"\"\"\"\"", strict=True)),
    "⁄": "/",
    "∕": "/",
    "／": "/",
    "•": "·",
    "∙": "·",
    "⋅": "·",
    "➕": "+",
    "🔟": "10",
    "💯": "100",
}
SQUARED = {chr(first + step): chr(ord("a") + step) for first in (0x1F150, 0x1F170) for step in range(26)}
LONGEST_FOLD = 4  # letters one character is read as
REGIONAL = range(0x1F1E6, 0x1F200)  # flag letters: countries read them from the original text


class _Folds(dict[str, str]):
    """Code point -> what it reads as; filled on demand, bounded by the number of code points there are."""

    def __missing__(self, character: str) -> str:
        folded = _fold(character)
        if len(folded) > LONGEST_FOLD:
            folded = " "  # a whole phrase in one sign (U+FDFA: 18 letters); a text of them would grow as many times
        self[character] = folded
        return folded


def _fold(character: str) -> str:
    known = LOOKALIKES.get(character) or SQUARED.get(character)
    if known is not None:
        return known
    number = _number(character)
    if number is not None:
        return number
    if character.isspace() or ord(character) in REGIONAL:
        return "\n" if character in "\n\r\v\f\x85\u2028\u2029" else " "
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return ""
    decomposed = unicodedata.normalize("NFKD", character)
    if decomposed != character:
        return "".join(_fold(c) if c != character else c for c in decomposed)
    lower = character.lower()
    return "".join(LOOKALIKES.get(c, c) for c in lower if unicodedata.category(c) != "Mn")


def _number(character: str) -> str | None:
    """The digits a character stands for (⑤ and ⑩ too), None for other characters and for fractions."""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    value = unicodedata.numeric(character, 0.5) if unicodedata.category(character) == "No" else 0.5
    return str(int(value)) if value == int(value) else None


FOLDS = _Folds()
MARKS = ("Mn", "Me")


class _Table(dict[int, str]):
    """Code point -> what it reads as, for `str.translate`; `uneven`: characters that read as none or as several letters."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, point: int) -> str:
        character = chr(point)
        folded = self[point] = FOLDS[character]
        if len(folded) != 1:
            self.uneven.add(character)
        return folded


_TABLE = _Table()
_PLACES = array("l", range(20_000))  # as many as are read of a text


def _places(first: int, last: int) -> array[int]:
    """The places from `first` to `last`, which stays out."""
    return _PLACES[first:last] if last <= len(_PLACES) else array("l", range(first, last))


_LEET = str.maketrans("013457@$", "oieastas")
_SPACING = "\n\r\t-_*~·"  # each reads as a space between words
# Letters apart, held-down letters, digits within a word, runs of spaces: each changes `words` against `plain`.
_EASE = re.compile(
    r"(?P<apart>(?<![^\W_])[a-z](?P<gap>[ .\-*_·|/])[a-z](?:(?P=gap)[a-z]){2,}(?![^\W_]))"
    r"|(?P<leet>(?<![\w@$])(?=[a-z013457@$]*[a-z]{2})[a-z]+[013457@$][a-z013457@$]*[a-z](?![\w@$]))"
    r"|(?P<held>(?P<letter>[a-z])(?P=letter){2,})"
    r"|(?P<spaces>[\s\-_*~·]{2,})"
)
# What none of the first three can do without. Most texts have none of it, and for them the last alone is searched: each
# of these begins with a rare character, which `re` finds ten times faster than it tries the alternatives everywhere.
_MAYBE_APART = re.compile(r"(?P<gap>[ .\-*_·|/])(?<=[a-z].)[a-z](?P=gap)[a-z](?P=gap)[a-z]")
_MAYBE_LEET = re.compile(r"[013457@$](?<=[a-z].)[a-z013457@$]{0,40}+(?:(?<=[a-z])|(?=[a-z013457@$]))")
_MAYBE_HELD = tuple(letter * 3 for letter in "abcdefghijklmnopqrstuvwxyz")
_SPACES = re.compile(r"[\s\-_*~·]{2,}")


@dataclass(frozen=True, slots=True)
class Folded:
    """One text in both views. `starts` and `word_starts` are None where the view has the original's places."""

    text: str
    plain: str
    words: str
    starts: array[int] | None
    word_starts: array[int] | None  # of `words` in `plain`

    def span(self, start: int, end: int) -> Span:
        """Places of `plain[start:end]` in the original; marks that sit on the last letter belong to it."""
        starts = self.starts
        if starts is None:
            return start, end
        if end <= start:
            place = starts[start] if start < len(starts) else len(self.text)
            return place, place
        last = starts[end - 1] + 1
        text = self.text
        while last < len(text) and unicodedata.category(text[last]) in MARKS:
            last += 1
        return starts[start], last

    def word_span(self, start: int, end: int) -> Span:
        """Places of `words[start:end]` in the original."""
        return self.span(*self.plain_span(start, end))

    def plain_span(self, start: int, end: int) -> Span:
        """Places of `words[start:end]` in `plain`."""
        starts = self.word_starts
        if starts is None:
            return start, end
        return starts[start], (starts[end - 1] + 1 if end > start else starts[start])

    def original(self, start: int, end: int) -> str:
        """What stands in the original where `plain[start:end]` is."""
        first, last = self.span(start, end)
        return self.text[first:last]


def _pieces(text: str) -> tuple[str, array[int] | None]:
    plain = text.translate(_TABLE)
    uneven = _TABLE.uneven  # whatever stands in the text is in the table by now
    if len(plain) == len(text) and uneven.isdisjoint(text):
        return plain, None
    starts = array("l")
    done = 0
    for place, character in enumerate(text):
        if character in uneven:
            starts += _places(done, place)
            starts.extend([place] * len(FOLDS[character]))
            done = place + 1
    starts += _places(done, len(text))
    return plain, starts


def _ease(plain: str) -> re.Pattern[str]:
    """The cheapest pattern that finds in this text all that _EASE does."""
    every = _MAYBE_APART.search(plain) or _MAYBE_LEET.search(plain) or any(map(plain.__contains__, _MAYBE_HELD))
    return _EASE if every else _SPACES


def _eased(match: re.Match[str]) -> tuple[str, list[int]]:
    """What a match of _EASE reads as, and where each of its letters stood."""
    written, start = match.group(), match.start()
    if match.re is _SPACES:
        return " ", [start]
    if match.group("apart"):
        return written[::2], list(range(start, match.end(), 2))
    if match.group("leet"):
        return written.translate(_LEET), list(range(start, match.end()))
    if match.group("held"):
        return written[0], [match.end() - 1]
    return " ", [start]


def fold(text: str) -> Folded:
    """Both views of a text. Never raises; a text of nothing but marks folds to nothing."""
    starts: array[int] | None
    if text.isascii():
        plain, starts = text.lower(), None
    else:
        plain, starts = _pieces(text)
    words, word_starts = _words(plain)
    return Folded(text, plain, words, starts, word_starts)


def _words(plain: str) -> tuple[str, array[int] | None]:
    parts: list[str] = []
    places = array("l")
    done = 0
    for match in _ease(plain).finditer(plain):
        parts.append(plain[done : match.start()])
        places += _places(done, match.start())
        eased, stood = _eased(match)
        parts.append(eased)
        places.extend(stood)
        done = match.end()
    if not done:
        return _spaced(plain), None
    parts.append(plain[done:])
    places += _places(done, len(plain))
    return _spaced("".join(parts)), places


def _spaced(text: str) -> str:
    for sign in _SPACING:  # most texts have one or two of them; a table would be asked for every character
        if sign in text:
            text = text.replace(sign, " ")
    return text
