"""The words every subject needs: the law's zone, spans, boxes, a sentence in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

LAW_ZONE = ZoneInfo("Asia/Jakarta")
ZONE_LETTERS: Mapping[str, str] = MappingProxyType({"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"})

# The numbers people name things by: letters of the series -> figures at least. TND-26-004417 is a flag, PKR-26-0187 a case.
SERIES: Mapping[str, int] = MappingProxyType({"HPS": 4, "JRG": 4, "KBR": 4, "MSL": 4, "MTR": 4, "PKR": 4, "PSD": 4, "RJK": 4, "TND": 6})

MONTHS_ID = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")

NOTHING: Mapping[str, Any] = MappingProxyType({})

type Span = tuple[int, int]
type Box = tuple[int, int, int, int]  # left, top, width, height: pixels of a picture as it is shown (EXIF obeyed)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in both languages of the screen, with its facts already filled in."""

    id: str
    en: str


def long_day(day: date) -> str:
    """2 Mei 2026, as letters and summaries write it."""
    return f"{day.day} {MONTHS_ID[day.month - 1]} {day.year}"
