"""What no public page, card or caption says of an offer, in either language: whatever it was compared with, nobody here can clear it or
condemn it. What a register shows, and on which day, can be said instead."""

from __future__ import annotations

import re
from typing import Final

FORBIDDEN: Final = ("aman", "legal", "ilegal", "resmi", "safe", "illegal", "safely", "legally", "illegally", "!")
_FOUND: Final = re.compile(r"(?<!\w)(?:" + "|".join(one for one in FORBIDDEN if one != "!") + r")(?!\w)|!", re.IGNORECASE)


def forbidden(text: str) -> list[str]:
    """The forbidden words and signs that stand in the text, as they are written there, each once."""
    return list(dict.fromkeys(_FOUND.findall(text)))
