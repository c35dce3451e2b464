"""Times as tables and exports write them. A cell says a moment, or it says nothing: never today by accident."""

from __future__ import annotations

import re
import warnings
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from patrol.domain import moments

_NUMBERS = re.compile(
    r"(?P<a>\d{1,4})[./-](?P<b>\d{1,2})[./-](?P<c>\d{1,4})"
    r"(?:[ ,T]+(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:](?P<second>\d{2}))?(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
    r"(?: ?(?P<zone>WIB|WITA|WIT))?)?"
)
_SHORT_YEAR = re.compile(r"^(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{2})(?=$|[ ,])")  # 13-Nov-26, as Excel writes it
_ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}


def unix(written: object) -> datetime | None:
    """Seconds or milliseconds since 1970; None for what is no such number of our days."""
    try:
        seconds = float(str(written).strip())
        if abs(seconds) > 1e11:
            seconds /= 1000
        moment = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment >= moments.EARLIEST else None  # a small number is no time


@lru_cache(maxsize=4096)
def parse(written: str, zone: tzinfo, order: str) -> datetime | None:
    """The moment in UTC; a time without a zone is of `zone`. `order`: "dmy" or "mdy", for dates in numbers. None: no time."""
    written = written.strip()
    if not written or len(written) > 80:
        return None
    if re.fullmatch(r"\d{9,13}(?:\.\d+)?", written):
        return unix(written)
    moment = _iso(written) or _numbers(written, order) or _words(written, order)
    if moment is None:
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _iso(written: str) -> datetime | None:
    if re.match(r"\d{4}-\d\d-\d\d(?:$|[ T]\d\d:\d\d)", written) is None:  # "08.30" it would take for 8 hours and a fraction
        return None
    try:
        return datetime.fromisoformat(written.replace(" UTC", "+00:00"))
    except ValueError:
        return None


def _numbers(written: str, order: str) -> datetime | None:
    match = _NUMBERS.fullmatch(written)
    if match is None:
        return None
    a, b, c = int(match["a"]), int(match["b"]), int(match["c"])
    if a > 31:
        year, month, day = a, b, c
    else:
        month_first = (order == "mdy" and a <= 12) or b > 12
        year, month, day = (c, a, b) if month_first else (c, b, a)
    hour = int(match["hour"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"] in "pP" else 0)
    try:
        moment = datetime(  # noqa: DTZ001 -- the zone of the file is put on by the caller
            year + (2000 if year < 100 else 0), month, day, hour, int(match["minute"] or 0), int(match["second"] or 0)
        )
    except ValueError:
        return None
    if match["zone"]:
        return moment.replace(tzinfo=timezone(timedelta(hours=_ZONES[match["zone"]])))
    return moment


def _words(written: str, order: str) -> datetime | None:
    """Dates in words, Indonesian or English. Only whole ones: "kemarin" depends on a day the file does not tell."""
    written = _SHORT_YEAR.sub(r"\1 \2 20\3", written)
    if re.search(r"\b(?:19|20)\d\d\b", written) is None or re.search(r"\d", written) is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import dateparser  # noqa: PLC0415 -- a tenth of a second of each process's start, and few read a date in words

            found: datetime | None = dateparser.parse(
                written,
                languages=["id", "en"],
                settings={
                    "DATE_ORDER": "MDY" if order == "mdy" else "DMY",
                    "REQUIRE_PARTS": ["day", "month", "year"],
                    "PARSERS": ["absolute-time", "custom-formats"],
                },
            )
    except (ValueError, OverflowError, TypeError, RecursionError):
        return None
    return found
