"""Another order: files among each other, tests within their file, so that none leans on what ran before it.

make test PYTEST="-p tests.shuffled"              by an order drawn anew, named at the end
make test PYTEST="-p tests.shuffled --order 7"    by that one again
"""

from __future__ import annotations

import random
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--order", type=int, help="the order of the tests by its number; drawn where it is not given")


def pytest_configure(config: pytest.Config) -> None:
    if config.option.order is None:
        given = getattr(config, "workerinput", {})
        config.option.order = given["order"] if given else random.randrange(1_000_000)
    config.option.loadscopereorder = False  # xdist would put the files with most tests first again


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """xdist's workers are given the order of the process that started them: they must agree."""
    node.workerinput["order"] = node.config.option.order


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    files: dict[Any, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    drawn, parts = random.Random(config.option.order), list(files.values())
    drawn.shuffle(parts)
    for part in parts:
        drawn.shuffle(part)
    items[:] = [item for part in parts for item in part]


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    terminalreporter.write_line(f"in the order --order {config.option.order}")
