"""Countries named in a text, and in what role: destination, transit, denied, mentioned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from patrol.reading import folding, phrases
from patrol.vocabulary import NOTHING, Claim, ClaimKind, Route, TextKind

_COUNTRIES = phrases.load("countries.toml")
CODES = frozenset(_COUNTRIES)
_BY_NAME: dict[str, str] = {
    name: code for code, entry in _COUNTRIES.items() for written in entry["names"] for name in phrases.variants(written)
}
_MENTIONED = re.compile(
    r"\b(?:bahasa|b|bhs|orang|warga|warga negara|dolar|dollar|uang|masakan|makanan|film|drama|drakor|"
    r"produk|mantan|eks|ex|alumni|asal|dulu di|pernah di|pernah kerja di|pulang dari|lagu|bank|"
    r"mobil|artis|kurs|rate|mata uang|bos|pengalaman(?: kerja)?(?: di)?|baju|kosmetik|skincare|gaya|"
    r"resep|timnas|liga|presiden|pemerintah|majikan asal|kedutaan(?: besar)?|kedubes|konsulat|riyal|"
    r"ayam|daging|kurma|parfum|oleh oleh|umroh|umrah|tour|wisata|liburan|travel|haji|language|"
    r"speaking|berbahasa)\s$"
)
_DENIED = re.compile(
    r"\b(?:bukan|bkn|tidak|tdk|gak|ga|nggak|jangan|jgn|selain|kecuali|except|not|no|non|ditutup|"
    r"tutup)(?: (?:ke|di|untuk|utk|ada|kerja|terima|menerima|buka|lagi|negara|mau|yang|to|in|for|proses|"
    r"berangkat)){0,3} $"
)
_LEFT = re.compile(
    r"\b(?:dari|dr|from|abis kontrak di|habis kontrak di|finish(?: kontrak)?(?: di)?|pulang dari|eks|kontrak di) $"
)
_OWNER = re.compile(
    r"\b(?:majikan|bos|boss|perusahaan|pt|restoran|resto|user|kapal|investor|orang|owner|juragan) (?:\w+ )?$"
)
_MISSION = re.compile(r"\b(?:kbri|kjri|kdei|kedutaan besar|kedubes) (?:\w+ )?$")
_TRANSIT = re.compile(
    r"\b(?:lewat|via|transit|transit di|transit ke|melalui|singgah di|mampir|through|mampir di|masuk lewat|"
    r"visa di|medical di|dulu ke|ke) $"
)
_TRANSIT_AFTER = re.compile(
    r"^ (?:(?:dulu|dlu|baru|lalu lanjut|terus (?:lanjut|nyebrang|ke))\b|transit$|transit (?:saja|aja)\b)"
)
_TOWARDS = re.compile(r"\bke $")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


def code_of(text: str) -> str | None:
    """ISO alpha-2 of a country's code or Indonesian or English name, None where it is none. "ID" is one here."""
    written = " ".join(text.split())
    if written.upper() in CODES or written.upper() == "ID":
        return written.upper()
    name = folding.fold(written).words.strip()
    if name == "indonesia":
        return "ID"
    return _BY_NAME.get(name) or _BY_NAME.get(re.sub(r"[^\w ]", "", name))


def claims(folded: folding.Folded, hits: phrases.Hits, source: str = "text") -> list[Claim]:
    """COUNTRY claims in order; the role `destination` means "named without a word against it" until `settle`."""
    made = [_claim(folded, hit, source) for hit in hits.get("country", ())]
    for hit in hits.get("country_caps", ()):
        start, end = folded.word_span(hit.start, hit.end)
        written = folded.text[start:end]
        neighbours = folded.text[max(0, start - 12) : start] + folded.text[end : end + 12]
        if written.isupper() and (any(c.islower() for c in neighbours) or len(written) > 2 or made):
            made.append(_claim(folded, hit, source))
    if not folded.text.isascii():
        for match in _FLAG.finditer(folded.text):
            code = "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in match.group())
            if code in CODES:
                made.append(
                    Claim(ClaimKind.COUNTRY, code, match.span(), source, 0.8, "destination", detail={"flag": "yes"})
                )
    return sorted(made, key=lambda claim: claim.span)


def _claim(folded: folding.Folded, hit: phrases.Hit, source: str) -> Claim:
    begin = max(0, hit.start - 48)
    before, after = folded.words[begin : hit.start], folded.words[hit.end : hit.end + 30]
    role, confidence = "destination", 0.95
    detail = NOTHING
    if _DENIED.search(before):
        role = "denied"
    elif _MISSION.search(before):
        role, detail = "mentioned", {"mission": "yes"}
    elif _MENTIONED.search(before) or _LEFT.search(before):
        role = "mentioned"
    elif _TRANSIT.search(before) and (_TRANSIT_AFTER.match(after) or not _TOWARDS.search(before)):
        role = "transit"
    elif _OWNER.search(before):
        confidence = 0.5
    return Claim(
        ClaimKind.COUNTRY, hit.value, folded.word_span(hit.start, hit.end), source, confidence, role, detail=detail
    )


def settle(found: Sequence[Claim], text_kind: str, route: str = Route.AGENCY) -> list[Claim]:
    """Roles seen from the whole text.

    Outside overseas offers every country is only mentioned. Where one country is plainly the place of work, a
    nationality ("majikan arab") is none. A mission's notice of its own posts is about the country it stands in.
    """
    offer = text_kind == TextKind.OFFER_ABROAD
    plain = any(claim.role == "destination" and claim.confidence > 0.5 for claim in found)
    settled = []
    for claim in found:
        role = claim.role
        if offer and route == Route.EXEMPT and not plain and "mission" in claim.detail:
            role = "destination"
        elif role != "denied" and (not offer or (plain and claim.confidence <= 0.5)):
            role = "mentioned"
        settled.append(replace(claim, role=role))
    return settled


def summary(found: Iterable[Claim], text_kind: str) -> tuple[str, ...]:
    """Codes without doubles, in order: of an offer destinations and transit, else all that are named."""
    wanted = (
        {"destination", "transit"}
        if text_kind == TextKind.OFFER_ABROAD
        else {"destination", "transit", "mentioned", "denied"}
    )
    return tuple(dict.fromkeys(claim.value for claim in found if claim.role in wanted and claim.value != "ID"))
