"""docs/developers/architecture.md and where-a-file-goes.md: the floors are those that are checked, and each place they name is there."""

from __future__ import annotations

import ast
import re
import tomllib

import pytest

from bench import structure
from tests.docs import documents

FOLDER = documents.ROOT / "docs" / "developers"
ARCHITECTURE = (FOLDER / "architecture.md").read_text()
WHERE = (FOLDER / "where-a-file-goes.md").read_text()
PLACES = sorted(set(re.findall(r"`((?:patrol|reports|templates|tests)/[\w./]+)(?:::(\w+))?`", ARCHITECTURE + WHERE)))


def test_the_floors_are_those_that_are_checked() -> None:
    contracts = tomllib.loads((documents.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [layers] = [one["layers"] for one in contracts if one["type"] == "layers"]
    floors = [[name.removeprefix("patrol.") for name in layer.split(" | ")] for layer in layers]
    block = ARCHITECTURE.split("## Floors\n")[1].split("## ")[0]
    shown = [re.split(r"\s{2,}", line.strip())[0].split(", ") for line in block.splitlines() if line.startswith("    ")]
    assert shown == floors


def test_every_package_has_a_floor_and_none_runs_in_a_circle() -> None:
    pairs = structure.imports()
    packages = {name for pair in pairs for name in pair} - set(structure.LOOSE) - {"templatetags"}
    contracts = tomllib.loads((documents.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [layers] = [one["layers"] for one in contracts if one["type"] == "layers"]
    floors = {name.removeprefix("patrol.") for layer in layers for name in layer.split(" | ")}
    assert packages == floors - {"tasks"}
    assert structure.circle(pairs) == []


def test_a_circle_would_be_found() -> None:
    pairs = structure.imports()
    pairs["domain", "reports"] += 1
    assert structure.circle(pairs) != []


def test_few_modules_stand_loose() -> None:
    loose = {file.stem for file in (documents.ROOT / "patrol").glob("*.py")} - {"__init__"}
    assert loose == set(structure.LOOSE)


@pytest.mark.parametrize("package", sorted(path.parent.name for path in (documents.ROOT / "patrol").glob("*/__init__.py")))
def test_every_package_says_what_belongs_there(package: str) -> None:
    if package not in {"migrations", "templatetags"}:
        assert ast.get_docstring(ast.parse((documents.ROOT / "patrol" / package / "__init__.py").read_text()))


def test_the_walk_names_a_function_at_every_step() -> None:
    rows = [line for line in ARCHITECTURE.split("| step |")[1].split("\n\n")[0].splitlines()[2:] if line]
    assert len(rows) > 14
    assert [row for row in rows if "::" not in row] == []


@pytest.mark.parametrize(("path", "name"), PLACES)
def test_the_place_is_there(path: str, name: str) -> None:
    place = documents.ROOT / path
    assert place.exists(), path
    if name:
        defined = {node.name for node in ast.parse(place.read_text()).body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        assert name in defined
