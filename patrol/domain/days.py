"""Days and hours as people type them. Pure: the day stands alone, in whichever zone it is meant."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final

from patrol.domain import moments

# Longer words are met by their beginnings of three letters or more; these are the usual short forms that are none.
_MONTHS: Final = (
    ("januari", "january"),
    ("februari", "february", "pebruari"),
    ("maret", "march"),
    ("april",),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("agustus", "august", "ags", "agt"),
    ("september",),
    ("oktober", "october"),
    ("november", "nopember"),
    ("desember", "december"),
)
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_WEEKDAY = re.compile(r"[a-z']+, *", re.ASCII)
_HOUR = re.compile(r"(\d{1,2})[.:](\d{2})(?::00)?", re.ASCII)
_MOMENT = re.compile(r"(.*?\d{4}|\d{4}-\d{1,2}-\d{1,2})(?:,? +(?:pukul +|pk\.? *|at +)?| *t)(\d{1,2}[.:]\d{2})", re.ASCII)
LONGEST: Final = 40  # more is no day


def read(text: str) -> date | None:
    """24/11/2026, 24-11-2026, 24.11.2026, 24 November 2026, 24 Nov 2026, 2026-11-24, each with or without "Sel, " before it.

    The day comes before the month. None for anything else, a year of two digits among it.
    """
    plain = " ".join(text[:LONGEST].lower().split())
    plain = plain[found.end() :] if (found := _WEEKDAY.match(plain)) else plain
    if found := _ISO.fullmatch(plain):
        year, month, day = found.groups()
    elif found := _NUMBERS.fullmatch(plain):
        day, _between, month, year = found.groups()
    elif found := _NAMED.fullmatch(plain):
        day, name, year = found.groups()
        month = next((str(n) for n, names in enumerate(_MONTHS, 1) if any(one.startswith(name) for one in names)), "0")
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def asked(text: str) -> date | None:
    """A day of an address on which something of ours could happen; None for any other, whose neighbours the calendar may lack."""
    found = read(text)
    return found if found is not None and moments.EARLIEST.date() <= found < date.max else None


def unread(*texts: str) -> bool:
    """Whether one of the days that were asked for cannot be read."""
    return any(text and asked(text) is None for text in texts)


def hour(text: str) -> time | None:
    """14.30, 14:30 or 14:30:00."""
    found = _HOUR.fullmatch(text.strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


def moment(text: str) -> datetime | None:
    """A day as `read` takes it, then an hour: 24/11/2026 14.30. Without a zone. None where either is missing."""
    found = _MOMENT.fullmatch(" ".join(text[:LONGEST].lower().split()))
    day, at = (read(found[1]), hour(found[2])) if found else (None, None)
    return datetime.combine(day, at) if day and at is not None else None
