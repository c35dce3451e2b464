"""Bank accounts and wallets: `BANK digits`, as written without separators, a wallet's number in national form.

The bank stands before the digits, behind them, or on the line beside them. `detail.holder` is the name the account is
said to be in. Digits that could be dialled are an account only where the text calls them one; a wallet's are both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from patrol.domain import NOTHING, Claim, ClaimKind
from patrol.engine.reading import folding, phrases

_LISTED = phrases.load("banks.toml")
_WALLETS = {word: name for name, words in _LISTED["wallets"].items() for word in words}
_BANKS = {word: name for name, words in _LISTED["banks"].items() for word in words} | _WALLETS
MOST = 100  # accounts of one text: a list longer than any post's is a flood, and its head is enough
TRIED = 500  # pairs of a bank and digits of one text that are weighed, in either order

_CALLING_CODES: Mapping[str, str] = _LISTED["calling_codes"]

_BANK = "|".join(sorted(map(re.escape, _BANKS), key=len, reverse=True))
_DIGITS = r"\d(?:[ .\-]{0,2}\d){6,23}"
_UNIT_AFTER = r"(?![\d]|[ ]?(?:rb|ribu|jt|juta|k|orang|org|%|x)\b|[.,]\d{3}\b)"
_NAME = r"(?:[a-z][a-z'.\-]{0,20})(?: [a-z][a-z'.\-]{0,20}){0,4}"
_IN_NAME_OF = (
    r"(?:a\s?[./]\s?n\b\.?|an\b\.?|atas ?nama|nama(?: rek(?:ening)?| penerima| akun)?|under name|acc(?:ount)? name|name|"
    r"pemilik|holder|penerima)"
)
_SAYS_ACCOUNT = (
    r"\b(?:rek|rekening|rekeningnya|reknya|norek|no rek|account|acct|acc|akaun|a/c|va|virtual|transfer|tf|trf|tranfer|"
    r"(?:di)?kirim(?:kan)?|(?:di|mem)?bayar(?:kan)?|(?:di|me)?setor(?:an)?|pembayaran|donasi|infaq|infak|dp|top ?up|bank in)\b"
)
# Possessive runs: a bank's name in every line of a hostile text must not be tried against every length of what follows.
_BANK_FIRST = re.compile(
    rf"(?<![\w@])(?P<bank>{_BANK})(?![\w@])(?P<also>(?:\s?[/&,]\s?|\s(?:atau|dan|or|and)\s)(?:{_BANK})(?![\w@]))?+"
    rf"(?P<between>[^\d\n+]{{0,70}}+(?:\n[^\d\n+]{{0,40}}+){{0,2}}+|[^\d\n]{{0,8}}?\(?(?:kode )?(?:bank )?\d{{3}}\)?[^\d\n]{{1,20}}+)"
    rf"(?<![\d+])(?P<digits>\+?{_DIGITS}){_UNIT_AFTER}"
)
_NUMBER_FIRST = re.compile(
    rf"(?<![\d.,+\w])(?P<digits>{_DIGITS}){_UNIT_AFTER}(?P<between>[^\d\n]{{0,60}}?(?:\n[^\d\n]{{0,24}}?)?)"
    rf"(?<![\w@])(?P<bank>{_BANK})(?![\w@])"
)
_ENOUGH_DIGITS = re.compile(_DIGITS)
_SAYS = re.compile(_SAYS_ACCOUNT)
_SHORT_BETWEEN = re.compile(
    r"^[\s:=.\-()/,>]*(?:\(?(?:kode )?\d{3}\)?[\s:=.\-]*)?(?:(?:no|nomor|nomer|num|number|ke|rek|rekening|id|bank|kcp|cab|aja|"
    r"saja|ya|kami|saya|resmi|bisnis|pribadi|kode|indonesia|malaysia|hk|hongkong|hong kong|taiwan|singapore|account|acc|va|"
    rf"syariah)\b[\s:=.\-()/,>]*){{0,4}}(?:{_IN_NAME_OF}.{{0,50}})?$",
    re.DOTALL,
)
_OTHER_CONTACT = re.compile(
    r"\b(?:wa|whatsapp|telp|telepon|tlp|hp|hub|hubungi|call|cs|info|kontak|contact|cp|konfirmasi|chat|phone|nik|ktp|npwp|resi|polis|nib)\b"
)
_MOBILE = re.compile(r"(?:0|62)8[1-9]\d{7,10}")
_CALLED_ACCOUNT = re.compile(r"\b(?:rek(?:ening)?|norek|va|virtual|account|akaun)\b")
_NAMES_BANK = re.compile(rf"\(\s?$|\bbank\s$|{_IN_NAME_OF}")
_HOLDER_AFTER = re.compile(rf"[\s,;:\-(]{{0,5}}(?:{_IN_NAME_OF})[\s.:=\-]{{0,3}}(?P<name>{_NAME})")
_HOLDER_BARE = re.compile(rf"(?: ?\((?P<closed>{_NAME})\)| (?P<name>{_NAME}))")
_HOLDER_BEFORE = re.compile(rf"(?:{_IN_NAME_OF})[\s.:=\-]{{0,3}}(?P<name>{_NAME})")
_NAME_ENDS = frozenset(_LISTED["name_ends"]["words"])


def claims(folded: folding.Folded, hits: phrases.Hits, source: str = "text") -> list[Claim]:
    """BANK_ACCOUNT claims in order; their places cover the digits. `hits` tell whether a bank is named at all."""
    plain = folded.plain
    if "bank" not in hits or not _ENOUGH_DIGITS.search(plain):
        return []
    found: dict[int, list[Claim]] = {}
    rivals: dict[int, int] = {}  # digits -> how far off the bank is that claims them
    for pattern in (_BANK_FIRST, _NUMBER_FIRST):
        at = 0
        for _ in range(TRIED):
            match = pattern.search(plain, at)
            if match is None or len(found) >= MOST:
                break
            at = match.end("bank") if pattern is _BANK_FIRST else match.end("digits")
            start = match.start("digits")
            distance = len(match["between"])
            if start in rivals and rivals[start] <= distance:
                continue
            made = _claims(folded, match, source, bank_first=pattern is _BANK_FIRST)
            if made:
                found[start], rivals[start] = made, distance
    return [claim for start in sorted(found) for claim in found[start]]


def _claims(folded: folding.Folded, match: re.Match[str], source: str, *, bank_first: bool) -> list[Claim]:
    """One claim; two where two wallets are named for one number ("DANA/OVO 08...")."""
    plain = folded.plain
    between = match["between"]
    first = match.start() if bank_first else match.start("digits")
    before = plain[max(0, first - 40) : first].rsplit("\n", 1)[-1]
    said = _SAYS.search(before + " " + between) is not None
    named = [match["bank"]]
    if bank_first and match["also"]:
        other = re.sub(r"^[\s/&,]+(?:(?:atau|dan|or|and)\s)?", "", match["also"])
        named = [*named, other] if other in _WALLETS and named[0] in _WALLETS else [other]
    values = [value for word in named if (value := _value(word, match, before, said=said, bank_first=bank_first))]
    if not values:
        return []
    holder = _holder(folded, before, match, said=said, bank_first=bank_first)
    span = folded.span(*match.span("digits"))
    detail = {"holder": holder} if holder else NOTHING
    return [Claim(ClaimKind.BANK_ACCOUNT, value, span, source, 0.95 if said else 0.85, detail=detail) for value in values]


def _value(word: str, match: re.Match[str], before: str, *, said: bool, bank_first: bool) -> str:
    """`BANK digits`, "" where the digits are no account there."""
    between, digits = match["between"], re.sub(r"\D", "", match["digits"])
    if _OTHER_CONTACT.search(between):
        return ""
    close = _SHORT_BETWEEN.match(between) is not None
    if word in _WALLETS:
        code = _CALLING_CODES.get(_WALLETS[word], "62")
        digits = "0" + digits[len(code) :] if digits.startswith(code) else digits
        beside = bank_first or _NAMES_BANK.search(between) is not None or not between.strip(" -/:")
        fits = beside and (close or said) and re.fullmatch(r"0\d{8,12}", digits) is not None
    elif not 7 <= len(digits) <= 20 or _is_amount(match["digits"]) or match["digits"].startswith("+"):
        fits = False
    else:
        named = _HOLDER_AFTER.match(match.string, match.end("digits" if bank_first else "bank")) is not None
        if _MOBILE.fullmatch(digits) and not _CALLED_ACCOUNT.search(before + " " + between):
            fits = bank_first and close and (said or named)
        elif bank_first:
            fits = said or (close and (len(digits) > 8 or named))
        else:
            fits = said or _NAMES_BANK.search(between) is not None or (named and not between.strip(" -/:"))
    return f"{_BANKS[word]} {digits}" if fits else ""


def _is_amount(written: str) -> bool:
    return re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", written) is not None


def _holder(folded: folding.Folded, before: str, match: re.Match[str], *, said: bool, bank_first: bool) -> str:
    """The name the account is in: behind "a.n.", in brackets, or capitalised directly behind the digits."""
    plain = folded.plain
    end = match.end("digits") if bank_first else match.end("bank")
    after = _HOLDER_AFTER.match(plain, end, end + 90)
    if after is not None:
        return _person(folded, after.start("name"), after["name"])
    inside = _HOLDER_BEFORE.search(plain, *match.span("between"))
    if inside is not None:
        return _person(folded, inside.start("name"), inside["name"])
    start = match.start() if bank_first else match.start("digits")
    earlier = _HOLDER_BEFORE.search(plain, start - len(before), start)
    if earlier is not None and start - earlier.end() < 4:
        return _person(folded, earlier.start("name"), earlier["name"])
    bare = _HOLDER_BARE.match(plain, end, end + 60)
    if bare is None or not said:
        return ""
    group = "closed" if bare["closed"] else "name"
    if not folded.original(bare.start(group), bare.start(group) + 1).isupper():
        return ""
    return _person(folded, bare.start(group), bare[group], capitals=group == "name")


def _person(folded: folding.Folded, start: int, name: str, *, capitals: bool = False) -> str:
    words: list[str] = []
    for word in name.split(" "):
        written = folded.original(start, start + len(word))
        if word.strip(".") in _NAME_ENDS or (capitals and not written[:1].isupper()):
            break
        words.append(written)
        start += len(word) + 1
        if word.endswith(".") and len(word) > 4:
            break
    return " ".join(words).strip(" .-'")
