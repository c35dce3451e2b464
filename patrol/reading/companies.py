"""Names of companies as they stand in the text, and in what role.

A name begins at its legal form (PT, CV, ...; LPK and foundations put forward as placers) or ends with a foreign one
(Sdn Bhd). Where it stops is told by punctuation, by small letters after capitals, and by words no name goes on with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from patrol.reading import folding, phrases
from patrol.vocabulary import Claim, ClaimKind, CompanyRole, TextKind

_WORDS = phrases.load("companies.toml")
_STOPS = frozenset(_WORDS["stops"]["words"])
_NO_NAMES = frozenset(_WORDS["names_too_short"]["words"])
_FORM = "|".join(
    sorted(map(re.escape, [*_WORDS["forms"]["indonesian"], *_WORDS["forms"]["training"]]), key=len, reverse=True)
)
_FOREIGN = "|".join(sorted(map(re.escape, _WORDS["forms"]["foreign"]), key=len, reverse=True))
_HEAD = re.compile(rf"(?<![\w/&])(?P<form>{_FORM})(?:\.\s?|\s|\s?[\"']\s?|:\s)(?=[\"'(]?[a-z0-9])")
_TAIL = re.compile(rf"(?<!\w)(?P<form>{_FOREIGN})(?!\w)")
_NAME_WORD = re.compile(r"[\"']?(?P<word>[a-z0-9][a-z0-9&'\-]*(?:\.[a-z]\b\.?)*)[\"']?")
_BETWEEN = re.compile(r"[ \t]{1,3}|[ \t]?[&\-][ \t]?|\.[ ]?(?=[a-z]{2})")
LONGEST_NAME = 7  # words

_DENIED = re.compile(
    r"\b(?:bukan|bkn|tidak|tdk|tanpa|jangan|no|not|gak|ga|nggak)\b(?:\s(?:lagi|lewat|melalui|via|dari|ke|"
    r"dengan|through|bagian|cabang|ada hubungan dengan|kerja sama dengan))*\s?[\"']?$"
)
_PAST = re.compile(
    r"\b(?:dulu(?:nya)?(?: di| lewat| kerja di)?|mantan|bekas|eks|ex|pernah(?: di| lewat| ikut| daftar "
    r"di)?|seperti|kayak|dibanding(?:kan)?|"
    r"beda dengan|sebelumnya(?: di| lewat)?|waktu di|jangan seperti|alumni)\s?(?:pt lain )?$"
)
_WORKPLACE = re.compile(
    r"\b(?:kerja di|bekerja di|pabrik|user|majikan|employer|perusahaan tujuan|pemberi kerja|mitra|"
    r"penempatan(?: di)?|ditempatkan di|factory|untuk perusahaan|principal|kilang|nama pabrik|nama "
    r"perusahaan)\s?[:\-]?\s?$"
)
_PLACES = re.compile(
    r"\b(?:melalui|lewat|via|oleh|bersama|kami(?: dari)?|p3mi|pjtki|pptkis|resmi dari|agen|agency|penyalur|"
    r"disalurkan|gabung(?: di| dengan)?|daftar di|kantor|dari|by|proses|diproses)\s?[:\-]?\s?$"
)
_RECRUITS_AFTER = re.compile(
    r"^\s?,?\s?(?:\([^)]{1,20}\)\s?)?(?:kembali |sedang |kami )?(?:buka|membuka|membutuhkan|butuh|mencari|"
    r"menerima|merekrut|memberangkatkan|menempatkan|mengadakan|hiring|is hiring|open|opens|siap)\b"
)


def claims(folded: folding.Folded, source: str = "text") -> list[Claim]:
    """COMPANY claims in order, with roles as far as the words around them tell (`settle` finishes them)."""
    plain = folded.plain
    made: list[Claim] = []
    reach = 0
    for match in _HEAD.finditer(plain):
        if match.start() < reach:
            continue
        end = _name_end(folded, match.end(), match["form"])
        if end is None:
            continue
        reach = end
        made.append(_claim(folded, match.start(), end, source, foreign=False, form=match["form"]))
    for match in _TAIL.finditer(plain):
        start = _name_start(folded, match.start())
        if start is None or any(claim.span[0] <= folded.span(start, start + 1)[0] < claim.span[1] for claim in made):
            continue
        made.append(_claim(folded, start, match.end(), source, foreign=True, form=match["form"]))
    return sorted(made, key=lambda claim: claim.span)


def _claim(folded: folding.Folded, start: int, end: int, source: str, *, foreign: bool, form: str) -> Claim:
    before = folded.plain[max(0, start - 44) : start].rsplit("\n", 1)[-1]
    after = folded.plain[end : end + 50]
    role = CompanyRole.UNCLEAR
    if _DENIED.search(before):
        role = CompanyRole.DENIED
    elif _PAST.search(before):
        role = CompanyRole.MENTIONED
    elif _WORKPLACE.search(before):
        role = CompanyRole.EMPLOYER
    elif _PLACES.search(before) or _RECRUITS_AFTER.match(after):
        role = CompanyRole.PLACER
    detail = {"form": form.replace(".", "")} | ({"foreign": "yes"} if foreign else {})
    return Claim(
        ClaimKind.COMPANY,
        " ".join(folded.original(start, end).split()),
        folded.span(start, end),
        source,
        0.9,
        role,
        detail=detail,
    )


def _name_end(folded: folding.Folded, start: int, form: str) -> int | None:
    """Where the name that begins at `start` ends; None where no name stands there."""
    plain = folded.plain
    position = start
    end: int | None = None
    capital = None
    for count in range(LONGEST_NAME):
        match = _NAME_WORD.match(plain, position)
        if match is None:
            break
        word = match["word"].rstrip(".")
        written = folded.original(match.start("word"), match.end("word"))
        if word in _STOPS or (count and word.isdigit() and len(word) > 3):
            break
        upper = written[:1].isupper() or not written[:1].isalpha()
        if capital is None:
            capital = upper
            if not capital and form not in {"pt", "p.t", "cv"}:
                return None  # "perusahaan besar", "yayasan amal": no name
        elif capital and not upper and word != "of":
            break
        end = match.start("word") + len(word)
        closing = plain[match.end() - 1 : match.end()] in {'"', "'"}
        following = _BETWEEN.match(plain, match.end())
        if closing:
            end = match.end()
        if closing or following is None:
            break
        position = following.end()
    if end is None:
        return None
    name = plain[start:end].strip("\"' ")
    words = name.split()
    if len(name) < 3 or all(word in _NO_NAMES for word in words) or name.isdigit():
        return None
    return end


def _name_start(folded: folding.Folded, end: int) -> int | None:
    """Where the name before a foreign legal form begins: capitalised words going back."""
    line = folded.plain[max(0, end - 60) : end]
    offset = max(0, end - 60)
    start: int | None = None
    for match in reversed(list(re.finditer(r"[a-z0-9&'\-]+", line))):
        between = line[match.end() : (start - offset if start is not None else len(line))]
        written = folded.original(offset + match.start(), offset + match.end())
        if between.strip(" ,") or not written[:1].isupper() or match.group() in _STOPS:
            break
        start = offset + match.start()
    return start


def settle(found: Sequence[Claim], text_kind: str) -> list[Claim]:
    """Roles seen from the whole text: outside offers nobody is put forward; a foreign firm beside a placer employs."""
    if text_kind not in {TextKind.OFFER_ABROAD, TextKind.OFFER_HOME, TextKind.LURE, TextKind.ADVERTISEMENT}:
        return [
            _with_role(claim, CompanyRole.MENTIONED) if claim.role != CompanyRole.DENIED else claim for claim in found
        ]
    indonesian = [c for c in found if "foreign" not in c.detail and c.role in {CompanyRole.PLACER, CompanyRole.UNCLEAR}]
    settled = []
    for claim in found:
        if claim.role in {CompanyRole.DENIED, CompanyRole.MENTIONED}:
            settled.append(claim)
        elif "foreign" in claim.detail:
            settled.append(_with_role(claim, CompanyRole.EMPLOYER if indonesian else CompanyRole.UNCLEAR))
        elif claim.role == CompanyRole.EMPLOYER and not [c for c in indonesian if c is not claim]:
            settled.append(_with_role(claim, CompanyRole.UNCLEAR))
        else:
            settled.append(claim)
    return settled


def _with_role(claim: Claim, role: str) -> Claim:
    return Claim(claim.kind, claim.value, claim.span, claim.source, claim.confidence, role, claim.money, claim.detail)
