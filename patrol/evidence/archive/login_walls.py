"""Whether a page that came is the page, or a door: platforms answer 200 with "log in to see more"."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# Where platforms send who is not logged in; whole parts of a path.
_DOORS = frozenset(("login", "login.php", "signin", "sign_in", "sign-in", "masuk", "checkpoint", "challenge", "flow", "authorize", "uas"))
_ASKS = re.compile(r"\b(log ?in|sign ?in|sign ?up|log into|create (an|new) account|masuk|daftar|buat akun( baru)?)\b", re.IGNORECASE)
_SHORT = 1_200  # characters: a page that shows a post and a small "log in" is a page


def asks_for_login(url: str, words: str, passwords: int) -> bool:
    """`url` where the page ended, `words` it shows, `passwords` how many fields for one it has."""
    try:
        path = urlsplit(url).path
    except ValueError:
        path = ""
    if any(part.casefold() in _DOORS for part in path.split("/") if part) and (passwords or _ASKS.search(words)):
        return True
    return len(words) < _SHORT and bool(_ASKS.search(words)) and (passwords > 0 or len(_ASKS.findall(words)) > 1)
