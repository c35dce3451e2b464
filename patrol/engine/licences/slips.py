"""How far a written name is from a form of the register, counted in slips.

A slip is what a hurried thumb, an old spelling or a bad scan does inside a word. Figures are weights, not measures:
1 is one plain letter mistake.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import pairwise

from patrol.engine.licences.real_words import WORDS

_OLD_SPELLING = (
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("nj", "ny"),
    ("sj", "sy"),
    ("ph", "f"),
    ("bh", "b"),
    ("dh", "d"),
    ("gh", "g"),
    ("kh", "k"),
    ("th", "t"),
    ("ch", "c"),
    ("ck", "k"),
    ("ks", "x"),
    ("cc", "x"),
    ("q", "k"),
    ("v", "f"),
    ("tional", "sional"),
    ("au", "o"),
)
# Before 1972 j was written for y; a word that shows the rest of that spelling means it so: "Djaja" is Jaya.
_OLD_J = re.compile(r"(?<![dtns])j")
_SHOWS_OLD = re.compile(r"oe|[dts]j")
_SPELLINGS = {form: forms[0] for group in WORDS["spellings"].split("|") for forms in [group.split()] for form in forms}
_SCHWA = re.compile(r"(?<=[bcdfgjkpst])e(?=r[aeiou])")
_GLIDE = re.compile(r"(?<=[^aeiou])(?:iy|y|i)(?=[aou])")
# Indonesian ends no word in a sounded d or b: Jagad is said Jagat.
_FINAL = re.compile(r"(?<=[a-z]{3}[aeiou])[db]$")
_DOUBLE = re.compile(r"(.)\1+")
MISREAD = str.maketrans({"0": "o", "1": "i", "l": "i", "5": "s", "8": "b", "4": "a", "3": "e", "6": "g", "9": "g", "7": "t", "2": "z"})
_MISREAD_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = frozenset(frozenset(pair) for row in _ROWS for pair in pairwise(row)) | frozenset(
    frozenset((upper[at], lower[at])) for upper, lower in pairwise(_ROWS) for at in range(min(len(upper), len(lower)))
)
_SOUND_ALIKE = ("bp", "dt", "gk", "fp", "sz", "ck", "mn", "lr", "iy", "uw", "cs", "jy", "fv", "hk")
_SCAN_ALIKE = ("ce", "ft", "hb", "hn", "ij", "it", "lt", "nr", "uv", "vy", "gq", "gy", "rt", "ir")
_ALIKE = frozenset(map(frozenset, (*_SOUND_ALIKE, *_SCAN_ALIKE)))
_VOWELS = frozenset("aeiou")
# Endings that make another word, a real one or not: seti, setiawan.
_ENDINGS = ("wan", "wati", "tama", "indo", "nya")
_GAP = 9.0


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """One spelling for the variants of a word: samudera, samoedra and samudra; mulya and mulia; bhakti and bakti."""
    word = _SPELLINGS.get(word, word)
    if _SHOWS_OLD.search(word):
        word = _OLD_J.sub("y", word)
    for old, new in _OLD_SPELLING:
        word = word.replace(old, new)
    word = _SCHWA.sub("", word)
    word = _GLIDE.sub("i", word)
    word = _FINAL.sub(lambda end: "t" if end.group() == "d" else "p", word)
    if len(word) > 2 and word.endswith("y"):
        word = word[:-1] + "i"
    return _DOUBLE.sub(r"\1", word)


@lru_cache(maxsize=50_000)
def _scanned(word: str) -> str:
    """One spelling for what a bad scan cannot tell apart."""
    for seen, meant in _MISREAD_PAIRS:
        word = word.replace(seen, meant)
    return word.translate(MISREAD)


def cost(register: Sequence[str], written: Sequence[str], real_words: Container[str]) -> float | None:
    """The slips between a form of the register and a written name; None where they name two companies.

    Words are paired in order; a word may be written in up to three pieces, or up to three in one.
    """
    if abs(len("".join(register)) - len("".join(written))) > 4 or max(len(register), len(written)) > 12:
        return None
    table: dict[tuple[int, int], float] = {(0, 0): 0.0}
    for i in range(len(register) + 1):
        for j in range(len(written) + 1):
            here = table.get((i, j))
            if here is None:
                continue
            for take, pieces in ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1)):
                if i + take > len(register) or j + pieces > len(written):
                    continue
                step = _group(register[i : i + take], written[j : j + pieces], real_words)
                if step is not None:
                    at = (i + take, j + pieces)
                    table[at] = min(table.get(at, _GAP), here + step)
    total = table.get((len(register), len(written)))
    if total is None or total > max(1.5, 0.14 * len("".join(register))):
        return None
    return total


def _group(register: Sequence[str], written: Sequence[str], real_words: Container[str]) -> float | None:
    if len(register) == len(written) == 1:
        return _word(register[0], written[0], real_words)
    one, other = "".join(register), "".join(written)
    if one == other:
        return 0.1
    pieces = (*register, *written)
    if min(map(len, pieces)) <= 2:  # "Karya A" is not a way to write "Karya"
        return None
    step = 0.0 if sound(one) == sound(other) else _letters(one, other)
    return 0.2 + step if step <= 1 else None


def _word(register: str, written: str, real_words: Container[str]) -> float | None:
    if register == written:
        return 0.0
    if register.isdigit() or written.isdigit():
        # Another figure is another company; "l7" for 17 is a bad scan.
        both = register.isdigit() and written.isdigit()
        return 0.3 if not both and len(register) > 1 and _scanned(register) == _scanned(written) else None
    if len(register) > 2 and sound(register) == sound(written):
        return 0.05
    if written in real_words:
        return None
    if len(register) > 2 and _scanned(register) == _scanned(written):
        return 0.3
    return _slip(register, written)


def _slip(register: str, written: str) -> float | None:
    if len(register) <= 3 or any(register + end == written or written + end == register for end in _ENDINGS):
        return None
    step = min(_letters(register, written), _letters(sound(register), sound(written)))
    allowed = 1.0 if len(register) < 6 else 1.2 if len(register) < 8 else 1.5 if len(register) < 10 else 2.0
    return step if step <= allowed else None


def _letters(one: str, other: str) -> float:
    """Weighted distance with swaps of neighbours; `_GAP` where the lengths already say no."""
    if abs(len(one) - len(other)) > 2:
        return _GAP
    before_last: list[float] = []
    last = [float(j) for j in range(len(other) + 1)]
    for i, a in enumerate(one, 1):
        row = [float(i)]
        for j, b in enumerate(other, 1):
            best = min(last[j] + _drop(one, i), row[j - 1] + _drop(other, j), last[j - 1] + _exchange(a, b, first=i == j == 1))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b and a != b:
                best = min(best, before_last[j - 2] + 0.8)
            row.append(best)
        before_last, last = last, row
    return last[-1]


def _drop(word: str, at: int) -> float:
    return 0.8 if word[at - 1] in _VOWELS else 1.0


def _exchange(a: str, b: str, *, first: bool) -> float:
    if a == b:
        return 0.0
    pair = frozenset((a, b))
    if pair in _NEIGHBOURS or pair in _ALIKE:
        return 0.8
    if a in _VOWELS and b in _VOWELS:
        return 0.7
    # Two consonants that neither sound nor stand alike: rather another word than a slip.
    return 1.5 if first else 1.2
