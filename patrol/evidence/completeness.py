"""Why a preserved file is not the whole of what was there: as its record says it, for the page of its history, the flag and the minutes."""

from __future__ import annotations

from typing import Final

from patrol import models
from patrol.domain import Sentence
from patrol.evidence import archive

# What broke off at a limit of size or time, or because the other side hung up: its record does not say which.
CUT: Final = Sentence("Isinya tidak diterima seluruhnya.", "Not all of it was received.")


def lacks(capture: models.Capture) -> list[Sentence]:
    """Empty where it is whole. `Capture.truncated` alone says only that something lacks: of a page mostly some of its files."""
    found = [archive.PARTIAL[code] for code in capture.options.get("partial", ()) if code in archive.PARTIAL]
    if found or not capture.truncated:
        return found
    return [archive.PARTIAL["height"] if "complete" in capture.options else CUT]  # the extension says whether its picture is the page
