"""Contacts made unreadable before they reach a page (rule 13). Pure: text in, text out.

The middle of a masked value has always the same length, so that neither the number of digits nor the length of a
spelt-out digit shows. What stays readable is enough to compare two values on paper and too little to dial.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from patrol.vocabulary import ClaimKind

MIDDLE = "••••"

CONTACTS = frozenset({ClaimKind.PHONE, ClaimKind.ACCOUNT, ClaimKind.LINK, ClaimKind.BANK_ACCOUNT})

# Where two contacts share a place (wa.me/628…, a wallet that is a number) the first of these says how it is masked.
_ORDER = (ClaimKind.LINK, ClaimKind.PHONE, ClaimKind.BANK_ACCOUNT, ClaimKind.ACCOUNT)

_PUBLIC = frozenset(
    {ClaimKind.LICENCE_NUMBER, ClaimKind.SIP3MI_NUMBER, ClaimKind.PAY, ClaimKind.FEE, ClaimKind.COMPANY}
)

# What no reader claimed but looks like a way to a person: addresses, handles, long runs of digits (identity cards too).
_LOOSE = re.compile(
    r"[\w.+-]{2,}@[\w-]+\.[\w.]{2,}"
    r"|(?<![\w@/])@\w[\w.]{2,}"
    r"|\+?\d(?:[ .()/-]{0,2}\d){7,}"
)
_AMOUNT_OR_DATE = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?:,\d\d)?|\d{1,2}[-./ ]\d{1,2}[-./ ]\d{2,4}|\d{4}-\d\d-\d\d")


def phone(value: str) -> str:
    """+6284012345678 -> +62 8•••• 78. Also the written forms of a text: 0840… -> 08••••78."""
    kept = value.strip()
    if kept.startswith("+62"):
        return f"+62 {kept[3:4]}{MIDDLE} {kept[-2:]}" if len(kept) > 8 else MIDDLE
    return _ends(kept, 2, 2)


def account(value: str) -> str:
    """telegram:laksita_kerja -> telegram:laks••••ja; short names lose all but their first letter."""
    platform, sign, name = value.rpartition(":")
    at = "@" if name.startswith("@") else ""
    name = name.removeprefix("@")
    masked = _ends(name, 4, 2) if len(name) > 8 else name[:1] + MIDDLE
    return f"{platform}{sign}{at}{masked}"


def bank_account(value: str) -> str:
    """BCA 8830012345 -> BCA ••••2345. Only a bank's name and the last four digits stay."""
    bank, _space, number = value.rpartition(" ")
    digits = re.sub(r"\W", "", number)
    name = f"{bank} " if bank.isalpha() else ""
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
    if not host:
        return MIDDLE
    labels = [MIDDLE if len(re.sub(r"\D", "", label)) > 4 else label for label in host.split(".")]
    rest = f"/{MIDDLE}" if parts.path.strip("/") or parts.query or parts.fragment or parts.username else ""
    return ".".join(labels) + rest


_TURNING = {
    code: f"‹U+{code:04X}›" for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


def turning_shown(value: str) -> str:
    """With each sign that turns the direction of writing as a sign to see: else what follows it, also of the page, reads backwards."""
    return value.translate(_TURNING)


def name(value: str) -> str:
    """Mbak Kursi Taiwan -> Mbak ••••: the first word is kept, a single word keeps three letters."""
    words = value.split()
    if not words:
        return ""
    return f"{words[0]} {MIDDLE}" if len(words) > 1 and len(words[0]) > 1 else f"{value.strip()[:3]}{MIDDLE}"


_BY_KIND = {
    ClaimKind.PHONE: phone,
    ClaimKind.ACCOUNT: account,
    ClaimKind.BANK_ACCOUNT: bank_account,
    ClaimKind.LINK: link,
}


def value(kind: str, text: str) -> str:
    """An indicator's value as everybody may see it. Licence numbers and companies stay: their register is public."""
    mask = _BY_KIND.get(ClaimKind(kind)) if kind in set(ClaimKind) else None
    return mask(text) if mask else text


def _ends(text: str, head: int, tail: int) -> str:
    return f"{text[:head]}{MIDDLE}{text[-tail:]}" if len(text) > head + tail + 3 else MIDDLE


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a text that must not be shown, and what stands there instead."""

    start: int
    end: int
    instead: str


def places(text: str, contacts: Iterable[tuple[int, int, str]], known: Iterable[tuple[int, int]] = ()) -> list[Place]:
    """Where to cut, in order and apart from each other.

    `contacts` are spans with their kind; what overlaps is cut as one. `known` are spans that may look like a number and
    are none (amounts, licence numbers): there only a claimed contact is cut.
    """
    cuts: list[tuple[int, int, str]] = [(s, e, kind) for s, e, kind in contacts if 0 <= s < e <= len(text)]
    unknown = text
    for start, end in known:
        unknown = unknown[:start] + "\n" * (end - start) + unknown[end:]
    cuts += [
        (hit.start(), hit.end(), "")
        for hit in _LOOSE.finditer(unknown)
        if not _AMOUNT_OR_DATE.fullmatch(hit.group().strip())
    ]
    groups: list[list[tuple[int, int, str]]] = []
    reach = -1
    for cut in sorted(cuts):
        if groups and cut[0] < reach:
            groups[-1].append(cut)
        else:
            groups.append([cut])
        reach = max(reach, cut[1])
    return [_place(text, group) for group in groups]


def _place(text: str, group: list[tuple[int, int, str]]) -> Place:
    start, end = group[0][0], max(e for _s, e, _kind in group)
    written = text[start:end]
    whole = {kind for s, e, kind in group if (s, e) == (start, end)}
    for kind in _ORDER:
        if kind in whole:
            return Place(start, end, _BY_KIND[kind](written))
    # A run that only overlaps claims, or that nobody claimed: nothing of it is known to be harmless.
    return Place(start, end, MIDDLE)


def text(written: str, contacts: Iterable[tuple[int, int, str]], known: Iterable[tuple[int, int]] = ()) -> str:
    """The text with every contact cut."""
    pieces, position = [], 0
    for place in places(written, contacts, known):
        pieces += [written[position : place.start], place.instead]
        position = place.end
    return "".join([*pieces, written[position:]])


def contacts_of(claims: Iterable[dict[str, object]], source: str = "text") -> list[tuple[int, int, str]]:
    """The spans of a stored reading that are ways to a person, as `places` wants them. `source`: text, image:0, qr:0."""
    return [_span(claim) for claim in claims if claim["source"] == source and claim["kind"] in CONTACTS]


def known_of(claims: Iterable[dict[str, object]], source: str = "text") -> list[tuple[int, int]]:
    """The spans that a reader knows to be no contact."""
    return [_span(claim)[:2] for claim in claims if claim["source"] == source and claim["kind"] in _PUBLIC]


def _span(claim: dict[str, object]) -> tuple[int, int, str]:
    return (int(str(claim["start"])), int(str(claim["end"])), str(claim["kind"]))
