"""What kind of browser asks, as a person would say it: enough to know one's own again, and too little to follow anybody by."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

# Part of the header -> name; the first that is found, because each claims to be those behind it.
_PROGRAMS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def kind(request: HttpRequest) -> str:
    """ "Firefox, Windows"; "" where the header says nothing of it."""
    said = request.META.get("HTTP_USER_AGENT", "")
    return ", ".join(next((name for part, name in table if part in said), "") for table in (_PROGRAMS, _SYSTEMS)).strip(", ")
