from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as configured


@pytest.fixture(autouse=True)
def places(tmp_path: Path) -> Iterator[None]:
    """Nothing of a test is written where another looks."""
    kept = configured.ANCHOR_KEY, configured.ANCHOR_DIR
    configured.ANCHOR_KEY, configured.ANCHOR_DIR = str(tmp_path / "anchor-key"), str(tmp_path / "anchors")
    yield
    configured.ANCHOR_KEY, configured.ANCHOR_DIR = kept
