"""Which text a spreadsheet would run: asked by whatever writes a cell of CSV or XLSX from what strangers wrote."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_RUNS: Final = ("=", "+", "-", "@")  # OWASP, "CSV injection"; NFKC brings their full-width and small forms here, but for the minus sign
_PASSED_OVER: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})  # blanks of every width and what nobody sees: some part may skip them


def runs(text: str) -> bool:
    """Whether the text could be taken for a formula. A tab or carriage return at its beginning counts too: some part the cell there."""
    kept = (place for place, one in enumerate(text[:100]) if one not in "\"'" and unicodedata.category(one) not in _PASSED_OVER)
    begins = unicodedata.normalize("NFKC", text[next(kept, 0) :][:4]).replace("−", "-")
    return text[:1] in {"\t", "\r", "\0"} or begins.startswith(_RUNS)


def inert(text: str) -> str:
    """For a cell of CSV, behind the apostrophe that spreadsheets themselves write before text that is no formula."""
    return f"'{text}" if runs(text) else text


# Where a reader parts lines at another sign than the comma, what stands behind that sign is a cell of its own.
_PARTED: Final = re.compile(r"(?<=[,;|\t])([\s\"'\u200b-\u200f\u2060\ufeff]*)(?=[=+\-@＝＋－＠﹢﹣﹦﹫−])")


def cell(text: str) -> str:
    """The text for a cell of CSV, inert at whatever sign a reader parts the line, and on one line."""
    return inert(_PARTED.sub(r"\1'", " ".join(text.splitlines())))
