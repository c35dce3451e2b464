"""Fixtures of the commands that judge labelled posts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.management import sets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with posts.jsonl, labels.jsonl and the register."""
    sets.write(tmp_path)
    return tmp_path
