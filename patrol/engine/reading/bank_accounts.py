"""Bank accounts and wallets: `BANK digits`, as written without separators, a wallet's number in national form.

The bank stands before the digits, behind them, or on the line beside them. `detail.holder` is the name the account is
said to be in. Digits that could be dialled are an account only where the text calls them one; a wallet's are both.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from patrol.domain import NOTHING, Claim, ClaimKind, Span, touch
from patrol.engine import lazy
from patrol.engine.reading import account_parts, folding, phrases

_LISTED = phrases.load("banks.toml")
_WALLETS = {word: name for name, words in _LISTED["wallets"].items() for word in words}
_BANKS = {word: name for name, words in _LISTED["banks"].items() for word in words} | _WALLETS
MOST = 100  # accounts of one text: a list longer than any post's is a flood, and its head is enough
TRIED = 500  # pairs of a bank and digits of one text that are weighed, in either order

_SAME_WORDS: Mapping[str, list[str]] = _LISTED["same"]
_CALLING_CODES: Mapping[str, str] = _LISTED["calling_codes"]

_TEN, _OF_TEN = 10, frozenset({"BCA", "BNI", "BSI"})  # banks whose accounts have ten digits, as hardly a mobile number has
_NO_TRUNK = frozenset({"852", "65"})  # calling codes of countries whose numbers stand alike at home and abroad

_BANK = "|".join(sorted(map(re.escape, _BANKS), key=len, reverse=True))
_DIGITS = r"\d(?:(?!\. )[ .\-]{0,2}\d){6,23}"
_UNIT_AFTER = r"(?![\d]|[ ]?(?:rb|ribu|jt|juta|k|orang|org|%|x)\b|[.,]\d{3}\b)"
_NAME = r"(?:[a-z][a-z'.\-]{0,20})(?: [a-z][a-z'.\-]{0,20}){0,4}"
_IN_NAME_OF = (
    r"(?:a\s?[./]\s?n\b\.?|an\b\.?|atas ?nama|nama(?: rek(?:ening)?| penerima| akun)?|under name|acc(?:ount)? name|name|"
    r"pemilik|holder|penerima)"
)
_SAYS_ACCOUNT = (
    r"\b(?:rek|rekening|rekeningnya|reknya|norek|no rek|account|acct|acc|akaun|a/c|va|virtual|transfer|tf|trf|tranfer|"
    r"(?:di|ng)?kirim(?:kan|na|ke|no)?|(?:di|mem|m)?bayar(?:kan|an|na|e)?|(?:di|me|nye)?setor(?:an|kan|na)?(?:nya|ipun|e)?|pembayaran|pelunasan|"
    r"lunas(?:i|in)|(?:me|di)?(?:n|t)itip(?:kan|an|in)?|iuran|urunan|patungan|arisan|cicilan|angsuran|panjer|tanda jadi|uang muka|"
    r"donasi|sumbangan|zakat|infaq|infak|dp|top ?up|bank in)\b"
)
_PAID_TO = lazy.regex(
    r"(?:\b(?:ke|kene|nang|ning|ka|dateng|dhateng|maring|lewat|liwat|via|pakai|pake|melalui|langkung|dompet|akun|saldo)\s)$"
)
_LEAVES = lazy.regex(
    r"[!?;]|\n[^\n]*\n|(?<!\bbag)(?<!\bsdr)(?<!\bbpk)(?<!\bno)(?<!\ba\.n)(?<!\ban)\.\s"
)  # the words behind speak of something else
_IS_OF = frozenset({"", "itu", "iku", "kuwi", "eta", "nya"})
_REVERSED = lazy.regex(
    r"[^\d\n]{0,24}?(?:(?:di|tak|saya|aku|ku)?\s?(?:baca|waca|balik|walik)[a-z]{0,4}\s(?:dari|dr|saka|seko|ti|sekang)\s"
    r"(?:belakang|blkg|mburi|kanan|tukang)|dari belakang ke depan|(?:di|ter)balik)"
)
_PAYS_WITH = lazy.regex(r"\b(?:pakai|pake|nganggo|dua2nya|duanya|dua-duanya|lorone)\b")
_PUT_RIGHT = r"[^\d\n]{0,12}?(?<![a-z])(?:ralat|salah|koreksi|keliru|klentu|typo|maaf|eh)(?![a-z])[^\d\n]{0,24}?"
_AGAIN = lazy.regex(rf"{_PUT_RIGHT}(?P<digits>{_DIGITS})")
_OTHER_ENDING = lazy.regex(
    rf"{_PUT_RIGHT}(?:\d\s?)?(?:angka|digit)\s(?:b[ae]?lakang|terakhir|akhir|mburi|ujung)(?:nya|ne|e)?\s(?P<digits>\d{{1,4}})(?!\d)"
)
_GOES_TO = lazy.regex(r"\s?(?:ke|nang|ka|di|punya|milik|duwe|gadhahan|atas nama|a\.?n\.?)\s")
_ASKS_TO_CALL = lazy.regex(
    r"\s?[(,\-]?\s?(?:telp|telpon|wa|hub|hubungi|call|chat|japri|utk|untuk|buat)\b(?!\s(?:(?:no|nomor|nomer|nombor)\s(?:(?:yang|yg|nu|sing)\s)?)?(?:juga|jg|sama|sm|jga|sarua|podo)\b)"
)
_AND = "(?:atau|dan|or|and|opo|utawa|atawa|jeung|sareng|jo|deng|sama|karo|lan|bisa|kah)"
# Possessive runs: a bank's name in every line of a hostile text must not be tried against every length of what follows.
_BANK_FIRST = lazy.regex(
    rf"(?<![\w@])(?P<bank>{_BANK})(?![\w@])(?P<also>(?:\s?[/&,]\s?|\s{_AND}\s)(?:{_BANK})(?![\w@]))?+"
    rf"(?P<between>(?:[^\d\n+]|(?<=[a-z])2(?![\d.,])){{0,70}}+(?:\n[^\d\n+]{{0,40}}+){{0,2}}+"
    rf"|[^\d\n]{{0,8}}?\(?(?:kode )?(?:bank )?\d{{3}}\)?[^\d\n]{{1,20}}+)"
    rf"(?<![\d+])(?P<digits>\+?{_DIGITS}){_UNIT_AFTER}"
)
_NUMBER_FIRST = lazy.regex(
    rf"(?<![\d.,+\w])(?P<digits>{_DIGITS}){_UNIT_AFTER}(?P<between>[^\d\n]{{0,60}}?(?:\n[^\d\n]{{0,24}}?)?)"
    rf"(?<![\w@])(?P<bank>{_BANK})(?![\w@])"
)
_NAMED = lazy.regex(rf"(?<![\w@])(?P<bank>{_BANK})(?:-?(?:nya|ne|na|e|mu|ku))?(?![\w@])")
MOST_NAMED = 20  # banks of one text behind which parts are looked for
_ENOUGH_DIGITS = lazy.regex(_DIGITS)
_SAYS = lazy.regex(_SAYS_ACCOUNT)
_SHORT_BETWEEN = lazy.regex(
    r"^[\s:=.\-()/,>]*(?:\(?(?:kode )?\d{3}\)?[\s:=.\-]*)?(?:(?:no|nomor|nomer|num|number|ke|rek|rekening|id|bank|kcp|cab|aja|"
    r"saja|ya|kami|saya|resmi|bisnis|pribadi|kode|indonesia|malaysia|hk|hongkong|hong kong|taiwan|singapore|account|acc|va|"
    rf"syariah)\b[\s:=.\-()/,>]*){{0,4}}(?:{_IN_NAME_OF}.{{0,50}})?$",
    re.DOTALL,
)
_OTHER_CONTACT = lazy.regex(
    r"\b(?:wa|whatsapp|telp|telepon|tlp|hp|hub|hubungi|call|cs|info|kontak|contact|cp|konfirmasi|chat|phone|nik|ktp|npwp|resi|polis|nib|tanya|tanyo|takon|order|pesan|pesen|pemesanan|booking|minat|daftar)\b"
)
_MOBILE = lazy.regex(r"(?:0|62)8[1-9]\d{7,10}")
_CALLED_ACCOUNT = lazy.regex(r"\b(?:rek(?:ening)?|norek|va|virtual|account|akaun)\b")
_NAMES_BANK = lazy.regex(rf"\(\s?$|\bbank\s$|{_IN_NAME_OF}")
_WALLET = "|".join(sorted(map(re.escape, _WALLETS), key=len, reverse=True))


def _any(key: str) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, _SAME_WORDS[key]), key=len, reverse=True)) + r")(?:nya|ne|na|e)?"


_LIKE = r"(?:dgn|dengan|karo|kaya|kayak|sama|jeung|sareng|kalih|kaliyan|seperti|as|ama|kek|ambi|bareng)"
# "DANA nomernya sama", "gopay nomor wa ini", "ovo sama dgn wa": the wallet's number is the one to dial.
_SAME_NUMBER = lazy.regex(
    rf"(?<![\w@])(?P<listed>(?:{_WALLET})(?:-?(?:nya|ne|na|e|ku|mu))?(?![\w@])(?:(?:\s?[/&,+]\s?(?:{_AND}\s)?|\s(?:{_AND}\s)?)(?:{_WALLET})(?![\w@])){{0,4}})"
    rf"(?P<between>(?:[^\d\n.!?;]|\d{{1,4}}(?:[.,]\d{{1,3}}){{0,2}}\s?(?:rb|ribu|jt|juta|k)\b){{0,24}}?)\b(?:{_any('number')}\W{{1,3}}(?:{_any('which')}\s)?(?:{_any('same')}|{_any('this')})"
    rf"|{_any('same')}(?:\s(?:bae|wae|aja|saja|juga|persis))?(?:\s{_LIKE})?\s(?:{_any('number')}\s)?(?:yang\s|yg\s)?{_any('this')}|idem"
    rf"|{_any('same')}\s(?:bae\s|wae\s|aja\s)?{_any('number')}|(?:juga|jg|pun|uga|ugo|juo)\s{_any('same')}"
    rf"|{_any('number')}\s(?:beliau|(?:ibu|bu|bapak|pak|mbak|mba|mas|bang|kak|teh|kang|umi|abah|ustadz|ust|admin)\s[a-z]{{2,14}}))(?![a-z])"
)
_WALLET_OF_WORDS = lazy.regex(
    rf"(?<![\w@])(?P<bank>{_WALLET})(?![\w@])\s?[:=\-]?\s?(?:(?:no|nomor|nomer)\b\.?:?\s)?[a-z0-9](?=[a-z0-9]|[ .\-/])"
)
_WALLET_NAMES = lazy.regex(rf"(?<![\w@])(?:{_WALLET})(?=(?:-?(?:nya|ne|na|e|ku|mu))?(?![\w@]))")
_SAME_GOES_ON = lazy.regex(r"[^\d\n.!?;]{0,40}")
_ANOTHER = lazy.regex(r"[,(/]\s?(?:wa|hp|telp|cs|cp|hub|info|admin)\b")
_MONEY_WORD = lazy.regex(rf"\b(?:{'|'.join(_SAME_WORDS['dana_is_money'])})\s$")
# Without a bank the kind of account is all there is to say.
_VIRTUAL = lazy.regex(
    r"(?<![a-z])(?:virtual acc(?:ount)?|akun virtual|rekening virtual|rek virtual|va)(?![a-z])[^\d\n]{0,30}?"
    rf"(?P<digits>{_DIGITS}){_UNIT_AFTER}"
)
_MONEY_OF = lazy.regex(_LISTED["same"]["dana_of"])
_HOLDER_AFTER = lazy.regex(rf"[\s,;:\-(]{{0,5}}(?:{_IN_NAME_OF})[\s.:=\-]{{0,3}}(?P<name>{_NAME})")
_HOLDER_BARE = lazy.regex(rf"(?: ?\((?P<closed>{_NAME})\)| (?P<name>{_NAME}))")
_HOLDER_BEFORE = lazy.regex(rf"(?:{_IN_NAME_OF})[\s.:=\-]{{0,3}}(?P<name>{_NAME})")
_NAME_ENDS = frozenset(_LISTED["name_ends"]["words"])


def claims(folded: folding.Folded, hits: phrases.Hits, source: str = "text", numbers: Sequence[Claim] = ()) -> list[Claim]:
    """BANK_ACCOUNT claims in order; their places cover the digits. `hits` tell whether a bank is named at all.

    `numbers`: the PHONE claims of the text, for a wallet that is said to have "the same number".
    """
    plain = folded.plain
    virtual = "virtual" in plain or "va" in plain
    if "bank" not in hits and not virtual:
        return []
    made: list[Claim] = []
    in_parts = account_parts.worth(plain)
    if in_parts or _ENOUGH_DIGITS.search(plain):
        found = _beside(folded, source)
        if in_parts:
            found = _with_parts(folded, source, found)
        made.extend(claim for start in sorted(found) for claim in found[start])
        if virtual:
            made.extend(_virtual(folded, source, [claim.span for claim in made]))
    if numbers:
        known = {claim.value for claim in made}
        told = itertools.chain(_same_number(folded, source, numbers), _in_words(folded, source, numbers))
        made.extend({claim.value: claim for claim in told if claim.value not in known}.values())
    return sorted(made, key=lambda claim: claim.span)


def _beside(folded: folding.Folded, source: str) -> dict[int, list[Claim]]:
    """Claims of a bank and digits beside one another, by the place of the digits; digits go to the nearest bank."""
    plain = folded.plain
    found: dict[int, list[Claim]] = {}
    rivals: dict[int, int] = {}  # digits -> how far off the bank is that claims them
    taken: dict[int, int] = {}  # bank -> how far off the digits behind it are
    for pattern in (_BANK_FIRST, _NUMBER_FIRST):
        at = 0
        for _ in range(TRIED):
            match = pattern.search(plain, at)
            if match is None or len(found) >= MOST:
                break
            bank_first = pattern is _BANK_FIRST
            at = match.end("bank") if bank_first else match.end("digits")
            start, bank = match.start("digits"), match.start("bank")
            distance = len(match["between"])
            if rivals.get(start, distance + 1) <= distance or (not bank_first and taken.get(bank, distance + 1) <= distance):
                continue
            made = _claims(folded, match, source, bank_first=bank_first)
            if made:
                found[start], rivals[start] = made, distance
                if bank_first:
                    taken[bank] = distance
    return found


def _with_parts(folded: folding.Folded, source: str, found: Mapping[int, list[Claim]]) -> dict[int, list[Claim]]:
    """The claims, those of accounts told in parts or in words in place of what was read of their first part."""
    plain = folded.plain
    read = dict(found)
    named = [match for match in itertools.islice(_NAMED.finditer(plain), MOST_NAMED) if match["bank"] not in _WALLETS]
    for match, following in itertools.pairwise([*named, None]):
        assert match is not None  # only the last has none behind it
        end, until = match.end(), following.start() if following else len(plain)
        first = next((start for start in sorted(found) if end <= start < until), -1)
        row = _ENOUGH_DIGITS.match(plain, first) if first >= 0 else None
        known = row.end() if row else -1
        said = _SAYS.search(plain, max(0, match.start() - 40), min(len(plain), end + 20)) is not None
        told = account_parts.behind(plain, _BANKS[match["bank"]], end, until, known=known, said=said)
        if told is None or told.end <= known:
            continue
        for start in [start for start in read if told.start <= start < told.end]:
            del read[start]
        read[told.start] = [
            Claim(ClaimKind.BANK_ACCOUNT, f"{_BANKS[match['bank']]} {told.digits}", folded.span(told.start, told.end), source, 0.8)
        ]
    return read


def _virtual(folded: folding.Folded, source: str, known: Sequence[Span]) -> Iterator[Claim]:
    for match in itertools.islice(_VIRTUAL.finditer(folded.plain), MOST):
        span = folded.span(*match.span("digits"))
        digits = re.sub(r"\D", "", match["digits"])
        if 8 <= len(digits) <= 20 and not _MOBILE.fullmatch(digits) and not any(touch(span, other) for other in known):
            yield Claim(ClaimKind.BANK_ACCOUNT, f"VA {digits}", span, source, 0.85)


def _same_number(folded: folding.Folded, source: str, numbers: Sequence[Claim]) -> Iterator[Claim]:
    """The accounts of wallets that are said to have the number to dial: the one behind the words, else the last before."""
    plain = folded.plain
    for match in itertools.islice(_SAME_NUMBER.finditer(plain), MOST):
        wallets = _WALLET_NAMES.findall(match["listed"])
        if _OTHER_CONTACT.search(match["between"]) or (wallets == ["dana"] and _is_money(plain, match, "listed")):
            continue
        goes_on = _SAME_GOES_ON.match(plain, match.end())
        end = goes_on.end() if goes_on and not _ANOTHER.search(goes_on.group()) else match.end()
        first, reach = folded.span(match.start(), end)
        behind = [number for number in numbers if first < number.span[0] <= reach + 1]
        before = [number for number in numbers if number.span[1] <= first + 1]
        meant = behind[0] if behind else before[-1] if before else numbers[0]
        for word in wallets:
            code = _CALLING_CODES.get(_WALLETS[word], "62")
            if meant.value.startswith("+" + code) and (code != "62" or meant.value.startswith("+628")):
                national = meant.value.removeprefix("+" + code)
                digits = national if code in _NO_TRUNK else "0" + national
                yield Claim(ClaimKind.BANK_ACCOUNT, f"{_BANKS[word]} {digits}", meant.span, source, 0.85)


def _claims(folded: folding.Folded, match: re.Match[str], source: str, *, bank_first: bool) -> list[Claim]:
    """One claim; two where two wallets are named for one number ("DANA/OVO 08...")."""
    plain = folded.plain
    between = match["between"]
    first = match.start() if bank_first else match.start("digits")
    before = plain[max(0, first - 40) : first].rsplit("\n", 1)[-1]
    said = _SAYS.search(before + " " + between) is not None
    named = [match["bank"]]
    if bank_first and match["also"]:
        other = re.sub(rf"^[\s/&,]+(?:{_AND}\s)?", "", match["also"])
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
        return f"{_BANKS[word]} {own}" if (own := _wallet(word, match, before, said=said, bank_first=bank_first)) else ""
    if not 7 <= len(digits) <= 20 or _is_amount(match["digits"]) or match["digits"].startswith("+"):
        fits = False
    else:
        named = _HOLDER_AFTER.match(match.string, match.end("digits" if bank_first else "bank")) is not None
        if _MOBILE.fullmatch(digits) and not _CALLED_ACCOUNT.search(before + " " + between):
            fits = bank_first and close and (said or named or (len(digits) == _TEN and _BANKS[word] in _OF_TEN))
        elif bank_first:
            fits = said or (close and (len(digits) > 8 or named))
        elif between.strip() in _IS_OF and len(digits) == account_parts.LENGTHS.get(_BANKS[word]):
            fits = True
        else:
            fits = said or _NAMES_BANK.search(between) is not None or (named and not between.strip(" -/:"))
    return f"{_BANKS[word]} {_put_right(match, digits)}" if fits else ""


def _put_right(match: re.Match[str], digits: str) -> str:
    """The digits as the words behind them say they are meant: others, with another ending, or read from behind."""
    plain, end = match.string, match.end("digits")
    if _REVERSED.search(match["between"]) or _REVERSED.match(plain, end):
        return digits[::-1]
    again = _AGAIN.match(plain, end)
    meant = re.sub(r"\D", "", again["digits"]) if again else ""
    if len(meant) == len(digits):
        return meant
    ending = _OTHER_ENDING.match(plain, end)
    return digits[: -len(ending["digits"])] + ending["digits"] if ending else digits


def _wallet(word: str, match: re.Match[str], before: str, *, said: bool, bank_first: bool) -> str:
    """The number of a wallet in national form, "" where the text does not say that the number beside it is the wallet's."""
    between, digits = match["between"], re.sub(r"\D", "", match["digits"])
    code = _CALLING_CODES.get(_WALLETS[word], "62")
    if digits.startswith(code):
        digits = digits[len(code) :] if code in _NO_TRUNK else "0" + digits[len(code) :]
    if not re.fullmatch(r"[235-9]\d{7}" if code in _NO_TRUNK else r"0\d{8,12}", digits):
        return ""
    if word == "dana" and bank_first and _is_money(match.string, match):
        return ""
    if not bank_first:
        beside = _NAMES_BANK.search(between) is not None or not between.strip(" -/:")
        return digits if beside and (said or _SHORT_BETWEEN.match(between)) else ""
    if between.startswith(".") and not said:
        return ""
    named = _HOLDER_AFTER.match(match.string, match.end("digits")) is not None
    paid = (
        said
        or named
        or _PAYS_WITH.search(between) is not None
        or _PAID_TO.search(before) is not None
        or _GOES_TO.match(between) is not None
    )
    if _SHORT_BETWEEN.match(between):
        return digits if paid or not _ASKS_TO_CALL.match(match.string, match.end("digits")) else ""
    return digits if paid and not _LEAVES.search(between) else ""


def _in_words(folded: folding.Folded, source: str, numbers: Sequence[Claim]) -> Iterator[Claim]:
    """The accounts of wallets whose number stands behind their name in words, "ovo nol delapan ..."."""
    for match in itertools.islice(_WALLET_OF_WORDS.finditer(folded.plain), MOST):
        if match["bank"] == "dana" and _is_money(folded.plain, match):
            continue
        at = folded.span(match.end() - 1, match.end())[0]
        for number in numbers:
            if number.span[0] == at and number.value.startswith("+628"):
                yield Claim(ClaimKind.BANK_ACCOUNT, f"{_BANKS[match['bank']]} 0{number.value[3:]}", number.span, source, 0.85)


def _is_money(plain: str, match: re.Match[str], group: str = "bank") -> bool:
    """Whether "dana" is the word for money there and not the wallet: "butuh dana", "dana talangan"."""
    place = match.start(group)
    return _MONEY_WORD.search(plain, max(0, place - 16), place) is not None or _MONEY_OF.match(plain, match.end(group)) is not None


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
