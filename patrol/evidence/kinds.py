"""What a file that a person sent is, told from its bytes: its name and what a browser calls it prove nothing.

Nothing is opened here but the list of names in a ZIP: office files are sealed bytes, kept and given back as they came.
"""

from __future__ import annotations

import io
import zipfile
from typing import Final

from patrol.evidence import pictures

PDF: Final = "application/pdf"
TEXT: Final = "text/plain"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
# What is taken, and how the name of such a file ends when it is given back.
ENDINGS: Final = {PDF: "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", TEXT: "txt", DOCX: "docx", XLSX: "xlsx"}
_OFFICE: Final = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_MOST_ENTRIES: Final = 5_000  # of a ZIP: a long list of names costs memory, an office file has some dozens
_CONTROLS: Final = frozenset(map(chr, range(32))) - set("\t\n\r\f")


def media_type(content: bytes) -> str:
    """One of ENDINGS; "" for anything else, also for an office file with macros and for text that is not UTF-8."""
    if content.startswith(b"%PDF-"):
        return PDF
    if (picture := pictures.media_type(content)) in PICTURES:
        return picture
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return TEXT if _is_text(content) else ""


def _office(content: bytes) -> str:
    if content.count(b"PK\x01\x02") > _MOST_ENTRIES:
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            names = set(opened.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):  # also names that are no text
        return ""
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return ""
    found = [kind for name, kind in _OFFICE.items() if name in names]
    return found[0] if len(found) == 1 else ""


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and _CONTROLS.isdisjoint(text)
