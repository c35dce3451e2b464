"""Which door an address belongs to: the public desk's, or the workbench's (ADR 61).

Where the desk is on, what is not the workbench's is the public's, also what does not exist: a stranger who mistypes an address is
answered by the page for strangers.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings

HEALTH: Final = "/health/"
WORKBENCH: Final = (HEALTH, "/kerja/", "/rekam/", "/bahasa/")  # of patrol.urls; a test compares both
PUBLIC_URLS: Final = "patrol.public.urls"  # by dotted string: lower floors ask by it how much an address takes


def language(path: str) -> str:
    """In which language the desk answers this path."""
    return "en" if f"{path}/".startswith("/en/") else "id"


def is_public(path: str) -> bool:
    """Whether the public desk answers this path. With PUBLIC_DESK=alone it answers all but the health page."""
    if settings.PUBLIC_DESK == "0":
        return False
    if settings.PUBLIC_DESK == "alone":
        return path != HEALTH
    return not f"{path}/".startswith(WORKBENCH)
