"""Telephone numbers as people write them to be dialled by people and not found by machines.

A number is grown from pieces (`number_pieces`) over short gaps. What it may grow to is asked of its digits (`dialling`),
what it is of the words beside it (`number_labels`): a bank account, an identity card, a price are no numbers to dial.
Where the post gives a key (`number_keys`), the number is read by the key first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from patrol.reading import accounts, dialling, folding, number_keys, number_labels, number_pieces, number_words
from patrol.reading.number_labels import Label
from patrol.reading.number_pieces import Piece
from patrol.vocabulary import Claim, ClaimKind

MOST_PIECES = 24  # of one number
MOST_OF_A_RANGE = 20

_FILLERS = frozenset(number_words.listed(number_words.LEXICON["fillers"]["words"]))
_TIGHT = re.compile(r"[ \-./()~*·:|_+=…\\'`]|\) ?|\( ?| \(|\)-|[\-.] | [\-.]|\)\.")
_WORD = re.compile(r"[a-z']+")
_MASK_GAP = re.compile(r"[*#•●?_x]{2,}|\.{4,}|[?…]")
_BREAKS = re.compile(r"[;%$€£¥\"@\x02^&]|\n[^\n]*\n[^\n]*\n|rp")
_MASK_BEHIND = re.compile(r"[ \-.]?(?:[x*#•●?_]{2,}|x(?![a-z])|x\d)|[*?#_](?=[ \-.]?[*?#_\d])")
_BROKEN_OFF = re.compile(r"\s?(?:\.{2,}|…)")
_MASK_BEFORE = re.compile(r"(?:[x*#•●?]{2,}|…|\.{3,})[ \-]?$")
_NEVER = re.compile(
    r"\d{1,2}\s?[\-/.]\s?\d{1,2}\s?[\-/.]\s?(?:19|20)\d\d(?!\d)"  # a day
    r"|\d{1,2}[.:]\d\d(?:[.:]\d\d)?\s?(?:-|–|s/?d|sampai|hingga|wib|wita|wit\b|am\b|pm\b)"  # an hour
    r"|(?:[01]?\d|2[0-3])[.:][0-5]\d\s?(?:,|dan|/|&)\s?\d\d?[.:][0-5]\d(?!\d)"
    r"|\d{1,3}\.\d{3,}\s?,\s?-?\d{1,3}\.\d{3,}"  # a place on the map
    r"|\d{1,3}(?:\.000){1,3}(?!\d)|\d{1,3}(?:,000){1,3}(?!\d)"  # an amount
)
_CALL_GLUED = re.compile(
    r"(?:wa|hp|telp|tlp|no|hub|hubungi|cp|call|tel|whatsapp|nomor|kontak|dana|ovo|gopay|admin|cs|sms|wasap)$"
)
_CORRECTS = re.compile(
    r"(?<![a-z])(?:eh(?:h+)?|ralat|salah|koreksi|maksud\w*|revisi|(?:yang|yg|sing|nu) (?:bener|benar|betul|leres)|bukan itu|sorry|typo|"
    r"maaf|harusnya|seharusnya|hrsnya|mestinya|kudune|kuduna|correction|i mean|keliru|klentu|lepat|bukan,|wrong)(?![a-z])"
)
_KEEPS = re.compile(r"(?<![a-z])(?:dan|atau|juga|penipu|hati|awas|nomor lama|ganti nomor|pindah)(?![a-z])")
_CORRECTED_END = re.compile(r"(?P<digits>\d{1,6}(?:[ \-.]\d{2,5})?)(?!\d)")
_OTHER_ENDING = re.compile(
    r"(?:\s?(?P<slash>/|&|,|\||\+|atau|dan|or|and|n|;)\s?)(?:[\-.…]{1,3}\s?)?(?P<ending>\d{1,4})(?!\d|[.,\-:]\d|/\d{4}|\s?%)"
)
_UPTO = re.compile(
    r"[ ]?(?:s/?d|s\.d\.?|sampai|sampe|hingga|-|–|to|until|~)\s?(?:[\-.…]{1,3}\s?)?(?P<ending>\d{1,4})(?![\d]|[.,\-:/]\d)"
)
_FROM_TO = re.compile(r"\s?(?:s/?d|s\.d\.?|sampai|sampe|hingga|to|until|~|-|–)\s?(?:dengan\s)?")
_OPEN_END = re.compile(r"(?<![\d+])(?P<digits>\+?\d[\d \-.]{5,15}?)\s?(?P<sign>[x?*_#.…])(?P=sign){0,4}(?![\w?*_#.])")
_LISTED = re.compile(r"[.)]\s?[^\d\s]")  # "\n2. KTP"
_ALWAYS_OPEN = re.compile(r"\s?(?:jam|jm|hours)(?![a-z])")
_OTHER_LOCAL = re.compile(r"\s?(?:/|,|&|atau|dan)\s?(?P<local>(?!0)\d{3,4}[ \-.]?\d{3,4})(?![\d]|[.,\-]\d)")
_DIGITS = re.compile(r"\d+")
_APPENDED = re.compile(r"\((?P<endings>\d{1,3}(?:\s?[/,|]\s?\d{1,3}){1,6})\)")
_STARRED = re.compile(r"\s{1,2}\*\s?(?P<digits>\d{2,5})(?![\d*])")
_BELONGS_TO_A_COUNT = re.compile(r"\s?([a-z]+)")
_CURRENCIES = {
    "rm": "MY", "myr": "MY", "ringgit": "MY", "nt": "TW", "ntd": "TW", "twd": "TW", "nt$": "TW", "hkd": "HK", "hk$": "HK", "sgd": "SG", "s$": "SG",
    "sg$": "SG", "mop": "MO", "pataca": "MO", "sar": "SA", "riyal": "SA", "reyal": "SA", "aed": "AE", "dirham": "AE", "krw": "KR", "won": "KR",
    "jpy": "JP", "yen": "JP", "thb": "TH", "baht": "TH", "bnd": "BN", "php": "PH", "peso": "PH", "qar": "QA", "kwd": "KW", "dinar": "KW",
    "lira": "TR",
}  # fmt: skip
_MONEY = frozenset({*_CURRENCIES, "rupiah", "rp", "idr", "juta", "ribu", "dolar", "dollar", "usd"})
_CURRENCY = re.compile(
    r"(?<![a-z])(?:" + "|".join(sorted(map(re.escape, _CURRENCIES), key=len, reverse=True)) + r")(?![a-z])"
)
_SIGN = re.compile(r"\+[ (]{0,3}$|(?<![a-z])plus\s?$")
_WA_PATH = re.compile(
    r"(?:^/|phone=|/send/?\?.{0,40}phone=)(?:\+|%2b|%20|\s)*(?P<number>[\doilz][\doilzsb\-%.()+ ]{6,24})(?!\w)",
    re.IGNORECASE,
)
_DIAL_QUERY = re.compile(
    r"[?&](?:phone|wa|hp|telp|tel|no|nomor|number|whatsapp)=(?:\+|%2b)?(?P<number>\d{10,15})(?!\d)"
)
_NAMED_HOSTS = re.compile(
    r"(?:^|\.)(?:t\.me|telegram\.me|instagram\.com|facebook\.com|fb\.com|tiktok\.com|twitter\.com|x\.com|threads\.net|linktr\.ee|line\.me|youtube\.com|zalo\.me)$"
)
_FULL_FORM = re.compile(r"(?<!\d)\+?(?:0|62)8[1-9]\d{7,10}(?!\d)")


class _Number(NamedTuple):
    """A number grown: E.164, the indices of its first and last piece, how sure it is."""

    value: str
    first: int
    last: int
    confidence: float


class _Sight(NamedTuple):
    """What a text shows beside its digits, handed to every step of growing."""

    folded: folding.Folded
    plain: str
    pieces: Sequence[Piece]
    countries: tuple[str, ...]
    keys: number_keys.Keys


def claims(
    folded: folding.Folded, links: Sequence[accounts.Link], countries: Iterable[str] = (), source: str = "text"
) -> list[Claim]:
    """PHONE claims in order. `countries`: what the post shows; a number in national form is read as theirs."""
    found = [claim for link in links if (claim := _of_link(folded, link, source)) is not None]
    dialling_links = {claim.span for claim in found}
    covered = [
        (link.start, link.end)
        for link in links
        if folded.span(link.start, link.end) in dialling_links or not accounts.dials_at(link.host)
    ]
    plain = folded.plain
    worth = number_pieces.worth(plain)
    found.extend(_in_parts(folded, plain, source))
    if not worth and not number_keys.may_hold(plain):
        return found
    keys = number_keys.keys(plain)
    pieces = number_pieces.pieces(keys.plain, number_pieces.worth(keys.plain) if keys.replaced else worth)
    if covered and pieces:
        pieces = [
            piece for piece in pieces if not any(first < piece.end and piece.start < last for first, last in covered)
        ]
    if pieces:
        sight = _Sight(folded, keys.plain, pieces, _shown(plain, countries), keys)
        found.extend(_open_ended(folded, source))
        if keys.backwards:
            found.extend(_backwards(folded, sight, source))
        taken = [claim.span for claim in found]
        found.extend(
            claim
            for claim in _in_text(folded, sight, source)
            if not any(first < claim.span[1] and claim.span[0] < last for first, last in taken)
        )
    found.sort(key=lambda claim: claim.span)
    return found


def in_address(address: str, source: str) -> list[Claim]:
    """PHONE claims of a link that stands beside the text (its span is the address itself)."""
    folded = folding.fold(address)
    return [claim for link in accounts.links(folded) if (claim := _of_link(folded, link, source)) is not None]


def _of_link(folded: folding.Folded, link: accounts.Link, source: str) -> Claim | None:
    number = _link_dials(link)
    if number is None:
        return None
    return Claim(ClaimKind.PHONE, number, folded.span(link.start, link.end), source, 0.99)


def _link_dials(link: accounts.Link) -> str | None:
    """The number behind an address: WhatsApp's own, one in a query that says so, one in the name of a profile."""
    if link.dials:
        return _whole(link.dials)
    path = folding.fold(link.path[:400]).plain
    if accounts.dials_at(link.host):
        written = _WA_PATH.search(path)
        if written:
            digits = written["number"].replace("%20", "").replace("%2b", "").translate(_LETTER_DIGITS)
            return _whole("".join(filter(str.isdecimal, digits)))
        return None
    asked = _DIAL_QUERY.search(path)
    if asked:
        return _whole(asked["number"])
    if path.startswith(("/joinchat", "/+a", "/c/")):
        return None
    if _NAMED_HOSTS.search(link.host) and (full := _FULL_FORM.search(path)):
        return _whole(full.group().lstrip("+"))
    return None


_LETTER_DIGITS = str.maketrans("oilzsb", "011258")


def _whole(digits: str) -> str | None:
    """E.164 of what a link dials; "wa.me/840..." forgot the country, unless Vietnam (84) or another has such a number."""
    number = dialling.indonesian(digits)
    if number is None and not dialling.is_valid(digits):
        number = dialling.missing_zero(digits)
    return number or dialling.international(digits.removeprefix("00"))


def _shown(plain: str, countries: Iterable[str]) -> tuple[str, ...]:
    """The countries a post shows, those of its currencies behind those it names."""
    return tuple(dict.fromkeys((*countries, *map(_CURRENCIES.__getitem__, _CURRENCY.findall(plain)))))


# --- numbers the post gives a key to ---------------------------------------------------------------


def _in_parts(folded: folding.Folded, plain: str, source: str) -> list[Claim]:
    return [
        Claim(ClaimKind.PHONE, number, folded.span(part.start, part.end), source, 0.85)
        for part in number_keys.parts(plain)
        if (number := dialling.indonesian(part.digits))
    ]


def _open_ended(folded: folding.Folded, source: str) -> Iterator[Claim]:
    """ "0840 1234 567x, x nya 1 sampai 4": each number the post says the open digit makes."""
    plain = folded.plain
    for match in _OPEN_END.finditer(plain):
        digits = "".join(filter(str.isdecimal, match["digits"]))
        for digit in number_keys.wild_digits(plain, match.end(), match["sign"]):
            number = dialling.indonesian(digits + digit)
            if number:
                yield Claim(ClaimKind.PHONE, number, folded.span(*match.span()), source, 0.85)
        number = dialling.indonesian(digits + number_keys.last_digits(plain, match.end()))
        if number and number != dialling.indonesian(digits):
            yield Claim(ClaimKind.PHONE, number, folded.span(*match.span()), source, 0.85)


def _backwards(folded: folding.Folded, sight: _Sight, source: str) -> list[Claim]:
    """Rows of pieces that are a number only from behind, near the words that say so."""
    made: list[Claim] = []
    index = 0
    while index < len(sight.pieces):
        last = index
        while (
            last + 1 < len(sight.pieces)
            and len(sight.pieces[last + 1].digits) < 10
            and _gap(sight, last, last + 1) in _CLOSE_GAPS
        ):
            last += 1
        while last >= index:
            number = _from_behind(sight, sight.pieces[index : last + 1])
            if number:
                place = folded.span(sight.pieces[index].start, sight.pieces[last].end)
                made.append(Claim(ClaimKind.PHONE, number, place, source, 0.85))
                break
            last -= 1
        index = max(index, last) + 1
    return made


def _from_behind(sight: _Sight, row: Sequence[Piece]) -> str | None:
    """The number of a row of pieces read from behind: digit by digit, else piece by piece."""
    digits = "".join(piece.digits for piece in row)
    start, end = row[0].start, row[-1].end
    if not 10 <= len(digits) <= 14 or not any(start - 160 <= place <= end + 160 for place in sight.keys.backwards):
        return None
    if dialling.indonesian(digits) and not number_keys.says_backwards(sight.plain, start, end):
        return None
    return dialling.indonesian(digits[::-1]) or dialling.indonesian("".join(piece.digits for piece in reversed(row)))


# --- numbers in the text ---------------------------------------------------------------------------


def _in_text(folded: folding.Folded, sight: _Sight, source: str) -> list[Claim]:
    plain, pieces = sight.plain, sight.pieces
    found: list[Claim] = []
    last_end = 0
    index = free = 0
    while index < len(pieces):
        grown = _grow(sight, index, free)
        if grown is None:
            index += 1
            continue
        start, end = _with_sign(plain, pieces[index].start), pieces[grown.last].end
        if found and start - last_end <= 70 and _corrects(plain, last_end, start):
            found.pop()
        claim = Claim(ClaimKind.PHONE, grown.value, folded.span(start, end), source, grown.confidence)
        if found and (between := _between(plain, found[-1], claim, last_end, start)):
            place = claim.span
            found.extend(Claim(ClaimKind.PHONE, number, place, source, 0.88) for number in between)
        if number_keys.says_short(plain, end):
            longer = dialling.indonesian(claim.value[1:] + number_keys.last_digits(plain, end))
            claim = replace(claim, value=longer or claim.value, confidence=0.8)
        corrected = _corrected_ending(folded, sight, claim, end)
        if corrected is not None:
            claim, end = corrected
        found.append(claim)
        endings, last_end = _endings(folded, plain, claim, end)
        if endings and endings[0].value.startswith(claim.value):
            found.pop()  # "0840-1234-567(6/7/8)": the number without its last digit is none
        found.extend(endings)
        index = free = grown.last + 1
        while index < len(pieces) and pieces[index].start < last_end:
            index += 1
    return found


def _with_sign(plain: str, start: int) -> int:
    sign = _SIGN.search(plain, max(0, start - 5), start)
    if sign:
        first = sign.start()
        return first - 1 if first and plain[first - 1] == "(" else first
    return start - 1 if start and plain[start - 1] == "(" else start


def _between(plain: str, former: Claim, latter: Claim, last_end: int, start: int) -> list[str]:
    """The numbers inside "0840...10 s/d 0840...13"."""
    first, last = int(former.value[1:]), int(latter.value[1:])
    if not 1 < last - first <= MOST_OF_A_RANGE or not _FROM_TO.fullmatch(plain, last_end, start):
        return []
    return [f"+{value}" for value in range(first + 1, last)]


def _corrects(plain: str, last_end: int, start: int) -> bool:
    return _CORRECTS.search(plain, last_end, start) is not None and _KEEPS.search(plain, last_end, start) is None


def _corrected_ending(folded: folding.Folded, sight: _Sight, claim: Claim, end: int) -> tuple[Claim, int] | None:
    """ "0840 1234 5635 eh salah 5653": the last digits said again."""
    plain = sight.plain
    starred = _STARRED.match(plain, end)
    if starred:
        value = claim.value[: -len(starred["digits"])] + starred["digits"]
        return replace(
            claim, value=value, span=(claim.span[0], folded.span(*starred.span())[1]), confidence=0.8
        ), starred.end()
    said = _CORRECTS.search(plain, end, min(len(plain), end + 14))
    if said is None:
        return None
    ending = _CORRECTED_END.search(plain, said.end(), min(len(plain), said.end() + 40))
    if ending is None:
        return None
    digits = "".join(filter(str.isdecimal, ending["digits"]))
    unit = _BELONGS_TO_A_COUNT.match(plain, ending.end())
    if not 2 <= len(digits) <= 6 or digits.startswith("08") or (unit and unit[1] in number_labels.UNITS):
        return None
    first, _ = claim.span
    _, last = folded.span(*ending.span("digits"))
    return Claim(claim.kind, claim.value[: -len(digits)] + digits, (first, last), claim.source, 0.85), ending.end()


def _endings(folded: folding.Folded, plain: str, claim: Claim, end: int) -> tuple[list[Claim], int]:
    """The other numbers of "...77/78" and "...70 s/d 75", each with the place of its ending."""
    number, source = claim.value, claim.source
    appended = _APPENDED.match(plain, end)
    if appended:
        endings = [
            (match.span(), number + match.group()) for match in _DIGITS.finditer(plain, *appended.span("endings"))
        ]
        if all(dialling.indonesian(value[1:]) for _, value in endings):
            return [
                Claim(ClaimKind.PHONE, value, folded.span(*place), source, 0.88) for place, value in endings
            ], appended.end()
    upto = _UPTO.match(plain, end)
    if upto:
        ending, base = upto["ending"], number[: -len(upto["ending"])]
        first, last = int(number[-len(ending) :]), int(ending)
        if first < last <= first + MOST_OF_A_RANGE and not _counts(plain, upto.end("ending")):
            place = folded.span(*upto.span("ending"))
            return [
                Claim(ClaimKind.PHONE, base + str(value).zfill(len(ending)), place, source, 0.9)
                for value in range(first + 1, last + 1)
            ], upto.end()
    made: list[Claim] = []
    while other := _OTHER_LOCAL.match(plain, end) if not number.startswith("+628") else None:
        local = "".join(filter(str.isdecimal, other["local"]))
        if len(local) + 4 > len(number):
            break
        value = number[: -len(local)] + local
        made.append(Claim(ClaimKind.PHONE, value, folded.span(*other.span("local")), source, 0.85))
        end = other.end()
    while other := _OTHER_ENDING.match(plain, end):
        ending = other["ending"]
        if (
            ending.startswith("08")
            or _counts(plain, other.end("ending"))
            or not _one_more(number, ending, other["slash"])
        ):
            break
        value = number[: -len(ending)] + ending
        made.append(Claim(ClaimKind.PHONE, value, folded.span(*other.span("ending")), source, 0.88))
        end = other.end()
    return made, end


def _counts(plain: str, end: int) -> bool:
    unit = _BELONGS_TO_A_COUNT.match(plain, end)
    return unit is not None and unit[1] in number_labels.UNITS


def _one_more(number: str, ending: str, separator: str) -> bool:
    """Whether digits after a number end another one: after "/" they do, after a comma only close to its own ending."""
    if number.endswith(ending):
        return False
    if separator in {"/", "&", "|"}:
        return len(ending) >= 1
    if separator in {"atau", "dan", "or", "and", "n"}:
        return len(ending) >= 2
    return len(ending) >= 3 or (len(ending) == 2 and abs(int(ending) - int(number[-2:])) <= 30)


# --- growing one number ----------------------------------------------------------------------------

_CLOSE_GAPS = frozenset({0, 1, 2, 3})
_NEXT_BEGINS = 4


def _gap(sight: _Sight, position: int, following: int) -> int | None:
    """How much two neighbouring pieces stand apart (0 glued ... 3 a new line or a word), None where no number goes on."""
    plain, pieces = sight.plain, sight.pieces
    start, end = pieces[position].end, pieces[following].start
    gap = plain[start:end]
    if pieces[position].behind or pieces[following].before:
        return None
    if not gap:
        return 0
    if _TIGHT.fullmatch(gap):
        return 1
    if len(gap) > 34 or _BREAKS.search(gap):
        return None
    words = _WORD.findall(gap)
    if words:
        rest = gap
        if not all(word in _FILLERS for word in words) and " ".join(words) not in _FILLERS:
            return None
        return 2 if len(rest.strip(" ")) <= 8 else 3
    if _MASK_GAP.search(gap) or len(gap) > 8 or any(sign.isalnum() for sign in gap):
        return None
    if "\n" in gap or ", " in gap:
        return 3
    return 2


def _signed(plain: str, start: int) -> bool:
    return _SIGN.search(plain, max(0, start - 5), start) is not None


def _grow(sight: _Sight, index: int, free: int) -> _Number | None:
    """The number that begins at a piece; `free` is the first piece that belongs to no number yet."""
    plain, pieces = sight.plain, sight.pieces
    first = pieces[index]
    head = first.digits[0]
    if head not in "06" and not first.before and not _could_begin(sight, index):
        return None
    signed = _signed(plain, first.start) or (
        first.digits.startswith("00") and first.digits[2:3] not in {"", "0"} and not first.spoken
    )
    if not _opens(sight, index):
        return None
    label = number_labels.before(plain, first.start - len(first.before))
    if first.before and _CALL_GLUED.search(first.before):
        label = Label.CALL
    if label in {Label.BANK, Label.OTHER}:
        return None
    tells = head in "06" or signed or first.before or label != Label.NONE
    if not tells and not _by_key(sight) and not sight.countries:
        return None
    ends = _ends(sight, index, signed=signed, label=label)
    if not ends:
        return None
    best = _chosen(ends)
    if best is None or _is_other(sight, best):
        return None
    if index > free and label not in {Label.CALL, Label.WALLET} and _follows_digits(sight, index, best):
        return None
    if first.before and not _stands_glued(sight, index, best, label):
        return None
    return _Number(best.number, index, best.last, best.confidence)


def _by_key(sight: _Sight) -> bool:
    return sight.keys.zero or bool(sight.keys.code) or sight.keys.replaced


def _could_begin(sight: _Sight, index: int) -> bool:
    """A cheap look at what is neither 0 nor 6: enough digits must follow closely."""
    count = 0
    for position in range(index, min(len(sight.pieces), index + 14)):
        if position > index and sight.pieces[position].start - sight.pieces[position - 1].end > 12:
            break
        count += len(sight.pieces[position].digits)
        if count >= 7:
            return True
    return False


def _opens(sight: _Sight, index: int) -> bool:
    """Whether nothing before a piece makes it the middle of something longer, or a day, an hour, an amount."""
    plain, first = sight.plain, sight.pieces[index]
    if not first.spoken and _NEVER.match(plain, first.start):
        return False
    before = plain[first.start - 1] if first.start else " "
    if (
        before in "$£€¥%#*"
        and not first.spoken
        and not (before in "#*" and plain[first.start - 2 : first.start - 1] in {"", " ", "\n"})
    ):
        return False
    if before in ".," and len(first.digits) < 9 and first.start > 1 and plain[first.start - 2].isdigit():
        return False
    return not _MASK_BEFORE.search(plain, max(0, first.start - 6), first.start)


class _End(NamedTuple):
    """A place where a number may end: its last piece, the widest gap inside it, and the gap behind it."""

    last: int
    number: str
    confidence: float
    length: int
    inside: int
    behind: int
    goes_on: bool


def _ends(sight: _Sight, index: int, *, signed: bool, label: Label) -> list[_End]:
    plain, pieces = sight.plain, sight.pieces
    ends: list[_End] = []
    digits, inside, style = "", 0, ""
    for position in range(index, min(len(pieces), index + MOST_PIECES)):
        piece = pieces[position]
        if position > index:
            if pieces[position - 1].behind:
                break
            gap = _gap(sight, position - 1, position)
            if gap is None:
                break
            written = plain[pieces[position - 1].end : piece.start]
            wide = gap
            if gap == 1 and style and written != style:
                wide = 2
            complete = bool(ends)
            if _begins_another(sight, position, complete=complete, digits=digits, apart=wide > inside):
                wide, stop = _NEXT_BEGINS, True
            else:
                stop = complete and _is_count(sight, index, position, broken=inside == 3)
                wide = _NEXT_BEGINS if stop else wide
            if ends and ends[-1].last == position - 1:
                ends[-1] = ends[-1]._replace(behind=wide, goes_on=not stop)
            if stop:
                break
            inside = max(inside, wide)
            if written.strip():
                style = style or written
        if not (piece.digits == "0" and signed and digits and plain[piece.start - 1] == "("):
            digits += piece.digits
        if len(digits) > dialling.LONGEST:
            break
        dialled = _dialled(sight, digits, index, position, signed=signed, label=label)
        if dialled is not None:
            ends.append(_End(position, *dialled, len(digits), inside, 9, goes_on=False))
    return ends


def _begins_another(sight: _Sight, position: int, *, complete: bool, digits: str, apart: bool) -> bool:
    """Whether another number begins at a piece. `apart`: it stands further away than the pieces before it."""
    piece = sight.pieces[position]
    if _signed(sight.plain, piece.start):
        return True
    if piece.digits.startswith(("08", "62", "00")) and not piece.spoken:
        if ", " in sight.plain[sight.pieces[position - 1].end : piece.start] and len(piece.digits) >= 4:
            return True
        if digits in {"62", "0062"}:
            return False  # "+62 0840...", with the zero of home
        return len(piece.digits) >= 9 or (complete and len(digits) >= 10 and len(piece.digits) >= 4)
    if complete and apart and piece.digits == "0" and len(digits) >= 10 and position + 1 < len(sight.pieces):
        return sight.pieces[position + 1].digits.startswith("8")
    return False


def _is_count(sight: _Sight, index: int, position: int, *, broken: bool) -> bool:
    """Whether a piece after a whole number counts something ("... 2 orang") and is no part of it.

    `broken`: the number is written over several lines, so that a new line says little.
    """
    plain, piece, before = sight.plain, sight.pieces[position], sight.pieces[position - 1]
    if piece.digits == "24" and _ALWAYS_OPEN.match(plain, piece.end):
        return True
    if piece.spoken != before.spoken:
        return len({each.spoken for each in sight.pieces[index:position]}) == 1
    numbered = len(piece.digits) == 1 and any(len(each.digits) > 1 for each in sight.pieces[index:position])
    listed = (numbered or not broken) and _LISTED.match(plain, piece.end) is not None
    if listed and "\n" in plain[before.end : piece.start]:
        return True
    if len(piece.digits) > 4:
        return False
    unit = piece.behind or ((match := _BELONGS_TO_A_COUNT.match(plain, piece.end)) and match[1])
    if unit not in number_labels.UNITS:
        return plain[piece.end : piece.end + 1] in {"%", "x"} or bool(piece.behind)
    alike = len(piece.digits) == len(before.digits) and position > 1
    return piece.behind != "" or not alike or unit in {"orang", "org", "thn", "tahun", "jt", "juta", "rb", "ribu"}


def _chosen(ends: Sequence[_End]) -> _End | None:
    """The end before which the pieces hold together more than behind it; else the last one that is one."""
    for end in ends:
        if end.length >= 11 and end.behind > end.inside:
            return end
    for end in reversed(ends):
        if not end.goes_on or end.behind > end.inside:
            return end
    return ends[-1] if ends and ends[-1].behind >= 2 else None


def _dialled(
    sight: _Sight, digits: str, index: int, position: int, *, signed: bool, label: Label
) -> tuple[str, float] | None:
    """E.164 and confidence of digits that are a whole number here, None where they are not (yet)."""
    if len(digits) < dialling.SHORTEST:
        return None
    found = dialling.plain(digits, signed=signed)
    if found is None and sight.keys.zero and (number := dialling.missing_zero(digits)):
        found = dialling.Dialled(number, 0.88)
    if found is None and sight.keys.code and len(digits) >= 8 and (number := dialling.coded(digits, sight.keys.code)):
        found = dialling.Dialled(number, 0.85)
    if found is None and sight.keys.replaced and (number := dialling.missing_zero(digits)) and len(digits) >= 10:
        found = dialling.Dialled(number, 0.8)
    if found is None:
        called = label in {Label.CALL, Label.WALLET, Label.NUMBER}
        home = dialling.AREA.fullmatch(sight.pieces[index].digits) is not None
        if sight.countries:
            found = dialling.shown(digits, sight.countries, called=label == Label.CALL)
            if found is None and label == Label.CALL and not home:
                found = dialling.at_home(digits, sight.countries)
        if found is None and called and (label != Label.NUMBER or digits[0] == "8" or home):
            found = dialling.called(digits)
        if (
            found is None
            and label == Label.NONE
            and _has_area(sight, index, position)
            and (number := dialling.landline(digits))
        ):
            found = dialling.Dialled(number, 0.85)
    if found is None:
        return None
    spoken = any(piece.spoken for piece in sight.pieces[index : position + 1])
    return found.number, found.confidence - (0.03 if spoken else 0)


def _has_area(sight: _Sight, index: int, position: int) -> bool:
    """An area code standing apart, "(021) 555-0123", "0341 000 4821": the shape of a landline."""
    pieces = sight.pieces[index : position + 1]
    if not dialling.AREA.fullmatch(pieces[0].digits) or pieces[0].spoken or len(pieces) > 4:
        return False
    bracketed = sight.plain[pieces[0].end : pieces[0].end + 1] == ")"
    local = [piece.digits for piece in pieces[1:]]
    return (
        bool(local)
        and all(len(digits) >= 3 for digits in local)
        and (bracketed or len(local) > 1 or len(local[0]) >= 6)
    )


def _is_other(sight: _Sight, end: _End) -> bool:
    """Masked, the middle of something longer, or called something else by the words behind it."""
    plain, pieces = sight.plain, sight.pieces
    last = pieces[end.last]
    if _MASK_BEHIND.match(plain, last.end) or plain[last.end : last.end + 1] == "%":
        return True
    if end.length < 11 and _BROKEN_OFF.match(plain, last.end):
        return True
    if last.behind and last.behind[0] == "x" and not last.behind[1:].isalpha():
        return True
    if end.last + 1 < len(pieces) and pieces[end.last + 1].start == last.end and not last.spoken:
        return True
    if not sight.keys.code and number_labels.behind(plain, last.end) in {Label.BANK, Label.OTHER}:
        return True
    unit = _BELONGS_TO_A_COUNT.match(plain, last.end)
    return unit is not None and unit[1] in _MONEY


def _follows_digits(sight: _Sight, index: int, end: _End) -> bool:
    """Whether digits in the same style stand directly before: "8881 0840 1234 5678" is a card's number."""
    plain, before = sight.plain, sight.pieces[index - 1]
    if len(before.digits) < 3 or before.spoken or _gap(sight, index - 1, index) not in {0, 1}:
        return False
    gap = plain[before.end : sight.pieces[index].start]
    if end.last == index:
        return gap in {"", "-", ".", "/"}
    return gap == plain[sight.pieces[index].end : sight.pieces[index + 1].start]


def _stands_glued(sight: _Sight, index: int, end: _End, label: Label) -> bool:
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
