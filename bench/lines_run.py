"""A plugin of pytest: which lines of some modules each test runs. `bench.mutants` loads it.

SIPATROL_LINES_OF names the modules, SIPATROL_LINES_TO the file that is written: test -> file -> lines. Only code of these modules is
watched (sys.monitoring), and a line once a test, so that the tests take hardly longer.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parent.parent
TOOL = sys.monitoring.COVERAGE_ID


class Lines:
    def __init__(self) -> None:
        self.of_test: dict[str, dict[str, set[int]]] = {}
        self.now: dict[str, set[int]] = defaultdict(set)
        self.watched: set[CodeType] = set()

    def watch(self, code: CodeType) -> None:
        """This code and what is defined in it."""
        sys.monitoring.set_local_events(TOOL, code, sys.monitoring.events.LINE)
        self.watched.add(code)
        for inner in code.co_consts:
            if isinstance(inner, CodeType):
                self.watch(inner)

    def hit(self, code: CodeType, line: int) -> Any:
        self.now[str(Path(code.co_filename).relative_to(PROJECT))].add(line)
        return sys.monitoring.DISABLE


def pytest_collection_finish(session: pytest.Session) -> None:
    """After collection: Django is set up, the modules are loaded by then as the tests use them."""
    lines = Lines()
    sys.monitoring.use_tool_id(TOOL, "lines of tests")
    sys.monitoring.register_callback(TOOL, sys.monitoring.events.LINE, lines.hit)
    for name in os.environ["SIPATROL_LINES_OF"].split(","):
        module = importlib.import_module(name)
        for code in _codes(module):
            lines.watch(code)
    session.config.stash[_LINES] = lines


_LINES = pytest.StashKey[Lines]()


def _codes(module: Any) -> list[CodeType]:
    """The code objects of the functions and classes that stand in this module's file."""
    import gc  # noqa: PLC0415

    return [
        found.__code__
        for found in gc.get_objects()
        if callable(found) and type(found).__name__ == "function" and found.__code__.co_filename == module.__file__
    ]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Any:
    lines = item.config.stash[_LINES]
    lines.now = defaultdict(set)
    sys.monitoring.restart_events()
    try:
        return (yield)
    finally:
        if lines.now:
            lines.of_test[item.nodeid] = lines.now


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _LINES in session.config.stash:
        found = session.config.stash[_LINES].of_test
        made = {test: {file: sorted(lines) for file, lines in files.items()} for test, files in found.items()}
        Path(os.environ["SIPATROL_LINES_TO"]).write_text(json.dumps(made))
