"""Where the tiles of a map stand: the provinces of Indonesia, and the countries that offers lead to, by region.

A country stands in the row of its region, those that people go to most first. What has no tile is counted in the line below the map.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.utils.translation import pgettext_lazy

from patrol.domain import Sentence


class Spot(NamedTuple):
    column: int
    row: int
    name: Sentence  # short


@dataclass(frozen=True, slots=True)
class Layout:
    """`left`: before the first column, for what the rows are called. `rows`: with one for the tones. Widths and `left` on paper and on a
    screen, where letters are larger, in units of the drawing."""

    spots: Mapping[str, Spot]
    columns: int
    rows: int
    tile_width: int
    screen_tile_width: int
    left: int = 0
    screen_left: int = 0
    regions: tuple[tuple[int, Any], ...] = ()  # row, and what its countries are


def _alike(spots: Mapping[str, tuple[int, int, str]]) -> dict[str, Spot]:
    """Of names that are the same in both languages."""
    return {code: Spot(column, row, Sentence(name, name)) for code, (column, row, name) in spots.items()}


# The Interior Ministry's codes. The tones stand beside DIY, which is alone in the last row.
PROVINCES: Final = Layout(
    _alike(
        {
            "11": (0, 0, "Aceh"),
            "12": (0, 1, "Sumut"),
            "13": (0, 2, "Sumbar"),
            "14": (1, 1, "Riau"),
            "15": (1, 2, "Jambi"),
            "16": (1, 3, "Sumsel"),
            "17": (0, 3, "Bengk"),
            "18": (1, 4, "Lampung"),
            "19": (2, 2, "Babel"),
            "21": (2, 1, "Kepri"),
            "31": (3, 4, "DKI"),
            "32": (3, 5, "Jabar"),
            "33": (4, 5, "Jateng"),
            "34": (4, 6, "DIY"),
            "35": (5, 5, "Jatim"),
            "36": (2, 5, "Banten"),
            "51": (6, 5, "Bali"),
            "52": (7, 5, "NTB"),
            "53": (8, 5, "NTT"),
            "61": (4, 1, "Kalbar"),
            "62": (5, 1, "Kalteng"),
            "63": (5, 2, "Kalsel"),
            "64": (6, 1, "Kaltim"),
            "65": (6, 0, "Kaltara"),
            "71": (9, 1, "Sulut"),
            "72": (8, 2, "Sulteng"),
            "73": (7, 3, "Sulsel"),
            "74": (8, 3, "Sultra"),
            "75": (8, 1, "Gtlo"),
            "76": (7, 2, "Sulbar"),
            "81": (10, 3, "Maluku"),
            "82": (10, 1, "Malut"),
            "91": (13, 2, "Papua"),
            "92": (12, 2, "Pabar"),
            "93": (13, 4, "Pasel"),
            "94": (12, 3, "Pateng"),
            "95": (13, 3, "Papeg"),
            "96": (11, 2, "PBD"),
        }
    ),
    columns=14,
    rows=7,
    tile_width=35,
    screen_tile_width=44,
)

_REGIONS: Final[tuple[tuple[Any, tuple[tuple[str, str, str], ...]], ...]] = (
    (
        pgettext_lazy("map", "South-East Asia"),
        (
            ("MY", "Malaysia", "Malaysia"),
            ("SG", "Singapura", "Singapore"),
            ("BN", "Brunei", "Brunei"),
            ("KH", "Kamboja", "Cambodia"),
            ("TH", "Thailand", "Thailand"),
            ("MM", "Myanmar", "Myanmar"),
            ("LA", "Laos", "Laos"),
            ("VN", "Vietnam", "Vietnam"),
            ("PH", "Filipina", "Philipp."),
        ),
    ),
    (
        pgettext_lazy("map", "East Asia"),
        (
            ("TW", "Taiwan", "Taiwan"),
            ("HK", "Hong Kong", "Hong Kong"),
            ("KR", "Korea Sel", "S. Korea"),
            ("JP", "Jepang", "Japan"),
            ("CN", "Tiongkok", "China"),
            ("MO", "Makau", "Macau"),
            ("MN", "Mongolia", "Mongolia"),
        ),
    ),
    (
        pgettext_lazy("map", "Middle East"),
        (
            ("SA", "Saudi", "Saudi"),
            ("AE", "UEA", "UAE"),
            ("QA", "Qatar", "Qatar"),
            ("KW", "Kuwait", "Kuwait"),
            ("OM", "Oman", "Oman"),
            ("BH", "Bahrain", "Bahrain"),
            ("JO", "Yordania", "Jordan"),
            ("IQ", "Irak", "Iraq"),
            ("SY", "Suriah", "Syria"),
        ),
    ),
    (
        pgettext_lazy("map", "South Asia, Pacific"),
        (
            ("IN", "India", "India"),
            ("LK", "Sri Lanka", "Sri Lanka"),
            ("MV", "Maladewa", "Maldives"),
            ("PK", "Pakistan", "Pakistan"),
            ("AU", "Australia", "Australia"),
            ("NZ", "Sel. Baru", "New Zeal."),
            ("PG", "PNG", "PNG"),
            ("FJ", "Fiji", "Fiji"),
            ("TL", "Timor L.", "Timor-L."),
        ),
    ),
    (
        pgettext_lazy("map", "Eastern Europe, Turkey"),
        (
            ("PL", "Polandia", "Poland"),
            ("RO", "Rumania", "Romania"),
            ("HU", "Hungaria", "Hungary"),
            ("SK", "Slowakia", "Slovakia"),
            ("CZ", "Ceko", "Czechia"),
            ("BG", "Bulgaria", "Bulgaria"),
            ("HR", "Kroasia", "Croatia"),
            ("RS", "Serbia", "Serbia"),
            ("TR", "Turki", "Turkey"),
        ),
    ),
    (
        pgettext_lazy("map", "Western, Southern Europe"),
        (
            ("DE", "Jerman", "Germany"),
            ("NL", "Belanda", "Netherl."),
            ("GB", "Inggris", "UK"),
            ("FR", "Prancis", "France"),
            ("IT", "Italia", "Italy"),
            ("ES", "Spanyol", "Spain"),
            ("PT", "Portugal", "Portugal"),
            ("GR", "Yunani", "Greece"),
            ("CY", "Siprus", "Cyprus"),
        ),
    ),
    (
        pgettext_lazy("map", "Americas, Africa"),
        (
            ("US", "AS", "USA"),
            ("CA", "Kanada", "Canada"),
            ("MX", "Meksiko", "Mexico"),
            ("SR", "Suriname", "Suriname"),
            ("UY", "Uruguay", "Uruguay"),
            ("EG", "Mesir", "Egypt"),
            ("LY", "Libya", "Libya"),
            ("ZA", "Afr. Sel.", "S. Africa"),
            ("MU", "Mauritius", "Mauritius"),
        ),
    ),
)
DESTINATIONS: Final = Layout(
    {
        code: Spot(column, row, Sentence(indonesian, english))
        for row, (_region, countries) in enumerate(_REGIONS)
        for column, (code, indonesian, english) in enumerate(countries)
    },
    columns=9,
    rows=len(_REGIONS) + 1,
    tile_width=48,
    screen_tile_width=57,
    left=73,
    screen_left=82,
    regions=tuple((row, region) for row, (region, _countries) in enumerate(_REGIONS)),
)
