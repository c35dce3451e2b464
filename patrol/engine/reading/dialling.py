"""Digits -> the number they dial (E.164). Knows nothing of texts.

`phonenumbers` is asked for foreign numbers and landlines only: 17 microseconds a question. Indonesian mobile numbers
are told by their length: an unknown operator's prefix does not disqualify.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

import phonenumbers

_NATIONAL = {
    # country -> how a mobile number looks at home; with its trunk zero it may stand without a word like "WA"
    "MY": re.compile(r"01\d{8,9}"),
    "SG": re.compile(r"[3689]\d{7}"),
    "HK": re.compile(r"[235679]\d{7}"),
    "MO": re.compile(r"[62]\d{7}"),
    "TW": re.compile(r"09\d{8}"),
    "SA": re.compile(r"05\d{8}"),
    "AE": re.compile(r"05\d{8}"),
    "KH": re.compile(r"0[1-9]\d{7,8}"),
    "KR": re.compile(r"010\d{8}"),
    "JP": re.compile(r"0[6789]0\d{8}"),
    "TH": re.compile(r"0[689]\d{8}"),
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
    "GB": re.compile(r"07\d{9}"),
    "CN": re.compile(r"1[3-9]\d{9}"),
    "EG": re.compile(r"01\d{9}"),
    "IQ": re.compile(r"07\d{9}"),
    "DE": re.compile(r"01[567]\d{8,9}"),
    "IT": re.compile(r"3\d{8,9}"),
    "ES": re.compile(r"[67]\d{8}"),
    "PT": re.compile(r"9\d{8}"),
    "FR": re.compile(r"0[67]\d{8}"),
    "NL": re.compile(r"06\d{8}"),
    "BE": re.compile(r"04\d{8}"),
    "CH": re.compile(r"07\d{8}"),
    "PL": re.compile(r"[4-8]\d{8}"),
    "CZ": re.compile(r"[67]\d{8}"),
    "SK": re.compile(r"09\d{8}"),
    "HR": re.compile(r"09\d{7,8}"),
    "RS": re.compile(r"06\d{7,8}"),
    "RO": re.compile(r"07\d{8}"),
    "BG": re.compile(r"08\d{8}"),
    "HU": re.compile(r"06\d{9}"),
    "GR": re.compile(r"69\d{8}"),
    "CY": re.compile(r"9\d{7}"),
    "MT": re.compile(r"[79]\d{7}"),
    "RU": re.compile(r"8?9\d{9}"),
    "UA": re.compile(r"0[5-9]\d{8}"),
    "NZ": re.compile(r"02\d{7,9}"),
    "MV": re.compile(r"[79]\d{6}"),
    "TL": re.compile(r"7\d{7}"),
    "PG": re.compile(r"7\d{7}"),
    "LB": re.compile(r"0?[37]\d{6,7}"),
    "SY": re.compile(r"09\d{8}"),
    "YE": re.compile(r"07\d{8}"),
    "LK": re.compile(r"07\d{8}"),
    "PK": re.compile(r"03\d{9}"),
    "BD": re.compile(r"01\d{9}"),
    "NG": re.compile(r"0[789]\d{9}"),
    "KE": re.compile(r"0[17]\d{8}"),
    "ZA": re.compile(r"0[678]\d{8}"),
}
_MOBILE = re.compile(r"(?:0062|62|0)0{0,2}(8[1-9]\d{7,10})")
_ABROAD = re.compile(r"008(?:5[0236]|8[06])")  # "00886..." dials Taiwan, though 0886 might be a prefix at home
_TAIWAN = re.compile(r"8869\d{8}")  # no operator at home has 0886
_MISSING_ZERO = re.compile(r"(8[1-9]\d{7,10})")
# Area codes by their shape: 021, 022, 024, 031, 061 and three digits after the zero elsewhere; local numbers of 5-8.
_LANDLINE = re.compile(r"0(?:(?:2[124]|[36]1)\d{6,8}|(?:2[35-9]|3[2-9]|4\d|5[1-9]|6[2-59]|7\d|9\d)\d\d{5,8})")
AREA = re.compile(r"0(?:2[124]|[36]1|(?:2[35-9]|3[2-9]|4\d|5[1-9]|6[2-59]|7\d|9\d)\d)")
_SABAH = 9  # digits of a landline there, "089-000 417"; at home a number that begins so is a mobile's
SHORTEST, LONGEST_AT_HOME, LONGEST = 7, 15, 17  # digits as written: "0062" before thirteen


LONGEST_WRITTEN = 16  # E.164: fifteen digits and the plus


class Dialled(NamedTuple):
    """A number, how sure it is by its digits alone, and whether `phonenumbers` or a length decided."""

    number: str
    confidence: float


def indonesian(digits: str) -> str | None:
    """E.164 of an Indonesian mobile number by its length; operators' prefixes are not asked."""
    match = _MOBILE.fullmatch(digits)
    if match is None or (_ABROAD.match(digits) and international(digits[2:])):
        return None
    return "+62" + match[1] if match else None


def begins_mobile(digits: str) -> bool:
    """Whether digits begin as a mobile number at home does."""
    return digits.startswith("08") and digits[2:3] not in {"", "0"}


def missing_zero(digits: str) -> str | None:
    """E.164 of an Indonesian mobile number whose leading zero or country code stands elsewhere."""
    match = _MISSING_ZERO.fullmatch(digits)
    return "+62" + match[1] if match else None


@functools.lru_cache(maxsize=4096)
def international(digits: str) -> str | None:
    """E.164 of digits with country code where their length is possible there; toll-free numbers are none."""
    if not 8 <= len(digits) <= 16:
        return None
    try:
        number = phonenumbers.parse("+" + digits, None)
    except phonenumbers.NumberParseException:
        return None
    if number.country_code == 62 and str(number.national_number).startswith("8"):
        return indonesian("0" + str(number.national_number))  # "possible" would take four digits less
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    if phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.TOLL_FREE:
        return None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written if len(written) <= LONGEST_WRITTEN else None


@functools.lru_cache(maxsize=1024)
def is_valid(digits: str) -> bool:
    """Whether a number with these digits is given out somewhere, country code included."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse("+" + digits, None))
    except phonenumbers.NumberParseException:
        return False


@functools.lru_cache(maxsize=4096)
def _national(digits: str, country: str) -> str | None:
    try:
        number = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def landline(digits: str) -> str | None:
    """E.164 of an Indonesian landline with its area code."""
    return "+62" + digits[1:] if _LANDLINE.fullmatch(digits) else None


@functools.lru_cache(maxsize=512)
def code(country: str) -> str:
    """The country code of a country, "" where it has none."""
    found = phonenumbers.country_code_for_region(country)
    return str(found) if found else ""


def coded(digits: str, code: str) -> str | None:
    """E.164 of a number whose country code stands elsewhere."""
    if digits.startswith(code) and (number := international(digits)):
        return number
    return international(code + digits.removeprefix("0"))


_CODES = tuple(str(code) for code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE if code not in {7, 62, 800, 808, 870, 878, 881, 883, 979})


ALL_CODES = frozenset({*_CODES, "7", "62"})


def plain(digits: str, *, signed: bool) -> Dialled | None:
    """Digits that are a whole number by themselves: Indonesian mobile, or with plus or 00."""
    mobile = indonesian(digits)
    if mobile:
        return Dialled(mobile, 0.99)
    if signed:
        number = international(digits.removeprefix("00"))
        return Dialled(number, 0.97) if number else None
    return None


def shown(digits: str, countries: tuple[str, ...], *, called: bool) -> Dialled | None:
    """Digits as a number of a country the post shows: with its code ("852 ..." is Hong Kong's there) or its mobile form."""
    for country in countries:
        prefix = code(country)
        if prefix and len(digits) >= len(prefix) + 7 and digits.startswith(prefix) and (called or len(prefix) > 1):
            number = international(digits)
            if number:
                return Dialled(number, 0.9)
    for country in countries:
        looks = _NATIONAL.get(country)
        if looks is not None and looks.fullmatch(digits) and (called or digits.startswith("0")):
            number = _national(digits, country)
            if number:
                return Dialled(number, 0.88)
    return None


def at_home(digits: str, countries: tuple[str, ...]) -> Dialled | None:
    """Digits as any other number of a country the post shows, landlines too; only for what is called a number."""
    if len(digits) < SHORTEST:
        return None
    for country in countries:
        if digits.startswith("08") and not (country == "MY" and len(digits) == _SABAH):
            continue
        number = _valid(digits, country)
        if number:
            return Dialled(number, 0.85)
    return None


@functools.lru_cache(maxsize=4096)
def _valid(digits: str, country: str) -> str | None:
    try:
        number = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return None
    possible = phonenumbers.is_possible_number(number) and digits.startswith("0") and len(digits) <= LONGEST_AT_HOME - 2
    if not possible and not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def called(digits: str) -> Dialled | None:
    """Forms that are only a number after a word like "WA" or "telp"."""
    missing = missing_zero(digits)
    if missing and len(digits) >= 9 and not _TAIWAN.fullmatch(digits):
        return Dialled(missing, 0.85)
    fixed = landline(digits)
    if fixed:
        return Dialled(fixed, 0.9)
    if digits.startswith("62") and 9 <= len(digits) <= 13:
        number = international(digits)
        return Dialled(number, 0.88) if number else None
    if digits.startswith("00") and len(digits) >= 11:
        number = international(digits[2:])
        return Dialled(number, 0.9) if number else None
    if len(digits) >= 10 and digits.startswith(_CODES):
        number = international(digits)
        return Dialled(number, 0.82) if number else None
    return None
