"""Whom an offer wants: AGE and EDUCATION claims."""

from __future__ import annotations

from collections.abc import Iterator

from patrol.domain import Claim, ClaimKind
from patrol.engine import lazy
from patrol.engine.reading import folding

_AGED = r"(?:usia|umur|umure|umurnya|usianya|age|aged|ages|yuswa|umor)"
_YEARS = r"\s?(?:tahun|thn|th|taun|years?|yrs?|yo|y\.o)\b"
_TO = r"\s?(?:-|s/?d|sd|sampai(?: dengan)?|sampe|hingga|to|~|until)\s?"
_YOUNGEST = r"(?:min(?:imal|imum|imum)?\.?|mulai|dari|di ?atas|diatas|>|over|above|from|at least|paling muda)"
_OLDEST = r"(?:max|maks?(?:imal|imum)?\.?|maximal|maximum|di ?bawah|dibawah|<|sampai|s/?d|hingga|under|below|up to|paling tua)"
_RANGE = lazy.regex(
    rf"\b{_AGED}\b[^\d\n]{{0,14}}(?P<from>[1-6]\d)(?:{_YEARS})?{_TO}(?P<to>[1-7]\d)(?!\d)"
    rf"|(?<![\d.,/\-])(?P<low>1[6-9]|[2-4]\d){_TO}(?P<high>[2-6]\d){_YEARS}(?!\s?(?:kontrak|kerja|pengalaman))"
)
_ONE = lazy.regex(
    rf"\b{_AGED}\b[^\d\n<>]{{0,8}}?(?P<sign>{_YOUNGEST}|{_OLDEST})?\s?"
    rf"(?P<years>1[5-9]|[2-6]\d)(?!\d)(?:{_YEARS})?(?P<up>\s?(?:ke ?atas|up|\+))?"
)
_TWO_AGES = lazy.regex(rf"[1-6]\d(?:{_YEARS})?{_TO}[1-7]\d")  # no range is without; begins rarely, so it is cheap
_ANY_AGE = lazy.regex(rf"\b(?:{_AGED}) (?:bebas|tidak dibatasi|tdk dibatasi|no limit)\b|\b(?:bebas|tanpa batas(?:an)?) {_AGED}\b")
_OLDEST_FIRST = lazy.regex(_OLDEST)

_SCHOOLS = {
    "none": r"tanpa ijazah|tanpa ijasah|tidak (?:perlu|pakai|butuh) ijazah|ijazah bebas|no ijazah|"
    r"ga(?:k)? (?:perlu|pake|pakai) ijazah|teu kedah ijasah|pendidikan bebas",
    "sd": r"sd|mi|elementary",
    "smp": r"smp|sltp|mts|junior high",
    "sma": r"sma|smk|slta|smu|stm|ma|smea|sma/smk|senior high|high school",
    "d3": r"d3|d-3|diploma|d iii",
    "s1": r"s1|s-1|sarjana|bachelor|d4|strata 1",
}
_ASKED = lazy.regex(
    r"\b(?:pendidikan|lulusan|ijazah|ijasah|education|lulus|tamatan|min(?:imal)?\.?|syarat)\b[^\n]{0,14}?\b"
    rf"(?:{'|'.join(f'(?P<{code}>{words})' for code, words in _SCHOOLS.items() if code != 'none')})\b"
)
_NONE_ASKED = lazy.regex(rf"\b(?:{_SCHOOLS['none']})\b")


# A text without these has no claim here; looking for them costs a thousandth of the patterns.
_AGE_SIGNS = ("usia", "umur", "age", "umor", "yuswa", "th", "taun", "tahun", "year", "yrs")
_NO_LIMIT_SIGNS = ("bebas", "batas", "no limit")
_NO_SCHOOL_SIGNS = ("ijazah", "ijasah", "pendidikan bebas")
_SCHOOL_SIGNS = ("pendidikan", "lulus", "tamat", "ijazah", "ijasah", "education", "min", "syarat")


def claims(folded: folding.Folded, source: str = "text") -> list[Claim]:
    """AGE claims (`18-45`, `-45`, `18-`, `-`: no limit) and EDUCATION claims (the least schooling), in order."""
    plain = folded.plain
    made: list[Claim] = []
    if any(map(plain.__contains__, _AGE_SIGNS)):
        made.extend(_ages(folded, source))
    if any(map(plain.__contains__, _SCHOOL_SIGNS)):
        made.extend(_schools(folded, source))
    return sorted(made, key=lambda claim: claim.span)


def _ages(folded: folding.Folded, source: str) -> Iterator[Claim]:
    plain = folded.plain
    reach = 0
    for match in _RANGE.finditer(plain) if _TWO_AGES.search(plain) else ():
        low, high = match["from"] or match["low"], match["to"] or match["high"]
        if int(low) < int(high):
            reach = match.end()
            yield Claim(ClaimKind.AGE, f"{low}-{high}", folded.span(*match.span()), source, 0.95)
    if reach:
        return
    for match in _ONE.finditer(plain):
        oldest = match["sign"] is not None and _OLDEST_FIRST.fullmatch(match["sign"])
        if match["sign"] is None and not match["up"]:
            continue  # "umur 45" is somebody's age
        value = f"-{match['years']}" if oldest else f"{match['years']}-"
        yield Claim(ClaimKind.AGE, value, folded.span(*match.span()), source, 0.9)
    for match in _ANY_AGE.finditer(plain) if any(map(plain.__contains__, _NO_LIMIT_SIGNS)) else ():
        yield Claim(ClaimKind.AGE, "-", folded.span(*match.span()), source, 0.9)


def _schools(folded: folding.Folded, source: str) -> Iterator[Claim]:
    plain = folded.plain
    for match in _NONE_ASKED.finditer(plain) if any(map(plain.__contains__, _NO_SCHOOL_SIGNS)) else ():
        yield Claim(ClaimKind.EDUCATION, "none", folded.span(*match.span()), source, 0.9)
    for match in _ASKED.finditer(plain):
        code = match.lastgroup
        if code is not None:
            yield Claim(ClaimKind.EDUCATION, code, folded.span(*match.span(code)), source, 0.9)
