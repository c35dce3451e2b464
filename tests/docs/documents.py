"""What README.md, CHANGELOG.md and the pages of docs/ say, cut into what the tests here look for: commands and sentences.

A command stands in a block (a line indented by four blanks or more), in backticks, or in the table headed `manage.py …`, where
`manage.py` is left out. What follows a number sign is a note to the command, and may be another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OWN = {file.stem for file in (ROOT / "patrol/management/commands").glob("[a-z]*.py")} | {"check", "collectstatic"}
_COMMAND = re.compile(
    r"([A-Z_]+=\S+ )*(make|manage\.py|python|\.venv/bin/python|docker|psql|openssl|install|chromium|echo|faketime)( \S|$)"
)
_HEAD = "`manage.py …`"


def named() -> dict[str, str]:
    """Each document's text by its path. The decisions (docs/adr) are left out: they say what was decided, on their day."""
    pages = [file for file in sorted((ROOT / "docs").rglob("*.md")) if file.parent.name != "adr"]
    return {str(file.relative_to(ROOT)): file.read_text() for file in (ROOT / "README.md", ROOT / "CHANGELOG.md", *pages)}


def whole() -> str:
    """The text of every document."""
    return "\n\n".join(named().values())


def commands(text: str) -> Iterator[str]:
    """Every command in the order in which it stands, once for each time."""
    for written in _written(text):
        for part in re.split(r"\s+# ", written):
            whole = f"manage.py {part}" if part.split(" ", 1)[0] in OWN else part
            if _COMMAND.match(whole):
                yield " ".join(whole.split())


def _written(text: str) -> Iterator[str]:
    blocks, prose = parts(text)
    for block in blocks:
        # A pipe at the end, or an option at the beginning, goes on with the line before.
        yield from re.sub(r"(?<=\|)\n *|\n *(?=\[)", " ", block).splitlines()
    table = False
    for paragraph in prose:
        for line in paragraph.splitlines() if paragraph.startswith("|") else [paragraph]:
            codes = re.findall(r"`([^`]+)`", line)
            table = line.startswith("|") and (table or line.startswith(f"| {_HEAD} "))
            if table and codes and _HEAD not in line:
                yield f"manage.py {codes.pop(0)}"
            yield from (code.replace("\n", " ") for code in codes)


def parts(text: str) -> tuple[list[str], list[str]]:
    """The blocks, their indent taken away, and the paragraphs of the rest."""
    blocks, prose = [], []
    for paragraph in re.split(r"\n\s*\n", text):
        lines = paragraph.splitlines()
        inside = [line for line in lines if re.match(r" {4,}\S", line)]
        if inside:
            blocks.append("\n".join(line.strip() for line in inside))
        rest = "\n".join(line for line in lines if line not in inside).strip()
        if rest:
            prose.append(rest)
    return blocks, prose


def sentences(text: str) -> Iterator[str]:
    """Sentences and cells of tables, in one line each; what stands in backticks is left out."""
    for paragraph in parts(text)[1]:
        for line in paragraph.splitlines() if paragraph.startswith("|") else re.split(r"\n(?=\s*[-#*0-9])", paragraph):
            whole = re.sub(r"\]\([^)]*\)", "]", re.sub(r"`[^`]*`", "`…`", line))
            for sentence in re.split(r"(?<=[.;:])\s+|\|", whole.replace("\n", " ")):
                if sentence.strip():
                    yield " ".join(sentence.split())
