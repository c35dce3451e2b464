"""The layout of docs/developers/architecture.md has the floors of pyproject.toml, and folders that are there."""

from __future__ import annotations

import re
import tomllib

from tests.docs import documents


def layout() -> str:
    [block] = [
        one
        for one in documents.parts(documents.named()["docs/developers/architecture.md"])[0]
        if one.startswith("patrol/ ")
    ]
    return " ".join(block.split())


def test_the_floors_are_those_that_are_checked() -> None:
    contracts = tomllib.loads((documents.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [layers] = [one["layers"] for one in contracts if one["type"] == "layers"]
    floors = [{name.removeprefix("patrol.") for name in layer.split(" | ")} for layer in reversed(layers)]
    shown = layout().removeprefix("patrol/ ").split(" reports/")[0]
    assert [set(floor.split(", ")) for floor in shown.split(" · ")] == floors[:-1]
    assert floors[-1] == {"reports"}


def test_the_folders_are_there() -> None:
    folders = re.findall(r"(?<!\S)([a-z.]+)/", layout())
    assert [name for name in folders if not (documents.ROOT / name).is_dir()] == []
    assert {"patrol", "reports", "extension", "example", "tests", "docs"} <= set(folders)
