"""Numbers told by a code of the post's own: words or letters for digits, sums, letters to drop, digits at the ends of lines.

Each code is read only where the post gives the key, and what comes out must be a whole number to dial.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from patrol.engine.reading import dialling, number_words
from patrol.engine.reading.number_follower import Follower

CONFIDENCE = 0.8
FEWEST_KEYS, MOST_KEYS = 4, 36  # "merah=0 biru=8 ...": fewer words for digits are no code, more nobody remembers

_LOOKS = tuple(number_words.LEXICON["looks"]["codes"])
_KEY = re.compile(r"(?<![\w=])([a-z]{2,12})\s?[=:]\s?(\d)(?![\d.,]*\d)")
_KEY_WORD = re.compile(r"(?<![a-z])([a-z]{10})[\"')]{0,2}[^\n=]{0,24}=\s?(1234567890|0123456789)(?!\d)")
_SUM = r"\d{1,2}\s?[+x*:\-]\s?\d{1,2}"
_SUMS = re.compile(rf"(?<![\d+x*:\-])(?:{_SUM}|\d)(?:\s?[,;|]\s?(?:{_SUM}|\d(?![\d+x*:\-]))){{8,13}}(?!\d)")
_PARTS_OF_SUMS = re.compile(r"(\d{1,2})(?:\s?([+x*:\-])\s?(\d{1,2}))?")
_FILLED = re.compile(r"(?<![a-z0-9])\d[a-z]{0,3}(?:\d{1,4}[a-z]{1,3}){3,13}\d{0,4}(?![a-z0-9])")
_DROPPED = re.compile(
    r"(?:buang|hapus|abaikan|hilang|skip|ilang|tanpa|jangan baca|gausah baca|ignore|remove)[a-z]{0,4}\W{1,2}"
    r"(?:(?:semua|aja|saja|dulu|all|the)\s){0,2}(?:huruf|abjad|letters?)|(?:huruf|abjad)(?:nya)?\s(?:semua\s)?(?:di)?(?:buang|hapus|ilangin|hilangkan)"
)
_WORDS_BETWEEN = re.compile(r"(?<![\d.,])\d(?:[ ,]{1,2}[a-z]{1,14}[ ,]{1,2}\d(?![\d.,]*\d)){8,13}")
_ONLY_DIGITS = re.compile(r"angka(?:nya)?\s(?:aja|saja|doang|tok|wae|yang|yg|di\sdepan|depan)")
_BRACKETED = re.compile(r"\((\d{2,6})\)")
_LINE_ENDS = re.compile(r"(?:ujung|akhir|belakang|buntut)\s(?:tiap\s|setiap\s)?baris")
_LINE_END = re.compile(r"(\d{1,4})[^\w\n]{0,3}$", re.MULTILINE)
_SUMS_OF: dict[str, Callable[[int, int], int]] = {
    "+": int.__add__,
    "-": int.__sub__,
    "x": int.__mul__,
    "*": int.__mul__,
    ":": lambda first, second: first // second if second and not first % second else -1,
}


def told(plain: str) -> Iterator[Follower]:
    """The numbers told by codes in `Folded.plain`."""
    for look in _LOOKS:
        if look in plain:
            break
    else:
        return
    yield from _in_words(plain)
    yield from _by_key_word(plain)
    yield from _in_sums(plain)
    if _DROPPED.search(plain):
        yield from _read(_FILLED, plain)
    if _ONLY_DIGITS.search(plain):
        yield from _read(_WORDS_BETWEEN, plain)
    if "dalam kurung" in plain:
        yield from _in_brackets(plain)
    yield from _at_line_ends(plain)


def _number(digits: str, start: int, end: int) -> Iterator[Follower]:
    number = dialling.indonesian(digits)
    if number:
        yield Follower(number, start, end, CONFIDENCE)


def _read(pattern: re.Pattern[str], plain: str) -> Iterator[Follower]:
    """The digits of what a pattern finds, without anything between them."""
    for match in pattern.finditer(plain):
        yield from _number("".join(filter(str.isdecimal, match.group())), *match.span())


def _in_words(plain: str) -> Iterator[Follower]:
    """ "merah=0 biru=8 kuning=4 ... -> merah biru kuning"."""
    keys = list(_KEY.finditer(plain))
    digits = {key[1]: key[2] for key in keys}
    if not FEWEST_KEYS <= len(digits) <= MOST_KEYS:
        return
    one = rf"(?:{'|'.join(sorted(digits, key=len, reverse=True))}|\d)(?![a-z0-9=:])"
    row = re.compile(rf"(?<![a-z0-9]){one}(?:[\s,.\-]{{1,3}}{one}){{8,13}}")
    for match in row.finditer(plain):
        words = re.findall(r"[a-z]+|\d", match.group())
        yield from _number("".join(digits.get(word, word) for word in words), *match.span())


def _by_key_word(plain: str) -> Iterator[Follower]:
    """A word of ten letters that stands for the ten digits, and a row of its letters."""
    key = _KEY_WORD.search(plain)
    if key is None or len(set(key[1])) < len(key[2]):
        return
    table = str.maketrans(key[1], key[2])
    for match in re.finditer(rf"(?<![a-z])[{key[1]}]{{10,14}}(?![a-z])", plain):
        yield from _number(match.group().translate(table), *match.span())


def _in_sums(plain: str) -> Iterator[Follower]:
    """ "0, 2x4, 2+2, 9-9, ...": each sum is a digit; a row of hours or scores makes no number to dial."""
    for match in _SUMS.finditer(plain):
        values = [
            _SUMS_OF[sign](int(first), int(second)) if sign else int(first) for first, sign, second in _PARTS_OF_SUMS.findall(match.group())
        ]
        if all(0 <= value <= 9 for value in values):
            digits = "".join(map(str, values))
            yield from _number(digits if digits.startswith("0") else "08" + digits, *match.span())


def _in_brackets(plain: str) -> Iterator[Follower]:
    """ "Saya Rini (0841) di Taipei (7702) ... (3319). Angka dalam kurung disambung"."""
    parts = list(_BRACKETED.finditer(plain))
    if len(parts) > 1:
        yield from _number("".join(part[1] for part in parts), parts[0].start(), parts[-1].end())


def _at_line_ends(plain: str) -> Iterator[Follower]:
    said = _LINE_ENDS.search(plain)
    if said is None:
        return
    ends = list(_LINE_END.finditer(plain, said.end()))
    if len(ends) > 1:
        yield from _number("".join(end[1] for end in ends), ends[0].start(1), ends[-1].end(1))
