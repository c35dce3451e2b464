"""A file that a docstring, a comment or a page of docs/ names is there; a module that the docstring of a package names, too.

A name is found by its end: `transport/http.py` for patrol/sources/transport/http.py. Names in capitals stand for many.
"""

from __future__ import annotations

import ast
import io
import re
import subprocess
import tokenize
from pathlib import Path

import pytest

from tests.docs import documents

ROOT = documents.ROOT
FOLDERS = ("bench", "docs", "example", "patrol", "reports", "tests")
NAMED = re.compile(r"(?<![\w./<>{}*-])((?:[a-z_][\w-]*/)*[a-z_][\w-]*\.(?:conf|css|html|js|md|py|sql|toml|yml))\b(?![/(])")
MODULE = re.compile(r"`([a-z_]+)(?:\.[a-z_]+)*`")
OF_OTHERS = {"wabac.js"}  # the program that replays archives
MADE = {"untuk-kantor.html"}  # by a command, beside what it tells of
GONE = {"unoffered.py"}  # the decision that tells of its end names it


def _ends() -> set[str]:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    parts = [name.split("/") for name in tracked]
    return {"/".join(name[start:]) for name in parts for start in range(len(name))}


def _said(file: Path) -> list[str]:
    """Comments, and strings that stand alone: docstrings of modules, classes, functions and fields."""
    source = file.read_text()
    if NAMED.search(source) is None:
        return []
    alone = {node.lineno for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    return [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and token.start[0] in alone)
    ]


def test_each_file_that_is_named_is_there() -> None:
    there = _ends() | OF_OTHERS | MADE | GONE
    said = {str(file): _said(file) for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")}
    said |= {str(file): re.findall(r"`[^`\n]+`", file.read_text()) for file in (ROOT / "docs").rglob("*.md")}
    named = {
        (Path(file).relative_to(ROOT).as_posix(), name) for file, texts in said.items() for text in texts for name in NAMED.findall(text)
    }
    assert len(named) > 100
    assert sorted((file, name) for file, name in named if name not in there) == []


@pytest.mark.parametrize("docstring", [' """See sources/http.py."""', "# web_selectors.py has the words"])
def test_a_file_that_is_gone_is_found(docstring: str) -> None:
    assert [name in _ends() for name in NAMED.findall(docstring)] == [False]


def _words(package: Path, docstring: str) -> set[str]:
    """What the package's own files call anything, and its files and folders; other packages by their names."""
    files = [file for file in package.rglob("*") if file.suffix in {".py", ".toml"}]
    text = " ".join(file.read_text().replace(docstring, "") for file in files)
    return set(re.findall(r"\w+", text)) | {file.stem for file in package.rglob("*")} | {file.name for file in (ROOT / "patrol").iterdir()}


@pytest.mark.parametrize(
    "file",
    [file for name in ("patrol", "reports") for file in sorted((ROOT / name).rglob("__init__.py"))],
    ids=lambda file: file.parent.name,
)
def test_what_a_package_says_of_its_modules_is_there(file: Path) -> None:
    docstring = ast.get_docstring(ast.parse(file.read_text()), clean=False) or ""
    assert set(MODULE.findall(docstring)) <= _words(file.parent, docstring)
