"""Number words -> digits: what a word may mean, in which language, and how words join into one numeral.

A word can mean two digits ("salapan": 9 in Sundanese, 8 in Minangkabau; "sa": 1, 3 or 4). `spoken` asks the words beside
it: the language that knows most of them decides.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from patrol.engine.reading import folding, phrases

LEXICON = phrases.load("numbers.toml")

LONGEST_GLUED = 160  # letters of one word looked at as number words written together
_VOWELS = frozenset("aiueo'")


def listed(written: str) -> list[str]:
    """The words of a lexicon entry, folded as texts are; "+" stands for a space."""
    return [folding.fold(word.replace("+", " ")).plain for word in written.split()]


COUNTS = {word: int(count) for count, written in LEXICON["counts"].items() for word in (count, *listed(written))}  # "dua kali"
_CONNECTORS = frozenset(listed(LEXICON["connectors"]["words"]))


class Role(Enum):
    """What a number word does: a digit, a numeral by itself, one that takes digits behind it, or what joins them."""

    DIGIT = auto()
    WHOLE = auto()  # "sepuluh"
    TENS = auto()  # "eighty"
    HUNDREDS = auto()  # "seratus"
    TEEN = auto()  # "... belas"
    TEN = auto()  # "... puluh"
    HUNDRED = auto()  # "... ratus"
    REPEAT = auto()  # "dobel ..."


class Word(NamedTuple):
    """A number word in a text: places in `Folded.plain`, its role, and its digits by language ("" is any)."""

    start: int
    end: int
    role: Role
    digits: Mapping[str, str]


def _vocabulary() -> dict[str, tuple[Role, dict[str, str]]]:
    known: dict[str, tuple[Role, dict[str, str]]] = {}
    for language, digits in LEXICON["digits"].items():
        for digit, written in enumerate(digits):
            for word in listed(written):
                known.setdefault(word, (Role.DIGIT, {}))[1].setdefault(language, str(digit))
    for role, table in ((Role.WHOLE, "whole"), (Role.TENS, "tens"), (Role.HUNDREDS, "hundreds"), (Role.REPEAT, "repeats")):
        for value, written in LEXICON[table].items():
            known.update((word, (role, {"": value})) for word in listed(written))
    for role, name in ((Role.TEEN, "teen"), (Role.TEN, "ten"), (Role.HUNDRED, "hundred")):
        known.update((word, (role, {"": ""})) for word in listed(LEXICON["compounds"][name]))
    own = {word: digits["id"] for word, (_, digits) in known.items() if "id" in digits and len(word) > 2}
    for word, meant in own.items():
        for slip in _slips(word):
            known.setdefault(slip, (Role.DIGIT, {"id": meant}))
    return known


def _slips(word: str) -> Iterator[str]:
    """A letter held ("noll", "satuu") or, in longer words, a vowel left out ("smbilan")."""
    for place, letter in enumerate(word):
        yield word[:place] + letter + word[place:]
        if len(word) > 4 and letter in _VOWELS:
            yield word[:place] + word[place + 1 :]


VOCABULARY = _vocabulary()
KNOWN = frozenset(VOCABULARY)
_LANGUAGES = tuple(LEXICON["digits"])
# Written together only in the languages people here do that in; a short word would be found in any other word.
_GLUED = {
    word: digits[language]
    for language in ("en", "su", "jv", "ms", "id")
    for word, (role, digits) in VOCABULARY.items()
    if role == Role.DIGIT and language in digits and len(word) > 2
} | {str(digit): str(digit) for digit in range(10)}
_LONGEST = max(map(len, _GLUED))
_BEGINS = tuple(sorted({word[:3] for word in _GLUED if word.isalpha()}))
SINGLE = {
    word: min(digits.items(), key=lambda item: _LANGUAGES.index(item[0]))[1]
    for word, (role, digits) in VOCABULARY.items()
    if role == Role.DIGIT and not word.isascii()
}
_SINGLES = re.compile("|".join(sorted(map(re.escape, SINGLE), key=len, reverse=True)))


_HELD = re.compile(r"(.)\1+")
_HELD_LANGUAGES = frozenset({"id", "ms", "jv", "su", "mad", "min", "en"})
_UNHELD = {
    bare: entry
    for written, entry in VOCABULARY.items()
    if entry[0] == Role.DIGIT and len(bare := _HELD.sub(r"\1", written)) > 2 and not _HELD_LANGUAGES.isdisjoint(entry[1])
}
_LEET = tuple(str.maketrans("013456789", f"o{one}easgtbg") for one in "il")

_WORDS_OF = {  # digit -> its words, for those written with the digit itself inside
    str(digit): tuple(w for w, (role, digits) in VOCABULARY.items() if role == Role.DIGIT and len(w) > 3 and digits.get("id") == str(digit))
    for digit in range(10)
}


def word(written: str, start: int) -> Word | None:
    """The number word that stands at `start`, None where it is none."""
    entry = VOCABULARY.get(written)
    if entry is None:
        bare = written.removesuffix("'").removesuffix("nya")
        entry = VOCABULARY.get(bare) or (_UNHELD.get(_HELD.sub(r"\1", bare)) if _HELD.search(bare) else None)
        if entry is None:
            return None
        return Word(start, start + len(bare), *entry)
    return Word(start, start + len(written), *entry)


@functools.lru_cache(maxsize=2048)
def glued(written: str) -> str:
    """The digits of number words written together ("noldelapan4"), "" where anything else is among them."""
    if not written.isascii():
        return "".join(SINGLE[found] for found in _SINGLES.findall(written)) if _only_singles(written) else ""
    length = len(written)
    if length > LONGEST_GLUED or not (written.startswith(_BEGINS) or written[0].isdigit()):
        return ""
    reached: list[str | None] = [None] * (length + 1)
    reached[length] = ""
    for place in range(length - 1, -1, -1):
        for size in range(min(_LONGEST, length - place), 0, -1):
            rest = reached[place + size]
            digit = _GLUED.get(written[place : place + size])
            if rest is not None and digit is not None:
                reached[place] = digit + rest
                break
    return reached[0] or ""


_SPELT_LOOKS = tuple(f"{sign}".join(word) for word in ("nol", "kos", "lap", "mpa") for sign in " .-_*")
_SPELT = re.compile(r"(?<![a-z0-9])[a-z]([ .\-_*]{1,2})[a-z](?:\1[a-z]){1,70}(?![a-z0-9])")


def is_spelt(plain: str) -> bool:
    """A cheap look for number words written letter by letter."""
    for look in _SPELT_LOOKS:  # noqa: SIM110  any() over a generator would cost twice the search
        if look in plain:
            return True
    return False


def spelt(plain: str) -> Iterator[tuple[int, int, str]]:
    """Places and digits of number words written letter by letter, "n o l", "d.e.l.a.p.a.n"."""
    if not is_spelt(plain):
        return
    for match in _SPELT.finditer(plain):
        digits = glued(match.group().replace(match[1], ""))
        if digits:
            yield match.start(), match.end(), digits


def _only_singles(written: str) -> bool:
    return not _SINGLES.sub("", written)


@functools.cache
def _plain_forms() -> dict[str, str]:
    """Digit words of Indonesian without vowels, where that is longer than a letter: "dlpn", "smbln", "tjh"."""
    forms: dict[str, str] = {}
    for language in ("id", "ms", "jv", "su"):
        for written, (role, digits) in VOCABULARY.items():
            bare = skeleton(written)
            if role == Role.DIGIT and language in digits and len(bare) > 1 and written.isascii():
                forms.setdefault(bare, digits[language])
    return forms


def skeleton(written: str) -> str:
    """A word without vowels and held letters."""
    bare: list[str] = []
    for letter in written:
        if letter not in _VOWELS and (not bare or bare[-1] != letter):
            bare.append(letter)
    return "".join(bare)


@functools.lru_cache(maxsize=1024)
def misspelt(written: str, *, between: bool) -> str:
    """The digit of a misspelt word, "" for none. `between`: number words stand on both sides, so more is forgiven."""
    if written in _CONNECTORS:
        return ""
    held = re.sub(r"(.)\1+", r"\1", written)
    if held in VOCABULARY and VOCABULARY[held][0] == Role.DIGIT:
        return settled(VOCABULARY[held][1], ())
    bare = skeleton(written)
    if len(bare) > 1 and (between or bare == written):
        digit = _plain_forms().get(bare)
        if digit:
            return digit
    if len(written) < (3 if between else 5):
        return ""
    for candidate, (role, digits) in VOCABULARY.items():
        if role == Role.DIGIT and "id" in digits and abs(len(candidate) - len(written)) < 2:  # noqa: SIM102
            if len(candidate) > 2 and Levenshtein.distance(candidate, written, score_cutoff=1) <= 1:
                return digits["id"]
    return ""


@functools.lru_cache(maxsize=1024)
def leet(written: str) -> str:
    """The digit of a number word with digits for some of its letters ("d3lap4n"), "" for none."""
    for table in _LEET:
        read = written.translate(table)
        entry = VOCABULARY.get(read) or _UNHELD.get(_HELD.sub(r"\1", read))
        if entry is not None and entry[0] == Role.DIGIT and len(read) > 2:
            return settled(entry[1], _LANGUAGES)
    return _with_its_digit(written)


def _with_its_digit(written: str) -> str:
    """The digit of a number word with that very digit for one of its letters ("tu7uh"), "" for none."""
    inside = written[1:-1].strip("abcdefghijklmnopqrstuvwxyz")
    if len(inside) != 1 or not inside.isdecimal() or len(written) < 4:
        return ""
    before, _, behind = written.partition(inside)
    return (
        inside if any(len(word) == len(written) and word.startswith(before) and word.endswith(behind) for word in _WORDS_OF[inside]) else ""
    )


def settled(digits: Mapping[str, str], languages: Sequence[str]) -> str:
    """The digit a word means where `languages` are spoken, best first."""
    for language in languages:
        if language in digits:
            return digits[language]
    if "" in digits:
        return digits[""]
    return next(digits[language] for language in _LANGUAGES if language in digits)


def languages(words: Iterable[Word]) -> list[str]:
    """The languages of a row of number words, the one that knows most of them first."""
    votes: Counter[str] = Counter()
    for each in words:
        votes.update(each.digits.keys())
    return sorted(votes, key=lambda language: (-votes[language], _LANGUAGES.index(language) if language else -1))
