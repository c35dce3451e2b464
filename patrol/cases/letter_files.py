"""A composed letter into files: PDF, the annex and the list of hashes. The Word file is that of `letter_word`.

Nothing of a file is worked out here: what it says is what `letters.compose` said.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string

from patrol.cases import analysing
from patrol.cases.letters import Letter
from patrol.evidence import pictures
from patrol.infra import printing

DRAFT: Final = "KONSEP, BELUM DIAJUKAN"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def banner(letter: Letter, *, draft: bool) -> str:
    """What is printed above the letter: that it is a draft, and that an article in it is confirmed by nobody."""
    said = [DRAFT] if draft else []
    if letter.mark:
        said.append(f"Pasal yang dikutip {analysing.MARK.id}")
    return ". ".join(said)


@functools.cache
def _css() -> str:
    """That of the preview on the screen: one paper."""
    return (settings.BASE_DIR / "static" / "letter.css").read_text()


def letter_pdf(letter: Letter) -> bytes:
    """Raises NoPdfError."""
    html = render_to_string("letters/letter.html", {"letter": letter, "banner": banner(letter, draft=False), "css": _css()})
    return printing.pdf(html, pdf_variant="pdf/ua-1")


def annex_html(letter: Letter, drawn: Mapping[str, pictures.Printed]) -> str:
    entries = [(one, drawn.get(one.picture)) for one in letter.entries]
    context = {"letter": letter, "entries": entries, "banner": banner(letter, draft=False), "css": _css()}
    return render_to_string("letters/annex.html", context)


def annex_pdf(letter: Letter, drawn: Mapping[str, pictures.Printed]) -> bytes:
    """With these screenshots, redrawn, by the SHA-256 of what was kept. Raises NoPdfError."""
    return printing.pdf(annex_html(letter, drawn), pictures={sha256: one.content for sha256, one in drawn.items()})


def hashes(letter: Letter) -> bytes:
    """Of every preserved copy, in the form `sha256sum --check` reads, and of every value its checksum."""
    lines = ["# SHA-256 rekaman yang kami simpan, dengan nomor tanda dan baris"]
    lines += [f"{one.copy}  {one.name}" for one in letter.entries if one.copy]
    lines += [f"{one.picture}  {one.name}-tangkapan-layar" for one in letter.entries if one.picture and one.picture != one.copy]
    return ("\n".join(lines) + "\n").encode()
