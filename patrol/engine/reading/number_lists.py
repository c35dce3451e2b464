"""What follows a number and makes others of it: further endings, a range, the last digits said again.

Everything here works on `Folded.plain`; a `Follower` has its places there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from patrol.engine.reading import dialling, number_keys, number_labels

MOST_OF_A_RANGE = 20
_NEAR = 70  # code points between a number and the one that corrects it

_CORRECTS = re.compile(
    r"(?<![a-z])(?:eh(?:h+)?|ralat|salah|koreksi|maksud\w*|revisi|(?:yang|yg|sing|nu) (?:bener|benar|betul|leres)|bukan itu|sorry|typo|"
    r"maaf|harusnya|seharusnya|hrsnya|mestinya|kudune|kuduna|correction|i mean|keliru|klentu|lepat|bukan,|wrong)(?![a-z])"
)
_KEEPS = re.compile(r"(?<![a-z])(?:dan|atau|juga|penipu|hati|awas|nomor lama|ganti nomor|pindah)(?![a-z])")
_CORRECTED_END = re.compile(r"(?<![\d.\-])(?P<digits>\d{3,5} \d(?!\s?[a-z.])|\d{1,6}(?:[ \-.]\d{2,5})?)(?!\d)")
_OTHER_ENDING = re.compile(
    r"(?:\s?(?P<parted>/|&|,|\||\+|atau|dan|or|and|n|;)\s?)(?:[\-.…]{1,3}\s?)?"
    r"(?!0\d{2,3}[ \-.]\d{3})(?P<ending>\d{1,4})(?!\d|[.,\-:]\d|/\d{4}|\s?%)"
)
_WHOSE = re.compile(r"\s?\((?:[a-z]{2,10}\.?\s?){1,3}\)(?=\s?[/&]\s?\d{1,4}(?!\d))")  # "0840... (Bu Ani) / 79 (Pak Budi)"
_ENDING_SAID = re.compile(
    r"\s?[,;(/]?\s?(?:[a-z]{1,10}\s){0,4}(?:yang|yg|sing|nu|nomor|nomer|no|satu|satunya|lain|lagi|ato|atau)\s(?:[a-z]{1,6}\s)?"
    r"(?:belakang|buntut|ujung|akhiran|ekor|mburi)(?:nya|ne|e|na)?\s(?P<ending>\d{2,4})(?!\d|[.,\-:/]\d|\s?%)"
)
_UPTO = re.compile(r"[ ]?(?:s/?d|s\.d\.?|sampai|sampe|hingga|-|–|to|until|~)\s?(?:[\-.…]{1,3}\s?)?(?P<ending>\d{1,4})(?![\d]|[.,\-:/]\d)")
_FROM_TO = re.compile(r"\s?(?:s/?d|s\.d\.?|sampai|sampe|hingga|to|until|~|-|–)\s?(?:dengan\s)?")
_OPEN_END = re.compile(r"(?<![\d+])(?P<digits>\+?\d[\d \-.]{5,15}?)\s?(?P<sign>[x?*_#.…])(?P=sign){0,4}(?![\w?*_#.])")
_OPEN_LOOK = re.compile(r"\d\s?[x?*_#.…]{1,5}(?![\w?*_#.])")
_MASKED = re.compile(r"(?<![\d+])(?P<head>0\d{2,6})[ \-.]?(?P<mask>\?{2,5}|\*{2,5}|x{2,5}|_{2,5}|#{2,5})[ \-.]?(?P<tail>\d{2,5})(?!\d)")
_FILLING = re.compile(r"[^\d\n]{0,40}?(?:isi|=|:|itu|ganti|nya|adalah|jadi|diisi|tengah)[^\d\n]{0,16}(?P<digits>\d{2,5})(?!\d)")
_OTHER_LOCAL = re.compile(r"\s?(?:/|,|&|-|atau|dan)\s?(?P<local>(?!0)\d{3,4}[ \-.]?\d{3,4})(?![\d]|[.,\-]\d)")
_DIGITS = re.compile(r"\d+")
_APPENDED = re.compile(r"\((?P<endings>\d{1,3}(?:\s?[/,|]\s?\d{1,3}){1,6})\)")
_STARRED = re.compile(r"\s{1,2}\*\s?(?P<digits>\d{2,5})(?![\d*])")


class Follower(NamedTuple):
    """A number told by digits that follow another: E.164, its places, how sure it is."""

    value: str
    start: int
    end: int
    confidence: float


class Followers(NamedTuple):
    """The numbers that follow, where they end, and whether they replace the number before them."""

    numbers: list[Follower]
    end: int
    replace: bool = False


def corrects(plain: str, last_end: int, start: int) -> bool:
    """Whether the words between two numbers take the first one back."""
    if start - last_end > _NEAR:
        return False
    return _CORRECTS.search(plain, last_end, start) is not None and _KEEPS.search(plain, last_end, start) is None


def between(plain: str, former: str, latter: str, last_end: int, start: int) -> list[str]:
    """The numbers inside "0840...10 s/d 0840...13"."""
    first, last = int(former[1:]), int(latter[1:])
    if not 1 < last - first <= MOST_OF_A_RANGE or not _FROM_TO.fullmatch(plain, last_end, start):
        return []
    return [f"+{value}" for value in range(first + 1, last)]


def said_again(plain: str, number: str, end: int) -> Follower | None:
    """ "0840 1234 5635 eh salah 5653" and "... *5653": the number with its last digits put right."""
    starred = _STARRED.match(plain, end)
    if starred:
        digits = starred["digits"]
        return Follower(number[: -len(digits)] + digits, end, starred.end(), 0.8)
    said = _CORRECTS.search(plain, end, min(len(plain), end + 14))
    ending = _CORRECTED_END.search(plain, said.end(), min(len(plain), said.end() + 40)) if said else None
    if ending is None:
        return None
    digits = "".join(filter(str.isdecimal, ending["digits"]))
    if not 2 <= len(digits) <= 6 or digits.startswith("08") or number_labels.counts(plain, ending.end()):
        return None
    return Follower(number[: -len(digits)] + digits, end, ending.end(), 0.85)


def open_ended(plain: str) -> Iterator[Follower]:
    """ "0840 1234 567x, x nya 1 sampai 4", "0840 1234 567_ (terakhir 8)": what the post says of a digit left open."""
    for match in _MASKED.finditer(plain):
        told = _FILLING.match(plain, match.end())
        if told and len(told["digits"]) == len(match["mask"]):
            number = dialling.indonesian(match["head"] + told["digits"] + match["tail"])
            if number:
                yield Follower(number, *match.span(), 0.85)
    if not _OPEN_LOOK.search(plain):
        return
    for match in _OPEN_END.finditer(plain):
        digits = "".join(filter(str.isdecimal, match["digits"]))
        stated = [digits + digit for digit in number_keys.wild_digits(plain, match.end(), match["sign"])]
        last = number_keys.last_digits(plain, match.end())
        for whole in (*stated, *([digits + last] if last else ())):
            number = dialling.indonesian(whole)
            if number:
                yield Follower(number, *match.span(), 0.85)


def after(plain: str, number: str, end: int) -> Followers:
    """The other numbers of "...77/78", "...70 s/d 75" and "...567(6/7/8)"."""
    return _appended(plain, number, end) or _up_to(plain, number, end) or _others(plain, number, end)


def _appended(plain: str, number: str, end: int) -> Followers | None:
    listed = _APPENDED.match(plain, end)
    if listed is None:
        return None
    numbers = [Follower(number + match.group(), *match.span(), 0.88) for match in _DIGITS.finditer(plain, *listed.span("endings"))]
    whole = all(dialling.indonesian(each.value[1:]) for each in numbers)
    return Followers(numbers, listed.end(), replace=True) if whole else None


def _up_to(plain: str, number: str, end: int) -> Followers | None:
    upto = _UPTO.match(plain, end)
    if upto is None or number_labels.counts(plain, upto.end("ending")):
        return None
    ending, base = upto["ending"], number[: -len(upto["ending"])]
    first, last = int(number[-len(ending) :]), int(ending)
    if not first < last <= first + MOST_OF_A_RANGE:
        return None
    values = (base + str(value).zfill(len(ending)) for value in range(first + 1, last + 1))
    return Followers([Follower(value, *upto.span("ending"), 0.9) for value in values], upto.end())


def _others(plain: str, number: str, end: int) -> Followers:
    numbers: list[Follower] = []
    while other := _OTHER_LOCAL.match(plain, end) if not number.startswith("+628") else None:
        local = "".join(filter(str.isdecimal, other["local"]))
        if len(local) + 4 > len(number):
            break
        numbers.append(Follower(number[: -len(local)] + local, *other.span("local"), 0.85))
        end = other.end()
    whose = _WHOSE.match(plain, end)
    end = whose.end() if whose else end
    while other := _OTHER_ENDING.match(plain, end):
        ending = other["ending"]
        counted = number_labels.counts(plain, other.end("ending"))
        if ending.startswith("08") or counted or not _one_more(number, ending, other["parted"]):
            break
        numbers.append(Follower(number[: -len(ending)] + ending, *other.span("ending"), 0.88))
        end = other.end()
    said = _said_ending(plain, number, end) if number.startswith("+628") else None
    return Followers([*numbers, said], said.end) if said else Followers(numbers, end)


def _said_ending(plain: str, number: str, end: int) -> Follower | None:
    """ "..., kalau sibuk coba yang belakangnya 72": another number, told by its last digits."""
    said = _ENDING_SAID.match(plain, end)
    if said is None or number_labels.counts(plain, said.end()) or number.endswith(said["ending"]) or _CORRECTS.search(said.group()):
        return None
    return Follower(number[: -len(said["ending"])] + said["ending"], *said.span("ending"), 0.85)


def _one_more(number: str, ending: str, separator: str) -> bool:
    """Whether digits after a number end another one: after "/" they do, after a comma only close to its own ending."""
    if number.endswith(ending):
        return False
    if separator in {"/", "&", "|"}:
        return len(ending) >= 1
    if separator in {"atau", "dan", "or", "and", "n"}:
        return len(ending) >= 2
    return len(ending) >= 3 or (len(ending) == 2 and abs(int(ending) - int(number[-2:])) <= 30)
