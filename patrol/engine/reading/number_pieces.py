"""A text -> the pieces numbers are made of, in order: runs of digits, letters written for digits, numerals in words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from patrol.engine import lazy
from patrol.engine.reading import number_words, prefilter
from patrol.engine.reading.number_labels import UNITS
from patrol.engine.reading.number_looks import TOKEN
from patrol.engine.reading.number_words import Role, Word


class Piece(NamedTuple):
    """Places in `Folded.plain`, the digits read, and the letters that stand glued before and behind."""

    start: int
    end: int
    digits: str
    spoken: bool = False
    before: str = ""
    behind: str = ""


_new = tuple.__new__
_RUN = lazy.regex(r"[0-9][0-9a-z]*")
_LEAD = lazy.regex(r"[0-9oilszb]*[0-9]")
# "0840x1234x5678", "0840titik1234titik5678": one joint for every gap; where it masks it is no joint.
_PARTED = lazy.regex(r"(?:0|62|8)\d{1,4}(?!x{2})([a-z]{1,10})\d{2,5}(?:\1\d{2,5}){1,4}")
_PARTED_BY_WORDS = lazy.regex(r"(?:0|62|8)\d{1,4}(?:[a-z]{3,12}\d{2,5}){2,5}")
_JOINT_WORDS = frozenset(number_words.listed(number_words.LEXICON["fillers"]["words"]))
_LETTERS_IN_RUN = lazy.regex(r"[0-9oilzsbgqeat]+")
_LETTERS = str.maketrans("oilzsbgqeat", "01125899347")
_APART = lazy.regex(
    r"(?<![a-z0-9])(?!i+(?![a-z0-9]))[oil]{1,4}(?![a-z0-9])|(?<=[\doil][ .\-][\doil][ .\-])i(?![a-z0-9])"
)  # "II" alone is a month
_LETTERS_TOO = frozenset("oi")  # Korean for five and two; where no other number is said they are letters for digits
_LONE_LETTERS = lazy.regex(r"\d[^\w\n]{1,3}[oil]{1,4}(?![a-z])|(?<![a-z])[oil]{1,4}[^\w\n]{1,3}\d")
# What stands between other signs there; a look at the words costs less than the pattern.
_DIGIT_LETTERS = frozenset("".join(row) for size in range(1, 5) for row in itertools.product("oil", repeat=size))
_FIVES = frozenset(number_words.listed(number_words.LEXICON["compounds"]["five"]))
_ADDED_TO_FIVE = frozenset(word for row in number_words.LEXICON["digits"]["km"][1:5] for word in number_words.listed(row))
_MIXED = lazy.regex(r"(?<![a-z0-9])(?=\d*[a-z])[a-z]*\d[a-z0-9]{0,11}(?![a-z0-9])")
# "empat angka pertama 0840": the word says how many digits follow, and is none of them
_COUNTS_DIGITS = lazy.regex(
    r"\s(?:(?:angka|digit|nomor|nomer)\s(?:awal|depan|pertama|tengah|berikut|selanjut|terakhir|belakang|akhir)|(?:pertama|berikut|selanjut|terakhir))"
    r"[a-z]{0,4}\W{0,3}\d{3}"
)
_SAYS_HOW_MANY = lazy.regex(
    r"\s?(?:angka|digit)(?![a-z])|\s(?:sing|yang|yg|nu)\s(?:ngarep|mburi|depan|belakang|tengah|awal|akhir)(?![a-z])"
)  # "3 angka lagi: ...", "8 digit awal ..."
# "hp-ku", "... tuju. pak RT": everyday words that are a digit somewhere, and none where a row of number words begins, or ends, with them.
_NEVER_FIRST = frozenset({"ku"})
_NEVER_LAST = frozenset({"pak"})
_CLOSE = lazy.regex(r"[\s\-.,~*·'\"]{0,3}")
_JOINS = lazy.regex(r"[\s\-]{1,2}")
_COUNT = "|".join(sorted(number_words.COUNTS, key=len, reverse=True))
_TIMES = lazy.regex(
    rf"[\s\-]?(?:nya|ne|na)?\s?[(]?(?:(?P<count>{_COUNT})\s?(?:kali|x|balen|times)(?![a-z0-9])|(?:kali|x|kaping|ping|times)\s?"
    rf"(?P<by>{_COUNT})(?![a-z0-9])|(?P<said>twice|thrice)(?![a-z0-9]))[)]?"
    rf"|[\s\-]?(?:nya|ne|na)\s(?P<of>{_COUNT})(?:\s?(?:biji|buah|angka))?(?![a-z0-9])"
)
_SAID_TIMES = {"twice": 2, "thrice": 3}
_CLAUSE_ENDS = lazy.regex(r"\s?(?:[,.;)\n]|$)")
_SURE = 7  # number words in a row that leave no doubt of its language
_LONGEST_REPEATED = 4  # digits of a group that is said to stand again, "12 dua kali"
MOST_PIECES = 300  # of one text: nobody writes more digits to be dialled, and the time of a post is bounded
LONGEST_WORD = 30  # letters of a word; longer ones cost as much as many
MOST_LETTERS_BEFORE = 60
NEAR = 14  # code points between two number words that still belong to one row


def horizon(plain: str, *, speaks: bool) -> int:
    """Where the text is read to: its end, or the place of the first group of digits past `MOST_PIECES`."""
    if len(plain) <= 2 * MOST_PIECES:
        return len(plain)
    past = next(itertools.islice(_RUN.finditer(plain), MOST_PIECES, None), None)
    end = past.start() if past else len(plain)
    if speaks:
        spoken = (match for match in TOKEN.finditer(plain, 0, end) if _may_speak(match.group()))
        past = next(itertools.islice(spoken, MOST_PIECES, None), None)
        end = past.start() if past else end
    return end


def _may_speak(written: str) -> bool:
    return written in number_words.KNOWN or len(written) > LONGEST_WORD or not written.isascii()


def pieces(plain: str, *, speaks: bool) -> list[Piece]:
    """All pieces in order. `speaks`: number words are looked for too."""
    items: list[Piece | Word] = [piece for piece in _runs(plain) if not _says_how_many(plain, piece)]
    if speaks:
        return _joined(plain, _with_words(plain, items))
    if len(items) > 1 and not _DIGIT_LETTERS.isdisjoint(prefilter.letters(plain)) and _LONE_LETTERS.search(plain):
        items = _in_order([*items, *_apart(plain)])
    return [item for item in items if isinstance(item, Piece)]


def _says_how_many(plain: str, piece: Piece) -> bool:
    return len(piece.digits) <= 2 and _SAYS_HOW_MANY.match(plain, piece.end) is not None


def _apart(plain: str) -> list[Piece]:
    return [Piece(*match.span(), match.group().translate(_LETTERS)) for match in _APART.finditer(plain)]


def _spelt(plain: str) -> list[Piece]:
    """Number words written letter by letter, "n o l"."""
    return [Piece(start, end, digits, spoken=True) for start, end, digits in number_words.spelt(plain)]


def _leet(plain: str) -> list[Piece]:
    """Number words with digits for some of their letters, "d3lap4n"."""
    return [Piece(*match.span(), digit, spoken=True) for match in _MIXED.finditer(plain) if (digit := number_words.leet(match.group()))]


def _in_order(items: list[Piece | Word]) -> list[Piece | Word]:
    """Sorted, and of two that meet the longer one."""
    items.sort(key=lambda item: (item.start, -item.end))
    kept: list[Piece | Word] = []
    for item in items:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _runs(plain: str) -> list[Piece]:
    return [_run(plain, *match.span()) for match in _RUN.finditer(plain)]


def _run(plain: str, start: int, end: int) -> Piece:
    body = plain[start:end]
    first = start
    while first and plain[first - 1].isalpha() and start - first < MOST_LETTERS_BEFORE:
        first -= 1
    before = plain[first:start]
    if not before and body.isdigit():
        return _new(Piece, (start, end, body, False, "", ""))
    if _stands_for_digits(plain, first, before):
        start, body, before = first, before + body, ""
    written = before + body
    if len(written) > 3:
        spoken = ("" if _adds_a_digit(written) else number_words.leet(written)) or number_words.glued(written)
        if spoken and spoken != written:
            return Piece(first, end, spoken, spoken=True)
    digits = body if body.isdigit() else _parted(body)
    if digits:
        return Piece(start, end, digits, before=before)
    letters = sum(map(str.isalpha, body))
    inside = _within(plain, first)
    if _LETTERS_IN_RUN.fullmatch(body) and (
        letters * 2 <= len(body) or not body.strip("oil0123456789") or (inside and not body.strip("oilszb0123456789"))
    ):
        unit = body.lstrip("0123456789")
        if unit in UNITS:
            return Piece(start, end - len(unit), body[: -len(unit)], before=before, behind=unit)
        return Piece(start, end, body.translate(_LETTERS), before=before)
    lead = _LEAD.match(body)
    assert lead is not None  # a run begins with a digit, or with letters for digits before one
    return Piece(start, start + lead.end(), lead.group().translate(_LETTERS), before=before, behind=body[lead.end() :])


def _adds_a_digit(written: str) -> bool:
    """Whether a digit stands before or behind a whole number word, "tiga4", and for none of its letters, "3nam"."""
    return written[-1].isdigit() or (len(written) > 4 and written[1:] in number_words.KNOWN)


def _parted(body: str) -> str:
    """The digits of a whole number with one letter for every gap, "0840x1234x5678", "" for anything else."""
    if not _PARTED.fullmatch(body) and not (_PARTED_BY_WORDS.fullmatch(body) and _JOINT_WORDS.issuperset(re.findall("[a-z]+", body))):
        return ""
    digits = "".join(filter(str.isdecimal, body))
    return digits if 9 <= len(digits) <= 14 else ""


def _stands_for_digits(plain: str, first: int, before: str) -> bool:
    """Whether letters glued before digits are digits: "o84", and inside a number also "-s678"."""
    if not before or len(before) > 3 or before.strip("oilszb"):
        return False
    return not before.strip("oil") or before == "ob" or _within(plain, first)  # "oB46" is 0846


def _within(plain: str, first: int) -> bool:
    """Whether a run stands one sign behind digits or letters for digits."""
    return (
        first > 1
        and not plain[first - 1].isalnum()
        and plain[first - 2] in "0123456789oilszb"
        and any(sign.isdecimal() for sign in plain[max(0, first - 5) : first - 1])
    )


def _with_words(plain: str, runs: Sequence[Piece | Word]) -> list[Piece | Word]:
    items = [*runs, *_apart(plain), *_spelt(plain), *_leet(plain)]
    unknown: list[tuple[int, int, str]] = []
    for match in TOKEN.finditer(plain):
        written, start = match.group(), match.start()
        found = number_words.word(written, start)
        if found:
            if found.role not in {Role.DIGIT, Role.WHOLE} or not (
                _COUNTS_DIGITS.match(plain, found.end) or _SAYS_HOW_MANY.match(plain, found.end)
            ):
                items.append(found)
        elif (len(written) >= 6 or not written.isascii()) and (spoken := number_words.glued(written)):
            items.append(Piece(start, match.end(), spoken, spoken=True))
        elif 1 < len(written) < 14:
            unknown.append((start, match.end(), written))
    if all(plain[item.start : item.end] in _LETTERS_TOO for item in items if isinstance(item, Word)):
        items = [item for item in items if isinstance(item, Piece)]
    # A word comes before the letter it might be read as: "o" is Korean for five between Korean numbers.
    items.sort(key=lambda item: (item.start, isinstance(item, Piece)))
    items = [item for place, item in enumerate(items) if not _stands_by_itself(plain, items, place)]
    return _in_order([*items, *_misspelt(plain, items, unknown)])


def _stands_by_itself(plain: str, items: Sequence[Piece | Word], place: int) -> bool:
    """Whether an everyday word stands where a row of number words begins or ends, and so is none of them."""
    item = items[place]
    written = plain[item.start : item.end]
    if written in _NEVER_FIRST:
        return place == 0 or not _CLOSE.fullmatch(plain, items[place - 1].end, item.start)
    if written in _NEVER_LAST:
        return place + 1 == len(items) or not _CLOSE.fullmatch(plain, item.end, items[place + 1].start)
    return False


def _misspelt(plain: str, items: Sequence[Piece | Word], unknown: Sequence[tuple[int, int, str]]) -> list[Piece]:
    """Unknown words directly beside number words that are number words badly spelt."""
    ends = {item.end for item in items if isinstance(item, Word) or item.spoken}
    begins = {item.start for item in items if isinstance(item, Word) or item.spoken}
    found: list[Piece] = []
    for start, end, written in (*unknown, *reversed(unknown)):  # from behind too: only the last word may be a known one
        if end in ends and start in begins:
            continue
        near = end + 1 in begins or end + 2 in begins or end + 3 in begins  # a look at them costs less than the pattern
        after = _CLOSE.match(plain, end) if near else None
        behind = after is not None and after.end() > end and after.end() in begins
        ahead = any(start - gap in ends for gap in (1, 2, 3)) and not plain[start - 1].isalnum()
        if not behind and not ahead:
            continue
        digit = number_words.misspelt(written, between=behind and ahead)
        if digit:
            found.append(Piece(start, end, digit, spoken=True))
            ends.add(end)
            begins.add(start)
    return found


def _joined(plain: str, items: Sequence[Piece | Word]) -> list[Piece]:
    """Words settled in their language and joined: "dobel lima" 55, "dua belas" 12, "delapan ratus dua belas" 812."""
    units = _settled(plain, items)
    made: list[Piece] = []
    place = 0
    while place < len(units):
        piece, place = _numeral(plain, units, place)
        if piece is not None:
            made.append(piece)
    return made


class _Unit(NamedTuple):
    piece: Piece
    role: Role


def _settled(plain: str, items: Sequence[Piece | Word]) -> list[_Unit]:
    units: list[_Unit] = []
    row: list[Word] = []

    def close() -> None:
        if row:
            spoken = number_words.languages(row)
            if len(row) > _SURE and spoken[0] not in row[-1].digits and "." in plain[row[-2].end : row[-1].start]:
                row.pop()  # "... peuet nol. Hana ...": a word of another language behind the end of a sentence
            units.extend(
                _Unit(Piece(each.start, each.end, number_words.settled(each.digits, spoken), spoken=True), each.role) for each in row
            )
            row.clear()

    for item in items:
        if isinstance(item, Word):
            if row and item.start - row[-1].end > NEAR:
                close()
            row.append(item)
        else:
            close()
            units.append(_Unit(item, Role.DIGIT))
    close()
    return units


def _numeral(plain: str, units: Sequence[_Unit], place: int) -> tuple[Piece | None, int]:
    """The numeral that begins at a unit (None where the unit is none by itself), and the unit after it."""
    piece, role = units[place]
    match role:
        case Role.REPEAT:
            return _repeated(plain, units, place)
        case Role.HUNDREDS:
            return _hundreds(plain, units, place, place)
        case Role.TENS:
            return _tens(plain, units, place, place)
        case Role.WHOLE:
            return piece, place + 1
        case Role.DIGIT:
            joined = _more_of_one(plain, units, place) if len(piece.digits) == 1 else _times(plain, units, place)
            return joined or (piece, place + 1)
    return None, place + 1


def _more_of_one(plain: str, units: Sequence[_Unit], place: int) -> tuple[Piece, int] | None:
    return _compound(plain, units, place) or _times(plain, units, place) or _doubled(plain, units, place)


def _repeated(plain: str, units: Sequence[_Unit], place: int) -> tuple[Piece | None, int]:
    """ "dobel nol", "triple 8"."""
    piece = units[place].piece
    if place + 1 < len(units):
        following, role = units[place + 1]
        near = _CLOSE.fullmatch(plain, piece.end, following.start) is not None
        if near and role == Role.DIGIT and len(following.digits) == 1:
            return Piece(piece.start, following.end, following.digits * int(piece.digits), spoken=True), place + 2
    return None, place + 1


def _compound(plain: str, units: Sequence[_Unit], place: int) -> tuple[Piece, int] | None:
    """ "dua belas", "lima puluh enam", "8 ratus 12"."""
    piece = units[place].piece
    if place + 1 == len(units) or not _adjoins(plain, piece, units[place + 1].piece):
        return None
    following, role = units[place + 1]
    if role == Role.DIGIT and following.spoken and plain[piece.start : piece.end] in _FIVES:
        added = plain[following.start : following.end] in _ADDED_TO_FIVE
        joined = piece._replace(end=following.end, digits=str(5 + int(following.digits)))
        return (joined, place + 2) if added else None
    if role == Role.TEEN:
        return piece._replace(end=following.end, digits="1" + piece.digits, spoken=True), place + 2
    if role == Role.TEN:
        return _tens(plain, units, place, place + 1)
    return _hundreds(plain, units, place, place + 1) if role == Role.HUNDRED else None


def _times(plain: str, units: Sequence[_Unit], place: int) -> tuple[Piece, int] | None:
    """ "lima kali dua", "nol-nya dua", "8 nya 3x": the digit as often as said."""
    piece = units[place].piece
    times = _TIMES.match(plain, piece.end)
    if times is None or (times["of"] and not piece.spoken) or len(piece.digits) > _LONGEST_REPEATED:
        return None
    said = times["count"] or times["by"] or times["of"]
    count = number_words.COUNTS[said] if said else _SAID_TIMES[times["said"]]
    after = place + 1
    while after < len(units) and units[after].piece.start < times.end():
        after += 1
    return piece._replace(end=times.end(), digits=piece.digits * count, spoken=True), after


def _doubled(plain: str, units: Sequence[_Unit], place: int) -> tuple[Piece, int] | None:
    """ "lima dobel, nol": the digit before, where the clause ends behind the word."""
    piece = units[place].piece
    if place + 1 == len(units) or units[place + 1].role != Role.REPEAT or not _adjoins(plain, piece, units[place + 1].piece):
        return None
    times = units[place + 1].piece
    if not _CLAUSE_ENDS.match(plain, times.end):
        return None
    return piece._replace(end=times.end, digits=piece.digits * int(times.digits), spoken=True), place + 2


def _adjoins(plain: str, piece: Piece, following: Piece) -> bool:
    return _JOINS.fullmatch(plain, piece.end, following.start) is not None


def _tens(plain: str, units: Sequence[_Unit], first: int, ten: int) -> tuple[Piece, int]:
    """ "lima puluh", "lima puluh enam", "eighty five"."""
    begin, end = units[first].piece, units[ten].piece
    digit = begin.digits
    if ten + 1 < len(units):
        next_unit = units[ten + 1]
        after = units[ten + 2].role if ten + 2 < len(units) else Role.DIGIT
        if (
            next_unit.role == Role.DIGIT
            and len(next_unit.piece.digits) == 1
            and next_unit.piece.digits != "0"
            and next_unit.piece.spoken
            and plain[end.end : next_unit.piece.start] in {" ", "-"}
            and after not in {Role.TEEN, Role.TEN, Role.HUNDRED}
        ):
            joined = Piece(begin.start, next_unit.piece.end, digit + next_unit.piece.digits, spoken=True)
            return joined, ten + 2
    return Piece(begin.start, end.end, digit + "0", spoken=True), ten + 1


def _hundreds(plain: str, units: Sequence[_Unit], first: int, hundred: int) -> tuple[Piece, int]:
    """ "delapan ratus", "delapan ratus dua belas", "8 ratus 12"."""
    begin, end = units[first].piece, units[hundred].piece
    rest_at = hundred + 1
    if rest_at < len(units) and plain[end.end : units[rest_at].piece.start] == " " and not _is_hundred(units, rest_at):
        rest, after = _numeral(plain, units, rest_at)
        if rest is not None and len(rest.digits) <= 2:
            return Piece(begin.start, rest.end, begin.digits + rest.digits.zfill(2), spoken=True), after
    return Piece(begin.start, end.end, begin.digits + "00", spoken=True), hundred + 1


def _is_hundred(units: Sequence[_Unit], place: int) -> bool:
    """Whether a second numeral of three digits begins here: it is no rest of the first."""
    after = units[place + 1].role if place + 1 < len(units) else Role.DIGIT
    return units[place].role == Role.HUNDREDS or after == Role.HUNDRED
