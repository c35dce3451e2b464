"""Digits -> the number they dial (E.164). Knows nothing of texts.

`phonenumbers` is asked for foreign numbers and landlines only: 17 microseconds a question. Indonesian mobile numbers
are told by their length: an unknown operator's prefix does not disqualify.
"""

from __future__ import annotations

import functools
import re

import phonenumbers

_NATIONAL = {
    # country -> how a number looks at home (mobile and landline), asked only where the post shows the country
    "MY": re.compile(r"0(?:1\d{8,9}|[3-9]\d{7,8})"),
    "SG": re.compile(r"[3689]\d{7}"),
    "HK": re.compile(r"[235679]\d{7}"),
    "MO": re.compile(r"[62]\d{7}"),
    "TW": re.compile(r"09\d{8}|0[2-8]\d{7,8}"),
    "SA": re.compile(r"05\d{8}|01\d{8}"),
    "AE": re.compile(r"05\d{8}|0[2-9]\d{7}"),
    "KH": re.compile(r"0[1-9]\d{7,8}"),
    "KR": re.compile(r"010\d{8}|0[2-6]\d{7,9}"),
    "JP": re.compile(r"0[6789]0\d{8}|0\d{9}"),
    "TH": re.compile(r"0[689]\d{8}|0[2-7]\d{7}"),
    "PH": re.compile(r"09\d{9}"),
    "VN": re.compile(r"0[35789]\d{8}"),
    "QA": re.compile(r"[3567]\d{7}"),
    "KW": re.compile(r"[24569]\d{7}"),
    "BH": re.compile(r"[136]\d{7}"),
    "OM": re.compile(r"[279]\d{7}"),
    "BN": re.compile(r"[278]\d{6}"),
    "MM": re.compile(r"09\d{7,9}"),
    "LA": re.compile(r"020\d{8}"),
    "AU": re.compile(r"04\d{8}"),
    "JO": re.compile(r"07\d{8}"),
    "TR": re.compile(r"05\d{9}"),
}


def indonesian(digits: str) -> str | None:
    """E.164 of an Indonesian mobile number by its length; operators' prefixes are not asked."""
    match = _MOBILE.fullmatch(digits)
    return "+62" + match[1] if match else None


_MOBILE = re.compile(r"(?:0062|620{0,2}|0)(8[1-9]\d{7,10})")
_MISSING_ZERO = re.compile(r"(8[1-9]\d{8,9})")


@functools.lru_cache(maxsize=4096)
def international(digits: str) -> str | None:
    """E.164 of digits with country code where their length is possible there."""
    if not 8 <= len(digits) <= 15:
        return None
    try:
        number = phonenumbers.parse("+" + digits, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    if number.country_code == 62 and str(number.national_number).startswith("8"):
        return None  # judged by _MOBILE: "possible" would take four digits less
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@functools.lru_cache(maxsize=4096)
def _national(digits: str, country: str) -> str | None:
    try:
        number = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return None
    if country == "ID" and not phonenumbers.is_valid_number(number):
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


# Country codes people write without a plus, longest first; asked only after a word like "WA".
_CODES = (
    "60",
    "65",
    "66",
    "673",
    "84",
    "81",
    "82",
    "852",
    "853",
    "855",
    "856",
    "86",
    "886",
    "95",
    "961",
    "962",
    "963",
    "964",
    "965",
    "966",
    "967",
    "968",
    "971",
    "973",
    "974",
    "63",
    "90",
    "61",
    "64",
)


def dialled(digits: str, signed: bool, label: str, countries: tuple[str, ...]) -> tuple[str, float] | None:
    """E.164 and confidence of digits that are a whole number, None where they are not (yet)."""
    mobile = indonesian(digits)
    if mobile:
        return mobile, 0.98
    if signed or digits.startswith("00"):
        number = international(digits.removeprefix("00"))
        return (number, 0.95) if number else None
    if label != "call":
        return None
    for country in countries:
        number = _shown(digits, country)
        if number:
            return number, 0.85
    return _called(digits)


def _shown(digits: str, country: str) -> str | None:
    """E.164 of a number of a country the post shows: with its code ("852 ..." is Hong Kong's there) or as at home."""
    if len(digits) >= 10 and digits.startswith(str(phonenumbers.country_code_for_region(country))):
        return international(digits)
    if country in _NATIONAL and _NATIONAL[country].fullmatch(digits):
        return _national(digits, country)
    return None


def _called(digits: str) -> tuple[str, float] | None:
    """Forms that are only a number after a word like "WA" or "telp"."""
    missing = _MISSING_ZERO.fullmatch(digits)
    if missing:
        return "+62" + missing[1], 0.8
    if digits.startswith("0") and 9 <= len(digits) <= 12:
        number = _national(digits, "ID")
        return (number, 0.85) if number else None
    if digits.startswith("62") and 9 <= len(digits) <= 13:
        number = international(digits)
        return (number, 0.85) if number else None
    if digits.startswith(_CODES) and len(digits) >= 10:
        number = international(digits)
        return (number, 0.8) if number else None
    return None
