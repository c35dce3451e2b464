"""A cheap look at a text: whether it holds digits or number words enough for something to dial.

Most texts hold neither and cost this look alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from patrol.engine.reading import number_words
from patrol.engine.reading.number_words import Role


class Look(NamedTuple):
    """`digits`: enough for a number; `speaks`: digits in words; `signs`: how many digits; `words`: of letters alone."""

    digits: bool
    speaks: bool
    signs: int
    words: frozenset[str]

    @property
    def worth(self) -> bool:
        return self.digits or self.speaks


_FEWEST_BEGUN = 4  # digits of a text that begins a number in digits and goes on in words
FEWEST_APART = 8  # digits of a text in which a number may stand in parts
# Six digits over short gaps, or letters that stand for some of them ("o 8 4 o l l l l"): below that there is nothing to dial.
_ENOUGH = re.compile(r"\d(?:[^\d\n]{0,6}\d|[^\d\n]?\n[^\d]{0,4}\d|(?:[ .\-]+(?=[oil]{1,4}(?![a-z])))?[oil]{1,3}){5}")
_BEGUN = re.compile(r"08[1-9]\d(?!\d)")  # a mobile's first group by itself: the others may stand far off, behind words
# Vowel signs of Devanagari belong to its words though Python calls them none.
TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['\u093b-\u094c])*")
_SIGNS = b',.-:/*~_()|#"[]!?;='
_OTHERS = b"0123456789+$&%@'<>{}\\^`"
_SIGNS_BETWEEN = bytes.maketrans(_SIGNS, b" " * len(_SIGNS))
_DIGITS_TOO = bytes.maketrans(_SIGNS + _OTHERS, b" " * len(_SIGNS + _OTHERS))
# Three number words in a row, or with one badly spelt among them.
_ROWS = (b"\1\1\1", b"\1\1\0\1", b"\1\0\1\1")
_TIMES = frozenset({"kali", "ping", "kaping"})  # "0844 tuluy nol tilu kali ..."
_MIXED = re.compile(r"(?<=\d)[ \-.,]{0,3}([a-z]{3,8})(?![a-z])|(?<![a-z])([a-z]{3,8})(?=[ \-.,]{0,2}\d)")
_MIXED_WORDS = (
    frozenset(
        word
        for word, (role, digits) in number_words.VOCABULARY.items()
        if len(word) > 2 and not {"id", "jv", "su", "en"}.isdisjoint(digits)
    )
    | {word for word, (role, _) in number_words.VOCABULARY.items() if role == Role.REPEAT or (role == Role.WHOLE and len(word) > 4)}
    | {"nya", "kali", "ping", "kaping"}
)
# A number in words begins "zero eight", however both are written. The first letters stand in front of what may not be before them, so that
# they are looked for and not every sign is tried.
_ZERO_FIRST = re.compile(
    r"(?:(?:e(?<![a-z0-9]e)n+|n(?<![a-z0-9]n)n*)[o0u]*[l1]+|k(?<![a-z0-9]k)[o0]*s+[o0]*n+g*|z(?<![a-z0-9]z)z*[e3]+r+[o0]+)"
    r"[ \-.,/_~]{1,3}([a-z0-9]{3,14})(?![a-z0-9])"
)
_GLUED_BEGINS = ("nol", "kosong", "enol", "zero")


def look(plain: str) -> Look:
    """The look at a text (`Folded.plain`)."""
    count = sum(map(plain.count, "0123456789"))
    if plain.isascii():
        written = plain.encode()  # bytes are translated ten times as fast
        tokens = written.translate(_SIGNS_BETWEEN).decode().split()
        words = frozenset(written.translate(_DIGITS_TOO).decode().split() if count else tokens)
    else:
        tokens = TOKEN.findall(plain)
        words = frozenset(tokens)
    digits = count > 0 and (_ENOUGH.search(plain) is not None or (count >= FEWEST_APART and _BEGUN.search(plain) is not None))
    return Look(digits, _speaks(plain, tokens, words, count, digits), count, words)


def _speaks(plain: str, tokens: Sequence[str], words: frozenset[str], count: int, digits: bool) -> bool:
    known = bytes(map(number_words.KNOWN.__contains__, tokens))
    return (
        any(row in known for row in _ROWS)
        or (count >= _FEWEST_BEGUN and known.count(1) > 0 and not _TIMES.isdisjoint(words))
        or (not digits and count >= _FEWEST_BEGUN and known.count(1) > 1 and _BEGUN.search(plain) is not None)
        or (count > 0 and not _MIXED_WORDS.isdisjoint(words) and any(not _MIXED_WORDS.isdisjoint(found) for found in _MIXED.findall(plain)))
        or (("nol" in plain or "kosong" in plain or "zero" in plain) and _glued(tokens))
        or (not plain.isascii() and _in_signs(tokens))
        or (("o" in words or "p" in words) and number_words.is_spelt(plain))
        or any(_is_eight(written) for written in _ZERO_FIRST.findall(plain))
    )


def _is_eight(written: str) -> bool:
    found = number_words.word(written, 0)
    if found is not None:
        return "8" in found.digits.values()
    return (number_words.leet(written) or number_words.misspelt(written, between=True)) == "8"


def _glued(tokens: Sequence[str]) -> bool:
    return any(len(token) >= 7 and token.startswith(_GLUED_BEGINS) and bool(number_words.glued(token)) for token in tokens)


def _in_signs(tokens: Sequence[str]) -> bool:
    """Whether number words of a script without spaces stand together, "零八四零"."""
    return any(len(token) > 2 and not token.isascii() and bool(number_words.glued(token)) for token in tokens)
