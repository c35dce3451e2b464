"""The browser extension as this installation gives it out: one ZIP, made from the files it came with."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parents[2] / "extension"
NAME: Final = "perekam-sipatrol"  # without a version: an unpacked extension is known by its path, and stays paired where that stays
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)  # of a ZIP; the same files give the same bytes


@cache
def version() -> str:
    """Of the manifest, as "1.0.0"."""
    return str(json.loads((FOLDER / "manifest.json").read_text())["version"])


@cache
def packed() -> bytes:
    """All its files in one folder, to be unpacked and loaded by the browser."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(FOLDER.rglob("*")):
            if path.is_file():
                told = zipfile.ZipInfo(f"{NAME}/{path.relative_to(FOLDER).as_posix()}", _EARLIEST)
                archive.writestr(told, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return out.getvalue()
