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
    listed = re.findall(r"^(\d+)\. \[(.+)\]\(([^)]+)\)", (ADR / "README.md").read_text(), re.MULTILINE)
    assert listed == written


def test_every_link_of_the_documents_leads_to_a_file() -> None:
    texts = documents.named() | {f"docs/adr/{file.name}": file.read_text() for file in ADR.glob("*.md")}
    broken = [
        (name, target)
        for name, text in texts.items()
        for target in re.findall(r"\]\(([^)#:]+)\)|(?<=src=\")([^\"]+)", text)
        for path in target
        if path and not (documents.ROOT / name).parent.joinpath(path).exists()
    ]
    assert broken == []
