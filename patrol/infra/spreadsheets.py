"""Which text a spreadsheet would run: asked by whatever writes a cell of CSV or XLSX from what strangers wrote."""

from __future__ import annotations

import unicodedata
from typing import Final

_RUNS: Final = ("=", "+", "-", "@")  # OWASP, "CSV injection"; NFKC brings their full-width and small forms here, but for the minus sign
_SKIPPED: Final = " \t\r\n\0\"'"  # what a spreadsheet may pass over before them


def runs(text: str) -> bool:
    """Whether the text could be taken for a formula. A tab or carriage return at its beginning counts too: some part the cell there."""
    begins = unicodedata.normalize("NFKC", text[:100].lstrip(_SKIPPED)).replace("−", "-")
    return text[:1] in {"\t", "\r", "\0"} or begins.startswith(_RUNS)


def inert(text: str) -> str:
    """For a cell of CSV, behind the apostrophe that spreadsheets themselves write before text that is no formula."""
    return f"'{text}" if runs(text) else text
