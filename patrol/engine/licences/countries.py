"""Names of countries, for sentences and for decrees that name a country.

ISO 3166 alpha-2 -> name in Indonesian, name in English, further forms seen in decrees. A country that is missing here
is shown by its code.
"""

from __future__ import annotations

import re
from functools import cache

from patrol import domain

_TABLE = """
AE Uni Emirat Arab|United Arab Emirates|UEA,UAE,Dubai,Abu Dhabi
AF Afganistan|Afghanistan
AL Albania|Albania
AM Armenia|Armenia
AO Angola|Angola
AR Argentina|Argentina
AT Austria|Austria
AU Australia|Australia
AZ Azerbaijan|Azerbaijan
BA Bosnia dan Herzegovina|Bosnia and Herzegovina
BD Bangladesh|Bangladesh
BE Belgia|Belgium
BG Bulgaria|Bulgaria
BH Bahrain|Bahrain
BN Brunei Darussalam|Brunei Darussalam|Brunei
BR Brasil|Brazil
BY Belarus|Belarus
CA Kanada|Canada
CH Swiss|Switzerland
CL Chili|Chile
CN Tiongkok|China|Cina,RRT
CY Siprus|Cyprus
CZ Ceko|Czechia|Republik Ceko,Czech Republic
DE Jerman|Germany
DK Denmark|Denmark
DZ Aljazair|Algeria
EE Estonia|Estonia
EG Mesir|Egypt
ES Spanyol|Spain
ET Etiopia|Ethiopia
FI Finlandia|Finland
FJ Fiji|Fiji
FR Prancis|France|Perancis
GA Gabon|Gabon
GB Inggris|United Kingdom|Inggris Raya,Britania Raya
GE Georgia|Georgia
GH Ghana|Ghana
GR Yunani|Greece
HK Hong Kong|Hong Kong|Hongkong
HR Kroasia|Croatia
HU Hungaria|Hungary|Hongaria
IE Irlandia|Ireland
IL Israel|Israel
IN India|India
IQ Irak|Iraq
IR Iran|Iran
IS Islandia|Iceland
IT Italia|Italy
JO Yordania|Jordan
JP Jepang|Japan
KE Kenya|Kenya
KH Kamboja|Cambodia
KR Korea Selatan|South Korea|Republik Korea,Korsel
KP Korea Utara|North Korea
KW Kuwait|Kuwait
KZ Kazakhstan|Kazakhstan
LA Laos|Laos
LB Lebanon|Lebanon|Libanon
LK Sri Lanka|Sri Lanka
LT Lituania|Lithuania
LU Luksemburg|Luxembourg
LV Latvia|Latvia
LY Libya|Libya
MA Maroko|Morocco
MD Moldova|Moldova
MH Kepulauan Marshall|Marshall Islands
MM Myanmar|Myanmar
MN Mongolia|Mongolia
MO Makau|Macau|Macao
MR Mauritania|Mauritania
MT Malta|Malta
MU Mauritius|Mauritius
MV Maladewa|Maldives
MX Meksiko|Mexico
MY Malaysia|Malaysia
NA Namibia|Namibia
NC Kaledonia Baru|New Caledonia
NG Nigeria|Nigeria
NL Belanda|Netherlands
NO Norwegia|Norway
NP Nepal|Nepal
NZ Selandia Baru|New Zealand
OM Oman|Oman
PA Panama|Panama
PE Peru|Peru
PG Papua Nugini|Papua New Guinea
PH Filipina|Philippines
PK Pakistan|Pakistan
PL Polandia|Poland
PS Palestina|Palestine
PT Portugal|Portugal
PW Palau|Palau
QA Qatar|Qatar
RO Rumania|Romania
RS Serbia|Serbia
RU Rusia|Russia
SA Arab Saudi|Saudi Arabia|Saudi
SB Kepulauan Solomon|Solomon Islands
SC Seychelles|Seychelles
SD Sudan|Sudan
SE Swedia|Sweden
SG Singapura|Singapore
SI Slovenia|Slovenia
SK Slowakia|Slovakia
SN Senegal|Senegal
SR Suriname|Suriname
SS Sudan Selatan|South Sudan
SY Suriah|Syria
TH Thailand|Thailand
TL Timor Leste|Timor-Leste
TN Tunisia|Tunisia
TO Tonga|Tonga
TR Turki|Turkey|Turkiye,Türkiye
TW Taiwan|Taiwan
TZ Tanzania|Tanzania
UA Ukraina|Ukraine
UG Uganda|Uganda
US Amerika Serikat|United States|USA
UY Uruguay|Uruguay
UZ Uzbekistan|Uzbekistan
VN Vietnam|Vietnam
VU Vanuatu|Vanuatu
YE Yaman|Yemen
ZA Afrika Selatan|South Africa
ZM Zambia|Zambia
"""

_NAMES: dict[str, tuple[str, str]] = {}
_FORMS: dict[str, str] = {}
for _line in _TABLE.strip().splitlines():
    _id, _en, *_more = _line[3:].split("|")
    _NAMES[_line[:2]] = (_id, _en)
    for _form in (_id, _en, *(_more[0].split(",") if _more else ())):
        _FORMS[_form.casefold()] = _line[:2]

# The longest form first: "Sudan Selatan" is not Sudan.
_IN_TEXT = re.compile(r"\b(?:" + "|".join(re.escape(form) for form in sorted(_FORMS, key=len, reverse=True)) + r")\b")


def name(code: str) -> domain.Sentence:
    """The country's name in both languages, the code itself where the name is not known here."""
    names = _NAMES.get(code, (code, code))
    return domain.Sentence(id=names[0], en=names[1])


def names(codes: tuple[str, ...]) -> domain.Sentence:
    """Several countries as a list in words."""
    each = [name(code) for code in codes]
    return domain.Sentence(id=listed([n.id for n in each], "dan"), en=listed([n.en for n in each], "and"))


def listed(words: list[str], joint: str) -> str:
    """`a`, `a dan b`, `a, b dan c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}" if words else ""


@cache
def within(text: str) -> frozenset[str]:
    """The countries a decree names."""
    return frozenset(_FORMS[hit] for hit in _IN_TEXT.findall(text.casefold()))


def forms() -> tuple[str, ...]:
    """Every name known here, in small letters."""
    return tuple(_FORMS)


def codes() -> tuple[str, ...]:
    """Every country with a name here."""
    return tuple(_NAMES)
