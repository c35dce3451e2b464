"""docs/adr/README.md lists every decision once, by its number and its title."""

from __future__ import annotations

import re

from tests.docs import documents

ADR = documents.ROOT / "docs/adr"


def test_the_list_is_that_of_the_files() -> None:
    written = []
    for file in sorted(ADR.glob("0*.md")):
        number, title = re.match(r"# (\d+)\. (.+)\n", file.read_text()).groups()  # type: ignore[union-attr]
        assert int(file.name[:4]) == int(number)
        written.append((number, title, file.name))
    listed = re.findall(r"^- (\d+) \[(.+)\]\(([^)]+)\)", (ADR / "README.md").read_text(), re.MULTILINE)
    assert listed == written


def test_what_was_replaced_is_marked_in_the_list() -> None:
    """As the decisions say it themselves, the old one in its status or the new one of what it replaces."""
    told = set()
    for file in ADR.glob("0*.md"):
        number, text = int(file.name[:4]), file.read_text()
        told |= {(number, int(new)) for new in re.findall(r"^Status: .*\breplaced by (?:decision )?\[?(\d+)", text, re.MULTILINE)}
        told |= {
            (int(old), number)
            for old in re.findall(r"^(?:Status: .*)?Replaces (?:the )?\[?(?:decision )?(?:of \[)?(\d+)", text, re.MULTILINE)
        }
    listed = re.findall(r"^- (\d+) .*\), (?:in part )?replaced by (\d+)$", (ADR / "README.md").read_text(), re.MULTILINE)
    assert {(int(old), int(new)) for old, new in listed} == told
    assert len(told) >= 4


def test_the_formatter_is_switched_off_nowhere() -> None:
    """Decision 12. The words are parted here, so that this file does not name itself."""
    off = "fmt: " + "skip"
    folders = ("patrol", "reports", "tests", "bench", "example", "docs")
    assert [str(file) for name in folders for file in (documents.ROOT / name).rglob("*.py") if off in file.read_text()] == []
