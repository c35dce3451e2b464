"""One number grown from the pieces of a text: where it begins, where it ends, and why something is none.

A number goes on over short gaps. Where several ends are possible, it ends where the pieces hold together more than what
follows: "0840-1234-567 15" ends before the 15, "0840 1234 567 8" does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from patrol.engine.reading import countries, dialling, folding, number_gaps, number_keys, number_labels, number_lists, number_words
from patrol.engine.reading.number_follower import MOST_OF_A_RANGE
from patrol.engine.reading.number_gaps import APART, GLUED, LOOSE, NEXT_BEGINS, NOTHING_FOLLOWS, REMARK, TIGHT
from patrol.engine.reading.number_labels import Label
from patrol.engine.reading.number_pieces import Piece

MOST_PIECES = 24  # of one number
_SERIAL = 4  # last digits in which the tickets of one row differ
LONGEST_MOBILE = 12  # digits of one from its zero: operators give no more, and thirteen are a ticket's or a permit's

_MASK_BEHIND = re.compile(r"[ \-.]?(?:[x*#•●?_]{2,}|x(?![a-z])|x\d)|[*?#_](?=[ \-.]?[*?#_\d])")
_BROKEN_OFF = re.compile(r"\s?(?:\.{2,}|…)")
_MASK_BEFORE = re.compile(r"(?:[x*#•●?]{2,}|…|\.{3,})[ \-]?$")
_NEVER = re.compile(
    r"\d{1,2}\s?[\-/.]\s?\d{1,2}\s?[\-/.]\s?(?:19|20)\d\d(?!\d)"  # a day
    r"|\d{1,2}[.:]\d\d(?:[.:]\d\d)?\s?(?:-|–|s/?d|sampai|hingga|wib|wita|wit\b|am\b|pm\b)"  # an hour
    r"|(?:[01]?\d|2[0-3])[.:][0-5]\d\s?(?:,|dan|/|&)\s?\d\d?(?:[.:][0-5]\d|/\d\d?\s\d\d?[.:][0-5]\d)(?!\d)"  # or the next day's
    r"|(?:[01]\d|2[0-3])\.[0-5]\d(?:\s(?:[01]\d|2[0-3])\.[0-5]\d){2,}(?!\d)"  # hours of a timetable
    r"|\d{1,3}\s[2-6]g(?![a-z0-9])"  # "A55 5G 8/256"
    r"|\d{1,3}\.\d{3,}\s?,\s?-?\d{1,3}\.\d{3,}"  # a place on the map
    r"|[1-9]\d{0,2}(?:(?:\.000){1,3}|(?:,000){1,3})(?!\d)"  # an amount
)
_CALL_GLUED = re.compile(r"(?:wa|hp|telp|tlp|no|hub|hubungi|cp|call|tel|whatsapp|nomor|kontak|dana|ovo|gopay|admin|cs|sms|wasap)$")
_CALL_IT = re.compile(r"\s(?:telepon|telpon|telp|tlp|hubungi|call|bel)(?![a-z])")
_OF_A_COUNTRY = re.compile(
    r"(?<![a-z])(?:nomor|nomer|no|hp|wa|telp|num)\.?\s(?:hp\s|wa\s|lokal\s)?(?P<name>[a-z]{4,12})(?:\s?(?:nya|ne|na|itu))?\W{0,3}$"
)
_COUNTRY_FIRST = re.compile(r"(?:^|[\n/|•·(]|-\s)\s?(?P<name>[a-z]{2,12})\s?:\s?$")  # "HK: 6123 4471"
_ONE_ACCOUNT = frozenset({GLUED, TIGHT, LOOSE, APART})  # gaps over which the digits of an account go on
_LONGEST_ACCOUNT = 16  # digits of a bank's
_OF_SEVEN = frozenset({"673", "960"})  # countries whose numbers have seven digits: Brunei, the Maldives
_IN_FRONT = re.compile(r"tambah|depan|dpn|awal|muka|hareup|ngarep")
_HOUR = re.compile(r"(?<![a-z])(?:jam|jm|pukul|pkl)\s$")
_AMOUNTS = re.compile(r"\d{1,3}\.\d{3}\s?(?:→|->|\+|=)\s?\d{1,3}\.\d{3}(?!\d)")  # "2.668 → 22.668"
_DRAWN = re.compile(r"(?<![a-z0-9])(?:[2-6]d|tembus|togel|toto|lotre)(?![a-z0-9])")  # lottery
_LISTED = re.compile(r"[.)]\s?[^\d\s]")  # "\n2. KTP"
_ALWAYS_OPEN = re.compile(r"\s?(?:jam|jm|hours)(?![a-z])")
_SIGN = re.compile(r"\+[ (]{0,3}$|(?<![a-z])plus\s?$")
_ADDS = re.compile(r"[\d.,=] ?\+ $")  # "845 + 377"
_MONEY = frozenset(number_words.listed(number_words.LEXICON["units"]["money"]))
_PRICED = re.compile(r"(?:[$€£¥%]|\b(?:hkd?|sgd?|ntd?|nt|kd|kwd|qar?|bhd|omr|mop|bnd|b|rm|rp))\W{0,2}$")
_AMOUNT = re.compile(r"\s?[a-z]{2,8}\.?\s?\d")  # "won 2.100.000" behind a number is pay of its own
_ALWAYS_COUNT = frozenset({"orang", "org", "thn", "tahun", "jt", "juta", "rb", "ribu"})


@dataclass(slots=True)
class Sight:
    """What a text shows beside its digits, handed to every step of growing. `gaps` is filled on demand, `others` on the way."""

    folded: folding.Folded
    plain: str  # with declared signs as digits
    pieces: Sequence[Piece]
    countries: tuple[str, ...]
    keys: number_keys.Keys
    banks: bool  # whether a word stands there that calls digits a bank's
    gaps: dict[int, int | None] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)  # what the text calls tickets, exams, parcels, without their last digits

    def gap(self, following: int) -> int | None:
        """How much a piece stands apart from the one before it, None where no number goes on over that gap."""
        if following not in self.gaps:
            self.gaps[following] = number_gaps.between(self.plain, self.pieces[following - 1], self.pieces[following])
        return self.gaps[following]


class Number(NamedTuple):
    """A number grown: E.164, the index of its last piece, how sure it is."""

    value: str
    last: int
    confidence: float


def signed_start(plain: str, start: int) -> int:
    """Where a number begins with its plus or its bracket."""
    sign = _SIGN.search(plain, max(0, start - 5), start)
    first = sign.start() if sign else start
    return first - 1 if first and plain[first - 1] == "(" else first


def _signed(plain: str, start: int) -> bool:
    return _SIGN.search(plain, max(0, start - 5), start) is not None


def grow(sight: Sight, index: int, free: int) -> Number | None:
    """The number that begins at a piece; `free` is the first piece that belongs to no number yet."""
    plain, pieces = sight.plain, sight.pieces
    first = pieces[index]
    if not _could_begin(sight, index) or (index > free and _amid(sight, index)) or not _opens(sight, index):
        return None
    international = first.digits.startswith("00") and first.digits[2:3] not in {"", "0"} and not first.spoken
    signed = international or (_signed(plain, first.start) and not _ADDS.search(plain, max(0, first.start - 5), first.start))
    label = number_labels.before(plain, first.start - len(first.before))
    if first.before and _CALL_GLUED.search(first.before):
        label = Label.CALL
    topic = label == Label.TOPIC or first.before in number_labels.TOPICS
    if topic:
        label = Label.NONE
    tells = first.digits[0] in "06" or signed or first.before or label != Label.NONE or _by_key(sight) or sight.countries
    if label == Label.OTHER and len(first.digits) > _SERIAL:
        sight.others.add(first.digits[:-_SERIAL])
    if label in {Label.BANK, Label.OTHER} or not tells or (label == Label.NONE and _is_one_more(sight, first)):
        return None
    best = _chosen(_ends(sight, index, signed=signed, label=label))
    if best is None or _is_other(sight, index, best, label):
        return None
    if topic and not (_whole_mobile(sight, index, best, signed=signed) or _asks_to_call(sight, index, best)):
        return None
    return None if _is_no_whole(sight, index, free, best, label) else Number(best.number, best.last, best.confidence)


def _is_no_whole(sight: Sight, index: int, free: int, end: _End, label: Label) -> bool:
    """Whether what stands before the digits makes them something longer, a thing's number or a word's end."""
    first = sight.pieces[index]
    if end.length > LONGEST_MOBILE and label == Label.NONE and number_labels.nearest(sight.plain, first.start) == Label.OTHER:
        return True  # thirteen digits behind "resi paket ke Taipei"
    if index > free and label not in {Label.CALL, Label.WALLET} and _follows_digits(sight, index, end):
        return True
    return bool(first.before) and first.before not in number_labels.TOPICS and not _stands_glued(sight, index, end, label)


def past_account(sight: Sight, index: int) -> int:
    """The piece behind one that begins no number: behind the whole account where a bank stands before it."""
    first = sight.pieces[index]
    following = index + 1
    if not sight.banks or following == len(sight.pieces) or sight.gap(following) not in _ONE_ACCOUNT:
        return following
    if number_labels.before(sight.plain, first.start - len(first.before)) != Label.BANK:
        return following
    length = len(first.digits)
    while following < len(sight.pieces) and sight.gap(following) in _ONE_ACCOUNT:
        digits = sight.pieces[following].digits
        gap = sight.plain[sight.pieces[following - 1].end : sight.pieces[following].start]
        length += len(digits)
        if digits.startswith(("08", "62")) or length > _LONGEST_ACCOUNT or any(map(str.isalpha, gap)):
            break
        following += 1
    return following


def _is_one_more(sight: Sight, piece: Piece) -> bool:
    """Whether digits are one more of what the text called something else: "no ujian saya 0840012233 ... temen 0840012235"."""
    return bool(sight.others) and len(piece.digits) > _SERIAL and piece.digits[:-_SERIAL] in sight.others


def _whole_mobile(sight: Sight, index: int, end: _End, *, signed: bool) -> bool:
    """Whether digits behind an ordinary word can be nothing but a number to dial: a mobile's from its zero or its plus."""
    first, last = sight.pieces[index], sight.pieces[end.last]
    mobile = first.digits[0] == "0" and end.length <= LONGEST_MOBILE and (end.number.startswith("+628") or _is_abroad(sight, end))
    if not mobile and [len(piece.digits) for piece in sight.pieces[index : end.last + 1]] == [4, 4]:
        mobile = _is_abroad(sight, end)  # "order 5000 4417" in Hong Kong
    if not mobile:
        return signed and "/" not in sight.plain[first.start : last.end]
    return "/" not in sight.plain[first.start : last.end] or _in_groups(sight.pieces[index : end.last + 1])


def _is_abroad(sight: Sight, end: _End) -> bool:
    """Whether a number is one of a country the post shows."""
    return end.number.startswith(tuple(f"+{dialling.code(country)}" for country in sight.countries if country != "ID"))


def _asks_to_call(sight: Sight, index: int, end: _End) -> bool:
    """Whether a landline stands directly before a word that asks to call it: "soal izin 0778 000 4417 telepon aja"."""
    return _has_area(sight, index, end.last) and _CALL_IT.match(sight.plain, sight.pieces[end.last].end) is not None


def _in_groups(row: Sequence[Piece]) -> bool:
    """Whether slashes part a mobile number as its groups are parted, "0840/1234/5678"; the end of a permit is a year."""
    return [len(piece.digits) for piece in row] == [4, 4, 4] and row[-1].digits[:2] not in {"19", "20"}


def _amid(sight: Sight, index: int) -> bool:
    """Whether a piece stands within a row of equal pieces, of which only the first begins a number.

    "1 0 8 4 0 ..." is none: a zero before an eight begins one wherever it stands.
    """
    if index + 1 == len(sight.pieces) or sight.gap(index) is None:
        return False
    before, piece, behind = sight.pieces[index - 1 : index + 2]
    if not len(before.digits) == len(piece.digits) == len(behind.digits) <= 4:
        return False
    if piece.digits == "0" and behind.digits == "8":
        return False
    return sight.plain[before.end : piece.start] == sight.plain[piece.end : behind.start]


def _by_key(sight: Sight) -> bool:
    return sight.keys.zero or bool(sight.keys.code) or sight.keys.replaced


def _could_begin(sight: Sight, index: int) -> bool:
    """A cheap look: seven digits follow closely, or nothing here is a number."""
    count, last = 0, min(len(sight.pieces), index + MOST_PIECES)
    for position in range(index, last):
        if position > index and sight.gap(position) is None:
            return False
        count += len(sight.pieces[position].digits)
        if count >= dialling.SHORTEST:
            return True
    return False


def _opens(sight: Sight, index: int) -> bool:
    """Whether nothing before a piece makes it the middle of something longer, or a day, an hour, an amount."""
    plain, first = sight.plain, sight.pieces[index]
    if not first.spoken and _NEVER.match(plain, first.start):
        return False
    before = plain[first.start - 1] if first.start else " "
    if before in "$£€¥%#*" and not first.spoken and not (before in "#*" and plain[first.start - 2 : first.start - 1] in {"", " ", "\n"}):
        return False
    if before in ".," and len(first.digits) < 9 and first.start > 1 and plain[first.start - 2].isdigit():
        return False
    if (
        len(first.digits) < 3
        and plain[first.end : first.end + 1] in {".", ":"}
        and _HOUR.search(plain, max(0, first.start - 7), first.start)
    ):
        return False
    if before == "/" and len(first.digits) < 3 and first.start > 1 and plain[first.start - 2].isdigit():
        return False  # "06/08 10.30"
    masked = _MASK_BEFORE.search(plain, max(0, first.start - 6), first.start)
    return not masked or (masked.group().startswith(".") and first.digits.startswith("08"))  # "Contoh ..... 0840 ..." is a table


class _End(NamedTuple):
    """A place where a number may end: its last piece, the widest gap inside it, and the gap behind it."""

    last: int
    number: str
    confidence: float
    length: int
    inside: int
    behind: int
    goes_on: bool


def _ends(sight: Sight, index: int, *, signed: bool, label: Label) -> list[_End]:
    plain, pieces = sight.plain, sight.pieces
    ends: list[_End] = []
    digits, inside, style = "", 0, ""
    for position in range(index, min(len(pieces), index + MOST_PIECES)):
        piece = pieces[position]
        if position > index:
            gap = sight.gap(position)
            if (
                gap is None
                or (position == index + 1 and not signed and _numbers_a_line(sight, index))
                or _is_its_zero(sight, position, digits)
            ):
                break
            written = plain[pieces[position - 1].end : piece.start]
            wide = gap
            if gap == TIGHT and ((style and written != style) or (written == "/" and not style and inside)):
                wide = 2
            complete = bool(ends)
            if _begins_another(sight, position, complete=complete, digits=digits, apart=wide > inside):
                wide, stop = NEXT_BEGINS, True
            else:
                stop = complete and (gap == REMARK or _is_count(sight, index, position, broken=inside == APART))
                wide = NEXT_BEGINS if stop else wide
            if ends and ends[-1].last == position - 1:
                ends[-1] = ends[-1]._replace(behind=wide, goes_on=not stop)
            if stop:
                break
            inside = max(inside, wide)
            if written.strip():
                style = style or written
        if not (piece.digits == "0" and signed and digits and plain[piece.start - 1] == "("):
            digits += piece.digits
        if len(digits) > (dialling.LONGEST if signed or digits.startswith("00") else dialling.LONGEST_AT_HOME):
            break
        dialled = _dialled(sight, digits, index, position, signed=signed, label=label)
        if dialled is not None:
            ends.append(_End(position, *dialled, len(digits), inside, NOTHING_FOLLOWS, goes_on=False))
    return ends


def _is_its_zero(sight: Sight, position: int, digits: str) -> bool:
    """Whether a piece is the zero said to stand in front: "delapan empat nol ... delapan (tambah nol)"."""
    if sight.pieces[position].digits != "0" or digits[0] != "8" or len(digits) < dialling.SHORTEST:
        return False
    return _IN_FRONT.search(sight.plain, sight.pieces[position - 1].end, sight.pieces[position].start) is not None


def _numbers_a_line(sight: Sight, index: int) -> bool:
    """Whether a piece only counts what follows: "Admin 3: 0840...", "Jl. Melati 90. 0341-000482"."""
    piece, following = sight.pieces[index], sight.pieces[index + 1]
    if len(piece.digits) > 3 or (piece.digits[0] == "0" and not piece.spoken):
        return False
    gap = sight.plain[piece.end : following.start]
    if gap[:1] == ":" and gap[1:2].isspace():
        return True
    return following.digits[0] == "0" and len(following.digits) > 2 and gap[:1] in ".,:);" and gap[-1:].isspace()


def _begins_another(sight: Sight, position: int, *, complete: bool, digits: str, apart: bool) -> bool:
    """Whether another number begins at a piece. `apart`: it stands further away than the pieces before it."""
    piece = sight.pieces[position]
    if (_signed(sight.plain, piece.start) and not _joins(sight, position)) or (complete and _ends_a_range(sight, position)):
        return True
    if ((complete and len(digits) >= 10) or (len(digits) >= 4 and _parted(sight, position))) and _is_area(sight, position):
        return True
    if piece.digits.startswith(("08", "62", "00")) and not piece.spoken:
        # "nomor lama 0841, terus ganti 0840 ..."
        parted = _parted(sight, position) and len(piece.digits) >= 4
        home = digits in {"62", "0062"}  # "+62 0840...", with the zero of home
        return parted or (not home and (len(piece.digits) >= 9 or (complete and len(digits) >= 10 and len(piece.digits) >= 4)))
    if complete and apart and piece.digits == "0" and len(digits) >= 10 and position + 1 < len(sight.pieces):
        return sight.pieces[position + 1].digits.startswith("8")
    return False


def _joins(sight: Sight, position: int) -> bool:
    """Whether a plus joins groups, "0841 + 2275 + 904", and makes no sum of them."""
    before, piece = sight.pieces[position - 1], sight.pieces[position]
    line = sight.plain.find("\n", piece.end)
    return sight.plain[before.end : piece.start] == " + " and "=" not in sight.plain[piece.end : line if line >= 0 else None]


def _ends_a_range(sight: Sight, position: int) -> bool:
    """Whether a piece is the last of a few endings that begin with the piece before it: "0840 1234 5501-5504"."""
    before, piece = sight.pieces[position - 1], sight.pieces[position]
    if len(piece.digits) != len(before.digits) or not 0 < int(piece.digits) - int(before.digits) <= MOST_OF_A_RANGE:
        return False
    return len(piece.digits) > 2 and number_lists.FROM_TO.fullmatch(sight.plain, before.end, piece.start) is not None


def _parted(sight: Sight, position: int) -> bool:
    """Whether a comma, a remark or the words behind a number broken off part a piece from the one before: "09-16, 021 ..."."""
    gap = sight.plain[sight.pieces[position - 1].end : sight.pieces[position].start]
    return sight.gap(position) == REMARK or ", " in gap or (gap.startswith(("..", "…")) and len(gap) > 5)


def _is_area(sight: Sight, position: int) -> bool:
    """Whether a landline begins at a piece: an area code, and five to eight digits behind it."""
    pieces = sight.pieces
    if not dialling.AREA.fullmatch(pieces[position].digits) or pieces[position].spoken:
        return False
    local = 0
    for following in range(position + 1, min(len(pieces), position + 4)):
        if sight.gap(following) not in {GLUED, TIGHT, LOOSE} or len(pieces[following].digits) < 2:
            break
        local += len(pieces[following].digits)
    return 5 <= local <= 8


def _is_count(sight: Sight, index: int, position: int, *, broken: bool) -> bool:
    """Whether a piece after a whole number counts something ("... 2 orang") and is no part of it.

    `broken`: the number is written over several lines, so that a new line says little.
    """
    plain, piece, before = sight.plain, sight.pieces[position], sight.pieces[position - 1]
    named = not piece.spoken and plain[piece.start : piece.end].isalpha() and plain[before.end : piece.start].strip(" -.")
    if named or (piece.digits == "24" and _ALWAYS_OPEN.match(plain, piece.end)):
        return True  # "(L. Wire)" behind a number is a name, "24 jam" an hour
    if piece.spoken != before.spoken:
        return len({each.spoken for each in sight.pieces[index:position]}) == 1
    numbered = len(piece.digits) == 1 and any(len(each.digits) > 1 for each in sight.pieces[index:position])
    listed = (numbered or not broken) and _LISTED.match(plain, piece.end) is not None
    if listed and "\n" in plain[before.end : piece.start]:
        return True
    if len(piece.digits) > 4:
        return False
    unit = piece.behind or number_labels.unit(plain, piece.end)
    if unit not in number_labels.UNITS:
        return plain[piece.end : piece.end + 1] in {"%", "x"} or bool(piece.behind)
    alike = len(piece.digits) == len(before.digits) and position > 1
    return piece.behind != "" or not alike or unit in _ALWAYS_COUNT


def _chosen(ends: Sequence[_End]) -> _End | None:
    """The end before which the pieces hold together more than behind it; else the last one that is one."""
    for end in ends:
        if end.length >= 11 and end.behind > end.inside:
            return end
    for end in reversed(ends):
        if not end.goes_on or end.behind > end.inside:
            return end
    return ends[-1] if ends and ends[-1].behind >= LOOSE else None


def _dialled(sight: Sight, digits: str, index: int, position: int, *, signed: bool, label: Label) -> tuple[str, float] | None:
    """E.164 and confidence of digits that are a whole number here, None where they are not (yet)."""
    if len(digits) < dialling.SHORTEST:
        return None
    found = dialling.plain(digits, signed=signed)
    if found is not None and sight.countries and not signed:
        found = _of_named_country(sight, digits, index) or found
    found = found or _by_what_is_stated(sight, digits)
    if found is None:
        called = label in {Label.CALL, Label.WALLET, Label.NUMBER}
        home = dialling.AREA.fullmatch(sight.pieces[index].digits) is not None
        if home and _bracketed(sight, index) and _has_area(sight, index, position) and (number := dialling.landline(digits)):
            return number, 0.9
        if sight.countries:
            dialled_so = label == Label.CALL or _looks_dialled(sight, index, position, label)
            found = _of_named_country(sight, digits, index) or dialling.shown(digits, sight.countries, called=dialled_so)
            if found is None and digits[0] != "0" and sight.keys.zero:
                found = dialling.shown("0" + digits, sight.countries, called=False)
            called_so = label == Label.CALL or (label == Label.NUMBER and _has_short_area(sight, index, position))
            first = sight.pieces[index]
            sabah = digits.startswith("08") and not first.spoken and len(first.digits) == 3
            if found is None and called_so and not home and (sabah or not digits.startswith("08")):
                found = dialling.at_home(digits, sight.countries)
        if found is None and called and (label != Label.NUMBER or digits[0] == "8" or home):
            found = dialling.called(digits)
        if (
            found is None
            and label in {Label.NONE, Label.NUMBER}
            and (_has_area(sight, index, position) or _called_behind(sight, position))
            and (number := dialling.landline(digits))
        ):
            found = dialling.Dialled(number, 0.85)
    if found is None:
        return None
    spoken = any(piece.spoken for piece in sight.pieces[index : position + 1])
    return found.number, found.confidence - (0.03 if spoken else 0)


def _by_what_is_stated(sight: Sight, digits: str) -> dialling.Dialled | None:
    """Digits without the zero or the country code that the post states elsewhere."""
    home = dialling.missing_zero(digits)
    if home and sight.keys.zero:
        return dialling.Dialled(home, 0.88)
    code = sight.keys.code
    if code and len(digits) >= (dialling.SHORTEST if code in _OF_SEVEN else 8) and not dialling.begins_mobile(digits):
        number = dialling.coded(digits, code)
        if number:
            return dialling.Dialled(number, 0.85)
    return dialling.Dialled(home, 0.8) if home and sight.keys.replaced and len(digits) >= 10 else None


def _of_named_country(sight: Sight, digits: str, index: int) -> dialling.Dialled | None:
    """ "nomor thai nya 081 000 3327", "HK: 6123 4471": what the words directly before call a number of another country."""
    start = sight.pieces[index].start
    said = _OF_A_COUNTRY.search(sight.plain, max(0, start - 36), start) or _COUNTRY_FIRST.search(sight.plain, max(0, start - 18), start)
    country = countries.code_of(said["name"]) if said else None
    return dialling.shown(digits, (country,), called=True) if country and country != "ID" else None


def _bracketed(sight: Sight, index: int) -> bool:
    """Whether four digits stand in brackets as area codes of Indonesia do, "(0263) 555771"; 09 is a mobile's in Taiwan."""
    piece = sight.pieces[index]
    inside = sight.plain[piece.start - 1 : piece.start] == "(" and sight.plain[piece.end : piece.end + 1] == ")"
    return inside and len(piece.digits) == 4 and piece.digits[1] != "9"


def _called_behind(sight: Sight, position: int) -> bool:
    return number_labels.behind(sight.plain, sight.pieces[position].end) == Label.CALL


def _looks_dialled(sight: Sight, index: int, position: int, label: Label) -> bool:
    """Digits without a trunk zero that only a number is written so: two halves, "6000 1184", or eight digits in words."""
    row = sight.pieces[index : position + 1]
    if label not in {Label.NONE, Label.WALLET}:
        return label == Label.NUMBER
    if all(piece.spoken for piece in row):
        return sum(len(piece.digits) for piece in row) > 6
    if len(row) != 2 or len(row[1].digits) != 4 or len(row[0].digits) not in {3, 4} or row[0].spoken:
        return False
    if row[0].digits[:2] in {"19", "20"} or row[1].digits[1:] == "000":
        return False
    start = row[0].start
    return not _PRICED.search(sight.plain, max(0, start - 8), start)


def _has_short_area(sight: Sight, index: int, position: int) -> bool:
    """An area code of two or three digits before a dash, the shape of a landline abroad: "07-000-2291"."""
    first = sight.pieces[index]
    return position > index and re.fullmatch("0[1-9]\\d?", first.digits) is not None and not first.spoken and sight.plain[first.end] in "-)"


def _has_area(sight: Sight, index: int, position: int) -> bool:
    """An area code standing apart, "(021) 555-0123", "0341 000 4821": the shape of a landline."""
    pieces = sight.pieces[index : position + 1]
    if not dialling.AREA.fullmatch(pieces[0].digits) or pieces[0].spoken or len(pieces) > 4:
        return False
    bracketed = sight.plain[pieces[0].end : pieces[0].end + 1] == ")"
    local = [piece.digits for piece in pieces[1:]]
    return (
        bool(local)
        and all(len(digits) >= (2 if bracketed else 3) for digits in local)
        and (bracketed or len(local) > 1 or len(local[0]) >= 6)
    )


def _goes_on(sight: Sight, end: _End) -> bool:
    """Whether the signs directly behind say that the digits are no whole number: masked, broken off, part of something longer."""
    plain, pieces = sight.plain, sight.pieces
    last = pieces[end.last]
    if _MASK_BEHIND.match(plain, last.end) or plain[last.end : last.end + 1] == "%":
        return True
    if end.length < 11 and _BROKEN_OFF.match(plain, last.end):
        return True
    if last.behind and last.behind[0] == "x" and not last.behind[1:].isalpha():
        return True
    return end.last + 1 < len(pieces) and pieces[end.last + 1].start == last.end and not last.spoken


def _is_prefix(piece: Piece) -> bool:
    return len(piece.digits) == 4 and piece.digits.startswith("08") and not piece.spoken


def _is_other(sight: Sight, index: int, end: _End, label: Label) -> bool:
    """Masked, the middle of something longer, or called something else by the words behind it."""
    plain, pieces = sight.plain, sight.pieces
    last = pieces[end.last]
    if _goes_on(sight, end) or (pieces[index].digits[0] not in "06" and _AMOUNTS.match(plain, pieces[index].start)):
        return True
    if label == Label.NONE and _drawn(sight, index, end):
        return True
    if end.last > index + 1 and all(_is_prefix(piece) for piece in pieces[index : end.last + 1]):
        return True  # "0811 0812 0813": what operators' numbers begin with
    called = number_labels.behind(plain, last.end)
    if called == Label.NO_MOBILE:  # said of a landline it is true, and no reason to drop it
        return end.number.startswith("+628") or label != Label.CALL
    if (called == Label.OTHER or (called == Label.BANK and label != Label.WALLET)) and not sight.keys.code:
        return True
    paid = number_labels.unit(plain, last.end)
    return paid in _MONEY and not _AMOUNT.match(plain, last.end)


def _drawn(sight: Sight, index: int, end: _End) -> bool:
    """Whether groups of four behind commas were drawn: "4D malam ni keluar 0841, 8624, 3390"."""
    row = sight.pieces[index : end.last + 1]
    if len(row) < 2 or any(len(piece.digits) != 4 for piece in row) or sight.plain[row[0].end : row[1].start] != ", ":
        return False
    return _DRAWN.search(sight.plain) is not None


def _follows_digits(sight: Sight, index: int, end: _End) -> bool:
    """Whether digits in the same style stand directly before: "8881 0840 1234 5678" is a card's number."""
    plain, before = sight.plain, sight.pieces[index - 1]
    if before.spoken or sight.gap(index) not in {GLUED, TIGHT}:
        return False
    if before.digits == "000" and plain[before.start - 1 : before.start] == "." and sight.pieces[index].digits[0] == "0":
        return False  # "175.000-0840...": a price is whole with its thousands
    gap = plain[before.end : sight.pieces[index].start]
    if len(before.digits) < 3:
        return gap == "-" and end.last > index and plain[sight.pieces[index].end : sight.pieces[index + 1].start] == gap
    if len(before.digits) == 3 and gap == " " and _is_house(plain, before.start):
        return False
    if end.last == index:
        return gap in {"", "-", ".", "/"}
    return gap == plain[sight.pieces[index].end : sight.pieces[index + 1].start]


def _is_house(plain: str, start: int) -> bool:
    """Whether three digits can be a house's: a word stands before them that calls them nothing else."""
    word = plain[max(0, start - 2) : start]
    return word[:1].isalpha() and word[1:] == " " and number_labels.before(plain, start) in {Label.NONE, Label.NUMBER, Label.TOPIC}


def _stands_glued(sight: Sight, index: int, end: _End, label: Label) -> bool:
    """Letters directly before digits: "wa0840...", a handle, a hashtag; "JP0840..." is a parcel."""
    plain, first = sight.plain, sight.pieces[index]
    if label == Label.CALL:
        return True
    if end.last != index or len(first.digits) < 10:
        return False
    start = first.start - len(first.before)
    around = plain[max(0, start - 40) : start].rsplit(None, 1)[-1:] or [""]
    handle = "@" in around[0] or "#" in around[0] or "_" in around[0] or plain[first.end : first.end + 1] == "@"
    return handle or (len(first.before) > 3 and not sight.folded.original(start, first.start).isupper())
