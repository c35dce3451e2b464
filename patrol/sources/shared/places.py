"""Where a watch looks, for platforms that can be asked by place: a point with a radius, countries, or a name the platform knows.

The query of such a watch is `PLACE` or `PLACE; WORDS`. Which of the three a platform takes, its own module says.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from patrol import domain

LONGEST_NAME = 60
MOST_COUNTRIES = 10
NUMBER = re.compile(r"[0-9a-f]{16}")  # of a place at X

# ISO 3166-1 alpha-2.
_COUNTRIES = frozenset(
    (  # noqa: SIM905 -- 249 quoted codes are thirty lines
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG "
        "CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL "
        "GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA "
        "LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP "
        "NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV "
        "SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
    ).split()
)
_POINT = re.compile(
    r"(-?\d{1,3}(?:\.\d{1,10})?)\s*[,\s]\s*(-?\d{1,3}(?:\.\d{1,10})?)\s*[,\s]\s*(\d{1,5}(?:\.\d{1,3})?)\s*km", re.IGNORECASE | re.ASCII
)
_CODES = re.compile(r"[A-Za-z]{2}(?:\s*,\s*[A-Za-z]{2})*")


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees, south and west negative, and how far around."""

    latitude: Decimal
    longitude: Decimal
    kilometres: Decimal

    def __str__(self) -> str:
        return f"{self.latitude:f},{self.longitude:f},{self.kilometres:f}km"


@dataclass(frozen=True, slots=True)
class Countries:
    codes: tuple[str, ...]  # ISO 3166-1 alpha-2, in alphabetical order

    def __str__(self) -> str:
        return ",".join(self.codes)


@dataclass(frozen=True, slots=True)
class Named:
    name: str

    def __str__(self) -> str:
        return self.name


type Place = Point | Countries | Named


def read(text: str) -> Place | None:
    """The place a text names; None where it names none, or a point that is not on the globe.

    Numbers are a point or nothing, two letters a country or nothing: a slip must not become a place of that name. The one name with
    digits is the number X gives a place.
    """
    written = " ".join(text.split())
    if point := _POINT.fullmatch(written):
        latitude, longitude, kilometres = (Decimal(number).normalize() + 0 for number in point.groups())
        fits = abs(latitude) <= 90 and abs(longitude) <= 180 and kilometres > 0
        return Point(latitude, longitude, kilometres) if fits else None
    if _CODES.fullmatch(written):
        codes = tuple(sorted({code.strip().upper() for code in written.split(",")}))
        return Countries(codes) if len(codes) <= MOST_COUNTRIES and _COUNTRIES.issuperset(codes) else None
    named = len(written) <= LONGEST_NAME and re.search(r"[^\W\d_]{3}", written) and not re.search(r'[\d";:()\[\]]', written)
    return Named(written) if named or NUMBER.fullmatch(written) else None


def joined(place: str, words: str) -> str:
    """The query of a watch that looks at a place; a place nobody can read stays as it was written, to be refused."""
    known = read(place)
    where, what = str(known) if known else place.strip(), words.strip()
    return f"{where}; {what}" if what else where


def split(query: str) -> tuple[str, str]:
    """Place and words of such a query."""
    where, _, what = query.partition(";")
    return where.strip(), what.strip()


def asked(query: str) -> tuple[Place | None, str]:
    """The place such a query names, and its words."""
    where, what = split(query)
    return read(where), what


def too_wide(query: str) -> bool:
    """Whether the place says next to nothing without words: a whole country is everything posted there."""
    place, words = asked(query)
    return isinstance(place, Countries) and not words


def shape(in_indonesian: str, in_english: str, asks: domain.Sentence, example: str) -> domain.QueryShape:
    """How a watch asks by place: words may stand beside it."""
    said = domain.Sentence(id=in_indonesian, en=in_english)
    where = domain.Sentence(id="Tempat", en="Place")
    return domain.QueryShape(domain.QueryKind.PLACE, said, asks, takes_words=True, takes_place=True, label=where, example=example)


def refused(asks: domain.Sentence) -> domain.Problem:
    """The place is none this platform can be asked for. `asks`: what it takes."""
    return domain.Problem(
        "bad_place", domain.Sentence(id=f"Tempat tidak dikenali. {asks.id}", en=f"Place not understood. {asks.en}"), permanent=True
    )
