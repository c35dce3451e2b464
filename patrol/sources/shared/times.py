"""Times as feeds write them: RFC 822, ISO 8601, and both with Indonesian month names and zones."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from patrol import domain

_MONTHS = {
    "januari": "Jan",
    "februari": "Feb",
    "pebruari": "Feb",
    "maret": "Mar",
    "april": "Apr",
    "mei": "May",
    "juni": "Jun",
    "juli": "Jul",
    "agustus": "Aug",
    "agu": "Aug",
    "agt": "Aug",
    "september": "Sep",
    "oktober": "Oct",
    "okt": "Oct",
    "november": "Nov",
    "nopember": "Nov",
    "nop": "Nov",
    "desember": "Dec",
    "des": "Dec",
}
_ZONES = {"wib": "+0700", "wita": "+0800", "wit": "+0900"}
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)


def parse(written: str) -> tuple[datetime | None, bool]:
    """The moment in UTC, and whether its zone was assumed (Asia/Jakarta). (None, False) for what cannot be read."""
    moment = _parsed(written.strip())
    if moment is None:
        return None, False
    assumed = moment.tzinfo is None
    try:
        return (moment.replace(tzinfo=domain.LAW_ZONE) if assumed else moment).astimezone(UTC), assumed
    except (OverflowError, ValueError):  # the first and last days of the calendar
        return None, False


def _parsed(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        pass
    english = _WORD.sub(_translated, re.sub(r"^\w+,\s*", "", written))
    try:
        moment = parsedate_to_datetime(english)
    except (ValueError, OverflowError):
        return None
    # RFC 5322: -0000 means UTC without word about the place; the library hands it on as no zone at all.
    return moment.replace(tzinfo=UTC) if english.endswith("-0000") else moment


def _translated(match: re.Match[str]) -> str:
    word = match.group().lower()
    return _ZONES.get(word) or _MONTHS.get(word) or match.group()
