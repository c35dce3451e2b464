"""A number taken back or put right by the words behind it: "eh salah 5653", "angka terakhir 6 bukan 5", "bukan ... tapi ...".

Everything here works on `Folded.plain`.
"""

from __future__ import annotations

import re

from patrol.engine.reading import number_keys, number_labels
from patrol.engine.reading.number_follower import Follower

_NEAR = 70  # code points between a number and the one that corrects it
_FURTHER = 140  # the same where both the wrong and the right digits are said
_CORRECTS = re.compile(
    r"(?<![a-z])(?:eh(?:h+)?|ralat|salah|koreksi|maksud\w*|revisi|(?:yang|yg|sing|nu) (?:bener|benar|betul|leres)|bukan itu|sorry|typo|"
    r"maaf|harusnya|seharusnya|hrsnya|mestinya|kudune|kuduna|correction|i mean|keliru|klentu|lepat|bukan,|wrong)(?![a-z])"
)
_KEEPS = re.compile(r"(?<![a-z])(?:dan|atau|juga|penipu|hati|awas|nomor lama|ganti nomor|pindah)(?![a-z])")
_CORRECTED_END = re.compile(r"(?<![\d.\-])(?P<digits>\d{3,5} \d(?!\s?[a-z.])|\d{1,6}(?:[ \-.]\d{2,5})?)(?!\d)")
_STARRED = re.compile(r"\s{1,2}\*\s?(?P<digits>\d{2,5})(?![\d*])")
_NO = "(?:bukang?|bkn|dudu|dede|sanes|lain|not)"
_YET = "(?:tapi|tp|tetapi|melainkan|nanging|ning|tapina|but)"
_NOT = re.compile(rf"(?<![a-z]){_NO}\s(?:(?:ke|no|nomor|nomer|wa|hp)\.?\s)?[(+]?$")
_BUT = re.compile(rf"\W{{0,3}}{_YET}\s(?:[a-z]{{1,8}}\s){{0,2}}")
_BUT_HEAD = re.compile(rf"\s{_YET}\s(?P<head>08\d\d)(?![ \-.]?\d)")  # "bukan 0848 9012 556 tapi 0846, sisanya betul"
_DIGITS = r"\d{1,6}"
_RATHER = re.compile(rf"(?<![\d.,\-])(?P<right>{_DIGITS})[, ]{{1,2}}{_NO}\s(?P<wrong>{_DIGITS})(?![.,\-]?\d)")
_RATHER_THAN = re.compile(rf"(?<![a-z]){_NO}\s(?P<wrong>{_DIGITS})\W{{1,3}}{_YET}\s(?P<right>{_DIGITS})(?![.,\-]?\d)")
_PLACE = "|".join(word for word, place in number_keys.ORDINALS.items() if 1 < place < 10 and (word.startswith("ke") or word.isdecimal()))
_AT = re.compile(rf"(?:angka|digit)\s(?:ke[ \-]?)?(?P<place>{_PLACE})(?![a-z\d])")
# "blok tengah tabalik, musti 9177"
_GROUP = re.compile(
    r"(?:blok|kelompok|bagian|angka)\s(?P<group>depan|tengah|belakang)[^\d.\n]{0,24}?"
    r"(?:harus|musti|mesti|jadi|bener|benar|maksud)[a-z]{0,6}\s(?P<right>\d{4})(?![ \-.]?\d)"
)
_GROUPS = {"depan": (0, 4), "tengah": (4, 8), "belakang": (8, 12)}  # of twelve digits, as they are mostly written


def takes_back(plain: str, former: Follower, start: int, last_end: int) -> bool:
    """Whether the words between two numbers take the first one back, or "not ..., but ..." stands around it."""
    if start - last_end > _NEAR:
        return False
    if _BUT.fullmatch(plain, last_end, start) and _NOT.search(plain, max(0, former.start - 24), former.start):
        return True
    return corrects(plain, last_end, start) and _KEEPS.search(plain, last_end, start) is None


def corrects(plain: str, start: int, end: int) -> bool:
    """Whether a word between two places says that something was wrong."""
    return _CORRECTS.search(plain, start, end) is not None


def put_right(plain: str, number: str, end: int) -> Follower | None:
    """The number (E.164, its digits end at `end`) with the digits that the words behind it put right; None where they put none right."""
    starred = _STARRED.match(plain, end)
    if starred:
        return Follower(_ending_in(number, starred["digits"]), end, starred.end(), 0.8)
    if number.startswith("+62"):
        found = _exchanged(plain, number, end) or _with_group(plain, number, end)
        if found:
            return found
    said = _CORRECTS.search(plain, end, min(len(plain), end + 14))
    ending = _CORRECTED_END.search(plain, said.end(), min(len(plain), said.end() + 40)) if said else None
    if ending is None:
        return None
    digits = "".join(filter(str.isdecimal, ending["digits"]))
    if not 2 <= len(digits) <= 6 or digits.startswith("08") or number_labels.counts(plain, ending.end()):
        return None
    return Follower(_ending_in(number, digits), end, ending.end(), 0.85)


def differs(plain: str, number: str, end: int) -> Follower | None:
    """Another number, told by the digits in which it differs: "DANA-nya sama, cuma angka terakhir 1 bukan 0"."""
    rather = _RATHER.search(plain, end, min(len(plain), end + _NEAR))
    if rather is None or "sama" not in plain[end : rather.start()]:
        return None
    value = _with(number, "", rather["wrong"], rather["right"])
    return Follower(value, *rather.span("right"), 0.85) if value else None


def _exchanged(plain: str, number: str, end: int) -> Follower | None:
    reach = min(len(plain), end + _FURTHER)
    rather = _RATHER.search(plain, end, reach) or _RATHER_THAN.search(plain, end, reach)
    if rather is None or len(rather["right"]) != len(rather["wrong"]):
        return None
    said = plain[end : rather.start()]
    value = "" if "sama" in said else _with(number, said, rather["wrong"], rather["right"])
    return Follower(value, end, rather.end(), 0.85) if value else None


def _with(number: str, said: str, wrong: str, right: str) -> str:
    """The number with digits exchanged at its end, or one at the place that is named ("angka kelima itu 9 bukan 6"); "" for neither."""
    place = _AT.search(said)
    if place and len(right) == 1:
        home = "0" + number[3:]
        at = number_keys.ORDINALS[place["place"]] - 1
        return f"+62{home[1:at]}{right}{home[at + 1 :]}" if at < len(home) and home[at] == wrong else ""
    return _ending_in(number, right) if number.endswith(wrong) else ""


def _with_group(plain: str, number: str, end: int) -> Follower | None:
    """The number with one of its groups put right."""
    home = "0" + number[3:]
    headed = _BUT_HEAD.match(plain, end)
    if headed:
        return Follower(f"+62{headed['head'][1:]}{home[4:]}", end, headed.end(), 0.85)
    told = _GROUP.search(plain, end, min(len(plain), end + _FURTHER))
    if told is None:
        return None
    first, past = _GROUPS[told["group"]]
    written = home[:first] + told["right"] + home[past:]
    return Follower(f"+62{written[1:]}", end, told.end(), 0.8) if written[0] == "0" else None


def _ending_in(number: str, digits: str) -> str:
    return number[: -len(digits)] + digits
