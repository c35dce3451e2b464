"""What follows a number and makes others of it: further endings, a range, what a digit left open stands for.

Everything here works on `Folded.plain`; a `Follower` has its places there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from patrol.engine.reading import dialling, number_endings, number_keys, number_labels
from patrol.engine.reading.number_follower import MOST_OF_A_RANGE, Follower, Followers

_WHOLE = 11  # digits of a mobile number that lacks none

_OTHER_ENDING = re.compile(
    r"(?:\s?(?P<parted>/|&|,|\||\+|atau|dan|or|and|n|;)\s?)(?:[\-.…]{1,3}\s?)?"
    r"(?!0\d{2,3}[ \-.]\d{3})(?P<ending>\d{1,4})(?!\d|[.,\-:]\d|/\d{4}|\s?%)"
)
_WHOSE = re.compile(
    r"\s?\((?:[a-z]{2,10}\.?\s?){1,3}\)(?=\s?(?:[/&]|atau|utawa|jo|dan)\s?\d{1,4}(?!\d))"
)  # "0840... (Bu Ani) / 79 (Pak Budi)"
_UPTO = re.compile(
    r"[ ]?(?:s/?d|s\.d\.?|sampai|sampe|hingga|-|–|to|until|~)\s?(?:dengan\s|dgn\s)?(?:[\-.…]{1,3}\s?)?"
    r"(?P<ending>\d{1,4})(?![\d]|[.,\-:/]\d)"
)
FROM_TO = re.compile(r"\s?(?:s/?d|s\.d\.?|sampai|sampe|hingga|to|until|~|-|–)\s?(?:dengan\s)?")
_OPEN_END = re.compile(r"(?<![\d+])(?P<digits>\+?\d[\d \-.]{5,15}?)\s?(?P<sign>[x?*_#.…])(?P=sign){0,4}(?![\w?*_#.])")
_OPEN_LOOK = re.compile(r"\d\s?[x?*_#.…]{1,5}(?![\w?*_#.])")
_MASKED = re.compile(r"(?<![\d+])(?P<head>0\d{2,6})[ \-.]?(?P<mask>\?{2,5}|\*{2,5}|x{2,5}|_{2,5}|#{2,5})[ \-.]?(?P<tail>\d{2,5})(?!\d)")
_FILLING = re.compile(
    r"[^\d\n]{0,40}?(?:isi|=|:|itu|ganti|nya|adalah|jadi|diisi|tengah)[^\d\n]{0,16}(?P<digits>\d{2,5})(?!\d|[ \-.]?[x*#?_]{2})"
)
_OTHER_LOCAL = re.compile(r"\s?(?:/|,|&|-|atau|dan)\s?(?P<local>(?!0)\d{3,4}[ \-.]?\d{3,4})(?![\d]|[.,\-]\d)")
_DIGITS = re.compile(r"\d+")
# "0845 cinta 2290 rindu 1176" in a line of its own; only the groups most numbers are written in
_BETWEEN_WORDS = re.compile(r"08\d\d (?P<first>[a-z]{2,10}) \d{4} (?P<second>[a-z]{2,10}) \d{3,4}(?![\d%]|[.,\-]\d)")
_OPENS_LINE = re.compile(r"(?:^|\n|: |(?<![a-z])(?:chat|wa|hub) )$")
_EMERGENCY = frozenset({"110", "112", "118", "119"})  # "... lapor 0867 1009 228 atau 110"
_APPENDED = re.compile(r"\((?P<endings>\d{1,3}(?:\s?[/,|]\s?\d{1,3}){1,6})\)")


def between(plain: str, former: str, latter: str, last_end: int, start: int) -> list[str]:
    """The numbers inside "0840...10 s/d 0840...13"."""
    first, last = int(former[1:]), int(latter[1:])
    if not 1 < last - first <= MOST_OF_A_RANGE or not FROM_TO.fullmatch(plain, last_end, start):
        return []
    return [f"+{value}" for value in range(first + 1, last)]


def open_ended(plain: str) -> Iterator[Follower]:
    """What the post says of digits left open, "0840 1234 567x, x nya 1 sampai 4", and numbers no row of digits shows."""
    yield from _masked(plain)
    yield from _between_words(plain)
    yield from number_endings.under_one_head(plain)
    if _OPEN_LOOK.search(plain):
        yield from _open(plain)


def _masked(plain: str) -> Iterator[Follower]:
    for match in _MASKED.finditer(plain):
        told = _FILLING.match(plain, match.end())
        if told and len(told["digits"]) == len(match["mask"]):
            number = dialling.indonesian(match["head"] + told["digits"] + match["tail"])
            if number:
                yield Follower(number, *match.span(), 0.85)


def _between_words(plain: str) -> Iterator[Follower]:
    for match in _BETWEEN_WORDS.finditer(plain):
        number = dialling.indonesian("".join(filter(str.isdecimal, match.group())))
        opens = _OPENS_LINE.search(plain, max(0, match.start() - 6), match.start())
        if number and opens and number_labels.UNITS.isdisjoint((match["first"], match["second"])):
            yield Follower(number, *match.span(), 0.8)


def _open(plain: str) -> Iterator[Follower]:
    for match in _OPEN_END.finditer(plain):
        digits = "".join(filter(str.isdecimal, match["digits"]))
        signs = match.end() - match.start("sign")
        if signs == 1 and match["sign"] == "." and len(digits) >= _WHOLE and dialling.indonesian(digits):
            continue  # a sentence ends there
        endings = number_endings.of_signs(plain, match.end(), signs)
        if endings is None:
            endings = [*number_keys.wild_digits(plain, match.end(), match["sign"])]
            last = number_keys.last_digits(plain, match.end())
            endings += [last] if last else []
        for ending in endings:
            number = dialling.indonesian(digits + ending)
            if number:
                yield Follower(number, *match.span(), 0.85)


def after(plain: str, number: str, end: int) -> Followers:
    """The other numbers of "...77/78", "...70 s/d 75" and "...567(6/7/8)"."""
    return (
        _appended(plain, number, end)
        or number_endings.told(plain, number, end)
        or number_endings.differing(plain, number, end)
        or _up_to(plain, number, end)
        or _others(plain, number, end)
    )


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
    said = number_endings.said(plain, number, end) if number.startswith("+628") else None
    return Followers([*numbers, said], said.end) if said else Followers(numbers, end)


def _one_more(number: str, ending: str, separator: str) -> bool:
    """Whether digits after a number end another one: after "/" they do, after a comma only close to its own ending."""
    if number.endswith(ending) or ending in _EMERGENCY:
        return False
    if separator in {"/", "&", "|"}:
        return len(ending) >= 1
    if separator in {"atau", "dan", "or", "and", "n"}:
        return len(ending) >= 2
    return len(ending) >= 3 or (len(ending) == 2 and abs(int(ending) - int(number[-2:])) <= 30)
