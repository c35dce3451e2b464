"""Templates are code: narrow enough to read, drawings in files of their own, sentences that are one line in the catalogue."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings

FOLDER = settings.BASE_DIR / "templates"
PAGES = sorted(path for path in FOLDER.rglob("*") if path.is_file())
COLUMNS = 120


def wide(text: str) -> list[int]:
    """The numbers of the lines that are too long."""
    return [number for number, line in enumerate(text.splitlines(), 1) if len(line) > COLUMNS]


def test_no_line_is_wider_than_a_page_of_code() -> None:
    assert {str(path.relative_to(FOLDER)): wide(path.read_text("utf-8")) for path in PAGES if wide(path.read_text("utf-8"))} == {}
    assert len(PAGES) > 100


def test_a_line_of_121_is_too_wide() -> None:
    assert wide("x" * 120) == []
    assert wide("x\n" + "x" * 121) == [2]


def test_drawings_are_files_of_their_own() -> None:
    assert [str(path.relative_to(FOLDER)) for path in PAGES if path.suffix != ".svg" and "<svg" in path.read_text("utf-8")] == []


def bare(text: str) -> list[int]:
    """The numbers of the lines that show a hash outside of what somebody opens for it."""
    found, inside = [], False
    for number, line in enumerate(text.splitlines(), 1):
        inside = (inside or "<details" in line) and "</details" not in line
        if not inside and re.search(r"SHA-256|\{\{[^}]*(sha256|hash)", line) and 'value="' not in line:
            found.append(number)
    return found


def test_hashes_stand_behind_technical_details() -> None:
    pages = [path for path in PAGES if path.is_relative_to(FOLDER / "workbench")]
    assert {str(path.relative_to(FOLDER)): bare(path.read_text("utf-8")) for path in pages if bare(path.read_text("utf-8"))} == {}
    assert bare("<details>\n{{ one.sha256 }}\n</details>\n{{ row.hashes|join }}\nSHA-256") == [4, 5]


def localised(text: str) -> list[str]:
    """What stands in attributes that a browser reads as a number, and is written as people read it: 4000 as "4.000", which is four."""
    number = re.compile(
        r'\b(?:maxlength|minlength|max|min|rows|step)="\{\{ ?([^}]*?) ?\}\}"|\bvalue="\{\{ ?([^}"]*\.(?:pk|id)\b[^}]*?) ?\}\}"'
    )
    return [told for pair in number.findall(text) if "unlocalize" not in (told := "".join(pair))]


def test_browsers_read_numbers_without_points() -> None:
    pages = [path for path in PAGES if path.suffix == ".html"]
    found = {str(path.relative_to(FOLDER)): localised(path.read_text("utf-8")) for path in pages}
    assert {page: told for page, told in found.items() if told} == {}
    attributes = 'maxlength="{{ most }}" rows="{{ lines|unlocalize }}" value="{{ to.pk|default:\'\' }}" value="{{ text }}" max="9"'
    assert localised(attributes) == ["most", "to.pk|default:''"]


def test_no_sentence_has_the_line_breaks_of_its_template() -> None:
    entries = polib.pofile(str(settings.BASE_DIR / "locale/id/LC_MESSAGES/django.po"))
    assert [entry.msgid for entry in entries if "\n" in entry.msgid + (entry.msgid_plural or "")] == []


def test_the_text_of_a_post_gets_no_space() -> None:
    """It is shown with all its spaces: the file that writes it has none of its own between tags."""
    for name in ("workbench/hits.html", "public/check_pieces.html"):
        text = (FOLDER / name).read_text("utf-8")
        assert not re.search(r"[%}>]\s+[<{]|^\s|\s$", re.sub(r"<[^<>]*>", "<>", re.sub(r"{%.*?%}", "{%%}", text)))


@pytest.mark.parametrize(
    ("text", "right"), [("<p>\n  {% if a %}\n    b\n  {% endif %}\n</p>\n", True), ("<p>\n{% if a %}\nb\n{% endif %}</p>\n", False)]
)
def test_the_formatter_sees_a_template_out_of_form(text: str, right: bool, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(text)
    asked = [sys.executable, "-m", "djlint", str(page), "--check", "--quiet", "--configuration", str(settings.BASE_DIR / "pyproject.toml")]
    assert (subprocess.run(asked, check=False, capture_output=True, cwd=settings.BASE_DIR).returncode == 0) is right
