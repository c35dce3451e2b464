"""Several numbers under one beginning, told by their last digits: "0840 1234 5, tinggal ganti belakang: Ani 611, Budi 622".

Everything here works on `Folded.plain`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from patrol.domain import Span
from patrol.engine.reading import dialling, number_corrections, number_labels, number_words
from patrol.engine.reading.number_follower import MOST_OF_A_RANGE, Follower, Followers

CONFIDENCE = 0.85
_BACK_TO_HEAD = 110  # code points before the end of a number in which is said that another one differs in its last digits
_LAST = "(?:b[ae]?lakang|blkg|terakhir|akhir|akhiran|aher|ahir|buntut|mburi|uju?a?ng|tukang|ekor|(?:pan)?[nt]ungtung)(?:nya|nyo|na|ne|e)?"
_OTHER = "(?:(?:ber|ba)?beda|bedo|seje|sejen|benten)"
_SAME = "(?:sarua|sama|podo|sami|idem|pada)"
_SIZES = {word: count for word, count in number_words.COUNTS.items() if count <= 3} | dict.fromkeys(("satu", "hiji", "siji", "1"), 1)
_SIZES |= {"rong": 2, "telung": 3}
_SIZE = "|".join(sorted(_SIZES, key=len, reverse=True))
_HEAD = r"(?<![\d+])(?P<head>(?:0|62)8\d(?:[ \-.]?\d){3,8})(?![ \-.]?\d)[^\d]{1,40}?(?<![a-z])"
_SHARED_HEADS = (
    # "Nomer kami sarua kabeh hareupna: 0847-1122. Ngan tukangna nu beda: Teh Imas 045 ..."
    re.compile(rf"{_HEAD}{_LAST}\s(?:[a-z]{{1,6}}\s)?{_OTHER}\w{{0,5}}(?=\W)"),
    re.compile(rf"{_HEAD}(?:sambung|ganti|tambah|tinggal|beda)\w{{0,4}}\s(?:di\s)?{_LAST}(?=[:.])"),
)
# "depannya sama semua 0843 7719 20, belakangnya 41 (Ika), 42 (Wati)": two and more
_FRONT = re.compile(r"(?:depan|dpn|hareup|ngarep|awal|muka)(?:an)?(?:nya|na|ne|e)?(?![a-z])[^\d\n]{0,24}$")
_BACK_TO_FRONT = 36  # code points
_FRONT_HEAD = re.compile(rf"{_HEAD}{_LAST}\s?[:=]?\s?(?=\d{{2,4}}[^\d])")
_LOOKS = ("depan", "dpn", "hareup", "ngarep", "awal", "muka", "bed", "sej", "benten", "sambung", "ganti", "tambah", "tinggal")
# "0842 7700 31 terus dua angka belakangnya: 05 = Pak Itam ..."
_TOLD = re.compile(
    rf"[, ]{{0,2}}(?:(?:terus|trus|teras|lalu|banjur|tuluy|tinggal|sisa|tambah)\s){{0,2}}(?P<size>{_SIZE})\s?(?:angka|digit)"
    rf"\s(?:(?:(?:paling|deui|lagi|maneh|di)\s){{0,2}}{_LAST}|lagi|deui|maneh)\W{{0,3}}(?=\d)"
)
# "beda tiga angka belakang. Saya 0844 5500 219, kakak 773"
_DIFFER = re.compile(rf"(?<![a-z]){_OTHER}\w{{0,4}}\s(?:[a-z]{{1,6}}\s)?(?P<size>{_SIZE})\s?(?:angka|digit)\s(?:paling\s)?{_LAST}")
# "0864 7201 12xx, xx nya: 34 = Dea ...", "0840-7712-8xx -> 01 kalo pagi, ..."
_SIGNS = re.compile(rf"\W{{0,3}}(?:(?P<sign>[x?*_#.])(?P=sign)+\s?(?:nya|ne|itu|iku)?\s?[:=]?|->|→|➡️?|=>|=|{_LAST}\s?[:=]?)\s*(?=\d)")
_NEXT = re.compile(r"(?:[^\d]{1,40}?)?(?<![\d.,\-+])(?P<ending>\d{1,4})(?![\d%]|[.,:\-]\d|\s%)")
_COUNTED = number_labels.UNITS - {"pagi", "siang", "sore", "malam"}  # "02 siang" is an ending for the afternoon, "20 orang" counts
_NO_MORE = r"(?!\d|[.,\-:/]\d|\s?%)"
_SAID = re.compile(
    r"\s?[,;(/]?\s?(?:[a-z]{1,10}\s){0,4}(?:yang|yg|sing|nu|nomor|nomer|no|satu|satunya|lain|lagi|ato|atau|beda|bedo|seje|sejen)\s"
    rf"(?:[a-z]{{1,6}}\s)?(?:belakang|buntut|ujung|akhiran|ekor|mburi)(?:nya|ne|e|na)?[,:]?\s(?P<ending>\d{{2,4}}){_NO_MORE}"
)
# "Teh Neneng sarua, ngan tungtungna 413" in the line behind a number
_ALIKE = re.compile(
    rf"\s?\n?[^\d\n]{{0,24}}?(?<![a-z]){_SAME}(?![a-z])[^\d\n.]{{0,20}}?{_LAST}[,:]?\s(?:jadi\s|itu\s)?"
    rf"(?P<ending>\d{{1,4}}){_NO_MORE}"
)


def under_one_head(plain: str) -> Iterator[Follower]:
    """The numbers of a text whose beginning is said to be shared, before the endings are told."""
    if not any(look in plain for look in _LOOKS):
        return
    for pattern in _SHARED_HEADS:
        for match in pattern.finditer(plain):
            yield from _with_head(plain, match, _endings(plain, match.end()))
    for match in _FRONT_HEAD.finditer(plain):
        endings = _endings(plain, match.end())
        front = _FRONT.search(plain, max(0, match.start() - _BACK_TO_FRONT), match.start())
        if len(endings) > 1 and front and not _TOLD.match(plain, match.end("head")):
            yield from _with_head(plain, match, endings)


def _endings(plain: str, place: int) -> list[Span]:
    first = _NEXT.match(plain, place)
    return listed(plain, place, len(first["ending"])) if first else []


def _with_head(plain: str, match: re.Match[str], endings: Iterable[Span]) -> Iterator[Follower]:
    head = "".join(filter(str.isdecimal, match["head"]))
    for begin, end in endings:
        number = dialling.indonesian(head + plain[begin:end])
        if number:
            yield Follower(number, *match.span("head"), CONFIDENCE)


def of_signs(plain: str, end: int, size: int) -> list[str] | None:
    """What so many signs left open at the end of a number stand for, as told behind them; None where that is not told."""
    told = _SIGNS.match(plain, end) if size > 1 else None
    return [plain[first:last] for first, last in listed(plain, told.end(), size)] if told else None


def listed(plain: str, place: int, size: int) -> list[Span]:
    """The places of the endings of so many digits that are told one behind the other from a place on."""
    found: list[Span] = []
    while len(found) < MOST_OF_A_RANGE and (ending := _NEXT.match(plain, place)):
        if len(ending["ending"]) != size or number_labels.unit(plain, ending.end()) in _COUNTED:
            break
        found.append(ending.span("ending"))
        place = ending.end()
    return found


def told(plain: str, number: str, end: int) -> Followers | None:
    """The numbers of "0842 7700 31 terus dua angka belakangnya: 05 = ..., 16 = ...": in place of the one without them."""
    match = _TOLD.match(plain, end)
    if match is None:
        return None
    numbers = [
        Follower(number + plain[first:last], first, last, CONFIDENCE) for first, last in listed(plain, match.end(), _SIZES[match["size"]])
    ]
    whole = bool(numbers) and all(dialling.indonesian(each.value[1:]) for each in numbers)
    return Followers(numbers, numbers[-1].end, replace=True) if whole else None


def differing(plain: str, number: str, end: int) -> Followers | None:
    """The numbers of "beda tiga angka belakang. Saya 0844 5500 219, kakak 773"."""
    said = _DIFFER.search(plain, max(0, end - _BACK_TO_HEAD), end) if number.startswith("+628") else None
    if said is None:
        return None
    size = _SIZES[said["size"]]
    numbers = [Follower(number[:-size] + plain[first:last], first, last, CONFIDENCE) for first, last in listed(plain, end, size)]
    return Followers(numbers, numbers[-1].end) if numbers else None


def said(plain: str, number: str, end: int) -> Follower | None:
    """ "..., kalau sibuk coba yang belakangnya 72": another number, told by its last digits."""
    other = number_corrections.differs(plain, number, end)
    if other:
        return other
    match = _SAID.match(plain, end) or _ALIKE.match(plain, end)
    if match is None or number_labels.counts(plain, match.end()) or number.endswith(match["ending"]):
        return None
    if number_corrections.corrects(plain, *match.span()):
        return None
    return Follower(number[: -len(match["ending"])] + match["ending"], *match.span("ending"), CONFIDENCE)
