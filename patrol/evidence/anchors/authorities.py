"""The time-stamp authorities (RFC 3161) that are asked, in the order of TIMESTAMP_URL: each has a job of its own, so that one that is away
keeps no other waiting. They are counted from 0."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

STAMP = "time_stamp"  # the kind of the job that stamps the newest manifest
_KEY = "newest"


def urls() -> list[str]:
    return [one.strip() for one in settings.TIMESTAMP_URL.split(",") if one.strip()]


def address(authority: int) -> str:
    """Where it lies in the ministry's own network; "" for one outside."""
    given = [one.strip() for one in settings.TIMESTAMP_ADDRESS.split(",")]
    return "" if authority >= len(given) or given[authority] == "-" else given[authority]


def name(authority: int) -> str:
    """As people call it: its host."""
    return urlsplit(urls()[authority]).hostname or ""


def key(authority: int) -> str:
    """Of its job."""
    return _KEY if authority == 0 else f"{_KEY}-{authority + 1}"


def of_key(job: str) -> int | None:
    """The one this job is for; None where that is asked no more."""
    return next((one for one in range(len(urls())) if key(one) == job), None)
