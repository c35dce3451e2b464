"""What PostgreSQL can keep of a text: neither NUL nor half a surrogate pair. The raw bytes keep the truth."""

from __future__ import annotations

# One for one, so that spans hold.
_UNKEEPABLE = {0: "\ufffd"} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def keepable(text: str) -> str:
    """The text with NUL and lone surrogates replaced one for one by U+FFFD; the same object where nothing is to replace."""
    if "\0" not in text:
        try:
            text.encode()
        except UnicodeEncodeError:
            pass
        else:
            return text
    return text.translate(_UNKEEPABLE)
