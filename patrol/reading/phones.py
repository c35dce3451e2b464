"""Telephone numbers as people write them to be dialled by people and not found by machines.

A number is grown from atoms (runs of digits, letters standing for digits, number words) over short gaps. What it may
grow to is asked of its digits alone (`dialling`), what it is of the words before it: a bank account, an identity card,
a price are no numbers to dial.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from patrol.reading import accounts, dialling, folding, phrases
from patrol.vocabulary import Claim, ClaimKind

_NUMBERS = phrases.load("numbers.toml")
_WORDS: dict[str, str] = {word: digit for digit, words in _NUMBERS["digits"].items() for word in words}
_REPEATS = {word: int(times) for times, words in _NUMBERS["repeats"].items() for word in words}
_WORD = "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True))
_REPEAT = "|".join(sorted(map(re.escape, _REPEATS), key=len, reverse=True))
_ATOM = re.compile(
    rf"(?P<spoken>(?<![a-z])(?:(?:{_REPEAT})\s?)?(?:{_WORD})(?:\s(?:belas|puluh))?(?![a-z]))"
    rf"|(?P<glued>(?<![a-z])(?:{_WORD}){{3,}}(?![a-z]))"
    r"|(?P<digits>(?:(?<![a-z0-9])[oli|](?=[0-9]))?[0-9](?:[0-9]|[oli|]{1,4}(?=[0-9])|[oli|"
    r"]{1,3}(?![a-z0-9])|[sbz](?=[0-9]{2}))*)"
    r"|(?P<letter>(?<![a-z0-9])o(?=[ .\-]{1,3}[0-9ol]))"
)
_WORD_PARTS = re.compile(_WORD)
_LETTERS = str.maketrans("oli|sbz", "01115" + "82")
# Six digits in a row of short gaps, or three number words: below that there is nothing to dial.
_WORTH = re.compile(
    rf"\d(?:[^\d\n]{{0,6}}[\doli]|\n\d){{6}}|(?<![a-z])(?:{_WORD})[\s\-.,]{{0,3}}(?:{_WORD}|\d)|"
    rf"(?:{_WORD}){{4}}"
)
_GAP = re.compile(r"[ \-./,()~*·:|_+=…\n\\]{0,5}|[ ]?(?:strip|titik|spasi)[ ]?|[ ]?[\-.] {0,3}[\-.]? {0,3}")
_MASK = re.compile(r"[ \-.]?(?:[x*#•●?]{2,}|\.{4,}|…|[x]\b|x\d)")
_MASK_BEFORE = re.compile(r"(?:[x*#•●]{2,}|…|\.{3,})[ \-]?$")
_CLOCK = re.compile(r"0?\d[.:]\d\d\s?(?:-|–|s/?d|sampai|wib|wita|wit|am|pm)")
_LABEL = re.compile(
    r"(?<![a-z])(?:(?P<call>wa|w\.a|whatsapp+|whatsap|wasap|watsap|wasaf|telp|tlp|tlpn|telpon|telepon|"
    r"telephone|phone|tel|hp|handphone|hape|call|hub|hubungi|kontak|kontek|"
    r"contact|cp|cs|sms|chat|admin|viber|imo|line|signal|mobile|hotline|no hp|japri|fax|faks|nomer|"
    r"ponsel|seluler|whats|hubungi nomor|calling|info|kantor|office|zalo|tele|telegram)"
    r"|(?P<wallet>dana|ovo|gopay|go-?pay|shopeepay|linkaja)"
    r"|(?P<other>rek|rekening|norek|a/?n|bca|bri|bni|mandiri|bsi|btn|cimb|permata|danamon|bank|va|"
    r"virtual account|nik|no ?ktp|ktp|kk|npwp|nib|bpjs|paspor|passport|resi|awb|tracking|id game|"
    r"game|id|kode|code|invoice|inv|no order|kode booking|pnr|token|imei|serial|isbn|siup|sip2?3?mi|"
    r"izin|lisensi|license|registrasi|reg|no\.? reg|no daftar|rp|idr|usd|gaji|harga|biaya|"
    r"nomor surat|kartu|card|atm|sk|nopol|flight|penerbangan|ref|referensi|no\.? pesanan|transaksi|uid|"
    r"user id|virtual|pin|otp|km|nisn|nip|sertifikat|kartu keluarga|no kontrak|no polisi))(?![a-z])"
)
_BANKISH = frozenset(
    {
        "rek",
        "rekening",
        "norek",
        "a/n",
        "an",
        "bca",
        "bri",
        "bni",
        "mandiri",
        "bsi",
        "btn",
        "cimb",
        "permata",
        "danamon",
        "bank",
    }
    | {"va", "virtual account", "atm"}
)
# How far a word reaches that calls the digits something else than a number to dial: a bank's over a name, others' not.
_NAMES_THE_DIGITS = {
    True: re.compile(r"[^\d.!?\n]{0,26}\n?[^\d.!?\n]{0,4}"),
    False: re.compile(r"(?:\s?(?:no|nomor|nomer|anda|saya|number|reg|baru)\b\.?)*[\s:=#()\-+]{0,5}[a-z]{0,4}"),
}
_CALL_GLUED = re.compile(r"(?:wa|hp|telp|tlp|no|hub|cp|call|tel)$")
_CORRECTS = re.compile(
    r"\b(?:eh|ralat|salah|koreksi|maksud\w*|revisi|yang bener|yang benar|yg bener|yg benar|bukan itu|sorry|"
    r"maaf)\b"
)
_OTHER_ENDING = re.compile(
    r"\s?(?:/|,|&|atau|dan|or)\s?(?P<ending>\d{1,4})(?![\d.]|\s?(?:orang|jt|juta|rb|tahun|thn|%|jam))"
)
_UPTO = re.compile(r"\s?(?:s/?d|s\.d\.?|sampai|hingga)\s?(?P<ending>\d{1,4})(?!\d)")
MOST_OF_A_RANGE = 20


class Atom(NamedTuple):
    """A piece of a number: places in `Folded.plain`, its digits, and whether it was spoken."""

    start: int
    end: int
    digits: str
    spoken: bool


def claims(
    folded: folding.Folded, links: Sequence[accounts.Link], countries: Iterable[str] = (), source: str = "text"
) -> list[Claim]:
    """PHONE claims in order. `countries`: what the post shows; a number in national form is read as theirs."""
    found = [_of_link(folded, link, source) for link in links if link.dials]
    plain = folded.plain
    if _WORTH.search(plain):
        covered = sorted((link.start, link.end) for link in links)
        found.extend(_in_text(folded, _atoms(plain, covered), tuple(countries), source))
    found_claims = [claim for claim in found if claim is not None]
    found_claims.sort(key=lambda claim: claim.span)
    return found_claims


def in_address(address: str, source: str) -> list[Claim]:
    """PHONE claims of a link that stands beside the text (its span is the address itself)."""
    folded = folding.fold(address)
    return [claim for link in accounts.links(folded) if link.dials and (claim := _of_link(folded, link, source))]


def _of_link(folded: folding.Folded, link: accounts.Link, source: str) -> Claim | None:
    digits = link.dials
    number = dialling.indonesian(digits) or dialling.international(digits.removeprefix("00"))
    if number is None:
        return None
    return Claim(ClaimKind.PHONE, number, folded.span(link.start, link.end), source, 0.99)


def _atoms(plain: str, covered: Sequence[tuple[int, int]]) -> list[Atom]:
    atoms: list[Atom] = []
    for match in _ATOM.finditer(plain):
        start, end = match.span()
        if any(first < end and start < last for first, last in covered):
            continue
        written = match.group()
        if match["digits"]:
            atoms.append(Atom(start, end, written.translate(_LETTERS), False))
        elif match["letter"]:
            atoms.append(Atom(start, end, "0", False))
        else:
            atoms.append(Atom(start, end, _spoken(written), True))
    return atoms


def _spoken(written: str) -> str:
    """The digits of number words: "dobel lima" 55, "dua belas" 12, "dua puluh" 20."""
    times = 1
    for word, count in _REPEATS.items():
        if written.startswith(word):
            times, written = count, written[len(word) :].strip()
            break
    tens = written.endswith("puluh")
    teens = written.endswith("belas")
    if tens or teens:
        digit = _WORDS[written[:-5].strip()]
        return digit + "0" if tens else "1" + digit
    return "".join(_WORDS[word] * times for word in _WORD_PARTS.findall(written))


def _in_text(
    folded: folding.Folded, atoms: Sequence[Atom], countries: tuple[str, ...], source: str
) -> list[Claim | None]:
    plain = folded.plain
    found: list[Claim | None] = []
    last_end = 0
    index = 0
    while index < len(atoms):
        grown = _grow(plain, atoms, index, countries)
        if grown is None:
            index += 1
            continue
        number, last, confidence = grown
        start, end = atoms[index].start, atoms[last].end
        start = _with_sign(plain, start)
        claim = Claim(ClaimKind.PHONE, number, folded.span(start, end), source, confidence)
        if found and found[-1] is not None and _CORRECTS.search(plain, last_end, start) and start - last_end <= 60:
            found.pop()
        found.append(claim)
        endings, last_end = _endings(folded, number, end, source)
        found.extend(endings)
        index = last + 1
        while index < len(atoms) and atoms[index].start < last_end:
            index += 1
    return found


def _with_sign(plain: str, start: int) -> int:
    before = start
    while before and plain[before - 1] in "( ":
        before -= 1
    if before and plain[before - 1] == "+":
        return before - 1
    return start - 1 if start and plain[start - 1] == "(" else start


def _endings(folded: folding.Folded, number: str, end: int, source: str) -> tuple[list[Claim], int]:
    """The other numbers of "...77/78" and "...70 s/d 75", each with the place of its ending."""
    plain = folded.plain
    made: list[Claim] = []
    upto = _UPTO.match(plain, end)
    if upto:
        ending, base = upto["ending"], number[: -len(upto["ending"])]
        first, last = int(number[-len(ending) :]), int(ending)
        if first < last <= first + MOST_OF_A_RANGE:
            place = folded.span(*upto.span("ending"))
            made.extend(
                Claim(ClaimKind.PHONE, base + str(value).zfill(len(ending)), place, source, 0.9)
                for value in range(first + 1, last + 1)
            )
            return made, upto.end()
        return [], end
    while (other := _OTHER_ENDING.match(plain, end)) and not other["ending"].startswith("08"):
        made.append(
            Claim(
                ClaimKind.PHONE,
                number[: -len(other["ending"])] + other["ending"],
                folded.span(*other.span("ending")),
                source,
                0.85,
            )
        )
        end = other.end()
    return made, end


def _grow(plain: str, atoms: Sequence[Atom], index: int, countries: tuple[str, ...]) -> tuple[str, int, float] | None:
    """The number that begins at an atom, the index of its last atom, and how sure it is."""
    first = atoms[index]
    signed = plain[_with_sign(plain, first.start)] == "+"
    label = _label(plain, first.start)
    if not signed and not _may_begin(first, label, bool(countries)):
        return None
    if _CLOCK.match(plain, first.start) or _MASK_BEFORE.search(plain, max(0, first.start - 6), first.start):
        return None
    prefix = plain[first.start - 1] if first.start else " "
    if prefix.isalpha() and not first.spoken and not _CALL_GLUED.search(plain, max(0, first.start - 4), first.start):
        whole = len(first.digits) >= 10 and dialling.indonesian(first.digits) is not None
        if not whole:  # "a08", "covid19": letters before digits are a name, unless the whole number stands in it
            return None
    if prefix in "$£€¥%" or (prefix in ".," and first.start > 1 and plain[first.start - 2].isdigit()):
        return None
    best: tuple[str, int, float] | None = None
    digits, last, style = "", index, ""
    for position in range(index, min(len(atoms), index + 20)):
        atom = atoms[position]
        if position > index:
            gap = plain[atoms[position - 1].end : atom.start]
            if not _GAP.fullmatch(gap) or _ends_here(
                complete=best is not None, digits=digits, style=style, gap=gap, atom=atom, plain=plain
            ):
                break
            style = style or gap.strip(" ") or gap
        digits += atom.digits
        if len(digits) > 17:
            break
        dialled = dialling.dialled(digits, signed, label, countries)
        if dialled is not None:
            best, last = (dialled[0], position, dialled[1]), position
    if best is None or _is_other(plain, atoms, index, last, label):
        return None
    return best


def _may_begin(first: Atom, label: str, abroad: bool) -> bool:
    """A cheap look at the first atom, so that most digits of a text cost nothing."""
    head = first.digits[0]
    if head in "06":
        return True
    if head == "8":
        return label == "call" or len(first.digits) >= 9
    return label == "call" or abroad


def _ends_here(*, complete: bool, digits: str, style: str, gap: str, atom: Atom, plain: str) -> bool:
    """Whether the number is complete before this gap and atom."""
    signed = atom.start > 0 and plain[atom.start - 1] == "+"
    begins = signed or (not atom.spoken and atom.digits.startswith(("08", "62", "00")))
    if begins and (signed or len(atom.digits) >= 9 or (complete and len(digits) >= 11 and len(atom.digits) >= 4)):
        return True
    if not complete:
        return False
    if "\n" in gap or len(digits) >= 12 or (not style and len(digits) >= 10):
        return True
    if not style or (gap.strip(" ") or gap) == style:
        return False
    if len(atom.digits) == 1 and not plain[atom.end : atom.end + 2].strip()[:1].isalpha():
        return False  # "0840-1234-56 7 8"
    return len(digits) >= 11 or plain[atom.end : atom.end + 2].strip()[:1].isalpha()  # "0840-1234-56 2 orang"


def _is_other(plain: str, atoms: Sequence[Atom], index: int, last: int, label: str) -> bool:
    """Masked, longer than a number, or called something else by the words before it."""
    end = atoms[last].end
    if _MASK.match(plain, end) or plain[end : end + 1] == "%":
        return True
    if last + 1 < len(atoms) and atoms[last + 1].start == end:
        return True
    if last == index and end < len(plain) and plain[end].isdigit():
        return True
    return label == "other"


def _label(plain: str, start: int) -> str:
    """What the nearest word before calls the digits: call, wallet, other, or nothing."""
    begin = max(0, start - 42)
    window = plain[begin:start]
    newline = window.rfind("\n", 0, max(0, len(window) - 2))
    if newline >= 0:
        line = window[newline + 1 :]
        window = line if _LABEL.search(line) else window
    labels = list(_LABEL.finditer(window))
    if not labels:
        return ""
    nearest = labels[-1]
    between = window[nearest.end() :]
    if nearest.lastgroup == "other" and not _NAMES_THE_DIGITS[nearest["other"] in _BANKISH].fullmatch(between):
        return ""  # "gaji 12 juta, KTP aja. Rey 0840...": the word speaks of something else
    return nearest.lastgroup or ""
