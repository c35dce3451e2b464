"""A composed letter as a Word file.

A module of its own, imported where a file is made: python-docx takes a tenth of a second to load, which each process would pay.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any, Final

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from patrol.cases import letter_files
from patrol.cases.letters import Letter

_MONO: Final = "Consolas"  # tells 1, l and I apart, and 0 and O; Word has it
_UNWRITABLE: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # by XML, and so by Word


def written(letter: Letter, *, now: datetime) -> bytes:
    """The letter with the list of its lines, for whoever signs on paper or puts it into their own filing."""
    document: Any = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Cm(2.5), Cm(2), Cm(1.8), Cm(2)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(10.5)
    style.paragraph_format.space_after = Pt(4)
    about = document.core_properties
    about.author = about.last_modified_by = "SIPatrol"
    about.title, about.created, about.modified = _written(letter.number), now.replace(tzinfo=None), now.replace(tzinfo=None)
    _head(document, letter)
    if said := letter_files.banner(letter, draft=False):
        _paragraph(document, said, bold=True, centred=True)
    for title, words in (("Nomor", letter.number), ("Sifat", letter.nature), ("Lampiran", letter.enclosed), ("Hal", letter.subject)):
        day = f"\t{letter.place}, {letter.day}" if title == "Nomor" else ""
        line = _paragraph(document, f"{title}\t: {words}{day}", after=0)
        line.paragraph_format.tab_stops.add_tab_stop(Cm(2.2))
        line.paragraph_format.tab_stops.add_tab_stop(Cm(16.5), WD_TAB_ALIGNMENT.RIGHT)
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Cm(2.4), Cm(-2.4)
    _paragraph(document, "")
    for number, words in enumerate(letter.addressee):
        _paragraph(document, f"Yth. {words}" if number == 0 else words, after=0)
    _paragraph(document, "")
    for words in letter.body:
        line = _paragraph(document, words)
        point = words.startswith("- ")
        line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        line.paragraph_format.first_line_indent = Cm(-0.4 if point else 1)
        line.paragraph_format.left_indent = Cm(1.4 if point else 0)
    for number, words in enumerate((f"{letter.signer_title},", "", "", "", letter.signer_name)):
        line = _paragraph(document, words, bold=number == 4, after=0)
        line.paragraph_format.left_indent, line.paragraph_format.keep_with_next = Cm(9), number < 4
    if letter.copies:
        _paragraph(document, "")
        _paragraph(document, "Tembusan:", after=0)
        for number, words in enumerate(letter.copies, 1):
            _paragraph(document, f"{number}. {words}", after=0)
    document.add_page_break()
    _paragraph(document, f"Daftar pada lampiran surat nomor {letter.number}", bold=True)
    _table(document, letter)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _written(words: str) -> str:
    """With a sign that is seen in the place of each that Word cannot hold, as come along when text is copied out of other programs."""
    return _UNWRITABLE.sub("\ufffd", words)


def _paragraph(document: Any, words: str, *, bold: bool = False, centred: bool = False, after: float | None = None) -> Any:
    line = document.add_paragraph()
    line.add_run(_written(words)).bold = bold
    if centred:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if after is not None:
        line.paragraph_format.space_after = Pt(after)
    return line


def _head(document: Any, letter: Letter) -> None:
    for words in letter.kop:
        _paragraph(document, words.upper(), bold=True, centred=True, after=0)
    last = _paragraph(document, letter.address, centred=True, after=10)
    last.runs[0].font.size = Pt(8.5)
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for key, value in (("val", "thickThinSmallGap"), ("sz", "18"), ("space", "4"), ("color", "000000")):
        line.set(qn(f"w:{key}"), value)
    border.append(line)
    last._p.get_or_add_pPr().append(border)  # noqa: SLF001 -- the library has no word for a border


def _table(document: Any, letter: Letter) -> None:
    rows = [("No", "Jenis", "Tanda", "Nilai", "Periksa")]
    rows += [(str(one.place), one.kind, one.flag, one.value or "hanya dalam berkas CSV dan JSON", one.check) for one in letter.entries]
    table = document.add_table(rows=0, cols=5)
    table.style, table.autofit = "Table Grid", False
    for number, words in enumerate(rows):
        for place, (cell, text, width) in enumerate(zip(table.add_row().cells, words, (1, 2, 2.6, 8.4, 2.5), strict=True)):
            cell.width = Cm(width)
            run = cell.paragraphs[0].add_run(_written(text))
            run.font.size, run.bold = Pt(8.5), number == 0
            if place >= 3 and number:
                run.font.name = _MONO
