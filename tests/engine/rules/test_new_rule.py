"""docs/developers/new-rule.md, done: a copy of the product gets one file and one line, and the rule speaks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests import copied

RULE = """\"\"\"Magic, told of by an invented rule.\"\"\"

from patrol.domain import Kind, PhraseGroup, Sentence
from patrol.engine.rules import deceit, signs

NAME = "invented"
VERSION = 1
POINTS = 0.4
TITLE = Sentence("Rekaan", "Invented")
NEEDS = frozenset((PhraseGroup.MAGIC,))


def find(reading, check):
    del check
    magic = deceit.practised(reading, PhraseGroup.MAGIC)
    return signs.finding(NAME, VERSION, POINTS, Sentence("Rekaan.", "Invented."), kinds=(Kind.FRAUD,), claims=magic) if magic else None
"""
POSTS = ("Mahar pengunci majikan 500 ribu, WA 0840 5550 0001", "Selamat pagi semuanya, semoga sehat selalu.")


def found(product: Path, folder: Path) -> list[list[str]]:
    """The rules that `manage.py assess` names for each post; no server is asked."""
    ended = subprocess.run(
        [sys.executable, "manage.py", "assess", "--now", "2026-11-20"],
        input="".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(POSTS)),
        capture_output=True,
        text=True,
        check=True,
        cwd=product,
        env={**os.environ, "DATABASE_URL": f"postgresql://nobody@/nothing?host={folder}"},
        timeout=600,
    )
    return [sorted(one["rule"] for one in json.loads(line)["findings"]) for line in ended.stdout.splitlines()]


def test_one_file_and_one_line_make_a_rule(tmp_path: Path) -> None:
    product = copied.product(tmp_path / "product")
    before = found(product, tmp_path)
    assert [("magic_sold" in rules, "invented" in rules) for rules in before] == [(True, False), (False, False)]
    (product / "patrol/engine/rules/invented.py").write_text(RULE)
    assert found(product, tmp_path) == before
    table = product / "patrol/engine/rules/__init__.py"
    lines = table.read_text().splitlines(keepends=True)
    [place] = [n for n, line in enumerate(lines) if line == '    "irregular_route",\n']
    table.write_text("".join([*lines[:place], '    "invented",\n', *lines[place:]]))
    assert found(product, tmp_path) == [sorted([*before[0], "invented"]), before[1]]
