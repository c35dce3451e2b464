"""Licence numbers compared as people compare them.

Forgiven: spacing, case, dots, dashes, slashes, roman or arabic month, O for 0, l or I for 1, and a missing prefix
where one licence only fits. Never another digit, digit order, month or year.

`Index.find` says which number of the register was meant, `Index.begins` whether a part of one was written;
`Index.within` where numbers of the register stand in a text, however they are introduced; `Index.alike` where numbers
made like the register's stand, held or not.

No authentic SIP2MI number is public; the shapes follow the letter culture `prefix.number/unit/code/month/year` of
Indonesian offices, and nothing here refuses a number for its shape.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

import ahocorasick_rs

from patrol import domain
from patrol.engine.licences.folded import FOLDING, MISREAD, PLAIN, misread, misread_places

_ROMAN = {r: n for n, r in enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), 1)}
_INTRODUCING = frozenset(
    (
        "SIP",
        "SIP2MI",
        "SIP3MI",
        "SIPPMI",
        "SIPPTKI",
        "SIUP",
        "SIUPPMI",
        "SIUPP3MI",
        "NO",
        "NOMOR",
        "NOMER",
        "NUMBER",
        "NUM",
        "SURAT",
        "IZIN",
        "IJIN",
        "PEREKRUTAN",
    )
)
_SEGMENT = re.compile(r"[A-Z0-9]+")
_PIECE = re.compile(r"[A-Z]+|[0-9]+")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_GLUED_PREFIX = re.compile(r"(SIP2MI|SIP3MI|SIPPMI|[A-Z]+)(?=[0-9O])")
_CONFUSED = str.maketrans("OIL", "011")
# Shorter ones, or figures alone, are telephone numbers and prices as well: they count where the reader saw them.
_SHORTEST_IN_TEXT = 8
_MOST_IN_TEXT = 300
_LETTER = re.compile(r"[A-Z]")
# A number that goes on is another number: 12/B.0417/SIP2MI/I/2026.
_GOES_ON = re.compile(r"[0-9A-Za-z]\s?[/\\-]\s?$")
_GOES_ON_BEHIND = re.compile(r"\s?[/\\-]\s?[0-9]|[/\\][A-Za-z]")
# A number made like the register's: what may stand between its parts, for a figure, for a letter taken for one.
_JOINT = r"(?:\s?[/\\\-–_.,|]\s?|[ \t]{1,2})"
_FIGURE = "[0-9oil|]"
_LETTERS_IN_FRONT = r"(?:[a-z]{1,5}[.\-/]\s?|[a-z]{1,2}\s?)?"
_LOOKS = {"o": "[o0]", "0": "[o0]", "i": "[i1l|]", "l": "[l1i|]", "1": "[1il|]", "s": "[s5]", "5": "[s5]"}
_REST_OF_NUMBER = re.compile(r"(?:[/\\-][0-9a-z]{1,12}){1,6}")
_HEAD_OF_NUMBER = re.compile(r"(?:[0-9a-z]{1,12}[/\\-]){1,6}$")
_MOST_SHAPES = 60  # a register is made of a few
_MOST_ALIKE = 50  # of one text
# Letters, announcements and reports of offices that number their licences the same way.
_OF_A_LETTER = re.compile(
    r"\b(?:surat(?! i[zj]in| perekrutan)|pengumuman|edaran|peng|keputusan|kepmen|sk|laporan|lp|undangan|se|nota dinas|pasal|uu)\b"
    r"[^\n/]{0,40}$"
)


class Keys(NamedTuple):
    """What a number is compared by: `whole` as written, `bare` without its prefix."""

    whole: frozenset[str]
    bare: frozenset[str]


def parts(written: str) -> str:
    """The figures and letters of a number with their borders: what makes it one number in two files."""
    return "/".join(_segments(written))


def keys(written: str) -> Keys:
    """The comparison keys of a number; both empty where it holds no digit."""
    segments = _segments(written)
    return Keys(_joined(segments), _joined(_without_prefix(segments)))


def asked(written: str) -> Keys:
    """The keys to look for: `bare` drops only a word that introduces a number, never a prefix that says more."""
    segments = _segments(written)
    return Keys(_joined(segments), _joined(_introduced(segments)))


def _introduced(segments: list[str]) -> list[str]:
    """Without the words that introduce a number: without `SIP No.` in `SIP No. B. 432`."""
    short = list(segments)
    while len(short) > 1 and short[0] in _INTRODUCING:
        short.pop(0)
    if short and (glued := _GLUED_PREFIX.match(short[0])) and glued[1] in _INTRODUCING:
        short[0] = short[0][glued.end() :]
    return short


class Index:
    """Numbers of one edition, looked up by key."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._whole: dict[str, list[str]] = {}
        self._bare: dict[str, list[str]] = {}
        held = tuple(dict.fromkeys(numbers))
        for number in held:
            made = keys(number)
            for key in made.whole:
                self._whole.setdefault(key, []).append(number)
            for key in made.bare - made.whole:
                self._bare.setdefault(key, []).append(number)
        rows = list(dict.fromkeys(MISREAD.joined(row) for row in _in_text(held)))
        self._rows = sorted({row for number in held for row in _bordered(number)})
        self._automaton = ahocorasick_rs.AhoCorasick(rows) if rows else None
        shapes = dict(islice(dict(_shapes(held)).items(), _MOST_SHAPES))
        self._anchors = tuple(dict.fromkeys(map(MISREAD.joined, shapes.values())))
        self._shapes = re.compile(rf"(?<![0-9a-z])(?:{'|'.join(shapes)})(?![0-9a-z])") if shapes else None

    def find(self, written: str) -> tuple[str, ...]:
        """The register's numbers behind what was written: none, one, or several that differ by separators only."""
        wanted = asked(written)
        if found := _hits(self._whole, wanted.whole):
            exact = [number for number in found if _segments(number) == _segments(written)]
            return tuple(exact or found)
        if len(found := _hits(self._whole, wanted.bare)) == 1:
            return tuple(found)
        short = _hits(self._bare, wanted.whole | wanted.bare)
        return tuple(short) if len(short) == 1 else ()

    def begins(self, written: str) -> bool:
        """Whether a number of the register begins with what was written and goes on behind it: `B. 432` of `B. 432/SIP2MI/IV/2026`.

        A part is told from a number that the register lacks, and stands for none: others may begin so.
        """
        if not any(map(str.isdigit, written)):
            return False
        begun = "/".join(_pieces(_introduced(_segments(written)))) + "/"
        at = bisect_left(self._rows, begun)
        return any(row.startswith(begun) and row != begun for row in self._rows[at : at + 2])

    def within(self, text: str) -> list[tuple[domain.Span, str]]:
        """Places of a text where a number of the register stands, the longest where they overlap, in order."""
        if self._automaton is None:
            return []
        hits = self._automaton.find_matches_as_indexes(misread(text), overlapping=True)
        if not hits:
            return []
        offsets = misread_places(text)
        found: list[tuple[domain.Span, str]] = []
        for _, start, end in sorted(hits[:_MOST_IN_TEXT], key=lambda hit: hit[1] - hit[2]):
            first, last = offsets[start], offsets[end - 1] + 1
            if any(first < taken[1] and taken[0] < last for taken, _ in found) or not _whole(text, first, last):
                continue
            if meant := self.find(text[first:last]):
                found.append(((first, last), meant[0]))
        return sorted(found)

    def alike(self, text: str) -> list[domain.Span]:
        """Places of a text where a number stands that is made like one of the register's, held or not, in order.

        A forged number in the register's own style must not pass as none: then the agency's other licences would clear it.
        """
        if self._shapes is None or not any(map(misread(text).__contains__, self._anchors)):
            return []
        plain = text.translate(PLAIN)
        found = []
        for match in islice(self._shapes.finditer(plain), _MOST_ALIKE):
            first, last = match.span()
            if _OF_A_LETTER.search(plain, max(0, first - 60), first):
                continue
            if head := _HEAD_OF_NUMBER.search(plain, max(0, first - 40), first):
                first = head.start()
            if rest := _REST_OF_NUMBER.match(plain, last):
                last = rest.end()
            found.append((first, last))
        return found


def _shapes(held: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The patterns of numbers made like these, each with the letters it must hold.

    Figures may be any, a year any, a month any in each writing; the letters in front may be others or missing, and of the
    letters inside the longest row stays.
    """
    for number in held:
        segments = _segments(number)
        letters = [each for each in segments if 2 * len(_LETTER.findall(each)) > len(each)]
        inside = [each for at, each in enumerate(segments) if at and each in letters and each not in _ROMAN]
        anchor = max(inside or letters, key=len, default="")
        if len(segments) < 2 or not anchor or len("".join(segments)) < _SHORTEST_IN_TEXT:
            continue
        parts = [_shape(segments, at, anchor) for at in range(len(segments))]
        lettered = segments[0] != anchor and segments[0].isalpha()
        head = _LETTERS_IN_FRONT if lettered else f"{parts[0]}{_JOINT}"
        yield head + _JOINT.join(parts[1:]), anchor


def _shape(segments: list[str], at: int, anchor: str) -> str:
    segment = segments[at]
    if segment == anchor:
        return "".join(_LOOKS.get(c, c) for c in segment.lower())
    if _YEAR.fullmatch(segment):
        return f"(?:19|2[0o]){_FIGURE}{{2}}"
    beside_year = any(0 <= near < len(segments) and _YEAR.fullmatch(segments[near]) for near in (at - 1, at + 1))
    if at and beside_year and (segment in _ROMAN or (segment.isdigit() and _months(segment))):
        return f"(?:[ivxl1|]{{1,4}}|{_FIGURE}{{1,2}})"
    if segment.isdigit():
        return f"(?=[oil|]{{0,9}}[0-9]){_FIGURE}{{1,{len(segment) + 2}}}"
    if segment.isalpha():
        return "[a-z]{1,6}"
    return f"(?=[a-z]{{0,8}}[0-9])[0-9a-z]{{1,{len(segment) + 2}}}"


def _whole(text: str, first: int, last: int) -> bool:
    """Whether what stands there is a number of its own, not a piece of a longer one or of a word."""
    if (first and FOLDING(text[first - 1])) or (last < len(text) and FOLDING(text[last])):
        return False
    return _GOES_ON.search(text[max(0, first - 5) : first]) is None and _GOES_ON_BEHIND.match(text, last) is None


def _in_text(numbers: Iterable[str]) -> Iterator[str]:
    """What to search for: each number with its month in every writing, with its prefix and without."""
    for number in numbers:
        whole = _segments(number)
        for segments in (whole, _without_prefix(whole)):
            for row in _rows(segments):
                if len(row) >= _SHORTEST_IN_TEXT and _LETTER.search(row):
                    yield row


def _rows(segments: list[str]) -> Iterator[str]:
    yield _row(segments)
    for at, segment in enumerate(segments):
        if at and (months := _months(segment)):
            for month in months:
                roman = next(r for r, n in _ROMAN.items() if n == month)
                for written in (str(month), f"{month:02}", roman):
                    yield _row([*segments[:at], written, *segments[at + 1 :]])


def _bordered(number: str) -> Iterator[str]:
    """With the prefix and without, a border behind each piece."""
    whole = _segments(number)
    for segments in (whole, _without_prefix(whole)):
        yield "/".join(_pieces(segments)) + "/"


def _pieces(segments: list[str]) -> list[str]:
    """Figures and letters apart, so that `B432` begins as `B. 432` does."""
    return [piece for segment in segments for piece in _PIECE.findall(_figures(segment))]


def _hits(table: dict[str, list[str]], wanted: frozenset[str]) -> list[str]:
    return list(dict.fromkeys(number for key in sorted(wanted) for number in table.get(key, ())))


def _segments(written: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", written).replace("|", "I").upper()
    return _SEGMENT.findall("".join(c for c in plain if unicodedata.category(c) != "Cf"))


def _without_prefix(segments: list[str]) -> list[str]:
    """Without the letters before the first figures: without `B` in `B. 432/SIP2MI/IV/2026`."""
    rest = list(segments)
    while len(rest) > 1 and (rest[0] in _INTRODUCING or rest[0].isalpha()) and not _figures(rest[0]).isdigit():
        rest.pop(0)
    if rest and (glued := _GLUED_PREFIX.match(rest[0])):
        rest[0] = rest[0][glued.end() :]
    return rest


def _figures(segment: str) -> str:
    return segment.translate(_CONFUSED)


def _joined(segments: list[str]) -> frozenset[str]:
    """Keys of a number: its figures and letters in a row, its month (before or after the year) as a figure.

    A month glued to its neighbours can be read in several ways; each way is a key. Where a month stands apart, the
    plain row is no key: there `II` and `11` would be one.
    """
    if not any(_figures(segment).isdigit() or any(c.isdigit() for c in segment) for segment in segments):
        return frozenset()
    year = next((i for i in reversed(range(len(segments))) if _YEAR.fullmatch(_figures(segments[i]))), None)
    if year is not None:
        for at in (year - 1, year + 1):
            if 0 <= at < len(segments) and (months := _months(segments[at])):
                before, after = _row(segments[:at]), _row(segments[at + 1 :])
                return frozenset(f"{before}#{month}#{after}" for month in months)
        return frozenset({_row(segments)})
    found = {_row(segments)}
    last = segments[-1]
    if len(last) > 4 and _YEAR.fullmatch(tail := _figures(last[-4:])):
        before = _row(segments[:-1])
        for length in range(1, min(4, len(last) - 4) + 1):
            cut = len(last) - 4 - length
            if months := _months(last[cut:-4]):
                if cut == 0 and last[:-4].isalpha():
                    return frozenset(f"{before}#{month}#{tail}" for month in months)
                found |= {f"{before}{_row([last[:cut]])}#{month}#{tail}" for month in months}
    return frozenset(found)


def _row(segments: list[str]) -> str:
    return "".join(segments).translate(_CONFUSED)


def _months(segment: str) -> frozenset[int]:
    """The months a segment can mean: roman, arabic, or both where figures and letters of 1 are mixed."""
    found = set()
    if segment.isdigit() and len(segment) <= 2 and 1 <= int(segment) <= 12:
        return frozenset({int(segment)})
    roman = segment.replace("1", "I").replace("L", "I")
    if roman in _ROMAN:
        found.add(_ROMAN[roman])
    mixed = _figures(segment)
    if not (segment.isalpha() and "L" not in segment) and mixed.isdigit() and len(mixed) <= 2 and 1 <= int(mixed) <= 12:
        found.add(int(mixed))
    return frozenset(found)
