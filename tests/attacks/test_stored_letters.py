"""A letter of a referral is text: in the Word file and in the PDF, whatever was written into what it says.

The payloads of tests.attacks.payloads in each string of a composed letter. Such files run nothing by themselves; what could is a part of
its own in them (fields, links, objects, scripts, actions), and none may come of a payload.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from dataclasses import replace

import docx

from patrol.cases import letter_files, letter_word, letters
from tests import pdf_text
from tests.attacks.payloads import PAYLOADS
from tests.factories import NOW

ODD = tuple(one for one in PAYLOADS if not one.isprintable())  # with signs that a file may not hold
SOME = PAYLOADS if os.environ.get("STORED_ROUNDS") else (*PAYLOADS[::18], *ODD)
TURNED = "\u202e"  # what stands behind it is drawn backwards
# Of Word: a field, a link, an object, a macro, what is fetched. Of PDF: a script, an action, a program, a file, an address.
_WORD = re.compile(r'<w:(?:fldSimple|instrText|hyperlink|object|altChunk|subDoc|control)\b|vbaProject|TargetMode="External"')
_PDF = re.compile(r"/(?:JavaScript|JS|OpenAction|AA|Launch|URI|SubmitForm|GoToR|EmbeddedFile|RichMedia|AcroForm|XFA)\b")


def letter() -> letters.Letter:
    all_of_them = tuple(SOME)
    one = SOME[0]
    entry = letters.Entry(1, one, one, one, one, ((one, one, one),), (one,), "", "", one)
    return letters.Letter(
        kop=all_of_them[:3],
        address=one,
        number=one,
        place=one,
        day=one,
        nature=one,
        enclosed=one,
        subject=one,
        addressee=all_of_them[:5],
        body=all_of_them,
        signer_title=one,
        signer_name=one,
        copies=all_of_them[-5:],
        referral=one,
        entries=tuple(
            replace(entry, place=number, value=said, cells=((said, said, said),), analysis=(said,))
            for number, said in enumerate(SOME, start=1)
        ),
    )


def plain(text: str) -> str:
    """Letters and figures: paper breaks lines, draws some signs as others and leaves out what is not seen."""
    return re.sub(r"[\W_]+", "", text)


def test_a_word_file_holds_the_payloads_as_text_alone() -> None:
    content = letter_word.written(letter(), now=NOW)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode("latin-1") for name in archive.namelist()}
    assert {name: _WORD.findall(text) for name, text in parts.items() if _WORD.findall(text)} == {}
    assert sorted(parts) == sorted(zipfile.ZipFile(io.BytesIO(empty())).namelist())  # no part but those of any letter
    document = docx.Document(io.BytesIO(content))
    said = plain("\n".join(one.text for one in document.paragraphs))
    listed = [row.cells[3].text for row in document.tables[0].rows[1:]]
    assert [one for one in SOME if plain(one) not in said] == []
    assert [plain(one) for one in listed] == [plain(one) for one in SOME]


def test_a_printed_letter_and_its_annex_hold_the_payloads_as_text_alone() -> None:
    for content in (letter_files.letter_pdf(letter()), letter_files.annex_pdf(letter(), {})):
        opened = "\n".join([content.decode("latin-1"), *pdf_text._streams(content).values()])
        assert _PDF.findall(opened) == []
        said = plain(pdf_text.said(content))
        assert [one for one in SOME if plain(one) not in said and TURNED not in one] == []


def test_what_could_run_is_seen_where_it_is() -> None:
    """The control: a link of our own in a page that is printed, and a field in a Word file."""
    from patrol.infra import printing  # noqa: PLC0415

    linked = printing.pdf('<html lang="id"><title>Contoh</title><p><a href="https://contoh.example/">contoh</a></p></html>')
    opened = "\n".join([linked.decode("latin-1"), *pdf_text._streams(linked).values()])
    assert "/URI" in _PDF.findall(opened)
    assert _WORD.search('<w:fldSimple w:instr="DDE">')


def empty() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()
