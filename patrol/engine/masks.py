"""Contacts made unreadable before they reach a page, a log or a sealed document. Pure: text in, text out.

What comes out of any of these functions holds no run of eight digits with at most two signs between each, no e-mail address and no
@name, unless it is a date, an amount or a licence number and has no number's shape (ADR 39). The middle of a masked value has always
the same length, so that neither the number of digits nor the length of a spelt-out digit shows. What stays readable is enough to compare
two values on paper and too little to dial.

Every step goes over the text once: no pattern here starts anew inside what it has read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import phonenumbers

from patrol.domain import SERIES, ClaimKind, Platform

MIDDLE: Final = "••••"
LONGEST: Final = 20_000  # characters of a text that are masked and shown; what stands behind is left out
_BEHIND: Final = 64  # so far behind a cut is looked, so that a number that straddles it is seen whole
_HIDDEN: Final = 5  # digits of a phone number that are hidden at least, however short it is

CONTACTS = frozenset({ClaimKind.PHONE, ClaimKind.ACCOUNT, ClaimKind.LINK, ClaimKind.BANK_ACCOUNT, ClaimKind.EMAIL})

# Where two contacts share a place (wa.me/628…, a wallet that is a number) the first of these says how it is masked.
_ORDER = (ClaimKind.LINK, ClaimKind.EMAIL, ClaimKind.PHONE, ClaimKind.BANK_ACCOUNT, ClaimKind.ACCOUNT)

_PUBLIC = frozenset({ClaimKind.LICENCE_NUMBER, ClaimKind.SIP3MI_NUMBER, ClaimKind.PAY, ClaimKind.FEE, ClaimKind.COMPANY})

# What may stand before the colon of an account: ours, and those the reader finds in texts.
PLATFORMS: Final = frozenset(map(str, Platform)) | {
    "line",
    "wechat",
    "kakaotalk",
    "zalo",
    "imo",
    "michat",
    "signal",
    "snapchat",
    "discord",
    "linkedin",
    "skype",
    "viber",
    "bigo",
    "snackvideo",
    "bbm",
    "vk",
}

# --- what has the shape of a way to a person ------------------------------------------------------

# Also digits that are no decimals for Unicode: superscripts, circled ones, ones with a full stop.
_DIGIT = (
    r"[\d\u00b2\u00b3\u00b9\u1369-\u1371\u19da\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490\u24ea\u24f5-\u24fd"
    r"\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792\U00010a40-\U00010a43\U00010e60-\U00010e68\U00011052-\U0001105a\U0001f100-\U0001f10a]"
)
_ONE = re.compile(_DIGIT)
_AT = "[@\N{FULLWIDTH COMMERCIAL AT}\N{SMALL COMMERCIAL AT}]"
_RUN = re.compile(rf"\+?{_DIGIT}(?:[\W_]{{0,2}}{_DIGIT}){{7,}}")
_ADDRESS = re.compile(rf"(?<![\w.+%@\uff20\ufe6b-])[\w.+%-]*+{_AT}(?P<name>[\w.+%@\uff20\ufe6b-]*+)")
_PRICE = re.compile(r"@(?:\d{1,3}|[1-9]\d{0,2}(?:\.\d{3})+)(?:rb|ribu|k|jt|juta)?\.?", re.IGNORECASE)  # each
_LINK = re.compile(
    r"(?<!\w)\w{2,10}://\S++|(?<!\w)www\.\S++"
    r"|(?<![\w.-])(?:[\w-]{1,63}\.){1,4}(?:app|bio|club|co|com|ee|example|gg|gl|id|info|io|link|live|ly|me|net|online|org|page|shop|site|store|tv|us"
    r"|vip|xyz)/\S++",
    re.IGNORECASE,
)

_CLOSING: Final = "'\"”’»)].,;:!?"  # behind a link they are of the sentence it stands in

# What looks like a number and is none: a day with its time, years, an amount in thousands, a flag's number.
_DAY = r"(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|1[0-2])[-./](?:19|20)\d\d"
_ISO_DAY = r"(?:19|20)\d\d[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\d|3[01])"
_TIME = r"(?:[,]? (?:[01]\d|2[0-3])[.:][0-5]\d)?"
_PLAIN = re.compile(
    rf"(?<![\d+])(?<!\d[-./])(?:{_DAY}|{_ISO_DAY}){_TIME}(?![\d])(?![-./]\d)"
    r"|(?<![\d+])(?<!\d[-./])(?:19|20)\d\d[-–/](?:19|20)\d\d(?!\d)(?![-./]\d)"
    r"|(?<![\d+])(?<!\d[.,])(?P<amount>[1-9]\d{0,2}(?:(?:\.\d{3})+(?:,\d\d)?|(?:,\d{3})+(?:\.\d\d)?))(?!\d)(?![.,]\d)"
    r"|(?<=TND-)[2-9]\d-\d{6}(?!\d)"
)
# The same wherever it stands, also glued to other digits, and days that are on no calendar.
_ROUGHLY_PLAIN = re.compile(
    r"(?:[0-3]?\d[-./][01]?\d[-./](?:19|20)\d\d|(?:19|20)\d\d[-./][01]\d[-./][0-3]\d)(?:,? [0-2]\d[.:][0-5]\d)?"
    r"|(?:19|20)\d\d[-–/](?:19|20)\d\d"
    r"|[1-9]\d?\d?(?:(?:\.\d{3})+(?:,\d\d)?|(?:,\d{3})+(?:\.\d\d)?)"
)
_FLAG = re.compile(r"TND-[2-9]\d-\d{6}(?!\d)")
_THOUSANDS: Final = 8  # digits of an amount that may end as it likes; a longer one ends in thousands, or may be a number in groups
_DIALLED = re.compile(r"(?:0|(?:00)?62)\d{8,12}|8\d{8,11}")
_IN_THOUSANDS = re.compile(rf"(?<!\d)(?:{_DIALLED.pattern})(?=[.,]\d{{3}})")
_LONGEST_NUMBER: Final = 45  # characters of a phone number's 15 digits with two signs between each
_SHORT: Final = 4  # digits beside an amount or a date that may stay: an age, a quota, a year
_BESIDE: Final = 2  # digits beside a number that may stay


def _digits(text: str) -> str:
    return "".join(_ONE.findall(text))


def _dialled(text: str) -> bool:
    """Whether these digits have a phone number's shape, amounts in thousands aside."""
    return text.lstrip().startswith("+") or bool(_DIALLED.fullmatch(_digits(text)))


def _glued(part: str) -> bool:
    """Whether an amount or a day in this part is glued to digits that have a phone number's shape without it, or with its first ones."""
    return bool(_IN_THOUSANDS.search(part) or _DIALLED.fullmatch(_digits(_ROUGHLY_PLAIN.sub("", part))))


def _without_flags(text: str, broken: Collection[int] = ()) -> str:
    """The text, as long as it was, with no digit of a flag's number. `broken`: where those end that are none any more."""
    return _FLAG.sub(lambda hit: hit[0] if hit.end() in broken else "T" * len(hit[0]), text)


def _broken_flags(text: str, cut: Sequence[tuple[int, int]]) -> set[int]:
    """Where flags' numbers end of which a cut takes a part: what is left of one is digits like any others."""
    found, first = set(), 0
    for hit in _FLAG.finditer(text):
        parts, first = _within(cut, *hit.span(), first)
        if parts and parts != [hit.span()]:
            found.add(hit.end())
    return found


def _plain(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Dates and amounts between these two places."""
    found = []
    for hit in _PLAIN.finditer(text, start, end):
        amount = hit["amount"]
        if amount:
            whole = re.sub(r"[.,]\d\d$", "", amount)
            if sum(map(str.isdigit, whole)) > _THOUSANDS and not whole.endswith("000"):
                continue
        found.append(hit.span())
    return found


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _within(spans: Sequence[tuple[int, int]], start: int, end: int, first: int) -> tuple[list[tuple[int, int]], int]:
    """The parts of these spans, in order and apart, between two places; and where to look on for a later pair of places."""
    while first < len(spans) and spans[first][1] <= start:
        first += 1
    found, place = [], first
    while place < len(spans) and spans[place][0] < end:
        found.append((max(spans[place][0], start), min(spans[place][1], end)))
        place += 1
    return found, first


def _whole(spans: Iterable[tuple[int, int]], gone: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of which a cut takes nothing, or all."""
    return [(s, e) for s, e in spans if not any(s < b and a < e and not (a <= s and e <= b) for a, b in gone)]


def _numbers(
    text: str, claimed: Sequence[tuple[int, int]], known: Sequence[tuple[int, int]], cut: Sequence[tuple[int, int]]
) -> Iterable[tuple[int, int]]:
    """Runs of digits nobody claimed, but for what in them is a date, an amount or `known`, and has no number's shape. `cut`: what goes
    besides; a date or an amount that is cut in two by it is none any more."""
    at_claimed = at_known = at_cut = 0
    broken = _broken_flags(text, _merged([*claimed, *cut]))
    bare = _without_flags(text, broken)
    for run in _RUN.finditer(text):
        start, end = run.span()
        contacts, at_claimed = _within(claimed, start, end, at_claimed)
        read, at_known = _within(known, start, end, at_known)
        gone, at_cut = _within(cut, start, end, at_cut)
        plain = [(s, e) for s, e in _whole(_plain(text, start, end), gone) if e not in broken or text[s - 4 : s] != "TND-"]
        harmless = plain + [
            (s, e)
            for s, e in _whole(read, gone)
            if not any(s < b and a < e for a, b in contacts)
            and not _dialled("".join(text[a:b] for a, b in _between(s, e, plain)))
            and not _glued(bare[s:e])
        ]
        for s, e in _between(start, end, _merged([*contacts, *harmless])):
            edges = [hit.start() for hit in _ONE.finditer(text, s, e)]
            if not edges:
                continue
            first, last = edges[0] - (text[edges[0] - 1 : edges[0]] == "+"), edges[-1] + 1
            if not contacts and end - first <= _LONGEST_NUMBER and _dialled(text[first:end]):
                yield (first, end)  # an amount in the middle of a number is none
                break
            if len(edges) > (_BESIDE if contacts else _SHORT):
                yield (first, last)


def _between(start: int, end: int, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a stretch without these parts, which come in order and apart."""
    found = []
    for s, e in spans:
        if start < s < end:
            found.append((start, s))
        start = max(start, e)
    return [*found, (start, end)] if start < end else found


def _loose(text: str, claimed: Sequence[tuple[int, int]], known: Sequence[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """What no reader claimed but looks like a way to a person: addresses, handles, links, long runs of digits (identity cards too)."""
    found = [(hit.start(), hit.start() + len(hit[0].rstrip(_CLOSING)), str(ClaimKind.LINK)) for hit in _LINK.finditer(text)]
    found += [(*hit.span(), "") for hit in _ADDRESS.finditer(text) if re.search(r"\w", hit["name"]) and not _PRICE.fullmatch(hit.group())]
    return found + [(s, e, "") for s, e in _numbers(text, claimed, known, _merged((s, e) for s, e, _kind in found))]


# --- one value ------------------------------------------------------------------------------------


def phone(value: str) -> str:
    """+6284012345678 -> +62 840-••••78: country, prefix group, last two. Also the written forms of a text: 0840… -> 0840-••••78."""
    kept = value.strip()
    digits = _digits(kept)
    if re.search(r"[^\W\d_]", kept):
        return _ends(kept, 2, 2)  # spelt out, or with letters for digits
    country = _country(digits) if kept.startswith("+") else "62" if re.fullmatch(r"62[1-9]\d{8,}", digits) else ""
    own = digits[len(country) :]
    head = min(4 if own.startswith("0") else 3, len(own) - 2 - _HIDDEN)
    if head < 1:
        return MIDDLE
    sign = "+" if kept.startswith("+") else ""
    return f"{sign}{country}{' ' * bool(country)}{own[:head]}-{MIDDLE}{own[-2:]}"


def _country(digits: str) -> str:
    """The calling code these digits begin with; "" for none."""
    return next((digits[:n] for n in (1, 2, 3) if digits[:n].isdecimal() and int(digits[:n]) in _CALLING), "")


_CALLING: Final = frozenset(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)


def account(value: str) -> str:
    """telegram:laksita_kerja -> telegram:laks••••ja; short names, and a handle of up to three letters before a blank, lose all but their
    first letter. Nothing but a platform stays whole, or a short word at the head of what is no handle (TKI Malaysia -> TKI ••••ia)."""
    platform, colon, name = value.partition(":")
    if platform not in PLATFORMS:
        platform, colon, name = "", "", value
    at = "@" if name.startswith("@") else ""
    name = name.removeprefix("@")
    first = name[:1] if name[:1].isalnum() else ""
    long = len(name) > 9 and not (at and any(map(str.isspace, name[:4])))
    return f"{platform}{colon}{at}{_ends(name, 4, 2) if long else first + MIDDLE}"


def bank_account(value: str) -> str:
    """BCA 8830012345 -> BCA ••••2345. Only a bank's name, of two words at most, and the last four digits stay."""
    bank, _space, number = value.rpartition(" ")
    digits = _digits(number)
    words = bank.split()
    name = f"{bank} " if 0 < len(words) < 3 and all(word.isalpha() for word in words) else ""
    return f"{name}{MIDDLE}{digits[-4:] if len(digits) > 7 else ''}"


def link(value: str) -> str:
    """https://wa.me/6284012345678?x=1 -> wa.me/••••. The host says which place it is; digits in it are masked too."""
    if not value:
        return ""
    try:
        parts = urlsplit(value if "://" in value else f"//{value}")
        host = parts.hostname or ""
    except ValueError:
        return MIDDLE
    if not re.search(r"[^\W\d_]", host) or re.search(rf"{_AT}|\s", host):  # digits alone would go on those before the link
        return MIDDLE
    labels = host.split(".")
    many = len(_digits(host)) > 7
    labels = [MIDDLE if len(_digits(label)) > (0 if many else 4) else label for label in labels]
    rest = f"/{MIDDLE}" if parts.path.strip("/") or parts.query or parts.fragment or parts.username else ""
    return ".".join(labels) + rest


_TURNING = {code: f"‹U+{code:04X}›" for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def turning_shown(value: str) -> str:
    """With each sign that turns the direction of writing as a sign to see: else what follows it, also of the page, reads backwards."""
    return value.translate(_TURNING)


def name(value: str) -> str:
    """Mbak Kursi Taiwan -> Mbak ••••: a first word of letters is kept, a single one keeps three. What is no plain word is cut whole."""
    words = value.split()
    if not words:
        return ""
    if not words[0].isalpha():
        return MIDDLE
    return f"{words[0]} {MIDDLE}" if 1 < len(words[0]) <= _FIRST_WORD and len(words) > 1 else f"{words[0][:3]}{MIDDLE}"


_FIRST_WORD: Final = 12  # letters: what is longer is no first name but a handle


def email(value: str) -> str:
    """laksita.kerja@pos.example -> laks•••• (pos.example): the host as a link's, and no sign between them that makes an address of it. One
    that is written in another way ("(at)") is cut whole."""
    name, _at, host = value.partition("@")
    if not (name[:1].isalnum() and host) or re.search(rf"[\s/]|{_AT}", name + host):
        return MIDDLE
    return f"{name[: 4 if len(name) > 9 else 1]}{MIDDLE} ({link(host)})"


_BY_KIND = {
    ClaimKind.PHONE: phone,
    ClaimKind.ACCOUNT: account,
    ClaimKind.BANK_ACCOUNT: bank_account,
    ClaimKind.LINK: link,
    ClaimKind.EMAIL: email,
}


def value(kind: str, written: str) -> str:
    """An indicator's value as everybody may see it. Licence numbers and companies stay, their register is public, without contacts."""
    mask = _BY_KIND.get(ClaimKind(kind)) if kind in set(ClaimKind) else None
    return mask(written) if mask else text(written, [], [(0, len(written))])


def values(rows: Iterable[tuple[str, str, int]]) -> list[str]:
    """The values of one page, (kind, value, key of the indicator) each: where two of them look the same masked, each has its key behind
    it. The key is the same on every page and every day, and says nothing about the value."""
    given = list(rows)
    masked = [value(kind, written) for kind, written, _key in given]
    different = {(kind, shown, key) for (kind, _written, key), shown in zip(given, masked, strict=True)}
    alike = Counter((kind, shown) for kind, shown, _key in different)
    return [f"{shown} #{key}" if alike[kind, shown] > 1 else shown for (kind, _written, key), shown in zip(given, masked, strict=True)]


def _ends(text: str, head: int, tail: int) -> str:
    shown = text[:head], text[-tail:]
    if len(text) <= head + tail + 3 or re.search(_AT, "".join(shown)):
        return MIDDLE
    return MIDDLE.join(shown)


# --- a text ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a text that must not be shown, and what stands there instead."""

    start: int
    end: int
    instead: str


def places(written: str, contacts: Iterable[tuple[int, int, str]], known: Iterable[tuple[int, int]] = ()) -> list[Place]:
    """Where to cut, in order and apart from each other.

    `contacts` are spans with their kind; what overlaps is cut as one, and one that reaches beyond the text is cut to its end. `known`
    are spans that may look like a number and are none (amounts, licence numbers): there a claimed contact is cut, and what has a phone
    number's shape, by itself, without an amount it is glued to, or with the digits beside it.
    """
    cuts = _clipped(written, contacts)
    size = len(written)
    apart = _merged((max(s, 0), min(e, size)) for s, e in known if max(s, 0) < min(e, size))
    cuts += _loose(written, _merged((s, e) for s, e, _kind in cuts), apart)
    found = _grouped(written, cuts)
    together = _together(written, found) if apart else []
    return _grouped(written, cuts + together) if together else found


def _together(written: str, cut: Sequence[Place]) -> list[tuple[int, int, str]]:
    """What is harmless part by part, and can be dialled as it stands there when these places are cut."""
    pieces: list[str] = []
    origins: list[int] = []  # of each character that is shown, where it was written; -1 for what stands instead
    position = 0
    for place in [*cut, Place(len(written), len(written), "")]:
        pieces += [written[position : place.start], place.instead]
        origins += [*range(position, place.start), *[-1] * len(place.instead)]
        position = place.end
    shown = _without_flags("".join(pieces))
    found = []
    for run in _RUN.finditer(shown):
        rest = _ROUGHLY_PLAIN.split(run.group())
        if max(len(_digits(part)) for part in rest) > _SHORT and _DIALLED.fullmatch(_digits("".join(rest))):
            digits = [origins[hit.start()] for hit in _ONE.finditer(shown, *run.span())]
            own = [place for place in digits if place >= 0]
            found += [(own[0], own[-1] + 1, "")] if own else []
    return found


def claimed(written: str, contacts: Iterable[tuple[int, int, str]]) -> list[Place]:
    """As `places`, but of these contacts alone: for whoever may see the others."""
    return _grouped(written, _clipped(written, contacts))


def _clipped(written: str, contacts: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    size = len(written)
    return [(s, min(e, size), kind if e <= size else "") for s, e, kind in contacts if 0 <= s < e and s < size]


def _grouped(written: str, cuts: Iterable[tuple[int, int, str]]) -> list[Place]:
    groups: list[list[tuple[int, int, str]]] = []
    reach = -1
    for cut in sorted(cuts):
        if groups and cut[0] < reach:
            groups[-1].append(cut)
        else:
            groups.append([cut])
        reach = max(reach, cut[1])
    return [_place(written, group) for group in groups]


def _place(written: str, group: list[tuple[int, int, str]]) -> Place:
    start, end = group[0][0], max(e for _s, e, _kind in group)
    whole = {kind for s, e, kind in group if (s, e) == (start, end)}
    for kind in _ORDER:
        if kind in whole:
            return Place(start, end, _BY_KIND[kind](written[start:end]))
    # A run that only overlaps claims, or that nobody claimed: nothing of it is known to be harmless.
    return Place(start, end, MIDDLE)


def text(written: str, contacts: Iterable[tuple[int, int, str]] = (), known: Iterable[tuple[int, int]] = (), *, most: int = LONGEST) -> str:
    """The text with every contact cut, as far as `most` characters of it. Masked first and shortened after: a number at the end of what
    is shown is seen whole, and a word with figures that would be cut in two is left out: half an amount is another amount."""
    seen = written[: most + _BEHIND]
    pieces, position = [], 0
    for place in places(seen, contacts, known):
        if place.start >= most:
            break
        pieces += [written[position : place.start], place.instead]
        position = place.end
    end = max(most, position)
    if position < most < len(written) and not written[most].isspace() and not written[most - 1].isspace():
        word = written[position:most].rsplit(maxsplit=1)[-1]
        end -= len(word) if any(map(str.isdecimal, word)) else 0
    pieces.append(written[position:end])
    return "".join(pieces) + ("…" if len(written) > end else "")


# What the product itself writes as a string: digests, keys, moments, numbers of its own series. All else somebody may have typed, also
# digits in groups like those of a day, or behind three letters.
_OURS = re.compile(
    r"[0-9a-f]{32,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(?:[+-][01]\d:[0-5]\d|Z)?)?"
    rf"|(?:{'|'.join(SERIES)})-[2-9]\d-\d{{4,8}}"
    r"|mark:[0-9a-f]{16}",  # of a referral's line in the log
    re.ASCII,
)


def nested(value: Any) -> Any:
    """The same without contacts in any of its strings. What is neither a number nor a container comes out as its text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {key: nested(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [nested(one) for one in value]
    written = str(value)
    return written if _OURS.fullmatch(written) else text(written)


def contacts_of(claims: Iterable[dict[str, object]], source: str = "text") -> list[tuple[int, int, str]]:
    """The spans of a stored reading that are ways to a person, as `places` wants them. `source`: text, image:0, qr:0."""
    return [span_of(claim) for claim in claims if claim["source"] == source and claim["kind"] in CONTACTS]


def known_of(claims: Iterable[dict[str, object]], source: str = "text") -> list[tuple[int, int]]:
    """The spans that a reader knows to be no contact."""
    return [span_of(claim)[:2] for claim in claims if claim["source"] == source and claim["kind"] in _PUBLIC]


def span_of(claim: dict[str, object]) -> tuple[int, int, str]:
    """Start, end and kind of a stored claim."""
    return (int(str(claim["start"])), int(str(claim["end"])), str(claim["kind"]))
