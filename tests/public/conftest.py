"""The public desk is on, beside the workbench."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def desk_on(settings: Any) -> None:
    settings.PUBLIC_DESK = "1"
