"""What a sent file is, by its bytes: each kind that is taken, and what only looks like it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from PIL import Image

from patrol.evidence import kinds


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "<x/>")
    return out.getvalue()


def picture(form: str = "PNG", colour: Any = (20, 90, 160)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (200, 120), colour).save(out, form)
    return out.getvalue()


CONTENT = "[Content_Types].xml"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", kinds.PDF),
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("WEBP"), "image/webp"),
        ("Surat dari kantor désa.\r\n\tNomor 12".encode(), kinds.TEXT),
        (b"\xef\xbb\xbfdengan tanda urutan", kinds.TEXT),
        (b"<script>alert(1)</script>", kinds.TEXT),  # kept and given back as text, shown nowhere
        (zipped(CONTENT, "word/document.xml"), kinds.DOCX),
        (zipped("_rels/.rels", "xl/workbook.xml", CONTENT), kinds.XLSX),
    ],
)
def test_what_is_taken(content: bytes, kind: str) -> None:
    assert kinds.media_type(content) == kind
    assert kind in kinds.ENDINGS


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        b" %PDF-1.7\x00",
        picture("GIF"),
        b"MZ\x90\x00",
        b"satu\x00dua",
        b"satu\x1b[2Jdua",
        "Jos\xe9".encode("latin-1"),
        "dua bita".encode("utf-16"),
        zipped("catatan.txt"),
        zipped("word/document.xml"),
        zipped(CONTENT, "word/document.xml", "xl/workbook.xml"),
        zipped(CONTENT, "word/document.xml", "word/vbaProject.bin"),
        zipped(CONTENT, "word/document.xml")[:-30],
        zipped(CONTENT, "word/document.xml") + b"PK\x01\x02" * 5_001,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",  # Word of before 2007, and an encrypted one
    ],
)
def test_what_is_not_taken(content: bytes) -> None:
    assert kinds.media_type(content) == ""
