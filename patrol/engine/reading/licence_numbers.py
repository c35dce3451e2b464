"""Numbers of recruitment licences (SIP, SIP2MI) and of company licences (SIP3MI, SIUP and older names).

Numbers of letters, announcements, police reports, decrees and other permits are none. A number counts by one of four
signs: the licence's own name stands inside it (4021/SIP2MI/IV/2026), it begins with the name (SIP-2026-00351), the
name introduces it (SIP No. 4021/2026), or it is shown as a permit without saying which ("izin resmi no 45/LN/2026").
What reads one figure for another (O for 0, l for 1) is forgiven in figures.
"""

from __future__ import annotations

import re

from patrol.domain import Claim, ClaimKind
from patrol.engine import lazy
from patrol.engine.reading import folding

_JOINT = r"(?:\s?[/\\\-_.|,]\s?|[ \t])"  # a number broken over a line breaks at a joint
_FIGURES = r"(?=[a-z]{0,4}\d|[o]{1,4}\d)[\do]{1,8}"
_YEAR = r"(?:19|2[0o])[\do]{2}"
_MONTH = r"(?:[ivxl1|]{1,4}|0?[1-9]|1[0-2])"
_UNIT = r"(?:[s5][i1l|]p[\s\-.]?[23z][\s\-.]?m[i1l|]|sip[\s\-.]?p?mi|siup[\s\-.]?(?:p3mi|pmi|pptkis?|pjtki)|siuppa?k|k?p[23]mi|sip)"
_OFFICE = r"(?:\s?[.\-]\s?[a-z]{0,3}\d{0,2}(?=\s?/))?"  # the mark of who issues it: "0713/SIP2MI.D3/IV/2026", "091/SIP.2/DPN-P2MI/III/2026"
_CODE = r"[a-z]{2,5}"
# "B. 0417/...": letters before the figures belong to it where nothing but a joint stands between, or one letter alone.
_PREFIX = r"(?:(?!(?:no|rp|pt|cv|jl|wa|hp|sip|tlp|telp|org|thn|tgl|rt|rw)\b)[a-z]{1,4}[.\-/]|[a-z][.\-/]?[ \t])?"

_INSIDE = lazy.regex(
    rf"(?<![\w/])(?P<number>{_PREFIX}(?:\d{{1,3}}\.(?=\d{{3}}/))?{_FIGURES}(?:/[a-z]{{2,6}}(?:-[a-z]{{2,6}})?)?{_JOINT}(?P<unit>{_UNIT}){_OFFICE}"
    rf"(?:(?:{_JOINT}{_CODE})?(?:{_JOINT}{_MONTH})?{_JOINT}{_YEAR}(?!\d)(?:\s?/\s?[a-z]{{2,8}}(?![a-z0-9]))?"
    rf"|(?:\s?[/\\]\s?[a-z0-9][a-z0-9.\-]{{0,11}}){{1,4}}|(?={_JOINT}|\W|$)))(?![a-z0-9])"
)
_FIRST = lazy.regex(
    rf"(?<![\w/\-])(?P<number>(?P<unit>{_UNIT})(?:{_JOINT}{_YEAR}{_JOINT}(?=[o]{{0,4}}\d)[\do]{{2,6}}"
    rf"|\s?[/\-.]\s?{_CODE}\s?[/\-.]\s?{_FIGURES}(?:\s?[/\-.]\s?{_MONTH})?\s?[/\-.]\s?{_YEAR}"
    rf"|/{_FIGURES}(?:/[a-z0-9.\-]{{1,8}}){{1,4}}))(?![a-z0-9])"
)

_PIECE = r"[a-z0-9]{1,12}(?:[.\-][a-z0-9]{1,12}){0,4}\.?"
_SLASHED = rf"{_PIECE}(?:\s?[/\\]\s?{_PIECE}){{1,7}}"
_SPACED = (
    r"(?:[a-z]{1,5}[.\-]?\s?)?\d{1,8}(?:[.\-\s](?:sip2?mi|sip|[kb]?p[23]mi|[ivx]{1,4}|[a-z]{0,6}\d{1,8}[a-z]{0,3})|-[a-z]{2,4}(?=-)){1,6}"
)
_PLAIN = r"[a-z]{0,5}[.\-]?\d{3,20}"
_NUMBER = rf"(?:[a-z]\.?\s)?(?=[^\n]{{0,14}}\d)(?:{_SLASHED})|{_SPACED}|{_PLAIN}"
_SIP = (
    r"[s5][i1l|]p[\s\-]?[2z][\s\-]?m[i1l|]|sip[\s\-]?(?:p2?)?mi|sip|surat (?:izin|ijin) (?:perekrutan|rekrut|pengerahan)(?: "
    r"(?:pekerja migran indonesia|pekerja migran|pmi))?|(?:izin|ijin) (?:perekrutan|rekrut(?:men)?)|"
    r"recruit(?:ment|ing) (?:licen[cs]e|permit)|lesen perekrutan"
)
_COMPANY = (
    r"[s5][i1l|]p[\s\-]?3[\s\-]?m[i1l|]|siup[\s\-]?p3mi|siup[\s\-]?pmi|siuppmi|sippmi|siuppak|siukak|sipptki(?:s)?|"
    r"siup[\s\-]?pptkis?|siup(?:[\s\-]?pjtki)?|sip[\s\-]?pptkis?|"
    r"(?:no(?:mor)?\.? )?(?:izin|ijin) (?:p3mi|perusahaan|usaha penempatan|penempatan|pptkis|pjtki|kemnaker|"
    r"kemenaker|kemenakertrans|depnaker|kp2mi|bp2mi)|"
    r"surat (?:izin|ijin) perusahaan penempatan(?: pekerja migran indonesia| pmi)?"
)
_LINK = (
    r"(?:\s?\([^)\n]{1,30}\))?\s?(?:(?:nya|kami|kita|resmi|asli|palsu|kantor|pt\.?|atas nama|an)[ ,:]{1,2}){0,2}"
    r"(?:pt\.? [a-z ]{3,40}? )?(?P<says>(?:dengan |dgn |ber)?(?:nomor|nomer|number|no|nmr|num)\b(?:nya)?\.?|:|#|=)?"
    r"[\s.:#=\-]{0,4}"
)
_INTRODUCED = lazy.regex(
    rf"(?<![a-z0-9/])(?:no(?:mor|mer)?\.?\s?)?(?:(?P<company>{_COMPANY})|"
    rf"(?P<sip>{_SIP}))(?:nya|ny|ne|na)?(?![a-z0-9/]){_LINK}(?P<number>{_NUMBER})(?![a-z0-9])"
)
# A permit that is not said to be any other's: nothing but praise, the trade or the state stands between the word and its number.
_PERMIT = lazy.regex(
    r"(?<![\w/])(?P<said>no(?:m[oe]r)?\.? )?(?:surat )?(?:ber)?(?:i[zj]in|lisensi|licen[cs]e|permit|lesen|legalitas)(?:nya|ny|na|e|ne)?"
    r"(?: (?:resmi|sah|asli|legal|lengkap|lkp|jelas|aktif|kami|kita|sy|saya|nya|kerja|kirim|pengiriman|penyaluran|pemberangkatan|"
    r"pengerahan|rekrut|tki|tkw|pmi|cpmi|tenaga|migran|pekerja|penempatan|ln|luar negeri|dari|dr|pusat|negara|pemerintah|kementerian|"
    r"kementrian|menteri|depnaker|kemnaker|kp2mi|bp2mi|pt|perusahaan|ada|udah|sudah|sdh|pun|juga|ya|dengan|dgn)){0,4}"
    r"[ ,]{0,2}(?P<says>(?:no(?:m[oe]r(?:nya|ny|e)?)?|nmr|num(?:ber)?)\b\.?\s?)?[\s:#=(\-]{0,3}"
    rf"(?P<number>(?=[^\n]{{0,14}}\d){_SLASHED}|[a-z\d]{{1,8}}(?:[.\-][a-z\d]{{1,8}}){{2,5}})(?![a-z0-9])"
)
_YEAR_PART = lazy.regex(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PERMIT_SIGN = lazy.regex(r"i[zj]in|lisensi|licen|permit|lesen|legalitas")
# Trades with permits of their own, and what else an "izin" lets one do.
_PERMIT_OF_OTHERS = lazy.regex(
    r"\b(?:um[rh]o?r?ah|umroh|umrah|haji|hajj|ppiu|pihk|bank|remit\w*|kirim(?:an)? uang|valas|asuransi|koperasi|pinjam\w*|gadai|leasing|"
    r"klinik|apotek|rumah sakit|bidan|edar|bpom|halal|travel|tour|wisata|trayek|kapal penumpang|bus|ojk|bi|kemenag|kemenkes|"
    r"kemenhub|lpk|lkp|kursus|pelatihan|bimbel|yayasan|sekolah|nib|siup|tdp|imb|pbg)\b"
)
MOST = 100  # numbers of one text: a list longer than any post's is a flood, and its head is enough
_SIGNS = (
    *(f"{first}{second}p" for first in "s5" for second in "i1l|"),
    *("siu", "izin", "ijin", "recruit", "lesen", "lisensi", "licen", "permit", "legalitas"),
)
_DATE = lazy.regex(r"\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)?\d\d")
_OTHER = lazy.regex(
    r"^(?:uu|pasal|permen|kepmen|keputusan|sk|lp|stt?lp|pp|peng|rp|usd|tgl|tanggal|kuota|usia|gaji|tahun|thn|hp|wa|telp|"
    r"ahu|nib|skck|ojk|ppiu|pihk|ktp|nik|bpjs)\b"
)
# "Surat Izin Praktik" of doctors has the same letters; a decree or an announcement about a licence has its own number.
_OF_OTHERS = lazy.regex(
    r"\b(?:dr|drg|dokter|bidan|apoteker|praktik|praktek|str|ppiu|pihk|ojk|nib|ahu)\b[^\n]{0,30}$"
    r"|\b(?:keputusan|kepmen|sk|peng(?:umuman)?)\b[^\n/]{0,60}$"
)


def claims(folded: folding.Folded, source: str = "text") -> list[Claim]:
    """LICENCE_NUMBER and SIP3MI_NUMBER claims in order: as written, without the introducing word."""
    plain = folded.plain
    if not any(sign in plain for sign in _SIGNS):
        return []
    found: list[tuple[int, int, str, float]] = []

    def take(start: int, end: int, *, company: bool, confidence: float) -> None:
        if len(found) < MOST and not any(first < end and start < last for first, last, _, _ in found):
            kind = ClaimKind.SIP3MI_NUMBER if company else ClaimKind.LICENCE_NUMBER
            found.append((start, end, kind, confidence))

    for match in _FIRST.finditer(plain):
        start, end = _trimmed(plain, *match.span("number"))
        if not _DATE.fullmatch(plain[start:end].split(match["unit"], 1)[-1].strip(" /.-")):
            take(start, end, company=_is_company(match["unit"]), confidence=0.95)
    for match in _INSIDE.finditer(plain):
        start, end = _trimmed(plain, *match.span("number"))
        if _holds_more(plain[start:end], match["unit"]) and not _OF_OTHERS.search(plain, max(0, start - 50), start):
            take(start, end, company=_is_company(match["unit"]), confidence=0.95)
    for match in _INTRODUCED.finditer(plain):
        start, end = _trimmed(plain, *match.span("number"))
        said = bool(match["says"])
        if _is_number(plain[start:end], said) and not _OF_OTHERS.search(plain, max(0, match.start() - 50), match.start()):
            take(start, end, company=bool(match["company"]), confidence=0.95 if said else 0.85)
    if _PERMIT_SIGN.search(plain):
        for match in _PERMIT.finditer(plain):
            start, end = _trimmed(plain, *match.span("number"))
            beside = plain[max(0, match.start() - 60) : start].rsplit("\n", 1)[-1]
            if _is_permit(plain[start:end], said=bool(match["said"] or match["says"])) and not _PERMIT_OF_OTHERS.search(beside):
                take(start, end, company=False, confidence=0.8)
    return [
        Claim(kind, folded.original(start, end), folded.span(start, end), source, confidence)
        for start, end, kind, confidence in sorted(found)
    ]


def _is_company(unit: str) -> bool:
    return "3" in unit or unit.startswith("siu")  # P3MI: the company; P2MI: the ministry, in numbers of both


def _holds_more(number: str, unit: str) -> bool:
    """A number is more than figures beside the name: "20 sip" is none; a serial and the name's full form are enough."""
    before, _, after = number.partition(unit)
    if (len(unit) == 3 or unit[0] in "kp") and not before.rstrip().endswith(("/", "\\", "-")):
        return False
    if not after.strip(" /\\-_.|,"):
        return len(unit) > 3 and sum(c.isdigit() for c in before) >= 3 and before.rstrip().endswith(("/", "-"))
    return True


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    while end > start and plain[end - 1] in " .,-/\\\n":
        end -= 1
    return start, end


def _is_permit(number: str, *, said: bool) -> bool:
    """A number as offices give them: three parts or more, letters and figures, and called a number or with a year; never "12/bln/org"."""
    parts = re.findall(r"[a-z\d]+", number)
    shaped = len(parts) > 2 and any(map(str.isalpha, parts)) and (said or _YEAR_PART.search(number) is not None)
    return shaped and _is_number(number, said=True)


def _is_number(number: str, said: bool) -> bool:
    digits = sum(character.isdigit() for character in number)
    if not digits or _DATE.fullmatch(number) or _OTHER.match(number):
        return False
    if "/" in number or "\\" in number:
        return digits >= 2
    whole = re.search(r"[.\-](?:19|20)\d\d$", number) is not None and number.count("-") > 1
    return (said or whole) and digits >= 3
