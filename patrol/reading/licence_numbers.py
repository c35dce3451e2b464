"""Numbers of recruitment licences (SIP, SIP2MI) and of company licences (SIP3MI, SIUP and older names).

Numbers of letters, announcements, police reports, decrees and other permits are none: a number counts by the word that
introduces it, or by SIP2MI standing inside it.
"""

from __future__ import annotations

import re

from patrol.reading import folding
from patrol.vocabulary import Claim, ClaimKind

_PIECE = r"[a-z0-9]{1,12}(?:[.\-][a-z0-9]{1,12}){0,4}\.?"
_SLASHED = rf"{_PIECE}(?:\s?[/\\]\s?{_PIECE}){{1,7}}"
_SPACED = r"(?:[a-z]{1,5}[.\-]?\s?)?\d{1,8}(?:[.\-\s](?:sip2?mi|sip|p3mi|[ivx]{1,4}|[a-z]{0,6}\d{1,8}[a-z]{0,3})){1,6}"
_PLAIN = r"[a-z]{0,5}[.\-]?\d{3,20}"
_NUMBER = rf"(?:[a-z]{{1,6}}\.?\s)?(?=[^\n]{{0,14}}\d)(?:{_SLASHED})|{_SPACED}|{_PLAIN}"
_SIP = (
    r"sip[\s\-]?2[\s\-]?mi|sip[\s\-]?pmi|sip|surat (?:izin|ijin) (?:perekrutan|rekrut|pengerahan)(?: "
    r"(?:pekerja migran indonesia|pekerja migran|pmi))?|(?:izin|ijin) (?:perekrutan|rekrut(?:men)?)"
)
_COMPANY = (
    r"sip[\s\-]?3[\s\-]?mi|siup[\s\-]?p3mi|siup[\s\-]?pmi|siuppmi|sippmi|siuppak|siukak|sipptki(?:s)?|"
    r"siup[\s\-]?pptkis?|siup(?:[\s\-]?pjtki)?|sip[\s\-]?pptkis|"
    r"(?:no(?:mor)?\.? )?(?:izin|ijin) (?:p3mi|perusahaan|usaha|penempatan|pjtki|kemnaker|kemenaker)|"
    r"surat (?:izin|ijin) perusahaan penempatan(?: pekerja migran indonesia| pmi)?"
)
_LINK = (
    r"(?:\s?\([^)\n]{1,30}\))?\s?(?:pt\.? [a-z ]{3,40}? )?(?P<says>(?:dengan |dgn |ber)?(?:nomor|nomer|"
    r"number|no|nmr|num)\b\.?|:|#|=)?[\s.:#=\-]{0,4}"
)
_INTRODUCED = re.compile(
    rf"(?<![a-z0-9/])(?:no(?:mor|mer)?\.?\s?)?(?:(?P<company>{_COMPANY})|"
    rf"(?P<sip>{_SIP}))(?![a-z0-9/]){_LINK}(?P<number>{_NUMBER})(?![a-z0-9])"
)
_INSIDE = re.compile(
    rf"(?<![a-z0-9/.])(?P<number>(?:[a-z]{{1,5}}[.\s]\s?)?(?:{_PIECE}\s?[/\\]\s?){{1,3}}sip\s?2?\s?mi(?:\s?[/\\]\s?{_PIECE}){{0,4}})(?![a-z0-9/])"
)
_DATE = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)?\d\d")
_OTHER = re.compile(r"^(?:uu|pasal|permen|kepmen|sk|lp|pp|rp|usd|tgl|tanggal|kuota|usia|gaji|tahun|thn|hp|wa|telp)\b")


def claims(folded: folding.Folded, source: str = "text") -> list[Claim]:
    """LICENCE_NUMBER and SIP3MI_NUMBER claims: as written, without the introducing word."""
    plain = folded.plain
    if "sip" not in plain and "siu" not in plain and "izin" not in plain and "ijin" not in plain:
        return []
    made: list[Claim] = []
    taken: list[tuple[int, int]] = []
    for match in _INTRODUCED.finditer(plain):
        kind = ClaimKind.SIP3MI_NUMBER if match["company"] else ClaimKind.LICENCE_NUMBER
        start, end = _trimmed(plain, *match.span("number"))
        if not _is_number(plain[start:end], bool(match["says"])):
            continue
        taken.append((start, end))
        made.append(
            Claim(kind, folded.original(start, end), folded.span(start, end), source, 0.95 if match["says"] else 0.85)
        )
    for match in _INSIDE.finditer(plain):
        start, end = _trimmed(plain, *match.span("number"))
        if any(first < end and start < last for first, last in taken) or not re.search(r"\d", plain[start:end]):
            continue
        made.append(Claim(ClaimKind.LICENCE_NUMBER, folded.original(start, end), folded.span(start, end), source, 0.9))
    return made


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    while end > start and plain[end - 1] in " .,-/\\\n":
        end -= 1
    # "123/SIP2MI/IV/2026 untuk": the spaced form may have run into the next word
    return start, end


def _is_number(number: str, said: bool) -> bool:
    digits = sum(character.isdigit() for character in number)
    if not digits or _DATE.fullmatch(number) or _OTHER.match(number):
        return False
    if "/" in number or "\\" in number:
        return digits >= 2
    return said and digits >= 3
