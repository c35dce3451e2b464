"""docs/letters: each example says what the product prints today (`docs/letters.py` makes them anew)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests import pdf_text
from tests.docs import documents


def _words(folder: Path) -> dict[str, str]:
    """Without blanks: where lines are broken is the affair of fonts and of the version of the printer."""
    return {file.name: "".join(pdf_text.said(file.read_bytes()).split()) for file in sorted(folder.glob("*.pdf"))}


def test_each_example_says_what_is_printed_today(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "docs/letters.py", str(tmp_path)], cwd=documents.ROOT, check=True)
    assert _words(documents.ROOT / "docs/letters") == _words(tmp_path)
