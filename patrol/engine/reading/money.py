"""What a text says about pay and fees: amounts, ranges, currency, period, and who bears a fee."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import islice

from patrol.domain import Claim, ClaimKind, Money, Span
from patrol.engine import lazy
from patrol.engine.reading import folding, phrases, prefilter

_CURRENCIES = {
    "rp": "IDR",
    "idr": "IDR",
    "rupiah": "IDR",
    "rm": "MYR",
    "myr": "MYR",
    "ringgit": "MYR",
    "usd": "USD",
    "us$": "USD",
    "$": "USD",
    "dollar": "USD",
    "dolar": "USD",
    "$us": "USD",
    "sgd": "SGD",
    "s$": "SGD",
    "sg$": "SGD",
    "nt$": "TWD",
    "nt": "TWD",
    "ntd": "TWD",
    "twd": "TWD",
    "hk$": "HKD",
    "hkd": "HKD",
    "mop": "MOP",
    "sar": "SAR",
    "sr": "SAR",
    "riyal": "SAR",
    "real": "SAR",
    "reyal": "SAR",
    "qar": "QAR",
    "aed": "AED",
    "dirham": "AED",
    "dhs": "AED",
    "krw": "KRW",
    "won": "KRW",
    "₩": "KRW",
    "jpy": "JPY",
    "yen": "JPY",
    "¥": "JPY",
    "円": "JPY",
    "eur": "EUR",
    "€": "EUR",
    "euro": "EUR",
    "gbp": "GBP",
    "£": "GBP",
    "aud": "AUD",
    "a$": "AUD",
    "au$": "AUD",
    "nzd": "NZD",
    "nz$": "NZD",
    "cad": "CAD",
    "baht": "THB",
    "thb": "THB",
    "kwd": "KWD",
    "kd": "KWD",
    "dinar": "KWD",
    "bhd": "BHD",
    "omr": "OMR",
    "bnd": "BND",
    "rmb": "CNY",
    "yuan": "CNY",
    "pln": "PLN",
    "zloty": "PLN",
    "try": "TRY",
    "lira": "TRY",
    "usdt": "USD",
    "pataca": "MOP",
    "peso": "PHP",
    "php": "PHP",
    "ron": "RON",
    "czk": "CZK",
    "huf": "HUF",
    "jod": "JOD",
    "dong": "VND",
}
_CURRENCY = "|".join(sorted(map(re.escape, _CURRENCIES), key=len, reverse=True))
_FIGURE = r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d{1,2}(?!\d))?"
_UNITS = {
    "jt": 6,
    "juta": 6,
    "jutaan": 6,
    "jtan": 6,
    "yuta": 6,
    "yutaan": 6,
    "million": 6,
    "rb": 3,
    "ribu": 3,
    "ribuan": 3,
    "k": 3,
    "m": 9,
    "miliar": 9,
    "milyar": 9,
    "man": 4,
}
_GROUPED = lazy.regex(r"\d[.,]\d{3}")
_THOUSANDS = lazy.regex(r"\d{1,3}(?:[.,]\d{3})+")
_WITH_CENTS = lazy.regex(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?")
_UNIT = "jutaan|juta|yutaan|yuta|jtan|jt|million|ribuan|ribu|rb|miliar|milyar|man|k(?![a-z])"
_DIGIT = lazy.regex(r"\d")
_BEFORE_DIGIT = 10  # code points in which an amount reaches its first digit: seven letters, a sign and a gap of two
# "s.d.", "s/d" and words between the two ends of a range.
_UP_TO = r"-|s\.?\s?/?\s?d\.?|sampai(?: dengan)?|hingga|~|to|sampe|nganti|nepi ka|dugi ka"
# What stands behind a million: "1jt500", "2 juta 500 ribu".
_REST = r"(?:(?<=jt)(?P<{0}bare>\d{{3}})(?!\d)|\s(?P<{0}rest>\d{{1,3}}|{1})\s?(?:ribu|rb)\b)"
_ONE = "satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan"
_TENS = rf"sepuluh|sebelas|(?:{_ONE})\s?belas|(?:{_ONE})\s?puluh(?:an|\s(?:{_ONE}))?"
_SPELT = rf"(?:(?:seratus|(?:{_ONE})\s?ratus)(?:\s(?:{_TENS}|{_ONE}))?|{_TENS}|{_ONE})(?:\ssetengah)?|setengah"
# "seribu lima ratus ringgit": thousands go on only before a currency; "dua ratus ribu" is a figure and its unit.
_SPELT_LONG = rf"(?:seribu|(?:{_SPELT})\sribu)(?:\s(?:{_SPELT}))?(?=\s(?:{_CURRENCY})\b)|{_SPELT}"
_AMOUNT = lazy.regex(
    rf"(?<![\w/+])(?=[^\W\d_]{{0,7}}[$¥₩€£]?[ .:]{{0,2}}\d)(?P<before>{_CURRENCY})?[ "
    rf".:]{{0,2}}(?<![\d])(?P<low>{_FIGURE})\s?(?P<unit1>{_UNIT})?{_REST.format('low', _SPELT)}?(?:\s?(?:{_UP_TO})"
    rf"\s?(?:{_CURRENCY})?[ .]?(?P<high>{_FIGURE})\s?(?P<unit2>{_UNIT})?{_REST.format('high', _SPELT)}?)?"
    rf"(?:,-|,00)?\s?(?P<after>{_CURRENCY})?(?![\w/]*\d)(?![a-z])"
)
# The same in words: there a unit or a currency must follow, or "dua" is any two.
_IN_WORDS = lazy.regex(
    rf"(?<![\w/+])(?P<before>)(?P<low>{_SPELT_LONG})(?:\s(?P<unit1>{_UNIT}))?{_REST.format('low', _SPELT)}?(?:\s?(?:{_UP_TO})"
    rf"\s(?P<high>{_SPELT_LONG})(?:\s(?P<unit2>{_UNIT}))?{_REST.format('high', _SPELT)}?)?"
    rf"(?:\s(?P<after>{_CURRENCY}))?(?![\w/]*\d)(?![a-z])"
)
_UNIT_WORDS = frozenset(("juta", "jutaan", "yuta", "yutaan", "jt", "jtan", "ribu", "ribuan", "rb", "miliar", "milyar"))
_CURRENCY_WORDS = frozenset(word for word in _CURRENCIES if word.isalpha())
_SPELT_WORDS = frozenset((*_ONE.split("|"), "sepuluh", "sebelas", "seratus", "seribu", "setengah"))
_VALUES = {word: value for value, word in enumerate(_ONE.split("|"), 1)}
_PERIOD = lazy.regex(
    r"^[^\w\n]{0,3}(?:(?:per|/|se|sa|sak|satu|a|tiap|setiap|saben)\s?(?P<unit>bulan|bln|bl|wulan|sasi|month|mth|hari|hr|"
    r"day|jam|hour|hr|tahun|thn|th|year|minggu|mgg|week|mo|yr|trip|layar)\b|(?P<word>perbulan|sebulan|sesasi|perhari|sehari|sedino|sapoe|perjam|sejam|"
    r"pertahun|setahun|monthly|hourly|daily|bersih|nett)\b)"
)
_PERIODS = {
    "bulan": "month",
    "bln": "month",
    "bl": "month",
    "month": "month",
    "mth": "month",
    "wulan": "month",
    "sasi": "month",
    "trip": "trip",
    "layar": "trip",
    "hari": "day",
    "hr": "day",
    "day": "day",
    "jam": "hour",
    "hour": "hour",
    "tahun": "year",
    "thn": "year",
    "th": "year",
    "year": "year",
    "perbulan": "month",
    "sebulan": "month",
    "sesasi": "month",
    "mo": "month",
    "yr": "year",
    "sedino": "day",
    "sapoe": "day",
    "perhari": "day",
    "sehari": "day",
    "perjam": "hour",
    "sejam": "hour",
    "pertahun": "year",
    "setahun": "year",
    "monthly": "month",
    "hourly": "hour",
    "daily": "day",
}
_PAY_WORD = lazy.regex(
    r"\b(?:gaji|gji|gajih|gajine|gajian|bayaran|bayarane|bajaran|salary|sallary|upah|income|penghasilan|basic|gapok|pokok|bayaran|pay|wage|"
    r"wages|honor|bersih|nett|take home|thp|gross|per bulan|honor|gajian|pendapatan|gajinya|digaji|earn|up to|upto)\b"
)
_FEE_WORD = lazy.regex(
    r"\b(?:biaya|bayar|byr|dp|admin|adm|administrasi|pendaftaran|deposit|transfer|tf|trf|pangkal|jaminan|"
    r"ongkos|fee|panjar|setor|booking|cost|muka|mahar|tebus|komitmen|uang kursi|uang kunci|tanda jadi|"
    r"registrasi|verifikasi|seragam|ongkose|tebusan|pelunasan|sisanya|formulir|cuma "
    r"bayar|modal|biayanya|charge|total)\b"
)
_DEDUCTION_WORD = lazy.regex(
    r"\b(?:potongan(?:nya)?|dipotong|dipotongi|potong(?: gaji)?|deduksi|deduction|cicilan|dicicil|angsuran|salary cut|cut gaji)\b"
)
# How a sum is paid, not what it is: "uang keluarga total 5 jt" is still the family's.
_HOW = frozenset(("fee", "total", "up to", "upto", "bersih", "nett", "transfer", "tf", "trf", "muka", "panjar"))
_SUMS = frozenset((ClaimKind.PAY, ClaimKind.FEE))
_MONTHS = lazy.regex(r"\b(?:selama |x ?|for )?(\d{1,2}) ?(?:x|kali|bulan|bln|bl|months?)\b")
_OTHER_WORD = lazy.regex(
    r"\b(?:bantuan|hadiah|undian|denda|kerugian|senilai|sebesar|bonus|uang saku|tunjangan|fee cair|dana|"
    r"pinjaman|harga|jual|dijual|menjual|beli|borong|sewa|disewa|disewakan|kredit|kursus|diklat|omzet|omset|promo|diskon|cashback|limit|kurs|lembur|overtime|tinggal|kuota|usia|umur|tinggi|cair|saku)\b"
)
_BORNE = lazy.regex(
    r"\b(?:ditanggung|dibayar|dibiayai|dicover|covered|paid)\b[^\n.]{0,24}\b(?:perusahaan|majikan|sponsor|"
    r"employer|kantor|pemberi kerja|user|agency|agen|company|pihak)\b|\bgratis\b|\bfree\b"
)

# Each with the words one of which it cannot do without.
_KINDS_BY_WORD: tuple[tuple[ClaimKind | None, re.Pattern[str], frozenset[str]], ...] = tuple(
    (kind, pattern, prefilter.first_words(pattern))
    for kind, pattern in (
        (ClaimKind.DEDUCTION, _DEDUCTION_WORD),  # first: "potong gaji" ends where "gaji" does, and says more
        (ClaimKind.PAY, _PAY_WORD),
        (ClaimKind.FEE, _FEE_WORD),
        (None, _OTHER_WORD),
    )
)


MOST = 500  # amounts of one text: a list longer than any post's is a flood, and its head is enough


# Units of a month's pay; what stands in thousands behind a job may be anything.
_WAGES = frozenset(unit for unit, zeros in _UNITS.items() if zeros == 6)
_TOWNS = ("country", "country_caps", "place", "place_caps")
_BETWEEN = " ,:;.()/|~-+=\n"
_BY_THE_PIECE = lazy.regex(
    r" ?(?:an )?(?:(?:/|per ?|se ?)(?:kg|kilo|ons|ekor|unit|pcs|set|box|ton|paket|orang|org|kepala|gt|meter|lusin|hektar|ha)\b|"
    r"(?:nego|cash|tunai|kredit|dp|biaya|untuk biaya|saja harganya|all in|off|lunas|cicil|saham|modal)\b)"
)


_MONTHLY_BEFORE = lazy.regex(
    r"\b(?:sebulan|sabulan|sewulan|sakwulan|perbulan|(?:tiap|setiap|saben) (?:bulan|wulan))"
    r"(?: (?:bisa|dapat|dapet|bawa pulang|hasilnya|terima|masuk|dibayar)){0,3} ?$"
)


class _Behind:
    """Whether an amount stands directly behind a job: "ABK kapal cumi 20-30 juta", "pabrik Taiwan, 12 juta". Or, a job
    being named, behind a month: "sebulan bisa bawa pulang 20 juta".

    A price stands so as well: what is counted by the piece or haggled over is none.
    """

    def __init__(self, folded: folding.Folded, hits: phrases.Hits) -> None:
        def spans(table: str) -> list[Span]:
            return [folded.plain_span(hit.start, hit.end) for hit in hits.get(table, ())[:MOST]]

        self._plain = folded.plain
        self._jobs = {end for _, end in spans("position")}
        self._towns = {end: start for table in _TOWNS for start, end in spans(table)} if self._jobs else {}

    def __call__(self, amount: re.Match[str]) -> bool:
        unit, currency = amount["unit1"] or amount["unit2"], amount["before"] or amount["after"]
        if not self._jobs or not (unit in _WAGES or _CURRENCIES.get(currency or "rp") != "IDR"):
            return False
        if _BY_THE_PIECE.match(self._plain, amount.end()):
            return False
        if _MONTHLY_BEFORE.search(self._plain, max(0, amount.start() - 44), amount.start()):
            return True
        place = self._gap(amount.start())
        return place in self._jobs or (place in self._towns and self._gap(self._towns[place]) in self._jobs)

    def _gap(self, place: int) -> int:
        """Where what stands before `place` ends."""
        first = max(0, place - 5)
        return first + len(self._plain[first:place].rstrip(_BETWEEN))


def claims(folded: folding.Folded, hits: phrases.Hits, countries: Iterable[str] = (), source: str = "text") -> list[Claim]:
    """PAY, FEE and DEDUCTION claims in order; other amounts (prices, prizes, fines) are none of ours."""
    shown = tuple(countries)
    found: list[re.Match[str]] = []
    digit = _DIGIT.search(folded.plain)
    if digit is not None:
        found += islice(filter(_is_amount, _AMOUNT.finditer(folded.plain, max(0, digit.start() - _BEFORE_DIGIT))), MOST)
    words = prefilter.letters(folded.plain)
    if not (_UNIT_WORDS.isdisjoint(words) and _CURRENCY_WORDS.isdisjoint(words)) and not _SPELT_WORDS.isdisjoint(words):
        taken = [match.span() for match in found]
        spelt = islice(filter(_is_amount, _IN_WORDS.finditer(folded.plain)), MOST)
        found += (one for one in spelt if not any(one.start() < end and start < one.end() for start, end in taken))
        found.sort(key=re.Match.start)
    if not found:
        return []
    behind_job = _Behind(folded, hits)
    return [claim for match in found[:MOST] if (claim := _claim(folded, match, behind_job, shown, source)) is not None]


def _is_amount(match: re.Match[str]) -> bool:
    """Whether a number has a currency, a unit or groups of thousands."""
    return any(match.group("before", "after", "unit1", "unit2")) or _GROUPED.search(match["low"]) is not None


def _claim(folded: folding.Folded, match: re.Match[str], behind_job: _Behind, countries: tuple[str, ...], source: str) -> Claim | None:
    written = match["before"] or match["after"]
    unit = match["unit1"] or match["unit2"]
    plain = folded.plain
    line = plain.rfind("\n", 0, match.start()) + 1
    first = max(line, match.start() - 44)
    before = plain[first : match.start()]
    kind, named = _kind(before, plain[match.end() : match.end() + 30], behind_job=behind_job(match))
    if kind is None:
        return None
    currency = _currency(written, unit, countries)
    low = _end(match, "low", match["unit1"] or match["unit2"])
    high = _end(match, "high", match["unit2"] or match["unit1"]) if match["high"] else low
    if low is None or high is None or not currency or low > high or low == 0:
        return None
    period = _PERIOD.match(plain[match.end() : match.end() + 24])
    span = "once" if kind == ClaimKind.FEE else (_PERIODS.get((period["unit"] or period["word"]), "") if period else "")
    start, end = match.start(), match.end()
    while end > start and plain[end - 1] in " .:":
        end -= 1
    while start < end and plain[start] in " .:":
        start += 1
    detail = {"bearer": _bearer(plain, match.start(), match.end())} if kind == ClaimKind.FEE else {}
    if kind == ClaimKind.DEDUCTION:
        months = _MONTHS.search(before) or _MONTHS.search(plain[end : end + 30])
        detail = {"months": months[1]} if months else {}
    elif named is not None:  # where the word stands that says what the sum is
        detail["named"] = str(folded.span(first + named, first + named + 1)[0])
    money = Money(low, high, currency, span)
    return Claim(kind, folded.original(start, end), folded.span(start, end), source, 0.9, money=money, detail=detail)


def _kind(before: str, after: str, *, behind_job: bool) -> tuple[str | None, int | None]:
    """PAY, FEE or DEDUCTION by the nearest word before, and where in `before` the last word begins that says what the sum is, None where
    none does; else PAY by a job before, and where that ends, or by a period after."""
    nearest, said, place = -1, None, -1
    words = prefilter.letters(before)
    for kind, pattern, first in _KINDS_BY_WORD:
        if first.isdisjoint(words):
            continue
        for match in pattern.finditer(before):
            if match.end() > nearest:
                nearest, said = match.end(), kind
            if kind in _SUMS and match.group() not in _HOW:
                place = max(place, match.start())
    if nearest < 0:
        if behind_job:
            return ClaimKind.PAY, max(0, len(before.rstrip(_BETWEEN)) - 1)
        return (ClaimKind.PAY if _PERIOD.match(after) else None), None
    return said, place if place >= 0 else None


def _currency(written: str | None, unit: str | None, countries: tuple[str, ...]) -> str:
    if not written:
        return "IDR" if unit != "man" else "JPY"
    code = _CURRENCIES[written]
    first = countries[0] if countries else ""
    if written in {"riyal", "real", "reyal"}:
        return {"QA": "QAR", "OM": "OMR", "YE": "YER"}.get(first, code)
    if written == "dinar":
        return {"BH": "BHD", "JO": "JOD", "IQ": "IQD"}.get(first, code)
    if written in {"$", "dollar", "dolar"}:
        return {"SG": "SGD", "HK": "HKD", "AU": "AUD", "NZ": "NZD", "CA": "CAD", "TW": "TWD", "BN": "BND"}.get(first, code)
    return code


def _end(match: re.Match[str], which: str, unit: str | None) -> Decimal | None:
    """One end of a range, with the thousands behind its millions."""
    value = _figure(match[which], unit)
    rest = match[f"{which}bare"] or match[f"{which}rest"]
    if value is None or rest is None:
        return value
    thousands = _figure(rest, "ribu")
    return value + thousands if unit and _UNITS[unit] == 6 and thousands is not None else None


def _spelt(words: str) -> Decimal:
    """The value of a number in words below a million, "satu setengah" and "setengah" among them."""
    value, last = Decimal(0), 0
    for word in re.findall(rf"{_ONE}|se(?=puluh|belas|ratus|ribu)|puluh|belas|ratus|ribu|setengah", words):
        if word == "setengah":
            value += Decimal("0.5")
        elif word == "ribu":
            value *= 1000
        elif word in _VALUES or word == "se":
            last = _VALUES.get(word, 1)
            value += last
        else:
            value += {"puluh": 9 * last, "belas": 10, "ratus": 99 * last}[word]
    return value


def _figure(written: str, unit: str | None) -> Decimal | None:
    """The value of a figure with its unit. Dot and comma: a group of three after them is thousands, else decimals."""
    grouped = _THOUSANDS.match(written)
    if written[0].isalpha():
        value = _spelt(written)
    elif grouped is not None and not unit and _WITH_CENTS.fullmatch(written):
        digits = re.sub(r"[.,]", "", grouped.group())
        rest = written[grouped.end() :].lstrip(".,")
        value = Decimal(digits + ("." + rest if rest else ""))
    elif grouped is not None and grouped.end() == len(written):
        value = Decimal(re.sub(r"[.,]", "", written))
    else:
        value = Decimal(written.replace(",", "."))
    if unit and len(str(value)) <= 8:
        value *= Decimal(10) ** _UNITS[unit]
    return value if value < Decimal(10) ** 13 else None


def _bearer(plain: str, start: int, end: int) -> str:
    """Who pays: the candidate unless the words around say otherwise."""
    return "employer" if _BORNE.search(plain, max(0, start - 60), min(len(plain), end + 60)) else "candidate"
